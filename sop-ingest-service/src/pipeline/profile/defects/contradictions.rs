//! Two places that cannot both be followed: another number for the same thing, or must against must not.

use std::collections::BTreeSet;

use course_format::sop::{Clause, ClauseKind, Defect, Literal, LiteralKind, Modality, Procedure};

use super::defect;
use crate::pipeline::{
    pattern::patterns,
    words::{is_auxiliary, is_function_word, is_preposition},
};

patterns! {
    WORD = r"\p{L}[\p{L}’'-]*";
    NUMBER = r"\d+(?:[.,]\d+)?";
    KEEPS = r"^(?:keep|store|hold|maintain|set|be|chill|freeze|retain|archive)$";
}

/// Longer lists of pairs are compared only among neighbours in words: SOPs of thousands of clauses stay quick.
const MOST: usize = 1_500;
const ALIKE: f32 = 0.75;

struct Demand<'a> {
    clause: &'a Clause,
    words: BTreeSet<String>,
    measure: Option<(&'a Literal, &'static str)>,
}

pub fn find(clauses: &[Clause], procedures: &[Procedure], found: &mut Vec<Defect>) {
    let demands: Vec<Demand<'_>> = clauses
        .iter()
        .filter(|c| !matches!(c.kind, ClauseKind::Heading | ClauseKind::TableRow | ClauseKind::Definition))
        .filter(|c| c.modality != Modality::None || !c.literals.is_empty())
        .take(MOST)
        .map(|clause| Demand { clause, words: content(&clause.text), measure: only_measure(clause) })
        .collect();
    for (at, one) in demands.iter().enumerate() {
        // The same deed first: a comparison of two verbs costs nothing, one of two sets of words does.
        for other in demands[at + 1..].iter().filter(|o| o.clause.slots.action == one.clause.slots.action) {
            if let Some(defect) = numbers(one, other, procedures).or_else(|| duties(one, other)) {
                found.push(defect);
            }
        }
    }
}

/// The same words with another number, or the same thing kept at another measure.
fn numbers(one: &Demand<'_>, other: &Demand<'_>, procedures: &[Procedure]) -> Option<Defect> {
    let ((first, dimension), (second, same)) = (one.measure?, other.measure?);
    let apart = |a: &Clause, b: &Clause| {
        a.slots.condition.as_ref().map(|s| &s.text) != b.slots.condition.as_ref().map(|s| &s.text)
    };
    if dimension != same || values(first) == values(second) || apart(one.clause, other.clause) {
        return None;
    }
    let same_words = one.words.len() >= 3 && alike(&one.words, &other.words) >= ALIKE;
    if !same_words && !kept_alike(one.clause, other.clause) {
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

/// "Keep the milk at …" twice.
fn kept_alike(one: &Clause, other: &Clause) -> bool {
    let thing = |c: &Clause| {
        let keeps = c.slots.action.as_deref().is_some_and(|a| KEEPS.is_match(a));
        c.slots.object.as_ref().filter(|_| keeps).map(|o| content(&o.text)).filter(|words| !words.is_empty())
    };
    thing(one).is_some_and(|a| thing(other).is_some_and(|b| a == b))
}

/// Must against must not, for the same deed on the same thing.
fn duties(one: &Demand<'_>, other: &Demand<'_>) -> Option<Defect> {
    let opposed = matches!(
        (one.clause.modality, other.clause.modality),
        (Modality::Must, Modality::MustNot) | (Modality::MustNot, Modality::Must)
    );
    let (a, b) = (&one.clause.slots, &other.clause.slots);
    let same_deed = a.action.is_some() && a.action == b.action;
    let thing = |clause: &Clause| clause.slots.object.as_ref().map(|o| content(&o.text)).filter(|w| !w.is_empty());
    let same_thing = || thing(one.clause).is_some_and(|x| thing(other.clause).as_ref() == Some(&x));
    let always = a.condition.is_none() && b.condition.is_none() && a.time.is_none() && b.time.is_none();
    let elsewhere = a.location.is_some() || b.location.is_some() || a.tool.is_some() || b.tool.is_some();
    // What costs nothing is asked first: thousands of pairs come here.
    let against =
        opposed && same_deed && always && !elsewhere && alike(&one.words, &other.words) >= 0.6 && same_thing();
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
