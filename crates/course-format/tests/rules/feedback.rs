use course_format::course::{Item, ItemKey, Response};
use course_format::grading::{Feedback, feedback, grade};

use crate::sample::{gap, map, matching, ordering, quote, short_answer, single_choice, strings};

fn told((item, key): &(Item, ItemKey), response: &Response) -> Feedback {
    feedback(key, &grade(item, key, response).unwrap())
}

#[test]
fn a_wrong_answer_gets_the_reason_and_the_sops_words() {
    let told = told(&single_choice(), &Response::SingleChoice { choice: "20 °C".to_owned() });
    assert_eq!(told.verdict, "Not yet.");
    assert_eq!(told.rationale, "Food above 8 °C is not safe.");
    assert_eq!(told.quotes[0].text, "Refuse food that is warmer than 8 °C.");
    assert_eq!(told.quotes[0].section.as_deref(), Some("Receiving chilled food"));
}

#[test]
fn a_forgiven_slip_is_shown() {
    let told = told(&gap(&["thermometer"]), &Response::Gap { entries: map(&[("g1", "thermometr")]) });
    assert_eq!(told.verdict, "Correct. Check the spelling: you wrote “thermometr”; it is “thermometer”.");
}

#[test]
fn a_part_of_the_answer_is_counted_in_words() {
    let pairs = map(&[("check", "temperature"), ("refuse", "delivery note"), ("sign", "floor")]);
    let told_of = told(&matching(), &Response::Matching { pairs });
    assert_eq!(told_of.verdict, "Partly right: 1 of 3 pairs is correct.");

    let order = strings(&["refuse", "sign", "store", "check"]);
    let told_of = told(&ordering(false), &Response::StepOrdering { order });
    assert_eq!(told_of.verdict, "Partly right: no step is in its place yet, but some follow each other correctly.");
}

#[test]
fn a_safe_order_is_explained() {
    let order = strings(&["refuse", "check", "sign", "store"]);
    let told = told(&ordering(true), &Response::StepOrdering { order });
    assert_eq!(told.verdict, "Not yet. Here only one order is safe, so every step must be in its place.");
}

#[test]
fn an_open_answer_reveals_nothing_before_it_is_graded() {
    let told = told(&short_answer(), &Response::ShortAnswer { text: "With the probe.".to_owned() });
    assert_eq!(told.verdict, "Thank you. Your trainer will read your answer and grade it.");
    assert_eq!((told.rationale.as_str(), told.quotes.len()), ("", 0));
}

#[test]
fn the_same_quote_is_shown_once() {
    let (item, mut key) = single_choice();
    key.provenance.push(key.provenance[0].clone());
    key.provenance.push(quote("floor", "never leave chilled food on the floor"));
    let told = told(&(item, key), &Response::SingleChoice { choice: "8 °C".to_owned() });
    assert_eq!(told.quotes.len(), 2);
}
