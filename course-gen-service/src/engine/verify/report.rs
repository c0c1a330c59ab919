//! The quality report: how the course stands against its SOPs, and where a reviewer should look.

mod blueprint;
mod flags;
pub mod levels;
mod notices;

use std::collections::{BTreeMap, BTreeSet};

use course_format::course::{AnswerKeys, Course, Item, ItemType, KeyCheck, LeftOut, QualityReport, Relation};
use course_format::sop::ClauseId;
use course_format::validate::proven_texts;

use crate::engine::Brief;
use crate::engine::audit::patterns;
use crate::engine::library::{ClauseRef, Library};
use crate::engine::outline::Outline;
use crate::engine::plan::is_teachable;
use crate::engine::verify::solver::Solver;
use crate::engine::wordnet;

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
        let proven = !provenance.is_empty() && provenance.iter().all(|p| library.resolves(p));
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
        flags: flags::of(brief, library, outline, course, keys, &lessons),
        author: author.to_owned(),
        item_coverage: Some(item_coverage(library, keys)),
        left_out: left_out(library, outline),
        lessons,
        key_check: Some(key_check(library, course, keys, refused)),
        largest_frame_share: Some(patterns::commonest(course, keys).1),
        model_use: None,
        versions: versions(library),
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
    let fair =
        |at: &ClauseRef| is_teachable(library, *at) && !library.is_disputed(*at) && !library.addresses_a_model(*at);
    let teachable: Vec<ClauseRef> = library.clauses().filter(fair).collect();
    let named = teachable.iter().filter(|at| asked.contains(&library.clause(**at).id));
    let words: BTreeSet<&str> = named.map(|at| library.clause(*at).text.as_str()).collect();
    let tested = teachable.iter().filter(|at| words.contains(library.clause(**at).text.as_str())).count();
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
fn versions(library: &Library) -> BTreeMap<String, String> {
    let named = [
        ("course-gen-service", env!("CARGO_PKG_VERSION")),
        ("course-format", course_format::course::FORMAT_VERSION),
        ("cefr words", "cefrpy, wordfreq"),
        ("wordnet", wordnet::version()),
    ];
    let tools = named.into_iter().map(|(name, version)| (name.to_owned(), version.to_owned()));
    let sops = library.documents().iter().map(|d| {
        let sha = d.version.sha256.get(..12).unwrap_or_default();
        (format!("SOP “{}”", d.title), format!("version {}, SHA-256 {sha}…", d.version.number))
    });
    tools.chain(sops).collect()
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

fn coverage(library: &Library, outline: &Outline) -> (f32, Vec<ClauseRef>) {
    let held: BTreeSet<ClauseRef> = outline.lessons().flat_map(|l| l.clauses.iter().copied()).collect();
    let teachable: Vec<ClauseRef> = library.clauses().filter(|at| is_teachable(library, *at)).collect();
    let words: BTreeSet<&str> = held.iter().map(|at| library.clause(*at).text.as_str()).collect();
    let taught = |at: &ClauseRef| held.contains(at) || words.contains(library.clause(*at).text.as_str());
    let uncovered: Vec<ClauseRef> = teachable.iter().copied().filter(|at| !taught(at)).collect();
    let total = u32::try_from(teachable.len()).unwrap_or(u32::MAX);
    let missing = u32::try_from(uncovered.len()).unwrap_or(u32::MAX);
    (share(total - missing, total), uncovered)
}
