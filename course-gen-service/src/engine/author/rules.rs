use async_trait::async_trait;

use super::{
    Assignment, Author, AuthorError, LessonText, dialogue, gloss, grammar, objectives, practice, reading, trainer,
    variants, vocabulary,
};
use crate::engine::facts;
use crate::engine::library::ClauseRef;
use crate::engine::outline::LessonPlan;

/// The embedded author: deterministic, no network, every sentence made from the SOP by rules.
#[derive(Clone, Copy, Debug, Default)]
pub struct RulesAuthor;

#[async_trait]
impl Author for RulesAuthor {
    fn name(&self) -> String {
        concat!("rules-author ", env!("CARGO_PKG_VERSION")).to_owned()
    }

    async fn write(&self, assignment: Assignment<'_>) -> Result<LessonText, AuthorError> {
        let read = assignment;
        // What contradicts itself is read as it stands; nothing is told, asked or played about it.
        let settled = LessonPlan { clauses: settled(&read), ..read.lesson.clone() };
        let assignment = Assignment { lesson: &settled, ..read };
        let facts = facts::of_clauses(assignment.library, &assignment.lesson.clauses);
        let vocabulary = vocabulary::write(&assignment, &facts);
        let level = read.brief.level;
        let mut reading = reading::write(read.library, read.lesson, level, &vocabulary);
        let grammar = grammar::write(&assignment, &facts, &reading);
        let dialogue = dialogue::write(&assignment, &reading);
        if let Some(talk) = &dialogue {
            gloss::add_spoken(assignment.library, &mut reading, talk, level, &vocabulary);
        }
        Ok(LessonText {
            objectives: objectives::write(&assignment, &facts),
            warm_up: practice::warm_up(&assignment, &vocabulary),
            role_play: practice::role_play(&assignment, &reading),
            homework: practice::homework(&assignment, &facts, &vocabulary),
            variants: variants::write(&read, &reading, dialogue.as_ref(), &vocabulary),
            dialogue,
            trainer_notes: trainer::notes(&assignment),
            trainer_page: Some(trainer::page(&assignment, &facts, grammar.as_ref(), &reading)),
            reading,
            vocabulary,
            grammar,
        })
    }
}

/// The lesson's clauses that no other clause contradicts; all of them where little else is left.
fn settled(assignment: &Assignment<'_>) -> Vec<ClauseRef> {
    let all = &assignment.lesson.clauses;
    let settled: Vec<ClauseRef> = all.iter().copied().filter(|at| !assignment.library.is_disputed(*at)).collect();
    if settled.len() * 2 < all.len() { all.clone() } else { settled }
}
