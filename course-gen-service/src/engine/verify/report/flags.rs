//! Where a reviewer should look, worst first: hostile text, wishes, contradictions, dangerous clauses that are not taught or
//! not tested, what else is left out, levels, thin lessons, the SOP's own defects.

use std::collections::{BTreeMap, BTreeSet};

use course_format::course::{AnswerKeys, Course, LessonQuality, QualityFlag};
use course_format::sop::ClauseId;

use super::{blueprint, levels};
use crate::engine::Brief;
use crate::engine::author::variant_levels;
use crate::engine::forge::disputed;
use crate::engine::library::{ClauseRef, Library};
use crate::engine::outline::{Outline, is_critical};
use crate::engine::plan::is_teachable;

/// A lesson with fewer exercises is a thin one.
const FEW_ITEMS: usize = 8;

pub fn of(
    brief: &Brief,
    library: &Library,
    outline: &Outline,
    course: &Course,
    keys: &AnswerKeys,
    measured: &[LessonQuality],
) -> Vec<QualityFlag> {
    let mut out = Vec::new();
    for at in library.clauses().filter(|at| library.addresses_a_model(*at)) {
        let detail = format!(
            "The SOP speaks to a computer program here: “{}” The words were treated as text and left out.",
            library.clause(at).text
        );
        out.push(flag("instruction_to_model", library.clause(at).id.0.clone(), detail));
    }
    out.extend(brief.notes.iter().map(|note| flag("reviewer_note", "/course", note.clone())));
    out.extend(contradictions(library));
    out.extend(left_out(library, outline));
    out.extend(untested(library, outline, keys));
    out.extend(super::notices::below_the_sops(brief, library));
    out.extend(blueprint::flags(library, course, keys));
    out.extend(levels::flags(course, measured));
    out.extend(thin(course));
    out.extend(missing_variants(brief, course));
    if let Some(hours) = brief.hours.filter(|h| *h > course.hours + 1.0) {
        let detail = format!(
            "{hours} hours were ordered; the SOPs give {} hours of lessons. The rest is free for practice at work.",
            course.hours
        );
        out.push(flag("hours", "/course/hours", detail));
    }
    out.extend(defects(library));
    out
}

pub(super) fn flag(code: &str, place: impl Into<String>, detail: impl Into<String>) -> QualityFlag {
    QualityFlag { code: code.to_owned(), place: place.into(), detail: detail.into() }
}

/// How many there are for each reason, then every dangerous clause by itself; the report lists all of them.
fn left_out(library: &Library, outline: &Outline) -> Vec<QualityFlag> {
    let teachable =
        || outline.left_out.iter().filter(|l| is_teachable(library, l.clause) && !library.addresses_a_model(l.clause));
    let critical = |at: ClauseRef| is_critical(library, at);
    let mut reasons: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for left in teachable() {
        let [all, dangerous] = reasons.entry(left.reason.as_str()).or_default();
        *all += 1;
        *dangerous += usize::from(critical(left.clause));
    }
    let reasons = reasons.into_iter().map(|(reason, [all, dangerous])| {
        let (noun, verb) = if all == 1 { ("step or rule", "is") } else { ("steps and rules", "are") };
        let which = if dangerous == 0 { String::new() } else { format!(", {dangerous} of them critical") };
        flag("left_out", "/course", format!("{all} {noun} {verb} in no lesson{which}: {reason}."))
    });
    let dangerous = teachable().filter(|l| critical(l.clause)).map(|left| {
        let clause = library.clause(left.clause);
        let detail = format!("No lesson holds this critical clause: “{}”", clause.text);
        flag("critical_left_out", clause.id.0.clone(), detail)
    });
    reasons.chain(dangerous).collect()
}

/// Both sides of every contradiction, word for word.
fn contradictions(library: &Library) -> Vec<QualityFlag> {
    disputed::pairs(library)
        .into_iter()
        .map(|(at, other)| {
            let own = &library.clause(at);
            let against = other.map_or_else(String::new, |o| format!(" against “{}”", library.clause(o).text));
            let detail = format!(
                "Two clauses do not agree: “{}”{against}. No exercise asks about them. Decide which is right and correct the other.",
                own.text
            );
            flag("contradiction", own.id.0.clone(), detail)
        })
        .collect()
}

/// Critical clauses that no item is about.
fn untested(library: &Library, outline: &Outline, keys: &AnswerKeys) -> Vec<QualityFlag> {
    let tested: BTreeSet<&ClauseId> = keys.0.values().flat_map(|k| &k.provenance).map(|p| &p.clause_id).collect();
    let disputed = disputed::clauses(library);
    let mut seen: BTreeSet<ClauseRef> = BTreeSet::new();
    let clauses = outline.lessons().flat_map(|l| l.clauses.iter().copied()).filter(|at| {
        is_critical(library, *at) && is_teachable(library, *at) && !disputed.contains(at) && seen.insert(*at)
    });
    let missed = clauses.filter(|at| !tested.contains(&library.clause(*at).id)).map(|at| library.clause(at));
    missed
        .map(|clause| {
            let detail = format!("This critical clause is read but not tested by a computed item: “{}”", clause.text);
            flag("critical_without_item", clause.id.0.clone(), detail)
        })
        .collect()
}

/// Levels that were asked for, and lessons whose text at that level would not say the same.
fn missing_variants(brief: &Brief, course: &Course) -> Vec<QualityFlag> {
    let wanted = variant_levels(brief);
    let units = course.units.iter().enumerate();
    let lessons = units.flat_map(|(u, unit)| unit.lessons.iter().enumerate().map(move |(l, lesson)| (u, l, lesson)));
    let mut out = Vec::new();
    for (u, l, lesson) in lessons {
        let missing: Vec<&str> =
            wanted.iter().filter(|w| !lesson.variants.iter().any(|v| v.level == **w)).map(|w| w.as_str()).collect();
        if !missing.is_empty() {
            let detail = format!(
                "“{}” has no text at {}: it would not have said the same as the lesson's own.",
                lesson.title,
                missing.join(", ")
            );
            out.push(flag("variant_missing", format!("/course/units/{u}/lessons/{l}/variants"), detail));
        }
    }
    out
}

fn thin(course: &Course) -> Vec<QualityFlag> {
    let units = course.units.iter().enumerate();
    let lessons = units.flat_map(|(u, unit)| unit.lessons.iter().enumerate().map(move |(l, lesson)| (u, l, lesson)));
    let mut out = Vec::new();
    for (u, l, lesson) in lessons {
        let items: usize = lesson.activities.iter().map(|a| a.items.len()).sum();
        if items < FEW_ITEMS {
            let detail = format!(
                "“{}” has {items} exercises; the sentences of its clauses gave no more that are sure.",
                lesson.title
            );
            out.push(flag("few_items", format!("/course/units/{u}/lessons/{l}"), detail));
        }
    }
    out
}

/// What the reading has found; contradictions and words for machines have been told already.
fn defects(library: &Library) -> Vec<QualityFlag> {
    let all = library.documents().iter().flat_map(|d| &d.defects);
    let told = |kind: &str| kind.contains("contradict") || kind == "instruction_to_ai";
    all.filter(|d| !told(&d.kind))
        .map(|d| {
            let detail = format!("{}: “{}” {}", d.kind.replace('_', " "), d.quote, d.suggestion);
            flag("sop_defect", d.clause_id.0.clone(), detail)
        })
        .collect()
}
