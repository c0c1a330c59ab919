use std::collections::BTreeSet;

use course_format::Level;
use course_format::course::{Answer, Item, ItemKey, ItemType, Response};
use course_format::grading::grade;
use course_format::validate::validate_course;
use proptest::prelude::*;

use crate::engine::author::RulesAuthor;
use crate::engine::library::Library;
use crate::engine::test_sop::library;
use crate::engine::{Brief, assemble, forge_candidates, outline, plan, select_sound, write};

use super::Forged;

fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

fn brief(level: Level) -> Brief {
    serde_json::from_value(serde_json::json!({
        "course_id": uuid::Uuid::from_u128(1), "request_id": uuid::Uuid::from_u128(2),
        "client_id": uuid::Uuid::from_u128(3), "title": null, "level": level, "hours": null,
    }))
    .unwrap()
}

/// Everything up to the choice of items, and the faults that the whole package would have.
fn forged(library: &Library, level: Level) -> Option<(Forged, Vec<String>)> {
    let plan = plan::plan(library).ok()?;
    let brief = brief(level);
    let outline = outline::outline(&brief, library, &plan);
    let texts = block_on(write(&RulesAuthor, &brief, library, &outline, &[])).ok()?;
    let candidates = forge_candidates(library, &outline, &texts);
    let forged = select_sound(library, &outline, candidates).ok()?;
    let package = assemble::package("test", &brief, library, &outline, texts, forged.clone());
    Some((forged, validate_course(&package).iter().map(ToString::to_string).collect()))
}

/// The key, given as an answer.
fn response(item: &Item, key: &ItemKey) -> Option<Response> {
    Some(match key.answer.clone() {
        Answer::SingleChoice { choice } => Response::SingleChoice { choice },
        Answer::TrueFalse { value } => Response::TrueFalse { value },
        Answer::MultiSelect { choices } => Response::MultiSelect { choices },
        Answer::Gap { accepted } => {
            Response::Gap { entries: accepted.into_iter().map(|(id, a)| (id, a[0].clone())).collect() }
        }
        Answer::GapSelect { choices } => Response::GapSelect { choices },
        Answer::Matching { pairs } => Response::Matching { pairs },
        Answer::CategorySort { groups } => Response::CategorySort { groups },
        Answer::WordBank { words } => Response::WordBank { words },
        Answer::StepOrdering { order, .. } => Response::StepOrdering { order },
        Answer::Dictation { text } => Response::Dictation { text },
        Answer::Transformation { accepted } => Response::Transformation { text: accepted[0].clone() },
        Answer::ErrorCorrection { accepted, .. } => Response::ErrorCorrection { text: accepted[0].clone() },
        Answer::FormFill { accepted } => {
            Response::FormFill { entries: accepted.into_iter().map(|(id, a)| (id, a[0].clone())).collect() }
        }
        Answer::TapEvidence { choice } => Response::TapEvidence { choice },
        Answer::ReadAloud { text } => Response::ReadAloud { heard: text },
        Answer::Flashcard { .. } => Response::Flashcard { recalled: true },
        _ if item.item_type().is_open() => return None,
        _ => return None,
    })
}

fn check(forged: &Forged, faults: &[String]) {
    assert!(faults.is_empty(), "{faults:?}");
    let items: Vec<_> = forged.lessons.iter().flat_map(|l| &l.items).chain(&forged.assessment).collect();
    let ids: BTreeSet<_> = items.iter().map(|m| m.item.id).collect();
    assert_eq!(ids.len(), items.len(), "an item is in one place only");
    for made in &items {
        if let Some(response) = response(&made.item, &made.key) {
            let grade = grade(&made.item, &made.key, &response).unwrap();
            assert!((grade.score - 1.0).abs() < 1e-6, "{} {}", made.item.item_type(), made.item.stem);
        }
    }
    assert!(forged.assessment.iter().all(|m| !m.item.item_type().is_practice_only()));
}

const DOCK: [&str; 24] = [
    "# Receiving goods",
    "1 Check the seal of the trailer.",
    "2 Write the trailer number, the date and your name on the delivery note.",
    "3 Open the door slowly.",
    "4 Count the pallets and compare the number with the delivery note.",
    "5 Put every damaged pallet in the repair bay.",
    "6 Close the door within 10 minutes.",
    "! Do not open a trailer with a broken seal.",
    "! Never climb on the pallets.",
    "- If the seal is broken, call the shift supervisor immediately.",
    "- If a pallet is wet, put a red label on the pallet.",
    "- The shift supervisor signs the delivery note.",
    "- The forklift operator moves the pallets to the cold store.",
    "- The quality clerk checks the temperature of the fish.",
    "# Cold store",
    "- Keep the fish at 2 °C.",
    "- Keep the vegetables at 6 °C.",
    "- Keep the ice cream at -18 °C.",
    "- Visitors may enter the cold store with a guide.",
    "- Visitors must wear a warm jacket.",
    "- Store the fish on the lower shelves so that nothing drips on other food.",
    "- Clean the floor every day before the end of the shift.",
    "- Defrost the fans every 30 days.",
    "! Do not block the emergency exit.",
];

#[test]
fn a_small_sop_gives_many_kinds_of_items_that_grade_their_own_key() {
    for level in [Level::A1, Level::A2, Level::B1, Level::B2] {
        let library = library("Dock", &DOCK);
        let (forged, faults) = forged(&library, level).unwrap();
        check(&forged, &faults);
        let types: BTreeSet<ItemType> =
            forged.lessons.iter().flat_map(|l| &l.items).map(|m| m.item.item_type()).collect();
        assert!(types.len() >= 8, "{level:?}: {types:?}");
    }
}

#[test]
fn the_same_clauses_give_the_same_items() {
    let ids = |lines: &[&str]| -> BTreeSet<uuid::Uuid> {
        let library = library("Dock", lines);
        let plan = plan::plan(&library).unwrap();
        let brief = brief(Level::B1);
        let outline = outline::outline(&brief, &library, &plan);
        let texts = block_on(write(&RulesAuthor, &brief, &library, &outline, &[])).unwrap();
        forge_candidates(&library, &outline, &texts).into_iter().flatten().map(|m| m.item.id).collect()
    };
    assert_eq!(ids(&DOCK), ids(&DOCK));
}

fn line() -> impl Strategy<Value = String> {
    let verb =
        prop::sample::select(vec!["Close", "Open", "Check", "Clean", "Label", "Do not touch", "Never move", "Record"]);
    let thing = prop::sample::select(vec![
        "the door",
        "the red valve",
        "a bottle",
        "all labels",
        "the log",
        "your hands",
        "it",
    ]);
    let tail = prop::sample::select(vec![
        "",
        " for 20 seconds",
        " before the shift",
        " at 5 °C",
        " with a cloth",
        " (see note)",
        " and wait",
        " if it is hot",
        " → stop",
    ]);
    let mark = prop::sample::select(vec!["-", "!", "1", "2", "3", "#", "=", "x"]);
    (mark, verb, thing, tail, any::<bool>()).prop_map(|(mark, verb, thing, tail, stop)| {
        format!("{mark} {verb} {thing}{tail}{}", if stop { "." } else { "" })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_stands_in_a_sop_its_items_are_sound(lines in prop::collection::vec(prop_oneof![4 => line(), 1 => "\\PC{0,40}"], 3..40)) {
        let lines: Vec<&str> = lines.iter().map(String::as_str).filter(|l| !l.trim().is_empty()).collect();
        let library = library("Random", &lines);
        if let Some((forged, faults)) = forged(&library, Level::A2) {
            check(&forged, &faults);
        }
    }
}
