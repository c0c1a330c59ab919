use course_format::Level;

use crate::engine::author::dialogue::rules::said;
use crate::engine::english::parse::parse;

fn of(text: &str, level: Level) -> Option<(String, String)> {
    said(text, &parse(text), level, "")?.exact.first().cloned()
}

fn pair(question: &str, answer: &str) -> (String, String) {
    (question.to_owned(), answer.to_owned())
}

#[test]
fn times_places_and_amounts_have_questions_of_their_own() {
    for (text, question, answer) in [
        (
            "Claims have to be submitted in the online tool within 30 days of the trip.",
            "How soon do claims have to be submitted in the online tool?",
            "Within 30 days of the trip.",
        ),
        ("Drivers report to the gate office.", "Where do drivers report?", "To the gate office."),
        ("A lost key costs EUR 30.", "How much does a lost key cost?", "EUR 30."),
        ("The lunch allowance is EUR 12.", "What’s the lunch allowance?", "EUR 12."),
        (
            "Employees wear their badge where it can be seen.",
            "Where do I have to wear my badge?",
            "Where it can be seen.",
        ),
        (
            "The gate may not stay open for longer than 5 minutes.",
            "How long can the gate stay open?",
            "It may not stay open for longer than 5 minutes.",
        ),
        ("Tickets have to be booked by 5 p.m.", "By when do tickets have to be booked?", "By 5 p.m."),
    ] {
        assert_eq!(of(text, Level::B1), Some(pair(question, answer)), "{text}");
    }
}

#[test]
fn what_is_not_allowed_is_asked_as_a_permission() {
    for (text, question, answer) in [
        ("Tips are not refunded.", "Are tips refunded?", "No, they aren’t."),
        ("Smoking is forbidden in the store.", "Is smoking allowed in the store?", "No, it’s forbidden."),
        (
            "Drivers without a permit are not admitted unless the shift lead agrees.",
            "Are drivers without a permit admitted?",
            "No, not unless the shift lead agrees.",
        ),
        (
            "Keys may be handed only to a registered driver.",
            "Who can keys be handed to?",
            "Only to a registered driver.",
        ),
        ("Drivers have to be accompanied at all times.", "Do drivers have to be accompanied?", "Yes, at all times."),
        (
            "Phones may be connected to the guest network only.",
            "What can phones be connected to?",
            "To the guest network only.",
        ),
    ] {
        assert_eq!(of(text, Level::A2), Some(pair(question, answer)), "{text}");
    }
}

#[test]
fn the_answer_is_about_the_one_who_asked_and_answers_no_more_than_that() {
    let screen = of("Employees should lock their screen whenever they leave their desk.", Level::B1);
    assert_eq!(screen, Some(pair("When should I lock my screen?", "Whenever you leave your desk.")));
    let lists = of("Lists have to be kept in a cabinet and shredded when they are no longer needed.", Level::B1);
    assert!(lists.is_none_or(|(question, _)| !question.starts_with("Where")));
}
