//! A heading as part of a sentence.

use crate::engine::english::text::{capitalise, contains_word, lower_first};
use crate::engine::english::words::{is_finite, is_function, is_verb};
use crate::engine::library::is_list_heading;
use crate::engine::outline::is_gerund;

/// How a lesson's topic can be spoken of.
#[derive(Clone, Debug, PartialEq)]
pub enum Topic {
    /// "making the bed"
    Activity(String),
    /// "book your travel and submit a plan"
    Order(String),
    /// "staff badges", "fridges": things that a sentence can name without an article.
    Things(String),
    /// "Important", "General rules": nothing that a sentence could name.
    General,
    /// Everything else is named in quotation marks, as it stands.
    Title(String),
}

impl Topic {
    /// `text` is the whole document: it tells names from ordinary words.
    pub fn of(heading: &str, text: &str) -> Self {
        const GENERAL: [&str; 8] = [
            "important",
            "general rules",
            "general",
            "notes",
            "important notes",
            "important to know",
            "rules",
            "what to do and what not to do",
        ];
        if GENERAL.contains(&heading.to_lowercase().as_str()) || is_list_heading(heading) {
            return Self::General;
        }
        let words: Vec<&str> = heading.split_whitespace().collect();
        let first = words.first().copied().unwrap_or_default();
        let gerund = first.len() > 5 && first.to_lowercase().ends_with("ing") && is_gerund(&first.to_lowercase());
        let simple = !heading.contains([':', ';', '?', '/', '|', '–', '&'])
            && !words.iter().any(|w| is_finite(w))
            && words.len() >= 2;
        let alone = words.len() == 1 && first.len() > 5 && is_gerund(&first.to_lowercase()) && !is_a_noun(first);
        if alone && heading.chars().all(char::is_alphabetic) || simple && gerund && words[1] != "of" {
            Self::Activity(lower_first(heading, text))
        } else if simple
            && is_verb(first)
            && words.len() >= 3
            && matches!(words[1], "the" | "a" | "an" | "your" | "all" | "every" | "and")
        {
            Self::Order(format!("{}{}", first.to_lowercase(), &heading[first.len()..]))
        } else if let Some(things) = things(heading, text) {
            Self::Things(things)
        } else {
            Self::Title(capitalise(heading))
        }
    }

    /// After "the steps for", "the rules for": "making the bed", "“Temperature”".
    pub fn after_for(&self) -> String {
        match self {
            Self::Activity(text) | Self::Things(text) => text.clone(),
            Self::Order(text) => format!("“{}”", capitalise(text)),
            Self::General => "the general rules".to_owned(),
            Self::Title(text) => format!("“{text}”"),
        }
    }
}

/// "Training" and "Booking" name a thing at least as often as what somebody does.
fn is_a_noun(word: &str) -> bool {
    const NOUNS: [&str; 14] = [
        "training",
        "meeting",
        "building",
        "packaging",
        "lighting",
        "heating",
        "clothing",
        "hearing",
        "wiring",
        "bedding",
        "briefing",
        "timing",
        "setting",
        "finding",
    ];
    NOUNS.contains(&word.to_lowercase().as_str())
}

/// A heading that is a plural: "Staff Badges" -> "staff badges".
fn things(heading: &str, text: &str) -> Option<String> {
    use cefr::PartOfSpeech::{Adjective, Noun, Verb};
    let words: Vec<String> = heading
        .split(' ')
        .map(|word| {
            let lower = word.to_lowercase();
            let ordinary = word.chars().skip(1).all(char::is_lowercase)
                && (contains_word(text, &lower) || cefr::word(&lower).level.is_some());
            if ordinary { lower } else { word.to_owned() }
        })
        .collect();
    let last = words.last()?;
    let plural = last.len() > 4
        && last.ends_with('s')
        && !last.ends_with("ss")
        && (cefr::can_be(last, Noun) || cefr::can_be(last.trim_end_matches('s'), Noun));
    let before = words[..words.len() - 1]
        .iter()
        .all(|w| w == "and" || cefr::can_be(w, Noun) || cefr::can_be(w, Adjective) && !cefr::can_be(w, Verb));
    let plain = heading.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-'));
    let opens = words.first().is_some_and(|w| !is_function(w));
    (plural && before && plain && opens && words.len() <= 5).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_become_parts_of_sentences_only_where_they_can() {
        let of = |h: &str| Topic::of(h, "the bed, travel").after_for();
        assert_eq!(of("Making the bed"), "making the bed");
        assert_eq!(of("Calibrating the pH meter"), "calibrating the pH meter");
        assert_eq!(of("Signs of bed bugs"), "“Signs of bed bugs”");
        assert_eq!(of("Staff Badges"), "staff badges");
        assert_eq!(of("Fire alarm"), "“Fire alarm”");
        assert_eq!(of("What is an incident?"), "“What is an incident?”");
    }
}
