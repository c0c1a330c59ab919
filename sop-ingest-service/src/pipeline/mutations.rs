//! Sound files of every format with bytes changed, cut off and doubled: each is read or refused, and nothing panics.
//!
//! `PROPTEST_CASES=20000 cargo test -p sop-ingest-service --lib mutations` looks for longer.

use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{extract, read};

/// What happens to a file on its way.
#[derive(Clone, Debug)]
enum Harm {
    Change(usize, u8),
    Cut(usize),
    Double(usize, usize),
    Drop(usize, usize),
}

fn harms() -> impl Strategy<Value = Vec<Harm>> {
    let at = any::<prop::sample::Index>().prop_map(|index| index.index(1 << 20));
    let harm = prop_oneof![
        6 => (at.clone(), any::<u8>()).prop_map(|(at, byte)| Harm::Change(at, byte)),
        1 => at.clone().prop_map(Harm::Cut),
        2 => (at.clone(), 1..40_usize).prop_map(|(at, length)| Harm::Double(at, length)),
        2 => (at, 1..40_usize).prop_map(|(at, length)| Harm::Drop(at, length)),
    ];
    prop::collection::vec(harm, 1..6)
}

fn harmed(source: &[u8], harms: &[Harm]) -> Vec<u8> {
    let mut bytes = source.to_vec();
    for harm in harms.iter().cloned() {
        let length = bytes.len().max(1);
        match harm {
            Harm::Change(at, byte) => bytes.iter_mut().skip(at % length).take(1).for_each(|b| *b = byte),
            Harm::Cut(at) => bytes.truncate(at % length),
            Harm::Double(at, count) => {
                let part: Vec<u8> = bytes.iter().skip(at % length).take(count).copied().collect();
                bytes.splice(at % length..at % length, part.repeat(3)).for_each(drop);
            }
            Harm::Drop(at, count) => drop(bytes.drain(at % length..(at % length + count).min(bytes.len()))),
        }
    }
    bytes
}

/// Read or refused, and the same both times.
fn holds(bytes: &[u8], name: &str) -> Result<(), TestCaseError> {
    let first = read(bytes, name);
    prop_assert_eq!(&first, &read(bytes, name));
    if let Ok(document) = first {
        prop_assert_eq!(course_format::validate::validate_sop(&document), []);
    }
    Ok(())
}

fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const TYPES: (&str, &[u8]) = ("[Content_Types].xml", b"<Types/>");
const MARKDOWN: &str = "# Fridge\n\n1. Open the door.\n   - Wait for 5 seconds.\n2. Read the display.\n\n> **Warning:** Do not touch the coil.\n\n| Fridge | Limit |\n|---|---|\n| A1 | 4 °C |\n\nIf it shows more than 8 °C, go to step 1. ![x](a.png) <b>Now</b>\n";
const HTML: &str = "<html><head><title>Fridge</title></head><body><h1>Fridge</h1><ol><li>Open the door.<ul><li>Wait.</li></ul></li><li>Read the display.</li></ol><table><tr><th>A</th><th>B</th></tr><tr><td rowspan=2>1</td><td>4 &deg;C</td></tr></table><p style='display:none'>x</p></body></html>";
const WORD: &str = r#"<w:document xmlns:w="w"><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Fridge</w:t></w:r></w:p><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t xml:space="preserve">Open the door. </w:t><w:tab/></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>A1</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>4 &#176;C</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"#;
const NUMBERING: &str = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;
const SLIDE: &str = r#"<p:sld><p:sp><p:nvPr><p:ph type="title"/></p:nvPr><a:p><a:r><a:t>Fridge</a:t></a:r></a:p></p:sp><p:sp><a:p><a:pPr lvl="1"><a:buAutoNum/></a:pPr><a:r><a:t>Open the door.</a:t></a:r></a:p></p:sp></p:sld>"#;
const SHEET: &str = r#"<worksheet><cols><col min="4" max="5" hidden="1"/></cols><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>No</t></is></c><c r="B1" t="inlineStr"><is><t>Step</t></is></c></row><row r="2"><c r="A2"><v>1</v></c><c r="B2" t="s"><v>0</v></c></row><row r="3"><c r="A3" s="1"><v>2</v></c><c r="B3" t="s"><v>1</v></c><c r="C3" s="2"><v>45000.5</v></c></row></sheetData><mergeCells><mergeCell ref="B2:C2"/></mergeCells></worksheet>"#;
const STRINGS: &str = "<sst><si><t>Open the door.</t></si><si><r><t>Read </t></r><r><t>it.</t></r></si></sst>";
const STYLES: &str = r##"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="#,##0.0#&quot; °C&quot;;[Red]\-0%;;@"/></numFmts><fonts><font><b/></font></fonts><cellXfs><xf/><xf numFmtId="164"/><xf numFmtId="22"/></cellXfs></styleSheet>"##;
const DECK: &str = r#"<p:presentation><p:sldIdLst><p:sldId r:id="r1"/></p:sldIdLst></p:presentation>"#;
const BOOK: &str = r#"<workbook><sheets><sheet name="Fridge" r:id="r1"/></sheets></workbook>"#;
const LINKS: &str = r#"<Relationships><Relationship Id="r1" Target="part.xml"/></Relationships>"#;
const PDF: &str = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /Rotate 90 /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>\nendobj\n4 0 obj\n<< /Length 208 >>\nstream\nq 1 0 0 1 0 0 cm BT /F1 12 Tf 72 700 Td (1. Open the door of the fridge.) Tj 0 -20 Td [(2. Read) -300 (the display.)] TJ ET Q 72 600 200 1 re f 72 580 m 272 580 l S BT /F1 9 Tf 1 Tr 72 560 Td (A1  4) Tj ET   \nendstream\nendobj\n5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Widths [500 600] /FirstChar 65 >>\nendobj\nxref\n0 6\n0000000000 65535 f \n0000000009 00000 n \n0000000058 00000 n \n0000000115 00000 n \n0000000252 00000 n \n0000000511 00000 n \ntrailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n613\n%%EOF\n";

/// As many cases as the environment asks for, or a few.
fn cases() -> ProptestConfig {
    if std::env::var_os("PROPTEST_CASES").is_some() {
        ProptestConfig::default()
    } else {
        ProptestConfig::with_cases(64)
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn harmed_text_is_read_or_refused(harms in harms()) {
        holds(&harmed(MARKDOWN.as_bytes(), &harms), "a.md")?;
        holds(&harmed(HTML.as_bytes(), &harms), "a.html")?;
        let wide: Vec<u8> = MARKDOWN.encode_utf16().flat_map(u16::to_le_bytes).collect();
        holds(&harmed(&wide, &harms), "a.txt")?;
    }

    #[test]
    fn harmed_office_files_are_read_or_refused(harms in harms()) {
        let of = |source: &str| harmed(source.as_bytes(), &harms);
        holds(&package(&[TYPES, ("word/document.xml", &of(WORD)), ("word/numbering.xml", NUMBERING.as_bytes())]), "a.docx")?;
        holds(&package(&[TYPES, ("word/document.xml", WORD.as_bytes()), ("word/numbering.xml", &of(NUMBERING))]), "a.docx")?;
        let links = ("ppt/_rels/presentation.xml.rels", LINKS.as_bytes());
        holds(&package(&[TYPES, ("ppt/presentation.xml", DECK.as_bytes()), links, ("ppt/part.xml", &of(SLIDE))]), "a.pptx")?;
        let book = |book: &[u8], sheet: &[u8], strings: &[u8], styles: &[u8]| {
            let links = ("xl/_rels/workbook.xml.rels", LINKS.as_bytes());
            let parts = [TYPES, ("xl/workbook.xml", book), links, ("xl/part.xml", sheet), ("xl/sharedStrings.xml", strings), ("xl/styles.xml", styles)];
            holds(&package(&parts), "a.xlsx")
        };
        let sound = [BOOK, SHEET, STRINGS, STYLES].map(str::as_bytes);
        book(&of(BOOK), sound[1], sound[2], sound[3])?;
        book(sound[0], &of(SHEET), sound[2], sound[3])?;
        book(sound[0], sound[1], &of(STRINGS), sound[3])?;
        book(sound[0], sound[1], sound[2], &of(STYLES))?;
    }

    #[test]
    fn harmed_archives_are_read_or_refused(harms in harms()) {
        let archive = package(&[("a.md", MARKDOWN.as_bytes()), ("b/c.html", HTML.as_bytes())]);
        holds(&harmed(&archive, &harms), "a.zip")?;
        holds(&harmed(&package(&[TYPES, ("word/document.xml", WORD.as_bytes())]), &harms), "a.docx")?;
    }

    #[test]
    fn harmed_pdfs_are_read_or_refused(harms in harms()) {
        let bytes = harmed(PDF.as_bytes(), &harms);
        // A page that has lost its letters is taken for a scan, and the recogniser is another program.
        drop(extract::printed_pdf(&bytes));
    }

    #[test]
    fn harmed_pictures_are_unpacked_or_refused(harms in harms()) {
        let mut png = Cursor::new(Vec::new());
        let picture = image::GrayImage::from_fn(40, 30, |x, y| image::Luma([u8::try_from(x * y % 256).unwrap()]));
        picture.write_to(&mut png, image::ImageFormat::Png).unwrap();
        let mut jpeg = Cursor::new(Vec::new());
        picture.write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
        let mut tiff = Cursor::new(Vec::new());
        let mut encoder = tiff::encoder::TiffEncoder::new(&mut tiff).unwrap();
        encoder.write_image::<tiff::encoder::colortype::Gray8>(40, 30, picture.as_raw()).unwrap();
        for bytes in [png.get_ref(), jpeg.get_ref(), tiff.get_ref()] {
            prop_assert_eq!(extract::pictures::pages(bytes).map(|pages| pages.len()), Ok(1));
            let bytes = harmed(bytes, &harms);
            extract::pictures::count(&bytes);
            drop(extract::pictures::pages(&bytes));
        }
    }
}

#[test]
fn the_sound_files_are_read() {
    for (bytes, name) in [
        (MARKDOWN.as_bytes().to_vec(), "a.md"),
        (HTML.as_bytes().to_vec(), "a.html"),
        (
            package(&[TYPES, ("word/document.xml", WORD.as_bytes()), ("word/numbering.xml", NUMBERING.as_bytes())]),
            "a.docx",
        ),
        (PDF.as_bytes().to_vec(), "a.pdf"),
    ] {
        let document = read(&bytes, name).unwrap();
        assert!(document.text.contains("Open the door"), "{name}: {}", document.text);
    }
}
