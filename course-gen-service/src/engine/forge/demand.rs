//! What an item asks of the learner, and how many are expected to manage it.

use course_format::course::{Demand, ItemType};

/// Frames in which a case is decided by a rule.
const APPLY: [&str; 38] = [
    "decision",
    "case-limit-kept",
    "case-limit-broken",
    "case-limit-calls",
    "case-clock",
    "case-sort",
    "case-sort-told",
    "case-report",
    "case-amount",
    "case-behind",
    "note-amount",
    "note-ban",
    "note-order",
    "note-person",
    "case-message",
    "next-step",
    "step-waits",
    "step-before",
    "step-missing",
    "case-value",
    "stop",
    "new-colleague",
    "part-of-job",
    "two-forbidden",
    "answer-case",
    "answer-stop",
    "choose-forbidden",
    "choose-allowed",
    "not-allowed",
    "may-stay",
    "request",
    "whom-to-call",
    "form",
    "sort-allowed",
    "sort-do",
    "match-cases",
    "write",
    "role-play",
];

/// Frames in which the SOP's words come back.
const RECALL: [&str; 12] = [
    "match-parts",
    "match-half-sentences",
    "gap-number",
    "gap-term",
    "gap-word",
    "gap-verb",
    "match-halves",
    "match-terms",
    "meaning-of-term",
    "term-of-meaning",
    "choose-parts",
    "match-endings",
];

/// From the pattern of the item, else from its type.
pub fn of(frame: &str, kind: ItemType) -> Demand {
    if APPLY.contains(&frame) {
        return Demand::Apply;
    }
    if RECALL.contains(&frame) {
        return Demand::Recall;
    }
    if frame == "answer-explain" {
        return Demand::Understand;
    }
    match kind {
        ItemType::WordBank | ItemType::Dictation | ItemType::ReadAloud | ItemType::Flashcard | ItemType::GapSelect => {
            Demand::Recall
        }
        ItemType::FormFill | ItemType::Writing | ItemType::RolePlay | ItemType::ShortAnswer => Demand::Apply,
        _ => Demand::Understand,
    }
}

/// Easy 0.85, middle 0.65, hard 0.45: by what is asked, and by whether the answer is produced or has several parts.
pub fn expected_right(demand: Demand, kind: ItemType) -> f32 {
    let produced = matches!(
        kind,
        ItemType::Gap
            | ItemType::Transformation
            | ItemType::ErrorCorrection
            | ItemType::Dictation
            | ItemType::FormFill
            | ItemType::StepOrdering
            | ItemType::Writing
            | ItemType::RolePlay
    );
    let several =
        matches!(kind, ItemType::MultiSelect | ItemType::Matching | ItemType::CategorySort | ItemType::ShortAnswer);
    let hard = match demand {
        Demand::Recall => 0,
        Demand::Understand => 1,
        Demand::Apply => 2,
    } + usize::from(produced)
        + usize::from(several);
    match hard {
        0 | 1 => 0.85,
        2 => 0.65,
        _ => 0.45,
    }
}
