//! Exercises: each stays in its place for as long as it is right; one that fell is exchanged for the new version's.

use std::collections::{BTreeMap, BTreeSet};

use course_format::course::{Activity, AnswerKeys, CoursePackage, EntryPart, Item, ItemKey, ItemType, Lesson};
use uuid::Uuid;

use super::held::{ClauseKey, Held, clauses_of, key_of};
use super::{Match, reading, repeats};
use crate::engine::assemble::rank;
use crate::engine::forge::LONGEST_LESSON;
use crate::engine::outline::is_critical;

/// Exercises that a lesson takes in for a new clause.
const FOR_A_NEW_CLAUSE: usize = 2;

/// Lessons and final test with the exercises of the version before, as far as they are right.
pub fn carry(
    package: &mut CoursePackage,
    previous: &CoursePackage,
    matches: &[Match<'_>],
    fresh: &BTreeSet<ClauseKey>,
    held: &Held<'_>,
) {
    let new = package.clone();
    let mut bank = Bank::new(&new, previous, matches, fresh, held);
    for ((lesson, made), found) in
        package.course.units.iter_mut().flat_map(|u| &mut u.lessons).zip(new.course.lessons()).zip(matches)
    {
        lesson.activities = match found.old {
            Some(old) => bank.lesson(old, made, &found.fresh),
            None => bank.of_new(made),
        };
    }
    let items = bank.test(&previous.course.assessment.items, &new.course.assessment.items, fresh);
    if !items.is_empty() {
        package.course.assessment.items = items;
    }
    bank.other_tests(package, previous, fresh);
    let keys = package.course.items().filter_map(|i| Some((i.id, bank.key(i.id)?)));
    package.keys = AnswerKeys(keys.collect());
}

/// Which exercises there are, and which of them are taken.
struct Bank<'a> {
    new: &'a CoursePackage,
    held: &'a Held<'a>,
    /// Of the version before, those that are still right and stay where they are.
    kept: BTreeSet<Uuid>,
    /// Those that are still right, with their keys.
    keys: BTreeMap<Uuid, ItemKey>,
    /// Right as well, but their lesson has gone, or their clause has moved to another one.
    homeless: Vec<Homeless>,
    used: BTreeSet<Uuid>,
}

struct Homeless {
    clause: ClauseKey,
    activity: Activity,
    item: Item,
}

impl<'a> Bank<'a> {
    fn new(
        new: &'a CoursePackage,
        previous: &CoursePackage,
        matches: &[Match<'_>],
        fresh: &BTreeSet<ClauseKey>,
        held: &'a Held<'a>,
    ) -> Self {
        let (mut kept, mut keys) = (BTreeSet::new(), BTreeMap::new());
        let mut homeless = Vec::new();
        for old in previous.course.lessons() {
            let at = matches.iter().position(|m| m.old.is_some_and(|o| o.id == old.id));
            let here = at.and_then(|at| new.course.lessons().nth(at));
            let fresh = at.map_or(fresh, |at| &matches[at].fresh);
            // A clause may have moved to another lesson; those of a practice lesson are at home elsewhere.
            let moved: BTreeSet<ClauseKey> = match here {
                Some(here) if repeats(here) => BTreeSet::new(),
                Some(here) => clauses_of(&old.reading).difference(&clauses_of(&here.reading)).cloned().collect(),
                None => clauses_of(&old.reading),
            };
            for (activity, item) in old.activities.iter().flat_map(|a| a.items.iter().map(move |i| (a, i))) {
                let Some(key) = previous.keys.0.get(&item.id).and_then(|key| held.key(item, key, fresh)) else {
                    continue;
                };
                let first = key.provenance.first().map(key_of);
                if here.is_none() || first.as_ref().is_some_and(|key| moved.contains(key)) {
                    homeless.extend(first.map(|clause| Homeless {
                        clause,
                        activity: activity.clone(),
                        item: item.clone(),
                    }));
                } else {
                    kept.insert(item.id);
                }
                keys.insert(item.id, key);
            }
        }
        for item in &previous.course.assessment.items {
            if let Some(key) = previous.keys.0.get(&item.id).and_then(|key| held.key(item, key, fresh)) {
                kept.insert(item.id);
                keys.insert(item.id, key);
            }
        }
        let used = kept.clone();
        Self { new, held, kept, keys, homeless, used }
    }

    /// The tests of units and the placement test keep what is still right. No exercise stands in two places: lessons and final
    /// test, which may have kept one that the new version would put elsewhere, come first.
    fn other_tests(&mut self, package: &mut CoursePackage, previous: &CoursePackage, fresh: &BTreeSet<ClauseKey>) {
        let lessons = package.course.lessons().flat_map(|l| l.activities.iter().flat_map(|a| &a.items));
        let mut seen: BTreeSet<Uuid> = lessons.chain(&package.course.assessment.items).map(|i| i.id).collect();
        for unit in &mut package.course.units {
            let Some(test) = &mut unit.test else { continue };
            let old = previous.course.units.iter().find(|o| o.id == unit.id).and_then(|o| o.test.as_ref());
            let old = old.map_or(&[][..], |o| o.items.as_slice());
            test.items = self.still_right(old, &test.items, previous, fresh, &mut seen);
        }
        let Some(entry) = &mut package.course.entry_test else { return };
        let before = previous.course.entry_test.as_ref();
        let old = before.map_or(&[][..], |o| o.clause_items.as_slice());
        entry.clause_items = self.still_right(old, &entry.clause_items, previous, fresh, &mut seen);
        for part in &mut entry.parts {
            let same = |o: &&EntryPart| o.level == part.level && clauses_of(&o.reading) == clauses_of(&part.reading);
            let old = before.and_then(|b| b.parts.iter().find(same));
            if let Some(old) = old {
                part.id = old.id;
                reading::carry(&mut part.reading, Some(&old.reading), fresh, self.held, &reading::Lines::of(&[]));
            }
            let items = old.map_or(&[][..], |o| o.items.as_slice());
            part.items = self.still_right(items, &part.items, previous, fresh, &mut seen);
        }
    }

    /// The items of a test that stand, then the new version's in the places of those that fell.
    fn still_right(
        &mut self,
        old: &[Item],
        made: &[Item],
        previous: &CoursePackage,
        fresh: &BTreeSet<ClauseKey>,
        seen: &mut BTreeSet<Uuid>,
    ) -> Vec<Item> {
        let mut out = Vec::new();
        for item in old {
            let key = previous.keys.0.get(&item.id).and_then(|key| self.held.key(item, key, fresh));
            let Some(key) = key.filter(|_| seen.insert(item.id)) else { continue };
            self.keys.insert(item.id, key);
            out.push(item.clone());
        }
        for item in made {
            if out.len() < made.len().max(old.len()) && seen.insert(item.id) {
                out.push(item.clone());
            }
        }
        out
    }

    fn key(&self, id: Uuid) -> Option<ItemKey> {
        self.keys.get(&id).or_else(|| self.new.keys.0.get(&id)).cloned()
    }

    fn asks(&self, id: Uuid, clause: &ClauseKey) -> bool {
        let key = self.keys.get(&id).or_else(|| self.new.keys.0.get(&id));
        key.is_some_and(|k| k.provenance.iter().any(|p| key_of(p) == *clause))
    }

    /// The item for the place of one that fell: the same with new options, else one of its type about a new clause, else
    /// any about a new clause.
    fn other(&mut self, fell: &Item, offered: &[&Item], fresh: &BTreeSet<ClauseKey>) -> Option<Item> {
        let about_new = |i: &Item| fresh.iter().any(|clause| self.asks(i.id, clause));
        let again = self.new.course.items().find(|i| i.id == fell.id);
        let free: Vec<&Item> = offered.iter().copied().filter(|i| !self.used.contains(&i.id) && about_new(i)).collect();
        let chosen = again
            .filter(|i| !self.used.contains(&i.id))
            .or_else(|| free.iter().find(|i| i.item_type() == fell.item_type()).copied())
            .or_else(|| free.first().copied())?
            .clone();
        self.used.insert(chosen.id);
        Some(chosen)
    }

    fn lesson(&mut self, old: &Lesson, new: &Lesson, fresh: &BTreeSet<ClauseKey>) -> Vec<Activity> {
        let offered: Vec<&Item> = new.activities.iter().flat_map(|a| &a.items).collect();
        let mut out: Vec<Activity> = Vec::new();
        let mut more: Vec<Item> = Vec::new();
        for activity in &old.activities {
            let mut items = Vec::new();
            for item in &activity.items {
                if self.kept.contains(&item.id) {
                    items.push(item.clone());
                    continue;
                }
                match self.other(item, &offered, fresh) {
                    Some(other) if other.item_type() == item.item_type() => items.push(other),
                    Some(other) => more.push(other),
                    None => {}
                }
            }
            out.push(Activity { items, ..activity.clone() });
        }
        if !repeats(new) {
            self.take_in(&mut out, new);
            let there: Vec<&Item> = out.iter().flat_map(|a| &a.items).chain(&more).collect();
            let added = self.added(&there, &offered, fresh);
            more.extend(added);
        }
        for item in more {
            let heading = heading(&new.activities, item.item_type());
            put(&mut out, item, heading);
        }
        out.retain(|a| !a.items.is_empty());
        out
    }

    /// Exercises of the version before about clauses that are at home here now, as far as there is room.
    fn take_in(&mut self, activities: &mut Vec<Activity>, new: &Lesson) {
        let here = clauses_of(&new.reading);
        for homeless in std::mem::take(&mut self.homeless) {
            let room = activities.iter().flat_map(|a| &a.items).filter(is_graded).count() < LONGEST_LESSON;
            if !here.contains(&homeless.clause) {
                self.homeless.push(homeless);
            } else if room && self.used.insert(homeless.item.id) {
                let id = Uuid::new_v5(&new.id, format!("activity/{}", homeless.activity.title).as_bytes());
                let heading = Activity { id, items: Vec::new(), ..homeless.activity };
                put(activities, homeless.item, Some(heading));
            }
        }
    }

    /// Exercises for the new clauses that none asks about yet.
    fn added(&mut self, there: &[&Item], offered: &[&Item], fresh: &BTreeSet<ClauseKey>) -> Vec<Item> {
        let graded = there.iter().filter(|i| is_graded(i)).count();
        let mut out: Vec<Item> = Vec::new();
        let mut types: BTreeMap<&ClauseKey, BTreeSet<ItemType>> = BTreeMap::new();
        let unasked: Vec<&ClauseKey> =
            fresh.iter().filter(|clause| !there.iter().any(|i| self.asks(i.id, clause))).collect();
        for clause in unasked {
            for item in offered {
                let own = types.entry(clause).or_default();
                let room = own.len() < FOR_A_NEW_CLAUSE && graded + out.len() < LONGEST_LESSON;
                let asks = self.asks(item.id, clause) && !self.used.contains(&item.id);
                if room && asks && own.insert(item.item_type()) {
                    self.used.insert(item.id);
                    out.push((*item).clone());
                }
            }
        }
        out
    }

    /// A lesson that the version before did not have.
    fn of_new(&mut self, new: &Lesson) -> Vec<Activity> {
        let mut out = Vec::new();
        self.take_in(&mut out, new);
        for (activity, item) in new.activities.iter().flat_map(|a| a.items.iter().map(move |i| (a, i))) {
            // What came from the old lessons asks about its clauses already.
            let mut asked = out.iter().flat_map(|a: &Activity| &a.items);
            let about = self.key(item.id).and_then(|k| k.provenance.first().map(key_of));
            let known = about.is_some_and(|clause| asked.any(|i| self.asks(i.id, &clause)));
            if !known && self.used.insert(item.id) {
                put(&mut out, item.clone(), Some(Activity { items: Vec::new(), ..activity.clone() }));
            }
        }
        out
    }

    fn test(&mut self, old: &[Item], new: &[Item], fresh: &BTreeSet<ClauseKey>) -> Vec<Item> {
        let offered: Vec<&Item> = new.iter().collect();
        let mut out = Vec::new();
        for item in old {
            let stays = self.kept.contains(&item.id).then(|| item.clone());
            out.extend(stays.or_else(|| self.other(item, &offered, fresh)));
        }
        // One item for each new critical clause.
        for clause in fresh {
            let critical = self.held.find(clause).is_some_and(|at| is_critical(self.held.library, at));
            if critical && !out.iter().any(|i: &Item| self.asks(i.id, clause)) {
                let item = offered.iter().find(|i| self.asks(i.id, clause) && !self.used.contains(&i.id));
                self.used.extend(item.map(|i| i.id));
                out.extend(item.map(|i| (*i).clone()));
            }
        }
        out
    }
}

fn is_graded(item: &&Item) -> bool {
    item.item_type() != ItemType::Flashcard
}

/// The heading of the activity with items of this type.
fn heading(activities: &[Activity], kind: ItemType) -> Option<Activity> {
    let own = activities.iter().find(|a| a.items.first().is_some_and(|i| i.item_type() == kind))?;
    Some(Activity { items: Vec::new(), ..own.clone() })
}

/// Beside the others of its type, or under this heading.
fn put(activities: &mut Vec<Activity>, item: Item, heading: Option<Activity>) {
    let kind = item.item_type();
    let own = |a: &&mut Activity| a.items.first().is_some_and(|i| i.item_type() == kind);
    if let Some(activity) = activities.iter_mut().find(own) {
        activity.items.push(item);
    } else if let Some(heading) = heading {
        activities.retain(|a| !a.items.is_empty());
        activities.push(Activity { items: vec![item], ..heading });
        activities.sort_by_key(|a| a.items.first().map(|i| rank(i.item_type())));
    }
}
