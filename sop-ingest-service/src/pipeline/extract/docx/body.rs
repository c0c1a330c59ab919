//! The body of a Word document, in the order in which it is written.

use std::{borrow::Cow, collections::HashMap};

use quick_xml::{
    Reader,
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
};

use super::{numbering::Numbering, styles::Styles};
use crate::pipeline::{
    Refusal,
    extract::{
        Block, Extracted, Item, Shape,
        inline::{Inline, LINE_END},
        lines::{after_bullet, could_be_heading, heading_label, labelled},
        symbols::{self, Symbols},
    },
};

const MAX_DEPTH: usize = 300;

pub fn damaged(_: quick_xml::Error) -> Refusal {
    Refusal::DamagedDocx
}

/// An attribute by its name without prefix.
pub fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|a| a.key.local_name().as_ref() == name)?;
    found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
}

/// A colour behind the letters.
fn is_shaded(element: &BytesStart<'_>) -> bool {
    attribute(element, "fill")
        .is_some_and(|fill| !fill.eq_ignore_ascii_case("auto") && !fill.eq_ignore_ascii_case("FFFFFF"))
}

/// `<w:b/>` and `<w:b w:val="1"/>` switch on, `<w:b w:val="0"/>` switches off.
fn is_on(element: &BytesStart<'_>) -> bool {
    attribute(element, "val").is_none_or(|v| !matches!(v.as_str(), "0" | "false" | "off" | "none"))
}

#[derive(Default)]
struct Paragraph {
    style: Option<String>,
    list: Option<String>,
    level: Option<usize>,
    boxed: bool,
    text: Inline,
    /// Some words are not bold.
    plain: bool,
    shaded: bool,
    /// Where its first words stand.
    page: Option<u32>,
}

#[derive(Default)]
struct Run {
    bold: bool,
    hidden: bool,
    colours: Colours,
}

#[derive(Default)]
struct Colours {
    white: bool,
    /// Something is drawn behind the letters.
    shaded: bool,
}

#[derive(Default)]
struct Table {
    page: u32,
    /// Rows of cells of paragraphs.
    rows: Vec<Vec<Vec<String>>>,
}

struct Body<'a> {
    styles: &'a Styles,
    numbering: Numbering,
    out: Extracted,
    paragraphs: Vec<Paragraph>,
    run: Run,
    in_run: bool,
    in_text: bool,
    tables: Vec<Table>,
    tables_seen: u32,
    lists: HashMap<String, u32>,
    lists_seen: u32,
    /// Blocks that look like headings to the eye but are not marked as such.
    bold_lines: Vec<usize>,
    hidden: usize,
    page: u32,
    /// Word has noted where it broke the pages when it last printed them.
    rendered: bool,
}

pub fn read(xml: &str, styles: &Styles, numbering: Numbering) -> Result<Extracted, Refusal> {
    let mut body = Body {
        styles,
        numbering,
        out: Extracted { pages: 1, ..Extracted::default() },
        paragraphs: Vec::new(),
        run: Run::default(),
        in_run: false,
        in_text: false,
        tables: Vec::new(),
        tables_seen: 0,
        lists: HashMap::new(),
        lists_seen: 0,
        bold_lines: Vec::new(),
        hidden: 0,
        page: 1,
        rendered: xml.contains("lastRenderedPageBreak"),
    };
    let mut reader = Reader::from_str(xml);
    let (mut depth, mut skipping) = (0_usize, None);
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(e) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(Refusal::TooDeep);
                }
                // Fallback repeats what its choice says; moved text is printed where it went.
                if skipping.is_none() && matches!(e.local_name().as_ref(), "Fallback" | "moveFrom" | "del") {
                    skipping = Some(depth);
                } else if skipping.is_none() {
                    body.start(&e);
                }
            }
            Event::Empty(e) if skipping.is_none() => {
                body.start(&e);
                body.end(e.local_name().as_ref());
            }
            Event::End(e) => {
                if skipping.is_none() {
                    body.end(e.local_name().as_ref());
                } else if skipping == Some(depth) {
                    skipping = None;
                }
                depth = depth.saturating_sub(1);
            }
            Event::Text(text) if skipping.is_none() => body.words(&text),
            Event::CData(text) if skipping.is_none() => body.words(&text),
            Event::GeneralRef(entity) if skipping.is_none() => {
                let character = entity.resolve_char_ref().ok().flatten().map(String::from);
                let named = || resolve_predefined_entity(&entity).map(str::to_owned);
                body.words(&character.or_else(named).unwrap_or_default());
            }
            Event::Eof if depth == 0 => return Ok(body.finish()),
            Event::Eof => return Err(Refusal::DamagedDocx),
            _ => {}
        }
    }
}

impl Body<'_> {
    fn start(&mut self, e: &BytesStart<'_>) {
        let name = e.local_name();
        let name = name.as_ref();
        match name {
            "p" => self.paragraphs.push(Paragraph::default()),
            "r" => {
                self.run = Run::default();
                self.in_run = true;
            }
            "t" => self.in_text = true,
            "lastRenderedPageBreak" => self.page += 1,
            "br" if attribute(e, "type").as_deref() == Some("page") => self.page += u32::from(!self.rendered),
            "br" | "cr" if self.in_run => self.push(LINE_END.encode_utf8(&mut [0; 4])),
            "tab" if self.in_run => self.push(" "),
            "sym" if self.in_run => self.symbol(e),
            "noBreakHyphen" => self.push("-"),
            "tbl" => self.tables.push(Table { page: self.page, ..Table::default() }),
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.rows.push(Vec::new());
                }
            }
            "tc" => {
                if let Some(row) = self.tables.last_mut().and_then(|t| t.rows.last_mut()) {
                    row.push(Vec::new());
                }
            }
            "b" if self.in_run => self.run.bold = is_on(e),
            "vanish" | "webHidden" if self.in_run => self.run.hidden = is_on(e),
            "color" if self.in_run => {
                self.run.colours.white = attribute(e, "val").is_some_and(|v| v.eq_ignore_ascii_case("FFFFFF"));
            }
            "shd" if self.in_run => self.run.colours.shaded = is_shaded(e),
            "highlight" if self.in_run => self.run.colours.shaded = true,
            // Half points: nobody reads text of one point.
            "sz" if self.in_run => {
                self.run.hidden |= attribute(e, "val").and_then(|v| v.parse::<u32>().ok()).is_some_and(|s| s <= 2);
            }
            _ => self.property(name, e),
        }
    }

    fn property(&mut self, name: &str, e: &BytesStart<'_>) {
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        match name {
            "pStyle" => paragraph.style = attribute(e, "val"),
            "numId" => paragraph.list = attribute(e, "val"),
            "ilvl" => paragraph.level = attribute(e, "val").and_then(|v| v.parse().ok()),
            "pBdr" => paragraph.boxed = true,
            "shd" => paragraph.shaded = is_shaded(e),
            "pageBreakBefore" if is_on(e) && !self.rendered => self.page += 1,
            _ => {}
        }
    }

    fn words(&mut self, text: &str) {
        if !self.in_text {
            return;
        }
        let shaded =
            self.run.colours.shaded || self.paragraphs.last().is_some_and(|p| p.shaded) || !self.tables.is_empty();
        if self.run.hidden || self.run.colours.white && !shaded {
            self.hidden += usize::from(!text.trim().is_empty());
        } else {
            self.push(text);
        }
    }

    fn symbol(&mut self, e: &BytesStart<'_>) {
        let font = attribute(e, "font").unwrap_or_default();
        let code = attribute(e, "char").and_then(|c| u32::from_str_radix(&c, 16).ok());
        let letter = code.and_then(|c| char::from_u32(if c < 0x100 { c + 0xF000 } else { c })).map(String::from);
        if let Some(sign) = letter.and_then(|l| symbols::sign(&l, Symbols::of(&font))) {
            self.push(sign);
        }
    }

    fn push(&mut self, text: &str) {
        let page = self.page;
        if let Some(paragraph) = self.paragraphs.last_mut() {
            if !text.trim().is_empty() {
                paragraph.page.get_or_insert(page);
            }
            paragraph.plain |= !self.run.bold && text.chars().any(char::is_alphanumeric);
            paragraph.text.push(text);
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "r" => self.in_run = false,
            "p" => self.end_paragraph(),
            "tbl" => self.end_table(),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(mut paragraph) = self.paragraphs.pop() else { return };
        let text = paragraph.text.take().0;
        if !text.chars().any(char::is_alphanumeric) {
            return;
        }
        if let Some(cell) = self.tables.last_mut().and_then(|t| t.rows.last_mut()).and_then(|r| r.last_mut()) {
            cell.push(text.replace(LINE_END, " "));
            return;
        }
        let style = paragraph.style.as_deref().map(|s| self.styles.name(s)).unwrap_or_default();
        if style.starts_with("toc") {
            return;
        }
        let mut block = self.block(&paragraph, &style, text);
        block.page = paragraph.page.unwrap_or(self.page);
        if block.shape == Shape::Paragraph && looks_like_heading(&paragraph, &block.text) {
            self.bold_lines.push(self.out.blocks.len());
        }
        self.out.blocks.push(block);
    }

    fn block(&mut self, paragraph: &Paragraph, style: &str, text: String) -> Block {
        let inherited = paragraph.style.as_deref().and_then(|s| self.styles.numbering(s));
        let list = paragraph.list.clone().or_else(|| inherited.as_ref().map(|(l, _)| l.clone())).filter(|l| l != "0");
        let level = paragraph.level.or(inherited.map(|(_, l)| l)).unwrap_or(0);
        // "List Number 2" is a list of its own for Word, and stands inside of "List Number" for a reader.
        let inner =
            style.strip_prefix("list ").and_then(|s| s.rsplit(' ').next()).and_then(|n| n.parse::<usize>().ok());
        let nesting = level.max(inner.filter(|n| (2..=9).contains(n)).map_or(0, |n| n - 1));
        let number = list.as_ref().and_then(|l| self.numbering.next(l, level));
        if let Some(depth) = paragraph.style.as_deref().and_then(|s| self.styles.heading_depth(s)) {
            return Block::new(Shape::Heading { depth, label: number.and_then(|n| n.label) }, text, 1);
        }
        let first = self.out.blocks.is_empty();
        if style == "title" || style == "subtitle" || (first && could_be_heading(&text) && !text.ends_with(':')) {
            self.out.title.get_or_insert_with(|| text.clone());
            return Block::new(Shape::Title, text, 1);
        }
        let boxed = paragraph.boxed
            || ["quote", "warning", "caution", "danger", "note", "callout"].iter().any(|s| style.contains(s));
        let mut block = match number {
            Some(number) => {
                let list = self.list_id(list.unwrap_or_default());
                let shape =
                    Shape::Item(Item { list, ordered: number.ordered, label: number.label, number: number.value });
                Block { nesting: u8::try_from(nesting + 1).unwrap_or(u8::MAX), ..Block::new(shape, text, 1) }
            }
            None if looks_like_heading(paragraph, &text) => Block::new(Shape::Paragraph, text, 1),
            None => self.typed(text),
        };
        block.boxed = boxed;
        block
    }

    fn list_id(&mut self, list: String) -> u32 {
        *self.lists.entry(list).or_insert_with(|| {
            self.lists_seen += 1;
            self.lists_seen
        })
    }

    /// Some writers type their numbers and bullets by hand.
    fn typed(&mut self, text: String) -> Block {
        let (rest, label, number) = if let Some(rest) = after_bullet(&text) {
            (rest, None, 0)
        } else if let Some(found) = labelled(&text).filter(|l| l.depth() == 1) {
            (found.rest, Some(found.label.to_owned()), found.number())
        } else {
            return Block::new(Shape::Paragraph, text, 1);
        };
        let ordered = label.is_some();
        let list = self.list_id(format!("typed {ordered}"));
        Block { nesting: 1, ..Block::new(Shape::Item(Item { list, ordered, label, number }), rest.to_owned(), 1) }
    }

    fn end_table(&mut self) {
        let Some(table) = self.tables.pop() else { return };
        let cells = |row: Vec<Vec<String>>| row.into_iter().map(|c| c.join(" ")).collect::<Vec<_>>();
        // A table inside a cell is read as the words of that cell.
        if let Some(cell) = self.tables.last_mut().and_then(|t| t.rows.last_mut()).and_then(|r| r.last_mut()) {
            cell.extend(table.rows.into_iter().flat_map(cells));
            return;
        }
        self.tables_seen += 1;
        if table.rows.iter().all(|row| row.len() <= 1) {
            // A frame around text, drawn as a table.
            for text in table.rows.into_iter().flatten().flatten() {
                self.out.blocks.push(Block { boxed: true, ..Block::new(Shape::Paragraph, text, table.page) });
            }
            return;
        }
        for row in table.rows {
            let text = cells(row).join(" | ");
            if text.chars().any(char::is_alphanumeric) {
                self.out.blocks.push(Block::new(Shape::Row { table: self.tables_seen }, text, table.page));
            }
        }
    }

    fn finish(mut self) -> Extracted {
        let styled = self.out.blocks.iter().any(|b| matches!(b.shape, Shape::Heading { .. }));
        if !styled {
            for at in &self.bold_lines {
                let depth = heading_label(&self.out.blocks[*at].text).map_or(1, |l| l.depth());
                self.out.blocks[*at].shape = Shape::Heading { depth, label: None };
            }
        }
        self.out.pages = self.page;
        if self.hidden > 0 {
            self.out.notes.push(format!("{} hidden passages were left out.", self.hidden));
        }
        self.out
    }
}

/// A short bold line, numbered or not. Where no style marks headings, such lines are the headings.
fn looks_like_heading(paragraph: &Paragraph, text: &str) -> bool {
    let words = heading_label(text).map_or(text, |l| l.rest);
    !paragraph.plain && !paragraph.boxed && could_be_heading(words) && !text.ends_with(':')
}
