//! The safety lock: numbers, units, limits, negations, strength of duty, "or", order, people and times are the same in
//! every wording at every level, or the wording is refused.
//!
//! The lock compares two texts and trusts neither. It knows a few ways to say one thing ("≤ -12 °C" and "-12 °C or
//! colder", "do not enter" and "you must not enter"); whatever it does not know to be the same is a breach. So a sound
//! wording may be refused, and the SOP's own words stand in its place; the other way round would be dangerous.

mod concept;
mod force;
mod literal;
mod names;
mod order;
mod polarity;
mod span;
mod token;

use std::collections::BTreeSet;
use std::fmt;

use force::Forces;
use literal::{Literal, literals};
use polarity::{Turn, turns};
use token::{Kind as TokenKind, Token, sentences};

/// What kind of fact a wording changes.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Kind {
    Number,
    Negation,
    Modality,
    Condition,
    Choice,
    Order,
    Name,
    Person,
    Time,
    /// A sentence of the source that has no trace in the wording.
    Lost,
}

/// One fact that the wording changes, in words for the reviewer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Breach {
    pub kind: Kind,
    pub detail: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.kind, self.detail)
    }
}

/// Whether the wording must say everything that the source says, or may leave facts out.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Scope {
    Whole,
    Part,
}

/// Compares a wording that must say the same as the source: a reading at another level, a variant.
///
/// `source` holds the texts of the clauses that the wording rests on, in order.
pub fn check(source: &[&str], wording: &str) -> Vec<Breach> {
    compare(source, wording, Scope::Whole)
}

/// Compares a wording that says a part of what the source says: a turn of a dialogue, a rationale.
///
/// Facts may be missing; none may be new or changed.
pub fn check_part(source: &[&str], wording: &str) -> Vec<Breach> {
    compare(source, wording, Scope::Part)
}

/// What is claimed: of "But please remember: never open it." and "The SOP is clear: “Close it.”" the part after the colon,
/// where a short opening without any number leads to it.
pub fn claimed(text: &str) -> &str {
    const OPENING: usize = 10;
    let short = |head: &str| head.split_whitespace().count() <= OPENING && !head.contains(|c: char| c.is_ascii_digit());
    match text.rsplit_once(": ") {
        Some((head, said)) if short(head) => said.trim_matches(['“', '”']),
        _ => text,
    }
}

/// One text, read.
struct Facts {
    sentences: Vec<Vec<Token>>,
    literals: Vec<Literal>,
    turns: Vec<Turn>,
    forces: Forces,
    concepts: Vec<String>,
}

impl Facts {
    fn of(texts: &[&str]) -> Self {
        let sentences: Vec<Vec<Token>> = texts.iter().flat_map(|t| sentences(t)).collect();
        let literals_by: Vec<Vec<Literal>> = sentences.iter().map(|s| literals(s)).collect();
        let turns = sentences.iter().zip(&literals_by).flat_map(|(s, l)| turns(s, l)).collect();
        let concepts = sentences.iter().flat_map(|s| concept::all(s)).collect();
        Self { forces: Forces::of(&sentences), literals: literals_by.concat(), turns, concepts, sentences }
    }
}

fn compare(source: &[&str], wording: &str, scope: Scope) -> Vec<Breach> {
    let (old, new) = (Facts::of(source), Facts::of(&[wording]));
    let mut out = Vec::new();
    numbers(&old, &new, scope, &mut out);
    negations(&old, &new, scope, &mut out);
    strengths(&old.forces, &new.forces, scope, &mut out);
    choices(&old, &new, scope, &mut out);
    sequence(&old, &new, &mut out);
    named(&old, &new, scope, &mut out);
    if scope == Scope::Whole {
        lost(&old, &new, &mut out);
    }
    out
}

fn breach(out: &mut Vec<Breach>, kind: Kind, detail: impl Into<String>) {
    out.push(Breach { kind, detail: detail.into() });
}

/// The same numbers, as often, each in the company of words that it had.
fn numbers(old: &Facts, new: &Facts, scope: Scope, out: &mut Vec<Breach>) {
    let mut rest: Vec<&Literal> = old.literals.iter().collect();
    for literal in &new.literals {
        match rest.iter().position(|l| l.same(literal)) {
            Some(at) => {
                rest.remove(at);
            }
            None if scope == Scope::Part && old.literals.iter().any(|l| l.same(literal)) => {}
            None => breach(out, Kind::Number, format!("“{literal}” does not stand in the source")),
        }
    }
    if scope == Scope::Whole {
        for literal in rest {
            breach(out, Kind::Number, format!("“{literal}” is missing"));
        }
    }
    if out.is_empty() {
        exchanged(old, new, out);
    }
}

/// "10 mL of A and 5 mL of B" has the numbers of "5 mL of A and 10 mL of B", and is wrong.
fn exchanged(old: &Facts, new: &Facts, out: &mut Vec<Breach>) {
    let neighbours = |facts: &Facts| -> Vec<(Literal, BTreeSet<String>)> {
        facts
            .sentences
            .iter()
            .flat_map(|s| literals(s).into_iter().map(|l| (l.clone(), company(s, &l))).collect::<Vec<_>>())
            .collect()
    };
    let (before, after) = (neighbours(old), neighbours(new));
    for (literal, words) in &after {
        let shared = |other: &BTreeSet<String>| other.intersection(words).count();
        let own = before.iter().filter(|(l, _)| l.same(literal)).map(|(_, c)| shared(c)).max().unwrap_or(0);
        let others = before.iter().filter(|(l, _)| !l.same(literal) && l.unit == literal.unit);
        let foreign = others.map(|(_, c)| shared(c)).max().unwrap_or(0);
        if own < foreign {
            breach(out, Kind::Number, format!("“{literal}” stands with what another number belongs to"));
        }
    }
}

/// The concepts around a number, up to the next comma, joint or number.
fn company(tokens: &[Token], literal: &Literal) -> BTreeSet<String> {
    let ends = |t: &&Token| !(t.is_one_of(&[",", "and", "or", "but", "then", "-"]) || t.kind == TokenKind::Number);
    let before = tokens[..literal.from].iter().rev().take_while(ends).filter_map(concept::of).take(3);
    let after = tokens[literal.to..].iter().take_while(ends).filter_map(concept::of).take(3);
    before.chain(after).collect()
}

/// As many negations, each on the word that it was on.
fn negations(old: &Facts, new: &Facts, scope: Scope, out: &mut Vec<Breach>) {
    for turn in &new.turns {
        let of_sign: Vec<&Turn> = old.turns.iter().filter(|t| t.sign == turn.sign).collect();
        let known = turn.on.as_ref().is_none_or(|on| !old.concepts.contains(on));
        let fits = of_sign.iter().any(|t| known || t.near.iter().any(|n| turn.near.contains(n)));
        if !fits {
            let on = turn.on.as_deref().unwrap_or("…");
            breach(out, Kind::Negation, format!("“{:?} {on}” is not what the source says", turn.sign));
        }
    }
    for turn in &old.turns {
        let Some(on) = &turn.on else { continue };
        let denied = new.turns.iter().any(|t| t.sign == turn.sign && t.near.contains(on));
        let asserted_too =
            old.concepts.iter().filter(|c| *c == on).count() > old.turns.iter().filter(|t| t.near.contains(on)).count();
        if new.concepts.contains(on) && !denied && !(scope == Scope::Part && asserted_too) {
            breach(out, Kind::Negation, format!("“{on}” has lost its “{:?}”", turn.sign));
        }
    }
    let count = |facts: &Facts| {
        let mut signs: Vec<polarity::Sign> = facts.turns.iter().map(|t| t.sign).collect();
        signs.sort_unstable();
        signs
    };
    if scope == Scope::Whole && count(old) != count(new) {
        breach(out, Kind::Negation, format!("{:?} in the source, {:?} in the wording", count(old), count(new)));
    }
}

fn strengths(old: &Forces, new: &Forces, scope: Scope, out: &mut Vec<Breach>) {
    // A turn of a dialogue tells a case as a situation: "It could not be done. What now?"
    let told = if scope == Scope::Part { old.can_in_cases } else { 0 };
    let pairs = [
        ("should", old.should, new.should),
        ("may", old.may, new.may),
        ("might", old.might, new.might),
        ("can", old.can, new.can),
        ("avoid", old.avoid, new.avoid),
    ];
    for (word, before, after) in pairs {
        let may_be = before + if word == "can" { told } else { 0 };
        if after > may_be || scope == Scope::Whole && after < before {
            breach(out, Kind::Modality, format!("“{word}”: {before} in the source, {after} in the wording"));
        }
    }
    if new.duties > 0 && !old.obliges() {
        breach(out, Kind::Modality, "a duty that the source does not give");
    }
    if new.duties > old.duties + old.orders || scope == Scope::Whole && old.obliges() && !new.obliges() {
        breach(
            out,
            Kind::Modality,
            format!("{} duties in the source, {} in the wording", old.duties + old.orders, new.duties + new.orders),
        );
    }
    if scope == Scope::Whole && (old.bans > 0) != (new.bans > 0) || new.bans > 0 && old.bans == 0 {
        breach(out, Kind::Modality, format!("{} bans in the source, {} in the wording", old.bans, new.bans));
    }
    if scope == Scope::Whole && (old.cases > 0) != (new.cases > 0) {
        breach(out, Kind::Condition, format!("{} conditions in the source, {} in the wording", old.cases, new.cases));
    }
    if scope == Scope::Whole && old.orders > 0 && new.orders + new.duties == 0 {
        breach(out, Kind::Modality, "an order has become a description");
    }
}

/// "or" stays "or", between the same things.
fn choices(old: &Facts, new: &Facts, scope: Scope, out: &mut Vec<Breach>) {
    let (before, after) = (ors(old), ors(new));
    if scope == Scope::Whole && before.len() != after.len() || after.len() > before.len() {
        breach(
            out,
            Kind::Choice,
            format!("“or” {} times in the source, {} times in the wording", before.len(), after.len()),
        );
        return;
    }
    for (left, right) in &after {
        let fits =
            before.iter().any(|(l, r)| l.iter().any(|w| left.contains(w)) && r.iter().any(|w| right.contains(w)));
        let known = left.iter().chain(right).all(|w| old.concepts.contains(w));
        if known && !fits && !left.is_empty() && !right.is_empty() {
            breach(out, Kind::Choice, format!("“{} or {}” is not what the source says", left[0], right[0]));
        }
    }
}

/// The two concepts nearest to each "or", on its left and on its right; limits ("or colder") are no choice.
fn ors(facts: &Facts) -> Vec<(Vec<String>, Vec<String>)> {
    let mut out = Vec::new();
    for tokens in &facts.sentences {
        let limits = literals(tokens);
        for (at, token) in tokens.iter().enumerate() {
            if token.is_one_of(&["or", "andor"]) && !limits.iter().any(|l| (l.from..l.to).contains(&at)) {
                let left = tokens[..at].iter().rev().filter_map(concept::of).take(2).collect();
                let right = tokens[at + 1..].iter().filter_map(concept::of).take(2).collect();
                out.push((left, right));
            }
        }
    }
    out
}

/// What is done first stays first.
fn sequence(old: &Facts, new: &Facts, out: &mut Vec<Breach>) {
    let (before, after) = (order::actions(&old.sentences), order::actions(&new.sentences));
    let count = |list: &[String], verb: &String| list.iter().filter(|v| *v == verb).count();
    let shared = |list: &[String]| -> Vec<String> {
        list.iter().filter(|v| count(&before, v) == 1 && count(&after, v) == 1).cloned().collect()
    };
    let (first, second) = (shared(&before), shared(&after));
    if first != second {
        breach(out, Kind::Order, format!("{} in the source, {} in the wording", first.join(", "), second.join(", ")));
    }
}

fn named(old: &Facts, new: &Facts, scope: Scope, out: &mut Vec<Breach>) {
    let (words_old, words_new) = (names::words(&old.sentences), names::words(&new.sentences));
    for name in names::names(&new.sentences).iter().filter(|n| !words_old.contains(n.as_str())) {
        breach(out, Kind::Name, format!("“{name}” does not stand in the source"));
    }
    differences(&names::people(&old.sentences), &names::people(&new.sentences), scope, Kind::Person, out);
    differences(&names::times(&old.sentences), &names::times(&new.sentences), scope, Kind::Time, out);
    if scope == Scope::Whole {
        for name in names::names(&old.sentences).iter().filter(|n| !words_new.contains(n.as_str())) {
            breach(out, Kind::Name, format!("“{name}” is missing"));
        }
    }
}

fn differences<T: Ord + fmt::Display>(
    old: &BTreeSet<T>,
    new: &BTreeSet<T>,
    scope: Scope,
    kind: Kind,
    out: &mut Vec<Breach>,
) {
    for word in new.difference(old) {
        breach(out, kind, format!("“{word}” does not stand in the source"));
    }
    if scope == Scope::Whole {
        for word in old.difference(new) {
            breach(out, kind, format!("“{word}” is missing"));
        }
    }
}

/// Every sentence of the source has left a trace.
fn lost(old: &Facts, new: &Facts, out: &mut Vec<Breach>) {
    for tokens in &old.sentences {
        let concepts = concept::all(tokens);
        let kept = concepts.iter().filter(|c| new.concepts.contains(c)).count();
        if concepts.len() >= 2 && kept * 3 < concepts.len() {
            let words: Vec<&str> = tokens.iter().map(|t| t.text.as_str()).collect();
            breach(out, Kind::Lost, words.join(" "));
        }
    }
}

#[cfg(test)]
mod tests;
