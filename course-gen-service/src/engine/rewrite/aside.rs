//! R1 for sentences in brackets inside a sentence: they come after it.

use crate::engine::english::parse::{Form, is_statement, parse};
use crate::engine::english::part::is_preposition;
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

/// "All staff, including nurses, must wear it." -> "All staff must wear it. This includes nurses."
pub fn including(sentence: &str) -> Option<Vec<String>> {
    let text = sentence.strip_suffix('.')?;
    let (head, rest) = text.split_once(", including ")?;
    let case = ["If ", "When ", "Before ", "After "].iter().any(|c| head.starts_with(c));
    // The main clause goes on where a comma has its verb behind it.
    let verb =
        rest.match_indices(", ").map(|(at, _)| at).find(|at| rest[at + 2..].split(' ').next().is_some_and(is_finite));
    let (things, tail) = verb.map_or((rest, ""), |at| (&rest[..at], &rest[at + 1..]));
    let plain = !text.contains([':', ';', '(', '"', '“', '?']) && !things.split(' ').any(is_finite);
    let several = word_count(things) >= 2 || tail.is_empty();
    let whole = verb.is_some() || head.split(' ').any(is_finite) || matches!(parse(head), Form::Do(_) | Form::DoNot(_));
    // "food, including snacks, on worktops": the place belongs to the main clause.
    let listed = things.split(", ").skip(1).all(|p| !p.split(' ').next().is_some_and(is_preposition))
        && (!things.contains(", ") || things.contains(" and ") || things.contains(" or "));
    let own = listed && !things.split(' ').any(|w| matches!(w, "that" | "which" | "who" | "if" | "when" | "but"));
    (!case && plain && several && own && whole && word_count(text) > 9)
        .then(|| vec![format!("{head}{tail}."), format!("This includes {things}.")])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_included_is_said_after() {
        assert_eq!(
            including("All clinical staff, including cleaners and agency nurses, have to follow this procedure.")
                .unwrap(),
            ["All clinical staff have to follow this procedure.", "This includes cleaners and agency nurses."]
        );
        assert_eq!(
            including("You must not share your password with anyone, including managers and IT staff.").unwrap(),
            ["You must not share your password with anyone.", "This includes managers and IT staff."]
        );
        assert_eq!(including("Do not leave any food, including dry snacks, on the worktops at night."), None);
        assert_eq!(including("Combining trips, including trips at your own cost, and travel to other towns."), None);
    }

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
