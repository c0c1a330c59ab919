use std::collections::HashSet;

use super::{Findings, Pointer};
use crate::course::{Choice, FormField, GapPiece, Item, ItemBody};
use crate::grading::normalise;

/// What an item must be before anybody looks at its key.
pub(super) fn check_item(item: &Item, at: &Pointer, findings: &mut Findings) {
    findings.require_text(&item.stem, &at.at("stem"));
    findings.require(item.points > 0, &at.at("points"), "points", "an item is worth at least one point");
    let at = at.at("body");
    match &item.body {
        ItemBody::SingleChoice { options } => check_choices(options, 2, &at.at("options"), findings),
        ItemBody::MultiSelect { options, select } => {
            check_choices(options, 2, &at.at("options"), findings);
            let possible = usize::try_from(*select).is_ok_and(|n| (1..=options.len()).contains(&n));
            findings.require(possible, &at.at("select"), "select", "select lies between 1 and the number of options");
        }
        ItemBody::Gap { pieces } => check_pieces(pieces, &at.at("pieces"), findings),
        ItemBody::Matching { left, right } => {
            check_choices(left, 2, &at.at("left"), findings);
            check_choices(right, left.len().max(2), &at.at("right"), findings);
        }
        ItemBody::StepOrdering { steps } => check_choices(steps, 2, &at.at("steps"), findings),
        ItemBody::TrueFalse {} => {}
        ItemBody::GapSelect { pieces, options } => {
            check_pieces(pieces, &at.at("pieces"), findings);
            for (gap, options) in options {
                check_choices(options, 2, &at.at("options").at(gap), findings);
            }
        }
        ItemBody::CategorySort { categories, entries } => {
            check_choices(categories, 2, &at.at("categories"), findings);
            check_choices(entries, 2, &at.at("entries"), findings);
        }
        ItemBody::WordBank { pieces, words } => {
            check_pieces(pieces, &at.at("pieces"), findings);
            check_choices(words, 2, &at.at("words"), findings);
        }
        ItemBody::TapEvidence { sentences } => check_choices(sentences, 2, &at.at("sentences"), findings),
        ItemBody::Dictation { speech: text }
        | ItemBody::ErrorCorrection { sentence: text }
        | ItemBody::ReadAloud { text }
        | ItemBody::Flashcard { front: text }
        | ItemBody::Transformation { source: text, .. } => findings.require_text(text, &at.at("text")),
        ItemBody::FormFill { case, fields } => {
            findings.require_text(case, &at.at("case"));
            check_fields(fields, &at.at("fields"), findings);
        }
        ItemBody::RolePlay { role, checklist, .. } => {
            findings.require_text(role, &at.at("role"));
            findings.require(!checklist.is_empty(), &at.at("checklist"), "empty", "there is nothing to do or say");
        }
        ItemBody::ShortAnswer { min_words, max_words } | ItemBody::Writing { min_words, max_words, .. } => {
            let possible = *max_words > 0 && min_words <= max_words;
            findings.require(possible, &at.at("max_words"), "word_limits", "no answer can have this many words");
        }
    }
}

fn check_choices(choices: &[Choice], least: usize, at: &Pointer, findings: &mut Findings) {
    if choices.len() < least {
        findings.add(at, "too_few", format!("at least {least} entries are needed"));
    }
    let (mut ids, mut texts) = (HashSet::new(), HashSet::new());
    for (i, choice) in choices.iter().enumerate() {
        let at = at.at(i);
        findings.require_text(&choice.id, &at.at("id"));
        findings.require_text(&choice.text, &at.at("text"));
        findings.require(ids.insert(&choice.id), &at.at("id"), "duplicate_id", "this id is used more than once");
        let distinct = texts.insert(normalise(&choice.text));
        findings.require(distinct, &at.at("text"), "duplicate_text", "another entry says the same");
    }
}

fn check_fields(fields: &[FormField], at: &Pointer, findings: &mut Findings) {
    findings.require(!fields.is_empty(), at, "empty", "a form has at least one field");
    let mut ids = HashSet::new();
    for (i, field) in fields.iter().enumerate() {
        let at = at.at(i);
        findings.require_text(&field.id, &at.at("id"));
        findings.require_text(&field.label, &at.at("label"));
        findings.require(ids.insert(&field.id), &at.at("id"), "duplicate_id", "this id is used more than once");
    }
}

fn check_pieces(pieces: &[GapPiece], at: &Pointer, findings: &mut Findings) {
    let mut gaps = HashSet::new();
    let mut words = false;
    for (i, piece) in pieces.iter().enumerate() {
        let at = at.at(i);
        match piece {
            GapPiece::Text { text } => words |= !text.trim().is_empty(),
            GapPiece::Gap { id, .. } => {
                findings.require_text(id, &at.at("id"));
                findings.require(gaps.insert(id), &at.at("id"), "duplicate_id", "this id is used more than once");
            }
        }
    }
    findings.require(!gaps.is_empty(), at, "no_gap", "there is no gap to fill");
    findings.require(words, at, "no_text", "there is no text around the gaps");
}
