#![no_main]
//! Presentations: a slide.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let deck = br#"<p:presentation><p:sldIdLst><p:sldId r:id="r1"/></p:sldIdLst></p:presentation>"#.as_slice();
    let links = br#"<Relationships><Relationship Id="r1" Target="slides/slide1.xml"/></Relationships>"#.as_slice();
    let parts =
        [("ppt/presentation.xml", deck), ("ppt/_rels/presentation.xml.rels", links), ("ppt/slides/slide1.xml", bytes)];
    sop_ingest_fuzz::check(&sop_ingest_fuzz::package(&parts), "a.pptx");
});
