//! Looks at a finished course with the SOPs beside it and trusts nobody who made it: what a reviewer would otherwise have
//! to count by hand. The `audit` command prints it; `make eval-course` holds it against the floors.

mod mix;
pub mod patterns;

use std::collections::{BTreeMap, BTreeSet};

use course_format::Level;
use course_format::course::{CoursePackage, Item, ItemType, LessonQuality, Proven, Relation};
use course_format::sop::ClauseId;
use course_format::validate::{proven_texts, resolve_provenance, validate_course};
use serde::Serialize;

use super::library::Library;
use super::lock;
use super::plan::is_teachable;
use super::verify::guess::{self, Guess};
use super::verify::report::{self, levels};
use mix::Mix;

/// Everything that was counted.
#[derive(Clone, Debug, Serialize)]
pub struct Audit {
    pub title: String,
    pub level: Level,
    pub lessons: usize,
    pub items: usize,
    pub items_by_type: BTreeMap<ItemType, u32>,
    /// Texts and keys that claim something about the SOP, and those whose every quote stands there word for word.
    pub claims: usize,
    pub resolved: usize,
    /// Rules of the format that are broken.
    pub violations: Vec<Finding>,
    /// Wordings that change a number, a unit, a negation, a duty or an order of the clauses that they name.
    pub breaches: Vec<Finding>,
    pub levels: Vec<LessonQuality>,
    /// Lessons within half a level of the request.
    pub lessons_at_level: usize,
    /// Lessons with at most 5% of their content words above the level and unexplained.
    pub lessons_in_budget: usize,
    /// Items that a machine can grade, and those where the solver comes to the key.
    pub checked: usize,
    pub solved: usize,
    pub unsolved: Vec<Finding>,
    /// Steps, rules and warnings that a lesson holds or that are listed as left out, 0 to 1.
    pub covered_by_lessons: f32,
    pub uncovered: Vec<String>,
    /// Steps, rules and warnings that an item asks about, 0 to 1.
    pub covered_by_items: f32,
    /// The stem pattern that most items share, and its share of the items.
    pub commonest_stem: String,
    pub commonest_stem_share: f32,
    /// Share of single choices in which the key is the longest option.
    pub longest_is_key: f32,
    /// A solver that goes by cues alone and has never seen the SOP.
    pub guess: Guess,
    /// What its answers are worth above chance, 0 to 1.
    pub guess_above_chance: f32,
    pub mix: Mix,
}

/// One place that is not in order.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// JSON pointer or item id.
    pub place: String,
    pub text: String,
    pub detail: String,
}

/// Counts.
pub fn audit(library: &Library, package: &CoursePackage) -> Audit {
    let course = &package.course;
    let proof = resolve_provenance(package, library.documents());
    let measured = levels::of_lessons(library, course);
    let (checked, unsolved) = report::unsolved(library, course, &package.keys);
    let (commonest_stem, commonest_stem_share) = patterns::commonest(course, &package.keys);
    let guess = guess::course(course, &package.keys);
    let (covered_by_lessons, uncovered) = covered_by_lessons(library, package);
    Audit {
        title: course.title.clone(),
        level: course.level,
        lessons: course.lessons().count(),
        items: course.items().count(),
        items_by_type: report::items_by_type(course),
        claims: proof.claims,
        resolved: proof.resolved,
        violations: validate_course(package)
            .into_iter()
            .map(|v| Finding { place: v.path.clone(), text: String::new(), detail: v.message.clone() })
            .collect(),
        breaches: breaches(package),
        lessons_at_level: measured.iter().filter(|l| l.fits).count(),
        lessons_in_budget: measured.iter().filter(|l| l.words_above_share <= cefr::MAX_SHARE_ABOVE).count(),
        levels: measured,
        checked,
        solved: checked - unsolved.len(),
        unsolved: unsolved.into_iter().map(finding_of_item).collect(),
        covered_by_lessons,
        uncovered,
        covered_by_items: report::item_coverage(library, &package.keys),
        commonest_stem,
        commonest_stem_share,
        longest_is_key: patterns::longest_is_key(package),
        guess,
        guess_above_chance: guess.above_chance(),
        mix: mix::of(library, package),
    }
}

/// Places whose texts say what to do with the SOP and not what stands in it.
const TASKS: [&str; 7] = [
    "/objectives/",
    "/homework/",
    "/warm_up/",
    "/self_rating/",
    "/before_reading",
    "/after_reading",
    "/role_play/cards/",
];

/// Wordings that do not say what their quotes say. A reading says the whole; everything else may say a part.
fn breaches(package: &CoursePackage) -> Vec<Finding> {
    let mut out = Vec::new();
    for (place, text) in proven_texts(&package.course) {
        // Can-dos and tasks name their clauses, they do not retell them.
        let task = TASKS.iter().any(|part| place.contains(part));
        if task || text.relation != Relation::Compress || text.provenance.is_empty() {
            continue;
        }
        let whole = place.contains("/reading/lines/");
        out.extend(breaches_of(&place, text, whole));
    }
    out
}

fn breaches_of(place: &str, text: &Proven, whole: bool) -> Vec<Finding> {
    let quotes: Vec<&str> = text.provenance.iter().map(|p| p.quote.as_str()).collect();
    let found =
        if whole { lock::check(&quotes, &text.text) } else { lock::check_part(&quotes, lock::claimed(&text.text)) };
    let finding =
        |breach: lock::Breach| Finding { place: place.to_owned(), text: text.text.clone(), detail: breach.to_string() };
    found.into_iter().map(finding).collect()
}

fn finding_of_item(item: &Item) -> Finding {
    Finding { place: item.id.to_string(), text: item.stem.clone(), detail: item.item_type().to_string() }
}

fn covered_by_lessons(library: &Library, package: &CoursePackage) -> (f32, Vec<String>) {
    let mut held: BTreeSet<&ClauseId> = package.quality.left_out.iter().map(|l| &l.clause_id).collect();
    let texts = proven_texts(&package.course);
    held.extend(texts.iter().flat_map(|(_, text)| &text.provenance).map(|p| &p.clause_id));
    let clauses: Vec<_> = library.clauses().filter(|at| is_teachable(library, *at)).collect();
    let missing: Vec<String> = clauses
        .iter()
        .map(|at| library.clause(*at))
        .filter(|clause| !held.contains(&clause.id))
        .map(|clause| clause.text.clone())
        .collect();
    (share(clauses.len() - missing.len(), clauses.len()), missing)
}

fn share(part: usize, whole: usize) -> f32 {
    if whole == 0 { 1.0 } else { part as f32 / whole as f32 }
}
