//! Who does what: the actor, the action and the object of a sentence.

use std::ops::Range;

use super::{Tag, Token, nouns, particles, tokens};
use crate::pipeline::words::is_verb;

/// Byte ranges in the sentence; the action as a base form, with its particle.
#[derive(Debug, Default, Eq, PartialEq)]
pub struct Deed {
    pub actor: Option<Range<usize>>,
    pub action: Option<String>,
    pub object: Option<Range<usize>>,
}

/// Verbs whose thing stands behind a preposition.
pub const ACTS_ON: &[(&str, &str)] = &[
    ("apply", "for"),
    ("check", "for"),
    ("look", "for"),
    ("watch", "for"),
    ("search", "for"),
    ("wait", "for"),
    ("ask", "for"),
    ("account", "for"),
    ("pay", "for"),
    ("assist", "with"),
    ("help", "with"),
    ("comply", "with"),
    ("deal", "with"),
    ("participate", "in"),
    ("assist", "in"),
    ("dispose", "of"),
    ("consist", "of"),
    ("refer", "to"),
    ("respond", "to"),
    ("adhere", "to"),
    ("listen", "to"),
    ("reply", "to"),
    ("belong", "to"),
    ("apply", "to"),
    ("focus", "on"),
    ("rely", "on"),
    ("depend", "on"),
    ("decide", "on"),
    ("settle", "on"),
    ("inquire", "about"),
    ("look", "at"),
    ("look", "after"),
];
/// Verbs that are followed by what should be so: "ensure that the lid is closed".
const SEES_THAT: &[&str] =
    &["ensure", "check", "verify", "confirm", "make sure", "assume", "see", "allow", "minimise", "minimize"];
/// Verbs that only begin or end another one.
const PHASES: &[&str] = &["start", "begin", "stop", "continue", "keep", "finish", "resume"];

/// Of a command whose verb begins at byte `verb`.
pub fn of_command(sentence: &str, verb: usize) -> Deed {
    let words = tokens(sentence, Some(verb));
    let Some(at) = words.iter().position(|t| t.start >= verb) else { return Deed::default() };
    command(&words, at)
}

pub(super) fn command(words: &[Token<'_>], mut at: usize) -> Deed {
    // "Do not reuse", "Never leave": what is forbidden is the deed.
    while words.get(at).is_some_and(|t| {
        matches!(t.tag, Tag::Not | Tag::Adverb) || t.lower == "neither" || t.tag == Tag::Do && is_negation(words, at)
    }) {
        at += 1;
    }
    let Some(token) = words.get(at) else { return Deed::default() };
    let (action, from) = verb_group(words, at, &token.lower);
    let (action, object) = acted_on(words, action, from);
    Deed { actor: None, action: Some(action), object }
}

pub(super) fn is_negation(words: &[Token<'_>], at: usize) -> bool {
    words[at].lower == "don't" || words.get(at + 1).is_some_and(|n| n.tag == Tag::Not)
}

/// "turn off", "make sure", "deep clean": the words that make one verb, and where they end.
pub(super) fn verb_group(words: &[Token<'_>], at: usize, verb: &str) -> (String, usize) {
    let Some(next) = words.get(at + 1) else { return (verb.to_owned(), at + 1) };
    let how = matches!(verb, "deep" | "double" | "right" | "left" | "triple" | "spot" | "air" | "pre" | "hand");
    if how && (is_verb(&next.lower) || next.lower == "click") {
        return (format!("{verb} {}", next.lower), at + 2);
    }
    if matches!((verb, next.lower.as_str()), ("make", "sure" | "available" | "certain") | ("take", "care")) {
        return (format!("{verb} {}", next.lower), at + 2);
    }
    let particle = next.lower.as_str();
    let after = words.get(at + 2).map(|t| t.tag);
    let thing = after.is_none_or(|t| {
        matches!(
            t,
            Tag::Determiner
                | Tag::Noun
                | Tag::Pronoun
                | Tag::Adjective
                | Tag::Number
                | Tag::And
                | Tag::Stop
                | Tag::Preposition
                | Tag::Comma
                | Tag::To
                | Tag::Subordinator
        )
    });
    let joins = match particle {
        "off" | "up" | "down" | "away" => particle != "up" || after != Some(Tag::To) || verb == "hook",
        "out" | "back" => after != Some(Tag::Preposition) || verb == "carry",
        "on" => matches!(verb, "turn" | "switch" | "put" | "carry" | "try" | "pass" | "log"),
        "in" => matches!(
            verb,
            "log" | "fill" | "plug" | "sign" | "hand" | "lock" | "key" | "slide" | "type" | "check" | "bring"
        ),
        "over" => matches!(verb, "hand" | "take" | "turn"),
        _ => false,
    };
    if joins && thing { (format!("{verb} {particle}"), at + 2) } else { (verb.to_owned(), at + 1) }
}

/// What the verb acts on; the verb itself changes where it only begins another one ("start following the list").
pub(super) fn acted_on(words: &[Token<'_>], action: String, from: usize) -> (String, Option<Range<usize>>) {
    let mut at = joined_verbs(words, from);
    while words.get(at).is_some_and(|t| t.tag == Tag::Adverb && t.lower != "there" || t.lower == "exactly") {
        at += 1;
    }
    let next = words.get(at + 1).map(|t| t.tag);
    let Some(token) = words.get(at) else { return (action, None) };
    let base = action.split(' ').next().unwrap_or_default();
    let thing = base == "keep" && next.is_some_and(|t| matches!(t, Tag::Noun));
    if token.tag == Tag::Gerund && PHASES.contains(&base) && !thing {
        let (inner, from) = verb_group(words, at, &cefr::lemma(&token.lower));
        return (inner, phrase(words, from));
    }
    let object = match token.tag {
        Tag::Preposition | Tag::To if ACTS_ON.contains(&(base, token.lower.as_str())) => phrase(words, at + 1),
        Tag::Preposition if token.lower == "about" && next == Some(Tag::Number) => {
            nouns::whole(words, at + 1).map(|end| bytes(words, at..end))
        }
        // "Stay next to the vehicle"
        Tag::Adjective if token.lower == "next" && next == Some(Tag::To) => None,
        Tag::Question | Tag::Subordinator if is_question(words, at, base) => Some(to_end(words, at)),
        Tag::Relative if SEES_THAT.contains(&action.as_str()) => thing_of_clause(words, at + 1),
        Tag::Pronoun | Tag::Be if SEES_THAT.contains(&action.as_str()) && is_somebody(token) => {
            thing_of_clause(words, at)
        }
        Tag::Gerund => gerund(words, at),
        Tag::Stop if token.text == ":" => phrase(words, at + 1),
        Tag::Preposition | Tag::To | Tag::Relative | Tag::Subordinator | Tag::Stop | Tag::Comma | Tag::And => None,
        _ => phrase(words, at),
    };
    (action, object)
}

/// "Scrub, rinse and dry the bath": what follows the last verb is what all of them act on.
fn joined_verbs(words: &[Token<'_>], from: usize) -> usize {
    let mut at = from;
    loop {
        let and = usize::from(words.get(at).is_some_and(|t| t.tag == Tag::Comma));
        let step = if words.get(at + and).is_some_and(|t| t.tag == Tag::And) { and + 1 } else { and };
        let verb =
            words.get(at + step).filter(|t| step > 0 && is_verb(&t.lower) && t.text.starts_with(char::is_lowercase));
        // "Rinse and dry": without a thing behind it there is nothing to act on.
        let goes_on = verb.is_some() && words.get(at + step + 1).is_some_and(|t| !matches!(t.tag, Tag::Stop));
        if !goes_on {
            return at;
        }
        at += step + 1;
    }
}

fn is_question(words: &[Token<'_>], at: usize, verb: &str) -> bool {
    words[at].tag == Tag::Question || words[at].lower == "whether" || words[at].lower == "if" && verb == "indicate"
}

pub(super) fn phrase(words: &[Token<'_>], from: usize) -> Option<Range<usize>> {
    if words.get(from).is_some_and(|t| t.tag == Tag::Gerund) {
        return gerund(words, from);
    }
    let end = nouns::whole(words, from)?;
    // "three times", "10 seconds" alone say how often and how long.
    let measure =
        words[from].tag == Tag::Number && words.get(from + 1).is_none_or(|t| MEASURES.contains(&t.lower.as_str()));
    (!measure).then(|| bytes(words, from..end))
}

const MEASURES: &[&str] =
    &["times", "seconds", "minutes", "hours", "days", "second", "minute", "hour", "day", "s", "min", "h"];

/// "adding a rule", "cutting vegetables and cleaning"
fn gerund(words: &[Token<'_>], from: usize) -> Option<Range<usize>> {
    let next = words.get(from + 1).map(|t| t.tag);
    let end = match next {
        Some(Tag::Determiner | Tag::Noun | Tag::Adjective | Tag::Number | Tag::Pronoun | Tag::Adverb) => {
            nouns::whole(words, from + 1)?
        }
        _ => nouns::whole(words, from).unwrap_or(from + 1),
    };
    Some(bytes(words, from..end))
}

/// "that the lid is closed" is about the lid, "that you have gloves" about the gloves.
fn thing_of_clause(words: &[Token<'_>], from: usize) -> Option<Range<usize>> {
    if words.get(from).is_some_and(is_somebody) {
        let verb = (from + 1..words.len())
            .find(|at| !matches!(words[*at].tag, Tag::Be | Tag::Have | Tag::Modal | Tag::Not | Tag::Adverb))?;
        let verb = if matches!(words[verb].tag, Tag::Verb | Tag::Gerund | Tag::Past) { verb + 1 } else { verb };
        return phrase(words, verb);
    }
    phrase(words, from)
}

/// "you", "we", "you're"
fn is_somebody(token: &Token<'_>) -> bool {
    particles::is_subject(token.lower.split('\'').next().unwrap_or_default())
}

fn to_end(words: &[Token<'_>], from: usize) -> Range<usize> {
    let end = (from..words.len()).find(|at| words[*at].tag == Tag::Stop).unwrap_or(words.len());
    bytes(words, from..end)
}

pub(super) fn bytes(words: &[Token<'_>], range: Range<usize>) -> Range<usize> {
    words[range.start].start..words[range.end - 1].end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::profile::imperative::{Place, verb};

    fn of(sentence: &str) -> (Option<&str>, Option<String>, Option<&str>) {
        let deed = verb(sentence, Place::Item)
            .map_or_else(|| super::super::statement::of(sentence), |v| of_command(sentence, v.start));
        (deed.actor.map(|r| &sentence[r]), deed.action, deed.object.map(|r| &sentence[r]))
    }

    #[test]
    fn commands_act_on_the_whole_phrase() {
        for (sentence, action, object) in [
            (
                "Check the water level, the filters and the spray arms.",
                "check",
                "the water level, the filters and the spray arms",
            ),
            ("Scrub, rinse and dry the bath, taps and tiles.", "scrub", "the bath, taps and tiles"),
            ("Pour about 30 mL of each buffer into a clean beaker.", "pour", "about 30 mL of each buffer"),
            ("Leave the hood open overnight.", "leave", "the hood"),
            ("Ask the guest whether they carry a pen.", "ask", "the guest"),
            ("Set up barriers and signs around the opening.", "set up", "barriers and signs"),
            ("Check that the electrolyte covers the plates.", "check", "the electrolyte"),
            ("Connect the charger plug and press START.", "connect", "the charger plug"),
            ("Dispose of used wipes at once.", "dispose", "used wipes"),
            ("Do not reuse the same cloth for tables.", "reuse", "the same cloth"),
            ("Report broken or missing items to Maintenance.", "report", "broken or missing items"),
            ("Never post a photo of a found item online.", "post", "a photo of a found item"),
            ("Calculate the number of boxes that are needed.", "calculate", "the number of boxes that are needed"),
        ] {
            assert_eq!(of(sentence), (None, Some(action.to_owned()), Some(object)), "{sentence}");
        }
    }
}
