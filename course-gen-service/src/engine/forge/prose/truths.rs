//! True or false: the rule as strict as it is, or with another force.

use course_format::Level;
use course_format::course::{Answer, ItemBody, Relation};
use uuid::Uuid;

use super::claims::{is_clear, said};
use crate::engine::english::statement::Force;
use crate::engine::english::text::word_count;
use crate::engine::forge::build::{Spec, spread};
use crate::engine::forge::stock::Ruling;
use crate::engine::forge::{Bench, Made};

/// Statements for A-level readers; above, they are too easy to guess.
pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    if bench.level > Level::A2 {
        return Vec::new();
    }
    let own = bench.stock.rulings.iter().filter(|r| bench.holds(r.at) && is_clear(bench, r));
    own.filter_map(|r| one(bench, r)).collect()
}

fn one(bench: &Bench<'_>, ruling: &Ruling) -> Option<Made> {
    let seed = Uuid::new_v5(&bench.library.document(ruling.at).document_id, format!("truth/{}", ruling.act).as_bytes());
    let honest = spread(seed, 2) == 0;
    // No statement has a "not": what is forbidden is only ever said wrongly.
    let (modal, value) = match ruling.force {
        Force::Must if honest => ("must", true),
        Force::May if honest => ("may", true),
        Force::Should if honest => ("should", true),
        Force::Must | Force::MustNot => ("may", false),
        Force::May | Force::Should => ("must", false),
        Force::Free | Force::Does => return None,
    };
    let text = said(ruling, modal);
    if !(5..=18).contains(&word_count(&text)) || text.contains(" not ") {
        return None;
    }
    let why = format!("The SOP says: “{}”", ruling.source.trim());
    let spec = Spec {
        clause: ruling.at,
        frame: "true-force",
        target: text.clone(),
        stem: text.clone(),
        others: vec![
            format!("How strict is it? “{text}” Is that right?"),
            format!("You read this in a team chat: “{text}” Is that what the SOP says?"),
            format!("A visitor has heard this: “{text}” Is it right?"),
        ],
        rationale: why,
        relation: Relation::Compress,
        provenance: vec![bench.library.prove_part(ruling.at, &ruling.source)],
        reasons: Vec::new(),
        score: 5,
    };
    Some(spec.finish(bench, ItemBody::TrueFalse {}, Answer::TrueFalse { value }, 1))
}
