//! R12, easier synonyms from the table, in the form that the place asks for; never inside an approved term or a quotation.

use cefr::{Form, PartOfSpeech};

use super::phrase::{bare, begins_object, lemma, tail};
use super::synonym::{Condition, Entry, Part, entries};
use crate::engine::english::article::by_sound;
use crate::engine::english::text::capitalise;
use crate::engine::english::words::{is_finite, is_function};

/// Replaces every hard word of a sentence that the table makes easier for this level: all at once where `passes` lets
/// them, or one after the other.
pub fn easier(
    sentence: &str,
    level: cefr::Level,
    is_term: &dyn Fn(&str) -> bool,
    passes: &dyn Fn(&str, &str) -> bool,
) -> Option<String> {
    let changes = changes(sentence, level, is_term);
    let all: Vec<usize> = (0..changes.len()).collect();
    let whole = (!changes.is_empty()).then(|| with(sentence, &changes, &all))?;
    if passes(sentence, &whole) {
        return Some(whole);
    }
    let alone = |at: &usize| passes(sentence, &with(sentence, &changes, &[*at]));
    let sound: Vec<usize> = all.into_iter().filter(alone).collect();
    let some = with(sentence, &changes, &sound);
    (!sound.is_empty() && passes(sentence, &some)).then_some(some)
}

/// An easier wording for the words from `at` on.
struct Change {
    at: usize,
    taken: usize,
    text: String,
}

fn changes(sentence: &str, level: cefr::Level, is_term: &dyn Fn(&str) -> bool) -> Vec<Change> {
    let words: Vec<&str> = sentence.split(' ').collect();
    let mut out = Vec::new();
    let mut quoted = false;
    let mut at = 0;
    while at < words.len() {
        quoted ^= words[at].matches(['“', '"']).count() % 2 == 1;
        let replaced = if quoted || is_term(bare(words[at])) { None } else { replace(&words, at, level) };
        quoted ^= words[at].matches('”').count() % 2 == 1;
        let taken = replaced.as_ref().map_or(1, |(taken, _)| *taken);
        out.extend(replaced.map(|(taken, text)| Change { at, taken, text }));
        at += taken;
    }
    out
}

fn with(sentence: &str, changes: &[Change], chosen: &[usize]) -> String {
    let words: Vec<&str> = sentence.split(' ').collect();
    let mut out: Vec<&str> = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        if let Some(change) = chosen.iter().map(|i| &changes[*i]).find(|c| c.at == at) {
            out.push(&change.text);
            at += change.taken;
        } else {
            out.push(words[at]);
            at += 1;
        }
    }
    by_sound(&out.join(" "))
}

/// The easier wording of what begins at `at`, and how many words it takes the place of.
fn replace(words: &[&str], at: usize, level: cefr::Level) -> Option<(usize, String)> {
    let first = words[at];
    let lower = bare(first).to_lowercase();
    if lower.is_empty() || first.starts_with(['(', '“', '"']) || first.contains('-') && !lower.starts_with("de-") {
        return None;
    }
    let lemma = lemma(&lower);
    let raw = first.to_lowercase();
    let fixed = entries(&lower).iter().chain(entries(&raw)).filter(|e| e.part == Part::Fixed);
    let fixed = fixed.filter(|e| matches(e, words, at, &raw) || matches(e, words, at, &lower));
    let inflected = entries(&lemma).iter().filter(|e| e.part != Part::Fixed && matches(e, words, at, &lemma));
    let entry = fixed.chain(inflected).find(|e| {
        let above = e.part == Part::Fixed || level <= cefr::Level::A2 || cefr::level(&lemma).is_none_or(|l| l > level);
        above && e.conditions.iter().all(|c| holds(c, words, at, e.hard.len())) && right_part(e, words, at, &lower)
    })?;
    let last = words[at + entry.hard.len() - 1];
    let capital = first.chars().next().is_some_and(char::is_uppercase);
    let (mut easy, mut taken) = (inflect(entry, words, at, &lower), entry.hard.len());
    let mut stop = if entry.hard.last().is_some_and(|h| h.ends_with(['.', ','])) { "" } else { tail(last) };
    if let Some((verb, particle)) = easy.clone().split_once(' ').filter(|_| entry.part == Part::Verb)
        && let Some(next) = words.get(at + taken).filter(|n| matches!(bare(n), "it" | "them") && stop.is_empty())
        && matches!(
            particle,
            "away" | "off" | "on" | "out" | "up" | "right" | "back" | "in" | "together again" | "apart"
        )
    {
        easy = format!("{verb} {} {particle}", bare(next));
        stop = tail(next);
        taken += 1;
    }
    let easy = if capital { capitalise(&easy) } else { easy };
    Some((taken, format!("{easy}{stop}")))
}

fn matches(entry: &Entry, words: &[&str], at: usize, first: &str) -> bool {
    entry.hard[0] == first
        && entry.hard.iter().enumerate().skip(1).all(|(i, hard)| {
            words.get(at + i).is_some_and(|w| w.to_lowercase() == *hard || bare(w).to_lowercase() == *hard)
                && tail(words[at + i - 1]).is_empty()
        })
}

fn holds(condition: &Condition, words: &[&str], at: usize, len: usize) -> bool {
    let next = words.get(at + len).filter(|_| tail(words[at + len - 1]).is_empty()).map(|w| bare(w).to_lowercase());
    let before = at.checked_sub(1).map(|i| bare(words[i]).to_lowercase()).unwrap_or_default();
    let rest = || {
        let mut inside = true;
        words[at + len..]
            .iter()
            .take_while(move |w| std::mem::replace(&mut inside, tail(w).is_empty()))
            .map(|w| bare(w).to_lowercase())
    };
    match condition {
        Condition::Next(list) => next.is_some_and(|n| list.contains(&n.as_str())),
        Condition::Before(list) => list.contains(&before.as_str()),
        Condition::Not(list) => !rest().any(|w| list.contains(&w.as_str())),
        Condition::With(list) => rest().any(|w| list.contains(&w.as_str())),
        Condition::Object => next.is_some_and(|n| begins_object(&n)),
        Condition::Clause => rest().skip(1).any(|w| is_finite(&w)) || next.is_some_and(|n| n == "that" || n == "you"),
        Condition::End => next.is_none_or(|n| {
            matches!(
                n.as_str(),
                "and"
                    | "or"
                    | "before"
                    | "after"
                    | "with"
                    | "in"
                    | "under"
                    | "for"
                    | "using"
                    | "until"
                    | "at"
                    | "on"
                    | "when"
            )
        }),
        Condition::NoArticle => !matches!(before.as_str(), "a" | "an" | "the"),
        Condition::Active => !matches!(before.as_str(), "is" | "are" | "be" | "was" | "were" | "been"),
    }
}

/// Whether the word stands here as the part of speech of the entry.
fn right_part(entry: &Entry, words: &[&str], at: usize, lower: &str) -> bool {
    let before = at.checked_sub(1).map(|i| words[i]);
    let previous = before.map(|w| bare(w).to_lowercase()).unwrap_or_default();
    match entry.part {
        Part::Verb => {
            let next = words.get(at + entry.hard.len()).map(|n| bare(n).to_lowercase());
            let ends = !tail(words[at + entry.hard.len() - 1]).is_empty();
            // "remove the tip and discard": without its object "throw away" would hang in the air.
            let hangs =
                entry.easy.contains(' ') && is_active(lower) && (ends || !next.as_deref().is_some_and(begins_object));
            let particle = entry
                .easy
                .split(' ')
                .next_back()
                .is_some_and(|p| matches!(p, "away" | "off" | "out" | "up" | "back" | "in" | "right" | "on"));
            verb_here(lower, words, at, next.as_deref()) && !(hangs && particle)
        }
        Part::Noun => {
            let next = words.get(at + entry.hard.len()).filter(|_| tail(words[at + entry.hard.len() - 1]).is_empty());
            next.is_none_or(|n| is_function(bare(n))) && at > 0 && !matches!(previous.as_str(), "to" | "not" | "must")
        }
        Part::Adjective => {
            let attributive =
                words.get(at + entry.hard.len()).is_some_and(|n| !is_function(bare(n)) && tail(words[at]).is_empty());
            let predicative = matches!(previous.as_str(), "is" | "are" | "be" | "very");
            lower == entry.hard[0] && (attributive || predicative && entry.easy != "first")
        }
        Part::Adverb | Part::Fixed => true,
    }
}

fn is_active(lower: &str) -> bool {
    !matches!(form_of(lower), Form::Past | Form::PastParticiple)
}

fn verb_here(lower: &str, words: &[&str], at: usize, next: Option<&str>) -> bool {
    let before = at.checked_sub(1).map(|i| words[i]);
    let previous = before.map(|w| bare(w).to_lowercase()).unwrap_or_default();
    let alone = ![PartOfSpeech::Noun, PartOfSpeech::Adjective].into_iter().any(|p| cefr::can_be(lower, p));
    let determined = next.is_some_and(|n| {
        matches!(
            n,
            "the"
                | "a"
                | "an"
                | "it"
                | "them"
                | "all"
                | "any"
                | "each"
                | "every"
                | "your"
                | "this"
                | "these"
                | "both"
                | "that"
        )
    });
    match form_of(lower) {
        Form::Past | Form::PastParticiple => {
            let passed = |w: &&&str| w.ends_with("ly") || matches!(**w, "not" | "and" | "always") || w.ends_with("ed");
            words[..at].iter().rev().find(|w| !passed(w)).is_some_and(|w| {
                matches!(*w, "is" | "are" | "be" | "been" | "was" | "were" | "being" | "have" | "has" | "had")
            })
        }
        Form::Ing => matches!(
            previous.as_str(),
            "before" | "after" | "when" | "while" | "by" | "without" | "of" | "for" | "is" | "are" | "and" | ""
        ),
        _ => {
            let starts = before.is_none_or(|b| !tail(b).is_empty());
            let joined = matches!(previous.as_str(), "and" | "or");
            let asked = matches!(
                previous.as_str(),
                "to" | "must"
                    | "should"
                    | "may"
                    | "can"
                    | "not"
                    | "never"
                    | "then"
                    | "always"
                    | "you"
                    | "they"
                    | "we"
                    | "also"
                    | "please"
                    | "immediately"
            );
            starts || joined && determined || !joined && alone || asked
        }
    }
}

/// The form a word stands in; by its ending where the lexicon knows it as a word of its own.
fn form_of(lower: &str) -> Form {
    match cefr::word(lower).form {
        Form::Base if lemma(lower) != lower && lower.ends_with("ing") => Form::Ing,
        Form::Base if lemma(lower) != lower && lower.ends_with("ed") => Form::PastParticiple,
        Form::Base if lemma(lower) != lower && lower.ends_with('s') => Form::ThirdPerson,
        form => form,
    }
}

fn inflect(entry: &Entry, words: &[&str], at: usize, lower: &str) -> String {
    if matches!(entry.part, Part::Fixed | Part::Adjective | Part::Adverb) {
        return entry.easy.to_owned();
    }
    let previous = at.checked_sub(1).map(|i| bare(words[i]).to_lowercase()).unwrap_or_default();
    let form = match form_of(lower) {
        Form::Past
            if matches!(
                previous.as_str(),
                "be" | "is" | "are" | "was" | "were" | "been" | "have" | "has" | "not" | "and"
            ) =>
        {
            Form::PastParticiple
        }
        Form::Plural if entry.part == Part::Verb => Form::ThirdPerson,
        Form::ThirdPerson if entry.part == Part::Noun => Form::Plural,
        form => form,
    };
    if lower == entry.hard[0] {
        return entry.easy.to_owned();
    }
    let (head, rest) = entry.easy.split_once(' ').map_or((entry.easy, ""), |(h, r)| (h, r));
    let head = if head == "staff" || head == "clothes" { head.to_owned() } else { cefr::inflect(head, form) };
    if rest.is_empty() { head } else { format!("{head} {rest}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a2(sentence: &str) -> String {
        easier(sentence, cefr::Level::A2, &|w| w == "Inspection", &|_, _| true).unwrap_or_else(|| sentence.to_owned())
    }

    #[test]
    fn easier_words_take_the_form_of_the_place() {
        for (sentence, expected) in [
            ("Discard it immediately.", "Throw it away immediately."),
            ("Discard the box.", "Throw away the box."),
            ("Damaged boxes must be discarded.", "Damaged boxes must be thrown away."),
            ("Inform the manager prior to the start of work.", "Tell the manager before the start of work."),
            ("Obtain an additional key.", "Get an extra key."),
            ("Ensure that the lid is closed.", "Make sure that the lid is closed."),
            ("Verify the hazardous items.", "Check the dangerous items."),
            ("Wash your hands thoroughly.", "Wash your hands very well."),
            ("In the event of a fire, leave the building.", "If there is a fire, leave the building."),
            ("Place the pan on the shelf.", "Put the pan on the shelf."),
            ("It is an essential part.", "It is a very important part."),
            ("The valve is located under the sink.", "The valve is under the sink."),
            ("The cook receives the form.", "The cook gets the form."),
            ("Provide the guest with a key.", "Provide the guest with a key."),
            ("Original bills are required for every trip.", "Original bills are needed for every trip."),
        ] {
            assert_eq!(a2(sentence), expected);
        }
    }

    #[test]
    fn a_sense_that_is_not_sure_stays() {
        for sentence in [
            "Place the order.",
            "Ensure adequate cleaning.",
            "A sufficient amount is needed.",
            "Thoroughly clean the pan.",
            "Send the inspection report.",
            "Press “Discard” now.",
            "Read the Inspection sheet.",
            "Write the date and your initials.",
            "Remove the tip and discard.",
            "Validate reuse or discard decisions.",
            "Properly submitted forms are read.",
        ] {
            assert_eq!(a2(sentence), sentence);
        }
    }

    #[test]
    fn words_at_the_level_stay() {
        assert_eq!(easier("Discard the box.", cefr::Level::C1, &|_| false, &|_, _| true), None);
    }

    #[test]
    fn one_word_that_may_not_change_keeps_no_other_from_it() {
        let passes = |_: &str, new: &str| !new.contains("Stay");
        assert_eq!(
            easier("Remain here and notify the guard.", cefr::Level::A2, &|_| false, &passes).as_deref(),
            Some("Remain here and tell the guard.")
        );
    }
}
