//! Generated files are committed and may not drift: `UPDATE=1 cargo test -p course-format` writes them again.

use std::path::Path;

use course_format::course::CoursePackage;
use course_format::schema::{course_schema, sop_schema};
use course_format::sop::ParsedSops;
use course_format::{package_bytes, package_hash, sha256_hex};
use serde::Serialize;
use serde_json::Value;

use crate::sample::package;
use crate::sample_sop::sop;

fn pretty(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap() + "\n"
}

fn assert_current(file: &str, expected: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, expected).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap();
    assert!(committed == expected, "{file} is out of date: UPDATE=1 cargo test -p course-format");
    committed
}

#[test]
fn the_committed_schemas_are_those_of_the_types() {
    assert_current("schema/sop.schema.json", &pretty(&sorted(sop_schema().unwrap())));
    assert_current("schema/course.schema.json", &pretty(&sorted(course_schema().unwrap())));
}

#[test]
fn the_committed_files_are_what_is_written_and_read() {
    let sops = ParsedSops { documents: vec![sop()] };
    let written = assert_current("tests/golden/sop.json", &pretty(&sops));
    assert_eq!(serde_json::from_str::<ParsedSops>(&written).unwrap(), sops);
    let written = assert_current("tests/golden/course.json", &pretty(&package()));
    assert_eq!(serde_json::from_str::<CoursePackage>(&written).unwrap(), package());
}

#[test]
fn every_reference_of_a_schema_has_its_definition() {
    for schema in [sop_schema().unwrap(), course_schema().unwrap()] {
        let mut targets = Vec::new();
        references(&schema, &mut targets);
        assert!(targets.len() > 10);
        for target in targets {
            assert!(schema.pointer(target.trim_start_matches('#')).is_some(), "{target}");
        }
    }
}

fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(target)) = fields.get("$ref") {
                found.push(target.clone());
            }
            fields.values().for_each(|field| references(field, found));
        }
        Value::Array(entries) => entries.iter().for_each(|entry| references(entry, found)),
        _ => {}
    }
}

/// The same text whether or not another crate of the build asks `serde_json` to keep insertion order.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<(String, Value)> = fields.into_iter().collect();
            fields.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(fields.into_iter().map(|(name, field)| (name, sorted(field))).collect())
        }
        Value::Array(entries) => Value::Array(entries.into_iter().map(sorted).collect()),
        other => other,
    }
}

#[test]
fn the_same_course_has_the_same_name() {
    let bytes = package_bytes(&package()).unwrap();
    let read: CoursePackage = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(package_bytes(&read).unwrap(), bytes);
    assert_eq!(package_hash(&read).unwrap(), sha256_hex(&bytes));
}

#[test]
fn one_changed_letter_changes_the_name() {
    let mut changed = package();
    changed.course.title.push('.');
    assert_ne!(package_hash(&changed).unwrap(), package_hash(&package()).unwrap());
}

#[test]
fn a_hash_is_lower_case_hex() {
    assert_eq!(sha256_hex(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
