use std::collections::HashSet;

use course_format::Level;
use course_format::course::Demand;
use course_format::validate::validate_course;
use uuid::Uuid;

use super::{LAUNDRY, course};

#[tokio::test]
async fn the_placement_test_has_three_texts_of_rising_level_and_no_item_of_another_part() {
    let (library, package) = course(&LAUNDRY, Level::A2).await.unwrap();
    assert!(validate_course(&package).is_empty(), "{:?}", validate_course(&package));
    let test = package.course.entry_test.as_ref().expect("a placement test");
    let levels: Vec<Level> = test.parts.iter().map(|p| p.level).collect();
    assert_eq!(levels, [Level::A1, Level::A2, Level::B1]);
    assert!(!test.self_rating.is_empty());
    assert!(test.parts.iter().all(|p| p.reading.lines.len() >= 2 && p.items.len() >= 3));
    let elsewhere: HashSet<Uuid> = package
        .course
        .lessons()
        .flat_map(|l| &l.activities)
        .flat_map(|a| &a.items)
        .chain(&package.course.assessment.items)
        .map(|i| i.id)
        .collect();
    assert!(test.items().all(|i| !elsewhere.contains(&i.id) && !i.critical));
    for part in &test.parts {
        let shown: HashSet<&str> =
            part.reading.lines.iter().flat_map(|l| &l.text.provenance).map(|p| p.clause_id.0.as_str()).collect();
        for proof in part.items.iter().flat_map(|i| &package.keys.0[&i.id].provenance) {
            assert!(shown.contains(proof.clause_id.0.as_str()), "its text answers it: {}", proof.quote);
            assert!(library.resolves(proof));
        }
    }
}

#[tokio::test]
async fn a_final_test_is_mostly_cases_and_understanding() {
    for level in [Level::A2, Level::B1] {
        let (_, package) = course(&LAUNDRY, level).await.unwrap();
        let items = &package.course.assessment.items;
        let of = |demand| items.iter().filter(|i| i.demand == Some(demand)).count();
        assert!(of(Demand::Apply) * 4 >= items.len(), "{} of {}", of(Demand::Apply), items.len());
        assert!(of(Demand::Recall) * 3 <= items.len(), "{} of {}", of(Demand::Recall), items.len());
    }
}
