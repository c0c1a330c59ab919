//! A dialogue while it is written: who says what, and what it rests on.

use course_format::course::Proven;

use super::bank::{self, Ban, Bank, Case, Person, Source, Step};
use super::lines;
use crate::engine::english::text::{capitalise, sentence};
use crate::engine::library::Library;

/// Which of the two speaks.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Who {
    A,
    B,
}

#[derive(Debug)]
pub struct Script<'a> {
    library: &'a Library,
    /// Varies openings and answers from lesson to lesson.
    pub variety: usize,
    pub turns: Vec<(Who, Proven)>,
    pub facts: usize,
}

impl<'a> Script<'a> {
    pub fn new(library: &'a Library, variety: usize) -> Self {
        Self { library, variety, turns: Vec::new(), facts: 0 }
    }

    pub fn say(&mut self, who: Who, text: impl Into<String>) {
        self.push(who, Proven::language(text));
    }

    /// One of several ways to say it, one that was not used before where there is one.
    pub fn vary(&mut self, who: Who, ways: &[&str]) {
        let at = (self.variety + self.turns.len()) % ways.len();
        let said = |way: &str| self.turns.iter().any(|(_, t)| t.text.contains(way));
        let fresh = (0..ways.len()).map(|i| ways[(at + i) % ways.len()]).find(|way| !said(way));
        let way = fresh.unwrap_or(ways[at]);
        self.say(who, way);
    }

    pub fn state(&mut self, who: Who, source: &Source, text: String) {
        self.facts += 1;
        self.push(who, bank::fact(self.library, source, text));
    }

    /// Two turns of one person in a row become one; the proof of both stays, and what was a quotation is part of one's own
    /// words now.
    fn push(&mut self, who: Who, said: Proven) {
        match self.turns.last_mut().filter(|(last, _)| *last == who) {
            Some((_, before)) => {
                before.text = format!("{} {}", before.text, said.text);
                before.provenance.extend(said.provenance);
                if !before.provenance.is_empty() {
                    before.relation = course_format::course::Relation::Compress;
                }
            }
            None => self.turns.push((who, said)),
        }
    }

    /// A step; its last detail is asked for and given in turns of their own.
    pub fn explain(&mut self, asks: Who, tells: Who, step: &Step) {
        let question = step.detail.as_ref().and_then(|d| lines::follow_up(d.wh, &d.core, self.turns.len()));
        match (&step.detail, question) {
            (Some(detail), Some(question)) => {
                self.state(tells, &step.source, lines::order(&detail.core));
                self.say(asks, question);
                self.state(tells, &step.source, sentence(&capitalise(&detail.answer)));
            }
            _ => self.state(tells, &step.source, lines::order(&step.phrase)),
        }
    }

    /// Asks for another step: "what comes next" only where the SOP says that it comes next.
    pub fn go_on(&mut self, asks: Who, before: &Step, step: &Step) {
        if self.follows(before, step) {
            self.vary(asks, &["OK. What comes next?", "Right. And then?", "And after that?", "I see. And then?"]);
        } else {
            self.vary(
                asks,
                &["OK. What else is important?", "And what else do I have to do?", "All right. What else?"],
            );
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
        let Some(condition) = lines::asked(&case.condition) else { return };
        let joiner = case.joiner;
        let openings = ["And what do I do", "What do I do", "OK. But what do I do"];
        let opening = openings[(self.variety + self.turns.len()) % openings.len()];
        self.say(asks, format!("{opening} {joiner} {condition}?"));
        self.state(tells, &case.source, lines::order(&case.orders[0]));
    }

    pub fn warn(&mut self, tells: Who, ban: &Ban) {
        let text = if ban.never { format!("Never {}.", ban.phrase) } else { format!("Don’t {}.", ban.phrase) };
        self.state(tells, &ban.source, text);
    }

    pub fn who(&mut self, asks: Who, tells: Who, person: &Person) {
        self.say(asks, person.question.clone());
        self.state(tells, &person.source, person.answer.clone());
    }
}

/// Takes each thing of the bank at most once.
#[derive(Debug)]
pub struct Pick<'a> {
    pub steps: std::vec::IntoIter<&'a Step>,
    pub cases: std::vec::IntoIter<&'a Case>,
    pub bans: std::vec::IntoIter<&'a Ban>,
    pub people: std::vec::IntoIter<&'a Person>,
}

impl<'a> Pick<'a> {
    /// At most `most` steps, from all over the procedure, in its order.
    pub fn of(bank: &'a Bank, most: usize) -> Self {
        let len = bank.steps.len();
        let steps: Vec<&Step> = if len <= most {
            bank.steps.iter().collect()
        } else {
            (0..most).filter_map(|i| bank.steps.get(i * len / most)).collect()
        };
        Self {
            steps: steps.into_iter(),
            cases: bank.cases.iter().filter(|c| lines::asked(&c.condition).is_some()).collect::<Vec<_>>().into_iter(),
            bans: bank.bans.iter().collect::<Vec<_>>().into_iter(),
            people: bank.people.iter().collect::<Vec<_>>().into_iter(),
        }
    }
}
