//! Refuses what a careful editor would: an unproven text, a number the SOP does not give, a stem that is no English.

pub mod flaws;
pub mod guess;
pub mod language;
pub mod level;
pub mod report;
pub mod solver;

use course_format::course::{Answer, ItemBody};

use super::forge::Made;
use super::library::Library;
use solver::Solver;

/// What is wrong with an item; nothing for an item that may be shown.
pub fn flaws(library: &Library, solver: &Solver<'_>, made: &Made) -> Vec<String> {
    let mut out = Vec::new();
    let proven = made.key.provenance.iter().all(|p| library.resolves(p));
    if !proven || made.key.provenance.is_empty() {
        out.push("its quote does not stand in the SOP".to_owned());
    }
    for stem in made.stems.iter().chain([&made.item.stem]) {
        out.extend(language::faults(stem));
    }
    out.extend(language::faults(&made.key.rationale));
    out.extend(flaws::of(made));
    let texts = shown(made);
    for text in &texts {
        out.extend(language::faults_of_fragment(text));
    }
    out.extend(numbers(solver, made, &texts));
    if out.is_empty() && !solver.agrees(&made.item, &made.key.answer) {
        out.push("a solver that sees only the SOP and the item comes to another answer".to_owned());
    }
    out
}

/// Options, pairs, steps: whatever the learner chooses from.
fn shown(made: &Made) -> Vec<&str> {
    match &made.item.body {
        ItemBody::SingleChoice { options } | ItemBody::MultiSelect { options, .. } => {
            options.iter().map(|c| c.text.as_str()).collect()
        }
        ItemBody::Matching { left, right } => left.iter().chain(right).map(|c| c.text.as_str()).collect(),
        ItemBody::StepOrdering { steps } => steps.iter().map(|c| c.text.as_str()).collect(),
        ItemBody::TapEvidence { sentences } => sentences.iter().map(|c| c.text.as_str()).collect(),
        ItemBody::CategorySort { categories, entries } => {
            categories.iter().chain(entries).map(|c| c.text.as_str()).collect()
        }
        ItemBody::WordBank { words, .. } => words.iter().map(|c| c.text.as_str()).collect(),
        ItemBody::GapSelect { options, .. } => options.values().flatten().map(|c| c.text.as_str()).collect(),
        _ => Vec::new(),
    }
}

/// Every number of stem and key stands in the quotes; every number of an option stands somewhere in the SOPs.
fn numbers(solver: &Solver<'_>, made: &Made, shown: &[&str]) -> Vec<String> {
    let quotes: Vec<&str> = made.key.provenance.iter().map(|p| p.quote.as_str()).collect();
    // The values of a case are ours: the solver has weighed them against the limit.
    let case = (made.frame.starts_with("case-") || made.frame.starts_with("note-")) && made.frame != "case-report";
    let mut locked: Vec<&str> = match made.frame.as_str() {
        "case-clock" | "case-value" | "case-amount" => Vec::new(),
        _ if case => vec![&made.item.stem],
        _ => vec![&made.item.stem, &made.key.rationale],
    };
    match (&made.item.body, &made.key.answer) {
        (ItemBody::SingleChoice { options }, Answer::SingleChoice { choice }) if !case => {
            locked.extend(options.iter().filter(|c| c.id == *choice).map(|c| c.text.as_str()));
        }
        (_, Answer::ShortAnswer { model, .. }) => locked.push(model),
        _ => {}
    }
    let mut out = Vec::new();
    for number in locked.iter().flat_map(|t| language::numbers(t)) {
        if !quotes.iter().any(|q| language::numbers(q).contains(&number)) {
            out.push(format!("its number {number} does not stand in its clause"));
        }
    }
    // Nor do the wrong copies of a rule keep to its numbers: that is what is wrong with them.
    let copied = matches!(
        made.frame.as_str(),
        "which-copy" | "two-rules" | "right-copies" | "who-followed" | "who-followed-one" | "select-amount"
    );
    for number in shown.iter().filter(|_| !case && !copied).flat_map(|t| language::numbers(t)) {
        if !solver.knows_number(&number) {
            out.push(format!("its number {number} stands nowhere in the SOPs"));
        }
    }
    out
}
