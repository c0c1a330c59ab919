use std::collections::BTreeSet;

use course_format::course::Choice;

use super::Solver;
use super::evidence::says_no;
use crate::engine::english::text::{contains_word, stems};
use crate::engine::english::words::can_open_an_order;

/// What a sentence makes of the thing that it is about.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Verdict {
    Duty,
    Advice,
    Choice,
    Ban,
}

/// What an answer says, where it is one of those to "Can I ...?", "Do I have to ...?" and the like.
fn verdict(option: &str) -> Option<Verdict> {
    Some(match option {
        "Yes, that is a rule here." | "Yes, it is a rule." | "It says that this is a duty." => Verdict::Duty,
        "Yes, if you want to." | "No, you can choose." | "It says that this is allowed." => Verdict::Choice,
        "No, that is not allowed." | "No, it is forbidden." | "It says that this is forbidden." => Verdict::Ban,
        _ => return None,
    })
}

/// The answer to somebody who asks whether a thing may or has to be done; `Some(None)` where the SOP does not tell.
#[expect(
    clippy::option_option,
    reason = "another kind of question, and a question that the SOP does not answer, are two things"
)]
pub fn decided(solver: &Solver<'_>, stem: &str, options: &[Choice]) -> Option<Option<String>> {
    let verdicts: Option<Vec<Verdict>> = options.iter().map(|o| verdict(&o.text)).collect();
    let verdicts = verdicts.filter(|v| v.len() == 3)?;
    let found = ruled(solver, &matter(stem)?);
    Some(found.and_then(|f| Some(options[verdicts.iter().position(|v| *v == f)?].id.clone())))
}

/// Whether somebody who says how strict a rule is has it right, or what it is instead.
#[expect(
    clippy::option_option,
    reason = "another kind of question, and a question that the SOP does not answer, are two things"
)]
pub fn claimed(solver: &Solver<'_>, stem: &str, options: &[Choice]) -> Option<Option<String>> {
    let yes = options.iter().find(|o| o.text == "Yes, the SOP says this.")?;
    let claim = stem.split('“').nth(1)?.split('”').next()?;
    let told = of_sentence(claim, says_no(claim));
    let found = ruled(solver, &stems(claim));
    let wanted = match (told, found) {
        (Some(told), Some(found)) if told == found => Some(yes),
        (Some(_), Some(found)) => options.iter().find(|o| {
            matches!(
                (found, o.text.as_str()),
                (Verdict::Duty, "No, it is a duty.")
                    | (Verdict::Advice, "No, it is only advice.")
                    | (Verdict::Choice, "No, it is a free choice.")
                    | (Verdict::Ban, "No, it is forbidden.")
            )
        }),
        _ => None,
    };
    Some(wanted.map(|o| o.id.clone()))
}

/// Whether a statement is as strict as the sentence of the SOP that has its words; nothing where either force is unknown.
pub fn keeps_force(solver: &Solver<'_>, stem: &str) -> Option<bool> {
    let said = stem.split('“').nth(1).and_then(|q| q.split('”').next()).unwrap_or(stem);
    let told = of_sentence(said, says_no(said))?;
    Some(told == ruled(solver, &stems(said))?)
}

/// The option that has the force of the SOP's rule for the case, where the options differ in nothing else.
#[expect(
    clippy::option_option,
    reason = "another kind of question, and a question that the SOP does not answer, are two things"
)]
pub fn remembered(solver: &Solver<'_>, stem: &str, options: &[Choice]) -> Option<Option<String>> {
    let words = stems(&options.first()?.text);
    let told: Option<Vec<Verdict>> = options.iter().map(|o| of_sentence(&o.text, says_no(&o.text))).collect();
    let told = told.filter(|t| t.len() == 3 && options.iter().all(|o| stems(&o.text) == words))?;
    // The situation is the first sentence; what follows only asks.
    let situation = stems(stem.split(['.', '!']).next()?);
    let found: Vec<Option<Verdict>> = solver
        .evidence
        .sentences
        .with_all(&words)
        .filter(|p| situation.intersection(&p.stems).count() * 2 >= situation.len())
        .map(|p| of_sentence(&p.text, p.forbids))
        .collect();
    let verdict = found.first().copied().flatten().filter(|first| found.iter().all(|v| *v == Some(*first)));
    let place = verdict.and_then(|v| told.iter().position(|t| *t == v));
    Some(place.map(|at| options[at].id.clone()))
}

/// The words that the question is about.
fn matter(stem: &str) -> Option<BTreeSet<String>> {
    let asked = match stem.split('“').nth(1) {
        Some(quoted) => quoted.split('”').next()?.trim_start_matches("Can I ").trim_start_matches("Do I have to "),
        None => stem.split_once(" about ")?.1.split(". ").next()?,
    };
    Some(stems(asked)).filter(|s| !s.is_empty())
}

/// What all sentences that have these words say.
fn ruled(solver: &Solver<'_>, words: &BTreeSet<String>) -> Option<Verdict> {
    let found: Vec<Option<Verdict>> =
        solver.evidence.sentences.with_all(words).map(|p| of_sentence(&p.text, p.forbids)).collect();
    let first = found.first().copied()??;
    found.iter().all(|v| *v == Some(first)).then_some(first)
}

/// The force of the main clause: reasons and results behind it have modals of their own.
fn of_sentence(text: &str, forbids: bool) -> Option<Verdict> {
    let lower = text.to_lowercase();
    let end = [" so that ", " because ", ", which ", ", where "].iter().filter_map(|j| lower.find(j)).min();
    let lower = &lower[..end.unwrap_or(lower.len())];
    let has = |words: &[&str]| words.iter().any(|w| lower.contains(w));
    let free = has(&[
        "not need to",
        "n't need to",
        "not have to",
        "n't have to",
        "not required to",
        "need not ",
        "no need to",
    ]);
    if free {
        return Some(Verdict::Choice);
    }
    if forbids || says_no(lower) {
        return Some(Verdict::Ban);
    }
    let may = ["may", "can", "allowed", "permitted", "entitled"].iter().any(|w| contains_word(lower, w));
    let must = has(&[
        "must",
        "have to",
        "has to",
        "need to",
        "needs to",
        "required to",
        "responsib",
        "expected to",
        "obliged to",
        "your duty",
        "critical that",
        "essential that",
        "mandatory",
        " are to ",
        " is to ",
        " shall ",
    ]);
    let advised = has(&[" should ", "recommended", " asked to ", " requested to ", "advised to"]);
    match (must, may, advised) {
        (true, false, false) => Some(Verdict::Duty),
        (false, true, false) => Some(Verdict::Choice),
        (false, false, true) => Some(Verdict::Advice),
        (false, false, false) => lower.split(", ").any(orders).then_some(Verdict::Duty),
        _ => None,
    }
}

/// "switch it off", "please call the desk", "always wear gloves".
fn orders(part: &str) -> bool {
    let part = ["please ", "always ", "then "].iter().find_map(|p| part.strip_prefix(p)).unwrap_or(part);
    part.split(' ').next().is_some_and(can_open_an_order)
}

#[cfg(test)]
mod tests;
