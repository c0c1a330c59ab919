//! Exercises on the lesson's point of grammar, made from the sentences that the author found for it, and the mark on every
//! other item that trains the same point in them.

mod cues;
mod forms;
mod rebuild;
mod rewrites;

use std::collections::BTreeSet;

use course_format::Level;
use course_format::course::{GrammarFocus, Relation};

use super::build::Spec;
use super::lines::Line;
use super::{Bench, Made, error_correction};
use crate::engine::library::ClauseRef;

/// What a focus is worth more than any other sentence of the same kind.
const FOCUS: i32 = 4;

/// Forms, words that decide and rewritings of every sentence: a lesson needs more than one way to say the same.
pub fn everywhere(bench: &Bench<'_>) -> Vec<Made> {
    if bench.level < Level::A2 {
        return Vec::new();
    }
    let lines = bench.lines().filter(|l| l.words <= 24);
    lines
        .flat_map(|line| [forms::make(bench, line), cues::make(bench, line), rewrites::make(bench, line)])
        .flatten()
        .collect()
}

/// Items on the focus alone.
pub fn make(bench: &Bench<'_>, focus: &GrammarFocus) -> Vec<Made> {
    let shown = clauses(bench, focus);
    let mut out = Vec::new();
    for line in bench.lines().filter(|l| shown.contains(&l.at) && l.words <= 24) {
        if bench.level < Level::A2 {
            out.extend(forms::make(bench, line));
            out.extend(cues::make(bench, line));
        }
        if bench.level <= Level::A2 {
            out.extend(rebuild::make(bench, line));
        }
        if bench.level >= Level::A2 {
            out.extend(error_correction::of_line(bench, line));
        }
    }
    let trains = frames(&focus.point);
    out.retain(|made| trains.contains(&made.frame.as_str()));
    out
}

/// Marks the items that train the point in the sentences that show it.
pub fn mark(bench: &Bench<'_>, focus: &GrammarFocus, items: &mut [Made]) {
    let shown = clauses(bench, focus);
    let trains = frames(&focus.point);
    for made in items.iter_mut().filter(|m| trains.contains(&m.frame.as_str())) {
        if made.covers.iter().any(|at| shown.contains(at)) {
            made.focus = true;
            made.score += FOCUS;
        }
    }
}

fn clauses(bench: &Bench<'_>, focus: &GrammarFocus) -> BTreeSet<ClauseRef> {
    let find = |p: &course_format::course::Provenance| {
        let document = bench.library.documents().iter().position(|d| d.document_id == p.document_id)?;
        bench.library.find(document, &p.clause_id.0)
    };
    focus.cases.iter().flat_map(|c| &c.sentence.provenance).filter_map(find).collect()
}

/// The patterns of items that train a point.
fn frames(point: &str) -> &'static [&'static str] {
    match point {
        "imperative" => &["rebuild", "slip-imperative", "gap-verb", "match-halves"],
        "negative_imperative" => &["rebuild", "slip-negation", "say-must-not", "say-forbidden"],
        "routine" => &["form-third-person", "slip-third-person", "ask-who", "rebuild"],
        "place" => &["select-preposition", "slip-place", "ask-slot", "rebuild"],
        "compounds" => &["slip-compound", "rebuild"],
        "articles" => &["slip-article", "rebuild"],
        "time_words" => &["ask-slot", "gap-number", "rebuild"],
        "must" => &["slip-modal", "say-have-to", "select-modal", "say-must", "say-must-not", "say-active"],
        "should" => &["slip-modal", "select-modal", "gap-modal"],
        "if_imperative" => &["say-condition-first", "say-condition-last", "slip-if", "match-cases", "form-present"],
        "zero_conditional" => &["form-present", "slip-if"],
        "order_words" => &["slip-order", "join-before", "join-after", "order"],
        "to_purpose" => &["slip-purpose", "say-in-order-to"],
        "phrasal_verbs" => &["cue-particle", "say-between", "rebuild"],
        "quantity" => &["slip-plural", "slip-of", "slip-each", "ask-slot", "select-amount", "gap-number"],
        "comparison" => &["cue-limit", "slip-limit", "say-or-more", "say-or-less"],
        "by_ing" => &["form-ing", "slip-ing", "cue-by"],
        "relative" => &["cue-relative", "slip-relative"],
        "may_can" => &["say-allowed", "slip-modal", "select-modal", "gap-modal"],
        "before_after" | "joined_steps" => {
            &["join-before", "join-after", "select-time-word", "gap-time-word", "slip-ing", "form-ing"]
        }
        "when_until" => &["select-time-word", "gap-time-word", "form-present", "slip-will"],
        "if_will" => &["slip-if", "form-present"],
        "unless" => &["select-joiner", "say-if-not"],
        "in_case" => &["cue-in-case", "slip-will"],
        "so_that" => &["select-joiner", "slip-so-that"],
        "make_sure" => &["form-present", "slip-make-sure", "form-participle"],
        "passive" => &["form-participle", "slip-participle"],
        "time_limit" => &["cue-time-limit", "slip-since", "ask-slot", "gap-number"],
        "modal_passive" => {
            &["form-participle", "slip-participle", "slip-be", "say-active", "say-passive", "say-have-to"]
        }
        "participle_phrase" => &["form-ing"],
        "ed_clause" => &["form-participle", "say-that-is"],
        "short_condition" => &["say-full-condition", "slip-short"],
        _ => &[],
    }
}

/// What all of these items share: the sentence is the SOP's.
fn spec(bench: &Bench<'_>, line: &Line, frame: &'static str, target: String, stems: Vec<String>, why: String) -> Spec {
    let mut stems = stems.into_iter();
    Spec {
        clause: line.at,
        frame,
        target,
        stem: stems.next().unwrap_or_default(),
        others: stems.collect(),
        rationale: why,
        relation: Relation::Quote,
        provenance: vec![bench.library.prove_part(line.at, &line.text)],
        reasons: Vec::new(),
        score: 4,
    }
}

#[cfg(test)]
mod tests;
