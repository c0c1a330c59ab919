use std::collections::{BTreeSet, HashMap};

use course_format::sop::ClauseKind;

use super::placed::plain;
use crate::engine::english::quantity::{self, Dimension};
use crate::engine::english::sentence::sentences;
use crate::engine::english::text::stems;
use crate::engine::library::{ClauseRef, Library, Polarity};

/// The words of a clause or sentence, and whether it forbids.
pub struct Piece {
    pub at: ClauseRef,
    pub stems: BTreeSet<String>,
    pub forbids: bool,
    /// Small letters, single spaces, no marks; empty for whole clauses.
    pub plain: String,
    /// As it stands in the SOP.
    pub text: String,
    /// A sentence with a length of time.
    pub timed: bool,
}

/// Pieces found by their words.
#[derive(Default)]
pub struct Index {
    pub pieces: Vec<Piece>,
    by_stem: HashMap<String, Vec<u32>>,
}

impl Index {
    fn push(&mut self, piece: Piece) {
        let at = u32::try_from(self.pieces.len()).unwrap_or(u32::MAX);
        for stem in &piece.stems {
            self.by_stem.entry(stem.clone()).or_default().push(at);
        }
        self.pieces.push(piece);
    }

    /// Every piece that has at least half of these words: one of any half and one more of them, so the rarest are looked up.
    pub fn with_half(&self, words: &BTreeSet<String>) -> Vec<&Piece> {
        self.with(words, words.len() / 2 + 1)
    }

    /// Every piece that has all of these words.
    pub fn with_all<'s>(&'s self, words: &'s BTreeSet<String>) -> impl Iterator<Item = &'s Piece> {
        self.with(words, 1).into_iter().filter(|p| words.is_subset(&p.stems))
    }

    /// Every piece that has one of the rarer half of these words.
    pub fn with_any(&self, words: &BTreeSet<String>) -> Vec<&Piece> {
        let known: BTreeSet<String> = words.iter().filter(|w| self.by_stem.contains_key(*w)).cloned().collect();
        self.with(&known, known.len().div_ceil(2))
    }

    fn with(&self, words: &BTreeSet<String>, rarest: usize) -> Vec<&Piece> {
        let none = Vec::new();
        let mut lists: Vec<&Vec<u32>> = words.iter().map(|w| self.by_stem.get(w).unwrap_or(&none)).collect();
        lists.sort_by_key(|l| l.len());
        let found: BTreeSet<u32> = lists.into_iter().take(rarest).flatten().copied().collect();
        found.into_iter().filter_map(|i| self.pieces.get(usize::try_from(i).ok()?)).collect()
    }
}

/// Everything that the SOPs say.
pub struct Evidence {
    /// A clause's words are its own, its headings' and those of the step that it sends to.
    pub clauses: Index,
    pub sentences: Index,
}

impl Evidence {
    pub fn new(library: &Library) -> Self {
        let mut out = Self { clauses: Index::default(), sentences: Index::default() };
        let mut headings: HashMap<String, BTreeSet<String>> = HashMap::new();
        for at in library.clauses().filter(|at| library.clause(*at).kind != ClauseKind::Heading) {
            let clause = library.clause(at);
            let mut words = stems(&clause.text);
            let heading = headings.entry(clause.section.clone()).or_insert_with(|| stems(&clause.section));
            words.extend(heading.iter().cloned());
            words.extend(clause.slots.actor.iter().filter(|a| a.span.is_none()).flat_map(|a| stems(&a.text)));
            if let Some(target) = clause.text.split("go to step ").nth(1) {
                let number = target.split(|c: char| !c.is_ascii_digit()).next().and_then(|n| n.parse().ok());
                let step = number.and_then(|n: u32| library.step_numbered(at, &[n]));
                words.extend(step.iter().flat_map(|s| stems(&library.clause(*s).text)));
            }
            out.clauses.push(Piece {
                at,
                stems: words,
                forbids: false,
                plain: String::new(),
                text: clause.text.clone(),
                timed: false,
            });
            let inherited = matches!(library.polarity(at), Some(Polarity::Forbidden | Polarity::NotAllowed));
            for (_, text) in sentences(&clause.text) {
                out.sentences.push(Piece {
                    at,
                    stems: stems(text),
                    forbids: inherited || says_no(text),
                    plain: plain(text),
                    text: text.to_owned(),
                    timed: quantity::all(text).iter().any(|q| q.dimension == Dimension::Duration),
                });
            }
        }
        out
    }

    /// Whether this is a whole sentence of the SOP.
    pub fn states(&self, text: &str) -> bool {
        let wanted = plain(text);
        let words = stems(text);
        !wanted.is_empty() && self.sentences.with_all(&words).any(|p| p.plain == wanted)
    }

    /// Whether these words stand in the SOP as they are.
    pub fn says(&self, text: &str) -> bool {
        let wanted = plain(text);
        let words = stems(text);
        !wanted.is_empty() && self.sentences.with_all(&words).any(|p| p.plain.contains(&wanted))
    }
}

/// Whether a sentence forbids.
pub fn says_no(text: &str) -> bool {
    let lower = text.to_lowercase();
    [
        "do not ",
        "don't ",
        "never ",
        "must not ",
        "may not ",
        "not allowed",
        "not permitted",
        "forbidden",
        "prohibited",
        "nobody ",
    ]
    .iter()
    .any(|w| lower.contains(w))
}
