//! Small operations on English text that every stage needs.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};

use super::words::{is_easy, is_function, is_heading_word, is_verb};

/// "wash your hands" -> "Wash your hands".
pub fn capitalise(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        // "pH" keeps its shape.
        Some(first) if first.is_lowercase() && chars.as_str().starts_with(char::is_uppercase) => text.to_owned(),
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// "Wash your hands" -> "wash your hands", unless the first word is a name, an acronym or "I".
///
/// A capital inside the first word, or a second capitalised word ("Head Chef"), means a name. `text` is the whole
/// document: a word that stands in it with a small letter somewhere is an ordinary word.
pub fn lower_first(phrase: &str, text: &str) -> String {
    let first = phrase.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let rest = first.chars().skip(1);
    if first.is_empty() || rest.clone().any(|c| !c.is_lowercase()) || first == "I" {
        return phrase.to_owned();
    }
    let lowered = first.to_lowercase();
    // "Multi-factor authentication": a name has capitals in both halves.
    let joined = phrase[first.len()..].strip_prefix('-').is_some_and(|half| half.starts_with(char::is_lowercase));
    if joined && first.len() > 1 {
        return phrase.replacen(first, &lowered, 1);
    }
    let gerund = lowered.strip_suffix("ing").is_some_and(|stem| {
        stem.len() > 2 && [stem, &format!("{stem}e"), &cefr::lemma(&lowered)].iter().any(|verb| is_verb(verb))
    });
    let next_is_name = phrase[first.len()..].split_whitespace().next().is_some_and(|w| {
        w.chars().next().is_some_and(char::is_uppercase) && w.chars().nth(1).is_some_and(char::is_lowercase)
    });
    let ordinary = is_easy(&lowered)
        || is_heading_word(&lowered)
        || [&lowered, &cefr::lemma(&lowered)].iter().any(|w| contains_word(text, w));
    let is_word = is_function(&lowered) || gerund || !next_is_name && ordinary;
    if is_word { phrase.replacen(first, &lowered, 1) } else { phrase.to_owned() }
}

/// Whether `text` has `word` with nothing alphanumeric on either side; case matters.
pub fn contains_word(text: &str, word: &str) -> bool {
    if word.is_empty() {
        return false;
    }
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// Ends the text with a full stop unless it ends as a sentence already.
pub fn sentence(text: &str) -> String {
    let text = capitalise(text.trim());
    if text.ends_with(['.', '!', '?']) || text.ends_with(".\"") || text.ends_with(".”") {
        text
    } else {
        format!("{text}.")
    }
}

/// The text without a final full stop, colon or semicolon.
pub fn without_stop(text: &str) -> &str {
    text.trim().trim_end_matches(['.', '!', ':', ';', ',']).trim_end()
}

/// "a", "a and b", "a, b and c".
pub fn list(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [start @ .., last] => format!("{} and {last}", start.join(", ")),
    }
}

/// 1 to 12 in words, other numbers in digits.
pub fn number_word(n: usize) -> String {
    const WORDS: [&str; 13] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    WORDS.get(n).map_or_else(|| n.to_string(), |w| (*w).to_owned())
}

/// Words as a learner counts them.
pub fn word_count(text: &str) -> usize {
    text.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).count()
}

/// Words in lower case with their places, as they stand in a text.
pub fn placed_words(text: &str) -> Vec<(Range<usize>, String)> {
    let start_of = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    text.split_whitespace()
        .map(|token| token.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|bare| !bare.is_empty())
        .map(|bare| (start_of(bare)..start_of(bare) + bare.len(), bare.to_lowercase()))
        .collect()
}

/// Lower-case stems of the words that carry meaning: what two texts share.
pub fn stems(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '.' && c != '-' && c != '\'')
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|w| !w.is_empty())
        .filter_map(stem)
        .collect()
}

/// The stem of a word that carries meaning. A course asks for the same few thousand words millions of times: the answers are
/// kept, and forgotten together when there are too many of them.
fn stem(word: &str) -> Option<String> {
    const KEPT: usize = 20_000;
    thread_local! {
        static KNOWN: RefCell<HashMap<String, Option<String>>> = RefCell::new(HashMap::new());
    }
    KNOWN.with_borrow_mut(|known| {
        if let Some(stem) = known.get(word) {
            return stem.clone();
        }
        let lower = word.to_lowercase();
        let carries = !is_function(&lower);
        let stem = carries.then(|| Stemmer::create(Algorithm::English).stem(&lower).into_owned());
        if known.len() >= KEPT {
            known.clear();
        }
        known.insert(word.to_owned(), stem.clone());
        stem
    })
}

/// Share of the smaller text's stems that the other has too, 0 to 1.
pub fn overlap(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f32 {
    let smaller = a.len().min(b.len());
    if smaller == 0 { 0.0 } else { a.intersection(b).count() as f32 / smaller as f32 }
}

/// Said to one person about another: "your hands" -> "their hands", "before you start" -> "before they start", "for telling
/// you" -> "for telling them".
pub fn about_others(phrase: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    for word in phrase.split(' ') {
        let subject = out.last().is_none_or(|before| {
            let before = before.trim_end_matches(',').to_lowercase();
            [
                "if", "when", "that", "before", "after", "until", "while", "what", "as", "where", "which", "how",
                "because",
            ]
            .contains(&before.as_str())
                || ["unless", "once", "whenever", "who", "why", "whether", "so", "than", "and", "or"]
                    .contains(&before.as_str())
        });
        out.push(match word {
            "your" => "their",
            "yourself" => "themselves",
            "you" if subject => "they",
            "you" => "them",
            "you." => "them.",
            "you," => "them,",
            other => other,
        });
    }
    out.join(" ")
}

/// Said by the colleague who asks: "you move the trays" -> "I move the trays". Nothing where "you" stands elsewhere too.
pub fn about_me(phrase: &str) -> Option<String> {
    let mut out = Vec::new();
    for (i, word) in phrase.split(' ').enumerate() {
        out.push(match word {
            "you" if i == 0 => "I",
            "you" | "your" | "yourself" if i > 0 && out.first().is_none_or(|w| *w != "I") => return None,
            "your" => "my",
            "you" | "yourself" => return None,
            "are" if i == 1 && out[0] == "I" => "am",
            other => other,
        });
    }
    Some(out.join(" "))
}

/// A heading without its number or letter: "3.2 Storing", "A. Storing" and "b) Storing" are "Storing".
pub fn unnumbered(title: &str) -> &str {
    match title.split_once(' ') {
        Some((mark, rest))
            if mark.len() <= 6
                && mark.ends_with(['.', ')'])
                && mark.trim_end_matches(['.', ')']).split('.').all(|part| {
                    !part.is_empty() && part.chars().all(|c| c.is_ascii_digit())
                        || part.len() == 1 && part.chars().all(char::is_alphabetic)
                }) =>
        {
            rest.trim_start()
        }
        _ => title,
    }
}

/// "&" in running words is "and".
pub fn spelled_out(phrase: &str) -> String {
    phrase.replace(" & ", " and ")
}

/// The text without what stands in round brackets; nothing where one of them has no other half.
pub fn without_brackets(text: &str) -> Option<String> {
    if text.matches('(').count() != text.matches(')').count() {
        return None;
    }
    let mut out = String::new();
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    let joined = without_phone(&out.split_whitespace().collect::<Vec<_>>().join(" "));
    Some(joined.replace(" ,", ",").replace(" .", "."))
}

/// "by calling the agency at 472-6716" -> "by calling the agency".
fn without_phone(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let number = |w: &str| {
        let digits = w.chars().filter(char::is_ascii_digit).count();
        digits >= 6 && w.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '.' | '+' | ','))
    };
    let mut out: Vec<&str> = Vec::new();
    for word in words {
        if number(word) {
            if matches!(out.last(), Some(&"at" | &"on")) {
                out.pop();
            }
        } else {
            out.push(word);
        }
    }
    out.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_may_begin_with_a_symbol() {
        assert_eq!(capitalise("pH is above 7.8."), "pH is above 7.8.");
        assert_eq!(capitalise("a guest is ill."), "A guest is ill.");
    }

    #[test]
    fn names_keep_their_capital() {
        let text = "The Head Chef trains the team. calibrating the meter, roles";
        assert_eq!(lower_first("Head Chef decisions", text), "Head Chef decisions");
        assert_eq!(lower_first("PBS buffer", text), "PBS buffer");
        assert_eq!(lower_first("The batch", text), "the batch");
        assert_eq!(lower_first("Calibrating the pH meter", text), "calibrating the pH meter");
        assert_eq!(lower_first("Concur profile", text), "Concur profile");
        assert_eq!(lower_first("Multi-factor authentication", text), "multi-factor authentication");
        assert_eq!(lower_first("Forms are kept", "Write it on form B-7."), "forms are kept");
        assert_eq!(lower_first("Changing the blade", text), "changing the blade");
        assert_eq!(lower_first("Wi-Fi access", text), "Wi-Fi access");
        assert_eq!(lower_first("X-ray room", text), "X-ray room");
    }

    #[test]
    fn headings_lose_their_numbers() {
        for title in ["A. Storing", "3.2. Storing", "b) Storing", "12. Storing", "Storing"] {
            assert_eq!(unnumbered(title), "Storing", "{title}");
        }
        assert_eq!(unnumbered("pH. of the buffer"), "pH. of the buffer");
    }

    #[test]
    fn another_person_is_they_or_them() {
        assert_eq!(about_others("wash your hands before you start"), "wash their hands before they start");
        assert_eq!(about_others("thank the guest for telling you"), "thank the guest for telling them");
    }

    #[test]
    fn stems_ignore_grammar() {
        let a = stems("Reject the whole delivery and inform the shift supervisor");
        let b = stems("The shift supervisor rejects deliveries");
        assert!(overlap(&a, &b) > 0.9, "{a:?} {b:?}");
    }
}
