//! Active and foreign content: never run, never fetched, but named for the reviewer. And what is refused before anything is read.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{extract::Package, pattern::patterns};

patterns! {
    PDF_SCRIPT = r"(?-u)/(?:JavaScript|JS)[\s(<\[/]";
    PDF_ACTION = r"(?-u)/(?:Launch|SubmitForm|ImportData|GoToR)\b";
    PDF_FILE = r"(?-u)/EmbeddedFiles?\b";
    SCRIPT = r"(?i)<script\b|\bon(?:load|error|click)\s*=|javascript:";
    FRAME = r"(?i)<(?:iframe|object|embed)\b";
    EXTERNAL = r#"(?i)<Relationship\b[^>]*TargetMode\s*=\s*"External"[^>]*>"#;
    HYPERLINK = r#"(?i)Type\s*=\s*"[^"]*/hyperlink""#;
    DATA_EXCHANGE = r"(?i)\bDDE(?:AUTO)?\b[^<]{0,80}|\bINCLUDE(?:TEXT|PICTURE)\b";
}

/// The harmless file with which virus scanners are tried out, in two parts so that no scanner stops at this program.
const EICAR: [&[u8]; 2] = [b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-", b"ANTIVIRUS-TEST-FILE!$H+H*"];
const MAX_PART: u64 = 4 << 20;
/// All parts together: what is looked at here is looked at before anything has judged the archive.
const MAX_PARTS: u64 = 64 << 20;

/// Whether the bytes hold the test virus, also inside of an archive.
pub fn is_infected(bytes: &[u8]) -> bool {
    let virus = EICAR.concat();
    let holds = |bytes: &[u8]| bytes.windows(virus.len()).any(|w| w == virus);
    let mut found = holds(bytes);
    parts(bytes, |_| true, |_, part| found |= holds(part));
    found
}

/// What is in a file that could act, in words for the reviewer.
pub fn notes(bytes: &[u8]) -> Vec<String> {
    let mut notes = Vec::new();
    let mut note = |found: bool, text: &str| {
        if found {
            notes.push(text.to_owned());
        }
    };
    if bytes.starts_with(b"PK") {
        let (mut external, mut exchanges) = (false, false);
        let wanted = |name: &str| has_ending(name, "rels") || name.starts_with("word/") && has_ending(name, "xml");
        parts(bytes, wanted, |name, part| {
            let text = String::from_utf8_lossy(part);
            let mut links = EXTERNAL.find_iter(&text);
            external |= has_ending(name, "rels") && links.any(|found| !HYPERLINK.is_match(found.as_str()));
            exchanges |= text.contains("instrText") && DATA_EXCHANGE.is_match(&text);
        });
        note(external, "The document refers to files elsewhere; they were not fetched.");
        note(exchanges, "The document has fields that fetch data from other programs or files; they were not run.");
    } else if bytes[..bytes.len().min(1024)].windows(5).any(|w| w == b"%PDF-") {
        let source = String::from_utf8_lossy(bytes);
        note(PDF_SCRIPT.is_match(&source), "The PDF contains scripts; they were not run.");
        note(
            PDF_ACTION.is_match(&source),
            "The PDF contains actions that start programs or send data; they were not run.",
        );
        note(PDF_FILE.is_match(&source), "The PDF contains attached files; they were not opened.");
    } else if let Ok(source) = std::str::from_utf8(bytes) {
        note(SCRIPT.is_match(source), "The document contains scripts; they were not run.");
        note(FRAME.is_match(source), "The document embeds other pages or objects; they were not fetched.");
    }
    notes
}

/// Whether a part of the package is of this kind; Office writes the names in small letters, others may not.
fn has_ending(name: &str, ending: &str) -> bool {
    std::path::Path::new(name).extension().is_some_and(|own| own.eq_ignore_ascii_case(ending))
}

/// Shows the first parts of an archive with such names, one at a time; none where it is no archive, or one that unpacks to
/// far more than documents do.
fn parts(bytes: &[u8], wanted: impl Fn(&str) -> bool, mut see: impl FnMut(&str, &[u8])) {
    if !bytes.starts_with(b"PK") || Package::open(bytes).is_err() {
        return;
    }
    let Ok(mut zip) = ZipArchive::new(Cursor::new(bytes)) else { return };
    let mut left = MAX_PARTS;
    for at in 0..zip.len() {
        let Ok(entry) = zip.by_index(at) else { continue };
        let Ok(name) = entry.name().map(std::borrow::Cow::into_owned) else { continue };
        let mut part = Vec::new();
        if left > 0 && wanted(&name) && entry.take(MAX_PART.min(left)).read_to_end(&mut part).is_ok() {
            see(&name, &part);
            left -= part.len() as u64;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_act_is_named() {
        assert_eq!(notes(b"%PDF-1.4 << /S /JavaScript /JS (app.alert(1)) >> << /S /Launch >>").len(), 2);
        assert_eq!(notes(b"<p>Wash</p><script>x()</script>").len(), 1);
        assert!(notes(b"# Doors\n\n1. Open the door.\n").is_empty());
    }

    #[test]
    fn the_test_virus_is_found() {
        assert!(is_infected(&EICAR.concat()));
        assert!(!is_infected(b"Wash your hands."));
    }
}
