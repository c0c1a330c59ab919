//! What is forbidden, what is allowed.

use std::collections::BTreeSet;

use course_format::course::Relation;
use course_format::sop::ClauseKind;

use crate::engine::english::text::{about_others, capitalise, overlap, sentence, stems, word_count};
use crate::engine::forge::build::{Reason, Spec, Wrong, by_length, distinct};
use crate::engine::forge::stock::near;
use crate::engine::forge::{Bench, Made};
use crate::engine::library::{ClauseRef, Polarity};

/// Orders and prohibitions on either side of a clause that may stand beside it.
const REACH: usize = 80;

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let own = bench.stock.forbidden.iter().filter(|(at, _, _)| bench.holds(*at));
    let mut out: Vec<Made> =
        own.enumerate().filter_map(|(i, (at, source, phrase))| forbidden(bench, i, *at, source, phrase)).collect();
    out.extend(bench.stock.forbidden.iter().filter(|(at, _, _)| bench.holds(*at)).filter_map(|f| request(bench, f)));
    out.extend(not_allowed(bench));
    out.extend(may_stay(bench));
    out.extend(required(bench));
    out
}

/// One thing that the SOP demands among two that it forbids.
fn required(bench: &Bench<'_>) -> Vec<Made> {
    let own = bench.stock.demanded.iter().filter(|(at, _, p)| bench.holds(*at) && word_count(p) <= 14);
    own.filter_map(|(at, source, phrase)| {
        let key = sentence(phrase);
        let topic = bench.library.topic(*at);
        let pool = near(&bench.stock.forbidden, *at, |(f, _, _)| *f, REACH)
            .iter()
            .filter(|(f, _, p)| {
                f.document == at.document
                    && (bench.holds(*f) || bench.library.topic(*f) == topic)
                    && overlap(&stems(p), &stems(phrase)) < 0.6
            })
            .map(|(f, said, p)| Wrong::new(sentence(p), *f, said.clone()))
            .collect();
        let distractors = distinct(&key, by_length(&key, pool), 2, 0.6)?;
        let spec = Spec {
            clause: *at,
            frame: "part-of-job",
            target: phrase.clone(),
            stem: "Only one of these is part of your job. Which one?".to_owned(),
            others: [
                "Two of these are forbidden. Which one do you have to do?",
                "You want to do your job well. Which of these do you do?",
                "You make a list of your tasks. Which of these belongs on it?",
                "Which of these does the SOP ask you to do?",
                "A trainee shows you three notes. Which one is really a task?",
            ]
            .map(str::to_owned)
            .to_vec(),
            rationale: "The text asks you to do this. It forbids the other two.".to_owned(),
            relation: Relation::Compress,
            provenance: vec![bench.library.prove_part(*at, source)],
            reasons: because(&distractors, "The SOP forbids this"),
            score: 5,
        };
        Some(spec.single(bench, &key, &distractors))
    })
    .collect()
}

/// Why the others are wrong, with the sentence that says so.
fn because(wrong: &[Wrong], what: &str) -> Vec<Reason> {
    let why = |w: &Wrong| format!("{what}: “{}”", w.source.trim());
    wrong.iter().map(|w| Reason { option: w.text.clone(), why: why(w), at: w.at, part: w.source.clone() }).collect()
}

fn listed(wrong: &[Wrong], why: &str) -> Vec<Reason> {
    let said = |w: &Wrong| Reason { option: w.text.clone(), why: why.to_owned(), at: w.at, part: w.source.clone() };
    wrong.iter().map(said).collect()
}

/// Duties near the clause that no prohibition near it resembles.
fn plain_duties(bench: &Bench<'_>, at: ClauseRef) -> Vec<(u8, Wrong)> {
    let topic = bench.library.topic(at);
    let section = &bench.library.clause(at).section;
    let forbidden: Vec<BTreeSet<String>> =
        near(&bench.stock.forbidden, at, |(f, _, _)| *f, REACH).iter().map(|(_, _, p)| stems(p)).collect();
    let mut out: Vec<(u8, Wrong)> = near(&bench.stock.demanded, at, |(d, _, _)| *d, REACH)
        .iter()
        .filter(|(d, _, p)| {
            let own = stems(p);
            d.document == at.document && word_count(p) <= 16 && !forbidden.iter().any(|f| overlap(f, &own) > 0.6)
        })
        .map(|(d, source, p)| {
            let here = bench.holds(*d) || bench.library.topic(*d) == topic;
            let far = u8::from(bench.library.clause(*d).section != *section) + u8::from(!here);
            (far, Wrong::new(p.clone(), *d, source.clone()))
        })
        .collect();
    out.sort();
    out
}

/// Two frames in turn: a colleague is stopped, or the rule is asked for.
fn forbidden(bench: &Bench<'_>, nth: usize, at: ClauseRef, source: &str, phrase: &str) -> Option<Made> {
    let stopped = nth.is_multiple_of(2);
    let show = |p: &str| if stopped { sentence(&about_others(p)) } else { sentence(p) };
    let key = show(phrase);
    let pool = plain_duties(bench, at).into_iter().map(|(_, w)| Wrong { text: show(&w.text), ..w }).collect();
    let distractors = distinct(&key, by_length(&key, pool), 2, 0.6)?;
    let (frame, stems): (_, [&str; 4]) = if stopped {
        (
            "stop",
            [
                "You see a colleague do one of these things, and you say “Stop!” Which one is it?",
                "A new colleague does three things today. Which one is a mistake?",
                "Your team lead says: “We must never do this.” What does the team lead mean?",
                "An inspector watches your team. Which of these breaks a rule?",
            ],
        )
    } else {
        (
            "forbidden",
            [
                "Which of these is forbidden?",
                "A new colleague asks: “What is against the rules here?” Choose your answer.",
                "You write a sign that begins with “Do not …” Which line goes on it?",
                "One of these is dangerous or wrong at your workplace. Which one?",
            ],
        )
    };
    let spec = Spec {
        clause: at,
        frame,
        target: phrase.to_owned(),
        stem: stems[0].to_owned(),
        others: stems[1..].iter().map(|s| (*s).to_owned()).collect(),
        rationale: "The text forbids this. It asks you to do the other two.".to_owned(),
        relation: Relation::Compress,
        provenance: vec![bench.library.prove_part(at, source)],
        reasons: because(&distractors, "The SOP asks for this"),
        score: 7,
    };
    Some(spec.single(bench, &key, &distractors))
}

/// Three colleagues say what they are going to do; one of them has to be stopped.
fn request(bench: &Bench<'_>, (at, source, phrase): &(ClauseRef, String, String)) -> Option<Made> {
    let plan = |p: &str| {
        let mine: Vec<&str> = p
            .split(' ')
            .map(|w| match w {
                "your" => "my",
                "yourself" => "myself",
                "you" => "I",
                other => other,
            })
            .collect();
        format!("I’m going to {}.", crate::engine::english::text::without_stop(&mine.join(" ")))
    };
    let verb = phrase.split(' ').next().unwrap_or_default();
    if matches!(verb, "allow" | "let" | "ignore" | "assume" | "forget" | "be" | "exceed" | "wait") {
        return None;
    }
    let key = plan(phrase);
    let pool = plain_duties(bench, *at).into_iter().map(|(_, w)| Wrong { text: plan(&w.text), ..w }).collect();
    let distractors = distinct(&key, by_length(&key, pool), 2, 0.6)?;
    let spec = Spec {
        clause: *at,
        frame: "request",
        target: phrase.clone(),
        stem: "Three colleagues tell you what they are going to do. Whom do you stop?".to_owned(),
        others: [
            "You are responsible today. Which of these plans do you refuse?",
            "Your team has three plans for the next minutes. Which plan is against the rules?",
            "You know the rules. To which of these plans do you say “No”?",
        ]
        .map(str::to_owned)
        .to_vec(),
        rationale: "The SOP forbids this. The other two are part of the work.".to_owned(),
        relation: Relation::Compress,
        provenance: vec![bench.library.prove_part(*at, source)],
        reasons: because(&distractors, "The SOP asks for this"),
        score: 7,
    };
    Some(spec.single(bench, &key, &distractors))
}

/// Entries of a list under "Allowed" or "Not allowed".
pub fn entries(bench: &Bench<'_>, wanted: Polarity) -> Vec<(ClauseRef, String)> {
    bench
        .lesson
        .clauses
        .iter()
        .filter(|at| bench.library.polarity(**at) == Some(wanted) && bench.library.kind(**at) != ClauseKind::Heading)
        .map(|at| (*at, capitalise(&bench.library.clause(*at).text)))
        .filter(|(_, t)| word_count(t) <= 12)
        .collect()
}

fn not_allowed(bench: &Bench<'_>) -> Vec<Made> {
    let allowed = entries(bench, Polarity::Allowed);
    entries(bench, Polarity::NotAllowed)
        .into_iter()
        .filter_map(|(at, key)| {
            let place = bench.library.topic(at);
            let pool: Vec<Wrong> = allowed
                .iter()
                .filter(|(a, _)| bench.library.topic(*a) == place)
                .map(|(a, t)| Wrong::new(t.clone(), *a, bench.library.clause(*a).text.clone()))
                .collect();
            let distractors = distinct(&key, by_length(&key, pool), 2, 0.6)?;
            let spec = Spec {
                clause: at,
                frame: "not-allowed",
                target: key.clone(),
                stem: format!("Read the lists under “{place}”. Which of these is against the rules there?"),
                others: vec![
                    format!("You check what the SOP says under “{place}”. Which of these is forbidden?"),
                    format!("You find three things. Which one is against the rules for “{place}”?"),
                    format!("A delivery comes, and you think of “{place}”. Which of these is not allowed there?"),
                    format!("A new colleague asks what is forbidden under “{place}”. Which answer is right?"),
                ],
                rationale: "It stands in the list of things that are not allowed.".to_owned(),
                relation: Relation::Compress,
                provenance: vec![bench.library.prove(at)],
                reasons: listed(&distractors, "This is on the list of what is allowed there."),
                score: 6,
            };
            Some(spec.single(bench, &key, &distractors))
        })
        .collect()
}

/// Three things in one place, two of which are against the rules there.
fn may_stay(bench: &Bench<'_>) -> Vec<Made> {
    let banned = entries(bench, Polarity::NotAllowed);
    let place_of = |at: ClauseRef| bench.library.topic(at);
    let mut out = Vec::new();
    for (nth, (at, key)) in entries(bench, Polarity::Allowed).into_iter().enumerate() {
        let place = place_of(at);
        let mut pool: Vec<Wrong> = banned
            .iter()
            .filter(|(b, _)| place_of(*b) == place)
            .map(|(b, t)| Wrong::new(t.clone(), *b, bench.library.clause(*b).text.clone()))
            .collect();
        if pool.len() < 2 {
            continue;
        }
        // Another pair for every thing that is allowed, so that each ban is asked about.
        let first = nth % pool.len();
        pool.rotate_left(first);
        pool.retain(|w| super::super::build::alike_in_length(w.text.chars().count(), key.chars().count()));
        let Some(wrong) = distinct(&key, pool, 2, 0.6) else { continue };
        let mut provenance = vec![bench.library.prove(at)];
        provenance.extend(wrong.iter().map(|w| bench.library.prove(w.at)));
        let spec = Spec {
            clause: wrong[0].at,
            frame: "may-stay",
            target: format!("{key}/{}/{}", wrong[0].text, wrong[1].text),
            stem: format!("You check “{place}” and find three things. Two of them must go. Which one may stay?"),
            others: vec![
                format!("A colleague asks what is allowed under “{place}”. Which of these three is all right?"),
                format!("Two of these are not allowed under “{place}”. Which one is allowed there?"),
                format!("Your supervisor looks at “{place}” with you. Which of these three is all right?"),
            ],
            rationale: "It stands in the list of things that are allowed. The other two are not allowed.".to_owned(),
            relation: Relation::Infer,
            provenance,
            reasons: listed(&wrong, "This is on the list of what is not allowed there."),
            score: 7,
        };
        out.push(spec.single(bench, &key, &wrong));
    }
    out
}
