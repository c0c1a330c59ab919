//! What an item asks of the learner, and how many are expected to manage it.

use course_format::course::{Demand, ItemBody, ItemType};

/// Frames in which a case is decided by a rule.
const APPLY: &[&str] = &[
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
    "note-limit",
    "note-often",
    "note-detail",
    "note-place",
    "note-unless",
    "note-both",
    "note-whom",
    "note-not",
    "note-only",
    "list-intruder",
    "who-followed",
    "who-followed-one",
    "pair-allowed",
    "pair-forbidden",
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
    "case-answer",
    "case-claim",
    "case-screen",
    "case-force",
    "case-contact",
    "role-task",
    "rule-behind",
    "sort-answers",
    "form",
    "sort-allowed",
    "sort-do",
    "match-cases",
    "write",
    "role-play",
];

/// Frames in which the SOP's words come back.
const RECALL: &[&str] = &[
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
    "in-list",
    "match-missing",
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

/// Frames whose options differ in one detail, or whose every option has several things to check.
const CLOSE: [&str; 4] = ["which-copy", "two-rules", "right-copies", "who-followed"];

/// Easy 0.85, middle 0.65, hard 0.45: by what is asked, by whether the answer is produced or has several parts, by how many
/// parts there are, and by how near the wrong answers come to the right one.
pub fn expected_right(demand: Demand, frame: &str, body: &ItemBody) -> f32 {
    let kind = body.item_type();
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
        + usize::from(several)
        + usize::from(is_long(body))
        + usize::from(CLOSE.contains(&frame))
        + usize::from(frame == "two-rules");
    match hard {
        0 | 1 => 0.85,
        2 => 0.65,
        _ => 0.45,
    }
}

/// All of it has to be right, and there is much of it.
fn is_long(body: &ItemBody) -> bool {
    match body {
        ItemBody::StepOrdering { steps } => steps.len() >= 6,
        ItemBody::CategorySort { entries, .. } => entries.len() >= 7,
        ItemBody::Matching { left, .. } => left.len() >= 5,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use course_format::course::Choice;

    use super::*;

    #[test]
    fn more_to_get_right_is_harder() {
        let steps = |n: usize| -> Vec<Choice> {
            (0..n).map(|i| Choice { id: i.to_string(), text: format!("Step {i}.") }).collect()
        };
        let right = |n| expected_right(Demand::Understand, "order", &ItemBody::StepOrdering { steps: steps(n) });
        assert!(right(4) > right(6));
        let body = ItemBody::SingleChoice { options: steps(3) };
        assert!(
            expected_right(Demand::Apply, "decision", &body) > expected_right(Demand::Apply, "who-followed", &body)
        );
    }
}
