//! Whether some words of a SOP name a thing, and all of it: "display shows" is an action, and "shortest shelf" was cut out
//! of "shortest shelf life".

use cefr::PartOfSpeech::{Adjective, Adverb, Noun, Verb};

use super::phrases::{ends_phrase, is_determiner, is_prose};
use crate::engine::english::words::{base_of_third_person, is_verb};
use crate::engine::lexicon;
use crate::engine::library::{ClauseRef, Library};

/// Words after which a verb stands.
const BEFORE_VERBS: [&str; 12] =
    ["to", "not", "must", "should", "may", "can", "never", "always", "will", "please", "shall", "don't"];

/// Whether some sentence of the document has `term` as a name that is not part of a longer one.
pub fn is_whole(library: &Library, at: ClauseRef, term: &str) -> bool {
    let words: Vec<String> = term.split_whitespace().map(str::to_lowercase).collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let listed = lexicon::has(term, "noun");
    let plural_first = words.len() > 1 && first.ends_with('s') && lexicon::singular(first) != *first;
    let compares = words.len() > 1 && first.ends_with("est") && first.len() > 4 && !lexicon::has(first, "noun");
    if !listed && (plural_first || compares) {
        return false;
    }
    let needle = words.join(" ");
    library.clauses().filter(|c| c.document == at.document && is_prose(library, *c)).any(|c| {
        let text = library.clause(c).text.to_lowercase();
        text.match_indices(&needle).any(|(i, _)| {
            let (before, after) = (&text[..i], &text[i + needle.len()..]);
            let apart = !before.ends_with(|c: char| c.is_alphanumeric() || c == '-') && !goes_on(after);
            apart && (listed || words.len() == 1 || !opens_as_verb(before, first) && !ends_as_verb(after, last))
        })
    })
}

/// "Do not mix bleach": the first word is what somebody does.
fn opens_as_verb(before: &str, first: &str) -> bool {
    let previous = before.split_whitespace().next_back().unwrap_or_default();
    let clause_opens = before.trim_end().is_empty() || previous.ends_with(['.', ':', ';', ',']);
    is_verb(first) && (clause_opens || BEFORE_VERBS.contains(&previous) || previous == "and" || previous == "or")
}

/// "The host leads the visitor", "employees who have lost their badge report it": the last word is what somebody does.
fn ends_as_verb(after: &str, last: &str) -> bool {
    let next: String = after.trim_start().chars().take_while(|c| c.is_alphabetic()).collect();
    let object =
        is_determiner(&next) || matches!(next.as_str(), "it" | "them" | "this" | "that" | "their" | "its" | "all");
    let acts = cefr::can_be(&cefr::lemma(last), Verb) || base_of_third_person(last).is_some();
    let only = base_of_third_person(last).is_some_and(|base| !cefr::can_be(&base, Noun));
    only || acts && object
}

/// Whether the next word belongs to the same name.
fn goes_on(rest: &str) -> bool {
    let Some(rest) = rest.strip_prefix(' ') else { return rest.starts_with(|c: char| c.is_alphanumeric() || c == '-') };
    let next: String = rest.chars().take_while(|c| c.is_alphabetic() || *c == '-').collect();
    !next.is_empty() && !ends_phrase(&next) && cefr::can_be(&next, Noun) && !is_verb(&cefr::lemma(&next))
}

/// "purple chopping board" -> "chopping board", "shared fryer" -> "fryer": what a learner looks up is the thing.
pub fn without_plain(term: &str) -> &str {
    const COLOURS: [&str; 11] =
        ["red", "blue", "green", "yellow", "white", "black", "purple", "orange", "grey", "brown", "pink"];
    let Some((first, rest)) = term.split_once(' ') else { return term };
    let lower = first.to_lowercase();
    let easy = cefr::word(&lower).level.is_some_and(|level| level <= cefr::Level::A2);
    let describes = lexicon::has_form(&lower, "adjective") && !lexicon::has_form(&lower, "noun");
    let plain = COLOURS.contains(&lower.as_str())
        || easy && cefr::can_be(&lower, Adjective) && !cefr::can_be(&lower, Noun)
        || describes && !lower.contains('-')
        || lower.ends_with("ly") && cefr::can_be(&lower, Adverb)
        || matches!(
            lower.as_str(),
            "opposite"
                | "broken"
                | "stolen"
                | "used"
                | "locked"
                | "full"
                | "own"
                | "other"
                | "finished"
                | "matching"
                | "safe"
                | "filled"
                | "mixed"
                | "first"
                | "second"
                | "third"
                | "fourth"
                | "last"
        );
    if plain && !lexicon::has(term, "noun") { without_plain(rest) } else { term }
}

/// A brand, a product or the name of a system ("GRYFN reflectance panel"), which no dictionary explains: nothing to teach.
pub fn is_proper(term: &str) -> bool {
    let strange = |w: &str| w.chars().any(char::is_uppercase) || cefr::word(w).score.is_none();
    !lexicon::has(term, "noun") && term.split([' ', '-']).any(|w| !w.is_empty() && strange(w))
}

/// "approving", "attacker deleting log": what somebody does, cut out of a sentence.
pub fn is_doing(term: &str) -> bool {
    let acts = |w: &str| w.ends_with("ing") && is_verb(&cefr::lemma(w)) && !lexicon::has_form(w, "noun");
    let mut words = term.split(' ');
    let first = words.next().unwrap_or_default();
    !lexicon::has(term, "noun") && (words.any(acts) || !term.contains(' ') && acts(first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::test_sop::library;

    #[test]
    fn a_name_is_told_from_a_person_who_acts_and_from_half_a_name() {
        let library = library(
            "Test",
            &[
                "1 The host registers each visitor in the visitor system.",
                "2 Wait until the display shows it.",
                "3 Do not mix bleach with other chemicals.",
                "4 Put the pallet with the shortest shelf life at the front.",
                "5 Check the rotor lid.",
            ],
        );
        let at = library.clauses().next().unwrap();
        for name in ["host registers", "display shows", "mix bleach", "shortest shelf"] {
            assert!(!is_whole(&library, at, name), "{name}");
        }
        for name in ["visitor system", "rotor lid", "bleach"] {
            assert!(is_whole(&library, at, name), "{name}");
        }
    }

    #[test]
    fn a_colour_is_not_part_of_a_term() {
        assert_eq!(without_plain("purple chopping board"), "chopping board");
        assert_eq!(without_plain("shared fryer"), "fryer");
    }

    #[test]
    fn names_of_products_are_no_words_to_learn() {
        assert!(is_proper("GRYFN panel") && is_proper("PCR kit"));
        assert!(is_doing("approving") && is_doing("attacker deleting log"));
        assert!(!is_doing("weighing boat") && !is_doing("booking"));
        assert!(!is_proper("UV lamp") && !is_proper("visitor system"));
    }
}
