//! What a sentence is about: whether it can be asked for, how it stands inside a sentence, and what stands for it.

use crate::engine::english::forms::is_plural;
use crate::engine::english::parse::opens_otherwise;
use crate::engine::english::text::lower_first;
use crate::engine::english::words::{can_open_an_order, is_mass, names_people};

/// People that the listener belongs to.
pub fn is_everybody(subject: &str) -> bool {
    const WHO: [&str; 12] = [
        "staff",
        "all staff",
        "employees",
        "all employees",
        "workers",
        "all workers",
        "team members",
        "all team members",
        "everyone",
        "you",
        "personnel",
        "all personnel",
    ];
    WHO.contains(&subject)
}

/// A noun phrase that begins the sentence: no order, no condition, no clause of its own.
pub fn is_subject(words: &[&str]) -> bool {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let opener = first.to_lowercase();
    let begins_otherwise = opens_otherwise(&opener)
        || matches!(
            opener.as_str(),
            "because"
                | "if"
                | "when"
                | "while"
                | "there"
                | "please"
                | "see"
                | "we"
                | "i"
                | "what"
                | "how"
                | "who"
                | "where"
                | "why"
                | "no"
                | "nobody"
                | "not"
                | "this"
                | "that"
                | "here"
                | "note"
        );
    let inside = words.iter().any(|w| {
        let clause = ["that", "which", "who", "whose", "if", "when", "to", "before", "after"];
        clause.contains(&w.to_lowercase().as_str()) || w.ends_with(',')
    });
    // "Ensure recipes are used" is an order that the rules did not understand.
    let order = can_open_an_order(first);
    // "Safe The safe": a heading that has run into its text.
    let joined = words.iter().skip(1).any(|w| matches!(*w, "The" | "A" | "An" | "All" | "If" | "Every"));
    let adverb = ["always", "never", "also", "only", "often", "usually", "and"].contains(&last.to_lowercase().as_str());
    !(begins_otherwise || inside || order || adverb || joined)
}

/// The subject after "What about": with a small letter unless it is a name.
pub fn in_a_sentence(subject: &str, document: &str) -> String {
    let lowered = lower_first(subject, document);
    if let Some((one, rest)) = lowered.split_once('-')
        && one.chars().skip(1).all(char::is_lowercase)
        && rest.starts_with(char::is_lowercase)
        && one.chars().count() > 2
    {
        return format!("{}{}", one.to_lowercase(), &lowered[one.len()..]);
    }
    let first = subject.split(' ').next().unwrap_or_default();
    let plain = first.chars().skip(1).all(char::is_lowercase) && first.chars().count() > 1;
    let next_is_name = subject.split(' ').nth(1).is_some_and(|w| w.starts_with(char::is_uppercase));
    let known = cefr::word(&cefr::lemma(&first.to_lowercase())).level.is_some();
    if lowered == subject && plain && known && !next_is_name {
        return format!("{}{}", first.to_lowercase(), &subject[first.len()..]);
    }
    lowered
}

/// What stands for the subject in the answer: nothing for one person, for "all" and "each", and where the number is not sure.
pub fn pronoun(subject: &str) -> Option<&'static str> {
    let lower = subject.to_lowercase();
    let first = lower.split(' ').next().unwrap_or_default();
    let counted =
        ["all", "every", "each", "any", "no", "some", "only", "both", "most", "other", "one", "two", "three", "four"]
            .contains(&first);
    let person = ["resident", "patient", "child", "person", "tenant", "pupil", "casualty", "adult", "individual"]
        .iter()
        .any(|p| lower.ends_with(p));
    if counted || person || first.chars().any(|c| c.is_ascii_digit()) || lower.contains(" or ") {
        return None;
    }
    if ["idea", "goal", "aim", "purpose", "point", "reason", "rest", "following"].iter().any(|v| lower.ends_with(v)) {
        return None;
    }
    let end = [
        " about ",
        " between ",
        " of ",
        " for ",
        " in ",
        " without ",
        " with ",
        " from ",
        " that ",
        " who ",
        " which ",
    ]
    .iter()
    .filter_map(|p| lower.find(p))
    .min()
    .unwrap_or(lower.len());
    let last = lower[..end].rsplit(' ').next().unwrap_or_default();
    // "Smoking is forbidden": what people do is "it".
    if lower == last && lower.ends_with("ing") {
        return Some("it");
    }
    let odd = matches!(last, "gas" | "lens" | "series" | "news" | "means" | "species" | "premises");
    let many = last.len() > 3 && last.ends_with('s') && !["ss", "us", "is"].iter().any(|e| last.ends_with(e));
    match is_plural(subject) {
        _ if odd => None,
        Some(true) => Some("they"),
        Some(false) | None if many => Some("they"),
        Some(false) if names_people(subject) => None,
        Some(false) => Some("it"),
        None => (is_mass(last) || is_one(last)).then_some("it"),
    }
}

/// A noun in its base form that no list knows: "photography", "alcohol".
fn is_one(noun: &str) -> bool {
    !noun.ends_with('s') && cefr::lemma(noun) == noun && cefr::can_be(noun, cefr::PartOfSpeech::Noun)
}
