//! Terms that the SOP itself gives: what it defines, what its short forms stand for, its names for people and things.

use course_format::course::{Proven, Relation, VocabularyKind};
use course_format::sop::{ClauseKind, TermKind};

use super::{Candidate, definition, names, natural_case, phrases};
use crate::engine::english::text::placed_words;
use crate::engine::english::words::is_verb;
use crate::engine::lexicon;
use crate::engine::library::{ClauseRef, Library};

pub fn defined(library: &Library, clauses: &[ClauseRef]) -> Vec<Candidate> {
    clauses
        .iter()
        .filter(|at| library.kind(**at) == ClauseKind::Definition)
        .filter_map(|at| {
            let (term, meaning) = definition(&library.clause(*at).text)?;
            let term = natural_case(library, *at, &term);
            let proof = vec![library.prove_part(*at, &meaning)];
            Some(Candidate {
                term,
                kind: VocabularyKind::Term,
                part_of_speech: "noun",
                definition: Some(Proven { text: meaning, relation: Relation::Quote, provenance: proof }),
                at: *at,
                score: 100.0,
            })
        })
        .collect()
}

/// "First In, First Out (FIFO)": an acronym with what it stands for.
pub fn acronyms(library: &Library, clauses: &[ClauseRef]) -> Vec<Candidate> {
    let mut out = Vec::new();
    for at in clauses {
        let text = &library.clause(*at).text;
        for (open, _) in text.match_indices('(') {
            let Some(acronym) = text[open + 1..].split(')').next().filter(|a| is_acronym(a)) else { continue };
            if let Some(full) = expansion(&text[..open], acronym) {
                let quote = format!("{full} ({acronym})");
                out.push(Candidate {
                    term: acronym.to_owned(),
                    kind: VocabularyKind::Term,
                    part_of_speech: "abbreviation",
                    definition: Some(Proven {
                        text: full,
                        relation: Relation::Quote,
                        provenance: vec![library.prove_part(*at, &quote)],
                    }),
                    at: *at,
                    score: 90.0,
                });
            }
        }
    }
    out
}

/// Names that reading the SOP has found; those that are the SOP's own words for things come first.
pub fn named(library: &Library, clauses: &[ClauseRef]) -> Vec<Candidate> {
    let mut out = Vec::new();
    for at in clauses {
        let id = &library.clause(*at).id;
        for term in library.document(*at).terms.iter().filter(|t| t.clauses.contains(id)) {
            let weight = match term.kind {
                TermKind::Equipment | TermKind::Substance => 12.0,
                TermKind::Role | TermKind::Document => 8.0,
                TermKind::Acronym | TermKind::Other => continue,
            };
            let words = names::without_plain(&term.term);
            let known = lexicon::has_form(&words.to_lowercase(), "noun");
            let name = if known { words.to_lowercase() } else { natural_case(library, *at, words) };
            let name = phrases::singular(library, *at, name);
            let text = &library.clause(*at).text;
            let acts = is_verb(&name)
                && !placed_words(text)
                    .iter()
                    .any(|(span, w)| lexicon::singular(w) == name && phrases::part_of(text, span) == Some("noun"));
            if acts || out.iter().any(|c: &Candidate| c.term == name) || !names::is_whole(library, *at, words) {
                continue;
            }
            out.push(Candidate {
                term: name,
                kind: VocabularyKind::Term,
                part_of_speech: "noun",
                definition: None,
                at: *at,
                score: weight + term.keyness.clamp(0.0, 6.0),
            });
        }
    }
    out
}

fn is_acronym(text: &str) -> bool {
    (2..=6).contains(&text.len()) && text.chars().all(|c| c.is_ascii_uppercase())
}

/// The words before the bracket whose initials are the acronym.
fn expansion(before: &str, acronym: &str) -> Option<String> {
    let words: Vec<&str> = before.split_whitespace().collect();
    let start = words.len().checked_sub(acronym.len())?;
    let initials: String =
        words[start..].iter().filter_map(|w| w.chars().next()).flat_map(char::to_uppercase).collect();
    (initials == acronym).then(|| words[start..].join(" "))
}
