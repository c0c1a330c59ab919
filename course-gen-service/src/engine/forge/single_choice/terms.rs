//! What a term means, and what a table gives.

use course_format::course::Relation;

use crate::engine::english::text::{capitalise, word_count};
use crate::engine::english::{Dimension, quantity};
use crate::engine::forge::build::{Spec, Wrong, by_length, distinct};
use crate::engine::forge::tables::{self, Table};
use crate::engine::forge::{Bench, Made};
use crate::engine::library::ClauseRef;

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let mut out: Vec<Made> = Vec::new();
    for (i, (at, term, meaning)) in
        bench.stock.definitions.iter().enumerate().filter(|(_, (at, _, _))| bench.holds(*at))
    {
        let others = || bench.stock.definitions.iter().filter(move |(o, _, _)| o.document == at.document && o != at);
        let by_meaning = i % 2 == 1;
        let said = |at: ClauseRef| bench.library.clause(at).text.clone();
        let (stem, key, pool): (String, String, Vec<Wrong>) = if by_meaning {
            (
                format!("Which term means “{meaning}”?"),
                capitalise(term),
                others().map(|(at, t, _)| Wrong::new(capitalise(t), *at, said(*at))).collect(),
            )
        } else {
            (
                format!("What does “{term}” mean in this SOP?"),
                capitalise(meaning),
                others().map(|(at, _, m)| Wrong::new(capitalise(m), *at, said(*at))).collect(),
            )
        };
        let pool = if by_meaning { pool } else { by_length(&key, pool) };
        let Some(distractors) = distinct(&key, pool, 2, 0.5).filter(|_| word_count(&stem) <= 36) else { continue };
        let spec = Spec {
            clause: *at,
            frame: if by_meaning { "term-of-meaning" } else { "meaning-of-term" },
            target: term.clone(),
            stem,
            rationale: format!("The SOP defines “{term}” in these words."),
            relation: Relation::Quote,
            provenance: vec![bench.library.prove(*at)],
            score: 5,
            others: if by_meaning {
                vec![format!("You read this meaning: “{meaning}”. Which term of the SOP is it?")]
            } else {
                vec![format!("A new colleague does not know the term “{term}”. How do you explain it?")]
            },
            reasons: Vec::new(),
        };
        out.push(spec.single(bench, &key, &distractors));
    }
    for table in tables::of(bench.library, &bench.lesson.clauses) {
        out.extend(cells(bench, &table));
    }
    out
}

/// What a cell measures: °C is no rival to minutes.
fn measure_of(cell: &str) -> Option<Dimension> {
    quantity::all(cell).first().map(|q| q.dimension)
}

fn cells(bench: &Bench<'_>, table: &Table) -> Vec<Made> {
    let text = &bench.library.documents()[bench.lesson.document].text;
    let mut out = Vec::new();
    for column in table.askable() {
        let head = tables::header_in_sentence(&table.header[column], text);
        let verb = if head.ends_with('s') && !head.ends_with("ss") { "are" } else { "is" };
        if head.starts_with("responsibilit") || head.split(' ').count() > 4 {
            continue;
        }
        for (at, cells) in &table.rows {
            let key = capitalise(&cells[column]);
            let pool = table
                .rows
                .iter()
                .filter(|(o, c)| o != at && c[column] != cells[column])
                .map(|(o, c)| Wrong::new(capitalise(&c[column]), *o, bench.library.clause(*o).text.clone()))
                .collect();
            let mut options: Vec<Wrong> = by_length(&key, pool);
            options.dedup_by(|a, b| a.text == b.text);
            options.retain(|o| o.text != key && measure_of(&o.text) == measure_of(&key));
            options.truncate(2);
            if options.len() < 2 {
                continue;
            }
            let spec = Spec {
                clause: *at,
                frame: "table",
                target: format!("{}/{}", cells[0], table.header[column]),
                stem: format!("Find “{}” in the table. What {verb} the {head}?", cells[0]),
                rationale: format!(
                    "In the row “{}”, the column “{}” says: {}.",
                    cells[0], table.header[column], cells[column]
                ),
                relation: Relation::Compress,
                provenance: vec![bench.library.prove(*at)],
                score: 6,
                others: vec![
                    format!("You need the {head} for “{}”. What does the table say?", cells[0]),
                    format!("Look up “{}” and read the {head}. What do you find?", cells[0]),
                ],
                reasons: Vec::new(),
            };
            out.push(spec.single(bench, &key, &options));
        }
    }
    out
}
