//! A procedure with an order: what comes next, what was left out, what has to wait, what must be done already.

use cefr::Form as WordForm;
use course_format::course::Relation;
use course_format::sop::Procedure;

use crate::engine::english::parse::{self, Form};
use crate::engine::english::question;
use crate::engine::english::text::{sentence, stems, word_count};
use crate::engine::facts;
use crate::engine::forge::build::{Reason, Spec, Wrong, by_length, distinct, spread};
use crate::engine::forge::stock::near;
use crate::engine::forge::{Bench, Made, told};
use crate::engine::library::ClauseRef;

/// A step that can be shown by itself: its one order, with nothing that betrays its place.
pub fn showable(bench: &Bench<'_>, at: ClauseRef) -> Option<String> {
    let clause = bench.library.clause(at);
    let facts = facts::of_clause(bench.library, at);
    let first = facts.first()?;
    let order = matches!(&first.form, Form::Do(c) if !facts::refers_elsewhere(&c.text) && !facts::has_pronoun(c.phrases.first().map_or("", String::as_str)));
    let whole = facts.len() == 1 && first.text.len() + 1 >= clause.text.len();
    let cue = ["Then", "Next", "Finally", "First", "Afterwards", "Also"].iter().any(|c| first.text.starts_with(c));
    (order && !cue && word_count(&first.text) <= 24 && (whole || facts.len() <= 3)).then(|| sentence(&first.text))
}

/// Steps that some branch jumps over: not everybody does them, so they have no place in a fixed order.
pub fn skippable(bench: &Bench<'_>, procedure: &Procedure) -> Vec<u32> {
    let mut out = Vec::new();
    for step in &procedure.steps {
        let text = bench
            .library
            .find(bench.lesson.document, &step.clause_id.0)
            .map(|at| bench.library.clause(at).text.as_str())
            .unwrap_or_default();
        let told = text
            .split("go to step ")
            .nth(1)
            .and_then(|t| t.split(|c: char| !c.is_ascii_digit()).next()?.parse::<u32>().ok());
        let target = told.or_else(|| step.branch.as_ref().and_then(|b| b.target.first().copied()));
        if let Some(target) = target {
            out.extend(step.number[0] + 1..target);
        }
    }
    out
}

/// A step of a fixed order.
struct Place {
    at: ClauseRef,
    number: u32,
    /// As it stands, as a sentence.
    said: String,
    /// Its orders, verb first.
    phrases: Vec<String>,
}

impl Place {
    fn of(bench: &Bench<'_>, at: ClauseRef, number: u32) -> Option<Self> {
        let said = showable(bench, at)?;
        let phrases = match parse::parse(&said) {
            Form::Do(c) => c.phrases,
            _ => Vec::new(),
        };
        Some(Self { at, number, said, phrases })
    }

    /// "written the date on the label"
    fn done(&self) -> Option<String> {
        told::inflected(&self.phrases, WordForm::PastParticiple).filter(|d| word_count(d) <= 16)
    }

    /// "I wrote the date on the label."
    fn reported(&self) -> Option<String> {
        let past = told::inflected(&self.phrases, WordForm::Past).filter(|d| word_count(d) <= 14)?;
        Some(sentence(&format!("I {}", told::by_me(&past)?)))
    }

    /// "write the date on the label"
    fn base(&self) -> Option<&str> {
        let [only] = self.phrases.as_slice() else { return None };
        Some(told::core(only)).filter(|p| word_count(p) <= 14)
    }

    fn wrong(&self, bench: &Bench<'_>) -> Wrong {
        Wrong::new(self.said.clone(), self.at, bench.library.clause(self.at).text.clone())
    }
}

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let document = &bench.library.documents()[bench.lesson.document];
    let mut out = Vec::new();
    let place = |id: &str| bench.library.find(bench.lesson.document, id);
    // Read before anything is understood: a long SOP has many procedures, and a lesson holds one.
    let own = |p: &&Procedure| p.steps.iter().any(|s| place(&s.clause_id.0).is_some_and(|at| bench.holds(at)));
    for procedure in document.procedures.iter().filter(|p| p.ordered && p.steps.len() >= 4).filter(own) {
        let branches: Vec<u32> =
            procedure.steps.iter().filter(|s| s.branch.is_some() || s.number.len() > 1).map(|s| s.number[0]).collect();
        let skipped = skippable(bench, procedure);
        let places: Vec<Place> = procedure
            .steps
            .iter()
            .filter(|s| s.number.len() == 1 && !skipped.contains(&s.number[0]))
            .filter_map(|s| Place::of(bench, bench.library.find(bench.lesson.document, &s.clause_id.0)?, s.number[0]))
            .collect();
        let held = places.iter().filter(|p| bench.holds(p.at)).count();
        if held == 0 {
            continue;
        }
        for pair in places.windows(2).filter(|p| bench.has_met(p[0].at) && bench.holds(p[1].at)) {
            let [before, after] = pair else { continue };
            if after.number - before.number == 1 && !branches.contains(&before.number) {
                out.extend(next(bench, before, after, &places));
            }
        }
        let fixed: Vec<&Place> = places.iter().filter(|p| !branches.contains(&p.number)).collect();
        out.extend((0..fixed.len()).filter_map(|i| waits(bench, &fixed, i)));
        out.extend((0..fixed.len()).filter_map(|i| done_already(bench, &fixed, i)));
        out.extend(fixed.windows(4).filter_map(|w| left_out(bench, w, &fixed)));
    }
    out
}

fn next(bench: &Bench<'_>, before: &Place, after: &Place, places: &[Place]) -> Option<Made> {
    let mut others: Vec<Wrong> =
        places.iter().filter(|p| p.at != before.at && p.at != after.at).map(|p| p.wrong(bench)).collect();
    if others.len() < 4 {
        others.extend(elsewhere(bench, after.at));
    }
    let pool = sharing((&before.said, &after.said), by_length(&after.said, others));
    let distractors = distinct(&after.said, pool, 2, 0.5)?;
    let done = &before.said;
    let asks = question::what_next(bench.level);
    let mut stems = Vec::new();
    if let Some(told) = before.done() {
        stems.push(format!("You have just {told}. {asks}"));
        stems.push(format!("A trainee has just {} and looks at you. Which step comes next?", theirs(&told)));
        stems.push(format!("You have just {told}. Your phone rings, and you lose your place. Which step is next?"));
    }
    if word_count(done) <= 18 {
        stems.push(format!("A colleague has done this: “{done}” Which step comes directly after it?"));
        stems.push(format!("You have just finished this step: “{done}” {asks}"));
    }
    let spec = Spec {
        clause: after.at,
        frame: "next-step",
        target: after.said.clone(),
        stem: stems.first()?.clone(),
        rationale: "This step follows directly in the text.".to_owned(),
        relation: Relation::Infer,
        provenance: vec![bench.library.prove(after.at), bench.library.prove(before.at)],
        score: 7,
        others: stems[1..].to_vec(),
        reasons: distractors.iter().map(|w| away(w, before, places)).collect(),
    };
    Some(spec.single(bench, &after.said, &distractors))
}

/// Where the wrong step really stands.
fn away(wrong: &Wrong, before: &Place, places: &[Place]) -> Reason {
    let why = match places.iter().find(|p| p.at == wrong.at) {
        Some(place) if place.number < before.number => "This step comes earlier in the order.",
        Some(_) => "This step comes later, not directly after it.",
        None => "This step belongs to another task.",
    };
    Reason { option: wrong.text.clone(), why: why.to_owned(), at: wrong.at, part: wrong.source.clone() }
}

/// First the steps with the words that the question shares with the answer: those words then betray nothing.
fn sharing((asked, key): (&str, &str), pool: Vec<Wrong>) -> Vec<Wrong> {
    let (asked, key) = (stems(asked), stems(key));
    let mut pool = pool;
    pool.sort_by_cached_key(|w| {
        let own = stems(&w.text);
        std::cmp::Reverse(asked.intersection(&key).filter(|s| own.contains(*s)).count())
    });
    pool
}

/// Steps of other procedures near this one.
fn elsewhere(bench: &Bench<'_>, own: ClauseRef) -> Vec<Wrong> {
    let apart = |at: ClauseRef| {
        let both = bench.library.step(at).zip(bench.library.step(own));
        at.document == own.document && both.is_some_and(|(a, b)| a.0.id != b.0.id)
    };
    near(&bench.stock.demanded, own, |(at, _, _)| *at, 40)
        .iter()
        .filter(|(at, _, phrase)| apart(*at) && word_count(phrase) <= 24)
        .map(|(at, source, phrase)| Wrong::new(sentence(phrase), *at, source.clone()))
        .collect()
}

fn theirs(told: &str) -> String {
    crate::engine::english::text::about_others(told)
}

/// The step that may not be done yet, among two that come earlier.
fn waits(bench: &Bench<'_>, fixed: &[&Place], i: usize) -> Option<Made> {
    let (anchor, key) = (fixed.get(i)?, fixed.get(i + 1)?);
    let done = anchor.done()?;
    if i < 2 || !bench.has_met(anchor.at) || !bench.holds(key.at) {
        return None;
    }
    let pool = fixed[..i].iter().map(|p| p.wrong(bench)).collect();
    let pool = sharing((&anchor.said, &key.said), by_length(&key.said, pool));
    let wrong = distinct(&key.said, pool, 2, 0.5)?;
    let stems = [
        format!("You have not {done} yet. Which of these steps has to wait?"),
        format!("Somebody has not {} yet. Which of these steps is too early?", theirs(&done)),
    ];
    Some(ordered(
        bench,
        "step-waits",
        (anchor, key),
        &stems,
        &wrong,
        "earlier in the order, so it does not have to wait",
    ))
}

/// The step that must be done already, among two that come later.
fn done_already(bench: &Bench<'_>, fixed: &[&Place], i: usize) -> Option<Made> {
    let (key, anchor) = (fixed.get(i.checked_sub(1)?)?, fixed.get(i)?);
    let base = anchor.base()?;
    if fixed.len() < i + 3 || !bench.holds(anchor.at) || !bench.has_met(key.at) {
        return None;
    }
    let pool = fixed[i + 1..].iter().map(|p| p.wrong(bench)).collect();
    let pool = sharing((&anchor.said, &key.said), by_length(&key.said, pool));
    let wrong = distinct(&key.said, pool, 2, 0.5)?;
    let stems = [
        format!("You are going to {base}. Which of these must be done already?"),
        format!("A colleague wants to {}. Which of these has to be finished before that?", theirs(base)),
    ];
    Some(ordered(bench, "step-before", (anchor, key), &stems, &wrong, "later in the order"))
}

fn ordered(
    bench: &Bench<'_>,
    frame: &'static str,
    (anchor, key): (&Place, &Place),
    stems: &[String; 2],
    wrong: &[Wrong],
    place: &str,
) -> Made {
    let reasons = wrong.iter().map(|w| Reason {
        option: w.text.clone(),
        why: format!("This step comes {place}."),
        at: w.at,
        part: w.source.clone(),
    });
    let side = if frame == "step-waits" { "after" } else { "before" };
    let spec = Spec {
        clause: key.at,
        frame,
        target: format!("{}/{}", anchor.said, key.said),
        stem: stems[0].clone(),
        others: stems[1..].to_vec(),
        rationale: format!("In the procedure this step comes {side} “{}”", anchor.said),
        relation: Relation::Infer,
        provenance: vec![bench.library.prove(key.at), bench.library.prove(anchor.at)],
        reasons: reasons.collect(),
        score: 7,
    };
    let id = spec.id(bench);
    let texts = std::iter::once(key.said.clone()).chain(wrong.iter().map(|w| w.text.clone()));
    let options = crate::engine::forge::build::shuffled(id, texts);
    spec.single_in_order(bench, &key.said, &options)
}

/// Four steps in a row, one of which the colleague does not tell.
fn left_out(bench: &Bench<'_>, window: &[&Place], fixed: &[&Place]) -> Option<Made> {
    let consecutive = window.windows(2).all(|w| w[1].number == w[0].number + 1);
    let met = window.iter().all(|p| bench.has_met(p.at)) && window.iter().any(|p| bench.holds(p.at));
    if !consecutive || !met {
        return None;
    }
    let seed = uuid::Uuid::new_v5(&bench.library.document(window[0].at).document_id, window[0].said.as_bytes());
    let key = window[1 + spread(seed, 2)];
    let shown: Option<Vec<String>> = window.iter().filter(|p| p.at != key.at).map(|p| p.reported()).collect();
    let shown = shown?.join(" ");
    let inside = |p: &Place| window.iter().any(|w| w.at == p.at);
    let mut pool: Vec<Wrong> = fixed.iter().filter(|p| !inside(p)).map(|p| p.wrong(bench)).collect();
    pool.extend(elsewhere(bench, key.at));
    let wrong = distinct(&key.said, by_length(&key.said, pool), 2, 0.5)?;
    let stems = [
        format!("A colleague reports: “{shown}” Which step is missing between the first and the last?"),
        format!("A trainee tells you: “{shown}” The trainee has left out one step between them. Which one is missing?"),
    ];
    let proof: Vec<_> = std::iter::once(key).chain(window.iter().copied().filter(|p| p.at != key.at)).collect();
    let reasons = wrong.iter().map(|w| Reason {
        option: w.text.clone(),
        why: "This step does not stand between those that the colleague tells.".to_owned(),
        at: w.at,
        part: w.source.clone(),
    });
    let spec = Spec {
        clause: key.at,
        frame: "step-missing",
        target: format!("{}/{}", window[0].said, key.said),
        stem: stems[0].clone(),
        others: stems[1..].to_vec(),
        rationale: "The text has this step between those that the colleague tells.".to_owned(),
        relation: Relation::Infer,
        provenance: proof.iter().map(|p| bench.library.prove(p.at)).collect(),
        reasons: reasons.collect(),
        score: 8,
    };
    let id = spec.id(bench);
    let texts = std::iter::once(key.said.clone()).chain(wrong.iter().map(|w| w.text.clone()));
    let options = crate::engine::forge::build::shuffled(id, texts);
    Some(spec.single_in_order(bench, &key.said, &options))
}
