//! The words of the lesson: terms that the SOP defines, its names for things, verbs with their real object, verbs of two
//! words, and single words that the learners may not know.

mod bare;
mod chunks;
mod compose;
mod define;
mod names;
mod phrases;
mod terms;

use std::collections::BTreeSet;

use course_format::Level;
use course_format::course::{Proven, Relation, VocabularyEntry, VocabularyKind};
use course_format::sop::ClauseKind;
use uuid::Uuid;

pub use chunks::phrasal_at;
pub use define::longest as longest_definition;

use super::Assignment;
use crate::engine::english::sentence::sentences;
use crate::engine::english::text::{contains_word, lower_first, word_count};
use crate::engine::english::words::is_easy;
use crate::engine::facts::Fact;
use crate::engine::lexicon;
use crate::engine::library::{ClauseRef, Library};

/// A word or phrase that the lesson could teach.
#[derive(Clone, Debug)]
struct Candidate {
    term: String,
    kind: VocabularyKind,
    part_of_speech: &'static str,
    definition: Option<Proven>,
    at: ClauseRef,
    score: f32,
}

/// Words about documents and duties in general: true of any SOP.
const OF_ANY_SOP: [&str; 62] = [
    "available",
    "procedure",
    "procedures",
    "responsible",
    "responsibility",
    "responsibilities",
    "document",
    "documents",
    "section",
    "purpose",
    "scope",
    "ensure",
    "following",
    "appropriate",
    "necessary",
    "required",
    "applicable",
    "process",
    "activity",
    "activities",
    "relevant",
    "properly",
    "proper",
    "related",
    "various",
    "accordance",
    "manner",
    "general",
    "specific",
    "certain",
    "include",
    "overall",
    "use",
    "sop",
    "instruction",
    "instructions",
    "information",
    "employee",
    "employees",
    "example",
    "possible",
    "important",
    "current",
    "additional",
    "correct",
    "whole",
    "beginning",
    "middle",
    "operations",
    "apply",
    "perform",
    "provide",
    "requirement",
    "requirements",
    "space",
    "day",
    "result",
    "results",
    "reading",
    "advice",
    "according",
    "accordingly",
];

/// Chunks of verb and object in a lesson.
const CHUNKS: usize = 2;
const PHRASAL: usize = 2;
/// Words that no dictionary here explains: the SOP shows them, and one lesson in which most are such teaches little.
const UNEXPLAINED: usize = 2;
/// A word so far below the course's level is known.
const KNOWN_BELOW: f32 = 0.9;
/// What an explanation is worth beside how special a word is.
const EXPLAINED: f32 = 4.0;
/// What it is worth to be a word of what the learners do.
const IN_ACTION: f32 = 1.0;

/// The entries of one lesson, best first, none that was taught before; a practice lesson has no new words.
pub fn write(assignment: &Assignment<'_>, facts: &[Fact]) -> Vec<VocabularyEntry> {
    let Assignment { brief, library, lesson, .. } = *assignment;
    if !lesson.practises.is_empty() {
        return Vec::new();
    }
    let mut candidates = terms::defined(library, &lesson.clauses);
    candidates.extend(terms::acronyms(library, &lesson.clauses));
    candidates.extend(terms::named(library, &lesson.clauses));
    candidates.extend(phrases::nouns(library, &lesson.clauses));
    candidates.extend(phrases::listed(library, &lesson.clauses));
    candidates.extend(bare::names(library, &lesson.clauses, brief.level));
    candidates.extend(phrases::hard_words(library, &lesson.clauses, brief.level));
    candidates.retain(|c| !OF_ANY_SOP.contains(&c.term.to_lowercase().as_str()) && !too_easy(c, brief.level));
    let no_name = |c: &Candidate| names::is_proper(&c.term) || names::is_doing(&c.term);
    candidates.retain(|c| c.definition.is_some() || c.part_of_speech != "noun" || !no_name(c));
    candidates.retain(|c| c.definition.is_some() || !c.term.contains(' ') || !c.term.split(' ').all(is_easy));
    let text = text_of(library, &lesson.clauses);
    let spoken: Vec<String> = chunks::verb_phrases(facts).into_iter().map(|(_, p)| p.to_lowercase()).collect();
    for candidate in &mut candidates {
        let clause = &library.clause(candidate.at).text;
        let explained = candidate.definition.is_some()
            || define::define(&candidate.term, candidate.part_of_speech, brief.level, clause, &text).is_some();
        let done = spoken.iter().any(|phrase| contains_word(phrase, &candidate.term.to_lowercase()));
        candidate.score += if explained { EXPLAINED } else { 0.0 } + if done { IN_ACTION } else { 0.0 };
    }
    let (least, limit) = numbers(brief.level);
    let mut known: BTreeSet<String> = assignment.taught.iter().map(|t| lexicon::singular(&t.to_lowercase())).collect();
    let mut out = Vec::new();
    take(assignment, facts, chunks::verbs(library, facts), CHUNKS, &mut known, &mut out);
    take(assignment, facts, chunks::phrasal(facts), CHUNKS + PHRASAL, &mut known, &mut out);
    let early = out.len();
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.at.cmp(&b.at)).then(a.term.cmp(&b.term)));
    let (easy, new): (Vec<Candidate>, Vec<Candidate>) =
        candidates.into_iter().partition(|c| is_long_known(c, brief.level));
    take(assignment, facts, new, limit, &mut known, &mut out);
    // Where the SOP has few new words, those that some may have forgotten fill the list.
    take(assignment, facts, easy, least, &mut known, &mut out);
    out.rotate_left(early);
    // Where the SOP has few new words, its verbs are worth more.
    let more = least.min(out.len() + CHUNKS);
    take(assignment, facts, chunks::verbs(library, facts), more, &mut known, &mut out);
    out
}

/// All that the lesson says: it shows which sense a word has here.
fn text_of(library: &Library, clauses: &[ClauseRef]) -> String {
    clauses.iter().map(|at| library.clause(*at).text.as_str()).collect::<Vec<_>>().join("\n")
}

/// Adds the best new ones until there are `up_to`.
fn take(
    assignment: &Assignment<'_>,
    facts: &[Fact],
    from: Vec<Candidate>,
    up_to: usize,
    known: &mut BTreeSet<String>,
    out: &mut Vec<VocabularyEntry>,
) {
    for candidate in from {
        let name = candidate.term.to_lowercase();
        let seen = known.contains(&lexicon::singular(&name)) || out.iter().any(|e| repeats(e, &candidate));
        if out.len() >= up_to || seen {
            continue;
        }
        let Some(entry) = entry(assignment, facts, &candidate) else { continue };
        let unexplained = |e: &VocabularyEntry| e.kind == VocabularyKind::Term && e.definition.is_none();
        if unexplained(&entry) && out.iter().filter(|e| unexplained(e)).count() == UNEXPLAINED {
            continue;
        }
        known.insert(lexicon::singular(&name));
        out.push(entry);
    }
}

/// "tag" beside "tag number", and a second chunk with the same verb or the same noun.
/// A hard noun of a chunk is still a word of its own.
fn repeats(entry: &VocabularyEntry, candidate: &Candidate) -> bool {
    let taught = entry.term.to_lowercase();
    let term = candidate.term.to_lowercase();
    match candidate.kind {
        VocabularyKind::Chunk => {
            let last = |t: &str| t.rsplit(' ').next().map(str::to_owned);
            let first = |t: &str| t.split(' ').next().map(str::to_owned);
            taught.contains(' ') && (first(&taught) == first(&term) || last(&taught) == last(&term))
        }
        VocabularyKind::Term | VocabularyKind::PhrasalVerb => {
            contains_word(&taught, &term) && candidate.part_of_speech == "noun" && entry.kind == VocabularyKind::Term
        }
    }
}

/// Well below the learners' level, and no compound with a meaning of its own.
fn too_easy(candidate: &Candidate, level: Level) -> bool {
    let margin = if level <= Level::A2 { 0.8 } else { 1.2 };
    candidate.definition.is_none()
        && !candidate.term.contains(' ')
        && cefr::word(&candidate.term).score.is_some_and(|score| score + margin <= level.score())
}

/// A plain word that learners of the level have met, unless it means something special at work ("the boot of the car").
fn is_long_known(candidate: &Candidate, level: Level) -> bool {
    let hardest = |term: &str| term.split(' ').filter_map(|w| cefr::word(w).score).fold(0.0, f32::max);
    candidate.definition.is_none()
        && !candidate.term.contains(' ')
        && cefr::word(&candidate.term).score.is_some()
        && hardest(&lexicon::singular(&candidate.term.to_lowercase())) + KNOWN_BELOW <= level.score()
        && !lexicon::has_senses(&candidate.term, candidate.part_of_speech)
}

/// The fewest and the most entries of a lesson (PEDAGOGY section 1).
fn numbers(level: Level) -> (usize, usize) {
    match level {
        Level::A1 | Level::A2 => (6, 8),
        Level::B1 => (8, 10),
        Level::B2 | Level::C1 | Level::C2 => (10, 12),
    }
}

fn entry(assignment: &Assignment<'_>, facts: &[Fact], candidate: &Candidate) -> Option<VocabularyEntry> {
    let Assignment { brief, library, lesson, .. } = *assignment;
    let document = library.document(candidate.at);
    let (at, example) = example(library, &lesson.clauses, candidate)?;
    let context = format!("{} {} {example}", document.title, library.clause(at).section);
    let text = text_of(library, &lesson.clauses);
    let definition = candidate
        .definition
        .clone()
        .or_else(|| define::define(&candidate.term, candidate.part_of_speech, brief.level, &context, &text))
        .or_else(|| define::chunk(&candidate.term, brief.level).filter(|_| candidate.kind == VocabularyKind::Chunk));
    // A single word that the learners may know and that nothing explains teaches nothing.
    let plain = candidate.kind == VocabularyKind::Term && !candidate.term.contains(' ');
    let hard = cefr::word(&candidate.term).score.is_none_or(|score| score > brief.level.score() + 0.5);
    if plain && definition.is_none() && !hard {
        return None;
    }
    let collocations = match (candidate.kind, candidate.part_of_speech) {
        (VocabularyKind::Term, "noun") => chunks::collocations(library, facts, &candidate.term),
        _ => Vec::new(),
    };
    Some(VocabularyEntry {
        id: Uuid::new_v5(&document.document_id, format!("term/{}", candidate.term.to_lowercase()).as_bytes()),
        term: candidate.term.clone(),
        kind: candidate.kind,
        collocations,
        part_of_speech: Some(candidate.part_of_speech.to_owned()),
        definition,
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
    let small = |w: &str| candidate.kind == VocabularyKind::Chunk && matches!(w, "a" | "an" | "the" | "your");
    let parts: Vec<&str> = needle.split(' ').filter(|w| !small(w)).collect();
    let has = |sentence: &str| {
        let lower = sentence.to_lowercase();
        let apart = candidate.kind != VocabularyKind::Term && parts.iter().all(|p| contains_word(&lower, p));
        contains_word(&lower, &needle) || contains_plural(&lower, &needle) || apart
    };
    let sentence_with = |at: ClauseRef| {
        let clause = library.clause(at);
        sentences(&clause.text)
            .into_iter()
            .map(|(_, s)| s)
            .find(|s| has(s) && word_count(s) >= 4)
            .map(|s| (at, s.to_owned()))
    };
    if candidate.kind != VocabularyKind::Term {
        return sentence_with(candidate.at);
    }
    let usable = |at: &ClauseRef| {
        matches!(library.kind(*at), ClauseKind::Step | ClauseKind::Rule | ClauseKind::Warning | ClauseKind::Fact)
    };
    let whole = |(at, s): &(ClauseRef, String)| (!s.ends_with(['.', '!']), s.len(), *at);
    let in_lesson = clauses.iter().copied().filter(usable).filter_map(sentence_with).min_by_key(whole);
    let everywhere = || {
        library
            .clauses()
            .filter(|at| at.document == candidate.at.document && usable(at))
            .filter_map(sentence_with)
            .min_by_key(whole)
    };
    in_lesson.or_else(everywhere).or_else(|| {
        let text = &library.clause(candidate.at).text;
        has(text).then(|| (candidate.at, text.clone()))
    })
}

/// "batch" in "Label all batches."
fn contains_plural(text: &str, term: &str) -> bool {
    let (head, last) = term.rsplit_once(' ').map_or(("", term), |(head, last)| (head, last));
    let plural = cefr::inflect(last, cefr::Form::Plural);
    contains_word(text, &if head.is_empty() { plural } else { format!("{head} {plural}") })
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
