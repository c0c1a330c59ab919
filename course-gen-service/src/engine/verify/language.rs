//! Faults of form that rules can see. Silence does not prove good style; a finding proves a fault.

/// Faults of a whole sentence or several.
pub fn faults(text: &str) -> Vec<String> {
    let mut out = faults_of_fragment(text);
    let first = text.trim_start_matches(['“', '"', '(']).chars().next();
    if first.is_some_and(char::is_lowercase) {
        out.push(format!("begins with a small letter: {text}"));
    }
    if !text.ends_with(['.', '?', '!', '”', ':', '"']) {
        out.push(format!("does not end as a sentence: {text}"));
    }
    out
}

/// Faults of any text, a sentence or a part of one.
pub fn faults_of_fragment(text: &str) -> Vec<String> {
    const WRONG: [&str; 16] = [
        "  ",
        " ,",
        "..",
        "?.",
        "!.",
        ".?",
        "do you must",
        "do you do not",
        "you not ",
        " a equipment",
        " an unit",
        " the the ",
        " to to ",
        " a a ",
        " do you be ",
        " must must ",
    ];
    let lower = text.to_lowercase();
    let mut out: Vec<String> =
        WRONG.iter().filter(|w| lower.contains(**w)).map(|w| format!("contains “{w}”: {text}")).collect();
    if text.trim().is_empty() {
        out.push("is empty".to_owned());
    }
    if text.matches('“').count() != text.matches('”').count()
        || text.matches('(').count() != text.matches(')').count()
        || text.matches('"').count() % 2 == 1
    {
        out.push(format!("has a quotation mark or bracket without its other half: {text}"));
    }
    out.extend(articles(&lower).map(|w| format!("has the wrong article before “{w}”")));
    let words: Vec<&str> = lower.split_whitespace().collect();
    if words
        .windows(2)
        .any(|w| w[0] == w[1] && w[0].chars().all(char::is_alphabetic) && w[0] != "that" && w[0] != "had")
    {
        out.push(format!("repeats a word: {text}"));
    }
    out
}

/// "a hour", "an unit": by sound, as far as letters tell it.
fn articles(lower: &str) -> impl Iterator<Item = &str> {
    let words: Vec<&str> = lower.split_whitespace().collect();
    let mut wrong = Vec::new();
    for pair in words.windows(2) {
        let next = pair[1].trim_matches(|c: char| !c.is_alphanumeric());
        let Some(first) = next.chars().next().filter(|c| c.is_alphabetic()) else { continue };
        let vowel_sound = match next {
            _ if ["hour", "honest", "heir", "honour"].iter().any(|w| next.starts_with(w)) => true,
            _ if ["uni", "use", "usu", "util", "one", "once", "euro", "ubiq"].iter().any(|w| next.starts_with(w))
                && !next.starts_with("unin")
                && !next.starts_with("unim") =>
            {
                false
            }
            _ => matches!(first, 'a' | 'e' | 'i' | 'o' | 'u'),
        };
        let acronym = next.len() <= 4 && !next.contains(['a', 'e', 'i', 'o', 'u', 'y']);
        let fits = match pair[0] {
            "a" => !vowel_sound,
            "an" => vowel_sound,
            _ => true,
        };
        if !fits && !acronym && next.len() > 1 {
            wrong.push(pair[1]);
        }
    }
    wrong.into_iter()
}

/// The numbers of a text, in digits, as they are written.
pub fn numbers(text: &str) -> Vec<String> {
    text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ':')))
        .map(|n| n.trim_matches(['.', ',', ':']).to_owned())
        .filter(|n| n.chars().any(|c| c.is_ascii_digit()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_seen() {
        assert!(faults("How long do you wait?").is_empty());
        assert!(faults("Use a hour.").len() == 1);
        assert!(!faults("Use an unit.").is_empty());
        assert!(!faults("Close the the door.").is_empty());
        assert!(faults("how long?").len() == 1);
        assert!(faults("Use a UV lamp and an hour of time.").len() <= 1);
    }

    #[test]
    fn numbers_keep_their_form() {
        assert_eq!(numbers("Add 1,925 µL at 07:00, then 0.5 g."), ["1,925", "07:00", "0.5"]);
    }
}
