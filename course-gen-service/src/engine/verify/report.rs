//! The quality report: how the course stands against its SOPs, and where a reviewer should look.

pub mod levels;

use std::collections::{BTreeMap, BTreeSet};

use course_format::course::{
    AnswerKeys, Course, Item, ItemType, KeyCheck, LeftOut, LessonQuality, QualityFlag, QualityReport, Relation,
};
use course_format::sop::ClauseId;
use course_format::validate::proven_texts;

use crate::engine::Brief;
use crate::engine::audit::patterns;
use crate::engine::forge::disputed;
use crate::engine::library::{ClauseRef, Library};
use crate::engine::outline::{Outline, is_critical};
use crate::engine::plan::{addresses_a_model, is_teachable};
use crate::engine::verify::solver::Solver;

/// Measures the course. `refused`: candidates that were not shown because the solver or the flaw checks refused them.
pub fn report(
    author: &str,
    brief: &Brief,
    library: &Library,
    outline: &Outline,
    course: &Course,
    keys: &AnswerKeys,
    refused: u32,
) -> QualityReport {
    let texts = proven_texts(course);
    let mut texts_by_relation: BTreeMap<Relation, u32> = BTreeMap::new();
    let mut quotes = 0_u32;
    let mut resolved = 0_u32;
    let mut see = |relation: Relation, provenance: &[course_format::course::Provenance]| {
        if relation == Relation::Language {
            return;
        }
        *texts_by_relation.entry(relation).or_default() += 1;
        quotes += 1;
        let proven = !provenance.is_empty()
            && provenance
                .iter()
                .all(|p| library.documents().iter().any(|d| d.document_id == p.document_id && p.resolves(d)));
        resolved += u32::from(proven);
    };
    for (_, text) in &texts {
        see(text.relation, &text.provenance);
    }
    for key in keys.0.values() {
        see(key.relation, &key.provenance);
    }
    let (clause_coverage, uncovered) = coverage(library, outline);
    let lessons = levels::of_lessons(library, course);
    QualityReport {
        texts_by_relation,
        provenance_resolved: share(resolved, quotes),
        items_by_type: items_by_type(course),
        clause_coverage,
        uncovered: uncovered.iter().map(|at| library.clause(*at).id.clone()).collect(),
        flags: flags(brief, library, outline, course, keys, &lessons),
        author: author.to_owned(),
        item_coverage: Some(item_coverage(library, keys)),
        left_out: left_out(library, outline),
        lessons,
        key_check: Some(key_check(library, course, keys, refused)),
        largest_frame_share: Some(patterns::commonest(course, keys).1),
        model_use: None,
        versions: versions(),
    }
}

/// How many items of each type there are, the final test's included.
pub fn items_by_type(course: &Course) -> BTreeMap<ItemType, u32> {
    let mut counts = BTreeMap::new();
    for item in course.items() {
        *counts.entry(item.item_type()).or_default() += 1;
    }
    counts
}

fn share(part: u32, whole: u32) -> f32 {
    if whole == 0 { 1.0 } else { part as f32 / whole as f32 }
}

/// Share of the steps, rules and warnings that at least one item asks about, 0 to 1. Clauses that contradict each other, or
/// speak to a program, are asked about by none, and rightly so.
pub fn item_coverage(library: &Library, keys: &AnswerKeys) -> f32 {
    let asked: BTreeSet<&ClauseId> = keys.0.values().flat_map(|k| &k.provenance).map(|p| &p.clause_id).collect();
    let disputed = disputed::clauses(library);
    let fair = |at: &ClauseRef| {
        is_teachable(library, *at) && !disputed.contains(at) && !addresses_a_model(&library.clause(*at).text)
    };
    let teachable: Vec<ClauseRef> = library.clauses().filter(fair).collect();
    let tested = teachable.iter().filter(|at| asked.contains(&library.clause(**at).id)).count();
    share(count(tested), count(teachable.len()))
}

fn left_out(library: &Library, outline: &Outline) -> Vec<LeftOut> {
    let reason = |left: &crate::engine::plan::LeftOut| LeftOut {
        clause_id: library.clause(left.clause).id.clone(),
        reason: left.reason.clone(),
    };
    outline.left_out.iter().filter(|left| is_teachable(library, left.clause)).map(reason).collect()
}

/// Solves every item again that a machine can grade: how many there are, and those where the solver does not come to the key.
pub fn unsolved<'a>(library: &Library, course: &'a Course, keys: &AnswerKeys) -> (usize, Vec<&'a Item>) {
    let solver = Solver::new(library);
    let checkable: Vec<&Item> = course.items().filter(|item| !item.item_type().is_open()).collect();
    let agrees = |item: &Item| keys.0.get(&item.id).is_some_and(|key| solver.agrees(item, &key.answer));
    (checkable.len(), checkable.into_iter().filter(|item| !agrees(item)).collect())
}

fn key_check(library: &Library, course: &Course, keys: &AnswerKeys, refused: u32) -> KeyCheck {
    let (checked, unsolved) = unsolved(library, course, keys);
    KeyCheck { checked: count(checked), solved: count(checked - unsolved.len()), refused }
}

/// Everything that took part and could change the course.
fn versions() -> BTreeMap<String, String> {
    let named = [
        ("course-gen-service", env!("CARGO_PKG_VERSION")),
        ("course-format", course_format::course::FORMAT_VERSION),
        ("cefr words", "cefrpy, wordfreq"),
    ];
    named.into_iter().map(|(name, version)| (name.to_owned(), version.to_owned())).collect()
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

fn coverage(library: &Library, outline: &Outline) -> (f32, Vec<ClauseRef>) {
    let held: BTreeSet<ClauseRef> = outline.lessons().flat_map(|l| l.clauses.iter().copied()).collect();
    let teachable: Vec<ClauseRef> = library.clauses().filter(|at| is_teachable(library, *at)).collect();
    let uncovered: Vec<ClauseRef> = teachable.iter().copied().filter(|at| !held.contains(at)).collect();
    let total = u32::try_from(teachable.len()).unwrap_or(u32::MAX);
    let missing = u32::try_from(uncovered.len()).unwrap_or(u32::MAX);
    (share(total - missing, total), uncovered)
}

fn flag(code: &str, place: impl Into<String>, detail: impl Into<String>) -> QualityFlag {
    QualityFlag { code: code.to_owned(), place: place.into(), detail: detail.into() }
}

/// Worst first: hostile text, what is left out, what is not tested, thin lessons, the SOP's own defects.
fn flags(
    brief: &Brief,
    library: &Library,
    outline: &Outline,
    course: &Course,
    keys: &AnswerKeys,
    measured: &[LessonQuality],
) -> Vec<QualityFlag> {
    let mut out = Vec::new();
    for at in library.clauses().filter(|at| addresses_a_model(&library.clause(*at).text)) {
        out.push(flag(
            "instruction_to_model",
            library.clause(at).id.0.clone(),
            "The SOP speaks to a computer program here. The words were treated as text and left out.",
        ));
    }
    out.extend(brief.notes.iter().map(|note| flag("reviewer_note", "/course", note.clone())));
    for left in outline.left_out.iter().filter(|l| is_teachable(library, l.clause)) {
        out.push(flag(
            "left_out",
            library.clause(left.clause).id.0.clone(),
            format!("No lesson holds this clause: {}.", left.reason),
        ));
    }
    out.extend(contradictions(library));
    out.extend(untested(library, outline, keys));
    let lessons = course
        .units
        .iter()
        .enumerate()
        .flat_map(|(u, unit)| unit.lessons.iter().enumerate().map(move |(l, lesson)| (u, l, lesson)));
    for (u, l, lesson) in lessons {
        let items: usize = lesson.activities.iter().map(|a| a.items.len()).sum();
        if items < 8 {
            let detail = format!(
                "“{}” has {items} exercises; the sentences of its clauses gave no more that are sure.",
                lesson.title
            );
            out.push(flag("few_items", format!("/course/units/{u}/lessons/{l}"), detail));
        }
    }
    out.extend(levels::flags(course, measured));
    if let Some(hours) = brief.hours.filter(|h| *h > course.hours + 1.0) {
        out.push(flag(
            "hours",
            "/course/hours",
            format!(
                "{hours} hours were ordered; the SOPs give {} hours of lessons. The rest is free for practice at work.",
                course.hours
            ),
        ));
    }
    for document in library.documents() {
        out.extend(document.defects.iter().map(|d| {
            flag(
                "sop_defect",
                d.clause_id.0.clone(),
                format!("{}: “{}” {}", d.kind.replace('_', " "), d.quote, d.suggestion),
            )
        }));
    }
    out
}

/// Both sides of every contradiction, word for word.
fn contradictions(library: &Library) -> Vec<QualityFlag> {
    disputed::pairs(library)
        .into_iter()
        .map(|(at, other)| {
            let own = &library.clause(at);
            let against = other.map_or_else(String::new, |o| format!(" against “{}”", library.clause(o).text));
            let detail = format!("Two clauses do not agree: “{}”{against}. No exercise asks about them.", own.text);
            flag("contradiction", own.id.0.clone(), detail)
        })
        .collect()
}

/// Critical clauses that no item is about.
fn untested(library: &Library, outline: &Outline, keys: &AnswerKeys) -> Vec<QualityFlag> {
    let tested: BTreeSet<&ClauseId> = keys.0.values().flat_map(|k| &k.provenance).map(|p| &p.clause_id).collect();
    let disputed = disputed::clauses(library);
    let mut seen = BTreeSet::new();
    outline
        .lessons()
        .flat_map(|l| l.clauses.iter().copied())
        .filter(|at| {
            is_critical(library, *at) && is_teachable(library, *at) && !disputed.contains(at) && seen.insert(*at)
        })
        .filter(|at| !tested.contains(&library.clause(*at).id))
        .map(|at| {
            let clause = library.clause(at);
            flag(
                "critical_without_item",
                clause.id.0.clone(),
                format!("This critical clause is read but not tested by a computed item: “{}”", clause.text),
            )
        })
        .collect()
}
