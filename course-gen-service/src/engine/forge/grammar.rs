//! Exercises on the lesson's point of grammar, made from the sentences that the author found for it.

use course_format::course::GrammarFocus;

use super::lines::Line;
use super::{Bench, Made, error_correction, transformation};

/// Items on the focus: rewritings and mistakes in the very sentences that show it. What they train is what the point is about.
pub fn make(bench: &Bench<'_>, focus: &GrammarFocus) -> Vec<Made> {
    let mut out = Vec::new();
    for case in &focus.cases {
        let Some(line) = line_of(bench, &case.sentence.text) else { continue };
        for mut made in transformation::of_line(bench, line).into_iter().chain(error_correction::of_line(bench, line)) {
            // The focus is worth more than any other sentence of the same kind.
            made.score += 4;
            out.push(made);
        }
    }
    out
}

fn line_of<'a>(bench: &Bench<'a>, sentence: &str) -> Option<&'a Line> {
    let bare = sentence.trim().trim_end_matches(['.', '!']);
    bench
        .lesson
        .clauses
        .iter()
        .flat_map(|at| bench.stock.lines_of(*at))
        .find(|l| l.text.trim_end_matches(['.', '!']) == bare)
}
