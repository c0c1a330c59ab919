use std::collections::BTreeMap;

use course_format::course::{Answer, Choice, GapPiece, Item, ItemBody};
use uuid::Uuid;

use super::Solver;
use crate::engine::library::Library;
use crate::engine::test_sop::library;

fn sop() -> Library {
    library(
        "Loading",
        &[
            "# Loading dock",
            "1 Chock the wheels of the trailer.",
            "2 Take the keys from the driver.",
            "3 Open the dock door.",
            "- Wait 15 minutes before you open a hot container.",
            "- Store paint in the yellow cabinet.",
            "- Store glue in the yellow cabinet.",
            "- If the floor is wet, put up the warning sign.",
            "- The driver signs the delivery note.",
            "! Do not smoke in the dock.",
        ],
    )
}

fn options(texts: &[&str]) -> Vec<Choice> {
    texts.iter().zip('a'..).map(|(t, id)| Choice { id: id.to_string(), text: (*t).to_owned() }).collect()
}

fn item(stem: &str, body: ItemBody) -> Item {
    Item {
        id: Uuid::nil(),
        stem: stem.to_owned(),
        body,
        critical: false,
        points: 1,
        demand: None,
        expected_right: None,
    }
}

fn single(stem: &str, texts: &[&str], key: &str) -> bool {
    let sop = sop();
    let item = item(stem, ItemBody::SingleChoice { options: options(texts) });
    Solver::new(&sop).agrees(&item, &Answer::SingleChoice { choice: key.to_owned() })
}

fn gap(before: &str, after: &str) -> Vec<GapPiece> {
    vec![
        GapPiece::Text { text: before.to_owned() },
        GapPiece::Gap { id: "g1".to_owned(), hint: None },
        GapPiece::Text { text: after.to_owned() },
    ]
}

fn selected(before: &str, after: &str, texts: &[&str], key: &str) -> bool {
    let sop = sop();
    let body = ItemBody::GapSelect {
        pieces: gap(before, after),
        options: BTreeMap::from([("g1".to_owned(), options(texts))]),
    };
    let key = Answer::GapSelect { choices: BTreeMap::from([("g1".to_owned(), key.to_owned())]) };
    Solver::new(&sop).agrees(&item("Which word is missing?", body), &key)
}

#[test]
fn a_right_key_is_found_and_a_wrong_one_is_not() {
    let texts = ["Put up the warning sign.", "Open the dock door.", "Take the keys from the driver."];
    assert!(single("The floor is wet. What do you do?", &texts, "a"));
    assert!(!single("The floor is wet. What do you do?", &texts, "b"));
}

#[test]
fn two_options_that_are_both_true_are_no_item() {
    let texts = ["Paint", "Glue", "Keys"];
    assert!(!single("What do you store in the yellow cabinet?", &texts, "a"));
    assert!(!single("What do you store in the yellow cabinet?", &texts, "b"));
}

#[test]
fn options_that_the_sop_does_not_know_are_no_item() {
    assert!(!single("What do you do with the crane?", &["Grease it.", "Sell it.", "Hide it."], "a"));
}

#[test]
fn a_gap_with_two_right_words_is_no_item() {
    assert!(selected("Wait ", " before you open a hot container.", &["15 minutes", "20 minutes", "2 hours"], "a"));
    assert!(!selected("Wait ", " before you open a hot container.", &["15 minutes", "20 minutes", "2 hours"], "b"));
    assert!(!selected("Store ", " in the yellow cabinet.", &["paint", "glue", "keys"], "a"));
}

#[test]
fn a_typed_gap_that_two_sentences_fill_is_no_item() {
    let sop = sop();
    let accepts = |word: &str| Answer::Gap { accepted: BTreeMap::from([("g1".to_owned(), vec![word.to_owned()])]) };
    let solver = Solver::new(&sop);
    let one = |before: &str, after: &str| item("Type it.", ItemBody::Gap { pieces: gap(before, after) });
    assert!(solver.agrees(&one("Chock the ", " of the trailer."), &accepts("wheels")));
    assert!(!solver.agrees(&one("Chock the ", " of the trailer."), &accepts("doors")));
    assert!(!solver.agrees(&one("Store ", " in the yellow cabinet."), &accepts("paint")));
}

#[test]
fn statements_are_weighed() {
    let sop = sop();
    let solver = Solver::new(&sop);
    let says = |stem: &str, value| solver.agrees(&item(stem, ItemBody::TrueFalse {}), &Answer::TrueFalse { value });
    assert!(says("The driver signs the delivery note.", true));
    assert!(!says("The driver signs the delivery note.", false));
    assert!(says("You have to wait 20 minutes before you open a hot container.", false));
    assert!(!says("You have to smoke in the dock.", true));
    assert!(!says("The moon is made of cheese.", false), "nothing like it is said, so nothing can be asked");
}

#[test]
fn an_order_that_is_not_the_sops_is_refused() {
    let sop = sop();
    let steps = options(&["Open the dock door.", "Chock the wheels of the trailer.", "Take the keys from the driver."]);
    let asked = item("Put the steps in order.", ItemBody::StepOrdering { steps });
    let order = |ids: [&str; 3]| Answer::StepOrdering {
        order: ids.map(str::to_owned).to_vec(),
        exact: true,
        precedence: Vec::new(),
    };
    let solver = Solver::new(&sop);
    assert!(solver.agrees(&asked, &order(["b", "c", "a"])));
    assert!(!solver.agrees(&asked, &order(["c", "b", "a"])));
}

#[test]
fn corrections_and_rewritings_must_be_the_sops() {
    let sop = sop();
    let solver = Solver::new(&sop);
    let wrong =
        item("Correct it.", ItemBody::ErrorCorrection { sentence: "The driver sign the delivery note.".to_owned() });
    let key = |right: &str| Answer::ErrorCorrection {
        wrong: "sign".to_owned(),
        right: "signs".to_owned(),
        accepted: vec![right.to_owned()],
    };
    assert!(solver.agrees(&wrong, &key("The driver signs the delivery note.")));
    assert!(!solver.agrees(&wrong, &key("The guard signs the delivery note.")));
    let body = |source: &str| ItemBody::Transformation {
        source: source.to_owned(),
        start: "You".to_owned(),
        using: Some("must".to_owned()),
    };
    let said = |text: &str| Answer::Transformation { accepted: vec![text.to_owned()] };
    let rule = item("Use must.", body("Open the dock door."));
    assert!(solver.agrees(&rule, &said("You must open the dock door.")));
    assert!(!solver.agrees(&rule, &said("You must close the dock door.")));
    assert!(!solver.agrees(&item("Use must.", body("Paint the dock door.")), &said("You must paint the dock door.")));
}

#[test]
fn entries_go_where_the_sop_puts_them() {
    let sop = sop();
    let solver = Solver::new(&sop);
    let asked = item(
        "Sort.",
        ItemBody::CategorySort {
            categories: options(&["We do this", "We do not do this"]),
            entries: options(&["Smoke in the dock.", "Open the dock door."]),
        },
    );
    let groups = |smoke: &str, open: &str| Answer::CategorySort {
        groups: BTreeMap::from([("a".to_owned(), smoke.to_owned()), ("b".to_owned(), open.to_owned())]),
    };
    assert!(solver.agrees(&asked, &groups("b", "a")));
    assert!(!solver.agrees(&asked, &groups("a", "b")));
}

#[test]
fn an_order_of_steps_that_is_not_the_sops_is_refused() {
    let texts = ["Open the dock door.", "Chock the wheels of the trailer.", "Smoke in the dock."];
    let next = "You have just taken the keys from the driver. What do you do next?";
    assert!(single(next, &texts, "a"));
    assert!(!single(next, &texts, "b"));
    let waits = "You have not taken the keys from the driver yet. Which of these steps has to wait?";
    assert!(single(waits, &["Chock the wheels of the trailer.", "Open the dock door."], "b"));
    assert!(!single(waits, &["Chock the wheels of the trailer.", "Open the dock door."], "a"));
    let missing =
        "A colleague reports: “I chocked the wheels of the trailer. I opened the dock door.” Which step is missing?";
    assert!(single(missing, &["Take the keys from the driver.", "Open the dock door."], "a"));
    assert!(!single(missing, &["Take the keys from the driver.", "Open the dock door."], "b"));
}

#[test]
fn a_time_that_does_not_follow_from_the_sop_is_refused() {
    let texts = ["10:10", "10:15", "10:30"];
    let stem = "You wait and begin at 10:00. When may you open a hot container, at the earliest?";
    assert!(single(stem, &texts, "b"));
    assert!(!single(stem, &texts, "c"));
    assert!(!single("The crane was greased at 10:00. When is it greased again?", &texts, "b"));
}

#[test]
fn a_message_with_two_mistakes_or_none_is_no_item() {
    let sop = sop();
    let solver = Solver::new(&sop);
    let tap = |texts: &[&str], key: &str| {
        let asked = item("Tap the mistake.", ItemBody::TapEvidence { sentences: options(texts) });
        solver.agrees(&asked, &Answer::TapEvidence { choice: key.to_owned() })
    };
    assert!(tap(&["I took the keys from the driver.", "I smoked in the dock.", "I opened the dock door."], "b"));
    assert!(!tap(&["I took the keys from the driver.", "I opened the dock door."], "a"));
    assert!(!tap(&["I smoked in the dock.", "I stored paint in the red box.", "I opened the dock door."], "a"));
    assert!(tap(&["Store paint in the yellow cabinet.", "Open the dock window."], "b"));
    assert!(!tap(&["Store paint in the yellow cabinet.", "Open the dock door."], "b"));
}

#[test]
fn a_copy_is_right_where_it_is_the_sentence_of_the_sop_whatever_the_question() {
    let copies = [
        "Wait 15 minutes before you open a hot container.",
        "Wait 15 minutes after you open a hot container.",
        "Wait 50 minutes before you open a hot container.",
    ];
    assert!(single("Which of these do you hang up?", &copies, "a"));
    assert!(!single("Which of these do you hang up?", &copies, "b"));
    let reports =
        ["“I chocked the wheels of the trailer.”", "“I stored glue in the red cabinet.”", "“I smoked in the dock.”"];
    assert!(single("Who may go on like this?", &reports, "a"));
    assert!(!single("Who may go on like this?", &reports, "b"));
    let cards = [
        "Open the dock door. Store glue in the yellow cabinet.",
        "Open the dock door. Store glue in the blue cabinet.",
        "Close the dock door. Store glue in the yellow cabinet.",
    ];
    assert!(single("Which card is right?", &cards, "a"));
}
