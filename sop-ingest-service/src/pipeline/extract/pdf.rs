//! Born-digital PDF. A page is only characters at places: lines, paragraphs, lists and tables are found by geometry.

mod glyphs;
mod headings;
mod layout;
mod margins;
mod page;
mod tables;

use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_extract::{Document, Object};

use super::Extracted;
use crate::pipeline::Refusal;

const MAX_PAGES: usize = 2_000;
/// The end marker stands in the last bytes of a complete file.
const END_WITHIN: usize = 4096;
/// Fewer characters on a page mean that its text is a picture.
const SCAN_BELOW: usize = 20;

pub fn extract(bytes: &[u8]) -> Result<Extracted, Refusal> {
    let tail = &bytes[bytes.len().saturating_sub(END_WITHIN)..];
    if !tail.windows(5).any(|w| w == b"%%EOF") {
        return Err(Refusal::DamagedPdf);
    }
    // The parsers beneath panic on some malformed files; that must cost this file only.
    catch_unwind(AssertUnwindSafe(|| read(bytes))).unwrap_or(Err(Refusal::DamagedPdf))
}

fn read(bytes: &[u8]) -> Result<Extracted, Refusal> {
    if mentions_encryption(bytes) {
        return Err(Refusal::EncryptedPdf);
    }
    let mut document = Document::load_mem(bytes).map_err(|_| Refusal::DamagedPdf)?;
    let pages = document.get_pages();
    if pages.is_empty() {
        return Err(Refusal::DamagedPdf);
    }
    if pages.len() > MAX_PAGES {
        return Err(Refusal::TooLarge);
    }
    empty_pictures(&mut document);
    let mut read = Vec::with_capacity(pages.len());
    for (number, id) in &pages {
        let bold = page::prepare(&mut document, *id);
        read.push(glyphs::read(&document, *number, &bold)?);
    }
    let without_text: Vec<u32> = read.iter().filter(|p| p.characters() < SCAN_BELOW).map(|p| p.number).collect();
    let mut extracted = layout::blocks(read);
    extracted.pages = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    extracted.title = title(&document);
    extracted.pages_without_text = without_text;
    Ok(extracted)
}

/// The trailer says so, and it is never compressed. Files that open without a password but forbid copying are refused too:
/// their owner has said that the text must not be taken out.
fn mentions_encryption(bytes: &[u8]) -> bool {
    bytes.windows(8).any(|w| w == b"/Encrypt")
}

/// Picture data would be read as drawing commands by the parser beneath.
fn empty_pictures(document: &mut Document) {
    for object in document.objects.values_mut() {
        if let Object::Stream(stream) = object
            && stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|n| n == b"Image")
        {
            stream.dict.remove(b"Filter");
            stream.content = Vec::new();
        }
    }
}

/// The title that the document's properties give, unless it is a program's file name.
fn title(document: &Document) -> Option<String> {
    let info = document.trailer.get(b"Info").and_then(Object::as_reference).ok()?;
    let title = document.get_dictionary(info).and_then(|d| d.get(b"Title")).ok()?;
    let bytes = title.as_str().ok()?;
    let encoding = if bytes.starts_with(&[0xFE, 0xFF]) { encoding_rs::UTF_16BE } else { encoding_rs::WINDOWS_1252 };
    let title = super::inline::visible(&encoding.decode(bytes).0);
    let is_file = title.rsplit_once('.').is_some_and(|(_, end)| (2..=5).contains(&end.len()) && !end.contains(' '));
    let is_placeholder =
        matches!(title.to_lowercase().as_str(), "untitled" | "(anonymous)" | "anonymous" | "unspecified")
            || title.starts_with("Microsoft Word");
    (title.chars().count() > 3 && !is_file && !is_placeholder).then_some(title)
}
