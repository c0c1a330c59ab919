//! Titles from headings.

use super::LessonPlan;
use crate::engine::Brief;
use crate::engine::english::text::{contains_word, list, lower_first};
use crate::engine::library::Library;

/// "RESPONSIBILITY:" -> "Responsibility"; white space, final colons and remarks in brackets go.
pub fn clean(heading: &str) -> String {
    let text = heading.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.trim_end_matches([':', '.', '>']).trim();
    let text = text.split_once(" (").map_or(text, |(start, _)| if start.len() > 3 { start } else { text });
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
    let shouted = letters.len() > 4 && letters.iter().all(|c| c.is_uppercase());
    if shouted {
        let lower = text.to_lowercase();
        let mut chars = lower.chars();
        return chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect());
    }
    text.to_owned()
}

/// "Purpose", "Scope", "Roles" -> "Purpose, scope and roles".
pub fn join(headings: &[String], text: &str) -> String {
    let useful: Vec<&String> = headings.iter().filter(|h| crate::engine::library::Polarity::of_heading(h).is_none()).collect();
    let mut parts: Vec<String> = Vec::new();
    for (i, heading) in useful.iter().enumerate() {
        let part = if i == 0 { (*heading).clone() } else { lower_first(heading, text) };
        if !parts.iter().any(|p| p.eq_ignore_ascii_case(&part)) {
            parts.push(part);
        }
    }
    let joined = list(&parts);
    let simple = parts.iter().all(|p| !p.contains([',', ':']) && !p.contains(" and "));
    if parts.len() <= 1 || joined.len() <= 70 && simple {
        return joined;
    }
    if parts.len() == 2 { format!("{}; {}", parts[0], parts[1]) } else { format!("{}; {}; and more", parts[0], parts[1]) }
}

/// One document: its title. Several: the request's title, or the first document's.
pub fn course(brief: &Brief, library: &Library) -> String {
    brief.title.clone().unwrap_or_else(|| library.documents().iter().map(|d| d.title.as_str()).collect::<Vec<_>>().join("; "))
}

/// The heading that all lessons share, or the first and the last lesson.
pub fn unit(library: &Library, lessons: &[LessonPlan]) -> String {
    let text = &library.documents()[lessons[0].document].text;
    let names: Vec<&str> = lessons.iter().map(|l| l.title.as_str()).collect();
    match names.as_slice() {
        [only] => (*only).to_owned(),
        [first, .., last] => {
            let (first, last) = (short(first), short(last));
            if first == last || contains_word(&first, &last) {
                return first;
            }
            format!("{first} – {}", lower_first(&last, text))
        }
        [] => String::new(),
    }
}

/// The first topic of a joined title.
fn short(title: &str) -> String {
    let title = title.split([':', ';']).next().unwrap_or(title);
    title.split(", ").next().unwrap_or(title).to_owned()
}
