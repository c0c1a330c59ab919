use course_format::course::Choice;

use super::{claimed, decided, keeps_force, remembered};
use crate::engine::library::Library;
use crate::engine::test_sop::library;
use crate::engine::verify::solver::Solver;

fn sop() -> Library {
    library(
        "Museum",
        &[
            "# Visitors",
            "- Visitors must not touch the objects.",
            "- Small handbags may be carried into the galleries.",
            "- You are required to check the doors.",
            "- Torn labels should be replaced.",
            "- You do not need to count the coins.",
            "- If the alarm sounds, visitors must leave the building.",
            "- Cases may be opened by the curator.",
            "- Cases must be opened by the curator before noon.",
        ],
    )
}

fn options(texts: [&str; 3]) -> Vec<Choice> {
    texts.iter().zip('a'..).map(|(t, id)| Choice { id: id.to_string(), text: (*t).to_owned() }).collect()
}

const CAN: [&str; 3] = ["Yes, that is a rule here.", "Yes, if you want to.", "No, that is not allowed."];
const MUST: [&str; 3] = ["Yes, it is a rule.", "No, you can choose.", "No, it is forbidden."];

#[test]
fn questions_about_force_are_answered_from_the_sop() {
    let sop = sop();
    let answer = |stem: &str, texts| decided(&Solver::new(&sop), stem, &options(texts)).flatten();
    assert_eq!(answer("A visitor asks you: “Can I touch the objects?” What do you answer?", CAN).as_deref(), Some("c"));
    assert_eq!(
        answer("A colleague asks: “Do I have to check the doors?” What do you say?", MUST).as_deref(),
        Some("a")
    );
    assert_eq!(
        answer("A colleague asks: “Do I have to count the coins?” What do you say?", MUST).as_deref(),
        Some("b")
    );
}

#[test]
fn a_question_that_two_rules_answer_differently_has_no_answer() {
    let sop = sop();
    let found =
        decided(&Solver::new(&sop), "A colleague asks: “Can I open the cases?” What do you say?", &options(CAN));
    assert_eq!(found, Some(None));
}

#[test]
fn claims_that_are_too_strict_or_too_weak_are_seen() {
    let sop = sop();
    let solver = Solver::new(&sop);
    let told =
        |claim: &str, texts| claimed(&solver, &format!("You hear: “{claim}” Is it true?"), &options(texts)).flatten();
    let bag = ["Yes, the SOP says this.", "No, it is a free choice.", "No, it is forbidden."];
    assert_eq!(told("Small handbags must be carried into the galleries.", bag).as_deref(), Some("b"));
    assert_eq!(told("Small handbags may be carried into the galleries.", bag).as_deref(), Some("a"));
    let label = ["Yes, the SOP says this.", "No, it is only advice.", "No, it is forbidden."];
    assert_eq!(told("Torn labels must be replaced.", label).as_deref(), Some("b"));
    assert_eq!(keeps_force(&solver, "Torn labels must be replaced."), Some(false));
    assert_eq!(keeps_force(&solver, "Torn labels should be replaced."), Some(true));
}

#[test]
fn the_rule_for_a_case_is_remembered_with_its_force() {
    let sop = sop();
    let texts = [
        "Visitors may leave the building.",
        "Visitors must not leave the building.",
        "Visitors must leave the building.",
    ];
    let found = remembered(&Solver::new(&sop), "The alarm sounds. Who is right?", &options(texts));
    assert_eq!(found, Some(Some("c".to_owned())));
}
