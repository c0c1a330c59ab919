use super::Pointer;
use crate::course::{Course, Lesson, Proven};

/// Every text of the course that carries its proof, with its place below `/course`.
pub(super) fn each_proven<'a>(course: &'a Course, at: &Pointer, see: &mut dyn FnMut(&Pointer, &'a Proven)) {
    for (u, unit) in course.units.iter().enumerate() {
        let lessons = at.at("units").at(u).at("lessons");
        for (l, lesson) in unit.lessons.iter().enumerate() {
            of_lesson(lesson, &lessons.at(l), see);
        }
    }
}

fn of_lesson<'a>(lesson: &'a Lesson, at: &Pointer, see: &mut dyn FnMut(&Pointer, &'a Proven)) {
    for (i, objective) in lesson.objectives.iter().enumerate() {
        see(&at.at("objectives").at(i), objective);
    }
    for (i, entry) in lesson.vocabulary.iter().enumerate() {
        let at = at.at("vocabulary").at(i);
        if let Some(definition) = &entry.definition {
            see(&at.at("definition"), definition);
        }
        see(&at.at("example"), &entry.example);
    }
    for (i, line) in lesson.reading.lines.iter().enumerate() {
        see(&at.at("reading").at("lines").at(i).at("text"), &line.text);
    }
    for (i, note) in lesson.trainer_notes.iter().enumerate() {
        see(&at.at("trainer_notes").at(i), note);
    }
}
