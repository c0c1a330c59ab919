use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use uuid::Uuid;

use crate::app::HOTEL;

struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let path = std::env::temp_dir().join(format!("draft-{}", Uuid::new_v4()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, content: &str) -> PathBuf {
        let path = self.0.join("sop.json");
        std::fs::write(&path, content).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn draft(sop: &Path, out: &Path, level: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_course-gen-service"))
        .args(["draft", "--level", level, "--sop"])
        .arg(sop)
        .arg("--out")
        .arg(out)
        .output()
        .unwrap()
}

fn refusal(content: &str) -> String {
    let folder = Folder::new();
    let output = draft(&folder.file(content), &folder.0.join("out"), "B1");
    assert!(!output.status.success());
    assert!(!folder.0.join("out/course.json").exists());
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_draft_needs_no_server_and_is_the_same_every_time() {
    let folder = Folder::new();
    let sop = folder.file(HOTEL);
    for out in ["one", "two"] {
        assert!(draft(&sop, &folder.0.join(out), "B1").status.success());
    }
    for name in ["course.json", "quality.json", "course.html"] {
        let bytes = |out: &str| std::fs::read(folder.0.join(out).join(name)).unwrap();
        assert_eq!(bytes("one"), bytes("two"), "{name}");
    }
}

#[test]
fn what_is_no_parsed_sop_is_refused_with_the_place() {
    assert!(refusal("").contains("is empty"));
    assert!(refusal("{\"documents\": []}").contains("no SOP"));
    assert!(refusal("{\"documents\": [{\"document_id\": 5}]}").contains("documents[0].document_id"));
    assert!(refusal("hello").contains("not in the format that is needed here"));
    let damaged = HOTEL.replacen("Knock three times", "Knock four times", 1);
    assert!(refusal(&damaged).contains("damaged"), "a clause that does not stand at its span");
}

#[test]
fn an_unknown_level_is_refused() {
    let folder = Folder::new();
    let output = draft(&folder.file(HOTEL), &folder.0, "B3");
    assert!(String::from_utf8(output.stderr).unwrap().contains("not a CEFR level"));
}

#[test]
fn hostile_text_stays_text() {
    let folder = Folder::new();
    // As long as the title that it replaces, so that every span still fits.
    let hostile = HOTEL.replace("Cleaning a Departure Room", "</script><script>alert(1)");
    let output = draft(&folder.file(&hostile), &folder.0, "B1");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let html = std::fs::read_to_string(folder.0.join("course.html")).unwrap();
    assert!(!html.contains("<script>alert"));
    assert!(html.contains("&lt;/script&gt;&lt;script&gt;alert(1)"));
}
