//! Names of clauses, made from their words: a clause that a new version leaves alone keeps its name.

use std::collections::HashMap;

use course_format::sop::ClauseId;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

/// Hands out names within one document.
#[derive(Default)]
pub struct Ids {
    used: HashMap<String, u32>,
}

impl Ids {
    /// The same words in the same section again get a number after their name.
    pub fn next(&mut self, section: &str, text: &str) -> ClauseId {
        let first = name(text);
        // "No app used" under every role: repeated words are told apart by where they stand.
        let base = if self.used.contains_key(&first) { name(&format!("{section}\u{1}{text}")) } else { first };
        let times = self.used.entry(base.clone()).and_modify(|n| *n += 1).or_insert(1);
        ClauseId(if *times == 1 { base } else { format!("{base}-{times}") })
    }
}

fn name(text: &str) -> String {
    let folded: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let folded = folded.split_whitespace().collect::<Vec<_>>().join(" ");
    let digest = Sha256::digest(folded.as_bytes());
    format!("c-{}", hex::encode(&digest[..6]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_depend_on_the_words_and_are_never_used_twice() {
        let mut ids = Ids::default();
        let first = ids.next("A", "Wash your  hands.");
        assert_eq!(first, Ids::default().next("B", "wash your hands."));
        let second = ids.next("A", "Wash your hands.");
        let third = ids.next("A", "Wash your hands.");
        assert!(first != second && second != third && first != third);
    }
}
