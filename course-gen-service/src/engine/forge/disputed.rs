//! Clauses that contradict each other: nobody can say which of them is right, so nothing is asked about them.

use std::collections::{BTreeMap, BTreeSet};

use course_format::sop::{Clause, Defect, LiteralKind, Modality, SopDocument};

use crate::engine::english::text::{overlap, stems};
use crate::engine::library::{ClauseRef, Library};
use crate::engine::plan::is_teachable;

/// Shorter sentences say too little to be about the same thing.
const WORDS: usize = 4;

/// The clauses that contradict each other, in groups, each in the order of the SOPs: what the reading has found, and the same
/// words with other numbers or the opposite duty, in one SOP or in two. A group of one: its other side cannot be found.
pub fn groups(library: &Library) -> Vec<BTreeSet<ClauseRef>> {
    let mut out: Vec<BTreeSet<ClauseRef>> = Vec::new();
    for found in told(library).into_iter().chain(same_words(library)) {
        let (touching, mut apart): (Vec<_>, Vec<_>) = out.into_iter().partition(|g| !g.is_disjoint(&found));
        apart.push(touching.into_iter().flatten().chain(found).collect());
        out = apart;
    }
    out.sort();
    out
}

/// Those that the reading has found.
fn told(library: &Library) -> Vec<BTreeSet<ClauseRef>> {
    let mut out = Vec::new();
    for (document, sop) in library.documents().iter().enumerate() {
        for defect in sop.defects.iter().filter(|d| d.kind.contains("contradict")) {
            let Some(at) = library.find(document, &defect.clause_id.0) else { continue };
            let other = other_side(sop, at.clause, defect).map(|clause| ClauseRef { document, clause });
            out.push(std::iter::once(at).chain(other).collect());
        }
    }
    out
}

/// Rules that are the same but for a measure or for "not".
fn same_words(library: &Library) -> Vec<BTreeSet<ClauseRef>> {
    let mut measures: BTreeMap<String, Vec<(ClauseRef, Vec<String>)>> = BTreeMap::new();
    let mut duties: BTreeMap<String, Vec<(ClauseRef, bool)>> = BTreeMap::new();
    for at in library.clauses().filter(|at| is_teachable(library, *at)) {
        let clause = library.clause(at);
        if let Some((words, values)) = measured(clause) {
            measures.entry(words).or_default().push((at, values));
        }
        if matches!(clause.modality, Modality::Must | Modality::MustNot) {
            let (words, forbids) = duty(&clause.text);
            if words.split(' ').count() >= WORDS {
                duties.entry(words).or_default().push((at, forbids));
            }
        }
    }
    // Two procedures may well have the same step with another amount, and one procedure may have it twice.
    let is_step = |at: &ClauseRef| library.step(*at).is_some();
    let measures = measures
        .into_values()
        .filter(|all| all.iter().any(|(_, values)| *values != all[0].1) && !all.iter().all(|(at, _)| is_step(at)));
    let measures = measures.map(|all| all.into_iter().map(|(at, _)| at).collect());
    let duties = duties.into_values().filter(|all| all.iter().any(|(_, forbids)| *forbids != all[0].1));
    let duties = duties.map(|all| all.into_iter().map(|(at, _)| at).collect());
    measures.chain(duties).collect()
}

/// The clause's words with a gap for each measure, and the measures; nothing where there is none.
fn measured(clause: &Clause) -> Option<(String, Vec<String>)> {
    let mut text = clause.text.to_lowercase();
    let mut values = Vec::new();
    let kinds = [LiteralKind::Quantity, LiteralKind::Limit, LiteralKind::Range];
    for literal in clause.literals.iter().filter(|l| kinds.contains(&l.kind)) {
        let said = literal.text.to_lowercase();
        if !said.chars().any(|c| c.is_ascii_digit()) {
            continue;
        }
        // "10 km/h" and "6 km/h" are two values of one kind; "10 minutes" and "6 bar" are two things.
        let unit: String = said.chars().filter(|c| !c.is_ascii_digit() && !matches!(c, '.' | ',')).collect();
        text = text.replacen(&said, &format!("#{}", unit.trim().replace(' ', "_")), 1);
        values.push(said);
    }
    let words = plain(&text);
    let said = words.split(' ').filter(|word| !word.starts_with('#')).count();
    (!values.is_empty() && said >= WORDS).then_some((words, values))
}

/// The sentence without "not", and whether it forbids.
fn duty(text: &str) -> (String, bool) {
    let lower = plain(&text.to_lowercase().replace('’', "'"));
    for (negative, positive) in [("must not ", "must "), ("shall not ", "shall "), ("should not ", "should ")] {
        if lower.contains(negative) {
            return (lower.replacen(negative, positive, 1), true);
        }
    }
    for opening in ["do not ", "don't ", "never "] {
        if let Some(rest) = lower.strip_prefix(opening) {
            return (rest.to_owned(), true);
        }
    }
    (lower.strip_prefix("always ").unwrap_or(&lower).to_owned(), false)
}

fn plain(lower: &str) -> String {
    let kept = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '#' | '_' | '\'' | '°' | '%' | '/' | '-');
    let text: String = lower.chars().filter(|c| kept(*c)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The clause that has the other words, and says most of the same besides.
fn other_side(sop: &SopDocument, own: usize, defect: &Defect) -> Option<usize> {
    let words = stems(&sop.clauses[own].text);
    let quoted: Vec<&str> = defect
        .suggestion
        .split('“')
        .skip(1)
        .filter_map(|part| part.split('”').next())
        .filter(|q| *q != defect.quote)
        .collect();
    let shares = |clause: usize| overlap(&stems(&sop.clauses[clause].text), &words);
    (0..sop.clauses.len())
        .filter(|clause| *clause != own)
        .filter(|clause| {
            let other = &sop.clauses[*clause];
            let named = defect.suggestion.contains(&other.id.0)
                || other.text.len() > 12 && defect.suggestion.contains(&other.text);
            named || quoted.iter().any(|q| other.text.contains(q)) && shares(*clause) >= 0.5
        })
        .max_by(|a, b| shares(*a).total_cmp(&shares(*b)).then(b.cmp(a)))
}

#[cfg(test)]
mod tests;
