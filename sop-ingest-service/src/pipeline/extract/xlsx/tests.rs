//! Workbooks as offices make them, built cell by cell.

use std::{
    fmt::Write as _,
    io::{Cursor, Write},
};

use zip::{ZipWriter, write::SimpleFileOptions};

use super::extract;
use crate::pipeline::{
    Refusal,
    extract::{Extracted, Shape},
    read,
};

/// A sheet as XML: rows of cells, then what follows them.
struct Sheet {
    name: &'static str,
    state: &'static str,
    before: &'static str,
    rows: String,
    after: String,
}

/// One row; `attributes` as in `hidden="1"`. A cell is text, `=number`, or XML of its own.
fn row(number: u32, attributes: &str, cells: &[&str]) -> String {
    let mut out = format!(r#"<row r="{number}" {attributes}>"#);
    for (at, cell) in (b'A'..=b'Z').zip(cells) {
        let place = format!("{}{number}", at as char);
        let (style, cell) = cell.strip_prefix('!').map_or((0, *cell), |bold| (1, bold));
        match cell.strip_prefix('=') {
            _ if cell.is_empty() => {}
            _ if cell.starts_with('<') => out.push_str(&cell.replace('@', &place)),
            Some(value) => write!(out, r#"<c r="{place}" s="{style}"><v>{value}</v></c>"#).unwrap(),
            None => write!(out, r#"<c r="{place}" s="{style}" t="inlineStr"><is><t>{cell}</t></is></c>"#).unwrap(),
        }
    }
    out + "</row>"
}

fn rows(rows: &[&[&str]]) -> String {
    (1..).zip(rows).map(|(number, cells)| row(number, "", cells)).collect()
}

fn sheet(name: &'static str, rows: String) -> Sheet {
    Sheet { name, state: "visible", before: "", rows, after: String::new() }
}

/// Styles: 0 plain, 1 bold, 2 degrees, 3 a date, 4 white on nothing, 5 white on blue.
const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0.0&quot; °C&quot;"/></numFmts><fonts><font/><font><b/></font><font><color rgb="FFFFFFFF"/></font></fonts><fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="solid"/></fill></fills><cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf/><xf fontId="1"/><xf numFmtId="164"/><xf numFmtId="14"/><xf fontId="2"/><xf fontId="2" fillId="1"/></cellXfs></styleSheet>"#;

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn book(sheets: &[Sheet], more: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut list, mut links, mut parts) = (String::new(), String::new(), Vec::new());
    for (at, sheet) in sheets.iter().enumerate() {
        write!(list, r#"<sheet name="{}" sheetId="{at}" state="{}" r:id="r{at}"/>"#, sheet.name, sheet.state).unwrap();
        write!(links, r#"<Relationship Id="r{at}" Target="worksheets/sheet{at}.xml"/>"#).unwrap();
        let Sheet { before, rows, after, .. } = sheet;
        let xml = format!("<worksheet>{before}<sheetData>{rows}</sheetData>{after}</worksheet>");
        parts.push((format!("xl/worksheets/sheet{at}.xml"), xml.into_bytes()));
    }
    let book = format!("<workbook><sheets>{list}</sheets></workbook>");
    let links = format!("<Relationships>{links}</Relationships>");
    let mut all: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", links.as_bytes()),
        ("xl/styles.xml", STYLES.as_bytes()),
    ];
    all.extend(parts.iter().map(|(name, xml)| (name.as_str(), xml.as_slice())));
    all.extend(more);
    zipped(&all)
}

fn shown(extracted: &Extracted) -> Vec<String> {
    let show = |shape: &Shape| match shape {
        Shape::Heading { depth, .. } => "#".repeat(usize::from(*depth)) + " ",
        Shape::Item(item) if item.ordered => format!("{}. ", item.label.clone().unwrap_or_default()),
        Shape::Item(_) => "- ".to_owned(),
        Shape::Row { table } => format!("[{table}] "),
        _ => String::new(),
    };
    extracted.blocks.iter().map(|b| show(&b.shape) + if b.boxed { "! " } else { "" } + &b.text).collect()
}

#[test]
fn a_checklist_becomes_steps_with_what_its_other_columns_say() {
    let rows = rows(&[
        &["!Cold store: opening checklist"],
        &[],
        &["!No", "!Step", "!Limit", "!Responsible", "!Done"],
        &["=1", "Read the display of the cold store", "5 °C max.", "Kitchen porter", "☐"],
        &["=2", "Check the door seal for gaps.", "-", "Kitchen porter", "☐"],
        &["=3", "Write the reading in the log", "before 07:30", "Shift leader", "☐"],
    ]);
    let extracted = extract(&book(&[sheet("Sheet1", rows)], &[])).unwrap();
    assert_eq!(
        shown(&extracted),
        [
            "# Cold store: opening checklist",
            "1. Read the display of the cold store. Limit: 5 °C max. Responsible: Kitchen porter.",
            "2. Check the door seal for gaps. Responsible: Kitchen porter.",
            "3. Write the reading in the log. Limit: before 07:30. Responsible: Shift leader.",
        ]
    );
}

#[test]
fn groups_warnings_and_merged_cells_stay_with_their_steps() {
    let mut sheet = sheet(
        "Autoclave",
        rows(&[
            &["!Step no.", "!Action", "!Temp (°C)", "!Operator", "!Caution"],
            &["!Loading"],
            &["1.1", "Place the bottles in the basket", "", "Technician", ""],
            &["1.2", "Close the lid and lock it", "", "", "The rim may be hot"],
            &["!Running"],
            &["2.1", "Start program 3 and wait", "=121", "Supervisor", "n/a"],
        ]),
    );
    sheet.after =
        r#"<mergeCells><mergeCell ref="A2:E2"/><mergeCell ref="D3:D4"/><mergeCell ref="A5:E5"/></mergeCells>"#.into();
    let extracted = extract(&book(&[sheet], &[])).unwrap();
    assert_eq!(
        shown(&extracted),
        [
            "# Autoclave",
            "## Loading",
            "1.1. Place the bottles in the basket. Operator: Technician.",
            "1.2. Close the lid and lock it. Operator: Technician.",
            "! Warning: The rim may be hot",
            "## Running",
            "2.1. Start program 3 and wait. Temp: 121 °C. Operator: Supervisor.",
        ]
    );
}

#[test]
fn other_tables_are_rows_and_long_cells_are_notes() {
    let stock = rows(&[
        &["!Fridge", "!Limit", "!Checked on"],
        &["Dairy", r#"<c r="@" s="2"><v>4.5</v></c>"#, r#"<c r="@" s="3"><v>46083</v></c>"#],
        &["Raw fish", r#"<c r="@" s="2"><v>-2</v></c>"#, ""],
        &[],
        &["Call the shift leader at once if a limit is exceeded."],
        &["- Never switch a fridge off."],
    ]);
    let extracted =
        extract(&book(&[sheet("Limits", stock), sheet("Doors", rows(&[&["Keep all doors shut."]]))], &[])).unwrap();
    assert_eq!(extracted.pages, 2);
    assert_eq!(
        shown(&extracted),
        [
            "# Limits",
            "[1] Fridge | Limit | Checked on",
            "[1] Dairy | 4.5 °C | 2 March 2026",
            "[1] Raw fish | -2.0 °C",
            "Call the shift leader at once if a limit is exceeded.",
            "- Never switch a fridge off.",
            "# Doors",
            "Keep all doors shut.",
        ]
    );
}

#[test]
fn what_is_hidden_is_left_out_and_said() {
    let mut shown_sheet = sheet(
        "Shown",
        row(1, "", &["Wash the hands.", "secret column", ""])
            + &row(2, r#"hidden="1""#, &["secret row"])
            + &row(3, "", &[r#"<c r="@" s="4" t="inlineStr"><is><t>secret ink</t></is></c>"#])
            + &row(4, "", &[r#"<c r="@" s="5" t="inlineStr"><is><t>Dry the hands.</t></is></c>"#]),
    );
    shown_sheet.before = r#"<cols><col min="2" max="2" hidden="1"/></cols>"#;
    shown_sheet.after =
        "<headerFooter><oddFooter>&amp;LHygiene plan&amp;RPage &amp;P</oddFooter></headerFooter>".into();
    let hidden = Sheet { state: "veryHidden", ..sheet("Old", rows(&[&["secret sheet"]])) };
    let extracted = extract(&book(&[shown_sheet, hidden], &[("xl/comments1.xml", b"<c/>")])).unwrap();
    let text = shown(&extracted).join("\n");
    assert!(!text.contains("secret") && text.contains("Dry the hands."), "{text}");
    for note in [
        "Hidden sheets were left out: \"Old\"",
        "1 hidden rows",
        "1 cells in hidden",
        "1 cells whose text",
        "Hygiene plan Page",
        "Comments",
    ] {
        assert!(extracted.notes.iter().any(|n| n.contains(note)), "{note}: {:?}", extracted.notes);
    }
}

#[test]
fn formulas_are_never_computed_and_links_never_followed() {
    let cells = [
        r#"<c r="@"><f>2+2</f><v>5</v></c>"#,
        r#"<c r="@" t="str"><f>WEBSERVICE("http://x")</f><v>stored words</v></c>"#,
        r#"<c r="@"><f>cmd|'/c calc'!A0</f></c>"#,
        r#"<c r="@" t="e"><v>#REF!</v></c>"#,
    ];
    let extracted = extract(&book(
        &[sheet("Sums", row(1, "", &["Total", cells[0], cells[1], cells[2], cells[3]]))],
        &[("xl/externalLinks/externalLink1.xml", b"<x/>")],
    ))
    .unwrap();
    assert_eq!(shown(&extracted)[1], "[1] Total | 5 | stored words");
    for note in
        ["2 formulas were not computed", "1 formulas have no stored", "1 cells show an error", "refers to other files"]
    {
        assert!(extracted.notes.iter().any(|n| n.contains(note)), "{note}: {:?}", extracted.notes);
    }
}

#[test]
fn steps_of_a_sheet_are_a_procedure_of_the_sop() {
    let rows = rows(&[
        &["!#", "!Task", "!Time", "!Who"],
        &["=1", "Switch off the slicer", "", "Cook"],
        &["=2", "Do not touch the blade with bare hands", "", "Cook"],
        &["=3", "Rinse the blade with hot water", "for 2 minutes", "Cook"],
    ]);
    let document = read(&book(&[sheet("Slicer", rows)], &[]), "slicer.xlsx").unwrap();
    assert_eq!(document.procedures.len(), 1);
    assert_eq!(document.procedures[0].steps.len(), 3);
    let last = document.clauses.last().unwrap();
    assert_eq!(last.literals.iter().map(|l| l.text.as_str()).collect::<Vec<_>>(), ["2 minutes"]);
}

#[test]
fn broken_and_hostile_workbooks_are_refused() {
    let of = |bytes: &[u8]| read(bytes, "a.xlsx").err();
    let good = book(&[sheet("A", rows(&[&["Wash."]]))], &[]);
    assert_eq!(of(&book(&[sheet("A", "<row><c>".into())], &[])), Some(Refusal::DamagedOffice));
    assert_eq!(
        of(&book(&[sheet("A", rows(&[&["Wash."]]))], &[("xl/vbaProject.bin", b"x")])),
        Some(Refusal::MacroDocument)
    );
    assert_eq!(of(&book(&[sheet("A", String::new())], &[])), Some(Refusal::NoText));
    let entity = sheet("A", rows(&[&["&x;"]]));
    let mut entity = entity;
    entity.before = "<!DOCTYPE a [<!ENTITY x \"y\">]>";
    assert_eq!(of(&book(&[entity], &[])), Some(Refusal::UnsafeXml));
    assert_eq!(of(&book(&[sheet("A", "<row>".repeat(300))], &[])), Some(Refusal::TooDeep));
    let (space, empty) = (vec![b' '; 6 << 20], sheet("A", String::new()));
    assert_eq!(of(&book(&[empty], &[("xl/media/a.xml", &space)])), Some(Refusal::ArchiveBomb));
    assert!(matches!(of(&good[..good.len() / 2]), Some(Refusal::UnsupportedType | Refusal::DamagedOffice)));
    // One long string, shown by very many cells.
    let strings = format!("<sst><si><t>{}</t></si></sst>", "wash the hands ".repeat(2_000));
    let cells = r#"<row><c t="s"><v>0</v></c></row>"#.repeat(2_000);
    assert_eq!(
        of(&book(&[sheet("A", cells)], &[("xl/sharedStrings.xml", strings.as_bytes())])),
        Some(Refusal::TooLarge)
    );
}

#[test]
fn a_workbook_in_an_archive_is_one_of_its_documents() {
    let workbook = book(&[sheet("Doors", rows(&[&["Keep all doors shut at night."]]))], &[]);
    let document = read(&zipped(&[("doors.xlsx", &workbook), ("b.txt", b"Wash the hands.")]), "a.zip").unwrap();
    assert!(document.text.contains("Keep all doors shut at night."));
}
