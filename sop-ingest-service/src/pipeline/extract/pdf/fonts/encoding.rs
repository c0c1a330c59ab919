//! Which letters the 256 codes of a simple font are, where no table of the file says so.

use lopdf::{Dictionary, Document, Object};

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
