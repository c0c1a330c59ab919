use course_format::course::Choice;

use super::evidence::Piece;
use super::{Solver, told};
use crate::engine::english::limit::{self, Comparator};
use crate::engine::english::quantity::{self, Quantity};
use crate::engine::english::text::stems;

/// Too little, right or too much: the value that a colleague reports, held against the SOP's own; `Some(None)` where the SOP does
/// not tell.
#[expect(
    clippy::option_option,
    reason = "another kind of question, and a question that the SOP does not answer, are two things"
)]
pub fn decided(solver: &Solver<'_>, stem: &str, options: &[Choice]) -> Option<Option<String>> {
    let [below, right, above] = options else { return None };
    let verdict = |o: &Choice| o.text.starts_with("That was ");
    if right.text != "That was right." || !verdict(below) || !verdict(above) {
        return None;
    }
    let message = stem.split('“').nth(1)?.split('”').next()?;
    let found = quantity::all(message);
    let [value] = found.as_slice() else { return Some(None) };
    Some(side(solver, message, value).map(|side| [below, right, above][side].id.clone()))
}

/// 0 below what the one sentence says that goes like the message, 1 as it says, 2 above.
fn side(solver: &Solver<'_>, message: &str, value: &Quantity) -> Option<usize> {
    let words = told::stems_of(&message.replace(&value.text, " "));
    let pieces: Vec<&Piece> = solver.evidence.sentences.with_all(&words).filter(|p| !p.forbids).collect();
    let mut sides: Vec<usize> = pieces.iter().filter_map(|p| of_sentence(&p.text, value)).collect();
    sides.dedup();
    let [side] = sides.as_slice() else { return None };
    (!words.is_empty() && stems(&pieces.first()?.text).len() <= words.len() + 8).then_some(*side)
}

fn of_sentence(text: &str, value: &Quantity) -> Option<usize> {
    let between = |low: f64, high: f64| if value.size < low { 0 } else { usize::from(value.size > high) + 1 };
    if let Some(limit) = limit::only(text) {
        let low = limit.low.size;
        return match limit.comparator {
            _ if limit.low.dimension != value.dimension => None,
            Comparator::AtLeast => Some(between(low, f64::INFINITY)),
            Comparator::AtMost => Some(between(f64::NEG_INFINITY, low)),
            Comparator::Between => Some(between(low, limit.high.as_ref()?.size)),
            Comparator::Above | Comparator::Below => None,
        };
    }
    let found = quantity::all(text);
    let [own] = found.as_slice() else { return None };
    (own.dimension == value.dimension).then(|| between(own.size, own.size))
}
