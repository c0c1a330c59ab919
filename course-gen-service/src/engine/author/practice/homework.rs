//! Two tasks before the next lesson: one to do or say at work, one to write.

use course_format::Level;
use course_format::course::{Proven, Relation, VocabularyEntry, VocabularyKind};

use super::{number, spoken};
use crate::engine::author::Assignment;
use crate::engine::english::parse::Form;
use crate::engine::english::text::{list, word_count};
use crate::engine::facts::{self, Fact};

/// Two tasks, other ones from lesson to lesson.
pub fn homework(assignment: &Assignment<'_>, facts: &[Fact], vocabulary: &[VocabularyEntry]) -> Vec<Proven> {
    vec![at_work(assignment, vocabulary), writing(assignment, facts)]
}

/// How the lesson is called in a task.
fn named(assignment: &Assignment<'_>) -> String {
    if assignment.lesson.practises.is_empty() {
        format!("“{}”", spoken(&assignment.lesson.title))
    } else {
        "the last lessons".to_owned()
    }
}

fn at_work(assignment: &Assignment<'_>, vocabulary: &[VocabularyEntry]) -> Proven {
    let things: Vec<String> = vocabulary
        .iter()
        .filter(|v| v.kind == VocabularyKind::Term && v.part_of_speech.as_deref() == Some("noun"))
        .take(4)
        .map(|v| format!("“{}”", v.term))
        .collect();
    let lesson = named(assignment);
    let mut ways = vec![
        format!(
            "Before your next shift, say the most important points of {lesson} aloud. Then check them in the text."
        ),
        format!(
            "Record yourself on your phone: explain {lesson} to a new colleague in one minute. Listen and compare it with the text."
        ),
        format!("Make a small poster for your team about {lesson}: three points that nobody may forget."),
        "Ask a colleague two questions from the dialogue. Write down the answers, and check them in the text."
            .to_owned(),
    ];
    if things.len() >= 3 {
        ways.insert(
            1,
            format!("Write these words on cards: {}. Use every card in a sentence at work this week.", list(&things)),
        );
        ways.push(format!(
            "On your next shift, look for these words: {}. Where did you see or hear them?",
            list(&things)
        ));
    }
    Proven::language(ways[number(assignment) % ways.len()].clone())
}

fn writing(assignment: &Assignment<'_>, facts: &[Fact]) -> Proven {
    let Assignment { brief, library, .. } = *assignment;
    let cases: Vec<(&Fact, String)> = facts
        .iter()
        .filter_map(|fact| match &fact.form {
            Form::When { joiner, condition, .. } if !facts::has_pronoun(condition) && word_count(condition) <= 12 => {
                Some((fact, format!("{joiner} {condition}")))
            }
            _ => None,
        })
        .collect();
    let at = number(assignment);
    let tasks: [&str; 2] = match brief.level {
        Level::A1 => ["Write three short sentences for a colleague", "Write a short text message for a colleague"],
        Level::A2 => {
            ["Write a note of 30 to 50 words to a colleague", "Write a message of 30 to 50 words to your team"]
        }
        Level::B1 => [
            "Write an e-mail of 80 to 120 words to a new colleague",
            "Write a message of 80 to 120 words to the next shift",
        ],
        _ => [
            "Write a short report of 150 to 200 words for your supervisor",
            "Write an e-mail of 150 to 200 words to a new team",
        ],
    };
    let task = tasks[at % tasks.len()];
    match cases.get(at % cases.len().max(1)) {
        Some((fact, case)) => Proven {
            text: format!("{task}: what has to be done {case}?"),
            relation: Relation::Compress,
            provenance: vec![library.prove_part(fact.at, &fact.text)],
        },
        None => {
            Proven::language(format!("{task} about {}. Name the points that nobody may forget.", named(assignment)))
        }
    }
}
