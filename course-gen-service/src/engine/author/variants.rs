//! The same reading at other levels, for a class of mixed levels: the same clauses in the same order, checked together.

use std::collections::BTreeSet;

use course_format::Level;
use course_format::course::{LessonVariant, Reading, Relation, VocabularyEntry};
use course_format::sop::ClauseId;
use uuid::Uuid;

use super::{Assignment, reading};
use crate::engine::lock;

/// One variant for every level that was asked for, besides the course's own.
pub fn write(assignment: &Assignment<'_>, own: &Reading, vocabulary: &[VocabularyEntry]) -> Vec<LessonVariant> {
    let Assignment { brief, library, lesson, .. } = *assignment;
    let levels: BTreeSet<Level> = brief.variants.iter().copied().filter(|l| *l != brief.level).collect();
    levels
        .into_iter()
        .map(|level| {
            let mut reading = reading::write(library, lesson, level, vocabulary);
            for line in &mut reading.lines {
                line.id = Uuid::new_v5(&line.id, level.as_str().as_bytes());
            }
            LessonVariant { level, reading, dialogue: None }
        })
        .filter(|variant| agrees(own, &variant.reading))
        .collect()
}

/// Both rest on the same clauses in the same order, and every line of the variant says what its clauses say.
fn agrees(own: &Reading, other: &Reading) -> bool {
    let facts_kept = other.lines.iter().all(|line| {
        let quotes: Vec<&str> = line.text.provenance.iter().map(|p| p.quote.as_str()).collect();
        // What is inferred from an entry and its heading was checked where the two were put together.
        matches!(line.text.relation, Relation::Quote | Relation::Infer)
            || lock::check(&quotes, &line.text.text).is_empty()
    });
    clauses(own) == clauses(other) && facts_kept
}

fn clauses(reading: &Reading) -> Vec<&ClauseId> {
    reading.lines.iter().flat_map(|l| &l.text.provenance).map(|p| &p.clause_id).collect()
}
