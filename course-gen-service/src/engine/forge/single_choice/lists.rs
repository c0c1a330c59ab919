//! What is forbidden, what is allowed.

use std::collections::BTreeSet;

use course_format::Level;
use course_format::course::Relation;
use course_format::sop::ClauseKind;

use crate::engine::english::text::{about_others, capitalise, overlap, sentence, stems, word_count};
use crate::engine::forge::build::{Spec, by_length, distinct};
use crate::engine::forge::{Bench, Made};
use crate::engine::library::{ClauseRef, Polarity};

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let forbidden_here: Vec<_> = bench.stock.forbidden.iter().filter(|(at, _, _)| bench.holds(*at)).collect();
    let duties = if forbidden_here.is_empty() { Vec::new() } else { plain_duties(bench) };
    let mut out: Vec<Made> = forbidden_here
        .into_iter()
        .enumerate()
        .filter_map(|(i, (at, source, phrase))| forbidden(bench, &duties, i, *at, source, phrase))
        .collect();
    out.extend(not_allowed(bench));
    out.extend(required(bench));
    out
}

/// One thing that the SOP demands among two that it forbids.
fn required(bench: &Bench<'_>) -> Vec<Made> {
    let mut out = Vec::new();
    for (i, (at, source, phrase)) in
        bench.stock.demanded.iter().enumerate().filter(|(_, (at, _, p))| bench.holds(*at) && word_count(p) <= 14)
    {
        let key = sentence(phrase);
        let topic = bench.library.topic(*at);
        let pool = bench
            .stock
            .forbidden
            .iter()
            .filter(|(f, _, p)| {
                f.document == at.document
                    && (bench.holds(*f) || bench.library.topic(*f) == topic)
                    && overlap(&stems(p), &stems(phrase)) < 0.6
            })
            .map(|(_, _, p)| sentence(p))
            .collect();
        let Some(distractors) = distinct(&key, by_length(&key, pool), 2, 0.6) else { continue };
        let stem = match (i % 2 == 0, bench.level) {
            (true, Level::A1 | Level::A2) => "You want to do your job well. Which of these do you do?",
            (true, _) => "Only one of these is part of your job. Which one?",
            (false, _) => "Two of these are forbidden. Which one do you have to do?",
        };
        let spec = Spec {
            clause: *at,
            frame: if i % 2 == 0 { "part-of-job" } else { "two-forbidden" },
            target: phrase.clone(),
            stem: stem.to_owned(),
            rationale: "The text asks you to do this. It forbids the other two.".to_owned(),
            relation: Relation::Compress,
            provenance: vec![bench.library.prove_part(*at, source)],
            score: 5,
        };
        out.push(spec.single(bench, &key, &distractors, None));
    }
    out
}

/// Duties of the lesson and its topics that no prohibition of the SOP resembles. Found once for a lesson: comparing every duty
/// with every prohibition for every item made long SOPs take minutes.
fn plain_duties<'a>(bench: &Bench<'a>) -> Vec<(ClauseRef, &'a str)> {
    let topics: BTreeSet<(usize, &str)> =
        bench.lesson.clauses.iter().map(|at| (at.document, bench.library.topic(*at))).collect();
    let near = |at: ClauseRef| bench.holds(at) || topics.contains(&(at.document, bench.library.topic(at)));
    let forbidden: Vec<_> = bench.stock.forbidden.iter().map(|(_, _, p)| stems(p)).collect();
    let duties = bench.stock.demanded.iter().filter(|(at, _, p)| word_count(p) <= 16 && near(*at));
    duties
        .filter(|(_, _, p)| {
            let own = stems(p);
            !forbidden.iter().any(|f| overlap(f, &own) > 0.6)
        })
        .map(|(at, _, p)| (*at, p.as_str()))
        .collect()
}

/// Two frames in turn: a colleague is stopped, or the rule is asked for.
fn forbidden(
    bench: &Bench<'_>,
    duties: &[(ClauseRef, &str)],
    nth: usize,
    at: ClauseRef,
    source: &str,
    phrase: &str,
) -> Option<Made> {
    let stopped = nth.is_multiple_of(3);
    let show = |p: &str| if stopped { sentence(&about_others(p)) } else { sentence(p) };
    let key = show(phrase);
    let section = &bench.library.clause(at).section;
    let topic = bench.library.topic(at);
    let mut pool: Vec<(bool, ClauseRef, String)> = duties
        .iter()
        .filter(|(d, _)| d.document == at.document && (bench.holds(*d) || bench.library.topic(*d) == topic))
        .map(|(d, p)| (bench.library.clause(*d).section != *section, *d, show(p)))
        .collect();
    pool.sort();
    let pool: Vec<String> = pool.into_iter().map(|(_, _, t)| t).collect();
    let distractors = distinct(&key, by_length(&key, pool), 2, 0.6)?;
    let (frame, stem) = match nth % 3 {
        0 => ("stop", "You see a colleague do one of these things, and you say “Stop!” Which one is it?"),
        1 => ("forbidden", "Which of these is forbidden?"),
        _ => ("new-colleague", "A new colleague asks: “What is against the rules here?” Choose your answer."),
    };
    let spec = Spec {
        clause: at,
        frame,
        target: phrase.to_owned(),
        stem: stem.to_owned(),
        rationale: "The text forbids this. It asks you to do the other two.".to_owned(),
        relation: Relation::Compress,
        provenance: vec![bench.library.prove_part(at, source)],
        score: 7,
    };
    Some(spec.single(bench, &key, &distractors, None))
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
            let pool: Vec<String> =
                allowed.iter().filter(|(a, _)| bench.library.topic(*a) == place).map(|(_, t)| t.clone()).collect();
            let distractors = distinct(&key, by_length(&key, pool), 2, 0.4)?;
            let spec = Spec {
                clause: at,
                frame: "not-allowed",
                target: key.clone(),
                stem: format!("Read the lists under “{place}”. Which of these is not allowed there?"),
                rationale: "It stands in the list of things that are not allowed.".to_owned(),
                relation: Relation::Compress,
                provenance: vec![bench.library.prove(at)],
                score: 6,
            };
            Some(spec.single(bench, &key, &distractors, None))
        })
        .collect()
}
