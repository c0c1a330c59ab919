//! Things and activities that a sentence allows or forbids: "Sharing a user name is not permitted."

use super::parse::{opens_otherwise, strip_label};
use super::statement::Force;
use super::text::without_stop;
use super::words::{is_finite, names_people};

/// A thing or an activity that is allowed or forbidden: "Sharing a user name is not permitted."
pub fn of(sentence: &str) -> Option<(String, Force)> {
    const SAID: [(&str, Force); 12] = [
        (" is not permitted", Force::MustNot),
        (" are not permitted", Force::MustNot),
        (" is not allowed", Force::MustNot),
        (" are not allowed", Force::MustNot),
        (" is forbidden", Force::MustNot),
        (" are forbidden", Force::MustNot),
        (" is prohibited", Force::MustNot),
        (" are prohibited", Force::MustNot),
        (" is permitted", Force::May),
        (" are permitted", Force::May),
        (" is allowed", Force::May),
        (" are allowed", Force::May),
    ];
    let text = without_stop(strip_label(sentence.trim()));
    let (at, said, force) =
        SAID.iter().filter_map(|(said, force)| Some((text.find(said)?, *said, *force))).min_by_key(|(at, ..)| *at)?;
    let (subject, behind) = (&text[..at], &text[at + said.len()..]);
    let first = subject.split(' ').next().unwrap_or_default().to_lowercase();
    let plain = (1..=10).contains(&subject.split(' ').count())
        && !subject.contains(['(', '“', '"', ':', ';'])
        && !subject.split(' ').any(|w| is_finite(w.trim_matches(',')))
        && !matches!(
            first.as_str(),
            "it" | "this" | "these" | "they" | "if" | "when" | "no" | "nothing" | "only" | "what"
        )
        && !opens_otherwise(&first)
        && !names_people(subject);
    // "Photography is allowed for private use": the rest narrows the rule, so the whole of it is the matter.
    let whole = match behind.trim() {
        "" => subject.to_owned(),
        more if (more.starts_with("in ")
            || more.starts_with("on ")
            || more.starts_with("at ")
            || more.starts_with("for "))
            && more.split(' ').count() <= 6
            && !more.contains([',', ';']) =>
        {
            format!("{subject} {more}")
        }
        _ => return None,
    };
    plain.then_some((whole, force))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matters_are_allowed_or_forbidden_as_a_whole() {
        assert_eq!(of("Sharing a user name is not permitted."), Some(("Sharing a user name".into(), Force::MustNot)));
        assert_eq!(
            of("Photography without flash is allowed for private use."),
            Some(("Photography without flash for private use".into(), Force::May))
        );
        assert_eq!(of("Eating is only permitted in the canteen."), None);
        assert_eq!(of("Visitors are allowed into the hall."), None);
    }
}
