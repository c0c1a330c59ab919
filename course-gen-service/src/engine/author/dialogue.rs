//! Two people at work: a situation with a problem to solve, from what the clauses say. Every fact carries its clause.

mod bank;
mod lines;
mod patterns;
mod script;

use std::collections::HashSet;

use course_format::Level;
use course_format::course::{Dialogue, Proven, Turn};
use uuid::Uuid;

use super::Assignment;
use crate::engine::facts::Fact;
use bank::Bank;
use script::{Script, Who};

/// Fewer turns are no conversation.
const SHORTEST: usize = 6;
/// A dialogue of this length is taken as it comes, so that lessons get different situations.
const GOOD: usize = 8;

/// The dialogue of the lesson; none where its clauses do not carry one.
pub fn write(assignment: &Assignment<'_>, facts: &[Fact]) -> Option<Dialogue> {
    let Assignment { brief, library, lesson, .. } = *assignment;
    let bank = Bank::of(library, facts, brief.level);
    let number = usize::try_from(lesson.number).unwrap_or(0);
    let offset = if lesson.practises.is_empty() { number * 2 } else { number * 2 + 5 };
    let suitable: Vec<&patterns::Situation> =
        patterns::ALL.iter().filter(|s| (s.levels.0..=s.levels.1).contains(&brief.level)).collect();
    let mut best: Option<(&patterns::Situation, Script<'_>)> = None;
    for turn in 0..suitable.len() {
        let situation = suitable[(offset + turn) % suitable.len()];
        let mut script = Script::new(library, number);
        if (situation.write)(&bank, &mut script).is_none() || !sound(&script, brief.level) {
            continue;
        }
        if script.turns.len() >= GOOD {
            return Some(dialogue(lesson.id, situation, script));
        }
        if best.as_ref().is_none_or(|(_, known)| script.turns.len() > known.turns.len()) {
            best = Some((situation, script));
        }
    }
    best.map(|(situation, script)| dialogue(lesson.id, situation, script))
}

/// Long enough, with something to say, no line twice, not too long for the level.
fn sound(script: &Script<'_>, level: Level) -> bool {
    let longest = if level <= Level::A2 { 14 } else { 18 };
    let mut seen = HashSet::new();
    (SHORTEST..=longest).contains(&script.turns.len())
        && script.facts >= 3
        && script.turns.iter().all(|(_, t)| seen.insert(t.text.clone()))
}

fn dialogue(lesson: Uuid, situation: &patterns::Situation, script: Script<'_>) -> Dialogue {
    let id = Uuid::new_v5(&lesson, b"dialogue");
    let role = |who: Who| situation.roles[usize::from(who == Who::B)].to_owned();
    let turns = script.turns.into_iter().zip(1..).map(|((who, text), number): (_, u32)| Turn {
        id: Uuid::new_v5(&id, format!("turn/{number}").as_bytes()),
        role: role(who),
        text,
    });
    Dialogue {
        id,
        title: situation.title.to_owned(),
        situation: Proven::language(situation.story),
        roles: situation.roles.iter().map(|r| (*r).to_owned()).collect(),
        turns: turns.collect(),
    }
}

#[cfg(test)]
mod tests;
