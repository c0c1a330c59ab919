//! The two file formats as JSON Schema (2020-12), from the same types that read and write them.

use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use utoipa::openapi::{RefOr, Schema};

use crate::course::CoursePackage;
use crate::sop::ParsedSops;

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Of `sop.json`.
///
/// # Errors
/// Serialising is fallible by its type only.
pub fn sop_schema() -> serde_json::Result<Value> {
    schema_of::<ParsedSops>()
}

/// Of `course.json`.
///
/// # Errors
/// As [`sop_schema`].
pub fn course_schema() -> serde_json::Result<Value> {
    schema_of::<CoursePackage>()
}

fn schema_of<T: ToSchema>() -> serde_json::Result<Value> {
    let mut parts: Vec<(String, RefOr<Schema>)> = Vec::new();
    T::schemas(&mut parts);
    parts.push((T::name().into_owned(), T::schema()));
    parts.sort_by(|a, b| a.0.cmp(&b.0));
    let mut definitions = Map::new();
    for (name, part) in parts {
        let mut part = serde_json::to_value(part)?;
        point_to_definitions(&mut part);
        close_variants(&mut part);
        definitions.insert(name, part);
    }
    Ok(json!({
        "$schema": DIALECT,
        "title": T::name(),
        "$ref": format!("#/$defs/{}", T::name()),
        "$defs": definitions,
    }))
}

/// OpenAPI keeps its schemas elsewhere than JSON Schema does.
fn point_to_definitions(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                match field {
                    Value::String(target) if name == "$ref" => {
                        *target = target.replace("#/components/schemas/", "#/$defs/");
                    }
                    other => point_to_definitions(other),
                }
            }
        }
        Value::Array(entries) => entries.iter_mut().for_each(point_to_definitions),
        _ => {}
    }
}

/// Readers refuse unknown fields in the variants of items, answers and gap pieces; OpenAPI's form leaves that out.
fn close_variants(part: &mut Value) {
    let variants = part.get_mut("oneOf").and_then(Value::as_array_mut);
    for variant in variants.into_iter().flatten().filter_map(Value::as_object_mut) {
        if variant.contains_key("properties") {
            variant.insert("additionalProperties".to_owned(), Value::Bool(false));
        }
    }
}
