//! Points that show in small words: where, in which order, how much, how long.

use super::{Found, Words};
use crate::engine::english::quantity::{self, Dimension};
use crate::engine::english::words::is_function;
use crate::engine::facts::Fact;

/// Things and rooms that something can be in, on or under, by the last word of their name.
const PLACES: &str = "area bag bags basin basket bath bathroom bed bedroom bench bin bins bottle bottles bowl box boxes bucket \
    building cabinet cage canteen car card cart case ceiling cellar centrifuge chair chiller chillers class closet collection \
    container containers corner corridor counter crate cup cupboard cupboards dashboard desk display dish dishwasher door doors \
    drain drawer drawers drum dryer dustbin entrance envelope envelopes exit file fire-door flask floor floors folder freezer \
    freezers fridge fridges garage garden gate ground hall handle head hood holder hotel incubator jar kitchen lab label labels \
    laboratory labels laptop lid lift line lobby locker lockers log machine machines mailbox office oven pack package page pallet \
    pallets pan pantry park pen pipe plate platform pocket pot rack racks rail register reception refrigerator restaurant road roof \
    room rooms rotor row sack safe screen seat sheet shelf shelves shop sink sinks site skip sofa stairs station store storeroom \
    street surface surfaces table tables tank tap tent test toilet ton towel tower trailer tray trays trolley trolleys truck tub \
    tube tubes vacuum van vehicle wall walls ward warehouse wardrobe washroom water waste window windows workshop yard zone";

/// Verbs that take "on" or "in" along: "put on an apron", "log in".
const WITH_ADVERB: [&str; 14] = [
    "put", "switch", "turn", "try", "log", "sign", "carry", "go", "focus", "focuses", "depends", "based", "hand",
    "fill",
];

/// "in the night log", with the whole name of the place; "in a fire alarm" and "in the morning" are none.
pub fn place(fact: &Fact) -> Option<Found> {
    let words = Words::of(fact);
    (1..words.len()).find_map(|i| {
        let (cue, first) = match (words.at(i), words.at(i + 1)) {
            ("in", _) => ("in", i + 1),
            ("on", _) => ("on", i + 1),
            ("under", _) => ("under", i + 1),
            ("behind", _) => ("behind", i + 1),
            ("above", _) => ("above", i + 1),
            ("next", "to") => ("next to", i + 2),
            ("into", _) => ("into", i + 1),
            ("onto", _) => ("onto", i + 1),
            ("at", _) => ("at", i + 1),
            _ => return None,
        };
        let determined = matches!(words.at(first), "the" | "a" | "an" | "your" | "each" | "its" | "every");
        if !determined || WITH_ADVERB.contains(&words.before(i)) && cue != "into" {
            return None;
        }
        let mut end = first;
        while end - first < 4 && words.joined(end) && names(words.at(end + 1)) {
            end += 1;
        }
        let head = words.at(end);
        let named = end > first && PLACES.split_whitespace().any(|p| p == head);
        if named { words.found(i, end, cue) } else { None }
    })
}

fn names(word: &str) -> bool {
    const COUNTS: [&str; 9] = ["two", "three", "four", "five", "six", "once", "twice", "times", "again"];
    !word.is_empty()
        && !is_function(word)
        && !COUNTS.contains(&word)
        && !word.ends_with("ly")
        && word.chars().all(|c| c.is_alphabetic() || c == '-')
}

pub fn order_words(fact: &Fact) -> Option<Found> {
    let words = Words::of(fact);
    if words.at(0) == "after" && words.at(1) == "that" {
        return words.found(0, 1, "after that");
    }
    // "First aid" and "First class" are names.
    let opener = match words.at(0) {
        "first" if super::is_base(words.at(1)) => "first",
        "then" => "then",
        "next" if !words.joined(0) || super::is_base(words.at(1)) => "next",
        "finally" => "finally",
        _ => "",
    };
    if !opener.is_empty() {
        return words.found(0, 0, opener);
    }
    let i = (1..words.len()).find(|i| {
        words.at(*i) == "then" && (words.opens(*i) || words.before(*i) == "and") && super::is_base(words.at(i + 1))
    })?;
    words.found(i, i, "then")
}

/// "Switch on the balance", "take the tubes out": a verb and its particle around or before a thing.
pub fn phrasal_verbs(fact: &Fact) -> Option<Found> {
    let words = Words::of(fact);
    (0..words.len()).find_map(|i| {
        let base = cefr::lemma(words.at(i));
        let taken = particles(&base).or_else(|| particles(words.at(i)))?;
        // The particle stands at once behind the verb and before a thing, or behind a thing of up to three words.
        let next = words.at(i + 1);
        if taken.contains(&next) && (super::opens_noun_phrase(words.at(i + 2)) || matches!(words.at(i + 2), "" | "and"))
        {
            return words.found(i, i + 1, "");
        }
        let thing = super::opens_noun_phrase(next) || matches!(next, "it" | "them");
        let end = (i + 2..i + 5).find(|k| taken.contains(&words.at(*k))).filter(|_| thing)?;
        let last = words.at(end + 1).is_empty()
            || !words.joined(end)
            || matches!(words.at(end + 1), "and" | "before" | "after");
        if last { words.found(i, end, "") } else { None }
    })
}

/// The particles that make another verb of this one, where the thing may stand between them.
pub fn particles(verb: &str) -> Option<&'static [&'static str]> {
    Some(match verb {
        "switch" => &["on", "off"],
        "turn" => &["on", "off", "down", "up", "over"],
        "put" => &["on", "away", "down", "back"],
        "take" => &["off", "out", "away", "back", "down"],
        "throw" | "move" => &["away", "out"],
        "fill" => &["in", "up", "out"],
        "write" => &["down"],
        "pick" => &["up"],
        "clean" | "mop" => &["up", "out"],
        "wipe" => &["down", "off", "up"],
        "wash" | "rinse" | "cut" => &["off", "out"],
        "close" | "shut" => &["down", "off"],
        "set" => &["up", "aside"],
        "hand" => &["in", "over", "out", "back"],
        "give" | "send" => &["back", "out"],
        "bring" => &["in", "back"],
        "let" => &["in", "out"],
        "lock" => &["up", "away"],
        "call" => &["back"],
        "carry" | "print" | "sort" | "empty" => &["out"],
        "screw" | "tighten" => &["on", "in"],
        "pull" => &["out", "off"],
        "plug" => &["in"],
        _ => return None,
    })
}

/// "30 minutes", "500 mL of saline", "each bag": whichever is sure.
pub fn quantity(fact: &Fact) -> Option<Found> {
    measured(fact).or_else(|| taken_together(fact))
}

fn measured(fact: &Fact) -> Option<Found> {
    let found = quantity::all(&fact.text).into_iter().find(|q| {
        let counted =
            matches!(q.dimension, Dimension::Duration | Dimension::Volume | Dimension::Mass | Dimension::Length);
        counted && q.text.starts_with(|c: char| c.is_ascii_digit()) && !q.text.contains('-')
    })?;
    let many = found.unit.len() > 3 && found.unit.ends_with('s') && !found.text.starts_with("1 ");
    let measured = matches!(found.dimension, Dimension::Volume | Dimension::Mass);
    let rest = fact.text.split_once(&found.text)?.1;
    match (many, measured && rest.starts_with(" of ")) {
        (true, _) => Some(Found { focus: found.text, cue: "how many" }),
        (_, true) => Some(Found { focus: format!("{} of", found.text), cue: "how much" }),
        _ => None,
    }
}

/// "each bag", "all staff"; not "all of it", "at all times", "every 3 months".
fn taken_together(fact: &Fact) -> Option<Found> {
    let words = Words::of(fact);
    let i = (0..words.len()).find(|i| {
        let noun = words.at(i + 1);
        let plural = noun.ends_with('s') || noun == "staff";
        let number = matches!(words.at(*i), "each" | "every") != plural && words.at(*i) != "all"
            || words.at(*i) == "all" && plural;
        matches!(words.at(*i), "each" | "every" | "all")
            && words.joined(*i)
            && number
            && words.before(*i) != "at"
            && names(noun)
            && cefr::can_be(&cefr::lemma(noun), cefr::PartOfSpeech::Noun)
    })?;
    let cue = match words.at(i) {
        "each" => "each",
        "every" => "every",
        _ => "all",
    };
    words.found(i, i + 1, cue)
}

pub fn comparison(fact: &Fact) -> Option<Found> {
    const TWO: [(&str, &str, &str); 12] = [
        ("at", "least", "at least"),
        ("at", "most", "at most"),
        ("up", "to", "up to"),
        ("more", "than", "more than"),
        ("less", "than", "less than"),
        ("fewer", "than", "less than"),
        ("longer", "than", "longer than"),
        ("higher", "than", "higher than"),
        ("greater", "than", "higher than"),
        ("lower", "than", "lower than"),
        ("or", "more", "or more"),
        ("or", "less", "or less"),
    ];
    let words = Words::of(fact);
    let digit = |w: &str| w.starts_with(|c: char| c.is_ascii_digit());
    let number = |w: &str| digit(w) || matches!(w, "one" | "two" | "three" | "four" | "five" | "six" | "ten" | "half");
    if let Some(i) = words.run(&[&|w| matches!(w, "no" | "not"), &|w| w == "more", &|w| w == "than", &number]) {
        return words.found(i, i + 3, "no more than");
    }
    let two = TWO.iter().find_map(|(a, b, cue)| {
        let i = words.run(&[&|w| w == *a, &|w| w == *b])?;
        let counted = if *a == "or" {
            i > 0 && (digit(words.before(i)) || !words.before(i).is_empty() && digit(words.before(i - 1)))
        } else {
            number(words.at(i + 2))
        };
        counted.then_some((i, *cue))
    });
    if let Some((i, cue)) = two {
        let end = if words.at(i) == "or" { i + 1 } else { i + 2 };
        return words.found(i, end, cue);
    }
    let i = words.run(&[&|w| matches!(w, "below" | "above"), &digit])?;
    let cue = if words.at(i) == "below" { "below" } else { "above" };
    // "-12 °C": the sign is no part of the word.
    let text = words.slice(i, i)?;
    Some(Found { focus: text, cue })
}

pub fn time_limit(fact: &Fact) -> Option<Found> {
    let words = Words::of(fact);
    let digit = |w: &str| w.starts_with(|c: char| c.is_ascii_digit());
    let number = |w: &str| digit(w) || matches!(w, "one" | "two" | "three" | "four" | "five" | "six" | "ten");
    let unit = |w: &str| ["minute", "hour", "day", "week", "month", "year", "second"].iter().any(|u| w.starts_with(u));
    let span = |w: &str| matches!(w, "within" | "for");
    let measured = words
        .run(&[&span, &number, &unit])
        .map(|i| (i, i + 2))
        .or_else(|| words.run(&[&span, &number, &|w| matches!(w, "working" | "business"), &unit]).map(|i| (i, i + 3)))
        .or_else(|| words.run(&[&span, &|w| w == "at", &|w| w == "least", &number, &unit]).map(|i| (i, i + 4)));
    if let Some((i, end)) = measured {
        return words.found(i, end, if words.at(i) == "within" { "within" } else { "for" });
    }
    let i = words.run(&[&|w| matches!(w, "by" | "until"), &digit])?;
    // A time of day, not an amount: "by 6 p.m.", "until 7:00".
    let clock = words.at(i + 1).contains(':') || matches!(words.at(i + 2), "a.m" | "p.m" | "am" | "pm" | "o'clock");
    let cue = if words.at(i) == "by" { "by" } else { "until" };
    let end = if words.at(i + 1).contains(':') { i + 1 } else { i + 2 };
    if clock { words.found(i, end, cue) } else { None }
}
