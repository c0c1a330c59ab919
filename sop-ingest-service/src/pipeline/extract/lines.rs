//! What one line of plain text looks like: a bullet, a numbered line, a heading. Shared by text, PDF and headings.

use crate::pipeline::pattern::patterns;

patterns! {
    BULLET = r"^\s*(?:[-*•‣◦▪▫●○■□☐☑☒❏❑⬜✅▢►▶➢➤✓✔★·–—]|\[[ xX✓]?\]|o)\s+(?P<rest>\S.*)$";
    LABEL = r"^\s*(?P<label>(?:\d{1,3}(?:\.\d{1,3}){0,4}|[A-Z](?:\.\d{1,2}){1,3}|[A-Za-z]|[ivxIVX]{1,5}))(?P<end>[.):])\s+(?P<rest>\S.*)$";
    BRACKETS = r"^\s*[(\[](?P<label>\d{1,2}|[a-zA-Z]|[ivx]{1,4})[)\]]\s+(?P<rest>\S.*)$";
    PATH = r"^\s*(?P<label>(?:\d{1,3}|[A-Z])(?:\.\d{1,3}){1,4})\s+(?P<rest>[\p{Lu}“\x22].*)$";
    BARE = r"^(?P<label>[1-9]\d?)\s+(?P<rest>\p{Lu}\p{L}.*)$";
    STEP = r"^(?i:step)\s+(?P<label>\d{1,3}|[A-Z])\s*[.:)–—-]\s*(?P<rest>\S.*)$";
    BOX_LABEL = r"^\W{0,3}(?:(?i:warning|caution|danger|attention)|NOTE|Note|IMPORTANT|Important)\b\s*[:!–—-]\s*\S";
    NAMED = r"^(?i:section|part|chapter|step)\s+(?P<label>\d{1,3}(?:\.\d{1,3})*)\s*[.:–-]\s*(?P<rest>\S.*)$";
}

/// The rest of a line after its bullet.
pub fn after_bullet(line: &str) -> Option<&str> {
    BULLET.captures(line).and_then(|c| c.name("rest")).map(|m| m.as_str())
}

#[derive(Debug, Eq, PartialEq)]
pub struct Labelled<'a> {
    /// Without the sign after it: "3", "b", "4.2".
    pub label: &'a str,
    pub rest: &'a str,
}

impl Labelled<'_> {
    /// How deep the label says it is: "4" and "4.0" are 1, "4.2" is 2.
    pub fn depth(&self) -> u8 {
        u8::try_from(self.label.trim_end_matches(".0").split('.').count()).unwrap_or(u8::MAX)
    }

    /// Its last part as a number: "4.2" is 2, "c" is 3.
    pub fn number(&self) -> u32 {
        let last = self.label.rsplit('.').next().unwrap_or_default();
        last.parse().unwrap_or_else(|_| roman_or_letter(last))
    }
}

/// A line that begins with a printed number or letter.
pub fn labelled(line: &str) -> Option<Labelled<'_>> {
    let found = LABEL.captures(line).or_else(|| PATH.captures(line)).or_else(|| BRACKETS.captures(line))?;
    Some(Labelled { label: found.name("label")?.as_str(), rest: found.name("rest")?.as_str().trim_end() })
}

/// "Step 3: Check the door".
pub fn step_label(line: &str) -> Option<Labelled<'_>> {
    let found = STEP.captures(line)?;
    Some(Labelled { label: found.name("label")?.as_str(), rest: found.name("rest")?.as_str().trim_end() })
}

/// The printed number of a heading, and the heading without it.
pub fn heading_label(text: &str) -> Option<Labelled<'_>> {
    let found = NAMED.captures(text).or_else(|| PATH.captures(text)).or_else(|| BARE.captures(text));
    if let Some(found) = found {
        return Some(Labelled { label: found.name("label")?.as_str(), rest: found.name("rest")?.as_str() });
    }
    let found = labelled(text).filter(|l| l.label.starts_with(|c: char| c.is_ascii_digit()))?;
    Some(found)
}

/// "WARNING: …", "Note – …": words of a box of their own.
pub fn is_box_label(text: &str) -> bool {
    BOX_LABEL.is_match(text)
}

/// Short, begins with a capital, does not end like a sentence.
pub fn could_be_heading(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let ends_open = !text.ends_with(['.', ';', ',', '!']) || text.ends_with("etc.");
    (1..=12).contains(&words)
        && !text.contains('|')
        && text.chars().count() <= 90
        && ends_open
        && text.chars().any(char::is_alphabetic)
        && text.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || c.is_numeric())
}

/// No small letters, at least three capitals.
pub fn all_capitals(text: &str) -> bool {
    text.chars().filter(|c| c.is_uppercase()).count() >= 3 && !text.chars().any(char::is_lowercase)
}

/// "iv" is 4, "c" is 3. A single letter is taken as a letter: a list that reaches "i" by counting is more common than a
/// Roman one.
fn roman_or_letter(label: &str) -> u32 {
    if let [letter @ (b'a'..=b'z' | b'A'..=b'Z')] = label.as_bytes() {
        return u32::from(letter.to_ascii_lowercase() - b'a') + 1;
    }
    roman(label).unwrap_or(0)
}

/// "IV" is how 4 is printed.
pub fn roman_numeral(mut number: u32) -> String {
    if number > 399 {
        return number.to_string();
    }
    let mut out = String::new();
    for (value, sign) in
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    {
        while number >= value {
            out.push_str(sign);
            number -= value;
        }
    }
    out
}

/// The value of a Roman numeral.
pub fn roman(label: &str) -> Option<u32> {
    let (mut total, mut previous) = (0_i32, 0);
    for digit in label.chars().rev() {
        let value = match digit.to_ascii_lowercase() {
            'i' => 1,
            'v' => 5,
            'x' => 10,
            _ => return None,
        };
        total = if value < previous { total - value } else { total + value };
        previous = previous.max(value);
    }
    u32::try_from(total).ok().filter(|n| *n > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_told_from_words() {
        let of = |line| labelled(line).map(|l| (l.label.to_owned(), l.number(), l.depth()));
        assert_eq!(of("3. Wash"), Some(("3".into(), 3, 1)));
        assert_eq!(of("4.2 Receiving"), Some(("4.2".into(), 2, 2)));
        assert_eq!(of("b) Dry"), Some(("b".into(), 2, 1)));
        assert_eq!(of("iv. Dry"), Some(("iv".into(), 4, 1)));
        assert_eq!(of("(b) Dry"), Some(("b".into(), 2, 1)));
        assert_eq!(of("A.2 Keep it shut"), Some(("A.2".into(), 2, 2)));
        assert_eq!(of("2.0 RESPONSIBILITIES"), Some(("2.0".into(), 0, 1)));
        assert_eq!(of("2.5 kg of meat"), None);
        assert_eq!(of("Wash"), None);
    }

    #[test]
    fn headings_lose_their_number() {
        assert_eq!(heading_label("7. Receiving"), Some(Labelled { label: "7", rest: "Receiving" }));
        assert_eq!(heading_label("Step 2: Actually travel"), Some(Labelled { label: "2", rest: "Actually travel" }));
        assert_eq!(heading_label("3 Procedure"), Some(Labelled { label: "3", rest: "Procedure" }));
        assert_eq!(heading_label("Table 1. Parts"), None);
    }

    #[test]
    fn bullets_of_many_shapes_are_bullets() {
        for line in ["- a", "• a", "* a", "– a", "o a", "☐ a", "[ ] a", "[x] a"] {
            assert_eq!(after_bullet(line), Some("a"), "{line}");
        }
        assert_eq!(after_bullet("-18 °C"), None);
    }
}
