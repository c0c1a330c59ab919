//! The questions that a rule answers in a few words: "The log must be kept for 12 months." -> "How long does the log have to be
//! kept?" - "For 12 months.", "Alcohol is not reimbursed." -> "Is alcohol reimbursed?" - "No, it isn’t."

mod choice;
mod slot;

pub use slot::of_order;

use course_format::Level;

use super::subject::{is_everybody, pronoun};
use crate::engine::english::forms::{is_plural, third_person};
use crate::engine::english::text::{capitalise, word_count};
use crate::engine::english::words::names_people;

/// Longest subject that a question can carry.
const SUBJECT: usize = 7;
/// Longest rest of a question after its subject.
const CORE: usize = 8;

/// The auxiliary that the sentence asks with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Verb {
    Must,
    Should,
    May,
    Is,
    Do,
}

/// A sentence, taken apart: who or what, how strongly, and the verb phrase in its base form ("be" left out after [`Verb::Is`]).
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// As it stands inside a sentence.
    pub subject: String,
    pub verb: Verb,
    pub negative: bool,
    pub predicate: String,
}

/// A question and what answers it.
pub type Pair = (String, String);

/// Everything that can be asked about the sentence, the most telling question first.
pub fn questions(clause: &Clause, level: Level) -> Vec<Pair> {
    if word_count(&clause.subject) > SUBJECT {
        return Vec::new();
    }
    let made: Vec<Option<Pair>> = if clause.negative {
        vec![
            slot::no_longer(clause, level),
            slot::limit(clause),
            choice::refused_unless(clause, level),
            choice::refused(clause, level),
        ]
    } else {
        vec![
            slot::only(clause, level),
            slot::by_whom(clause, level),
            slot::adjunct(clause, level),
            slot::amount(clause, level),
            slot::object(clause, level),
            choice::granted(clause, level),
        ]
    };
    // Said to one of those whom the rule is about: "Whenever you leave the desk."
    let yours = |answer: String| {
        if clause.is_mine() {
            format!(" {answer}").replace(" they ", " you ").replace(" their ", " your ").trim_start().to_owned()
        } else {
            answer
        }
    };
    let sound = made.into_iter().flatten().filter(|(q, a)| !holds_its_answer(q, a));
    sound.map(|(question, answer)| (question, yours(answer))).collect()
}

/// A question that says what its answer says is no question.
fn holds_its_answer(question: &str, answer: &str) -> bool {
    let bare = answer.trim_end_matches('.').to_lowercase();
    question.to_lowercase().contains(&bare)
}

impl Clause {
    /// The rule is about the one who asks.
    fn is_mine(&self) -> bool {
        is_everybody(&self.subject.to_lowercase())
    }

    /// Whether the subject takes "do" and "are".
    fn is_many(&self) -> Option<bool> {
        if self.is_mine() {
            return Some(true);
        }
        match pronoun(&self.subject) {
            Some(it) => Some(it == "they"),
            None => is_plural(&self.subject).filter(|many| !many || names_people(&self.subject)),
        }
    }

    /// "How long does the log have to be kept?"
    fn ask(&self, wh: &str, core: &str, level: Level) -> Option<String> {
        let many = self.is_many()?;
        let subject = if self.is_mine() { "I" } else { self.subject.as_str() };
        let does = if many { "do" } else { "does" };
        let core = if self.is_mine() { core.replace("their ", "my ") } else { core.to_owned() };
        if word_count(&core) > CORE || self.is_mine() && self.verb == Verb::Is {
            return None;
        }
        if level >= Level::B2 && !wh.is_empty() && (word_count(subject) + word_count(&core)).is_multiple_of(2) {
            return Some(self.politely(wh, subject, &core, many));
        }
        let verb = if self.is_mine() && self.verb == Verb::Do { Verb::Must } else { self.verb };
        let middle = match verb {
            Verb::Must if level < Level::B2 => format!("{does} {subject} have to {core}"),
            Verb::Must => format!("must {subject} {core}"),
            Verb::Should => format!("should {subject} {core}"),
            Verb::May if level <= Level::B1 => format!("can {subject} {core}"),
            Verb::May => format!("may {subject} {core}"),
            Verb::Is => format!("{} {subject} {core}", if many { "are" } else { "is" }),
            Verb::Do => format!("{does} {subject} {core}"),
        };
        Some(format!("{}?", capitalise(format!("{wh} {middle}").trim())))
    }

    /// "Could you tell me how soon claims must be submitted?": the question inside keeps the order of a statement.
    fn politely(&self, wh: &str, subject: &str, core: &str, many: bool) -> String {
        let verb = match self.verb {
            Verb::Do if self.is_mine() => "have to ",
            Verb::Must => "must ",
            Verb::Should => "should ",
            Verb::May => "may ",
            Verb::Is if many => "are ",
            Verb::Is => "is ",
            Verb::Do if many => "",
            Verb::Do => {
                let (verb, rest) = core.split_once(' ').unwrap_or((core, ""));
                let said = format!("{subject} {} {rest}", third_person(verb));
                return format!("Could you tell me {} {}?", wh.to_lowercase(), said.trim_end());
            }
        };
        format!("Could you tell me {} {subject} {verb}{core}?", wh.to_lowercase())
    }

    /// The verb phrase with its "be".
    fn whole(&self) -> String {
        if self.verb == Verb::Is { format!("be {}", self.predicate) } else { self.predicate.clone() }
    }

    /// A verb phrase without "be", where the auxiliary is a form of it.
    fn without_be<'p>(&self, phrase: &'p str) -> &'p str {
        if self.verb == Verb::Is { phrase.strip_prefix("be ").unwrap_or(phrase) } else { phrase }
    }
}

#[cfg(test)]
mod tests;
