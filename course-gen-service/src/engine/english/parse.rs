//! What a sentence of an instruction says: an order, a prohibition, a condition with its consequence, a duty, a role.

use super::part::is_preposition;
use super::text::without_stop;
use super::words::{
    base_of_third_person, can_open_an_order, is_finite, is_function, is_noun_like, is_subordinator, is_verb,
    names_people, needs_no_object,
};

pub use condition::is_statement;

mod condition;

/// A sentence, understood.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// "Wash your hands."
    Do(Command),
    /// "Do not rub the glass bulb."
    DoNot(Command),
    /// "If the bag is open, reject it."
    When {
        joiner: &'static str,
        condition: String,
        then: Box<Form>,
    },
    /// "The door must not stay open."
    Duty {
        subject: String,
        modal: Modal,
        negative: bool,
        predicate: String,
    },
    /// "The Head Chef trains every cook."
    Role {
        actor: String,
        predicate: String,
    },
    Other,
}

/// Verb phrases that are done one after the other, each beginning with its verb in the base form.
#[derive(Clone, Debug, PartialEq)]
pub struct Command {
    pub phrases: Vec<String>,
    /// The whole predicate as it stands, its first letter small.
    pub text: String,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Modal {
    Must,
    Should,
    May,
}

impl Modal {
    pub fn word(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Should => "should",
            Self::May => "may",
        }
    }
}

/// Parses one sentence.
pub fn parse(sentence: &str) -> Form {
    let text = without_stop(strip_cue(strip_label(sentence.trim())));
    // "Click File > Export": the path of a menu is one name.
    if text.is_empty()
        || text.replace(" > ", " ").contains(['→', '|', '?', '(', ')', '[', ';', '+', '<', '>', '='])
        || text.contains(": ")
        || text.contains("://")
    {
        return Form::Other;
    }
    conditional(text).or_else(|| simple(text)).unwrap_or(Form::Other)
}

fn simple(text: &str) -> Option<Form> {
    // "Do not ride on the truck" is no order to "do", whether or not the verb is known.
    if prohibits(text) {
        return prohibition(text);
    }
    prohibition(text).or_else(|| command(text).map(Form::Do)).or_else(|| duty(text)).or_else(|| role(text))
}

/// "Warning: Do not ..." -> "Do not ...".
pub fn strip_label(text: &str) -> &str {
    const LABELS: [&str; 7] = ["warning", "caution", "danger", "note", "important", "attention", "notice"];
    match text.split_once(':') {
        Some((label, rest)) if LABELS.contains(&label.trim().to_lowercase().as_str()) => rest.trim_start(),
        _ => text,
    }
}

/// Order words at the beginning do not belong to the instruction.
fn strip_cue(text: &str) -> &str {
    const CUES: [&str; 9] =
        ["Then ", "Then, ", "Next, ", "First, ", "Finally, ", "Afterwards, ", "After that, ", "Now ", "Please "];
    CUES.iter().find_map(|c| text.strip_prefix(c)).unwrap_or(text)
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'')
}

/// "If C, V" and "V if C".
fn conditional(text: &str) -> Option<Form> {
    for (opener, joiner) in [("If ", "if"), ("When ", "when")] {
        if let Some(rest) = text.strip_prefix(opener) {
            return leading_condition(rest, joiner);
        }
    }
    for (mark, joiner) in [(" if ", "if"), (" when ", "when")] {
        if let Some((main, condition)) = text.split_once(mark)
            && !main.ends_with("check")
            && !main.ends_with("even")
            && !main.ends_with("only")
            && !main.ends_with("as")
            && !main.contains(',')
            && is_statement(condition)
            && let Some(then @ (Form::Do(_) | Form::DoNot(_))) = simple(main)
        {
            return Some(Form::When { joiner, condition: condition.to_owned(), then: Box::new(then) });
        }
    }
    None
}

fn leading_condition(rest: &str, joiner: &'static str) -> Option<Form> {
    for (at, _) in rest.match_indices(", ") {
        let (condition, consequence) = (&rest[..at], &rest[at + 2..]);
        let consequence = consequence.strip_prefix("then ").unwrap_or(consequence);
        let then = prohibition(consequence).or_else(|| command(consequence).map(Form::Do)).or_else(|| {
            let lower_subject = consequence.starts_with("the ") || consequence.starts_with("you ");
            if lower_subject { duty(consequence).or_else(|| role(consequence)) } else { None }
        });
        if let Some(then) = then {
            return is_statement(condition).then(|| Form::When {
                joiner,
                condition: condition.to_owned(),
                then: Box::new(then),
            });
        }
    }
    None
}

const OPENERS: [&str; 9] =
    ["Do not ", "do not ", "DO NOT ", "Don't ", "don't ", "Never ", "never ", "NEVER ", "Do NOT "];

fn prohibits(text: &str) -> bool {
    OPENERS.iter().any(|o| text.starts_with(o))
}

fn prohibition(text: &str) -> Option<Form> {
    let rest = OPENERS.iter().find_map(|o| text.strip_prefix(o))?;
    let rest = rest.strip_prefix("ever ").unwrap_or(rest);
    predicate(rest).map(Form::DoNot)
}

/// An imperative, perhaps after an adverb ("Immediately inform ...", "Always apply ...").
fn command(text: &str) -> Option<Command> {
    let list = words(text);
    let first = bare(list.first()?);
    if first.to_lowercase().ends_with("ly") && !is_verb(first)
        || first.eq_ignore_ascii_case("always")
        || first.eq_ignore_ascii_case("also")
    {
        let rest = text[text.find(' ')?..].trim_start();
        let mut command = predicate(rest)?;
        if first.to_lowercase().ends_with("ly") {
            let adverb = first.to_lowercase();
            command.text = format!("{adverb} {}", command.text);
            command.phrases[0] = format!("{adverb} {}", command.phrases[0]);
        }
        return Some(command);
    }
    predicate(text)
}

/// A predicate that begins with a verb in the base form.
fn predicate(text: &str) -> Option<Command> {
    let list = words(text);
    let first = bare(list.first()?);
    if !can_open_an_order(first) || first.contains('-') {
        return None;
    }
    if let Some(second) = list.get(1).map(|w| bare(w)) {
        let noun_subject =
            is_noun_like(first) && (is_finite(second) && !second.eq_ignore_ascii_case("do") || second == "of");
        if noun_subject {
            return None;
        }
    }
    let finite = list.iter().position(|w| is_finite(bare(w)));
    if let Some(at) = finite.filter(|at| *at > 0)
        && !list[1..at].iter().any(|w| is_subordinator(bare(w)))
    {
        return None;
    }
    let text = lower_verb(text);
    Some(Command { phrases: conjuncts(&text), text })
}

fn lower_verb(text: &str) -> String {
    let end = text.find(' ').unwrap_or(text.len());
    format!("{}{}", text[..end].to_lowercase(), &text[end..])
}

/// "remove the electrode and rinse it" -> its two verb phrases. In doubt, one.
fn conjuncts(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut start = 0;
    let joints = [", and then ", ", then ", " and then ", ", and ", " and ", ", "];
    let mut at = 0;
    while at < text.len() {
        let joint = joints.iter().find(|j| text.get(at..).is_some_and(|t| t.starts_with(**j)));
        if let Some(joint) = joint {
            let head = &text[start..at];
            if begins_verb_phrase(&text[at + joint.len()..]) && head.contains(' ') && !in_subordinate(head) {
                out.push(head.trim().to_owned());
                start = at + joint.len();
            }
            at += joint.len();
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    out.push(text[start..].trim().to_owned());
    out
}

/// Inside "until ...", "that ..." an "and" may join two clauses of the subordinate part: left alone.
pub(super) fn in_subordinate(head: &str) -> bool {
    words(head).iter().any(|w| {
        matches!(bare(w), "until" | "that" | "which" | "who" | "if" | "when" | "before" | "after" | "by" | "not" | "to")
    }) && !words(head).iter().any(|w| w.ends_with(','))
        && words(head)
            .iter()
            .any(|w| matches!(bare(w), "until" | "that" | "which" | "who" | "if" | "when" | "by" | "not"))
}

pub fn begins_verb_phrase(text: &str) -> bool {
    let list = words(text);
    let Some(first) = list.first().map(|w| bare(w)) else { return false };
    if first.chars().any(char::is_uppercase) || list[0].ends_with(',') {
        return false;
    }
    if !is_verb(first) {
        return takes_a_pronoun(first, list.get(1).copied());
    }
    if !is_noun_like(first) {
        return true;
    }
    list.get(1).is_some_and(|next| makes_a_verb(first, &bare(next).to_lowercase()))
}

/// Whether what stands behind a word that may be a noun shows that it is a verb: "label the box", "wait at the door", and not
/// "(the name and) photograph on the chart".
pub fn makes_a_verb(word: &str, next: &str) -> bool {
    const OBJECTS: [&str; 26] = [
        "the", "a", "an", "it", "them", "your", "each", "every", "all", "any", "both", "that", "this", "these",
        "their", "no", "two", "three", "four", "again", "up", "down", "out", "its", "us", "him",
    ];
    let preposition = is_preposition(next) || matches!(next, "to" | "beside" | "until");
    // "and switch off the jets", "and turn on the fan"
    let particle = matches!(next, "off" | "away" | "back") || next == "on" && matches!(word, "switch" | "turn" | "put");
    OBJECTS.contains(&next)
        || particle
        || !next.is_empty() && next.chars().all(|c| c.is_ascii_digit())
        || preposition && needs_no_object(word)
}

/// "tare it": a verb that the list does not have, shown by its object.
fn takes_a_pronoun(word: &str, next: Option<&str>) -> bool {
    let place = matches!(
        word,
        "near"
            | "inside"
            | "outside"
            | "behind"
            | "around"
            | "beside"
            | "above"
            | "below"
            | "against"
            | "like"
            | "beyond"
    );
    let pronoun = next.is_some_and(|n| matches!(n.trim_end_matches(['.', ',']), "it" | "them"));
    pronoun && !place && !is_function(word) && !word.ends_with("ing") && cefr::can_be(word, cefr::PartOfSpeech::Verb)
}

/// Words that begin a sentence before its subject.
pub fn opens_otherwise(word: &str) -> bool {
    matches!(
        word,
        "in" | "on"
            | "at"
            | "for"
            | "during"
            | "after"
            | "before"
            | "to"
            | "by"
            | "with"
            | "as"
            | "once"
            | "also"
            | "however"
            | "until"
            | "from"
            | "so"
    )
}

/// "SUBJECT must (not) PREDICATE", with a subject that can be repeated in a question.
fn duty(text: &str) -> Option<Form> {
    let list = words(text);
    let at = list.iter().position(|w| matches!(w.to_lowercase().as_str(), "must" | "should" | "may" | "shall"))?;
    let subject = list[..at].join(" ");
    let first = list.first()?.to_lowercase();
    let pronoun = matches!(
        first.as_str(),
        "it" | "this"
            | "these"
            | "those"
            | "they"
            | "that"
            | "he"
            | "she"
            | "if"
            | "when"
            | "there"
            | "you"
            | "we"
            | "which"
            | "what"
    );
    if at == 0 || at > 12 || pronoun || opens_otherwise(&first) || subject.contains(',') && !subject.contains(" and ") {
        return None;
    }
    let finite_inside = list[..at].iter().position(|w| is_finite(bare(w)));
    if finite_inside.is_some_and(|f| !list[..f].iter().any(|w| matches!(bare(w), "that" | "who" | "which"))) {
        return None;
    }
    let modal = match list[at].to_lowercase().as_str() {
        "must" | "shall" => Modal::Must,
        "should" => Modal::Should,
        _ => Modal::May,
    };
    let mut rest = &list[at + 1..];
    let negative = rest.first().is_some_and(|w| matches!(w.to_lowercase().as_str(), "not" | "never"));
    if negative {
        rest = &rest[1..];
    }
    let verb = rest.first().map(|w| bare(w))?;
    let starts_well = verb == "be" || verb == "have" || is_verb(verb);
    starts_well.then(|| Form::Duty { subject, modal, negative, predicate: rest.join(" ") })
}

/// "The Head Chef trains every cook": one person, third person singular.
fn role(text: &str) -> Option<Form> {
    let list = words(text);
    let at = list.iter().skip(1).take(5).position(|w| base_of_third_person(bare(w)).is_some())? + 1;
    let actor = list[..at].join(" ");
    let second_noun = list.get(at + 1).is_some_and(|w| is_finite(bare(w)));
    (names_people(&actor) && !actor.contains(',') && !second_noun && list.len() > at + 1)
        .then(|| Form::Role { actor, predicate: list[at..].join(" ") })
}

#[cfg(test)]
mod tests;
