//! Measured levels, lesson by lesson: the reading against the level that was asked for.

use course_format::Level;
use course_format::course::{Course, Lesson, LessonQuality, QualityFlag, VocabularyEntry};

use super::flags::flag;
use crate::engine::library::Library;
use crate::engine::verify::level::{TOLERANCE, measure};

/// Words that a flag names.
const NAMED_WORDS: usize = 12;

/// Every lesson's reading and dialogue, measured; what earlier lessons have taught is known.
pub fn of_lessons(library: &Library, course: &Course) -> Vec<LessonQuality> {
    let mut taught = Vec::new();
    let lessons = course.lessons().map(|lesson| {
        taught.extend_from_slice(&lesson.vocabulary);
        of_lesson(library, lesson, &taught, course.level)
    });
    lessons.collect()
}

fn of_lesson(library: &Library, lesson: &Lesson, taught: &[VocabularyEntry], level: Level) -> LessonQuality {
    let measured = measure(library, &lesson.reading, lesson.dialogue.as_ref(), taught, level);
    LessonQuality {
        lesson_id: lesson.id,
        measured: measured.score,
        as_printed: Some(measured.as_printed),
        level: cefr::Level::from_score(measured.score).as_str().parse().unwrap_or(level),
        fits: measured.within_half_a_level,
        words_above_share: measured.share_above,
        words_above: measured.words_above,
    }
}

/// Lessons that a reviewer should look at: too hard, too easy, or with too many words that nobody explains.
pub fn flags(course: &Course, measured: &[LessonQuality]) -> Vec<QualityFlag> {
    let target = course.level.score();
    let lessons = course.units.iter().enumerate().flat_map(|(u, unit)| {
        unit.lessons
            .iter()
            .enumerate()
            .map(move |(l, lesson)| (format!("/course/units/{u}/lessons/{l}/reading"), lesson))
    });
    let mut out = Vec::new();
    for ((place, lesson), quality) in lessons.zip(measured) {
        let title = &lesson.title;
        let words = quality.words_above.iter().take(NAMED_WORDS).map(String::as_str).collect::<Vec<_>>().join(", ");
        let score = format!("{:.1} ({})", quality.measured, quality.level);
        if quality.measured > target + TOLERANCE {
            let why = if words.is_empty() { "its long sentences".to_owned() } else { words.clone() };
            let detail = format!("“{title}” measures {score}, above the course's level. Teach before reading: {why}.");
            out.push(flag("reading_above_level", place.clone(), detail));
        } else if quality.as_printed.unwrap_or(quality.measured) < target - TOLERANCE {
            let detail = format!(
                "“{title}” measures {score}: the SOP says it more simply than the course's level. Use the role-play for more demanding language."
            );
            out.push(flag("reading_below_level", place.clone(), detail));
        }
        if quality.words_above_share > cefr::MAX_SHARE_ABOVE {
            let percent = (quality.words_above_share * 100.0).round();
            let detail =
                format!("{percent}% of the words of “{title}” are above the level and not explained: {words}.");
            out.push(flag("words_above_level", place, detail));
        }
    }
    out
}
