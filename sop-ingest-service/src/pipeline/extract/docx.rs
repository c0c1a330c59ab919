//! Word documents: paragraphs with their styles, the numbers that Word computes for lists, tables, boxes.

mod body;
mod numbering;
mod package;
mod styles;

pub use body::attribute;
pub use package::Package;

use super::{Block, Extracted, Shape, inline};
use crate::pipeline::Refusal;

pub fn extract(bytes: &[u8]) -> Result<Extracted, Refusal> {
    let mut package = package::Package::open(bytes)?;
    let document = package.part("word/document.xml")?.ok_or(Refusal::DamagedDocx)?;
    let styles = package.part("word/styles.xml")?.map(|xml| styles::read(&xml)).transpose()?.unwrap_or_default();
    let numbering =
        package.part("word/numbering.xml")?.map(|xml| numbering::read(&xml)).transpose()?.unwrap_or_default();
    let mut extracted = body::read(&document, &styles, numbering)?;
    footnotes(&mut package, &styles, &mut extracted)?;
    margins(&mut package, &styles, &mut extracted)?;
    extracted.notes.extend(package.notes_of("word/"));
    Ok(extracted)
}

/// Footnotes and endnotes stand after the text, as on a printed page.
fn footnotes(package: &mut package::Package<'_>, styles: &styles::Styles, out: &mut Extracted) -> Result<(), Refusal> {
    for part in ["word/footnotes.xml", "word/endnotes.xml"] {
        let Some(xml) = package.part(part)? else { continue };
        let notes = body::read(&xml, styles, numbering::Numbering::default())?;
        let texts = notes.blocks.into_iter().map(|b| Block::new(Shape::Paragraph, b.text, out.pages));
        out.blocks.extend(texts.collect::<Vec<_>>());
    }
    Ok(())
}

/// What is printed on every page is no part of the text; the reviewer sees what it was.
fn margins(package: &mut package::Package<'_>, styles: &styles::Styles, out: &mut Extracted) -> Result<(), Refusal> {
    let mut seen = Vec::new();
    for part in package.margins() {
        let Some(xml) = package.part(&part)? else { continue };
        let found = body::read(&xml, styles, numbering::Numbering::default())?;
        let text = found.blocks.iter().map(|b| inline::visible(&b.text)).collect::<Vec<_>>().join(" ");
        if !text.is_empty() && !seen.contains(&text) {
            out.notes.push(format!("Repeated on the pages and left out: {text:?}"));
            seen.push(text);
        }
    }
    Ok(())
}
