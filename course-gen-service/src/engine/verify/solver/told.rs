use std::collections::{BTreeMap, BTreeSet};

use course_format::course::Choice;

use super::placed::plain;
use super::{Solver, only, sort};
use crate::engine::english::text::stems;

/// The sentence of a message that does not keep to the SOP, when all the others do.
pub fn mistake(solver: &Solver<'_>, sentences: &[Choice]) -> Option<String> {
    only(sentences, |s| !keeps(solver, &s.text)).map(|s| s.id.clone())
}

/// Everything that was done, under the first category where it keeps to the SOP and under the second where it does not.
pub fn sorted(solver: &Solver<'_>, entries: &[Choice], categories: &[Choice]) -> Option<BTreeMap<String, String>> {
    let [right, wrong] = categories else { return None };
    let group = |e: &Choice| if keeps(solver, &e.text) { right.id.clone() } else { wrong.id.clone() };
    Some(entries.iter().map(|e| (e.id.clone(), group(e))).collect())
}

/// Whether one sentence of the SOP demands all that was done, and none forbids it.
pub fn keeps(solver: &Solver<'_>, told: &str) -> bool {
    let words = stems_of(told);
    let found: Vec<bool> = solver.evidence.sentences.with_all(&words).map(|p| p.forbids).collect();
    !words.is_empty() && !found.is_empty() && !found.contains(&true)
}

/// The stems of what was done, its verbs in the base form: "I took the keys and opened the door."
pub fn stems_of(told: &str) -> BTreeSet<String> {
    let told = told.strip_prefix("I ").unwrap_or(told);
    let mut verb = true;
    let words: Vec<String> = told
        .split_whitespace()
        .map(|word| {
            let plain = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            let base = if verb { cefr::lemma(&plain) } else { word.to_lowercase() };
            verb = word == "and";
            base
        })
        .collect();
    stems(&words.join(" "))
}

/// The one line of a copy that the SOP does not say, when it says all the others word for word.
pub fn false_line(solver: &Solver<'_>, lines: &[Choice]) -> Option<String> {
    let wrong = only(lines, |l| !solver.evidence.states(&l.text))?;
    let turned = if wrong.text.contains(" after ") {
        wrong.text.replacen(" after ", " before ", 1)
    } else {
        wrong.text.replacen(" before ", " after ", 1)
    };
    let contradicts = turned != wrong.text && solver.evidence.states(&turned);
    let otherwise = sort::is_true(solver, &wrong.text) != Some(true) || changes_a_sentence(solver, &wrong.text);
    (contradicts || otherwise).then(|| wrong.id.clone())
}

/// Whether the line is a sentence of the SOP with one or two other words in it, and not only another article.
fn changes_a_sentence(solver: &Solver<'_>, line: &str) -> bool {
    const SAME: [&str; 5] = ["a", "an", "the", "that", "please"];
    let said = plain(line);
    let words =
        |text: &str| -> Vec<String> { text.split(' ').filter(|w| !SAME.contains(w)).map(str::to_owned).collect() };
    let missing = |from: &[String], other: &[String]| -> usize {
        let mut left = other.to_vec();
        from.iter()
            .filter(|w| match left.iter().position(|o| o == *w) {
                Some(at) => {
                    left.remove(at);
                    false
                }
                None => true,
            })
            .count()
    };
    let own = words(&said);
    solver.evidence.sentences.with_half(&stems(line)).into_iter().any(|p| {
        let theirs = words(&p.plain);
        let (more, less) = (missing(&own, &theirs), missing(&theirs, &own));
        (1..=12).contains(&(more + less)) && more + less <= own.len().max(4) / 2
    })
}
