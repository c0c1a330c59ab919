//! Subject and predicate of a plain statement: "Lost property | is kept for three months."

use super::forms::is_plural;
use super::parse::{opens_otherwise, strip_label};
use super::text::without_stop;
use super::words::{base_of_third_person, is_finite, is_noun_like, is_verb, names_people};

/// A statement about one thing or several, without its full stop.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Clause<'a> {
    pub subject: &'a str,
    /// From its finite verb on.
    pub predicate: &'a str,
    /// What the verb agrees with; nothing for a modal.
    pub plural: Option<bool>,
}

/// The two parts of a statement whose subject is a noun phrase; nothing where that is not sure.
pub fn of(sentence: &str) -> Option<Clause<'_>> {
    let text = without_stop(strip_label(sentence.trim()));
    if text.contains(['→', '|', '?', '[', ']', ';', '<', '=', '“', '"', '”', '(', '*', '#', '@']) || text.contains(": ")
    {
        return None;
    }
    let mut at = 0;
    for (i, word) in text.split(' ').enumerate() {
        let begins = at;
        at += word.len() + 1;
        if i == 0 || word.ends_with(',') && i < 1 {
            continue;
        }
        let subject = text.get(..begins)?.trim_end();
        if i > 8 || matches!(word, "who" | "that" | "which" | "to") || word.is_empty() {
            return None;
        }
        let third = base_of_third_person(word).is_some_and(|b| !is_noun_like(&b));
        if is_finite(word) || third {
            let plural = match word {
                "is" | "has" | "was" | "does" => Some(false),
                "are" | "have" | "were" | "do" => Some(true),
                _ if third => Some(false),
                _ => None,
            };
            let agrees = plural.is_none() || is_plural(subject).is_none_or(|p| Some(p) == plural);
            return (agrees && is_subject(subject)).then_some(Clause {
                subject,
                predicate: text.get(begins..)?,
                plural,
            });
        }
    }
    None
}

fn is_subject(subject: &str) -> bool {
    const BACK: [&str; 25] = [
        "it", "this", "these", "those", "they", "that", "he", "she", "if", "when", "there", "we", "you", "which",
        "what", "where", "unless", "nobody", "who", "such", "no", "now", "here", "not", "please",
    ];
    let first = subject.split(' ').next().unwrap_or_default().to_lowercase();
    let order = is_verb(&first) && !is_noun_like(&first);
    subject.starts_with(char::is_uppercase)
        && !BACK.contains(&first.as_str())
        && !opens_otherwise(&first)
        && !order
        && !first.ends_with("ly")
        && !subject.ends_with(',')
        && !names_people(subject)
        && !subject.split(' ').any(|w| matches!(w, "if" | "when" | "because" | "and/or" | "by" | "than"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(&str, &str)> {
        of(text).map(|c| (c.subject, c.predicate))
    }

    #[test]
    fn a_statement_has_a_subject_and_a_predicate() {
        assert_eq!(parts("Lost property is kept for a month."), Some(("Lost property", "is kept for a month")));
        assert_eq!(
            parts("Large bags and umbrellas must be left in the cloakroom."),
            Some(("Large bags and umbrellas", "must be left in the cloakroom"))
        );
        assert_eq!(of("The scans are stored there.").and_then(|c| c.plural), Some(true));
    }

    #[test]
    fn orders_people_and_pointers_are_left_alone() {
        for text in [
            "Check that the door is closed.",
            "This is done every day.",
            "If the door is open, close it.",
            "Visitors must sign the book.",
            "Only the manager is allowed to open it.",
            "Tools that are broken must be replaced.",
        ] {
            assert_eq!(parts(text), None, "{text}");
        }
    }
}
