//! What learners do with a reading: one task before it and one after it. Each names something that stands in this text,
//! a case, its figures, its people, a step, so that no lesson asks what another has asked.

use std::sync::LazyLock;

use course_format::Level;
use course_format::course::{LineRole, Proven, Provenance, Reading, ReadingLine, Relation};

use crate::engine::english::article::by_sound;
use crate::engine::english::parse::{Form, parse};
use crate::engine::english::quantity;
use crate::engine::english::sentence::sentences;
use crate::engine::english::text::{capitalise, list, lower_first, word_count};
use crate::engine::english::words::{is_mass, names_people};
use crate::engine::facts::has_pronoun;
use crate::engine::outline::LessonPlan;

/// Words of a condition or a sentence that a task repeats.
const SHORT: usize = 12;

/// Figures and people that one task names.
const NAMED: usize = 3;

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Place {
    Before,
    After,
}

#[derive(Debug)]
struct Task {
    level: Level,
    place: Place,
    needs: &'static str,
    text: &'static str,
}

static TASKS: LazyLock<Vec<Task>> = LazyLock::new(|| include_str!("tasks.txt").lines().filter_map(task).collect());

fn task(line: &'static str) -> Option<Task> {
    let (head, text) = line.split_once(" | ")?;
    let mut head = head.split(' ');
    let level = head.next()?.parse().ok()?;
    let place = match head.next()? {
        "before" => Place::Before,
        "after" => Place::After,
        _ => return None,
    };
    Some(Task { level, place, needs: head.next()?, text })
}

/// What a text has that a task can name, with the clauses that say it.
struct Feature {
    slot: &'static str,
    said: String,
    proof: Vec<Provenance>,
}

/// Gives the reading its two tasks, about different things where the text has more than one.
pub fn set(reading: &mut Reading, lesson: &LessonPlan, level: Level, document: &str) {
    let features = features(&reading.lines, lesson, document);
    let turn = lesson.number as usize;
    let before = choose(&features, Place::Before, level, turn, None);
    let asked = before.as_ref().map(|(slot, _)| *slot);
    let after = choose(&features, Place::After, level, turn / 2, asked);
    reading.before_reading = before.map(|(_, text)| text);
    reading.after_reading = after.map(|(_, text)| text);
}

fn choose(
    features: &[Feature],
    place: Place,
    level: Level,
    turn: usize,
    asked: Option<&str>,
) -> Option<(&'static str, Proven)> {
    let level = if level == Level::C2 { Level::C1 } else { level };
    let fitting: Vec<(&Task, &Feature)> = TASKS
        .iter()
        .filter(|t| t.level == level && t.place == place)
        .filter_map(|t| Some((t, features.iter().find(|f| f.slot == t.needs)?)))
        .filter(|(_, f)| asked != Some(f.slot))
        .collect();
    // The lesson's topic is a last resort: every text has one.
    let special = fitting.iter().filter(|(_, f)| f.slot != "topic").count();
    let (task, feature) = fitting.get(if special == 0 { 0 } else { turn % special })?;
    let text = task.text.replace(&format!("{{{}}}", feature.slot), &feature.said);
    let relation = if feature.proof.is_empty() { Relation::Language } else { Relation::Compress };
    Some((feature.slot, Proven { text, relation, provenance: feature.proof.clone() }))
}

fn features(lines: &[ReadingLine], lesson: &LessonPlan, document: &str) -> Vec<Feature> {
    let said: Vec<&ReadingLine> =
        lines.iter().filter(|l| l.role != LineRole::Heading && !l.text.text.contains(['|', '\n'])).collect();
    [case(&said), figures(&said), people(&said, document), step(&said), ban(&said), topic(lesson)]
        .into_iter()
        .flatten()
        .collect()
}

/// "the seal is broken", of a sentence that says what to do if it is.
fn case(lines: &[&ReadingLine]) -> Option<Feature> {
    each_sentence(lines).find_map(|(line, sentence)| {
        let Form::When { joiner: "if", condition, .. } = parse(sentence) else { return None };
        let clear = !has_pronoun(&condition) && word_count(&condition) <= SHORT && is_plain(&condition);
        // "any carton is above 7 °C" is told as a case of one.
        let one = condition
            .strip_prefix("any ")
            .filter(|rest| rest.split_once(' ').is_some_and(|(noun, verb)| verb.starts_with("is ") && !is_mass(noun)));
        let said = one.map_or_else(|| condition.clone(), |rest| by_sound(&format!("a {rest}")));
        clear.then(|| Feature { slot: "case", said, proof: line.text.provenance.clone() })
    })
}

/// "7 °C, 15 minutes and 2 minutes": amounts with their units, as the text writes them.
fn figures(lines: &[&ReadingLine]) -> Option<Feature> {
    let mut found: Vec<String> = Vec::new();
    let mut proof = Vec::new();
    for line in lines {
        for figure in quantity::all(&line.text.text).into_iter().map(|q| q.text) {
            let digits = figure.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '–'));
            if digits && is_plain(&figure) && !found.contains(&figure) && found.len() < NAMED {
                found.push(figure);
                proof.extend(line.text.provenance.iter().cloned());
            }
        }
    }
    proof.dedup();
    (found.len() >= 2).then(|| Feature { slot: "figures", said: list(&found), proof })
}

/// "the waiter and the chef on duty": who does something in the text.
fn people(lines: &[&ReadingLine], document: &str) -> Option<Feature> {
    let mut found: Vec<String> = Vec::new();
    let mut proof = Vec::new();
    for (line, sentence) in each_sentence(lines) {
        let (Form::Role { actor, .. } | Form::Duty { subject: actor, .. }) = parse(sentence) else { continue };
        let known = actor.starts_with("The ") && names_people(&actor) && word_count(&actor) <= 5 && is_plain(&actor);
        let said = lower_first(&actor, document);
        if known && !actor.contains(" and ") && !found.contains(&said) && found.len() < NAMED {
            found.push(said);
            proof.extend(line.text.provenance.iter().cloned());
        }
    }
    proof.dedup();
    (found.len() >= 2).then(|| Feature { slot: "people", said: list(&found), proof })
}

/// The first of three steps and more.
fn step(lines: &[&ReadingLine]) -> Option<Feature> {
    let steps: Vec<&&ReadingLine> = lines.iter().filter(|l| l.role == LineRole::Step && l.label.is_some()).collect();
    let first = steps.first().filter(|_| steps.len() >= 3)?;
    let (_, said) = *sentences(&first.text.text).first()?;
    let whole = said.ends_with('.') && word_count(said) <= SHORT && is_plain(said);
    whole.then(|| Feature { slot: "step", said: said.to_owned(), proof: first.text.provenance.clone() })
}

/// "Never stand under a raised load."
fn ban(lines: &[&ReadingLine]) -> Option<Feature> {
    each_sentence(lines).find_map(|(line, sentence)| {
        let bans = ["Do not ", "Never ", "You must not "].iter().any(|b| sentence.starts_with(b));
        let clear = sentence.ends_with('.') && !has_pronoun(sentence) && word_count(sentence) <= SHORT;
        (bans && clear && is_plain(sentence)).then(|| Feature {
            slot: "ban",
            said: sentence.to_owned(),
            proof: line.text.provenance.clone(),
        })
    })
}

/// The lesson's topic where it is short enough to stand inside a sentence.
fn topic(lesson: &LessonPlan) -> Option<Feature> {
    let short = lesson.practises.is_empty() && (1..=5).contains(&word_count(&lesson.topic));
    (short && is_plain(&lesson.topic) && !lesson.topic.contains(['?', '.'])).then(|| Feature {
        slot: "topic",
        said: capitalise(&lesson.topic),
        proof: Vec::new(),
    })
}

fn each_sentence<'a>(lines: &'a [&'a ReadingLine]) -> impl Iterator<Item = (&'a ReadingLine, &'a str)> {
    lines.iter().flat_map(|line| sentences(&line.text.text).into_iter().map(|(_, sentence)| (*line, sentence)))
}

/// Text that can stand inside a sentence of ours.
fn is_plain(text: &str) -> bool {
    !text.contains(['“', '”', '"', '(', ')', ':', ';', '|', '{', '→'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::rewrite::limits;
    use crate::engine::verify::language;

    fn line(role: LineRole, label: Option<&str>, text: &str) -> ReadingLine {
        let label = label.map(str::to_owned);
        ReadingLine { id: uuid::Uuid::nil(), label, role, text: Proven::language(text) }
    }

    fn said(lines: &[ReadingLine], slot: &str) -> Option<String> {
        let lines: Vec<&ReadingLine> = lines.iter().collect();
        let found = match slot {
            "case" => case(&lines),
            "figures" => figures(&lines),
            "people" => people(&lines, ""),
            "step" => step(&lines),
            _ => ban(&lines),
        };
        found.map(|f| f.said)
    }

    #[test]
    fn every_task_is_read_and_keeps_to_its_level() {
        let lines = include_str!("tasks.txt").lines().filter(|l| !l.starts_with('#')).count();
        assert_eq!(TASKS.len(), lines, "a line could not be read");
        for task in TASKS.iter() {
            let slot = format!("{{{}}}", task.needs);
            assert!(task.text.contains(&slot), "{} does not name what it needs", task.text);
            let text = task.text.replace(&slot, "the oven");
            for (_, sentence) in sentences(&text) {
                assert!(word_count(sentence) <= limits::of(task.level).words_a_sentence, "{sentence}");
            }
            assert!(language::faults_of_fragment(&text).is_empty(), "{text}");
        }
    }

    #[test]
    fn tasks_name_only_what_the_text_has() {
        let text = [
            line(LineRole::Step, Some("1"), "Open the valve."),
            line(LineRole::Step, Some("2"), "Heat the tank to 40 °C within 15 minutes."),
            line(LineRole::Step, Some("3"), "If the lamp is red, call the operator."),
            line(LineRole::Warning, None, "Never touch the hot tank."),
        ];
        assert_eq!(said(&text, "case").as_deref(), Some("the lamp is red"));
        assert_eq!(said(&text, "figures").as_deref(), Some("40 °C and 15 minutes"));
        assert_eq!(said(&text, "step").as_deref(), Some("Open the valve."));
        assert_eq!(said(&text, "ban").as_deref(), Some("Never touch the hot tank."));
        assert_eq!(said(&text, "people"), None);
        let plain = [line(LineRole::Rule, None, "Keep specific records. Notify the office.")];
        for slot in ["case", "figures", "people", "step", "ban"] {
            assert_eq!(said(&plain, slot), None, "{slot}");
        }
    }

    #[test]
    fn people_are_named_once_and_only_those_who_act() {
        let text = [
            line(LineRole::Text, None, "The waiter asks every table."),
            line(LineRole::Text, None, "The chef on duty checks the dish."),
            line(LineRole::Text, None, "The waiter serves the dish."),
        ];
        assert_eq!(said(&text, "people").as_deref(), Some("the waiter and the chef on duty"));
    }
}
