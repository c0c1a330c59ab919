//! From blocks to sections and clauses: where each stands, what the reader has above it, and its name.
//!
//! The document's text is written here, clause by clause, so that every span is right by construction.

pub mod cards;
pub mod ids;
mod shapes;

use course_format::sop::{PageBox, Span};

use super::{
    extract::{Block, Extracted, Item, LineBox, Shape, boxes, heading_label},
    pattern::patterns,
    profile::sentences,
};

patterns! {
    LABELLED_BOX = r"(?i)^\W*(?:warning|caution|danger|note|important|attention|hazard|tip)\b\s*[:!.–—-]";
    INTRODUCES = r"(?i)\b(?:be|is|are|as):$|\bexample .*:$";
}

/// A document whose clauses are cut, but not yet read.
#[derive(Debug, Default)]
pub struct Structured {
    pub title: String,
    pub text: String,
    pub sections: Vec<DraftSection>,
    pub clauses: Vec<DraftClause>,
}

#[derive(Clone, Debug)]
pub struct DraftSection {
    pub path: String,
    pub title: String,
    pub label: Option<String>,
    pub depth: u8,
    pub page: u32,
    /// Index of the heading's clause.
    pub heading: Option<usize>,
}

#[derive(Clone, Debug)]
pub struct DraftClause {
    pub text: String,
    pub span: Span,
    pub page: u32,
    pub boxes: Vec<PageBox>,
    /// Index of the section it stands in.
    pub section: usize,
    pub shape: DraftShape,
    pub boxed: bool,
    /// How many list items it stands inside of.
    pub nesting: u8,
    pub label: Option<String>,
    /// Index of the clause that introduces the list it is an item of ("… must be traceable to:").
    pub lead: Option<usize>,
    pub marked: Vec<std::ops::Range<usize>>,
    /// Words that may have been read wrongly, by their bytes in `text`.
    pub doubtful: Vec<std::ops::Range<usize>>,
    pub confidence: Option<f32>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub enum DraftShape {
    Heading,
    Title,
    Prose,
    Item(Item),
    Row { table: u32 },
}

impl DraftClause {
    pub fn item(&self) -> Option<&Item> {
        match &self.shape {
            DraftShape::Item(item) => Some(item),
            _ => None,
        }
    }
}

/// `title` is used where the document has none of its own.
pub fn structure(extracted: Extracted, title: &str) -> Structured {
    let mut builder = Builder::new();
    let own = extracted.title.filter(|t| !t.is_empty());
    let blocks = joined(shapes::settled(extracted.blocks, own.is_some()));
    for block in blocks {
        builder.block(&block);
    }
    let heading = builder.out.sections.iter().find(|s| s.depth == 1).map(|s| s.title.clone());
    let first_is_title = builder
        .out
        .clauses
        .iter()
        .find(|c| !shapes::is_banner(&c.text))
        .is_some_and(|c| matches!(c.shape, DraftShape::Heading | DraftShape::Title));
    let shown = heading.filter(|_| first_is_title && builder.out.sections.iter().filter(|s| s.depth == 1).count() == 1);
    let first = builder.out.clauses.first().filter(|c| c.shape == DraftShape::Title).map(|c| c.text.clone());
    builder.out.title = own.or(shown).or(first).unwrap_or_else(|| title.to_owned());
    builder.out
}

/// A paragraph that only introduces one line, and that line, make one sentence.
fn joined(blocks: Vec<Block>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        let paragraph = block.shape == Shape::Paragraph;
        let one_word = paragraph && !block.text.contains(' ') && block.text.contains(['/', '_', '.']);
        let goes_on = paragraph && block.text.starts_with(char::is_lowercase);
        match out.last_mut() {
            Some(last)
                if last.shape == Shape::Paragraph
                    && last.nesting == block.nesting
                    && (one_word && INTRODUCES.is_match(&last.text) || goes_on && last.text.ends_with(':')) =>
            {
                last.text.push(' ');
                let start = last.text.len();
                last.lines.extend(block.lines.iter().map(|l| LineBox { start: l.start + start, ..*l }));
                last.text.push_str(&block.text);
            }
            _ => out.push(block),
        }
    }
    out
}

struct Builder {
    out: Structured,
    characters: usize,
    /// Open headings: depth and section.
    open: Vec<(u8, usize)>,
    section: usize,
    /// The last clause at each nesting that ends in a colon.
    leads: Vec<(u8, usize)>,
}

impl Builder {
    fn new() -> Self {
        let before_headings =
            DraftSection { path: String::new(), title: String::new(), label: None, depth: 0, page: 1, heading: None };
        let out = Structured { sections: vec![before_headings], ..Structured::default() };
        Self { out, characters: 0, open: Vec::new(), section: 0, leads: Vec::new() }
    }

    fn block(&mut self, block: &Block) {
        match block.shape.clone() {
            Shape::Heading { depth, label } => self.heading(block, depth, label),
            Shape::Title => {
                self.new_line();
                self.clause(block, 0..block.text.len(), DraftShape::Title, None);
            }
            Shape::Row { table } => {
                self.new_line();
                self.clause(block, 0..block.text.len(), DraftShape::Row { table }, None);
            }
            Shape::Item(item) => {
                self.new_line();
                self.write(&"  ".repeat(usize::from(block.nesting.clamp(1, 9) - 1)));
                if let Some(label) = &item.label {
                    self.write(&format!("{label}. "));
                }
                let label = item.label.clone();
                self.clause(block, 0..block.text.len(), DraftShape::Item(item), label);
            }
            Shape::Paragraph => self.paragraph(block),
        }
    }

    fn heading(&mut self, block: &Block, depth: u8, label: Option<String>) {
        let text = block.text.trim_end();
        let own = heading_label(text).map(|l| (l.label.to_owned(), text.len() - l.rest.len()));
        let (label, skip) = match (label, own) {
            (Some(label), _) => (Some(label), 0),
            (None, Some((label, skip))) => (Some(label), skip),
            (None, None) => (None, 0),
        };
        if text[skip..].trim().is_empty() {
            return;
        }
        self.open.retain(|(d, _)| *d < depth);
        let title = text[skip..].trim_end_matches([':', ' ']).to_owned();
        let parent = self.open.last().map_or("", |(_, s)| self.out.sections[*s].path.as_str());
        let path = if parent.is_empty() { title.clone() } else { format!("{parent} > {title}") };
        self.section = self.out.sections.len();
        self.open.push((depth, self.section));
        self.leads.clear();
        let heading = self.out.clauses.len();
        self.out.sections.push(DraftSection {
            path,
            title,
            label: label.clone(),
            depth,
            page: block.page,
            heading: Some(heading),
        });
        if !self.out.text.is_empty() {
            self.write("\n");
        }
        self.new_line();
        if let Some(label) = &label {
            self.write(&format!("{label}. "));
        }
        self.clause(block, skip..block.text.len(), DraftShape::Heading, label);
    }

    fn paragraph(&mut self, block: &Block) {
        self.new_line();
        // What a warning says is never parted from the word "warning".
        let parts = if LABELLED_BOX.is_match(&block.text) {
            std::iter::once(0..block.text.len()).collect()
        } else {
            sentences::split_by_sense(&block.text)
        };
        for (at, part) in parts.into_iter().enumerate() {
            if at > 0 {
                self.write(" ");
            }
            self.clause(block, part, DraftShape::Prose, None);
        }
    }

    fn clause(&mut self, block: &Block, part: std::ops::Range<usize>, shape: DraftShape, label: Option<String>) {
        let text = block.text[part.clone()].trim_end().to_owned();
        if text.is_empty() {
            return;
        }
        let start = self.characters;
        self.write(&text);
        let nesting = block.nesting;
        let lead = self.lead(&shape, nesting);
        let inside = |ranges: &[std::ops::Range<usize>]| -> Vec<std::ops::Range<usize>> {
            ranges
                .iter()
                .filter(|m| m.start >= part.start && m.end <= part.start + text.len())
                .map(|m| m.start - part.start..m.end - part.start)
                .filter(|m| text.get(m.clone()).is_some())
                .collect()
        };
        let (marked, doubtful) = (inside(&block.marked), inside(&block.doubtful));
        if text.ends_with(':') {
            self.leads.retain(|(n, _)| *n < nesting.max(1));
            self.leads.push((nesting, self.out.clauses.len()));
        }
        let span = Span { start, end: self.characters };
        let at = boxes::of_part(&block.lines, &part);
        self.out.clauses.push(DraftClause {
            text,
            span,
            page: at.first().map_or(block.page, |b| b.page),
            boxes: at,
            section: self.section,
            shape,
            boxed: block.boxed,
            nesting,
            label,
            lead,
            marked,
            doubtful,
            confidence: block.confidence,
        });
    }

    /// Items belong to the nearest sentence above them that ends in a colon and is nested less.
    fn lead(&mut self, shape: &DraftShape, nesting: u8) -> Option<usize> {
        match shape {
            DraftShape::Item(_) => self.leads.iter().rev().find(|(n, _)| *n < nesting).map(|(_, at)| *at),
            DraftShape::Prose if nesting == 0 => {
                self.leads.clear();
                None
            }
            _ => None,
        }
    }

    fn new_line(&mut self) {
        if !self.out.text.is_empty() {
            self.write("\n");
        }
    }

    fn write(&mut self, text: &str) {
        self.out.text.push_str(text);
        self.characters += text.chars().count();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_may_begin_with_any_sign_after_its_number() {
        let heading = Block::new(Shape::Heading { depth: 1, label: None }, "2. –12 °C rooms ".to_owned(), 1);
        let structured = structure(Extracted { blocks: vec![heading], pages: 1, ..Extracted::default() }, "Rooms");
        assert_eq!(
            (structured.clauses[0].text.as_str(), structured.sections[1].label.as_deref()),
            ("–12 °C rooms", Some("2"))
        );
    }
}
