use std::collections::{BTreeMap, BTreeSet};

use course_format::Level;
use course_format::course::CoursePackage;
use course_format::sop::{ClauseId, ParsedSops};
use course_format::validate::{proven_texts, resolve_provenance, validate_course};
use serde_json::Value;
use uuid::Uuid;

use crate::engine::author::RulesAuthor;
use crate::engine::run;
use crate::engine::test_sop::{brief, library};

const COLD_ROOM: [&str; 28] = [
    "# Daily check",
    "1 Take the probe thermometer from the charging station.",
    "2 Clean the probe with an alcohol wipe.",
    "3 Place the probe between two products.",
    "4 Wait for 60 seconds.",
    "5 Read the temperature and write it on form CR-2.",
    "6 Sign the form and hang it on the door.",
    "! Never leave the door of the cold room open for more than 3 minutes.",
    "# Readings out of range",
    "1 Close the door and inform the Duty Chef immediately.",
    "2 Check the temperature again after 20 minutes.",
    "3 If the second reading is above 5 °C, move all products to the backup cold room.",
    "4 Throw away any product that was above 8 °C for more than 2 hours.",
    "5 Record the action on form CR-3.",
    "# Cleaning",
    "- Wear rubber gloves when you clean the cold room.",
    "- Use the blue cloths for the shelves.",
    "- Do not use bleach on steel surfaces.",
    "- Mix 10 mL of cleaner with 1 L of warm water.",
    "- The cleaner must stay on the surface for at least 5 minutes.",
    "- Rinse the shelves with clean water before you put the products back.",
    "# Responsibilities",
    "- The Duty Chef must check the forms every Friday.",
    "- Kitchen assistants may move products, but they must not change the thermostat.",
    "- Only the Maintenance Team may repair the fan.",
    "- Staff should report a damaged door seal on the same day.",
    "- The night porter locks the cold room at 23:00.",
    "- The supplier must show a delivery note.",
];

/// The SOP with ids that follow from the words, as the parser gives them.
fn sops(lines: &[&str]) -> ParsedSops {
    let read = library("Cold room checks", lines);
    let mut text = serde_json::json!({ "documents": read.documents() }).to_string();
    for (i, line) in lines.iter().enumerate() {
        text = text.replace(&format!("\"c-{i}\""), &format!("\"{}\"", id(line).0));
    }
    serde_json::from_str(&text).unwrap()
}

fn id(line: &str) -> ClauseId {
    let words = line.split_once(' ').map_or(line, |(_, words)| words);
    ClauseId(format!("c-{}", &Uuid::new_v5(&Uuid::NAMESPACE_OID, words.as_bytes()).simple().to_string()[..12]))
}

async fn course(lines: &[&str], previous: Option<&CoursePackage>) -> CoursePackage {
    let (library, package) = run(&RulesAuthor, &brief(Level::A2), sops(lines), previous).await.unwrap();
    assert_eq!(validate_course(&package), []);
    let proof = resolve_provenance(&package, library.documents());
    assert_eq!(proof.claims, proof.resolved);
    let check = package.quality.key_check.clone().unwrap();
    assert_eq!(check.checked, check.solved);
    package
}

/// Texts and items by where they stand, without the places of their quotes in the document; and the clauses of each.
fn elements(package: &CoursePackage) -> BTreeMap<(String, String), BTreeSet<ClauseId>> {
    let mut out = BTreeMap::new();
    let lessons: Vec<Uuid> = package.course.lessons().map(|l| l.id).collect();
    let at: Vec<(usize, usize)> = package
        .course
        .units
        .iter()
        .enumerate()
        .flat_map(|(u, unit)| (0..unit.lessons.len()).map(move |l| (u, l)))
        .collect();
    let mut wholes: BTreeMap<String, (String, BTreeSet<ClauseId>)> = BTreeMap::new();
    // The test before the course is made anew: it stands for the whole of it.
    let in_lessons = |path: &str| path.starts_with("/course/units/");
    for (path, text) in proven_texts(&package.course).into_iter().filter(|(path, _)| in_lessons(path)) {
        let parts: Vec<&str> = path.split('/').collect();
        let place = (parts[3].parse().unwrap(), parts[5].parse().unwrap());
        let lesson = lessons[at.iter().position(|a| *a == place).unwrap()];
        let clauses: BTreeSet<ClauseId> = text.provenance.iter().map(|p| p.clause_id.clone()).collect();
        let (home, words) = (format!("{lesson} {}", parts[6]), bare(serde_json::to_value(text).unwrap()));
        if ["dialogue", "grammar", "role_play"].contains(&parts[6]) {
            let whole = wholes.entry(home).or_default();
            whole.0.push_str(&words);
            whole.1.extend(clauses);
        } else {
            out.insert((home, words), clauses);
        }
    }
    out.extend(wholes.into_iter().map(|(home, (words, clauses))| ((home, words), clauses)));
    for (home, item) in package
        .course
        .lessons()
        .flat_map(|l| l.activities.iter().flat_map(|a| &a.items).map(|i| (l.id.to_string(), i)))
        .chain(package.course.assessment.items.iter().map(|i| ("test".to_owned(), i)))
    {
        let key = &package.keys.0[&item.id];
        let proofs = key.provenance.iter().chain(key.options.values().flat_map(|o| &o.provenance));
        let clauses = proofs.map(|p| p.clause_id.clone()).collect();
        out.insert((home, bare(serde_json::to_value((item, key)).unwrap())), clauses);
    }
    out
}

fn bare(mut value: Value) -> String {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                fields.remove("span");
                fields.remove("page");
                fields.values_mut().for_each(strip);
            }
            Value::Array(entries) => entries.iter_mut().for_each(strip),
            _ => {}
        }
    }
    strip(&mut value);
    value.to_string()
}

/// What went and what came, when the SOP became `lines`.
async fn changed(lines: &[&str]) -> (Vec<(String, BTreeSet<ClauseId>)>, Vec<(String, BTreeSet<ClauseId>)>) {
    let first = course(&COLD_ROOM, None).await;
    let second = course(lines, Some(&first)).await;
    let (old, new) = (elements(&first), elements(&second));
    let only = |a: &BTreeMap<(String, String), BTreeSet<ClauseId>>, b: &BTreeMap<(String, String), _>| {
        a.iter().filter(|(k, _)| !b.contains_key(*k)).map(|(k, c)| (format!("{k:?}"), c.clone())).collect()
    };
    (only(&old, &new), only(&new, &old))
}

#[tokio::test]
async fn the_same_sop_gives_the_same_course() {
    let first = course(&COLD_ROOM, None).await;
    let second = course(&COLD_ROOM, Some(&first)).await;
    assert_eq!(first, second);
}

#[tokio::test]
async fn one_number_changes_only_what_names_its_clause() {
    let (was, is) = (id("4 Wait for 60 seconds."), id("4 Wait for 90 seconds."));
    let mut lines = COLD_ROOM;
    lines[4] = "4 Wait for 90 seconds.";
    let (gone, came) = changed(&lines).await;
    assert!(!gone.is_empty() && !came.is_empty());
    for (element, clauses) in &gone {
        assert!(clauses.contains(&was), "gone: {element}");
    }
    // An option or a proof of another clause may stand in for the old one.
    let others = came.iter().filter(|(_, clauses)| !clauses.contains(&is)).count();
    assert!(others <= 1, "{:#?}", came.iter().filter(|(_, c)| !c.contains(&is)).collect::<Vec<_>>());
    assert!(came.len() <= gone.len(), "{} for {}", came.len(), gone.len());
    assert!(!came.iter().any(|(element, _)| element.contains("60 seconds")));
}

#[tokio::test]
async fn sections_that_moved_keep_everything() {
    let moved: Vec<&str> = [&COLD_ROOM[21..], &COLD_ROOM[..21]].concat();
    let (gone, came) = changed(&moved).await;
    // The recall of the lesson before is about another lesson now, and stays as it was.
    assert!(gone.is_empty() && came.is_empty(), "{gone:#?} {came:#?}");
}

#[tokio::test]
async fn an_added_clause_brings_only_its_own() {
    let added = "- Cover open food with a lid.";
    let mut lines = COLD_ROOM.to_vec();
    lines.insert(20, added);
    let (gone, came) = changed(&lines).await;
    assert_eq!(gone, []);
    assert!(came.iter().any(|(element, _)| element.contains("reading")));
    assert!(came.iter().any(|(element, _)| element.contains("stem")), "{came:#?}");
    for (element, clauses) in &came {
        // The meaning of a new word, beside the text or in the list of words, rests on no clause.
        let meaning = clauses.is_empty() && (element.contains("reading") || element.contains("vocabulary"));
        assert!(clauses.contains(&id(added)) || meaning, "came: {element}");
    }
}

#[tokio::test]
async fn a_step_in_between_takes_the_orderings_that_it_parts() {
    let mut lines = COLD_ROOM.to_vec();
    lines[4..7].clone_from_slice(&[
        "5 Wait for 60 seconds.",
        "6 Read the temperature and write it on form CR-2.",
        "7 Sign the form and hang it on the door.",
    ]);
    lines.insert(4, "4 Close the door of the cold room.");
    let (gone, _) = changed(&lines).await;
    assert!(!gone.is_empty());
    for (element, _) in &gone {
        assert!(element.contains("step_ordering"), "gone: {element}");
    }
}

#[tokio::test]
async fn a_removed_clause_takes_only_its_own() {
    let removed = id(COLD_ROOM[16]);
    let mut lines = COLD_ROOM.to_vec();
    lines.remove(16);
    let (gone, came) = changed(&lines).await;
    assert!(!gone.is_empty());
    for (element, clauses) in &gone {
        assert!(clauses.contains(&removed), "gone: {element}");
    }
    assert!(came.len() < gone.len(), "{came:#?}");
}

#[tokio::test]
async fn another_level_takes_nothing_over() {
    let first = course(&COLD_ROOM, None).await;
    let (_, anew) = run(&RulesAuthor, &brief(Level::B1), sops(&COLD_ROOM), None).await.unwrap();
    let (_, carried) = run(&RulesAuthor, &brief(Level::B1), sops(&COLD_ROOM), Some(&first)).await.unwrap();
    assert_eq!(anew, carried);
}

#[tokio::test]
async fn exercises_move_with_their_clauses_to_another_lesson() {
    let first = course(&COLD_ROOM, None).await;
    // The heading goes: its clauses belong to the section before.
    let lines: Vec<&str> = COLD_ROOM.iter().copied().filter(|l| *l != "# Responsibilities").collect();
    let second = course(&lines, Some(&first)).await;
    let ids = |p: &CoursePackage| p.course.items().map(|i| i.id).collect::<BTreeSet<Uuid>>();
    let (old, new) = (ids(&first), ids(&second));
    let kept = old.intersection(&new).count();
    assert!(kept * 10 >= old.len() * 8, "{kept} of {}", old.len());
}
