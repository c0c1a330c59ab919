//! Whether a part of the version before still stands: all of its clauses are there, word for word, and mean the same.

use std::collections::BTreeSet;

use course_format::course::{
    Dialogue, GrammarCase, GrammarFocus, Item, ItemKey, ItemType, Proven, Provenance, Question, Reading, ReadingLine,
    RolePlay, VocabularyEntry,
};
use course_format::sop::{ClauseId, ClauseKind};
use uuid::Uuid;

use crate::engine::library::{ClauseRef, Library, Polarity};
use crate::engine::verify::solver::Solver;

/// A clause by the names that courses know: document and clause.
pub type ClauseKey = (Uuid, ClauseId);

/// A part of a lesson that is taken over as a whole, or not at all.
pub trait Part: Clone {
    fn texts(&mut self) -> Vec<&mut Proven>;
    /// The same part with other proofs.
    fn is_same(&self, other: &Self) -> bool;
}

impl Part for Proven {
    fn texts(&mut self) -> Vec<&mut Proven> {
        vec![self]
    }
    fn is_same(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Part for Question {
    fn texts(&mut self) -> Vec<&mut Proven> {
        vec![&mut self.answer]
    }
    fn is_same(&self, other: &Self) -> bool {
        self.question == other.question
    }
}

impl Part for GrammarCase {
    fn texts(&mut self) -> Vec<&mut Proven> {
        vec![&mut self.sentence]
    }
    fn is_same(&self, other: &Self) -> bool {
        self.sentence.text == other.sentence.text
    }
}

impl Part for VocabularyEntry {
    fn texts(&mut self) -> Vec<&mut Proven> {
        self.definition.iter_mut().chain([&mut self.example]).chain(&mut self.collocations).collect()
    }
    fn is_same(&self, other: &Self) -> bool {
        self.id == other.id || self.term == other.term
    }
}

impl Part for ReadingLine {
    fn texts(&mut self) -> Vec<&mut Proven> {
        vec![&mut self.text]
    }
    fn is_same(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Part for GrammarFocus {
    fn texts(&mut self) -> Vec<&mut Proven> {
        let cases = self.cases.iter_mut().map(|case| &mut case.sentence);
        [&mut self.explanation].into_iter().chain(cases).chain(&mut self.mistakes).collect()
    }
    fn is_same(&self, other: &Self) -> bool {
        self.point == other.point
    }
}

impl Part for Dialogue {
    fn texts(&mut self) -> Vec<&mut Proven> {
        [&mut self.situation].into_iter().chain(self.turns.iter_mut().map(|turn| &mut turn.text)).collect()
    }
    fn is_same(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Part for RolePlay {
    fn texts(&mut self) -> Vec<&mut Proven> {
        let briefs = self.cards.iter_mut().map(|card| &mut card.brief);
        [&mut self.situation].into_iter().chain(briefs).chain(&mut self.checklist).collect()
    }
    fn is_same(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// The clauses that a part names.
pub fn named<T: Part>(part: &T) -> Vec<ClauseKey> {
    let mut part = part.clone();
    part.texts().into_iter().flat_map(|t| t.provenance.iter().map(key_of).collect::<Vec<_>>()).collect()
}

pub fn names_any<T: Part>(part: &T, clauses: &BTreeSet<ClauseKey>) -> bool {
    named(part).iter().any(|key| clauses.contains(key))
}

pub fn key_of(proof: &Provenance) -> ClauseKey {
    (proof.document_id, proof.clause_id.clone())
}

/// The clauses of a reading.
pub fn clauses_of(reading: &Reading) -> BTreeSet<ClauseKey> {
    reading.lines.iter().flat_map(|l| &l.text.provenance).map(key_of).collect()
}

/// The new SOPs, and what they say about old proofs.
pub struct Held<'a> {
    pub library: &'a Library,
    solver: Solver<'a>,
}

impl<'a> Held<'a> {
    pub fn new(library: &'a Library) -> Self {
        Self { library, solver: Solver::new(library) }
    }

    pub fn find(&self, key: &ClauseKey) -> Option<ClauseRef> {
        let document = self.library.documents().iter().position(|d| d.document_id == key.0)?;
        self.library.find(document, &key.1.0)
    }

    /// The clauses of an old reading that stand unchanged.
    pub fn standing(&self, reading: &Reading) -> BTreeSet<ClauseKey> {
        let proofs = reading.lines.iter().flat_map(|l| &l.text.provenance);
        proofs.filter(|p| self.rebased(p).is_some()).map(key_of).collect()
    }

    /// The part with its proofs where they stand now; nothing where one of them is gone.
    pub fn part<T: Part>(&self, old: &T) -> Option<T> {
        let mut part = old.clone();
        let stands = part.texts().into_iter().flat_map(|text| &mut text.provenance).all(|proof| self.rebase(proof));
        stands.then_some(part)
    }

    /// The key with its proofs where they stand now, if the item is still right: a clause that moved or that the SOP now
    /// contradicts can make another answer right.
    pub fn key(&self, item: &Item, old: &ItemKey, fresh: &BTreeSet<ClauseKey>) -> Option<ItemKey> {
        let mut key = old.clone();
        let reasons = key.options.values_mut().flat_map(|reason| &mut reason.provenance);
        let stands = key.provenance.iter_mut().chain(reasons).all(|proof| self.rebase(proof));
        let places: Vec<ClauseRef> = key.provenance.iter().filter_map(|p| self.find(&key_of(p))).collect();
        let fair = places.iter().all(|at| !self.library.is_disputed(*at));
        let close = item.item_type() != ItemType::StepOrdering || !self.parted(&places, fresh);
        let sure = stands && fair && close;
        (sure && (item.item_type().is_open() || self.solver.agrees(item, &key.answer))).then_some(key)
    }

    /// Whether a new step stands among these.
    fn parted(&self, steps: &[ClauseRef], fresh: &BTreeSet<ClauseKey>) -> bool {
        let (Some(first), Some(last)) = (steps.iter().min(), steps.iter().max()) else { return false };
        fresh.iter().filter_map(|key| self.find(key)).any(|at| {
            first < &at && &at < last && self.library.kind(at) == ClauseKind::Step && first.document == at.document
        })
    }

    fn rebase(&self, proof: &mut Provenance) -> bool {
        let Some(now) = self.rebased(proof) else { return false };
        let section = proof.section.is_some().then_some(now.section).flatten();
        *proof = Provenance { section, ..now };
        true
    }

    fn rebased(&self, proof: &Provenance) -> Option<Provenance> {
        let at = self.find(&key_of(proof))?;
        let heading = |path: Option<&String>| path.and_then(|p| Polarity::of_heading(p.rsplit(" > ").next()?));
        // The same words under "Do not" are another rule.
        let turned = proof.section.is_some()
            && heading(proof.section.as_ref()) != heading(Some(&self.library.clause(at).section));
        self.library.prove_again(at, &proof.quote).filter(|_| !turned)
    }
}
