//! X1 and X8: the same in other words, and the question that some words of a sentence answer.

use course_format::Level;

use super::super::transformation::{Task, item};
use crate::engine::english::adjunct::{self, Wh};
use crate::engine::english::forms::is_plural;
use crate::engine::english::parse::Form;
use crate::engine::english::purpose::takes_to;
use crate::engine::english::question::{self, About};
use crate::engine::english::text::{sentence, without_stop};
use crate::engine::english::words::{base_of_participle, is_finite, is_function, is_verb};
use crate::engine::facts;
use crate::engine::forge::lines::Line;
use crate::engine::forge::{Bench, Made};

/// Every rewriting that trains a point of grammar.
pub fn make(bench: &Bench<'_>, line: &Line) -> Vec<Made> {
    if !line.model || !(4..=20).contains(&line.words) {
        return Vec::new();
    }
    let tasks = [
        asked(bench.level, line),
        limit(line),
        purpose(line),
        if_not(line),
        full_condition(line),
        that_is(bench.level, line),
        between(line),
    ];
    tasks
        .into_iter()
        .flatten()
        .map(|task| item(bench, line.at, line.sentence(), task, vec![bench.library.prove_part(line.at, &line.text)]))
        .collect()
}

/// "Ask for “for 20 seconds”": "How long do you wash your hands?"
fn asked(level: Level, line: &Line) -> Option<Task> {
    let Form::Do(command) = &line.form else { return None };
    if command.phrases.len() != 1 || facts::has_pronoun(&command.text) {
        return None;
    }
    let part = adjunct::split(&command.text)?;
    let start = match part.wh {
        Wh::HowLong => "How long do you",
        Wh::HowSoon => "How soon do you",
        Wh::Where => "Where do you",
        Wh::When => "When do you",
        Wh::HowOften => "How often do you",
        Wh::WhatTime => "At what time do you",
        Wh::WhatTemperature => "At what temperature do you",
        _ => return None,
    };
    // The words asked for end the sentence: nothing else is left over.
    let whole = format!("{} {}", part.core, part.answer);
    (whole == command.text && !part.answer.contains(',')).then_some(())?;
    let mut accepted = vec![question::about(&part, About::You, Level::A2)];
    accepted.push(question::about(&part, About::You, Level::B1));
    let soon = accepted[0].strip_prefix("How soon ").map(|rest| format!("When {rest}"));
    accepted.extend(soon);
    let why = "After the question word comes “do you”, then the verb in the base form.";
    let stems: &[&str] = &[
        "Ask a colleague for the last detail of the sentence.",
        "A colleague wants to know the last detail. Write the question.",
        "Write the question that the end of the sentence answers.",
    ];
    let using = (level >= Level::B1).then(|| "have to".to_owned());
    if using.is_some() {
        accepted.swap(0, 1);
    }
    Some(Task { frame: "ask-slot", start: start.to_owned(), using, accepted, stems, why, score: 5 })
}

/// "at least 20 seconds" is "20 seconds or more".
fn limit(line: &Line) -> Option<Task> {
    let whole = without_stop(&line.text);
    for (cue, tail, frame) in [
        (" at least ", "or more", "say-or-more"),
        (" no more than ", "or less", "say-or-less"),
        (" at most ", "or less", "say-or-less"),
        (" up to ", "or less", "say-or-less"),
    ] {
        let Some((front, behind)) = whole.split_once(cue) else { continue };
        let words: Vec<&str> = behind.split(' ').collect();
        let counted = words.first().is_some_and(|w| w.chars().all(|c| c.is_ascii_digit()));
        let unit = words.get(1).is_some_and(|w| w.chars().all(|c| c.is_alphabetic() || c == '°' || c == '%'));
        let once = whole.matches(cue).count() == 1 && !whole.contains(" or ") && !whole.contains(" to ");
        if !counted || !unit || !once || front.ends_with(" of") {
            return None;
        }
        let (amount, rest) = words.split_at(2);
        let rest = if rest.is_empty() { String::new() } else { format!(" {}", rest.join(" ")) };
        let first: Vec<&str> = front.split(' ').take(3).collect();
        return Some(Task {
            frame,
            start: first.join(" "),
            using: Some(tail.to_owned()),
            accepted: vec![sentence(&format!("{front} {} {tail}{rest}", amount.join(" ")))],
            stems: if tail == "or more" {
                &["Say the same limit with “or more”.", "Put the limit in other words. Use “or more”."]
            } else {
                &["Say the same limit with “or less”.", "Put the limit in other words. Use “or less”."]
            },
            why: "Both wordings include the number itself.",
            score: 6,
        });
    }
    None
}

/// "to stop the belt" is "in order to stop the belt".
fn purpose(line: &Line) -> Option<Task> {
    let Form::Do(_) = &line.form else { return None };
    let whole = without_stop(&line.text);
    let (front, behind) = whole.split_once(" to ")?;
    let verb = behind.split(' ').next()?;
    let noun = front.rsplit(' ').next()?;
    let once = whole.matches(" to ").count() == 1 && !whole.contains(" in order ") && !takes_to(front);
    let sure = once && is_verb(verb) && cefr::can_be(noun, cefr::PartOfSpeech::Noun) && !is_verb(noun);
    let first: Vec<&str> = whole.split(' ').take(2).collect();
    sure.then(|| Task {
        frame: "say-in-order-to",
        start: first.join(" "),
        using: Some("in order to".to_owned()),
        accepted: vec![sentence(&format!("{front} in order to {behind}"))],
        stems: &["Say the same more formally. Use “in order to”.", "Make the purpose clearer. Use “in order to”."],
        why: "“In order to” and the base form tell the purpose, like “to”.",
        score: 5,
    })
}

/// "unless the lamp is green" is "if the lamp is not green".
fn if_not(line: &Line) -> Option<Task> {
    let whole = without_stop(&line.text);
    let (front, behind) = whole.split_once(" unless ")?;
    let words: Vec<&str> = behind.split(' ').collect();
    let be = words.iter().position(|w| matches!(*w, "is" | "are" | "has" | "have"));
    let told = match be {
        Some(at)
            if at > 0 && matches!(words[at], "is" | "are")
                || be.is_some_and(|at| at > 0 && words.get(at + 1) == Some(&"been")) =>
        {
            let at = be?;
            format!("{} not {}", words[..=at].join(" "), words[at + 1..].join(" "))
        }
        _ if words[0] == "you" && is_verb(words.get(1)?) => format!("you do not {}", words[1..].join(" ")),
        _ => return None,
    };
    let first: Vec<&str> = whole.split(' ').take(2).collect();
    (!behind.contains(',')).then(|| Task {
        frame: "say-if-not",
        start: first.join(" "),
        using: Some("if".to_owned()),
        accepted: vec![sentence(&format!("{front} if {told}"))],
        stems: &["Say the same with “if” and “not”.", "Explain “unless” to a new colleague. Use “if” and “not”."],
        why: "“Unless” means “if not”.",
        score: 6,
    })
}

/// "if required" is "if it is required".
fn full_condition(line: &Line) -> Option<Task> {
    let whole = without_stop(&line.text);
    let cue = [" if required", " if necessary", " if needed", " if possible", " when required", " when necessary"]
        .into_iter()
        .find(|cue| whole.matches(cue).count() == 1)?;
    let (joiner, word) = cue.trim_start().split_once(' ')?;
    let (front, behind) = whole.split_once(cue)?;
    let first: Vec<&str> = whole.split(' ').take(2).collect();
    let ends = behind.is_empty() || behind.starts_with(',') || behind.starts_with(" and ");
    ends.then(|| Task {
        frame: "say-full-condition",
        start: first.join(" "),
        using: Some("it is".to_owned()),
        accepted: vec![sentence(&format!("{front} {joiner} it is {word}{behind}"))],
        stems: &["Say the short condition in full. Use “it is”.", "Make the condition a whole clause. Use “it is”."],
        why: "The short condition leaves out the subject and the verb.",
        score: 6,
    })
}

/// "items left behind" is "items that are left behind".
fn that_is(level: Level, line: &Line) -> Option<Task> {
    if level < Level::B2 {
        return None;
    }
    let whole = without_stop(&line.text);
    let words: Vec<&str> = whole.split(' ').collect();
    let at = (1..words.len().saturating_sub(1)).find(|i| {
        let tail = matches!(words[i + 1], "by" | "with" | "in" | "for" | "from" | "behind" | "during" | "at");
        let noun = words[i - 1];
        // "Items left behind are kept": the clause has another verb, or the participle is its verb.
        let other = words.iter().enumerate().any(|(k, w)| k > 0 && k != *i && is_finite(w))
            || matches!(line.form, Form::Do(_) | Form::DoNot(_));
        let base = base_of_participle(words[*i]).filter(|b| cefr::inflect(b, cefr::Form::PastParticiple) == words[*i]);
        tail && base.is_some()
            && other
            && !is_function(noun)
            && !is_finite(noun)
            && cefr::can_be(&cefr::lemma(&noun.to_lowercase()), cefr::PartOfSpeech::Noun)
            && !is_verb(&noun.to_lowercase())
            && noun.chars().all(char::is_alphabetic)
    })?;
    let noun = words[at - 1].to_lowercase();
    let be = if is_plural(&format!("the {noun}"))? { "are" } else { "is" };
    let told = |joint: &str| sentence(&format!("{} {joint} {be} {}", words[..at].join(" "), words[at..].join(" ")));
    let first: Vec<&str> = words.iter().take(2).copied().collect();
    Some(Task {
        frame: "say-that-is",
        start: first.join(" "),
        using: Some(format!("that {be}")),
        accepted: vec![told("that"), told("which")],
        stems: if be == "are" {
            &[
                "Make a full relative clause. Use “that are”.",
                "Say it with a whole clause after the noun. Use “that are”.",
            ]
        } else {
            &[
                "Make a full relative clause. Use “that is”.",
                "Say it with a whole clause after the noun. Use “that is”.",
            ]
        },
        why: "The participle after the noun stands for a relative clause in the passive.",
        score: 5,
    })
}

/// "Switch on the balance." is "Switch the balance on."
fn between(line: &Line) -> Option<Task> {
    let Form::Do(command) = &line.form else { return None };
    let words: Vec<&str> = command.text.split(' ').collect();
    let (verb, particle) = (*words.first()?, *words.get(1)?);
    let known = crate::engine::author::particles(verb).is_some_and(|p| p.contains(&particle));
    // A long thing stands better behind the particle.
    let short = (4..=5).contains(&words.len()) && matches!(words[2], "the" | "a" | "your");
    let thing = words.get(2..)?.join(" ");
    let plain = words[2..].iter().all(|w| w.chars().all(char::is_alphabetic)) && !thing.contains(" and ");
    let start = crate::engine::english::text::capitalise(verb);
    (known && short && plain).then(|| Task {
        frame: "say-between",
        start: format!("{start} {}", words[2]),
        using: Some(particle.to_owned()),
        accepted: vec![sentence(&format!("{verb} {thing} {particle}"))],
        stems: &["Say the same. The small word comes last.", "Put the thing between the two words of the verb."],
        why: "The particle of the verb may stand before or after the thing.",
        score: 4,
    })
}
