//! Workbooks: each sheet that is shown is a section and a page; its cells become tables, steps and notes.
//!
//! Nothing is computed: a formula counts as the value that its program stored with it.

mod cells;
mod dates;
mod formats;
mod markup;
mod steps;
mod styles;
mod tables;
#[cfg(test)]
mod tests;

use super::{
    Block, Extracted, Shape,
    docx::{Package, attribute},
    inline::visible,
};
use crate::pipeline::{Refusal, pattern::patterns};
use cells::{Context, LeftOut};
use markup::Node;

patterns! {
    // What programs call a sheet that nobody has named.
    UNNAMED = r"(?i)^(?:sheet|tabelle|feuil|feuille|hoja|foglio|blad|arkusz)\s*\d*$";
}

const MAX_SHEETS: usize = 200;

pub fn extract(bytes: &[u8]) -> Result<Extracted, Refusal> {
    let damaged = |refusal| if refusal == Refusal::DamagedDocx { Refusal::DamagedOffice } else { refusal };
    read(bytes).map_err(damaged)
}

/// A sheet as the workbook lists it.
struct Sheet {
    name: String,
    part: String,
    hidden: bool,
}

fn read(bytes: &[u8]) -> Result<Extracted, Refusal> {
    let mut package = Package::open(bytes)?;
    let (sheets, from_1904) = sheets(&mut package)?;
    let strings = package.part("xl/sharedStrings.xml")?.map(|xml| markup::strings(&xml)).transpose()?;
    let styles = package.part("xl/styles.xml")?.map(|xml| styles::read(&xml)).transpose()?;
    let (strings, styles) = (strings.unwrap_or_default(), styles.unwrap_or_default());
    let mut context = Context { strings: &strings, styles: &styles, from_1904, text: 0, left_out: LeftOut::default() };
    let mut out = Extracted::default();
    let shown = sheets.iter().filter(|s| !s.hidden).count();
    let mut ids = tables::Ids::default();
    for sheet in sheets.iter().filter(|s| !s.hidden) {
        // Charts have a sheet of their own and no cells.
        let Some(xml) = package.part(&sheet.part)? else { continue };
        let grid = cells::read(&xml, &mut context)?;
        out.pages += 1;
        let name = visible(&sheet.name);
        let named = name.contains(char::is_alphanumeric) && (shown > 1 || !UNNAMED.is_match(&name));
        let blocks = tables::blocks(grid, out.pages, named.then_some(name.as_str()), shown > 1, &mut ids);
        out.blocks.extend(blocks);
    }
    out.pages = out.pages.max(1);
    let hidden: Vec<String> = sheets.iter().filter(|s| s.hidden).map(|s| format!("{:?}", visible(&s.name))).collect();
    if !hidden.is_empty() {
        out.notes.push(format!("Hidden sheets were left out: {}.", hidden.join(", ")));
    }
    out.notes.extend(context.left_out.notes());
    out.notes.extend(package.notes_of("xl/"));
    let others = [
        ("xl/comments", "Comments on cells were left out."),
        ("xl/threadedComments", "Comments on cells were left out."),
        (
            "xl/externalLinks/",
            "The workbook refers to other files; they were not opened, and values from them may be old.",
        ),
        ("xl/connections.xml", "The workbook fetches data from elsewhere; nothing was fetched."),
        ("xl/charts/", "Charts were left out."),
    ];
    for (part, note) in others {
        if package.holds(part) && !out.notes.iter().any(|n| n == note) {
            out.notes.push(note.to_owned());
        }
    }
    Ok(out)
}

/// The sheets in the order of their tabs, and whether days count from 1904.
fn sheets(package: &mut Package<'_>) -> Result<(Vec<Sheet>, bool), Refusal> {
    let book = package.part("xl/workbook.xml")?.ok_or(Refusal::DamagedOffice)?;
    let links = package.part("xl/_rels/workbook.xml.rels")?.unwrap_or_default();
    let mut targets: Vec<(String, String)> = Vec::new();
    markup::walk(&links, |node| {
        if let Node::Start(e) = node
            && e.local_name().as_ref() == "Relationship"
        {
            targets.extend(attribute(e, "Id").zip(attribute(e, "Target")));
        }
        Ok(())
    })?;
    let (mut sheets, mut from_1904) = (Vec::new(), false);
    markup::walk(&book, |node| {
        let Node::Start(e) = node else { return Ok(()) };
        match e.local_name().as_ref() {
            "workbookPr" => from_1904 = attribute(e, "date1904").is_some_and(|v| v == "1" || v == "true"),
            "sheet" => {
                let id = attribute(e, "id").unwrap_or_default();
                let target = targets.iter().find(|(known, _)| *known == id).map(|(_, target)| target.as_str());
                let part = match target {
                    Some(target) => target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned),
                    None => return Ok(()),
                };
                let hidden = attribute(e, "state").is_some_and(|s| s != "visible");
                sheets.push(Sheet { name: attribute(e, "name").unwrap_or_default(), part, hidden });
            }
            _ => {}
        }
        if sheets.len() > MAX_SHEETS { Err(Refusal::TooManyPages) } else { Ok(()) }
    })?;
    Ok((sheets, from_1904))
}

/// A heading that names a sheet, or stands in one.
fn heading(text: &str, depth: u8, page: u32) -> Block {
    Block::new(Shape::Heading { depth, label: None }, text.to_owned(), page)
}
