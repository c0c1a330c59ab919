//! A parsed SOP made from a few lines, for unit tests.

use course_format::Level;
use course_format::sop::{ClauseKind, ParsedSops};
use serde_json::{Value, json};
use uuid::Uuid;

use super::Brief;
use super::library::Library;

/// A request for a course at a level that asks for nothing else.
pub fn brief(level: Level) -> Brief {
    Brief {
        course_id: Uuid::nil(),
        request_id: Uuid::nil(),
        client_id: Uuid::nil(),
        title: None,
        level,
        hours: None,
        notes: Vec::new(),
        variants: Vec::new(),
    }
}

/// Lines "# heading", "1 step", "- rule", "! warning", "= definition"; anything else is a fact.
pub fn library(title: &str, lines: &[&str]) -> Library {
    let mut text = String::new();
    let (mut clauses, mut sections, mut procedures) = (Vec::new(), Vec::new(), Vec::<Value>::new());
    let mut section = String::new();
    for (i, line) in lines.iter().enumerate() {
        let (mark, rest) = line.split_once(' ').unwrap_or(("", line));
        let number: Option<u32> = mark.parse().ok();
        let (kind, words) = match mark {
            "#" => (ClauseKind::Heading, rest),
            "-" => (ClauseKind::Rule, rest),
            "!" => (ClauseKind::Warning, rest),
            "=" => (ClauseKind::Definition, rest),
            _ if number.is_some() => (ClauseKind::Step, rest),
            _ => (ClauseKind::Fact, *line),
        };
        let id = format!("c-{i}");
        if kind == ClauseKind::Heading {
            section = words.to_owned();
            sections.push(json!({"path": words, "title": words, "depth": 1, "page": 1, "heading": id}));
        }
        if let Some(number) = number {
            let step = json!({"clause_id": id, "number": [number]});
            match procedures.last_mut().filter(|p| p["section"] == json!(section) && number > 1) {
                Some(procedure) => procedure["steps"].as_array_mut().unwrap().push(step),
                None => procedures.push(json!({
                    "id": format!("p-{i}"), "title": section, "section": section, "ordered": true, "steps": [step]
                })),
            }
        }
        let start = text.chars().count();
        text.push_str(words);
        let lower = words.to_lowercase();
        let must_not = ["do not", "never", "must not"].iter().any(|n| lower.contains(n));
        clauses.push(json!({
            "id": id, "section": section, "kind": kind, "text": words, "page": 1,
            "span": {"start": start, "end": text.chars().count()},
            "modality": if must_not { "must_not" } else { "must" }, "negated": must_not,
        }));
        text.push('\n');
    }
    let document = json!({
        "document_id": "018f0000-0000-7000-8000-000000000001",
        "version": {"number": 1, "sha256": "0".repeat(64), "effective_date": null},
        "title": title, "file_name": "sop.md", "format": "markdown", "language": "en", "text": text, "pages": 1,
        "sections": sections, "clauses": clauses, "procedures": procedures,
        "profile": {"words": 0, "clauses": 0, "steps": 0, "rules": 0, "warnings": 0, "literals": 0, "negated": 0},
    });
    let sops: ParsedSops = serde_json::from_value(json!({ "documents": [document] })).unwrap();
    Library::new(sops)
}
