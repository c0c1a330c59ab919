//! The part of speech of a word where it stands, from the words beside it; nothing where that is not sure.

use std::ops::Range;

use cefr::PartOfSpeech::{self, Adjective, Adverb, Function, Noun, Verb};

use super::words::{is_finite, is_function, is_subordinator, is_verb};
use crate::engine::lexicon;

/// The part of speech of `sentence[span]`.
pub fn part_at(sentence: &str, span: Range<usize>) -> Option<PartOfSpeech> {
    let word = sentence.get(span.clone())?.to_lowercase();
    let before = sentence.get(..span.start)?;
    let after = sentence.get(span.end..)?;
    let previous = neighbour(before.split_whitespace().next_back(), before);
    let next = neighbour(after.split_whitespace().next(), after);
    let lemma = cefr::lemma(&word);
    let can =
        |part| cefr::can_be(&word, part) || cefr::can_be(&lemma, part) || lexicon::has(&lemma, lexicon::name(part));
    let only: Vec<PartOfSpeech> = [Noun, Verb, Adjective, Adverb].into_iter().filter(|p| can(*p)).collect();
    let inflected = lemma != word;
    if cefr::can_be(&word, Function) && !inflected {
        return None;
    }
    let part = match only.as_slice() {
        _ if inflected && cefr::can_be(&lemma, Verb) && is_verb_of_clause(before, &word, after) => Some(Verb),
        [] => by_ending(&word),
        [one] => Some(*one),
        _ => beside(&word, &previous, &next, &only),
    }?;
    // "the sealed bag", "the bag is sealed": a participle is its verb, whatever the list says.
    let participle = part == Adjective && inflected && word.ends_with("ed") && cefr::can_be(&lemma, Verb);
    Some(if participle && !cefr::can_be(&word, Adjective) { Verb } else { part })
}

/// The word beside, in lower case; empty at the end of a phrase.
fn neighbour(word: Option<&str>, side: &str) -> String {
    let Some(word) = word else { return String::new() };
    let touches = side.trim().len() != side.len() || side.ends_with('-') || side.starts_with('-');
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let apart = word.len() != bare.len() && word.chars().any(|c| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '('));
    if apart || !touches { String::new() } else { bare.to_lowercase() }
}

/// "if the oxygen level falls below 90%": the only word of its clause that can be the verb.
fn is_verb_of_clause(before: &str, word: &str, after: &str) -> bool {
    if !word.ends_with('s') || word.ends_with("ss") {
        return false;
    }
    let clause = |text: &str| text.split(['.', ',', ';', ':', '!', '?', '(']).map(str::to_owned).collect::<Vec<_>>();
    let before = clause(before).pop().unwrap_or_default().to_lowercase();
    let after = clause(after).swap_remove(0).to_lowercase();
    let mut words: Vec<&str> = before.split_whitespace().collect();
    let Some(opens) = words.iter().rposition(|w| is_subordinator(w) && !matches!(*w, "than" | "how" | "as")) else {
        return false;
    };
    let subject = words.split_off(opens + 1);
    let [first, .., last] = subject.as_slice() else { return false };
    let one = matches!(*first, "the" | "a" | "an" | "this" | "your" | "its" | "each" | "every" | "another");
    let short = subject.len() == 2;
    let acts = |w: &&str| is_finite(w) || !short && is_verb(w);
    one && !last.ends_with('s')
        && !is_determiner(last)
        && !is_preposition(last)
        && !subject.iter().any(acts)
        && !after.split_whitespace().take(6).any(is_finite)
}

fn by_ending(word: &str) -> Option<PartOfSpeech> {
    const NOUNS: [&str; 9] = ["tion", "sion", "ment", "ness", "ity", "ance", "ence", "ship", "er"];
    if word.ends_with("ly") {
        return Some(Adverb);
    }
    NOUNS.iter().any(|ending| word.ends_with(ending)).then_some(Noun)
}

fn beside(word: &str, previous: &str, next: &str, only: &[PartOfSpeech]) -> Option<PartOfSpeech> {
    let can = |part| only.contains(&part);
    let next_is_noun = !next.is_empty() && !is_function(next) && cefr::can_be(&cefr::lemma(next), Noun);
    let takes_object =
        is_determiner(next) || matches!(next, "it" | "them" | "him" | "her" | "you" | "us" | "me" | "that");
    let choice = match previous {
        p if is_determiner(p) || is_preposition(p) || is_number(p) => match () {
            () if can(Adjective) && next_is_noun => Adjective,
            () if word.ends_with("ing") && takes_object && can(Verb) => Verb,
            () if can(Noun) => Noun,
            () if can(Adjective) => Adjective,
            () => Verb,
        },
        "to" | "must" | "should" | "may" | "can" | "will" | "could" | "would" | "not" | "don't" | "never" | "shall"
        | "cannot"
            if can(Verb) =>
        {
            Verb
        }
        "you" | "they" | "we" | "i" | "he" | "she" | "it" | "who" | "which" | "that" if can(Verb) => Verb,
        "is" | "are" | "was" | "were" | "be" | "been" | "being" => match () {
            () if can(Verb) && (word.ends_with("ed") || word.ends_with("ing")) => Verb,
            () if can(Adjective) => Adjective,
            () if can(Noun) => Noun,
            () => return None,
        },
        "very" | "too" | "more" | "most" | "so" if can(Adjective) => Adjective,
        // The word opens a clause: an order has its object next.
        "" | "and" | "or" | "then" | "always" | "please" if can(Verb) && takes_object => Verb,
        p if !p.is_empty() && !is_function(p) && can(Noun) && !takes_object => {
            let unknown = cefr::word(p).level.is_none();
            let adjective = cefr::can_be(p, Adjective)
                || cefr::can_be(p, Noun)
                || lexicon::has(p, "noun")
                || unknown
                || p.contains('-');
            if adjective && !word.ends_with("ed") { Noun } else { return None }
        }
        _ => return None,
    };
    can(choice).then_some(choice)
}

fn is_determiner(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "this"
            | "these"
            | "those"
            | "your"
            | "his"
            | "her"
            | "its"
            | "our"
            | "their"
            | "my"
            | "each"
            | "every"
            | "any"
            | "no"
            | "all"
            | "some"
            | "another"
            | "both"
    )
}

/// Whether `word` stands before a noun and says where, when or how.
pub fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "in" | "on"
            | "of"
            | "for"
            | "with"
            | "from"
            | "at"
            | "by"
            | "into"
            | "onto"
            | "under"
            | "over"
            | "without"
            | "against"
            | "between"
            | "after"
            | "before"
            | "during"
            | "through"
            | "via"
            | "per"
            | "above"
            | "below"
            | "inside"
            | "outside"
            | "behind"
            | "beside"
            | "near"
            | "around"
            | "along"
    )
}

fn is_number(word: &str) -> bool {
    word.chars().next().is_some_and(|c| c.is_ascii_digit())
        || matches!(word, "one" | "two" | "three" | "four" | "five" | "six" | "ten")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_beside_it_decide() {
        let at = |sentence: &str, word: &str| {
            let start = sentence.find(word).unwrap();
            part_at(sentence, start..start + word.len())
        };
        assert_eq!(at("Write it in the log.", "log"), Some(Noun));
        assert_eq!(at("You must log every delivery.", "log"), Some(Verb));
        assert_eq!(at("Seal the bag.", "Seal"), Some(Verb));
        assert_eq!(at("Check that the trailer seal is intact.", "seal"), Some(Noun));
        assert_eq!(at("The report covers the spill.", "spill"), Some(Noun));
        assert_eq!(at("Label stock", "Label"), None);
        assert_eq!(at("If the oxygen level falls below 90%, call the nurse.", "falls"), Some(Verb));
        assert_eq!(at("If the temperature rises, open the door.", "rises"), Some(Verb));
        assert_eq!(at("If the loss of blood stops, wait.", "stops"), Some(Verb));
        assert_ne!(at("Check that the wheel chocks are in place.", "chocks"), Some(Verb));
        assert_ne!(at("If you use the stairs, hold the rail.", "stairs"), Some(Verb));
    }
}
