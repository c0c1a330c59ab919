//! R1 for sentences in brackets inside a sentence: they come after it.

use crate::engine::english::parse::is_statement;
use crate::engine::english::text::{capitalise, word_count};
use crate::engine::english::words::is_finite;

/// "Soak it for 2 h (the part may rust after that), then dry it." -> "Soak it for 2 h, then dry it. The part may rust after that."
pub fn after(sentence: &str) -> Option<Vec<String>> {
    let (head, rest) = sentence.strip_suffix('.')?.split_once(" (")?;
    let (inside, tail) = rest.split_once(')')?;
    let single = !tail.contains('(') && !inside.contains(['(', '"', '“', ':', ';']);
    let joined = tail.is_empty() || tail.starts_with([',', ' ']);
    let words: Vec<&str> = inside.split(' ').collect();
    let verb = words.iter().position(|w| is_finite(w)).unwrap_or(words.len());
    // "the icon that should be on the right" is a thing and no sentence.
    let described = words[..verb].iter().any(|w| matches!(*w, "that" | "which" | "who"));
    let own = word_count(inside) >= 4 && is_statement(inside) && !described;
    let example = ["e.g", "i.e", "see ", "for example", "like ", "such as"].iter().any(|w| inside.starts_with(w));
    let inside = inside.trim_end_matches(['.', '!']);
    (single && joined && own && !example && word_count(head) >= 3)
        .then(|| vec![format!("{head}{tail}."), format!("{}.", capitalise(inside))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_in_brackets_comes_after_its_sentence() {
        assert_eq!(
            after("Soak it for 2 h (the part may rust after that), and dry it.").unwrap(),
            ["Soak it for 2 h, and dry it.", "The part may rust after that."]
        );
        for sentence in [
            "Fill it to the line (three quarters full).",
            "Press the icon (the fish that should be on the right).",
            "Use a mask (see the list that is on the door).",
        ] {
            assert_eq!(after(sentence), None, "{sentence}");
        }
    }
}
