use course_format::course::Response;
use course_format::grading::{Grade, GradeError, Note, Verdict, grade};

use crate::sample::{choices, gap, map, matching, multi_select, ordering, short_answer, single_choice, strings};

fn chosen(id: &str) -> Response {
    Response::SingleChoice { choice: id.to_owned() }
}

fn right_parts(grade: &Grade) -> Vec<&str> {
    grade.parts.iter().filter(|part| part.correct).map(|part| part.id.as_str()).collect()
}

#[test]
fn the_right_option_earns_all_points() {
    let (item, key) = single_choice();
    let grade = grade(&item, &key, &chosen("8 °C")).unwrap();
    assert_eq!((grade.verdict, grade.points, grade.max_points), (Verdict::Correct, 2.0, 2));
}

#[test]
fn a_wrong_option_earns_nothing() {
    let (item, key) = single_choice();
    let grade = grade(&item, &key, &chosen("5 °C")).unwrap();
    assert_eq!((grade.verdict, grade.score), (Verdict::Wrong, 0.0));
}

#[test]
fn an_option_that_does_not_exist_is_refused() {
    let (item, key) = single_choice();
    let error = grade(&item, &key, &chosen("9 °C")).unwrap_err();
    assert_eq!(error, GradeError::UnknownId { what: "option", id: "9 °C".to_owned() });
    assert!(error.is_response_fault());
}

#[test]
fn an_endless_id_is_refused_without_being_repeated() {
    let (item, key) = single_choice();
    let error = grade(&item, &key, &chosen(&"x".repeat(1 << 20))).unwrap_err();
    assert!(error.to_string().len() < 200);
}

#[test]
fn half_of_the_right_options_earn_half() {
    let (item, key) = multi_select();
    let response = Response::MultiSelect { choices: strings(&["check it", "taste it"]) };
    let grade = grade(&item, &key, &response).unwrap();
    assert_eq!((grade.verdict, grade.score), (Verdict::Partly, 0.5));
    assert_eq!(right_parts(&grade), ["check it"]);
}

#[test]
fn choosing_every_option_is_refused() {
    let (item, key) = multi_select();
    let all = strings(&["check it", "sign the note", "leave it on the floor", "taste it"]);
    let error = grade(&item, &key, &Response::MultiSelect { choices: all }).unwrap_err();
    assert_eq!(error, GradeError::SelectCount { expected: 2, given: 4 });
}

#[test]
fn choosing_one_option_twice_is_refused() {
    let (item, key) = multi_select();
    let response = Response::MultiSelect { choices: strings(&["check it", "check it"]) };
    assert_eq!(grade(&item, &key, &response).unwrap_err().code(), "duplicate");
}

#[test]
fn each_right_pair_earns_its_share() {
    let (item, key) = matching();
    let pairs = map(&[("check", "temperature"), ("refuse", "floor"), ("sign", "delivery note")]);
    let grade = grade(&item, &key, &Response::Matching { pairs }).unwrap();
    assert!((grade.score - 2.0 / 3.0).abs() < 1e-6);
    assert_eq!(right_parts(&grade), ["check", "sign"]);
}

#[test]
fn an_entry_without_a_pair_is_refused() {
    let (item, key) = matching();
    let pairs = map(&[("check", "temperature"), ("refuse", "floor")]);
    let error = grade(&item, &key, &Response::Matching { pairs }).unwrap_err();
    assert_eq!(error, GradeError::Missing { what: "left entry", id: "sign".to_owned() });
}

#[test]
fn one_right_entry_cannot_serve_two_left_ones() {
    let (item, key) = matching();
    let pairs = map(&[("check", "floor"), ("refuse", "floor"), ("sign", "floor")]);
    assert_eq!(grade(&item, &key, &Response::Matching { pairs }).unwrap_err().code(), "duplicate");
}

#[test]
fn two_swapped_neighbours_cost_one_pair_of_six() {
    let (item, key) = ordering(false);
    let order = strings(&["check", "refuse", "store", "sign"]);
    let grade = grade(&item, &key, &Response::StepOrdering { order }).unwrap();
    assert!((grade.score - 5.0 / 6.0).abs() < 1e-6);
    assert_eq!(right_parts(&grade), ["check", "refuse"]);
}

#[test]
fn the_reverse_order_earns_nothing() {
    let (item, key) = ordering(false);
    let order = strings(&["store", "sign", "refuse", "check"]);
    assert_eq!(grade(&item, &key, &Response::StepOrdering { order }).unwrap().verdict, Verdict::Wrong);
}

#[test]
fn where_order_is_safety_critical_one_swap_costs_everything() {
    let (item, key) = ordering(true);
    let order = strings(&["check", "refuse", "store", "sign"]);
    let grade = grade(&item, &key, &Response::StepOrdering { order }).unwrap();
    assert_eq!((grade.verdict, grade.notes), (Verdict::Wrong, vec![Note::OrderIsExact]));
}

#[test]
fn an_order_must_hold_every_step_once() {
    let (item, key) = ordering(false);
    let code =
        |order: &[&str]| grade(&item, &key, &Response::StepOrdering { order: strings(order) }).unwrap_err().code();
    assert_eq!(code(&["check", "refuse", "store"]), "missing");
    assert_eq!(code(&["check", "refuse", "store", "store"]), "duplicate");
    assert_eq!(code(&["check", "refuse", "store", "run"]), "unknown_id");
    assert_eq!(code(&[]), "missing");
}

#[test]
fn a_response_of_another_type_is_refused() {
    let (item, key) = ordering(false);
    let error = grade(&item, &key, &chosen("check")).unwrap_err();
    assert_eq!(error.to_string(), "this item needs an answer of the type step_ordering, not single_choice");
}

#[test]
fn a_key_of_another_type_is_the_courses_fault() {
    let ((item, _), (_, key)) = (single_choice(), short_answer());
    let error = grade(&item, &key, &chosen("8 °C")).unwrap_err();
    assert_eq!((error.code(), error.is_response_fault()), ("broken_key", false));
}

#[test]
fn a_key_that_lacks_a_gap_a_pair_or_a_step_is_the_courses_fault() {
    let (item, key) = gap(&[]);
    let entries = map(&[("g1", "thermometer")]);
    assert!(!grade(&item, &key, &Response::Gap { entries }).unwrap_err().is_response_fault());

    let (mut item, key) = matching();
    item.body = course_format::course::ItemBody::Matching { left: choices(&["new"]), right: choices(&["floor"]) };
    let pairs = map(&[("new", "floor")]);
    assert!(!grade(&item, &key, &Response::Matching { pairs }).unwrap_err().is_response_fault());

    let (mut item, key) = ordering(false);
    item.body = course_format::course::ItemBody::StepOrdering { steps: choices(&["new"]) };
    let order = strings(&["new"]);
    assert!(!grade(&item, &key, &Response::StepOrdering { order }).unwrap_err().is_response_fault());
}

#[test]
fn a_response_with_unknown_fields_cannot_be_read() {
    let json = r#"{"type": "single_choice", "choice": "8 °C", "score": 1.0}"#;
    assert!(serde_json::from_str::<Response>(json).is_err());
}

#[test]
fn a_trainers_decision_stays_between_nothing_and_everything() {
    assert_eq!(Grade::decided(7.0, 4).points, 4.0);
    assert_eq!(Grade::decided(-1.0, 4).points, 0.0);
    assert_eq!(Grade::decided(f32::NAN, 4).points, 0.0);
    assert_eq!(Grade::decided(0.5, 4).verdict, Verdict::Partly);
}
