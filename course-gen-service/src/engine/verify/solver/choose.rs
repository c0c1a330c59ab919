use std::collections::BTreeSet;

use course_format::course::Choice;

use super::Solver;
use super::evidence::Piece;
use crate::engine::english::text::stems;

/// What a question wants to know, as far as its words tell.
struct Asked {
    forbidden: bool,
    demanded: bool,
    next: bool,
}

fn read(stem: &str, several: bool) -> Asked {
    let lower = stem.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| lower.contains(w));
    let next = has(&[
        "finished this step",
        "comes directly after",
        "step that follows",
        "this is done",
        "do next",
        "done next",
    ]);
    let others_forbidden = !several && has(&["two of these are forbidden"]);
    let bans = has(&[
        "forbidden",
        "“stop!”",
        "against the rules",
        "not allowed",
        "mistake",
        "never do",
        "breaks a rule",
        "do not …",
        "dangerous or wrong",
        "say “no”",
        "refuse",
        "“no, sorry”",
        "with “no”",
        "break a rule",
        "do you stop",
        "whom do you stop",
        "“stop!” poster",
    ]);
    let others_forbidden = others_forbidden
        || !several && has(&["which one may stay", "three is all right", "which one is allowed there"]);
    let wants = others_forbidden || has(&["your job", "your tasks", "ask you to do", "are allowed", "really a task"]);
    Asked { forbidden: bans && !others_forbidden && !next, demanded: wants && !next, next }
}

/// Whether the question is for what is forbidden.
pub fn asks_for_bans(stem: &str) -> bool {
    read(stem, true).forbidden
}

/// The `count` options with the best evidence; nothing when the evidence cannot tell them apart.
pub fn best(solver: &Solver<'_>, stem: &str, options: &[Choice], count: usize) -> BTreeSet<String> {
    let asks = read(stem, count > 1);
    let by_polarity = asks.forbidden || asks.demanded;
    let asked = if by_polarity { BTreeSet::new() } else { content(stem) };
    let mut ranked: Vec<(f32, &Choice)> = options
        .iter()
        .map(|option| {
            let own = stems(&option.text);
            let score = if asks.next {
                follows(solver, stem, &option.text)
            } else if by_polarity {
                let found = solver.evidence.sentences.with_half(&own);
                found.into_iter().filter(|e| e.forbids == asks.forbidden).map(|e| said(e, &own)).fold(0.0, f32::max)
            } else {
                let found = solver.evidence.clauses.with_half(&own);
                found.into_iter().map(|e| support(e, &own, &asked)).fold(0.0, f32::max)
            };
            (score, option)
        })
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let sure = ranked.get(count.saturating_sub(1)).is_some_and(|(score, _)| *score > 0.0);
    let clear = ranked.len() <= count || ranked[count - 1].0 > ranked[count].0 + 1e-4;
    if sure && clear { ranked.into_iter().take(count).map(|(_, c)| c.id.clone()).collect() } else { BTreeSet::new() }
}

/// The words of a question that say something: not those that only open it.
fn content(stem: &str) -> BTreeSet<String> {
    stems(stem)
}

/// How much of an option one sentence says; a sentence that says little else is better proof.
fn said(e: &Piece, own: &BTreeSet<String>) -> f32 {
    if own.is_empty() {
        return 0.0;
    }
    own.intersection(&e.stems).count() as f32 / own.len() as f32 - e.stems.len() as f32 * 1e-3
}

/// How well one clause supports an option as an answer.
fn support(e: &Piece, own: &BTreeSet<String>, asked: &BTreeSet<String>) -> f32 {
    let share = |part: &BTreeSet<String>| {
        if part.is_empty() { 1.0 } else { part.intersection(&e.stems).count() as f32 / part.len() as f32 }
    };
    let said = share(own);
    let context = share(asked);
    if said < 0.5 { 0.0 } else { said * (0.2 + context) }
}

/// 1 for the step after the one that the stem quotes, less for any other.
fn follows(solver: &Solver<'_>, stem: &str, option: &str) -> f32 {
    let Some(quoted) = stem.split('“').nth(1).and_then(|q| q.split('”').next()) else { return 0.0 };
    let library = solver.library;
    let place = |text: &str| {
        let bare = text.trim_end_matches('.').to_lowercase();
        let words = stems(text);
        solver.evidence.clauses.with_all(&words).filter(|p| p.text.to_lowercase().contains(&bare)).find_map(|p| {
            let (procedure, own) = library.step(p.at)?;
            (own.number.len() == 1).then(|| (p.at.document, procedure.id.clone(), own.number[0]))
        })
    };
    match (place(quoted), place(option)) {
        (Some(before), Some(after)) if before.0 == after.0 && before.1 == after.1 && after.2 == before.2 + 1 => 1.0,
        _ => 0.0,
    }
}
