#![no_main]
//! Word documents: body, styles, numbering.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let [body, styles, numbering] = sop_ingest_fuzz::cut(bytes);
    let parts = [("word/document.xml", body), ("word/styles.xml", styles), ("word/numbering.xml", numbering)];
    sop_ingest_fuzz::check(&sop_ingest_fuzz::package(&parts), "a.docx");
});
