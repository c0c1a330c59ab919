//! A limit as something that has just happened: "any carton is above 7 °C" -> "This carton’s at 12 °C."

use crate::engine::english::limit::{self, Comparator, Limit, Use};
use crate::engine::english::quantity::{self, Dimension, Quantity};
use crate::engine::english::text::capitalise;

/// A value on the wrong side of the limit, clear of it, and the thing that has it.
struct Broken<'a> {
    determiner: &'a str,
    noun: &'a str,
    value: String,
}

fn broken(condition: &str) -> Option<Broken<'_>> {
    let found = limit::only(condition)?;
    let front = condition[..found.start].trim_end();
    let subject = front.strip_suffix(" is at").or_else(|| front.strip_suffix(" is"))?;
    let tail = condition[found.end..].trim();
    if !matches!(tail, "" | "on arrival") {
        return None;
    }
    let (determiner, noun) = subject.split_once(' ')?;
    let plain = noun.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-')) && noun.split(' ').count() <= 4;
    let cases = limit::cases(&found, true).or_else(|| limit::cases(&found, false))?;
    let (amount, _) = cases.into_iter().find(|(_, inside)| *inside)?;
    let at = if amount.dimension == Dimension::Temperature && !noun.ends_with("temperature") { "at " } else { "" };
    plain.then(|| Broken { determiner, noun, value: format!("{at}{}", amount.text) })
}

/// A value on the wrong side of the limit, said of the thing that the condition is about.
pub fn value(condition: &str) -> Option<String> {
    let Broken { determiner, noun, value } = broken(condition)?;
    let named = match determiner {
        "any" | "a" | "an" | "one" | "each" => format!("this {noun}"),
        "the" => format!("the {noun}"),
        "your" => format!("my {noun}"),
        _ => return None,
    };
    // "The difference’s" is hard to say.
    let be = if noun.ends_with(['s', 'e', 'x', 'h']) { " is" } else { "’s" };
    Some(format!("{}{be} {value}.", capitalise(&named)))
}

/// The same, told later: "one carton was at 12 °C".
pub fn past_value(condition: &str) -> Option<String> {
    let Broken { determiner, noun, value } = broken(condition)?;
    let named = match determiner {
        "any" | "a" | "an" | "one" | "each" => format!("one {noun}"),
        "the" => format!("the {noun}"),
        _ => return None,
    };
    Some(format!("{named} was {value}"))
}

/// "So 45 days is too late?" and what confirms it: a value that breaks the only limit of the rule.
pub fn too_much(rule: &str) -> Option<(String, &'static str)> {
    let found = limit::only(rule)?;
    let usage = limit::usage(rule, &found).filter(|u| *u != Use::Calls)?;
    let breaks = |holds: bool| if usage == Use::Right { !holds } else { holds };
    let cases = limit::cases(&found, true).into_iter().chain(limit::cases(&found, false)).flatten();
    let wrong = cases.filter(|(_, holds)| breaks(*holds)).map(|(q, _)| q).next()?;
    let above = wrong.size > found.low.size;
    let (how, enough) = judged(&rule[found.start..found.end], &found, &wrong, above)?;
    let question = format!("So {} {how}?", wrong.text);
    Some((question, if enough { "Yes, that’s right." } else { "No, it isn’t." }))
}

/// What somebody might believe who has not looked it up: another amount in the place of the only one.
pub fn wrong_guess(answer: &str) -> Option<String> {
    let all = quantity::all(answer);
    let [right] = all.as_slice() else { return None };
    let wrong = limit::other(right, true).or_else(|| limit::other(right, false))?;
    let digits = right.text.starts_with(|c: char| c.is_ascii_digit()) && answer.matches(&right.text).count() == 1;
    digits.then(|| answer.replacen(&right.text, &wrong.text, 1))
}

/// "is too late", and whether "yes" confirms it.
fn judged(words: &str, limit: &Limit, wrong: &Quantity, above: bool) -> Option<(&'static str, bool)> {
    let lower = words.to_lowercase();
    let money = ["EUR", "USD", "GBP", "CHF", "euro", "euros", "dollars", "pounds"].contains(&wrong.unit.as_str());
    Some(match (wrong.dimension, above) {
        (Dimension::Duration, true) if lower.starts_with("within") || lower.contains("later") => ("is too late", true),
        (Dimension::Duration, true) => ("is too long", true),
        (Dimension::Duration, false) if limit.comparator != Comparator::Between => ("isn’t enough", false),
        (Dimension::Temperature, true) => ("is too warm", true),
        (Dimension::Temperature, false) => ("is too cold", true),
        (Dimension::Mass | Dimension::Volume, true) => ("is too much", true),
        (Dimension::Other, true) if money => ("is too much", true),
        (Dimension::Mass | Dimension::Volume, false) => ("isn’t enough", false),
        (Dimension::Speed, true) => ("is too fast", true),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_becomes_a_value_that_breaks_it() {
        assert_eq!(value("any crate is above 8 °C").as_deref(), Some("This crate is at 13 °C."));
        assert_eq!(value("the difference is 4 pounds or more").as_deref(), Some("The difference is 6 pounds."));
        assert_eq!(value("the cycle has failed"), None);
        assert_eq!(value("you wait for more than 5 minutes"), None);
        assert_eq!(past_value("any crate is above 8 °C").as_deref(), Some("one crate was at 13 °C"));
    }

    #[test]
    fn a_wrong_value_is_asked_about() {
        let asked = |rule: &str| too_much(rule).map(|(q, _)| q);
        assert_eq!(asked("Submit the claim within 30 days.").as_deref(), Some("So 45 days is too late?"));
        assert_eq!(asked("Rub your hands for at least 20 seconds.").as_deref(), Some("So 5 seconds isn’t enough?"));
        assert_eq!(asked("Wash the cloth."), None);
        assert_eq!(wrong_guess("Within 2 hours.").as_deref(), Some("Within 4 hours."));
        assert_eq!(wrong_guess("The nurse."), None);
    }
}
