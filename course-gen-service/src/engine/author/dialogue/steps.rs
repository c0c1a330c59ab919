//! Steps, cases, prohibitions, people and terms, where they can be said aloud.

use course_format::Level;
use course_format::sop::ClauseKind;

use super::bank::{Ban, Case, Person, Source, Step, Term};
use super::lines;
use crate::engine::author::objectives::sayable_up_to;
use crate::engine::english::adjunct::{self, Adjunct, Wh};
use crate::engine::english::forms::{base_predicate, gerund};
use crate::engine::english::parse::{Command, Form, Modal};
use crate::engine::english::quantity::{self, Dimension};
use crate::engine::english::text::{capitalise, lower_first, sentence, without_stop, word_count};
use crate::engine::english::words::{base_of_third_person, is_note_style, is_verb, names_people};
use crate::engine::facts;
use crate::engine::library::{ClauseRef, Library};

/// A sub-step of "If ...": it is no step for everybody.
pub fn is_case(library: &Library, at: ClauseRef) -> bool {
    let Some((_, parent)) = library.step(at).and_then(|(_, s)| s.number.split_last()) else { return false };
    let case = |text: &str| ["if ", "when ", "unless "].iter().any(|w| text.starts_with(w));
    library.step_numbered(at, parent).is_some_and(|p| case(&library.clause(p).text.to_lowercase()))
}

/// "it" and "them" are clear where the phrase has named the thing before.
fn sayable(command: &Command, most: usize) -> Option<String> {
    let whole = &command.text;
    if sayable_up_to(whole, most) {
        return Some(whole.clone());
    }
    let first = command.phrases.first()?;
    let named_before = command.phrases.len() > 1
        && sayable_up_to(first, most)
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

/// Its only pronouns are "it" and "them".
fn points_back(phrase: &str) -> bool {
    !facts::has_pronoun(&format!(" {phrase} ").replace(" it ", " ").replace(" them ", " ").replace(" it,", ","))
}

pub fn step(command: &Command, source: Source, most: usize) -> Option<Step> {
    let phrase = sayable(command, most)?;
    let detail =
        if phrase == command.text && command.phrases.len() > 1 { None } else { detail(&phrase, &source, most) };
    source.bears(&lines::order(&phrase)).then_some(Step { phrase, detail, source })
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
            (Some(phrase.clone()), lines::order(&phrase))
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

/// "The clerk checks every delivery", "The driver must hold a licence": who does it, asked at the level.
pub fn person(form: &Form, source: &Source, level: Level) -> Option<Person> {
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
    (source.bears(&answer) && lines::is_sound(&question)).then(|| Person { question, answer, source: source.clone() })
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
pub fn term(library: &Library, at: ClauseRef, level: Level) -> Option<Term> {
    let text = &library.clause(at).text;
    let (term, meaning) = text.split_once(": ")?;
    let meaning = without_stop(meaning);
    let most = if level <= Level::A2 { 16 } else { 24 };
    let named = lower_first(term, &library.document(at).text);
    let aloud = word_count(term) <= 4
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
    let answer = sentence(&capitalise(meaning));
    (aloud && source.bears(&answer)).then_some(Term { question, answer, source })
}
