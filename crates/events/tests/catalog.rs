//! The golden files and `docs/EVENTS.md` say what the types say. `UPDATE=1 cargo test -p events` rewrites them.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

use std::{fs, path::Path};

use events::{CATALOG, Envelope, Event, Topic, payloads as p};

fn committed(path: &Path, expected: &str) {
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, expected).unwrap();
    }
    let found = fs::read_to_string(path).unwrap_or_default();
    assert!(found == expected, "{} is out of date: UPDATE=1 cargo test -p events", path.display());
}

#[test]
fn every_event_type_has_its_golden_file() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden");
    for event in CATALOG {
        let json = serde_json::to_string_pretty(&(event.example)()).unwrap() + "\n";
        committed(&folder.join(format!("{}.json", event.event_type)), &json);
    }
    assert_eq!(fs::read_dir(folder).unwrap().count(), CATALOG.len(), "a golden file without an event");
}

#[test]
fn the_event_documentation_is_the_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/EVENTS.md");
    committed(&path, &events::markdown().unwrap());
}

fn round_trip<E: Event>() {
    let info = CATALOG.iter().find(|i| i.event_type == E::TYPE).expect("in the catalogue");
    let mut data = (info.example)();
    let read: E = serde_json::from_value(data.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), data);
    data["a_field_of_next_year"] = true.into();
    let tolerant: E = serde_json::from_value(data).unwrap();
    let envelope = Envelope::new("test", &tolerant).unwrap();
    let bytes = serde_json::to_vec(&envelope).unwrap();
    let back = Envelope::from_bytes(&bytes).unwrap();
    assert_eq!(back.subject, tolerant.key());
    assert_eq!(back.topic(), Some(E::TOPIC));
    assert!(back.payload::<E>().is_ok());
}

#[test]
fn every_payload_survives_the_wire_and_ignores_fields_it_does_not_know() {
    macro_rules! all { ($($t:ident),*) => { [$({ round_trip::<p::$t>(); p::$t::TYPE }),*] } }
    let seen = all!(
        UserAccount,
        CourseCreationOrdered,
        CourseCreationCancelled,
        SopReplaced,
        SopProcessed,
        SopVersionChanged,
        SopFailed,
        SopRequestReady,
        SopRequestFailed,
        CourseOutlineReady,
        CourseOutlineApproved,
        CourseLessonReady,
        CourseGenerated,
        CourseImpactReady,
        CourseGenerationFailed,
        CourseChangesRequested,
        CourseRegenerationRequested,
        CourseApproved,
        CoursePublished,
        CourseAssigned,
        CourseUnassigned,
        LearningStarted,
        LessonCompleted,
        AssessmentCompleted,
        SubmissionReceived,
        SessionScheduled,
        SessionHeld,
        SubmissionGraded,
        FeedbackSubmitted,
        NotificationDelivered,
        NotificationFailed
    );
    assert_eq!(seen.len(), CATALOG.len());
}

#[test]
fn another_events_payload_is_refused() {
    let envelope = Envelope::new(
        "test",
        &serde_json::from_value::<p::LearningStarted>(
            CATALOG.iter().find(|i| i.event_type == p::LearningStarted::TYPE).map(|i| (i.example)()).unwrap(),
        )
        .unwrap(),
    )
    .unwrap();
    assert!(envelope.payload::<p::LessonCompleted>().is_err());
}

#[test]
fn the_topic_table_names_every_topic() {
    let table = events::topic_table().unwrap();
    let names: Vec<_> = table.iter().map(|t| t.name.as_str()).collect();
    assert_eq!(names, Topic::ALL.map(Topic::name));
    for name in names {
        assert_eq!(Topic::from_name(name).map(Topic::name), Some(name));
    }
}
