//! Points that show in nouns.

use super::{Found, Words};
use crate::engine::english::part::part_at;
use crate::engine::english::words::{is_function, is_verb};
use crate::engine::facts::Fact;
use crate::engine::lexicon;
use cefr::PartOfSpeech::{Adjective, Noun};

/// Nouns that often say what kind of thing another noun is, though they can be other parts of speech.
const KINDS: &str = "kitchen waste fire door safety room guest hand water food office key glass laundry bed bath table floor night day \
    shift duty emergency staff service delivery storage temperature balance car paper plastic metal steel work test sample \
    protection power hotel company travel meal allergy pest first-aid disposal cooling cleaning chopping checking meeting";

/// "the door key": two nouns of which the last is the thing; nothing stands before or behind them that could be a third.
pub fn compounds(fact: &Fact) -> Option<Found> {
    let words = Words::of(fact);
    let can_be_noun =
        |w: &str| w.len() > 2 && w.chars().all(char::is_lowercase) && !is_function(w) && is_noun(&cefr::lemma(w));
    let i = (1..words.len()).find(|i| {
        let (first, second) = (words.at(*i), words.at(i + 1));
        let shown = |k: usize| words.list.get(k).is_some_and(|(r, w)| words.text[r.clone()] == **w);
        let determined = matches!(
            words.before(*i),
            "the" | "a" | "an" | "your" | "each" | "every" | "all" | "any" | "no" | "in" | "on" | "with"
        );
        let ends = is_function(words.at(i + 2)) || words.at(i + 2).is_empty() || !words.joined(i + 1);
        let noun = |k: usize| words.list.get(k).is_some_and(|(r, _)| part_at(words.text, r.clone()) == Some(Noun));
        determined
            && words.joined(i - 1)
            && words.joined(*i)
            && shown(*i)
            && shown(i + 1)
            && can_be_noun(first)
            && !first.ends_with('s')
            && (KINDS.split_whitespace().any(|k| k == first)
                || noun(*i) && !is_verb(first) && !cefr::can_be(first, Adjective))
            && can_be_noun(second)
            && !second.ends_with("ing")
            && noun(i + 1)
            && ends
            && first != second
    })?;
    words.found(i, i + 1, "")
}

/// A noun of the word list or of the learners' dictionary.
fn is_noun(lemma: &str) -> bool {
    cefr::can_be(lemma, Noun) || lexicon::has(lemma, "noun")
}

/// "the removal of the lid": a noun that is an action, and what is acted on.
pub fn noun_style(fact: &Fact) -> Option<Found> {
    const ACTIONS: &str = "removal disposal approval refusal arrival departure delivery failure storage receipt withdrawal renewal \
        completion collection preparation verification calibration inspection installation operation application distribution \
        destruction cancellation notification confirmation identification evaluation modification reduction protection prevention \
        separation selection rejection registration replacement assessment measurement treatment adjustment management payment \
        shipment appointment maintenance use handling cleaning opening closing loading release transfer start end return";
    let words = Words::of(fact);
    let i = words.run(&[&|w| ACTIONS.split_whitespace().any(|a| a == w), &|w| w == "of", &|w| !w.is_empty()])?;
    // "make use of", "the end of the shift" name no hidden action.
    let set = matches!(words.at(i), "start" | "end" | "use") || words.before(i) == "make";
    (!set).then_some(())?;
    words.found(i, i + 1, "")
}
