//! The last part of a verb phrase that answers a wh-question: "wash your hands | for at least 20 seconds".

use super::quantity::{self, Dimension, Quantity};
use super::words::{base_of_participle, is_finite, is_verb};

/// The question that an adjunct answers.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Wh {
    HowLong,
    HowSoon,
    HowOften,
    HowManyTimes,
    WhatTemperature,
    WhatSpeed,
    WhatTime,
    WhatSetting,
    HowMuch,
    When,
    Where,
    WithWhat,
    Why,
}

/// A verb phrase without its last adjunct, and that adjunct.
#[derive(Clone, Debug, PartialEq)]
pub struct Adjunct {
    pub wh: Wh,
    /// "wash your hands"; for [`Wh::HowMuch`] without the amount and the thing.
    pub core: String,
    /// "for at least 20 seconds".
    pub answer: String,
    /// What is measured out, for [`Wh::HowMuch`]: "purified water".
    pub thing: Option<String>,
    pub quantity: Option<Quantity>,
}

const PLACE_VERBS: [&str; 15] = [
    "store", "put", "place", "keep", "record", "write", "move", "transfer", "hang", "leave", "insert", "position",
    "park", "enter", "save",
];
const TOOL_VERBS: [&str; 16] = [
    "rinse",
    "clean",
    "wipe",
    "disinfect",
    "dry",
    "cover",
    "fill",
    "wash",
    "dust",
    "mop",
    "measure",
    "mix",
    "soak",
    "spray",
    "cut",
    "seal",
];
const MEASURE_VERBS: [&str; 6] = ["add", "transfer", "use", "pipette", "pour", "dispense"];
const NOT_PLACES: [&str; 16] = [
    "ink",
    "writing",
    "order",
    "detail",
    "advance",
    "accordance",
    "case",
    "use",
    "time",
    "drops",
    "words",
    "total",
    "front",
    "full",
    "turn",
    "place",
];

fn clean(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '°' | '%' | '-' | '±'))
}

/// Finds the last adjunct of a verb phrase that begins with its verb.
pub fn split(phrase: &str) -> Option<Adjunct> {
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let verb = *words.first()?;
    if !is_verb(verb) && verb != "be" || words.len() < 3 || words.len() > 22 {
        return None;
    }
    if let Some(found) = measured(&words) {
        return Some(found);
    }
    (1..words.len() - 1).rev().filter_map(|at| classify(&words, at)).find(|a| sound(&a.core, a.wh))
}

/// The core must stand without what was cut off.
fn sound(core: &str, wh: Wh) -> bool {
    let last = core.split_whitespace().next_back().map(clean).unwrap_or_default();
    let dangling = matches!(
        last,
        "and"
            | "or"
            | "of"
            | "to"
            | "in"
            | "on"
            | "at"
            | "by"
            | "for"
            | "with"
            | "from"
            | "into"
            | "than"
            | "the"
            | "a"
            | "an"
            | "not"
            | "least"
            | "only"
            | "it,"
            | "about"
            | "as"
    );
    let measured_core = quantity::all(core).iter().any(|q| q.dimension == Dimension::Duration);
    let loose_measure = measured_core && matches!(wh, Wh::When | Wh::HowLong | Wh::HowSoon);
    let two_actions = core.contains(" and then ") || core.contains(", ");
    let frequency = wh == Wh::When
        && ["every", "once", "twice", "daily", "weekly"].iter().any(|w| core.split(' ').any(|c| c == *w));
    let adverb = matches!(
        last,
        "directly"
            | "immediately"
            | "only"
            | "carefully"
            | "gently"
            | "slowly"
            | "again"
            | "back"
            | "up"
            | "down"
            | "out"
            | "on"
            | "off"
            | "away"
    );
    let placed =
        wh == Wh::Where && core.split(' ').skip(1).any(|w| matches!(w, "on" | "in" | "into" | "under" | "at" | "onto"));
    !dangling && !loose_measure && !two_actions && !frequency && !adverb && !placed
}

fn classify(words: &[&str], at: usize) -> Option<Adjunct> {
    let tail = &words[at + 1..];
    let make = |wh, quantity| Adjunct {
        wh,
        core: words[..at].join(" "),
        answer: words[at..].join(" "),
        thing: None,
        quantity,
    };
    match clean(words[at]) {
        "for" => duration(tail, 0).map(|q| make(Wh::HowLong, Some(q))),
        "within" => duration(tail, 8).map(|q| make(Wh::HowSoon, Some(q))),
        "every"
            if !matches!(
                words[at - 1],
                "at" | "on" | "of" | "in" | "after" | "before" | "for" | "from" | "to" | "with"
            ) =>
        {
            every(tail).then(|| make(Wh::HowOften, interval(tail)))
        }
        "once" | "twice" => matches!(tail, ["a" | "per", _]).then(|| make(Wh::HowOften, None)),
        "daily" | "weekly" | "monthly" => tail.is_empty().then(|| make(Wh::HowOften, None)),
        "at" => at_something(words, at),
        "to" => setting(words, at).or_else(|| place(words, at)),
        "until" => clause_tail(tail).then(|| make(Wh::HowLong, None)),
        "before" | "after" => (clause_tail(tail) && words[at - 1] != "immediately").then(|| make(Wh::When, None)),
        "so" if tail.first() == Some(&"that") => (tail.len() > 3 && gives_reason(tail)).then(|| make(Wh::Why, None)),
        "because" => (tail.len() > 2).then(|| make(Wh::Why, None)),
        "with" => tool(words, at),
        "in" | "on" | "under" | "behind" | "into" | "onto" => place(words, at),
        word if quantity::number(word).is_some() && tail == ["times"] => {
            Some(make(Wh::HowManyTimes, quantity::at(words, at).map(|(_, q)| q)))
        }
        _ => None,
    }
}

/// "so that the opening is at the foot" says how, not why.
fn gives_reason(tail: &[&str]) -> bool {
    !tail.windows(2).any(|w| {
        matches!(w[0], "is" | "are") && matches!(w[1], "at" | "in" | "on" | "under" | "above" | "below" | "to" | "near")
    })
}

/// "20 seconds", perhaps after "at least", up to the end or up to a short "after ..." of at most `extra` words.
fn duration(tail: &[&str], extra: usize) -> Option<Quantity> {
    let skip = qualifier_length(tail);
    let (taken, q) = quantity::at(tail, skip)?;
    let rest = &tail[skip + taken..];
    let fits =
        rest.is_empty() || extra > 0 && rest.len() <= extra && matches!(rest[0], "after" | "of" | "from" | "before");
    (q.dimension == Dimension::Duration && fits).then_some(q)
}

/// Words before the number that say how exact it is.
pub fn qualifier_length(words: &[&str]) -> usize {
    const QUALIFIERS: [&[&str]; 13] = [
        &["at", "least"],
        &["not", "more", "than"],
        &["no", "more", "than"],
        &["not", "less", "than"],
        &["no", "longer", "than"],
        &["not", "longer", "than"],
        &["a", "minimum", "of"],
        &["a", "maximum", "of"],
        &["up", "to"],
        &["more", "than"],
        &["less", "than"],
        &["a", "further"],
        &["about"],
    ];
    QUALIFIERS.iter().find(|q| words.len() > q.len() && words[..q.len()] == ***q).map_or(0, |q| q.len())
}

fn every(tail: &[&str]) -> bool {
    match tail {
        [unit] => {
            matches!(*unit, "day" | "week" | "month" | "year" | "hour" | "shift" | "Monday" | "morning" | "evening")
        }
        _ => interval(tail).is_some(),
    }
}

/// "10 minutes", and nothing after it.
fn interval(tail: &[&str]) -> Option<Quantity> {
    quantity::at(tail, 0).filter(|(n, q)| *n == tail.len() && q.dimension == Dimension::Duration).map(|(_, q)| q)
}

fn at_something(words: &[&str], at: usize) -> Option<Adjunct> {
    let tail = &words[at + 1..];
    let make = |wh, quantity| Adjunct {
        wh,
        core: words[..at].join(" "),
        answer: words[at..].join(" "),
        thing: None,
        quantity,
    };
    if let Some((taken, q)) = quantity::at(tail, qualifier_length(tail)) {
        let rest = &tail[taken + qualifier_length(tail)..];
        let range = rest.is_empty()
            || rest.first() == Some(&"to") && quantity::at(rest, 1).is_some_and(|(n, _)| n + 1 == rest.len());
        let wh = match (q.dimension, q.unit.as_str()) {
            (Dimension::Temperature, _) => Wh::WhatTemperature,
            (Dimension::Speed, _) => Wh::WhatSpeed,
            (Dimension::Mass, "g") if words[0] == "centrifuge" => Wh::WhatSpeed,
            (Dimension::Clock, _) => Wh::WhatTime,
            _ => return None,
        };
        return range.then(|| make(wh, Some(q)));
    }
    let moment = matches!(tail, ["the", "end" | "beginning" | "start", "of", _, ..]) && tail.len() <= 8 && plain(tail);
    if moment {
        return Some(make(Wh::When, None));
    }
    place(words, at)
}

/// "Set the thermostat to 21 °C".
fn setting(words: &[&str], at: usize) -> Option<Adjunct> {
    let tail = &words[at + 1..];
    let (taken, q) = quantity::at(tail, 0)?;
    (taken == tail.len()
        && q.dimension == Dimension::Temperature
        && matches!(words[0], "set" | "heat" | "cool" | "preheat"))
    .then(|| Adjunct {
        wh: Wh::WhatSetting,
        core: words[..at].join(" "),
        answer: tail.join(" "),
        thing: None,
        quantity: Some(q),
    })
}

fn tool(words: &[&str], at: usize) -> Option<Adjunct> {
    let tail = &words[at + 1..];
    let fits =
        TOOL_VERBS.contains(&words[0]) && at >= 2 && tail.len() <= 7 && plain(tail) && !words[1..at].contains(&"with");
    fits.then(|| Adjunct {
        wh: Wh::WithWhat,
        core: words[..at].join(" "),
        answer: tail.join(" "),
        thing: None,
        quantity: None,
    })
}

fn place(words: &[&str], at: usize) -> Option<Adjunct> {
    let tail = &words[at + 1..];
    let verb = match words[0] {
        "be" => base_of_participle(words.get(1)?)?,
        verb => verb.to_owned(),
    };
    let moving = matches!(verb.as_str(), "move" | "transfer");
    if words[at] == "to" && !moving || !PLACE_VERBS.contains(&verb.as_str()) || at < 2 {
        return None;
    }
    let noun = tail.first().map(|w| clean(w)).unwrap_or_default();
    let named = tail.iter().any(|w| NOT_PLACES.contains(&clean(w)));
    let determined = matches!(noun, "the" | "a" | "an" | "your" | "its" | "their" | "log" | "each" | "another");
    let of_place = tail.len() <= 7 && plain(tail) && !named && (determined || matches!(words[at], "in" | "on"));
    let about_object = words[at - 1].ends_with(',') || matches!(words[at - 1], "that" | "which" | "is" | "are");
    (of_place && !about_object && quantity::all(&tail.join(" ")).is_empty()).then(|| Adjunct {
        wh: Wh::Where,
        core: words[..at].join(" "),
        answer: words[at..].join(" "),
        thing: None,
        quantity: None,
    })
}

/// "add 600 µL of buffer to the column": amount, thing, rest.
fn measured(words: &[&str]) -> Option<Adjunct> {
    if !MEASURE_VERBS.contains(&words[0]) {
        return None;
    }
    let (taken, q) = quantity::at(words, 1)?;
    if !matches!(q.dimension, Dimension::Volume | Dimension::Mass) {
        return None;
    }
    let rest = &words[1 + taken..];
    let rest = rest.strip_prefix(&["of"]).unwrap_or(rest);
    let end = rest.iter().position(|w| matches!(*w, "to" | "into" | "in" | "onto" | "from"))?;
    let thing = rest[..end].join(" ");
    let refers = rest.iter().any(|w| matches!(clean(w), "this" | "these" | "that" | "each" | "step" | "and"));
    let fits = (1..=5).contains(&end) && !refers && rest.len() > end + 1 && quantity::all(&rest.join(" ")).is_empty();
    fits.then(|| Adjunct {
        wh: Wh::HowMuch,
        core: format!("{} {}", words[0], rest[end..].join(" ")),
        answer: q.text.clone(),
        thing: Some(thing),
        quantity: Some(q),
    })
}

/// No verb, no clause, no list: a noun phrase.
fn plain(words: &[&str]) -> bool {
    !words.is_empty()
        && !words.iter().any(|w| {
            let w = clean(w);
            w.is_empty()
                || is_finite(w)
                || matches!(
                    w,
                    "that"
                        | "which"
                        | "who"
                        | "so"
                        | "if"
                        | "when"
                        | "and"
                        | "then"
                        | "before"
                        | "after"
                        | "until"
                        | "for"
                        | "by"
                        | "unless"
                        | "without"
                        | "to"
                        | "immediately"
                        | "again"
                )
        })
        && !words.iter().any(|w| w.ends_with(','))
}

/// What may follow "before", "after", "until": a noun phrase or a short clause.
fn clause_tail(words: &[&str]) -> bool {
    (1..=11).contains(&words.len())
        && !words.iter().any(|w| w.ends_with(',') || matches!(*w, "and" | "so" | "if" | "unless" | "then"))
}

#[cfg(test)]
mod tests;
