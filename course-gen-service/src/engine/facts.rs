//! What the clauses of a lesson say, ready to be asked: each sentence with its form, each order with the situation in
//! which it is given.

use course_format::sop::ClauseKind;

use super::english::parse::{self, Form};
use super::english::sentence::sentences;
use super::english::text::{sentence, spelled_out};
use super::library::{ClauseRef, Library, Polarity};

/// One sentence of a clause, understood.
#[derive(Clone, Debug)]
pub struct Fact {
    pub at: ClauseRef,
    /// As it stands in the clause.
    pub text: String,
    pub form: Form,
}

/// One thing to do, with what the learner must know to be asked about it.
#[derive(Clone, Debug)]
pub struct Action {
    pub at: ClauseRef,
    /// The sentence that says it.
    pub source: String,
    /// "The core temperature is above 21 °C." or "You remove the electrode."
    pub context: Option<String>,
    /// The clause that the context comes from, when it is another one.
    pub context_from: Option<ClauseRef>,
    /// Verb phrase, verb first.
    pub phrase: String,
}

/// The sentences of these clauses in order.
pub fn of_clauses(library: &Library, clauses: &[ClauseRef]) -> Vec<Fact> {
    clauses.iter().flat_map(|at| of_clause(library, *at)).collect()
}

/// The sentences of one clause. Headings, tables and fragments of lists have no sentences.
pub fn of_clause(library: &Library, at: ClauseRef) -> Vec<Fact> {
    of_text(library, at, &library.clause(at).text)
}

/// The same of the clause in other words.
pub fn of_text(library: &Library, at: ClauseRef, text: &str) -> Vec<Fact> {
    if matches!(library.kind(at), ClauseKind::Heading | ClauseKind::TableRow | ClauseKind::Definition) {
        return Vec::new();
    }
    let polarity = library.polarity(at);
    let list_of_things = matches!(polarity, Some(Polarity::Allowed | Polarity::NotAllowed));
    sentences(text)
        .into_iter()
        .map(|(_, text)| {
            let form = match (parse::parse(&spelled_out(text)), polarity) {
                _ if list_of_things => Form::Other,
                (Form::Do(c), Some(Polarity::Forbidden)) => Form::DoNot(c),
                (Form::Do(_), _) if library.kind(at) == ClauseKind::Fact && !text.ends_with('.') => Form::Other,
                (form, _) => form,
            };
            Fact { at, text: text.to_owned(), form }
        })
        .collect()
}

/// Everything the facts tell the learner to do, in order.
pub fn actions(library: &Library, facts: &[Fact]) -> Vec<Action> {
    let mut out = Vec::new();
    for (i, fact) in facts.iter().enumerate() {
        let before = i.checked_sub(1).map(|p| &facts[p]).filter(|p| p.at == fact.at);
        match &fact.form {
            Form::Do(command) => plain(&mut out, fact, &command.phrases, before),
            Form::When { condition, then, .. } => {
                if let (Form::Do(command), Some((context, from))) =
                    (then.as_ref(), situation(library, fact.at, condition))
                {
                    let first = command.phrases.first().into_iter();
                    out.extend(first.map(|phrase| Action {
                        at: fact.at,
                        source: fact.text.clone(),
                        context: Some(context.clone()),
                        context_from: from,
                        phrase: phrase.clone(),
                    }));
                }
            }
            _ => {}
        }
    }
    out.retain(|a| !refers_elsewhere(&a.phrase));
    out
}

fn plain(out: &mut Vec<Action>, fact: &Fact, phrases: &[String], before: Option<&Fact>) {
    for (k, phrase) in phrases.iter().enumerate() {
        let context = match k.checked_sub(1).map(|p| &phrases[p]) {
            Some(previous) if !has_pronoun(previous) && !refers_elsewhere(previous) => {
                Some(sentence(&format!("you {previous}")))
            }
            Some(_) => None,
            None => before.and_then(|b| match &b.form {
                Form::Do(c) if !has_pronoun(&c.text) && !refers_elsewhere(&c.text) => {
                    Some(sentence(&format!("you {}", c.text)))
                }
                _ => None,
            }),
        };
        if (has_pronoun(phrase) || k > 0) && context.is_none() {
            continue;
        }
        let context = context.filter(|_| k > 0 || has_pronoun(phrase) || phrase.split(' ').count() < 5);
        out.push(Action {
            at: fact.at,
            source: fact.text.clone(),
            context,
            context_from: None,
            phrase: phrase.clone(),
        });
    }
}

/// The condition as a sentence of its own; with the step it belongs to, when it says "it".
pub fn situation(library: &Library, at: ClauseRef, condition: &str) -> Option<(String, Option<ClauseRef>)> {
    if refers_elsewhere(condition)
        || condition.contains(" this ")
        || condition.contains(" these ")
        || condition.starts_with("this ")
    {
        return None;
    }
    if !has_pronoun(condition) {
        return Some((sentence(condition), None));
    }
    let (_, step) = library.step(at)?;
    let (_, parent) = step.number.split_last().filter(|(_, parent)| !parent.is_empty())?;
    let parent_at = library.step_numbered(at, parent)?;
    let facts = of_clause(library, parent_at);
    match facts.first().map(|f| &f.form) {
        Some(Form::Do(c)) if !has_pronoun(&c.text) && !refers_elsewhere(&c.text) && facts.len() == 1 => {
            Some((format!("{} {}", sentence(&format!("you {}", c.text)), sentence(condition)), Some(parent_at)))
        }
        _ => None,
    }
}

/// Whether the words point at something named before.
pub fn has_pronoun(text: &str) -> bool {
    // "IT" is a department.
    text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| *w != "IT").any(|w| {
        matches!(
            w.to_lowercase().as_str(),
            "it" | "them"
                | "they"
                | "this"
                | "these"
                | "those"
                | "its"
                | "their"
                | "one"
                | "ones"
                | "there"
                | "such"
                | "same"
                | "both"
                | "each"
                | "he"
                | "she"
                | "his"
                | "her"
                | "other"
                | "others"
        )
    }) && !only_harmless(text)
}

/// "each container" names its thing; "each" alone does not.
fn only_harmless(text: &str) -> bool {
    let words: Vec<String> = text
        .split_whitespace()
        .filter(|w| *w != "IT")
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .collect();
    words.iter().enumerate().all(|(i, w)| match w.as_str() {
        "each" | "both" | "one" | "other" => {
            words.get(i + 1).is_some_and(|n| n.chars().all(char::is_alphabetic) && n != "of" && n != "has")
        }
        "it" | "them" | "they" | "this" | "these" | "those" | "its" | "their" | "ones" | "there" | "such" | "same"
        | "he" | "she" | "his" | "her" | "others" => false,
        _ => true,
    })
}

/// Whether the words send the reader to another place of the document.
pub fn refers_elsewhere(text: &str) -> bool {
    const POINTERS: [&str; 22] = [
        "step ",
        "steps ",
        "section",
        "following",
        "as before",
        "see ",
        "table ",
        "earlier",
        "repeat",
        "as above",
        "previous",
        "http",
        "www.",
        "instead",
        "further",
        "the next one",
        "again",
        "figure ",
        "appendix",
        "annex",
        "below:",
        "this link",
    ];
    let lower = text.to_lowercase();
    POINTERS.iter().any(|p| lower.contains(p))
        || lower.ends_with("step")
        || lower.ends_with("steps")
        || lower.ends_with(" below")
        || lower.ends_with(" above")
}
