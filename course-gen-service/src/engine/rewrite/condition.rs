//! R6, the condition first, and R7, "unless" to "if not".

use super::phrase::bare;
use crate::engine::english::parse::{Form, is_statement, parse};
use crate::engine::english::text::{capitalise, word_count};
use crate::engine::english::words::is_verb;
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
pub fn unless(sentence: &str) -> Option<String> {
    let text = sentence.strip_suffix('.')?;
    let (main, condition) = text.split_once(" unless ")?;
    let negative = matches!(parse(main), Form::DoNot(ref c) if c.phrases.len() == 1);
    let blocked = [" not ", "only", " no ", " never ", ",", " or ", " and "].iter().any(|w| condition.contains(w))
        || main.contains(',');
    if !negative || blocked || condition.contains(" unless ") {
        return None;
    }
    let words: Vec<&str> = condition.split(' ').collect();
    let order = format!("{}{}", main[..1].to_lowercase(), &main[1..]);
    let be = words.iter().position(|w| matches!(*w, "is" | "are" | "can" | "was" | "were"));
    let said = match be {
        Some(at) if at > 0 => format!("{} not {}", words[..=at].join(" "), words[at + 1..].join(" ")),
        _ if words[0] == "you" && words.len() > 1 && is_verb(bare(words[1])) || condition.starts_with("you have ") => {
            format!("you do not {}", words[1..].join(" "))
        }
        _ => return None,
    };
    Some(format!("If {}, {order}.", said.trim_end()))
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
            unless("Do not enter unless the light is green.").as_deref(),
            Some("If the light is not green, do not enter.")
        );
        assert_eq!(
            unless("Do not lift it unless you have a partner.").as_deref(),
            Some("If you do not have a partner, do not lift it.")
        );
        assert_eq!(unless("Enter unless the light is red."), None);
        assert_eq!(unless("Do not enter unless only the red light is on."), None);
    }
}
