//! Which letters the 256 codes of a simple font are, where no table of the file says so.

use lopdf::{Dictionary, Document, Object};

use super::Symbols;
use crate::pipeline::extract::pdf::{
    source::{Lookup, MAX_STREAM},
    tokens::hex_digit,
};

/// The letters of the 256 codes; empty where they are not known.
pub fn table(document: &Document, font: &Dictionary, symbolic: bool) -> Vec<String> {
    let encoding = font.resolved(document, b"Encoding");
    let described = encoding.and_then(|e| e.as_dict().ok());
    let base =
        encoding.and_then(|e| e.as_name().ok()).or_else(|| described.and_then(|d| d.name(document, b"BaseEncoding")));
    let mut table = match base {
        Some(base) => named(base),
        None if symbolic => {
            (0..=255_u32).map(|c| char::from_u32(0xF000 + c).map(String::from).unwrap_or_default()).collect()
        }
        None if font.name(document, b"Subtype") == Some(b"TrueType") => named(b"WinAnsiEncoding"),
        None => named(b"StandardEncoding"),
    };
    if encoding.is_none() {
        built_in(document, font, &mut table);
    }
    let differences = described.and_then(|d| d.resolved(document, b"Differences")).and_then(|d| d.as_array().ok());
    let mut code = 0_usize;
    for entry in differences.into_iter().flatten() {
        match document.dereference(entry).map(|(_, e)| e) {
            Ok(Object::Integer(start)) => code = usize::try_from(*start).unwrap_or(256),
            Ok(Object::Name(name)) => {
                if let Some(letters) = table.get_mut(code) {
                    *letters = glyph(name);
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    table
}

/// One of the encodings that the format names.
fn named(name: &[u8]) -> Vec<String> {
    let mut font = Dictionary::new();
    font.set("Type", "Font");
    font.set("Encoding", Object::Name(name.to_vec()));
    let none = Document::new();
    let Ok(encoding) = font.get_font_encoding(&none) else { return vec![String::new(); 256] };
    (0..=255_u8).map(|code| encoding.bytes_to_string(&[code]).unwrap_or_default()).collect()
}

/// The letters of a glyph by its name: "eacute", "uni00B0", "f_i", "a.alt".
fn glyph(name: &[u8]) -> String {
    let stem = name.split(|b| *b == b'.').next().filter(|s| !s.is_empty()).unwrap_or(name);
    if stem.contains(&b'_') {
        return stem.split(|b| *b == b'_').map(glyph).collect();
    }
    let listed = listed(stem);
    if !listed.is_empty() {
        return listed;
    }
    let digits = stem.strip_prefix(b"uni").or_else(|| stem.strip_prefix(b"u")).unwrap_or_default();
    if (4..=6).contains(&digits.len()) && digits.iter().all(|d| hex_digit(*d).is_some()) {
        let code = digits.iter().filter_map(|d| hex_digit(*d)).fold(0_u32, |value, d| value << 4 | u32::from(d));
        return char::from_u32(code).map(String::from).unwrap_or_default();
    }
    String::new()
}

/// By Adobe's list of names.
fn listed(name: &[u8]) -> String {
    let mut differences = Dictionary::new();
    differences.set("Differences", vec![Object::Integer(0), Object::Name(name.to_vec())]);
    let mut font = Dictionary::new();
    font.set("Type", "Font");
    font.set("Encoding", differences);
    let none = Document::new();
    let Ok(lopdf::Encoding::Differences(found)) = font.get_font_encoding(&none) else { return String::new() };
    found.map.get(&0).and_then(|g| char::from_u32(u32::from(g.utf16_code_unit()))).map(String::from).unwrap_or_default()
}

/// Fonts of the Type 1 kind say their own encoding in clear text: `dup 65 /A put`.
fn built_in(document: &Document, font: &Dictionary, table: &mut [String]) {
    let program = font
        .dictionary(document, b"FontDescriptor")
        .and_then(|d| d.resolved(document, b"FontFile"))
        .and_then(|f| f.as_stream().ok())
        .and_then(|f| f.get_plain_content_with_limit(MAX_STREAM).ok());
    let Some(program) = program else { return };
    let clear = program.windows(5).position(|w| w == b"eexec").unwrap_or(program.len());
    let clear = String::from_utf8_lossy(&program[..clear]).into_owned();
    let words: Vec<&str> = clear.split_whitespace().collect();
    for entry in words.windows(4).filter(|w| w[0] == "dup" && w[3] == "put") {
        let code = entry[1].parse::<usize>().ok();
        if let (Some(letters), Some(name)) = (code.and_then(|c| table.get_mut(c)), entry[2].strip_prefix('/')) {
            *letters = glyph(name.as_bytes());
        }
    }
}

/// The usual sign for one that a font of signs keeps in the private area.
pub fn sign(letters: &str, symbols: Symbols) -> Option<&'static str> {
    let mut found = letters.chars();
    let code = u32::from(found.next()?);
    if !(0xF020..=0xF0FF).contains(&code) || found.next().is_some() {
        return None;
    }
    let code = u8::try_from(code - 0xF000).ok()?;
    Some(match (symbols, code) {
        (_, 0xA7) => "▪",
        (_, 0xB7) => "•",
        (Symbols::Wingdings, 0x6F | 0x71 | 0x72 | 0xA8) => "☐",
        (Symbols::Wingdings, 0xFE | 0xFD) => "☒",
        (Symbols::Wingdings, 0xFC) => "✓",
        (Symbols::Wingdings, 0xD8) => "➢",
        (Symbols::Wingdings, 0xE0 | 0xE8 | 0xF0) => "→",
        (Symbols::Wingdings, _) => "•",
        (_, 0x61) => "α",
        (_, 0x62) => "β",
        (_, 0x67) => "γ",
        (_, 0x64) => "δ",
        (_, 0x44) => "Δ",
        (_, 0x6D) => "µ",
        (_, 0x57) => "Ω",
        (_, 0x70) => "π",
        (_, 0xA3) => "≤",
        (_, 0xB3) => "≥",
        (_, 0xB1) => "±",
        (_, 0xB4) => "×",
        (_, 0xB0) => "°",
        (_, 0xB2) => "″",
        (_, 0xA2) => "′",
        (_, 0xB9) => "≠",
        (_, 0xBB) => "≈",
        (_, 0xAE) => "→",
        (_, 0xD7) => "·",
        (_, 0x2D) => "−",
        (_, 0xA8) => "☐",
        (_, 0xFC) => "✓",
        (_, 0xD8) => "➢",
        (_, 0x20) => " ",
        _ => return None,
    })
}
