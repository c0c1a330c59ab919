//! "a" or "an", by sound.

/// Whether a word begins with a vowel sound, as far as letters tell it: "hour", "UV lamp" not, "SOP".
pub fn begins_with_vowel_sound(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let lower = bare.to_lowercase();
    let Some(first) = lower.chars().next() else { return false };
    if first.is_ascii_digit() {
        return first == '8' || lower == "11" || lower == "18";
    }
    let spelled = bare.chars().count() <= 5 && bare.chars().count() > 1 && bare.chars().all(|c| c.is_ascii_uppercase());
    if spelled {
        return matches!(first, 'a' | 'e' | 'f' | 'h' | 'i' | 'l' | 'm' | 'n' | 'o' | 'r' | 's' | 'x');
    }
    if ["hour", "honest", "heir", "honour", "honor"].iter().any(|w| lower.starts_with(w)) {
        return true;
    }
    let you = ["uni", "use", "usa", "usu", "util", "one", "once", "euro", "ubiq", "ura", "uro"];
    if you.iter().any(|w| lower.starts_with(w))
        && !lower.starts_with("unin")
        && !lower.starts_with("unim")
        && !lower.starts_with("unid")
    {
        return false;
    }
    matches!(first, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// The text with every "a" and "an" as the next word sounds.
pub fn by_sound(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let mut out = Vec::with_capacity(words.len());
    for (i, word) in words.iter().enumerate() {
        let next = words.get(i + 1).filter(|n| n.starts_with(char::is_alphabetic));
        out.push(match (*word, next) {
            ("a", Some(n)) if begins_with_vowel_sound(n) => "an",
            ("an", Some(n)) if !begins_with_vowel_sound(n) => "a",
            ("A", Some(n)) if begins_with_vowel_sound(n) => "An",
            ("An", Some(n)) if !begins_with_vowel_sound(n) => "A",
            (word, _) => word,
        });
    }
    out.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sound_decides() {
        for (text, expected) in [
            ("a hour", "an hour"),
            ("an unit", "a unit"),
            ("an UV lamp", "a UV lamp"),
            ("a SOP", "an SOP"),
            ("an very important part", "a very important part"),
            ("a unidentified person", "an unidentified person"),
        ] {
            assert_eq!(by_sound(text), expected);
        }
    }
}
