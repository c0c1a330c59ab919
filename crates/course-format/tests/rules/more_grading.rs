//! What answers to the item types of format 1.1 are worth.

use course_format::course::{Answer, Item, ItemKey, Precedence, Response};
use course_format::grading::{GradeError, Note, grade};

use crate::sample::{map, ordering, strings};
use crate::sample_items::{
    category_sort, error_correction, form_fill, gap_select, practice_only, transformation, true_false, word_bank,
};

fn score((item, key): &(Item, ItemKey), response: &Response) -> f32 {
    grade(item, key, response).unwrap().score
}

#[test]
fn a_statement_is_true_or_false() {
    assert_eq!(score(&true_false(), &Response::TrueFalse { value: false }), 1.0);
    assert_eq!(score(&true_false(), &Response::TrueFalse { value: true }), 0.0);
}

#[test]
fn every_entry_in_its_group_counts_the_same() {
    let groups = map(&[("check it", "do"), ("taste it", "do"), ("sign the note", "do not")]);
    let got = score(&category_sort(), &Response::CategorySort { groups });
    assert!((got - 1.0 / 3.0).abs() < 1e-6, "{got}");
}

#[test]
fn a_place_takes_its_own_options_only_and_may_not_be_left_empty() {
    let (item, key) = gap_select();
    let given = |pairs: &[(&str, &str)]| grade(&item, &key, &Response::GapSelect { choices: map(pairs) });
    assert!(matches!(given(&[("g1", "hotter")]), Err(GradeError::UnknownId { .. })));
    assert!(matches!(given(&[("g2", "warmer")]), Err(GradeError::UnknownId { .. })));
    assert!(matches!(given(&[]), Err(GradeError::Missing { .. })));
    assert_eq!(given(&[("g1", "colder")]).unwrap().score, 0.0);
}

#[test]
fn a_word_of_the_bank_is_used_once() {
    let (item, key) = word_bank();
    let words = map(&[("g1", "warmer"), ("g2", "warmer")]);
    assert!(matches!(grade(&item, &key, &Response::WordBank { words }), Err(GradeError::Duplicate { .. })));
}

#[test]
fn a_dictation_is_worth_the_words_that_were_heard() {
    let dictation = &practice_only()[0];
    let written = |text: &str| score(dictation, &Response::Dictation { text: text.to_owned() });
    assert_eq!(written("refuse food that is warmer than 8°C"), 1.0);
    assert_eq!(written("Refuse food that is warmer than 9 °C."), 7.0 / 8.0);
    assert_eq!(written("warmer than"), 2.0 / 8.0);
    assert_eq!(written(""), 0.0);
}

#[test]
fn more_words_than_were_read_aloud_do_not_help() {
    let reading = &practice_only()[1];
    let heard = "Refuse food that is warmer than 8 °C. ".repeat(3);
    let got = score(reading, &Response::ReadAloud { heard });
    assert!((got - 1.0 / 3.0).abs() < 1e-6, "{got}");
}

#[test]
fn any_accepted_sentence_is_right_and_one_slip_is_forgiven_and_said() {
    let say = |text: &str| {
        let (item, key) = transformation();
        grade(&item, &key, &Response::Transformation { text: text.to_owned() }).unwrap()
    };
    assert_eq!(say("warm food has to be refused").score, 1.0);
    let slip = say("Warm food must be refusd.");
    assert_eq!(slip.score, 1.0);
    assert!(matches!(&slip.notes[..], [Note::SpellingForgiven { .. }]));
    assert_eq!(say("Warm food must not be refused.").score, 0.0);
    assert_eq!(say("Warm food is refused.").score, 0.0);
}

#[test]
fn the_sentence_as_it_was_is_no_correction() {
    let text = "Refuse food that are warmer than 8 °C.".to_owned();
    assert_eq!(score(&error_correction(), &Response::ErrorCorrection { text }), 0.0);
}

#[test]
fn a_form_takes_the_number_with_or_without_its_unit_and_no_other_number() {
    let fill = |t: &str, a: &str| score(&form_fill(), &Response::FormFill { entries: map(&[("t", t), ("a", a)]) });
    assert_eq!(fill("10", "refused"), 1.0);
    assert_eq!(fill("10°C", "Food refused."), 1.0);
    assert_eq!(fill("100", "refused"), 0.5);
}

#[test]
fn every_order_that_the_sop_permits_is_right() {
    let (item, mut key) = ordering(false);
    let first = |before: &str, after: &str| Precedence { before: before.to_owned(), after: after.to_owned() };
    key.answer = Answer::StepOrdering {
        order: strings(&["check", "refuse", "sign", "store"]),
        exact: true,
        precedence: vec![first("check", "refuse"), first("check", "sign"), first("check", "store")],
    };
    let order = |steps: &[&str]| Response::StepOrdering { order: strings(steps) };
    assert_eq!(score(&(item.clone(), key.clone()), &order(&["check", "store", "sign", "refuse"])), 1.0);
    assert_eq!(score(&(item, key), &order(&["store", "check", "sign", "refuse"])), 0.0);
}

#[test]
fn what_the_sop_leaves_free_costs_no_points() {
    let (item, mut key) = ordering(false);
    let then = |before: &str, after: &str| Precedence { before: before.to_owned(), after: after.to_owned() };
    // Refusing and signing may change places.
    key.answer = Answer::StepOrdering {
        order: strings(&["check", "refuse", "sign", "store"]),
        exact: false,
        precedence: vec![
            then("check", "refuse"),
            then("check", "sign"),
            then("refuse", "store"),
            then("sign", "store"),
        ],
    };
    let graded =
        |steps: &[&str]| score(&(item.clone(), key.clone()), &Response::StepOrdering { order: strings(steps) });
    assert_eq!(graded(&["check", "sign", "refuse", "store"]), 1.0);
    // Five demands, with the one that follows from the others; storing before signing breaks one of them.
    assert_eq!(graded(&["check", "refuse", "store", "sign"]), 0.8);
    assert_eq!(graded(&["store", "sign", "refuse", "check"]), 0.0);
}
