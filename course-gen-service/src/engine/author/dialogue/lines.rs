//! Sentences that people say about a step: "Have you tested the brakes?", "I've tested the brakes", "First, we test ...".

use cefr::Form as WordForm;

use crate::engine::english::adjunct::Wh;
use crate::engine::english::text::{about_me, capitalise, sentence};
use crate::engine::english::words::{base_of_third_person, is_verb};

/// "test the brakes" -> "Test the brakes."
pub fn order(phrase: &str) -> String {
    sentence(phrase)
}

/// "tested the brakes", of one verb; nothing where a second verb would have to change too.
pub fn perfect(phrase: &str) -> Option<String> {
    let (verb, rest) = phrase.split_once(' ')?;
    let padded = format!(" {rest}");
    let second = padded.split(" and ").skip(1).chain(padded.split(", ").skip(1));
    let changes = second.filter_map(|part| part.split(' ').next()).any(|w| is_verb(w) || w == "then");
    let until =
        ["until ", "unless ", "if ", "when "].iter().any(|w| rest.starts_with(w) || rest.contains(&format!(" {w}")));
    // "Have you cleaned it every day?" is no question about this shift.
    let routine = rest.split(' ').any(|w| {
        let bare = w.trim_end_matches(['.', ',']);
        matches!(bare, "every" | "daily" | "weekly" | "monthly" | "yearly" | "twice" | "always" | "regularly")
    });
    // "Have you kept the receipt for 6 months?" asks about a state, not about a step that is done.
    let state = matches!(
        verb,
        "keep" | "leave" | "wait" | "store" | "wear" | "make" | "ensure" | "follow" | "be" | "ask" | "let"
    );
    (is_verb(verb) && !changes && !until && !state && !routine)
        .then(|| format!("{} {rest}", cefr::inflect(verb, WordForm::PastParticiple)))
}

/// Said by the person who does it: "wash your hands" -> "wash my hands".
pub fn mine(phrase: &str) -> Option<String> {
    let sound = !phrase.split(' ').any(|w| matches!(w, "yourself" | "you"));
    sound.then(|| phrase.replace(" your ", " my "))
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

/// A condition as news: "you find a fault" -> "I've found a fault.", "the box is leaking" -> "The box is leaking."
pub fn news(condition: &str) -> Option<String> {
    let Some(rest) = condition.strip_prefix("you ") else {
        let general = ["a ", "an ", "any ", "there "].iter().any(|d| condition.starts_with(d));
        let named = ["the ", "your "].iter().any(|d| condition.starts_with(d));
        let settled = condition.contains(" or ") || condition.contains(" must ");
        return ((general || named) && !settled && !condition.contains(" you"))
            .then(|| sentence(&capitalise(condition)));
    };
    let (verb, object) = rest.split_once(' ')?;
    if object.contains(" you") || object.contains(" or ") {
        return None;
    }
    let object = object.replace("your ", "my ");
    match verb {
        "are" => Some(format!("I’m {object}.")),
        "cannot" => Some(format!("I can’t {object}.")),
        "have" => Some(format!("I’ve got {object}.")),
        "see" | "hear" | "smell" => Some(format!("I can {verb} {object}.")),
        "find" | "notice" | "receive" | "lose" | "break" | "spill" | "detect" => {
            Some(format!("I’ve {} {object}.", cefr::inflect(verb, WordForm::PastParticiple)))
        }
        _ => None,
    }
}

/// The condition as part of a question of the person who asks.
pub fn asked(condition: &str) -> Option<String> {
    about_me(condition)
}

/// A short question after a step, for its last detail.
pub fn follow_up(wh: Wh, core: &str, turn: usize) -> Option<&'static str> {
    let verb = core.split(' ').next().unwrap_or_default();
    Some(match wh {
        Wh::HowLong => ["For how long?", "How long for?"][turn % 2],
        Wh::HowSoon => ["How soon?", "OK. How quickly?"][turn % 2],
        Wh::HowOften => "How often?",
        Wh::HowManyTimes => "How many times?",
        Wh::WhatTemperature => "At what temperature?",
        Wh::WhatSpeed => "At what speed?",
        Wh::WhatTime => "At what time?",
        Wh::When => ["When exactly?", "OK. When?"][turn % 2],
        Wh::Where if matches!(verb, "put" | "place" | "store" | "keep") => "Where does it go?",
        Wh::Where => ["Where?", "Where exactly?"][turn % 2],
        Wh::WithWhat => ["What with?", "What do I use?"][turn % 2],
        Wh::Why => "Why is that?",
        Wh::HowMuch | Wh::WhatSetting => return None,
    })
}

/// "the host collects" -> whether the subject of a role does it alone: "Who collects ...?"
pub fn who(predicate: &str) -> Option<String> {
    let verb = predicate.split(' ').next()?;
    base_of_third_person(verb).map(|_| format!("Who {predicate}?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_is_done_has_its_participle() {
        assert_eq!(perfect("test the brakes and the horn").as_deref(), Some("tested the brakes and the horn"));
        assert_eq!(perfect("write the number in the register").as_deref(), Some("written the number in the register"));
        assert_eq!(perfect("put the item in a bag and close the bag"), None);
        assert_eq!(perfect("wait until the light is green"), None);
        assert_eq!(perfect("cover and label the food"), None);
    }

    #[test]
    fn a_condition_becomes_news() {
        assert_eq!(news("you find a fault").as_deref(), Some("I’ve found a fault."));
        assert_eq!(news("you are not sure about an ingredient").as_deref(), Some("I’m not sure about an ingredient."));
        assert_eq!(news("the box is leaking").as_deref(), Some("The box is leaking."));
        assert_eq!(news("the item is dirty or wet"), None);
    }

    #[test]
    fn people_speak_of_themselves() {
        assert_eq!(mine("wash your hands").as_deref(), Some("wash my hands"));
        assert_eq!(ours("wash your hands before you start").as_deref(), Some("wash our hands before we start"));
        assert_eq!(ours("warn the people near you"), None);
    }
}
