//! Three lines that a colleague has copied from the SOP, one of them with a slip.

use std::collections::BTreeSet;

use course_format::course::{Answer, ItemBody, Relation};

use super::build::{Reason, Spec, alike_in_length, choices, id_of, shuffled};
use super::lines::Line;
use super::slips::{self, Slip};
use super::stock::near;
use super::{Bench, Made};
use crate::engine::english::parse::Form;
use crate::engine::english::text::{overlap, stems};
use crate::engine::library::ClauseRef;

/// For every line.
const STEMS: [&str; 8] = [
    "A new colleague has written this down. What is wrong? Tap the line.",
    "You read the notice on the wall. One line is different from the SOP. Tap it.",
    "Three lines from a handover book, and one of them is wrong. Which one do you correct?",
    "Somebody has written a short guide. Find the line that is false.",
    "Before you print this page, you compare it with the SOP. Which line has to be corrected?",
    "A trainee has copied three rules for the team. Tap the line with the mistake.",
    "A colleague sends you these three reminders. Which of them must the team not follow?",
    "You proofread an information sheet. Which line would make people break a rule?",
];
/// The first of them are for lines that are no rules as well.
const FOR_FACTS: usize = 5;

/// A note for every kind of slip in every line.
pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let mut out = Vec::new();
    for line in bench.lines().filter(|l| slips::fits(l) && l.words <= 22) {
        for changed in first_of_each(slips::of(bench, line)) {
            out.extend(item(bench, line, &changed));
        }
    }
    out
}

/// One slip of a kind for each line: its second amount would ask the same again.
fn first_of_each(slips: Vec<Slip>) -> Vec<Slip> {
    let mut seen = BTreeSet::new();
    slips.into_iter().filter(|s| seen.insert(s.frame)).collect()
}

/// Two lines of the same kind of text, copied rightly.
fn beside<'a>(bench: &'a Bench<'_>, line: &Line, changed: &Slip) -> Vec<&'a Line> {
    let own: BTreeSet<String> = stems(&changed.text);
    let section = &bench.library.clause(line.at).section;
    let length = changed.text.chars().count();
    let mut pool: Vec<&Line> = near(&bench.stock.lines, line.at, |l| l.at, 60)
        .iter()
        .filter(|l| l.at.document == line.at.document && l.at != line.at && !l.text.contains(['“', '”', '"', '…', '(']))
        .filter(|l| l.words >= 4 && l.words <= 24 && overlap(&l.stems, &own) < 0.5)
        .filter(|l| alike_in_length(l.sentence().chars().count(), length))
        .filter(|l| !bench.library.is_disputed(l.at))
        .collect();
    let ordered = |l: &Line| matches!(l.form, Form::Do(_) | Form::DoNot(_));
    pool.sort_by_key(|l| {
        let here: bool = bench.holds(l.at);
        (!here, bench.library.clause(l.at).section != *section, ordered(l) != ordered(line), distance(l.at, line.at))
    });
    let mut out: Vec<&Line> = Vec::new();
    for other in pool {
        let fresh = !out.iter().any(|o| o.at == other.at || overlap(&o.stems, &other.stems) >= 0.5);
        let fits = out.iter().all(|o| alike_in_length(o.text.chars().count(), other.text.chars().count()));
        if fresh && fits && out.len() < 2 {
            out.push(other);
        }
    }
    out
}

fn distance(a: ClauseRef, b: ClauseRef) -> usize {
    a.clause.abs_diff(b.clause)
}

fn item(bench: &Bench<'_>, line: &Line, changed: &Slip) -> Option<Made> {
    let right = beside(bench, line, changed);
    let [first, second] = right.as_slice() else { return None };
    let wrong = changed.text.clone();
    let wordings = if changed.frame == "note-word" { FOR_FACTS } else { STEMS.len() };
    let shown = [wrong.clone(), first.sentence(), second.sentence()];
    let mut provenance = vec![bench.library.prove_part(line.at, &line.text)];
    provenance.extend(right.iter().map(|l| bench.library.prove_part(l.at, &l.text)));
    let spec = Spec {
        clause: line.at,
        frame: changed.frame,
        target: format!("{}/{wrong}", changed.frame),
        stem: STEMS[0].to_owned(),
        others: STEMS[1..].iter().take(wordings - 1).map(|s| (*s).to_owned()).collect(),
        rationale: changed.why.clone(),
        relation: Relation::Compress,
        provenance,
        reasons: right
            .iter()
            .map(|l| Reason {
                option: l.sentence(),
                why: "This line is right: it is what the SOP says.".to_owned(),
                at: l.at,
                part: l.text.clone(),
            })
            .collect(),
        score: if changed.frame == "note-word" { 2 } else { 6 },
    };
    let sentences = choices(&shuffled(spec.id(bench), shown));
    let choice = id_of(&sentences, &wrong);
    Some(spec.finish(bench, ItemBody::TapEvidence { sentences }, Answer::TapEvidence { choice }, 1))
}
