#![no_main]
//! The interpreter of PDF pages and the layout of their letters.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let [commands, letters] = sop_ingest_fuzz::cut(bytes);
    // A page without letters is taken for a scan; this line keeps it from being one.
    let words = b"BT /F1 10 Tf 72 40 Td (Wash your hands before you start.) Tj ET\n";
    sop_ingest_fuzz::check(&sop_ingest_fuzz::page(&[words, commands].concat(), letters), "a.pdf");
});
