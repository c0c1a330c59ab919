//! Sentences of the SOP with one length of time that a case can be counted with.

use crate::engine::english::adjunct::{self, Adjunct, Wh};
use crate::engine::english::parse::Modal;
use crate::engine::english::quantity::{self, Dimension, Quantity};
use crate::engine::english::text::{lower_first, without_stop};
use crate::engine::english::words::{base_of_participle, lacks_article};
use crate::engine::facts::{self, Fact};
use crate::engine::forge::Bench;
use crate::engine::forge::stock::Asked;
use crate::engine::library::ClauseRef;

/// What the time is for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Span {
    /// Not later than this.
    Within,
    /// So long.
    For,
    /// Again after this.
    Every,
}

/// Who or what the sentence is about.
#[derive(Clone, Debug)]
pub enum Work {
    /// "move each pallet to the inspection area"
    You(String),
    /// "the temperature log", "must", "be kept"; or "red tickets", "are", "kept".
    Thing { subject: String, aux: String, rest: String },
}

#[derive(Clone, Debug)]
pub struct Timed {
    pub at: ClauseRef,
    pub source: String,
    pub span: Span,
    pub work: Work,
    pub number: f64,
    pub unit: String,
    /// "within 15 minutes of unloading"
    pub said: String,
    /// The time is the longest that is allowed: "for up to 2 hours".
    pub at_most: bool,
    /// "of unloading", "of the delivery": what the time is counted from.
    pub from: Option<String>,
}

/// Every such sentence of the lesson.
pub fn of(bench: &Bench<'_>) -> Vec<Timed> {
    let asked = bench.stock.asked.iter().filter(|a| bench.holds(a.at)).filter_map(from_question);
    let own = || bench.stock.facts.iter().filter(|f| bench.holds(f.at));
    let waited = own().filter_map(before);
    let stated = own().filter_map(|f| statement(bench, f));
    let mut out: Vec<Timed> = asked.chain(waited).chain(stated).collect();
    out.retain(|t| one_time(&t.source) && !t.source.contains(" or "));
    out.sort_by_key(|t| t.at);
    out.dedup_by(|a, b| a.at == b.at && a.source == b.source);
    out
}

fn one_time(text: &str) -> bool {
    quantity::all(text).iter().filter(|q| matches!(q.dimension, Dimension::Duration | Dimension::Clock)).count() == 1
}

fn from_question(asked: &Asked) -> Option<Timed> {
    if asked.context.is_some() || facts::has_pronoun(&asked.adjunct.core) {
        return None;
    }
    let work = match &asked.thing {
        None => Work::You(asked.adjunct.core.clone()),
        Some((subject, modal)) => {
            if *modal == Modal::May && asked.adjunct.wh == Wh::HowOften || subject.contains(" who ") {
                return None;
            }
            Work::Thing { subject: subject.clone(), aux: modal.word().to_owned(), rest: asked.adjunct.core.clone() }
        }
    };
    timed(asked.at, &asked.source, &asked.adjunct, work)
}

/// "Leave the sanitiser on the surface for 2 minutes before you wipe it."
fn before(fact: &Fact) -> Option<Timed> {
    use crate::engine::english::parse::Form;
    let Form::Do(command) = &fact.form else { return None };
    let [phrase] = command.phrases.as_slice() else { return None };
    let (front, _) = phrase.split_once(" before ")?;
    let adjunct = adjunct::split(front).filter(|a| a.wh == Wh::HowLong)?;
    let unclear = facts::has_pronoun(&adjunct.core) || facts::refers_elsewhere(phrase) || lacks_article(&adjunct.core);
    let work = Work::You(adjunct.core.clone());
    if unclear { None } else { timed(fact.at, &fact.text, &adjunct, work) }
}

/// "Red tickets are kept for 3 months."
fn statement(bench: &Bench<'_>, fact: &Fact) -> Option<Timed> {
    let text = without_stop(&fact.text);
    let (subject, aux, rest) = [" is ", " are "].iter().find_map(|aux| {
        let (subject, rest) = text.split_once(aux)?;
        Some((subject, aux.trim(), rest))
    })?;
    let plain = (1..=7).contains(&subject.split(' ').count())
        && subject.starts_with(char::is_uppercase)
        && !subject.contains([',', ':', '(', ';'])
        && !["If", "When", "It", "This", "They", "There", "Where", "What", "These"]
            .contains(&subject.split(' ').next()?);
    if !plain || facts::has_pronoun(text) || rest.contains([',', '(', ';', ':']) {
        return None;
    }
    base_of_participle(rest.split(' ').next()?)?;
    let adjunct = adjunct::split(&format!("be {rest}"))?;
    let subject = lower_first(subject, &bench.library.document(fact.at).text);
    let rest = adjunct.core.strip_prefix("be ")?.to_owned();
    let work = Work::Thing { subject, aux: aux.to_owned(), rest };
    timed(fact.at, &fact.text, &adjunct, work)
}

fn timed(at: ClauseRef, source: &str, adjunct: &Adjunct, work: Work) -> Option<Timed> {
    let span = match adjunct.wh {
        Wh::HowSoon => Span::Within,
        Wh::HowLong => Span::For,
        Wh::HowOften => Span::Every,
        _ => return None,
    };
    let quantity: &Quantity = adjunct.quantity.as_ref().filter(|q| q.dimension == Dimension::Duration)?;
    let said = &adjunct.answer;
    let most = ["up to ", "no longer than ", "not longer than ", "no more than ", "not more than ", "a maximum of "];
    let vague = ["about ", "more than ", "less than ", "a further "].iter().any(|v| said.contains(v));
    let at_most = most.iter().any(|m| said.contains(m));
    let number = number_of(quantity)?;
    (!vague || at_most).then(|| Timed {
        at,
        source: source.to_owned(),
        span,
        work,
        number,
        unit: quantity.unit.clone(),
        said: said.clone(),
        at_most,
        from: from(said, quantity),
    })
}

fn number_of(quantity: &Quantity) -> Option<f64> {
    quantity::number(quantity.text.split_whitespace().next()?)
}

/// "of unloading", "of the delivery": from "within 15 minutes of unloading", "within 2 days after the delivery".
fn from(said: &str, quantity: &Quantity) -> Option<String> {
    let (_, behind) = said.split_once(&quantity.text)?;
    let event = ["of ", "after ", "from "].iter().find_map(|p| behind.trim().strip_prefix(p))?;
    let clear = (1..=5).contains(&event.split(' ').count())
        && !facts::has_pronoun(event)
        && !["you ", "the end", "the start", "the beginning"].iter().any(|b| event.starts_with(b));
    clear.then(|| format!("of {event}"))
}
