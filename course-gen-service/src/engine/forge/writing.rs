//! A note, an e-mail or a report for somebody at work, about what the SOP says. A trainer reads it.

use course_format::Level;
use course_format::course::{Answer, ItemBody, Relation, RubricPoint};

use super::build::Spec;
use super::short_answer::keywords;
use super::single_choice::showable;
use super::{Bench, Made};
use crate::engine::english::forms::in_ing;
use crate::engine::english::parse::{self, Form};
use crate::engine::english::text::{lower_first, sentence, unnumbered, without_stop, word_count};
use crate::engine::facts;
use crate::engine::library::{ClauseRef, Polarity};

/// One text for each procedure of the lesson that has enough to tell.
pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    if bench.level < Level::A2 {
        return Vec::new();
    }
    let document = &bench.library.documents()[bench.lesson.document];
    let mut out = Vec::new();
    for procedure in document.procedures.iter().filter(|p| p.ordered) {
        let steps: Vec<(ClauseRef, String)> = procedure
            .steps
            .iter()
            .filter(|s| s.number.len() == 1)
            .filter_map(|s| bench.library.find(bench.lesson.document, &s.clause_id.0))
            .filter(|at| bench.holds(*at))
            .filter_map(|at| Some((at, plain(bench, at)?)))
            .collect();
        out.extend(handover(bench, &procedure.title, &steps));
    }
    out.extend(rules(bench));
    out
}

/// The step's order, without a pronoun that points out of it.
fn plain(bench: &Bench<'_>, at: ClauseRef) -> Option<String> {
    let text = showable(bench, at)?;
    match parse::parse(&text) {
        Form::Do(c) if !facts::has_pronoun(&c.text) && word_count(&c.text) <= 16 => Some(c.text),
        _ => None,
    }
}

fn limits(level: Level) -> (u32, u32, usize, &'static str) {
    match level {
        Level::A1 | Level::A2 => (30, 50, 3, "a short note"),
        Level::B1 => (80, 120, 4, "an e-mail"),
        Level::B2 | Level::C1 | Level::C2 => (150, 200, 4, "a short report"),
    }
}

/// Tells a new colleague how the work is done.
fn handover(bench: &Bench<'_>, title: &str, steps: &[(ClauseRef, String)]) -> Option<Made> {
    let (min, max, count, text) = limits(bench.level);
    if steps.len() < count {
        return None;
    }
    let spread: Vec<&(ClauseRef, String)> = (0..count).map(|i| &steps[i * steps.len() / count]).collect();
    let topic = topic(bench, title);
    let stem = match bench.level {
        Level::A1 | Level::A2 => format!("A new colleague starts tomorrow. Write {text} about {topic}."),
        Level::B1 => format!(
            "A colleague takes over your shift. Write {text} about {topic}: what has to be done, and in which order."
        ),
        _ => format!(
            "Your manager wants to check how the team works. Write {text} about {topic}, with the steps in order."
        ),
    };
    let cues = ["First", "Then", "After that", "Finally"];
    let mut model = String::from("Hello,\n");
    for (i, (_, order)) in steps.iter().enumerate() {
        let cue = match i {
            0 => Some(cues[0]),
            _ if i + 1 == steps.len() => Some(cues[3]),
            _ if i % 2 == 1 => Some(cues[1]),
            _ => None,
        };
        let line = match cue {
            Some("Then") => format!("Then {order}."),
            Some(cue) => format!("{cue}, {order}."),
            None => sentence(order),
        };
        model.push_str(&line.replace("..", "."));
        model.push(' ');
    }
    model.push_str("Please ask me if you have a question.");
    let spec = Spec {
        clause: steps[0].0,
        frame: "write",
        target: steps.iter().map(|(_, s)| s.as_str()).collect::<Vec<_>>().join("/"),
        stem,
        others: Vec::new(),
        rationale: "A good text covers every point in the order of the SOP.".to_owned(),
        relation: Relation::Compress,
        provenance: steps.iter().map(|(at, _)| bench.library.prove(*at)).collect(),
        reasons: Vec::new(),
        score: 6,
    };
    let points: Vec<String> = spread.iter().map(|(_, order)| sentence(&in_ing(order))).collect();
    Some(finish(bench, spec, "your colleague", points, model, spread.iter().map(|(_, s)| s.as_str()), (min, max)))
}

/// Reminds the team of rules that have no order.
fn rules(bench: &Bench<'_>) -> Option<Made> {
    let (min, max, count, text) = limits(bench.level);
    let own: Vec<(ClauseRef, String)> = bench
        .lines()
        .filter(|l| l.model && l.words <= 16 && bench.library.step(l.at).is_none_or(|(p, _)| !p.ordered))
        .filter_map(|l| match &l.form {
            Form::Do(c) => Some((l.at, c.text.clone())),
            Form::DoNot(c) => Some((l.at, format!("do not {}", c.text))),
            Form::Duty { .. } | Form::Role { .. } => Some((l.at, without_stop(&l.text).to_owned())),
            _ => None,
        })
        .filter(|(_, p)| !facts::has_pronoun(p))
        .collect();
    if own.len() < count {
        return None;
    }
    let chosen = &own[..own.len().min(count)];
    let topic = topic(bench, &bench.lesson.topic);
    let stem = match bench.level {
        Level::A1 | Level::A2 => format!("Your team forgets some rules. Write {text} for the wall about {topic}."),
        Level::B1 => {
            format!("There were problems last week. Write {text} to your team and repeat the rules about {topic}.")
        }
        _ => format!(
            "An inspector asks how your team works. Write {text} about {topic} and name the most important rules."
        ),
    };
    let body: Vec<String> = chosen.iter().map(|(_, p)| sentence(p)).collect();
    let model = format!("Dear team,\nPlease remember these rules. {} Thank you.", body.join(" "));
    let spec = Spec {
        clause: chosen[0].0,
        frame: "write",
        target: body.join("/"),
        stem,
        others: Vec::new(),
        rationale: "A good text gives every rule as strictly as the SOP does.".to_owned(),
        relation: Relation::Compress,
        provenance: chosen.iter().map(|(at, _)| bench.library.prove(*at)).collect(),
        reasons: Vec::new(),
        score: 5,
    };
    let points: Vec<String> = body.iter().map(|b| sentence(without_stop(b))).collect();
    Some(finish(bench, spec, "your team", points, model, chosen.iter().map(|(_, s)| s.as_str()), (min, max)))
}

/// The heading in a sentence; "this work" where it would not fit.
fn topic(bench: &Bench<'_>, title: &str) -> String {
    let title = unnumbered(title.trim().trim_end_matches([':', '.']));
    let fits = (1..=6).contains(&word_count(title))
        && Polarity::of_heading(title).is_none()
        && !title.contains(['/', '&', '(', '–', '|'])
        && !title.chars().next().is_some_and(|c| c.is_ascii_digit())
        && !title.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    if fits {
        format!("“{}”", lower_first(title, &bench.library.documents()[bench.lesson.document].text))
    } else {
        "this work".to_owned()
    }
}

fn finish<'a>(
    bench: &Bench<'_>,
    spec: Spec,
    reader: &str,
    points: Vec<String>,
    model: String,
    said: impl Iterator<Item = &'a str>,
    (min_words, max_words): (u32, u32),
) -> Made {
    let rubric: Vec<RubricPoint> = said
        .map(|s| RubricPoint { description: format!("Says: {s}"), tokens: keywords(s), points: 1 })
        .filter(|p| !p.tokens.is_empty())
        .chain([RubricPoint {
            description: "The reader understands everything at once".to_owned(),
            tokens: vec!["first".to_owned(), "then".to_owned(), "please".to_owned()],
            points: 1,
        }])
        .collect();
    let total = rubric.iter().map(|p| p.points).sum();
    let body = ItemBody::Writing { reader: reader.to_owned(), points, min_words, max_words };
    spec.finish(bench, body, Answer::Writing { model, rubric }, total)
}
