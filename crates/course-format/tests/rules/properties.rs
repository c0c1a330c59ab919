use std::collections::BTreeMap;

use course_format::course::{Answer, Response};
use course_format::grading::{feedback, grade, kendall_distance, normalise, suggest_score};
use course_format::sop::Span;
use proptest::prelude::*;

use crate::sample::{all_items, gap, ordering};

/// Texts with what answers are made of, and with anything else.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-zA-Z0-9 .,'’´`°C%⁰²³½⅔–−n‑-]{0,40}",
        "(can|can't|cannot|won't|it's|i'm|n't|8|°| |C|½|²|not){0,12}",
    ]
}

/// Ids of the sample items, and others.
fn an_id() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "8 °C",
            "5 °C",
            "check it",
            "sign the note",
            "taste it",
            "g1",
            "check",
            "refuse",
            "sign",
            "store",
            "floor",
            "temperature",
            "warm food",
            "delivery note",
        ])
        .prop_map(str::to_owned),
        text(),
    ]
}

fn response() -> impl Strategy<Value = Response> {
    let ids = || prop::collection::vec(an_id(), 0..8);
    let pairs = || prop::collection::btree_map(an_id(), an_id(), 0..8);
    prop_oneof![
        an_id().prop_map(|choice| Response::SingleChoice { choice }),
        ids().prop_map(|choices| Response::MultiSelect { choices }),
        pairs().prop_map(|entries| Response::Gap { entries }),
        text().prop_map(|typed| Response::Gap { entries: BTreeMap::from([("g1".to_owned(), typed)]) }),
        pairs().prop_map(|pairs| Response::Matching { pairs }),
        ids().prop_map(|order| Response::StepOrdering { order }),
        an_order().prop_map(|order| Response::StepOrdering { order }),
        text().prop_map(|text| Response::ShortAnswer { text }),
        any::<bool>().prop_map(|value| Response::TrueFalse { value }),
        pairs().prop_map(|choices| Response::GapSelect { choices }),
        pairs().prop_map(|groups| Response::CategorySort { groups }),
        pairs().prop_map(|words| Response::WordBank { words }),
        pairs().prop_map(|entries| Response::FormFill { entries }),
        text().prop_map(|text| Response::Dictation { text }),
        text().prop_map(|text| Response::Transformation { text }),
        text().prop_map(|text| Response::ErrorCorrection { text }),
        text().prop_map(|text| Response::Writing { text }),
        text().prop_map(|text| Response::RolePlay { text }),
        text().prop_map(|heard| Response::ReadAloud { heard }),
        an_id().prop_map(|choice| Response::TapEvidence { choice }),
    ]
}

fn an_order() -> impl Strategy<Value = Vec<String>> {
    Just(["check", "refuse", "sign", "store"].map(str::to_owned).to_vec()).prop_shuffle()
}

#[test]
fn the_right_answer_is_always_worth_everything() {
    for (item, key) in all_items() {
        let grade = grade(&item, &key, &key.answer.response()).unwrap();
        assert_eq!(grade.is_pending(), item.item_type().is_open(), "{:?}", item.item_type());
        assert!(grade.is_pending() || grade.score == 1.0, "{:?}", item.item_type());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn normalising_twice_changes_nothing(text in text()) {
        let once = normalise(&text);
        prop_assert_eq!(normalise(&once), once);
    }

    #[test]
    fn any_response_gets_a_score_or_an_error(response in response()) {
        for (item, key) in all_items() {
            match grade(&item, &key, &response) {
                Ok(grade) => {
                    prop_assert!((0.0..=1.0).contains(&grade.score));
                    prop_assert!((0.0..=2.0).contains(&grade.points));
                    prop_assert!(!feedback(&key, &grade).verdict.is_empty());
                }
                Err(error) => {
                    prop_assert!(error.is_response_fault());
                    prop_assert!(error.to_string().chars().count() < 1_000);
                }
            }
        }
    }

    #[test]
    fn what_is_accepted_is_right_however_it_is_typed(wording in "[a-z]{1,12}( [a-z0-9]{1,8}){0,3}") {
        let (item, key) = gap(&[&wording]);
        for typed in [wording.to_uppercase(), format!("  {} .", wording.replace(' ', "   "))] {
            let entries = BTreeMap::from([("g1".to_owned(), typed)]);
            prop_assert_eq!(grade(&item, &key, &Response::Gap { entries }).unwrap().score, 1.0);
        }
    }

    #[test]
    fn a_changed_digit_is_never_forgiven(number in 10_u32..1_000_000, other in 10_u32..1_000_000) {
        prop_assume!(number != other);
        let (item, key) = gap(&[&format!("about {number} boxes")]);
        let entries = BTreeMap::from([("g1".to_owned(), format!("about {other} boxes"))]);
        prop_assert_eq!(grade(&item, &key, &Response::Gap { entries }).unwrap().score, 0.0);
    }

    #[test]
    fn the_distance_of_two_orders_is_symmetric_and_zero_only_for_the_same(a in an_order(), b in an_order()) {
        let distance = kendall_distance(&a, &b).unwrap();
        prop_assert_eq!(kendall_distance(&b, &a).unwrap(), distance);
        prop_assert!((0.0..=1.0).contains(&distance));
        prop_assert_eq!(distance == 0.0, a == b);
        let reversed: Vec<String> = b.iter().rev().cloned().collect();
        prop_assert!((kendall_distance(&a, &reversed).unwrap() + distance - 1.0).abs() < 1e-6);
    }

    #[test]
    fn an_exact_order_scores_all_or_nothing(order in an_order()) {
        let (item, key) = ordering(true);
        let score = grade(&item, &key, &Response::StepOrdering { order: order.clone() }).unwrap().score;
        prop_assert_eq!(score, if order == ["check", "refuse", "sign", "store"] { 1.0 } else { 0.0 });
    }

    #[test]
    fn a_suggestion_never_exceeds_its_rubric(answer in text(), token in text()) {
        let (_, key) = crate::sample::short_answer();
        let Answer::ShortAnswer { mut rubric, .. } = key.answer else { return Ok(()) };
        rubric[0].tokens.push(token);
        let suggestion = suggest_score(&answer, &rubric);
        prop_assert!(suggestion.points <= suggestion.max);
        prop_assert_eq!(suggestion.max, 3);
    }

    #[test]
    fn a_span_is_the_characters_it_counts(text in any::<String>(), start in 0_usize..40, end in 0_usize..40) {
        let expected = (start <= end && end <= text.chars().count())
            .then(|| text.chars().skip(start).take(end - start).collect::<String>());
        prop_assert_eq!(Span { start, end }.of(&text).map(str::to_owned), expected);
    }
}
