//! Word documents: paragraphs with their styles, the numbers that Word computes for lists, tables, boxes.

mod body;
mod numbering;
mod package;
mod styles;

use super::Extracted;
use crate::pipeline::Refusal;

pub fn extract(bytes: &[u8]) -> Result<Extracted, Refusal> {
    let mut package = package::Package::open(bytes)?;
    let document = package.part("word/document.xml")?.ok_or(Refusal::DamagedDocx)?;
    let styles = package.part("word/styles.xml")?.map(|xml| styles::read(&xml)).transpose()?.unwrap_or_default();
    let numbering =
        package.part("word/numbering.xml")?.map(|xml| numbering::read(&xml)).transpose()?.unwrap_or_default();
    let mut extracted = body::read(&document, &styles, numbering)?;
    extracted.notes.extend(package.notes());
    Ok(extracted)
}
