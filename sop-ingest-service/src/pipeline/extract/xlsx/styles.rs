//! How cells are printed: their number formats, what is bold, what cannot be seen.

use std::collections::HashMap;

use quick_xml::events::BytesStart;

use super::markup::{Node, walk};
use crate::pipeline::{Refusal, extract::docx::attribute};

/// One way to print a cell.
#[derive(Clone, Debug, Default)]
pub struct Style {
    /// The number format's code; empty for "General".
    pub code: String,
    pub bold: bool,
    /// White on nothing, or too small to be seen.
    pub unseen: bool,
}

#[derive(Clone, Copy, Default)]
struct Font {
    bold: bool,
    white: bool,
    tiny: bool,
}

#[derive(Default)]
struct Reading {
    codes: HashMap<u32, String>,
    fonts: Vec<Font>,
    /// Whether each fill paints something.
    fills: Vec<bool>,
    /// The list that is being read: fonts, fills or formats of cells.
    list: String,
    styles: Vec<Style>,
}

pub fn read(xml: &str) -> Result<Vec<Style>, Refusal> {
    let mut reading = Reading::default();
    walk(xml, |node| {
        match node {
            Node::Start(e) => reading.start(e),
            Node::End(name) if name == reading.list => reading.list.clear(),
            _ => {}
        }
        Ok(())
    })?;
    Ok(reading.styles)
}

fn number(e: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(e, name)?.parse().ok()
}

impl Reading {
    fn start(&mut self, e: &BytesStart<'_>) {
        let name = e.local_name();
        match (self.list.as_str(), name.as_ref()) {
            ("", list @ ("fonts" | "fills" | "cellXfs")) => list.clone_into(&mut self.list),
            (_, "numFmt") => {
                self.codes.extend(number(e, "numFmtId").zip(attribute(e, "formatCode")));
            }
            ("fonts", "font") => self.fonts.push(Font::default()),
            ("fonts", property) => {
                if let Some(font) = self.fonts.last_mut() {
                    font.set(property, e);
                }
            }
            ("fills", "patternFill") => {
                let painted = attribute(e, "patternType").is_some_and(|p| p != "none");
                self.fills.push(painted);
            }
            ("fills", "gradientFill") => self.fills.push(true),
            ("cellXfs", "xf") => {
                let style = self.style(e);
                self.styles.push(style);
            }
            _ => {}
        }
    }

    fn style(&self, e: &BytesStart<'_>) -> Style {
        let of = |name: &str| number(e, name).unwrap_or(0);
        let font = self.fonts.get(of("fontId") as usize).copied().unwrap_or_default();
        let painted = self.fills.get(of("fillId") as usize).copied().unwrap_or(false);
        let format = of("numFmtId");
        let code = self.codes.get(&format).cloned().unwrap_or_else(|| built_in(format).to_owned());
        let code = if code.eq_ignore_ascii_case("general") { String::new() } else { code };
        Style { code, bold: font.bold, unseen: font.white && !painted || font.tiny }
    }
}

impl Font {
    fn set(&mut self, property: &str, e: &BytesStart<'_>) {
        match property {
            "b" => self.bold = attribute(e, "val").is_none_or(|v| v != "0" && v != "false"),
            "color" => {
                let white = attribute(e, "rgb").is_some_and(|rgb| rgb.to_ascii_uppercase().ends_with("FFFFFF"));
                self.white = white || attribute(e, "theme").is_some_and(|t| t == "0") && attribute(e, "tint").is_none();
            }
            "sz" => self.tiny = attribute(e, "val").and_then(|v| v.parse::<f64>().ok()).is_some_and(|size| size <= 1.5),
            _ => {}
        }
    }
}

/// Formats that every program knows by number. A short date (14) is printed as each computer likes it: here so that nobody
/// takes the day for the month.
fn built_in(format: u32) -> &'static str {
    match format {
        1 => "0",
        2 => "0.00",
        3 | 37 | 38 => "#,##0",
        4 | 39 | 40 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        14 | 27..=31 | 36 | 50..=54 | 57 | 58 => "d mmmm yyyy",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 | 32 => "h:mm",
        21 | 33 => "h:mm:ss",
        22 => "d mmmm yyyy h:mm",
        45 | 47 => "mm:ss",
        46 => "[h]:mm:ss",
        _ => "",
    }
}
