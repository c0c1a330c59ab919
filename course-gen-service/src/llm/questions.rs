//! What is sent to a model: instructions from files with a version, always the same, and the lesson as one JSON object of
//! data. Clauses that speak to a program are left out by the bench; names and numbers of people are taken out here.

use course_format::course::Proven;
use serde_json::{Value, json};

use super::answers::{Said, TalkAnswer, TextAnswer, schema};
use super::checks::{Bench, is_rewritable, most_words};
use super::element::Element;
use super::provider::Question;
use crate::engine::author::LessonText;

/// Prompts by name and version; a changed prompt gets a new version and a new file.
pub const VERSIONS: [(&str, &str); 3] =
    [("prompt lesson-text", "1"), ("prompt lesson-talk", "1"), ("prompt element", "1")];

const TEXT: &str = include_str!("../../prompts/lesson-text.v1.md");
const TALK: &str = include_str!("../../prompts/lesson-talk.v1.md");
const ELEMENT: &str = include_str!("../../prompts/element.v1.md");

/// The name of the n-th line of a reading.
pub fn line_name(index: usize) -> String {
    format!("L{}", index + 1)
}

/// Reading, meanings, grammar.
pub fn text(bench: &Bench<'_>, base: &LessonText, most: u32) -> Question {
    let lines: Vec<Value> = base
        .reading
        .lines
        .iter()
        .enumerate()
        .filter(|(_, line)| is_rewritable(line))
        .map(|(i, line)| {
            json!({
                "line": line_name(i), "kind": line.role, "clauses": clause_names(bench, &line.text),
                "text": bench.redacted(&line.text.text),
            })
        })
        .collect();
    let grammar = base.grammar.as_ref().map(|g| {
        let cases: Vec<String> = g.cases.iter().take(4).map(|c| bench.redacted(&c.sentence.text)).collect();
        json!({ "title": g.title, "cases": cases })
    });
    let data = json!({
        "level": bench.level, "limits": limits(bench), "clauses": clauses(bench), "lines": lines,
        "terms": terms(bench, base), "grammar": grammar, "notes": notes(bench),
    });
    question(TEXT, &data, ("lesson_text", schema::<TextAnswer>()), most)
}

/// Objectives, warm-up, dialogue, role-play, homework.
pub fn talk(bench: &Bench<'_>, title: &str, base: &LessonText, most: u32) -> Question {
    let checklist: Vec<String> =
        base.role_play.iter().flat_map(|p| &p.checklist).map(|p| bench.redacted(&p.text)).collect();
    let data = json!({
        "level": bench.level, "limits": limits(bench), "title": bench.redacted(title), "clauses": clauses(bench),
        "terms": terms(bench, base), "checklist": checklist, "notes": notes(bench),
    });
    question(TALK, &data, ("lesson_talk", schema::<TalkAnswer>()), most)
}

/// One element again, with a reviewer's note.
pub fn element(bench: &Bench<'_>, element: &Element, note: &str, most: u32) -> Question {
    let around = |text: &Option<String>| text.as_ref().map(|t| bench.redacted(t));
    let data = json!({
        "level": bench.level, "limits": limits(bench), "element": element.kind.name(),
        "text": bench.redacted(&element.text.text),
        "around": { "before": around(&element.before), "after": around(&element.after) },
        "note": bench.redacted(note), "clauses": clauses(bench),
    });
    question(ELEMENT, &data, ("element", schema::<Said>()), most)
}

fn question(instructions: &str, data: &Value, schema: (&'static str, Value), max_output_tokens: u32) -> Question {
    Question { instructions: instructions.trim().to_owned(), data: data.to_string(), schema, max_output_tokens }
}

fn clauses(bench: &Bench<'_>) -> Vec<Value> {
    let of = |(i, at): (usize, &crate::engine::library::ClauseRef)| {
        let clause = bench.library.clause(*at);
        json!({
            "id": format!("c{}", i + 1), "kind": bench.library.kind(*at), "heading": bench.redacted(bench.library.topic(*at)),
            "text": bench.redacted(&clause.text),
        })
    };
    bench.clauses.iter().enumerate().map(of).collect()
}

fn notes(bench: &Bench<'_>) -> Vec<String> {
    bench.notes.iter().map(|note| bench.redacted(note)).collect()
}

fn clause_names(bench: &Bench<'_>, text: &Proven) -> Vec<String> {
    let of = |id: &str| bench.clauses.iter().position(|at| bench.library.clause(*at).id.0 == id);
    text.provenance.iter().filter_map(|p| of(&p.clause_id.0)).map(|i| format!("c{}", i + 1)).collect()
}

fn terms(bench: &Bench<'_>, base: &LessonText) -> Vec<Value> {
    base.vocabulary
        .iter()
        .map(|v| {
            json!({
                "word": bench.redacted(&v.term), "part_of_speech": v.part_of_speech,
                "example": bench.redacted(&v.example.text), "has_definition": v.definition.is_some(),
            })
        })
        .collect()
}

fn limits(bench: &Bench<'_>) -> Value {
    json!({ "words_in_a_sentence": most_words(bench.level), "words_in_a_definition": bench.definition_words(), "turns": bench.turns() })
}
