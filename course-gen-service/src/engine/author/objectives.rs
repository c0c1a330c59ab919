//! Can-do statements: a verb of the level, what the SOP says, nothing else.

use course_format::Level;
use course_format::course::{Proven, Relation};

use super::{Assignment, Topic};
use crate::engine::english::parse::Form;
use crate::engine::english::text::{about_others, list, lower_first};
use crate::engine::english::words::names_people;
use crate::engine::english::{Dimension, Modal, quantity};
use crate::engine::facts::{self, Fact};
use crate::engine::library::{ClauseRef, Library};
use crate::engine::plan::is_teachable;
use course_format::sop::ClauseKind;

/// At most four, each of another kind.
pub fn write(assignment: &Assignment<'_>, facts: &[Fact]) -> Vec<Proven> {
    let Assignment { brief, library, lesson, .. } = *assignment;
    let level = brief.level;
    let text = &library.documents()[lesson.document].text;
    let teaches = lesson.clauses.iter().any(|at| is_teachable(library, *at));
    let mut out = Vec::new();
    if teaches {
        out.push(whole(library, &lesson.clauses, &Topic::of(&lesson.topic, text), level));
    }
    out.extend(condition(library, facts, level));
    out.extend(warning(library, facts, level));
    out.extend(person(library, facts, text));
    out.extend(numbers(library, facts, level));
    out.extend(terms(library, &lesson.clauses));
    if out.is_empty() {
        out.push(whole(library, &lesson.clauses, &Topic::of(&lesson.topic, text), level));
    }
    out.truncate(4);
    out
}

fn made(library: &Library, text: String, from: &[(ClauseRef, &str)]) -> Proven {
    let provenance = from.iter().map(|(at, part)| library.prove_part(*at, part)).collect();
    Proven { text, relation: Relation::Compress, provenance }
}

fn whole(library: &Library, clauses: &[ClauseRef], topic: &Topic, level: Level) -> Proven {
    let ordered = clauses
        .iter()
        .any(|at| library.step(*at).is_some_and(|(p, s)| p.ordered && p.steps.len() > 2 && s.number.len() == 1));
    let what = if ordered { "steps" } else { "rules" };
    let text = match (topic, level) {
        (Topic::General, Level::A1 | Level::A2) => format!("Can understand the general {what} of this SOP."),
        (Topic::General, _) => format!("Can explain the general {what} of this SOP."),
        (Topic::Order(order), Level::A1 | Level::A2) => format!("Can follow the SOP to {order}."),
        (Topic::Order(order), _) => format!("Can explain how to {order}."),
        (topic, Level::A1) => {
            format!("Can follow one {} at a time for {}.", what.trim_end_matches('s'), topic.after_for())
        }
        (Topic::Activity(a), Level::A2) => format!("Can follow the {what} for {a}."),
        (topic, Level::A2) => format!("Can follow the {what} in {}.", topic.after_for()),
        (Topic::Activity(a), Level::B1) => format!("Can explain the {what} for {a}."),
        (topic, Level::B1) => format!("Can explain the {what} in {}.", topic.after_for()),
        (Topic::Activity(a), Level::B2) => format!("Can explain the {what} and conditions for {a}."),
        (topic, Level::B2) => format!("Can explain the {what} and conditions in {}.", topic.after_for()),
        (topic, _) => format!("Can brief a new team on the {what} for {}.", topic.after_for()),
    };
    let first = clauses.iter().find(|at| library.kind(**at) == ClauseKind::Heading).or(clauses.first());
    made(library, text, &first.map(|at| (*at, "")).into_iter().collect::<Vec<_>>())
}

fn condition(library: &Library, facts: &[Fact], level: Level) -> Option<Proven> {
    let verb = if level <= Level::A2 { "say" } else { "explain" };
    facts.iter().find_map(|f| match &f.form {
        Form::When { joiner, condition, .. }
            if !facts::has_pronoun(condition) && !facts::refers_elsewhere(condition) =>
        {
            Some(made(library, format!("Can {verb} what to do {joiner} {condition}."), &[(f.at, f.text.as_str())]))
        }
        _ => None,
    })
}

fn warning(library: &Library, facts: &[Fact], level: Level) -> Option<Proven> {
    let verb = if level <= Level::A2 { "tell" } else { "warn" };
    let forbidden = |f: &&Fact| match &f.form {
        Form::DoNot(c) => {
            !facts::has_pronoun(&c.text) && !facts::refers_elsewhere(&c.text) && c.text.split(' ').count() <= 14
        }
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

fn person(library: &Library, facts: &[Fact], text: &str) -> Option<Proven> {
    facts.iter().find_map(|f| match &f.form {
        Form::Duty { subject, modal, negative: false, predicate }
            if names_people(subject)
                && *modal != Modal::Should
                && !facts::has_pronoun(predicate)
                && !facts::refers_elsewhere(predicate) =>
        {
            let generic =
                ["nobody", "anyone", "everyone", "all ", "staff"].iter().any(|g| subject.to_lowercase().starts_with(g));
            let statement = if generic {
                format!("Can explain that {} {} {predicate}.", lower_first(subject, text), modal.word())
            } else {
                format!("Can say who {} {predicate}.", modal.word())
            };
            (!subject.to_lowercase().starts_with("nobody"))
                .then(|| made(library, statement, &[(f.at, f.text.as_str())]))
        }
        _ => None,
    })
}

fn numbers(library: &Library, facts: &[Fact], level: Level) -> Option<Proven> {
    let mut names: Vec<String> = Vec::new();
    let mut from: Vec<(ClauseRef, &str)> = Vec::new();
    for fact in facts {
        for q in quantity::all(&fact.text) {
            let name = match q.dimension {
                Dimension::Duration | Dimension::Clock => "times",
                Dimension::Temperature => "temperatures",
                Dimension::Volume | Dimension::Mass => "amounts",
                Dimension::Length => "distances",
                Dimension::Share => "percentages",
                Dimension::Speed => "speeds",
                Dimension::Times | Dimension::Other => continue,
            };
            if !names.iter().any(|n| n == name) {
                names.push(name.to_owned());
            }
            if from.len() < 4 && !from.iter().any(|(at, _)| *at == fact.at) {
                from.push((fact.at, fact.text.as_str()));
            }
        }
    }
    names.truncate(3);
    let enough = from.len() >= 2;
    let verb = if level <= Level::A2 { "say" } else { "give" };
    enough.then(|| made(library, format!("Can {verb} the correct {} for this work.", list(&names)), &from))
}

fn terms(library: &Library, clauses: &[ClauseRef]) -> Option<Proven> {
    let defined: Vec<(ClauseRef, String)> = clauses
        .iter()
        .filter(|at| library.kind(**at) == ClauseKind::Definition)
        .filter_map(|at| {
            super::vocabulary::definition(&library.clause(*at).text).map(|(term, _)| (*at, format!("“{term}”")))
        })
        .take(3)
        .collect();
    let names: Vec<String> = defined.iter().map(|(_, t)| t.clone()).collect();
    let from: Vec<(ClauseRef, &str)> = defined.iter().map(|(at, _)| (*at, "")).collect();
    (names.len() >= 2).then(|| made(library, format!("Can say what {} mean.", list(&names)), &from))
}
