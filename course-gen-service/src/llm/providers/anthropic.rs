//! Anthropic's OpenAI-compatible endpoint: it ignores `response_format`, so the schema travels in the instructions, and
//! answers may come with a fence or a sentence around the JSON.

use serde_json::Value;

pub const BASE_URL: &str = "https://api.anthropic.com/v1";
pub const MODEL: &str = "claude-sonnet-4-5";

pub fn shape(request: &mut Value) {
    let Some(fields) = request.as_object_mut() else { return };
    let format = fields.remove("response_format");
    let schema = format.as_ref().and_then(|f| f.pointer("/json_schema/schema"));
    let first = fields.get_mut("messages").and_then(|m| m.get_mut(0)).and_then(|m| m.get_mut("content"));
    if let (Some(schema), Some(Value::String(instructions))) = (schema, first) {
        instructions.push_str("\n\nAnswer with one JSON value and nothing else. It follows this JSON Schema:\n");
        instructions.push_str(&schema.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_schema_moves_into_the_instructions() {
        let mut request = json!({
            "messages": [{"role": "system", "content": "Write."}, {"role": "user", "content": "{}"}],
            "response_format": {"type": "json_schema", "json_schema": {"name": "a", "schema": {"type": "object"}}},
        });
        shape(&mut request);
        assert!(request.get("response_format").is_none());
        let system = request["messages"][0]["content"].as_str().unwrap();
        assert!(system.starts_with("Write.") && system.ends_with("{\"type\":\"object\"}"));
        assert_eq!(request["messages"][1]["content"], "{}");
    }
}
