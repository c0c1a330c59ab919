//! Small words that decide what a rule means: order, strength, condition, place.

use super::{Cut, here, item, only};
use crate::engine::english::parse::Form;
use crate::engine::forge::lines::Line;
use crate::engine::forge::{Bench, Made};

pub fn time_word(bench: &Bench<'_>, line: &Line) -> Option<Made> {
    const WORDS: [&str; 3] = ["before", "after", "until"];
    let (at, key) = only(&line.text, &WORDS)?;
    if line.text[..at].trim_end().ends_with(|c: char| c.is_ascii_digit()) || line.text[at..].split(' ').count() < 3 {
        return None;
    }
    let says = |w: &str| match w {
        "before" => "“Before” would make this the first of the two. The SOP says something else.",
        "after" => "“After” would make this the second of the two. The SOP says something else.",
        _ => "“Until” would mean that it goes on up to that moment. The SOP says something else.",
    };
    let rationale = match key {
        "before" => "“Before” says which of the two comes first.",
        "after" => "“After” says which of the two comes second.",
        _ => "“Until” means up to that moment.",
    };
    // "until 7:00" is about a moment, not about an order.
    let moment =
        line.text[at + key.len()..].split_whitespace().take(3).any(|w| w.contains(|c: char| c.is_ascii_digit()));
    if moment {
        return None;
    }
    let wrong = WORDS.iter().filter(|w| **w != key).map(|w| here(line, w, says(w).to_owned())).collect();
    Some(item(
        bench,
        Cut {
            line,
            at,
            key,
            wrong,
            frame: "select-time-word",
            stems: &[
                "Before, after or until? Think about the order of the work.",
                "Which word puts the work in the right order?",
                "Read about the order of the work and choose the missing word.",
                "What comes first? The missing word tells you.",
            ],
            rationale: rationale.to_owned(),
            score: 6,
            ordered: None,
        },
    ))
}

pub fn modal(bench: &Bench<'_>, line: &Line) -> Option<Made> {
    let Form::Duty { negative, .. } = &line.form else { return None };
    let lower = line.text.to_lowercase();
    if [" never ", " only ", "nobody", "no one", "none "].iter().any(|w| lower.contains(w)) || lower.starts_with("no ")
    {
        return None;
    }
    let words: &[&str] = if *negative { &["must not"] } else { &["must", "may", "should"] };
    let (at, key) = only(&line.text, words)?;
    let says = |w: &str| match w {
        "must" => "“Must” is a rule for everybody. The SOP is not so strict here, or it says the opposite.",
        "must not" => "“Must not” forbids it. The SOP does not forbid it.",
        "may" => "“May” leaves you the choice. The SOP does not.",
        _ => "“Should” is advice. The SOP says more or less than that.",
    };
    let rationale = match key {
        "must" => "“Must” makes it a rule.",
        "must not" => "“Must not” forbids it.",
        "may" => "“May” gives permission.",
        _ => "“Should” gives advice. It is not as strong as “must”.",
    };
    let offered: &[&str] = match key {
        "must not" => &["must", "may"],
        "may" => &["must", "must not"],
        _ => &["may", "must not"],
    };
    let wrong = offered.iter().map(|w| here(line, w, says(w).to_owned())).collect();
    Some(item(
        bench,
        Cut {
            line,
            at,
            key,
            wrong,
            frame: "select-modal",
            stems: &[
                "Is it a duty, a permission or forbidden? Choose the missing words.",
                "How strict is the rule? Choose what belongs in the gap.",
                "You explain this rule to a visitor. Which word do you need?",
                "Read the rule. Do you have a choice? Complete it.",
            ],
            rationale: rationale.to_owned(),
            score: 6,
            ordered: None,
        },
    ))
}

pub fn joiner(bench: &Bench<'_>, line: &Line) -> Option<Made> {
    let (at, key) = only(&line.text, &["because", "so that", "unless", "if"])?;
    let offered: &[&str] = match key {
        "because" => &["so that", "unless"],
        "so that" => &["because", "unless"],
        "unless" => &["if", "because"],
        _ => &["unless", "so that"],
    };
    let says = |w: &str| match w {
        "because" => "“Because” would give a reason. This is none.",
        "so that" => "“So that” would give a purpose. This is none.",
        "unless" => "“Unless” means “if not”: the opposite of what the SOP says.",
        _ => "“If” says the opposite of what the SOP says.",
    };
    let rationale = match key {
        "because" => "The second part gives the reason.",
        "so that" => "The second part gives the purpose.",
        "unless" => "“Unless” means “if not”.",
        _ => "The second part names the case in which you do it.",
    };
    let wrong = offered.iter().map(|w| here(line, w, says(w).to_owned())).collect();
    Some(item(
        bench,
        Cut {
            line,
            at,
            key,
            wrong,
            frame: "select-joiner",
            stems: &[
                "Which word joins the two parts so that the rule is right?",
                "Reason, purpose or condition? Choose the word that joins the parts.",
                "How do the two parts belong together? Complete the sentence.",
            ],
            rationale: rationale.to_owned(),
            score: 5,
            ordered: None,
        },
    ))
}

/// "on the label", not "at the label": only where a place follows, and only prepositions that no place word takes both ways.
pub fn preposition(bench: &Bench<'_>, line: &Line) -> Option<Made> {
    const PLACES: [(&str, &[&str]); 3] = [
        (
            "in",
            &[
                "bag",
                "box",
                "bin",
                "drawer",
                "cupboard",
                "cabinet",
                "room",
                "fridge",
                "freezer",
                "container",
                "safe",
                "bucket",
                "bottle",
                "sink",
                "oven",
                "building",
                "kitchen",
                "laboratory",
                "warehouse",
                "office",
                "tube",
                "app",
            ],
        ),
        (
            "on",
            &[
                "label", "shelf", "shelves", "floor", "table", "door", "wall", "list", "lid", "pan", "tray", "note",
                "screen", "desk", "wheel", "bench",
            ],
        ),
        ("at", &["desk", "reception", "entrance", "end", "beginning", "start"]),
    ];
    let (at, key) = only(&line.text, &["in", "on", "at"])?;
    let phrase: Vec<String> = line.text[at..]
        .split(' ')
        .skip(1)
        .take(4)
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .collect();
    let determined = phrase.first().is_some_and(|w| matches!(w.as_str(), "the" | "a" | "an" | "your" | "its" | "each"));
    let sure =
        |word: &str| PLACES.iter().filter(|(_, nouns)| nouns.contains(&word)).map(|(p, _)| *p).collect::<Vec<_>>();
    let place = phrase.iter().skip(1).find(|w| !sure(w).is_empty())?;
    if !determined || sure(place) != [key] {
        return None;
    }
    let wrong = ["in", "on", "at"]
        .iter()
        .filter(|w| **w != key)
        .map(|w| here(line, w, format!("We do not say “{w}” with this place. The SOP says “{key}”.")))
        .collect();
    Some(item(
        bench,
        Cut {
            line,
            at,
            key,
            wrong,
            frame: "select-preposition",
            stems: &[
                "In, on or at? Say exactly where.",
                "Which small word belongs to this place?",
                "Tell a colleague the exact place: choose the missing word.",
            ],
            rationale: format!("We say “{key}” with this place, and so does the SOP."),
            score: 3,
            ordered: None,
        },
    ))
}
