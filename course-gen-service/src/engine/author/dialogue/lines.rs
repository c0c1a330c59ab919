//! Sentences that people say about a step: "Have you tested the brakes?", "I've tested the brakes", "First, we test ...".

use cefr::Form as WordForm;

use super::tense;
use crate::engine::english::adjunct::Wh;
use crate::engine::english::text::{about_me, capitalise, sentence};
use crate::engine::english::words::{base_of_participle, is_verb};
use crate::engine::verify::language;

/// "test the brakes" -> "Test the brakes."
pub fn order(phrase: &str) -> String {
    sentence(phrase)
}

/// Said by the person who does it: "wash your hands before you start" -> "wash my hands before I start".
pub fn mine(phrase: &str) -> Option<String> {
    let mut out: Vec<&str> = Vec::new();
    for word in phrase.split(' ') {
        let before = out.last().copied().unwrap_or_default();
        out.push(match word {
            "your" => "my",
            "you" if matches!(before, "before" | "after" | "when" | "if" | "while" | "until" | "whenever") => "I",
            "are" if before == "I" => "am",
            "you" | "yourself" => return None,
            other => other,
        });
    }
    Some(out.join(" "))
}

/// Said by one of the team: "wash your hands before you start" -> "wash our hands before we start".
pub fn ours(phrase: &str) -> Option<String> {
    let mut out: Vec<&str> = Vec::new();
    for word in phrase.split(' ') {
        let before = out.last().copied().unwrap_or_default();
        out.push(match word {
            "your" => "our",
            "you" if matches!(before, "before" | "after" | "when" | "if" | "while" | "that" | "until" | "whenever") => {
                "we"
            }
            "you" | "yourself" => return None,
            other => other,
        });
    }
    Some(out.join(" "))
}

/// A condition as news: "you find a fault" -> "I’ve found a fault.", "a guest loses a card" -> "A guest has lost a card."
pub fn news(condition: &str) -> Option<String> {
    if condition.contains(" or ") || condition.contains(" must ") || condition.contains(" may ") {
        return None;
    }
    let Some(rest) = condition.strip_prefix("you ") else { return others(condition) };
    let (verb, object) = rest.split_once(' ')?;
    if object.contains(" you") || object.starts_with("any ") {
        return None;
    }
    let object = format!(" {object}").replace(" your ", " my ");
    let object = object.trim_start();
    match verb {
        "are" => Some(format!("I’m {object}.")),
        "cannot" => Some(format!("I can’t {object}.")),
        "have" if is_done(object) => Some(format!("I’ve {object}.")),
        "have" => Some(format!("I’ve got {object}.")),
        "see" | "hear" | "smell" => Some(format!("I can {verb} {object}.")),
        "find" | "notice" | "receive" | "lose" | "break" | "spill" | "detect" | "drop" | "damage" | "discover" => {
            Some(format!("I’ve {} {object}.", cefr::inflect(verb, WordForm::PastParticiple)))
        }
        _ => None,
    }
}

/// "already clicked on a link", "been ill": the rest of a perfect, and no thing that one has.
fn is_done(object: &str) -> bool {
    let mut words = object.split(' ').filter(|w| !matches!(*w, "already" | "just" | "not" | "ever" | "recently"));
    words.next().is_some_and(|w| w == "been" || base_of_participle(w).is_some_and(|base| is_verb(&base)))
}

/// What somebody or something else has done.
fn others(condition: &str) -> Option<String> {
    const STATES: [&str; 24] = [
        "be", "need", "want", "have", "contain", "belong", "smell", "look", "seem", "know", "show", "feel", "require",
        "exceed", "weigh", "cost", "mean", "include", "live", "work", "sound", "last", "fit", "match",
    ];
    let known = ["a ", "an ", "the ", "your "].iter().any(|d| condition.starts_with(d));
    if !known || condition.contains(" you") && !condition.starts_with("your ") {
        return None;
    }
    let words: Vec<&str> = condition.split(' ').collect();
    let event = words.iter().enumerate().skip(2).take(3).find_map(|(at, w)| {
        let base = tense::base_of_event(w)?;
        (!STATES.contains(&base.as_str())).then_some((at, base))
    });
    let finite_before = |at: usize| words[..at].iter().any(|w| crate::engine::english::words::is_finite(w));
    let said = match event.filter(|(at, _)| !finite_before(*at)) {
        Some((at, base)) => {
            let rest = words[at + 1..].join(" ");
            let done = cefr::inflect(&base, WordForm::PastParticiple);
            format!("{} has {done} {rest}", words[..at].join(" "))
        }
        None => condition.to_owned(),
    };
    let said = match said.strip_prefix("your ") {
        Some(rest) => format!("my {}", rest.replace(" your ", " my ")),
        None => said.replace(" your ", " my "),
    };
    Some(contracted(&sentence(&capitalise(said.trim()))))
}

/// "do not" -> "don’t": the way it is said.
pub fn contracted(text: &str) -> String {
    const PAIRS: [(&str, &str); 26] = [
        ("had not", "hadn’t"),
        ("were not", "weren’t"),
        ("could not", "couldn’t"),
        ("would not", "wouldn’t"),
        ("do not", "don’t"),
        ("does not", "doesn’t"),
        ("did not", "didn’t"),
        ("is not", "isn’t"),
        ("are not", "aren’t"),
        ("was not", "wasn’t"),
        ("has not", "hasn’t"),
        ("have not", "haven’t"),
        ("must not", "mustn’t"),
        ("should not", "shouldn’t"),
        ("will not", "won’t"),
        ("cannot", "can’t"),
        ("it is", "it’s"),
        ("they are", "they’re"),
        ("you are", "you’re"),
        ("we are", "we’re"),
        ("Do not", "Don’t"),
        ("It is", "It’s"),
        ("They are", "They’re"),
        ("You are", "You’re"),
        ("We are", "We’re"),
        ("I am", "I’m"),
    ];
    let mut out = format!(" {text} ");
    for (long, short) in PAIRS {
        out = out.replace(&format!(" {long} "), &format!(" {short} "));
    }
    out.trim().to_owned()
}

/// Nothing that the language rules find fault with.
pub fn is_sound(text: &str) -> bool {
    language::faults(text).is_empty()
}

/// Another number that sounds like it: what somebody might have understood.
pub fn misheard(answer: &str) -> Option<String> {
    const ALIKE: [(&str, &str); 24] = [
        ("13", "30"),
        ("14", "40"),
        ("15", "50"),
        ("16", "60"),
        ("17", "70"),
        ("18", "80"),
        ("19", "90"),
        ("30", "13"),
        ("40", "14"),
        ("50", "15"),
        ("60", "16"),
        ("70", "17"),
        ("80", "18"),
        ("90", "19"),
        ("5", "9"),
        ("9", "5"),
        ("20", "12"),
        ("12", "20"),
        ("7", "11"),
        ("11", "7"),
        ("24", "34"),
        ("48", "38"),
        ("2", "10"),
        ("10", "2"),
    ];
    let words: Vec<&str> = answer.split(' ').collect();
    let digits = |w: &str| w.chars().any(|c| c.is_ascii_digit());
    let at = words.iter().position(|w| digits(w))?;
    if words.iter().filter(|w| digits(w)).count() != 1 {
        return None;
    }
    let (_, wrong) = ALIKE.iter().find(|(right, _)| *right == words[at])?;
    let mut heard = words.clone();
    heard[at] = wrong;
    let from = words.iter().position(|w| matches!(*w, "least" | "most" | "than")).map_or(0, |i| i + 1);
    Some(heard[from.min(at)..].join(" "))
}

/// The condition as part of a question of the person who asks.
pub fn asked(condition: &str) -> Option<String> {
    about_me(condition).map(|asked| contracted(&asked))
}

/// Short questions after a step, for its last detail.
pub fn follow_up(wh: Wh, core: &str, turn: usize) -> Option<&'static [&'static str]> {
    let verb = core.split(' ').next().unwrap_or_default();
    Some(match wh {
        Wh::HowLong => &["For how long?", "How long for?"],
        Wh::HowSoon => &["How soon?", "OK. How quickly?"],
        Wh::HowOften => &["How often?", "And how often?"],
        Wh::HowManyTimes => &["How many times?"],
        Wh::WhatTemperature => &["At what temperature?"],
        Wh::WhatSpeed => &["At what speed?"],
        Wh::WhatTime => &["At what time?"],
        Wh::When => &["When exactly?", "OK. When?"],
        Wh::Where if matches!(verb, "put" | "place" | "store" | "keep") && turn.is_multiple_of(2) => {
            &["Where does it go?", "Where?"]
        }
        Wh::Where => &["Where?", "Where exactly?"],
        Wh::WithWhat => &["What with?", "What do I use?"],
        Wh::Why => &["Why is that?", "What’s that for?"],
        Wh::HowMuch | Wh::WhatSetting => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_becomes_news() {
        assert_eq!(news("you find a fault").as_deref(), Some("I’ve found a fault."));
        assert_eq!(news("you are not sure about an ingredient").as_deref(), Some("I’m not sure about an ingredient."));
        assert_eq!(news("you have already clicked on a link").as_deref(), Some("I’ve already clicked on a link."));
        assert_eq!(news("you have a cold").as_deref(), Some("I’ve got a cold."));
        assert_eq!(news("the box is leaking").as_deref(), Some("The box is leaking."));
        assert_eq!(news("the item is dirty or wet"), None);
        assert_eq!(news("a guest loses a key card").as_deref(), Some("A guest has lost a key card."));
        assert_eq!(news("the call bell does not work").as_deref(), Some("The call bell doesn’t work."));
    }

    #[test]
    fn a_misheard_number_sounds_like_the_right_one() {
        assert_eq!(misheard("for at least 15 minutes").as_deref(), Some("50 minutes"));
        assert_eq!(misheard("for 10 minutes at 5 °C"), None);
        assert_eq!(misheard("in the red bag"), None);
    }

    #[test]
    fn people_speak_of_themselves() {
        assert_eq!(mine("wash your hands").as_deref(), Some("wash my hands"));
        assert_eq!(mine("wait before you open it").as_deref(), Some("wait before I open it"));
        assert_eq!(mine("warn the people near you"), None);
        assert_eq!(ours("wash your hands before you start").as_deref(), Some("wash our hands before we start"));
        assert_eq!(ours("warn the people near you"), None);
    }
}
