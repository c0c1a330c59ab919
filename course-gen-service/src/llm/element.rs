//! One element of a course that can be written again by itself, while everything around it keeps its bytes.

use course_format::Level;
use course_format::course::{Course, Lesson, Proven, VocabularyEntry};
use uuid::Uuid;

use super::answers::Said;
use super::checks::{Bench, Scope};
use crate::engine::author::wordings;
use crate::engine::library::Library;

/// What an element is; it decides what its text may say.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    Line,
    Definition,
    Turn,
    Explanation,
    Scene,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Line => "a line of the reading",
            Self::Definition => "the definition of a word, without the word itself",
            Self::Turn => "a turn of a dialogue",
            Self::Explanation => "the explanation of a grammar point",
            Self::Scene => "the scene of a conversation",
        }
    }
}

/// An element as it reads now.
#[derive(Clone, Debug)]
pub struct Element {
    pub lesson: Uuid,
    pub kind: Kind,
    pub text: Proven,
    /// The word that a definition explains.
    pub word: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// The text with this id; nothing for what is computed (items) or holds more than one text (lessons).
pub fn find(course: &Course, id: Uuid) -> Option<Element> {
    course.lessons().find_map(|lesson| in_lesson(lesson, id))
}

fn in_lesson(lesson: &Lesson, id: Uuid) -> Option<Element> {
    let alone = |kind: Kind, text: &Proven| Element {
        lesson: lesson.id,
        kind,
        text: text.clone(),
        word: String::new(),
        before: None,
        after: None,
    };
    let among = |kind: Kind, texts: Vec<(Uuid, &Proven)>| {
        let at = texts.iter().position(|(own, _)| *own == id)?;
        let text = |i: usize| texts.get(i).map(|(_, t)| t.text.clone());
        Some(Element { before: at.checked_sub(1).and_then(text), after: text(at + 1), ..alone(kind, texts[at].1) })
    };
    let entry = lesson.vocabulary.iter().find(|e| e.id == id);
    if let Some((entry, definition)) = entry.and_then(|e| Some((e, e.definition.as_ref()?))) {
        return Some(Element { word: entry.term.clone(), ..alone(Kind::Definition, definition) });
    }
    if let Some(grammar) = lesson.grammar.as_ref().filter(|g| g.id == id) {
        return Some(alone(Kind::Explanation, &grammar.explanation));
    }
    if let Some(play) = lesson.role_play.as_ref().filter(|p| p.id == id) {
        return Some(alone(Kind::Scene, &play.situation));
    }
    if let Some(dialogue) = lesson.dialogue.as_ref().filter(|d| d.id == id) {
        return Some(alone(Kind::Scene, &dialogue.situation));
    }
    among(Kind::Line, lesson.reading.lines.iter().map(|l| (l.id, &l.text)).collect())
        .or_else(|| among(Kind::Turn, lesson.dialogue.iter().flat_map(|d| &d.turns).map(|t| (t.id, &t.text)).collect()))
}

/// What an element belongs to: its text fits nowhere else. Lines and definitions stand by themselves.
pub fn surroundings(course: &Course, id: Uuid) -> String {
    let of_lesson = |lesson: &Lesson| {
        let grammar = lesson.grammar.as_ref().filter(|g| g.id == id).map(|g| g.point.clone());
        let play = lesson.role_play.as_ref().filter(|p| p.id == id).map(|p| p.title.clone());
        let talk = lesson.dialogue.as_ref().filter(|d| d.id == id || d.turns.iter().any(|t| t.id == id));
        let talk = talk.map(|d| {
            let others = d.turns.iter().filter(|t| t.id != id && !t.text.provenance.is_empty());
            let clauses = others.flat_map(|t| &t.text.provenance).map(|p| p.clause_id.0.as_str());
            format!("{} {} {}", d.title, d.turns.len(), clauses.collect::<Vec<_>>().join(" "))
        });
        grammar.or(play).or(talk)
    };
    course.lessons().find_map(of_lesson).unwrap_or_default()
}

/// Puts a text in the place of the one with this id, and touches nothing else.
pub fn replace(course: &mut Course, id: Uuid, text: Proven) {
    for lesson in course.units.iter_mut().flat_map(|u| &mut u.lessons) {
        let entries = lesson.vocabulary.iter_mut().filter(|e| e.id == id).filter_map(|e| e.definition.as_mut());
        let lines = lesson.reading.lines.iter_mut().filter(|l| l.id == id).map(|l| &mut l.text);
        let grammar = lesson.grammar.iter_mut().filter(|g| g.id == id).map(|g| &mut g.explanation);
        let play = lesson.role_play.iter_mut().filter(|p| p.id == id).map(|p| &mut p.situation);
        let found = entries.chain(lines).chain(grammar).chain(play).next();
        if let Some(place) = found {
            *place = text;
            return;
        }
        let Some(dialogue) = &mut lesson.dialogue else { continue };
        let turn = dialogue.turns.iter_mut().find(|t| t.id == id).map(|t| &mut t.text);
        let scene = if dialogue.id == id { Some(&mut dialogue.situation) } else { None };
        if let Some(place) = turn.or(scene) {
            *place = text;
            return;
        }
    }
}

/// The same in other words, by rules: another wording of the line's clause, or the SOP's own words.
pub fn by_rules(element: &Element, library: &Library, level: Level, vocabulary: &[VocabularyEntry]) -> Option<Proven> {
    let [source] = element.text.provenance.as_slice() else { return None };
    let document = library.documents().iter().position(|d| d.document_id == source.document_id)?;
    let at = library.find(document, &source.clause_id.0).filter(|_| element.kind == Kind::Line)?;
    wordings(library, at, level, vocabulary).into_iter().find(|other| other.text != element.text.text)
}

impl Bench<'_> {
    /// A model's new text for an element, if it passes and is another one.
    pub fn again(&self, element: &Element, said: &Said) -> Result<Proven, String> {
        let text = match element.kind {
            Kind::Line => self.line(&said.text, &said.proof, &element.text)?,
            Kind::Definition => self.meaning(&element.word, &said.text)?,
            Kind::Explanation => self.explanation(&said.text)?,
            Kind::Scene => self.scene(&said.text)?,
            Kind::Turn if said.proof.is_empty() => self.reaction(&said.text)?,
            Kind::Turn => self.proven(&said.text, &said.proof, Scope::Part)?,
        };
        if text.text == element.text.text { Err("says the same again".to_owned()) } else { Ok(text) }
    }
}
