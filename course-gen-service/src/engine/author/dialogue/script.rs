//! A dialogue while it is written: who says what, and what it rests on.

mod exchange;

pub use exchange::plainly;

use std::collections::BTreeSet;

use course_format::Level;
use course_format::course::{Proven, Relation};

use super::ask;
use super::bank::{self, Source, Step};
use super::lines;
use crate::engine::author::Topic;
use crate::engine::english::adjunct::Wh;
use crate::engine::english::text::{capitalise, lower_first, sentence, word_count};
use crate::engine::english::words::{can_open_an_order, is_finite};
use crate::engine::library::{ClauseRef, Library};
use crate::engine::lock;

/// Which of the two speaks.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Who {
    A,
    B,
}

/// Who asks: somebody who is going to do the work, or somebody from outside who wants to know how it is done.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Voice {
    Doer,
    Outsider,
}

/// How often a way of asking was used: people do not ask the same way again and again.
#[derive(Clone, Copy, Debug, Default)]
struct Used {
    questions: usize,
    echoes: usize,
    nexts: usize,
    mores: usize,
    abouts: usize,
    forbidden: usize,
    refused: usize,
    reminders: usize,
    values: usize,
}

#[derive(Debug)]
pub struct Script<'a> {
    library: &'a Library,
    pub level: Level,
    /// Varies openings and answers from lesson to lesson.
    pub variety: usize,
    pub voice: Voice,
    /// Where little can be asked, the same way of asking may come more often.
    pub generous: bool,
    /// What the lesson is about.
    pub topic: Topic,
    /// Who speaks, where the SOP tells better than the situation.
    pub cast: Option<[&'static str; 2]>,
    pub turns: Vec<(Who, Proven)>,
    pub facts: usize,
    /// The sentences that were talked about.
    said: BTreeSet<(ClauseRef, String)>,
    used: Used,
}

impl<'a> Script<'a> {
    pub fn new(library: &'a Library, level: Level, variety: usize, topic: Topic) -> Self {
        Self {
            library,
            level,
            variety,
            voice: Voice::Doer,
            generous: false,
            topic,
            cast: None,
            turns: Vec::new(),
            facts: 0,
            said: BTreeSet::new(),
            used: Used::default(),
        }
    }

    /// So many turns before the two say goodbye.
    pub fn until(&self) -> usize {
        if self.level <= Level::A2 { 10 } else { 12 }
    }

    /// "changing a container", "lost badges": what the talk is about, as part of a sentence.
    pub fn matter(&self) -> Option<&str> {
        match &self.topic {
            Topic::Activity(text) | Topic::Things(text) => Some(text),
            Topic::Order(_) | Topic::General | Topic::Title(_) => None,
        }
    }

    pub fn say(&mut self, who: Who, text: impl Into<String>) {
        self.push(who, Proven::language(text));
    }

    /// One of several ways to say it, one that was not used before where there is one.
    pub fn vary(&mut self, who: Who, ways: &[&str]) {
        let way = self.choose(ways);
        self.say(who, way);
    }

    /// The last words of one of the two; after a promise they are short.
    pub fn close(&mut self, who: Who, ways: &[&str]) {
        if self.turns.last().is_some_and(|(last, _)| *last == who) {
            self.say(who, "Thanks for your help.");
        } else {
            self.vary(who, ways);
        }
    }

    /// Whether somebody has said just this: people do not answer twice with the same words.
    pub fn has_said(&self, text: &str) -> bool {
        self.turns.iter().any(|(_, t)| t.text == text)
    }

    fn choose<'w>(&self, ways: &[&'w str]) -> &'w str {
        let at = (self.variety + self.turns.len() / 2) % ways.len();
        let said = |way: &str| self.turns.iter().any(|(_, t)| t.text.contains(way));
        (0..ways.len()).map(|i| ways[(at + i) % ways.len()]).find(|way| !said(way)).unwrap_or(ways[at])
    }

    pub fn state(&mut self, who: Who, source: &Source, text: String) {
        self.facts += 1;
        self.said.insert((source.at, source.text.clone()));
        self.push(who, bank::fact(self.library, source, text));
    }

    /// Whether the sentence was talked about.
    pub fn knows(&self, source: &Source) -> bool {
        self.said.contains(&(source.at, source.text.clone()))
    }

    /// A question as people join it to what was said: with "And", after a word of agreement, or after the answer once more.
    pub fn ask(&mut self, who: Who, question: &str) {
        const JOINED: [&str; 5] = ["And", "OK.", "", "Right.", "And"];
        let number = self.used.questions;
        self.used.questions += 1;
        let goes_on = self.turns.last().is_some_and(|(last, _)| *last == who);
        let opened = ["And ", "OK", "But ", "Right", "I see"].iter().any(|w| question.starts_with(w));
        if let Some(echo) = self.echo(who, question).filter(|_| !opened && !goes_on) {
            self.used.echoes += 1;
            self.turns.push((who, echo));
            return;
        }
        let way = JOINED[(self.variety + number) % JOINED.len()];
        let text = match way {
            _ if number == 0 || opened => question.to_owned(),
            "And" => format!("And {}", small(question)),
            "" => question.to_owned(),
            _ if goes_on => format!("And {}", small(question)),
            word => format!("{word} {question}"),
        };
        self.say(who, text);
    }

    /// "OK, within 15 minutes. And who signs it?": the answer that was just given, repeated by the one who asked.
    fn echo(&self, who: Who, question: &str) -> Option<Proven> {
        let (last, answer) = self.turns.last().filter(|(last, _)| *last != who)?;
        debug_assert!(*last != who, "one does not repeat oneself");
        let bare = answer.text.trim_end_matches('.');
        let short = (2..=5).contains(&word_count(bare)) && !bare.contains(['.', ',', ':', '?', '“', '"']);
        let own = ["you", "your", "don’t", "yes", "no", "they", "they’re", "it", "it’s", "then", "we"]
            .iter()
            .any(|w| bare.to_lowercase().split(' ').any(|b| b == *w));
        let turn = self.used.echoes < 2 && (self.used.questions + self.variety).is_multiple_of(2);
        let fragment = !can_open_an_order(bare.split(' ').next()?);
        let plain = !question.contains(|c: char| c.is_ascii_digit()) && !bare.split(' ').any(is_finite);
        if !(short && turn && fragment && plain) || own || answer.provenance.is_empty() {
            return None;
        }
        let text = format!("OK, {}. And {}", lower_first(bare, ""), small(question));
        let quotes: Vec<&str> = answer.provenance.iter().map(|p| p.quote.as_str()).collect();
        lock::check_part(&quotes, &text).is_empty().then(|| Proven {
            text,
            relation: Relation::Compress,
            provenance: answer.provenance.clone(),
        })
    }

    /// Two turns of one person in a row become one; the proof of both stays, and what was a quotation is part of one's own
    /// words now.
    fn push(&mut self, who: Who, said: Proven) {
        match self.turns.last_mut().filter(|(last, _)| *last == who) {
            Some((_, before)) => {
                before.text = format!("{} {}", before.text, said.text);
                before.provenance.extend(said.provenance);
                if !before.provenance.is_empty() {
                    before.relation = Relation::Compress;
                }
            }
            None => self.turns.push((who, said)),
        }
    }

    /// A step; its last detail is asked for and given in turns of their own.
    pub fn explain(&mut self, asks: Who, tells: Who, step: &Step) {
        // "Put the box." says nothing without its place.
        let whole = ["put ", "place ", "keep ", "store ", "insert ", "leave ", "park ", "take "]
            .iter()
            .any(|v| step.phrase.starts_with(v));
        let question = step
            .detail
            .as_ref()
            .filter(|d| !(whole && d.wh == Wh::Where))
            .and_then(|d| lines::follow_up(d.wh, &d.core, self.turns.len() / 2));
        match (&step.detail, question) {
            (Some(detail), Some(question)) => {
                self.state(tells, &step.source, lines::order(&detail.core));
                self.vary(asks, question);
                self.state(tells, &step.source, sentence(&capitalise(&detail.answer)));
            }
            _ => self.state(tells, &step.source, lines::order(&step.phrase)),
        }
    }

    /// A step as an answer: an order to the one who will do it, what we do to somebody from outside.
    pub fn tell(&mut self, asks: Who, tells: Who, step: &Step) {
        match self.voice {
            Voice::Doer => self.explain(asks, tells, step),
            Voice::Outsider => {
                let said = lines::ours(&step.phrase).unwrap_or_else(|| step.phrase.clone());
                self.state(tells, &step.source, format!("We {said}."));
            }
        }
    }

    /// Whether one step comes straight after the other in a procedure with an order.
    pub fn follows(&self, before: &Step, step: &Step) -> bool {
        match (self.library.step(before.source.at), self.library.step(step.source.at)) {
            (Some((a, first)), Some((b, second))) if a.id == b.id && a.ordered => {
                matches!((first.number.as_slice(), second.number.as_slice()), ([x], [y]) if *y == x + 1)
            }
            _ => false,
        }
    }

    /// Whether it is the first step of a procedure with an order.
    pub fn opens(&self, step: &Step) -> bool {
        self.library.step(step.source.at).is_some_and(|(p, s)| p.ordered && s.number == [1])
    }

    /// Asks what to do instead and what comes after it.
    pub fn go_on(&mut self, asks: Who) {
        self.used.nexts += 1;
        self.vary(asks, ask::next(self.level));
    }
}

/// The question with a small letter, after "And".
fn small(question: &str) -> String {
    let mut chars = question.chars();
    chars.next().map_or(String::new(), |first| first.to_lowercase().chain(chars).collect())
}
