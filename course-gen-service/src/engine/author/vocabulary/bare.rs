//! Names without a small word before them ("Wear cotton gloves", "in locked bait boxes"), where their two words explain them.

use std::collections::BTreeMap;

use course_format::Level;
use course_format::course::VocabularyKind;

use super::Candidate;
use super::compose::compose;
use super::names;
use super::phrases::{is_determiner, is_prose, phrase_at, singular};
use crate::engine::english::part::is_preposition;
use crate::engine::english::words::is_verb;
use crate::engine::library::{ClauseRef, Library};

/// What such a name is worth: less than one that the SOP keeps coming back to.
const WORTH: f32 = 3.0;

pub(super) fn names(library: &Library, clauses: &[ClauseRef], level: Level) -> Vec<Candidate> {
    let mut found: BTreeMap<String, ClauseRef> = BTreeMap::new();
    for at in clauses.iter().filter(|at| is_prose(library, **at)) {
        let tokens: Vec<&str> = library.clause(*at).text.split_whitespace().collect();
        for i in 0..tokens.len().saturating_sub(1) {
            let word = tokens[i].to_lowercase();
            let opens = i == 0 || tokens[i - 1].ends_with(['.', ':']);
            let before_name = is_preposition(&word) || opens && is_verb(&word);
            let plural = |t: &String| t.ends_with('s') && !t.ends_with("ss") && t.split(' ').count() == 2;
            if !before_name || is_determiner(&tokens[i + 1].to_lowercase()) {
                continue;
            }
            if let Some(term) = phrase_at(&tokens[i + 1..]).filter(plural).filter(|t| names::is_whole(library, *at, t))
            {
                found.entry(singular(library, *at, term)).or_insert(*at);
            }
        }
    }
    found
        .into_iter()
        .filter(|(term, _)| compose(term, level).is_some())
        .map(|(term, at)| Candidate {
            term,
            kind: VocabularyKind::Term,
            part_of_speech: "noun",
            definition: None,
            at,
            score: WORTH,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::test_sop::library;

    #[test]
    fn a_name_needs_no_small_word_before_it() {
        let library = library("Test", &["1 Wear cotton gloves in the lab.", "2 Look behind water tanks."]);
        let clauses: Vec<_> = library.clauses().collect();
        let found: Vec<String> = names(&library, &clauses, Level::B1).into_iter().map(|c| c.term).collect();
        assert_eq!(found, ["cotton gloves", "water tank"]);
    }
}
