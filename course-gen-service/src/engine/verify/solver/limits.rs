use std::collections::BTreeMap;

use course_format::course::Choice;

use super::placed::{cut, plain};
use super::{Solver, only};
use crate::engine::english::limit::{self, Use};
use crate::engine::english::quantity;
use crate::engine::english::text::stems;

/// The group of every value, where the question quotes a sentence of the SOP with its limit cut out: the first group is for
/// values inside.
pub fn sorted(
    solver: &Solver<'_>,
    stem: &str,
    entries: &[Choice],
    groups: &[Choice],
) -> Option<BTreeMap<String, String>> {
    let quoted = stem.split_once('“')?.1.split_once('”')?.0;
    let limit = limit::only(sentence(solver, quoted)?)?;
    let [inside, outside] = groups else { return None };
    entries
        .iter()
        .map(|entry| {
            let found = quantity::all(&entry.text);
            let [value] = found.as_slice() else { return None };
            let group = if limit.holds(value.size) { inside } else { outside };
            (value.dimension == limit.low.dimension).then(|| (entry.id.clone(), group.id.clone()))
        })
        .collect()
}

/// The one sentence of the SOP that goes like this around "…".
fn sentence<'s>(solver: &'s Solver<'_>, quoted: &str) -> Option<&'s str> {
    let (before, after) = quoted.split_once('…')?;
    let around = [plain(before), plain(after)];
    let words = stems(quoted);
    let near = if words.is_empty() {
        solver.evidence.sentences.pieces.iter().collect()
    } else {
        solver.evidence.sentences.with_half(&words)
    };
    let mut texts: Vec<&str> =
        near.into_iter().filter(|p| cut(&p.plain, &around).is_some()).map(|p| p.text.as_str()).collect();
    texts.sort_unstable();
    texts.dedup_by(|a, b| plain(a) == plain(b));
    let [text] = texts.as_slice() else { return None };
    Some(text)
}

/// The value that the question looks for, where it quotes a sentence of the SOP with its limit cut out.
pub fn decided(solver: &Solver<'_>, stem: &str, options: &[Choice]) -> Option<String> {
    let (front, rest) = stem.split_once('“')?;
    let (quoted, behind) = rest.split_once('”')?;
    let text = sentence(solver, quoted)?;
    let limit = limit::only(text)?;
    let used = limit::usage(text, &limit)?;
    let question = format!("{front} {behind}").to_lowercase();
    let faulty = ["breaks", "mistake", "wrong", "not what", "forbidden"].iter().any(|w| question.contains(w));
    let inside = match used {
        Use::Calls | Use::Right => !faulty,
        Use::Wrong => faulty,
    };
    let passes = |option: &Choice| {
        let found = quantity::all(&option.text);
        matches!(found.as_slice(), [value] if value.dimension == limit.low.dimension && limit.holds(value.size) == inside)
    };
    only(options, passes).map(|o| o.id.clone())
}
