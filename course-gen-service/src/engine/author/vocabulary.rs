//! The words of the lesson: terms that the SOP defines, its names for things, and verbs with their real object.

mod phrases;

use std::collections::BTreeSet;

use course_format::Level;
use course_format::course::{Proven, Relation, VocabularyEntry, VocabularyKind};
use course_format::sop::ClauseKind;
use uuid::Uuid;

use super::Assignment;
use crate::engine::english::sentence::sentences;
use crate::engine::english::text::{contains_word, lower_first, word_count};
use crate::engine::facts::Fact;
use crate::engine::library::{ClauseRef, Library};

/// A word or phrase that the lesson could teach.
#[derive(Clone, Debug)]
struct Candidate {
    term: String,
    part_of_speech: Option<&'static str>,
    definition: Option<Proven>,
    at: ClauseRef,
    score: u32,
}

/// The entries of one lesson, best first, none that was taught before.
pub fn write(assignment: &Assignment<'_>, facts: &[Fact]) -> Vec<VocabularyEntry> {
    let library = assignment.library;
    let mut candidates = defined(library, &assignment.lesson.clauses);
    candidates.extend(acronyms(library, &assignment.lesson.clauses));
    candidates.extend(phrases::nouns(library, &assignment.lesson.clauses));
    let mut chunks = phrases::verbs(library, facts);
    chunks.truncate(2);
    candidates.extend(chunks);
    candidates.extend(phrases::hard_words(library, &assignment.lesson.clauses, assignment.brief.level));
    candidates.sort_by(|a, b| b.score.cmp(&a.score).then(a.at.cmp(&b.at)).then(a.term.cmp(&b.term)));
    let mut known: BTreeSet<String> = assignment.taught.clone();
    let mut out = Vec::new();
    for candidate in candidates {
        let name = candidate.term.to_lowercase();
        if known.contains(&name) || known.contains(name.trim_end_matches('s')) || known.contains(&format!("{name}s")) {
            continue;
        }
        if let Some(entry) = entry(assignment, &candidate) {
            known.insert(name);
            out.push(entry);
        }
        if out.len() == limit(assignment.brief.level) {
            break;
        }
    }
    out
}

fn limit(level: Level) -> usize {
    match level {
        Level::A1 | Level::A2 => 8,
        Level::B1 => 10,
        Level::B2 | Level::C1 | Level::C2 => 12,
    }
}

fn entry(assignment: &Assignment<'_>, candidate: &Candidate) -> Option<VocabularyEntry> {
    let library = assignment.library;
    let document = library.document(candidate.at);
    let (at, example) = example(library, &assignment.lesson.clauses, candidate)?;
    Some(VocabularyEntry {
        id: Uuid::new_v5(&document.document_id, format!("term/{}", candidate.term.to_lowercase()).as_bytes()),
        term: candidate.term.clone(),
        kind: VocabularyKind::Term,
        collocations: Vec::new(),
        part_of_speech: candidate.part_of_speech.map(str::to_owned),
        definition: candidate.definition.clone(),
        example: Proven {
            text: example.clone(),
            relation: Relation::Quote,
            provenance: vec![library.prove_part(at, &example)],
        },
    })
}

/// The shortest whole sentence with the term: of the lesson, then of the document; a definition only when there is no other.
fn example(library: &Library, clauses: &[ClauseRef], candidate: &Candidate) -> Option<(ClauseRef, String)> {
    let needle = candidate.term.to_lowercase();
    let has = |sentence: &str| {
        let lower = sentence.to_lowercase();
        contains_word(&lower, &needle) || contains_word(&lower, &format!("{needle}s"))
    };
    let sentence_with = |at: ClauseRef| {
        let clause = library.clause(at);
        sentences(&clause.text)
            .into_iter()
            .map(|(_, s)| s)
            .find(|s| has(s) && word_count(s) >= 4)
            .map(|s| (at, s.to_owned()))
    };
    let usable = |at: &ClauseRef| {
        matches!(library.kind(*at), ClauseKind::Step | ClauseKind::Rule | ClauseKind::Warning | ClauseKind::Fact)
    };
    let in_lesson =
        clauses.iter().copied().filter(usable).filter_map(sentence_with).min_by_key(|(at, s)| (s.len(), *at));
    let everywhere = || {
        library
            .clauses()
            .filter(|at| at.document == candidate.at.document && usable(at))
            .filter_map(sentence_with)
            .min_by_key(|(at, s)| (s.len(), *at))
    };
    in_lesson.or_else(everywhere).or_else(|| {
        let text = &library.clause(candidate.at).text;
        has(text).then(|| (candidate.at, text.clone()))
    })
}

/// "Danger zone: any temperature ..." -> term and definition.
pub fn definition(text: &str) -> Option<(String, String)> {
    let (term, rest) =
        text.split_once(": ").or_else(|| text.split_once(" – ")).or_else(|| text.split_once(" means "))?;
    let term = term.trim().trim_matches(['"', '“', '”', '*']).to_owned();
    let rest = rest.trim();
    let fits =
        (1..=6).contains(&term.split_whitespace().count()) && word_count(rest) >= 3 && !rest.contains(['|', '→']);
    fits.then(|| (term, rest.to_owned()))
}

fn defined(library: &Library, clauses: &[ClauseRef]) -> Vec<Candidate> {
    clauses
        .iter()
        .filter(|at| library.kind(**at) == ClauseKind::Definition)
        .filter_map(|at| {
            let (term, meaning) = definition(&library.clause(*at).text)?;
            let term = natural_case(library, *at, &term);
            let proof = vec![library.prove_part(*at, &meaning)];
            Some(Candidate {
                term,
                part_of_speech: Some("noun"),
                definition: Some(Proven { text: meaning, relation: Relation::Quote, provenance: proof }),
                at: *at,
                score: 100,
            })
        })
        .collect()
}

/// A definition list writes "Danger zone"; the text writes "danger zone".
pub fn natural_case(library: &Library, at: ClauseRef, term: &str) -> String {
    let mut words = term.split(' ');
    let first = words.next().unwrap_or_default();
    let ordinary = first.chars().count() > 2 && first.chars().skip(1).all(char::is_lowercase);
    match words.next().and_then(|w| w.chars().next()) {
        Some(second) if ordinary && second.is_lowercase() => term.replacen(first, &first.to_lowercase(), 1),
        _ => lower_first(term, &library.document(at).text),
    }
}

/// "First In, First Out (FIFO)": an acronym with what it stands for.
fn acronyms(library: &Library, clauses: &[ClauseRef]) -> Vec<Candidate> {
    let mut out = Vec::new();
    for at in clauses {
        let text = &library.clause(*at).text;
        for (open, _) in text.match_indices('(') {
            let Some(acronym) = text[open + 1..].split(')').next().filter(|a| is_acronym(a)) else { continue };
            if let Some(full) = expansion(&text[..open], acronym) {
                let quote = format!("{full} ({acronym})");
                out.push(Candidate {
                    term: acronym.to_owned(),
                    part_of_speech: Some("abbreviation"),
                    definition: Some(Proven {
                        text: full,
                        relation: Relation::Quote,
                        provenance: vec![library.prove_part(*at, &quote)],
                    }),
                    at: *at,
                    score: 90,
                });
            }
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
