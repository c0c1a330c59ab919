//! Which sentence of the SOP gives the answer? The sentences stand near each other, and only one of them does.

mod parts;

use std::collections::BTreeSet;

use course_format::course::{Answer, Choice, ItemBody, Relation};

use super::build::{Reason, Spec, shuffled, spread};
use super::lines::Line;
use super::stock::near;
use super::{Bench, Made};
use crate::engine::english::chunks::mentions_people;
use crate::engine::english::parse::{Form, Modal};
use crate::engine::english::words::{is_verb, names_people};
use crate::engine::english::{Dimension, quantity};

/// What a sentence can be looked for.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Tells {
    Duration,
    Temperature,
    Ban,
    Permission,
    Case,
    Reason,
    Person,
    Order,
}

const ALL: [Tells; 8] = [
    Tells::Duration,
    Tells::Temperature,
    Tells::Permission,
    Tells::Reason,
    Tells::Person,
    Tells::Case,
    Tells::Ban,
    Tells::Order,
];

impl Tells {
    fn stems(self) -> &'static [&'static str] {
        match self {
            Self::Duration => &[
                "A colleague asks: “How much time do I have, or how long does it take?” Which sentence helps?",
                "You plan the time for your work. Which sentence do you need for your clock or your calendar?",
                "Which sentence gives a time in minutes, hours or days?",
            ],
            Self::Temperature => &[
                "You have the thermometer in your hand. Which sentence do you need?",
                "Which sentence tells you how warm or cold it must be?",
            ],
            Self::Ban => &[
                "A new colleague asks: “What must I never do?” Which sentence gives the answer?",
                "Which sentence says that something is forbidden?",
                "Find the sentence that belongs on a “Stop!” sign.",
                "You want to warn a trainee. Which of these sentences is a ban?",
            ],
            Self::Permission => &[
                "Which sentence gives somebody permission?",
                "A colleague asks: “Is there something that we can do if we want?” Find the sentence.",
                "Only one of these leaves people a choice. Which one?",
            ],
            Self::Case => &[
                "Not everything goes well. Which sentence says what happens in a special case?",
                "Which sentence is only for one situation?",
                "Find the sentence that you need only when something special happens.",
                "One of these starts with a situation or ends with one. Which sentence is it?",
            ],
            Self::Reason => &[
                "A trainee asks: “But why?” Which sentence gives a reason?",
                "Which sentence explains why something is done?",
            ],
            Self::Person => &[
                "A visitor asks: “Whose job is it?” Which sentence names a person?",
                "Which sentence says who does something?",
                "You want to know whose task it is. Find the sentence that helps.",
            ],
            Self::Order => &[
                "Which sentence tells you what comes first and what comes later?",
                "You are not sure about the order of the work. Which sentence helps?",
                "Find the sentence that puts two things in order.",
            ],
        }
    }

    fn why(self) -> &'static str {
        match self {
            Self::Duration => "Only this sentence gives a length of time.",
            Self::Temperature => "Only this sentence gives a temperature.",
            Self::Ban => "Only this sentence forbids something.",
            Self::Permission => "“May” and “can” give permission, and only this sentence has one of them.",
            Self::Case => "“If” or “when” opens a special case, and only this sentence has one.",
            Self::Reason => "Only this sentence gives a reason.",
            Self::Person => "Only this sentence names the person.",
            Self::Order => "Only this sentence has a word for the order, such as “before” or “after”.",
        }
    }

    fn not(self) -> &'static str {
        match self {
            Self::Duration => "This sentence gives no length of time.",
            Self::Temperature => "This sentence gives no temperature.",
            Self::Ban => "This sentence does not forbid anything.",
            Self::Permission => "This sentence leaves nobody a choice.",
            Self::Case => "This sentence is not only for one case.",
            Self::Reason => "This sentence gives no reason.",
            Self::Person => "This sentence names nobody.",
            Self::Order => "This sentence does not say what comes before or after.",
        }
    }

    /// What the sentence says, by its grammar.
    fn of(line: &Line) -> BTreeSet<Self> {
        let lower = format!(" {} ", line.text.to_lowercase().replace([',', '.'], " "));
        let has = |words: &[&str]| words.iter().any(|w| lower.contains(&format!(" {w} ")));
        let mut out = BTreeSet::new();
        for q in quantity::all(&line.text) {
            match q.dimension {
                Dimension::Duration => {
                    out.insert(Self::Duration);
                }
                Dimension::Temperature => {
                    out.insert(Self::Temperature);
                }
                _ => {}
            }
        }
        if matches!(line.form, Form::DoNot(_)) || has(&["not", "never", "nobody", "forbidden", "prohibited", "no"]) {
            out.insert(Self::Ban);
        }
        if matches!(line.form, Form::Duty { modal: Modal::May, negative: false, .. }) || has(&["may", "can", "allowed"])
        {
            out.insert(Self::Permission);
        }
        if matches!(line.form, Form::When { .. }) || has(&["if", "when", "unless", "whenever"]) {
            out.insert(Self::Case);
        }
        if has(&["because", "so that", "in order to"]) {
            out.insert(Self::Reason);
        }
        let subject = match &line.form {
            Form::Role { .. } => true,
            Form::Duty { subject, .. } => names_people(subject),
            _ => has(&["by"]),
        };
        if subject || mentions_people(&line.text) {
            out.insert(Self::Person);
        }
        if has(&["before", "after", "until", "then", "first", "finally", "once"]) {
            out.insert(Self::Order);
        }
        out
    }
}

/// One item for each thing that exactly one of four neighbouring sentences tells.
pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let lines: Vec<&Line> = bench.lines().filter(|l| (4..=26).contains(&l.words)).collect();
    let mut out: Vec<Made> = lines.iter().flat_map(|line| of_line(bench, line)).collect();
    out.extend(parts::make(bench));
    out
}

fn of_line(bench: &Bench<'_>, line: &Line) -> Vec<Made> {
    let own = Tells::of(line);
    let around = near(&bench.stock.lines, line.at, |l| l.at, 24);
    ALL.iter()
        .filter(|t| own.contains(t) && is_clear(**t, line))
        .filter_map(|tells| {
            let mut pool: Vec<&Line> = around
                .iter()
                .filter(|l| l.at.document == line.at.document && l.text != line.text && !Tells::of(l).contains(tells))
                .filter(|l| super::build::alike_in_length(l.words * 6, line.words * 6))
                .collect();
            pool.sort_by_key(|l| (!bench.holds(l.at), l.at.clause.abs_diff(line.at.clause), l.text.clone()));
            let mut texts = BTreeSet::new();
            pool.retain(|l| texts.insert(course_format::grading::normalise(&l.text)));
            pool.truncate(3);
            (pool.len() == 3).then(|| item(bench, line, *tells, &pool))
        })
        .collect()
}

/// Sure enough to be looked for: "by" alone names nobody.
fn is_clear(tells: Tells, line: &Line) -> bool {
    match tells {
        Tells::Person => match &line.form {
            Form::Role { .. } => true,
            Form::Duty { subject, .. } => {
                let first = subject.split(' ').next().unwrap_or_default().to_lowercase();
                let nobody = matches!(
                    first.as_str(),
                    "nobody" | "no" | "none" | "anyone" | "anybody" | "everyone" | "everybody"
                );
                names_people(subject) && !nobody
            }
            _ => false,
        },
        Tells::Ban => matches!(line.form, Form::DoNot(_) | Form::Duty { negative: true, .. }),
        Tells::Permission => matches!(line.form, Form::Duty { modal: Modal::May, negative: false, .. }),
        Tells::Case => matches!(line.form, Form::When { .. }),
        Tells::Order => {
            let clock = |word: &str| {
                line.text.split(word).nth(1).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
            };
            (line.text.contains(" before ") || line.text.contains(" after ") || line.text.contains(" until "))
                && !line.text.contains(" after use")
                && ![" before ", " after ", " until "].iter().any(|w| clock(w))
        }
        Tells::Duration => !line.text.split(' ').next().is_some_and(|w| is_verb(w) && w.len() < 2),
        Tells::Temperature | Tells::Reason => true,
    }
}

fn item(bench: &Bench<'_>, line: &Line, tells: Tells, pool: &[&Line]) -> Made {
    let frame = match tells {
        Tells::Duration => "tap-time",
        Tells::Temperature => "tap-temperature",
        Tells::Ban => "tap-ban",
        Tells::Permission => "tap-permission",
        Tells::Case => "tap-case",
        Tells::Reason => "tap-reason",
        Tells::Person => "tap-person",
        Tells::Order => "tap-order",
    };
    let stems = tells.stems();
    let spec = Spec {
        clause: line.at,
        frame,
        target: line.text.clone(),
        stem: stems[0].to_owned(),
        others: stems[1..].iter().map(|s| (*s).to_owned()).collect(),
        rationale: tells.why().to_owned(),
        relation: Relation::Quote,
        provenance: vec![bench.library.prove_part(line.at, &line.text)],
        reasons: pool
            .iter()
            .map(|l| Reason { option: l.text.clone(), why: tells.not().to_owned(), at: l.at, part: l.text.clone() })
            .collect(),
        score: 5,
    };
    // The sentences keep the order of the SOP, so that it is read as it stands.
    let mut shown: Vec<&Line> = pool.iter().copied().chain([line]).collect();
    shown.sort_by_key(|l| (l.at, l.text.clone()));
    if spread(spec.id(bench), 2) == 0 {
        let order = shuffled(spec.id(bench), shown.iter().map(|l| l.text.clone()));
        shown.sort_by_key(|l| order.iter().position(|t| *t == l.text));
    }
    let sentences: Vec<Choice> =
        shown.iter().zip('a'..='z').map(|(l, id)| Choice { id: id.to_string(), text: l.text.clone() }).collect();
    let choice = sentences.iter().find(|c| c.text == line.text).map(|c| c.id.clone()).unwrap_or_default();
    spec.finish(bench, ItemBody::TapEvidence { sentences }, Answer::TapEvidence { choice }, 1)
}
