use async_trait::async_trait;

use super::{
    Assignment, Author, AuthorError, LessonText, dialogue, grammar, objectives, practice, reading, trainer, variants,
    vocabulary,
};
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
        let vocabulary = vocabulary::write(&assignment, &facts);
        let reading = reading::write(assignment.library, assignment.lesson, assignment.brief.level, &vocabulary);
        let grammar = grammar::write(&assignment, &facts, &reading);
        let dialogue = dialogue::write(&assignment, &reading);
        Ok(LessonText {
            objectives: objectives::write(&assignment, &facts),
            warm_up: practice::warm_up(&assignment, &vocabulary),
            role_play: practice::role_play(&assignment),
            homework: practice::homework(&assignment, &facts, &vocabulary),
            variants: variants::write(&assignment, &reading, dialogue.as_ref(), &vocabulary),
            dialogue,
            trainer_notes: trainer::notes(&assignment),
            trainer_page: Some(trainer::page(&assignment, &facts, grammar.as_ref(), &reading)),
            reading,
            vocabulary,
            grammar,
        })
    }
}
