//! "If C, R" and "R when C" for any rule R that is a sentence of its own, also one that is no order.

use super::parse::{Form, is_statement, parse, strip_label};
use super::text::without_stop;
use super::words::{base_of_third_person, is_finite, is_noun_like};

/// A case and its rule, both without a full stop.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Case<'a> {
    pub joiner: &'static str,
    pub condition: &'a str,
    pub rule: &'a str,
}

/// The case of a sentence, when both halves can stand alone.
pub fn of(sentence: &str) -> Option<Case<'_>> {
    const OPENERS: [(&str, &str); 7] = [
        ("If ", "if"),
        ("When ", "when"),
        ("Where ", "where"),
        ("Whenever ", "whenever"),
        ("In case ", "if"),
        ("In the event that ", "if"),
        ("As soon as ", "as soon as"),
    ];
    let text = without_stop(strip_label(sentence.trim()));
    if text.contains(['→', '|', '?', '[', ';', '“', '"']) || text.contains(": ") {
        return None;
    }
    for (opener, joiner) in OPENERS {
        if let Some(rest) = text.strip_prefix(opener) {
            return rest.match_indices(", ").find_map(|(at, _)| {
                let rule = rest[at + 2..].trim_start_matches("then ");
                let condition = &rest[..at];
                (is_statement(condition) && is_rule(rule)).then_some(Case { joiner, condition, rule })
            });
        }
    }
    for (mark, joiner) in [(" if ", "if"), (" when ", "when"), (" whenever ", "whenever")] {
        if let Some((rule, condition)) = text.split_once(mark)
            && !["even", "only", "check", "as", "see", "ask", "decide", "decides", "not"]
                .iter()
                .any(|w| rule.ends_with(w))
            && !rule.contains(" only ")
            && !condition.contains(" if ")
            && !rule.contains(',')
            && !condition.contains(',')
            && is_statement(condition)
            && is_rule(rule)
        {
            return Some(Case { joiner, condition, rule });
        }
    }
    None
}

/// An order or a statement with its own subject and verb.
fn is_rule(text: &str) -> bool {
    const NOT_FIRST: [&str; 24] = [
        "and",
        "or",
        "which",
        "who",
        "that",
        "but",
        "so",
        "because",
        "as",
        "including",
        "such",
        "for",
        "in",
        "on",
        "with",
        "by",
        "it",
        "they",
        "he",
        "she",
        "this",
        "these",
        "then",
        "at",
    ];
    let words: Vec<&str> = text.split_whitespace().collect();
    let first = words.first().copied().unwrap_or_default().trim_end_matches(',');
    if NOT_FIRST.contains(&first) || words.len() < 3 {
        return false;
    }
    if matches!(parse(text), Form::Do(_) | Form::DoNot(_)) {
        return true;
    }
    words.iter().enumerate().skip(1).take(9).any(|(at, w)| {
        let plain = w.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'');
        let related = words[..at].iter().any(|w| matches!(*w, "that" | "which" | "who"));
        !related && (is_finite(plain) || at <= 5 && base_of_third_person(plain).is_some_and(|b| !is_noun_like(&b)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_rules_too() {
        let case = of("If a receipt has been lost, the employee must complete a declaration.").unwrap();
        assert_eq!(
            (case.condition, case.rule),
            ("a receipt has been lost", "the employee must complete a declaration")
        );
        let case = of("Hand rub may be used if the hands are not visibly dirty.").unwrap();
        assert_eq!((case.condition, case.rule), ("the hands are not visibly dirty", "Hand rub may be used"));
    }

    #[test]
    fn half_sentences_and_exceptions_are_no_cases() {
        for text in [
            "Trainees may drive only when an instructor is beside the truck.",
            "Rinse if required.",
            "Check if the door is open.",
            "If you are ill, or if you feel weak, which is common, stay at home.",
        ] {
            assert!(of(text).is_none_or(|c| !c.rule.starts_with("or ")), "{text}");
        }
        assert_eq!(of("Trainees may drive only when an instructor is beside the truck."), None);
        assert_eq!(of("Rinse if required."), None);
    }
}
