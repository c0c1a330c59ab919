//! What the lesson's clauses give to talk about, in their order.

use std::collections::HashMap;

use course_format::Level;
use course_format::course::{Proven, Reading, Relation};

use super::lines;
use super::lists::{self, Listed};
use super::rules::{self, Said};
use super::steps;
use crate::engine::english::adjunct::Adjunct;
use crate::engine::english::parse::Form;
use crate::engine::english::sentence::sentences;
use crate::engine::english::text::{lower_first, stems, word_count};
use crate::engine::facts::{self, Fact};
use crate::engine::library::{ClauseRef, Library};
use crate::engine::lock;

/// A sentence, and the words of the SOP that prove it.
#[derive(Clone, Debug)]
pub struct Source {
    pub at: ClauseRef,
    /// At the learners' level.
    pub text: String,
    pub quote: String,
}

impl Source {
    pub fn of(library: &Library, at: ClauseRef, text: &str) -> Self {
        Self { at, text: text.to_owned(), quote: library.prove_part(at, text).quote }
    }

    /// Nothing that the SOP does not say, by the safety lock.
    pub fn bears(&self, said: &str) -> bool {
        lock::check_part(&[&self.quote], said).is_empty()
    }
}

/// One step: what to do, and its last detail where that can be asked for.
#[derive(Clone, Debug)]
pub struct Step {
    pub phrase: String,
    pub detail: Option<Adjunct>,
    pub source: Source,
}

/// What to do in a case.
#[derive(Clone, Debug)]
pub struct Case {
    pub joiner: &'static str,
    pub condition: String,
    /// The verb phrase of an order; empty where somebody else does something.
    pub order: Option<String>,
    /// What is said to the one who asks: "Call the duty manager.", "Then the officer attaches a label."
    pub answer: String,
    pub source: Source,
}

/// Who does it.
#[derive(Clone, Debug)]
pub struct Person {
    pub question: String,
    pub answer: String,
    pub source: Source,
}

#[derive(Clone, Debug)]
pub struct Ban {
    pub phrase: String,
    pub never: bool,
    pub source: Source,
}

/// A rule that gives no order.
#[derive(Clone, Debug)]
pub struct Rule {
    pub said: Said,
    pub source: Source,
}

/// What a term means, or which limit a thing has.
#[derive(Clone, Debug)]
pub struct Term {
    pub question: String,
    pub answer: String,
    pub source: Source,
}

#[derive(Clone, Debug, Default)]
pub struct Bank {
    pub steps: Vec<Step>,
    pub cases: Vec<Case>,
    pub bans: Vec<Ban>,
    pub people: Vec<Person>,
    pub rules: Vec<Rule>,
    pub terms: Vec<Term>,
    pub listed: Vec<Listed>,
    /// What the lists are about: "fridges".
    pub place: Option<String>,
}

impl Bank {
    /// What to do instead, and the step after it: an order of the same clause, or of the one beside it about the same thing.
    pub fn instead_of(&self, ban: &Ban) -> Option<(&Step, Option<&Step>)> {
        let about = stems(&ban.phrase);
        let fits = |step: &Step| match step.source.at.clause.abs_diff(ban.source.at.clause) {
            0 => true,
            1 => stems(&step.phrase).intersection(&about).next().is_some(),
            _ => false,
        };
        let at = self.steps.iter().position(|step| step.source.at.document == ban.source.at.document && fits(step))?;
        Some((&self.steps[at], self.steps.get(at + 1)))
    }

    pub fn of(library: &Library, clauses: &[ClauseRef], reading: &Reading, level: Level) -> Self {
        let mut bank = Self::default();
        let at_level = wordings(library, reading);
        for at in clauses {
            let wording = at_level.get(library.clause(*at).id.0.as_str()).map(String::as_str);
            if let Some(listed) = lists::of(library, *at, wording) {
                let place = || lower_first(library.topic(*at), &library.document(*at).text);
                bank.place.get_or_insert_with(place);
                bank.listed.push(listed);
            }
            bank.terms.extend(steps::term(library, *at, level));
            for fact in facts_of(library, *at, wording) {
                bank.add(library, &fact, level);
            }
        }
        bank
    }

    fn add(&mut self, library: &Library, fact: &Fact, level: Level) {
        let most = if level <= Level::A2 { 12 } else { 16 };
        let source = Source::of(library, fact.at, &fact.text);
        match &fact.form {
            Form::Do(command) if !steps::is_case(library, fact.at) => {
                self.steps.extend(steps::step(command, source, most));
            }
            Form::When { joiner, condition, then } => {
                self.cases.extend(steps::case(joiner, condition, then, source, most));
            }
            Form::DoNot(command) => self.bans.extend(steps::ban(command, source, most)),
            form => {
                if let Some(person) = steps::person(form, &source, level) {
                    self.people.push(person);
                } else if let Some(said) = rules::said(&fact.text, form, level, &library.document(fact.at).text) {
                    self.rules.extend(proven(said, source));
                }
            }
        }
    }
}

/// A rule whose every answer the lock passes.
fn proven(said: Said, source: Source) -> Option<Rule> {
    let Said { exact, about, full } = said;
    let keep = |pair: &(String, String)| source.bears(&pair.1) && lines::is_sound(&pair.1) && lines::is_sound(&pair.0);
    let (exact, about) =
        (exact.filter(keep), about.filter(|(_, answer)| source.bears(answer) && lines::is_sound(answer)));
    let sound = source.bears(&full) && lines::is_sound(&full);
    sound.then_some(Rule { said: Said { exact, about, full }, source })
}

/// The lines of the reading that rest on one clause, by its id.
fn wordings<'a>(library: &'a Library, reading: &Reading) -> HashMap<&'a str, String> {
    let mut out = HashMap::new();
    for at in library.clauses() {
        let id = library.clause(at).id.0.as_str();
        let line = reading.lines.iter().find(|l| matches!(l.text.provenance.as_slice(), [p] if p.clause_id.0 == id));
        if let Some(line) = line {
            out.insert(id, line.text.text.clone());
        }
    }
    out
}

/// The clause at the learners' level, or as it stands where a case might have lost what depends on it.
fn facts_of(library: &Library, at: ClauseRef, wording: Option<&str>) -> Vec<Fact> {
    let clause = &library.clause(at).text;
    let padded = format!(" {} ", clause.to_lowercase());
    let case = [" if ", " when ", " unless ", " in case ", " until "].iter().any(|w| padded.contains(w));
    let usable = |w: &&str| !w.contains('?') && (!case || sentences(w).len() == sentences(clause).len());
    match wording.filter(usable) {
        Some(text) if text != clause => facts::of_text(library, at, text),
        _ => facts::of_clause(library, at),
    }
    .into_iter()
    .filter(|fact| word_count(&fact.text) <= 30)
    .collect()
}

/// A turn that says a fact.
pub fn fact(library: &Library, source: &Source, text: String) -> Proven {
    let proof = library.prove_part(source.at, &source.text);
    let relation = if proof.quote.contains(&text) { Relation::Quote } else { Relation::Compress };
    Proven { text, relation, provenance: vec![proof] }
}
