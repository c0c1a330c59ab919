//! Good files from `examples/sops`, and bad ones made here.

use std::io::{Cursor, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

pub fn example(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../examples/sops/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

pub const KITCHEN: &str = "kitchen-cold-storage.md";
pub const HOTEL: &str = "hotel-departure-room.docx";
pub const LABORATORY: &str = "laboratory-buffer-preparation.pdf";

pub fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub fn docx(body: &str) -> Vec<u8> {
    let document = format!(
        r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>"#
    );
    zip(&[("[Content_Types].xml", b"<Types/>".as_slice()), ("word/document.xml", document.as_bytes())])
}

/// Eight megabytes of nothing in eight kilobytes.
pub fn bomb() -> Vec<u8> {
    zip(&[("[Content_Types].xml", b"<Types/>".as_slice()), ("word/document.xml", &vec![b' '; 8 << 20])])
}

/// A PDF with the marks of encryption in its trailer.
pub fn encrypted() -> Vec<u8> {
    let mut bytes = example(LABORATORY);
    let at = bytes.windows(7).rposition(|w| w == b"trailer").unwrap() + 7;
    let insert = b"\n<< /Encrypt << /Filter /Standard /V 1 /R 2 /O (x) /U (y) /P -4 >> ";
    let dictionary = bytes[at..].windows(2).position(|w| w == b"<<").unwrap() + at;
    bytes.splice(at..dictionary + 2, insert.iter().copied());
    bytes
}

/// Every bad file with the code that it must be refused with.
pub fn bad() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let pdf = example(LABORATORY);
    let truncated = pdf[..pdf.len() / 2].to_vec();
    let german =
        "Der Koch wäscht die Hände und trocknet sie mit einem Tuch. Das Fleisch ist nicht für den Kühlschrank. "
            .repeat(4);
    vec![
        ("empty.pdf", Vec::new(), "empty_file"),
        ("spaces.md", b"  \n\t \n".to_vec(), "no_text"),
        ("signs.md", b"---\n\n***\n".to_vec(), "no_text"),
        ("encrypted.pdf", encrypted(), "encrypted_pdf"),
        ("truncated.pdf", truncated, "damaged_pdf"),
        ("header-only.pdf", b"%PDF-1.7\n%%EOF\n".to_vec(), "damaged_pdf"),
        ("renamed.docx", zip(&[("notes.txt", b"hello".as_slice())]), "not_a_docx"),
        ("broken.docx", b"PK\x03\x04 this is no archive".to_vec(), "damaged_docx"),
        ("unclosed.docx", docx("<w:p><w:r><w:t>Wash</w:t>"), "damaged_docx"),
        ("pictures.docx", docx("<w:p/>"), "no_text"),
        ("bomb.docx", bomb(), "archive_bomb"),
        ("photo.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "damaged_picture"),
        ("slip.zip", zip(&[("../a.txt", b"hello".as_slice())]), "unsafe_archive"),
        ("nested.zip", zip(&[("a.zip", zip(&[("a.txt", b"hello".as_slice())]).as_slice())]), "nested_archive"),
        ("blank.zip", zip(&[("a.txt", b" ".as_slice())]), "no_documents"),
        ("old.doc", vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], "old_or_protected_office"),
        ("deep.html", format!("<html><body>{}<p>deep</p>", "<div>".repeat(20_000)).into_bytes(), "too_deep"),
        ("deep.docx", docx(&"<w:sdt>".repeat(2_000)), "too_deep"),
        ("german.txt", german.into_bytes(), "not_english"),
    ]
}
