//! What people say when they have heard an answer, by what kind of answer it was.

use course_format::Level;

use super::script::Voice;
use crate::engine::english::words::is_verb;

/// What was said last.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Answer {
    #[default]
    Nothing,
    Order,
    Ban,
    /// A few words: a place, a time, a person, an amount.
    Slot,
    /// Yes or no.
    Verdict,
    Reason,
    Fact,
    /// A rule that the other one has not read yet.
    News,
    /// "It’s OK. Nothing’s happened."
    Comfort,
}

/// Words of somebody who has understood it.
pub fn to(answer: Answer, voice: Voice, level: Level) -> &'static [&'static str] {
    let plain = level <= Level::B1;
    match (voice, answer) {
        (_, Answer::Nothing) => &[],
        (Voice::Inspector, Answer::Reason) => &["I see.", "That makes sense."],
        (Voice::Inspector, _) => &["I see.", "Right.", "Fine.", "Thank you."],
        (Voice::Guest, Answer::Verdict | Answer::Ban) => &["Oh, I see.", "All right.", "I understand."],
        (Voice::Guest, _) => &["Thank you.", "I see.", "All right.", "Good."],
        (Voice::Doer, Answer::Order) if plain => &["OK.", "All right.", "OK, I’ll do that.", "Right."],
        (Voice::Doer, Answer::Order) => &["All right.", "Will do.", "Fine.", "OK, I’ll see to it."],
        (Voice::Doer, Answer::Ban) if plain => &["OK, I won’t.", "Oh, OK.", "Right, I’ll be careful."],
        (Voice::Doer, Answer::Ban) => &["Fair enough.", "No, of course not.", "Understood."],
        (Voice::Doer, Answer::Slot) => &["OK.", "Right.", "I see.", "Good."],
        (Voice::Doer, Answer::Verdict) if plain => &["Oh, OK.", "Good to know.", "I see."],
        (Voice::Doer, Answer::Verdict) => &["Good to know.", "I thought so.", "Right."],
        (Voice::Doer, Answer::Reason) => &["Ah, that makes sense.", "Oh, I see."],
        (Voice::Doer, Answer::Comfort) => &["OK.", "Thank you.", "Right."],
        (Voice::Doer, Answer::News) => &["Really? I didn’t know that.", "That’s new to me.", "Good to know.", "I see."],
        (Voice::Doer, Answer::Fact) => &["I see.", "OK.", "Right.", "Good to know."],
    }
}

/// What somebody says who has just done the step.
pub fn done(phrase: &str) -> &'static [&'static str] {
    let (verb, rest) = phrase.split_once(' ').unwrap_or((phrase, ""));
    let two = rest.split(" and ").skip(1).any(|p| p.split(' ').next().is_some_and(is_verb));
    match verb {
        _ if two => &["OK, that’s done.", "Done."],
        "check" | "inspect" | "examine" if !rest.starts_with("that ") || !rest.contains(" not ") => {
            &["Everything looks fine.", "It all looks OK.", "OK, no problems there."]
        }
        "wait" | "stay" => &["OK, I’ll wait.", "All right."],
        "leave" | "let" | "keep" | "follow" | "use" | "never" | "make" | "ensure" | "avoid" | "remember" => {
            &["OK.", "All right.", "OK, I’ll do that."]
        }
        "tell" | "inform" | "call" | "ask" | "notify" | "report" | "send" | "contact" => {
            &["OK, I’ll do that.", "All right, I will."]
        }
        "wash" | "wear" | "put" if rest.starts_with("on ") || verb != "put" => &["OK, I’m ready.", "Done."],
        _ => &["Done.", "OK, that’s done.", "Like this?", "OK, I’ve done that."],
    }
}
