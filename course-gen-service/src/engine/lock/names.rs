//! Who and what is named: people, places, forms, programs; and when: days, frequencies, "immediately".

use std::collections::BTreeSet;

use super::token::{Kind, Token};
use crate::engine::english::words::{is_function, is_listed_thing, names_people};

/// Names written with a capital, codes and addresses, in small letters.
///
/// The first word of a sentence says nothing by its capital, unless another capital follows.
pub fn names(sentences: &[Vec<Token>]) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for tokens in sentences {
        for token in tokens {
            let code = token.kind == Kind::Code || token.text.contains(['@', '_']);
            let name = token.kind == Kind::Word
                && token.capital
                && !token.first
                && token.text.len() > 1
                && !is_function(&token.text);
            if code || name {
                out.insert(token.text.clone());
            }
        }
    }
    out
}

/// Every word in small letters, for names that begin a sentence in one of the texts.
pub fn words(sentences: &[Vec<Token>]) -> BTreeSet<&str> {
    sentences.iter().flatten().map(|t| t.text.as_str()).collect()
}

/// Nouns that name people, in the singular.
pub fn people(sentences: &[Vec<Token>]) -> BTreeSet<String> {
    const NOBODY: [&str; 9] =
        ["head", "reception", "desk", "company", "department", "office", "lead", "person", "people"];
    let nouns = sentences.iter().flatten().filter(|t| t.kind == Kind::Word && !is_function(&t.text));
    nouns
        .filter(|t| {
            !is_comparative(&t.text)
                && names_people(&t.text)
                && !is_listed_thing(&t.text)
                && !NOBODY.contains(&t.text.as_str())
        })
        .map(|t| match cefr::lemma(&t.text).as_str() {
            "personnel" | "employee" => "staff".to_owned(),
            lemma => lemma.to_owned(),
        })
        .collect()
}

/// "colder", "hotter", "drier".
fn is_comparative(word: &str) -> bool {
    let Some(stem) = word.strip_suffix("er") else { return false };
    let adjective = |w: &str| cefr::can_be(w, cefr::PartOfSpeech::Adjective);
    let undoubled = stem.get(..stem.len().saturating_sub(1)).unwrap_or_default();
    adjective(stem) || adjective(undoubled) || adjective(&format!("{stem}e")) || adjective(&format!("{undoubled}y"))
}

const TIMES: [(&str, &[&str]); 17] = [
    ("every day", &["daily", "every day", "each day", "on a daily basis"]),
    ("every week", &["weekly", "every week", "each week", "on a weekly basis"]),
    ("every month", &["monthly", "every month", "each month", "on a monthly basis"]),
    ("every year", &["yearly", "annually", "annual", "every year", "each year"]),
    ("every hour", &["hourly", "every hour", "each hour"]),
    ("at once", &["immediately", "immediate", "at once", "right away", "straight away", "without delay"]),
    ("as soon as possible", &["as soon as possible"]),
    ("always", &["always", "at all times"]),
    ("overnight", &["overnight"]),
    ("morning", &["morning", "mornings"]),
    ("afternoon", &["afternoon", "afternoons"]),
    ("evening", &["evening", "evenings"]),
    ("night", &["night", "nights"]),
    ("today", &["today"]),
    ("tomorrow", &["tomorrow"]),
    ("both", &["both"]),
    ("either", &["either"]),
];

/// When and how often, each in one spelling.
pub fn times(sentences: &[Vec<Token>]) -> BTreeSet<&'static str> {
    let text: String = sentences
        .iter()
        .map(|s| s.iter().map(|t| t.text.as_str()).collect::<Vec<_>>().join(" "))
        .collect::<Vec<_>>()
        .join(" . ");
    let text = format!(" {text} ");
    let stands = |phrase: &str| text.contains(&format!(" {phrase} "));
    TIMES.iter().filter(|(_, spellings)| spellings.iter().any(|s| stands(s))).map(|(time, _)| *time).collect()
}
