//! Mistakes of the guide's table that show in small words and in the order of words.

use super::{Slip, swap};
use crate::engine::english::parse::Form;
use crate::engine::english::text::{lower_first, placed_words};
use crate::engine::english::words::{
    base_of_participle, base_of_third_person, is_function, is_noun_like, is_verb, names_people,
};
use crate::engine::forge::lines::Line;

pub fn slips(line: &Line) -> Vec<Slip> {
    let all = [
        to_before_order(line),
        at_first(line),
        will_after_time_word(line),
        bare_participle(line),
        wrong_place(line),
        since(line),
        without_of(line),
        wrong_limit(line),
        wrong_relative(line),
        be_in_short_condition(line),
        turned_compound(line),
        for_after_so_that(line),
        to_after_make_sure(line),
        plural_after_each(line),
    ];
    all.into_iter().flatten().collect()
}

/// The sentence with its beginning changed.
fn opened(line: &Line, frame: &'static str, right: &str, wrong: &str, why: &'static str) -> Option<Slip> {
    let text = line.sentence();
    let rest = text.strip_prefix(right)?;
    Some(Slip {
        frame,
        wrong: wrong.to_owned(),
        right: right.to_owned(),
        sentence: format!("{wrong}{rest}"),
        also: Vec::new(),
        why,
    })
}

/// "To wash your hands."
fn to_before_order(line: &Line) -> Option<Slip> {
    let Form::Do(_) = &line.form else { return None };
    let first = line.text.split(' ').next().filter(|w| is_verb(w))?;
    let wrong = format!("To {}", lower_first(first, &first.to_lowercase()));
    let mut slip = opened(line, "slip-imperative", first, &wrong, "An order begins with the verb, without “to”.")?;
    slip.also = vec![format!("You must {}", lower_first(&line.sentence(), &line.text.to_lowercase()))];
    Some(slip)
}

/// "At first check the list."
fn at_first(line: &Line) -> Option<Slip> {
    line.text.starts_with("First ").then_some(())?;
    opened(
        line,
        "slip-order",
        "First",
        "At first",
        "“First” opens the list. “At first” means that something changed later.",
    )
}

/// "until it will stop", "in case the light will fail"
fn will_after_time_word(line: &Line) -> Option<Slip> {
    let words = placed_words(&line.text);
    let at = words
        .iter()
        .position(|(_, w)| matches!(w.as_str(), "until" | "when" | "once" | "case" | "after" | "before"))?;
    (words[at].1 != "case" || at > 0 && words[at - 1].1 == "in").then_some(())?;
    let i = (at + 2..(at + 7).min(words.len())).find(|i| {
        let word = words[*i].1.as_str();
        matches!(word, "is" | "are") || base_of_third_person(word).is_some_and(|b| !is_noun_like(&b))
    })?;
    let right = &line.text[words[i - 1].0.start..words[i].0.end];
    let comma = line.text[words[at].0.start..words[i].0.start].contains(',');
    let word = words[i].1.as_str();
    let base = if matches!(word, "is" | "are") { "be".to_owned() } else { base_of_third_person(word)? };
    let wrong = format!("{} will {base}", &line.text[words[i - 1].0.clone()]);
    let first = line.text.starts_with(right);
    if comma || first {
        return None;
    }
    swap(line, "slip-will", right, &wrong, "After a word of time comes the present, not “will”.")
}

/// "must recorded"
fn bare_participle(line: &Line) -> Option<Slip> {
    let words = placed_words(&line.text);
    let i = (2..words.len()).find(|i| {
        matches!(words[i - 2].1.as_str(), "must" | "may" | "should")
            && words[i - 1].1 == "be"
            && base_of_participle(&words[*i].1).is_some()
    })?;
    let right = &line.text[words[i - 2].0.start..words[i].0.end];
    let wrong = format!("{} {}", &line.text[words[i - 2].0.clone()], &line.text[words[i].0.clone()]);
    swap(line, "slip-be", right, &wrong, "The passive needs “be” between the modal verb and the participle.")
}

/// "in the shelf", "on the drawer"
fn wrong_place(line: &Line) -> Option<Slip> {
    const ON: &str = "shelf shelves label floor table wall door lid tray desk bench screen trolley";
    const IN: &str = "box bag bin drawer cupboard cabinet room fridge freezer container bucket bottle sink folder locker log register kitchen office";
    let words = placed_words(&line.text);
    let i = (0..words.len().saturating_sub(2)).find(|i| {
        let noun = words[i + 2].1.as_str();
        let last = words.get(i + 3).is_none_or(|(_, w)| is_function(w));
        let sure = |list: &str| list.split_whitespace().any(|w| w == noun);
        let determined = matches!(words[i + 1].1.as_str(), "the" | "a" | "your" | "each");
        determined && last && (words[*i].1 == "on" && sure(ON) || words[*i].1 == "in" && sure(IN))
    })?;
    let taken =
        words.get(i.wrapping_sub(1)).is_some_and(|(_, w)| matches!(w.as_str(), "put" | "switch" | "turn" | "knock"));
    let right = &line.text[words[i].0.start..words[i + 2].0.end];
    let other = if words[i].1 == "on" { "in" } else { "on" };
    let wrong = format!("{other}{}", &line.text[words[i].0.end..words[i + 2].0.end]);
    if taken && words[i].1 == "on" {
        return None;
    }
    swap(line, "slip-place", right, &wrong, "“In” is inside something; “on” is where one thing touches another.")
}

/// "since 20 seconds"
fn since(line: &Line) -> Option<Slip> {
    let words = placed_words(&line.text);
    let unit = |w: &str| ["second", "minute", "hour", "day", "week", "month", "year"].iter().any(|u| w.starts_with(u));
    let i = (0..words.len().saturating_sub(2)).find(|i| {
        words[*i].1 == "for" && words[i + 1].1.starts_with(|c: char| c.is_ascii_digit()) && unit(&words[i + 2].1)
    })?;
    let right = &line.text[words[i].0.start..words[i + 1].0.end];
    let wrong = format!("since{}", &line.text[words[i].0.end..words[i + 1].0.end]);
    swap(
        line,
        "slip-since",
        right,
        &wrong,
        "“For” goes with a length of time. “Since” goes with the moment when it began.",
    )
}

/// "30 mL water"
fn without_of(line: &Line) -> Option<Slip> {
    const UNITS: [&str; 10] = ["ml", "l", "g", "kg", "mg", "litres", "litre", "grams", "kilograms", "millilitres"];
    let words = placed_words(&line.text);
    let i = (1..words.len().saturating_sub(2)).find(|i| {
        UNITS.contains(&words[*i].1.as_str())
            && words[i - 1].1.starts_with(|c: char| c.is_ascii_digit())
            && words[i + 1].1 == "of"
            && !matches!(words[i + 2].1.as_str(), "the" | "your" | "a" | "this")
    })?;
    let right = &line.text[words[i].0.start..words[i + 2].0.end];
    let wrong = format!("{} {}", &line.text[words[i].0.clone()], &line.text[words[i + 2].0.clone()]);
    swap(line, "slip-of", right, &wrong, "After a unit we say “of”.")
}

/// "at less 2 hours", "more that 5", "more long than"
fn wrong_limit(line: &Line) -> Option<Slip> {
    let why = "Learn the words of the limit as one phrase.";
    for (right, wrong) in [
        ("at least", "at less"),
        ("more than", "more that"),
        ("less than", "less that"),
        ("longer than", "more long than"),
        ("higher than", "more high than"),
        ("lower than", "more low than"),
        ("older than", "more old than"),
    ] {
        let padded = format!(" {right} ");
        if line.text.contains(&padded) {
            return swap(line, "slip-limit", right, wrong, why);
        }
    }
    None
}

/// "the person which signs", "a box who is open"
fn wrong_relative(line: &Line) -> Option<Slip> {
    let words = placed_words(&line.text);
    let i = (1..words.len().saturating_sub(1)).find(|i| {
        let (noun, joint) = (words[i - 1].1.as_str(), words[*i].1.as_str());
        let next = words[i + 1].1.as_str();
        let verb = crate::engine::english::words::is_finite(next) || base_of_third_person(next).is_some();
        let thing = cefr::can_be(&cefr::lemma(noun), cefr::PartOfSpeech::Noun) && !is_verb(noun) && noun != "sure";
        verb && thing && (joint == "who" && names_people(noun) || joint == "which" && !names_people(noun))
    })?;
    let right = &line.text[words[i - 1].0.start..words[i].0.end];
    let other = if words[i].1 == "who" { "which" } else { "who" };
    let wrong = format!("{}{other}", &line.text[words[i - 1].0.start..words[i].0.start]);
    let mut slip = swap(line, "slip-relative", right, &wrong, "“Who” is for people, “which” is for things.")?;
    let that = format!("{}that", &line.text[words[i - 1].0.start..words[i].0.start]);
    slip.also = vec![line.sentence().replacen(right, &that, 1)];
    Some(slip)
}

/// "if is required"
fn be_in_short_condition(line: &Line) -> Option<Slip> {
    let word = ["required", "needed", "necessary", "possible"]
        .into_iter()
        .find(|w| line.text.contains(&format!(" if {w}")))?;
    let (right, wrong) = (format!("if {word}"), format!("if is {word}"));
    let mut slip =
        swap(line, "slip-short", &right, &wrong, "The short condition has no verb. The full one needs “it”.")?;
    slip.also = vec![line.sentence().replacen(&right, &format!("if it is {word}"), 1)];
    Some(slip)
}

/// "the key door"
fn turned_compound(line: &Line) -> Option<Slip> {
    let words = placed_words(&line.text);
    let noun = |w: &str| {
        use cefr::PartOfSpeech::{Adjective, Adverb, Function, Noun};
        cefr::can_be(w, Noun) && ![Adjective, Adverb, Function].into_iter().any(|p| cefr::can_be(w, p)) && w.len() > 2
    };
    let i = (1..words.len().saturating_sub(1)).find(|i| {
        let (first, second) = (words[*i].1.as_str(), words[i + 1].1.as_str());
        matches!(words[i - 1].1.as_str(), "the" | "your" | "each")
            && noun(first)
            && noun(second)
            && !is_verb(first)
            && line.text.get(words[*i].0.end..words[i + 1].0.start) == Some(" ")
            && words.get(i + 2).is_none_or(|(_, w)| is_function(w))
    })?;
    let right = &line.text[words[i].0.start..words[i + 1].0.end];
    let wrong = format!("{} {}", words[i + 1].1, words[i].1);
    let small = right.chars().all(|c| c.is_lowercase() || c == ' ');
    let slip = swap(line, "slip-compound", right, &wrong, "The last noun is the thing; the first says what kind.");
    slip.filter(|_| small)
}

/// "so that to see it"
fn for_after_so_that(line: &Line) -> Option<Slip> {
    let words = placed_words(&line.text);
    let i = (0..words.len().saturating_sub(2))
        .find(|i| words[*i].1 == "in" && words[i + 1].1 == "order" && words[i + 2].1 == "to")?;
    let verb = words.get(i + 3).filter(|(_, w)| is_verb(w))?;
    let right = &line.text[words[i].0.start..verb.0.end];
    let wrong = format!("in order for {}", verb.1);
    swap(line, "slip-so-that", right, &wrong, "“In order to” takes the base form of the verb.")
}

/// "make sure to the door is closed"
fn to_after_make_sure(line: &Line) -> Option<Slip> {
    let lower = line.text.to_lowercase();
    let (right, wrong) =
        if lower.contains("make sure that ") { ("sure that", "sure of") } else { ("sure the", "sure to the") };
    (matches!(line.form, Form::Do(_)) && lower.starts_with("make sure")).then_some(())?;
    swap(line, "slip-make-sure", right, wrong, "After “make sure” come a subject and a verb, with or without “that”.")
}

/// "each bags"
fn plural_after_each(line: &Line) -> Option<Slip> {
    let words = placed_words(&line.text);
    let i = (0..words.len().saturating_sub(1)).find(|i| {
        let noun = words[i + 1].1.as_str();
        let last = words.get(i + 2).is_none_or(|(_, w)| is_function(w));
        matches!(words[*i].1.as_str(), "each" | "every")
            && last
            && !noun.ends_with('s')
            && noun.chars().all(char::is_lowercase)
            && cefr::can_be(noun, cefr::PartOfSpeech::Noun)
            && !matches!(noun, "other" | "time" | "day")
    })?;
    let right = &line.text[words[i].0.start..words[i + 1].0.end];
    let wrong = format!("{} {}", &line.text[words[i].0.clone()], cefr::inflect(&words[i + 1].1, cefr::Form::Plural));
    swap(line, "slip-each", right, &wrong, "After “each” and “every” the noun is singular.")
}
