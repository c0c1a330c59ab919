//! A procedure to be explained to a partner; a trainer ticks the steps.

use course_format::course::{Answer, ItemBody, Relation, RubricPoint};

use super::build::Spec;
use super::short_answer::keywords;
use super::single_choice::showable;
use super::{Bench, Made};
use crate::engine::english::text::{capitalise, unnumbered, word_count};
use crate::engine::library::{ClauseRef, Polarity};

const MOST: usize = 10;

/// One role-play for each procedure of the lesson with at least four steps that can be shown.
pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let document = &bench.library.documents()[bench.lesson.document];
    document
        .procedures
        .iter()
        .filter(|p| p.ordered)
        .filter_map(|procedure| {
            let steps: Vec<(ClauseRef, String)> = procedure
                .steps
                .iter()
                .filter(|s| s.number.len() == 1)
                .filter_map(|s| bench.library.find(bench.lesson.document, &s.clause_id.0))
                .filter(|at| bench.holds(*at))
                .filter_map(|at| Some((at, showable(bench, at)?)))
                .take(MOST)
                .collect();
            (steps.len() >= 4).then(|| one(bench, &procedure.title, &steps)).flatten()
        })
        .collect()
}

fn one(bench: &Bench<'_>, title: &str, steps: &[(ClauseRef, String)]) -> Option<Made> {
    let title = unnumbered(title.trim().trim_end_matches([':', '.']));
    let named = (1..=8).contains(&word_count(title)) && Polarity::of_heading(title).is_none();
    let about = if named { format!(": “{}”", capitalise(title)) } else { String::new() };
    let rubric: Vec<RubricPoint> = steps
        .iter()
        .map(|(_, s)| RubricPoint { description: format!("Says or shows: {s}"), tokens: keywords(s), points: 1 })
        .filter(|p| !p.tokens.is_empty())
        .collect();
    let total = rubric.iter().map(|p| p.points).sum();
    let spec = Spec {
        clause: steps[0].0,
        frame: "role-play",
        target: steps.iter().map(|(_, s)| s.as_str()).collect::<Vec<_>>().join("/"),
        stem: format!("Show a new colleague how the work is done{about}. Answer the colleague's questions."),
        others: vec![format!("Your supervisor wants to see that you know the work{about}. Explain every step.")],
        rationale: "Every step has to be there, in the order of the SOP.".to_owned(),
        relation: Relation::Compress,
        provenance: steps.iter().map(|(at, _)| bench.library.prove(*at)).collect(),
        reasons: Vec::new(),
        score: 6,
    };
    let body = ItemBody::RolePlay {
        role: "Experienced colleague".to_owned(),
        partner: "New colleague".to_owned(),
        checklist: steps.iter().map(|(_, s)| s.clone()).collect(),
    };
    let model = steps.iter().map(|(_, s)| s.as_str()).collect::<Vec<_>>().join(" ");
    (total > 0).then(|| spec.finish(bench, body, Answer::RolePlay { model, rubric }, total))
}
