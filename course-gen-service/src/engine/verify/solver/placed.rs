use std::collections::{BTreeMap, BTreeSet};

use course_format::course::{Choice, GapPiece, Precedence};

use super::{Solver, only};
use crate::engine::english::text::stems;
use crate::engine::forge::step_ordering::precedence::runs_beside;
use crate::engine::library::ClauseRef;

/// Small letters, single spaces, no marks at the ends of words.
pub fn plain(text: &str) -> String {
    // A bracket is a word of its own, so that a gap can stand beside it.
    text.replace('(', " ( ")
        .replace(')', " ) ")
        .split_whitespace()
        .map(|w| {
            w.trim_matches(|c: char| matches!(c, '.' | ',' | '!' | '?' | ';' | ':' | '"' | '“' | '”')).to_lowercase()
        })
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// What the SOP has in the gaps: nothing where no sentence goes like this, or where two go on differently.
pub fn fills(solver: &Solver<'_>, pieces: &[GapPiece]) -> Option<Vec<String>> {
    let texts: Vec<String> = texts_around(pieces);
    let words = stems(&texts.join(" "));
    let found: BTreeSet<Vec<String>> = if words.is_empty() {
        solver.evidence.sentences.pieces.iter().filter_map(|p| cut(&p.plain, &texts)).collect()
    } else {
        solver.evidence.sentences.with_half(&words).into_iter().filter_map(|p| cut(&p.plain, &texts)).collect()
    };
    let mut found = found.into_iter();
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// The texts before, between and behind the gaps, one more than there are gaps.
fn texts_around(pieces: &[GapPiece]) -> Vec<String> {
    let mut out = vec![String::new()];
    for piece in pieces {
        match piece {
            GapPiece::Text { text } => {
                if let Some(last) = out.last_mut() {
                    last.push_str(text);
                }
            }
            GapPiece::Gap { .. } => out.push(String::new()),
        }
    }
    out.iter().map(|t| plain(t)).collect()
}

/// The words of the sentence that stand between these texts; "…" at the end stands for the rest of the sentence.
pub fn cut(sentence: &str, texts: &[String]) -> Option<Vec<String>> {
    let (first, rest) = texts.split_first()?;
    let shortened = rest.last().and_then(|t| t.strip_suffix('…')).map(str::trim_end);
    let mut left = format!(" {sentence} ");
    let opening = format!(" {first} ");
    if !first.is_empty() {
        left = left.strip_prefix(opening.as_str())?.to_owned();
        left.insert(0, ' ');
    }
    let mut out = Vec::new();
    for (i, text) in rest.iter().enumerate() {
        let last = i + 1 == rest.len() && shortened.is_none();
        let text = shortened.filter(|_| i + 1 == rest.len()).unwrap_or(text);
        if text.is_empty() {
            return last.then(|| {
                out.push(left.trim().to_owned());
                out
            });
        }
        let wanted = format!(" {text} ");
        let at = if last { left.ends_with(&wanted).then(|| left.len() - wanted.len())? } else { left.find(&wanted)? };
        let word = left[..at].trim();
        if word.is_empty() {
            return None;
        }
        out.push(word.to_owned());
        left = format!(" {}", &left[at + wanted.len()..]);
    }
    Some(out)
}

/// The option that the SOP has in the gap, when it has none of the others in the same words elsewhere.
pub fn selected(solver: &Solver<'_>, pieces: &[GapPiece], options: &[Choice]) -> Option<String> {
    let found = fills(solver, pieces)?;
    let [word] = found.as_slice() else { return None };
    let right = only(options, |o| plain(&o.text) == plain(word))?;
    let around = stems(&texts_around(pieces).join(" "));
    let also = options.iter().filter(|o| o.id != right.id).any(|o| {
        let own = stems(&o.text);
        let mut wanted = around.clone();
        wanted.extend(own.iter().cloned());
        !own.is_empty()
            && around.len() >= 2
            && solver.evidence.sentences.with_all(&wanted).any(|p| !stems(word).is_subset(&p.stems))
    });
    (!also).then(|| right.id.clone())
}

/// The word of the bank for every gap; each line of the text stands by itself.
pub fn banked(solver: &Solver<'_>, pieces: &[GapPiece], words: &[Choice]) -> Option<BTreeMap<String, String>> {
    let mut lines: Vec<Vec<GapPiece>> = vec![Vec::new()];
    for piece in pieces {
        match piece {
            GapPiece::Gap { .. } => lines.last_mut()?.push(piece.clone()),
            GapPiece::Text { text } => {
                for (i, part) in text.split('\n').enumerate() {
                    if i > 0 {
                        lines.push(Vec::new());
                    }
                    let part =
                        part.split_once(". ").filter(|(n, _)| n.parse::<u32>().is_ok()).map_or(part, |(_, rest)| rest);
                    lines.last_mut()?.push(GapPiece::Text { text: part.to_owned() });
                }
            }
        }
    }
    let mut out = BTreeMap::new();
    for line in lines {
        let id = line.iter().find_map(|p| match p {
            GapPiece::Gap { id, .. } => Some(id.clone()),
            GapPiece::Text { .. } => None,
        });
        if let Some(id) = id {
            out.insert(id, selected(solver, &line, words)?);
        }
    }
    Some(out)
}

/// The ids in the order in which the steps stand in the SOP.
pub fn in_text_order(solver: &Solver<'_>, steps: &[Choice]) -> Option<Vec<String>> {
    let all: Vec<(String, BTreeSet<String>)> =
        steps.iter().map(|s| (s.text.trim_end_matches('.').to_lowercase(), stems(&s.text))).collect();
    let words: BTreeSet<String> = all.iter().flat_map(|(_, w)| w.iter().cloned()).collect();
    let chain = solver.evidence.clauses.with_all(&words).find_map(|p| {
        let text = p.text.to_lowercase();
        let mut places: Vec<(usize, &Choice)> = Vec::new();
        for ((bare, _), step) in all.iter().zip(steps) {
            places.push((text.find(bare.as_str())?, step));
        }
        places.sort_by_key(|(place, _)| *place);
        Some(places.into_iter().map(|(_, s)| s.id.clone()).collect::<Vec<_>>())
    });
    if chain.is_some() {
        return chain;
    }
    let mut places = clauses(solver, steps)?;
    places.sort();
    Some(places.into_iter().map(|(_, id)| id).collect())
}

/// The clause of each step.
fn clauses(solver: &Solver<'_>, steps: &[Choice]) -> Option<Vec<(ClauseRef, String)>> {
    let mut places = Vec::new();
    for step in steps {
        let (bare, own) = (step.text.trim_end_matches('.').to_lowercase(), stems(&step.text));
        let mut found = solver.evidence.clauses.with_all(&own);
        let holds = |at: ClauseRef, text: &str| {
            solver.library.step(at).is_some() && text.to_lowercase().contains(bare.as_str())
        };
        places.push((found.find(|p| holds(p.at, &p.text))?.at, step.id.clone()));
    }
    Some(places)
}

/// Whether the SOP leaves free what the key leaves free: nothing in numbered steps but what runs beside the step before,
/// and in a list without numbers whatever no word of it puts in order.
pub fn leaves_free(solver: &Solver<'_>, steps: &[Choice], order: &[String], precedence: &[Precedence]) -> bool {
    let demanded = |a: &String, b: &String| precedence.iter().any(|p| p.before == *a && p.after == *b);
    if precedence.is_empty() || order.windows(2).all(|pair| demanded(&pair[0], &pair[1])) {
        return true;
    }
    let Some(places) = clauses(solver, steps) else { return false };
    let at = |id: &String| places.iter().find(|(_, own)| own == id).map(|(at, _)| *at);
    order.windows(2).filter(|pair| !demanded(&pair[0], &pair[1])).all(|pair| {
        let Some((first, then)) = at(&pair[0]).zip(at(&pair[1])) else { return false };
        let numbered = solver.library.step(then).is_none_or(|(procedure, _)| procedure.ordered);
        let text = solver.library.clause(then).text.as_str();
        if numbered {
            runs_beside(text)
        } else {
            solver.library.clause(first).section == solver.library.clause(then).section
        }
    })
}
