//! One question and its answer, in the way that fits what was said before; nothing where every way is used up.

use course_format::Level;

use super::{Script, Voice, Who};
use crate::engine::author::dialogue::ask;
use crate::engine::author::dialogue::bank::{Ask, Ban, Bank, Case, Rule, Source, Step};
use crate::engine::author::dialogue::react::Answer;
use crate::engine::author::dialogue::tense::{self, Shift};
use crate::engine::author::dialogue::{lines, scenario};
use crate::engine::english::text::word_count;
use crate::engine::library::ClauseRef;

impl Script<'_> {
    /// A step: as the first or the next one where it is that, or by a question of its own.
    pub fn step(&mut self, asks: Who, tells: Who, before: Option<&Step>, step: &Step) -> bool {
        let outside = self.voice != Voice::Doer;
        let follows = before.is_some_and(|b| self.follows(b, step)) && self.used.nexts < if self.live { 4 } else { 3 };
        if self.facts == 0 && self.opens(step) && !outside {
            self.ask(asks, self.choose(ask::first(self.level)));
            return self.tell(asks, tells, step);
        }
        let follows_now = follows && self.live;
        let asked =
            step.asks.get(self.variety % step.asks.len().max(1)).filter(|_| !self.has_asked(step) && !follows_now);
        if let Some(asked) = asked {
            let answer = if outside { lines::ours(&asked.answer) } else { Some(asked.answer.clone()) };
            let Some(answer) = answer.filter(|a| !self.has_said(a)) else { return false };
            let question = if outside { asked.outsider.clone() } else { asked.doer.clone() };
            let (question, answer) = self.guessed(&question, &answer).unwrap_or((question, answer));
            return self.exchange((asks, tells), &question, &step.source, (answer, Answer::Slot));
        }
        if follows {
            self.used.nexts += 1;
            self.ask(asks, self.choose(if outside { ask::visitor() } else { ask::next(self.level) }));
            return self.tell(asks, tells, step);
        }
        false
    }

    /// The same question as for another step: "What do I write?", "What do I write on the label?"
    fn has_asked(&self, step: &Step) -> bool {
        let Some(asked) = step.asks.get(self.variety % step.asks.len().max(1)) else { return false };
        let start: Vec<&str> = asked.doer.split(' ').take(2).collect();
        let start = super::small(&start.join(" "));
        self.turns.iter().filter(|(_, t)| super::small(&t.text).contains(&start)).count() > 1
    }

    /// "This carton is at 12 °C. What now?", "And if a cable is damaged?", "What would you do if the seal was broken?"
    pub fn case(&mut self, asks: Who, tells: Who, case: &Case) -> bool {
        if self.has_said(&case.answer) {
            return false;
        }
        let news = scenario::value(&case.condition).filter(|_| self.live && self.used.values == 0);
        if let Some(news) = news {
            self.used.values += 1;
            let ways: &[&str] =
                if case.order.is_some() { &["What now?", "What do I do now?"] } else { &["What happens now?"] };
            let question = format!("{news} {}", self.choose(ways));
            return self.exchange((asks, tells), &question, &case.source, (case.answer.clone(), Answer::Order));
        }
        let Some((question, answer)) = self.what_if(case) else { return false };
        let kind = if case.order.is_some() { Answer::Order } else { Answer::Fact };
        let asked = self.exchange((asks, tells), &question, &case.source, (answer, kind));
        self.used.cases += usize::from(asked);
        asked
    }

    fn what_if(&self, case: &Case) -> Option<(String, String)> {
        let (joiner, contracted) = (case.joiner, lines::contracted(&case.condition));
        let if_case = joiner == "if";
        if self.voice == Voice::Inspector {
            let would = case.order.as_deref().filter(|_| if_case && self.used.cases == 0 && self.level >= Level::B1);
            let shift = if self.is_high() { Shift::Pluperfect } else { Shift::Past };
            let supposed = tense::supposed(&case.condition, shift);
            if let (Some(answer), Some(supposed)) = (would.and_then(|o| tense::would(o, shift)), supposed)
                && case.source.bears(&answer)
            {
                let asks = if self.is_high() { "What would you have done" } else { "What would you do" };
                return Some((format!("{asks} if {supposed}?"), answer));
            }
            let answer =
                case.order.as_deref().and_then(lines::ours).map(|o| lines::contracted(&format!("Then we {o}.")));
            return Some((
                format!("What happens {joiner} {contracted}?"),
                answer.unwrap_or_else(|| case.answer.clone()),
            ));
        }
        let condition = match self.voice {
            Voice::Guest => contracted,
            _ => lines::asked(&case.condition)?,
        };
        let short = self.used.cases + self.used.values > 0 && if_case && self.used.cases < 3;
        let question = match (&case.order, self.used.cases % 2) {
            _ if short && self.used.cases == 1 => format!("What if {condition}?"),
            _ if short => format!("And if {condition}?"),
            (None, _) => format!("What happens {joiner} {condition}?"),
            (Some(_), _) if self.facts == 0 => format!("{} {joiner} {condition}?", ask::case(self.level)[0]),
            (Some(_), _) => format!("{} {joiner} {condition}?", self.choose(ask::case(self.level))),
        };
        Some((question, case.answer.clone()))
    }

    /// "Don’t open the door."
    pub fn warn(&mut self, tells: Who, ban: &Ban) -> bool {
        let text = match (self.voice, lines::ours(&ban.phrase)) {
            (Voice::Inspector | Voice::Guest, Some(ours)) if ban.never => format!("We never {ours}."),
            (Voice::Inspector | Voice::Guest, Some(ours)) => format!("We don’t {ours}."),
            _ if ban.never => format!("Never {}.", ban.phrase),
            _ => format!("Don’t {}.", ban.phrase),
        };
        self.state(tells, &ban.source, text, Answer::Ban)
    }

    /// Asks for permission and does not get it, or asks what is forbidden.
    pub fn forbid(&mut self, asks: Who, tells: Who, ban: &Ban) -> bool {
        let outside = self.voice != Voice::Doer;
        let may_ask = !outside && self.used.refused < 2 && !ban.phrase.contains("you") && word_count(&ban.phrase) <= 12;
        if may_ask && (self.used.refused <= self.used.forbidden || self.used.forbidden > 0) {
            return self.refuse(asks, tells, ban);
        }
        if self.used.forbidden > 0 {
            return false;
        }
        self.used.forbidden += 1;
        let ways: &[&str] = if outside {
            &["Is there anything you never do?", "Is anything forbidden here?"]
        } else {
            ask::forbidden()
        };
        self.ask(asks, self.choose(ways));
        self.say(tells, "Yes.");
        self.warn(tells, ban)
    }

    /// "Can I ride on the truck?" - "No, don’t do that."
    pub fn refuse(&mut self, asks: Who, tells: Who, ban: &Ban) -> bool {
        let opening = self.choose(ask::permission(self.level, self.used.refused > 0));
        let act = plainly(&ban.phrase);
        let act = lines::mine(&act).unwrap_or(act);
        let question = format!("{opening} {act}?");
        let later = ban.phrase.split_once(" until ").map(|(_, then)| format!("No, not until {then}."));
        let ways: &[&str] = if ban.never {
            &["No, never do that.", "No, never.", "No. Never do that here."]
        } else {
            &["No, please don’t do that.", "No, please don’t.", "No, sorry. Please don’t do that."]
        };
        let answer = later.filter(|said| ban.source.bears(said)).unwrap_or_else(|| self.choose(ways).to_owned());
        let refused = self.exchange((asks, tells), &question, &ban.source, (answer, Answer::Ban));
        self.used.refused += usize::from(refused);
        refused
    }

    /// A rule: by its own question, or by "What about ...?"; once, a value is asked about that breaks it.
    pub fn rule(&mut self, asks: Who, tells: Who, rule: &Rule) -> bool {
        let exact = rule.said.exact.iter().filter(|(_, a)| !self.has_said(a) || a.starts_with("No,"));
        let mut exact = exact.filter(|(q, _)| !self.has_said(q));
        if let Some((question, answer)) = exact.find_map(|(q, a)| Some((self.voiced(q)?, a.clone()))) {
            let kind =
                if answer.starts_with("Yes") || answer.starts_with("No") { Answer::Verdict } else { Answer::Slot };
            let (question, answer) = self.guessed(&question, &answer).unwrap_or((question, answer));
            let told = self.exchange((asks, tells), &question, &rule.source, (answer, kind));
            if told {
                self.test(asks, tells, rule);
            }
            return told;
        }
        let about = rule.said.about.as_ref().filter(|_| self.used.abouts < 2 && self.facts > 0);
        // "What about batteries?" is no question in a talk about batteries.
        let fresh = |subject: &str| {
            let head = cefr::lemma(&subject.split(' ').next_back().unwrap_or_default().to_lowercase());
            !self.turns.iter().any(|(_, t)| t.text.to_lowercase().contains(&head))
        };
        let Some((subject, answer)) = about.filter(|(subject, _)| fresh(subject)) else { return false };
        let question = format!("{} {subject}?", ask::about()[self.used.abouts % ask::about().len()]);
        let told = self.exchange((asks, tells), &question, &rule.source, (answer.clone(), Answer::Fact));
        self.used.abouts += usize::from(told);
        told
    }

    /// "So 45 days is too late?" - "Yes, that’s right."
    fn test(&mut self, asks: Who, tells: Who, rule: &Rule) {
        if self.used.tests + self.used.guesses > 0 || self.voice != Voice::Doer || self.level < Level::A2 {
            return;
        }
        if let Some((question, answer)) = scenario::too_much(&rule.source.text) {
            self.used.tests += 1;
            self.say(asks, question);
            self.say(tells, answer);
            self.last = Answer::Verdict;
        }
    }

    /// A question for a person or the meaning of a word; once, somebody guesses, and is put right.
    pub fn asked(&mut self, asks: Who, tells: Who, ask: &Ask, other: Option<&str>) -> bool {
        let Some(question) = self.voiced(&ask.question) else { return false };
        let bare = ask.answer.trim_end_matches('.');
        let known = self.has_said(&ask.answer);
        let guess = other.filter(|_| !known && self.voice == Voice::Doer && self.used.guesses == 0 && self.facts > 0);
        if let Some(guess) = guess {
            let asked = format!("{question} {}?", guess.trim_end_matches('.'));
            let right = (format!("No, {}", super::small(&ask.answer)), Answer::Slot);
            let told = self.exchange((asks, tells), &asked, &ask.source, right);
            self.used.guesses += usize::from(told);
            return told;
        }
        let answer = if known { format!("{bare}, too.") } else { ask.answer.clone() };
        let fits = !self.has_said(&format!("{bare}, too.")) && (!known || word_count(bare) <= 4);
        fits && self.exchange((asks, tells), &question, &ask.source, (answer, Answer::Slot))
    }

    /// "How soon do I report it? Within 4 hours?" - "No, within 2 hours.": once in a talk, after something was said.
    fn guessed(&mut self, question: &str, answer: &str) -> Option<(String, String)> {
        let may = self.voice == Voice::Doer && self.used.guesses == 0 && self.facts > 0 && self.level >= Level::A2;
        let wrong = scenario::wrong_guess(answer).filter(|_| may && word_count(answer) <= 8)?;
        self.used.guesses += 1;
        let guess = wrong.trim_end_matches('.');
        Some((format!("{question} {guess}?"), format!("No, {}", super::small(answer))))
    }

    /// The question of the one who does the work, or of an inspector who wants to know how others do it.
    fn voiced(&self, question: &str) -> Option<String> {
        if self.voice != Voice::Inspector {
            return Some(question.to_owned());
        }
        let asked = question.replace(" do I ", " do you ").replace(" my ", " your ");
        (!asked.contains(" I ")).then_some(asked)
    }

    /// The rule as a statement.
    pub fn announce(&mut self, tells: Who, rule: &Rule) -> bool {
        self.state(tells, &rule.source, rule.said.full.clone(), Answer::News)
    }

    /// It was asked in the situation's own words what is forbidden.
    pub fn count_forbidden(&mut self) {
        self.used.forbidden += 1;
    }

    /// What was said last is settled: the next word is about what is said now.
    pub fn settle(&mut self) {
        self.last = Answer::Comfort;
    }

    /// A case was talked about in words of the situation's own.
    pub fn count_case(&mut self) {
        self.used.cases += 1;
    }

    /// "Anything else?" - "Yes. Check the date on the label.": what no question of its own asks for.
    pub fn anything_else(&mut self, (asks, tells): (Who, Who), bank: &Bank, near: Option<ClauseRef>) -> bool {
        let fits = |source: &Source| !self.knows(source) && near.is_none_or(|n| self.is_near(n, source.at));
        let outside = self.voice != Voice::Doer;
        let step = bank.steps.iter().filter(|x| fits(&x.source) && !outside && word_count(&x.phrase) > 2);
        let step = step.map(|x| (x.source.clone(), lines::order(&x.phrase), Answer::Order));
        let rule = bank.rules.iter().filter(|r| fits(&r.source) && word_count(&r.said.full) <= 18);
        let rule = rule.map(|r| (r.source.clone(), r.said.full.clone(), Answer::Fact));
        let Some((source, text, kind)) = step.chain(rule).min_by_key(|(source, ..)| (source.at, source.number)) else {
            return false;
        };
        let before = self.turns.clone();
        self.ask(asks, self.choose(ask::more(self.level)));
        self.say(tells, "Yes.");
        let told = self.state(tells, &source, text, kind);
        if !told {
            self.turns = before;
        }
        told
    }

    /// In an emergency nobody checks, hands over or practises.
    pub fn is_urgent(&self, step: &Step) -> bool {
        const URGENT: [&str; 12] = [
            "emergency",
            "danger",
            "accident",
            "fire",
            "alarm",
            "evacuat",
            "injur",
            "first aid",
            "robbery",
            "rescue",
            "attack",
            "unconscious",
        ];
        let heading = self.library.topic(step.source.at).to_lowercase();
        URGENT.iter().any(|u| heading.contains(u))
    }
}

/// What is forbidden, without the case that makes it no better: "give a key to a visitor, even if they know the name".
pub fn plainly(phrase: &str) -> String {
    let act =
        [", even ", ", not even "].iter().fold(phrase, |act, mark| act.split_once(mark).map_or(act, |(act, _)| act));
    match act.split_once(" until ") {
        Some((now, _)) => format!("{now} now"),
        None => act.to_owned(),
    }
}
