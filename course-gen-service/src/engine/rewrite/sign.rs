//! R11, signs to words: "≤ -12 °C" -> "-12 °C or colder". The unit stays as it is.

/// Signs and short forms of one sentence in words.
pub fn to_words(sentence: &str) -> Option<String> {
    let mut text = and(sentence);
    for (sign, limit) in [("≤", Limit::AtMost), ("≥", Limit::AtLeast)] {
        text = comparison(&text, sign, limit);
    }
    for (sign, cold, other) in [("<", "below", "less than"), (">", "above", "more than")] {
        text = strict(&text, sign, cold, other);
    }
    for (short, long) in [("max. ", "at most "), ("max ", "at most "), ("min. ", "at least ")] {
        text = before_number(&text, short, long);
    }
    text = range(&text);
    (text != sentence).then_some(text)
}

/// "Clean & dry" -> "Clean and dry"; "Blood & Tissue Kit" is a name.
fn and(sentence: &str) -> String {
    let words: Vec<&str> = sentence.split(' ').collect();
    let name = |at: Option<usize>| at.and_then(|i| words.get(i)).is_some_and(|w| w.starts_with(char::is_uppercase));
    let said = words.iter().enumerate().map(|(i, w)| {
        let in_name = name(i.checked_sub(1)) && name(Some(i + 1));
        if *w == "&" && !in_name { "and" } else { w }
    });
    said.collect::<Vec<_>>().join(" ")
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Limit {
    AtMost,
    AtLeast,
}

/// The number with its unit at the start of a text, and what follows.
fn amount(text: &str) -> Option<(&str, &str)> {
    let lead = text.len() - text.trim_start().len();
    let rest = &text[lead..];
    let digits = rest
        .char_indices()
        .find(|(i, c)| !(c.is_ascii_digit() || matches!(c, '.' | ',') || *i == 0 && matches!(c, '-' | '–' | '−')))
        .map_or(rest.len(), |(i, _)| i);
    let number = rest[..digits].trim_end_matches(['.', ',']);
    if !number.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    let after = &rest[number.len()..];
    let space = after.len() - after.trim_start().len();
    let word = after[space..].split([' ', ',', ';', ')']).next().unwrap_or_default().trim_end_matches('.');
    let unit = matches!(
        word,
        "°C" | "°F"
            | "%"
            | "mL"
            | "ml"
            | "L"
            | "µL"
            | "μL"
            | "g"
            | "kg"
            | "mg"
            | "mm"
            | "cm"
            | "m"
            | "h"
            | "min"
            | "s"
            | "hours"
            | "hour"
            | "minutes"
            | "seconds"
            | "days"
            | "weeks"
            | "months"
            | "ppm"
            | "rpm"
            | "kPa"
            | "bar"
            | "V"
    );
    let end = lead + number.len() + if unit { space + word.len() } else { 0 };
    Some((text[lead..end].trim(), &text[end..]))
}

fn comparison(text: &str, sign: &str, limit: Limit) -> String {
    let Some((before, after)) = text.split_once(sign) else { return text.to_owned() };
    let Some((amount, rest)) = amount(after) else { return text.to_owned() };
    let cold = amount.contains('°');
    let minus = amount.starts_with(['-', '–', '−']);
    let words = match limit {
        Limit::AtMost if cold && minus => "or colder",
        Limit::AtMost if cold => "or below",
        Limit::AtMost => "or less",
        Limit::AtLeast if cold => "or above",
        Limit::AtLeast => "or more",
    };
    format!("{before}{amount} {words}{}", comparison(rest, sign, limit))
}

fn strict(text: &str, sign: &str, cold: &str, other: &str) -> String {
    let Some((before, after)) = text.split_once(sign) else { return text.to_owned() };
    let arrow = before.ends_with(['-', '=', '<', '>']) || after.starts_with(['=', '>', '<', '-']);
    let Some((amount, _)) = amount(after).filter(|_| !arrow) else { return text.to_owned() };
    let word = if amount.contains('°') { cold } else { other };
    format!("{before}{word} {}", after.trim_start())
}

fn before_number(text: &str, short: &str, long: &str) -> String {
    let Some((before, after)) = text.split_once(short) else { return text.to_owned() };
    let alone = before.is_empty() || before.ends_with([' ', '(']);
    let number = after.chars().next().is_some_and(|c| c.is_ascii_digit());
    if alone && number { format!("{before}{long}{after}") } else { text.to_owned() }
}

/// "0–7 °C" -> "0 to 7 °C". A range of minus figures stays: two dashes beside each other mislead.
fn range(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    for (i, c) in chars.iter().enumerate() {
        let digit = |at: Option<usize>| at.and_then(|a| chars.get(a)).is_some_and(char::is_ascii_digit);
        let between = digit(i.checked_sub(1)) && digit(Some(i + 1));
        let unit_follows = chars[i..].iter().collect::<String>().split(' ').nth(1).is_some_and(|w| {
            matches!(
                w.trim_end_matches(['.', ',', ';']),
                "°C" | "°F"
                    | "%"
                    | "mL"
                    | "minutes"
                    | "seconds"
                    | "hours"
                    | "days"
                    | "min"
                    | "h"
                    | "g"
                    | "kg"
                    | "L"
                    | "cm"
                    | "mm"
            )
        });
        if matches!(c, '–' | '-') && between && unit_follows { out.push_str(" to ") } else { out.push(*c) }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_said_in_words() {
        for (sentence, expected) in [
            ("Freezers: ≤ –12 °C", "Freezers: –12 °C or colder"),
            ("Hold food at ≥ 63 °C.", "Hold food at 63 °C or above."),
            ("Use ≥ 20 mL.", "Use 20 mL or more."),
            ("Leftovers, max 48 hours", "Leftovers, at most 48 hours"),
            ("Fridges: 0–7 °C", "Fridges: 0 to 7 °C"),
            ("Store it at < 5 °C.", "Store it at below 5 °C."),
            ("Clean & dry the tray.", "Clean and dry the tray."),
        ] {
            assert_eq!(to_words(sentence).as_deref(), Some(expected));
        }
    }

    #[test]
    fn what_is_no_limit_stays() {
        for sentence in
            ["Press A -> B.", "Wait 5 min 20 s.", "Call 555-2030.", "Use form 2-3.", "Open the Blood & Tissue Kit."]
        {
            assert_eq!(to_words(sentence), None);
        }
    }
}
