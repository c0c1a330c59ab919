//! Does a sentence tell somebody to do something, and with which word?

use std::ops::Range;

use crate::pipeline::{
    pattern::patterns,
    words::{
        is_auxiliary, is_function_word, is_noun_too, is_opening_adverb, is_preposition, is_verb, opens_noun_phrase,
    },
};

patterns! {
    WORD = r"[\p{L}][\p{L}’'\-/]*|\d[\d.,]*|[→&]|->|[:,;().–—]";
    OPENING = r"(?i)^(?:\s*[*•]?\s*(?:note|notes|remember|first|important|warning|caution|danger|attention|tip|reminder|nb|n\.b|example|ex|step \d+)\s*[:.!–—-]\s*|\s*(?:please )?(?:note|remember|be aware|keep in mind|bear in mind|make a note) that\s+|\s*(?:so|also|now|finally|therefore|however|again|in addition),\s+|\s*note\s+)+";
    NAMES_A_PART = r"(?i)\b(?:purpose|aims?|objectives?|goals?|scope|definitions?|outcome|result|output|title|subject|version|owner|who|responsib\p{L}+|means|example|e\.g)\b";
    CONDITION = r"(?i)^(?:if|when|whenever|while|once|after|before|unless|until|in case|as soon as|for|during|at|on|in|with|by|to|where|wherever|should|following|upon|under|depending|every|from|any time|anytime|because|since|as|where|using|without|throughout|prior)\b";
}

/// How the sentence stands in the document: a fragment in a list may be a command where a heading is a name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Place {
    Prose,
    Item,
    Heading,
}

/// What stands before the sentence proper: "Note:", "Please note that", "So,".
pub fn opening(sentence: &str) -> usize {
    OPENING.find(sentence).map_or(0, |m| m.end())
}

/// "Face shield", "Wash bottle": reads like a command, and names a thing in a list of things.
pub fn may_be_name(item: &str) -> bool {
    let mut words = WORD.find_iter(item).map(|m| m.as_str().to_lowercase());
    let (first, next) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    is_noun_too(&first) && !item.trim_end().ends_with('.') && !opens_noun_phrase(&next) && !is_preposition(&next)
}

/// Byte range of the verb of a command, or `None` where nobody is told to do anything.
pub fn verb(sentence: &str, place: Place) -> Option<Range<usize>> {
    if sentence.trim_end().ends_with('?') && !sentence.contains("? ") {
        return None;
    }
    let skipped = opening(sentence);
    let body = &sentence[skipped..];
    let direct = |from: usize| first_verb(&sentence[from..], place).map(|r| r.start + from..r.end + from);
    if let Some(found) = direct(skipped) {
        return Some(found);
    }
    // "Any issue → record it", "If out of range: keep the door closed".
    if let Some(at) = body.find('→').map(|at| at + '→'.len_utf8()).or_else(|| body.find("->").map(|at| at + 2)) {
        let from = skipped + at;
        if let Some(found) = direct(from) {
            return Some(found);
        }
    }
    if !CONDITION.is_match(body) {
        return after_question(sentence, place).or_else(|| after_label(sentence, skipped, place));
    }
    let mut comma = body.match_indices([',', ':', '–', '—']).map(|(at, sign)| skipped + at + sign.len());
    comma.find_map(direct).or_else(|| buried(body, skipped, place))
}

/// "Questions? Ask in the channel."
fn after_question(sentence: &str, place: Place) -> Option<Range<usize>> {
    let from = sentence.find("? ")? + 2;
    first_verb(&sentence[from..], place).map(|r| r.start + from..r.end + from)
}

/// "Larger spills: evacuate the bay", "Weekly: inspect the cables".
fn after_label(sentence: &str, skipped: usize, place: Place) -> Option<Range<usize>> {
    if place == Place::Heading {
        return None;
    }
    let colon = skipped + sentence[skipped..].find(": ")?;
    let label = &sentence[skipped..colon];
    if label.split_whitespace().count() > 6
        || label.contains(['.', ',', ';', '|', '"', '“'])
        || NAMES_A_PART.is_match(label)
    {
        return None;
    }
    let from = colon + 2;
    let found = first_verb(&sentence[from..], place)?;
    let word = sentence[from..][found.clone()].to_lowercase();
    let next = WORD.find(&sentence[from + found.end..]).map(|m| m.as_str().to_lowercase()).unwrap_or_default();
    // "Contact: call centre": a word that is as often a name commands only what an article or "it" opens.
    let sure = !is_noun_too(&word) || opens_noun_phrase(&next) || next.ends_with('s') && !next.ends_with("ss");
    sure.then(|| found.start + from..found.end + from)
}

/// "In a new tube prepare a mix": a command after a phrase that no comma closes.
fn buried(body: &str, offset: usize, place: Place) -> Option<Range<usize>> {
    if place == Place::Heading {
        return None;
    }
    let words: Vec<_> = WORD.find_iter(body).collect();
    if words.iter().any(|w| is_auxiliary(&w.as_str().to_lowercase())) {
        return None;
    }
    let found = words.windows(3).find(|w| {
        let [before, word, after] = [w[0], w[1], w[2]].map(|w| w.as_str().to_lowercase());
        let may_follow = !is_function_word(&before) && !opens_noun_phrase(&before) && before != "," && before != "to";
        may_follow && is_verb(&word) && !is_noun_too(&word) && opens_noun_phrase(&after)
            || may_follow && matches!(word.as_str(), "click" | "select" | "press" | "right" | "double")
    })?;
    Some(offset + found[1].start()..offset + found[1].end())
}

/// So many words decide whether a sentence begins with a command.
const LOOK_AHEAD: usize = 24;

/// The command that these words begin with, after adverbs.
fn first_verb(text: &str, place: Place) -> Option<Range<usize>> {
    let words: Vec<_> = WORD.find_iter(text).take(LOOK_AHEAD).collect();
    let lower = |at: usize| words.get(at).map(|w| w.as_str().to_lowercase().replace('’', "'")).unwrap_or_default();
    let mut at = 0;
    while at < 4 && (is_opening_adverb(&lower(at)) || lower(at) == "," && at > 0) {
        at += 1;
    }
    let (word, next) = (lower(at), lower(at + 1));
    let found = words.get(at)?;
    // Something other than words stands before it: "#1", "(b)".
    if at == 0
        && !text[..found.start()]
            .trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '“' | '*' | '\'' | '‘'))
            .is_empty()
    {
        return None;
    }
    let range = found.start()..found.end();
    let verb = match word.as_str() {
        "do" | "don't" => at + 1 < words.len() && !matches!(next.as_str(), "you" | "they" | "we" | "i"),
        "be" => !next.is_empty(),
        "deep" | "double" | "right" | "left" | "triple" | "pre" | "re" => is_verb(&next) || next == "click",
        "neither" => is_verb(&next) && text.contains(" nor "),
        _ if word.contains('/') || word.contains('-') => {
            let mut parts = word.split(['/', '-']);
            let first = parts.next().unwrap_or_default();
            // "Pre-rinse plates", "Air-dry the racks"
            let prefixed = matches!(first, "pre" | "re" | "deep" | "air" | "hand" | "double" | "spot" | "spin" | "dry")
                && parts.next().is_some_and(is_verb)
                && words.len() > at + 1;
            prefixed || is_verb(first) && (is_preposition(&next) || opens_noun_phrase(&next))
        }
        _ if is_function_word(&word) || next == ":" => false,
        _ if is_verb(&word) => is_command(&words, at, place, &lower, text.trim_end().ends_with('.')),
        _ => is_unknown_verb(found.as_str(), words.get(at + 1).map_or("", |w| w.as_str())),
    };
    verb.then_some(range)
}

/// What stands behind a word that may be a verb or a noun shows that it is a noun.
fn names_a_thing(words: &[regex::Match<'_>], at: usize, place: Place, lower: &dyn Fn(usize) -> String) -> bool {
    let (word, next, after) = (lower(at), lower(at + 1), lower(at + 2));
    let joined = matches!(next.as_str(), "and" | "&" | "or");
    // "Use of", and "Time allowed per room": something is said of a thing.
    let said = matches!(
        next.as_str(),
        "of" | "no" | "number" | "allowed" | "required" | "needed" | "used" | "taken" | "given"
    );
    // "Travel and Expense Policy": two names. "Clean and Disinfect the Sink": two deeds.
    let two_names = place == Place::Heading && joined && !is_verb(&after);
    // "Oil that has been used must not …" speaks of a thing.
    let spoken_of = matches!(next.as_str(), "that" | "which" | "who")
        && !TAKES_THAT.contains(&word.as_str())
        && speaks_of_a_thing(words, at);
    // "Date and time of delivery" names two things.
    let two_things = joined
        && is_noun_too(&after)
        && (matches!(lower(at + 3).as_str(), "of" | ":") || words.len() == at + 3 && place == Place::Item);
    // "Contact time: …" names something.
    let label = (2..=3).any(|next| lower(at + next) == ":") && !opens_noun_phrase(&next) && !is_preposition(&next);
    said || two_names || spoken_of || two_things || label
}

/// "Check" may be a command or a name; the words after it decide.
fn is_command(
    words: &[regex::Match<'_>],
    at: usize,
    place: Place,
    lower: &dyn Fn(usize) -> String,
    ends_as_sentence: bool,
) -> bool {
    let (word, next) = (lower(at), lower(at + 1));
    let noun_too = is_noun_too(&word);
    if noun_too && names_a_thing(words, at, place, lower) {
        return false;
    }
    let alone = words.len() == at + 1 || matches!(next.as_str(), "." | ":" | "(" | ")");
    if alone {
        // "Actually travel" commands, "Travel" and "Bleach" name.
        return at > 0 || !noun_too && place != Place::Heading && words.len() > at + 1;
    }
    // "Count tablets twice if there are many": the verb behind "if" is another sentence's.
    let main = words[at + 1..].iter().take(6).map(|w| w.as_str().to_lowercase());
    let main = main.take_while(|w| !matches!(w.as_str(), "if" | "when" | "until" | "unless" | "because" | "while"));
    let finite = main.into_iter().any(|w| is_auxiliary(&w));
    let opens = opens_noun_phrase(&next)
        || is_preposition(&next)
        || matches!(
            next.as_str(),
            "and"
                | "or"
                | "&"
                | "→"
                | "->"
                | ","
                | "if"
                | "when"
                | "whether"
                | "how"
                | "what"
                | "which"
                | "where"
                | "carefully"
                | "again"
        );
    if !noun_too {
        return !is_auxiliary(&next);
    }
    if opens {
        return !(finite && is_preposition(&next));
    }
    // "brake fluid," in a list is a thing.
    let letters = words.iter().filter(|w| w.as_str().starts_with(char::is_alphabetic)).count();
    if place == Place::Item && letters <= 2 && !ends_as_sentence && !next.ends_with("ly") {
        return false;
    }
    let long_enough = words.len() > at + 2;
    !is_auxiliary(&next)
        && !finite
        && (ends_as_sentence
            || next.ends_with("ly")
            || place == Place::Item && long_enough
            || place == Place::Prose && long_enough)
}

/// "Check that …", "Report that …": what follows is not said of a thing.
const TAKES_THAT: [&str; 12] =
    ["check", "state", "report", "record", "note", "show", "request", "document", "signal", "test", "estimate", "log"];

fn speaks_of_a_thing(words: &[regex::Match<'_>], at: usize) -> bool {
    words[at + 2..].iter().filter(|w| is_auxiliary(&w.as_str().to_lowercase())).count() >= 2
}

/// A word that no list knows ("Nanodrop 1 µL", "Vortex the tube") is a verb when a noun phrase follows it.
fn is_unknown_verb(word: &str, next: &str) -> bool {
    let lower = word.to_lowercase();
    let inflected = lower.ends_with("ing") || lower.ends_with("ed") || (lower.ends_with('s') && !lower.ends_with("ss"));
    let name = word.chars().filter(|c| c.is_uppercase()).count() > 1;
    let phrase = matches!(
        next,
        "the" | "a" | "an" | "your" | "all" | "each" | "every" | "this" | "these" | "any" | "both" | "it" | "them"
    ) || next.starts_with(|c: char| c.is_ascii_digit());
    word.chars().all(char::is_alphabetic)
        && word.len() > 2
        && !inflected
        && !name
        && phrase
        && !is_month_or_label(&lower)
}

fn is_month_or_label(word: &str) -> bool {
    const NUMBERED: [&str; 29] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "table",
        "figure",
        "section",
        "step",
        "page",
        "part",
        "room",
        "chapter",
        "appendix",
        "annex",
        "version",
        "phase",
        "zone",
        "level",
        "class",
        "item",
        "day",
    ];
    NUMBERED.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(sentence: &str, place: Place) -> Option<&str> {
        verb(sentence, place).map(|r| &sentence[r])
    }

    #[test]
    fn commands_are_found_behind_conditions_and_adverbs() {
        for (sentence, expected) in [
            ("Wash your hands.", "Wash"),
            ("Immediately inform the manager.", "inform"),
            ("If the box is open, reject it.", "reject"),
            ("Larger spills: evacuate the bay.", "evacuate"),
            ("Weekly: inspect cables for damage.", "inspect"),
            ("Dispose of it after 24 hours.", "Dispose"),
            ("Meanwhile, rinse the mirror.", "rinse"),
            ("Pre-rinse plates with cold water.", "Pre-rinse"),
            ("Any issue → record in the app.", "record"),
            ("In a new tube prepare a mix.", "prepare"),
            ("Nanodrop 1 µL and record it.", "Nanodrop"),
            ("Label every container.", "Label"),
            ("For the pilot, also do a blank.", "do"),
            ("Clean → disinfect → rinse.", "Clean"),
            ("Park on level ground, lower the forks and apply the brake.", "Park"),
            ("Count tablets twice if there are many.", "Count"),
            ("Reconstitute antibiotic suspensions with water.", "Reconstitute"),
        ] {
            assert_eq!(of(sentence, Place::Item), Some(expected), "{sentence}");
        }
    }

    #[test]
    fn statements_names_and_questions_are_no_commands() {
        for sentence in [
            "Label printers are in room 4.",
            "Use of gloves is required.",
            "The cook washes hands.",
            "What do these secrets allow?",
            "Cooking",
            "Paper towels",
            "Exposing a token",
            "Means the availability of it.",
            "Oil that has been used must not be kept.",
            "Document No.: WH-17 Revision: 4",
            "Time allowed for a room: 35 min.",
            "Last edited by the nurse.",
            "Contact: call centre",
            "Purpose: ensure safe work.",
        ] {
            assert_eq!(of(sentence, Place::Prose), None, "{sentence}");
        }
        assert_eq!(of("brake fluid,", Place::Item), None);
        assert_eq!(of("Check that the form is signed and the dates are right.", Place::Item), Some("Check"));
        assert_eq!(of("Date and time of delivery", Place::Item), None);
        assert_eq!(of("Clean and dry the basin", Place::Item), Some("Clean"));
        assert_eq!(of("Cook", Place::Heading), None);
        assert_eq!(of("Travel and Expense Policy", Place::Heading), None);
        assert_eq!(of("Report form", Place::Heading), None);
        assert_eq!(of("Load the data", Place::Heading), Some("Load"));
    }
}
