//! R6, the condition first, and R7, "unless" to "if not".

use super::phrase::{bare, participle_base, without_capital};
use crate::engine::english::parse::{Form, is_statement, parse};
use crate::engine::english::text::{capitalise, word_count};
use crate::engine::english::words::{base_of_third_person, is_noun_like, is_verb, names_people};
use crate::engine::facts::has_pronoun;

/// "Discard the box if it is wet." -> "If the box is wet, discard it." "Discard food if unsure." -> "If you are unsure, discard food."
pub fn first(sentence: &str) -> Option<String> {
    let text = sentence.strip_suffix('.')?;
    let (joiner, main, condition) = [(" if ", "If"), (" when ", "When")]
        .iter()
        .find_map(|(mark, joiner)| text.split_once(mark).map(|(main, condition)| (*joiner, main, condition)))?;
    let blocked =
        main.contains([',', ':', '(']) || condition.contains([',', ':', '(', '/']) || condition.contains(" if ");
    let not_a_condition = ["check", "even", "only", "as", "see", "ask", "know", "and", "or", "of"]
        .iter()
        .any(|w| main.split(' ').next_back().is_some_and(|last| last.eq_ignore_ascii_case(w)));
    if blocked || not_a_condition || joiner == "When" && condition.contains(" or ") {
        return None;
    }
    let (Form::Do(command) | Form::DoNot(command)) = parse(main) else { return None };
    if command.phrases.len() != 1 {
        return None;
    }
    let order = format!("{}{}", main[..1].to_lowercase(), &main[1..]);
    if condition == "unsure" || condition == "in doubt" {
        let said = if condition == "unsure" { "you are unsure" } else { "you are in doubt" };
        return (word_count(main) >= 2).then(|| format!("If {said}, {order}."));
    }
    if !is_statement(condition) {
        return None;
    }
    if !has_pronoun(condition) && !has_pronoun(main) {
        return Some(format!("{joiner} {condition}, {order}."));
    }
    let (verb, thing) = main.split_once(' ')?;
    let plain_thing =
        word_count(thing) <= 4 && thing.starts_with("the ") && !thing[4..].contains(" the ") && !has_pronoun(thing);
    let rest = condition.strip_prefix("it ").filter(|r| !has_pronoun(r))?;
    plain_thing.then(|| format!("{joiner} {thing} {rest}, {} it.", verb.to_lowercase()))
}

/// "If the light is red, stop." -> "Is the light red? Stop." For beginners.
pub fn as_question(sentence: &str) -> Option<String> {
    let (condition, order) = sentence.strip_prefix("If ")?.split_once(", ")?;
    let one_order =
        !order.contains(',') && matches!(parse(order), Form::Do(ref c) | Form::DoNot(ref c) if c.phrases.len() == 1);
    if !one_order || condition.contains(" not ") || condition.contains(" or ") || condition.contains(" and ") {
        return None;
    }
    let words: Vec<&str> = condition.split(' ').collect();
    let be = words.iter().position(|w| matches!(*w, "is" | "are"))?;
    let subject = words[..be].join(" ");
    let plain = (1..=4).contains(&be) && be + 1 < words.len() && !has_pronoun(&subject) && words[0] != "there";
    plain.then(|| format!("{} {subject} {}? {}", capitalise(words[be]), words[be + 1..].join(" "), capitalise(order)))
}

/// "Do not enter unless the light is green." -> "If the light is not green, do not enter."
pub fn unless(sentence: &str, document: &str) -> Option<String> {
    let text = sentence.strip_suffix('.')?;
    let (main, condition) = text.split_once(" unless ")?;
    let order = matches!(parse(main), Form::DoNot(ref c) if c.phrases.len() == 1);
    let statement = matches!(parse(main), Form::Duty { .. } | Form::Role { .. }) || is_statement(main);
    let blocked = [" not ", "only", " no ", " never ", ",", " or ", " and "].iter().any(|w| condition.contains(w))
        || main.contains(',')
        || main.contains(": ")
        || [" if ", " when ", " that ", "only "].iter().any(|w| main.contains(w));
    if !order && !statement || blocked || condition.contains(" unless ") {
        return None;
    }
    let main =
        if order { format!("{}{}", main[..1].to_lowercase(), &main[1..]) } else { without_capital(main, document) };
    Some(format!("If {}, {main}.", denied(condition)?))
}

/// "the light is green" -> "the light is not green", "the manager agrees" -> "the manager does not agree".
fn denied(condition: &str) -> Option<String> {
    let words: Vec<&str> = condition.split(' ').collect();
    let be = words
        .iter()
        .position(|w| matches!(*w, "is" | "are" | "can" | "was" | "were" | "has" | "have" | "must" | "may" | "should"));
    if let Some(at) = be.filter(|at| *at > 0) {
        let owns =
            matches!(words[at], "has" | "have") && words.get(at + 1).is_none_or(|w| participle_base(bare(w)).is_none());
        return match words[at] {
            "have" if owns => Some(format!("{} do not have {}", words[..at].join(" "), words[at + 1..].join(" "))),
            "has" if owns => Some(format!("{} does not have {}", words[..at].join(" "), words[at + 1..].join(" "))),
            _ => Some(format!("{} not {}", words[..=at].join(" "), words[at + 1..].join(" "))),
        }
        .map(|s| s.trim_end().to_owned());
    }
    if words[0] == "you" && words.len() > 1 && is_verb(bare(words[1])) {
        return Some(format!("you do not {}", words[1..].join(" ")));
    }
    // The subject must be sure: "the head of security agrees".
    let at = words.iter().rposition(|w| base_of_third_person(w).is_some_and(|b| !is_noun_like(&b)))?;
    let subject = words[..at].join(" ");
    let base = base_of_third_person(words[at])?;
    let person = matches!(words[0], "the" | "a" | "an" | "your") && names_people(&subject) && at >= 2;
    person.then(|| format!("{subject} does not {base} {}", words[at + 1..].join(" ")).trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_condition_comes_first() {
        for (sentence, expected) in [
            ("Discard the box if it is wet.", "If the box is wet, discard it."),
            ("Discard food if unsure.", "If you are unsure, discard food."),
            ("Call the nurse if the alarm is on.", "If the alarm is on, call the nurse."),
            ("Do not enter if the light is red.", "If the light is red, do not enter."),
        ] {
            assert_eq!(first(sentence).as_deref(), Some(expected));
        }
    }

    #[test]
    fn unclear_conditions_stay_where_they_are() {
        for sentence in [
            "Discard if unsure.",
            "Move food if needed.",
            "Check if the door is closed.",
            "Wash it, dry it if it is wet.",
        ] {
            assert_eq!(first(sentence), None, "{sentence}");
        }
    }

    #[test]
    fn a_question_is_a_condition_for_beginners() {
        assert_eq!(
            as_question("If the light is red, stop the pump.").as_deref(),
            Some("Is the light red? Stop the pump.")
        );
        assert_eq!(as_question("If the light is not red, stop the pump."), None);
        assert_eq!(as_question("If the light is red, stop the pump and call the nurse."), None);
    }

    #[test]
    fn unless_is_if_not() {
        assert_eq!(
            unless("Do not enter unless the light is green.", "").as_deref(),
            Some("If the light is not green, do not enter.")
        );
        assert_eq!(
            unless("Do not lift it unless you have a partner.", "").as_deref(),
            Some("If you do not have a partner, do not lift it.")
        );
        assert_eq!(
            unless("Visitors without ID are not admitted unless the head of security agrees.", "visitors").as_deref(),
            Some("If the head of security does not agree, visitors without ID are not admitted.")
        );
        assert_eq!(
            unless("The room is released at 18:00 unless the guest has called.", "the room").as_deref(),
            Some("If the guest has not called, the room is released at 18:00.")
        );
        assert_eq!(unless("Enter unless the light is red.", ""), None);
        assert_eq!(unless("Do not enter unless only the red light is on.", ""), None);
    }
}
