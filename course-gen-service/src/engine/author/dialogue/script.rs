//! A dialogue while it is written: who says what, and what it rests on.

mod exchange;

pub use exchange::plainly;

use std::collections::BTreeSet;

use course_format::Level;
use course_format::course::{Proven, Relation};

use super::bank::{self, Source, Step};
use super::lines;
use super::lists::Listed;
use super::react::{self, Answer};
use crate::engine::author::Topic;
use crate::engine::english::adjunct::Wh;
use crate::engine::english::text::{capitalise, lower_first, sentence, word_count};
use crate::engine::english::words::{can_open_an_order, is_finite, is_function};
use crate::engine::library::{ClauseRef, Library};
use crate::engine::lock;

/// Which of the two speaks.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Who {
    A,
    B,
}

/// Who asks: somebody who is going to do the work, somebody who checks it, somebody from outside.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Voice {
    Doer,
    Inspector,
    Guest,
}

/// How often a way of asking was used: people do not ask the same way again and again.
#[derive(Clone, Copy, Debug, Default)]
struct Used {
    questions: usize,
    echoes: usize,
    nexts: usize,
    abouts: usize,
    forbidden: usize,
    refused: usize,
    cases: usize,
    values: usize,
    tests: usize,
    details: usize,
    guesses: usize,
}

#[derive(Clone, Debug)]
pub struct Script<'a> {
    library: &'a Library,
    pub level: Level,
    /// Varies openings and answers from lesson to lesson.
    pub variety: usize,
    pub voice: Voice,
    /// What the lesson is about.
    pub topic: Topic,
    /// Who speaks, where the SOP tells better than the situation.
    pub cast: Option<[&'static str; 2]>,
    /// The work is going on while the two speak.
    pub live: bool,
    pub turns: Vec<(Who, Proven)>,
    pub facts: usize,
    last: Answer,
    last_fact: Option<(ClauseRef, String)>,
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
            topic,
            cast: None,
            live: false,
            turns: Vec::new(),
            facts: 0,
            last: Answer::Nothing,
            last_fact: None,
            said: BTreeSet::new(),
            used: Used::default(),
        }
    }

    /// So many turns before the two say goodbye.
    pub fn until(&self) -> usize {
        if self.level <= Level::A2 { 10 } else { 12 }
    }

    pub fn is_simple(&self) -> bool {
        self.level <= Level::A2
    }

    pub fn is_high(&self) -> bool {
        self.level >= Level::B2
    }

    /// "changing a container": what is being done, where the lesson's title says so.
    pub fn doing(&self) -> Option<&str> {
        match &self.topic {
            Topic::Activity(text)
                if !text.contains(" and ") && names_its_object(text) && text.starts_with(char::is_lowercase) =>
            {
                Some(text)
            }
            _ => None,
        }
    }

    /// "after a needlestick injury", "before the run": the time that the title names.
    pub fn occasion(&self) -> Option<String> {
        let Topic::Title(title) = &self.topic else { return None };
        let timed = ["Before ", "After ", "During ", "When "].iter().any(|t| title.starts_with(t));
        (timed && !title.contains([':', '?', ',', '–'])).then(|| small(title))
    }

    /// "lost badges", "changing a container": what the talk is about, as part of a sentence.
    pub fn matter(&self) -> Option<&str> {
        match &self.topic {
            Topic::Activity(text) | Topic::Things(text) => Some(text),
            Topic::Order(_) | Topic::General | Topic::Title(_) => None,
        }
    }

    /// Nothing is said where it would make a fact false that stands in the same turn.
    pub fn say(&mut self, who: Who, text: impl Into<String>) {
        self.push(who, Proven::language(text));
    }

    /// One of several ways to say it, one that was not used before where there is one.
    pub fn vary(&mut self, who: Who, ways: &[&str]) {
        let way = self.choose(ways);
        self.say(who, way);
    }

    /// The last words of one of the two: nothing new after a turn of their own.
    pub fn close(&mut self, who: Who, ways: &[&str]) {
        if self.turns.last().is_some_and(|(last, _)| *last != who) {
            self.vary(who, ways);
        }
    }

    /// Whether somebody has said just this: people do not answer twice with the same words.
    pub fn has_said(&self, text: &str) -> bool {
        self.turns.iter().any(|(_, t)| t.text.contains(text))
    }

    pub fn choose<'w>(&self, ways: &[&'w str]) -> &'w str {
        let heard = self.turns.iter().map(|(_, t)| t.text.len()).sum::<usize>();
        let at = (self.variety * 3 + self.turns.len() + heard / 2) % ways.len();
        let fresh = |way: &&str| {
            let core = unled(way).to_lowercase();
            !self.turns.iter().any(|(_, t)| t.text.to_lowercase().contains(&core))
        };
        (0..ways.len()).map(|i| ways[(at + i) % ways.len()]).find(fresh).unwrap_or(ways[at])
    }

    /// Says a fact; nothing where the turn would claim more than its clauses.
    pub fn state(&mut self, who: Who, source: &Source, text: String, answer: Answer) -> bool {
        let told = self.push(who, bank::fact(self.library, source, text));
        if told {
            self.facts += 1;
            self.said.insert((source.at, source.text.clone()));
            self.last_fact = Some((source.at, source.text.clone()));
            self.last = answer;
        }
        told
    }

    /// Says what several clauses prove together.
    pub fn quote(&mut self, who: Who, said: Proven, listed: &Listed) -> bool {
        let told = self.push(who, said);
        if told {
            self.facts += 1;
            self.said.insert((listed.source.at, listed.source.text.clone()));
        }
        told
    }

    /// A question and its answer; neither where the answer cannot be given.
    pub fn exchange(
        &mut self,
        (asks, tells): (Who, Who),
        question: &str,
        source: &Source,
        (text, answer): (String, Answer),
    ) -> bool {
        let before = (self.turns.clone(), self.used, self.last);
        self.ask(asks, question);
        let told = self.state(tells, source, text, answer);
        if !told {
            (self.turns, self.used, self.last) = before;
        }
        told
    }

    /// Whether the sentence was talked about.
    pub fn knows(&self, source: &Source) -> bool {
        self.said.contains(&(source.at, source.text.clone()))
    }

    /// Whether the two stand in one section of the SOP, or close to each other.
    pub fn is_near(&self, a: ClauseRef, b: ClauseRef) -> bool {
        a.document == b.document
            && (self.library.clause(a).section == self.library.clause(b).section || a.clause.abs_diff(b.clause) <= 3)
    }

    /// Whether the last fact was this step.
    pub fn has_just_told(&self, step: &Step) -> bool {
        self.last_fact.as_ref().is_some_and(|(at, text)| *at == step.source.at && *text == step.source.text)
    }

    /// What somebody says to the last answer.
    pub fn reaction(&self) -> Option<&'static str> {
        let ways = react::to(self.last, self.voice, self.level);
        (!ways.is_empty()).then(|| self.choose(ways)).filter(|way| {
            let times = self.turns.iter().filter(|(_, t)| t.text.starts_with(way)).count();
            times < 2
        })
    }

    /// A question as people join it to what was said: with a word about the answer, with "And", or with the answer once more.
    pub fn ask(&mut self, who: Who, question: &str) {
        let number = self.used.questions;
        self.used.questions += 1;
        let goes_on = self.turns.last().is_some_and(|(last, _)| *last == who);
        if goes_on || self.last == Answer::Nothing {
            self.say(who, question);
            return;
        }
        let opened = ["And ", "OK", "But ", "Right", "I see", "So ", "What if", "Anything", "Then "]
            .iter()
            .any(|w| question.starts_with(w));
        if opened && !question.starts_with("What if") && !question.starts_with("Anything") {
            self.say(who, question);
            return;
        }
        if let Some(echo) = self.echo(who, question).filter(|_| !opened) {
            self.used.echoes += 1;
            self.turns.push((who, echo));
            return;
        }
        let and = if opened { question.to_owned() } else { format!("And {}", small(question)) };
        let reaction = self.reaction();
        let felt = matches!(self.last, Answer::Ban | Answer::Verdict | Answer::Reason);
        let text = match ((self.variety + number) % 4, reaction) {
            (_, Some(word)) if felt => {
                format!("{word} {}", if number.is_multiple_of(2) { and } else { question.to_owned() })
            }
            (0 | 2, Some(word)) => format!("{word} {question}"),
            (3, Some(word)) => format!("{word} {and}"),
            _ => and,
        };
        self.say(who, text);
    }

    /// "OK, within 15 minutes. And who signs it?": the answer that was just given, repeated by the one who asked.
    fn echo(&self, who: Who, question: &str) -> Option<Proven> {
        let (last, answer) = self.turns.last().filter(|(last, _)| *last != who)?;
        debug_assert!(*last != who, "one does not repeat oneself");
        let bare = answer.text.trim_end_matches('.');
        let short = (2..=5).contains(&word_count(bare)) && !bare.contains(['.', ',', ':', '?', '“', '"', '’']);
        let own = ["you", "your", "don’t", "yes", "no", "they", "it", "then", "we"]
            .iter()
            .any(|w| bare.to_lowercase().split(' ').any(|b| b == *w));
        let turn = self.used.echoes < 2 && (self.used.questions + self.variety).is_multiple_of(2);
        let fragment = !can_open_an_order(bare.split(' ').next()?) && self.last == Answer::Slot;
        let plain = !question.contains(|c: char| c.is_ascii_digit()) && !bare.split(' ').any(is_finite);
        if !(short && turn && fragment && plain) || own || answer.provenance.is_empty() || self.voice != Voice::Doer {
            return None;
        }
        let again = fragment_inside(bare);
        let text = match self.used.echoes {
            0 => format!("OK, {again}. And {}", small(question)),
            _ => format!("{}. Right. {question}", capitalise(&again)),
        };
        let proven = Proven { text, relation: Relation::Compress, provenance: answer.provenance.clone() };
        is_true(&proven).then_some(proven)
    }

    /// Two turns of one person in a row become one, with the proof of both. Nothing where the turn would be false.
    fn push(&mut self, who: Who, said: Proven) -> bool {
        if let Some((_, before)) = self.turns.last().filter(|(last, _)| *last == who) {
            let mut whole = before.clone();
            whole.text = format!("{} {}", before.text, said.text);
            whole.provenance.extend(said.provenance);
            if !whole.provenance.is_empty() {
                whole.relation = Relation::Compress;
            }
            let sound = is_true(&whole);
            if let Some((_, last)) = self.turns.last_mut().filter(|_| sound) {
                *last = whole;
            }
            return sound;
        }
        let sound = is_true(&said);
        self.turns.extend(sound.then_some((who, said)));
        sound
    }

    /// A step as an order; its last detail is asked for and given in turns of their own where that is worth asking.
    pub fn explain(&mut self, asks: Who, tells: Who, opening: &str, step: &Step) -> bool {
        // "Put the box." says nothing without its place, and nobody asks where a truck is parked before the place was named.
        let question = step
            .detail
            .as_ref()
            .filter(|d| !matches!(d.wh, Wh::Where | Wh::When))
            .and_then(|d| lines::follow_up(d.wh, &d.core, self.turns.len() / 2));
        match (&step.detail, question.filter(|_| self.used.details < 2)) {
            (Some(detail), Some(question)) => {
                self.used.details += 1;
                if !self.state(tells, &step.source, opened(opening, &lines::order(&detail.core)), Answer::Order) {
                    return false;
                }
                self.vary(asks, question);
                self.state(tells, &step.source, sentence(&capitalise(&detail.answer)), Answer::Slot)
            }
            _ => self.state(tells, &step.source, opened(opening, &lines::order(&step.phrase)), Answer::Order),
        }
    }

    /// A step as an answer: an order to the one who will do it, what we do to somebody from outside.
    pub fn tell(&mut self, asks: Who, tells: Who, step: &Step) -> bool {
        match self.voice {
            Voice::Doer => self.explain(asks, tells, "", step),
            Voice::Inspector | Voice::Guest => {
                let Some(said) = lines::ours(&step.phrase) else { return false };
                self.state(tells, &step.source, format!("We {said}."), Answer::Fact)
            }
        }
    }

    /// Whether one step comes straight after the other in a procedure with an order.
    pub fn follows(&self, before: &Step, step: &Step) -> bool {
        if before.source.at == step.source.at {
            return step.source.number == before.source.number + 1;
        }
        match (self.library.step(before.source.at), self.library.step(step.source.at)) {
            (Some((a, first)), Some((b, second))) if a.id == b.id && a.ordered => {
                matches!((first.number.as_slice(), second.number.as_slice()), ([x], [y]) if *y == x + 1)
            }
            _ => false,
        }
    }

    /// Whether it is the first step of a procedure with an order.
    pub fn opens(&self, step: &Step) -> bool {
        self.library.step(step.source.at).is_some_and(|(p, s)| p.ordered && s.number == [1]) && step.source.number == 0
    }
}

/// "Now" before "Lower the forks."
fn opened(opening: &str, order: &str) -> String {
    if opening.is_empty() { order.to_owned() } else { format!("{opening} {}", small(order)) }
}

/// A way of asking without the word that leads to it: "OK. What do I do next?"
fn unled(way: &str) -> &str {
    const LEADS: [&str; 8] = ["OK. ", "Right. ", "I see. ", "And ", "OK, ", "But ", "Good. ", "Fine. "];
    LEADS.iter().find_map(|lead| way.strip_prefix(lead)).unwrap_or(way)
}

/// "Within 10 minutes", "The host" inside a sentence.
fn fragment_inside(text: &str) -> String {
    let first = text.split(' ').next().unwrap_or_default();
    if is_function(first) || ["within", "only", "once", "every", "until"].contains(&first.to_lowercase().as_str()) {
        return small(text);
    }
    lower_first(text, "")
}

/// What the turn claims stands in its clauses.
pub fn is_true(turn: &Proven) -> bool {
    let quotes: Vec<&str> = turn.provenance.iter().map(|p| p.quote.as_str()).collect();
    quotes.is_empty() || lock::check_part(&quotes, lock::claimed(&turn.text)).is_empty()
}

/// The question with a small letter, after "And".
pub fn small(question: &str) -> String {
    let mut chars = question.chars();
    let name = question.starts_with("I ") || question.starts_with("I’");
    let first = chars.next().filter(|_| !name);
    first.map_or_else(|| question.to_owned(), |first| first.to_lowercase().chain(chars).collect())
}

/// "Changing a container" is what somebody does; "opening checks" may as well be checks.
fn names_its_object(activity: &str) -> bool {
    const DETERMINERS: [&str; 9] = ["a", "an", "the", "your", "our", "this", "each", "every", "with"];
    activity.split(' ').nth(1).is_some_and(|w| DETERMINERS.contains(&w))
}
