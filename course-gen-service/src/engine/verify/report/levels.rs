//! Measured levels, lesson by lesson: the reading against the level that was asked for.

use std::collections::BTreeSet;

use course_format::Level;
use course_format::course::{Course, Lesson, LessonQuality, QualityFlag};
use course_format::sop::Term;

use super::flag;
use crate::engine::library::Library;

/// How far from the level that was asked for a text may be (half a level of the CEFR scale).
const TOLERANCE: f32 = 0.5;
/// Words that a flag names.
const NAMED_WORDS: usize = 12;

/// Every lesson's reading, measured. Terms that the lesson teaches and the SOPs' approved terms are exempt; words with a
/// gloss beside the text do not count as above the level.
pub fn of_lessons(library: &Library, course: &Course) -> Vec<LessonQuality> {
    let approved: Vec<&str> =
        library.documents().iter().flat_map(|d| &d.terms).map(|t: &Term| t.term.as_str()).collect();
    course.lessons().map(|lesson| of_lesson(lesson, course.level, &approved)).collect()
}

fn of_lesson(lesson: &Lesson, level: Level, approved: &[&str]) -> LessonQuality {
    let target = cefr::Level::from_score(level.score());
    let taught = lesson.vocabulary.iter().map(|v| v.term.as_str());
    let exempt = cefr::Exempt::new(taught.chain(approved.iter().copied()));
    let lines: Vec<&str> = lesson.reading.lines.iter().map(|line| line.text.text.as_str()).collect();
    let text = lines.join("\n");
    let fit = cefr::fits(&text, target, &exempt);
    let glossed: BTreeSet<String> = lesson.reading.glosses.iter().map(|g| g.word.to_lowercase()).collect();
    let above: Vec<&str> = fit
        .words_above
        .iter()
        .filter_map(|w| text.get(w.span.clone()))
        .filter(|w| !glossed.contains(&w.to_lowercase()))
        .collect();
    let words_above_share = above.len() as f32 / (fit.content_words as f32).max(1.0);
    let mut words_above: Vec<String> = above.iter().map(|w| w.to_lowercase()).collect();
    words_above.sort_unstable();
    words_above.dedup();
    LessonQuality {
        lesson_id: lesson.id,
        measured: fit.measurement.score,
        level: fit.measurement.band.as_str().parse().unwrap_or(level),
        fits: fit.within_half_a_level,
        words_above_share,
        words_above,
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
        } else if quality.measured < target - TOLERANCE {
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
