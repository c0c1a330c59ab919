//! Two people at work: a situation with a problem to solve, from what the clauses say. Every fact carries its clause.

mod ask;
mod bank;
mod fill;
mod lines;
mod lists;
mod patterns;
mod rules;
mod script;
mod steps;

use std::collections::HashSet;

use course_format::Level;
use course_format::course::{Dialogue, Proven, Reading, Turn};
use uuid::Uuid;

use super::Assignment;
use crate::engine::lock;
use bank::Bank;
use script::{Script, Who};

/// Fewer turns are no conversation.
const SHORTEST: usize = 6;
/// A dialogue of this length is taken as it comes, so that lessons get different situations.
const GOOD: usize = 8;
/// From lesson to lesson the choice begins this far on: no factor of the number of situations.
const STRIDE: usize = 7;
/// So often a situation that suits any clauses comes first.
const GENERAL_EVERY: usize = 4;

/// The dialogue of the lesson; none where its clauses do not carry one.
pub fn write(assignment: &Assignment<'_>, reading: &Reading) -> Option<Dialogue> {
    let Assignment { brief, library, lesson, .. } = *assignment;
    let bank = Bank::of(library, &lesson.clauses, reading, brief.level);
    let number = usize::try_from(lesson.number).unwrap_or(0);
    let offset = if lesson.practises.is_empty() { number * STRIDE } else { number * STRIDE + 3 };
    let suitable = in_turn(brief.level, offset);
    let mut best: Option<(&patterns::Situation, Script<'_>)> = None;
    for situation in suitable {
        let mut script = Script::new(library, brief.level, number);
        if (situation.write)(&bank, &mut script).is_none() || !is_sound(&script) {
            continue;
        }
        if script.turns.len() >= GOOD && script.facts >= 3 {
            return Some(dialogue(lesson.id, situation, script));
        }
        if best.as_ref().is_none_or(|(_, known)| script.facts > known.facts) {
            best = Some((situation, script));
        }
    }
    best.map(|(situation, script)| dialogue(lesson.id, situation, script))
}

/// The situations of the level in the order in which this lesson tries them: what suits only some clauses comes first, but not
/// in every lesson.
fn in_turn(level: Level, offset: usize) -> Vec<&'static patterns::Situation> {
    let (general, special): (Vec<_>, Vec<_>) =
        patterns::ALL.iter().filter(|s| (s.levels.0..=s.levels.1).contains(&level)).partition(|s| s.is_general());
    let turned = |mut list: Vec<&'static patterns::Situation>| {
        let by = offset % list.len().max(1);
        list.rotate_left(by);
        list
    };
    let (general, special) = (turned(general), turned(special));
    if offset.is_multiple_of(GENERAL_EVERY) { [general, special].concat() } else { [special, general].concat() }
}

/// Long enough, with something to say, no line twice, not too long for the level, and nothing that the SOP does not say.
fn is_sound(script: &Script<'_>) -> bool {
    let longest = if script.level <= Level::A2 { 13 } else { 16 };
    let mut seen = HashSet::new();
    (SHORTEST..=longest).contains(&script.turns.len())
        && script.facts >= 2
        && script.turns.iter().all(|(_, t)| seen.insert(t.text.clone()) && is_true(t))
}

fn is_true(turn: &Proven) -> bool {
    let quotes: Vec<&str> = turn.provenance.iter().map(|p| p.quote.as_str()).collect();
    quotes.is_empty() || lock::check_part(&quotes, lock::claimed(&turn.text)).is_empty()
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
