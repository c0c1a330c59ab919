//! What a new version of a SOP touches, and what it leaves alone.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use course_format::course::{CourseImpact, CoursePackage, Relation};
use course_format::sop::{
    ChangeKind, ClauseChange, ClauseState, DiffSummary, ParsedSops, SafetyChange, SopDiff, WordChange,
};
use events::payloads::{CourseGenerated, CourseImpactReady, CourseRegenerationRequested, ParsedSop, SopVersionChanged};
use serde_json::Value;
use uuid::Uuid;

use crate::app::{HOTEL, TestApp};

const WAS: &str = "Wait 10 seconds, then knock again.";
const IS: &str = "Wait 15 seconds, then knock again.";

/// The hotel's SOP with another time in one step, and what that changed.
fn edited() -> (String, SopDiff) {
    let old: ParsedSops = serde_json::from_str(HOTEL).unwrap();
    let at = old.documents[0].clauses.iter().position(|c| c.text == WAS).unwrap();
    let id = old.documents[0].clauses[at].id.0.clone();
    let text = HOTEL.replace(WAS, IS).replace(&id, "c-ffff00001111").replace("\"10 seconds\"", "\"15 seconds\"");
    let mut new: ParsedSops = serde_json::from_str(&text).unwrap();
    let document = &mut new.documents[0];
    document.version.number = 2;
    document.version.sha256 = "b".repeat(64);
    let change = ClauseChange {
        change: ChangeKind::Edited,
        moved: false,
        old: ClauseState::at(&old.documents[0].clauses, at),
        new: ClauseState::at(&document.clauses, at),
        words: vec![WordChange { old: "10".to_owned(), new: "15".to_owned() }],
        safety: Some(SafetyChange { literals: true, ..SafetyChange::default() }),
    };
    let unchanged = document.clauses.iter().filter(|c| c.text != IS).map(|c| c.id.clone()).collect();
    let diff = SopDiff {
        document_id: document.document_id,
        title: document.title.clone(),
        from: old.documents[0].version.clone(),
        to: document.version.clone(),
        summary: DiffSummary { edited: 1, critical: 1, ..DiffSummary::default() },
        unchanged,
        changes: vec![change],
    };
    (serde_json::to_string(&new).unwrap(), diff)
}

fn run(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_course-gen-service")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn drafted(folder: &std::path::Path, name: &str, sop: &str, previous: Option<&str>) -> CoursePackage {
    let (file, out) = (folder.join(format!("{name}.sop.json")), folder.join(name));
    std::fs::write(&file, sop).unwrap();
    let (file, out_path) = (file.display().to_string(), out.display().to_string());
    let previous = previous.map(|name| folder.join(name).join("course.json").display().to_string());
    let mut arguments = vec!["draft", "--level", "B1", "--no-pdf", "--sop", &file, "--out", &out_path];
    arguments.extend(previous.iter().flat_map(|path| ["--previous", path.as_str()]));
    run(&arguments);
    serde_json::from_slice(&std::fs::read(out.join("course.json")).unwrap()).unwrap()
}

/// Everything that has an id, with its bytes; of a thing that holds other such things, only the ids.
fn elements(value: &Value, out: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(fields) => {
            let inner = |v: &Value| v.as_array().is_some_and(|a| a.iter().any(|e| e.get("id").is_some()));
            let leaf = !fields.values().any(inner)
                && fields.contains_key("stem") | fields.contains_key("text") | fields.contains_key("term");
            // The options of an exercise are lettered anew in each of them; they are compared with their exercise.
            let id = fields.get("id").and_then(Value::as_str).filter(|id| Uuid::parse_str(id).is_ok());
            if let (Some(id), true) = (id, leaf) {
                out.insert(id.to_owned(), value.to_string());
            }
            fields.values().for_each(|v| elements(v, out));
        }
        Value::Array(items) => items.iter().for_each(|v| elements(v, out)),
        _ => {}
    }
}

#[test]
fn an_edited_step_touches_what_names_it_and_the_rest_keeps_its_bytes() {
    let folder = std::env::temp_dir().join(format!("impact-{}", Uuid::new_v4()));
    std::fs::create_dir_all(&folder).unwrap();
    let (sop, diff) = edited();
    let (first, second) = (drafted(&folder, "one", HOTEL, None), drafted(&folder, "two", &sop, Some("one")));
    std::fs::write(folder.join("diff.json"), serde_json::to_string(&diff).unwrap()).unwrap();
    let (course, changes) = (folder.join("one/course.json"), folder.join("diff.json"));
    let (shown, why) = (["impact", "--course", course.to_str().unwrap()], ["--diff", changes.to_str().unwrap()]);
    let page = run(&[&shown[..], &why[..]].concat());
    assert!(page.contains("Why\n") && page.contains(WAS) && page.contains(IS), "{page}");
    let arguments = ["impact", "--json", "--course", course.to_str().unwrap(), "--diff", changes.to_str().unwrap()];
    let impact: CourseImpact = serde_json::from_str(&run(&arguments)).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();

    assert_eq!(impact.clauses.len(), 1);
    assert!(impact.clauses[0].critical && impact.clauses[0].becomes.as_deref() == Some(IS));
    let touched: BTreeSet<String> = impact.elements().map(|e| e.element_id.to_string()).collect();
    assert!(!touched.is_empty());
    // Whatever quotes the old words is among them.
    let (mut old, mut new) = (BTreeMap::new(), BTreeMap::new());
    elements(&serde_json::to_value(&first.course).unwrap(), &mut old);
    elements(&serde_json::to_value(&second.course).unwrap(), &mut new);
    for (id, bytes) in old.iter().filter(|(_, bytes)| bytes.contains("10 seconds, then knock")) {
        assert!(touched.contains(id), "{bytes}");
    }
    let others: Vec<_> = old.iter().filter(|(id, _)| !touched.contains(*id)).collect();
    for (id, bytes) in others {
        assert_eq!(new.get(id), Some(bytes));
    }
}

#[test]
fn texts_of_unchanged_clauses_are_taken_over_from_the_version_before() {
    let folder = std::env::temp_dir().join(format!("impact-{}", Uuid::new_v4()));
    std::fs::create_dir_all(&folder).unwrap();
    let (sop, _) = edited();
    let mut first = drafted(&folder, "one", HOTEL, None);
    // As a person or a model would have written it.
    let lines = first.course.units.iter_mut().flat_map(|u| &mut u.lessons).flat_map(|l| &mut l.reading.lines);
    // The sentences around the text have no clause.
    for line in lines.filter(|l| !l.text.provenance.is_empty()) {
        line.text.text = format!("{} (by hand)", line.text.text);
        line.text.relation = Relation::Compress;
    }
    let (previous, file) = (folder.join("previous.json"), folder.join("two.sop.json"));
    std::fs::write(&previous, serde_json::to_string(&first).unwrap()).unwrap();
    std::fs::write(&file, sop).unwrap();
    let path = |path: &std::path::Path| path.display().to_string();
    let out = folder.join("two");
    let arguments = ["draft", "--level", "B1", "--no-pdf", "--sop", &path(&file), "--previous", &path(&previous)];
    run(&[&arguments[..], &["--out", &path(&out)]].concat());
    let second: CoursePackage = serde_json::from_slice(&std::fs::read(out.join("course.json")).unwrap()).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();

    assert_eq!(second.course.course_id, first.course.course_id);
    let lines = second.course.lessons().flat_map(|l| &l.reading.lines).filter(|l| !l.text.provenance.is_empty());
    let (by_hand, anew): (Vec<_>, Vec<_>) = lines.partition(|l| l.text.text.ends_with("(by hand)"));
    assert!(by_hand.len() > 10 * anew.len(), "{} and {}", by_hand.len(), anew.len());
    assert!(anew.iter().any(|line| line.text.text.contains("15 seconds")));
    assert!(by_hand.iter().all(|line| !line.text.text.contains("10 seconds, then")));
}

#[tokio::test]
async fn a_new_version_is_told_for_the_course_and_made_only_when_somebody_asks() {
    let app = TestApp::spawn().await;
    let ready = app.ready(Uuid::now_v7(), HOTEL).await;
    app.deliver(&ready).await;
    app.work().await;
    let generated = app.probe.events::<CourseGenerated>().await.remove(0);

    let (sop, diff) = edited();
    let from = ready.sops[0].clone();
    let to = ParsedSop { version: 2, ..app.ready(ready.client_id, &sop).await.sops.remove(0) };
    let diff_key = app.put(&serde_json::to_vec(&diff).unwrap()).await;
    let changed = SopVersionChanged {
        request_id: ready.request_id,
        client_id: ready.client_id,
        document_id: from.document_id,
        file_name: "rooms.docx".to_owned(),
        diff_bucket: from.bucket.clone(),
        from,
        to: to.clone(),
        summary: diff.summary,
        diff_key,
    };
    let stranger = SopVersionChanged { client_id: Uuid::now_v7(), ..changed.clone() };
    app.deliver(&stranger).await;
    let envelope = app.deliver(&changed).await;
    app.redeliver(&envelope).await;
    app.work().await;
    let told = app.probe.events::<CourseImpactReady>().await;
    assert_eq!(told.iter().map(|t| (t.course_id, t.version)).collect::<Vec<_>>(), [(generated.course_id, 1)]);
    assert!(told[0].impact.elements().count() > 0);
    assert_eq!(app.probe.events::<CourseGenerated>().await.len(), 1);

    let info = events::CATALOG.iter().find(|i| i.event_type == "course.regeneration_requested.v1").unwrap();
    let mut wish: CourseRegenerationRequested = serde_json::from_value((info.example)()).unwrap();
    (wish.course_id, wish.client_id, wish.version) = (generated.course_id, ready.client_id, 1);
    wish.request_id = ready.request_id;
    // The whole course, not one element of it.
    wish.element_id = None;
    app.deliver(&wish).await;
    app.work().await;
    let second = app.probe.events::<CourseGenerated>().await.remove(1);
    let course = app.package(&second).await.course;
    assert_eq!((second.version, course.sops[0].version), (2, 2));
}
