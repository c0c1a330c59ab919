//! Is the document in English? Little words say so in every text of some length.

use std::collections::HashSet;

use super::Refusal;

const ENGLISH: &str = "the and of to in is are be for with on or not this that it must by from at as an all if should use when \
    before after your you do any will may can has have each every into until then only never always which who make check";

/// Little words of other languages; none of them is a word of English, or of its laboratories and kitchens.
const OTHERS: [&str; 14] = [
    "der das und ist nicht mit für von zu werden eine einen einer dem wird sind bei auf nach vor oder muss müssen sie alle jede \
     jeder kein keine wenn zum zur durch über",
    "le la les des et est une pour dans que avec du sur ne pas doit doivent avant après tous toutes chaque être sont vous votre \
     aux ou au ces cette",
    "el los las y es una para con del por que se debe deben antes después cada todos todas su sus al lo como si está son",
    "il che di per sono gli alla della delle dei del nel nella una deve devono prima dopo ogni tutti è non le con si ed al più",
    "o os as da dos das não uma para com deve devem antes depois cada todos em é são ao pela pelo que",
    "het een van niet voor zijn worden moet moeten na elke alle bij op naar wordt deze dat met en de",
    "w z na się nie jest oraz po przed lub przez od są należy musi jeśli dla że każdy przy ze pod być każdej tylko",
    "och att är som inte med för på av till ska måste före efter varje alla från eller ett",
    "og er ikke til på av som skal må før etter hver alle fra eller et det med",
    "ja on ei se että ovat tai kun ennen jälkeen joka kaikki mutta ole tulee",
    "ve bir bu için ile değil olarak önce sonra her daha olmalıdır veya da",
    "és nem egy hogy az kell után előtt minden vagy meg kell csak a",
    "si nu este pentru cu care în pe sau trebuie după înainte fiecare toate din sunt",
    "je se na nebo před po všechny musí každý pro který není jsou ve při",
];
/// Shorter texts are lists of names, in which little words are rare.
const ENOUGH_WORDS: usize = 25;
/// Letters of other alphabets speak for themselves.
const ENOUGH_LETTERS: usize = 20;

pub fn require_english(text: &str) -> Result<(), Refusal> {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let latin =
        text.chars().filter(|c| c.is_alphabetic() && (c.is_ascii() || ('\u{00C0}'..='\u{024F}').contains(c))).count();
    if letters > ENOUGH_LETTERS && latin * 2 < letters {
        return Err(Refusal::NotEnglish);
    }
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let count = |list: &str| {
        let list: HashSet<&str> = list.split_whitespace().collect();
        words.iter().filter(|w| list.contains(w.as_str())).count()
    };
    let other = OTHERS.iter().map(|list| count(list)).max().unwrap_or(0);
    // Every eighth word of prose is a little one in all of these languages, and every fourth in most.
    if words.len() >= ENOUGH_WORDS && other * 8 > words.len() && other > count(ENGLISH) {
        return Err(Refusal::NotEnglish);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
