//! The embedded word table: frequency and levels of about 170,000 word forms, found by hash.
//!
//! The table is read where it lies in the binary; nothing is parsed or allocated at start. Its layout is described
//! in `training/build_words.py`, which makes it. 48 bits of the hash are compared, so that an unknown word is
//! mistaken for a known one about once in a billion.

const MAGIC: &[u8; 8] = b"CEFRWRD2";
const STARTS: usize = 12;
const PREFIXES: usize = 1 << 16;
const RECORD: usize = 6;

static BYTES: &[u8] = include_bytes!("../data/words.bin");

/// What the table says of one word form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    zipf: u8,
    level: u8,
    groups: [u8; 3],
    learned: i8,
}

/// The coarse part of speech that the table keeps levels for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    Noun,
    Verb,
    Adjective,
    Adverb,
    Function,
}

impl Entry {
    /// Zipf frequency: 3 is once in a million words, 6 is once in a thousand; 0 when it is not known.
    pub fn zipf(self) -> f32 {
        f32::from(self.zipf) / 30.0
    }

    /// Mean level over the parts of speech in the list, if it is listed.
    pub fn listed(self) -> Option<f32> {
        (self.level > 0).then(|| f32::from(self.level) / 40.0)
    }

    /// Level in the part of speech in which the word is easiest, if it is listed.
    pub fn easiest(self) -> Option<f32> {
        let nibbles = (0..5).map(|i| self.nibble(i)).filter(|nibble| *nibble > 0);
        nibbles.min().map(level_of_nibble).or_else(|| self.listed())
    }

    /// Level in one part of speech, if it is listed there.
    pub fn level_as(self, group: Group) -> Option<f32> {
        match self.nibble(group as usize) {
            0 => None,
            nibble => Some(level_of_nibble(nibble)),
        }
    }

    pub fn can_be(self, group: Group) -> bool {
        self.nibble(group as usize) > 0
    }

    /// How much harder (or easier) than an average word this one makes a sentence, in levels; learned.
    pub fn learned(self) -> f32 {
        f32::from(self.learned) / 40.0
    }

    pub fn is_proper_noun(self) -> bool {
        self.nibble(5) > 0
    }

    fn nibble(self, i: usize) -> u8 {
        let byte = self.groups.get(i / 2).copied().unwrap_or(0);
        if i.is_multiple_of(2) { byte & 15 } else { byte >> 4 }
    }
}

fn level_of_nibble(nibble: u8) -> f32 {
    f32::from(nibble.saturating_sub(1)) / 2.8 + 1.0
}

/// FNV-1a with a final mix; `build_words.py` computes the same.
pub(crate) fn hash(word: &[u8]) -> u64 {
    let mut h: u64 = 0xCBF2_9CE4_8422_2325;
    for &byte in word {
        h = (h ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3);
    }
    h ^= h >> 32;
    h = h.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    h ^ (h >> 29)
}

/// The low half of a hash, as an index.
#[expect(clippy::cast_possible_truncation, reason = "the low bits are what is wanted")]
pub(crate) fn low_bits(hash: u64) -> usize {
    hash as u32 as usize
}

/// Looks up a lower-case word form.
pub(crate) fn get(word: &str) -> Option<Entry> {
    find(hash(word.as_bytes()))
}

pub(crate) fn find(hash: u64) -> Option<Entry> {
    let count = u32_at(8)? as usize;
    let prefix = low_bits(hash >> 48);
    let key = low_bits(hash >> 16);
    let start = u32_at(STARTS + 4 * prefix)? as usize;
    let end = u32_at(STARTS + 4 * prefix + 4)? as usize;
    let keys = STARTS + 4 * (PREFIXES + 1);
    let values = keys + 4 * count;
    let i = (start..end).find(|&i| u32_at(keys + 4 * i).is_some_and(|found| found as usize == key))?;
    match BYTES.get(values + RECORD * i..values + RECORD * (i + 1))? {
        &[zipf, level, a, b, c, learned] => {
            Some(Entry { zipf, level, groups: [a, b, c], learned: i8::from_le_bytes([learned]) })
        }
        _ => None,
    }
}

/// Number of word forms in the table.
pub(crate) fn len() -> usize {
    if BYTES.starts_with(MAGIC) { u32_at(8).unwrap_or(0) as usize } else { 0 }
}

fn u32_at(at: usize) -> Option<u32> {
    let bytes = BYTES.get(at..at + 4)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_are_found_with_their_frequency_and_level() {
        let wash = get("wash").unwrap();
        assert!((wash.zipf() - 4.46).abs() < 0.05);
        assert_eq!(wash.listed(), Some(1.0));
        assert!(wash.can_be(Group::Verb));
        assert!(!wash.can_be(Group::Function));
    }

    #[test]
    fn nonsense_is_not_found() {
        assert_eq!(get("wxqzzk"), None);
        assert_eq!(get(""), None);
    }

    #[test]
    fn every_record_lies_inside_the_table() {
        assert!(len() > 100_000);
        let keys = STARTS + 4 * (PREFIXES + 1);
        assert_eq!(BYTES.len(), keys + (4 + RECORD) * len());
    }
}
