//! A sentence of the SOP with one mistake that learners make: the fact stays, the language is wrong.

mod more;

use course_format::Level;
use course_format::course::{Answer, ItemBody, Relation};

use super::build::Spec;
use super::lines::Line;
use super::{Bench, Made};
use crate::engine::english::forms::{base_predicate, gerund, is_plural};
use crate::engine::english::parse::Form;
use crate::engine::english::purpose::takes_to;
use crate::engine::english::text::without_stop;
use crate::engine::english::words::{base_of_participle, base_of_third_person, is_verb};

/// Every mistake that a rule can put into the lesson's sentences.
pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    if bench.level < Level::A2 {
        return Vec::new();
    }
    let whole = |l: &Line| {
        l.text.starts_with(char::is_uppercase)
            && l.text.ends_with('.')
            && !l.text.contains(['(', '“', '"', '_', '@', '*', ':', ';'])
    };
    bench
        .loose_lines()
        .filter(|l| (4..=18).contains(&l.words) && (l.model || whole(l)))
        .flat_map(|line| of_line(bench, line))
        .filter(|made| !ONLY_IN_FOCUS.contains(&made.frame.as_str()))
        .collect()
}

/// Mistakes that nobody who is not learning the very point would make twice.
const ONLY_IN_FOCUS: [&str; 5] = ["slip-plural", "slip-imperative", "slip-compound", "slip-of", "slip-each"];

/// The items of one sentence.
pub fn of_line(bench: &Bench<'_>, line: &Line) -> Vec<Made> {
    slips(line).into_iter().map(|slip| item(bench, line, slip)).collect()
}

/// One mistake: the words that change, and what the learner is told.
pub struct Slip {
    pub frame: &'static str,
    pub wrong: String,
    pub right: String,
    /// The whole sentence with the mistake.
    pub sentence: String,
    /// Other right sentences besides the SOP's.
    pub also: Vec<String>,
    pub why: &'static str,
}

const STEMS: [&str; 7] = [
    "One word in this sentence is wrong English. Write the sentence correctly.",
    "A colleague wrote this on the board. Correct the one mistake.",
    "There is one grammar mistake in this message. Write it without the mistake.",
    "Help a new colleague: correct the English in this sentence.",
    "You check a translated notice. One form is wrong. Write the correct sentence.",
    "The facts are right, but the grammar is not. Mend it.",
    "Read the sentence as it should be, and write it down.",
];

fn item(bench: &Bench<'_>, line: &Line, slip: Slip) -> Made {
    let mut accepted = vec![line.sentence()];
    accepted.extend(slip.also);
    let spec = Spec {
        clause: line.at,
        frame: slip.frame,
        target: line.text.clone(),
        stem: STEMS[0].to_owned(),
        others: STEMS[1..].iter().map(|s| (*s).to_owned()).collect(),
        rationale: slip.why.to_owned(),
        relation: Relation::Quote,
        provenance: vec![bench.library.prove_part(line.at, &line.text)],
        reasons: Vec::new(),
        score: 4,
    };
    let body = ItemBody::ErrorCorrection { sentence: slip.sentence };
    spec.finish(bench, body, Answer::ErrorCorrection { wrong: slip.wrong, right: slip.right, accepted }, 1)
}

/// The mistakes that can be put into one sentence, each by itself.
pub fn slips(line: &Line) -> Vec<Slip> {
    let mut out = Vec::new();
    out.extend(after_modal(line));
    out.extend(no_third_person(line));
    out.extend(no_plural(line));
    out.extend(no_participle(line));
    out.extend(after_time_word(line));
    out.extend(will_in_condition(line));
    out.extend(purpose(line));
    out.extend(negation(line));
    out.extend(article(line));
    out.extend(more::slips(line));
    out
}

/// Replaces the only occurrence of `right`, which stands between spaces.
fn swap(line: &Line, frame: &'static str, right: &str, wrong: &str, why: &'static str) -> Option<Slip> {
    let text = line.sentence();
    let padded = format!(" {right}");
    let places: Vec<usize> = text
        .match_indices(&padded)
        .map(|(at, _)| at + 1)
        .filter(|at| !text[at + right.len()..].starts_with(char::is_alphanumeric))
        .collect();
    let [at] = places.as_slice() else { return None };
    let sentence = format!("{}{wrong}{}", &text[..*at], &text[at + right.len()..]);
    (sentence != text).then(|| Slip {
        frame,
        wrong: wrong.to_owned(),
        right: right.to_owned(),
        sentence,
        also: Vec::new(),
        why,
    })
}

/// "must to wear"
fn after_modal(line: &Line) -> Option<Slip> {
    let Form::Duty { subject, negative: false, predicate, modal } = &line.form else { return None };
    let verb = predicate.split(' ').next().filter(|w| is_verb(w) || *w == "be")?;
    let right = format!("{} {verb}", modal.word());
    let wrong = format!("{} to {verb}", modal.word());
    let mut slip = swap(line, "slip-modal", &right, &wrong, "After must, should and may comes the verb without “to”.")?;
    if modal.word() == "must" {
        let have = is_plural(subject).map(|plural| if plural { "have" } else { "has" });
        slip.also = have.map(|have| slip.sentence.replacen("must to", &format!("{have} to"), 1)).into_iter().collect();
    }
    Some(slip)
}

/// "The host meet the visitor."
fn no_third_person(line: &Line) -> Option<Slip> {
    let Form::Role { predicate, .. } = &line.form else { return None };
    base_predicate(predicate)?;
    let verb = predicate.split(' ').next()?;
    let base = base_of_third_person(verb)?;
    swap(line, "slip-third-person", verb, &base, "One person does it: the verb needs an -s.")
}

/// "for 20 second"
fn no_plural(line: &Line) -> Option<Slip> {
    const UNITS: [&str; 12] = [
        "seconds", "minutes", "hours", "days", "weeks", "months", "years", "metres", "times", "litres", "degrees",
        "people",
    ];
    let words: Vec<&str> = line.text.split_whitespace().collect();
    let pair = words.windows(2).find(|w| {
        let counted = w[0].chars().all(|c| c.is_ascii_digit()) && w[0] != "1"
            || matches!(w[0], "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "ten");
        counted && UNITS.contains(&w[1].trim_matches(|c: char| !c.is_alphanumeric()))
    })?;
    let unit = pair[1].trim_matches(|c: char| !c.is_alphanumeric());
    let single = unit.strip_suffix('s')?;
    let (right, wrong) = (format!("{} {unit}", pair[0]), format!("{} {single}", pair[0]));
    swap(line, "slip-plural", &right, &wrong, "More than one: the noun needs an -s.")
}

/// "must be wear", "are keep"
fn no_participle(line: &Line) -> Option<Slip> {
    let words: Vec<&str> = line.text.split_whitespace().collect();
    let pair = words.windows(2).find_map(|w| {
        let participle = w[1].trim_matches(|c: char| !c.is_alphanumeric());
        let base = base_of_participle(participle).filter(|b| b != participle)?;
        let passive =
            matches!(w[0], "be" | "is" | "are") && cefr::inflect(&base, cefr::Form::PastParticiple) == participle;
        passive.then(|| (format!("{} {participle}", w[0]), format!("{} {base}", w[0])))
    })?;
    swap(line, "slip-participle", &pair.0, &pair.1, "After “be” comes the past participle.")
}

/// "before to close", "after leave"
fn after_time_word(line: &Line) -> Option<Slip> {
    let words: Vec<&str> = line.text.split_whitespace().collect();
    let (cue, next) = words.windows(2).find_map(|w| {
        let next = w[1].trim_matches(|c: char| !c.is_alphanumeric());
        let cue = matches!(w[0], "before" | "after" | "by" | "without" | "for");
        let base = cefr::lemma(next);
        (cue && next.ends_with("ing") && is_verb(&base) && gerund(&base) == next).then_some((w[0], next))
    })?;
    let base = cefr::lemma(next);
    let right = format!("{cue} {next}");
    let wrong = format!("{cue} to {base}");
    swap(line, "slip-ing", &right, &wrong, "After before, after, by, for and without comes the -ing form.")
}

/// "If the guest will come"
fn will_in_condition(line: &Line) -> Option<Slip> {
    let Form::When { joiner: "if", condition, .. } = &line.form else { return None };
    let words: Vec<&str> = condition.split(' ').collect();
    let at = words.iter().position(|w| matches!(*w, "is" | "are")).filter(|at| *at > 0)?;
    let right = format!("{} {}", words[at - 1], words[at]);
    let wrong = format!("{} will be", words[at - 1]);
    swap(line, "slip-if", &right, &wrong, "After “if” comes the present, not “will”.")
}

/// "for clean the pan"
fn purpose(line: &Line) -> Option<Slip> {
    let words: Vec<&str> = line.text.split_whitespace().collect();
    let at = words.windows(3).position(|w| {
        let noun_before = !is_verb(w[0])
            && !matches!(
                w[0],
                "how"
                    | "has"
                    | "have"
                    | "needs"
                    | "need"
                    | "allowed"
                    | "able"
                    | "up"
                    | "not"
                    | "required"
                    | "ready"
                    | "whom"
                    | "want"
            );
        noun_before && w[1] == "to" && is_verb(w[2]) && !crate::engine::english::words::is_noun_like(w[2])
    })?;
    let ordered = matches!(line.form, Form::Do(_)) && !takes_to(&words[..=at].join(" "));
    let verb = words[at + 2].trim_matches(|c: char| !c.is_alphanumeric());
    if !ordered || verb == "be" {
        return None;
    }
    let mut slip = swap(
        line,
        "slip-purpose",
        &format!("to {verb}"),
        &format!("for {verb}"),
        "“To” and the verb say why. Do not use “for” here.",
    )?;
    slip.also = vec![slip.sentence.replacen(&format!("for {verb}"), &format!("in order to {verb}"), 1)];
    Some(slip)
}

/// "No open the box."
fn negation(line: &Line) -> Option<Slip> {
    let Form::DoNot(command) = &line.form else { return None };
    let text = line.sentence();
    let rest = text.strip_prefix("Do not ")?;
    let verb = command.text.split(' ').next()?;
    Some(Slip {
        frame: "slip-negation",
        wrong: format!("No {verb}"),
        right: format!("Do not {verb}"),
        sentence: format!("No {rest}"),
        also: vec![format!("Never {rest}"), format!("You must not {rest}")],
        why: "An order not to do something begins with “do not”.",
    })
}

/// "a alcohol wipe", "an box"
fn article(line: &Line) -> Option<Slip> {
    let words: Vec<&str> = line.text.split_whitespace().collect();
    let pair = words.windows(2).find(|w| {
        matches!(w[0], "a" | "an")
            && !w[1].starts_with("few")
            && w[1].len() > 3
            && w[1].chars().all(|c| c.is_lowercase() || c == '-')
    })?;
    let other = if pair[0] == "a" { "an" } else { "a" };
    let next = without_stop(pair[1]);
    let (right, wrong) = (format!("{} {next}", pair[0]), format!("{other} {next}"));
    let mut slip = swap(
        line,
        "slip-article",
        &right,
        &wrong,
        "“An” stands before the sound of a vowel, “a” before any other sound.",
    )?;
    slip.also = vec![line.sentence().replacen(&format!(" {right}"), &format!(" the {next}"), 1)];
    Some(slip)
}
