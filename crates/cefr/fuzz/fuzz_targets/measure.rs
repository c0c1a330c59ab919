#![no_main]
//! Any bytes: no panic, exact spans, scores on the scale.

use cefr::{Exempt, Level};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let mut end = 0;
    for span in cefr::sentences(&text) {
        assert!(text[end..span.start].trim().is_empty());
        end = span.end;
    }
    assert!(text[end..].trim().is_empty());
    // The first word is an exempt term, so that matching is tried, too.
    let exempt: Exempt = text.split_whitespace().take(1).collect();
    let fit = cefr::fits(&text, Level::B1, &exempt);
    assert!((1.0..=6.0).contains(&fit.measurement.score));
    assert!((0.0..=1.0).contains(&fit.measurement.confidence));
    for word in text.split_whitespace().take(3) {
        let found = cefr::word(word);
        cefr::inflect(&found.lemma, found.form);
    }
});
