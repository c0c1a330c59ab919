//! How much work a course from a SOP will be, as sales tells it to a client.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Level;

/// Guided minutes of a lesson, and of the test at the end of a unit.
pub const LESSON_MINUTES: u32 = 50;
pub const TEST_MINUTES: u32 = 50;
/// So many lessons share a test.
pub const LESSONS_IN_A_UNIT: u32 = 4;

/// What a course from one SOP, or from several, will take.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct LoadQuote {
    /// Of the learners.
    pub level: Level,
    /// Measured level of the SOP's English; of the hardest one where there are several.
    pub sop_level: Option<Level>,
    pub clauses: u32,
    pub steps: u32,
    pub rules: u32,
    pub terms: u32,
    pub lessons: u32,
    pub lessons_low: u32,
    pub lessons_high: u32,
    /// Guided time with the tests.
    pub hours: f32,
    pub hours_low: f32,
    pub hours_high: f32,
    /// How these numbers come about.
    pub formula: String,
}

impl LoadQuote {
    /// The quote for one course from several SOPs, each with its title; `None` without any. Terms that two SOPs share count twice.
    #[must_use]
    pub fn together(quotes: &[(&str, &Self)]) -> Option<Self> {
        let (_, first) = quotes.first()?;
        if quotes.len() == 1 {
            return Some((*first).clone());
        }
        let sum = |of: fn(&Self) -> u32| quotes.iter().map(|(_, quote)| of(quote)).fold(0, u32::saturating_add);
        let (lessons, low, high) = (sum(|q| q.lessons), sum(|q| q.lessons_low), sum(|q| q.lessons_high));
        let parts: Vec<String> = quotes.iter().map(|(title, q)| format!("{title}: {} lessons", q.lessons)).collect();
        Some(Self {
            level: first.level,
            sop_level: quotes.iter().filter_map(|(_, quote)| quote.sop_level).max(),
            clauses: sum(|q| q.clauses),
            steps: sum(|q| q.steps),
            rules: sum(|q| q.rules),
            terms: sum(|q| q.terms),
            lessons,
            lessons_low: low,
            lessons_high: high,
            hours: hours(lessons),
            hours_low: hours(low),
            hours_high: hours(high),
            formula: format!(
                "{}. Together {lessons} lessons of {LESSON_MINUTES} minutes and a test of {TEST_MINUTES} minutes after every \
                 {LESSONS_IN_A_UNIT} lessons.",
                parts.join("; ")
            ),
        })
    }
}

/// Guided time of so many lessons with their tests, to a quarter of an hour.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "minutes of a course are far below 2^24")]
pub fn hours(lessons: u32) -> f32 {
    let tests = lessons.div_ceil(LESSONS_IN_A_UNIT).saturating_mul(TEST_MINUTES);
    let minutes = lessons.saturating_mul(LESSON_MINUTES).saturating_add(tests);
    (minutes as f32 / 15.0).round() / 4.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quote(sop_level: Level, lessons: u32) -> LoadQuote {
        LoadQuote {
            level: Level::A2,
            sop_level: Some(sop_level),
            clauses: 50,
            steps: 20,
            rules: 10,
            terms: 12,
            lessons,
            lessons_low: lessons - 1,
            lessons_high: lessons + 2,
            hours: hours(lessons),
            hours_low: hours(lessons - 1),
            hours_high: hours(lessons + 2),
            formula: "20 steps.".to_owned(),
        }
    }

    #[test]
    fn sops_that_share_a_course_share_its_tests() {
        let (one, two) = (quote(Level::B1, 3), quote(Level::B2, 5));
        let both = LoadQuote::together(&[("Doors", &one), ("Keys", &two)]).unwrap();
        assert_eq!((both.lessons, both.lessons_low, both.lessons_high, both.steps), (8, 6, 12, 40));
        assert_eq!((both.sop_level, both.level), (Some(Level::B2), Level::A2));
        // Eight lessons and two tests, where each SOP alone would have three tests.
        assert!((both.hours - 8.25).abs() < 0.01 && one.hours + two.hours > both.hours, "{}", both.hours);
        assert!(both.formula.starts_with("Doors: 3 lessons; Keys: 5 lessons. Together 8 lessons"), "{}", both.formula);
    }

    #[test]
    fn one_sop_keeps_its_own_formula_and_none_is_no_quote() {
        let one = quote(Level::B1, 3);
        assert_eq!(LoadQuote::together(&[("Doors", &one)]), Some(one.clone()));
        assert_eq!(LoadQuote::together(&[]), None);
    }
}
