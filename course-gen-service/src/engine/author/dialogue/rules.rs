//! What a rule that gives no order lets people say: its own questions, "What about passwords?" - "They must contain ...", or the
//! whole of it.

use course_format::Level;

use super::exact::{self, Clause, Pair, Verb};
use super::lines::contracted;
use super::subject::{in_a_sentence, is_everybody, is_subject, pronoun};
use crate::engine::english::adjunct::{Adjunct, Wh};
use crate::engine::english::forms::base_predicate;
use crate::engine::english::parse::{Form, Modal};
use crate::engine::english::text::{capitalise, sentence, without_stop, word_count};
use crate::engine::english::words::{base_of_third_person, is_finite, is_function, is_verb, names_people};
use crate::engine::facts;

/// How a rule can be talked about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    /// Questions of its own, and what answers them.
    pub exact: Vec<Pair>,
    /// "passwords": what "What about ...?" can ask for, and the sentence with a pronoun for it.
    pub about: Option<(String, String)>,
    /// The whole rule, as one would say it.
    pub full: String,
}

/// A sentence that begins so is about the document, not about the work.
const DOCUMENTS: [&str; 9] =
    ["procedure", "document", "policy", "sop", "instruction", "section", "protocol", "guideline", "manual"];

/// What the sentence lets people say; nothing where it points at other sentences, or is no sentence to say aloud.
pub fn said(text: &str, form: &Form, level: Level, document: &str) -> Option<Said> {
    let most = if level <= Level::A2 { 16 } else { 24 };
    let text = text.trim();
    let aloud = text.ends_with('.')
        && (4..=most).contains(&word_count(text))
        && !text.contains(": ")
        && !text.contains(['(', '/', '|', '→', '“', '"', ';', '&', '[', '<', '>', '='])
        && !facts::refers_elsewhere(&without_calendar(text))
        && !facts::has_pronoun(&without_their(text));
    if !aloud {
        return None;
    }
    match form {
        // "Liquid may enter the piston": what may happen is no rule.
        Form::Duty { subject, modal: Modal::May, negative: false, predicate }
            if !names_people(subject) && !predicate.starts_with("be ") =>
        {
            None
        }
        Form::Duty { subject, modal, negative, predicate } => {
            duty(subject, *modal, *negative, predicate, level, document)
        }
        Form::Role { actor, predicate } if names_people(actor) => Some(role(actor, predicate, level, document)),
        Form::Role { .. } | Form::Other => statement(text, document, level),
        Form::Do(_) | Form::DoNot(_) | Form::When { .. } => None,
    }
}

/// "Visitors wait until their host collects them": the sentence names whom it means.
fn without_their(text: &str) -> String {
    let bare = text.replace(" their ", " ").replace(" them.", ".").replace(" they ", " ");
    [" where it ", " until it ", " when it ", " because it "].iter().fold(bare, |out, named| out.replace(named, " "))
}

/// "the following month" points at no other place of the document.
fn without_calendar(text: &str) -> String {
    const TIMES: [&str; 6] = ["month", "day", "week", "year", "shift", "morning"];
    TIMES.iter().fold(text.to_owned(), |out, t| out.replace(&format!("following {t}"), t))
}

/// "The host registers each visitor one working day in advance."
fn role(actor: &str, predicate: &str, level: Level, document: &str) -> Said {
    let clause = base_predicate(predicate).map(|base| Clause {
        subject: in_a_sentence(actor, document),
        verb: Verb::Do,
        negative: false,
        predicate: base,
    });
    let exact = clause.map(|c| exact::questions(&c, level)).unwrap_or_default();
    Said { exact, about: None, full: sentence(&format!("{actor} {predicate}")) }
}

fn duty(subject: &str, modal: Modal, negative: bool, predicate: &str, level: Level, document: &str) -> Option<Said> {
    let not = if negative { " not" } else { "" };
    let modal_word = modal.word();
    let lower = subject.to_lowercase();
    let verb = match modal {
        Modal::Must => Verb::Must,
        Modal::Should => Verb::Should,
        Modal::May => Verb::May,
    };
    let named = in_a_sentence(subject, document);
    let clause = Clause { subject: named.clone(), verb, negative, predicate: predicate.to_owned() };
    if is_everybody(&lower) {
        let mine = format!(" {predicate} ").replace(" their ", " your ").replace(" they ", " you ");
        let sound = !mine.contains(" them") && !mine.contains(" who ");
        let full = contracted(&sentence(&format!("you {modal_word}{not} {}", mine.trim())));
        return sound.then(|| Said { exact: exact::questions(&clause, level), full, about: None });
    }
    let full = contracted(&sentence(&format!("{subject} {modal_word}{not} {predicate}")));
    if let Some(rest) = lower.strip_prefix("only ") {
        let who = subject.get(subject.len() - rest.len()..)?;
        let may = if level <= Level::A2 { "can" } else { "may" };
        let exact = (names_people(who) && !negative)
            .then(|| (format!("Who {may} {predicate}?"), sentence(&capitalise(&format!("only {who}")))));
        return Some(Said { exact: exact.into_iter().collect(), full, about: None });
    }
    if matches!(lower.as_str(), "nobody" | "no one") {
        return Some(Said { exact: nobody(predicate).into_iter().collect(), full, about: None });
    }
    if matches!(lower.as_str(), "anyone" | "everybody") {
        return Some(Said { full, ..Said::default() });
    }
    let about = pronoun(subject)
        .filter(|_| word_count(&named) <= 6)
        .map(|it| (named.clone(), contracted(&sentence(&format!("{it} {modal_word}{not} {predicate}")))));
    Some(Said { exact: exact::questions(&clause, level), about, full })
}

/// "Nobody may enter before the alarm has stopped." -> "Can I enter?" - "No, not before the alarm has stopped."
fn nobody(predicate: &str) -> Option<Pair> {
    let (core, mark, tail) = [" before ", " until ", " unless ", " without "]
        .iter()
        .find_map(|mark| predicate.split_once(mark).map(|(core, tail)| (core, *mark, tail)))?;
    let sound = word_count(core) <= 8 && word_count(tail) <= 10 && !core.contains(" their ");
    sound.then(|| (format!("Can I {core}?"), format!("No, not{mark}{tail}.")))
}

/// How a question for it begins.
pub(super) fn question_word(detail: &Adjunct) -> Option<&'static str> {
    Some(match detail.wh {
        Wh::HowLong => "How long",
        Wh::HowSoon => "How soon",
        Wh::HowOften => "How often",
        Wh::HowManyTimes => "How many times",
        Wh::WhatTemperature => "At what temperature",
        Wh::WhatSpeed => "At what speed",
        Wh::WhatTime => "At what time",
        Wh::When => "When",
        Wh::Where => "Where",
        Wh::Why => "Why",
        Wh::WithWhat | Wh::HowMuch | Wh::WhatSetting => return None,
    })
}

/// "Rooms are available from 15:00." -> "What about rooms?" - "They’re available from 15:00."
fn statement(text: &str, document: &str, level: Level) -> Option<Said> {
    let bare = without_stop(text);
    let words: Vec<&str> = bare.split_whitespace().collect();
    let at = words.iter().skip(1).take(7).position(|w| is_predicate(w)).map(|at| at + 1);
    let at = match (at, plural_verb(&words)) {
        (Some(a), Some(b)) => a.min(b),
        (a, b) => a.or(b)?,
    };
    if !is_subject(&words[..at]) {
        return None;
    }
    let (subject, rest) = (words[..at].join(" "), words[at..].join(" "));
    let lower = subject.to_lowercase();
    if DOCUMENTS.iter().any(|d| lower.ends_with(d)) {
        return of_document(&rest);
    }
    let named = in_a_sentence(&subject, document);
    let exact = taken_apart(&named, &rest).map(|c| exact::questions(&c, level)).unwrap_or_default();
    // "Employees wear their badge": said to one of them, it is about "you".
    if is_everybody(&lower) {
        let yours = format!(" {rest} ").replace(" their ", " your ").replace(" they ", " you ");
        let sound = is_verb(words[at]) && !yours.contains(" them");
        let full = contracted(&sentence(&format!("you {}", yours.trim())));
        return sound.then_some(Said { exact, about: None, full });
    }
    let agrees = |it: &&str| match words[at] {
        "is" | "was" | "has" | "does" => *it != "they",
        "are" | "were" | "have" => *it == "they",
        _ => true,
    };
    let about = pronoun(&subject)
        .filter(agrees)
        .filter(|_| word_count(&named) <= 6)
        .map(|it| (named.clone(), contracted(&sentence(&format!("{it} {rest}")))));
    Some(Said { exact, about, full: contracted(&sentence(bare)) })
}

/// "Visitors | report to reception": a verb after a plural, with something that only a verb has after it.
fn plural_verb(words: &[&str]) -> Option<usize> {
    (1..words.len().min(6)).find(|at| {
        let before = words[at - 1].to_lowercase();
        let many = before.ends_with('s') && !before.ends_with("ss") || matches!(before.as_str(), "staff" | "people");
        let after = words.get(at + 1).copied().unwrap_or_default();
        many && is_verb(words[*at]) && is_function(after) && !matches!(after, "and" | "or" | "of" | "is" | "are")
    })
}

/// The sentence behind its subject as verb and predicate.
fn taken_apart(subject: &str, rest: &str) -> Option<Clause> {
    let (first, tail) = rest.split_once(' ')?;
    let (verb, negative, predicate) = match first {
        "is" | "are" => match tail.strip_prefix("not ") {
            Some(tail) => (Verb::Is, true, tail.to_owned()),
            None => (Verb::Is, false, tail.to_owned()),
        },
        "has" | "have" => (Verb::Must, false, tail.strip_prefix("to ")?.to_owned()),
        "costs" | "lasts" => (Verb::Do, false, format!("{} {tail}", first.trim_end_matches('s'))),
        _ if is_verb(first) && base_of_third_person(first).is_none() => (Verb::Do, false, rest.to_owned()),
        _ => (Verb::Do, false, base_predicate(rest)?),
    };
    Some(Clause { subject: subject.to_owned(), verb, negative, predicate })
}

/// A finite verb: an auxiliary, or a verb in the third person that is not as often a plural noun.
fn is_predicate(word: &str) -> bool {
    use cefr::PartOfSpeech::Noun;
    is_finite(word)
        || base_of_third_person(word)
            .is_some_and(|base| !cefr::can_be(&base, Noun) || matches!(word, "means" | "needs"))
        || matches!(word, "costs" | "lasts")
}

/// "applies to all guest rooms" -> "What does the procedure apply to?"
fn of_document(rest: &str) -> Option<Said> {
    let full = sentence(&format!("it {rest}"));
    let (question, answer) = if let Some(what) = rest.strip_prefix("applies to ") {
        let ask = if names_people(what) { "Who does the SOP apply to?" } else { "What does the SOP apply to?" };
        (ask, format!("to {what}"))
    } else if ["describes ", "explains ", "covers ", "defines "].iter().any(|v| rest.starts_with(v)) {
        ("What’s this document about?", format!("it {rest}"))
    } else {
        return None;
    };
    let answer = sentence(&answer);
    Some(Said { exact: vec![(question.to_owned(), answer)], about: None, full })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::english::parse::parse;

    fn of(text: &str, level: Level) -> Option<Said> {
        said(text, &parse(text), level, "rooms passwords solvents")
    }

    #[test]
    fn a_rule_answers_the_question_for_its_last_detail() {
        let log = of("The temperature log must be kept for 12 months.", Level::B1).unwrap();
        assert_eq!(
            log.exact.first().cloned(),
            Some(("How long does the temperature log have to be kept?".to_owned(), "For 12 months.".to_owned()))
        );
        let stored = of("Flammable solvents are stored in the ventilated cabinet.", Level::A2).unwrap();
        assert_eq!(stored.exact[0].0, "Where are flammable solvents stored?");
        let signed = of("The form must be signed by a cook.", Level::A2).unwrap();
        assert_eq!(signed.exact.first().cloned(), Some(("Who must sign the form?".to_owned(), "A cook.".to_owned())));
    }

    #[test]
    fn what_about_is_answered_with_a_pronoun() {
        let rooms = of("Rooms are available from 15:00.", Level::A2).unwrap();
        assert_eq!(rooms.about, Some(("rooms".to_owned(), "They’re available from 15:00.".to_owned())));
        // The head is the allowance, not the meals.
        let meals = of("The daily allowance for meals is EUR 45.", Level::A2);
        assert!(meals.is_none_or(|m| m.about.is_none_or(|(_, answer)| !answer.starts_with("They"))));
        let passwords = of("Passwords must contain at least 14 characters.", Level::B1).unwrap();
        assert_eq!(passwords.about.unwrap().1, "They must contain at least 14 characters.");
    }

    #[test]
    fn staff_are_the_listener() {
        let screen = of("Employees must lock their screen when they leave their desk.", Level::B1);
        assert!(screen.is_none_or(|s| s.full == "You must lock your screen when you leave your desk."));
        assert_eq!(of("Only nurses may close a sharps bin.", Level::B1).unwrap().exact[0].1, "Only nurses.");
    }

    #[test]
    fn what_points_elsewhere_is_not_said() {
        assert_eq!(of("It must be signed.", Level::B1), None);
        assert_eq!(of("Records are kept as described in section 4.", Level::B1), None);
    }
}
