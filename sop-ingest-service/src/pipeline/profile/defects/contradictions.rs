//! Two places that cannot both be followed: another number for the same thing, or must against must not.

use std::collections::BTreeSet;

use course_format::sop::{Clause, ClauseKind, Defect, Literal, LiteralKind, Modality, Procedure, Slot};

use super::defect;
use crate::pipeline::{
    pattern::patterns,
    words::{is_auxiliary, is_function_word, is_preposition},
};

patterns! {
    WORD = r"\p{L}[\p{L}’'-]*";
    NUMBER = r"\d+(?:[.,]\d+)?";
    OFTEN = r"(?i)\b(?:hourly|daily|weekly|monthly|yearly|annually|every|once a|twice a|once per|twice per)\b";
    FREE = r"(?i)\b(?:not\s+(?:required|necessary|needed|obligatory|mandatory)|need\s+not|needn[’']t|do(?:es)?\s+not\s+(?:need|have)\s+to|(?:is|are)\s+optional)\b";
    KEEPS = r"^(?:keep|store|hold|maintain|set|be|chill|freeze|retain|archive)$";
}

/// Longer lists of pairs are compared only among neighbours in words: SOPs of thousands of clauses stay quick.
const MOST: usize = 1_500;
const ALIKE: f32 = 0.75;

struct Demand<'a> {
    clause: &'a Clause,
    words: BTreeSet<String>,
    measure: Option<(&'a Literal, &'static str)>,
    /// What is acted on, by its content words.
    thing: Option<BTreeSet<String>>,
    /// The deed keeps something as it is.
    keeps: bool,
    /// How often it is done.
    often: Option<String>,
    /// It says that something need not be done.
    frees: bool,
}

impl<'a> Demand<'a> {
    fn of(clause: &'a Clause) -> Self {
        let slots = &clause.slots;
        let thing = slots.object.as_ref().map(|o| content(&o.text)).filter(|words| !words.is_empty());
        Self {
            clause,
            words: content(&clause.text),
            measure: only_measure(clause),
            thing,
            keeps: slots.action.as_deref().is_some_and(|action| KEEPS.is_match(action)),
            often: slots.time.as_ref().map(|t| t.text.to_lowercase()).filter(|t| OFTEN.is_match(t)),
            frees: clause.modality == Modality::None && FREE.is_match(&clause.text),
        }
    }
}

pub fn find(clauses: &[Clause], procedures: &[Procedure], found: &mut Vec<Defect>) {
    let demands: Vec<Demand<'_>> = clauses
        .iter()
        .filter(|c| !matches!(c.kind, ClauseKind::Heading | ClauseKind::TableRow | ClauseKind::Definition))
        .filter(|c| c.modality != Modality::None || !c.literals.is_empty() || FREE.is_match(&c.text))
        .take(MOST)
        .map(Demand::of)
        .collect();
    for (at, one) in demands.iter().enumerate() {
        // The same deed first: a comparison of two verbs costs nothing, one of two sets of words does.
        for other in demands[at + 1..].iter().filter(|o| o.clause.slots.action == one.clause.slots.action) {
            let opposed = numbers(one, other, procedures)
                .or_else(|| duties(one, other))
                .or_else(|| states(one, other))
                .or_else(|| frequencies(one, other));
            found.extend(opposed);
        }
        found.extend(demands[at + 1..].iter().find_map(|other| freed(one, other).or_else(|| freed(other, one))));
    }
}

fn opposite(one: &Clause, other: &Clause) -> Defect {
    let suggestion = format!(
        "Another place says “{}”. Both cannot be followed: decide which is right, or say when each of them holds.",
        super::opening(&one.text)
    );
    defect("contradiction", other, super::opening(&other.text), suggestion)
}

/// Nothing is said of one that the other leaves open: "in summer" and "in winter" are two cases.
fn same_case(one: &Demand<'_>, other: &Demand<'_>) -> bool {
    let left = |a: &Demand<'_>, b: &Demand<'_>| a.words.difference(&b.words).any(|w| !KEEPS.is_match(w));
    !(left(one, other) && left(other, one))
}

fn same_thing(one: &Demand<'_>, other: &Demand<'_>) -> bool {
    one.thing.is_some() && one.thing == other.thing
}

/// "kept open" and "kept closed".
fn states(one: &Demand<'_>, other: &Demand<'_>) -> Option<Defect> {
    let (a, b) = (one.clause, other.clause);
    let demanded = [a, b].iter().all(|c| c.modality == Modality::Must && c.slots.condition.is_none() && !c.negated);
    if !one.keeps || !demanded || !same_thing(one, other) {
        return None;
    }
    let says = |d: &Demand<'_>, word: &str| d.words.contains(word);
    let apart = OPPOSITES.iter().any(|(x, y)| {
        says(one, x) && says(other, y) && !says(one, y) || says(one, y) && says(other, x) && !says(one, x)
    });
    let timed = |c: &Clause| c.slots.time.as_ref().is_some_and(|t| t.text.to_lowercase() != "always");
    (apart && !(timed(a) && timed(b))).then(|| opposite(a, b))
}

const OPPOSITES: [(&str, &str); 9] = [
    ("open", "closed"),
    ("open", "close"),
    ("open", "shut"),
    ("open", "locked"),
    ("unlocked", "locked"),
    ("full", "empty"),
    ("wet", "dry"),
    ("covered", "uncovered"),
    ("on", "off"),
];

/// "daily" and "weekly", for the same deed on the same thing.
fn frequencies(one: &Demand<'_>, other: &Demand<'_>) -> Option<Defect> {
    let (first, second) = (one.often.as_deref()?, other.often.as_deref()?);
    if first == second || one.clause.slots.action.is_none() || !same_thing(one, other) {
        return None;
    }
    let free = [one, other].iter().all(|d| d.clause.slots.condition.is_none() && d.clause.slots.tool.is_none());
    let without =
        |d: &Demand<'_>, time: &str| -> BTreeSet<String> { d.words.difference(&content(time)).cloned().collect() };
    let same_rest = without(one, first) == without(other, second);
    (free && same_rest).then(|| {
        let suggestion = format!(
            "Another place says “{first}” where this one says “{second}”. Decide which is right and correct the other."
        );
        let quote = other.clause.slots.time.as_ref().map_or("", |t| t.text.as_str());
        defect("contradiction", other.clause, quote, suggestion)
    })
}

/// "must be worn" and "is not required".
fn freed(must: &Demand<'_>, free: &Demand<'_>) -> Option<Defect> {
    if must.clause.modality != Modality::Must || !free.frees {
        return None;
    }
    let plain = |d: &Demand<'_>| -> BTreeSet<String> {
        d.words.iter().filter(|w| !DEMAND_WORDS.contains(&w.as_str())).cloned().collect()
    };
    let (a, b) = (plain(must), plain(free));
    let case = |c: &Clause| c.slots.condition.as_ref().map(|s| content(&s.text));
    let open = case(must.clause) == case(free.clause);
    (open && b.len() >= 2 && alike(&a, &b) >= 0.7).then(|| opposite(must.clause, free.clause))
}

const DEMAND_WORDS: [&str; 11] =
    ["require", "required", "necessary", "need", "wear", "use", "optional", "mandatory", "obligatory", "worn", "used"];

/// The same words with another number, or the same thing kept at another measure.
fn numbers(one: &Demand<'_>, other: &Demand<'_>, procedures: &[Procedure]) -> Option<Defect> {
    let ((first, dimension), (second, same)) = (one.measure?, other.measure?);
    let apart = |a: &Clause, b: &Clause| {
        a.slots.condition.as_ref().map(|s| &s.text) != b.slots.condition.as_ref().map(|s| &s.text)
    };
    // "Not in the first 15 minutes" and "after 20 minutes" go together.
    let forbids = |d: &Demand<'_>| d.clause.modality == Modality::MustNot;
    let opposed = forbids(one) != forbids(other);
    if opposed || dimension != same || values(first) == values(second) || apart(one.clause, other.clause) {
        return None;
    }
    let same_words = one.words.len() >= 3 && alike(&one.words, &other.words) >= ALIKE;
    let both_keep = one.keeps && other.keeps && same_thing(one, other);
    if !(same_words || both_keep) || !same_case(one, other) {
        return None;
    }
    // One step after the other does the same with other numbers.
    let together = |p: &Procedure| [one, other].iter().all(|d| p.steps.iter().any(|s| s.clause_id == d.clause.id));
    (!procedures.iter().any(|p| p.ordered && together(p))).then(|| {
        let suggestion = format!(
            "Another place says “{}” where this one says “{}”. Decide which is right and correct the other.",
            first.text, second.text
        );
        defect("contradiction", other.clause, &second.text, suggestion)
    })
}

/// Must against must not, for the same deed on the same thing.
fn duties(one: &Demand<'_>, other: &Demand<'_>) -> Option<Defect> {
    let opposed = matches!(
        (one.clause.modality, other.clause.modality),
        (Modality::Must, Modality::MustNot) | (Modality::MustNot, Modality::Must)
    );
    let (a, b) = (&one.clause.slots, &other.clause.slots);
    let same_deed = a.action.is_some() && a.action == b.action;
    let always = a.condition.is_none() && b.condition.is_none() && a.time.is_none() && b.time.is_none();
    let said = |slot: &Option<Slot>| slot.as_ref().map(|s| content(&s.text));
    let elsewhere = || said(&a.location) != said(&b.location) || said(&a.tool) != said(&b.tool);
    // What costs nothing is asked first: thousands of pairs come here.
    let against = opposed
        && same_deed
        && always
        && same_thing(one, other)
        && alike(&one.words, &other.words) >= 0.6
        && !elsewhere();
    against.then(|| {
        let suggestion = format!(
            "Another place says the opposite: “{}”. Decide which is right, or say when each of them holds.",
            one.clause.text
        );
        defect("contradiction", other.clause, super::opening(&other.clause.text), suggestion)
    })
}

/// The clause's one measure, and what it is a measure of.
fn only_measure(clause: &Clause) -> Option<(&Literal, &'static str)> {
    let mut measures = clause
        .literals
        .iter()
        .filter(|l| matches!(l.kind, LiteralKind::Quantity | LiteralKind::Limit | LiteralKind::Range))
        .filter_map(|l| Some((l, dimension(&l.text)?)));
    let first = measures.next()?;
    measures.next().is_none().then_some(first)
}

fn dimension(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    let ends = |names: &[&str]| {
        lower
            .split(|c: char| !c.is_alphabetic())
            .any(|w| names.contains(&w.trim_end_matches('s')) || names.contains(&w))
    };
    if lower.contains(['°', '℃', 'º']) || ends(&["degree"]) {
        Some("temperature")
    } else if ends(&["second", "sec", "minute", "min", "hour", "h", "hr", "day", "week", "month", "year"]) {
        Some("time")
    } else if ends(&["kg", "g", "mg", "gram", "kilogram", "pound"]) {
        Some("weight")
    } else if ends(&["l", "ml", "µl", "μl", "litre", "liter", "millilitre"]) {
        Some("volume")
    } else if ends(&["m", "cm", "mm", "km", "metre", "meter", "centimetre", "feet", "inch"]) {
        Some("length")
    } else if ends(&["bar", "psi", "kpa", "mbar"]) {
        Some("pressure")
    } else if lower.contains('%') || ends(&["percent"]) {
        Some("share")
    } else {
        None
    }
}

fn values(literal: &Literal) -> Vec<String> {
    let unit = literal.text.to_lowercase();
    let unit =
        unit.split(|c: char| !c.is_alphabetic()).next_back().unwrap_or_default().trim_end_matches('s').to_owned();
    NUMBER.find_iter(&literal.text).map(|m| format!("{} {unit}", m.as_str())).collect()
}

fn content(text: &str) -> BTreeSet<String> {
    let words = WORD.find_iter(text).map(|m| m.as_str().to_lowercase());
    words
        .filter(|w| {
            !is_function_word(w)
                && !is_preposition(w)
                && !is_auxiliary(w)
                && !matches!(w.as_str(), "not" | "never" | "no" | "do")
        })
        .map(|w| cefr::lemma(&w))
        .collect()
}

fn alike(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f32 {
    a.intersection(b).count() as f32 / a.union(b).count().max(1) as f32
}
