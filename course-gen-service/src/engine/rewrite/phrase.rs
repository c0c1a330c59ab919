//! Small questions about words that several operations ask.

use cefr::{Form, PartOfSpeech};

use crate::engine::english::text::lower_first;
use crate::engine::english::words::{base_of_third_person, is_function, is_verb};
use crate::engine::lexicon;

/// The word without the punctuation around it.
pub fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'')
}

/// The base form of a word: where the lexicon knows a form as a word of its own ("commencing", "labelled"), by its ending.
pub fn lemma(word: &str) -> String {
    let lower = word.to_lowercase();
    let base = cefr::lemma(&lower);
    if base != lower {
        // "attaches" is no form of "attache".
        let other =
            base_of_third_person(&lower).filter(|verb| *verb != base && lower.ends_with("es") && !is_verb(&base));
        return other.unwrap_or(base);
    }
    let known = |w: &String| is_verb(w) || lexicon::has(w, "verb") || !super::synonym::entries(w).is_empty();
    for ending in ["ing", "ed", "es", "s"] {
        let Some(stem) = lower.strip_suffix(ending).filter(|s| s.len() > 2) else { continue };
        let undoubled = stem[..stem.len() - stem.chars().next_back().map_or(0, char::len_utf8)].to_owned();
        if let Some(base) = [stem.to_owned(), format!("{stem}e"), undoubled].into_iter().find(known) {
            return base;
        }
    }
    base
}

/// "closing" -> "close", for verbs that instructions use.
pub fn gerund_base(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    let base = lemma(&lower);
    (lower.len() > 4 && lower.ends_with("ing") && base != lower && is_verb(&base)).then_some(base)
}

/// "closed" -> "close", "written" -> "write".
pub fn participle_base(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    let base = lemma(&lower);
    let same = matches!(lower.as_str(), "put" | "set" | "cut" | "shut" | "read" | "let");
    if same {
        return Some(lower);
    }
    let regular = lower.ends_with("ed") || cefr::inflect(&base, Form::PastParticiple) == lower;
    (base != lower && is_verb(&base) && regular).then_some(base)
}

/// A word that can begin a noun phrase after a verb: an article, a quantity, an adjective or a noun.
pub fn begins_object(word: &str) -> bool {
    let lower = bare(word).to_lowercase();
    let determiner = matches!(
        lower.as_str(),
        "the"
            | "a"
            | "an"
            | "it"
            | "them"
            | "your"
            | "all"
            | "any"
            | "each"
            | "every"
            | "this"
            | "these"
            | "that"
            | "those"
            | "both"
            | "its"
            | "their"
    );
    let content = !is_function(&lower)
        && (cefr::can_be(&lower, PartOfSpeech::Noun) || cefr::can_be(&lower, PartOfSpeech::Adjective))
        && !lower.ends_with("ly");
    determiner || content
}

/// "Separate utensils" -> "separate utensils"; a name keeps its capital.
pub fn without_capital(phrase: &str, text: &str) -> String {
    let lowered = lower_first(phrase, text);
    let mut words = phrase.split(' ');
    let first = words.next().unwrap_or_default();
    let lower = first.to_lowercase();
    let common = first.chars().skip(1).all(char::is_lowercase) && cefr::level(&lower).is_some();
    let name_follows = words.next().is_some_and(|w| w.starts_with(char::is_uppercase));
    if lowered == phrase && common && !name_follows { phrase.replacen(first, &lower, 1) } else { lowered }
}

/// A sentence whose quotations and brackets are hidden behind one word each: they have no say in its grammar.
pub struct Mask {
    pub text: String,
    hidden: Vec<(String, String)>,
}

impl Mask {
    /// Nothing where a quotation or a bracket has no other half.
    pub fn of(sentence: &str) -> Option<Self> {
        const PAIRS: [(char, char); 3] = [('(', ')'), ('“', '”'), ('"', '"')];
        const NAMES: [&str; 4] = ["Qxqa", "Qxqb", "Qxqc", "Qxqd"];
        let mut text = sentence.to_owned();
        let mut hidden = Vec::new();
        while let Some(start) = text.find(['(', '“', '"']) {
            let open = text[start..].chars().next()?;
            let (_, close) = PAIRS.iter().find(|(o, _)| *o == open)?;
            let end = start + open.len_utf8() + text[start + open.len_utf8()..].find(*close)? + close.len_utf8();
            let name = (*NAMES.get(hidden.len())?).to_owned();
            let said = text[start..end].to_owned();
            text.replace_range(start..end, &name);
            hidden.push((name, said));
        }
        (!text.contains([')', '”'])).then_some(Self { text, hidden })
    }

    /// An operation that has nothing to say about quotations and brackets.
    pub fn around(sentence: &str, operation: impl Fn(&str) -> Option<String>) -> Option<String> {
        let mask = Self::of(sentence)?;
        operation(&mask.text).map(|said| mask.restore(&said))
    }

    pub fn restore(&self, part: &str) -> String {
        self.hidden.iter().fold(part.to_owned(), |text, (name, said)| text.replace(name, said))
    }
}

/// Where the punctuation at the end of a word begins.
pub fn tail(word: &str) -> &str {
    let end = word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')']).len();
    &word[end..]
}
