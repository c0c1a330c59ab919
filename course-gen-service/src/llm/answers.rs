//! What a model is asked to answer, as types; their JSON Schema; and what can be read out of an answer that does not keep
//! to them. Each element that cannot be read is lost by itself, never the whole answer.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// The clause that a text rests on, and its words.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct Cited {
    pub clause: String,
    pub quote: String,
}

/// A text with its proof; without one, it claims nothing about the SOP.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct Said {
    pub text: String,
    #[serde(default)]
    pub proof: Vec<Cited>,
}

/// A line of the reading, rewritten.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct Line {
    pub line: String,
    pub text: String,
    #[serde(default)]
    pub proof: Vec<Cited>,
}

/// A word and what it means.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct Meaning {
    pub word: String,
    pub meaning: String,
}

/// One part of a conversation.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct Spoken {
    pub role: String,
    pub text: String,
    #[serde(default)]
    pub proof: Vec<Cited>,
}

/// Two people at work.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
pub struct Conversation {
    pub title: String,
    pub situation: String,
    pub roles: Vec<String>,
    pub turns: Vec<Spoken>,
}

/// What one player is told.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct Card {
    pub role: String,
    pub brief: String,
}

/// A free conversation.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
pub struct Play {
    pub situation: String,
    pub cards: Vec<Card>,
}

/// Answer to `lesson-text`.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
pub struct TextAnswer {
    pub lines: Vec<Line>,
    pub glosses: Vec<Meaning>,
    pub definitions: Vec<Meaning>,
    pub grammar_explanation: String,
}

/// Answer to `lesson-talk`.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
pub struct TalkAnswer {
    pub objectives: Vec<Said>,
    pub warm_up: Vec<Said>,
    pub dialogue: Conversation,
    pub role_play: Play,
    pub homework: Vec<Said>,
}

/// Most elements of one kind that are looked at.
const MOST: usize = 200;

impl TextAnswer {
    pub fn read(answer: &str) -> Option<Self> {
        let value = json_in(answer)?;
        Some(Self {
            lines: elements(&value, "lines"),
            glosses: elements(&value, "glosses"),
            definitions: elements(&value, "definitions"),
            grammar_explanation: part(&value, "grammar_explanation"),
        })
    }
}

impl TalkAnswer {
    pub fn read(answer: &str) -> Option<Self> {
        let value = json_in(answer)?;
        let dialogue = value.get("dialogue").unwrap_or(&Value::Null);
        let play = value.get("role_play").unwrap_or(&Value::Null);
        Some(Self {
            objectives: elements(&value, "objectives"),
            warm_up: elements(&value, "warm_up"),
            dialogue: Conversation {
                title: part(dialogue, "title"),
                situation: part(dialogue, "situation"),
                roles: elements(dialogue, "roles"),
                turns: part(dialogue, "turns"),
            },
            role_play: Play { situation: part(play, "situation"), cards: part(play, "cards") },
            homework: elements(&value, "homework"),
        })
    }
}

impl Said {
    pub fn read(answer: &str) -> Option<Self> {
        serde_json::from_value(json_in(answer)?).ok()
    }
}

/// The elements of a list that are what they should be.
fn elements<T: DeserializeOwned>(value: &Value, name: &str) -> Vec<T> {
    let list = value.get(name).and_then(Value::as_array);
    list.into_iter().flatten().take(MOST).filter_map(|v| serde_json::from_value(v.clone()).ok()).collect()
}

/// A part that is of use as a whole only.
fn part<T: DeserializeOwned + Default>(value: &Value, name: &str) -> T {
    value.get(name).and_then(|v| serde_json::from_value(v.clone()).ok()).unwrap_or_default()
}

/// The first whole JSON object of an answer, whatever stands before and after it: a fence, a sentence, a second object.
fn json_in(answer: &str) -> Option<Value> {
    answer.match_indices('{').take(20).find_map(|(at, _)| {
        let mut values = serde_json::Deserializer::from_str(answer.get(at..)?).into_iter::<Value>();
        values.next()?.ok().filter(Value::is_object)
    })
}

/// The JSON Schema of an answer as providers take it for structured output: nothing by reference, every field required,
/// none besides.
pub fn schema<T: ToSchema>() -> Value {
    let mut parts: Vec<(String, RefOr<Schema>)> = Vec::new();
    T::schemas(&mut parts);
    let parts: Map<String, Value> =
        parts.into_iter().filter_map(|(name, part)| Some((name, serde_json::to_value(part).ok()?))).collect();
    let mut schema = serde_json::to_value(<T as PartialSchema>::schema()).unwrap_or_default();
    strict(&mut schema, &parts);
    schema
}

fn strict(schema: &mut Value, parts: &Map<String, Value>) {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|r| r.rsplit('/').next()) {
        *schema = parts.get(name).cloned().unwrap_or_default();
    }
    match schema {
        Value::Object(fields) => {
            fields.remove("description");
            let names: Option<Vec<Value>> = fields
                .get("properties")
                .and_then(Value::as_object)
                .map(|properties| properties.keys().map(|name| Value::String(name.clone())).collect());
            if let Some(names) = names {
                fields.insert("required".to_owned(), names.into());
                fields.insert("additionalProperties".to_owned(), false.into());
            }
            fields.values_mut().for_each(|field| strict(field, parts));
        }
        Value::Array(values) => values.iter_mut().for_each(|value| strict(value, parts)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn fences_and_prose_around_an_answer_do_not_matter() {
        let plain = r#"{"text": "Close {the} lid.", "proof": []}"#;
        for answer in [
            plain.to_owned(),
            format!("```json\n{plain}\n```"),
            format!("Here is {{your}} lesson:\n\n{plain}\n\nI hope it helps {{you}}!"),
            format!("\u{feff}{plain}{plain}"),
        ] {
            assert_eq!(json_in(&answer).unwrap()["text"], "Close {the} lid.", "{answer}");
        }
        for answer in ["", "I cannot help with that.", r#"{"text": "Close the"#, "[1, 2]", "null"] {
            assert!(json_in(answer).is_none(), "{answer}");
        }
    }

    #[test]
    fn what_is_of_the_wrong_kind_is_lost_by_itself() {
        let answer = json!({
            "lines": [{"line": "L1", "text": "Close the lid.", "proof": []}, {"line": 2, "text": "x", "proof": []}, "L3"],
            "glosses": "none",
            "definitions": [{"word": "lid", "meaning": "the top of a box"}],
            "grammar_explanation": ["no"],
        });
        let read = TextAnswer::read(&answer.to_string()).unwrap();
        assert_eq!((read.lines.len(), read.glosses.len(), read.definitions.len()), (1, 0, 1));
        assert_eq!(read.grammar_explanation, "");
        let talk = TalkAnswer::read(r#"{"dialogue": {"turns": [{"role": "A", "text": 5}], "roles": ["A"]}}"#).unwrap();
        assert!(talk.dialogue.turns.is_empty(), "a conversation with a hole is none");
    }

    #[test]
    fn the_schema_is_strict_and_whole() {
        let schema = schema::<TalkAnswer>();
        let text = schema.to_string();
        assert!(!text.contains("$ref"));
        let turn = &schema["properties"]["dialogue"]["properties"]["turns"]["items"];
        assert_eq!(turn["required"], json!(["proof", "role", "text"]));
        assert_eq!(turn["additionalProperties"], false);
        assert_eq!(turn["properties"]["proof"]["items"]["properties"]["quote"]["type"], "string");
    }

    #[test]
    fn depth_and_size_are_survived() {
        assert!(json_in(&"{\"a\":".repeat(5000)).is_none());
        assert!(json_in(&"{".repeat(1 << 20)).is_none());
        let many = format!("{{\"lines\": [{}]}}", vec!["{\"line\":\"a\",\"text\":\"b\"}"; 5000].join(","));
        assert_eq!(TextAnswer::read(&many).unwrap().lines.len(), MOST);
    }
}
