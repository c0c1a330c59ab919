//! Learned difficulty of a word by its parts.
//!
//! Every run of two to five letters of a word (with `_` at its ends) has a weight, learned together with the
//! sentence model: "cyto" and "ase_" are hard, "_see" and "ay_" are easy. The sum is the word's difficulty; it is used
//! for words that the table does not know; for the others the table holds it, ready made. The weights are a readable
//! file, `data/parts.tsv`.

use std::sync::OnceLock;

static PARTS: &str = include_str!("../data/parts.tsv");

/// Weights in the file are whole numbers; one is this much of a level.
const UNIT: f32 = 1.0 / 1000.0;
pub(crate) const SHORTEST: usize = 2;
pub(crate) const LONGEST: usize = 5;
/// Letters beyond this are not looked at.
const MAX_WORD: usize = 46;

struct Parts {
    slots: Vec<(u32, i16)>,
    mask: usize,
}

fn parts() -> &'static Parts {
    static CELL: OnceLock<Parts> = OnceLock::new();
    CELL.get_or_init(|| {
        let lines = || PARTS.lines().filter(|line| !line.starts_with('#'));
        let size = (lines().count() * 2).next_power_of_two();
        let mut slots = vec![(0, 0); size];
        let mask = size - 1;
        for line in lines() {
            let Some((part, weight)) = line.split_once('\t') else {
                continue;
            };
            let Ok(weight) = weight.parse::<i16>() else {
                continue;
            };
            let key = key_of(part.as_bytes());
            let mut at = key as usize & mask;
            while slots.get(at).is_some_and(|slot| slot.0 != 0) {
                at = (at + 1) & mask;
            }
            if let Some(slot) = slots.get_mut(at) {
                *slot = (key, weight);
            }
        }
        Parts { slots, mask }
    })
}

fn key_of(part: &[u8]) -> u32 {
    key(part.iter().fold(START, |h, &byte| step(h, byte)))
}

#[expect(clippy::cast_possible_truncation, reason = "32 bits of the hash are the key; 0 is the empty place")]
fn key(h: u64) -> u32 {
    (h >> 24) as u32 | 1
}

const START: u64 = 0x9E37_79B9_7F4A_7C15;

fn step(h: u64, byte: u8) -> u64 {
    let h = (h ^ u64::from(byte)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    h ^ (h >> 32)
}

impl Parts {
    fn weight(&self, key: u32) -> i32 {
        let mut at = key as usize & self.mask;
        loop {
            match self.slots.get(at) {
                Some(&(found, weight)) if found == key => return i32::from(weight),
                Some(&(found, _)) if found != 0 => at = (at + 1) & self.mask,
                _ => return 0,
            }
        }
    }
}

/// Calls `each` with every part of a lower-case word.
pub(crate) fn each_part(word: &str, mut each: impl FnMut(&[u8])) {
    let mut buffer = [b'_'; MAX_WORD + 2];
    let padded = pad(word, &mut buffer);
    for start in 0..padded.len() {
        for len in SHORTEST..=LONGEST {
            if let Some(part) = padded.get(start..start + len) {
                each(part);
            }
        }
    }
}

fn pad<'b>(word: &str, buffer: &'b mut [u8; MAX_WORD + 2]) -> &'b [u8] {
    let len = word.len().min(MAX_WORD);
    buffer[1..=len].copy_from_slice(&word.as_bytes()[..len]);
    buffer[len + 1] = b'_';
    &buffer[..len + 2]
}

/// The learned difficulty of a lower-case word, in levels: about 0 for an average word.
pub(crate) fn difficulty(word: &str) -> f32 {
    let table = parts();
    let mut buffer = [b'_'; MAX_WORD + 2];
    let padded = pad(word, &mut buffer);
    let mut sum = 0;
    for start in 0..padded.len() {
        let mut h = START;
        for (i, &byte) in padded[start..].iter().take(LONGEST).enumerate() {
            h = step(h, byte);
            if i + 1 >= SHORTEST {
                sum += table.weight(key(h));
            }
        }
    }
    sum as f32 * UNIT
}

/// Names the source of the table, so that it is read at start and not while a text is measured.
pub(crate) fn load() -> usize {
    parts().slots.iter().filter(|slot| slot.0 != 0).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difficulty_is_the_sum_of_the_weights_of_the_parts() {
        for word in ["cytokine", "a", "", "antidisestablishmentarianism"] {
            let mut sum = 0;
            each_part(word, |part| sum += parts().weight(key_of(part)));
            assert!((difficulty(word) - sum as f32 * UNIT).abs() < 1e-6, "{word}");
        }
    }

    #[test]
    fn no_two_parts_of_the_file_share_a_key() {
        let keys: Vec<u32> = PARTS
            .lines()
            .filter(|l| !l.starts_with('#'))
            .filter_map(|l| l.split_once('\t'))
            .map(|(p, _)| key_of(p.as_bytes()))
            .collect();
        let distinct: std::collections::HashSet<_> = keys.iter().collect();
        assert_eq!(distinct.len(), keys.len());
        assert_eq!(load(), keys.len());
    }
}
