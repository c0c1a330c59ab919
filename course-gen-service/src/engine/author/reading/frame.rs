//! Sentences around a reading: what to look for in it, and what to do with it afterwards. They teach how to read, claim
//! nothing about the SOP, and are asked only where the text has what they ask about.

use std::sync::LazyLock;

use course_format::Level;
use course_format::course::{LineRole, Proven, ReadingLine};
use uuid::Uuid;

use crate::engine::english::text::{capitalise, word_count};
use crate::engine::english::words::{is_function, is_listed_thing, names_people};
use crate::engine::outline::LessonPlan;

/// At most so many around one reading: more would be a second text.
pub const AT_MOST: usize = 4;

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Place {
    Before,
    After,
}

#[derive(Debug)]
struct Frame {
    level: Level,
    place: Place,
    needs: Option<&'static str>,
    text: &'static str,
}

static FRAMES: LazyLock<Vec<Frame>> = LazyLock::new(|| include_str!("frames.txt").lines().filter_map(frame).collect());

fn frame(line: &'static str) -> Option<Frame> {
    let (head, text) = line.split_once(" | ")?;
    let mut head = head.split(' ');
    let level = head.next()?.parse().ok()?;
    let place = match head.next()? {
        "before" => Place::Before,
        "after" => Place::After,
        _ => return None,
    };
    Some(Frame { level, place, needs: head.next(), text })
}

/// The lines with `count` sentences around them: the first before the text, the second after it, and so on.
pub fn around(lesson: &LessonPlan, lines: &[ReadingLine], level: Level, count: usize) -> Vec<ReadingLine> {
    let has = features(lines);
    let start = lesson.number as usize;
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let mut asked: Vec<&Frame> = Vec::new();
    let topic = topic(lesson);
    for n in 0..count.min(AT_MOST) {
        let place = if n % 2 == 0 { Place::Before } else { Place::After };
        let fits = |f: &&Frame| {
            f.level == level
                && f.place == place
                && f.needs.is_none_or(|need| has.contains(&need))
                && (topic.is_some() || !f.text.contains("{topic}"))
                && !asked.iter().any(|a| a.text == f.text || a.place == place && a.needs == f.needs)
        };
        let candidates: Vec<&Frame> = FRAMES.iter().filter(fits).collect();
        let Some(chosen) = candidates.get((start + n) % candidates.len().max(1)) else { continue };
        asked.push(*chosen);
        let text = chosen.text.replace("{topic}", topic.as_deref().unwrap_or_default());
        let id = Uuid::new_v5(&lesson.id, format!("frame/{n}").as_bytes());
        let line = ReadingLine { id, label: None, role: LineRole::Text, text: Proven::language(text) };
        if place == Place::Before { before.push(line) } else { after.push(line) }
    }
    // A title that opens the text stays on top of everything.
    let titles = lines.iter().take_while(|l| l.role == LineRole::Heading).count().min(1);
    let (title, rest) = lines.split_at(titles);
    [title, &before, rest, &after].concat()
}

/// The lesson's topic where it is short enough to stand inside a sentence.
fn topic(lesson: &LessonPlan) -> Option<String> {
    let short = lesson.practises.is_empty() && (1..=5).contains(&word_count(&lesson.topic));
    (short && !lesson.topic.contains(['“', '"', '?', '.'])).then(|| capitalise(&lesson.topic))
}

/// What the text has, by the names that the list of sentences uses.
fn features(lines: &[ReadingLine]) -> Vec<&'static str> {
    let sentences: Vec<&str> =
        lines.iter().filter(|l| l.role != LineRole::Heading).map(|l| l.text.text.as_str()).collect();
    let text = format!(" {} ", sentences.join("  ").to_lowercase().replace(['.', ','], " "));
    let any = |words: &[&str]| words.iter().any(|w| text.contains(w));
    let steps = lines.iter().filter(|l| l.role == LineRole::Step && l.label.is_some()).count();
    let rules = lines.iter().filter(|l| l.role == LineRole::Rule).count();
    let figures = text.split_whitespace().filter(|w| w.starts_with(|c: char| c.is_ascii_digit())).count();
    let people = lines.iter().filter(|l| l.text.text.split(' ').any(is_person)).count();
    [
        ("order", steps >= 3),
        ("rules", rules >= 3),
        ("number", figures >= 3),
        ("case", any(&[" if ", " unless ", " in case ", " when "])),
        ("ban", any(&[" do not ", " must not ", " never "])),
        ("person", people >= 2),
    ]
    .into_iter()
    .filter_map(|(name, has)| has.then_some(name))
    .collect()
}

fn is_person(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    !bare.is_empty() && !is_function(bare) && !is_listed_thing(bare) && names_people(bare)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::rewrite::limits;
    use crate::engine::verify::language;

    #[test]
    fn every_sentence_is_read_and_keeps_to_its_level() {
        let lines = include_str!("frames.txt").lines().filter(|l| !l.starts_with('#')).count();
        assert_eq!(FRAMES.len(), lines, "a line could not be read");
        for frame in FRAMES.iter() {
            assert!(language::faults(frame.text).is_empty(), "{}", frame.text);
            for (_, sentence) in crate::engine::english::sentence::sentences(frame.text) {
                let most = limits::of(frame.level).words_a_sentence;
                assert!(word_count(sentence) <= most, "{sentence}");
            }
        }
    }

    #[test]
    fn every_level_has_some_for_any_text() {
        for level in [Level::A1, Level::A2, Level::B1, Level::B2, Level::C1] {
            for place in [Place::Before, Place::After] {
                assert!(FRAMES.iter().any(|f| f.level == level && f.place == place && f.needs.is_none()), "{level}");
            }
        }
    }
}
