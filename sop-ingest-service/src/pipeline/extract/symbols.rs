//! Fonts of signs keep them where no letters are; these are the signs that a reader sees.

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Symbols {
    None,
    Symbol,
    Wingdings,
}

impl Symbols {
    /// By the font's name.
    pub fn of(font: &str) -> Self {
        let name = font.to_lowercase();
        if name.contains("wingding") {
            Self::Wingdings
        } else if name.contains("symbol") && !name.contains("segoe") {
            Self::Symbol
        } else {
            Self::None
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
        (Symbols::Wingdings, 0x6F | 0x71 | 0x72 | 0xA8) => "☐",
        (Symbols::Wingdings, 0xFE | 0xFD) => "☒",
        (Symbols::Wingdings, 0xFC) => "✓",
        (Symbols::Wingdings, 0xD8) => "➢",
        (Symbols::Wingdings, 0xE0 | 0xE8 | 0xF0) => "→",
        (Symbols::Wingdings, _) | (_, 0xB7) => "•",
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_symbol_fonts_are_what_a_reader_sees() {
        assert_eq!(sign("\u{F0A3}", Symbols::of("ABCDEF+SymbolMT")), Some("≤"));
        assert_eq!(sign("\u{F0A8}", Symbols::of("Wingdings-Regular")), Some("☐"));
        assert_eq!(sign("A", Symbols::Symbol), None);
    }
}
