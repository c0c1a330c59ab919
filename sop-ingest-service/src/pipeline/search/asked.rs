//! What kind of measure a question asks for, and whether a clause has one of that kind.

use regex::Regex;
use rust_stemmers::{Algorithm, Stemmer};

use crate::pipeline::{
    pattern::patterns,
    profile::{NUMBER, SPELLED},
};

patterns! {
    // Questions
    PHONE = r"(?i)\b(?:(?:tele)?phone number|extension|number (?:do|should|must|can|to) .*(?:call|ring|phone|dial))\b";
    EMAIL = r"(?i)\be-?mail address";
    TEMPERATURE = r"(?i)\b(?:(?:what|which|how)\b.*\b(?:temperatures?|degrees)|how (?:hot|cold|warm))\b";
    DURATION = r"(?i)\bhow (?:many|much) (?:\w+ )?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|time)\b|\bhow (?:long|often|soon|fast|quickly|frequently)\b|\b(?:what|which) (?:time limit|period|interval)\b|\bwithin (?:what|which) time\b";
    CLOCK = r"(?i)\b(?:at|by|from|until) (?:what|which) time\b|\bwhat time\b";
    LENGTH = r"(?i)\b(?:height|altitude|distance|width|length|depth)\b|\bhow (?:high|deep|far|wide|tall|thick)\b|\bhow many (?:met(?:re|er)s|centimet(?:re|er)s|millimet(?:re|er)s|cm|km|feet|miles|inches)\b";
    VOLUME = r"(?i)\bvolume\b|\bhow many (?:lit(?:re|er)s?|millilit(?:re|er)s?|ml)\b|\bhow much (?:\w+ )?(?:water|liquid|solution|buffer)\b";
    WEIGHT = r"(?i)\bweight\b|\bhow heavy\b|\bhow many (?:grams|kilos?|kilograms|kg|pounds)\b";
    MONEY = r"(?i)\b(?:allowance|price|costs?|fee|fine|budget)\b.*\?|\bhow much (?:money|does it cost)\b";
    SHARE = r"(?i)\b(?:percentage|percent|per cent|concentration)\b";
    SPEED = r"(?i)\bspeed\b|\brpm\b";
    COUNT = r"(?i)\bhow many (?P<what>(?:\w+ ){0,2}?\w+s)\b";
    NUMBER_ASKED = r"(?i)\bhow (?:many|much|large|big|close|small|old)\b|\b(?:what|which) (?:dose|size|pressure|amount|quantity|number|numbers|value|values|ratio|range|setting)\b";
    // Clauses
    HAS_PHONE = r"(?i)\d{3}[\s.)-]*\d{3}|\[PHONE|\bext(?:ension)?\b|\b(?:call|dial|phone) \d{3}\b";
    HAS_EMAIL = r"@|\[EMAIL";
    HAS_TEMPERATURE = r"(?i)\d\s?(?:°|º|℃|℉|degrees|[CF]\b)|\b(?:room|body|ambient) temperature\b|\b(?:boiling|freezing)\b";
    HAS_CLOCK = r"(?i)\b\d{1,2}[:.]\d\d|\b\d{1,2}\s?[ap]\.?m\b|\b[ap]m\b|\bo['’]clock\b|\b(?:noon|midnight|beginning|end of|before|after)\b";
    HAS_LENGTH = r"(?i)\d\s?(?:m|cm|mm|km|µm|met(?:re|er)s?|feet|ft|foot|inch(?:es)?|miles?)\b";
    HAS_VOLUME = r"\d\s?(?:[mµμcd]?[lL]|lit(?:re|er)s?|cups?|drops?|gallons?|pints?)\b";
    HAS_WEIGHT = r"\d\s?(?:[kmµμ]?g|kilos?|(?:kilo|milli)?grams?|pounds?|lbs?|tonnes?)\b";
    HAS_MONEY = r"[$€£¥]\s?\d|\d\s?(?:USD|EUR|GBP|CHF|dollars?|euros?|pounds)";
    HAS_SHARE = r"(?i)\d\s?(?:%|percent|per cent|[mµn]?M\b|mol)";
    HAS_SPEED = r"(?i)\d[\d,]*\s?(?:rpm|x?\s?g|km/h|mph|m/s)\b|\bspeed \d";
    HAS_DURATION = r"(?i)(?:\d|½|\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|sixty|ninety|few|couple|several|half)\b)\s*-?(?:an? )?(?:business |working |calendar )?(?:s|secs?|seconds?|min|mins|minutes?|h|hrs?|hours?|days?|weeks?|months?|years?|shifts?)\b|\b(?:overnight|immediately|hourly|daily|weekly|monthly|yearly|annually|promptly|always|once|twice)\b|\b(?:every|each|after|before)\s\p{L}";
    QUANTIFIED = r"(?i)\b(?:exactly|no|number of)\b";
}

static HAS_NUMBER: std::sync::LazyLock<Regex> =
    std::sync::LazyLock::new(|| crate::pipeline::pattern::compile(&format!(r"(?i){NUMBER}|\b{SPELLED}\b|\bhalf\b")));

/// The measure that a question asks for.
pub enum Asked {
    /// Any clause may answer.
    Anything,
    /// A clause with this.
    Measure(&'static Regex),
    /// A number of these, by the stem of their name.
    Count(String),
}

impl Asked {
    pub fn of(question: &str) -> Self {
        let measures: [(&Regex, &'static Regex); 11] = [
            (&PHONE, &HAS_PHONE),
            (&EMAIL, &HAS_EMAIL),
            (&TEMPERATURE, &HAS_TEMPERATURE),
            (&DURATION, &HAS_DURATION),
            (&CLOCK, &HAS_CLOCK),
            (&LENGTH, &HAS_LENGTH),
            (&VOLUME, &HAS_VOLUME),
            (&WEIGHT, &HAS_WEIGHT),
            (&MONEY, &HAS_MONEY),
            (&SHARE, &HAS_SHARE),
            (&SPEED, &HAS_SPEED),
        ];
        if let Some((_, has)) = measures.iter().find(|(asks, _)| asks.is_match(question)) {
            return Self::Measure(has);
        }
        if let Some(what) = COUNT.captures(question).and_then(|c| c.name("what")) {
            return Self::Count(stem(what.as_str().split_whitespace().last().unwrap_or_default()));
        }
        if NUMBER_ASKED.is_match(question) { Self::Measure(&HAS_NUMBER) } else { Self::Anything }
    }

    pub fn is_measure(&self) -> bool {
        !matches!(self, Self::Anything)
    }

    /// Whether the clause could hold the answer.
    pub fn fits(&self, clause: &str) -> bool {
        match self {
            Self::Anything => true,
            Self::Measure(has) => has.is_match(clause),
            Self::Count(what) => {
                (HAS_NUMBER.is_match(clause) || QUANTIFIED.is_match(clause))
                    && clause.split(|c: char| !c.is_alphanumeric()).any(|word| stem(word) == *what)
            }
        }
    }
}

fn stem(word: &str) -> String {
    Stemmer::create(Algorithm::English).stem(&word.to_lowercase()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_for_a_measure_is_answered_by_a_clause_that_has_one() {
        for (question, yes, no) in [
            ("How long does the dough rest?", "Let it rest for 20 minutes.", "Let it rest on the table."),
            ("At which temperature is milk stored?", "Milk: 5 °C or below.", "Store milk in the fridge."),
            ("What is the phone number of the gate?", "Gate: 555 010 199", "Ask the guard at the gate."),
            (
                "How many guests fit in the lift?",
                "No more than six guests may use the lift.",
                "Six crates fit in the lift.",
            ),
            ("How much buffer goes into the tube?", "Add 50 µL of buffer.", "Add buffer to the tube."),
            ("At what time does the shift end?", "The shift ends at 22:00.", "Sign the book."),
            ("How high may boxes be stacked?", "Stack to 1.5 m at most.", "Stack boxes safely."),
        ] {
            let asked = Asked::of(question);
            assert!(asked.is_measure() && asked.fits(yes) && !asked.fits(no), "{question}");
        }
        let asked = Asked::of("Who signs the log?");
        assert!(!asked.is_measure() && asked.fits("The guard signs it."));
    }
}
