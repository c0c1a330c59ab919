use async_trait::async_trait;

use super::{Assignment, Author, AuthorError, LessonText, objectives, reading, trainer, vocabulary};
use crate::engine::facts;

/// The embedded author: deterministic, no network, every sentence made from the SOP by rules.
#[derive(Clone, Copy, Debug, Default)]
pub struct RulesAuthor;

#[async_trait]
impl Author for RulesAuthor {
    fn name(&self) -> String {
        concat!("rules-author ", env!("CARGO_PKG_VERSION")).to_owned()
    }

    async fn write(&self, assignment: Assignment<'_>) -> Result<LessonText, AuthorError> {
        let facts = facts::of_clauses(assignment.library, &assignment.lesson.clauses);
        Ok(LessonText {
            objectives: objectives::write(&assignment, &facts),
            vocabulary: vocabulary::write(&assignment, &facts),
            reading: reading::write(assignment.library, assignment.lesson),
            warm_up: Vec::new(),
            grammar: None,
            dialogue: None,
            role_play: None,
            homework: Vec::new(),
            variants: Vec::new(),
            trainer_notes: trainer::write(&assignment, &facts),
            trainer_page: None,
        })
    }
}
