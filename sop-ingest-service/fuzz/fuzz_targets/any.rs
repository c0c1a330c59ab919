#![no_main]
//! Any bytes, taken for whatever they look like.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // A page that is a picture starts other programs: a thousand times a second is no test of them.
    let picture = bytes.starts_with(b"\x89PNG")
        || bytes.starts_with(&[0xFF, 0xD8])
        || bytes.starts_with(b"II*")
        || bytes.starts_with(b"MM\0*");
    if !picture {
        sop_ingest_fuzz::check(bytes, "a.bin");
    }
});
