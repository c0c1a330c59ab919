//! Born-digital PDF. A page is only characters at places: lines, paragraphs, lists and tables are found by geometry.

mod cmap;
mod columns;
mod fonts;
mod glyphs;
mod grid;
mod headings;
mod interpreter;
mod layout;
mod margins;
mod matrix;
mod metrics;
mod paint;
mod source;
mod tables;
mod tokens;

use std::{
    collections::HashSet,
    panic::{AssertUnwindSafe, catch_unwind},
};

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};

use self::source::{Lookup, MAX_STREAM};
pub use self::{
    glyphs::{Page, page},
    interpreter::{Glyph, Seen},
    layout::blocks,
    matrix::Rect,
};
use super::Extracted;
use crate::pipeline::Refusal;

const MAX_PAGES: usize = 2_000;
/// Dots of a picture: a page of A0 at 300 dots per inch has 140 million.
const MAX_PICTURE: f64 = 400e6;
const MAX_LISTED: usize = 100_000;
/// The end marker stands in the last bytes of a complete file.
const END_WITHIN: usize = 4096;

pub fn extract(bytes: &[u8]) -> Result<Extracted, Refusal> {
    let tail = &bytes[bytes.len().saturating_sub(END_WITHIN)..];
    if !tail.windows(5).any(|w| w == b"%%EOF") {
        return Err(Refusal::DamagedPdf);
    }
    // The parsers beneath panic on some malformed files; that must cost this file only.
    catch_unwind(AssertUnwindSafe(|| read(bytes))).unwrap_or(Err(Refusal::DamagedPdf))
}

fn read(bytes: &[u8]) -> Result<Extracted, Refusal> {
    let document = load(bytes)?;
    let pages = pages(&document);
    if pages.is_empty() {
        return Err(if mentions_encryption(bytes) { Refusal::EncryptedPdf } else { Refusal::DamagedPdf });
    }
    if pages.len() > MAX_PAGES {
        return Err(Refusal::TooManyPages);
    }
    let (mut fonts, mut budget) = (interpreter::Fonts::default(), interpreter::MAX_COMMANDS);
    let mut read = Vec::with_capacity(pages.len());
    for (number, id) in (1_u32..).zip(&pages) {
        let source = source::page(&document, *id).ok_or(Refusal::DamagedPdf)?;
        read.push(upright(&document, &mut fonts, source, number, &mut budget));
        if budget == 0 {
            return Err(Refusal::TooLarge);
        }
    }
    let without_text: Vec<u32> = read.iter().filter(|p| !p.has_text()).map(|p| p.number).collect();
    if !without_text.is_empty() && has_endless_picture(&document) {
        return Err(Refusal::PictureTooLarge);
    }
    let mut extracted = layout::blocks(read);
    extracted.pages = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    extracted.title = title(&document);
    extracted.pages_without_text = without_text;
    Ok(extracted)
}

/// How many pages a PDF has; 1 where it cannot be said.
pub fn count(bytes: &[u8]) -> u32 {
    let count = || load(bytes).map(|document| pages(&document).len());
    let counted = catch_unwind(AssertUnwindSafe(count)).unwrap_or(Err(Refusal::DamagedPdf));
    counted.ok().and_then(|count| u32::try_from(count).ok()).unwrap_or(1).max(1)
}

fn pages(document: &Document) -> Vec<ObjectId> {
    // A tree that names a page twice is a loop.
    let mut known = HashSet::new();
    document.page_iter().take(MAX_LISTED).filter(|id| known.insert(*id)).take(MAX_PAGES + 1).collect()
}

/// A picture of so many dots keeps the program that draws pages busy for minutes.
fn has_endless_picture(document: &Document) -> bool {
    let dots = |dictionary: &Dictionary| {
        let is_picture = dictionary.name(document, b"Subtype") == Some(b"Image");
        let side = |key: &[u8]| dictionary.number(document, key).unwrap_or(0.0);
        if is_picture { side(b"Width") * side(b"Height") } else { 0.0 }
    };
    let streams = document.objects.values().filter_map(|object| object.as_stream().ok());
    streams.map(|stream| dots(&stream.dict)).any(|dots| dots > MAX_PICTURE)
}

/// The trailer says so, and it is never compressed.
fn mentions_encryption(bytes: &[u8]) -> bool {
    bytes.windows(8).any(|w| w == b"/Encrypt")
}

/// A page whose text lies on its side is turned until it can be read.
fn upright(
    document: &Document,
    fonts: &mut interpreter::Fonts,
    mut source: source::PageSource<'_>,
    number: u32,
    budget: &mut usize,
) -> glyphs::Page {
    let first = interpreter::read(document, fonts, &source, budget);
    if first.turned <= first.glyphs.len() {
        return glyphs::page(number, 0, first);
    }
    let shown = source.turns;
    let mut best = (0, first);
    for turned in 1..4 {
        source.turns = (shown + turned) % 4;
        let seen = interpreter::read(document, fonts, &source, budget);
        if seen.glyphs.len() > best.1.glyphs.len() {
            best = (turned, seen);
        }
    }
    glyphs::page(number, best.0, best.1)
}

/// Files that open without a password are read, whatever else their owner has forbidden; only a real password stops us.
fn load(bytes: &[u8]) -> Result<Document, Refusal> {
    let options = LoadOptions::with_max_decompressed_size(MAX_STREAM);
    // A file that names its encryption and cannot be opened is a matter of passwords, whatever the parser beneath says.
    let refused = || if mentions_encryption(bytes) { Refusal::EncryptedPdf } else { Refusal::DamagedPdf };
    let document = Document::load_mem_with_options(bytes, options).map_err(|_| refused())?;
    if document.is_encrypted() { Err(Refusal::EncryptedPdf) } else { Ok(document) }
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
