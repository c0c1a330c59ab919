//! The readers of files, compiled for the fuzzer from the service's own source, and what must hold of everything they read.

#![expect(dead_code, reason = "the service calls what the fuzzer does not")]

use std::{
    collections::HashSet,
    io::{Cursor, Write},
};

use zip::{ZipWriter, write::SimpleFileOptions};

pub mod pipeline;

/// Reads the bytes twice: a document in which every span holds, or a refusal, and the same both times.
pub fn check(bytes: &[u8], name: &str) {
    let first = pipeline::read(bytes, name);
    assert_eq!(first, pipeline::read(bytes, name));
    let Ok(document) = first else { return };
    assert_eq!(course_format::validate::validate_sop(&document), []);
    let (mut ids, mut end) = (HashSet::new(), 0);
    for clause in &document.clauses {
        assert_eq!(clause.span.of(&document.text), Some(clause.text.as_str()));
        assert!(clause.span.start >= end && ids.insert(&clause.id));
        end = clause.span.end;
        for literal in &clause.literals {
            assert_eq!(literal.span.of(&document.text), Some(literal.text.as_str()));
        }
    }
}

/// An archive with these parts, as Office packs its documents.
pub fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    archive(&[[("[Content_Types].xml", b"<Types/>".as_slice())].as_slice(), parts].concat())
}

/// An archive of these files.
pub fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        // Names that no archive can hold are left out.
        if zip.start_file(*name, SimpleFileOptions::default()).is_ok() {
            assert!(zip.write_all(bytes).is_ok(), "a part is written to memory");
        }
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// What stands before the first zero byte, between the first and the second, and so on: several parts from one input.
pub fn cut<const N: usize>(bytes: &[u8]) -> [&[u8]; N] {
    let mut parts = bytes.splitn(N, |byte| *byte == 0);
    std::array::from_fn(|_| parts.next().unwrap_or_default())
}

/// A PDF of one page with these commands, and this table of letters in its font.
pub fn page(commands: &[u8], letters: &[u8]) -> Vec<u8> {
    let stream = |bytes: &[u8]| {
        [format!("<< /Length {} >>\nstream\n", bytes.len()).as_bytes(), bytes, b"\nendstream"].concat()
    };
    let objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_vec(),
        stream(commands),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>".to_vec(),
        stream(letters),
    ];
    let (mut out, mut places) = (b"%PDF-1.4\n".to_vec(), Vec::new());
    for (number, object) in (1..).zip(&objects) {
        places.push(out.len());
        out.extend(format!("{number} 0 obj\n").bytes().chain(object.iter().copied()).chain(*b"\nendobj\n"));
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    places.iter().for_each(|place| out.extend(format!("{place:010} 00000 n \n").bytes()));
    out.extend(format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1).bytes());
    out
}
