//! Titles that a trainer would write on the board, from the SOP's headings.

use std::collections::HashMap;

use cefr::PartOfSpeech::Noun;
use course_format::sop::SopDocument;

use super::{LessonPlan, shape};
use crate::engine::Brief;
use crate::engine::english::text::{contains_word, list, lower_first};
use crate::engine::english::words::{is_function, is_mass, is_verb};
use crate::engine::library::{Library, is_list_heading};

/// What stands before the first heading.
pub const ABOUT: &str = "About this SOP";

/// A section, or a piece of one, that a lesson is made of.
#[derive(Clone, Debug)]
pub struct Part {
    pub heading: String,
    /// The heading above, where the own one only says "Do" or "Not allowed".
    pub topic: String,
    pub weight: f32,
}

/// "3.2 RESPONSIBILITY:" -> "Responsibility"; numbers, white space, final colons and remarks in brackets go.
pub fn clean(heading: &str) -> String {
    let text = heading.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = without_number(&text).trim_end_matches([':', '.', '>']).trim();
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

/// "4.2) Receiving" -> "Receiving"; "5S rules" and "24-hour service" stay.
fn without_number(text: &str) -> &str {
    match text.split_once(' ') {
        Some((number, rest))
            if number.starts_with(|c: char| c.is_ascii_digit())
                && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ')'))
                && rest.starts_with(char::is_uppercase) =>
        {
            rest
        }
        _ => text,
    }
}

/// What a lesson is about and what it is called: the sections that carry most of it; those that only frame the work
/// ("Purpose", "Scope") lend their name where there is nothing else.
pub fn lesson(parts: &[Part], text: &str, document: &str) -> (String, String) {
    let mut named: Vec<(String, f32)> = Vec::new();
    for part in parts {
        let name = if is_list_heading(&part.heading) { &part.topic } else { &part.heading };
        match named.iter_mut().find(|(n, _)| n.eq_ignore_ascii_case(name)) {
            Some((_, weight)) => *weight += part.weight,
            None => named.push((name.clone(), part.weight)),
        }
    }
    let total: f32 = named.iter().map(|(_, w)| w).sum();
    let telling: Vec<(String, f32)> =
        named.iter().filter(|(n, w)| !is_frame(n) && !is_list_heading(n) && *w > 0.0).cloned().collect();
    let carried: f32 = telling.iter().map(|(_, w)| w).sum();
    if telling.is_empty() || carried * 4.0 < total {
        let title = framed(&named);
        return (title.unwrap_or_else(|| clean(document)), clean(document));
    }
    let mut heaviest = telling.clone();
    heaviest.sort_by(|a, b| b.1.total_cmp(&a.1));
    let topic = shape::natural(&heaviest[0].0);
    let second = heaviest.get(1).map(|(n, _)| n).filter(|n| !within(n, &heaviest[0].0) && !within(&heaviest[0].0, n));
    let title = second.and_then(|second| {
        let mut both = telling.iter().map(|(n, _)| n).filter(|n| **n == heaviest[0].0 || *n == second);
        shape::pair(both.next()?, both.next()?, text)
    });
    (title.unwrap_or_else(|| topic.clone()), topic)
}

/// "Unloading" is in "Before unloading".
fn within(a: &str, b: &str) -> bool {
    a != b && contains_word(&b.to_lowercase(), &a.to_lowercase())
}

/// A heading after another: a common word loses its capital even where the text never writes it small.
pub fn inside(heading: &str, text: &str) -> String {
    let lowered = lower_first(heading, text);
    let first = heading.split(' ').next().unwrap_or_default();
    let common = first.chars().skip(1).all(char::is_lowercase)
        && cefr::word(&first.to_lowercase()).level.is_some_and(|l| l <= cefr::Level::B2)
        && !heading.split(' ').skip(1).any(|w| w.starts_with(char::is_uppercase));
    if common { heading.replacen(first, &first.to_lowercase(), 1) } else { lowered }
}

/// "Who does what, key words and equipment".
fn framed(named: &[(String, f32)]) -> Option<String> {
    const NAMES: [(&[&str], &str); 8] = [
        (&["general rule", "important", "rule", "note"], "General rules"),
        (&["responsib"], "Responsibilities"),
        (&["role", "who does"], "Who does what"),
        (&["definition", "glossary", "abbreviation", "terms"], "Key words"),
        (&["equipment", "material", "tool"], "Equipment"),
        (&["limit"], "Limits"),
        (&["record"], "Records"),
        (&["purpose", "scope", "introduction", "overview", "about", "background"], "What the SOP is for"),
    ];
    let mut frames: Vec<String> = Vec::new();
    for (wanted, name) in NAMES {
        // The purpose says nothing beside a name that does.
        if name == "What the SOP is for" && !frames.is_empty() {
            break;
        }
        let weight: f32 =
            named.iter().filter(|(n, _)| wanted.iter().any(|w| n.to_lowercase().contains(w))).map(|(_, w)| w).sum();
        // Responsibilities are who does what.
        let said = name == "Who does what" && frames.iter().any(|f| f == "Responsibilities");
        if weight > 0.0 && frames.len() < 2 && !said {
            frames.push(if frames.is_empty() { name.to_owned() } else { lower_first(name, "who key general") });
        }
    }
    (!frames.is_empty()).then(|| list(&frames))
}

/// Lessons with the same name are told apart by their steps or by what only one of them is about.
pub fn tell_apart(titles: &mut [(String, Option<String>)], text: &str) {
    let mut times: HashMap<String, usize> = HashMap::new();
    for (title, _) in titles.iter() {
        *times.entry(title.clone()).or_default() += 1;
    }
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (title, mark) in titles {
        if times[title.as_str()] < 2 {
            continue;
        }
        let number = seen.entry(title.clone()).or_default();
        *number += 1;
        *title = match (mark, *number) {
            (Some(mark), _) => format!("{title}: {mark}"),
            (None, 1) => continue,
            (None, 2) => shape::more(title, text),
            (None, n) => format!("{} ({})", shape::more(title, text), n - 1),
        };
    }
}

/// The term that a lesson has and its namesakes have not: what it is called by beside its title.
pub fn own_term(document: &SopDocument, title: &str, own: &str, others: &str) -> Option<String> {
    let telling = |term: &&str| {
        let words: Vec<&str> = term.split(' ').collect();
        let last = words.last().copied().unwrap_or_default().to_lowercase();
        let things = last.len() > 3 && last.ends_with('s') && !last.ends_with("ss") && cefr::can_be(&last, Noun)
            || is_mass(&last);
        let plain = term.chars().all(|c| c.is_lowercase() || c == ' ' || c == '-');
        let opens = words.len() == 1
            || !is_verb(words[0]) && !is_function(words[0]) && words[0] != "like" && !words[0].ends_with('s');
        let known = cefr::word(&cefr::lemma(&last)).level.is_some();
        things && plain && opens && known && words.len() <= 3 && !title.to_lowercase().contains(&last)
    };
    let (own, others) = (own.to_lowercase(), others.to_lowercase());
    document
        .terms
        .iter()
        .map(|t| t.term.as_str())
        .filter(telling)
        .filter(|t| contains_word(&own, t) && !contains_word(&others, t))
        .filter(|t| t.contains(' ') || own.matches(*t).count() > 1)
        .max_by_key(|t| (own.matches(t).count(), t.split(' ').count(), std::cmp::Reverse(*t)))
        .map(str::to_owned)
}

/// The request's title, as it was written there; else those of the documents, without their capitals.
pub fn course(brief: &Brief, library: &Library) -> String {
    let titles = || library.documents().iter().map(|d| clean(&d.title)).collect::<Vec<_>>().join("; ");
    brief.title.clone().unwrap_or_else(titles)
}

/// The only unit of its document has its title; others are named after the first and the last of their lessons.
pub fn unit(library: &Library, lessons: &[LessonPlan], only: bool) -> String {
    let document = &library.documents()[lessons[0].document];
    let telling: Vec<&str> =
        lessons.iter().filter(|l| l.practises.is_empty() && !is_frame(&l.topic)).map(|l| l.topic.as_str()).collect();
    match telling.as_slice() {
        [only_one] if !only => (*only_one).to_owned(),
        [first, .., last] if !only && !contains_word(first, last) => {
            format!("{first} – {}", lower_first(last, &document.text))
        }
        [first, ..] if !only => (*first).to_owned(),
        _ => clean(&document.title),
    }
}

/// Sections that frame the work: nothing is named after them where there is something else.
pub fn is_frame(title: &str) -> bool {
    const FRAMES: [&str; 19] = [
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
        "general",
        "roles",
        "equipment",
        "materials",
        "limits",
        "background",
        "about",
        "note",
        "notes",
    ];
    let dated = title.contains("::")
        || title.split(' ').any(|w| {
            w.len() == 4 && (w.starts_with("20") || w.starts_with("19")) && w.chars().all(|c| c.is_ascii_digit())
        });
    let lower = title.to_lowercase();
    let words: Vec<&str> = lower.split([',', ';', ':', ' ']).filter(|w| !w.is_empty()).collect();
    title == ABOUT
        || dated
        || lower == "who does what"
        || words.len() <= 3 && words.first().is_some_and(|w| FRAMES.contains(w)) && !words.contains(&"the")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(heading: &str, topic: &str, weight: f32) -> Part {
        Part { heading: heading.to_owned(), topic: topic.to_owned(), weight }
    }

    #[test]
    fn a_lesson_is_named_after_its_work_and_not_after_its_frame() {
        let parts = [part("Purpose", "Purpose", 1.0), part("Cleaning the fryer", "Cleaning the fryer", 9.0)];
        assert_eq!(lesson(&parts, "", "Closing").0, "Cleaning the fryer");
        let lists = [part("Allowed", "Fridges", 4.0), part("Not allowed", "Fridges", 3.0)];
        assert_eq!(lesson(&lists, "", "Storage").0, "Fridges");
        let frame = [part("Responsibilities", "Responsibilities", 4.0), part("Definitions", "Definitions", 3.0)];
        assert_eq!(lesson(&frame, "", "Storage").0, "Responsibilities and key words");
    }

    #[test]
    fn numbers_of_sections_are_no_part_of_a_title() {
        assert_eq!(clean("4.2 Receiving a delivery"), "Receiving a delivery");
        assert_eq!(clean("24-hour service"), "24-hour service");
        assert_eq!(clean("RESPONSIBILITY:"), "Responsibility");
    }

    #[test]
    fn lessons_with_one_name_are_told_apart() {
        let mut titles = vec![
            ("Extraction".to_owned(), Some("steps 1 to 8".to_owned())),
            ("Extraction".to_owned(), Some("steps 9 to 16".to_owned())),
            ("Rules".to_owned(), None),
            ("Rules".to_owned(), Some("sharps containers".to_owned())),
            ("Claims".to_owned(), None),
            ("Claims".to_owned(), None),
            ("Spills".to_owned(), None),
        ];
        tell_apart(&mut titles, "");
        let names: Vec<&str> = titles.iter().map(|(t, _)| t.as_str()).collect();
        assert_eq!(
            names[..4],
            ["Extraction: steps 1 to 8", "Extraction: steps 9 to 16", "Rules", "Rules: sharps containers"]
        );
        assert_eq!(names[4..], ["Claims", "More about claims", "Spills"]);
    }
}
