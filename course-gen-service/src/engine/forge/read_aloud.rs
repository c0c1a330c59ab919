//! A warning or a number to say clearly.

use course_format::Level;
use course_format::course::{Answer, ItemBody, Relation};

use super::build::Spec;
use super::dictation::speakable;
use super::{Bench, Made};
use crate::engine::english::parse::Form;
use crate::engine::outline::is_critical;

const STEMS: [&str; 5] = [
    "Your hands are full. Tell a colleague this rule, loud and clear.",
    "A new colleague forgot the rule. Say it clearly.",
    "Read this sentence aloud for your team.",
    "You are on the phone and the line is bad. Say this slowly and clearly.",
    "Say this aloud as if you were training somebody.",
];

/// Sentences worth saying aloud, up to B1.
pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    if bench.level > Level::B1 {
        return Vec::new();
    }
    let worth = |l: &&super::lines::Line| {
        let number = l.text.contains(|c: char| c.is_ascii_digit());
        let warning = matches!(l.form, Form::DoNot(_)) || is_critical(bench.library, l.at);
        l.model && (4..=16).contains(&l.words) && (number || warning) && speakable(&l.text)
    };
    bench
        .lines()
        .filter(worth)
        .map(|line| {
            let text = line.sentence();
            let spec = Spec {
                clause: line.at,
                frame: "read-aloud",
                target: text.clone(),
                stem: STEMS[0].to_owned(),
                others: STEMS[1..].iter().map(|s| (*s).to_owned()).collect(),
                rationale: "Say every word. Numbers and “not” need the most voice.".to_owned(),
                relation: Relation::Quote,
                provenance: vec![bench.library.prove_part(line.at, &line.text)],
                reasons: Vec::new(),
                score: 3,
            };
            spec.finish(bench, ItemBody::ReadAloud { text: text.clone() }, Answer::ReadAloud { text }, 1)
        })
        .collect()
}
