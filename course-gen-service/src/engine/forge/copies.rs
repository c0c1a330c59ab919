//! One rule in three versions, or rules of which some are copied with a slip: who has not read the SOP closely cannot tell.

use course_format::Level;
use course_format::course::{Answer, ItemBody, Relation};

use super::build::{Reason, Spec, choices, id_of, shuffled, spread};
use super::lines::Line;
use super::slips::{self, Slip};
use super::{Bench, Made};
use crate::engine::english::text::{number_word, overlap};

const STEMS: [&str; 6] = [
    "Three people have copied the same rule. Whose copy says what the SOP says?",
    "Only one of these versions may go on the notice board. Which one is right?",
    "A colleague shows you three versions of one rule. Which version do you keep?",
    "Three trainees remember this rule in different ways. Who remembers it correctly?",
    "Your supervisor asks for the exact rule. Which answer is right?",
    "You find three old notes about the same thing. Which note still agrees with the SOP?",
];

/// Every item that compares copies with the SOP.
pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let lines: Vec<(&Line, Vec<Slip>)> =
        bench.lines().filter(|l| slips::fits(l)).map(|line| (line, slips::of(bench, line))).collect();
    let mut out: Vec<Made> = lines.iter().filter_map(|(line, slips)| versions(bench, line, slips)).collect();
    // A sentence that needs the one before it can still be compared with copies of itself.
    let loose = bench.lesson.clauses.iter().flat_map(|at| bench.stock.loose_of(*at));
    let whole = loose.filter(|l| l.text.ends_with('.') && !l.text.contains(['…', '(', '“', '"', ':']));
    out.extend(whole.filter_map(|line| versions(bench, line, &slips::of(bench, line))));
    out.extend(two_rules(bench, &lines));
    if bench.level >= Level::B1 {
        out.extend(several(bench, &lines));
    }
    out
}

/// The rule among two slips of it: two of different kinds, or two amounts.
fn versions(bench: &Bench<'_>, line: &Line, slips: &[Slip]) -> Option<Made> {
    let longest = if bench.level >= Level::B1 { 28 } else { 24 };
    let (first, rest) = slips.split_first().filter(|_| line.words <= longest)?;
    let second = rest.iter().find(|s| s.frame != first.frame).or_else(|| rest.first())?;
    let key = line.sentence();
    let spec = Spec {
        clause: line.at,
        frame: "which-copy",
        target: format!("copy/{key}"),
        stem: STEMS[0].to_owned(),
        others: STEMS[1..].iter().map(|s| (*s).to_owned()).collect(),
        rationale: "Only this version has every detail as the SOP has it.".to_owned(),
        relation: Relation::Quote,
        provenance: vec![bench.library.prove_part(line.at, &line.text)],
        reasons: [first, second].map(|slip| reason(line, slip)).to_vec(),
        score: 7,
    };
    let id = spec.id(bench);
    let options = shuffled(id, [key.clone(), first.text.clone(), second.text.clone()]);
    Some(spec.single_in_order(bench, &key, &options))
}

/// Two rules on one card: on one of three cards both are right.
fn two_rules(bench: &Bench<'_>, lines: &[(&Line, Vec<Slip>)]) -> Vec<Made> {
    let longest = if bench.level >= Level::B1 { 18 } else { 14 };
    let short: Vec<(&Line, &Slip)> = lines
        .iter()
        .filter(|(line, _)| line.words <= longest)
        .filter_map(|(line, slips)| Some((*line, slips.first()?)))
        .collect();
    let apart = |a: &Line, b: &Line| a.at != b.at && overlap(&a.stems, &b.stems) < 0.5;
    short
        .iter()
        .enumerate()
        .filter_map(|(i, first)| {
            let second = short[i + 1..].iter().find(|s| apart(s.0, first.0))?;
            Some(cards(bench, *first, *second))
        })
        .collect()
}

fn cards(bench: &Bench<'_>, first: (&Line, &Slip), second: (&Line, &Slip)) -> Made {
    let (a, b) = (first.0.sentence(), second.0.sentence());
    let key = format!("{a} {b}");
    let wrong = [format!("{} {b}", first.1.text), format!("{a} {}", second.1.text)];
    let stems = [
        "Three trainees each write down two rules. Who has both of them right?",
        "You print a card with two rules. On which card are both rules as in the SOP?",
        "Each of these notices gives two rules. Which notice can stay on the wall?",
        "Three colleagues remember two rules. Who remembers both of them correctly?",
    ];
    let spec = Spec {
        clause: first.0.at,
        frame: "two-rules",
        target: format!("both/{key}"),
        stem: stems[0].to_owned(),
        others: stems[1..].iter().map(|s| (*s).to_owned()).collect(),
        rationale: "Here both rules have every detail as the SOP has it.".to_owned(),
        relation: Relation::Infer,
        provenance: [first, second].map(|(line, _)| bench.library.prove_part(line.at, &line.text)).to_vec(),
        reasons: [first, second]
            .iter()
            .zip(&wrong)
            .map(|((line, slip), option)| Reason { option: option.clone(), ..reason(line, slip) })
            .collect(),
        score: 8,
    };
    let options = shuffled(spec.id(bench), [key.clone()].into_iter().chain(wrong));
    spec.single_in_order(bench, &key, &options)
}

fn reason(line: &Line, slip: &Slip) -> Reason {
    Reason { option: slip.text.clone(), why: slip.why.clone(), at: line.at, part: line.text.clone() }
}

/// Five notes about five rules; two or three of them agree with the SOP.
fn several(bench: &Bench<'_>, lines: &[(&Line, Vec<Slip>)]) -> Vec<Made> {
    const NOTES: usize = 5;
    let mut out = Vec::new();
    // A line that can be copied wrongly opens an item; the lines after it fill it up.
    for from in (0..lines.len()).step_by(NOTES - 1) {
        let mut taken: Vec<&(&Line, Vec<Slip>)> = Vec::new();
        for entry in lines.iter().skip(from) {
            let apart = taken.iter().all(|(l, _)| l.at != entry.0.at && overlap(&l.stems, &entry.0.stems) < 0.5);
            if apart && taken.len() < NOTES {
                taken.push(entry);
            }
        }
        out.extend((taken.len() == NOTES).then(|| notes(bench, &taken)).flatten());
    }
    out
}

fn notes(bench: &Bench<'_>, taken: &[&(&Line, Vec<Slip>)]) -> Option<Made> {
    let wanted = 2 + spread(bench.lesson.id, 2);
    let (wrong, mut right): (Vec<_>, Vec<_>) = taken.iter().copied().partition(|(_, slips)| !slips.is_empty());
    let keep = wrong.len().checked_sub(taken.len() - wanted)?;
    // What is left over of the lines with a slip stays as it is.
    right.extend(wrong.iter().take(keep).copied());
    let wrong: Vec<(&Line, &Slip)> =
        wrong.into_iter().skip(keep).filter_map(|(line, slips)| Some((*line, slips.first()?))).collect();
    let first = wrong.first()?.0;
    let keys: Vec<String> = right.iter().map(|(line, _)| line.sentence()).collect();
    let count = number_word(keys.len());
    let shown = keys.iter().cloned().chain(wrong.iter().map(|(_, slip)| slip.text.clone()));
    let mut provenance: Vec<_> = wrong.iter().map(|(l, _)| bench.library.prove_part(l.at, &l.text)).collect();
    provenance.extend(right.iter().map(|(l, _)| bench.library.prove_part(l.at, &l.text)));
    let spec = Spec {
        clause: first.at,
        frame: "right-copies",
        target: keys.join("/"),
        stem: format!("A colleague has written five notes. Choose the {count} that agree with the SOP."),
        others: vec![
            format!("You check a list of reminders. Which {count} lines are exactly right?"),
            format!("Five trainees each remember one rule. Which {count} remember it correctly?"),
        ],
        rationale: "These notes say what the SOP says. Each of the others has one detail that is different.".to_owned(),
        relation: Relation::Infer,
        provenance,
        reasons: wrong.iter().map(|(line, slip)| reason(line, slip)).collect(),
        score: 8,
    };
    let options = choices(&shuffled(spec.id(bench), shown));
    let mut chosen: Vec<String> = keys.iter().map(|k| id_of(&options, k)).collect();
    chosen.sort();
    let select = u32::try_from(chosen.len()).unwrap_or(1);
    let answer = Answer::MultiSelect { choices: chosen };
    Some(spec.finish(bench, ItemBody::MultiSelect { options, select }, answer, select))
}
