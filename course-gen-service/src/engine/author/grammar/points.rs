//! The points of grammar, as the list beside this file tells them: in simple words for A1 and A2, in full from B1 on.

use std::sync::LazyLock;

use course_format::Level;

use super::detect::{self, Detect};

/// One point: what it is called, what the learner is told, what learners get wrong.
pub struct Point {
    pub name: &'static str,
    pub level: Level,
    title: &'static str,
    simple: &'static str,
    full: &'static str,
    cues: Vec<Cue>,
    mistakes: Vec<Mistake>,
    pub detect: Detect,
}

/// A word by which the point shows, and what is told about it where a sentence has it.
struct Cue {
    word: &'static str,
    simple: &'static str,
    full: &'static str,
}

struct Mistake {
    wrong: &'static str,
    right: &'static str,
    cue: Option<&'static str>,
}

pub static POINTS: LazyLock<Vec<Point>> = LazyLock::new(|| read(include_str!("points.txt")));

fn read(text: &'static str) -> Vec<Point> {
    let mut out: Vec<Point> = Vec::new();
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        let Some((word, rest)) = line.split_once(' ') else { continue };
        let mut parts = rest.split(" | ");
        let (first, second, third) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
        if word == "point" {
            out.extend(opened(rest));
            continue;
        }
        let Some(point) = out.last_mut() else { continue };
        match (word, second) {
            ("title", _) => point.title = rest,
            ("simple", _) => point.simple = rest,
            ("full", _) => point.full = rest,
            ("cue", Some(simple)) => point.cues.push(Cue { word: first, simple, full: third.unwrap_or(simple) }),
            ("wrong", Some(right)) => point.mistakes.push(Mistake { wrong: first, right, cue: third }),
            _ => {}
        }
    }
    out
}

/// A point with nothing but its name, level and the rule that finds it.
fn opened(head: &'static str) -> Option<Point> {
    let (name, level) = head.split_once(' ')?;
    let detect = detect::rule(name)?;
    let (level, cues, mistakes) = (level.parse().ok()?, Vec::new(), Vec::new());
    Some(Point { name, level, title: "", simple: "", full: "", cues, mistakes, detect })
}

impl Point {
    /// The title with the words that are shown: "Time limits: within and for".
    pub fn title(&self, shown: &[&str]) -> String {
        let words: Vec<String> = self.told(shown).map(|c| c.word.to_owned()).collect();
        if words.is_empty() {
            return self.title.to_owned();
        }
        format!("{}: {}", self.title, crate::engine::english::text::list(&words))
    }

    /// What learners of the level are told about the point and about the words that are shown.
    pub fn explanation(&self, level: Level, shown: &[&str]) -> String {
        let simple = level <= Level::A2;
        let mut out = vec![if simple { self.simple } else { self.full }];
        out.extend(self.told(shown).map(|c| if simple { c.simple } else { c.full }));
        out.join(" ")
    }

    /// Wrong and right, where the lesson shows the word that it is about.
    pub fn mistakes(&self, shown: &[&str]) -> Vec<(&'static str, &'static str)> {
        let fits = |m: &&Mistake| m.cue.is_none_or(|cue| shown.contains(&cue));
        self.mistakes.iter().filter(fits).map(|m| (m.wrong, m.right)).collect()
    }

    fn told(&self, shown: &[&str]) -> impl Iterator<Item = &Cue> {
        self.cues.iter().filter(|c| shown.contains(&c.word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::english::sentence::sentences;
    use crate::engine::english::text::word_count;
    use crate::engine::rewrite::limits;
    use crate::engine::verify::language;

    #[test]
    fn every_point_of_the_list_is_read_and_can_be_found() {
        let named = include_str!("points.txt").lines().filter(|l| l.starts_with("point ")).count();
        assert_eq!(POINTS.len(), named, "a point has no level or no rule");
        for point in POINTS.iter() {
            assert!(!point.title.is_empty() && !point.simple.is_empty() && !point.full.is_empty(), "{}", point.name);
            assert!(!point.mistakes.is_empty(), "{}", point.name);
            for mistake in &point.mistakes {
                let known = mistake.cue.is_none_or(|cue| point.cues.iter().any(|c| c.word == cue));
                assert!(known, "{}: {:?}", point.name, mistake.cue);
            }
        }
    }

    #[test]
    fn explanations_are_sound_and_simple_ones_are_short() {
        let most = limits::of(Level::A2).words_a_sentence;
        for point in POINTS.iter() {
            for text in [point.simple, point.full].into_iter().chain(point.cues.iter().flat_map(|c| [c.simple, c.full]))
            {
                assert!(language::faults(text).is_empty(), "{text}");
            }
            for text in [point.simple].into_iter().chain(point.cues.iter().map(|c| c.simple)) {
                for (_, sentence) in sentences(text).into_iter().filter(|_| point.level <= Level::A2) {
                    assert!(word_count(sentence) <= most, "{sentence}");
                }
            }
        }
    }

    #[test]
    fn what_is_told_fits_the_words_that_are_shown() {
        let point = POINTS.iter().find(|p| p.name == "time_limit").unwrap();
        assert_eq!(point.title(&["for"]), "Time limits: for");
        assert_eq!(point.title(&["for", "within"]), "Time limits: within and for");
        assert!(!point.explanation(Level::B1, &["for"]).contains("ithin"));
        assert_eq!(point.mistakes(&["by"]), [("Finish it until 5 o’clock.", "Finish it by 5 o’clock.")]);
    }
}
