//! The numbers that Word prints before paragraphs: computed from numbering.xml, as nothing in the text holds them.

use std::collections::HashMap;

use quick_xml::{Reader, events::Event};

use super::body::{attribute, damaged};
use crate::pipeline::{Refusal, extract::lines::roman_numeral};

#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    /// "%1.%2)": each `%n` stands for the current number of level n.
    text: String,
}

impl Default for Level {
    fn default() -> Self {
        Self { start: 1, format: "decimal".to_owned(), text: String::new() }
    }
}

#[derive(Debug, Default)]
pub struct Numbering {
    abstracts: HashMap<String, HashMap<usize, Level>>,
    /// A list, its definition, and where its levels start if not where the definition says.
    lists: HashMap<String, (String, HashMap<usize, u32>)>,
    counters: HashMap<String, HashMap<usize, u32>>,
}

/// What stands before one paragraph.
#[derive(Debug, Eq, PartialEq)]
pub struct Number {
    pub ordered: bool,
    pub label: Option<String>,
    pub value: u32,
}

impl Numbering {
    /// Counts one paragraph of this list at this level; `None` where the list has no signs at all.
    pub fn next(&mut self, list: &str, level: usize) -> Option<Number> {
        let (definition, starts) = self.lists.get(list)?;
        let levels = self.abstracts.get(definition)?;
        let this = levels.get(&level).cloned().unwrap_or_default();
        match this.format.as_str() {
            "bullet" => return Some(Number { ordered: false, label: None, value: 0 }),
            "none" => return None,
            _ => {}
        }
        // Lists that share a definition go on counting, unless they say where they start.
        let key = if starts.is_empty() { definition.clone() } else { format!("list {list}") };
        let counters = self.counters.entry(key).or_default();
        let start = starts.get(&level).copied().unwrap_or(this.start);
        let value = counters.get(&level).map_or(start, |n| n.saturating_add(1));
        counters.insert(level, value);
        counters.retain(|l, _| *l <= level);
        let mut label = if this.text.is_empty() { format!("%{}", level + 1) } else { this.text.clone() };
        for at in (0..=level).rev() {
            let of = levels.get(&at).cloned().unwrap_or_default();
            let number = counters.get(&at).copied().unwrap_or(of.start);
            label = label.replace(&format!("%{}", at + 1), &printed(number, &of.format));
        }
        let label = label.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        Some(Number { ordered: true, label: Some(label).filter(|l| !l.is_empty()), value })
    }
}

fn printed(number: u32, format: &str) -> String {
    let letter = |base: u8| {
        let index = u8::try_from(number.saturating_sub(1) % 26).unwrap_or(0);
        char::from(base + index)
            .to_string()
            .repeat(usize::try_from(number.saturating_sub(1) / 26).unwrap_or(0).min(3) + 1)
    };
    match format {
        "lowerLetter" => letter(b'a'),
        "upperLetter" => letter(b'A'),
        "lowerRoman" => roman_numeral(number).to_lowercase(),
        "upperRoman" => roman_numeral(number),
        "decimalZero" => format!("{number:02}"),
        _ => number.to_string(),
    }
}

pub fn read(xml: &str) -> Result<Numbering, Refusal> {
    let mut reader = Reader::from_str(xml);
    let mut numbering = Numbering::default();
    let (mut definition, mut list, mut level) = (None, None, 0_usize);
    loop {
        let (e, empty) = match reader.read_event().map_err(damaged)? {
            Event::Start(e) => (e, false),
            Event::Empty(e) => (e, true),
            Event::End(e) => {
                match e.local_name().as_ref() {
                    "abstractNum" => definition = None,
                    "num" => list = None,
                    _ => {}
                }
                continue;
            }
            Event::Eof => return Ok(numbering),
            _ => continue,
        };
        let value = attribute(&e, "val");
        match e.local_name().as_ref() {
            "abstractNum" if !empty => definition = attribute(&e, "abstractNumId"),
            "num" if !empty => list = attribute(&e, "numId"),
            "abstractNumId" => {
                if let (Some(list), Some(definition)) = (&list, value) {
                    numbering.lists.entry(list.clone()).or_default().0 = definition;
                }
            }
            "lvl" | "lvlOverride" => level = attribute(&e, "ilvl").and_then(|l| l.parse().ok()).unwrap_or(0),
            "startOverride" => {
                if let (Some(list), Some(start)) = (&list, value.and_then(|v| v.parse().ok())) {
                    numbering.lists.entry(list.clone()).or_default().1.insert(level, start);
                }
            }
            name @ ("start" | "numFmt" | "lvlText") => {
                if let (Some(definition), Some(value)) = (&definition, value) {
                    let at = numbering.abstracts.entry(definition.clone()).or_default().entry(level).or_default();
                    match name {
                        "start" => at.start = value.parse().unwrap_or(1),
                        "numFmt" => at.format = value,
                        _ => at.text = value,
                    }
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const XML: &str = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>
        <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>
        <w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>
        <w:num w:numId="6"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
        <w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num></w:numbering>"#;

    #[test]
    fn levels_count_and_restart_as_in_word() {
        let mut numbering = read(XML).unwrap();
        let mut label =
            |list, level| numbering.next(list, level).and_then(|n| n.label).unwrap_or_else(|| "-".to_owned());
        let printed = [
            label("5", 0),
            label("5", 0),
            label("5", 1),
            label("5", 1),
            label("5", 0),
            label("5", 1),
            label("6", 0),
            label("7", 0),
        ];
        assert_eq!(printed, ["1", "2", "2.a", "2.b", "3", "3.a", "1", "-"]);
    }
}
