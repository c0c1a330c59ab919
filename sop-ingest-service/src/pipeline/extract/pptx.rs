//! Presentations: slides are pages, their titles headings, their lists nested as they are shown.

use quick_xml::{
    Reader,
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
};

use super::{
    Block, Extracted, Item, Shape,
    docx::{Package, attribute},
    inline::Inline,
};
use crate::pipeline::Refusal;

const MAX_DEPTH: usize = 300;
const MAX_SLIDES: usize = 1_000;

pub fn extract(bytes: &[u8]) -> Result<Extracted, Refusal> {
    let damaged = |refusal| if refusal == Refusal::DamagedDocx { Refusal::DamagedOffice } else { refusal };
    read(bytes).map_err(damaged)
}

fn read(bytes: &[u8]) -> Result<Extracted, Refusal> {
    let mut package = Package::open(bytes)?;
    let deck = package.part("ppt/presentation.xml")?.ok_or(Refusal::DamagedOffice)?;
    let links = package.part("ppt/_rels/presentation.xml.rels")?.unwrap_or_default();
    let ids = values(&deck, "sldId", "r:id")?;
    let (names, targets) = (values(&links, "Relationship", "Id")?, values(&links, "Relationship", "Target")?);
    if ids.len() > MAX_SLIDES {
        return Err(Refusal::TooManyPages);
    }
    let mut out = Extracted { pages: u32::try_from(ids.len()).unwrap_or(u32::MAX).max(1), ..Extracted::default() };
    let (mut hidden, mut lists, mut tables) = (0, 0, 0);
    for (page, id) in (1_u32..).zip(&ids) {
        let Some(at) = names.iter().position(|name| name == id) else { continue };
        let Some(target) = targets.get(at) else { continue };
        let part = target.strip_prefix('/').map_or_else(|| format!("ppt/{target}"), str::to_owned);
        let Some(xml) = package.part(&part)? else { continue };
        let mut slide = Slide { page, lists, tables, ..Slide::default() };
        if slide.read(&xml)? {
            out.blocks.append(&mut slide.blocks);
        } else {
            hidden += 1;
        }
        (lists, tables) = (slide.lists + 1, slide.tables);
    }
    if hidden > 0 {
        out.notes.push(format!("{hidden} hidden slides were left out."));
    }
    out.notes.extend(package.notes_of("ppt/"));
    if package.holds("ppt/notesSlides/") {
        out.notes.push("Speaker notes were left out.".to_owned());
    }
    Ok(out)
}

/// The value of an attribute, by its full name, of every element with this local name.
fn values(xml: &str, element: &str, name: &str) -> Result<Vec<String>, Refusal> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event().map_err(|_| Refusal::DamagedOffice)? {
            Event::Start(e) | Event::Empty(e) if e.local_name().as_ref() == element => {
                let value = e.attributes().flatten().find(|a| a.key.as_ref() == name).map(|a| a.value.into_owned());
                found.push(value.unwrap_or_default());
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum Frame {
    #[default]
    TextBox,
    Title,
    Body,
    /// Dates, slide numbers, footers.
    Margin,
}

#[derive(Default)]
struct Slide {
    page: u32,
    blocks: Vec<Block>,
    frame: Frame,
    text: Inline,
    in_text: bool,
    level: u8,
    bullet: Option<bool>,
    numbered: bool,
    /// Numbers given so far at each level.
    numbers: [u32; 10],
    lists: u32,
    tables: u32,
    in_table: bool,
    cells: Vec<String>,
}

impl Slide {
    /// False for a hidden slide.
    fn read(&mut self, xml: &str) -> Result<bool, Refusal> {
        let mut reader = Reader::from_str(xml);
        let mut depth = 0_usize;
        loop {
            match reader.read_event().map_err(|_| Refusal::DamagedOffice)? {
                Event::Start(e) => {
                    depth += 1;
                    if depth > MAX_DEPTH {
                        return Err(Refusal::TooDeep);
                    }
                    if e.local_name().as_ref() == "sld" && attribute(&e, "show").is_some_and(|s| s == "0") {
                        return Ok(false);
                    }
                    self.start(&e);
                }
                Event::Empty(e) => {
                    self.start(&e);
                    self.end(e.local_name().as_ref());
                }
                Event::End(e) => {
                    depth = depth.saturating_sub(1);
                    self.end(e.local_name().as_ref());
                }
                Event::Text(text) if self.in_text => self.text.push(&text),
                Event::GeneralRef(entity) if self.in_text => {
                    let character = entity.resolve_char_ref().ok().flatten().map(String::from);
                    let named = || resolve_predefined_entity(&entity).map(str::to_owned);
                    self.text.push(&character.or_else(named).unwrap_or_default());
                }
                Event::Eof if depth == 0 => return Ok(true),
                Event::Eof => return Err(Refusal::DamagedOffice),
                _ => {}
            }
        }
    }

    fn start(&mut self, e: &BytesStart<'_>) {
        match e.local_name().as_ref() {
            "sp" => {
                self.frame = Frame::TextBox;
                self.numbers = [0; 10];
                self.lists += 1;
            }
            "ph" => {
                self.frame = match attribute(e, "type").as_deref() {
                    Some("title" | "ctrTitle") => Frame::Title,
                    Some("subTitle") => Frame::TextBox,
                    Some("dt" | "sldNum" | "ftr" | "hdr") => Frame::Margin,
                    _ => Frame::Body,
                }
            }
            "tbl" => {
                self.in_table = true;
                self.tables += 1;
            }
            "tr" => self.cells.clear(),
            "p" => (self.level, self.bullet, self.numbered) = (0, None, false),
            "pPr" => self.level = attribute(e, "lvl").and_then(|l| l.parse().ok()).unwrap_or(0).min(9),
            "buNone" => self.bullet = Some(false),
            "buChar" | "buBlip" => self.bullet = Some(true),
            "buAutoNum" => (self.bullet, self.numbered) = (Some(true), true),
            "t" => self.in_text = true,
            "br" => self.text.push(" "),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "p" if self.in_table => self.text.push(" "),
            "p" => self.paragraph(),
            "tc" => {
                let cell = self.text.take().0;
                self.cells.push(cell);
            }
            "tr" => {
                let text = std::mem::take(&mut self.cells).join(" | ");
                self.push(Shape::Row { table: self.tables }, text, 0);
            }
            "tbl" => self.in_table = false,
            _ => {}
        }
    }

    fn paragraph(&mut self) {
        let text = self.text.take().0;
        if text.is_empty() || self.frame == Frame::Margin {
            return;
        }
        let level = usize::from(self.level);
        let listed = self.bullet.unwrap_or(self.frame == Frame::Body);
        self.numbers[level + usize::from(level < 9)..].fill(0);
        if self.frame == Frame::Title {
            self.push(Shape::Heading { depth: 1, label: None }, text, 0);
        } else if listed {
            let number = if self.numbered { self.numbers[level] + 1 } else { 0 };
            self.numbers[level] = number;
            let label = self.numbered.then(|| number.to_string());
            let list = self.lists * 20 + u32::from(self.level) * 2 + u32::from(self.numbered);
            self.push(Shape::Item(Item { list, ordered: self.numbered, label, number }), text, self.level + 1);
        } else {
            self.numbers[level] = 0;
            self.push(Shape::Paragraph, text, 0);
        }
    }

    fn push(&mut self, shape: Shape, text: String, nesting: u8) {
        if text.chars().any(char::is_alphanumeric) {
            self.blocks.push(Block { nesting, ..Block::new(shape, text, self.page) });
        }
    }
}
