//! What the lesson's clauses give to talk about, in their order.

use std::collections::HashMap;

use course_format::Level;
use course_format::course::{Proven, Reading, Relation};

use super::lines;
use super::lists::{self, Listed};
use super::rules::{self, Said};
use super::{steps, tables};
use crate::engine::english::adjunct::Adjunct;
use crate::engine::english::parse::{Form, parse};
use crate::engine::english::sentence::sentences;
use crate::engine::english::text::{capitalise, lower_first, sentence, stems, word_count};
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
    /// Which sentence of its clause it is.
    pub number: usize,
}

impl Source {
    pub fn of(library: &Library, at: ClauseRef, text: &str) -> Self {
        Self { at, text: text.to_owned(), quote: library.prove_part(at, text).quote, number: 0 }
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
    /// What one can ask about it and be answered in a few words.
    pub asks: Vec<Asked>,
    pub source: Source,
}

/// A question about an order, in the mouth of the one who will do it and of somebody who wants to know how it is done.
#[derive(Clone, Debug)]
pub struct Asked {
    pub doer: String,
    pub outsider: String,
    pub answer: String,
}

impl Asked {
    pub fn new(wh: &str, core: &str, answer: &str, level: Level) -> Option<Self> {
        let (mine, yours) = (lines::mine(core)?, core);
        let doer = match level {
            Level::A1 | Level::A2 => format!("{wh} do I {mine}?"),
            Level::B1 => format!("{wh} do I have to {mine}?"),
            _ if word_count(&mine).is_multiple_of(2) => {
                format!("Could you tell me {} I have to {mine}?", lower_first(wh, ""))
            }
            _ => format!("{wh} do I have to {mine}?"),
        };
        let outsider = format!("{wh} do you {yours}?");
        Some(Self { doer, outsider, answer: sentence(&capitalise(answer)) })
    }
}

/// A question and its short answer.
#[derive(Clone, Debug)]
pub struct Ask {
    pub question: String,
    pub answer: String,
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

#[derive(Clone, Debug, Default)]
pub struct Bank {
    pub steps: Vec<Step>,
    pub cases: Vec<Case>,
    pub bans: Vec<Ban>,
    pub people: Vec<Ask>,
    pub rules: Vec<Rule>,
    /// What a term means, which limit a thing has, what a line of a table says.
    pub terms: Vec<Ask>,
    pub listed: Vec<Listed>,
    /// What the lists are about: "fridges".
    pub place: Option<String>,
}

impl Bank {
    /// What to do instead, and the step after it: an order of the same clause, or of the one beside it about the same thing.
    pub fn instead_of(&self, ban: &Ban) -> Option<(&Step, Option<&Step>)> {
        let about = stems(&ban.phrase);
        let near = |step: &Step, gap: usize| {
            step.source.at.document == ban.source.at.document
                && step.source.at.clause.abs_diff(ban.source.at.clause) == gap
                && (gap == 0 && step.source.number.abs_diff(ban.source.number) <= 1
                    || stems(&step.phrase).intersection(&about).count() > 1)
        };
        let at = (0..=1).find_map(|gap| self.steps.iter().position(|step| near(step, gap)))?;
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
            bank.terms.extend(tables::row(library, *at));
            let mut before: Option<String> = None;
            for (number, fact) in facts_of(library, *at, wording).into_iter().enumerate() {
                let source = Source { number, ..Source::of(library, *at, &fact.text) };
                bank.terms.extend(before.and_then(|b| steps::right_value(&b, &fact.text, &source)));
                before = Some(fact.text.clone());
                bank.add(library, &fact, source, level);
            }
        }
        bank
    }

    fn add(&mut self, library: &Library, fact: &Fact, source: Source, level: Level) {
        let most = match level {
            Level::A1 => 12,
            Level::A2 => 15,
            Level::B1 => 18,
            Level::B2 | Level::C1 | Level::C2 => 22,
        };
        if let Some((first, second)) = fact.text.split_once("; ") {
            self.add_halves(library, fact, (first, second), level);
            return;
        }
        // "You must not place tools on a battery.": an order at the level of the learners.
        let told = fact.text.strip_prefix("You must not ").map(|ban| format!("Do not {ban}"));
        let told = told.or_else(|| fact.text.strip_prefix("You must ").map(sentence));
        let form = told.map(|order| parse(&order)).filter(|form| matches!(form, Form::Do(_) | Form::DoNot(_)));
        match form.as_ref().unwrap_or(&fact.form) {
            Form::Do(command) if !steps::is_case(library, fact.at) => {
                self.steps.extend(steps::step(command, source, level, most));
            }
            Form::When { joiner, condition, then } => {
                let case = steps::case(joiner, condition, then, source.clone(), most);
                self.cases.extend(case.or_else(|| steps::stated(&fact.text, &source, most)));
            }
            Form::DoNot(command) => self.bans.extend(steps::ban(command, source, most)),
            form => {
                if let Some(case) = steps::stated(&fact.text, &source, most) {
                    self.cases.push(case);
                    return;
                }
                let person = steps::person(form, &source, level);
                let rule = rules::said(&fact.text, form, level, &library.document(fact.at).text)
                    .and_then(|said| proven(said, source));
                // Who does it is enough of a question; without one, the rule has to have another.
                self.rules.extend(rule.filter(|r| person.is_none() || !r.said.exact.is_empty()));
                self.people.extend(person);
            }
        }
    }
}

impl Bank {
    /// "If the seal is broken, do not unload; call the shift lead.": both halves belong to the case. "Visitors wait in the lobby;
    /// they must not go alone.": the first half stands by itself.
    fn add_halves(&mut self, library: &Library, fact: &Fact, (first, second): (&str, &str), level: Level) {
        let text = sentence(first);
        let goes_on = second.starts_with("they ") || second.starts_with("it ");
        let conditional = text.starts_with("If ") || text.starts_with("When ");
        let part = Fact { at: fact.at, form: parse(&text), text };
        if conditional {
            let ordered = matches!(parse(&sentence(second)), Form::Do(_) | Form::DoNot(_));
            let mut own = Self::default();
            own.add(library, &part, Source::of(library, fact.at, &part.text), level);
            for mut case in own.cases.into_iter().filter(|_| ordered && word_count(second) <= 12) {
                case.answer = format!("{} {}", case.answer, lines::contracted(&sentence(second)));
                case.source = Source::of(library, fact.at, &fact.text);
                self.cases.extend(case.source.bears(&case.answer).then_some(case));
            }
        } else if goes_on {
            let source = Source::of(library, fact.at, &part.text);
            self.add(library, &part, source, level);
        }
    }
}

impl Bank {
    /// Every question with its short answer, said to "you", cases first.
    pub fn concepts(&self, level: Level) -> Vec<(String, String, Source)> {
        let verb = if level <= Level::A2 { "do you do" } else { "do you have to do" };
        let cases = self.cases.iter().map(|c| {
            let opening = if c.order.is_some() { format!("What {verb}") } else { "What happens".to_owned() };
            (format!("{opening} {} {}?", c.joiner, c.condition), c.answer.clone(), c.source.clone())
        });
        let rules = self.rules.iter().filter_map(|r| {
            let (question, answer) = r.said.exact.first()?;
            let asked = question.replace(" I ", " you ").replace(" my ", " your ");
            Some((asked, answer.clone(), r.source.clone()))
        });
        let steps = self.steps.iter().filter_map(|x| {
            let asked = x.asks.first()?;
            Some((asked.outsider.clone(), asked.answer.clone(), x.source.clone()))
        });
        let asks = self
            .people
            .iter()
            .chain(&self.terms)
            .map(|a| (a.question.replace(" do I ", " do you "), a.answer.clone(), a.source.clone()));
        let about = self.rules.iter().filter_map(|r| {
            let (subject, answer) = r.said.about.as_ref().filter(|_| r.said.exact.is_empty())?;
            Some((format!("What does the text say about {subject}?"), answer.clone(), r.source.clone()))
        });
        cases.chain(steps).chain(rules).chain(asks).chain(about).collect()
    }
}

/// A rule whose every answer the lock passes.
fn proven(said: Said, source: Source) -> Option<Rule> {
    let Said { mut exact, about, full } = said;
    exact.retain(|(question, answer)| source.bears(answer) && lines::is_sound(answer) && lines::is_sound(question));
    let about = about.filter(|(_, answer)| source.bears(answer) && lines::is_sound(answer));
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
    let usable = |w: &&str| !w.contains(['?', '\n']) && (!case || sentences(w).len() == sentences(clause).len());
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
