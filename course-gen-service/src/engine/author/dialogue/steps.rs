//! Steps, cases, prohibitions, people and terms, where they can be said aloud.

use course_format::Level;
use course_format::sop::ClauseKind;

use super::bank::{Ask, Asked, Ban, Case, Source, Step};
use super::rules::question_word;
use super::{exact, lines};
use crate::engine::author::objectives::sayable_up_to;
use crate::engine::english::adjunct::{self, Adjunct, Wh};
use crate::engine::english::case as english_case;
use crate::engine::english::forms::{base_predicate, gerund};
use crate::engine::english::parse::{Command, Form, Modal};
use crate::engine::english::quantity::{self, Dimension};
use crate::engine::english::text::{capitalise, lower_first, sentence, without_stop, word_count};
use crate::engine::english::words::{base_of_third_person, is_note_style, is_verb, names_people};
use crate::engine::facts;
use crate::engine::library::{ClauseRef, Library};
use crate::engine::rewrite::signs_to_words;

/// A sub-step of "If ...": it is no step for everybody.
pub fn is_case(library: &Library, at: ClauseRef) -> bool {
    let Some((_, parent)) = library.step(at).and_then(|(_, s)| s.number.split_last()) else { return false };
    let case = |text: &str| ["if ", "when ", "unless "].iter().any(|w| text.starts_with(w));
    library.step_numbered(at, parent).is_some_and(|p| case(&library.clause(p).text.to_lowercase()))
}

/// "it" and "them" are clear where the phrase has named the thing before.
fn sayable(command: &Command, most: usize) -> Option<String> {
    let whole = &command.text;
    // What is written on a label or shown on a display is said like everything else.
    let unquoted = |text: &str| text.replace(['“', '”', '"'], "");
    if sayable_up_to(&unquoted(whole), most) && whole.matches('"').count() != 1 {
        return Some(whole.clone());
    }
    let first = command.phrases.first()?;
    let named_before = (command.phrases.len() > 1 && sayable_up_to(first, most) || names_first(whole))
        && word_count(whole) <= most
        && !facts::refers_elsewhere(whole)
        && !is_note_style(whole)
        && points_back(whole)
        && !whole.contains(['“', '"', ':', '/', '&']);
    match (named_before, command.phrases.len()) {
        (true, _) => Some(whole.clone()),
        (false, n) if n > 1 && sayable_up_to(first, most) => Some(first.clone()),
        _ => None,
    }
}

/// "Close the lid until it clicks": the thing stands before its pronoun, and is the only one.
fn names_first(phrase: &str) -> bool {
    let Some(at) = phrase.find(" it ").or_else(|| phrase.find(" it,")) else { return false };
    let before = &phrase[..at];
    [" the ", " a ", " an ", " your "].iter().map(|d| before.matches(d).count()).sum::<usize>() == 1
}

/// Its only pronouns are "it" and "them".
fn points_back(phrase: &str) -> bool {
    let bare = [" it ", " them ", " its "].iter().fold(format!(" {phrase} "), |out, w| out.replace(w, " "));
    !facts::has_pronoun(&bare.replace(" it,", ","))
}

pub fn step(command: &Command, source: Source, level: Level, most: usize) -> Option<Step> {
    let phrase = sayable(command, most)?;
    let whole = phrase == command.text && (command.phrases.len() > 1 || facts::has_pronoun(&phrase));
    let detail = if whole { lasting(&phrase, &source, most) } else { detail(&phrase, &source, most) };
    let asks = asks(&phrase, detail.as_ref(), &source, level, most);
    source.bears(&lines::order(&phrase)).then_some(Step { phrase, detail, asks, source })
}

/// "Place the tray in the oven for 6 minutes": the placing takes a moment, so nobody asks how long one places it.
fn is_a_moment(core: &str) -> bool {
    const MOMENTS: [&str; 10] =
        ["place ", "put ", "insert ", "transfer ", "move ", "open ", "close ", "return ", "switch ", "turn "];
    MOMENTS.iter().any(|v| core.starts_with(v))
}

/// "stay beside the mixer | until it has stopped": how long something goes on, of the thing that was named.
fn lasting(phrase: &str, source: &Source, most: usize) -> Option<Adjunct> {
    const GO_ON: [&str; 8] = ["stay ", "wait ", "hold ", "keep ", "leave ", "stir ", "press ", "rinse "];
    let (core, tail) = phrase.split_once(" until it ").filter(|_| GO_ON.iter().any(|v| phrase.starts_with(v)))?;
    let answer = format!("until it {tail}");
    let sound = sayable_up_to(core, most) && !core.contains(" and ") && source.bears(&sentence(&answer));
    sound.then(|| Adjunct { wh: Wh::HowLong, core: core.to_owned(), answer, thing: None, quantity: None })
}

/// The questions that the step answers in a few words.
fn asks(phrase: &str, detail: Option<&Adjunct>, source: &Source, level: Level, most: usize) -> Vec<Asked> {
    let late = exact::of_order(phrase).filter(|(_, d)| sayable_up_to(&d.core, most));
    let slot = match (&late, detail) {
        (Some((wh, d)), _) => Some((wh.clone(), d)),
        (None, Some(d)) if d.wh == Wh::When && d.core.contains("until ") => None,
        (None, Some(d)) if d.wh == Wh::HowLong && is_a_moment(&d.core) => None,
        (None, Some(d)) => question_word(d).map(|wh| (wh.to_owned(), d)).or(match d.wh {
            // "What do I clean them with?" is said; after a long phrase, nobody waits for the "with".
            Wh::WithWhat if word_count(&d.core) <= 6 => Some(("What".to_owned(), d)),
            _ => None,
        }),
        (None, None) => None,
    };
    let slot = slot.and_then(|(wh, d)| {
        let with = if d.wh == Wh::WithWhat { " with" } else { "" };
        Asked::new(&wh, &format!("{}{with}", d.core), &d.answer, level)
    });
    let thing = object(phrase, detail).and_then(|(core, answer)| Asked::new("What", &core, &answer, level));
    let setting = phrase
        .strip_prefix("set the temperature to ")
        .filter(|value| word_count(value) <= 3)
        .and_then(|value| Asked::new("What temperature", "set", value, level));
    let fits = |a: &Asked| source.bears(&a.answer) && lines::is_sound(&a.answer) && lines::is_sound(&a.doer);
    slot.into_iter().chain(setting).chain(thing).filter(fits).collect()
}

/// "write the date on the label" -> "write on the label" and "the date", "wear gloves" -> "wear" and "gloves".
fn object(phrase: &str, detail: Option<&Adjunct>) -> Option<(String, String)> {
    const ASKED: [&str; 8] = ["write", "wear", "bring", "measure", "sign", "print", "scan", "record"];
    let (verb, rest) = match phrase.strip_prefix("put on ") {
        Some(rest) => ("put on", rest),
        None => phrase.split_once(' ')?,
    };
    if !ASKED.contains(&verb) && verb != "put on" {
        return None;
    }
    let whole = !rest.contains(" and then ")
        && !["that ", "if ", "whether ", "how ", "up ", "only "].iter().any(|w| rest.starts_with(w))
        && !rest.split(" and ").skip(1).any(|p| p.split(' ').next().is_some_and(is_verb));
    let placed = detail.filter(|d| d.wh == Wh::Where).and_then(|d| {
        let thing = d.core.strip_prefix(verb)?.trim().to_owned();
        Some((format!("{verb} {}", d.answer), thing))
    });
    let bare = ![" in ", " on ", " at ", " with ", " for ", " to ", " before ", " after ", " when ", " from ", " by "]
        .iter()
        .any(|p| rest.contains(p));
    let asked = if verb == "put on" { "wear" } else { verb };
    let found = placed.or_else(|| bare.then(|| (asked.to_owned(), rest.to_owned())))?;
    (whole && word_count(&found.1) <= 10 && !found.1.is_empty()).then_some(found)
}

/// The last part of a step, where the step stands without it.
fn detail(phrase: &str, source: &Source, most: usize) -> Option<Adjunct> {
    adjunct::split(phrase).or_else(|| purpose(phrase)).filter(|d| {
        !matches!(d.wh, Wh::HowMuch | Wh::WhatSetting)
            && sayable_up_to(&d.core, most)
            && d.core.split(' ').count() > 1
            && source.bears(&lines::order(&d.core))
            && source.bears(&sentence(&capitalise(&d.answer)))
    })
}

/// "pour slowly | to prevent static charge".
fn purpose(phrase: &str) -> Option<Adjunct> {
    const AIMS: [&str; 13] = [
        "prevent", "avoid", "protect", "ensure", "reduce", "stop", "allow", "make", "keep", "help", "minimise",
        "minimize", "release",
    ];
    // "Ask a chef to check it" says what the chef does, not why.
    const MAKE_OTHERS: [&str; 10] =
        ["ask", "tell", "allow", "remind", "instruct", "encourage", "require", "train", "help", "enable"];
    let (at, _) = phrase.match_indices(" to ").find(|(at, joint)| {
        let verb = phrase[at + joint.len()..].split(' ').next().unwrap_or_default();
        AIMS.contains(&verb)
    })?;
    let (core, answer) = (&phrase[..at], phrase[at + 1..].to_owned());
    let free = !MAKE_OTHERS.contains(&core.split(' ').next().unwrap_or_default())
        && !core.ends_with(" how")
        && !core.contains(" it")
        && core.split(' ').count() > 1;
    (free && !facts::has_pronoun(&answer) && (3..=10).contains(&word_count(&answer))).then(|| Adjunct {
        wh: Wh::Why,
        core: core.to_owned(),
        answer,
        thing: None,
        quantity: None,
    })
}

pub fn case(joiner: &'static str, condition: &str, then: &Form, source: Source, most: usize) -> Option<Case> {
    let sound = !facts::has_pronoun(condition) && !facts::refers_elsewhere(condition) && word_count(condition) <= most;
    let (order, answer) = match then {
        Form::Do(command) => {
            let phrase = answering(command, condition, most)?;
            (Some(phrase.clone()), lines::contracted(&lines::order(&phrase)))
        }
        Form::DoNot(command) if answerable(&command.text, condition, most) => {
            (None, sentence(&format!("don’t {}", command.text)))
        }
        Form::Role { actor, predicate } if answerable(predicate, condition, most) => {
            (None, sentence(&format!("then {actor} {predicate}")))
        }
        Form::Duty { subject, modal, negative, predicate } if answerable(predicate, condition, most) => {
            let not = if *negative { " not" } else { "" };
            (None, lines::contracted(&sentence(&format!("then {subject} {}{not} {predicate}", modal.word()))))
        }
        _ => return None,
    };
    let bare = !facts::has_pronoun(&answer) || order.is_some();
    (sound && bare && source.bears(&answer) && lines::is_sound(&answer)).then(|| Case {
        joiner,
        condition: condition.to_owned(),
        order,
        answer,
        source,
    })
}

/// "If a guest reports an allergy, the waiter writes it down.": a case whose rule is a statement.
pub fn stated(text: &str, source: &Source, most: usize) -> Option<Case> {
    let found = english_case::of(text)?;
    let (condition, rule) = (found.condition, found.rule);
    let joiner = ["if", "when"].into_iter().find(|j| *j == found.joiner)?;
    let named = [" a ", " an ", " the ", " your "].iter().any(|d| format!(" {condition}").contains(d));
    let clear = !facts::has_pronoun(rule) || named && points_back(rule) && !rule.starts_with("it ");
    let sound = !facts::has_pronoun(condition)
        && !facts::refers_elsewhere(text)
        && word_count(condition) <= most
        && word_count(rule) <= most + 4
        && !rule.contains(['“', '"', ':', '/', '&', ';', '('])
        && clear;
    let answer = lines::contracted(&sentence(&capitalise(rule)));
    (sound && source.bears(&answer) && lines::is_sound(&answer)).then(|| Case {
        joiner,
        condition: condition.to_owned(),
        order: None,
        answer,
        source: source.clone(),
    })
}

/// The order of a case; "it" in it is what the condition names.
fn answering(command: &Command, condition: &str, most: usize) -> Option<String> {
    if answerable(&command.text, condition, most) {
        return Some(command.text.clone());
    }
    command.phrases.first().filter(|p| answerable(p, condition, most)).cloned()
}

fn answerable(phrase: &str, condition: &str, most: usize) -> bool {
    let named = [" a ", " an ", " the ", " your "].iter().any(|d| format!(" {condition}").contains(d));
    sayable_up_to(phrase, most)
        || named
            && points_back(phrase)
            && (2..=most).contains(&word_count(phrase))
            && !facts::refers_elsewhere(phrase)
            && !is_note_style(phrase)
            && !phrase.contains(['“', '"', ':', '/', '&'])
}

pub fn ban(command: &Command, source: Source, most: usize) -> Option<Ban> {
    let phrase = &command.text;
    let never = source.text.to_lowercase().contains("never");
    let said = if never { format!("Never {phrase}.") } else { format!("Don’t {phrase}.") };
    let named = phrase.replace("the same ", "the ");
    (sayable_up_to(&named, most) && source.bears(&said)).then(|| Ban { phrase: phrase.clone(), never, source })
}

/// "Measure the temperature of the oven. It must be between 180 °C and 200 °C." -> "What’s the right temperature?"
pub fn right_value(before: &str, text: &str, source: &Source) -> Option<Ask> {
    const MEASURES: [&str; 10] = [
        "temperature",
        "pressure",
        "weight",
        "speed",
        "height",
        "distance",
        "humidity",
        "level",
        "volume",
        "concentration",
    ];
    let rest = ["It must be ", "It has to be ", "It should be "].iter().find_map(|o| text.strip_prefix(o))?;
    let limits = quantity::all(rest);
    let named = before.to_lowercase();
    let measure = MEASURES.iter().find(|m| named.contains(**m))?;
    let answer = sentence(&capitalise(without_stop(rest)));
    let fits = !limits.is_empty() && word_count(rest) <= 8 && source.bears(&answer);
    let question = measured(&named, measure).map(|thing| format!("What should {thing} be?"));
    fits.then(|| question.map(|question| Ask { question, answer, source: source.clone() }))?
}

/// "check the temperature of the medicine fridge" -> "the temperature of the medicine fridge"
fn measured(named: &str, measure: &str) -> Option<String> {
    let words: Vec<&str> = without_stop(named).split(' ').collect();
    let at = words.iter().position(|w| *w == measure)?;
    let from = (at.saturating_sub(3)..at).rev().find(|i| words[*i] == "the")?;
    let goes_on = words.get(at + 1).is_some_and(|w| matches!(*w, "of" | "in" | "inside"));
    let end = if goes_on {
        let stops =
            |w: &&&str| matches!(**w, "before" | "after" | "at" | "every" | "with" | "when" | "and" | "on" | "for");
        at + 1 + words[at + 1..].iter().take_while(|w| !stops(w)).count()
    } else {
        at + 1
    };
    (end - from <= 8).then(|| words[from..end].join(" "))
}

/// "The clerk checks every delivery", "The driver must hold a licence": who does it, asked at the level.
pub fn person(form: &Form, source: &Source, level: Level) -> Option<Ask> {
    let (subject, predicate, modal) = match form {
        Form::Role { actor, predicate } => (actor, predicate, None),
        Form::Duty { subject, modal, negative: false, predicate } if *modal != Modal::May => {
            (subject, predicate, Some(*modal))
        }
        _ => return None,
    };
    let lower = subject.to_lowercase();
    let general = ["staff", "nobody", "all ", "everyone", "only ", "employees", "anyone", "new ", "you"]
        .iter()
        .any(|g| lower.starts_with(g));
    let determined = ["the ", "a ", "an ", "your ", "one "].iter().any(|d| lower.starts_with(d));
    // "Kitchen Manager provides oversight": the title of one person.
    let title =
        subject.contains(' ') && subject.split(' ').all(|w| w.starts_with(char::is_uppercase)) && !lower.ends_with('s');
    let singular = determined || title;
    let sound = !facts::has_pronoun(predicate)
        && !predicate.contains(',')
        && (2..=12).contains(&word_count(predicate))
        && !lower.contains(" who ")
        && names_people(subject)
        && singular
        && !general;
    let question = who(predicate, modal, level).filter(|_| sound)?;
    let answer = if determined { sentence(&capitalise(subject)) } else { format!("The {subject}.") };
    (source.bears(&answer) && lines::is_sound(&question)).then(|| Ask { question, answer, source: source.clone() })
}

/// "Who signs it?", "Who has to sign it?", "Who’s responsible for signing it?"
fn who(predicate: &str, modal: Option<Modal>, level: Level) -> Option<String> {
    let base = match modal {
        Some(_) => predicate.to_owned(),
        None => base_predicate(predicate)?,
    };
    let verb = base.split(' ').next()?;
    let acts = |w: &str| is_verb(w) || base_of_third_person(w).is_some();
    let single = !base.split(" and ").skip(1).any(|p| p.split(' ').next().is_some_and(acts));
    if !is_verb(verb) || verb == "be" {
        return modal.map(|m| format!("Who {} {predicate}?", m.word()));
    }
    Some(match (modal, level) {
        (None, _) if level >= Level::B2 && single => {
            format!("Who’s responsible for {}{}?", gerund(verb), &base[verb.len()..])
        }
        (None, _) => format!("Who {predicate}?"),
        (Some(Modal::Must), Level::B1) => format!("Who has to {base}?"),
        (Some(modal), _) => format!("Who {} {base}?", modal.word()),
    })
}

/// "Departure room: a room whose guest has checked out.", "Fridges: 0 to 7 °C".
pub fn term(library: &Library, at: ClauseRef, level: Level) -> Option<Ask> {
    let text = &library.clause(at).text;
    let (term, meaning) = text.split_once(": ")?;
    let meaning = without_stop(meaning);
    let most = if level <= Level::A2 { 16 } else { 24 };
    let named = lower_first(term, &library.document(at).text);
    let aloud = word_count(term) <= 4
        && !term.split(' ').next().is_some_and(|w| is_verb(&w.to_lowercase()))
        && (2..=most).contains(&word_count(meaning))
        && !meaning.contains(['(', '/', ';', '|', '→', '“', '"'])
        && !facts::refers_elsewhere(meaning);
    let limits = quantity::all(meaning);
    let question = if library.kind(at) == ClauseKind::Definition {
        format!("What does “{named}” mean?")
    } else if limits.iter().any(|q| q.dimension == Dimension::Temperature) && word_count(meaning) <= 8 {
        format!("What’s the right temperature for {named}?")
    } else {
        return None;
    };
    let source = Source::of(library, at, text);
    // "≤ –12 °C" is said as "–12 °C or colder".
    let answer = sentence(&capitalise(&signs_to_words(meaning).unwrap_or_else(|| meaning.to_owned())));
    (aloud && source.bears(&answer)).then_some(Ask { question, answer, source })
}
