use std::collections::HashSet;

use course_format::course::{Answer, GapPiece, GrammarCase, ItemBody, Proven};
use uuid::Uuid;

use super::*;
use crate::engine::forge::Stock;
use crate::engine::outline::LessonPlan;
use crate::engine::test_sop::library;
use crate::engine::verify::{self, solver::Solver};

/// The sound items of one point that these sentences give.
fn items(point: &str, lines: &[&str], level: Level) -> Vec<Made> {
    let library = library("Test", lines);
    let clauses: Vec<ClauseRef> = library.clauses().collect();
    let stock = Stock::new(&library, &clauses);
    let lesson = LessonPlan {
        id: Uuid::nil(),
        number: 1,
        document: 0,
        title: "Test".to_owned(),
        topic: "Test".to_owned(),
        clauses: clauses.clone(),
        practises: Vec::new(),
        recalls: Vec::new(),
    };
    let own: HashSet<ClauseRef> = clauses.iter().copied().collect();
    let bench = Bench { library: &library, stock: &stock, lesson: &lesson, vocabulary: &[], level, own: &own };
    let focus = GrammarFocus {
        id: Uuid::nil(),
        point: point.to_owned(),
        title: String::new(),
        explanation: Proven::language("x"),
        cases: clauses.iter().map(|at| GrammarCase { sentence: library.quote(*at), focus: String::new() }).collect(),
        mistakes: Vec::new(),
    };
    let solver = Solver::new(&library);
    let mut out = make(&bench, &focus);
    out.extend(everywhere(&bench).into_iter().filter(|m| frames(point).contains(&m.frame.as_str())));
    for made in &out {
        assert_eq!(verify::flaws(&library, &solver, made), Vec::<String>::new(), "{} {:?}", made.frame, made.item.body);
    }
    mark(&bench, &focus, &mut out);
    assert!(out.iter().all(|m| m.focus));
    out
}

fn frame<'a>(items: &'a [Made], frame: &str) -> &'a Made {
    let names: Vec<&str> = items.iter().map(|m| m.frame.as_str()).collect();
    items.iter().find(|m| m.frame == frame).unwrap_or_else(|| panic!("{frame} is not among {names:?}"))
}

fn typed(made: &Made) -> String {
    match &made.key.answer {
        Answer::Gap { accepted } => accepted["g1"].join("/"),
        Answer::Transformation { accepted } => accepted[0].clone(),
        Answer::ErrorCorrection { right, .. } => right.clone(),
        Answer::GapSelect { choices } => match &made.item.body {
            ItemBody::GapSelect { options, .. } => {
                options["g1"].iter().find(|o| o.id == choices["g1"]).map(|o| o.text.clone()).unwrap_or_default()
            }
            _ => String::new(),
        },
        _ => String::new(),
    }
}

#[test]
fn the_form_of_a_verb_is_asked_with_its_base() {
    let made = items("passive", &["- The safe is always locked at night."], Level::B1);
    let item = frame(&made, "form-participle");
    assert_eq!(typed(item), "locked");
    let ItemBody::Gap { pieces } = &item.item.body else { panic!("a gap") };
    assert!(pieces.iter().any(|p| matches!(p, GapPiece::Gap { hint: Some(h), .. } if h == "lock")));
    let made = items("by_ing", &["- Do not leave the desk without signing the book."], Level::A2);
    assert_eq!(typed(frame(&made, "form-ing")), "signing");
    let made = items("routine", &["- The porter opens the gate in the morning."], Level::A1);
    assert_eq!(typed(frame(&made, "form-third-person")), "opens");
}

#[test]
fn the_word_that_decides_is_chosen() {
    let made = items("comparison", &["- Rub your hands for at least 20 seconds."], Level::A2);
    assert_eq!(typed(frame(&made, "cue-limit")), "at least");
    assert_eq!(typed(frame(&made, "say-or-more")), "Rub your hands for 20 seconds or more.");
    let made = items("time_limit", &["- Report the accident within 2 hours."], Level::B1);
    assert_eq!(typed(frame(&made, "cue-time-limit")), "within");
    let made = items("relative", &["- Tell the person who signed it."], Level::A2);
    assert!(made.iter().all(|m| m.frame != "cue-by"));
}

#[test]
fn sentences_are_asked_for_and_said_in_other_words() {
    let made = items("time_limit", &["- Wash your hands for 20 seconds."], Level::A2);
    assert_eq!(typed(frame(&made, "ask-slot")), "How long do you wash your hands?");
    let made = items("unless", &["- Do not open the door unless the lamp is green."], Level::B1);
    assert_eq!(typed(frame(&made, "say-if-not")), "Do not open the door if the lamp is not green.");
    let made = items("short_condition", &["- Replace the filter if necessary."], Level::C1);
    assert_eq!(typed(frame(&made, "say-full-condition")), "Replace the filter if it is necessary.");
    let made = items("to_purpose", &["- Press the red button to stop the belt."], Level::A2);
    assert_eq!(typed(frame(&made, "say-in-order-to")), "Press the red button in order to stop the belt.");
    let made = items("to_purpose", &["- Turn off the fan and tell staff to leave the room."], Level::A2);
    assert!(made.iter().all(|m| !matches!(m.frame.as_str(), "say-in-order-to" | "slip-purpose")));
    for passive in
        ["- Forms are kept for 15 years.", "- Bait must be placed in boxes.", "- The host signed in at the desk."]
    {
        let made = items("ed_clause", &[passive], Level::C1);
        assert!(made.iter().all(|m| m.frame != "say-that-is"), "{passive}");
    }
}

#[test]
fn learners_at_a1_build_sentences() {
    let made = items("negative_imperative", &["- Do not touch the hot plate."], Level::A1);
    let item = frame(&made, "rebuild");
    let (ItemBody::StepOrdering { steps }, Answer::StepOrdering { order, .. }) = (&item.item.body, &item.key.answer)
    else {
        panic!("an ordering")
    };
    let said: Vec<&str> =
        order.iter().filter_map(|id| steps.iter().find(|s| s.id == *id)).map(|s| s.text.as_str()).collect();
    assert_eq!(said.join(" "), "Do not touch the hot plate.");
    assert!(
        items("imperative", &["- Wear gloves and goggles at work."], Level::A1).iter().all(|m| m.frame != "rebuild")
    );
}

#[test]
fn another_right_sentence_agrees_with_its_subject() {
    let made = items("must", &["- Every person who enters the hall must wear a badge."], Level::A2);
    let Answer::ErrorCorrection { accepted, .. } = &frame(&made, "slip-modal").key.answer else {
        panic!("a correction")
    };
    assert!(accepted.iter().any(|a| a.contains("has to wear")), "{accepted:?}");
    assert!(accepted.iter().all(|a| !a.contains("have to")), "{accepted:?}");
}

#[test]
fn mistakes_are_those_that_learners_make() {
    for (point, line, frame_name, wrong) in [
        ("modal_passive", "- The result must be recorded in the log.", "slip-be", "must recorded"),
        ("time_limit", "- Rub your hands for 20 seconds.", "slip-since", "since 20"),
        ("when_until", "- Wait until the lamp is green.", "slip-will", "lamp will be"),
        ("comparison", "- Wait for at least 5 minutes.", "slip-limit", "at less"),
        ("order_words", "1 First check the list of names.", "slip-order", "At first"),
        ("imperative", "1 Check the list of names.", "slip-imperative", "To check"),
        ("place", "- Put the bottle on the shelf.", "slip-place", "in the shelf"),
        ("short_condition", "- Replace the filter if necessary.", "slip-short", "if is necessary"),
    ] {
        let made = items(point, &[line], Level::B2);
        let item = frame(&made, frame_name);
        let ItemBody::ErrorCorrection { sentence } = &item.item.body else { panic!("a correction") };
        assert!(sentence.contains(wrong), "{sentence}");
    }
}
