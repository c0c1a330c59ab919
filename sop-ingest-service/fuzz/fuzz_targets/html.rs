#![no_main]
//! Web pages.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    sop_ingest_fuzz::check(&[b"<html><body><p>", bytes].concat(), "a.html");
});
