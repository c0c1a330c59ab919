//! What is done and what it is done with: verbs, things, terms.

use std::collections::BTreeSet;

use super::{Cut, item};
use crate::engine::english::parse::Form;
use crate::engine::english::text::{capitalise, contains_word, stems};
use crate::engine::english::words::{is_function, is_verb, names_people};
use crate::engine::forge::build::{Reason, Wrong, alike_in_length};
use crate::engine::forge::lines::{Line, could_head};
use crate::engine::forge::stock::near;
use crate::engine::forge::{Bench, Made};
use crate::engine::wordnet;

/// Any other thing that the sentence is about, among things of the sentences around it.
pub fn noun(bench: &Bench<'_>, line: &Line) -> Option<Made> {
    let (at, key) = line.last_noun()?;
    let before = line.text[..at].trim_end().rsplit(' ').next().unwrap_or_default().to_lowercase();
    let vowel = |w: &str| w.starts_with(['a', 'e', 'i', 'o', 'u']);
    let plural = |w: &str| w.ends_with('s') && !w.ends_with("ss");
    let mut seen = BTreeSet::new();
    let wrong: Vec<(String, Reason)> = near(&bench.stock.lines, line.at, |l| l.at, 30)
        .iter()
        .chain(near(&bench.stock.loose, line.at, |l| l.at, 10))
        .filter(|l| l.at.document == line.at.document && l.at != line.at)
        .filter_map(|l| {
            let (_, other) = l.last_noun()?;
            let fits = plural(other) == plural(key)
                && could_be(key, other)
                && (!matches!(before.as_str(), "a" | "an") || vowel(other) == vowel(key))
                && stems(other).is_disjoint(&line.stems)
                && alike_in_length(other.len(), key.len());
            (fits && seen.insert(other.to_owned()))
                .then(|| (other.to_owned(), Wrong::new(other, l.at, l.text.clone()).reason()))
        })
        .take(2)
        .collect();
    (wrong.len() == 2).then(|| {
        item(
            bench,
            Cut {
                line,
                at,
                key,
                wrong,
                frame: "select-noun",
                stems: &[
                    "Which word completes the sentence as the SOP has it?",
                    "One word of the notice cannot be read. Choose it.",
                    "A colleague asks you for the missing word. Which one is it?",
                    "You translate the rule for a friend. Which thing is it about?",
                    "Only one word makes this sentence a sentence of the SOP. Choose it.",
                ],
                rationale: format!("The SOP says “{key}” here."),
                score: 2,
                ordered: None,
            },
        )
    })
}

/// Whether somebody could take one for the other: two people, or two things of one kind.
pub fn could_be(key: &str, other: &str) -> bool {
    let head = |term: &str| term.rsplit(' ').next().unwrap_or_default().to_owned();
    match (names_people(key), names_people(other)) {
        (true, true) => true,
        (false, false) => wordnet::alike(&head(key), &head(other)),
        _ => false,
    }
}

/// What is done something with: "the tubes in pairs" -> "tubes".
fn object(rest: &str) -> Option<&str> {
    let words = rest.split(' ').skip_while(|w| is_function(w)).take_while(|w| !is_function(w));
    let mut last = None;
    for word in words {
        last = Some(word.trim_matches(|c: char| !c.is_alphanumeric()));
        if word.ends_with([',', '.', ';', ':']) {
            break;
        }
    }
    last
}

/// The verb of an order among the verbs of orders around it.
pub fn verb(bench: &Bench<'_>, line: &Line) -> Option<Made> {
    let Form::Do(command) = &line.form else { return None };
    let key = line.text.split_whitespace().next().filter(|w| is_verb(w) && w.len() > 2)?;
    let rest = command.text.split_once(' ')?.1;
    let thing = object(rest)?;
    let around = rest.split(' ').take(3).collect::<Vec<_>>().join(" ");
    let direct =
        matches!(rest.split(' ').next(), Some("the" | "a" | "an" | "your" | "all" | "each" | "every" | "both"));
    let lower = key.to_lowercase();
    let mut seen = BTreeSet::from([lower.clone()]);
    let wrong: Vec<(String, Reason)> = near(&bench.stock.demanded, line.at, |(at, _, _)| *at, 30)
        .iter()
        .filter(|(at, _, _)| at.document == line.at.document && *at != line.at)
        .filter_map(|(at, source, phrase)| {
            let (verb, other) = phrase.split_once(' ')?;
            let same_kind = matches!(
                other.split(' ').next(),
                Some("the" | "a" | "an" | "your" | "all" | "each" | "every" | "both")
            ) == direct;
            let sound = is_verb(verb)
                && verb.len() > 2
                && same_kind
                // What nobody does with such a thing is no wrong answer: "Compare the temperature".
                && self::object(other).is_some_and(|o| could_be(thing, o))
                && !akin(verb, &lower)
                && !contains_word(&line.text.to_lowercase(), verb);
            (sound && !said_elsewhere(bench, line, verb, &around) && seen.insert(verb.to_owned()))
                .then(|| (capitalise(verb), Wrong::new(capitalise(verb), *at, source.clone()).reason()))
        })
        .take(2)
        .collect();
    (direct && wrong.len() == 2).then(|| {
        item(
            bench,
            Cut {
                line,
                at: 0,
                key,
                wrong,
                frame: "select-verb",
                stems: &[
                    "What is the first word of this instruction?",
                    "Which action does the SOP ask for here?",
                    "The instruction has lost its verb. Which one is it?",
                    "You give this instruction to a colleague. Choose the verb.",
                    "Choose the action that belongs to the rest of the sentence.",
                ],
                rationale: format!("The SOP says “{lower}” here."),
                score: 4,
                ordered: None,
            },
        )
    })
}

/// Verbs that can stand for each other: no learner could tell which of them is meant.
fn akin(a: &str, b: &str) -> bool {
    const SETS: [&[&str]; 18] = [
        &["put", "place", "set", "lay", "position", "insert", "keep", "store", "leave", "move", "bring", "hang"],
        &["check", "inspect", "examine", "test", "verify", "confirm", "control", "review", "monitor", "ensure", "make"],
        &["write", "record", "enter", "note", "log", "document", "complete", "fill", "sign", "mark", "label", "date"],
        &["tell", "inform", "notify", "call", "contact", "report", "ask", "alert", "warn", "email"],
        &[
            "clean",
            "wash",
            "wipe",
            "rinse",
            "disinfect",
            "sanitise",
            "sanitize",
            "scrub",
            "mop",
            "sweep",
            "dust",
            "empty",
        ],
        &["remove", "take", "discard", "throw", "dispose", "delete", "collect", "pick", "get", "grab"],
        &["close", "shut", "seal", "lock", "cover", "secure"],
        &["start", "begin", "open", "launch", "activate"],
        &["stop", "finish", "end", "switch", "turn"],
        &["give", "hand", "pass", "send", "deliver", "return", "submit", "show"],
        &["use", "apply", "wear", "add", "pour", "transfer", "pipette", "mix"],
        &["follow", "respect", "observe", "read"],
        &["connect", "attach", "fit", "plug", "fix", "tighten"],
        &["press", "push", "click", "tap", "select", "choose", "hit"],
        &["replace", "change", "refill", "replenish", "renew", "update"],
        &["prepare", "cook", "make"],
        &["wait", "let", "allow", "leave"],
        &["weigh", "measure", "count"],
    ];
    a == b || SETS.iter().any(|set| set.contains(&a) && set.contains(&b))
}

/// Whether the SOP puts this verb before the same object somewhere near.
fn said_elsewhere(bench: &Bench<'_>, line: &Line, verb: &str, object: &str) -> bool {
    let own = stems(object);
    near(&bench.stock.lines, line.at, |l| l.at, 120)
        .iter()
        .any(|l| contains_word(&l.text.to_lowercase(), verb) && own.iter().any(|s| l.stems.contains(s)))
}

/// A term of the lesson among its other terms of the same kind and number.
pub fn term(bench: &Bench<'_>, line: &Line) -> Option<Made> {
    let lower = line.text.to_lowercase();
    if lower.len() != line.text.len() {
        return None;
    }
    let names: Vec<String> = bench
        .vocabulary
        .iter()
        .filter(|v| v.part_of_speech.as_deref() == Some("noun") && !v.term.contains(|c: char| c.is_uppercase()))
        .map(|v| v.term.clone())
        .collect();
    let (at, name) = names
        .iter()
        .filter_map(|n| Some((lower.find(n.as_str())?, n)))
        .filter(|(at, n)| {
            let behind = lower[at + n.len()..].strip_prefix(' ').and_then(|rest| rest.split(' ').next());
            !behind.is_some_and(could_head)
        })
        .filter(|(at, n)| *at > 0 && lower.matches(n.as_str()).count() == 1 && contains_word(&lower, n))
        .max()?;
    let key = &line.text[at..at + name.len()];
    let article = lower[..at].trim_end().rsplit(' ').next().unwrap_or_default().to_owned();
    let vowel = |w: &str| w.starts_with(['a', 'e', 'i', 'o', 'u']);
    let plural = |w: &str| w.ends_with('s') && !w.ends_with("ss");
    let fits = |o: &&String| {
        *o != name
            && !lower.contains(o.as_str())
            && plural(o) == plural(name)
            && (!matches!(article.as_str(), "a" | "an") || vowel(o) == vowel(name))
            && o.split(' ').count() == name.split(' ').count()
            && could_be(name, o)
            && stems(o).is_disjoint(&line.stems)
    };
    let wrong: Vec<(String, Reason)> = names
        .iter()
        .filter(fits)
        .filter_map(|o| {
            let entry = bench.vocabulary.iter().find(|v| v.term == **o)?;
            // "shortest shelf" is only half of a term: no option.
            let shown = entry.example.text.to_lowercase();
            let behind = shown.split_once(o.as_str()).and_then(|(_, r)| r.strip_prefix(' ')?.split(' ').next());
            if behind.is_some_and(could_head) {
                return None;
            }
            let from = entry.example.provenance.first()?;
            let document = bench.library.documents().iter().position(|d| d.document_id == from.document_id)?;
            let at = bench.library.find(document, &from.clause_id.0)?;
            Some((o.clone(), Wrong::new(o.clone(), at, entry.example.text.clone()).reason()))
        })
        .take(2)
        .collect();
    (wrong.len() == 2).then(|| {
        item(
            bench,
            Cut {
                line,
                at,
                key,
                wrong,
                frame: "select-term",
                stems: &[
                    "Which word of this lesson belongs in the gap?",
                    "A colleague did not hear one word. Which one was it?",
                    "Choose the term that the SOP uses here.",
                    "What is this sentence about? Choose the missing term.",
                ],
                rationale: format!("The SOP uses “{key}” here."),
                score: 4,
                ordered: None,
            },
        )
    })
}
