//! Weak places of a SOP, each with its words and a suggestion: what makes a course guess makes staff guess.

use course_format::sop::{Clause, ClauseKind, Defect, Modality, Procedure, Term};

use crate::pipeline::pattern::patterns;

patterns! {
    VAGUE = r"(?i)\b(?:regularly|appropriate(?:ly)?|as needed|if needed|when needed|as required|if required|where necessary|if necessary|adequate(?:ly)?|sufficient(?:ly)?|reasonable|timely|properly|as soon as possible|promptly|from time to time|periodically|frequently|often|some|several|etc\.?|and so on|various|suitable|thoroughly|enough|a few)\b";
    AT_A_MACHINE = r"(?i)\b(?:ignore|disregard|forget)\s+(?:all\s+|any\s+|the\s+)?(?:previous|prior|above|earlier|other)\s+(?:instructions?|prompts?|rules?|text)|\byou are (?:an?|the) (?:ai|assistant|language model|chatbot|llm)\b|\b(?:as an ai|system prompt|language model|chatgpt|llm)\b|\b(?:dear|attention,?) (?:ai|assistant|model)\b";
    TO_STEP = r"(?i)\bstep\s+(?P<step>\d+)\b";
    TO_SECTION = r"(?i)\bsection\s+(?P<section>\d+(?:\.\d+)*)\b";
}

pub fn defects(clauses: &[Clause], procedures: &[Procedure], terms: &[Term], section_labels: &[String]) -> Vec<Defect> {
    let mut found = Vec::new();
    for clause in clauses {
        let demanded = matches!(clause.modality, Modality::Must | Modality::MustNot | Modality::Should);
        for vague in VAGUE.find_iter(&clause.text).filter(|_| demanded && clause.kind != ClauseKind::Heading) {
            found.push(defect("vague_word", clause, vague.as_str(), "Say how often, how much or by which measure."));
        }
        if let Some(aimed) = AT_A_MACHINE.find(&clause.text) {
            found.push(defect(
                "instruction_to_ai",
                clause,
                aimed.as_str(),
                "Remove it: it is addressed to a machine and not to staff. It was not obeyed.",
            ));
        }
        broken_references(clause, procedures, section_labels, &mut found);
    }
    undefined_acronyms(clauses, terms, &mut found);
    found
}

fn defect(kind: &str, clause: &Clause, quote: &str, suggestion: &str) -> Defect {
    Defect {
        kind: kind.to_owned(),
        clause_id: clause.id.clone(),
        quote: quote.to_owned(),
        suggestion: suggestion.to_owned(),
    }
}

fn broken_references(clause: &Clause, procedures: &[Procedure], section_labels: &[String], found: &mut Vec<Defect>) {
    let own =
        procedures.iter().find(|p| p.steps.iter().any(|s| s.clause_id == clause.id || s.warnings.contains(&clause.id)));
    if let Some(procedure) = own.filter(|p| p.ordered) {
        let last = procedure.steps.iter().filter_map(|s| s.number.first()).max().copied().unwrap_or(0);
        for step in
            TO_STEP.captures_iter(&clause.text).filter(|c| c["step"].parse::<u32>().is_ok_and(|n| n > last || n == 0))
        {
            found.push(defect("broken_reference", clause, &step[0], "This procedure has no such step."));
        }
    }
    if section_labels.is_empty() {
        return;
    }
    for section in TO_SECTION.captures_iter(&clause.text).filter(|c| !section_labels.iter().any(|l| l == &c["section"]))
    {
        let after = clause.text.split(&section[0]).nth(1).unwrap_or_default().trim_start();
        // "Section 3.1.1 of the guide" is in another document.
        if !after.starts_with("of ") && !after.starts_with("in ") {
            found.push(defect("broken_reference", clause, &section[0], "This document has no such section."));
        }
    }
}

fn undefined_acronyms(clauses: &[Clause], terms: &[Term], found: &mut Vec<Defect>) {
    for term in terms.iter().filter(|t| t.expansion.is_none() && t.defined_in.is_none() && is_acronym(&t.term)) {
        let first = term.clauses.first().and_then(|id| clauses.iter().find(|c| &c.id == id));
        if let Some(clause) = first {
            found.push(defect("undefined_acronym", clause, &term.term, "Write it out where it is first used."));
        }
    }
}

fn is_acronym(term: &str) -> bool {
    !term.contains(' ') && term.chars().filter(|c| c.is_uppercase()).count() >= 2
}
