//! From a file to its blocks in reading order: headings, paragraphs, list items and table rows, with pages.
//!
//! One file per format. What an extractor leaves is the same for all of them, so that nothing after it knows the format.

mod archive;
pub mod boxes;
mod docx;
mod html;
mod inline;
mod lines;
mod markdown;
mod numbered;
mod ocr;
mod pdf;
pub mod pictures;
mod pptx;
mod symbols;
mod text;
mod xlsx;

pub use archive::{members, with_pages as archived};
pub use boxes::LineBox;
pub use docx::Package;
pub use lines::heading_label;

use super::{Refusal, identify::Identified};

/// A document without its format: blocks in reading order.
#[derive(Debug, Default)]
pub struct Extracted {
    pub title: Option<String>,
    pub blocks: Vec<Block>,
    pub pages: u32,
    /// Pages that may be pictures of text, for optical recognition.
    pub pages_without_text: Vec<u32>,
    /// What was left out, in words for the reviewer.
    pub notes: Vec<String>,
}

impl Extracted {
    /// Puts blocks of pages that were read in another way (by optical recognition) where their pages belong.
    pub fn insert_pages(&mut self, mut blocks: Vec<Block>) {
        let last = |found: fn(&Shape) -> Option<u32>| self.blocks.iter().filter_map(|b| found(&b.shape)).max();
        let (lists, tables) = (last(Shape::list).unwrap_or(0), last(Shape::table).unwrap_or(0));
        for block in &mut blocks {
            match &mut block.shape {
                Shape::Item(item) => item.list += lists,
                Shape::Row { table } => *table += tables,
                _ => {}
            }
        }
        let read: Vec<u32> = blocks.iter().map(|b| b.page).collect();
        self.pages_without_text.retain(|page| !read.contains(page));
        self.blocks.append(&mut blocks);
        self.blocks.sort_by_key(|b| b.page);
    }
}

/// One piece of visible text that a reader sees as a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    pub shape: Shape,
    /// White space collapsed, markup and list signs gone, never empty.
    pub text: String,
    pub page: u32,
    /// It stands in a box of its own: a quotation, a note, a warning panel.
    pub boxed: bool,
    /// How many list items it stands inside of; 0 outside of lists. For an item: its own nesting, 1 for the outermost.
    pub nesting: u8,
    /// Words that the source marks as an address or channel, by their bytes in `text`.
    pub marked: Vec<std::ops::Range<usize>>,
    /// Where its printed lines stand, in reading order; empty for formats without places.
    pub lines: Vec<LineBox>,
    /// Words that were recognised on a picture and may be others, by their bytes in `text`.
    pub doubtful: Vec<std::ops::Range<usize>>,
    /// How sure the recogniser is of its words, 0 to 1; `None` where nothing had to be recognised.
    pub confidence: Option<f32>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Shape {
    Heading {
        depth: u8,
        /// The number printed before it.
        label: Option<String>,
    },
    /// The document's title where nothing marks it as a heading.
    Title,
    Paragraph,
    Item(Item),
    Row {
        table: u32,
    },
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Item {
    /// Items of one list share it.
    pub list: u32,
    pub ordered: bool,
    /// As printed: "3", "b", "4.2".
    pub label: Option<String>,
    /// Position among its siblings as printed; 0 for bullets.
    pub number: u32,
}

impl Shape {
    fn list(&self) -> Option<u32> {
        if let Self::Item(item) = self { Some(item.list) } else { None }
    }

    fn table(&self) -> Option<u32> {
        if let Self::Row { table } = self { Some(*table) } else { None }
    }
}

impl Block {
    pub fn new(shape: Shape, text: String, page: u32) -> Self {
        Self {
            shape,
            text,
            page,
            boxed: false,
            nesting: 0,
            marked: Vec::new(),
            lines: Vec::new(),
            doubtful: Vec::new(),
            confidence: None,
        }
    }
}

/// More blocks than the longest real procedure has; what is longer is an attack or a book.
const MAX_BLOCKS: usize = 50_000;

pub fn extract(file: Identified<'_>) -> Result<Extracted, Refusal> {
    let mut extracted = match file {
        Identified::Markdown(text) => markdown::extract(&text),
        Identified::Text(text) => text::extract(&text),
        Identified::Html(text) => html::extract(&text)?,
        Identified::Pdf(bytes) => with_scans(pdf::extract(bytes)?, bytes)?,
        Identified::Picture(bytes) => pictures_of_pages(bytes)?,
        Identified::Docx(bytes) => docx::extract(bytes)?,
        Identified::Pptx(bytes) => pptx::extract(bytes)?,
        Identified::Xlsx(bytes) => xlsx::extract(bytes)?,
        Identified::Zip(bytes) => archive::extract(bytes)?,
    };
    extracted.blocks = numbered::items(std::mem::take(&mut extracted.blocks));
    extracted.title = extracted.title.map(|t| inline::visible(&t)).filter(|t| !t.is_empty());
    if extracted.blocks.len() > MAX_BLOCKS {
        return Err(Refusal::TooLarge);
    }
    if !extracted.pages_without_text.is_empty() {
        let pages: Vec<String> = extracted.pages_without_text.iter().map(u32::to_string).collect();
        extracted.notes.push(format!("No text was found on page {}.", pages.join(", ")));
    }
    if !extracted.blocks.iter().any(|b| b.text.chars().any(char::is_alphabetic)) {
        return Err(Refusal::NoText);
    }
    Ok(extracted)
}

/// The pages of a PDF that have letters, without those that would have to be recognised.
#[cfg(test)]
pub fn printed_pdf(bytes: &[u8]) -> Result<Extracted, Refusal> {
    pdf::extract(bytes)
}

/// Recognises the pages of a PDF that are pictures.
fn with_scans(mut extracted: Extracted, bytes: &[u8]) -> Result<Extracted, Refusal> {
    let scans = extracted.pages_without_text.clone();
    if scans.is_empty() {
        return Ok(extracted);
    }
    let recognised = match ocr::recognise(&ocr::Pages::Pdf(bytes, scans)) {
        Ok(recognised) => recognised,
        // What can be read is read; the pages that cannot are named.
        Err(Refusal::ScanUnreadable) if !extracted.blocks.is_empty() => return Ok(extracted),
        Err(refusal) => return Err(refusal),
    };
    extracted.notes.extend(recognised.notes);
    extracted.notes.extend(read_from_pictures(&recognised.blocks));
    extracted.insert_pages(recognised.blocks);
    Ok(extracted)
}

fn pictures_of_pages(bytes: &[u8]) -> Result<Extracted, Refusal> {
    let mut extracted = ocr::recognise(&ocr::Pages::Pictures(pictures::pages(bytes)?))?;
    if extracted.blocks.is_empty() {
        return Err(Refusal::PictureWithoutText);
    }
    extracted.notes.extend(read_from_pictures(&extracted.blocks));
    Ok(extracted)
}

fn read_from_pictures(blocks: &[Block]) -> Option<String> {
    let pages: std::collections::BTreeSet<u32> = blocks.iter().map(|b| b.page).collect();
    let doubtful: usize = blocks.iter().map(|b| b.doubtful.len()).sum();
    (!pages.is_empty()).then(|| {
        format!("{} pages are pictures and were read by a program; {doubtful} words are doubtful.", pages.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_were_read_later_stand_where_they_belong() {
        let item = |list| Shape::Item(Item { list, ordered: false, label: None, number: 0 });
        let of_page = |page, shape| Block::new(shape, format!("page {page}"), page);
        let mut extracted = Extracted {
            blocks: vec![of_page(1, item(1)), of_page(3, Shape::Paragraph)],
            pages: 4,
            pages_without_text: vec![2, 4],
            ..Extracted::default()
        };
        extracted.insert_pages(vec![of_page(2, item(1)), of_page(2, Shape::Paragraph)]);
        assert_eq!(extracted.blocks.iter().map(|b| b.page).collect::<Vec<_>>(), [1, 2, 2, 3]);
        assert_eq!(extracted.blocks[1].shape, item(2), "its lists are lists of its own");
        assert_eq!(extracted.pages_without_text, [4]);
    }
}
