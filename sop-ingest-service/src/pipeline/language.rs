//! Is the document in English? Little words say so in every text of some length.

use std::collections::HashSet;

use super::Refusal;

const ENGLISH: [&str; 40] = [
    "the", "and", "of", "to", "in", "is", "are", "be", "for", "with", "on", "or", "not", "this", "that", "it", "must",
    "by", "from", "at", "as", "an", "all", "if", "should", "use", "when", "before", "after", "your", "you", "do",
    "any", "will", "may", "can", "has", "have", "each", "every",
];
const OTHERS: [&str; 60] = [
    "der", "die", "das", "und", "ist", "nicht", "mit", "für", "von", "zu", "werden", "eine", "den", "dem", "le", "la",
    "les", "des", "et", "est", "une", "pour", "dans", "que", "avec", "du", "el", "los", "las", "y", "es", "una",
    "para", "con", "del", "por", "il", "che", "di", "per", "sono", "gli", "alla", "het", "een", "van", "niet", "voor",
    "zijn", "worden", "och", "att", "är", "som", "nie", "się", "oraz", "przez", "não", "uma",
];
/// Shorter texts are lists of names, in which little words are rare.
const ENOUGH_WORDS: usize = 40;

pub fn require_english(text: &str) -> Result<(), Refusal> {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let latin =
        text.chars().filter(|c| c.is_alphabetic() && (c.is_ascii() || ('\u{00C0}'..='\u{024F}').contains(c))).count();
    if letters > 40 && latin * 2 < letters {
        return Err(Refusal::NotEnglish);
    }
    let (english_words, other_words) = (HashSet::from(ENGLISH), HashSet::from(OTHERS));
    let (mut words, mut english, mut other) = (0, 0, 0);
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()) {
        let word = word.to_lowercase();
        words += 1;
        english += usize::from(english_words.contains(word.as_str()));
        other += usize::from(other_words.contains(word.as_str()));
    }
    if words >= ENOUGH_WORDS && other > english && other * 12 > words {
        return Err(Refusal::NotEnglish);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_languages_are_refused_and_lists_are_not() {
        let german =
            "Der Koch wäscht die Hände und trocknet sie mit einem Tuch. Das Fleisch ist nicht für den Kühlschrank. "
                .repeat(4);
        assert_eq!(require_english(&german), Err(Refusal::NotEnglish));
        assert_eq!(require_english(&"Мойте руки перед работой. ".repeat(4)), Err(Refusal::NotEnglish));
        assert_eq!(require_english(&"Raw meat\nRaw fish\nOpened jars\n".repeat(20)), Ok(()));
        assert_eq!(require_english("Wash your hands with the soap."), Ok(()));
    }
}
