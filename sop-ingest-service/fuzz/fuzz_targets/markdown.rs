#![no_main]
//! Markdown.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    sop_ingest_fuzz::check(&[b"# Hands\n\n", bytes].concat(), "a.md");
});
