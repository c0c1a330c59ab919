//! Texts without a proof: questions, reactions, scenes, tasks, meanings of words. They may claim nothing about the SOP.

use course_format::course::Proven;

use super::checks::{Bench, most_words, words};
use super::claims::claims;
use super::ground::GENERAL;
use crate::engine::english::sentence::sentences;
use crate::engine::english::text::{stems, word_count};

/// Words of small talk: what a reaction is made of.
pub const SMALL_TALK: [&str; 78] = [
    "ok",
    "okay",
    "yes",
    "no",
    "not",
    "yet",
    "sure",
    "right",
    "fine",
    "good",
    "great",
    "thanks",
    "thank",
    "you",
    "i",
    "see",
    "got",
    "it",
    "understand",
    "sorry",
    "hello",
    "hi",
    "hey",
    "bye",
    "goodbye",
    "morning",
    "afternoon",
    "evening",
    "please",
    "of",
    "course",
    "all",
    "that",
    "that's",
    "thats",
    "i'll",
    "i'm",
    "im",
    "ready",
    "do",
    "now",
    "then",
    "and",
    "so",
    "well",
    "oh",
    "a",
    "the",
    "one",
    "more",
    "question",
    "let",
    "me",
    "let's",
    "start",
    "go",
    "begin",
    "new",
    "here",
    "today",
    "first",
    "day",
    "my",
    "is",
    "this",
    "clear",
    "much",
    "very",
    "for",
    "your",
    "help",
    "time",
    "later",
    "moment",
    "wait",
    "just",
    "excuse",
    "makes",
];

/// Verbs that give a learner a task in class or at home.
const TASKS: [&str; 48] = [
    "ask",
    "answer",
    "tell",
    "say",
    "explain",
    "describe",
    "talk",
    "speak",
    "write",
    "read",
    "listen",
    "repeat",
    "practise",
    "practice",
    "learn",
    "find",
    "look",
    "think",
    "discuss",
    "change",
    "swap",
    "compare",
    "choose",
    "draw",
    "record",
    "imagine",
    "play",
    "use",
    "make",
    "give",
    "show",
    "help",
    "check",
    "underline",
    "cover",
    "test",
    "report",
    "prepare",
    "bring",
    "work",
    "remember",
    "name",
    "list",
    "translate",
    "start",
    "finish",
    "decide",
    "warn",
];

impl Bench<'_> {
    /// A turn without a proof: questions and small talk.
    pub fn reaction(&self, text: &str) -> Result<Proven, String> {
        self.unproven(text)?;
        for (_, sentence) in sentences(text) {
            let small = words(sentence).all(|w| SMALL_TALK.contains(&plain(w).as_str()));
            if !small && !sentence.ends_with('?') {
                return Err("says something about the work without a proof".to_owned());
            }
        }
        Ok(Proven::language(text.trim()))
    }

    /// A question to learners.
    pub fn question(&self, text: &str) -> Result<Proven, String> {
        self.unproven(text)?;
        if sentences(text).iter().all(|(_, s)| s.ends_with('?')) {
            return Ok(Proven::language(text.trim()));
        }
        Err("is no question".to_owned())
    }

    /// The scene of a conversation, or what its player is told: who, where, what they want; no rule.
    pub fn scene(&self, text: &str) -> Result<Proven, String> {
        self.unproven(text)?;
        for (_, sentence) in sentences(text) {
            let first = words(sentence).next().map(plain).unwrap_or_default();
            let sets = matches!(
                first.as_str(),
                "you"
                    | "you're"
                    | "your"
                    | "it"
                    | "it's"
                    | "this"
                    | "there"
                    | "a"
                    | "an"
                    | "the"
                    | "two"
                    | "one"
                    | "at"
                    | "in"
                    | "on"
                    | "today"
                    | "then"
                    | "now"
            );
            if !sets && !TASKS.contains(&first.as_str()) && !sentence.ends_with('?') {
                return Err("tells the player what the SOP says".to_owned());
            }
        }
        Ok(Proven::language(text.trim()))
    }

    /// Something to do with the language of the lesson.
    pub fn task(&self, text: &str) -> Result<Proven, String> {
        self.unproven(&without_amounts(text))?;
        let all = sentences(text).iter().all(|(_, sentence)| {
            let mut words = words(sentence).map(plain);
            let first = words.next().unwrap_or_default();
            let first = if matches!(first.as_str(), "then" | "now" | "next") {
                words.next().unwrap_or_default()
            } else {
                first
            };
            TASKS.contains(&first.as_str()) || sentence.ends_with('?')
        });
        if all { Ok(Proven::language(text.trim())) } else { Err("is no task for a learner".to_owned()) }
    }

    /// What a word means: easier than the word, without it, no rule.
    pub fn meaning(&self, word: &str, text: &str) -> Result<Proven, String> {
        let text = text.trim().trim_end_matches('.');
        if let Some(fault) = super::hygiene::fault(text, 200) {
            return Err(fault.to_owned());
        }
        let most = self.definition_words();
        if word_count(text) > most {
            return Err(format!("has more than {most} words"));
        }
        if claims(text) {
            return Err("gives a rule or a number".to_owned());
        }
        let own = stems(word);
        if stems(text).iter().any(|s| own.contains(s)) {
            return Err("explains the word with itself".to_owned());
        }
        if let Some(above) = self.words_above(text).first() {
            return Err(format!("uses “{above}”, which is above {}", self.level));
        }
        Ok(Proven::language(text))
    }

    /// Something about a form of English; the work does not come into it.
    pub fn explanation(&self, text: &str) -> Result<Proven, String> {
        let text = text.trim();
        Self::form(text)?;
        if text.chars().any(|c| c.is_ascii_digit()) || word_count(text) > 60 {
            return Err("is no short explanation".to_owned());
        }
        let found = stems(text);
        let term = self.terms.iter().find(|t| {
            let own = stems(t);
            !own.is_empty() && own.iter().all(|s| found.contains(s))
        });
        if let Some(term) = term {
            return Err(format!("speaks of the work (“{term}”)"));
        }
        if let Some(above) = self.words_above(text).first() {
            return Err(format!("uses “{above}”, which is above {}", self.level));
        }
        Ok(Proven::language(text))
    }

    fn unproven(&self, text: &str) -> Result<(), String> {
        let text = text.trim();
        Self::form(text)?;
        let questions =
            sentences(text).iter().filter(|(_, s)| !s.ends_with('?')).map(|(_, s)| *s).collect::<Vec<_>>().join(" ");
        let small = words(&questions).all(|w| SMALL_TALK.contains(&plain(w).as_str()));
        if !small && claims(&questions) || text.chars().any(|c| c.is_ascii_digit()) {
            return Err("gives a rule or a number without a proof".to_owned());
        }
        let known =
            |w: &String| GENERAL.contains(&plain(w).as_str()) || stems(w).iter().all(|s| self.lesson.contains(s));
        let foreign = self.words_above(text).into_iter().find(|w| !known(w));
        if let Some(word) = foreign {
            return Err(format!("uses “{word}”, which is above {}", self.level));
        }
        match sentences(text).into_iter().find(|(_, s)| word_count(s) > most_words(self.level) + 4) {
            Some(_) => Err("has a sentence that is too long for the level".to_owned()),
            None => Ok(()),
        }
    }
}

/// "Write five sentences" says how much to write; it gives no number of the SOP.
fn without_amounts(text: &str) -> String {
    const COUNTED: [&str; 9] =
        ["sentences", "questions", "words", "things", "examples", "turns", "times", "people", "answers"];
    let mut out: Vec<&str> = Vec::new();
    for word in text.split(' ') {
        let counted = COUNTED.contains(&plain(word.trim_matches(|c: char| !c.is_alphanumeric())).as_str());
        if counted && out.last().is_some_and(|before| claims(before)) {
            out.pop();
        }
        out.push(word);
    }
    out.join(" ")
}

fn plain(word: &str) -> String {
    word.to_lowercase().replace('’', "'")
}
