//! A limit as something that has just happened: "any carton is above 7 °C" -> "This carton’s at 12 °C."

use crate::engine::english::quantity::Dimension;
use crate::engine::english::{limit, text::capitalise};

/// A value on the wrong side of the limit, clear of it, said of the thing that the condition is about.
pub fn value(condition: &str) -> Option<String> {
    let found = limit::only(condition)?;
    let front = condition[..found.start].trim_end();
    let subject = front.strip_suffix(" is at").or_else(|| front.strip_suffix(" is"))?;
    let tail = condition[found.end..].trim();
    if !matches!(tail, "" | "on arrival") {
        return None;
    }
    let (determiner, noun) = subject.split_once(' ')?;
    let named = match determiner {
        "any" | "a" | "an" | "one" | "each" => format!("this {noun}"),
        "the" | "your" => subject.replace("your ", "my "),
        _ => return None,
    };
    let plain = noun.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-')) && noun.split(' ').count() <= 4;
    let cases = limit::cases(&found, true).or_else(|| limit::cases(&found, false))?;
    let (amount, _) = cases.into_iter().find(|(_, inside)| *inside)?;
    let at = if amount.dimension == Dimension::Temperature { "at " } else { "" };
    // "The difference’s" is hard to say.
    let be = if noun.ends_with(['s', 'e', 'x', 'h']) { " is" } else { "’s" };
    plain.then(|| format!("{}{be} {at}{}.", capitalise(&named), amount.text))
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
    }
}
