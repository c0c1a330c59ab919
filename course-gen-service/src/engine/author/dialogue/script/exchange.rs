//! One question and its answer, in the way that fits what was said before; nothing where every way is used up.

use super::{Script, Voice, Who};
use crate::engine::author::dialogue::ask;
use crate::engine::author::dialogue::bank::{Ask, Ban, Case, Rule, Source, Step};
use crate::engine::author::dialogue::lists::Listed;
use crate::engine::author::dialogue::{lines, scenario};
use crate::engine::english::text::{capitalise, lower_first, sentence};
use crate::engine::library::Polarity;

impl Script<'_> {
    /// A step: as the first or the next one where it is that, by a question of its own, or as a reminder.
    pub fn step(&mut self, asks: Who, tells: Who, before: Option<&Step>, step: &Step) -> bool {
        let nexts = if self.generous { 4 } else { 2 };
        let follows = before.is_some_and(|b| self.follows(b, step)) && self.used.nexts < nexts;
        let outside = self.voice == Voice::Outsider;
        if self.facts == 0 && self.opens(step) && !outside {
            self.vary(asks, ask::first(self.level));
            self.tell(asks, tells, step);
        } else if follows {
            self.used.nexts += 1;
            let goes_on = self.turns.last().is_some_and(|(last, _)| *last == asks);
            let ways = match (goes_on, outside) {
                (true, _) => &["And then?", "And after that?"],
                (false, true) => ask::visitor(),
                (false, false) => ask::next(self.level),
            };
            self.vary(asks, ways);
            self.tell(asks, tells, step);
        } else if let Some(asked) = step.asks.get(self.variety % step.asks.len().max(1)) {
            let answer = if outside { lines::ours(&asked.answer) } else { Some(asked.answer.clone()) };
            let Some(answer) = answer.filter(|a| !self.has_said(a)) else { return false };
            self.ask(asks, if outside { &asked.outsider } else { &asked.doer });
            self.state(tells, &step.source, answer);
        } else if outside {
            return false;
        } else {
            return self.remind(asks, tells, &step.source, &step.phrase);
        }
        true
    }

    /// What the one who knows says without being asked: "Oh, and please remember: check the date." - "OK, I’ll remember that."
    fn remind(&mut self, asks: Who, tells: Who, source: &Source, what: &str) -> bool {
        let answered = self.turns.last().is_some_and(|(who, t)| *who == tells && !t.text.ends_with('?'));
        let (most, before) = if self.generous { (2, 1) } else { (1, 2) };
        if self.used.reminders >= most || self.facts < before || !answered || self.voice == Voice::Outsider {
            return false;
        }
        self.used.reminders += 1;
        self.vary(asks, ask::thanks());
        let opening = self.choose(ask::reminder());
        self.state(tells, source, format!("{opening} {}", without_capital(&sentence(what))));
        self.vary(asks, &["OK, I’ll remember that.", "OK, I won’t forget."]);
        true
    }

    /// "This carton is at 12 °C. What now?", or "What do I do if a cable is damaged?"
    pub fn case(&mut self, asks: Who, tells: Who, case: &Case) -> bool {
        if let Some(news) = scenario::value(&case.condition)
            && self.voice == Voice::Doer
            && self.used.values == 0
        {
            self.used.values += 1;
            let ways: &[&str] =
                if case.order.is_some() { &["What now?", "What do I do now?"] } else { &["What happens now?"] };
            let ending = self.choose(ways);
            self.say(asks, format!("{news} {ending}"));
            self.state(tells, &case.source, case.answer.clone());
            return true;
        }
        self.what_if(asks, tells, case)
    }

    fn what_if(&mut self, asks: Who, tells: Who, case: &Case) -> bool {
        if self.has_said(&case.answer) {
            return false;
        }
        let joiner = case.joiner;
        let others_act = case.order.is_none();
        let answer = match (self.voice, &case.order) {
            (Voice::Outsider, Some(order)) => {
                lines::ours(order).map_or_else(|| case.answer.clone(), |o| lines::contracted(&format!("Then we {o}.")))
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
            (Voice::Doer, None) => return false,
        };
        self.say(asks, question);
        self.state(tells, &case.source, answer);
        true
    }

    /// "Don’t open the door."
    pub fn warn(&mut self, tells: Who, ban: &Ban) {
        let text = match (self.voice, lines::ours(&ban.phrase)) {
            (Voice::Outsider, Some(ours)) if ban.never => format!("We never {ours}."),
            (Voice::Outsider, Some(ours)) => format!("We don’t {ours}."),
            _ if ban.never => format!("Never {}.", ban.phrase),
            _ => format!("Don’t {}.", ban.phrase),
        };
        self.state(tells, &ban.source, text);
    }

    /// Asks for permission and does not get it, asks what is forbidden, or is reminded of it.
    pub fn forbid(&mut self, asks: Who, tells: Who, ban: &Ban) -> bool {
        let outside = self.voice == Voice::Outsider;
        let may_ask = !outside && self.used.refused < 2 && !ban.phrase.contains("you");
        if may_ask && (self.used.refused <= self.used.forbidden || self.used.forbidden > 0) {
            self.refuse(asks, tells, ban);
            return true;
        }
        if self.used.forbidden == 0 {
            self.used.forbidden += 1;
            let ways: &[&str] = if outside {
                &["Is there anything you never do?", "Is anything forbidden here?"]
            } else {
                ask::forbidden()
            };
            let way = self.choose(ways);
            self.ask(asks, way);
            self.say(tells, "Yes.");
            self.warn(tells, ban);
            return true;
        }
        let what = if ban.never { format!("never {}", ban.phrase) } else { format!("don’t {}", ban.phrase) };
        self.remind(asks, tells, &ban.source, &what)
    }

    /// "Can I ride on the truck?" - "No, don’t do that."
    pub fn refuse(&mut self, asks: Who, tells: Who, ban: &Ban) {
        let opening = self.choose(ask::permission(self.level, self.used.refused > 0));
        self.used.refused += 1;
        let act = plainly(&ban.phrase);
        let act = lines::mine(&act).unwrap_or(act);
        self.say(asks, format!("{opening} {act}?"));
        let later = ban.phrase.split_once(" until ").map(|(_, then)| format!("No, not until {then}."));
        if let Some(later) = later.filter(|said| ban.source.bears(said)) {
            self.state(tells, &ban.source, later);
            return;
        }
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

    /// A rule: by its own question, by "What about ...?", or as a reminder.
    pub fn rule(&mut self, asks: Who, tells: Who, rule: &Rule) -> bool {
        let abouts = if self.generous { 4 } else { 2 };
        let mut exact = rule.said.exact.iter().filter(|(_, a)| !self.has_said(a));
        if let Some((question, answer)) = exact.find_map(|(q, a)| Some((self.voiced(q)?, a.clone()))) {
            self.ask(asks, &question);
            self.state(tells, &rule.source, answer);
        } else if let Some((subject, answer)) = rule.said.about.as_ref().filter(|_| self.used.abouts < abouts) {
            let opening = ask::about()[self.used.abouts % ask::about().len()];
            self.used.abouts += 1;
            self.say(asks, format!("{opening} {subject}?"));
            self.state(tells, &rule.source, answer.clone());
        } else if self.used.mores == 0 && self.voice == Voice::Doer && self.facts > 1 {
            self.used.mores += 1;
            self.vary(asks, ask::more(self.level));
            self.say(tells, "Yes.");
            self.state(tells, &rule.source, rule.said.full.clone());
        } else {
            let text = &self.library.document(rule.source.at).text;
            let said = lower_first(&rule.said.full, text);
            return self.remind(asks, tells, &rule.source, &said);
        }
        true
    }

    pub fn asked(&mut self, asks: Who, tells: Who, ask: &Ask) -> bool {
        let Some(question) = self.voiced(&ask.question).filter(|_| !self.has_said(&ask.answer)) else { return false };
        self.ask(asks, &question);
        self.state(tells, &ask.source, ask.answer.clone());
        true
    }

    /// The question of the one who does the work, or of an inspector who wants to know how others do it.
    fn voiced(&self, question: &str) -> Option<String> {
        if self.voice == Voice::Doer || self.cast.is_some() {
            return Some(question.to_owned());
        }
        let asked = question.replace(" do I ", " do you ").replace(" my ", " your ");
        (!asked.contains(" I ")).then_some(asked)
    }

    pub fn thing(&mut self, asks: Who, tells: Who, thing: &Listed) -> bool {
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
        true
    }
}

/// What is forbidden, without the case that makes it no better: "give a key to a visitor, even if they know the name".
pub fn plainly(phrase: &str) -> String {
    let act = phrase.split_once(", even ").map_or(phrase, |(act, _)| act);
    match act.split_once(" until ") {
        Some((now, _)) => format!("{now} now"),
        None => act.to_owned(),
    }
}

/// After a colon a sentence begins with a small letter, unless it begins with a name.
fn without_capital(text: &str) -> String {
    let lowered = lower_first(text, "");
    let first = text.split(' ').next().unwrap_or_default();
    let verb = crate::engine::english::words::can_open_an_order(&first.to_lowercase());
    let small = first.chars().skip(1).all(char::is_lowercase) && (verb || matches!(first, "Don’t" | "Never"));
    if small { format!("{}{}", first.to_lowercase(), &text[first.len()..]) } else { capitalise_name(&lowered) }
}

fn capitalise_name(text: &str) -> String {
    if text.starts_with(char::is_lowercase) { text.to_owned() } else { capitalise(text) }
}
