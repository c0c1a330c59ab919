//! Numbers, units, negations, modality and limits of a sentence against the words of the SOP that it rests on.

use std::collections::BTreeSet;

/// What a text says that its source does not, or no longer says what its source does; in words for the reviewer.
///
/// `whole`: the text stands for all of its source, so it may leave nothing out either.
pub fn breach(sources: &[&str], text: &str, whole: bool) -> Option<String> {
    let source = sources.join(" \n ");
    let (said, given) = (Literals::of(text), Literals::of(&source));
    if let Some(number) = said.numbers.difference(&given.numbers).next() {
        return Some(format!("gives “{number}”, which its clause does not"));
    }
    if let Some(number) = given.numbers.difference(&said.numbers).next().filter(|_| whole) {
        return Some(format!("loses the “{number}” of its clause"));
    }
    if let Some(unit) = said.units.difference(&given.units).next() {
        return Some(format!("gives the unit “{unit}”, which its clause does not"));
    }
    if said.negative != given.negative {
        let fault = if said.negative {
            "forbids or denies what its clause does not"
        } else {
            "loses a “not” of its clause"
        };
        return Some(fault.to_owned());
    }
    if let Some(force) = said.forces.difference(&given.forces).next() {
        return Some(format!("says “{}” where its clause does not", force.word()));
    }
    if let Some(force) = given.forces.difference(&said.forces).find(|f| **f != Force::Must) {
        return Some(format!("loses the “{}” of its clause", force.word()));
    }
    let lost = |limit: &&&str| whole || matches!(**limit, "only" | "unless") || !said.numbers.is_empty();
    let limit =
        said.limits.difference(&given.limits).next().or_else(|| given.limits.difference(&said.limits).find(lost));
    if let Some(limit) = limit {
        return Some(format!("changes a limit or condition of its clause (“{limit}”)"));
    }
    opposite(&given.words, &said.words).map(|(a, b)| format!("says “{b}” where its clause says “{a}”"))
}

/// Whether a text has anything that only a clause may say.
pub fn claims(text: &str) -> bool {
    let literals = Literals::of(text);
    !literals.numbers.is_empty()
        || literals.negative
        || literals.forces.contains(&Force::Must)
        || literals.forces.contains(&Force::Should)
}

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Force {
    Must,
    Should,
    May,
}

impl Force {
    fn word(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Should => "should",
            Self::May => "may",
        }
    }
}

struct Literals {
    numbers: BTreeSet<String>,
    units: BTreeSet<String>,
    negative: bool,
    forces: BTreeSet<Force>,
    limits: BTreeSet<&'static str>,
    words: BTreeSet<String>,
}

const NUMBER_WORDS: [(&str, &str); 20] = [
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
    ("forty", "40"),
    ("fifty", "50"),
    ("sixty", "60"),
    ("ninety", "90"),
    ("hundred", "100"),
    ("twice", "2"),
];

const UNITS: [(&str, &[&str]); 21] = [
    ("second", &["s", "sec", "secs", "second", "seconds"]),
    ("minute", &["min", "mins", "minute", "minutes"]),
    ("hour", &["h", "hr", "hrs", "hour", "hours"]),
    ("day", &["day", "days", "daily"]),
    ("week", &["week", "weeks", "weekly"]),
    ("month", &["month", "months", "monthly"]),
    ("year", &["year", "years", "yearly", "annually"]),
    ("degree", &["°", "°c", "°f", "c", "degrees", "degree", "celsius", "fahrenheit"]),
    ("millilitre", &["ml", "millilitre", "millilitres", "milliliter", "milliliters"]),
    ("microlitre", &["µl", "μl", "ul", "microlitre", "microlitres", "microliter", "microliters"]),
    ("litre", &["l", "litre", "litres", "liter", "liters"]),
    ("milligram", &["mg", "milligram", "milligrams"]),
    ("microgram", &["µg", "μg", "ug", "microgram", "micrograms"]),
    ("kilogram", &["kg", "kgs", "kilo", "kilos", "kilogram", "kilograms"]),
    ("gram", &["g", "gram", "grams"]),
    ("millimetre", &["mm", "millimetre", "millimetres", "millimeter", "millimeters"]),
    ("centimetre", &["cm", "centimetre", "centimetres", "centimeter", "centimeters"]),
    ("metre", &["m", "metre", "metres", "meter", "meters"]),
    ("percent", &["%", "percent"]),
    ("ppm", &["ppm"]),
    ("rpm", &["rpm"]),
];

/// Words and phrases that limit or condition; each stands for all of its forms.
const LIMITS: [(&str, &[&str]); 11] = [
    ("at least", &["at least", "no less than", "not less than", "minimum", "or more", "≥", "or longer"]),
    (
        "at most",
        &[
            "at most",
            "no more than",
            "not more than",
            "maximum",
            "up to",
            "or less",
            "≤",
            "not exceed",
            "or colder",
            "or below",
        ],
    ),
    (
        "more than",
        &[
            "more than",
            "above",
            "over ",
            "exceeds",
            "higher than",
            "longer than",
            "greater than",
            "warmer than",
            "hotter than",
        ],
    ),
    ("less than", &["less than", "below", "under ", "lower than", "shorter than", "colder than", "cooler than"]),
    ("only", &["only"]),
    ("unless", &["unless", "except"]),
    ("until", &["until"]),
    ("before", &["before", "prior to"]),
    ("after", &["after", "following"]),
    ("immediately", &["immediately", "at once", "straight away", "right away"]),
    ("within", &["within"]),
];

/// Where one stands in the clause and the other in the text, the text says the contrary.
const OPPOSITES: [(&str, &str); 30] = [
    ("open", "close"),
    ("open", "closed"),
    ("on", "off"),
    ("before", "after"),
    ("above", "below"),
    ("start", "stop"),
    ("left", "right"),
    ("hot", "cold"),
    ("warm", "cool"),
    ("increase", "decrease"),
    ("increase", "reduce"),
    ("add", "remove"),
    ("push", "pull"),
    ("inside", "outside"),
    ("first", "last"),
    ("lock", "unlock"),
    ("wet", "dry"),
    ("clean", "dirty"),
    ("maximum", "minimum"),
    ("daily", "weekly"),
    ("more", "less"),
    ("top", "bottom"),
    ("front", "back"),
    ("full", "empty"),
    ("raise", "lower"),
    ("fridge", "freezer"),
    ("fridges", "freezers"),
    ("clockwise", "anticlockwise"),
    ("internal", "external"),
    ("safe", "unsafe"),
];

impl Literals {
    fn of(text: &str) -> Self {
        let lower = text.to_lowercase().replace(['’', '‘'], "'").replace(['–', '−', '‑'], "-");
        let words: Vec<&str> = lower
            .split(|c: char| {
                c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '“' | '”' | '"' | '?' | '!' | '|' | '/')
            })
            .map(|w| w.trim_end_matches(['.', ':']))
            .filter(|w| !w.is_empty())
            .collect();
        let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
        let padded = format!(" {lower} ");
        let mut forces = BTreeSet::new();
        if has(&["must", "mustn't", "shall", "required", "mandatory"])
            || ["have to", "has to", "need to", "needs to"].iter().any(|p| padded.contains(p))
        {
            forces.insert(Force::Must);
        }
        if has(&["should", "shouldn't", "recommended", "ought"]) {
            forces.insert(Force::Should);
        }
        if has(&["may", "might", "can", "can't", "cannot", "allowed", "permitted", "optional"]) {
            forces.insert(Force::May);
        }
        let negative = has(&[
            "not",
            "never",
            "no",
            "nobody",
            "none",
            "nothing",
            "cannot",
            "without",
            "neither",
            "nor",
            "avoid",
            "forbidden",
            "prohibited",
            "non",
        ]) || words.iter().any(|w| w.ends_with("n't"));
        Self {
            numbers: numbers(&words),
            units: units(&words),
            negative,
            forces,
            limits: LIMITS
                .iter()
                .filter(|(_, forms)| forms.iter().any(|f| padded.contains(f)))
                .map(|(name, _)| *name)
                .collect(),
            words: words.iter().map(|w| (*w).to_owned()).collect(),
        }
    }
}

/// Numbers as digits, with their sign.
fn numbers(words: &[&str]) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for word in words {
        if let Some((_, digits)) = NUMBER_WORDS.iter().find(|(name, _)| name == word) {
            out.insert((*digits).to_owned());
        }
        let mut number = String::new();
        let mut before = ' ';
        for c in word.chars().chain([' ']) {
            let inside = matches!(c, '.' | ',' | ':') && !number.is_empty();
            if c.is_ascii_digit() || inside {
                // "0-7" is a range, "-12" is below zero.
                if number.is_empty() && before == '-' && word.starts_with('-') && out.is_empty() {
                    number.push('-');
                }
                number.push(c);
            } else if !number.is_empty() {
                out.insert(number.trim_end_matches(['.', ',', ':']).to_owned());
                number.clear();
            }
            before = c;
        }
    }
    out
}

/// Units that stand behind a number, glued to it or not.
fn units(words: &[&str]) -> BTreeSet<String> {
    let named = |word: &str| UNITS.iter().find(|(_, forms)| forms.contains(&word)).map(|(name, _)| (*name).to_owned());
    let mut out = BTreeSet::new();
    for (i, word) in words.iter().enumerate() {
        let counts = word.chars().any(|c| c.is_ascii_digit()) || NUMBER_WORDS.iter().any(|(name, _)| name == word);
        if !counts {
            continue;
        }
        let glued = word.trim_start_matches(|c: char| {
            c.is_ascii_digit() || matches!(c, '-' | '.' | ',' | ':' | '≤' | '≥' | '<' | '>')
        });
        out.extend(named(glued.trim_start_matches('-')));
        out.extend(words.get(i + 1).and_then(|next| named(next)));
    }
    out
}

fn opposite(given: &BTreeSet<String>, said: &BTreeSet<String>) -> Option<(&'static str, &'static str)> {
    let swapped = |a: &'static str, b: &'static str| {
        given.contains(a) && !given.contains(b) && said.contains(b) && !said.contains(a)
    };
    OPPOSITES.iter().find_map(|(a, b)| {
        if swapped(a, b) {
            Some((*a, *b))
        } else if swapped(b, a) {
            Some((*b, *a))
        } else {
            None
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_facts_in_other_words_pass() {
        for (source, text) in [
            ("Fridges must be kept at 0-7 °C.", "You must keep fridges at 0 to 7 °C."),
            ("Discard the food if unsure.", "If you are unsure, throw the food away."),
            ("Freezers: ≤ –12 °C.", "Freezers: -12 °C or colder."),
            ("Do not open the centrifuge until it has stopped.", "Don't open the centrifuge until it has stopped."),
            ("Wait 30 min.", "Wait for 30 minutes."),
            ("Rinse twice.", "Rinse it two times."),
            ("Staff shall sign the log.", "Staff must sign the log."),
            ("Inform the manager immediately.", "Tell the manager at once."),
        ] {
            assert_eq!(breach(&[source], text, true), None, "{source} -> {text}");
        }
    }

    #[test]
    fn other_facts_do_not() {
        for (source, text) in [
            ("Fridges must be kept at 0-7 °C.", "You must keep fridges at 0 to 8 °C."),
            ("Freezers: -12 °C or colder.", "Freezers: 12 °C or colder."),
            ("Wait 30 min.", "Wait for 30 seconds."),
            ("Wait thirty minutes.", "Wait for forty minutes."),
            ("Do not open the door.", "Open the door."),
            ("Open the door.", "Never open the door."),
            ("You should wear gloves.", "You must wear gloves."),
            ("You should wear gloves.", "Wear gloves."),
            ("You may leave early.", "You must leave early."),
            ("Wear gloves.", "You should wear gloves."),
            ("Only trained staff enter.", "Trained staff enter."),
            ("Use at least 5 mL.", "Use at most 5 mL."),
            ("Wash before you start.", "Wash after you start."),
            ("Close the valve.", "Open the valve."),
            ("Keep it in the fridge.", "Keep it in the freezer."),
            ("Stay out unless the light is green.", "Stay out."),
        ] {
            assert!(breach(&[source], text, false).is_some(), "{source} -> {text}");
        }
    }

    #[test]
    fn what_stands_for_the_whole_leaves_nothing_out() {
        let source = "Heat for 5 minutes before you add 2 mL.";
        assert_eq!(breach(&[source], "Heat it.", false), None);
        assert!(breach(&[source], "Heat it.", true).is_some());
        assert!(breach(&[source], "Heat for 5 minutes before you add it.", true).is_some());
    }
}
