//! R2, a long list as a stem and its entries, one a line: what stands before the list is said once and holds for all of it.

use super::phrase::{Mask, participle_base};
use super::split::reaches_back;
use crate::engine::english::forms::is_plural;
use crate::engine::english::parse::{Form, parse};
use crate::engine::english::part::is_preposition;
use crate::engine::english::text::{capitalise, lower_first, word_count};
use crate::engine::english::words::{is_finite, is_function, is_verb};

/// What each entry begins with.
const MARK: &str = "\n• ";

/// Two duties share a sentence of so many words.
const LONG: usize = 14;

const DETERMINERS: [&str; 12] =
    ["the", "a", "an", "your", "all", "any", "each", "every", "two", "three", "their", "its"];

/// The sentence as a stem with entries, for sentences of more words than these.
pub fn list(sentence: &str, words: usize, document: &str) -> Option<String> {
    let mask = Mask::of(sentence.strip_suffix('.')?)?;
    let text = mask.text.as_str();
    if word_count(text) <= words || text.contains([':', ';', '?', '|', '•', '→']) {
        return None;
    }
    let said = acts(text)
        .or_else(|| duties(text))
        .or_else(|| done(text))
        .or_else(|| responsible(text))
        .or_else(|| subjects(text, document))
        .or_else(|| things(text))?;
    Some(mask.restore(&said))
}

/// "If it leaks, stop the pump, close the valve and call the nurse." -> "If it leaks, do these things:" and three entries.
fn acts(text: &str) -> Option<String> {
    let opener = text.split(' ').next()?;
    if !matches!(opener, "If" | "When" | "Before" | "After" | "Once" | "In") {
        return None;
    }
    let at = text.match_indices(", ").map(|(at, _)| at).find(|at| matches!(parse(&text[at + 2..]), Form::Do(_)))?;
    let (lead, orders) = (&text[..at], &text[at + 2..]);
    let Form::Do(command) = parse(orders) else { return None };
    let several = command.phrases.len() >= 3 || command.phrases.len() == 2 && opener != "If" && opener != "When";
    let whole = command.phrases.iter().all(|p| word_count(p) >= 2 && !p.starts_with("go to step"));
    let timed = |p: &String| reaches_back(p);
    let (last, others) = command.phrases.split_last()?;
    // A time at the end may be meant for all: not where another act has its own.
    let free = !timed(last) || others.iter().any(timed);
    let plain = !orders.contains(" or ") || command.phrases.iter().filter(|p| p.contains(" or ")).count() == 1;
    let stem = if orders.contains(" then ") { "do these things in this order" } else { "do these things" };
    (several && whole && free && plain && lead_is_whole(lead)).then(|| {
        let entries = command.phrases.iter().map(|p| format!("{}.", capitalise(p)));
        joined(&format!("{lead}, {stem}:"), entries)
    })
}

/// "before you start", "if the light is red": nothing that an order could be taken for.
fn lead_is_whole(lead: &str) -> bool {
    word_count(lead) >= 3 && word_count(lead) <= 14
}

/// "Staff must wash their hands, put on gloves and close the door." -> "Staff must:" and three entries.
fn duties(text: &str) -> Option<String> {
    let Form::Duty { subject, modal, negative: false, predicate } = parse(text) else { return None };
    let Form::Do(command) = parse(&capitalise(&predicate)) else { return None };
    let last = command.phrases.last()?;
    let whole = command.phrases.iter().all(|p| word_count(p) >= 2);
    let long =
        command.phrases.len() == 2 && word_count(text) > LONG && command.phrases.iter().all(|p| word_count(p) >= 4);
    let several = command.phrases.len() >= 3 || long;
    (several && whole && !reaches_back(last) && !predicate.contains(" or "))
        .then(|| joined(&format!("{subject} {}:", modal.word()), command.phrases.iter().cloned()))
}

/// "All checks must be made in the morning and recorded in the app." -> "All checks must be:" and two entries.
fn done(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split(' ').collect();
    let be = words.iter().position(|w| *w == "be")?;
    let modal = be.checked_sub(1).map(|at| words[at]).filter(|m| matches!(*m, "must" | "should"))?;
    let subject = &words[..be - 1];
    let whole = is_plural(&subject.join(" ")).is_some() && !subject.iter().any(|w| w.ends_with(',') || *w == "that");
    let no_case = !["If", "When", "Before", "After", "In", "At", "On", "For", "To"].contains(&words[0]);
    let starts: Vec<usize> = (be + 1..words.len())
        .filter(|at| *at == be + 1 || words[at - 1] == "and" || words[at - 1].ends_with(','))
        .filter(|at| words[*at].ends_with("ed") && participle_base(words[*at]).is_some())
        .collect();
    if starts.len() < 2 || starts[0] != be + 1 || !whole || !no_case || text.contains(" or ") {
        return None;
    }
    let ends = starts[1..].iter().copied().chain([words.len()]);
    let parts = starts.iter().zip(ends).map(|(start, end)| {
        let part = words[*start..end].join(" ");
        part.strip_suffix(" and").unwrap_or(&part).trim_end_matches(',').to_owned()
    });
    let parts: Vec<String> = parts.collect();
    let open =
        |p: &String| p.split(' ').any(|w| matches!(w, "that" | "which" | "who" | "if" | "when" | "until" | "so"));
    let said = parts.iter().all(|p| word_count(p) >= 3 && !open(p)) && !parts.last().is_some_and(|p| reaches_back(p));
    said.then(|| joined(&format!("{} {modal} be:", subject.join(" ")), parts.into_iter()))
}

/// "The cook is responsible for the fridge, for the food and for the records." -> a stem and three entries.
fn responsible(text: &str) -> Option<String> {
    let (who, what) = [" is responsible for ", " are responsible for "]
        .iter()
        .find_map(|mark| text.split_once(mark).map(|(who, what)| (format!("{who}{}", mark.trim_end()), what)))?;
    let what = what.replace(" and for ", " and ").replace(", for ", ", ");
    let entries = entries(&what)?;
    let determined = entries.iter().all(|e| e.split(' ').next().is_some_and(|d| DETERMINERS.contains(&d)));
    (determined && !who.contains(',')).then(|| joined(&format!("{who}:"), entries.into_iter()))
}

/// "The laptop, the badge and the phone must be ready on Monday." -> "These things must be ready on Monday:" and three entries.
fn subjects(text: &str, document: &str) -> Option<String> {
    let words: Vec<&str> = text.split(' ').collect();
    let verb = words.iter().position(|w| matches!(*w, "are" | "must" | "should" | "may" | "can"))?;
    let entries = entries(&words[..verb].join(" "))?;
    let predicate = words[verb..].join(" ");
    let whole = word_count(&predicate) >= 3 && !predicate.contains(" and ") && !predicate.contains(" or ");
    let entries: Vec<String> = entries.into_iter().map(|e| lower_first(&e, document)).collect();
    let determined = entries.iter().all(|e| e.split(' ').next().is_some_and(|d| DETERMINERS.contains(&d)));
    let plural = entries.iter().all(|e| is_plural(e) == Some(true) && !e.split(' ').any(is_function));
    let thing = |e: &String| !crate::engine::english::words::names_people(e);
    (whole && (determined || plural) && entries.iter().all(thing))
        .then(|| joined(&format!("These things {predicate}:"), entries.into_iter()))
}

/// "Label it with the name, the date and the weight." -> "Label it with:" and three entries.
fn things(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(", ").collect();
    let determined = |p: &str| p.trim_start_matches("and ").split(' ').next().is_some_and(|w| DETERMINERS.contains(&w));
    let listed = parts.iter().rev().take_while(|p| determined(p)).count();
    let at = parts.len().checked_sub(listed + 1).filter(|_| listed > 0)?;
    let words: Vec<&str> = parts[at].split(' ').collect();
    let start = first_entry(&words)?;
    let entries = entries(&format!("{}, {}", words[start..].join(" "), parts[at + 1..].join(", ")))?;
    let own = entries.iter().all(|e| determined(e));
    let lead = [&parts[..at], &[words[..start].join(" ").as_str()]].concat().join(", ");
    let case = ["If ", "When ", "Before ", "After "].iter().any(|c| text.starts_with(c)) && at == 0;
    (own && !case && word_count(&lead) >= 2).then(|| joined(&format!("{lead}:"), entries.into_iter()))
}

/// Where the first entry of the list begins that the last of these words belong to.
fn first_entry(words: &[&str]) -> Option<usize> {
    /// Verbs that say what something gets: "label it with ...".
    const WITH: &str =
        "label mark fill provide equip clean wipe dry cover replace supply compare labelled marked filled";
    let mut at = words.iter().rposition(|w| DETERMINERS.contains(w))?;
    while at > 0 && words[at - 1] == "of" {
        at = words[..at].iter().rposition(|w| DETERMINERS.contains(w))?;
    }
    let opener = words[..at].last()?;
    let with = *opener == "with" && words.iter().any(|w| WITH.split(' ').any(|v| w.eq_ignore_ascii_case(v)));
    let verb = is_verb(opener) || matches!(*opener, "includes" | "contains" | "needs");
    let only = is_preposition(opener) && !words[..at].iter().any(|w| DETERMINERS.contains(w));
    (with || verb || only).then_some(at)
}

/// The entries of "a, b and c": three or more noun phrases, of which the last says nothing about the others.
fn entries(text: &str) -> Option<Vec<String>> {
    let (start, last) = text.rsplit_once(" and ")?;
    if text.contains(" or ") || start.contains(" and ") {
        return None;
    }
    let parts: Vec<String> =
        start.trim_end_matches(',').split(", ").chain([last]).map(|p| p.trim().to_owned()).collect();
    let plain = |p: &String| {
        let words: Vec<&str> = p.split(' ').collect();
        (1..=6).contains(&words.len())
            && !words.iter().any(|w| is_finite(w) || matches!(*w, "that" | "which" | "who" | "if" | "when" | "to"))
            && !p.contains(',')
    };
    let tail = |p: &String| p.split(' ').skip(1).any(is_preposition);
    let (end, others) = parts.split_last()?;
    let own_tail = !tail(end) || others.iter().any(tail);
    (parts.len() >= 3 && parts.iter().all(plain) && own_tail).then_some(parts)
}

fn joined(stem: &str, entries: impl Iterator<Item = String>) -> String {
    entries.fold(stem.to_owned(), |out, entry| format!("{out}{MARK}{entry}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acts_of_one_case_stand_under_it() {
        assert_eq!(
            list("If there is a fire, press the red button, call 112 and leave the room.", 9, "").unwrap(),
            "If there is a fire, do these things:\n• Press the red button.\n• Call 112.\n• Leave the room."
        );
        assert_eq!(
            list("Before you send the letter by e-mail, check the address twice and set a password.", 9, "").unwrap(),
            "Before you send the letter by e-mail, do these things:\n• Check the address twice.\n• Set a password."
        );
        assert_eq!(list("If there is a fire, press the button, call 112 and leave immediately.", 9, ""), None);
        assert_eq!(
            list("If there is a fire, press the button or call 112, and leave the room or the hall.", 9, ""),
            None
        );
    }

    #[test]
    fn duties_and_things_stand_under_what_they_share() {
        assert_eq!(
            list("Visitors must sign the book, wear a badge and stay with their host.", 9, "").unwrap(),
            "Visitors must:\n• sign the book\n• wear a badge\n• stay with their host"
        );
        assert_eq!(
            list("The laptop, the badge and the phone must be ready two days before the start.", 9, "the laptop")
                .unwrap(),
            "These things must be ready two days before the start:\n• the laptop\n• the badge\n• the phone"
        );
        assert_eq!(
            list("Label every box with the name of the food, the date and the weight.", 9, "").unwrap(),
            "Label every box with:\n• the name of the food\n• the date\n• the weight"
        );
    }

    #[test]
    fn passives_and_responsibilities_too() {
        assert_eq!(
            list("All checks must be made at the start of the day and recorded in the app.", 9, ""),
            None,
            "made is no form that shows what follows"
        );
        assert_eq!(
            list("All checks must be finished at the start of the day and recorded in the app.", 9, "").unwrap(),
            "All checks must be:\n• finished at the start of the day\n• recorded in the app"
        );
        assert_eq!(
            list("The host is responsible for the room, for the tools and for the guests.", 9, "").unwrap(),
            "The host is responsible for:\n• the room\n• the tools\n• the guests"
        );
    }

    #[test]
    fn what_the_last_entry_adds_may_be_meant_for_all() {
        for sentence in [
            "Write the date, the ward and your name on the label of the box.",
            "Tell the nurse, the doctor or the manager about it on the same day.",
            "Cooks, waiters and the manager must be ready two hours before the start.",
            "Check the lid, and close the door when you leave the room at night.",
        ] {
            assert_eq!(list(sentence, 9, ""), None, "{sentence}");
        }
    }
}
