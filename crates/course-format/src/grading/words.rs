//! Common English words, so that a typing slip that makes another word is seen for what it is.
//!
//! The list was written for this crate: everyday and workplace words, above all those that one letter turns into each
//! other (clean/clear, heat/heap, label/lapel). It holds base forms and irregular ones; regular endings are taken off
//! before looking. A service with a full dictionary gives it to [`super::grade_with`] instead.

use std::collections::HashSet;
use std::sync::LazyLock;

static WORDS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("words.txt").split_whitespace().collect());

/// Whether the lower-case word, or what is left of it without a regular ending, is in the list.
#[must_use]
pub fn is_common_word(word: &str) -> bool {
    is_base(word) || base_forms(word).iter().any(|base| is_base(base))
}

fn is_base(word: &str) -> bool {
    WORDS.contains(word)
}

/// What the word may be a regular form of: labels, boxes, dries, dried, closed, stopped, closing, drier, slowly.
fn base_forms(word: &str) -> Vec<String> {
    let mut bases = Vec::new();
    for ending in ["s", "es", "ed", "ing", "er", "ers", "est", "ly"] {
        let Some(stem) = word.strip_suffix(ending) else { continue };
        if stem.chars().count() < 2 {
            continue;
        }
        if let Some(short) = stem.strip_suffix('i') {
            bases.push(format!("{short}y"));
        }
        if ending.starts_with(['e', 'i']) {
            bases.push(format!("{stem}e"));
            bases.extend(without_doubled_letter(stem));
        }
        bases.push(stem.to_owned());
    }
    bases
}

fn without_doubled_letter(stem: &str) -> Option<String> {
    let mut letters = stem.chars().rev();
    let last = letters.next()?;
    (letters.next() == Some(last)).then(|| stem[..stem.len() - last.len_utf8()].to_owned())
}
