//! The middle of a dialogue: what the situation has not used yet, some of every kind, in the order of the SOP.

use super::bank::{Ask, Ban, Bank, Case, Rule, Source, Step};
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
    Ask(&'b Ask),
    Rule(&'b Rule),
    Thing(&'b Listed),
}

impl<'b> Exchange<'b> {
    fn source(self) -> &'b Source {
        match self {
            Self::Step(x) => &x.source,
            Self::Case(x) => &x.source,
            Self::Ban(x) => &x.source,
            Self::Ask(x) => &x.source,
            Self::Rule(x) => &x.source,
            Self::Thing(x) => &x.source,
        }
    }
}

/// Goes on until the dialogue has so many turns, or nothing is left to say.
pub fn fill(s: &mut Script<'_>, bank: &Bank, asks: Who, tells: Who, until: usize) {
    let wanted = until.saturating_sub(s.turns.len()).div_ceil(2) + 1;
    let mut chosen = choose(s, bank, wanted);
    chosen.sort_by_key(|x| (matches!(x, Exchange::Thing(t) if t.list != Polarity::Allowed), x.source().at));
    let mut last: Option<&Step> = None;
    for exchange in chosen {
        if s.turns.len() >= until {
            return;
        }
        let done = match exchange {
            Exchange::Step(step) => s.step(asks, tells, last, step),
            Exchange::Case(case) => s.case(asks, tells, case),
            Exchange::Ban(ban) => s.forbid(asks, tells, ban),
            Exchange::Ask(ask) => s.asked(asks, tells, ask),
            Exchange::Rule(rule) => s.rule(asks, tells, rule),
            Exchange::Thing(thing) => s.thing(asks, tells, thing),
        };
        if done {
            last = if let Exchange::Step(step) = exchange { Some(step) } else { None };
        }
    }
}

/// Some of every kind: one after the other, each kind as often as a talk bears it; what has a question of its own first.
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
    let steps = |exact: bool| {
        bank.steps.iter().filter(move |x| told(&x.phrase) && x.asks.is_empty() != exact).map(Exchange::Step).collect()
    };
    let rules =
        |exact: bool| bank.rules.iter().filter(move |x| x.said.exact.is_empty() != exact).map(Exchange::Rule).collect();
    let things = |allowed: bool| {
        bank.listed.iter().filter(move |t| (t.list == Polarity::Allowed) == allowed).map(Exchange::Thing).collect()
    };
    let queues = [
        fresh(cases.map(Exchange::Case).collect(), 3),
        fresh(steps(true), 5),
        fresh(rules(true), 5),
        fresh(bank.bans.iter().filter(|x| told(&x.phrase)).map(Exchange::Ban).collect(), 3),
        fresh(bank.people.iter().map(Exchange::Ask).collect(), 2),
        fresh(bank.terms.iter().map(Exchange::Ask).collect(), 3),
        fresh(steps(false), 3),
        fresh(rules(false), 3),
        fresh(things(true), 3),
        fresh(things(false), 5),
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
