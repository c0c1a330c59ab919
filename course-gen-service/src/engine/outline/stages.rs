//! Minutes for each part of a lesson (PEDAGOGY section 1).

use course_format::Level;
use course_format::course::{Stage, StageKind};

/// Stages of a lesson in teaching order; a practice lesson is for speaking, with no new words.
pub fn of(level: Level, practice: bool) -> Vec<Stage> {
    use StageKind::{Check, Dialogue, Grammar, Reading, RolePlay, Vocabulary, WarmUp};
    let plan: &[(StageKind, u32)] = if practice {
        &[(WarmUp, 5), (Reading, 10), (Dialogue, 10), (RolePlay, 20), (Check, 5)]
    } else {
        match level {
            Level::A1 | Level::A2 => {
                &[(WarmUp, 5), (Vocabulary, 10), (Reading, 8), (Grammar, 8), (Dialogue, 9), (RolePlay, 7), (Check, 3)]
            }
            Level::B1 => {
                &[(WarmUp, 5), (Vocabulary, 8), (Reading, 9), (Grammar, 7), (Dialogue, 8), (RolePlay, 10), (Check, 3)]
            }
            Level::B2 | Level::C1 | Level::C2 => {
                &[(WarmUp, 5), (Vocabulary, 5), (Reading, 10), (Grammar, 5), (Dialogue, 6), (RolePlay, 15), (Check, 4)]
            }
        }
    };
    plan.iter().map(|(kind, minutes)| Stage { kind: *kind, minutes: *minutes }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::outline::LESSON_MINUTES;

    #[test]
    fn the_stages_fill_the_lesson_at_every_level() {
        for level in [Level::A1, Level::A2, Level::B1, Level::B2, Level::C1] {
            for practice in [false, true] {
                assert_eq!(of(level, practice).iter().map(|s| s.minutes).sum::<u32>(), LESSON_MINUTES);
            }
        }
    }
}
