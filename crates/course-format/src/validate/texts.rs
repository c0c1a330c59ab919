use super::Pointer;
use crate::course::{Course, Dialogue, GrammarFocus, Lesson, Proven, Reading, RolePlay, TrainerPage, VocabularyEntry};

/// Every text of the course that carries its proof, each with its JSON pointer: what a review of proofs, a quality
/// report or an impact list walks along.
#[must_use]
pub fn proven_texts(course: &Course) -> Vec<(String, &Proven)> {
    let mut out = Vec::new();
    each_proven(course, &Pointer::default().at("course"), &mut |at, text| out.push((at.to_string(), text)));
    out
}

/// Every text of the course that carries its proof, with its place below `/course`.
pub(super) fn each_proven<'a>(course: &'a Course, at: &Pointer, see: &mut dyn FnMut(&Pointer, &'a Proven)) {
    for (u, unit) in course.units.iter().enumerate() {
        let lessons = at.at("units").at(u).at("lessons");
        for (l, lesson) in unit.lessons.iter().enumerate() {
            of_lesson(lesson, &lessons.at(l), see);
        }
    }
    if let Some(test) = &course.entry_test {
        let at = at.at("entry_test");
        for (i, text) in test.self_rating.iter().enumerate() {
            see(&at.at("self_rating").at(i), text);
        }
        for (i, part) in test.parts.iter().enumerate() {
            of_reading(&part.reading, &at.at("parts").at(i).at("reading"), see);
        }
    }
}

fn of_lesson<'a>(lesson: &'a Lesson, at: &Pointer, see: &mut dyn FnMut(&Pointer, &'a Proven)) {
    let mut all = |name: &str, texts: &'a [Proven]| {
        texts.iter().enumerate().for_each(|(i, text)| see(&at.at(name).at(i), text));
    };
    all("objectives", &lesson.objectives);
    all("warm_up", &lesson.warm_up);
    all("homework", &lesson.homework);
    all("trainer_notes", &lesson.trainer_notes);
    for (i, entry) in lesson.vocabulary.iter().enumerate() {
        of_entry(entry, &at.at("vocabulary").at(i), see);
    }
    of_reading(&lesson.reading, &at.at("reading"), see);
    if let Some(grammar) = &lesson.grammar {
        of_grammar(grammar, &at.at("grammar"), see);
    }
    if let Some(dialogue) = &lesson.dialogue {
        of_dialogue(dialogue, &at.at("dialogue"), see);
    }
    if let Some(play) = &lesson.role_play {
        of_role_play(play, &at.at("role_play"), see);
    }
    for (i, variant) in lesson.variants.iter().enumerate() {
        let at = at.at("variants").at(i);
        of_reading(&variant.reading, &at.at("reading"), see);
        if let Some(dialogue) = &variant.dialogue {
            of_dialogue(dialogue, &at.at("dialogue"), see);
        }
    }
    if let Some(page) = &lesson.trainer_page {
        of_trainer_page(page, &at.at("trainer_page"), see);
    }
}

fn of_entry<'a>(entry: &'a VocabularyEntry, at: &Pointer, see: &mut dyn FnMut(&Pointer, &'a Proven)) {
    if let Some(definition) = &entry.definition {
        see(&at.at("definition"), definition);
    }
    see(&at.at("example"), &entry.example);
    for (i, collocation) in entry.collocations.iter().enumerate() {
        see(&at.at("collocations").at(i), collocation);
    }
}

fn of_reading<'a>(reading: &'a Reading, at: &Pointer, see: &mut dyn FnMut(&Pointer, &'a Proven)) {
    for (i, line) in reading.lines.iter().enumerate() {
        see(&at.at("lines").at(i).at("text"), &line.text);
    }
    for (i, gloss) in reading.glosses.iter().enumerate() {
        see(&at.at("glosses").at(i).at("meaning"), &gloss.meaning);
    }
    if let Some(task) = &reading.before_reading {
        see(&at.at("before_reading"), task);
    }
    if let Some(task) = &reading.after_reading {
        see(&at.at("after_reading"), task);
    }
}

fn of_grammar<'a>(grammar: &'a GrammarFocus, at: &Pointer, see: &mut dyn FnMut(&Pointer, &'a Proven)) {
    see(&at.at("explanation"), &grammar.explanation);
    for (i, case) in grammar.cases.iter().enumerate() {
        see(&at.at("cases").at(i).at("sentence"), &case.sentence);
    }
    for (i, mistake) in grammar.mistakes.iter().enumerate() {
        see(&at.at("mistakes").at(i), mistake);
    }
}

fn of_dialogue<'a>(dialogue: &'a Dialogue, at: &Pointer, see: &mut dyn FnMut(&Pointer, &'a Proven)) {
    see(&at.at("situation"), &dialogue.situation);
    for (i, turn) in dialogue.turns.iter().enumerate() {
        see(&at.at("turns").at(i).at("text"), &turn.text);
    }
}

fn of_role_play<'a>(play: &'a RolePlay, at: &Pointer, see: &mut dyn FnMut(&Pointer, &'a Proven)) {
    see(&at.at("situation"), &play.situation);
    for (i, card) in play.cards.iter().enumerate() {
        see(&at.at("cards").at(i).at("brief"), &card.brief);
    }
    for (i, point) in play.checklist.iter().enumerate() {
        see(&at.at("checklist").at(i), point);
    }
}

fn of_trainer_page<'a>(page: &'a TrainerPage, at: &Pointer, see: &mut dyn FnMut(&Pointer, &'a Proven)) {
    for (i, clause) in page.critical.iter().enumerate() {
        see(&at.at("critical").at(i), clause);
    }
    for (i, question) in page.concept_questions.iter().enumerate() {
        see(&at.at("concept_questions").at(i).at("answer"), &question.answer);
    }
    for (i, error) in page.likely_errors.iter().enumerate() {
        see(&at.at("likely_errors").at(i), error);
    }
    for (name, text) in [("easier", &page.easier), ("harder", &page.harder)] {
        if let Some(text) = text {
            see(&at.at(name), text);
        }
    }
}
