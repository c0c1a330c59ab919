//! Two people at work: a situation with a problem to solve, from what the clauses say. Every fact carries its clause.

mod ask;
mod bank;
mod exact;
mod fill;
mod lines;
mod lists;
mod patterns;
mod rules;
mod scenario;
mod script;
mod steps;
mod subject;
mod tables;

use std::collections::HashSet;

use course_format::Level;
use course_format::course::{Dialogue, Proven, Question, Reading, Turn};
use uuid::Uuid;

use super::{Assignment, Topic};
use crate::engine::lock;
use bank::Bank;
use script::{Script, Who};

/// Fewer turns are no conversation.
const SHORTEST: usize = 6;
/// A dialogue of this length is taken as it comes, so that lessons get different situations.
const GOOD: usize = 8;
/// And with so much to say.
const TELLING: usize = 3;

/// The dialogue of the lesson; none where its clauses do not carry one.
pub fn write(assignment: &Assignment<'_>, reading: &Reading) -> Option<Dialogue> {
    let Assignment { brief, library, lesson, .. } = *assignment;
    let bank = Bank::of(library, &lesson.clauses, reading, brief.level);
    let number = usize::try_from(lesson.number).unwrap_or(0);
    let topic = match lesson.practises.as_slice() {
        [] => Topic::of(&lesson.topic, &library.documents()[lesson.document].text),
        _ => Topic::General,
    };
    let mut best: Option<(&patterns::Situation, Script<'_>)> = None;
    let tries = in_turn(brief.level, number);
    for (situation, generous) in tries {
        if generous && best.as_ref().is_some_and(|(_, known)| known.turns.len() >= GOOD) {
            break;
        }
        let mut script = Script::new(library, brief.level, number, topic.clone());
        script.generous = generous;
        if (situation.write)(&bank, &mut script).is_none() || !is_sound(&script) {
            continue;
        }
        if script.turns.len() >= GOOD && script.facts >= TELLING {
            return Some(dialogue(lesson.id, situation, script));
        }
        if best.as_ref().is_none_or(|(_, known)| script.facts > known.facts) {
            best = Some((situation, script));
        }
    }
    best.map(|(situation, script)| dialogue(lesson.id, situation, script))
}

/// The situations of the level in the order in which this lesson tries them, each with whether ways of asking may come again: its
/// own group, then the one that neither neighbour begins with, then the others; in each group what suits only some clauses
/// comes first.
fn in_turn(level: Level, number: usize) -> Vec<(&'static patterns::Situation, bool)> {
    const ORDER: [(usize, bool); 8] =
        [(0, false), (2, false), (0, true), (2, true), (1, false), (3, false), (1, true), (3, true)];
    let groups = patterns::GROUPS.len();
    ORDER
        .iter()
        .flat_map(|(next, generous)| {
            let group = patterns::GROUPS[(number + next) % groups];
            let mut fitting: Vec<_> = group.iter().filter(|s| (s.levels.0..=s.levels.1).contains(&level)).collect();
            if let [special @ .., _] = fitting.as_mut_slice()
                && !special.is_empty()
            {
                let by = number / groups % special.len();
                special.rotate_left(by);
            }
            fitting.into_iter().map(|situation| (situation, *generous))
        })
        .collect()
}

/// Long enough, with something to say, no line twice, not too long for the level, and nothing that the SOP does not say.
fn is_sound(script: &Script<'_>) -> bool {
    let longest = if script.level <= Level::A2 { 13 } else { 16 };
    let mut seen = HashSet::new();
    (SHORTEST..=longest).contains(&script.turns.len())
        && script.facts >= 2
        && !script.turns.iter().any(|(_, t)| t.text.contains("one thing. Thanks"))
        && script.turns.iter().all(|(_, t)| seen.insert(t.text.clone()) && is_true(t))
}

fn is_true(turn: &Proven) -> bool {
    let quotes: Vec<&str> = turn.provenance.iter().map(|p| p.quote.as_str()).collect();
    quotes.is_empty() || lock::check_part(&quotes, lock::claimed(&turn.text)).is_empty()
}

fn dialogue(lesson: Uuid, situation: &patterns::Situation, script: Script<'_>) -> Dialogue {
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
