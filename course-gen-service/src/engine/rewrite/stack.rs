//! R14, long noun stacks opened: "cleaning product dosage" -> "the dosage of the cleaning product". Never inside a term.

use super::phrase::{bare, tail};
use crate::engine::english::words::is_function;

/// Heads that are always the head of something.
const HEADS: [&str; 8] = ["dosage", "weight", "colour", "number", "name", "thickness", "height", "volume"];

/// Opens the first stack of three nouns and more that ends in one of these heads.
pub fn open(sentence: &str, is_term: &dyn Fn(&str) -> bool) -> Option<String> {
    let words: Vec<&str> = sentence.split(' ').collect();
    let at = words.iter().position(|w| HEADS.contains(&bare(w)))?;
    let the = words[..at].iter().rposition(|w| *w == "the")?;
    let stack = &words[the + 1..at];
    let plain = stack.len() >= 2
        && stack.len() <= 4
        && stack
            .iter()
            .all(|w| tail(w).is_empty() && !is_function(w) && w.chars().all(char::is_lowercase) && !is_term(w))
        && stack.last().is_some_and(|w| !w.ends_with('s'));
    plain.then(|| {
        let mut out: Vec<String> = words[..=the].iter().map(|w| (*w).to_owned()).collect();
        out.push(format!("{} of the {}{}", bare(words[at]), stack.join(" "), tail(words[at])));
        out.extend(words[at + 1..].iter().map(|w| (*w).to_owned()));
        out.join(" ")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stacks_are_opened() {
        assert_eq!(
            open("Check the cleaning product dosage.", &|_| false).as_deref(),
            Some("Check the dosage of the cleaning product.")
        );
        assert_eq!(open("Check the product name.", &|_| false), None);
        assert_eq!(open("Check the cleaning product dosage.", &|w| w == "product"), None);
    }
}
