//! What can be asked about a rule that gives no order: "The log must be kept for 12 months." -> "How long do we have to keep
//! it?", "Passwords must contain 14 characters." -> "What about passwords?" - "They must contain ...".

use course_format::Level;

use super::lines::contracted;
use crate::engine::english::adjunct::{self, Adjunct, Wh};
use crate::engine::english::forms::is_plural;
use crate::engine::english::parse::{Form, Modal, opens_otherwise};
use crate::engine::english::text::{capitalise, lower_first, sentence, without_stop, word_count};
use crate::engine::english::words::can_open_an_order;
use crate::engine::english::words::{
    base_of_participle, base_of_third_person, is_finite, is_mass, is_verb, names_people,
};
use crate::engine::facts;

/// How a rule can be talked about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    /// A question of its own, and what answers it.
    pub exact: Option<(String, String)>,
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
        && (3..=most).contains(&word_count(text))
        && !text.contains(": ")
        && !text.contains(['(', '/', '|', '→', '“', '"', ';', '&', '[', '<', '>', '='])
        && !facts::refers_elsewhere(&without_calendar(text))
        && !facts::has_pronoun(text);
    if !aloud {
        return None;
    }
    match form {
        Form::Duty { subject, modal, negative, predicate } => {
            duty(subject, *modal, *negative, predicate, level, document)
        }
        Form::Role { actor, predicate } if names_people(actor) => {
            Some(Said { full: sentence(&format!("{actor} {predicate}")), ..Said::default() })
        }
        Form::Role { .. } | Form::Other => statement(text, document),
        Form::Do(_) | Form::DoNot(_) | Form::When { .. } => None,
    }
}

/// "the following month" points at no other place of the document.
fn without_calendar(text: &str) -> String {
    const TIMES: [&str; 6] = ["month", "day", "week", "year", "shift", "morning"];
    TIMES.iter().fold(text.to_owned(), |out, t| out.replace(&format!("following {t}"), t))
}

fn duty(subject: &str, modal: Modal, negative: bool, predicate: &str, level: Level, document: &str) -> Option<Said> {
    let not = if negative { " not" } else { "" };
    let modal_word = modal.word();
    let lower = subject.to_lowercase();
    if is_everybody(&lower) {
        let mine = format!(" {predicate} ").replace(" their ", " your ").replace(" they ", " you ");
        let sound = !mine.contains(" them") && !mine.contains(" who ");
        let full = contracted(&sentence(&format!("you {modal_word}{not} {}", mine.trim())));
        return sound.then(|| Said { full, ..Said::default() });
    }
    let named = in_a_sentence(subject, document);
    let full = contracted(&sentence(&format!("{subject} {modal_word}{not} {predicate}")));
    if let Some(rest) = lower.strip_prefix("only ") {
        let who = subject.get(subject.len() - rest.len()..)?;
        let may = if level <= Level::A2 { "can" } else { "may" };
        let exact = (names_people(who) && !negative)
            .then(|| (format!("Who {may} {predicate}?"), sentence(&capitalise(&format!("only {who}")))));
        return Some(Said { exact, full, about: None });
    }
    if matches!(lower.as_str(), "nobody" | "no one" | "anyone" | "everybody") {
        return Some(Said { full, ..Said::default() });
    }
    let exact = match (negative, modal) {
        (true, Modal::Must) if !names_people(subject) => forbidden(&named, predicate),
        (false, Modal::Must) => by_whom(&named, predicate, level).or_else(|| asked(&named, predicate, level)),
        _ => None,
    };
    let about = pronoun(subject)
        .filter(|_| word_count(&named) <= 6)
        .map(|it| (named.clone(), contracted(&sentence(&format!("{it} {modal_word}{not} {predicate}")))));
    Some(Said { exact, about, full })
}

/// People that the listener belongs to.
fn is_everybody(subject: &str) -> bool {
    const WHO: [&str; 12] = [
        "staff",
        "all staff",
        "employees",
        "all employees",
        "workers",
        "all workers",
        "team members",
        "all team members",
        "everyone",
        "you",
        "personnel",
        "all personnel",
    ];
    WHO.contains(&subject)
}

/// "Can contact lenses be worn here?" - "No, they mustn’t."
fn forbidden(subject: &str, predicate: &str) -> Option<(String, String)> {
    let it = pronoun(subject)?;
    let short = word_count(predicate) <= 8 && word_count(subject) <= 6;
    short.then(|| (format!("Can {subject} {predicate}?"), format!("No, {it} mustn’t.")))
}

/// "be signed by a cook" -> "Who has to sign the form?" - "A cook."
fn by_whom(subject: &str, predicate: &str, level: Level) -> Option<(String, String)> {
    let (done, agent) = predicate.strip_prefix("be ")?.split_once(" by ")?;
    let verb = base_of_participle(done)?;
    let agent = agent.split(" before ").next()?;
    let duty = if level <= Level::A2 { "must" } else { "has to" };
    (names_people(agent) && word_count(agent) <= 7 && word_count(subject) <= 7)
        .then(|| (format!("Who {duty} {verb} {subject}?"), sentence(&capitalise(agent))))
}

/// "be kept for 12 months" -> "How long does the log have to be kept?" - "For 12 months."
fn asked(subject: &str, predicate: &str, level: Level) -> Option<(String, String)> {
    let detail = adjunct::split(predicate)?;
    let wh = question_word(&detail)?;
    let fits = word_count(&detail.core) <= 6 && word_count(subject) <= 6;
    let middle = if level == Level::B1 {
        let does = if pronoun(subject)? == "they" { "do" } else { "does" };
        format!("{does} {subject} have to {}", detail.core)
    } else {
        format!("must {subject} {}", detail.core)
    };
    fits.then(|| (format!("{wh} {middle}?"), sentence(&capitalise(&detail.answer))))
}

fn question_word(detail: &Adjunct) -> Option<&'static str> {
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
fn statement(text: &str, document: &str) -> Option<Said> {
    let bare = without_stop(text);
    let words: Vec<&str> = bare.split_whitespace().collect();
    let at = words.iter().skip(1).take(7).position(|w| is_predicate(w))? + 1;
    if !is_subject(&words[..at]) {
        return None;
    }
    let (subject, rest) = (words[..at].join(" "), words[at..].join(" "));
    let lower = subject.to_lowercase();
    if DOCUMENTS.iter().any(|d| lower.ends_with(d)) {
        return of_document(&rest);
    }
    // Verbs without an agreeing form ("Cooks follow") are past the word list's power.
    if is_verb(words[at]) && !is_finite(words[at]) {
        return None;
    }
    let named = in_a_sentence(&subject, document);
    let about = pronoun(&subject)
        .filter(|_| word_count(&named) <= 6)
        .map(|it| (named.clone(), contracted(&sentence(&format!("{it} {rest}")))));
    Some(Said { exact: passive(&named, &rest), about, full: contracted(&sentence(bare)) })
}

/// A noun phrase that begins the sentence: no order, no condition, no clause of its own.
fn is_subject(words: &[&str]) -> bool {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let opener = first.to_lowercase();
    let begins_otherwise = opens_otherwise(&opener)
        || matches!(
            opener.as_str(),
            "because"
                | "if"
                | "when"
                | "while"
                | "there"
                | "please"
                | "see"
                | "we"
                | "i"
                | "what"
                | "how"
                | "who"
                | "where"
                | "why"
                | "no"
                | "nobody"
                | "not"
                | "this"
                | "that"
                | "here"
                | "note"
        );
    let inside = words.iter().any(|w| {
        let clause = ["that", "which", "who", "whose", "if", "when", "to", "before", "after"];
        clause.contains(&w.to_lowercase().as_str()) || w.ends_with(',')
    });
    // "Ensure recipes are used" is an order that the rules did not understand.
    let order = can_open_an_order(first);
    let adverb = ["always", "never", "also", "only", "often", "usually", "and"].contains(&last.to_lowercase().as_str());
    !(begins_otherwise || inside || order || adverb)
}

/// The subject after "What about": with a small letter unless it is a name.
fn in_a_sentence(subject: &str, document: &str) -> String {
    let lowered = lower_first(subject, document);
    let first = subject.split(' ').next().unwrap_or_default();
    let plain = first.chars().skip(1).all(char::is_lowercase) && first.chars().count() > 1;
    let next_is_name = subject.split(' ').nth(1).is_some_and(|w| w.starts_with(char::is_uppercase));
    let known = cefr::word(&cefr::lemma(&first.to_lowercase())).level.is_some();
    if lowered == subject && plain && known && !next_is_name {
        return format!("{}{}", first.to_lowercase(), &subject[first.len()..]);
    }
    lowered
}

/// A finite verb: an auxiliary, or a verb in the third person that is not as often a plural noun.
fn is_predicate(word: &str) -> bool {
    use cefr::PartOfSpeech::Noun;
    is_finite(word)
        || base_of_third_person(word)
            .is_some_and(|base| !cefr::can_be(&base, Noun) || matches!(word, "means" | "needs"))
}

/// "are stored in the ventilated cabinet" -> "Where are flammable solvents stored?"
fn passive(subject: &str, rest: &str) -> Option<(String, String)> {
    let (be, predicate) = rest.split_once(' ').filter(|(be, _)| matches!(*be, "is" | "are"))?;
    let detail = adjunct::split(&format!("be {predicate}"))?;
    let wh = question_word(&detail)?;
    let done = detail.core.strip_prefix("be ")?;
    base_of_participle(done.split(' ').next()?)?;
    let fits = word_count(subject) <= 6 && word_count(done) <= 4 && !done.starts_with("not");
    fits.then(|| (format!("{wh} {be} {subject} {done}?"), sentence(&capitalise(&detail.answer))))
}

/// "applies to all guest rooms" -> "What does the procedure apply to?"
fn of_document(rest: &str) -> Option<Said> {
    let (question, answer) = if let Some(what) = rest.strip_prefix("applies to ") {
        let ask = if names_people(what) { "Who is this for?" } else { "What is this for?" };
        (ask, format!("it applies to {what}"))
    } else if ["describes ", "explains ", "covers ", "defines "].iter().any(|v| rest.starts_with(v)) {
        ("What’s this document about?", format!("it {rest}"))
    } else {
        return None;
    };
    let answer = sentence(&answer);
    Some(Said { exact: Some((question.to_owned(), answer.clone())), about: None, full: answer })
}

/// What stands for the subject in the answer: nothing for one person, for "all" and "each", and where the number is not sure.
fn pronoun(subject: &str) -> Option<&'static str> {
    let lower = subject.to_lowercase();
    let first = lower.split(' ').next().unwrap_or_default();
    let counted =
        matches!(first, "all" | "every" | "each" | "any" | "no" | "some" | "only" | "both" | "most" | "other");
    if counted || first.chars().any(|c| c.is_ascii_digit()) || lower.contains(" or ") {
        return None;
    }
    let last = lower.rsplit(' ').next().unwrap_or_default();
    let odd = matches!(last, "gas" | "lens" | "series" | "news" | "means" | "species" | "premises");
    let many = last.len() > 3 && last.ends_with('s') && !["ss", "us", "is"].iter().any(|e| last.ends_with(e));
    match is_plural(subject) {
        _ if odd => None,
        Some(true) => Some("they"),
        Some(false) | None if many => Some("they"),
        Some(false) if names_people(subject) => None,
        Some(false) => Some("it"),
        None => is_mass(last).then_some("it"),
    }
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
            log.exact,
            Some(("How long does the temperature log have to be kept?".to_owned(), "For 12 months.".to_owned()))
        );
        let stored = of("Flammable solvents are stored in the ventilated cabinet.", Level::A2).unwrap();
        assert_eq!(stored.exact.unwrap().0, "Where are flammable solvents stored?");
        let signed = of("The form must be signed by a cook.", Level::A2).unwrap();
        assert_eq!(signed.exact, Some(("Who must sign the form?".to_owned(), "A cook.".to_owned())));
    }

    #[test]
    fn what_about_is_answered_with_a_pronoun() {
        let rooms = of("Rooms are available from 15:00.", Level::A2).unwrap();
        assert_eq!(rooms.about, Some(("rooms".to_owned(), "They’re available from 15:00.".to_owned())));
        let passwords = of("Passwords must contain at least 14 characters.", Level::B1).unwrap();
        assert_eq!(passwords.about.unwrap().1, "They must contain at least 14 characters.");
    }

    #[test]
    fn staff_are_the_listener() {
        let screen = of("Employees must lock their screen when they leave their desk.", Level::B1);
        assert!(screen.is_none_or(|s| s.full == "You must lock your screen when you leave your desk."));
        assert_eq!(of("Only nurses may close a sharps bin.", Level::B1).unwrap().exact.unwrap().1, "Only nurses.");
    }

    #[test]
    fn what_points_elsewhere_is_not_said() {
        assert_eq!(of("It must be signed.", Level::B1), None);
        assert_eq!(of("Records are kept as described in section 4.", Level::B1), None);
    }
}
