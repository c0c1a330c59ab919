#![no_main]
//! Archives: their bytes, and a document in a sound one.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    sop_ingest_fuzz::check(&[b"PK\x03\x04", bytes].concat(), "a.zip");
    let parts = [("word/document.xml", bytes)];
    let inner = sop_ingest_fuzz::package(&parts);
    let [name, text] = sop_ingest_fuzz::cut(bytes);
    let name = String::from_utf8_lossy(name);
    sop_ingest_fuzz::check(&sop_ingest_fuzz::archive(&[(&name, text), ("b.docx", &inner)]), "a.zip");
});
