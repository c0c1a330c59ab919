//! Paragraph styles: which are headings, which number their paragraphs, which draw a box.

use std::collections::HashMap;

use quick_xml::{Reader, events::Event};

use super::body::{attribute, damaged};
use crate::pipeline::Refusal;

#[derive(Clone, Debug, Default)]
pub struct Style {
    pub name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    /// Numbering definition and level.
    pub numbering: Option<(String, usize)>,
}

#[derive(Debug, Default)]
pub struct Styles(HashMap<String, Style>);

/// A style's ancestors are followed this far: real ones have five, a loop has no end.
const MAX_ANCESTORS: usize = 12;

impl Styles {
    fn lineage(&self, id: &str) -> impl Iterator<Item = &Style> {
        std::iter::successors(self.0.get(id), |s| s.based_on.as_ref().and_then(|b| self.0.get(b))).take(MAX_ANCESTORS)
    }

    /// 1 for the outermost heading; `None` for what is not a heading.
    pub fn heading_depth(&self, id: &str) -> Option<u8> {
        self.lineage(id).find_map(|s| by_name(&s.name).or(s.outline)).or_else(|| by_name(id))
    }

    pub fn numbering(&self, id: &str) -> Option<(String, usize)> {
        self.lineage(id).find_map(|s| s.numbering.clone())
    }

    /// The style's name in lower case, as people see it in Word.
    pub fn name(&self, id: &str) -> String {
        self.0.get(id).map_or_else(|| id.to_lowercase(), |s| s.name.to_lowercase())
    }
}

fn by_name(name: &str) -> Option<u8> {
    let lower = name.to_lowercase();
    lower.strip_prefix("heading")?.trim().parse().ok().filter(|d| (1..=9).contains(d))
}

pub fn read(xml: &str) -> Result<Styles, Refusal> {
    let mut reader = Reader::from_str(xml);
    let (mut styles, mut id, mut style) = (Styles::default(), None, Style::default());
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(e) | Event::Empty(e) => match e.local_name().as_ref() {
                "style" => {
                    id = attribute(&e, "styleId");
                    style = Style::default();
                }
                "name" => style.name = attribute(&e, "val").unwrap_or_default(),
                "basedOn" => style.based_on = attribute(&e, "val"),
                "outlineLvl" => {
                    style.outline =
                        attribute(&e, "val").and_then(|v| v.parse::<u8>().ok()).filter(|l| *l < 9).map(|l| l + 1);
                }
                "numId" => style.numbering.get_or_insert_default().0 = attribute(&e, "val").unwrap_or_default(),
                "ilvl" => {
                    style.numbering.get_or_insert_default().1 =
                        attribute(&e, "val").and_then(|v| v.parse().ok()).unwrap_or(0);
                }
                _ => {}
            },
            Event::End(e) if e.local_name().as_ref() == "style" => {
                if let Some(id) = id.take() {
                    styles.0.insert(id, std::mem::take(&mut style));
                }
            }
            Event::Eof => return Ok(styles),
            _ => {}
        }
    }
}
