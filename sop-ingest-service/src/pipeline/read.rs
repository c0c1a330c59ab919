//! One file from its bytes to a parsed SOP.

use std::collections::HashSet;

use course_format::sop::{Section, SopDocument, SopVersion};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Refusal, active, extract, identify, language, metadata, procedures, profile, redact, structure};

/// Longer texts are books and not procedures.
const MAX_TEXT: usize = 4 << 20;

/// Documents read without a service get an id from their bytes.
const OFFLINE: Uuid = Uuid::from_u128(0x8f1d_2c53_6a0b_4d8e_9a57_0f3b_91c2_7e64);

/// Reads one file. The same bytes and name give the same document, id included.
pub fn read(bytes: &[u8], file_name: &str) -> Result<SopDocument, Refusal> {
    read_by_stages(bytes, file_name, &mut |_| {})
}

/// As [`read`]; says when a stage is done.
pub fn read_by_stages(bytes: &[u8], file_name: &str, done: &mut dyn FnMut(&str)) -> Result<SopDocument, Refusal> {
    safe_name(file_name)?;
    if active::is_infected(bytes) {
        return Err(Refusal::MalwareFound);
    }
    let file = identify::identify(bytes, file_name)?;
    let format = file.format();
    done("identify");
    let extracted = extract::extract(file)?;
    if extracted.blocks.iter().map(|b| b.text.len()).sum::<usize>() > MAX_TEXT {
        return Err(Refusal::TooLarge);
    }
    done("extract");
    let pages = extracted.pages;
    let notes = extracted.notes.iter().cloned().chain(active::notes(bytes)).collect();
    let structured = structure::structure(extracted, &title_from(file_name));
    language::require_english(&structured.text)?;
    done("structure");
    let clauses = profile::clauses(&structured);
    let procedures = procedures::find(&structured, &clauses);
    let terms = profile::terms(&clauses);
    let labels: Vec<String> = structured.sections.iter().filter_map(|s| s.label.clone()).collect();
    let defects = profile::defects(&clauses, &procedures, &terms, &labels);
    done("profile");
    let sha256 = hex::encode(Sha256::digest(bytes));
    let used: HashSet<usize> = structured.clauses.iter().map(|c| c.section).collect();
    let sections = (0..structured.sections.len()).filter(|at| used.contains(at)).map(|at| {
        let s = &structured.sections[at];
        Section {
            path: s.path.clone(),
            title: s.title.clone(),
            depth: s.depth.max(1),
            page: s.page,
            heading: s.heading.map(|h| clauses[h].id.clone()),
        }
    });
    Ok(SopDocument {
        document_id: Uuid::new_v5(&OFFLINE, sha256.as_bytes()),
        version: SopVersion { number: 1, sha256, effective_date: metadata::effective_date(&clauses) },
        file_name: file_name.to_owned(),
        format,
        language: "en".to_owned(),
        pages,
        sections: sections.collect(),
        profile: profile::summary(&structured.text, &clauses),
        personal: redact::find(&clauses),
        title: structured.title,
        text: structured.text,
        clauses,
        procedures,
        terms,
        defects,
        notes,
    })
}

/// A name that could point outside its folder, or that draws something else than it is, is refused before the file is read.
pub fn safe_name(name: &str) -> Result<(), Refusal> {
    let hostile = |c: char| {
        c.is_control()
            || matches!(c, '/' | '\\' | '\0' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    let unsafe_name =
        name.trim().is_empty() || name.chars().count() > 255 || name.chars().any(hostile) || matches!(name, "." | "..");
    if unsafe_name { Err(Refusal::UnsafeFileName) } else { Ok(()) }
}

/// "kitchen-storage_procedure.scan.pdf" is "Kitchen storage procedure": how a file came to be is no part of its name.
fn title_from(file_name: &str) -> String {
    const ORIGIN: [&str; 5] = ["scan", "scanned", "copy", "final", "signed"];
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    let words = stem.replace(['-', '_', '.'], " ");
    let mut words: Vec<&str> = words.split_whitespace().collect();
    while words.len() > 1 && words.last().is_some_and(|w| ORIGIN.contains(&w.to_lowercase().as_str())) {
        words.pop();
    }
    let words = words.join(" ");
    let mut letters = words.chars();
    letters.next().map_or_else(|| "Untitled".to_owned(), |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::title_from;

    #[test]
    fn a_document_without_a_title_is_called_after_its_file() {
        assert_eq!(title_from("kitchen-storage_procedure.md"), "Kitchen storage procedure");
        assert_eq!(title_from("kitchen-storage-procedure.scan.pdf"), "Kitchen storage procedure");
        assert_eq!(title_from("scan.pdf"), "Scan");
    }
}
