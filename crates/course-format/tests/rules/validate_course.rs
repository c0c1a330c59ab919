use course_format::course::{Answer, Choice, CoursePackage, GapPiece, ItemBody, Precedence, Relation};
use course_format::validate::validate_course;
use uuid::Uuid;

use crate::sample::{choices, map, package, strings, uuid};
use crate::sample_items::practice_only;

const ITEMS: &str = "/course/units/0/lessons/0/activities/0/items";

/// The violations after a change to the sample, as `path code`.
fn after(change: impl FnOnce(&mut CoursePackage)) -> Vec<String> {
    let mut package = package();
    change(&mut package);
    validate_course(&package).iter().map(|v| format!("{} {}", v.path, v.code)).collect()
}

fn body(package: &mut CoursePackage, item: usize) -> &mut ItemBody {
    &mut package.course.units[0].lessons[0].activities[0].items[item].body
}

fn answer(package: &mut CoursePackage, id: u128) -> &mut Answer {
    &mut package.keys.0.get_mut(&uuid(id)).unwrap().answer
}

fn at_key(id: u128, rest: &str) -> String {
    format!("/keys/{}{rest}", uuid(id))
}

#[test]
fn the_sample_breaks_no_rule() {
    assert_eq!(after(|_| ()), Vec::<String>::new());
}

#[test]
fn numbers_hours_minutes_and_marks_are_plausible() {
    assert_eq!(after(|p| p.course.units[0].number = 2), ["/course/units/0/number number"]);
    assert_eq!(after(|p| p.course.units[0].lessons[0].number = 0), ["/course/units/0/lessons/0/number number"]);
    assert_eq!(after(|p| p.course.units[0].lessons[0].minutes = 0), ["/course/units/0/lessons/0/minutes minutes"]);
    assert_eq!(after(|p| p.course.hours = f32::NAN), ["/course/hours hours"]);
    assert_eq!(after(|p| p.course.assessment.pass_mark = 75.0), ["/course/assessment/pass_mark pass_mark"]);
    assert_eq!(after(|p| p.course.assessment.pass_mark = f32::NAN), ["/course/assessment/pass_mark pass_mark"]);
    assert_eq!(after(|p| p.quality.clause_coverage = 1.1), ["/quality/clause_coverage share"]);
    assert_eq!(after(|p| p.course.format_version = "2.0".to_owned()), ["/course/format_version format_version"]);
    assert_eq!(after(|p| p.course.format_version = "1.7".to_owned()), Vec::<String>::new());
}

#[test]
fn lessons_are_numbered_through_the_whole_course() {
    let found = after(|p| {
        let mut unit = p.course.units[0].clone();
        unit.id = uuid(500);
        unit.number = 2;
        unit.lessons[0].id = uuid(501);
        unit.lessons[0].vocabulary.clear();
        unit.lessons[0].reading.lines.clear();
        unit.lessons[0].activities.clear();
        unit.lessons[0].variants.clear();
        (unit.lessons[0].grammar, unit.lessons[0].dialogue, unit.lessons[0].role_play) = (None, None, None);
        p.course.units.push(unit);
    });
    assert_eq!(found, ["/course/units/1/lessons/0/number number"]);
}

#[test]
fn an_id_names_one_thing_in_the_whole_course() {
    let found = after(|p| p.course.assessment.id = p.course.units[0].lessons[0].id);
    assert_eq!(found, ["/course/assessment/id duplicate_id"]);
}

#[test]
fn a_course_with_nothing_in_it_says_where() {
    let found = after(|p| p.course.units[0].lessons.clear());
    assert!(found.contains(&"/course/units/0/lessons empty".to_owned()), "{found:?}");
    let found = after(|p| p.course.assessment.items.clear());
    assert!(found.contains(&"/course/assessment/items empty".to_owned()), "{found:?}");
}

#[test]
fn every_item_has_a_key_and_every_key_an_item() {
    let found = after(|p| {
        let key = p.keys.0.remove(&uuid(104)).unwrap();
        p.keys.0.insert(uuid(999), key);
    });
    assert_eq!(found, [format!("{ITEMS}/3 key_missing"), at_key(999, " key_without_item")]);
}

#[test]
fn a_key_has_its_items_type() {
    let found = after(|p| *answer(p, 101) = Answer::MultiSelect { choices: strings(&["8 °C"]) });
    assert_eq!(found, [at_key(101, "/answer/type key_type")]);
}

#[test]
fn a_key_names_options_that_exist() {
    let found = after(|p| *answer(p, 101) = Answer::SingleChoice { choice: "9 °C".to_owned() });
    assert_eq!(found, [at_key(101, "/answer/choice unknown_choice")]);
    let found = after(|p| *answer(p, 102) = Answer::MultiSelect { choices: strings(&["check it", "check it"]) });
    assert_eq!(found, [at_key(102, "/answer/choices/1 duplicate_id")]);
    let found = after(|p| *answer(p, 102) = Answer::MultiSelect { choices: strings(&["check it"]) });
    assert_eq!(found, [at_key(102, "/answer/choices select")]);
}

#[test]
fn options_that_read_the_same_are_one_option() {
    let found = after(|p| {
        let mut options = choices(&["8 °C", "5 °C"]);
        options.push(Choice { id: "x".to_owned(), text: " 8°C. ".to_owned() });
        *body(p, 0) = ItemBody::SingleChoice { options };
    });
    assert_eq!(found, [format!("{ITEMS}/0/body/options/2/text duplicate_text")]);
}

#[test]
fn one_option_is_no_choice() {
    let found = after(|p| *body(p, 0) = ItemBody::SingleChoice { options: choices(&["8 °C"]) });
    assert_eq!(found, [format!("{ITEMS}/0/body/options too_few")]);
}

#[test]
fn a_gap_accepts_something_that_can_be_typed() {
    let accepted = |wordings: &[&str]| Answer::Gap { accepted: [("g1".to_owned(), strings(wordings))].into() };
    assert_eq!(after(|p| *answer(p, 103) = accepted(&[])), [at_key(103, "/answer/accepted/g1 no_wording")]);
    assert_eq!(after(|p| *answer(p, 103) = accepted(&["probe", " ."])), [at_key(103, "/answer/accepted/g1/1 wording")]);
    let found = after(|p| *body(p, 2) = ItemBody::Gap { pieces: vec![GapPiece::Text { text: "No gap.".to_owned() }] });
    assert_eq!(found, [format!("{ITEMS}/2/body/pieces no_gap"), at_key(103, "/answer/accepted/g1 unknown_gap")]);
}

#[test]
fn pairs_are_one_to_one_and_known() {
    let found = after(|p| {
        let pairs = map(&[("check", "temperature"), ("refuse", "temperature"), ("store", "floor")]);
        *answer(p, 104) = Answer::Matching { pairs };
    });
    let expected = ["/sign no_pair", "/refuse pair_twice", "/store unknown_choice"];
    assert_eq!(found, expected.map(|rest| at_key(104, &format!("/answer/pairs{rest}"))));
}

#[test]
fn an_order_is_a_permutation_of_the_steps() {
    let found = after(|p| {
        *answer(p, 105) =
            Answer::StepOrdering { order: strings(&["check", "check", "sign"]), exact: false, precedence: Vec::new() };
    });
    assert_eq!(found, [at_key(105, "/answer/order/1 duplicate_id"), at_key(105, "/answer/order not_a_permutation")]);
}

#[test]
fn what_must_come_first_agrees_with_the_order() {
    let found = after(|p| {
        let Answer::StepOrdering { order, precedence, .. } = answer(p, 105) else { panic!() };
        let (first, last) = (order[0].clone(), order[order.len() - 1].clone());
        precedence.push(Precedence { before: first.clone(), after: last.clone() });
        precedence.push(Precedence { before: last, after: first.clone() });
        precedence.push(Precedence { before: first, after: "nowhere".to_owned() });
    });
    assert_eq!(found, [1, 2].map(|i| at_key(105, &format!("/answer/precedence/{i} precedence"))));
}

#[test]
fn the_order_on_the_screen_gives_nothing_away() {
    let found =
        after(|p| *body(p, 4) = ItemBody::StepOrdering { steps: choices(&["check", "refuse", "sign", "store"]) });
    assert_eq!(found, [at_key(105, "/answer/order shown_in_key_order")]);
    let found = after(|p| {
        let right = choices(&["temperature", "warm food", "delivery note", "floor"]);
        *body(p, 3) = ItemBody::Matching { left: choices(&["check", "refuse", "sign"]), right };
    });
    assert_eq!(found, [at_key(104, "/answer/pairs shown_in_key_order")]);
}

#[test]
fn a_short_answer_has_a_rubric_and_limits_that_somebody_can_meet() {
    let found = after(|p| *answer(p, 106) = Answer::ShortAnswer { model: " ".to_owned(), rubric: vec![] });
    assert_eq!(found, [at_key(106, "/answer/model blank"), at_key(106, "/answer/rubric empty")]);
    let found = after(|p| *body(p, 5) = ItemBody::ShortAnswer { min_words: 20, max_words: 10 });
    assert_eq!(found, [format!("{ITEMS}/5/body/max_words word_limits")]);
}

#[test]
fn what_claims_something_shows_its_source() {
    let objective = "/course/units/0/lessons/0/objectives/0";
    let found = after(|p| p.course.units[0].lessons[0].objectives[0].provenance.clear());
    assert_eq!(found, [format!("{objective}/provenance provenance_missing")]);
    let found = after(|p| p.course.units[0].lessons[0].objectives[0].provenance[0].document_id = Uuid::nil());
    assert_eq!(found, [format!("{objective}/provenance/0/document_id document_not_listed")]);
    let found = after(|p| p.course.units[0].lessons[0].objectives[0].provenance[0].span.end += 1);
    assert_eq!(found, [format!("{objective}/provenance/0/span span")]);
    let found = after(|p| p.keys.0.get_mut(&uuid(101)).unwrap().provenance.clear());
    assert_eq!(found, [at_key(101, "/provenance provenance_missing")]);
}

#[test]
fn what_is_called_a_quote_is_one() {
    let found = after(|p| p.course.units[0].lessons[0].objectives[0].relation = Relation::Quote);
    assert_eq!(found, ["/course/units/0/lessons/0/objectives/0/text not_a_quote"]);
    let found =
        after(|p| p.course.units[0].lessons[0].reading.lines[0].text.text = "Check the\n temperature".to_owned());
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn paths_are_json_pointers_into_the_package() {
    let mut package = package();
    package.course.units[0].lessons[0].activities[0].items[1].points = 0;
    package.keys.0.get_mut(&uuid(103)).unwrap().rationale.clear();
    let json = serde_json::to_value(&package).unwrap();
    let violations = validate_course(&package);
    assert_eq!(violations.len(), 2);
    for violation in violations {
        assert!(json.pointer(&violation.path).is_some(), "{violation}");
    }
}

#[test]
fn a_test_holds_nothing_that_is_for_practice_only() {
    for (mut item, key) in practice_only() {
        let found = after(|p| {
            item.id = uuid(900);
            p.keys.0.insert(item.id, key.clone());
            p.course.assessment.items.push(item.clone());
        });
        assert_eq!(found, ["/course/assessment/items/1/body/type practice_only"]);
    }
}

#[test]
fn places_have_one_of_their_options() {
    let none = map(&[]);
    let found = after(|p| *answer(p, 111) = Answer::GapSelect { choices: map(&[("g1", "hotter")]) });
    assert_eq!(found, [at_key(111, "/answer/choices/g1 unknown_choice")]);
    let found = after(|p| *answer(p, 113) = Answer::WordBank { words: none.clone() });
    assert_eq!(found, [at_key(113, "/answer/words/g1 no_pair")]);
    let found = after(|p| {
        *answer(p, 112) = Answer::CategorySort { groups: map(&[("check it", "do"), ("taste it", "perhaps")]) };
    });
    let expected = ["/taste it unknown_choice", "/sign the note no_pair"];
    assert_eq!(found, expected.map(|rest| at_key(112, &format!("/answer/groups{rest}"))));
}

#[test]
fn a_sentence_to_correct_has_a_mistake_and_an_accepted_sentence() {
    let found = after(|p| {
        let is = "is".to_owned();
        *answer(p, 115) = Answer::ErrorCorrection { wrong: is.clone(), right: is, accepted: Vec::new() };
    });
    assert_eq!(found, [at_key(115, "/answer/right no_error"), at_key(115, "/answer/accepted no_wording")]);
}

#[test]
fn only_people_of_the_dialogue_speak() {
    let found = after(|p| {
        let dialogue = p.course.units[0].lessons[0].dialogue.as_mut().unwrap();
        dialogue.turns[1].role = "Nobody".to_owned();
    });
    assert_eq!(found, ["/course/units/0/lessons/0/dialogue/turns/1/role unknown_role"]);
}

#[test]
fn every_part_of_a_lesson_shows_its_source() {
    let lesson = "/course/units/0/lessons/0";
    let found = after(|p| {
        let lesson = &mut p.course.units[0].lessons[0];
        lesson.dialogue.as_mut().unwrap().turns[1].text.provenance.clear();
        lesson.grammar.as_mut().unwrap().cases[0].sentence.provenance.clear();
        lesson.role_play.as_mut().unwrap().checklist[0].provenance.clear();
        lesson.variants[0].reading.lines[0].text.provenance.clear();
        lesson.trainer_page.as_mut().unwrap().concept_questions[0].answer.provenance.clear();
    });
    let places = [
        "grammar/cases/0/sentence",
        "dialogue/turns/1/text",
        "role_play/checklist/0",
        "variants/0/reading/lines/0/text",
        "trainer_page/concept_questions/0/answer",
    ];
    assert_eq!(found, places.map(|place| format!("{lesson}/{place}/provenance provenance_missing")));
}
