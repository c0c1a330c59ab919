//! Google's OpenAI-compatible endpoint: it answers 400 to fields that it does not know, takes a subset of JSON Schema, and
//! says in the body of a 429 how long to wait (read in `wire`).

use serde_json::Value;

pub const BASE_URL: &str = "https://generativelanguage.googleapis.com/v1beta/openai";
pub const MODEL: &str = "gemini-2.5-pro";

pub fn shape(request: &mut Value) {
    if let Some(fields) = request.as_object_mut()
        && let Some(most) = fields.remove("max_completion_tokens")
    {
        fields.insert("max_tokens".to_owned(), most);
    }
    if let Some(schema) = request.pointer_mut("/response_format/json_schema") {
        if let Some(fields) = schema.as_object_mut() {
            fields.remove("strict");
        }
        without_unknown(schema);
    }
}

fn without_unknown(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            fields.remove("additionalProperties");
            fields.values_mut().for_each(without_unknown);
        }
        Value::Array(values) => values.iter_mut().for_each(without_unknown),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn nothing_is_sent_that_it_does_not_know() {
        let mut request = json!({
            "max_completion_tokens": 5,
            "response_format": {"type": "json_schema", "json_schema": {"strict": true, "schema": {
                "type": "object", "additionalProperties": false,
                "properties": {"a": {"type": "array", "items": {"type": "object", "additionalProperties": false}}},
            }}},
        });
        shape(&mut request);
        assert_eq!(request["max_tokens"], 5);
        assert!(!request.to_string().contains("additionalProperties") && !request.to_string().contains("strict"));
    }
}
