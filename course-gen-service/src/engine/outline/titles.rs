//! Titles from headings.

use super::LessonPlan;
use crate::engine::Brief;
use crate::engine::english::text::{contains_word, list, lower_first};
use crate::engine::library::{Library, is_list_heading};

/// What stands before the first heading, and the sections that frame the work.
pub const ABOUT: &str = "About this SOP";

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
    let useful: Vec<&String> = headings.iter().filter(|h| !is_list_heading(h)).collect();
    let mut parts: Vec<String> = Vec::new();
    for (i, heading) in useful.iter().enumerate() {
        let part = if i == 0 { (*heading).clone() } else { lower_first(heading, text) };
        if !parts.iter().any(|p| p.eq_ignore_ascii_case(&part)) {
            parts.push(part);
        }
    }
    if parts.len() > 1 && parts[0] == ABOUT || parts.len() > 3 && is_frame(&parts[0]) {
        return ABOUT.to_owned();
    }
    let joined = list(&parts);
    let simple = parts.iter().all(|p| !p.contains([',', ':']) && !p.contains(" and "));
    if parts.len() <= 1 || joined.len() <= 70 && simple {
        return joined;
    }
    if parts.len() == 2 {
        format!("{}; {}", parts[0], parts[1])
    } else {
        format!("{}; {}; and other topics", parts[0], parts[1])
    }
}

/// One document: its title. Several: the request's title, or the first document's.
pub fn course(brief: &Brief, library: &Library) -> String {
    brief
        .title
        .clone()
        .unwrap_or_else(|| library.documents().iter().map(|d| d.title.as_str()).collect::<Vec<_>>().join("; "))
}

/// The heading that all lessons share, or the first and the last lesson.
pub fn unit(library: &Library, lessons: &[LessonPlan]) -> String {
    let text = &library.documents()[lessons[0].document].text;
    let all: Vec<&str> = lessons.iter().map(|l| l.title.as_str()).collect();
    let telling: Vec<&str> = all.iter().copied().filter(|t| !is_frame(t)).collect();
    let names = if telling.is_empty() { all } else { telling };
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

/// Sections that frame the work: a unit is not named after them.
fn is_frame(title: &str) -> bool {
    const FRAMES: [&str; 10] = [
        "purpose",
        "scope",
        "definitions",
        "introduction",
        "overview",
        "records",
        "important",
        "responsibility",
        "responsibilities",
        "glossary",
    ];
    if title == ABOUT {
        return true;
    }
    let first = title.split([',', ';', ':', ' ']).next().unwrap_or_default().to_lowercase();
    FRAMES.contains(&first.as_str())
}

/// The first topic of a joined title.
fn short(title: &str) -> String {
    let title = title.split([':', ';']).next().unwrap_or(title);
    title.split(", ").next().unwrap_or(title).to_owned()
}
