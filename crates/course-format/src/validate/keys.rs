use std::collections::{BTreeMap, BTreeSet, HashSet};

use uuid::Uuid;

use super::{Findings, Pointer};
use crate::course::{Answer, Choice, CoursePackage, GapPiece, Item, ItemBody, ItemKey, RubricPoint};
use crate::grading::{MAX_GAP_CHARS, normalise};

/// Keys that no item asks for.
pub(super) fn check_orphans(package: &CoursePackage, at: &Pointer, findings: &mut Findings) {
    let items: HashSet<Uuid> = package.course.items().map(|item| item.id).collect();
    for id in package.keys.0.keys().filter(|id| !items.contains(id)) {
        findings.add(&at.at(id), "key_without_item", format!("no item has the id {id}"));
    }
}

/// The key is of the item's type and answers it: grading with it cannot fail.
pub(super) fn check_key(item: &Item, key: &ItemKey, at: &Pointer, findings: &mut Findings) {
    findings.require_text(&key.rationale, &at.at("rationale"));
    let sources = at.at("provenance");
    findings.require(!key.provenance.is_empty(), &sources, "provenance_missing", "no clause decides this item");
    let at = at.at("answer");
    match (&item.body, &key.answer) {
        (ItemBody::SingleChoice { options }, Answer::SingleChoice { choice }) => {
            check_known(choice, options, &at.at("choice"), findings);
        }
        (ItemBody::MultiSelect { options, select }, Answer::MultiSelect { choices }) => {
            let at = at.at("choices");
            check_distinct(choices, options, &at, findings);
            let asked = usize::try_from(*select) == Ok(choices.len());
            findings.require(asked, &at, "select", "the item asks for another number of options");
        }
        (ItemBody::Gap { pieces }, Answer::Gap { accepted }) => {
            check_gaps(pieces, accepted, &at.at("accepted"), findings);
        }
        (ItemBody::Matching { left, right }, Answer::Matching { pairs }) => {
            check_pairs(left, right, pairs, &at.at("pairs"), findings);
        }
        (ItemBody::StepOrdering { steps }, Answer::StepOrdering { order, precedence, .. }) => {
            check_order(steps, order, &at.at("order"), findings);
            for (i, pair) in precedence.iter().enumerate() {
                let place = |id: &String| order.iter().position(|o| o == id);
                let kept = place(&pair.before).zip(place(&pair.after)).is_some_and(|(first, then)| first < then);
                let at = at.at("precedence").at(i);
                findings.require(kept, &at, "precedence", "the order does not hold these steps in this order");
            }
        }
        (ItemBody::TrueFalse {}, Answer::TrueFalse { .. }) => {}
        (ItemBody::TapEvidence { sentences }, Answer::TapEvidence { choice }) => {
            check_known(choice, sentences, &at.at("choice"), findings);
        }
        (ItemBody::GapSelect { pieces, options }, Answer::GapSelect { choices }) => {
            for gap in gaps(pieces) {
                let options = options.get(gap).map_or(&[][..], Vec::as_slice);
                check_placed(gap, choices.get(gap), options, &at.at("choices"), findings);
            }
        }
        (ItemBody::WordBank { pieces, words }, Answer::WordBank { words: key }) => {
            for gap in gaps(pieces) {
                check_placed(gap, key.get(gap), words, &at.at("words"), findings);
            }
        }
        (ItemBody::CategorySort { categories, entries }, Answer::CategorySort { groups }) => {
            for entry in entries {
                check_placed(&entry.id, groups.get(&entry.id), categories, &at.at("groups"), findings);
            }
        }
        (ItemBody::FormFill { fields, .. }, Answer::FormFill { accepted }) => {
            let pieces: Vec<GapPiece> = fields.iter().map(|f| GapPiece::Gap { id: f.id.clone(), hint: None }).collect();
            check_gaps(&pieces, accepted, &at.at("accepted"), findings);
        }
        (body, answer) if body.item_type() == answer.item_type() => check_written(answer, &at, findings),
        (body, answer) => {
            let message = format!("the item is of the type {}, its key {}", body.item_type(), answer.item_type());
            findings.add(&at.at("type"), "key_type", message);
        }
    }
}

/// Keys that are words: sentences to type, model answers with their rubric.
fn check_written(answer: &Answer, at: &Pointer, findings: &mut Findings) {
    match answer {
        Answer::ShortAnswer { model, rubric }
        | Answer::Writing { model, rubric }
        | Answer::RolePlay { model, rubric } => {
            findings.require_text(model, &at.at("model"));
            check_rubric(rubric, &at.at("rubric"), findings);
        }
        Answer::Transformation { accepted } => check_sentences(accepted, &at.at("accepted"), findings),
        Answer::ErrorCorrection { wrong, right, accepted } => {
            findings.require_text(wrong, &at.at("wrong"));
            findings.require(wrong != right, &at.at("right"), "no_error", "there is nothing to correct");
            check_sentences(accepted, &at.at("accepted"), findings);
        }
        Answer::Dictation { text } | Answer::ReadAloud { text } | Answer::Flashcard { back: text } => {
            findings.require_text(text, &at.at("text"));
        }
        _ => {}
    }
}

fn check_sentences(accepted: &[String], at: &Pointer, findings: &mut Findings) {
    findings.require(!accepted.is_empty(), at, "no_wording", "no sentence is accepted");
    for (i, sentence) in accepted.iter().enumerate() {
        findings.require_text(sentence, &at.at(i));
    }
}

fn gaps(pieces: &[GapPiece]) -> impl Iterator<Item = &String> {
    pieces.iter().filter_map(|piece| match piece {
        GapPiece::Gap { id, .. } => Some(id),
        GapPiece::Text { .. } => None,
    })
}

fn check_placed(place: &str, choice: Option<&String>, options: &[Choice], at: &Pointer, findings: &mut Findings) {
    match choice {
        Some(choice) => check_known(choice, options, &at.at(place), findings),
        None => findings.add(&at.at(place), "no_pair", "this place has no right option"),
    }
}

fn check_known(id: &str, choices: &[Choice], at: &Pointer, findings: &mut Findings) {
    if !choices.iter().any(|choice| choice.id == id) {
        findings.add(at, "unknown_choice", format!("the item has no entry with the id {id:?}"));
    }
}

fn check_distinct(ids: &[String], choices: &[Choice], at: &Pointer, findings: &mut Findings) {
    let mut seen = BTreeSet::new();
    for (i, id) in ids.iter().enumerate() {
        check_known(id, choices, &at.at(i), findings);
        findings.require(seen.insert(id), &at.at(i), "duplicate_id", "this id is used more than once");
    }
}

fn check_gaps(pieces: &[GapPiece], accepted: &BTreeMap<String, Vec<String>>, at: &Pointer, findings: &mut Findings) {
    let gaps: BTreeSet<&String> = pieces
        .iter()
        .filter_map(|piece| match piece {
            GapPiece::Gap { id, .. } => Some(id),
            GapPiece::Text { .. } => None,
        })
        .collect();
    for gap in &gaps {
        let known = accepted.get(*gap).is_some_and(|wordings| !wordings.is_empty());
        findings.require(known, &at.at(gap), "no_wording", "this gap accepts no wording");
    }
    for (gap, wordings) in accepted {
        let at = at.at(gap);
        findings.require(gaps.contains(gap), &at, "unknown_gap", "the item has no gap with this id");
        for (i, wording) in wordings.iter().enumerate() {
            let typable = !normalise(wording).is_empty() && wording.chars().count() <= MAX_GAP_CHARS;
            findings.require(typable, &at.at(i), "wording", "nobody can type this");
        }
    }
}

fn check_pairs(
    left: &[Choice],
    right: &[Choice],
    pairs: &BTreeMap<String, String>,
    at: &Pointer,
    findings: &mut Findings,
) {
    for entry in left {
        findings.require(pairs.contains_key(&entry.id), &at.at(&entry.id), "no_pair", "this entry has no pair");
    }
    let mut taken = BTreeSet::new();
    for (from, to) in pairs {
        let at = at.at(from);
        check_known(from, left, &at, findings);
        check_known(to, right, &at, findings);
        findings.require(taken.insert(to), &at, "pair_twice", "two entries have the same pair");
    }
    let in_key_order =
        left.len() <= right.len() && left.iter().zip(right).all(|(from, to)| pairs.get(&from.id) == Some(&to.id));
    findings.require(!in_key_order, at, "shown_in_key_order", "the entries stand beside their pairs already");
}

fn check_order(steps: &[Choice], order: &[String], at: &Pointer, findings: &mut Findings) {
    check_distinct(order, steps, at, findings);
    findings.require(order.len() == steps.len(), at, "not_a_permutation", "every step has one place in the order");
    let in_key_order = steps.iter().map(|step| &step.id).eq(order);
    findings.require(!in_key_order, at, "shown_in_key_order", "the steps are shown in the right order already");
}

fn check_rubric(rubric: &[RubricPoint], at: &Pointer, findings: &mut Findings) {
    findings.require(!rubric.is_empty(), at, "empty", "a rubric has at least one point");
    for (i, point) in rubric.iter().enumerate() {
        let at = at.at(i);
        findings.require_text(&point.description, &at.at("description"));
        findings.require(point.points > 0, &at.at("points"), "points", "a rubric point is worth at least one point");
        findings.require(!point.tokens.is_empty(), &at.at("tokens"), "empty", "no words suggest this point");
        for (t, token) in point.tokens.iter().enumerate() {
            findings.require_text(token, &at.at("tokens").at(t));
        }
    }
}
