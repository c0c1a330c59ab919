//! From the codes of a string to letters and their widths, as a page's fonts say.

mod encoding;

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Object};

use super::{
    cmap::{CMap, two_bytes},
    metrics,
    source::{Lookup, MAX_STREAM},
};
use crate::pipeline::extract::symbols::{Symbols, sign};

/// What one code draws.
#[derive(Clone, Debug, Default)]
pub struct Sign {
    /// Empty where nobody can say which letters it is.
    pub letters: Box<str>,
    /// In shares of the font size.
    pub width: f64,
}

#[derive(Debug)]
pub struct Font {
    pub bold: bool,
    codes: Codes,
}

#[derive(Debug)]
enum Codes {
    Simple(Vec<Sign>),
    Composite(Box<Composite>),
}

#[derive(Debug)]
struct Composite {
    code: Option<CMap>,
    unicode: Letters,
    widths: HashMap<u32, f64>,
    default: f64,
    symbols: Symbols,
}

#[derive(Debug)]
enum Letters {
    Map(CMap),
    /// The codes are UTF-16 already.
    Codes,
    Unknown,
}

impl Font {
    pub fn read(document: &Document, font: &Dictionary) -> Self {
        let name =
            font.name(document, b"BaseFont").map(|n| String::from_utf8_lossy(n).into_owned()).unwrap_or_default();
        let codes = if font.name(document, b"Subtype") == Some(b"Type0") {
            composite(document, font, &name)
        } else {
            Codes::Simple(simple(document, font, &name))
        };
        Self { bold: is_bold(document, font, &name), codes }
    }

    /// Calls `draw` for each code of a string: its letters, its width, and whether it is the one-byte space.
    pub fn each(&self, text: &[u8], mut draw: impl FnMut(&str, f64, bool)) {
        match &self.codes {
            Codes::Simple(signs) => {
                for byte in text {
                    if let Some(sign) = signs.get(usize::from(*byte)) {
                        draw(&sign.letters, sign.width, *byte == 32);
                    }
                }
            }
            Codes::Composite(composite) => {
                let Composite { code, unicode, widths, default, symbols } = composite.as_ref();
                let mut rest = text;
                let mut buffer = [0; 4];
                while !rest.is_empty() {
                    let (value, size) = code.as_ref().map_or_else(|| two_bytes(rest), |map| map.next(rest));
                    rest = rest.get(size..).unwrap_or_default();
                    let glyph = code.as_ref().and_then(|map| map.glyph(value)).unwrap_or(value);
                    let width = widths.get(&glyph).copied().unwrap_or(*default);
                    let letters = match unicode {
                        Letters::Map(map) => map.letters(value).unwrap_or_default(),
                        Letters::Codes => char::from_u32(value).map_or("", |c| c.encode_utf8(&mut buffer)),
                        Letters::Unknown => "",
                    };
                    match sign(letters, *symbols) {
                        Some(sign) => draw(sign, width, false),
                        None => draw(letters, width, size == 1 && value == 32),
                    }
                }
            }
        }
    }
}

fn to_unicode(document: &Document, font: &Dictionary) -> Option<CMap> {
    let stream = font.resolved(document, b"ToUnicode")?.as_stream().ok()?;
    stream.get_plain_content_with_limit(MAX_STREAM).ok().map(|source| CMap::read(&source))
}

fn simple(document: &Document, font: &Dictionary, name: &str) -> Vec<Sign> {
    let unicode = to_unicode(document, font);
    let symbols = Symbols::of(name);
    let table = encoding::table(document, font, symbols != Symbols::None);
    let first = font.number(document, b"FirstChar").unwrap_or(0.0);
    let widths: Option<Vec<f64>> = font.resolved(document, b"Widths").and_then(|w| w.as_array().ok()).map(|list| {
        list.iter().map(|w| document.dereference(w).ok().and_then(|(_, w)| number(w)).unwrap_or(0.0)).collect()
    });
    let missing = font.dictionary(document, b"FontDescriptor").and_then(|d| d.number(document, b"MissingWidth"));
    // Letters of drawn fonts have their own measure.
    let measure = font
        .resolved(document, b"FontMatrix")
        .and_then(|m| m.as_array().ok())
        .and_then(|m| m.first().and_then(number))
        .unwrap_or(0.001);
    (0..=255_u32)
        .map(|code| {
            let mapped =
                unicode.as_ref().and_then(|map| map.letters(code)).filter(|l| !l.is_empty() && *l != "\u{FFFD}");
            let own = table.get(code as usize).map(String::as_str).unwrap_or_default();
            let letters = mapped.unwrap_or(own);
            let letters = sign(letters, symbols).unwrap_or(letters);
            let at = f64::from(code) - first;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a code is between 0 and 255")]
            let width = widths.as_ref().and_then(|w| if at < 0.0 { None } else { w.get(at as usize) }).copied();
            let width = match (width.or(missing), &widths) {
                (Some(width), Some(_)) => width * measure,
                _ => letters.chars().next().map_or(0.0, |letter| metrics::width(name, letter)) * 0.001,
            };
            Sign { letters: letters.into(), width }
        })
        .collect()
}

fn composite(document: &Document, font: &Dictionary, name: &str) -> Codes {
    let descendant = font
        .resolved(document, b"DescendantFonts")
        .and_then(|d| d.as_array().ok())
        .and_then(|d| d.first())
        .and_then(|d| document.dereference(d).ok())
        .and_then(|(_, d)| d.as_dict().ok());
    let encoding = font.resolved(document, b"Encoding");
    let code = encoding
        .and_then(|e| e.as_stream().ok())
        .and_then(|s| s.get_plain_content_with_limit(MAX_STREAM).ok())
        .map(|source| CMap::read(&source));
    let named = encoding.and_then(|e| e.as_name().ok()).unwrap_or_default();
    let is_unicode = named.starts_with(b"Uni");
    let unicode = match to_unicode(document, font) {
        Some(map) => Letters::Map(map),
        None if is_unicode => Letters::Codes,
        None => Letters::Unknown,
    };
    let default = descendant.and_then(|d| d.number(document, b"DW")).unwrap_or(1000.0) * 0.001;
    let widths = descendant.map(|d| composite_widths(document, d)).unwrap_or_default();
    Codes::Composite(Box::new(Composite { code, unicode, widths, default, symbols: Symbols::of(name) }))
}

/// `first [w w w]` or `first last w`, again and again.
fn composite_widths(document: &Document, font: &Dictionary) -> HashMap<u32, f64> {
    let mut widths = HashMap::new();
    let Some(list) = font.resolved(document, b"W").and_then(|w| w.as_array().ok()) else { return widths };
    let values: Vec<&Object> = list.iter().filter_map(|o| document.dereference(o).ok().map(|(_, o)| o)).collect();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "glyph numbers are small")]
    let glyph = |object: &Object| number(object).map(|n| n as u32);
    let mut at = 0;
    while let Some(first) = values.get(at).and_then(|o| glyph(o)) {
        match (values.get(at + 1), values.get(at + 2)) {
            (Some(Object::Array(each)), _) => {
                for (offset, width) in (0_u32..).zip(each) {
                    let width = document.dereference(width).ok().and_then(|(_, w)| number(w)).unwrap_or(0.0);
                    widths.insert(first.saturating_add(offset), width * 0.001);
                }
                at += 2;
            }
            (Some(end), Some(each)) => {
                let (Some(end), Some(width)) = (glyph(end), number(each)) else { break };
                for glyph in first..=end.min(first.saturating_add(0xFFFF)) {
                    widths.insert(glyph, width * 0.001);
                }
                at += 3;
            }
            _ => break,
        }
    }
    widths
}

fn number(object: &Object) -> Option<f64> {
    object.as_float().ok().map(f64::from)
}

fn is_bold(document: &Document, font: &Dictionary, name: &str) -> bool {
    let name = name.to_lowercase();
    if ["bold", "black", "heavy", "demi"].iter().any(|weight| name.contains(weight)) {
        return true;
    }
    let descriptor = font.dictionary(document, b"FontDescriptor");
    descriptor.and_then(|d| d.number(document, b"FontWeight")).is_some_and(|weight| weight >= 600.0)
}
