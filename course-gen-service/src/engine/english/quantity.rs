//! Numbers with units, as people write them in instructions.

use serde::{Deserialize, Serialize};

/// What a unit measures.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
pub enum Dimension {
    Duration,
    Temperature,
    Volume,
    Mass,
    Length,
    Share,
    Speed,
    Times,
    Clock,
    Other,
}

/// A number with its unit, and its size in the dimension's base unit, so that two of them can be compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    pub dimension: Dimension,
    pub unit: String,
    pub size: f64,
    /// Number and unit as they stand in the text: "20 seconds".
    pub text: String,
}

const UNITS: [(&str, Dimension, f64); 85] = [
    ("second", Dimension::Duration, 1.0),
    ("seconds", Dimension::Duration, 1.0),
    ("sec", Dimension::Duration, 1.0),
    ("s", Dimension::Duration, 1.0),
    ("minute", Dimension::Duration, 60.0),
    ("minutes", Dimension::Duration, 60.0),
    ("min", Dimension::Duration, 60.0),
    ("mins", Dimension::Duration, 60.0),
    ("hour", Dimension::Duration, 3600.0),
    ("hours", Dimension::Duration, 3600.0),
    ("h", Dimension::Duration, 3600.0),
    ("hrs", Dimension::Duration, 3600.0),
    ("day", Dimension::Duration, 86400.0),
    ("days", Dimension::Duration, 86400.0),
    ("week", Dimension::Duration, 604_800.0),
    ("weeks", Dimension::Duration, 604_800.0),
    ("month", Dimension::Duration, 2_592_000.0),
    ("months", Dimension::Duration, 2_592_000.0),
    ("year", Dimension::Duration, 31_536_000.0),
    ("years", Dimension::Duration, 31_536_000.0),
    ("°C", Dimension::Temperature, 1.0),
    ("°F", Dimension::Temperature, 1.0),
    ("µL", Dimension::Volume, 0.001),
    ("μL", Dimension::Volume, 0.001),
    ("mL", Dimension::Volume, 1.0),
    ("ml", Dimension::Volume, 1.0),
    ("L", Dimension::Volume, 1000.0),
    ("l", Dimension::Volume, 1000.0),
    ("litre", Dimension::Volume, 1000.0),
    ("litres", Dimension::Volume, 1000.0),
    ("liter", Dimension::Volume, 1000.0),
    ("liters", Dimension::Volume, 1000.0),
    ("mg", Dimension::Mass, 0.001),
    ("g", Dimension::Mass, 1.0),
    ("kg", Dimension::Mass, 1000.0),
    ("grams", Dimension::Mass, 1.0),
    ("mm", Dimension::Length, 1.0),
    ("cm", Dimension::Length, 10.0),
    ("m", Dimension::Length, 1000.0),
    ("metre", Dimension::Length, 1000.0),
    ("metres", Dimension::Length, 1000.0),
    ("µm", Dimension::Length, 0.001),
    ("km", Dimension::Length, 1_000_000.0),
    ("feet", Dimension::Length, 304.8),
    ("inches", Dimension::Length, 25.4),
    ("%", Dimension::Share, 1.0),
    ("percent", Dimension::Share, 1.0),
    ("rpm", Dimension::Speed, 1.0),
    ("times", Dimension::Times, 1.0),
    ("degrees", Dimension::Other, 1.0),
    ("bar", Dimension::Other, 1.0),
    ("mol/L", Dimension::Other, 1.0),
    ("mS/cm", Dimension::Other, 1.0),
    ("µS/cm", Dimension::Other, 1.0),
    ("hPa", Dimension::Other, 1.0),
    ("kPa", Dimension::Other, 1.0),
    ("V", Dimension::Other, 1.0),
    ("A", Dimension::Other, 1.0),
    ("W", Dimension::Other, 1.0),
    ("kW", Dimension::Other, 1.0),
    ("Hz", Dimension::Other, 1.0),
    ("MB", Dimension::Other, 1.0),
    ("GB", Dimension::Other, 1.0),
    ("ppm", Dimension::Other, 1.0),
    ("mmol", Dimension::Other, 1.0),
    ("nm", Dimension::Other, 1.0),
    ("business days", Dimension::Duration, 86400.0),
    ("working days", Dimension::Duration, 86400.0),
    ("working day", Dimension::Duration, 86400.0),
    ("business day", Dimension::Duration, 86400.0),
    ("calendar days", Dimension::Duration, 86400.0),
    ("km/h", Dimension::Other, 1.0),
    ("mph", Dimension::Other, 1.0),
    ("m/s", Dimension::Other, 1.0),
    ("euro", Dimension::Other, 1.0),
    ("euros", Dimension::Other, 1.0),
    ("EUR", Dimension::Other, 1.0),
    ("dollars", Dimension::Other, 1.0),
    ("USD", Dimension::Other, 1.0),
    ("pounds", Dimension::Other, 1.0),
    ("dB", Dimension::Other, 1.0),
    ("tonnes", Dimension::Mass, 1_000_000.0),
    ("percentage points", Dimension::Other, 1.0),
    ("people", Dimension::Other, 1.0),
    ("persons", Dimension::Other, 1.0),
];

const WORDS: [(&str, f64); 14] = [
    ("a", 1.0),
    ("an", 1.0),
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("twelve", 12.0),
    ("once", 1.0),
];

/// The number that one word writes: "20", "1,925", "0.5", "-18", "twice" not.
pub fn number(word: &str) -> Option<f64> {
    let plain = word.trim_end_matches([',', '.', ';', ':', ')']).trim_start_matches('(').replace(['–', '−'], "-");
    let digits = plain.trim_start_matches(['≤', '≥', '<', '>', '±', '~']);
    if digits.chars().next().is_some_and(|c| c.is_ascii_digit() || c == '-') {
        return digits.replace(',', "").parse().ok();
    }
    WORDS.iter().find(|(w, _)| *w == plain.to_lowercase()).map(|(_, n)| *n)
}

fn unit(word: &str) -> Option<&'static (&'static str, Dimension, f64)> {
    let bare = word.trim_end_matches([',', '.', ';', ':', ')']);
    UNITS.iter().find(|(u, _, _)| *u == bare)
}

/// A quantity that begins at `words[at]`: how many words it takes, and what it is.
pub fn at(words: &[&str], at: usize) -> Option<(usize, Quantity)> {
    let first = *words.get(at)?;
    if let Some(clock) = clock(first) {
        return Some((1, clock));
    }
    if let Some(glued) = glued(first) {
        return Some((1, glued));
    }
    if let Some(money) = money(first, words.get(at + 1).copied()) {
        return Some((2, money));
    }
    let n = number(first)?;
    let two = words.get(at + 2).map(|w| format!("{} {w}", words.get(at + 1).copied().unwrap_or_default()));
    let (taken, (name, dimension, factor)) = match two.as_deref().and_then(unit) {
        Some(u) => (3, u),
        None => (2, unit(words.get(at + 1)?)?),
    };
    let text = words[at..at + taken].join(" ").trim_end_matches([',', '.', ';', ':', ')']).to_owned();
    Some((taken, Quantity { dimension: *dimension, unit: (*name).to_owned(), size: n * factor, text }))
}

/// "EUR 160".
fn money(currency: &str, amount: Option<&str>) -> Option<Quantity> {
    let named = ["EUR", "USD", "GBP", "CHF"].into_iter().find(|c| *c == currency.trim_start_matches('('))?;
    let amount = amount.filter(|a| a.starts_with(|c: char| c.is_ascii_digit()))?;
    let bare = amount.trim_end_matches([',', '.', ';', ':', ')']);
    let size = number(bare)?;
    Some(Quantity { dimension: Dimension::Other, unit: named.to_owned(), size, text: format!("{named} {bare}") })
}

fn clock(word: &str) -> Option<Quantity> {
    let bare = word.trim_end_matches([',', '.', ';']);
    let (hours, minutes) = bare.split_once(':')?;
    let hours: u32 = hours.parse().ok().filter(|h| *h < 24)?;
    let minutes: u32 = minutes.parse().ok().filter(|m| *m < 60)?;
    Some(Quantity {
        dimension: Dimension::Clock,
        unit: "clock".to_owned(),
        size: f64::from(hours * 60 + minutes),
        text: bare.to_owned(),
    })
}

/// "70%", "56°C", "2h".
fn glued(word: &str) -> Option<Quantity> {
    let bare = word.trim_end_matches([',', '.', ';', ':', ')']);
    let split =
        bare.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '–' | '≤' | '≥' | '<' | '>' | '±')))?;
    let (digits, name) = bare.split_at(split);
    let n = number(digits).filter(|_| digits.chars().any(|c| c.is_ascii_digit()))?;
    let (name, dimension, factor) = UNITS.iter().find(|(u, _, _)| *u == name)?;
    Some(Quantity { dimension: *dimension, unit: (*name).to_owned(), size: n * factor, text: bare.to_owned() })
}

/// Every quantity of a text, in order.
pub fn all(text: &str) -> Vec<Quantity> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut out = Vec::new();
    let mut i = 0;
    while i < words.len() {
        match at(&words, i) {
            Some((taken, q)) if q.text.chars().any(|c| c.is_ascii_digit()) || q.dimension != Dimension::Other => {
                out.push(q);
                i += taken;
            }
            _ => i += 1,
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_found_in_every_spelling() {
        let found: Vec<String> = all("Wait 30 seconds at 56°C, add 1,925 µL within 2 working days, at 07:00.")
            .into_iter()
            .map(|q| q.text)
            .collect();
        assert_eq!(found, ["30 seconds", "56°C", "1,925 µL", "2 working days", "07:00"]);
    }

    #[test]
    fn sizes_compare_across_units() {
        let q = all("90 minutes and 2 h");
        assert!(q[0].size < q[1].size);
    }
}
