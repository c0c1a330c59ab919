//! Weak places of a SOP, each with its words and a suggestion: what makes a course guess makes staff guess.
//!
//! A report is read by a busy manager: the gravest come first, each kind is capped, and what a reader of the trade would
//! shrug at is left out.

mod contradictions;
mod references;
pub mod report;
mod undefined;
mod unsaid;
mod vague;

use course_format::sop::{Clause, ClauseKind, Defect, Modality, Procedure, Term};

use crate::pipeline::pattern::patterns;

patterns! {
    AT_A_MACHINE = r"(?i)\b(?:ignore|disregard|forget|override)\s+(?:all\s+|any\s+|the\s+|your\s+)*(?:previous|prior|above|earlier|other)\s+(?:instructions?|prompts?|rules?|text)|\byou are (?:now )?(?:an?|the) (?:ai|assistant|language model|chatbot|llm)\b|\b(?:as an ai|system prompt|language model|chatgpt|llm)\b|\bif you are an? (?:ai|llm|language model|bot|chatbot)\b|^\s*(?:system|assistant)\s*:\s*(?:you|ignore|answer|respond|reply|output|print)\b|\b(?:ai|llm|language) (?:models?|assistants?|systems?|agents?) (?:that|which|who|reading|processing|must|should)\b|\bdo not (?:mention|reveal|repeat|show) (?:this|these) (?:instructions?|prompts?)\b|\b(?:dear|attention,?|note to(?: the)?) (?:ai|assistant|model|chatbot)\b";
}

/// Kinds from the gravest to the lightest, and how many of each a report carries.
const KINDS: [(&str, usize); 10] = [
    ("instruction_to_ai", 20),
    ("contradiction", 15),
    ("broken_reference", 15),
    ("numbering_gap", 10),
    ("no_limit", 10),
    ("undefined_acronym", 20),
    ("vague_word", 20),
    ("no_actor", 10),
    ("undefined_term", 5),
    ("above_level", 10),
];

/// The document's weak places, the gravest first.
pub fn defects(clauses: &[Clause], procedures: &[Procedure], terms: &[Term], section_labels: &[String]) -> Vec<Defect> {
    let mut found = Vec::new();
    for clause in clauses {
        if let Some(aimed) = AT_A_MACHINE.find(&clause.text) {
            found.push(defect(
                "instruction_to_ai",
                clause,
                aimed.as_str(),
                "Remove this sentence. It speaks to a computer program and not to staff. The program did not follow it.",
            ));
        }
        vague::find(clause, &mut found);
        unsaid::find(clause, &mut found);
    }
    contradictions::find(clauses, procedures, &mut found);
    references::find(clauses, procedures, section_labels, &mut found);
    undefined::find(clauses, terms, &mut found);
    capped(&found)
}

fn capped(found: &[Defect]) -> Vec<Defect> {
    let of_kind = |(kind, most): &(&str, usize)| {
        found.iter().filter(|d| d.kind == *kind).take(*most).cloned().collect::<Vec<_>>()
    };
    KINDS.iter().flat_map(of_kind).collect()
}

fn defect(kind: &str, clause: &Clause, quote: &str, suggestion: impl Into<String>) -> Defect {
    Defect {
        kind: kind.to_owned(),
        clause_id: clause.id.clone(),
        quote: quote.to_owned(),
        suggestion: suggestion.into(),
    }
}

/// Somebody has to do something: only there does a vague word make staff guess.
fn is_demand(clause: &Clause) -> bool {
    let demanded = matches!(clause.modality, Modality::Must | Modality::MustNot | Modality::Should);
    demanded && !matches!(clause.kind, ClauseKind::Heading | ClauseKind::Definition)
}

/// The quote has to stand in the clause as it is written: the words up to a length that a table takes.
fn opening(text: &str) -> &str {
    let end = text.char_indices().nth(90).map_or(text.len(), |(at, _)| at);
    if end == text.len() { text } else { text[..end].rsplit_once(' ').map_or(&text[..end], |(head, _)| head) }
}

#[cfg(test)]
mod tests;
