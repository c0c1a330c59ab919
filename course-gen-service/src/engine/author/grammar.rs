//! The grammar focus: one point that the lesson's clauses really use (PEDAGOGY section 4), told at level.

mod detect;
mod points;

use course_format::Level;
use course_format::course::{GrammarCase, GrammarFocus, Proven, Relation};
use uuid::Uuid;

use super::Assignment;
use crate::engine::facts::{self, Fact};
use crate::engine::library::ClauseRef;
use points::{POINTS, Point};

/// So many sentences have to show a point before it is worth a lesson's time; two where no point has more.
const CASES: usize = 3;
const FEWEST: usize = 2;
const SHOWN: usize = 4;

/// The point of this lesson, another one than in the lesson before; none where no point has two cases.
pub fn write(assignment: &Assignment<'_>, facts: &[Fact]) -> Option<GrammarFocus> {
    let Assignment { brief, library, lesson, .. } = *assignment;
    let number = usize::try_from(lesson.number).unwrap_or(0);
    let before = facts::of_clauses(library, &lesson.recalls);
    let last = choose(&candidates(&before, brief.level), number.wrapping_sub(1), None);
    let (point, cases) = choose(&candidates(facts, brief.level), number, last.map(|(p, _)| p.name))?;
    let cases = cases
        .into_iter()
        .take(SHOWN)
        .map(|(at, sentence, focus)| GrammarCase {
            sentence: Proven {
                text: sentence.clone(),
                relation: Relation::Quote,
                provenance: vec![library.prove_part(at, &sentence)],
            },
            focus,
        })
        .collect();
    let explanation = if brief.level <= Level::A2 { point.simple } else { point.full };
    Some(GrammarFocus {
        id: Uuid::new_v5(&lesson.id, b"grammar"),
        point: point.name.to_owned(),
        title: point.title.to_owned(),
        explanation: Proven::language(explanation),
        cases,
        mistakes: point
            .mistakes
            .iter()
            .map(|(wrong, right)| Proven::language(format!("Don’t say: {wrong} Say: {right}")))
            .collect(),
    })
}

type Cases = Vec<(ClauseRef, String, String)>;

/// Points at the level or one below with enough cases, the most telling first.
fn candidates(facts: &[Fact], level: Level) -> Vec<(&'static Point, Cases)> {
    let fits = |p: &&Point| p.level <= level && p.level.score() + 1.0 >= level.score().min(Level::C1.score());
    let mut out: Vec<(&'static Point, Cases)> = POINTS
        .iter()
        .filter(fits)
        .map(|point| {
            let cases = facts
                .iter()
                .filter_map(|f| (point.detect)(f).map(|focus| (f.at, f.text.clone(), focus)))
                .filter(|(_, text, focus)| text.contains(focus.as_str()) && text.split(' ').count() <= 28);
            (point, cases.collect::<Cases>())
        })
        .filter(|(_, cases)| cases.len() >= FEWEST)
        .collect();
    let most = out.iter().map(|(_, cases)| cases.len()).max().unwrap_or(0);
    out.retain(|(_, cases)| cases.len() >= CASES.min(most));
    out.sort_by_key(|(p, _)| std::cmp::Reverse(p.level));
    out
}

fn choose<'a>(candidates: &[(&'a Point, Cases)], number: usize, not: Option<&str>) -> Option<(&'a Point, Cases)> {
    let other: Vec<&(&Point, Cases)> = candidates.iter().filter(|(p, _)| Some(p.name) != not).collect();
    other.get(number % other.len().max(1)).map(|(p, c)| (*p, c.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::test_sop::library;

    fn names(lines: &[&str], level: Level) -> Vec<&'static str> {
        let library = library("Test", lines);
        let clauses: Vec<ClauseRef> = library.clauses().collect();
        candidates(&facts::of_clauses(&library, &clauses), level).into_iter().map(|(p, _)| p.name).collect()
    }

    #[test]
    fn a_point_needs_two_sentences_that_show_it() {
        let passive = [
            "- The door is locked at night.",
            "- Samples are stored in the fridge.",
            "- The log is signed by the cook.",
        ];
        assert_eq!(names(&passive, Level::B1), ["passive"]);
        assert_eq!(names(&passive[..2], Level::B1), ["passive"]);
        assert_eq!(names(&passive[..1], Level::B1), Vec::<&str>::new());
    }

    #[test]
    fn a_place_is_named_whole_and_a_time_is_none() {
        let place = |line: &str| {
            let library = library("Test", &[line]);
            let clauses: Vec<ClauseRef> = library.clauses().collect();
            detect::place(&facts::of_clauses(&library, &clauses)[0])
        };
        assert_eq!(place("1 Write the loss in the night log with the time.").as_deref(), Some("in the night log"));
        assert_eq!(place("1 Go to the car park in a fire alarm."), None);
    }

    #[test]
    fn points_above_or_far_below_the_level_are_left_alone() {
        let lines = ["1 Close the door.", "2 Wash the pan.", "3 Dry the pan."];
        assert_eq!(names(&lines, Level::A1), ["imperative"]);
        assert_eq!(names(&lines, Level::A2), ["imperative"]);
        assert_eq!(names(&lines, Level::B2), Vec::<&str>::new());
    }

    #[test]
    fn results_reserves_and_phrases_are_found() {
        let will = ["- If it is wet, the floor will be slippery.", "- If you push it, the alarm will ring."];
        assert!(names(&will, Level::B1).contains(&"if_will"));
        let case = ["- Keep the key in case the door locks.", "- Take a torch in case the light fails."];
        assert!(names(&case, Level::B1).contains(&"in_case"));
        let amounts = ["1 Add 30 mL of water.", "2 Wait 5 minutes."];
        assert!(names(&amounts, Level::A2).contains(&"quantity"));
        let phrases = ["1 Lower the probe, ensuring that it is clean.", "2 Mop the floor, starting at the window."];
        assert!(names(&phrases, Level::B2).contains(&"participle_phrase"));
        let nouns = ["- Disposal of waste needs a permit.", "- Calibration of the meter takes an hour."];
        assert!(names(&nouns[1..], Level::C1).is_empty());
    }

    #[test]
    fn modal_passives_are_told_from_plain_duties() {
        let lines = [
            "- The safe must be locked.",
            "- Records must be kept.",
            "- Bins must be emptied.",
            "- Staff must wash their hands.",
        ];
        let found = names(&lines, Level::B2);
        assert_eq!(found, ["modal_passive"]);
    }
}
