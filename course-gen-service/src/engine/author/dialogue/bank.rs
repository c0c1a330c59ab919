//! What the lesson's clauses give to talk about, in their order.

use course_format::Level;
use course_format::course::{Proven, Relation};

use super::lines;
use crate::engine::author::objectives::sayable_up_to;
use crate::engine::english::adjunct::{self, Adjunct, Wh};
use crate::engine::english::parse::{Command, Form};
use crate::engine::english::text::{capitalise, sentence, word_count};
use crate::engine::english::words::names_people;
use crate::engine::facts::{self, Fact};
use crate::engine::library::{ClauseRef, Library};
use crate::engine::lock;

/// Words of a sentence and the sentence.
#[derive(Clone, Debug)]
pub struct Source {
    pub at: ClauseRef,
    pub text: String,
}

/// One step: what to do, and its last detail where that can be asked for.
#[derive(Clone, Debug)]
pub struct Step {
    pub phrase: String,
    pub detail: Option<Adjunct>,
    pub source: Source,
}

/// What to do in a case.
#[derive(Clone, Debug)]
pub struct Case {
    pub joiner: &'static str,
    pub condition: String,
    pub orders: Vec<String>,
    pub source: Source,
}

/// Who does it.
#[derive(Clone, Debug)]
pub struct Person {
    pub question: String,
    pub answer: String,
    pub source: Source,
}

#[derive(Clone, Debug)]
pub struct Ban {
    pub phrase: String,
    pub never: bool,
    pub source: Source,
}

#[derive(Clone, Debug, Default)]
pub struct Bank {
    pub steps: Vec<Step>,
    pub cases: Vec<Case>,
    pub bans: Vec<Ban>,
    pub people: Vec<Person>,
}

impl Bank {
    /// The step that stands nearest to a prohibition, and the one after it: what to do instead.
    pub fn instead_of(&self, ban: &Ban) -> Option<(&Step, Option<&Step>)> {
        let distance = |s: &Step| s.source.at.clause.abs_diff(ban.source.at.clause);
        let nearest = (0..self.steps.len()).min_by_key(|i| distance(&self.steps[*i]))?;
        Some((&self.steps[nearest], self.steps.get(nearest + 1)))
    }

    pub fn of(library: &Library, facts: &[Fact], level: Level) -> Self {
        let mut bank = Self::default();
        let most = if level <= Level::A2 { 12 } else { 16 };
        for fact in facts {
            let source = Source { at: fact.at, text: fact.text.clone() };
            match &fact.form {
                Form::Do(command) if !is_case(library, fact.at) => bank.steps.extend(step(command, source, most)),
                Form::When { joiner, condition, then } => {
                    bank.cases.extend(case(joiner, condition, then, source, most));
                }
                Form::DoNot(command) if sayable_up_to(&command.text, most) => bank.bans.push(Ban {
                    phrase: command.text.clone(),
                    never: fact.text.to_lowercase().contains("never"),
                    source,
                }),
                Form::Role { actor, predicate } => bank.people.extend(person(actor, predicate, source)),
                Form::Duty { subject, negative: false, predicate, modal } if names_people(subject) => {
                    let asks = format!("Who {} {predicate}?", modal.word());
                    let sound = !facts::has_pronoun(predicate) && word_count(predicate) <= most;
                    let general = ["staff", "nobody", "all ", "everyone", "only "]
                        .iter()
                        .any(|g| subject.to_lowercase().starts_with(g));
                    if sound && !general {
                        bank.people.push(Person { question: asks, answer: sentence(&capitalise(subject)), source });
                    }
                }
                _ => {}
            }
        }
        bank
    }
}

/// A sub-step of "If ...": it is no step for everybody.
fn is_case(library: &Library, at: ClauseRef) -> bool {
    library.step(at).is_some_and(|(_, s)| s.number.len() > 1)
}

fn step(command: &Command, source: Source, most: usize) -> Option<Step> {
    let whole = command.phrases.join(" and ");
    let phrase =
        if command.phrases.len() > 1 && !sayable_up_to(&whole, most) { &command.phrases[0] } else { &command.text };
    if !sayable_up_to(phrase, most) {
        return None;
    }
    let detail = adjunct::split(phrase).filter(|d| {
        !matches!(d.wh, Wh::HowMuch | Wh::WhatSetting)
            && sayable_up_to(&d.core, most)
            && d.core.split(' ').count() > 1
            && command.phrases.len() == 1
            && stays_true(&source.text, &lines::order(&d.core))
            && stays_true(&source.text, &sentence(&capitalise(&d.answer)))
    });
    stays_true(&source.text, &lines::order(phrase)).then(|| Step { phrase: phrase.clone(), detail, source })
}

fn case(joiner: &'static str, condition: &str, then: &Form, source: Source, most: usize) -> Option<Case> {
    let Form::Do(command) = then else { return None };
    let sound = !facts::has_pronoun(condition) && !facts::refers_elsewhere(condition) && word_count(condition) <= most;
    let first = command.phrases.first().filter(|p| sayable_up_to(p, most))?;
    let whole = sayable_up_to(&command.text, most);
    let orders = if whole { vec![command.text.clone()] } else { vec![first.clone()] };
    (sound && stays_true(&source.text, &lines::order(&orders[0]))).then(|| Case {
        joiner,
        condition: condition.to_owned(),
        orders,
        source,
    })
}

fn person(actor: &str, predicate: &str, source: Source) -> Option<Person> {
    let sound = !facts::has_pronoun(predicate) && !predicate.contains(',') && word_count(predicate) <= 12;
    let question = lines::who(predicate).filter(|_| sound)?;
    Some(Person { question, answer: sentence(&capitalise(actor)), source })
}

/// Nothing that the source does not say, by the safety lock.
pub fn stays_true(source: &str, said: &str) -> bool {
    lock::check_part(&[source], said).is_empty()
}

/// A turn that says a fact.
pub fn fact(library: &Library, source: &Source, text: String) -> Proven {
    let proof = library.prove_part(source.at, &source.text);
    let relation = if proof.quote.contains(&text) { Relation::Quote } else { Relation::Compress };
    Proven { text, relation, provenance: vec![proof] }
}
