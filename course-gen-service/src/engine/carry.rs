//! What a course takes over from the version before it when its SOP changed: everything whose clauses are as they were keeps
//! its id and its words, whoever wrote them. What builds on an edited or removed clause is exchanged for what the new version
//! says in its place; what an added clause brings is added. A key is taken over only if the solver still comes to it.

mod activities;
mod held;
mod lessons;
mod reading;

use std::collections::BTreeSet;

use course_format::course::{CoursePackage, Lesson};

use super::library::Library;
use held::{ClauseKey, Held, clauses_of};

/// Puts the previous version's elements in the place of those that the new one made for the same clauses. A course at
/// another level is another course: nothing of it is taken over.
pub fn carry(package: &mut CoursePackage, previous: &CoursePackage, library: &Library) {
    if package.course.level != previous.course.level {
        return;
    }
    let held = Held::new(library);
    let old: Vec<&Lesson> = previous.course.lessons().collect();
    let pairs = paired(package, &old);
    keep_ids(package, previous, &pairs);
    let before: BTreeSet<ClauseKey> = old.iter().flat_map(|l| held.standing(&l.reading)).collect();
    let fresh: BTreeSet<ClauseKey> =
        package.course.lessons().flat_map(|l| clauses_of(&l.reading)).filter(|key| !before.contains(key)).collect();
    let lines = reading::Lines::of(&old);
    let matches: Vec<Match<'_>> = package
        .course
        .lessons()
        .zip(&pairs)
        .map(|(new, old)| {
            let known: BTreeSet<ClauseKey> = old.iter().flat_map(|l| held.standing(&l.reading)).collect();
            let own = clauses_of(&new.reading).into_iter().filter(|key| !known.contains(key));
            let own: BTreeSet<ClauseKey> =
                if repeats(new) { fresh.clone() } else { own.chain(fresh.clone()).collect() };
            Match { old: *old, fresh: own }
        })
        .collect();
    activities::carry(package, previous, &matches, &fresh, &held);
    for (lesson, found) in package.course.units.iter_mut().flat_map(|u| &mut u.lessons).zip(&matches) {
        match found.old {
            Some(old) => lessons::carry(lesson, old, &found.fresh, &held, &lines),
            None => reading::carry(&mut lesson.reading, None, &found.fresh, &held, &lines),
        }
    }
}

/// A lesson's counterpart in the version before, and the clauses that are new to it.
struct Match<'a> {
    old: Option<&'a Lesson>,
    fresh: BTreeSet<ClauseKey>,
}

/// Practice lessons go through clauses of others again and are no place to learn a new one.
fn repeats(lesson: &Lesson) -> bool {
    lesson.title.starts_with("Practice")
}

/// By id; a lesson whose first clause was edited has another id, and is known by the clauses it shares.
fn paired<'a>(package: &CoursePackage, old: &[&'a Lesson]) -> Vec<Option<&'a Lesson>> {
    let mut out: Vec<Option<&Lesson>> =
        package.course.lessons().map(|new| old.iter().find(|o| o.id == new.id).copied()).collect();
    for (i, new) in package.course.lessons().enumerate() {
        if out[i].is_some() {
            continue;
        }
        let own = clauses_of(&new.reading);
        let shared = |o: &Lesson| clauses_of(&o.reading).intersection(&own).count();
        let free = old.iter().filter(|o| !out.iter().flatten().any(|taken| taken.id == o.id));
        let free = free.filter(|o| repeats(o) == repeats(new) && shared(o) * 2 > own.len());
        out[i] = free.max_by_key(|o| shared(o)).copied();
    }
    out
}

/// Lessons and units keep the ids they had.
fn keep_ids(package: &mut CoursePackage, previous: &CoursePackage, pairs: &[Option<&Lesson>]) {
    for (lesson, old) in package.course.units.iter_mut().flat_map(|u| &mut u.lessons).zip(pairs) {
        if let Some(old) = old {
            lesson.id = old.id;
        }
    }
    let mut taken: BTreeSet<_> = package.course.units.iter().map(|u| u.id).collect();
    for unit in &mut package.course.units {
        let first = unit.lessons.first().map(|l| l.id);
        let old = previous.course.units.iter().find(|u| u.lessons.first().map(|l| l.id) == first);
        if let Some(old) = old.filter(|old| taken.insert(old.id)) {
            unit.id = old.id;
        }
    }
}

#[cfg(test)]
mod tests;
