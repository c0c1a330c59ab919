//! Can-do statements (PEDAGOGY section 2): a verb of the level, what the SOP says, and how much help there is.

mod functions;

use course_format::Level;
use course_format::course::{Proven, Relation};
use course_format::sop::ClauseKind;

use super::{Assignment, Topic};
use crate::engine::english::parse::Form;
use crate::engine::english::text::{about_others, lower_first, word_count};
use crate::engine::english::words::is_note_style;
use crate::engine::facts::{self, Fact};
use crate::engine::library::{ClauseRef, Library};

/// Three or four, each of another kind; at least one is spoken.
pub fn write(assignment: &Assignment<'_>, facts: &[Fact]) -> Vec<Proven> {
    let Assignment { brief, library, lesson, .. } = *assignment;
    let level = brief.level;
    let mut out = vec![task(assignment)];
    let spoken = [
        functions::condition(library, facts, level),
        functions::warning(library, facts, level),
        functions::detail(library, facts, level),
        functions::person(library, facts, level),
        functions::lists(library, &lesson.clauses),
        functions::terms(library, &lesson.clauses),
        functions::numbers(library, facts, level),
    ];
    out.extend(spoken.into_iter().flatten());
    let (missing, tabled) = (3_usize.saturating_sub(out.len()), functions::tables(library, &lesson.clauses, level));
    out.extend(functions::rules(library, facts, level).into_iter().take(missing));
    out.extend(tabled.filter(|_| out.len() < 3));
    if out.len() < 3 {
        out.extend(functions::telling(library, facts, level));
    }
    let missing = 3_usize.saturating_sub(out.len());
    out.extend(talking(assignment).into_iter().take(missing));
    out.dedup_by(|a, b| a.text == b.text);
    out.truncate(4);
    out
}

/// What every lesson practises, in its dialogue, its role-play and its homework.
fn talking(assignment: &Assignment<'_>) -> Vec<Proven> {
    let Assignment { brief, library, lesson, .. } = *assignment;
    let topic = match lesson.practises.as_slice() {
        [] if lesson.topic.ends_with('?') => "the points of this lesson".to_owned(),
        [] => Topic::of(&lesson.topic, &library.documents()[lesson.document].text).after_for(),
        _ => "the last lessons".to_owned(),
    };
    let (spoken, written) = match brief.level {
        Level::A1 => ("ask and answer simple questions about", "write three short sentences about"),
        Level::A2 => ("ask and answer short questions about", "write a short note about"),
        Level::B1 => ("answer a new colleague’s questions about", "write a clear e-mail about"),
        Level::B2 => ("answer detailed questions about", "write a short report about"),
        _ => ("discuss open questions about", "write a report about"),
    };
    let heading = lesson.clauses.iter().find(|at| library.kind(**at) == ClauseKind::Heading).or(lesson.clauses.first());
    let from: Vec<(ClauseRef, &str)> = heading.map(|at| (*at, "")).into_iter().collect();
    [spoken, written].iter().map(|verb| made(library, format!("Can {verb} {topic}."), &from)).collect()
}

/// Says it, and names the sentences that it comes from.
fn made(library: &Library, text: String, from: &[(ClauseRef, &str)]) -> Proven {
    let provenance = from.iter().map(|(at, part)| library.prove_part(*at, part)).collect();
    Proven { text, relation: Relation::Compress, provenance }
}

/// An order that can stand after "to": short, complete, pointing at nothing else.
fn infinitive(fact: &Fact) -> Option<&str> {
    let Form::Do(command) = &fact.form else { return None };
    let phrase = command.phrases.first()?;
    sayable(phrase).then_some(phrase.as_str())
}

/// Whether a verb phrase can be repeated in a sentence of our own.
pub(super) fn sayable(phrase: &str) -> bool {
    sayable_up_to(phrase, 10)
}

/// The same, of at most so many words.
pub(super) fn sayable_up_to(phrase: &str, words: usize) -> bool {
    !facts::has_pronoun(phrase)
        && !facts::refers_elsewhere(phrase)
        && !is_note_style(phrase)
        && (2..=words).contains(&word_count(phrase))
        && !phrase.contains(['“', '"', ':', '/', '&'])
}

/// What the learner does with the whole text.
fn task(assignment: &Assignment<'_>) -> Proven {
    let Assignment { brief, library, lesson, .. } = *assignment;
    let document = &library.documents()[lesson.document];
    let topic = Topic::of(&lesson.topic, &document.text);
    let ordered = is_ordered(library, &lesson.clauses);
    let heading = lesson.clauses.iter().find(|at| library.kind(**at) == ClauseKind::Heading).or(lesson.clauses.first());
    let from: Vec<(ClauseRef, &str)> = heading.map(|at| (*at, "")).into_iter().collect();
    if !lesson.practises.is_empty() {
        return made(library, practice(brief.level).to_owned(), &from);
    }
    let what = if ordered { "steps" } else { "rules" };
    let text = match &topic {
        Topic::Activity(activity) => about_activity(activity, ordered, brief.level),
        Topic::Order(order) => format!("Can {} to {}.", follow(brief.level), about_others(order)),
        Topic::Things(things) => about_things(things, brief.level),
        Topic::General => in_general(&document.title, brief.level),
        Topic::Title(_) => in_time(&lesson.topic, &document.text, brief.level)
            .unwrap_or_else(|| format!("Can {} in “{}”.", titled(brief.level, what), lesson.topic)),
    };
    made(library, text, &from)
}

/// "General rules" are rules of the SOP.
fn in_general(title: &str, level: Level) -> String {
    match level {
        Level::A1 => format!("Can follow one simple rule at a time from “{title}”."),
        Level::A2 => format!("Can follow the most important rules of “{title}”."),
        Level::B1 => format!("Can explain the most important rules of “{title}”."),
        Level::B2 => format!("Can explain the most important rules of “{title}” and when they apply."),
        _ => format!("Can brief a new team on the most important rules of “{title}”."),
    }
}

/// "Before the run", "When a guest has a reaction": a heading that is a time says when something is done.
fn in_time(title: &str, document: &str, level: Level) -> Option<String> {
    if let Some(thing) = title.strip_prefix("What is ").and_then(|rest| rest.strip_suffix('?')) {
        let verb = if level <= Level::A2 { "say in short sentences" } else { "explain" };
        return Some(format!("Can {verb} what {thing} is."));
    }
    let timed = ["Before ", "After ", "During ", "When "].iter().any(|t| title.starts_with(t));
    let when = lower_first(title, document);
    let (told, plain) = (about_others(&when), !title.contains([':', '?', ',', '–']));
    (timed && plain).then(|| match level {
        Level::A1 => format!("Can say one thing to do {told}."),
        Level::A2 => format!("Can say in short sentences what to do {told}."),
        Level::B1 => format!("Can explain what to do {told}."),
        Level::B2 => format!("Can explain in detail what to do {told}."),
        _ => format!("Can brief a new team on what to do {told}."),
    })
}

fn is_ordered(library: &Library, clauses: &[ClauseRef]) -> bool {
    clauses
        .iter()
        .any(|at| library.step(*at).is_some_and(|(p, s)| p.ordered && p.steps.len() > 2 && s.number.len() == 1))
}

fn practice(level: Level) -> &'static str {
    match level {
        Level::A1 => "Can act out the most important steps of the last lessons with help.",
        Level::A2 => "Can act out the most important steps and rules of the last lessons in short sentences.",
        Level::B1 => "Can explain the most important steps and rules of the last lessons without the text.",
        _ => "Can handle a new case with the rules of the last lessons, without the text.",
    }
}

fn follow(level: Level) -> &'static str {
    match level {
        Level::A1 => "follow simple instructions, step by step,",
        Level::A2 => "follow short instructions",
        Level::B1 => "follow clear instructions and explain how",
        Level::B2 => "explain in detail how",
        _ => "brief a new colleague on how",
    }
}

fn titled(level: Level, what: &str) -> String {
    match level {
        Level::A1 => format!("follow one of the {what} at a time, with pictures,"),
        Level::A2 => format!("follow the short {what}"),
        Level::B1 => format!("explain the {what}"),
        Level::B2 => format!("explain the {what} and their conditions"),
        _ => format!("brief a new team on the {what}"),
    }
}

fn about_activity(activity: &str, ordered: bool, level: Level) -> String {
    let what = if ordered { "steps" } else { "rules" };
    match level {
        Level::A1 => format!("Can follow one step at a time when {activity}."),
        Level::A2 => format!("Can follow short instructions for {activity}."),
        Level::B1 => format!("Can explain the {what} for {activity}."),
        Level::B2 => format!("Can explain the {what} and the conditions for {activity}."),
        _ => format!("Can brief a new team on {activity}."),
    }
}

fn about_things(things: &str, level: Level) -> String {
    // "rules about pallet truck rules"
    if things.ends_with("rules") {
        return match level {
            Level::A1 => format!("Can follow the {things} one at a time."),
            Level::A2 => format!("Can follow the {things}."),
            Level::B1 => format!("Can explain the {things}."),
            Level::B2 => format!("Can explain the {things} and when they apply."),
            _ => format!("Can brief a new team on the {things}."),
        };
    }
    match level {
        Level::A1 => format!("Can follow one simple rule at a time about {things}."),
        Level::A2 => format!("Can follow short rules about {things}."),
        Level::B1 => format!("Can explain the rules about {things}."),
        Level::B2 => format!("Can explain the rules about {things} and when they apply."),
        _ => format!("Can brief a new team on the rules about {things}."),
    }
}

#[cfg(test)]
mod tests;
