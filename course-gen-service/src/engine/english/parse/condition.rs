use super::{bare, begins_verb_phrase, words};
use crate::engine::english::words::{
    base_of_participle, base_of_third_person, is_finite, is_noun_like, is_verb, names_people,
};

/// Whether a condition stands as a sentence of its own: it has a subject and a finite verb.
pub fn is_statement(text: &str) -> bool {
    let words = words(text);
    if words.len() < 3 || words.len() > 20 || text.contains(['(', '/']) {
        return false;
    }
    let second_order = text.match_indices(" and ").any(|(at, joint)| begins_verb_phrase(&text[at + joint.len()..]));
    if second_order {
        return false;
    }
    // "Classified information is part of it" has a subject, "stored in the fridge" has none.
    let qualified = words[0].ends_with("ed")
        && cefr::can_be(bare(words[1]), cefr::PartOfSpeech::Noun)
        && words.iter().skip(2).take(3).any(|w| is_finite(bare(w)));
    if is_finite(words[0]) || words[0].ends_with("ed") && !qualified || is_verb(words[0]) && words[0] != "water" {
        return false;
    }
    words.iter().skip(1).any(|w| is_finite(bare(w)))
        || words[0].eq_ignore_ascii_case("you") && is_base_verb(bare(words[1]))
        || told_in_the_past(&words)
        || words.iter().skip(1).take(4).any(|w| base_of_third_person(bare(w)).is_some_and(|b| !is_noun_like(&b)))
        // "A guest reports an allergy": after people, "reports" is what they do.
        || (2..words.len().min(5))
            .any(|at| base_of_third_person(bare(words[at])).is_some() && names_people(&words[..at].join(" ")))
}

fn is_base_verb(word: &str) -> bool {
    is_verb(word) || cefr::can_be(word, cefr::PartOfSpeech::Verb) && cefr::lemma(word) == word
}

/// "An incident involved personal data": no other verb, so the word in -ed is one.
fn told_in_the_past(words: &[&str]) -> bool {
    let determined = matches!(words[0].to_lowercase().as_str(), "a" | "an" | "the" | "any" | "your" | "you");
    determined
        && (1..words.len().min(4)).any(|at| {
            let word = bare(words[at]);
            let verb = word.ends_with("ed") && base_of_participle(word).or_else(|| verb_of(word)).is_some();
            verb && (at > 1 || words[0].eq_ignore_ascii_case("you")) && words.len() > at + 1
        })
        && !words.iter().any(|w| is_finite(bare(w)))
}

fn verb_of(word: &str) -> Option<String> {
    let base = cefr::lemma(word);
    (base != word && cefr::can_be(&base, cefr::PartOfSpeech::Verb)).then_some(base)
}
