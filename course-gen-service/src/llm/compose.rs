//! From answers to lesson parts: of every element, the best candidate that passes; where none does, what the rules wrote.

use course_format::course::{Dialogue, Gloss, Proven, Reading, RoleCard, RolePlay, Turn, VocabularyEntry};
use uuid::Uuid;

use super::answers::{Cited, Conversation, Play, Said, Spoken, TalkAnswer, TextAnswer};
use super::checks::{Bench, Scope, is_rewritable};
use super::hygiene;
use super::questions::line_name;
use crate::engine::author::LessonText;
use crate::engine::english::text::{capitalise, contains_word};

/// A part of the lesson that the rules had to write after all, and why.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fallback {
    pub part: &'static str,
    pub reason: String,
}

/// Puts candidates in the place of what the rules wrote, where they pass.
pub struct Composer<'a> {
    pub bench: &'a Bench<'a>,
    pub lesson: Uuid,
    pub fallbacks: Vec<Fallback>,
}

impl Composer<'_> {
    pub fn text(&mut self, base: &mut LessonText, candidates: &[TextAnswer]) {
        self.reading(&mut base.reading, candidates);
        self.glosses(&mut base.reading, candidates);
        self.definitions(&mut base.vocabulary, candidates);
        if let Some(grammar) = &mut base.grammar {
            let tried = candidates.iter().map(|c| self.bench.explanation(&c.grammar_explanation));
            if let Some(explanation) = self.first("grammar", tried.collect()) {
                grammar.explanation = explanation;
            }
        }
    }

    pub fn talk(&mut self, base: &mut LessonText, candidates: &[TalkAnswer]) {
        let bench = self.bench;
        let objectives = candidates.iter().map(|c| each(&c.objectives, |s| objective(bench, s)));
        if let Some(best) = self.most("objectives", objectives.collect(), 3) {
            base.objectives = best;
        }
        let warm_up = candidates.iter().map(|c| each(&c.warm_up, |s| bench.question(&s.text)));
        if let Some(best) = self.most("warm-up", warm_up.collect(), 2) {
            base.warm_up = best;
        }
        let homework = candidates.iter().map(|c| each(&c.homework, |s| bench.task(&s.text)));
        if let Some(best) = self.most("homework", homework.collect(), 1) {
            base.homework = best;
        }
        let dialogues = candidates.iter().map(|c| self.dialogue(&c.dialogue)).collect();
        if let Some(dialogue) = self.first("dialogue", dialogues) {
            base.dialogue = Some(dialogue);
        }
        if let Some(play) = &base.role_play {
            let plays = candidates.iter().map(|c| self.role_play(&c.role_play, play)).collect();
            if let Some(play) = self.first("role-play", plays) {
                base.role_play = Some(play);
            }
        }
    }

    /// Line by line; the SOP's headings, numbers and order stay. The whole must not be farther from the level than before.
    fn reading(&mut self, base: &mut Reading, candidates: &[TextAnswer]) {
        let mut reading = base.clone();
        let mut refused: Vec<String> = Vec::new();
        for (i, line) in reading.lines.iter_mut().enumerate().filter(|(_, l)| is_rewritable(l)) {
            let name = line_name(i);
            let mut written = candidates.iter().filter_map(|c| c.lines.iter().find(|l| l.line == name)).peekable();
            if written.peek().is_none() {
                continue;
            }
            let mut reason = String::new();
            let passed = written.find_map(|l| match self.bench.line(&l.text, &l.proof, &line.text) {
                Ok(text) => Some(text),
                Err(why) => {
                    reason = why;
                    None
                }
            });
            match passed {
                Some(text) => line.text = text,
                None => refused.push(format!("line {} {reason}", i + 1)),
            }
        }
        let all = |r: &Reading| r.lines.iter().map(|l| l.text.text.as_str()).collect::<Vec<_>>().join("\n");
        if self.bench.distance(&all(&reading)) > self.bench.distance(&all(base)) + 0.25 {
            self.fall_back("reading", "is farther from the level than the rules' text".to_owned());
            return;
        }
        *base = reading;
        if let Some(first) = refused.first() {
            let more = refused.len() - 1;
            let reason = if more == 0 { first.clone() } else { format!("{first} (and {more} more lines)") };
            self.fall_back("reading", reason);
        }
    }

    fn glosses(&mut self, reading: &mut Reading, candidates: &[TextAnswer]) {
        let text = reading.lines.iter().map(|l| l.text.text.to_lowercase()).collect::<Vec<_>>().join("\n");
        for gloss in candidates.iter().flat_map(|c| &c.glosses) {
            let word = gloss.word.trim().to_lowercase();
            let known = reading.glosses.iter().any(|g| g.word.to_lowercase() == word)
                || self.bench.terms.iter().any(|t| t.to_lowercase() == word);
            if known || reading.glosses.len() >= 8 || !contains_word(&text, &word) {
                continue;
            }
            if let Ok(meaning) = self.bench.meaning(&word, &gloss.meaning) {
                reading.glosses.push(Gloss { word, meaning });
            }
        }
    }

    /// A definition of the SOP stays; where the rules found none, or one of a dictionary, a model may give a better one.
    fn definitions(&mut self, vocabulary: &mut [VocabularyEntry], candidates: &[TextAnswer]) {
        for entry in vocabulary.iter_mut().filter(|e| e.definition.as_ref().is_none_or(|d| d.provenance.is_empty())) {
            let word = entry.term.to_lowercase();
            let meanings =
                candidates.iter().flat_map(|c| &c.definitions).filter(|d| d.word.trim().to_lowercase() == word);
            let passed = meanings.map(|d| self.bench.meaning(&entry.term, &d.meaning)).find_map(Result::ok);
            if let Some(meaning) = passed {
                entry.definition = Some(meaning);
            }
        }
    }

    fn dialogue(&self, said: &Conversation) -> Result<Dialogue, String> {
        let [first, second] = said.roles.as_slice() else { return Err("has not two roles".to_owned()) };
        if first == second || said.roles.iter().any(|r| !is_label(r, 40)) {
            return Err("has roles that name nobody".to_owned());
        }
        if !(6..=16).contains(&said.turns.len()) {
            return Err(format!("has {} turns", said.turns.len()));
        }
        let id = Uuid::new_v5(&self.lesson, b"dialogue");
        let mut turns = Vec::with_capacity(said.turns.len());
        for (i, turn) in said.turns.iter().enumerate() {
            let text = self.turn(turn, &said.roles).map_err(|why| format!("turn {} {why}", i + 1))?;
            let id = Uuid::new_v5(&id, format!("turn/{i}").as_bytes());
            turns.push(Turn { id, role: turn.role.clone(), text });
        }
        if turns.windows(2).any(|w| w[0].role == w[1].role) {
            return Err("has somebody answering themselves".to_owned());
        }
        if turns.iter().filter(|t| !t.text.provenance.is_empty()).count() < 3 {
            return Err("says too little of the SOP".to_owned());
        }
        self.bench.in_order(said.turns.iter().map(|t| t.proof.as_slice()))?;
        let situation = self.bench.scene(&said.situation).map_err(|why| format!("situation {why}"))?;
        let title =
            if is_label(&said.title, 80) { said.title.trim().to_owned() } else { format!("{first} and {second}") };
        Ok(Dialogue { id, title, situation, roles: said.roles.clone(), turns })
    }

    fn turn(&self, turn: &Spoken, roles: &[String]) -> Result<Proven, String> {
        if !roles.contains(&turn.role) {
            return Err("is spoken by nobody".to_owned());
        }
        if turn.proof.is_empty() {
            self.bench.reaction(&turn.text)
        } else {
            self.bench.proven(&turn.text, &turn.proof, Scope::Part)
        }
    }

    fn role_play(&self, said: &Play, base: &RolePlay) -> Result<RolePlay, String> {
        let situation = self.bench.scene(&said.situation).map_err(|why| format!("situation {why}"))?;
        let mut cards: Vec<RoleCard> = Vec::new();
        for card in &said.cards {
            if !is_label(&card.role, 40) || cards.iter().any(|c| c.role == card.role) {
                return Err("has roles that name nobody".to_owned());
            }
            let brief = self.bench.scene(&card.brief).map_err(|why| format!("card {why}"))?;
            cards.push(RoleCard { role: card.role.clone(), brief });
        }
        if cards.len() != 2 {
            return Err("has not two cards".to_owned());
        }
        Ok(RolePlay { situation, cards, ..base.clone() })
    }

    /// The first candidate that passes.
    fn first<T>(&mut self, part: &'static str, tried: Vec<Result<T, String>>) -> Option<T> {
        let mut reason = None;
        for result in tried {
            match result {
                Ok(passed) => return Some(passed),
                Err(why) => reason = reason.or(Some(why)),
            }
        }
        if let Some(reason) = reason {
            self.fall_back(part, reason);
        }
        None
    }

    /// The candidate of which most passes, if that is enough.
    fn most(
        &mut self,
        part: &'static str,
        tried: Vec<(Vec<Proven>, Option<String>)>,
        enough: usize,
    ) -> Option<Vec<Proven>> {
        let any = !tried.is_empty();
        let reason = tried.iter().find_map(|(_, why)| why.clone());
        // The earlier one of equals: `max_by_key` would take the later.
        let best = tried.into_iter().rev().max_by_key(|(passed, _)| passed.len()).map(|(passed, _)| passed);
        let best = best.filter(|passed| passed.len() >= enough);
        if best.is_none() && any {
            self.fall_back(part, reason.unwrap_or_else(|| "has too few elements".to_owned()));
        }
        best.map(|mut passed| {
            passed.truncate(4);
            passed
        })
    }

    fn fall_back(&mut self, part: &'static str, reason: String) {
        self.fallbacks.push(Fallback { part, reason });
    }
}

/// The elements that pass, each once, and why the first of the others does not.
fn each(said: &[Said], check: impl Fn(&Said) -> Result<Proven, String>) -> (Vec<Proven>, Option<String>) {
    let (mut passed, mut reason): (Vec<Proven>, Option<String>) = (Vec::new(), None);
    for element in said.iter().take(8) {
        match check(element) {
            Ok(text) if passed.iter().any(|p| p.text == text.text) => {}
            Ok(text) => passed.push(text),
            Err(why) => reason = reason.or(Some(why)),
        }
    }
    (passed, reason)
}

/// "Can report a freezer out of range." The "can" is the learner's; what follows has to stand in the SOP.
fn objective(bench: &Bench<'_>, said: &Said) -> Result<Proven, String> {
    let text = said.text.trim().trim_end_matches('.');
    let rest = text.strip_prefix("Can ").ok_or("is no can-do statement")?;
    let cited: &[Cited] = &said.proof;
    if rest.starts_with("know") || rest.starts_with("learn") {
        return Err("names no activity that shows it".to_owned());
    }
    let proven = bench.proven(&format!("{}.", capitalise(rest)), cited, Scope::Part)?;
    Ok(Proven { text: format!("{text}."), relation: course_format::course::Relation::Compress, ..proven })
}

fn is_label(text: &str, most: usize) -> bool {
    hygiene::fault(text, most).is_none() && !text.chars().any(|c| c.is_ascii_digit()) && text.trim() == text
}
