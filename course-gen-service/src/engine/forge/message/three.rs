use course_format::course::Relation;

use super::{Mistake, Said, followed};
use crate::engine::english::parse::{self, Form};
use crate::engine::english::text::{overlap, stems};
use crate::engine::forge::build::{Reason, Spec, alike_in_length, shuffled, spread};
use crate::engine::forge::{Bench, Made, slips, told};

const STEMS: [&str; 5] = [
    "Three colleagues tell you what they did. Who followed the SOP?",
    "Three trainees describe their work today. Which of them may go on in the same way?",
    "You read three short reports. In which of them is everything done by the rules?",
    "Your supervisor asks who worked by the SOP today. Whose report do you name?",
    "Two of these colleagues need more training. Which one does everything right?",
];

/// An order that somebody carried out with another amount, or elsewhere: "I waited 10 minutes."
pub(super) fn with_slips(bench: &Bench<'_>) -> Vec<Mistake> {
    let orders = bench.lines().filter(|l| slips::fits(l) && matches!(l.form, Form::Do(_)));
    let told = orders.filter_map(|line| {
        let told = ["note-amount", "note-detail", "note-place", "note-whom", "note-often"];
        let slip = slips::of(bench, line).into_iter().find(|s| told.contains(&s.frame))?;
        let Form::Do(command) = parse::parse(&slip.text) else { return None };
        let text = told::message(&command.phrases, true)?;
        Some((Said { text, at: line.at, source: line.text.clone() }, slip.why, None))
    });
    told.collect()
}

/// Three reports: in two of them one thing was done against a rule, in the third nothing.
pub(super) fn make(bench: &Bench<'_>, mistakes: &[Mistake]) -> Vec<Made> {
    let mut out = Vec::new();
    for (i, first) in mistakes.iter().enumerate() {
        let second = mistakes[i + 1..].iter().find(|m| apart(&m.0, &first.0));
        out.extend(second.and_then(|second| item(bench, first, second)));
    }
    out
}

fn alike(a: &Said, b: &Said) -> bool {
    alike_in_length(a.text.chars().count(), b.text.chars().count())
}

fn apart(a: &Said, b: &Said) -> bool {
    a.at != b.at && overlap(&stems(&a.text), &stems(&b.text)) < 0.5
}

fn item(bench: &Bench<'_>, first: &Mistake, second: &Mistake) -> Option<Made> {
    let mut right: Vec<Said> = Vec::new();
    for mistake in [first, second] {
        for said in followed(bench, &mistake.0, mistake.2, false) {
            let used = [first, second].iter().any(|m| !apart(&m.0, &said) || m.2 == Some(said.at));
            if !used && right.iter().all(|r| apart(r, &said)) {
                right.push(said);
            }
        }
    }
    // Two things in each report where there are enough, else one, none much longer than the others.
    right.sort_by_key(|r| (!alike(r, &first.0) || !alike(r, &second.0), r.at));
    let reports: [Vec<&Said>; 3] = match right.as_slice() {
        [a, b, c, d, ..] => [vec![a, b], vec![c, &first.0], vec![d, &second.0]],
        [a, ..] => [vec![a], vec![&first.0], vec![&second.0]],
        [] => return None,
    };
    let texts: Vec<String> = reports.iter().enumerate().map(|(i, r)| report(bench, i, r)).collect();
    let [key, wrong @ ..] = texts.as_slice() else { return None };
    let mut provenance = vec![
        bench.library.prove_part(first.0.at, &first.0.source),
        bench.library.prove_part(second.0.at, &second.0.source),
    ];
    provenance.extend(reports[0].iter().map(|s| bench.library.prove_part(s.at, &s.source)));
    let frame = if reports[0].len() == 2 { "who-followed" } else { "who-followed-one" };
    let spec = Spec {
        clause: first.0.at,
        frame,
        target: format!("who/{}", first.0.text),
        stem: STEMS[0].to_owned(),
        others: STEMS[1..].iter().map(|s| (*s).to_owned()).collect(),
        rationale: "Everything in this report is what the SOP asks for.".to_owned(),
        relation: Relation::Infer,
        provenance,
        reasons: wrong
            .iter()
            .zip([first, second])
            .map(|(option, m)| Reason {
                option: option.clone(),
                why: format!("“{}” {}", m.0.text, m.1),
                at: m.0.at,
                part: m.0.source.clone(),
            })
            .collect(),
        score: 9,
    };
    let options = shuffled(spec.id(bench), texts.iter().cloned());
    Some(spec.single_in_order(bench, key, &options))
}

/// "“I closed the lid. I waited 5 minutes.”", the mistake now first, now last.
fn report(bench: &Bench<'_>, nth: usize, said: &[&Said]) -> String {
    let mut said: Vec<&str> = said.iter().map(|s| s.text.as_str()).collect();
    if spread(bench.lesson.id, 2) == nth % 2 {
        said.reverse();
    }
    format!("“{}”", said.join(" "))
}
