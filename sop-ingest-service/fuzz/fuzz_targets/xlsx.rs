#![no_main]
//! Workbooks: a sheet, its strings and its styles.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let [sheet, strings, styles] = sop_ingest_fuzz::cut(bytes);
    let book = br#"<workbook><sheets><sheet name="Checks" r:id="r1"/></sheets></workbook>"#.as_slice();
    let links = br#"<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>"#.as_slice();
    let parts = [
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", links),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/sharedStrings.xml", strings),
        ("xl/styles.xml", styles),
    ];
    sop_ingest_fuzz::check(&sop_ingest_fuzz::package(&parts), "a.xlsx");
});
