//! Verbs with their real object ("sign the register"), and verbs of two words ("hand over").

use course_format::course::{Proven, Relation, VocabularyKind};

use super::Candidate;
use super::phrases::phrase_at;
use crate::engine::english::parse::Form;
use crate::engine::english::text::{capitalise, contains_word};
use crate::engine::english::two_words::{self, TwoWords};
use crate::engine::english::words::{is_easy, is_mass, is_verb};
use crate::engine::facts::{self, Fact};
use crate::engine::lexicon;
use crate::engine::library::Library;
use crate::engine::outline::is_critical;

/// Verbs too general to make a chunk worth learning.
const GENERAL: [&str; 21] = [
    "be", "have", "do", "make", "get", "go", "use", "put", "take", "give", "let", "keep", "see", "leave", "ensure",
    "follow", "perform", "ask", "tell", "call", "look",
];

/// Every verb phrase of the facts, base form first.
pub fn verb_phrases(facts: &[Fact]) -> Vec<(&Fact, &str)> {
    fn of(form: &Form) -> Vec<&str> {
        match form {
            Form::Do(c) | Form::DoNot(c) => c.phrases.iter().map(String::as_str).collect(),
            Form::When { then, .. } => of(then),
            Form::Duty { predicate, .. } => vec![predicate.as_str()],
            Form::Role { .. } | Form::Other => Vec::new(),
        }
    }
    facts.iter().flat_map(|f| of(&f.form).into_iter().map(move |p| (f, p))).collect()
}

/// "record the temperature": a verb with its object, as the SOP joins them, without what belongs to one sentence only.
pub fn verbs(library: &Library, facts: &[Fact]) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = Vec::new();
    for (fact, phrase) in verb_phrases(facts) {
        let Some((verb, determiner, noun)) = verb_and_object(phrase) else { continue };
        let object_ends = 1 + usize::from(!determiner.is_empty()) + noun.split(' ').count();
        let Some(place) = place(phrase, verb, object_ends) else { continue };
        let both_easy = is_easy(verb) && noun.split(' ').all(is_easy);
        if GENERAL.contains(&verb) || noun.split(' ').count() > 2 || facts::refers_elsewhere(phrase) || both_easy {
            continue;
        }
        let Some(object) = object(determiner, &noun).filter(|_| !is_split(phrase)) else { continue };
        let term = format!("{verb} {object}{place}");
        if out.iter().all(|c| c.term != term) {
            let hard = cefr::word(verb).score.unwrap_or(1.0) + if noun.split(' ').all(is_easy) { 0.0 } else { 1.0 };
            let score = hard + if is_critical(library, fact.at) { 2.0 } else { 0.0 };
            out.push(Candidate {
                term,
                kind: VocabularyKind::Chunk,
                part_of_speech: "verb phrase",
                definition: None,
                at: fact.at,
                score,
            });
        }
    }
    out.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.at.cmp(&b.at)));
    out
}

/// "Switch the charger off" is no switching of a charger.
fn is_split(phrase: &str) -> bool {
    let words: Vec<String> = phrase.split_whitespace().map(|w| w.trim_matches([',', '.']).to_owned()).collect();
    phrasal_at(&words).is_some()
}

/// "each pallet" -> "a pallet": how many there are belongs to the sentence, not to the chunk.
fn object(determiner: &str, noun: &str) -> Option<String> {
    let last = noun.rsplit(' ').next().unwrap_or(noun);
    let plural = last.ends_with('s') && !last.ends_with("ss");
    match determiner {
        "the" | "your" | "a" | "an" => Some(format!("{determiner} {noun}")),
        _ if plural || is_mass(last) => Some(noun.to_owned()),
        "all" => None,
        _ if noun.starts_with('u') || noun.starts_with("on") || noun.starts_with('h') => None,
        _ if noun.starts_with(['a', 'e', 'i', 'o']) => Some(format!("an {noun}")),
        _ => Some(format!("a {noun}")),
    }
}

/// "sign the delivery note and ..." -> "sign", "the", "delivery note"; "seal gaps with wire" has no small word.
fn verb_and_object(phrase: &str) -> Option<(&str, &str, String)> {
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let verb = words.first().filter(|v| is_verb(v))?;
    let first = words.get(1)?;
    if matches!(*first, "the" | "a" | "an" | "your" | "every" | "each" | "any" | "all" | "another") {
        return Some((verb, first, phrase_at(&words[2..])?));
    }
    let noun = phrase_at(&words[1..]).filter(|noun| noun.split(' ').count() <= 2)?;
    let last = noun.rsplit(' ').next().unwrap_or(&noun);
    let many = last.ends_with('s') && !last.ends_with("ss") && cefr::lemma(last) != last;
    let named = lexicon::has(last, "noun") || cefr::can_be(&cefr::lemma(last), cefr::PartOfSpeech::Noun);
    (many && named && !verb.ends_with(last)).then_some((verb, "", noun))
}

/// Verbs that say little without the place: "put the mask on the shelf".
const WITH_PLACE: [&str; 16] = [
    "write", "put", "place", "enter", "lay", "insert", "hang", "stick", "tie", "connect", "plug", "bring", "send",
    "throw", "drop", "pass",
];

/// "write the loss in the night log" is one thing to say; "write the loss" is none. Where such a place cannot be read there
/// is no chunk. Other verbs go without: "move a pallet".
fn place(phrase: &str, verb: &str, object_ends: usize) -> Option<String> {
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let Some(preposition) = words.get(object_ends) else { return Some(String::new()) };
    let stops = words.get(object_ends - 1).is_some_and(|w| w.ends_with([',', '.', ';', ':', ')']));
    if !stops && is_rest_of_verb(preposition) {
        return None;
    }
    let of_place = matches!(*preposition, "to" | "into" | "onto" | "in" | "on" | "from" | "against");
    let belongs =
        of_place && WITH_PLACE.contains(&verb) || *preposition == "with" && verb == "compare" || *preposition == "of";
    if stops || !belongs {
        return Some(String::new());
    }
    if *preposition == "of" && words.get(object_ends + 1).is_some_and(|w| w.ends_with('s') && w.len() > 3) {
        return phrase_at(&words[object_ends + 1..]).filter(|n| !n.contains(' ')).map(|noun| format!(" of {noun}"));
    }
    let determiner = words.get(object_ends + 1).filter(|d| matches!(**d, "the" | "a" | "an" | "your" | "another"))?;
    let noun = phrase_at(&words[object_ends + 2..]).filter(|noun| noun.split(' ').count() <= 2)?;
    Some(format!(" {preposition} {determiner} {noun}"))
}

/// "knock the stack up": without the last word it is another verb.
fn is_rest_of_verb(word: &str) -> bool {
    matches!(
        word.trim_matches(|c: char| !c.is_alphabetic()),
        "up" | "down" | "out" | "off" | "away" | "back" | "over" | "together" | "apart" | "open"
    )
}

/// "Hand the keys to ..., then hand them over": verb and particle with at most four words between them.
pub fn phrasal(facts: &[Fact]) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = Vec::new();
    for (fact, phrase) in verb_phrases(facts) {
        let words: Vec<&str> =
            phrase.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())).collect();
        let Some(verb) = words.first() else { continue };
        let Some(found) = two_words(verb, &words) else { continue };
        let term = format!("{} {}", found.verb, found.particle);
        if out.iter().any(|c| c.term == term) {
            continue;
        }
        let place = if found.separable { format!(" ({} it {})", found.verb, found.particle) } else { String::new() };
        out.push(Candidate {
            term,
            kind: VocabularyKind::PhrasalVerb,
            part_of_speech: "phrasal verb",
            definition: found.meaning.map(|meaning| Proven::language(format!("{meaning}{place}"))),
            at: fact.at,
            score: 9.0,
        });
    }
    out
}

/// The verb of two words that begins with the first of `words`, its particle and what it means.
pub fn phrasal_at(words: &[String]) -> Option<(&'static str, &'static str, &'static str)> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let found = two_words(&cefr::lemma(words.first()?), &words)?;
    Some((found.verb, found.particle, found.meaning?))
}

/// The verb of two words that `words` begin with, where the second is no preposition of a place; the nearest one, so that
/// "wipe up spills straight away" wipes nothing away.
fn two_words(verb: &str, words: &[&str]) -> Option<&'static TwoWords> {
    let near = &words[..words.len().min(12)];
    let place = |p: &TwoWords| {
        let found = words.iter().take(if p.separable { 6 } else { 2 }).position(|w| *w == p.particle);
        found.filter(|at| is_particle(words, *at) && !matches!(words[at - 1], "straight" | "right" | "far"))
    };
    let placed = two_words::taught(near).filter(|p| p.verb == verb).filter_map(|p| Some((place(p)?, p)));
    placed.min_by_key(|(at, _)| *at).map(|(_, p)| p)
}

/// "put on gloves" and "put the gloves on", but not "put it on the shelf".
fn is_particle(words: &[&str], at: usize) -> bool {
    let next = words.get(at + 1).copied();
    let place = matches!(words[at], "on" | "in" | "off" | "over" | "down" | "up")
        && next.is_some_and(|n| matches!(n, "the" | "a" | "an" | "your" | "each" | "every" | "top"));
    at == 1 && !(place && matches!(words[0], "put" | "look") && words[at] != "on") && !opens_place(words, at)
        || at > 1
            && next.is_none_or(|n| {
                matches!(n, "and" | "before" | "after" | "when" | "if" | "to" | "until" | "immediately")
            })
}

/// "hand over the item" has an object; "write down" too; "put on the table" is a place.
fn opens_place(words: &[&str], at: usize) -> bool {
    const THINGS_TO_WEAR: [&str; 15] = [
        "gloves", "apron", "mask", "coat", "goggles", "glasses", "boots", "helmet", "gown", "hairnet", "vest", "shoes",
        "uniform", "jacket", "hat",
    ];
    words[0] == "put"
        && words[at] == "on"
        && !words.iter().skip(at).take(7).any(|w| THINGS_TO_WEAR.contains(&w.trim_end_matches(',')))
}

/// Up to two partners of a noun: "sign the register", "search the register".
pub fn collocations(library: &Library, facts: &[Fact], term: &str) -> Vec<Proven> {
    let mut out: Vec<Proven> = Vec::new();
    let lower = term.to_lowercase();
    for (fact, phrase) in verb_phrases(facts) {
        let Some((verb, determiner, noun)) = verb_and_object(phrase) else { continue };
        let text = [verb, determiner, &noun].into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
        let partner =
            contains_word(&noun.to_lowercase(), &lower) && noun.split(' ').count() <= 3 && !GENERAL.contains(&verb);
        if !partner || is_split(phrase) || out.iter().any(|p| p.text == text) {
            continue;
        }
        let verbatim = [text.clone(), capitalise(&text)].into_iter().find(|t| fact.text.contains(t.as_str()));
        let (quote, relation) = match verbatim {
            Some(part) if part == text => (part, Relation::Quote),
            Some(part) => (part, Relation::Compress),
            None => continue,
        };
        out.push(Proven { text, relation, provenance: vec![library.prove_part(fact.at, &quote)] });
        if out.len() == 2 {
            break;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::test_sop::library;

    fn facts_of(lines: &[&str]) -> (Library, Vec<Fact>) {
        let library = library("Test", lines);
        let clauses: Vec<_> = library.clauses().collect();
        let facts = facts::of_clauses(&library, &clauses);
        (library, facts)
    }

    #[test]
    fn verbs_of_two_words_are_told_from_verbs_with_a_place() {
        let (_, facts) = facts_of(&[
            "1 Put on disposable gloves.",
            "2 Put the box on the shelf.",
            "3 Switch off the fryer and unplug it.",
            "4 Wipe up spills straight away.",
        ]);
        let found: Vec<String> = phrasal(&facts).into_iter().map(|c| c.term).collect();
        assert_eq!(found, ["put on", "switch off", "wipe up"]);
        let (library, facts) = facts_of(&["1 Switch the charger off before you pull the plug.", "2 Park the charger."]);
        let partners = collocations(&library, &facts, "charger");
        assert_eq!(partners.iter().map(|p| p.text.as_str()).collect::<Vec<_>>(), ["park the charger"]);
        let words = |text: &str| -> Vec<String> { text.split(' ').map(str::to_owned).collect() };
        assert!(phrasal_at(&words("switch the charger off before you leave")).is_some());
        assert!(phrasal_at(&words("switch to the other pump")).is_none());
    }

    #[test]
    fn a_chunk_says_where_the_thing_goes_only_where_the_verb_needs_it() {
        let (library, facts) = facts_of(&[
            "1 Write the spillage in the night log.",
            "2 Inspect the trailer before you unload it.",
            "3 Move each pallet to the inspection area.",
        ]);
        let mut found: Vec<String> = verbs(&library, &facts).into_iter().map(|c| c.term).collect();
        found.sort();
        assert_eq!(found, ["inspect the trailer", "move a pallet", "write the spillage in the night log"]);
        let (library, facts) = facts_of(&[
            "1 Collect the number of parcels from the office.",
            "2 Knock the parcel up so that its edges are even.",
            "3 Seal gaps in the wall with cement.",
            "4 Record the weight of the animal.",
        ]);
        let mut found: Vec<String> = verbs(&library, &facts).into_iter().map(|c| c.term).collect();
        found.sort();
        assert_eq!(found, ["collect the number of parcels", "record the weight of the animal", "seal gaps"]);
    }

    #[test]
    fn partners_of_a_noun_are_the_sops_own() {
        let (library, facts) =
            facts_of(&["1 Search the register for the last 90 days.", "2 Ask the guest to sign the register."]);
        let found: Vec<String> = collocations(&library, &facts, "register").into_iter().map(|p| p.text).collect();
        assert_eq!(found, ["search the register"]);
    }
}
