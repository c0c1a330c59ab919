//! How much a clause weighs in a lesson, and where a long section may be cut.

use course_format::Level;
use course_format::sop::ClauseKind;

use super::is_critical;
use crate::engine::english::sentence::sentences;
use crate::engine::english::text::word_count;
use crate::engine::library::{ClauseRef, Library};

/// How large lessons are (PEDAGOGY sections 1 and 3): one procedure of 5-9 steps or 6-12 rules, and no more words than a
/// reading of the level has.
#[derive(Clone, Copy, Debug)]
pub struct Grain {
    /// A lesson holds at most this much.
    pub large: f32,
    /// Parts of a long section aim at this much.
    pub target: f32,
    /// Below this, a section is merged with its neighbour.
    pub small: f32,
    /// Critical clauses among rules; a procedure is kept whole.
    pub critical: usize,
    /// Words of the SOP in one lesson.
    pub words: usize,
}

impl Grain {
    /// Time for short lessons.
    pub fn fine(level: Level) -> Self {
        Self { large: 10.0, target: 7.0, small: 4.0, critical: most_critical(level), words: most_words(level) }
    }

    /// Hours are short: fuller lessons, up to half as long again.
    pub fn coarse(level: Level) -> Self {
        let words = most_words(level) * 3 / 2;
        Self { large: 12.5, target: 9.5, small: 5.0, critical: usize::MAX, words }
    }
}

fn most_critical(level: Level) -> usize {
    if level <= Level::A2 { 4 } else { 8 }
}

/// Words of the SOP that make a reading of 100, 160, 260, 400 or 550 words: simple sentences need more of them, and some lead
/// the reader through the text.
fn most_words(level: Level) -> usize {
    match level {
        Level::A1 => 80,
        Level::A2 => 135,
        Level::B1 => 230,
        Level::B2 => 360,
        Level::C1 | Level::C2 => 500,
    }
}

/// A whole procedure of up to nine steps may be a little longer than other lessons.
const LONGEST_PROCEDURE: f32 = 14.0;

/// A step or rule is 1, a sub-step, a fact, a row or a definition half of it, a heading nothing; further sentences of the same
/// clause count too, but less: they belong together.
pub fn weight(library: &Library, at: ClauseRef) -> f32 {
    let sub_step = library.step(at).is_some_and(|(_, s)| s.number.len() > 1);
    let further = sentences(&library.clause(at).text).len().saturating_sub(1) as f32 * 0.4;
    match library.kind(at) {
        ClauseKind::Heading => 0.0,
        ClauseKind::Step | ClauseKind::Rule | ClauseKind::Warning if !sub_step => 1.0 + further,
        _ => 0.5 + further,
    }
}

pub fn size(library: &Library, clauses: &[ClauseRef]) -> f32 {
    clauses.iter().map(|at| weight(library, *at)).sum()
}

/// Words to read, headings left out.
pub fn words(library: &Library, clauses: &[ClauseRef]) -> usize {
    let read = clauses.iter().filter(|at| library.kind(**at) != ClauseKind::Heading);
    read.map(|at| word_count(&library.clause(*at).text)).sum()
}

/// Whether the clauses make one lesson.
pub fn fits(library: &Library, clauses: &[ClauseRef], grain: Grain) -> bool {
    let (size, words) = (size(library, clauses), words(library, clauses));
    if is_one_procedure(library, clauses) {
        return size <= LONGEST_PROCEDURE && words <= grain.words * 4 / 3;
    }
    size <= grain.large && words <= grain.words && (critical(library, clauses) <= grain.critical || clauses.len() < 7)
}

pub fn critical(library: &Library, clauses: &[ClauseRef]) -> usize {
    clauses.iter().filter(|at| is_critical(library, **at)).count()
}

/// At most nine numbered steps of one procedure, and little else.
fn is_one_procedure(library: &Library, clauses: &[ClauseRef]) -> bool {
    let steps: Vec<_> = clauses.iter().filter_map(|at| library.step(*at)).filter(|(p, _)| p.ordered).collect();
    let one = steps.windows(2).all(|w| w[0].0.id == w[1].0.id);
    let top = steps.iter().filter(|(_, s)| s.number.len() == 1).count();
    let others = clauses.iter().filter(|at| library.step(**at).is_none()).map(|at| weight(library, *at)).sum::<f32>();
    one && (3..=9).contains(&top) && others <= 4.0
}

/// Cuts a section into parts of about equal size; a step keeps its sub-steps and warnings, a table its rows.
pub fn split(library: &Library, clauses: &[ClauseRef], grain: Grain) -> Vec<Vec<ClauseRef>> {
    if fits(library, clauses, grain) {
        return vec![clauses.to_vec()];
    }
    let (total, read) = (size(library, clauses), words(library, clauses) as f32);
    let by_danger = if is_one_procedure(library, clauses) || grain.critical == usize::MAX {
        1.0
    } else {
        (critical(library, clauses) as f32 / grain.critical as f32).ceil().min((total / 4.0).floor())
    };
    // What is nearer to its limit is measured: the words of long sentences, the weight of short ones.
    let by_words = read / grain.words as f32 > total / grain.large;
    let load = |group: &[ClauseRef]| if by_words { words(library, group) as f32 } else { size(library, group) };
    let needed = if by_words { (read / grain.words as f32).ceil() } else { (total / grain.target).round() };
    let parts = needed.max(by_danger).max(if total > grain.large { 2.0 } else { 1.0 });
    let target = load(clauses) / parts;
    let mut pieces: Vec<Vec<ClauseRef>> = vec![Vec::new()];
    let mut filled = 0.0;
    for group in groups(library, clauses) {
        let group_load = load(&group);
        let current = load(pieces.last().map_or(&[][..], Vec::as_slice));
        let over = filled + group_load / 2.0 > target * pieces.len() as f32;
        if over && current > 0.0 && (pieces.len() as f32) < parts {
            pieces.push(Vec::new());
        }
        filled += group_load;
        if let Some(piece) = pieces.last_mut() {
            piece.extend(group);
        }
    }
    pieces
}

/// What must stay together: a step with what belongs to it, a run of table rows, a short procedure.
fn groups(library: &Library, clauses: &[ClauseRef]) -> Vec<Vec<ClauseRef>> {
    let mut out: Vec<Vec<ClauseRef>> = Vec::new();
    for at in clauses {
        let kind = library.kind(*at);
        let belongs = out.last().and_then(|g| g.last()).is_some_and(|last| {
            let last_kind = library.kind(*last);
            let row = kind == ClauseKind::TableRow && last_kind == ClauseKind::TableRow;
            let sub_step = library.step(*at).is_some_and(|(_, s)| s.number.len() > 1);
            let beside_a_step =
                library.step(*at).is_none() && kind == ClauseKind::Warning && library.step(*last).is_some();
            let same_procedure = match (library.step(*at), library.step(*last)) {
                (Some((a, _)), Some((b, _))) => a.id == b.id && a.ordered && a.steps.len() <= 6,
                _ => false,
            };
            row || sub_step || beside_a_step || same_procedure || last_kind == ClauseKind::Heading
        });
        match out.last_mut().filter(|_| belongs) {
            Some(group) => group.push(*at),
            None => out.push(vec![*at]),
        }
    }
    out
}

/// "steps 1 to 5", where the clauses are a part of a numbered procedure.
pub fn step_range(library: &Library, clauses: &[ClauseRef]) -> Option<String> {
    let steps: Vec<_> =
        clauses.iter().filter_map(|at| library.step(*at)).filter(|(p, s)| p.ordered && s.number.len() == 1).collect();
    let ((procedure, first), (_, last)) = (steps.first()?, steps.last()?);
    let one = steps.iter().all(|(p, _)| p.id == procedure.id);
    let whole = procedure.steps.iter().filter(|s| s.number.len() == 1).count();
    (one && steps.len() < whole && steps.len() >= 3 && first.number < last.number)
        .then(|| format!("steps {} to {}", first.number[0], last.number[0]))
}
