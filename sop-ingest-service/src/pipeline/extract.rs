//! From a file to its blocks in reading order: headings, paragraphs, list items and table rows, with pages.
//!
//! One file per format. What an extractor leaves is the same for all of them, so that nothing after it knows the format.

mod docx;
mod html;
mod inline;
mod lines;
mod markdown;
mod pdf;
mod text;

pub use lines::heading_label;

use super::{Refusal, identify::Identified};

/// A document without its format: blocks in reading order.
#[derive(Debug, Default)]
pub struct Extracted {
    pub title: Option<String>,
    pub blocks: Vec<Block>,
    pub pages: u32,
    /// What was left out, in words for the reviewer.
    pub notes: Vec<String>,
}

/// One piece of visible text that a reader sees as a unit.
#[derive(Clone, Debug, Eq, PartialEq)]
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

impl Block {
    pub fn new(shape: Shape, text: String, page: u32) -> Self {
        Self { shape, text, page, boxed: false, nesting: 0, marked: Vec::new() }
    }
}

/// More blocks than the longest real procedure has; what is longer is an attack or a book.
const MAX_BLOCKS: usize = 50_000;

pub fn extract(file: Identified<'_>) -> Result<Extracted, Refusal> {
    let extracted = match file {
        Identified::Markdown(text) => markdown::extract(&text),
        Identified::Text(text) => text::extract(&text),
        Identified::Html(text) => html::extract(&text)?,
        Identified::Pdf(bytes) => pdf::extract(bytes)?,
        Identified::Docx(bytes) => docx::extract(bytes)?,
    };
    if extracted.blocks.len() > MAX_BLOCKS {
        return Err(Refusal::TooLarge);
    }
    if !extracted.blocks.iter().any(|b| b.text.chars().any(char::is_alphabetic)) {
        return Err(Refusal::NoText);
    }
    Ok(extracted)
}
