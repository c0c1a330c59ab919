//! What a new version of a SOP means for a course: the exact elements whose proof it touches.
//!
//! An edited or removed clause touches everything that names it. A clause that only moved touches what is about order: steps
//! to be put in order, and the reading. A step that was added between two others touches the ordering of these two.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use course_format::course::{
    CourseImpact, CoursePackage, Item, ItemType, Provenance, TouchedClause, TouchedElement, TouchedLesson,
};
use course_format::sop::{ChangeKind, ClauseChange, ClauseId, ClauseKind, SopDiff};
use course_format::validate::proven_texts;
use serde_json::Value;
use uuid::Uuid;

/// The elements of the course that the new version touches, and why.
pub fn impact(package: &CoursePackage, diff: &SopDiff) -> CourseImpact {
    let changes = Changes::new(diff);
    let course = serde_json::to_value(&package.course).unwrap_or_default();
    let mut touched: BTreeMap<Place, TouchedElement> = BTreeMap::new();
    let mut touch = |path: String, proofs: &[&Provenance], about: About| {
        let clauses = changes.of(proofs, about);
        if let (false, Some(place)) = (clauses.is_empty(), Place::of(&path)) {
            let element_id = nearest_id(&course, &path).unwrap_or(package.course.course_id);
            let part = place.part.clone();
            touched.insert(place, TouchedElement { path, element_id, part, clauses: clauses.into_iter().collect() });
        }
    };
    for (path, text) in proven_texts(&package.course) {
        let about = if path.contains("/reading/lines/") { About::Order } else { About::Words };
        touch(path, &text.provenance.iter().collect::<Vec<_>>(), about);
    }
    for (path, item) in items(package) {
        let Some(key) = package.keys.0.get(&item.id) else { continue };
        let proofs: Vec<&Provenance> =
            key.provenance.iter().chain(key.options.values().flat_map(|option| &option.provenance)).collect();
        let about = if item.item_type() == ItemType::StepOrdering { About::Steps } else { About::Words };
        touch(path, &proofs, about);
    }
    gathered(package, diff, &changes, touched)
}

/// What an element says about its clauses.
#[derive(Clone, Copy, Eq, PartialEq)]
enum About {
    Words,
    /// Also in which order they stand.
    Order,
    /// Also that nothing stands between them.
    Steps,
}

/// The changes by the ids that the course knows.
struct Changes<'a> {
    document_id: Uuid,
    by_old: HashMap<&'a ClauseId, &'a ClauseChange>,
    /// Steps that were added, with the old clauses before and after them.
    inserted: Vec<(&'a ClauseId, [Option<&'a ClauseId>; 2])>,
}

impl<'a> Changes<'a> {
    fn new(diff: &'a SopDiff) -> Self {
        let by_old = diff.changes.iter().filter_map(|c| c.old.as_ref().map(|old| (&old.id, c))).collect();
        let new: HashMap<&ClauseId, &ClauseChange> =
            diff.changes.iter().filter_map(|c| c.new.as_ref().map(|new| (&new.id, c))).collect();
        let added = diff.changes.iter().filter(|c| c.change == ChangeKind::Added).filter_map(|c| c.new.as_ref());
        let inserted = added.filter(|state| state.kind == ClauseKind::Step).map(|state| {
            // Over other added clauses to the next one that the course can know.
            let neighbour = |first: Option<&'a ClauseId>, forward: bool| {
                let mut at = first;
                for _ in 0..=diff.changes.len() {
                    match at.and_then(|id| new.get(id)) {
                        Some(change) => match (&change.old, &change.new) {
                            (Some(old), _) => return Some(&old.id),
                            (None, Some(state)) if forward => at = state.next.as_ref(),
                            (None, Some(state)) => at = state.previous.as_ref(),
                            (None, None) => return None,
                        },
                        None => return at,
                    }
                }
                None
            };
            (&state.id, [neighbour(state.previous.as_ref(), false), neighbour(state.next.as_ref(), true)])
        });
        Self { document_id: diff.document_id, by_old, inserted: inserted.collect() }
    }

    /// The changed clauses that these proofs build on.
    fn of(&self, proofs: &[&Provenance], about: About) -> BTreeSet<ClauseId> {
        let named: BTreeSet<&ClauseId> =
            proofs.iter().filter(|p| p.document_id == self.document_id).map(|p| &p.clause_id).collect();
        let touches = |change: &ClauseChange| match change.change {
            ChangeKind::Edited | ChangeKind::Removed => true,
            ChangeKind::Moved => about != About::Words,
            ChangeKind::Added => false,
        };
        let mut out: BTreeSet<ClauseId> = named
            .iter()
            .filter(|id| self.by_old.get(**id).is_some_and(|c| touches(c)))
            .map(|id| (*id).clone())
            .collect();
        if about == About::Steps {
            let between = self.inserted.iter().filter(|(_, around)| around.iter().flatten().count() == 2);
            let between = between.filter(|(_, around)| around.iter().flatten().all(|id| named.contains(id)));
            out.extend(between.map(|(id, _)| (*id).clone()));
        }
        out
    }
}

/// Where an element stands, in teaching order.
#[derive(Eq, Ord, PartialEq, PartialOrd)]
struct Place {
    /// Unit and lesson; `None` for the final test, which comes last.
    lesson: Option<(usize, usize)>,
    part: String,
    path: Vec<(usize, String)>,
}

impl Place {
    fn of(path: &str) -> Option<Self> {
        let steps: Vec<&str> = path.split('/').skip(1).collect();
        let order = |rest: &[&str]| rest.iter().map(|s| (s.parse().unwrap_or(0), (*s).to_owned())).collect();
        match steps.as_slice() {
            ["course", "units", unit, "lessons", lesson, part, rest @ ..] => Some(Self {
                lesson: Some((unit.parse().ok()?, lesson.parse().ok()?)),
                part: (if *part == "activities" { "items" } else { part }).to_owned(),
                path: order(rest),
            }),
            ["course", part @ ("assessment" | "entry_test"), rest @ ..] => {
                Some(Self { lesson: None, part: (*part).to_owned(), path: order(rest) })
            }
            ["course", "units", rest @ ..] if rest.get(1) == Some(&"test") => {
                Some(Self { lesson: None, part: "unit_test".to_owned(), path: order(rest) })
            }
            _ => None,
        }
    }
}

/// Every item with its place.
fn items(package: &CoursePackage) -> Vec<(String, &Item)> {
    let mut out = Vec::new();
    for (u, unit) in package.course.units.iter().enumerate() {
        for (l, lesson) in unit.lessons.iter().enumerate() {
            for (a, activity) in lesson.activities.iter().enumerate() {
                let at = |i: usize| format!("/course/units/{u}/lessons/{l}/activities/{a}/items/{i}");
                out.extend(activity.items.iter().enumerate().map(|(i, item)| (at(i), item)));
            }
        }
    }
    for (u, test) in package.course.units.iter().enumerate().filter_map(|(u, unit)| Some((u, unit.test.as_ref()?))) {
        let at = |i: usize| format!("/course/units/{u}/test/items/{i}");
        out.extend(test.items.iter().enumerate().map(|(i, item)| (at(i), item)));
    }
    if let Some(test) = &package.course.entry_test {
        for (p, part) in test.parts.iter().enumerate() {
            let at = |i: usize| format!("/course/entry_test/parts/{p}/items/{i}");
            out.extend(part.items.iter().enumerate().map(|(i, item)| (at(i), item)));
        }
        let clauses = test.clause_items.iter().enumerate();
        out.extend(clauses.map(|(i, item)| (format!("/course/entry_test/clause_items/{i}"), item)));
    }
    let final_test = package.course.assessment.items.iter().enumerate();
    out.extend(final_test.map(|(i, item)| (format!("/course/assessment/items/{i}"), item)));
    out
}

/// The id of what stands at the path, or of the nearest thing around it that has one.
fn nearest_id(course: &Value, path: &str) -> Option<Uuid> {
    let mut path = path.strip_prefix("/course")?;
    loop {
        let id = course.pointer(path).and_then(|found| found.get("id")).and_then(Value::as_str);
        if let Some(id) = id.and_then(|id| id.parse().ok()) {
            return Some(id);
        }
        path = &path[..path.rfind('/')?];
    }
}

fn gathered(
    package: &CoursePackage,
    diff: &SopDiff,
    changes: &Changes<'_>,
    touched: BTreeMap<Place, TouchedElement>,
) -> CourseImpact {
    let named: BTreeSet<ClauseId> = touched.values().flat_map(|e| e.clauses.iter().cloned()).collect();
    let mut lessons: BTreeMap<(usize, usize), TouchedLesson> = BTreeMap::new();
    let mut assessment = Vec::new();
    for (place, element) in touched {
        let Some((unit, at)) = place.lesson else {
            assessment.push(element);
            continue;
        };
        let Some(lesson) = package.course.units.get(unit).and_then(|u| u.lessons.get(at)) else { continue };
        let empty = || TouchedLesson {
            lesson_id: lesson.id,
            number: lesson.number,
            title: lesson.title.clone(),
            elements: Vec::new(),
        };
        lessons.entry((unit, at)).or_insert_with(empty).elements.push(element);
    }
    let added = diff.changes.iter().filter(|c| c.change == ChangeKind::Added).filter_map(|c| c.new.as_ref());
    CourseImpact {
        document_id: diff.document_id,
        from_version: diff.from.number,
        to_version: diff.to.number,
        clauses: named.into_iter().map(|id| described(id, diff, changes)).collect(),
        lessons: lessons.into_values().collect(),
        assessment,
        untaught: added.filter(|s| s.kind != ClauseKind::Heading).map(|s| s.id.clone()).collect(),
    }
}

fn described(clause_id: ClauseId, diff: &SopDiff, changes: &Changes<'_>) -> TouchedClause {
    let is_new = |c: &&ClauseChange| c.new.as_ref().is_some_and(|new| new.id == clause_id);
    let change = changes.by_old.get(&clause_id).copied().or_else(|| diff.changes.iter().find(is_new));
    let text = |state: Option<&course_format::sop::ClauseState>| state.map(|s| s.text.clone());
    TouchedClause {
        change: change.map_or(ChangeKind::Edited, |c| c.change),
        critical: change.is_some_and(|c| c.safety.is_some()),
        was: text(change.and_then(|c| c.old.as_ref())),
        becomes: text(change.and_then(|c| c.new.as_ref())),
        clause_id,
    }
}
