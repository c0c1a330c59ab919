//! Everything of a lesson but its exercises.

use std::collections::BTreeSet;

use course_format::course::{GrammarFocus, Lesson, RolePlay, TrainerPage};

use super::held::{ClauseKey, Held, Part, named, names_any};
use super::{reading, repeats};

/// At most so many points on a role-play's checklist.
const CHECKLIST: usize = 10;

/// New terms that a lesson takes in without another one having gone.
const NEW_TERMS: usize = 2;

pub fn carry(
    lesson: &mut Lesson,
    old: &Lesson,
    fresh: &BTreeSet<ClauseKey>,
    held: &Held<'_>,
    lines: &reading::Lines<'_>,
) {
    lesson.objectives = slots(&old.objectives, &lesson.objectives, fresh, held);
    lesson.warm_up = slots(&old.warm_up, &lesson.warm_up, fresh, held);
    lesson.homework = slots(&old.homework, &lesson.homework, fresh, held);
    lesson.trainer_notes = slots(&old.trainer_notes, &lesson.trainer_notes, fresh, held);
    let mut words = slots(&old.vocabulary, &lesson.vocabulary, fresh, held);
    let added = lesson.vocabulary.iter().filter(|e| names_any(*e, fresh) && !words.iter().any(|w| w.is_same(e)));
    let added: Vec<_> = added.take(NEW_TERMS).cloned().collect();
    words.extend(added);
    lesson.vocabulary = words;
    if repeats(lesson) && repeats(old) {
        reading::chosen(&mut lesson.reading, &old.reading, fresh, held);
    } else {
        reading::carry(&mut lesson.reading, Some(&old.reading), fresh, held, lines);
    }
    for variant in &mut lesson.variants {
        let before = old.variants.iter().find(|v| v.level == variant.level);
        if let Some(before) = before {
            reading::carry(&mut variant.reading, Some(&before.reading), fresh, held, lines);
        }
    }
    lesson.grammar = whole(old.grammar.as_ref(), lesson.grammar.take(), fresh, held, &grammar);
    lesson.dialogue = whole(old.dialogue.as_ref(), lesson.dialogue.take(), fresh, held, &|_, new, _, _| new.clone());
    lesson.role_play = whole(old.role_play.as_ref(), lesson.role_play.take(), fresh, held, &role_play);
    if let (Some(page), Some(before)) = (&mut lesson.trainer_page, &old.trainer_page) {
        *page = trainer_page(before, page, fresh, held);
    }
}

/// The old entries that stand, and in the place of each of the others what the new version says there: the same with other
/// proofs, or something about a new clause. Nothing takes the place of what went with its clause.
pub fn slots<T: Part>(old: &[T], new: &[T], fresh: &BTreeSet<ClauseKey>, held: &Held<'_>) -> Vec<T> {
    let kept: Vec<Option<T>> = old.iter().map(|o| held.part(o)).collect();
    let stands = |n: &T| kept.iter().flatten().any(|k| k.is_same(n));
    let again = |n: &T| old.iter().zip(&kept).any(|(o, k)| k.is_none() && o.is_same(n));
    let mut spare: Vec<&T> = new.iter().filter(|n| names_any(*n, fresh) && !stands(n) && !again(n)).rev().collect();
    let mut out = Vec::new();
    for (o, k) in old.iter().zip(&kept) {
        let other = || new.iter().find(|n| n.is_same(o) && !stands(n)).cloned();
        out.extend(k.clone().or_else(other).or_else(|| spare.pop().cloned()));
    }
    if out.is_empty() { new.to_vec() } else { out }
}

/// What stands of an old part, with what the new one has in the place of the rest.
type Mend<T> = dyn Fn(&T, &T, &BTreeSet<ClauseKey>, &Held<'_>) -> T;

/// The old part if it stands; what is `mended` of it where the new version has one as well; nothing where it had none and
/// nothing new calls for it.
fn whole<T: Part>(
    old: Option<&T>,
    new: Option<T>,
    fresh: &BTreeSet<ClauseKey>,
    held: &Held<'_>,
    mended: &Mend<T>,
) -> Option<T> {
    let Some(old) = old else { return new.filter(|n| names_any(n, fresh)) };
    held.part(old).or_else(|| new.map(|new| mended(old, &new, fresh, held)))
}

/// The same point keeps its explanation and the cases that stand.
fn grammar(old: &GrammarFocus, new: &GrammarFocus, fresh: &BTreeSet<ClauseKey>, held: &Held<'_>) -> GrammarFocus {
    if !old.is_same(new) {
        return new.clone();
    }
    let cases = slots(&old.cases, &new.cases, fresh, held);
    let mistakes = slots(&old.mistakes, &new.mistakes, fresh, held);
    let few = cases.len() < new.cases.len().min(2);
    let cases = if few { new.cases.clone() } else { cases };
    GrammarFocus { cases, mistakes, ..old.clone() }
}

/// The scene stays if it stands; its checklist keeps the SOP's order.
fn role_play(old: &RolePlay, new: &RolePlay, fresh: &BTreeSet<ClauseKey>, held: &Held<'_>) -> RolePlay {
    let scene = RolePlay { checklist: Vec::new(), ..old.clone() };
    let Some(scene) = held.part(&scene) else { return new.clone() };
    let mut checklist = slots(&old.checklist, &new.checklist, fresh, held);
    checklist.truncate(CHECKLIST);
    checklist.sort_by_key(|point| named(point).first().and_then(|key| held.find(key)));
    RolePlay { checklist, ..scene }
}

fn trainer_page(old: &TrainerPage, new: &TrainerPage, fresh: &BTreeSet<ClauseKey>, held: &Held<'_>) -> TrainerPage {
    TrainerPage {
        // The SOP's own words: nothing to take over.
        critical: new.critical.clone(),
        concept_questions: slots(&old.concept_questions, &new.concept_questions, fresh, held),
        likely_errors: slots(&old.likely_errors, &new.likely_errors, fresh, held),
        easier: old.easier.as_ref().and_then(|t| held.part(t)).or_else(|| new.easier.clone()),
        harder: old.harder.as_ref().and_then(|t| held.part(t)).or_else(|| new.harder.clone()),
    }
}
