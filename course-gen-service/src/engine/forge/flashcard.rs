//! A term of the lesson and what it means, in both directions.

use course_format::course::{Answer, ItemBody, Relation};

use super::build::Spec;
use super::{Bench, Made};
use crate::engine::english::text::capitalise;

/// Two cards for every term with a meaning.
pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let mut out = Vec::new();
    for entry in bench.vocabulary {
        let Some(meaning) = &entry.definition else { continue };
        let Some(proof) = meaning.provenance.first().or(entry.example.provenance.first()) else { continue };
        let Some(document) = bench.library.documents().iter().position(|d| d.document_id == proof.document_id) else {
            continue;
        };
        let Some(clause) = bench.library.find(document, &proof.clause_id.0) else { continue };
        for by_meaning in [false, true] {
            let (front, back) = if by_meaning {
                (capitalise(&meaning.text), entry.term.clone())
            } else {
                (entry.term.clone(), capitalise(&meaning.text))
            };
            let stems: [&str; 3] = if by_meaning {
                [
                    "Which word of the SOP is this?",
                    "Say the word for this meaning.",
                    "Read the meaning. What is it called?",
                ]
            } else {
                ["What does it mean?", "Explain this word in English.", "Say what this is, then turn the card."]
            };
            let spec = Spec {
                clause,
                frame: if by_meaning { "card-word" } else { "card-meaning" },
                target: entry.term.clone(),
                stem: stems[0].to_owned(),
                others: stems[1..].iter().map(|s| (*s).to_owned()).collect(),
                rationale: format!("“{}” in a sentence: “{}”", entry.term, entry.example.text),
                relation: Relation::Compress,
                provenance: vec![proof.clone()],
                reasons: Vec::new(),
                score: 1,
            };
            out.push(spec.finish(bench, ItemBody::Flashcard { front }, Answer::Flashcard { back }, 1));
        }
    }
    out
}
