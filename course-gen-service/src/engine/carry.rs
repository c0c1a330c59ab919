//! What a course takes over from the version before it when its SOP changed: texts whose clauses are the same keep their
//! words, whoever wrote them. Items are never taken over: keys and distractors are computed and verified against the new SOP.

use std::collections::{BTreeSet, HashMap};

use course_format::course::{
    CoursePackage, Dialogue, GrammarFocus, Lesson, Proven, Provenance, ReadingLine, RolePlay, VocabularyEntry,
};
use course_format::sop::{ClauseId, SopDocument, Span};
use uuid::Uuid;

use super::library::Library;

/// Puts texts of `previous` in the place of those that the new version wrote for the same clauses; says how many it changed.
pub fn carry(package: &mut CoursePackage, previous: &CoursePackage, library: &Library) -> usize {
    let old: HashMap<Uuid, &Lesson> = previous.course.lessons().map(|l| (l.id, l)).collect();
    let mut kept = 0;
    for lesson in package.course.units.iter_mut().flat_map(|u| &mut u.lessons) {
        if let Some(old) = old.get(&lesson.id) {
            kept += carry_lesson(lesson, old, library);
        }
    }
    kept
}

fn carry_lesson(lesson: &mut Lesson, old: &Lesson, library: &Library) -> usize {
    let mut kept = 0;
    for entry in &mut lesson.vocabulary {
        let before = old.vocabulary.iter().find(|e| e.id == entry.id && e.term == entry.term);
        kept += usize::from(keep(entry, before, library));
    }
    for line in &mut lesson.reading.lines {
        // A step that stands elsewhere has another number.
        let before = old.reading.lines.iter().find(|l| l.id == line.id && l.role == line.role).cloned();
        let before = before.map(|l| ReadingLine { label: line.label.clone(), ..l });
        kept += usize::from(keep(line, before.as_ref(), library));
    }
    let whole = [
        lesson.grammar.as_mut().is_some_and(|g| keep(g, old.grammar.as_ref().filter(|o| o.id == g.id), library)),
        lesson.dialogue.as_mut().is_some_and(|d| keep(d, old.dialogue.as_ref().filter(|o| o.id == d.id), library)),
        lesson.role_play.as_mut().is_some_and(|p| keep(p, old.role_play.as_ref().filter(|o| o.id == p.id), library)),
    ];
    kept + whole.into_iter().filter(|kept| *kept).count()
}

/// A part of a lesson that is taken over as a whole, or not at all.
trait Part: Clone + PartialEq {
    fn texts(&mut self) -> Vec<&mut Proven>;
}

impl Part for VocabularyEntry {
    fn texts(&mut self) -> Vec<&mut Proven> {
        self.definition.iter_mut().chain([&mut self.example]).chain(&mut self.collocations).collect()
    }
}

impl Part for ReadingLine {
    fn texts(&mut self) -> Vec<&mut Proven> {
        vec![&mut self.text]
    }
}

impl Part for GrammarFocus {
    fn texts(&mut self) -> Vec<&mut Proven> {
        let cases = self.cases.iter_mut().map(|case| &mut case.sentence);
        [&mut self.explanation].into_iter().chain(cases).chain(&mut self.mistakes).collect()
    }
}

impl Part for Dialogue {
    fn texts(&mut self) -> Vec<&mut Proven> {
        [&mut self.situation].into_iter().chain(self.turns.iter_mut().map(|turn| &mut turn.text)).collect()
    }
}

impl Part for RolePlay {
    fn texts(&mut self) -> Vec<&mut Proven> {
        let briefs = self.cards.iter_mut().map(|card| &mut card.brief);
        [&mut self.situation].into_iter().chain(briefs).chain(&mut self.checklist).collect()
    }
}

/// Takes the old part if it builds on the same clauses in the same order, and all of them are as they were.
fn keep<T: Part>(part: &mut T, old: Option<&T>, library: &Library) -> bool {
    let Some(mut old) = old.cloned() else { return false };
    let named = |part: &mut T| -> Vec<ClauseId> {
        let mut seen = BTreeSet::new();
        let proofs = part.texts().into_iter().flat_map(|text| text.provenance.iter().map(|p| p.clause_id.clone()));
        proofs.filter(|id| seen.insert(id.clone())).collect()
    };
    if named(part) != named(&mut old) {
        return false;
    }
    let proven = old.texts().into_iter().flat_map(|text| &mut text.provenance).all(|proof| rebased(proof, library));
    if !proven || *part == old {
        return false;
    }
    *part = old;
    true
}

/// Points the proof to where its words stand in the new version; false where they do not.
fn rebased(proof: &mut Provenance, library: &Library) -> bool {
    let of_proof = |document: &&SopDocument| document.document_id == proof.document_id;
    let Some(document) = library.documents().iter().find(of_proof) else { return false };
    let Some(clause) = document.clause(&proof.clause_id) else { return false };
    let Some(at) = clause.text.find(&proof.quote) else { return false };
    let start = clause.span.start + clause.text[..at].chars().count();
    proof.span = Span { start, end: start + proof.quote.chars().count() };
    proof.page = clause.page;
    if proof.section.is_some() {
        proof.section = Some(clause.section.clone());
    }
    proof.resolves(document)
}
