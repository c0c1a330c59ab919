//! What the tests of a course lack, measured against the guide: length, critical clauses, demand.

use std::collections::BTreeSet;

use course_format::course::{AnswerKeys, Course, Demand, Item, QualityFlag};
use course_format::sop::ClauseId;

use super::flags::flag;
use crate::engine::forge::disputed;
use crate::engine::library::{ClauseRef, Library};
use crate::engine::outline::is_critical;
use crate::engine::plan::is_teachable;

/// Items of a final test, and the shares of recall, understand and apply in it.
const ITEMS: usize = 30;
const DEMANDS: [(Demand, &str, usize); 3] =
    [(Demand::Recall, "recall", 20), (Demand::Understand, "understanding", 40), (Demand::Apply, "application", 40)];
/// Points by which a share may be off before the reviewer hears of it.
const TOLERANCE: usize = 15;

/// Everything that is missing.
pub(super) fn flags(library: &Library, course: &Course, keys: &AnswerKeys) -> Vec<QualityFlag> {
    let test: Vec<&Item> = course.assessment.items.iter().filter(|i| !i.item_type().is_open()).collect();
    let mut out = Vec::new();
    if test.len() < ITEMS {
        let detail = format!(
            "The final test has {} of {ITEMS} items; the sentences of the SOPs gave no more that are sure and that no lesson holds.",
            test.len()
        );
        out.push(flag("test_short", "/course/assessment/items", detail));
    }
    let asked: BTreeSet<&ClauseId> =
        test.iter().filter_map(|i| keys.0.get(&i.id)).flat_map(|k| &k.provenance).map(|p| &p.clause_id).collect();
    let disputed = disputed::clauses(library);
    let left = |at: &ClauseRef| {
        is_critical(library, *at)
            && is_teachable(library, *at)
            && !disputed.contains(at)
            && !asked.contains(&library.clause(*at).id)
    };
    let left: Vec<&str> = library.clauses().filter(left).map(|at| library.clause(at).id.0.as_str()).collect();
    if !left.is_empty() {
        let detail = format!("The final test asks about none of these critical clauses: {}.", left.join(", "));
        out.push(flag("test_without_critical", "/course/assessment/items", detail));
    }
    let off: Vec<String> = DEMANDS
        .iter()
        .filter_map(|(demand, name, wanted)| {
            let have = test.iter().filter(|i| i.demand == Some(*demand)).count() * 100 / test.len().max(1);
            (have.abs_diff(*wanted) > TOLERANCE).then(|| format!("{have}% {name} ({wanted}% wanted)"))
        })
        .collect();
    if !off.is_empty() {
        out.push(flag("test_demand", "/course/assessment/items", format!("The final test has {}.", off.join(", "))));
    }
    if course.entry_test.is_none() {
        out.push(flag("no_entry_test", "/course", "The SOPs give too few exercises for a placement test."));
    }
    for (u, unit) in course.units.iter().enumerate().filter(|(_, unit)| course.units.len() > 1 && unit.test.is_none()) {
        let detail = format!("“{}” has no test of its own: too few exercises are left for it.", unit.title);
        out.push(flag("no_unit_test", format!("/course/units/{u}"), detail));
    }
    out
}
