//! The part of speech of a word by where it stands, where the tagger alone is not sure.

use std::ops::Range;

use cefr::PartOfSpeech;

use super::Word;
use crate::engine::english::text::placed_words;
use crate::engine::english::words::{
    base_of_participle, base_of_third_person, is_finite, is_function, is_noun_like, is_verb, names_people,
};
use crate::engine::lexicon;

/// "Screens that show data", "may not be returned to stock."
pub(super) fn is_plainly_noun(sentence: &str, here: &Range<usize>, form: &str) -> bool {
    let before: Vec<&str> = sentence[..here.start].split_whitespace().collect();
    let after = sentence[here.end..].split_whitespace().next().unwrap_or_default();
    let many =
        form.ends_with('s') && before.is_empty() && (is_finite(after) || matches!(after, "that" | "which" | "who"));
    let goal = matches!(before.as_slice(), [.., moved, "to"] if base_of_participle(moved).is_some());
    many || goal && sentence[here.end..].trim_start_matches(['.', ',']).is_empty()
}

/// The part of speech that only the words on both sides tell: "use filter tips", "weekly and monthly cleaning", "stock is low".
pub(super) fn part_between(sentence: &str, here: Range<usize>, lemma: &str) -> Option<&'static str> {
    let beside = |side: Option<&str>| side.filter(|w| w.ends_with(char::is_alphanumeric)).map(str::to_lowercase);
    let before = beside(sentence[..here.start].split_whitespace().next_back()).unwrap_or_default();
    let after = beside(Some(sentence[here.end..].split_whitespace().next()?.trim_end_matches(['.', ',', ';'])))?;
    let touches = sentence[here.end..].starts_with(' ');
    let names = touches && !is_function(&after) && cefr::can_be(&cefr::lemma(&after), PartOfSpeech::Noun);
    let object =
        touches && matches!(after.as_str(), "the" | "a" | "an" | "it" | "them" | "your" | "all" | "each" | "any");
    let told = match before.as_str() {
        _ if touches && is_finite(&after) && !matches!(after.as_str(), "do" | "does" | "did") => "noun",
        "and" | "or" if names && lexicon::has(lemma, "adjective") => "adjective",
        "otherwise" | "then" | "also" | "please" | "always" if object => "verb",
        verb if names && is_verb(verb) && (!is_noun_like(verb) || verb == "use") => "noun",
        _ => return None,
    };
    lexicon::has(lemma, told).then_some(told)
}

/// Whether the word opens an order: "Filter the solution into a clean bottle."
/// A heading ("Initial setup") has no stop, and no small word after its first.
pub(super) fn opens_order(sentence: &str, at: usize, word: &Word<'_>, stops: bool) -> bool {
    let opens = sentence[..at].chars().all(|c| !c.is_alphabetic());
    let rest: Vec<String> = placed_words(&sentence[at..]).into_iter().map(|(_, w)| w).skip(1).collect();
    let main = rest.iter().take_while(|w| !matches!(w.as_str(), "if" | "when" | "that" | "until" | "before" | "after"));
    opens
        && word.form == word.lemma
        && is_verb(word.lemma)
        && rest.len() >= 2
        && rest[0] != "of"
        && (stops || is_function(&rest[0]))
        && !main.into_iter().any(|w| is_finite(w))
}

pub(super) fn acts_after_person(before: &str, form: &str) -> bool {
    let previous = before.split_whitespace().next_back().unwrap_or_default();
    base_of_third_person(form).is_some_and(|base| !is_noun_like(&base) || lexicon::has(&base, "verb"))
        && !previous.ends_with(|c: char| !c.is_alphanumeric())
        && !previous.ends_with('s')
        && names_people(previous)
}
