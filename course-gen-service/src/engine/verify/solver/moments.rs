use course_format::course::Choice;

use super::evidence::Piece;
use super::{Solver, only};
use crate::engine::english::moment::Moment;
use crate::engine::english::quantity::{self, Dimension, Quantity};
use crate::engine::english::text::stems;

/// What the clock or the calendar shows, where a case gives the start and the options are times or dates; `Some(None)` where the
/// SOP does not tell.
#[expect(
    clippy::option_option,
    reason = "another kind of question, and a question that the SOP does not answer, are two things"
)]
pub fn decided(solver: &Solver<'_>, stem: &str, options: &[Choice]) -> Option<Option<String>> {
    let shown: Option<Vec<(Moment, &Choice)>> = options.iter().map(|o| Some((alone(&o.text)?, o))).collect();
    let shown = shown.filter(|s| !s.is_empty())?;
    let start = Moment::find(stem)?;
    let time = time(solver, stem);
    Some(time.and_then(|q| {
        let number = quantity::number(q.text.split_whitespace().next()?)?;
        let end = start.after(number, &q.unit)?;
        only(options, |o| shown.iter().any(|(m, s)| s.id == o.id && m.reads_like(end))).map(|o| o.id.clone())
    }))
}

/// An option that is a time, a day or a date and nothing else.
fn alone(text: &str) -> Option<Moment> {
    Moment::find(text).filter(|m| m.to_string() == text)
}

/// The length of time in the sentence that the question is about: most of what the sentence says stands in the question.
fn time(solver: &Solver<'_>, stem: &str) -> Option<Quantity> {
    let asked = stems(stem);
    let mut best: Vec<(f32, Quantity)> = Vec::new();
    for piece in solver.evidence.sentences.with_any(&asked) {
        let Some(time) = only_time(piece) else { continue };
        let own = stems(&piece.text.replace(&time.text, " "));
        let share = own.intersection(&asked).count() as f32 / (own.len() as f32).max(1.0);
        best.push((share, time));
    }
    best.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (share, first) = best.first()?;
    let rival = best.iter().skip(1).any(|(s, q)| *s > share - 0.1 && (q.size - first.size).abs() > f64::EPSILON);
    (*share >= 0.6 && !rival).then(|| first.clone())
}

fn only_time(piece: &Piece) -> Option<Quantity> {
    if !piece.timed {
        return None;
    }
    let times: Vec<Quantity> =
        quantity::all(&piece.text).into_iter().filter(|q| q.dimension == Dimension::Duration).collect();
    let [time] = times.as_slice() else { return None };
    Some(time.clone())
}
