//! How large a course from a SOP will be, before anybody writes one: lessons and hours, with the sum shown in words.
//!
//! The measure of a lesson is the one that courses are planned by: a procedure of 5 to 9 steps or 6 to 12 rules in 50
//! minutes; three to five lessons and a test make a unit.

use std::collections::HashSet;

use course_format::{
    Level,
    sop::{ClauseId, ClauseKind, LESSON_MINUTES, LESSONS_IN_A_UNIT, LoadQuote, SopDocument, TEST_MINUTES, hours},
};

/// Fewest and most of each that one lesson takes.
const STEPS: (u32, u32) = (5, 9);
const RULES: (u32, u32) = (6, 12);
/// Each level that the SOP lies above the learners' adds this share of lessons, up to three levels.
const FOR_EACH_LEVEL: f32 = 0.15;
const MOST_LEVELS: u32 = 3;

/// The quote for learners of this level.
pub fn quote(document: &SopDocument, level: Level) -> LoadQuote {
    let in_procedures: Vec<u32> = document.procedures.iter().map(|p| count(p.steps.len())).collect();
    let stepped: HashSet<&ClauseId> = document.procedures.iter().flat_map(|p| &p.steps).map(|s| &s.clause_id).collect();
    let demands =
        document.clauses.iter().filter(|c| matches!(c.kind, ClauseKind::Rule | ClauseKind::Step | ClauseKind::Warning));
    let rules = count(demands.filter(|c| !stepped.contains(&c.id)).count());
    let steps = in_procedures.iter().sum();
    let terms = count(document.terms.len());
    let above = document.profile.level.map_or(0, |own| (own as u32).saturating_sub(level as u32)).min(MOST_LEVELS);
    let factor = 1.0 + FOR_EACH_LEVEL * above as f32;
    let of = |per_procedure: u32, per_rules: u32| {
        let long = in_procedures.iter().filter(|n| **n >= STEPS.0).map(|n| n.div_ceil(per_procedure)).sum::<u32>();
        // Short procedures share a lesson.
        let short = in_procedures.iter().filter(|n| **n < STEPS.0).sum::<u32>().div_ceil(per_procedure);
        let plain = long + short + rules.div_ceil(per_rules);
        rounded(plain as f32 * factor).max(1)
    };
    let lessons = of(u32::midpoint(STEPS.0, STEPS.1), u32::midpoint(RULES.0, RULES.1));
    let (low, high) = (of(STEPS.1, RULES.1), of(STEPS.0, RULES.0));
    LoadQuote {
        level,
        sop_level: document.profile.level,
        clauses: count(document.clauses.len()),
        steps,
        rules,
        terms,
        lessons,
        lessons_low: low.min(lessons),
        lessons_high: high.max(lessons),
        hours: hours(lessons),
        hours_low: hours(low.min(lessons)),
        hours_high: hours(high.max(lessons)),
        formula: formula(document, level, (steps, rules, terms), above, lessons),
    }
}

fn formula(
    document: &SopDocument,
    level: Level,
    (steps, rules, terms): (u32, u32, u32),
    above: u32,
    lessons: u32,
) -> String {
    let harder = match (document.profile.level, above) {
        (Some(own), 1..) => format!(
            " The SOP is written at {own} and the learners are at {level}: {} percent more lessons.",
            above * 15
        ),
        _ => String::new(),
    };
    format!(
        "{steps} steps in {} procedures at 7 steps a lesson (5 to 9; procedures of fewer than 5 steps share a lesson), and \
         {rules} rules and warnings at 9 a lesson (6 to 12).{harder} That is {lessons} lessons of {LESSON_MINUTES} minutes and a test of {TEST_MINUTES} \
         minutes after every {LESSONS_IN_A_UNIT} lessons. {terms} terms are taught on the way.",
        document.procedures.len()
    )
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn rounded(value: f32) -> u32 {
    (0_u32..100_000).find(|n| *n as f32 >= value - 0.5).unwrap_or(100_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline;

    fn sop(procedures: usize, steps: usize) -> SopDocument {
        let card = |n: usize| {
            let steps: Vec<String> = (1..=steps).map(|s| format!("{s}. Open valve {n}{s} slowly.")).collect();
            format!("## Line {n}\n\n{}\n", steps.join("\n"))
        };
        let text = format!("# Valves\n\n{}", (1..=procedures).map(card).collect::<Vec<_>>().join("\n"));
        pipeline::read(text.as_bytes(), "valves.md").unwrap()
    }

    #[test]
    fn a_procedure_of_seven_steps_is_one_lesson() {
        let quote = quote(&sop(4, 7), Level::B2);
        assert_eq!((quote.steps, quote.lessons, quote.lessons_low, quote.lessons_high), (28, 4, 4, 8));
        assert!((quote.hours - 4.25).abs() < 0.01, "{}", quote.hours);
        assert!(quote.formula.starts_with("28 steps in 4 procedures"), "{}", quote.formula);
    }

    #[test]
    fn more_steps_cost_more_and_an_easier_level_never_costs_less() {
        let (small, large) = (sop(3, 6), sop(12, 8));
        for level in Level::ALL {
            assert!(quote(&small, level).lessons < quote(&large, level).lessons);
            assert!(quote(&large, level).lessons <= quote(&large, Level::A1).lessons);
        }
    }
}
