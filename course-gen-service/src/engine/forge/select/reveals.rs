//! Whether one item gives the answer of another away.

use course_format::course::{Answer, GapPiece, ItemBody, ItemType};

use crate::engine::english::text::{overlap, stems};
use crate::engine::forge::Made;

/// Two items that ask the same thing.
fn same_question(a: &Made, b: &Made) -> bool {
    let same_kind = a.item.item_type() == b.item.item_type();
    same_kind && a.clause == b.clause && (a.frame == b.frame || overlap(&stems(&a.target), &stems(&b.target)) > 0.5)
        || same_kind && a.target == b.target && a.target.split(' ').count() > 2
}

/// What an item shows, and what its answer looks like where somebody else shows it.
pub struct Seen {
    shown: Vec<String>,
    answers: Vec<String>,
    long: bool,
}

impl Seen {
    pub fn of(made: &Made) -> Self {
        let long = matches!(
            made.item.item_type(),
            ItemType::Matching
                | ItemType::StepOrdering
                | ItemType::MultiSelect
                | ItemType::CategorySort
                | ItemType::WordBank
        );
        Self { shown: visible(made), answers: answers_in_context(made), long }
    }

    /// Whether somebody who reads this knows the answer of `other`. Long items that show whole steps count only in a test: in
    /// a lesson the text itself is at hand.
    pub fn reveals(&self, other: &Self, strict: bool) -> bool {
        (strict || !self.long)
            && other.answers.iter().any(|answer| self.shown.iter().any(|text| text.contains(answer.as_str())))
    }
}

/// Whether the two ask for the same.
pub fn same(a: (&Made, &Seen), b: (&Made, &Seen)) -> bool {
    a.1.answers.iter().any(|answer| b.1.answers.contains(answer)) || same_question(a.0, b.0)
}

/// Whether the two may not stand in one test.
pub fn clash(a: (&Made, &Seen), b: (&Made, &Seen)) -> bool {
    same(a, b) || a.1.reveals(b.1, true) || b.1.reveals(a.1, true)
}

/// Every text of the item, in small letters and single spaces.
fn visible(made: &Made) -> Vec<String> {
    let mut out = vec![made.item.stem.clone()];
    match &made.item.body {
        ItemBody::SingleChoice { options } | ItemBody::MultiSelect { options, .. } => {
            out.extend(options.iter().map(|o| o.text.clone()));
        }
        ItemBody::TapEvidence { sentences } => out.extend(sentences.iter().map(|o| o.text.clone())),
        ItemBody::Gap { pieces } | ItemBody::GapSelect { pieces, .. } | ItemBody::WordBank { pieces, .. } => {
            out.push(text_of(pieces));
        }
        ItemBody::Matching { left, right } => out.extend(left.iter().chain(right).map(|o| o.text.clone())),
        ItemBody::CategorySort { entries, .. } => out.extend(entries.iter().map(|o| o.text.clone())),
        ItemBody::StepOrdering { steps } => out.extend(steps.iter().map(|o| o.text.clone())),
        ItemBody::Transformation { source, .. } => out.push(source.clone()),
        ItemBody::ErrorCorrection { sentence } => out.push(sentence.clone()),
        ItemBody::FormFill { case, .. } => out.push(case.clone()),
        ItemBody::ReadAloud { text } => out.push(text.clone()),
        ItemBody::Writing { points, .. } => out.extend(points.iter().cloned()),
        ItemBody::RolePlay { checklist, .. } => out.extend(checklist.iter().cloned()),
        _ => {}
    }
    out.iter().map(|t| plain(t)).collect()
}

fn text_of(pieces: &[GapPiece]) -> String {
    pieces
        .iter()
        .map(|p| match p {
            GapPiece::Text { text } => text.as_str(),
            GapPiece::Gap { .. } => " ___ ",
        })
        .collect()
}

fn plain(text: &str) -> String {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric() && c != '_').to_lowercase())
        .filter(|w| !w.is_empty())
        .collect();
    format!(" {} ", words.join(" "))
}

/// What to look for in other items: the answer with the words around it.
fn answers_in_context(made: &Made) -> Vec<String> {
    let filled = |pieces: &[GapPiece], word: &dyn Fn(&str) -> Option<String>| -> Vec<String> {
        let mut out = Vec::new();
        for (i, piece) in pieces.iter().enumerate() {
            let GapPiece::Gap { id, .. } = piece else { continue };
            let Some(answer) = word(id) else { continue };
            let text_at = |i: Option<usize>| match i.and_then(|i| pieces.get(i)) {
                Some(GapPiece::Text { text }) => text.as_str(),
                _ => "",
            };
            let (front, after) = (text_at(i.checked_sub(1)), text_at(Some(i + 1)));
            let front: Vec<&str> = front.split('\n').next_back().unwrap_or_default().split_whitespace().collect();
            let after: Vec<&str> = after.split('\n').next().unwrap_or_default().split_whitespace().collect();
            let front = front[front.len().saturating_sub(2)..].join(" ");
            let after = after[..after.len().min(2)].join(" ");
            out.push(plain(&format!("{front} {answer} {after}")));
        }
        out
    };
    match (&made.item.body, &made.key.answer) {
        (ItemBody::Gap { pieces }, Answer::Gap { accepted }) => {
            filled(pieces, &|id| accepted.get(id).and_then(|a| a.first()).cloned())
        }
        (ItemBody::GapSelect { pieces, options }, Answer::GapSelect { choices }) => filled(pieces, &|id| {
            let choice = choices.get(id)?;
            options.get(id)?.iter().find(|o| o.id == *choice).map(|o| o.text.clone())
        }),
        (ItemBody::WordBank { pieces, words }, Answer::WordBank { words: key }) => filled(pieces, &|id| {
            let word = key.get(id)?;
            words.iter().find(|o| o.id == *word).map(|o| o.text.clone())
        }),
        (ItemBody::SingleChoice { options }, Answer::SingleChoice { choice }) => options
            .iter()
            .filter(|o| o.id == *choice && o.text.split(' ').count() >= 4)
            .map(|o| plain(&o.text))
            .collect(),
        (ItemBody::ErrorCorrection { .. }, Answer::ErrorCorrection { accepted, .. })
        | (ItemBody::Transformation { .. }, Answer::Transformation { accepted }) => {
            accepted.iter().take(1).map(|a| plain(a)).collect()
        }
        (ItemBody::Dictation { .. }, Answer::Dictation { text }) => vec![plain(text)],
        _ => Vec::new(),
    }
}
