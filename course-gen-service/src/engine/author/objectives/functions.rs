//! What learners say with the lesson's slots: a condition is "say what to do if", a limit "say how long".

use course_format::Level;
use course_format::course::Proven;
use course_format::sop::ClauseKind;

use super::{infinitive, made, sayable};
use crate::engine::author::vocabulary;
use crate::engine::english::adjunct::{self, Adjunct, Wh};
use crate::engine::english::parse::Form;
use crate::engine::english::text::{about_others, list, lower_first, word_count};
use crate::engine::english::words::names_people;
use crate::engine::english::{Dimension, Modal, quantity};
use crate::engine::facts::{self, Fact};
use crate::engine::library::{ClauseRef, Library, Polarity};

/// Longest condition or prohibition that a statement repeats.
fn longest(level: Level) -> usize {
    if level <= Level::A2 { 9 } else { 13 }
}

pub fn condition(library: &Library, facts: &[Fact], level: Level) -> Option<Proven> {
    let verb = match level {
        Level::A1 => "say",
        Level::A2 => "ask and say",
        Level::B1 | Level::B2 => "explain",
        _ => "advise a colleague on",
    };
    facts.iter().find_map(|f| match &f.form {
        Form::When { joiner, condition, .. }
            if !facts::has_pronoun(condition)
                && !facts::refers_elsewhere(condition)
                && word_count(condition) <= longest(level) =>
        {
            Some(made(
                library,
                format!("Can {verb} what to do {joiner} {}.", in_their_words(condition)),
                &[(f.at, f.text.as_str())],
            ))
        }
        _ => None,
    })
}

/// "you see a person without a badge": the learner is not spoken to in a can-do statement; "you are not serving a customer" is
/// "not serving a customer".
fn in_their_words(condition: &str) -> String {
    if let Some(state) = condition.strip_prefix("you are ") {
        return about_others(state);
    }
    about_others(&format!("if {condition}")).trim_start_matches("if ").to_owned()
}

pub fn warning(library: &Library, facts: &[Fact], level: Level) -> Option<Proven> {
    let verb = if level <= Level::A2 { "tell" } else { "warn" };
    let forbidden = |f: &&Fact| match &f.form {
        Form::DoNot(c) => sayable(&c.text) && word_count(&c.text) <= longest(level),
        _ => false,
    };
    let fact = facts
        .iter()
        .find(|f| library.clause(f.at).kind == ClauseKind::Warning && forbidden(f))
        .or_else(|| facts.iter().find(forbidden))?;
    let Form::DoNot(command) = &fact.form else { return None };
    let text = format!("Can {verb} a colleague not to {}.", about_others(&command.text));
    Some(made(library, text, &[(fact.at, fact.text.as_str())]))
}

/// "Can ask and say how long to soak the baskets."
pub fn detail(library: &Library, facts: &[Fact], level: Level) -> Option<Proven> {
    let verb = if level <= Level::A2 { "ask and say" } else { "explain" };
    facts::actions(library, facts).into_iter().find_map(|action| {
        let found = adjunct::split(&action.phrase)?;
        let question = infinitive_question(&found)?;
        (sayable(&found.core) && found.quantity.is_some() || found.wh == Wh::When && sayable(&found.core))
            .then(|| made(library, format!("Can {verb} {question}."), &[(action.at, action.source.as_str())]))
    })
}

/// "how long to soak the baskets"
pub fn infinitive_question(found: &Adjunct) -> Option<String> {
    let core = &found.core;
    Some(match found.wh {
        // The placing takes a moment; what stays there stays long.
        Wh::HowLong if ["place ", "put ", "insert ", "open ", "transfer "].iter().any(|v| core.starts_with(v)) => {
            return None;
        }
        Wh::HowLong => format!("how long to {core}"),
        Wh::HowSoon => format!("how soon to {core}"),
        Wh::HowOften => format!("how often to {core}"),
        Wh::HowManyTimes => format!("how many times to {core}"),
        Wh::WhatTemperature => format!("at what temperature to {core}"),
        Wh::WhatSpeed => format!("at what speed to {core}"),
        Wh::WhatTime | Wh::When => format!("when to {core}"),
        Wh::Where => format!("where to {core}"),
        Wh::WithWhat => format!("what to {core} with"),
        Wh::HowMuch | Wh::WhatSetting | Wh::Why => return None,
    })
}

pub fn person(library: &Library, facts: &[Fact], level: Level) -> Option<Proven> {
    let verb = if level <= Level::A2 { "ask and say" } else { "explain" };
    facts.iter().find_map(|f| {
        let who = match &f.form {
            Form::Duty { subject, modal, negative: false, predicate }
                if names_people(subject)
                    && !subject.contains(" that ")
                    && *modal != Modal::Should
                    && !is_everybody(subject) =>
            {
                format!("who {} {predicate}", modal.word())
            }
            Form::Role { actor, predicate } if !is_everybody(actor) => format!("who {predicate}"),
            _ => return None,
        };
        let sound =
            !facts::has_pronoun(&who) && !facts::refers_elsewhere(&who) && word_count(&who) <= 14 && !who.contains(',');
        sound.then(|| made(library, format!("Can {verb} {who}."), &[(f.at, f.text.as_str())]))
    })
}

/// "Can explain the rule for passwords.": what a rule is about, where it names one thing or several of a kind.
pub fn rules(library: &Library, facts: &[Fact], level: Level) -> Vec<Proven> {
    let said = |thing: &str| match level {
        Level::A1 | Level::A2 => format!("Can say what the rule is for {thing}."),
        Level::B1 => format!("Can explain the rule for {thing}."),
        _ => format!("Can explain the rule for {thing} and give an example."),
    };
    let mut seen: Vec<String> = Vec::new();
    facts
        .iter()
        .filter_map(|f| {
            let Form::Duty { subject, .. } = &f.form else { return None };
            let named = crate::engine::outline::inside_sentence(subject, &library.document(f.at).text);
            let thing = !names_people(subject)
                && word_count(subject) <= 4
                && !facts::has_pronoun(subject)
                && !["only ", "all ", "no ", "any ", "each ", "every "]
                    .iter()
                    .any(|d| named.to_lowercase().starts_with(d));
            if !thing || seen.contains(&named) {
                return None;
            }
            seen.push(named.clone());
            Some(made(library, said(&named), &[(f.at, f.text.as_str())]))
        })
        .collect()
}

fn is_everybody(subject: &str) -> bool {
    ["nobody", "anyone", "everyone", "all ", "staff", "no one"].iter().any(|g| subject.to_lowercase().starts_with(g))
}

/// "Can say what is allowed and what is not allowed for fridges."
pub fn lists(library: &Library, clauses: &[ClauseRef]) -> Option<Proven> {
    let of = |wanted: Polarity| {
        clauses.iter().find(|at| library.kind(**at) != ClauseKind::Heading && library.polarity(**at) == Some(wanted))
    };
    let (yes, no) = (of(Polarity::Allowed)?, of(Polarity::NotAllowed)?);
    let topic = crate::engine::author::Topic::of(
        &crate::engine::outline::clean_title(library.topic(*yes)),
        &library.document(*yes).text,
    );
    let text = format!("Can say what is allowed and what is not allowed for {}.", topic.after_for());
    Some(made(library, text, &[(*yes, ""), (*no, "")]))
}

pub fn numbers(library: &Library, facts: &[Fact], level: Level) -> Option<Proven> {
    let mut named: Vec<String> = Vec::new();
    let mut from: Vec<(ClauseRef, &str)> = Vec::new();
    for fact in facts {
        let measured = quantity::all(&fact.text).into_iter().find(|q| {
            !matches!(q.dimension, Dimension::Times | Dimension::Other)
                && q.text.starts_with(|c: char| c.is_ascii_digit())
                && !named.contains(&q.text)
        });
        if let Some(q) = measured.filter(|_| named.len() < 3) {
            named.push(q.text);
            from.push((fact.at, fact.text.as_str()));
        }
    }
    let verb = match level {
        Level::A1 | Level::A2 => "say what these numbers are for",
        Level::B1 => "explain what these numbers are for",
        _ => "explain what these figures refer to",
    };
    (from.len() >= 2).then(|| made(library, format!("Can {verb}: {}.", list(&named)), &from))
}

pub fn terms(library: &Library, clauses: &[ClauseRef]) -> Option<Proven> {
    let defined: Vec<(ClauseRef, String)> = clauses
        .iter()
        .filter(|at| library.kind(**at) == ClauseKind::Definition)
        .filter_map(|at| {
            vocabulary::definition(&library.clause(*at).text)
                .map(|(term, _)| (*at, format!("“{}”", vocabulary::natural_case(library, *at, &term))))
        })
        .take(3)
        .collect();
    let names: Vec<String> = defined.iter().map(|(_, t)| t.clone()).collect();
    let from: Vec<(ClauseRef, &str)> = defined.iter().map(|(at, _)| (*at, "")).collect();
    (names.len() >= 2).then(|| made(library, format!("Can explain what {} mean.", list(&names)), &from))
}

/// "Can tell a new colleague to wear the badge."
pub fn telling(library: &Library, facts: &[Fact], level: Level) -> Vec<Proven> {
    let verb = if level <= Level::A2 { "tell a new colleague to" } else { "explain to a new colleague how to" };
    let orders: Vec<(&Fact, &str)> =
        facts.iter().filter_map(|f| infinitive(f).filter(|p| word_count(p) <= 8).map(|p| (f, p))).collect();
    let middle = orders.len() / 2;
    orders
        .get(middle)
        .map(|(fact, phrase)| {
            let text = format!("Can {verb} {}.", about_others(&lower_first(phrase, "")));
            made(library, text, &[(fact.at, fact.text.as_str())])
        })
        .into_iter()
        .collect()
}

/// A lesson of tables: reading them is a skill of its own.
pub fn tables(library: &Library, clauses: &[ClauseRef], level: Level) -> Option<Proven> {
    let row = clauses.iter().filter(|at| library.kind(**at) == ClauseKind::TableRow).nth(1)?;
    let verb = if level <= Level::A2 { "find and say" } else { "look up and explain" };
    let title = crate::engine::outline::clean_title(library.topic(*row));
    Some(made(library, format!("Can {verb} one line of the table “{title}”."), &[(*row, "")]))
}
