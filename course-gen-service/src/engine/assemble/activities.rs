//! Items that are done together, under one instruction in plain words.

use course_format::Level;
use course_format::course::{Activity, ItemType};
use uuid::Uuid;

use crate::engine::forge::Made;

/// The order of a lesson: words first, then the text, then the whole procedure, then one's own words.
const ORDER: [ItemType; 19] = [
    ItemType::Flashcard,
    ItemType::Matching,
    ItemType::WordBank,
    ItemType::TapEvidence,
    ItemType::TrueFalse,
    ItemType::SingleChoice,
    ItemType::MultiSelect,
    ItemType::CategorySort,
    ItemType::GapSelect,
    ItemType::Gap,
    ItemType::ErrorCorrection,
    ItemType::Transformation,
    ItemType::Dictation,
    ItemType::ReadAloud,
    ItemType::StepOrdering,
    ItemType::FormFill,
    ItemType::ShortAnswer,
    ItemType::Writing,
    ItemType::RolePlay,
];

/// Where activities of this type stand in a lesson.
pub fn rank(kind: ItemType) -> usize {
    ORDER.iter().position(|k| *k == kind).unwrap_or(ORDER.len())
}

/// The activities of one lesson.
pub fn of(lesson: Uuid, level: Level, items: Vec<Made>) -> Vec<Activity> {
    let mut items = items;
    let mut out = Vec::new();
    for kind in ORDER {
        let (mut own, rest): (Vec<Made>, Vec<Made>) = items.into_iter().partition(|m| m.item.item_type() == kind);
        items = rest;
        if own.is_empty() {
            continue;
        }
        own.sort_by(|a, b| a.clause.cmp(&b.clause).then(a.item.id.cmp(&b.item.id)));
        let (title, instructions) = words(kind, level, own.len());
        out.push(Activity {
            id: Uuid::new_v5(&lesson, format!("activity/{title}").as_bytes()),
            title: title.to_owned(),
            instructions: instructions.to_owned(),
            items: own.into_iter().map(|m| m.item).collect(),
        });
    }
    out
}

fn words(kind: ItemType, level: Level, count: usize) -> (&'static str, &'static str) {
    let simple = level <= Level::A2;
    match kind {
        ItemType::Matching if simple => ("Match", "Find the pairs. One answer may be extra."),
        ItemType::Matching => ("Match", "Find the pairs. There may be one answer that you do not need."),
        ItemType::Gap if simple => {
            ("Complete the text", "Type the missing words and numbers. Look at the text if you need help.")
        }
        ItemType::Gap => ("Complete the text", "Type what is missing. Try it first without looking at the text."),
        ItemType::SingleChoice if simple => ("Choose", "Choose one answer: a, b or c."),
        ItemType::SingleChoice => {
            ("Choose and decide", "Only one answer is right. The text decides, not what you would do yourself.")
        }
        ItemType::MultiSelect => ("Choose more than one", "Every question says how many answers are right."),
        ItemType::StepOrdering if simple => ("Put in order", "What comes first? Put the steps or the words in order."),
        ItemType::StepOrdering => ("Put in order", "Put everything into the order of the text."),
        ItemType::ShortAnswer if count == 1 => {
            ("Use your own words", "Write a short answer. Your trainer will read it.")
        }
        ItemType::Flashcard => ("Cards", "Look at the front. Say the back. Then turn the card over."),
        ItemType::WordBank => ("Use the word bank", "Put a word from the box into each gap. Some words are extra."),
        ItemType::TapEvidence => ("Find it in the SOP", "Choose the sentence of the SOP that gives the answer."),
        ItemType::TrueFalse => ("True or false?", "Compare each sentence with the text."),
        ItemType::CategorySort => ("Sort", "Put each line into the right group."),
        ItemType::GapSelect => ("Choose the word", "One word fits the sentence and the SOP."),
        ItemType::ErrorCorrection => {
            ("Correct the mistake", "There is one mistake in the English. Write the sentence again without it.")
        }
        ItemType::Transformation => ("Say it another way", "Begin with the words given. Keep the meaning."),
        ItemType::Dictation => ("Listen and write", "Listen to the sentence. Write what you hear."),
        ItemType::ReadAloud => ("Read aloud", "Read the sentence aloud. Listen again if you need to."),
        ItemType::FormFill => ("Fill in the form", "Read what happened. Write it on the form."),
        ItemType::Writing => ("Write to somebody", "Cover every point. Your trainer will read your text."),
        ItemType::RolePlay => ("Act it out", "Play your role with a partner. Your trainer will listen."),
        ItemType::ShortAnswer => ("Use your own words", "Write short answers. Your trainer will read them."),
    }
}
