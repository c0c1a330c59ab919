//! The middle of a dialogue: what the situation has not used yet, some of every kind, in the order of the SOP.

use super::bank::{Ban, Bank, Case, Person, Rule, Source, Step, Term};
use super::lines;
use super::lists::Listed;
use super::script::{Script, Voice, Who};
use crate::engine::library::Polarity;

/// One question and its answer.
#[derive(Clone, Copy, Debug)]
enum Exchange<'b> {
    Step(&'b Step),
    Case(&'b Case),
    Ban(&'b Ban),
    Person(&'b Person),
    Rule(&'b Rule),
    Term(&'b Term),
    Thing(&'b Listed),
}

impl<'b> Exchange<'b> {
    fn source(self) -> &'b Source {
        match self {
            Self::Step(x) => &x.source,
            Self::Case(x) => &x.source,
            Self::Ban(x) => &x.source,
            Self::Person(x) => &x.source,
            Self::Rule(x) => &x.source,
            Self::Term(x) => &x.source,
            Self::Thing(x) => &x.source,
        }
    }
}

/// Goes on until the dialogue has so many turns, or nothing is left to say.
pub fn fill(s: &mut Script<'_>, bank: &Bank, asks: Who, tells: Who, until: usize) {
    let wanted = until.saturating_sub(s.turns.len()) / 2;
    let mut chosen = choose(s, bank, wanted);
    chosen.sort_by_key(|x| (matches!(x, Exchange::Thing(t) if t.list != Polarity::Allowed), x.source().at));
    let mut last: Option<&Step> = None;
    for exchange in chosen {
        if s.turns.len() >= until {
            return;
        }
        match exchange {
            Exchange::Step(step) => {
                s.go_on(asks, last, step);
                s.tell(asks, tells, step);
            }
            Exchange::Case(case) => s.what_if(asks, tells, case),
            Exchange::Ban(ban) => s.forbid(asks, tells, ban),
            Exchange::Person(person) => s.who(asks, tells, person),
            Exchange::Rule(rule) => s.rule(asks, tells, rule),
            Exchange::Term(term) => s.term(asks, tells, term),
            Exchange::Thing(thing) => s.thing(asks, tells, thing),
        }
        last = if let Exchange::Step(step) = exchange { Some(step) } else { None };
    }
}

/// Some of every kind: one after the other, each kind as often as a talk bears it.
fn choose<'b>(s: &Script<'_>, bank: &'b Bank, wanted: usize) -> Vec<Exchange<'b>> {
    let mut seen: Vec<&Source> = Vec::new();
    let mut fresh = |all: Vec<Exchange<'b>>, most: usize| -> Vec<Exchange<'b>> {
        let new: Vec<_> = all
            .into_iter()
            .filter(|x| {
                let source = x.source();
                let known = s.knows(source) || seen.iter().any(|o| o.at == source.at && o.text == source.text);
                seen.push(source);
                !known
            })
            .collect();
        spread(&new, most)
    };
    let outside = s.voice == Voice::Outsider;
    let told = |phrase: &str| !outside || lines::ours(phrase).is_some();
    let cases = bank.cases.iter().filter(|c| outside || lines::asked(&c.condition).is_some());
    let queues = [
        fresh(bank.steps.iter().filter(|x| told(&x.phrase)).map(Exchange::Step).collect(), 4),
        fresh(bank.rules.iter().map(Exchange::Rule).collect(), 5),
        fresh(cases.map(Exchange::Case).collect(), 2),
        fresh(bank.bans.iter().filter(|x| told(&x.phrase)).map(Exchange::Ban).collect(), 4),
        fresh(bank.people.iter().map(Exchange::Person).collect(), 2),
        fresh(bank.terms.iter().map(Exchange::Term).collect(), 3),
        fresh(bank.listed.iter().filter(|t| t.list == Polarity::Allowed).map(Exchange::Thing).collect(), 3),
        fresh(bank.listed.iter().filter(|t| t.list != Polarity::Allowed).map(Exchange::Thing).collect(), 5),
    ];
    let longest = queues.iter().map(Vec::len).max().unwrap_or(0);
    (0..longest).flat_map(|i| queues.iter().filter_map(move |q| q.get(i).copied())).take(wanted).collect()
}

/// At most `most` of them, from all over the lesson.
fn spread<'b>(all: &[Exchange<'b>], most: usize) -> Vec<Exchange<'b>> {
    if all.len() <= most {
        return all.to_vec();
    }
    (0..most).filter_map(|i| all.get(i * all.len() / most).copied()).collect()
}
