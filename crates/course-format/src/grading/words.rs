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

/// What the word may be a regular form of, spelled right: labels, boxes, dries, dried, closed, stopped, closing, drier,
/// slowly; but not "stoped", "closeing" or "carryed".
fn base_forms(word: &str) -> Vec<String> {
    let mut bases = Vec::new();
    for ending in ["s", "es", "ed", "ing", "er", "ers", "est", "ly"] {
        let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.chars().count() >= 2) else { continue };
        if let Some(short) = stem.strip_suffix('i').filter(|_| !matches!(ending, "s" | "ing")) {
            bases.push(format!("{short}y"));
        }
        if ending.starts_with(['e', 'i']) {
            bases.push(format!("{stem}e"));
            bases.extend(without_doubled_letter(stem));
        }
        if takes(stem, ending) {
            bases.push(stem.to_owned());
        }
    }
    bases
}

/// Whether the ending follows this stem without changing it.
fn takes(stem: &str, ending: &str) -> bool {
    match ending {
        "s" => !hisses(stem) && !ends_in_consonant_y(stem),
        "es" => hisses(stem) || stem.ends_with('o'),
        "ing" => !doubles(stem) && (!stem.ends_with('e') || stem.ends_with("ee")),
        "ly" => true,
        _ => !doubles(stem) && !stem.ends_with('e') && !ends_in_consonant_y(stem),
    }
}

pub(super) fn hisses(stem: &str) -> bool {
    ["s", "x", "z", "ch", "sh"].iter().any(|end| stem.ends_with(end))
}

fn ends_in_consonant_y(stem: &str) -> bool {
    stem.strip_suffix('y').is_some_and(|rest| !rest.ends_with(is_vowel))
}

/// One syllable, and one consonant after one vowel: stop, stopped.
fn doubles(stem: &str) -> bool {
    let mut backwards = stem.chars().rev();
    let last = backwards.next().is_some_and(|c| !is_vowel(c) && !matches!(c, 'w' | 'x' | 'y'));
    let vowel = backwards.next().is_some_and(is_vowel);
    last && vowel && stem.chars().filter(|c| is_vowel(*c)).count() == 1
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

fn without_doubled_letter(stem: &str) -> Option<String> {
    let mut letters = stem.chars().rev();
    let last = letters.next()?;
    (letters.next() == Some(last)).then(|| stem[..stem.len() - last.len_utf8()].to_owned())
}
