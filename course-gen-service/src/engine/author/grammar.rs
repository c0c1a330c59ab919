//! The grammar focus: one point that the lesson's sentences really use (PEDAGOGY section 4), told at level.
//!
//! Sentences are the SOP's, or those of the reading where the SOP's are too long or show the point less often; where two are
//! too few, one of the lesson before is added and called that.

mod detect;
mod mistakes;
mod points;

use std::collections::BTreeSet;

use course_format::Level;
use course_format::course::{GrammarCase, GrammarFocus, Proven, Provenance, Reading, ReadingLine, Relation};
use course_format::sop::ClauseKind;
use uuid::Uuid;

use super::Assignment;
use crate::engine::english::parse;
use crate::engine::english::sentence::sentences;
use crate::engine::english::text::word_count;
use crate::engine::facts::{self, Fact};
use crate::engine::library::{ClauseRef, Library};
use crate::engine::rewrite::limits;
pub use detect::particles;
use points::{POINTS, Point};

/// So many sentences have to show a point before it is worth a lesson's time; two and one of the lesson before where no point
/// has more.
const CASES: usize = 3;
const FEWEST: usize = 2;
const SHOWN: usize = 4;
const MISTAKES: usize = 3;
/// A point comes back once in so many lessons, and no more.
const LATELY: usize = 9;
const TWICE: usize = 2;
/// Longer sentences hide the point.
const LONGEST: usize = 28;

/// A sentence that shows a point.
#[derive(Clone, Debug)]
struct Case {
    at: ClauseRef,
    text: String,
    focus: String,
    cue: &'static str,
    relation: Relation,
    provenance: Vec<Provenance>,
    /// It stands in the lesson before.
    before: bool,
    /// 0 for the best: the SOP's own words, short enough for the level.
    rank: usize,
}

/// The point of this lesson; none where no point has two cases.
pub fn write(assignment: &Assignment<'_>, facts: &[Fact], reading: &Reading) -> Option<GrammarFocus> {
    let Assignment { brief, library, lesson, points, .. } = *assignment;
    let recalled = facts::of_clauses(library, &lesson.recalls);
    let sources = Sources { library, level: brief.level, facts, reading, recalled: &recalled };
    let (point, cases) = chosen(&sources, points)?;
    let shown: Vec<&str> = cases.iter().map(|c| c.cue).collect();
    let mut explanation = point.explanation(brief.level, &shown);
    if cases.iter().any(|c| c.before) {
        explanation.push_str(" The last example comes from the lesson before.");
    }
    Some(GrammarFocus {
        id: Uuid::new_v5(&lesson.id, b"grammar"),
        point: point.name.to_owned(),
        title: point.title(&shown),
        explanation: Proven::language(explanation),
        mistakes: mistakes::own(point.name, &cases)
            .into_iter()
            .chain(point.mistakes(&shown).into_iter().map(|(wrong, right)| (wrong.to_owned(), right.to_owned())))
            .take(MISTAKES)
            .map(|(wrong, right)| Proven::language(format!("Don’t say: {} Say: {}", stopped(&wrong), stopped(&right))))
            .collect(),
        cases: cases
            .into_iter()
            .map(|c| GrammarCase {
                sentence: Proven { text: c.text, relation: c.relation, provenance: c.provenance },
                focus: c.focus,
            })
            .collect(),
    })
}

/// A part of a sentence stands in quotation marks, a sentence ends as one.
fn stopped(text: &str) -> String {
    if text.ends_with(['.', '?', '!']) { text.to_owned() } else { format!("“{text}”.") }
}

/// Where cases come from.
struct Sources<'a> {
    library: &'a Library,
    level: Level,
    facts: &'a [Fact],
    reading: &'a Reading,
    recalled: &'a [Fact],
}

impl Sources<'_> {
    /// One case of the point for each clause, the best wording of it, in the order of the lesson.
    fn cases(&self, point: &Point) -> Vec<Case> {
        let quoted = self.facts.iter().filter_map(|f| self.quoted(point, f, false));
        let mut all: Vec<Case> = quoted.chain(self.read(point)).collect();
        all.sort_by_key(|c| (c.rank, c.at));
        // A joined sentence of the reading is the same case as the clauses that are in it.
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut out: Vec<Case> = Vec::new();
        for case in &all {
            let clauses: Vec<&str> = case.provenance.iter().map(|p| p.clause_id.0.as_str()).collect();
            if clauses.iter().any(|c| seen.contains(c)) || out.iter().any(|o| o.text.eq_ignore_ascii_case(&case.text)) {
                continue;
            }
            seen.extend(clauses);
            out.push(case.clone());
        }
        out.sort_by_key(|c| c.at);
        out
    }

    fn quoted(&self, point: &Point, fact: &Fact, before: bool) -> Option<Case> {
        let found = (point.detect)(fact)?;
        let words = word_count(&fact.text);
        let long = words > limits::of(self.level).words_a_sentence;
        let whole = (2..=LONGEST).contains(&words) && fact.text.starts_with(char::is_uppercase) && is_plain(&fact.text);
        let fits = whole && fact.text.contains(found.focus.as_str());
        fits.then(|| Case {
            at: fact.at,
            text: fact.text.clone(),
            focus: found.focus,
            cue: found.cue,
            relation: Relation::Quote,
            provenance: vec![self.library.prove_part(fact.at, &fact.text)],
            before,
            rank: usize::from(long) * 2
                + usize::from(!fact.text.ends_with(['.', '!']))
                + usize::from(facts::refers_elsewhere(&fact.text)) * 2,
        })
    }

    /// Sentences of the reading in other words than the SOP's.
    fn read(&self, point: &Point) -> Vec<Case> {
        let mut out = Vec::new();
        // A stem with its entries is no sentence to practise.
        let told = |l: &&ReadingLine| l.text.relation == Relation::Compress && !l.text.text.contains('\n');
        for line in self.reading.lines.iter().filter(told) {
            let Some(at) = line.text.provenance.first().and_then(|p| self.clause_of(p)) else { continue };
            for fact in self.said(at, &line.text.text) {
                let Some(case) = self.quoted(point, &fact, false) else { continue };
                let (relation, provenance) = (line.text.relation, line.text.provenance.clone());
                out.push(Case { relation, provenance, rank: case.rank + 1, ..case });
            }
        }
        out
    }

    /// The sentences of a line; those that a row of a table became count as well.
    fn said(&self, at: ClauseRef, text: &str) -> Vec<Fact> {
        if self.library.kind(at) != ClauseKind::TableRow {
            return facts::of_text(self.library, at, text);
        }
        let told = sentences(text).into_iter().filter(|(_, s)| s.ends_with('.'));
        told.map(|(_, s)| Fact { at, text: s.to_owned(), form: parse::parse(s) }).collect()
    }

    fn clause_of(&self, proof: &Provenance) -> Option<ClauseRef> {
        let document = self.library.documents().iter().position(|d| d.document_id == proof.document_id)?;
        self.library.find(document, &proof.clause_id.0)
    }
}

/// No signs that nobody can say, no sentence that breaks off.
fn is_plain(text: &str) -> bool {
    let signs = ['→', '|', '[', ']', '+', '*', '_', '#', '@', '{', '}', '<', '>', '=', '\\', '•', '&'];
    !text.contains(signs) && !text.contains("://") && !text.ends_with(':') && !text.contains(" / ")
}

/// The best point: by how often the lesson has it, by how near it is to the level, by how often the course has had it.
fn chosen(sources: &Sources<'_>, had: &[String]) -> Option<(&'static Point, Vec<Case>)> {
    let mut best: Option<(i32, &'static Point, Vec<Case>)> = None;
    for point in POINTS.iter() {
        let Some(near) = nearness(point.level, sources.level) else { continue };
        let mut cases = sources.cases(point);
        let own = cases.len();
        if own == FEWEST {
            let known: Vec<String> = cases.iter().map(|c| c.text.clone()).collect();
            let more = sources.recalled.iter().filter_map(|f| sources.quoted(point, f, true));
            cases.extend(more.filter(|c| !known.contains(&c.text)).min_by_key(|c| c.rank));
        }
        if own < FEWEST {
            continue;
        }
        let few = match (own, cases.len()) {
            (CASES.., _) => 0,
            (_, CASES..) => 5,
            _ => 9,
        };
        let lately = had.iter().rev().take(LATELY).filter(|p| *p == point.name).count();
        if lately >= TWICE {
            continue;
        }
        let times = i32::try_from(lately).unwrap_or(0);
        let just = if had.last().is_some_and(|p| p == point.name) { 14 } else { 0 };
        let worth =
            i32::try_from(own.min(4)).unwrap_or(0) * 2 + near - few - times * 5 - just - plainness(point, sources);
        if best.as_ref().is_none_or(|(most, ..)| worth > *most) {
            best = Some((worth, point, cases));
        }
    }
    best.map(|(_, point, cases)| (point, shown(cases)))
}

/// What a point's level is worth at the course's level; nothing above it, and nothing that learners have long known.
fn nearness(point: Level, level: Level) -> Option<i32> {
    let below = i32::from(rank(level)) - i32::from(rank(point));
    match below {
        0 => Some(6),
        1 => Some(4),
        2 => Some(-2),
        // Orders and bans are known by then; the force of a rule is still worth a lesson.
        3 if point >= Level::A2 => Some(-8),
        _ => None,
    }
}

fn rank(level: Level) -> u8 {
    match level {
        Level::A1 => 0,
        Level::A2 => 1,
        Level::B1 => 2,
        Level::B2 => 3,
        Level::C1 | Level::C2 => 4,
    }
}

/// Every instruction has an order and an amount: a point that is rarer teaches more.
fn plainness(point: &Point, sources: &Sources<'_>) -> i32 {
    match point.name {
        "imperative" if sources.level >= Level::B1 => 8,
        "imperative" if sources.level >= Level::A2 => 4,
        "articles" => 4,
        "imperative" | "quantity" => 2,
        "place" if sources.level >= Level::A2 => 2,
        // Most of these words are ours: they lead through the reading.
        "order_words" if sources.level >= Level::B1 => 4,
        _ => 0,
    }
}

/// At most four, the clearest and with different words, in the order of the lesson; one of the lesson before stands last.
fn shown(cases: Vec<Case>) -> Vec<Case> {
    let mut ranked = cases;
    ranked.sort_by_key(|c| (c.rank, word_count(&c.text), c.at));
    let (mut out, mut rest): (Vec<Case>, Vec<Case>) = (Vec::new(), Vec::new());
    for case in ranked {
        let new = out.iter().filter(|c| c.cue == case.cue).count() < 2
            && !out.iter().any(|c| c.focus.eq_ignore_ascii_case(&case.focus));
        if new && out.len() < SHOWN { out.push(case) } else { rest.push(case) }
    }
    let missing = SHOWN - out.len();
    out.extend(rest.into_iter().take(missing));
    out.sort_by_key(|c| (c.before, c.at));
    out
}

#[cfg(test)]
mod tests;
