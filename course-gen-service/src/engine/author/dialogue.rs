//! Two people at work: a situation with a problem to solve, from what the clauses say. Every fact carries its clause.

mod ask;
mod bank;
mod exact;
mod lines;
mod lists;
mod react;
mod rules;
mod scenario;
mod scenes;
mod script;
mod steps;
mod subject;
mod tables;
mod talk;
mod tense;

use std::collections::{BTreeMap, HashSet};

use course_format::Level;
use course_format::course::{Dialogue, Proven, Question, Reading, Turn};
use uuid::Uuid;

use super::{Assignment, Topic};
use bank::Bank;
use scenes::Situation;
use script::{Script, Who, is_true};

/// Fewer turns are no conversation.
const SHORTEST: usize = 7;
/// Facts of the SOP that make a talk.
const ENOUGH: usize = 3;
/// Facts of the SOP without which there is none.
const LEAST: usize = 2;
/// One of this length is worth reading aloud.
const GOOD: usize = 8;

/// The dialogue of the lesson; none where its clauses do not carry one. Neighbouring lessons have different situations.
pub fn write(assignment: &Assignment<'_>, reading: &Reading) -> Option<Dialogue> {
    let talks = assignment.talks;
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for talk in talks {
        *times.entry(talk.as_str()).or_default() += 1;
    }
    let number = usize::try_from(assignment.lesson.number).unwrap_or(0);
    let mut all = sound(assignment, reading);
    let new = |(situation, _): &(&Situation, Script<'_>)| talks.last().is_none_or(|last| last != situation.title);
    // Two lists one after the other are both talked about, for want of anything else.
    if all.iter().any(new) {
        all.retain(new);
    }
    let most = all.len();
    all.into_iter()
        .enumerate()
        .max_by_key(|(at, (situation, script))| {
            let again = times.get(situation.title).copied().unwrap_or(0) * 14;
            // A practice lesson is about what the lessons before it have just talked about.
            let just = talks.iter().rev().take(assignment.lesson.practises.len()).any(|t| t == situation.title);
            let again = again + if just { 25 } else { 0 };
            let turn = (at + number) % most.max(1);
            (200 + merit(situation, script) - again.min(150), turn)
        })
        .map(|(_, (situation, script))| dialogue(assignment.lesson.id, situation, script))
}

/// Every dialogue that the lesson's clauses give.
pub fn all(assignment: &Assignment<'_>, reading: &Reading) -> Vec<Dialogue> {
    let id = assignment.lesson.id;
    sound(assignment, reading).into_iter().map(|(situation, script)| dialogue(id, situation, script)).collect()
}

/// Every situation of the level that these clauses carry.
fn sound<'a>(assignment: &Assignment<'a>, reading: &Reading) -> Vec<(&'static Situation, Script<'a>)> {
    let mut all = written(assignment, reading);
    // A short talk about two facts is better than none, and no better than one about three.
    if all.iter().any(|(_, script)| script.facts >= ENOUGH) {
        all.retain(|(_, script)| script.facts >= ENOUGH);
    }
    all
}

fn written<'a>(assignment: &Assignment<'a>, reading: &Reading) -> Vec<(&'static Situation, Script<'a>)> {
    let Assignment { brief, library, lesson, .. } = *assignment;
    let bank = Bank::of(library, &lesson.clauses, reading, brief.level);
    let number = usize::try_from(lesson.number).unwrap_or(0);
    let topic = match lesson.practises.as_slice() {
        [] => Topic::of(&lesson.topic, &library.documents()[lesson.document].text),
        _ => Topic::General,
    };
    scenes::ALL
        .iter()
        .filter(|situation| (situation.levels.0..=situation.levels.1).contains(&brief.level))
        .filter_map(|situation| {
            // What is practised is not told in the same words again.
            let variety = number + lesson.practises.len();
            let mut script = Script::new(library, brief.level, variety, topic.clone());
            (situation.write)(&bank, &mut script)?;
            is_sound(&script).then_some((situation, script))
        })
        .collect()
}

/// How good the talk is: its story, what it says, its length; the same beginning of many turns takes from it.
fn merit(situation: &Situation, script: &Script<'_>) -> usize {
    let length = if script.turns.len() >= GOOD { 6 } else { 0 };
    let mut openings: BTreeMap<String, usize> = BTreeMap::new();
    for (_, turn) in &script.turns {
        let start: Vec<&str> = turn.text.split(' ').take(3).collect();
        *openings.entry(start.join(" ")).or_default() += 1;
    }
    let repeated: usize = openings.values().map(|n| n - 1).sum();
    (situation.merit * 3 + length + script.facts.min(6) * 2).saturating_sub(repeated * 3)
}

/// Long enough, with something to say, no line twice, not too long for the level, and nothing that the SOP does not say.
fn is_sound(script: &Script<'_>) -> bool {
    let longest = if script.level <= Level::A2 { 13 } else { 16 };
    let mut seen = HashSet::new();
    (SHORTEST..=longest).contains(&script.turns.len())
        && script.facts >= LEAST
        && script.turns.iter().all(|(_, t)| seen.insert(t.text.clone()) && is_true(t))
}

fn dialogue(lesson: Uuid, situation: &Situation, script: Script<'_>) -> Dialogue {
    let id = Uuid::new_v5(&lesson, b"dialogue");
    let roles = script.cast.unwrap_or(situation.roles);
    let role = |who: Who| roles[usize::from(who == Who::B)].to_owned();
    let turns = script.turns.into_iter().zip(1..).map(|((who, text), number): (_, u32)| Turn {
        id: Uuid::new_v5(&id, format!("turn/{number}").as_bytes()),
        role: role(who),
        text,
    });
    Dialogue {
        id,
        title: situation.title.to_owned(),
        situation: Proven::language(situation.story),
        roles: roles.iter().map(|r| (*r).to_owned()).collect(),
        turns: turns.collect(),
    }
}

/// Questions with short answers about the lesson's clauses, for the trainer to ask aloud.
pub fn concept_questions(assignment: &Assignment<'_>, reading: &Reading) -> Vec<Question> {
    let Assignment { brief, library, lesson, .. } = *assignment;
    let bank = Bank::of(library, &lesson.clauses, reading, brief.level);
    bank.concepts(brief.level)
        .into_iter()
        .map(|(question, answer, source)| Question { question, answer: bank::fact(library, &source, answer) })
        .collect()
}

#[cfg(test)]
mod tests;
