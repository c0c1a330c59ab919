use std::collections::BTreeSet;

use course_format::Level;

use super::*;
use crate::engine::plan;
use crate::engine::test_sop::{self, library};

fn brief(level: Level, hours: Option<f32>) -> Brief {
    Brief { hours, ..test_sop::brief(level) }
}

const BAKERY: [&str; 24] = [
    "# Responsibilities",
    "- The head baker must sign the oven log.",
    "# Starting the oven",
    "1 Check the gas valve.",
    "2 Switch on the fan.",
    "3 Set the oven to 220 °C.",
    "4 Wait until the light is green.",
    "5 Record the start time in the oven log.",
    "6 Load the trays.",
    "# Cleaning the mixer",
    "1 Unplug the mixer.",
    "2 Remove the bowl.",
    "3 Wash the bowl with hot water.",
    "4 Wipe the arm with a damp cloth.",
    "5 Dry the bowl.",
    "! Do not put your hand into the bowl while the mixer is running.",
    "# Allergens",
    "- Store nuts in the red box.",
    "- Never use the red scoop for flour.",
    "- Wash your hands after you touch nuts.",
    "- Label every box with the allergens.",
    "- Tell customers about nuts when they ask.",
    "# Waste",
    "- Put old bread in the green bin.",
];

#[test]
fn every_step_rule_and_warning_is_in_a_lesson() {
    let library = library("Bakery", &BAKERY);
    let plan = plan::plan(&library).unwrap();
    for hours in [None, Some(10.0)] {
        let outline = outline(&brief(Level::A2, hours), &library, &plan);
        let held: BTreeSet<ClauseRef> = outline.lessons().flat_map(|l| l.clauses.iter().copied()).collect();
        assert!(library.clauses().filter(|at| is_teachable(&library, *at)).all(|at| held.contains(&at)));
        assert!(outline.left_out.is_empty());
    }
}

#[test]
fn thin_sections_join_their_neighbours_and_lend_no_title() {
    let library = library("Bakery", &BAKERY);
    let plan = plan::plan(&library).unwrap();
    let outline = outline(&brief(Level::A2, None), &library, &plan);
    let titles: Vec<&str> = outline.lessons().map(|l| l.title.as_str()).collect();
    assert_eq!(titles, ["Starting the oven", "Cleaning the mixer", "Allergens and waste"]);
    assert_eq!(outline.units[0].title, "Bakery");
}

#[test]
fn hours_that_the_sop_does_not_fill_go_to_practice() {
    let library = library("Bakery", &BAKERY);
    let plan = plan::plan(&library).unwrap();
    let outline = outline(&brief(Level::A2, Some(10.0)), &library, &plan);
    let practice: Vec<&LessonPlan> = outline.lessons().filter(|l| !l.practises.is_empty()).collect();
    assert_eq!(practice.len(), 1);
    assert!(outline.lessons().zip(1..).all(|(l, n)| l.number == n));
    let own: BTreeSet<ClauseRef> =
        outline.lessons().filter(|l| l.practises.is_empty()).flat_map(|l| l.clauses.iter().copied()).collect();
    assert!(practice.iter().all(|l| l.clauses.iter().all(|at| own.contains(at))));
}

#[test]
fn too_few_hours_keep_the_most_dangerous_lesson_and_name_the_rest() {
    let library = library("Bakery", &BAKERY);
    let plan = plan::plan(&library).unwrap();
    let outline = outline(&brief(Level::B1, Some(1.0)), &library, &plan);
    assert_eq!(outline.lessons().count(), 1);
    assert!(outline.left_out.iter().all(|l| l.reason.starts_with("1 hour is not enough for every section")));
    assert!(!outline.left_out.is_empty());
}

#[test]
fn one_hour_for_a_long_sop_goes_to_its_warnings_and_limits() {
    let mut lines: Vec<String> = Vec::new();
    for part in ["Boiler", "Pump", "Gate", "Crane", "Press"] {
        lines.push(format!("# {part}"));
        lines.extend((1..=6).map(|n| format!("{n} Check part {n} of the {}.", part.to_lowercase())));
        lines.push(format!("! Never open the {} while it runs.", part.to_lowercase()));
        lines.push(format!("- Do not touch the {} with wet hands.", part.to_lowercase()));
    }
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let library = library("Machines", &lines);
    let plan = plan::plan(&library).unwrap();
    let outline = outline(&brief(Level::B1, Some(1.0)), &library, &plan);
    let lesson = outline.lessons().next().unwrap();
    assert_eq!((outline.lessons().count(), lesson.title.as_str()), (1, "Warnings and limits"));
    assert_eq!(lesson.clauses.iter().filter(|at| is_critical(&library, **at)).count(), 10);
    assert!(outline.left_out.iter().all(|l| !is_critical(&library, l.clause)));
}
