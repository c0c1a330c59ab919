//! The middle of a dialogue: what stands near the matter in the SOP, in its order, so that one thing leads to the next.

use super::bank::{Ask, Ban, Bank, Case, Rule, Source, Step};
use super::lines;
use super::script::{Script, Voice, Who};
use super::{scenario, tense};
use crate::engine::library::ClauseRef;

/// One question and its answer.
#[derive(Clone, Copy, Debug)]
enum Exchange<'b> {
    Step(&'b Step),
    Case(&'b Case),
    Ban(&'b Ban),
    Person(&'b Ask),
    Term(&'b Ask),
    Rule(&'b Rule),
}

impl<'b> Exchange<'b> {
    fn source(self) -> &'b Source {
        match self {
            Self::Step(x) => &x.source,
            Self::Case(x) => &x.source,
            Self::Ban(x) => &x.source,
            Self::Person(x) | Self::Term(x) => &x.source,
            Self::Rule(x) => &x.source,
        }
    }

    fn place(self) -> (ClauseRef, usize) {
        (self.source().at, self.source().number)
    }

    /// How much a listener gets from it.
    fn interest(self) -> usize {
        match self {
            Self::Case(case) if scenario::value(&case.condition).is_some() => 6,
            Self::Case(_) => 5,
            Self::Ban(_) => 4,
            Self::Rule(rule) if scenario::too_much(&rule.source.text).is_some() => 5,
            Self::Step(step) if step.detail.as_ref().is_some_and(|d| d.quantity.is_some()) => 4,
            Self::Step(step) if !step.asks.is_empty() => 3,
            Self::Rule(rule) if !rule.said.exact.is_empty() => 3,
            Self::Person(_) => 3,
            Self::Term(_) => 2,
            Self::Step(_) | Self::Rule(_) => 1,
        }
    }
}

/// What a talk leaves out.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Without {
    pub steps: bool,
    pub terms: bool,
    pub bans: bool,
}

/// Goes on until the dialogue has so many turns, or nothing is left to say: what comes after `near` first.
pub fn talk(
    s: &mut Script<'_>,
    bank: &Bank,
    (asks, tells): (Who, Who),
    until: usize,
    near: Option<ClauseRef>,
    without: Without,
) {
    let all = speakable(s, bank, near, without);
    let wanted = until.saturating_sub(s.turns.len()).div_ceil(2);
    let start = best_start(&all, wanted, near);
    let mut kinds = [0_usize; 6];
    let mut last: Option<&Step> = bank.steps.iter().rev().find(|x| s.has_just_told(x));
    for exchange in all[start..].iter().chain(all[..start].iter().rev()) {
        if s.turns.len() >= until {
            return;
        }
        let (kind, most) = match exchange {
            Exchange::Step(_) => (0, 5),
            Exchange::Case(_) => (1, 3),
            Exchange::Ban(_) => (2, 2),
            Exchange::Person(_) => (3, 2),
            Exchange::Term(_) => (4, 3),
            Exchange::Rule(_) => (5, 5),
        };
        if kinds[kind] >= most || s.knows(exchange.source()) {
            continue;
        }
        let done = match *exchange {
            Exchange::Step(step) => s.step(asks, tells, last, step),
            Exchange::Case(case) => s.case(asks, tells, case),
            Exchange::Ban(ban) => s.forbid(asks, tells, ban),
            Exchange::Person(ask) => {
                let other = bank.people.iter().map(|p| p.answer.as_str()).find(|a| *a != ask.answer);
                s.asked(asks, tells, ask, other)
            }
            Exchange::Term(ask) => s.asked(asks, tells, ask, None),
            Exchange::Rule(rule) => s.rule(asks, tells, rule),
        };
        if done {
            kinds[kind] += 1;
            last = if let Exchange::Step(step) = *exchange { Some(step) } else { None };
        }
    }
}

/// Everything that can be asked for, in the order of the SOP.
fn speakable<'b>(s: &Script<'_>, bank: &'b Bank, near: Option<ClauseRef>, without: Without) -> Vec<Exchange<'b>> {
    let inspects = s.voice == Voice::Inspector;
    let told = |phrase: &str| !inspects || lines::ours(phrase).is_some();
    let steps = bank.steps.iter().filter(|x| !without.steps && told(&x.phrase)).map(Exchange::Step);
    let cases = bank.cases.iter().filter(|c| {
        inspects && tense::supposed(&c.condition, tense::Shift::Past).is_some() || lines::asked(&c.condition).is_some()
    });
    // Nobody asks an experienced colleague what a word means in the middle of the work.
    let terms = bank.terms.iter().filter(|t| !without.terms || !t.question.contains('“'));
    let mut all: Vec<Exchange<'b>> = steps
        .chain(cases.map(Exchange::Case))
        .chain(bank.bans.iter().filter(|x| !without.bans && told(&x.phrase)).map(Exchange::Ban))
        .chain(bank.people.iter().map(Exchange::Person))
        .chain(terms.map(Exchange::Term))
        .chain(bank.rules.iter().map(Exchange::Rule))
        .filter(|x| !s.knows(x.source()) && near.is_none_or(|n| s.is_near(n, x.place().0)))
        .collect();
    all.sort_by_key(|x| x.place());
    all
}

/// Where the most telling run of neighbours begins; near the matter, where there is one.
fn best_start(all: &[Exchange<'_>], wanted: usize, near: Option<ClauseRef>) -> usize {
    if let Some(near) = near {
        return all.iter().position(|x| x.place().0 >= near).unwrap_or(0);
    }
    let sum = |from: usize| all[from..].iter().take(wanted).map(|x| x.interest()).sum::<usize>();
    let last = all.len().saturating_sub(wanted);
    (0..=last).rev().max_by_key(|from| sum(*from)).unwrap_or(0)
}
