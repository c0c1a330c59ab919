//! Faults of form that rules can see. Silence does not prove good style; a finding proves a fault.

mod agreement;

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
    const WRONG: [&str; 22] = [
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
        ",.",
        ";.",
        ",,",
        " p.m,",
        " a.m,",
        "( ",
    ];
    let lower = text.to_lowercase();
    let mut out: Vec<String> =
        WRONG.iter().filter(|w| lower.contains(**w)).map(|w| format!("contains “{w}”: {text}")).collect();
    if text.contains(" i ") {
        out.push(format!("has a small “i”: {text}"));
    }
    if text.trim().is_empty() {
        out.push("is empty".to_owned());
    }
    if text.matches('“').count() != text.matches('”').count()
        || text.matches('(').count() != text.matches(')').count()
        || text.matches('"').count() % 2 == 1
    {
        out.push(format!("has a quotation mark or bracket without its other half: {text}"));
    }
    out.extend(articles(text).map(|w| format!("has the wrong article before “{w}”")));
    let words: Vec<&str> = lower.split_whitespace().collect();
    out.extend(parts(&words).iter().flat_map(|part| agreement::faults(part)).map(|f| format!("{f}: {text}")));
    if words
        .windows(2)
        .any(|w| w[0] == w[1] && w[0].chars().all(char::is_alphabetic) && w[0] != "that" && w[0] != "had")
    {
        out.push(format!("repeats a word: {text}"));
    }
    out
}

/// The words between marks, bare.
fn parts<'a>(words: &[&'a str]) -> Vec<Vec<&'a str>> {
    let mut out = vec![Vec::new()];
    for word in words {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        // A mark or a quotation opens something new: “to the”, a.
        if word.starts_with(['“', '"', '(', '…', '‘']) {
            out.push(Vec::new());
        }
        if let Some(last) = out.last_mut().filter(|_| !bare.is_empty()) {
            last.push(bare);
        }
        if word.ends_with(|c: char| !c.is_alphanumeric()) {
            out.push(Vec::new());
        }
    }
    out
}

/// "a hour", "an unit", "a X-ray": by sound, as far as letters tell it.
fn articles(text: &str) -> impl Iterator<Item = &str> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut wrong = Vec::new();
    for pair in words.windows(2) {
        let next = pair[1].trim_matches(|c: char| !c.is_alphanumeric());
        let fits = match pair[0] {
            "a" | "A" => vowel_sound(next) != Some(true),
            "an" | "An" => vowel_sound(next) != Some(false),
            _ => true,
        };
        if !fits && next.len() > 1 {
            wrong.push(pair[1]);
        }
    }
    wrong.into_iter()
}

/// Whether the word begins with the sound of a vowel; nothing where it may be said in two ways.
fn vowel_sound(word: &str) -> Option<bool> {
    let first = word.chars().next()?;
    if first.is_ascii_digit() {
        let number: String = word.chars().take_while(char::is_ascii_digit).collect();
        return Some(first == '8' || matches!(number.as_str(), "11" | "18"));
    }
    let opening: String = word.chars().take_while(|c| c.is_alphanumeric()).collect();
    let capitals = opening.len() > 1 && !opening.chars().any(char::is_lowercase);
    if opening.len() == 1 || capitals && !opening.contains(['A', 'E', 'I', 'O', 'U', 'Y']) {
        // Said letter by letter: an X-ray, an FFP mask, a PCR kit.
        return Some("AEFHILMNORSX".contains(first.to_ascii_uppercase()));
    }
    if capitals || word.chars().skip(1).any(char::is_uppercase) {
        return if first == 'U' { Some(false) } else { None };
    }
    let lower = word.to_lowercase();
    if ["hour", "honest", "heir", "honour"].iter().any(|w| lower.starts_with(w)) {
        return Some(true);
    }
    let you = ["uni", "use", "usu", "util", "one", "once", "euro", "ubiq", "eu"].iter().any(|w| lower.starts_with(w));
    if you && !lower.starts_with("unin") && !lower.starts_with("unim") && !lower.starts_with("unid") {
        return Some(false);
    }
    first.is_alphabetic().then(|| matches!(first.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u'))
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
        assert!(faults("Use a UV lamp and an hour of time.").is_empty());
        for wrong in [
            "Take a X-ray.",
            "Use an PCR kit.",
            "It takes a 8-hour shift.",
            "Wait a 11th time.",
            "The nurse must checks the bag.",
            "The nurse does not waits.",
            "Does the nurse inspects the bag?",
            "Read the informations.",
            "This is an equipment.",
            "They has the key.",
            "Leave at 9:45 p.m, then lock it.",
            "Take the your key.",
        ] {
            assert!(!faults(wrong).is_empty(), "{wrong}");
        }
        for right in [
            "Take an X-ray and a PCR test.",
            "Work an 8-hour shift and a 10-hour shift.",
            "This is an equipment list.",
            "What does the nurse check before the tests?",
            "If this happens, are they safe?",
            "Choose “a”, “the” or “your”.",
            "A one-way door needs a European plug and an unidentified key.",
            "Does the box that contains the keys open?",
            "Leave by 9:45 p.m., then lock it.",
        ] {
            assert!(faults(right).is_empty(), "{:?}", faults(right));
        }
    }

    #[test]
    fn numbers_keep_their_form() {
        assert_eq!(numbers("Add 1,925 µL at 07:00, then 0.5 g."), ["1,925", "07:00", "0.5"]);
    }
}
