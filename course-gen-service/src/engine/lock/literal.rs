//! Numbers with their units, limits and the small word that says what they mean: "for 2 hours" is not "after 2 hours".

use super::token::{Kind, Token};

/// A number as it must stay.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Literal {
    pub limit: Option<Limit>,
    /// "for", "within", "after", ...; empty where nothing of the kind stands before it.
    pub relation: &'static str,
    pub low: String,
    pub high: Option<String>,
    pub unit: &'static str,
    /// Where it stands among the tokens: first and one past the last.
    pub from: usize,
    pub to: usize,
}

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Limit {
    AtLeast,
    AtMost,
    Above,
    Below,
    About,
    Tolerance,
    Exactly,
}

impl Literal {
    /// Everything but the place.
    pub fn same(&self, other: &Self) -> bool {
        (self.limit, self.relation, &self.low, &self.high, self.unit)
            == (other.limit, other.relation, &other.low, &other.high, other.unit)
    }
}

impl std::fmt::Display for Literal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let high = self.high.as_ref().map(|h| format!("–{h}")).unwrap_or_default();
        let limit = self.limit.map(|l| format!("{l:?} ")).unwrap_or_default();
        write!(f, "{}{}{limit}{}{high}", self.relation, if self.relation.is_empty() { "" } else { " " }, self.low)?;
        if self.unit.is_empty() { Ok(()) } else { write!(f, " {}", self.unit) }
    }
}

const BEFORE: [(&str, Limit); 43] = [
    ("at least", Limit::AtLeast),
    ("a minimum of", Limit::AtLeast),
    ("minimum", Limit::AtLeast),
    ("min", Limit::AtLeast),
    ("not less than", Limit::AtLeast),
    ("no less than", Limit::AtLeast),
    ("not below", Limit::AtLeast),
    ("no fewer than", Limit::AtLeast),
    ("not fewer than", Limit::AtLeast),
    ("≥", Limit::AtLeast),
    ("at most", Limit::AtMost),
    ("a maximum of", Limit::AtMost),
    ("maximum", Limit::AtMost),
    ("max", Limit::AtMost),
    ("no more than", Limit::AtMost),
    ("not more than", Limit::AtMost),
    ("no longer than", Limit::AtMost),
    ("not longer than", Limit::AtMost),
    ("not above", Limit::AtMost),
    ("not over", Limit::AtMost),
    ("no later than", Limit::AtMost),
    ("up to", Limit::AtMost),
    ("≤", Limit::AtMost),
    ("more than", Limit::Above),
    ("longer than", Limit::Above),
    ("higher than", Limit::Above),
    ("warmer than", Limit::Above),
    ("greater than", Limit::Above),
    ("in excess of", Limit::Above),
    ("above", Limit::Above),
    ("over", Limit::Above),
    ("exceed", Limit::Above),
    ("exceeds", Limit::Above),
    (">", Limit::Above),
    ("less than", Limit::Below),
    ("fewer than", Limit::Below),
    ("lower than", Limit::Below),
    ("colder than", Limit::Below),
    ("below", Limit::Below),
    ("under", Limit::Below),
    ("<", Limit::Below),
    ("exactly", Limit::Exactly),
    ("±", Limit::Tolerance),
];

const ABOUT: [&str; 5] = ["about", "approximately", "approx", "around", "~"];

const AFTER: [(&[&str], Limit); 2] = [
    (&["more", "above", "higher", "warmer", "over", "longer", "later", "greater", "older"], Limit::AtLeast),
    (&["less", "below", "lower", "colder", "under", "fewer", "shorter", "earlier", "cooler"], Limit::AtMost),
];

const RELATIONS: [&str; 11] =
    ["for", "within", "after", "before", "until", "by", "every", "per", "since", "each", "between"];

const UNITS: [(&str, &[&str]); 34] = [
    ("second", &["second", "seconds", "sec", "secs", "s"]),
    ("minute", &["minute", "minutes", "min", "mins"]),
    ("hour", &["hour", "hours", "h", "hr", "hrs"]),
    ("working day", &["working day", "working days", "business day", "business days"]),
    ("day", &["day", "days"]),
    ("week", &["week", "weeks"]),
    ("month", &["month", "months"]),
    ("year", &["year", "years"]),
    ("°C", &["° c", "c", "degrees celsius", "degree celsius"]),
    ("°F", &["° f", "f", "degrees fahrenheit"]),
    ("degree", &["°", "degree", "degrees"]),
    ("%", &["%", "percent", "per cent"]),
    ("µL", &["µl", "microlitre", "microlitres"]),
    ("mL", &["ml", "millilitre", "millilitres", "milliliter", "milliliters"]),
    ("L", &["l", "litre", "litres", "liter", "liters"]),
    ("mg", &["mg", "milligram", "milligrams"]),
    ("kg", &["kg", "kilogram", "kilograms", "kilo", "kilos"]),
    ("g", &["g", "gram", "grams"]),
    ("mm", &["mm", "millimetre", "millimetres", "millimeter", "millimeters"]),
    ("cm", &["cm", "centimetre", "centimetres", "centimeter", "centimeters"]),
    ("km", &["km", "kilometre", "kilometres"]),
    ("m", &["m", "metre", "metres", "meter", "meters"]),
    ("ppm", &["ppm"]),
    ("rpm", &["rpm"]),
    ("bar", &["bar"]),
    ("V", &["v", "volt", "volts"]),
    ("A", &["a", "amp", "amps"]),
    ("W", &["w", "watt", "watts"]),
    ("kW", &["kw"]),
    ("am", &["am", "a.m"]),
    ("pm", &["pm", "p.m"]),
    ("times", &["times"]),
    ("€", &["€", "euro", "euros"]),
    ("$", &["$", "dollar", "dollars"]),
];

const NUMBER_WORDS: [(&str, &str); 18] = [
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
    ("fifteen", "15"),
    ("twenty", "20"),
    ("thirty", "30"),
    ("sixty", "60"),
    ("hundred", "100"),
    ("twice", "2x"),
    ("half", "0.5"),
];

/// The number that a token writes. "One" counts only before a unit: elsewhere it is a pronoun or an article.
fn value(tokens: &[Token], at: usize) -> Option<String> {
    let token = tokens.get(at)?;
    match token.kind {
        Kind::Number => Some(token.text.replace(',', "")),
        Kind::Word if token.is("one") => unit(tokens, at + 1).map(|_| "1".to_owned()),
        Kind::Word => NUMBER_WORDS.iter().find(|(w, _)| token.is(w)).map(|(_, n)| (*n).to_owned()),
        Kind::Code | Kind::Sign => None,
    }
}

/// The unit that begins at a token, and how many tokens it takes.
fn unit(tokens: &[Token], at: usize) -> Option<(&'static str, usize)> {
    let one = &tokens.get(at)?.text;
    let two = tokens.get(at + 1).map(|t| format!("{one} {}", t.text));
    let find = |text: &str| UNITS.iter().find(|(_, names)| names.contains(&text)).map(|(unit, _)| *unit);
    two.as_deref().and_then(find).map(|u| (u, 2)).or_else(|| find(one).map(|u| (u, 1)))
}

/// The numbers of a sentence, in order.
pub fn literals(tokens: &[Token]) -> Vec<Literal> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some(low) = value(tokens, at) else {
            at += 1;
            continue;
        };
        let mut to = at + 1;
        let mut unit_found = unit(tokens, to);
        to += unit_found.map_or(0, |(_, n)| n);
        let mut high = None;
        let joint = tokens.get(to).is_some_and(|t| t.is_one_of(&["-", "to"]))
            || tokens.get(to).is_some_and(|t| t.is("and")) && at > 0 && tokens[at - 1].is("between");
        if joint && let Some(second) = value(tokens, to + 1) {
            high = Some(second);
            to += 2;
            unit_found = unit(tokens, to).inspect(|(_, n)| to += n).or(unit_found);
        }
        let (mut limit, start) = limit_before(tokens, at);
        if limit.is_none() && tokens.get(to).is_some_and(|t| t.is("or")) {
            let word = tokens.get(to + 1);
            limit = AFTER.iter().find(|(words, _)| word.is_some_and(|w| w.is_one_of(words))).map(|(_, l)| *l);
            to += if limit.is_some() { 2 } else { 0 };
        }
        let relation = start.checked_sub(1).and_then(|i| tokens.get(i)).map_or("", relation_of);
        let relation = if high.is_some() && relation == "between" { "" } else { relation };
        let from = start - usize::from(!relation.is_empty()).min(start);
        out.push(Literal { limit, relation, low, high, unit: unit_found.map_or("", |(u, _)| u), from, to });
        at = to;
    }
    out
}

/// The limit that ends right before a number, and where it begins.
fn limit_before(tokens: &[Token], at: usize) -> (Option<Limit>, usize) {
    let found = BEFORE
        .iter()
        .filter_map(|(phrase, limit)| {
            let words: Vec<&str> = phrase.split(' ').collect();
            let start = at.checked_sub(words.len())?;
            let stands = words.iter().zip(&tokens[start..at]).all(|(w, t)| t.is(w));
            stands.then_some((*limit, start))
        })
        .min_by_key(|(_, start)| *start);
    match found {
        Some((limit, start)) => (Some(limit), start),
        None if at > 0 && tokens[at - 1].is_one_of(&ABOUT) => (Some(Limit::About), at - 1),
        None if at > 1 && tokens[at - 1].is(".") && tokens[at - 2].is_one_of(&["max", "min"]) => {
            (Some(if tokens[at - 2].is("max") { Limit::AtMost } else { Limit::AtLeast }), at - 2)
        }
        None => (None, at),
    }
}

fn relation_of(token: &Token) -> &'static str {
    RELATIONS.iter().find(|r| token.is(r)).copied().map_or("", |r| if r == "each" { "every" } else { r })
}

#[cfg(test)]
mod tests {
    use super::super::token::sentences;
    use super::*;

    fn all(text: &str) -> Vec<String> {
        sentences(text).iter().flat_map(|s| literals(s)).map(|l| l.to_string()).collect()
    }

    #[test]
    fn a_limit_is_the_same_in_signs_and_in_words() {
        for text in ["≤ -12 °C", "-12 °C or colder", "at most -12 °C", "no more than -12 °C", "<= –12 degrees Celsius"]
        {
            assert_eq!(all(text), ["AtMost -12 °C"], "{text}");
        }
        for text in ["≥ 2 h", "at least 2 hours", "two hours or more", "a minimum of 2 hours"] {
            assert_eq!(all(text), ["AtLeast 2 hour"], "{text}");
        }
        assert_ne!(all("< 5 °C"), all("≤ 5 °C"));
    }

    #[test]
    fn what_a_time_means_belongs_to_it() {
        assert_eq!(all("for 2 hours"), ["for 2 hour"]);
        assert_ne!(all("for 2 hours"), all("after 2 hours"));
        assert_eq!(all("between 2 and 8 °C"), all("2 to 8 °C"));
        assert_eq!(all("0–7 °C"), ["0–7 °C"]);
        assert_eq!(all("one of the boxes"), Vec::<String>::new());
    }
}
