//! What the tests of a course lack, measured against the guide: length, critical clauses, demand.

use std::collections::BTreeSet;

use course_format::course::{AnswerKeys, Course, Demand, Item, QualityFlag};
use course_format::sop::ClauseId;

use super::flags::flag;
use crate::engine::library::{ClauseRef, Library};
use crate::engine::outline::is_critical;
use crate::engine::plan::is_teachable;

/// Items of a final test, and the shares of recall, understand and apply in it.
const ITEMS: usize = 30;
const DEMANDS: [(Demand, &str, usize); 3] =
    [(Demand::Recall, "recall", 20), (Demand::Understand, "understanding", 40), (Demand::Apply, "application", 40)];
/// Critical clauses without a question that the report quotes.
const NAMED: usize = 8;
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
    let left = |at: &ClauseRef| {
        is_critical(library, *at)
            && is_teachable(library, *at)
            && !library.is_disputed(*at)
            && !asked.contains(&library.clause(*at).id)
    };
    // What is in no lesson is told by itself.
    let read: BTreeSet<&ClauseId> = course
        .lessons()
        .flat_map(|l| &l.reading.lines)
        .flat_map(|l| &l.text.provenance)
        .map(|p| &p.clause_id)
        .collect();
    let mut left: Vec<&str> = library
        .clauses()
        .filter(|at| left(at) && read.contains(&library.clause(*at).id))
        .map(|at| library.clause(at).text.as_str())
        .collect();
    left.dedup();
    if !left.is_empty() {
        let named: Vec<String> = left.iter().take(NAMED).map(|text| format!("“{text}”")).collect();
        let more = left.len().saturating_sub(NAMED);
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        let detail = format!("The final test does not ask about: {}{more}", named.join(", "));
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
