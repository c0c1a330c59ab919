//! Tables from character codes to letters (ToUnicode) or to glyph numbers, as they stand in PDF files.

use std::{borrow::Cow, collections::HashMap};

use super::tokens::{Commands, Operand};

/// No font has more codes than this.
const MAX_ENTRIES: usize = 1 << 17;

#[derive(Debug, Default)]
pub struct CMap {
    /// How many bytes a code has, with the codes that have so many.
    spaces: Vec<(usize, u32, u32)>,
    letters: HashMap<u32, Box<str>>,
    /// First code, last code, first glyph number.
    glyphs: Vec<(u32, u32, u32)>,
}

impl CMap {
    pub fn read(source: &[u8]) -> Self {
        let mut map = Self::default();
        let mut commands = Commands::new(source);
        while let Some((name, operands)) = commands.advance() {
            match name {
                b"endcodespacerange" => map.read_spaces(operands),
                b"endbfchar" => map.read_letters(operands),
                b"endcidchar" => map.read_glyphs(operands, 2),
                b"endcidrange" => map.read_glyphs(operands, 3),
                _ => {}
            }
        }
        // Ranges may hold arrays, which commands give flat: they are read by hand.
        map.read_ranges(source);
        map
    }

    fn read_spaces(&mut self, operands: &[Operand<'_>]) {
        for pair in operands.chunks_exact(2) {
            if let [Operand::Text(low), Operand::Text(high)] = pair {
                self.spaces.push((low.len().clamp(1, 4), code(low), code(high)));
            }
        }
    }

    fn read_letters(&mut self, operands: &[Operand<'_>]) {
        for pair in operands.chunks_exact(2) {
            if let [Operand::Text(from), Operand::Text(to)] = pair {
                self.put(code(from), utf16(to));
            }
        }
    }

    fn read_glyphs(&mut self, operands: &[Operand<'_>], size: usize) {
        for entry in operands.chunks_exact(size) {
            if let (Operand::Text(low), Operand::Number(glyph)) = (&entry[0], &entry[size - 1]) {
                let high = if let (3, Operand::Text(high)) = (size, &entry[1]) { code(high) } else { code(low) };
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "glyph numbers are small")]
                self.glyphs.push((code(low), high, *glyph as u32));
            }
        }
    }

    /// `<01> <05> <0041>` or `<01> <02> [<0041> <0042>]` between `beginbfrange` and `endbfrange`.
    fn read_ranges(&mut self, source: &[u8]) {
        let mut rest = source;
        while let Some(start) = find(rest, b"beginbfrange") {
            rest = &rest[start + b"beginbfrange".len()..];
            let end = find(rest, b"endbfrange").unwrap_or(rest.len());
            let mut part = &rest[..end];
            while let Some(((low, high), after)) = hex(part).and_then(|(low, after)| {
                let (high, after) = hex(after)?;
                Some(((code(&low), code(&high)), after))
            }) {
                part = self.range(low, high, after);
            }
            rest = &rest[end..];
        }
    }

    fn range<'a>(&mut self, low: u32, high: u32, after: &'a [u8]) -> &'a [u8] {
        let trimmed = after.trim_ascii_start();
        if let Some(mut list) = trimmed.strip_prefix(b"[") {
            let mut at = low;
            while list.trim_ascii_start().starts_with(b"<") {
                let Some((to, next)) = hex(list) else { break };
                self.put(at, utf16(&to));
                at = at.saturating_add(1);
                list = next;
            }
            return list.trim_ascii_start().strip_prefix(b"]").unwrap_or(list);
        }
        let Some((to, next)) = hex(after) else { return &[] };
        let mut units: Vec<u16> = units(&to);
        for at in low..=high.min(low.saturating_add(0xFFFF)) {
            self.put(at, String::from_utf16_lossy(&units));
            let Some(last) = units.last_mut() else { break };
            *last = last.wrapping_add(1);
        }
        next
    }

    fn put(&mut self, code: u32, letters: String) {
        if self.letters.len() < MAX_ENTRIES {
            self.letters.insert(code, letters.into_boxed_str());
        }
    }

    pub fn letters(&self, code: u32) -> Option<&str> {
        self.letters.get(&code).map(AsRef::as_ref)
    }

    pub fn glyph(&self, code: u32) -> Option<u32> {
        let (low, _, first) = self.glyphs.iter().find(|(low, high, _)| (*low..=*high).contains(&code))?;
        Some(first + (code - low))
    }

    /// The code at the start of these bytes, and how many bytes it has.
    pub fn next(&self, bytes: &[u8]) -> (u32, usize) {
        let mut value = 0;
        for (at, byte) in bytes.iter().take(4).enumerate() {
            value = value << 8 | u32::from(*byte);
            if self.spaces.iter().any(|(size, low, high)| *size == at + 1 && (*low..=*high).contains(&value)) {
                return (value, at + 1);
            }
        }
        two_bytes(bytes)
    }
}

/// Codes of two bytes, as nearly all composite fonts have them.
pub fn two_bytes(bytes: &[u8]) -> (u32, usize) {
    match bytes {
        [high, low, ..] => (u32::from(*high) << 8 | u32::from(*low), 2),
        [only] => (u32::from(*only), 1),
        [] => (0, 1),
    }
}

fn code(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |value, byte| value << 8 | u32::from(*byte))
}

fn units(bytes: &[u8]) -> Vec<u16> {
    if let [only] = bytes {
        return vec![u16::from(*only)];
    }
    bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect()
}

fn utf16(bytes: &[u8]) -> String {
    String::from_utf16_lossy(&units(bytes))
}

fn hex(source: &[u8]) -> Option<(Cow<'static, [u8]>, &[u8])> {
    let start = source.iter().position(|b| *b == b'<')?;
    let end = start + source[start..].iter().position(|b| *b == b'>')?;
    let digits: Vec<u8> = source[start + 1..end].iter().filter_map(|b| super::tokens::hex_digit(*b)).collect();
    let bytes = digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect();
    Some((Cow::Owned(bytes), &source[end + 1..]))
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|w| w == word)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn letters_are_found_by_character_range_and_array() {
        let map = CMap::read(
            b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <05> <00B00043> endbfchar
              2 beginbfrange <10> <12> <0041> <20> <21> [<0066> <00660069>] endbfrange",
        );
        let found: Vec<_> = [5, 0x11, 0x21, 0x30].into_iter().map(|c| map.letters(c)).collect();
        assert_eq!(found, [Some("°C"), Some("B"), Some("fi"), None]);
        assert_eq!(map.next(b"\x05\x06"), (5, 1));
    }

    #[test]
    fn glyph_numbers_follow_their_ranges() {
        let map = CMap::read(b"1 begincidrange <0010> <0020> 100 endcidrange 1 begincidchar <0030> 7 endcidchar");
        assert_eq!((map.glyph(0x12), map.glyph(0x30), map.glyph(1)), (Some(102), Some(7), None));
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_table(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let source = [b"beginbfrange ".as_slice(), &bytes, b" endbfrange"].concat();
            CMap::read(&source).next(&bytes);
        }
    }
}
