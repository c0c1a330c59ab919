//! A dialogue while it is written: who says what, and what it rests on.

use std::collections::BTreeSet;

use course_format::Level;
use course_format::course::{Proven, Relation};

use super::ask;
use super::bank::{self, Ban, Case, Person, Rule, Source, Step, Term};
use super::lines;
use super::lists::Listed;
use crate::engine::english::adjunct::Wh;
use crate::engine::english::text::{capitalise, sentence};
use crate::engine::library::{ClauseRef, Library, Polarity};

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

#[derive(Debug)]
pub struct Script<'a> {
    library: &'a Library,
    pub level: Level,
    /// Varies openings and answers from lesson to lesson.
    pub variety: usize,
    pub voice: Voice,
    pub turns: Vec<(Who, Proven)>,
    pub facts: usize,
    /// The sentences that were talked about.
    said: BTreeSet<(ClauseRef, String)>,
    abouts: usize,
    bans: usize,
    refused: usize,
}

impl<'a> Script<'a> {
    pub fn new(library: &'a Library, level: Level, variety: usize) -> Self {
        Self {
            library,
            level,
            variety,
            voice: Voice::Doer,
            turns: Vec::new(),
            facts: 0,
            said: BTreeSet::new(),
            abouts: 0,
            bans: 0,
            refused: 0,
        }
    }

    /// So many turns before the two say goodbye.
    pub fn until(&self) -> usize {
        if self.level <= Level::A2 { 10 } else { 12 }
    }

    pub fn say(&mut self, who: Who, text: impl Into<String>) {
        self.push(who, Proven::language(text));
    }

    /// One of several ways to say it, one that was not used before where there is one.
    pub fn vary(&mut self, who: Who, ways: &[&str]) {
        let way = self.choose(ways);
        self.say(who, way);
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
        let whole = ["put ", "place ", "keep ", "store ", "insert ", "leave ", "park "]
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

    /// Asks for another step: "what comes next" only where the SOP says that it comes next.
    pub fn go_on(&mut self, asks: Who, before: Option<&Step>, step: &Step) {
        let follows = before.is_some_and(|b| self.follows(b, step));
        let ways = match (self.voice, before) {
            (Voice::Outsider, _) => ask::visitor(follows),
            (Voice::Doer, _) if follows => ask::next(self.level),
            (Voice::Doer, None) if self.facts == 0 && self.opens(step) => ask::first(self.level),
            (Voice::Doer, None) if self.facts == 0 => ask::start(self.level),
            (Voice::Doer, _) => ask::more(self.level),
        };
        self.vary(asks, ways);
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

    pub fn what_if(&mut self, asks: Who, tells: Who, case: &Case) {
        let joiner = case.joiner;
        let others_act = case.order.is_none();
        let answer = match (self.voice, &case.order) {
            (Voice::Outsider, Some(order)) => {
                lines::ours(order).map_or_else(|| case.answer.clone(), |o| format!("Then we {o}."))
            }
            _ => case.answer.clone(),
        };
        let question = match (self.voice, lines::asked(&case.condition)) {
            (Voice::Outsider, _) => format!("What happens {joiner} {}?", lines::contracted(&case.condition)),
            (Voice::Doer, Some(condition)) if others_act => format!("What happens {joiner} {condition}?"),
            (Voice::Doer, Some(condition)) => {
                let ways = ask::case(self.level);
                // "But what ...?" goes on from something.
                let opening = if self.facts == 0 { ways[0] } else { self.choose(ways) };
                format!("{opening} {joiner} {condition}?")
            }
            (Voice::Doer, None) => return,
        };
        self.say(asks, question);
        self.state(tells, &case.source, answer);
    }

    /// "Don’t open the door."
    pub fn warn(&mut self, tells: Who, ban: &Ban) {
        self.bans += 1;
        let text = match (self.voice, lines::ours(&ban.phrase)) {
            (Voice::Outsider, Some(ours)) if ban.never => format!("We never {ours}."),
            (Voice::Outsider, Some(ours)) => format!("We don’t {ours}."),
            _ if ban.never => format!("Never {}.", ban.phrase),
            _ => format!("Don’t {}.", ban.phrase),
        };
        self.state(tells, &ban.source, text);
    }

    /// Asks for a prohibition and gives it, or asks for permission and does not get it.
    pub fn forbid(&mut self, asks: Who, tells: Who, ban: &Ban) {
        let may_ask = self.voice == Voice::Doer && self.bans % 2 == 1 && !ban.phrase.contains("you");
        if may_ask {
            self.refuse(asks, tells, ban);
        } else if self.voice == Voice::Outsider {
            self.vary(asks, &["Is there anything you never do?", "Is anything forbidden here?"]);
            self.say(tells, "Yes.");
            self.warn(tells, ban);
        } else {
            self.vary(asks, ask::forbidden(self.bans > 0));
            self.say(tells, "Yes.");
            self.warn(tells, ban);
        }
    }

    /// "Can I ride on the truck?" - "No, don’t do that."
    pub fn refuse(&mut self, asks: Who, tells: Who, ban: &Ban) {
        self.bans += 1;
        let opening = self.choose(ask::permission(self.level, self.refused > 0));
        self.refused += 1;
        self.say(asks, format!("{opening} {}?", ban.phrase));
        let ways: &[&str] = if ban.never {
            &["No, never do that.", "No, never. It’s one of our rules.", "No. Never do that here."]
        } else {
            &[
                "No, please don’t do that.",
                "No, don’t do that.",
                "No, please don’t. It’s against the rules.",
                "Sorry, no. Don’t do that here.",
            ]
        };
        let way = self.choose(ways);
        self.state(tells, &ban.source, way.to_owned());
    }

    pub fn who(&mut self, asks: Who, tells: Who, person: &Person) {
        self.say(asks, person.question.clone());
        self.state(tells, &person.source, person.answer.clone());
    }

    /// A rule, by its own question, by "What about ...?", or as one more thing to know.
    pub fn rule(&mut self, asks: Who, tells: Who, rule: &Rule) {
        if let Some((question, answer)) = &rule.said.exact {
            self.say(asks, question.clone());
            self.state(tells, &rule.source, answer.clone());
        } else if let Some((subject, answer)) = rule.said.about.as_ref().filter(|_| self.abouts < 3) {
            let opening = ask::about()[self.abouts % ask::about().len()];
            self.abouts += 1;
            self.say(asks, format!("{opening} {subject}?"));
            self.state(tells, &rule.source, answer.clone());
        } else {
            let ways = match self.voice {
                Voice::Outsider => ask::visitor_rules(self.facts == 0),
                Voice::Doer if self.facts == 0 => ask::start(self.level),
                Voice::Doer => ask::more(self.level),
            };
            self.vary(asks, ways);
            self.state(tells, &rule.source, rule.said.full.clone());
        }
    }

    pub fn term(&mut self, asks: Who, tells: Who, term: &Term) {
        self.say(asks, term.question.clone());
        self.state(tells, &term.source, term.answer.clone());
    }

    pub fn thing(&mut self, asks: Who, tells: Who, thing: &Listed) {
        let (first, others): (&str, &[&str]) = match thing.list {
            Polarity::Allowed | Polarity::Required => {
                ("What’s allowed there?", &["Anything else?", "And what else is allowed?", "OK. What else?"])
            }
            Polarity::NotAllowed => ("And what isn’t allowed?", &["What else isn’t allowed?", "I see. And what else?"]),
            Polarity::Forbidden => (
                "What’s on the “Do not” list?",
                &[
                    "And what else is on it?",
                    "What’s the next point on the list?",
                    "Right. And what else is on the list?",
                ],
            ),
        };
        if self.turns.iter().any(|(_, t)| t.text.contains(first)) {
            self.vary(asks, others);
        } else {
            self.say(asks, first);
        }
        self.state(tells, &thing.source, thing.text.clone());
    }
}
