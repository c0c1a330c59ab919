//! What an edit does to what must never change unseen: numbers, negations, demands.
//!
//! The profile's own findings are compared, and beside them the plain words: an edit that the profile does not understand
//! is flagged all the same.

use course_format::sop::{Clause, SafetyChange};

const NUMBER_WORDS: &[&str] = &[
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "fifteen", "twenty", "thirty", "forty", "fifty", "sixty", "ninety", "hundred", "thousand", "half", "quarter",
    "third", "once", "twice", "double", "triple", "dozen",
];
const UNIT_WORDS: &[&str] = &[
    "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks", "month", "months",
    "year", "years", "hourly", "daily", "weekly", "monthly", "yearly", "annually", "more", "less", "fewer", "above",
    "below", "over", "under", "least", "most", "maximum", "minimum", "before", "after", "until",
];
const NEGATION_WORDS: &[&str] =
    &["not", "never", "no", "none", "nobody", "nothing", "neither", "nor", "cannot", "without", "except", "unless"];
const DEMAND_WORDS: &[&str] = &[
    "must",
    "shall",
    "should",
    "may",
    "might",
    "can",
    "cannot",
    "could",
    "ought",
    "need",
    "needs",
    "required",
    "optional",
    "recommended",
    "allowed",
    "permitted",
    "prohibited",
    "forbidden",
    "mandatory",
    "always",
    "never",
    "only",
];

/// `None` when the edit leaves numbers, negations and demands as they were.
pub(super) fn change(old: &Clause, new: &Clause) -> Option<SafetyChange> {
    let literal_texts = |clause: &Clause| clause.literals.iter().map(|l| folded(&l.text)).collect::<Vec<_>>();
    let (was, is) = (literal_texts(old), literal_texts(new));
    let (old_words, new_words) = (words(&old.text), words(&new.text));
    let differ = |of: fn(&str) -> bool| {
        let pick = |words: &[String]| words.iter().filter(|w| of(w)).cloned().collect::<Vec<_>>();
        pick(&old_words) != pick(&new_words)
    };
    let change = SafetyChange {
        literals: was != is || differ(is_measure),
        negation: old.negated != new.negated || differ(is_negation),
        modality: old.modality != new.modality || differ(|w| DEMAND_WORDS.contains(&w)),
        literals_removed: without(old, &is),
        literals_added: without(new, &was),
    };
    (change.literals || change.negation || change.modality).then_some(change)
}

/// The literals of a clause that are not among the others; each stands for one.
fn without(clause: &Clause, others: &[String]) -> Vec<String> {
    let mut left = others.to_vec();
    let mut out = Vec::new();
    for literal in &clause.literals {
        match left.iter().position(|l| *l == folded(&literal.text)) {
            Some(at) => drop(left.swap_remove(at)),
            None => out.push(literal.text.clone()),
        }
    }
    out
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Words in lower case, with the signs that belong to a number.
fn words(text: &str) -> Vec<String> {
    let words = text.split_whitespace().map(|word| {
        let edge = |c: char| !c.is_alphanumeric() && !"°%‰<>≤≥±+-−µ/$€£".contains(c);
        word.trim_matches(edge).trim_end_matches(['-', '/']).to_lowercase()
    });
    words.filter(|w| !w.is_empty()).collect()
}

fn is_measure(word: &str) -> bool {
    word.contains(|c: char| c.is_numeric() || "°%‰<>≤≥±µ".contains(c))
        || NUMBER_WORDS.contains(&word)
        || UNIT_WORDS.contains(&word)
        || word.split('-').any(|part| NUMBER_WORDS.contains(&part))
}

fn is_negation(word: &str) -> bool {
    NEGATION_WORDS.contains(&word) || word.ends_with("n't") || word.ends_with("n’t") || word.starts_with("non-")
}
