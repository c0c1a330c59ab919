//! The learners' dictionary: words of work in easy words, by part of speech and company, written and read by people.

use std::collections::HashMap;
use std::sync::LazyLock;

use cefr::PartOfSpeech;

use crate::engine::english::text::contains_word;

/// Words of the longest term.
const LONGEST: usize = 4;

/// So often the company of a sense stands in a text that the text is about it.
const OFTEN: usize = 3;

/// One line of the dictionary.
#[derive(Debug)]
pub struct Entry {
    pub term: &'static str,
    pub part: &'static str,
    /// At most twelve words; a verb's begins with "to".
    pub meaning: &'static str,
    /// Words one of which must stand near it, for a term that has another sense elsewhere.
    near: Vec<&'static str>,
}

static ENTRIES: LazyLock<HashMap<&'static str, Vec<Entry>>> = LazyLock::new(|| {
    let mut out: HashMap<&'static str, Vec<Entry>> = HashMap::new();
    for entry in include_str!("lexicon.txt").lines().filter(|line| !line.starts_with('#')).filter_map(read) {
        out.entry(entry.term).or_default().push(entry);
    }
    out
});

fn read(line: &'static str) -> Option<Entry> {
    let mut fields = line.split(" | ");
    let (term, part, meaning) = (fields.next()?, fields.next()?, fields.next()?);
    Some(Entry { term, part, meaning, near: fields.next().map(|n| n.split(' ').collect()).unwrap_or_default() })
}

/// The entries of a term as it stands, or in its singular, or in British spelling.
pub fn entries(term: &str) -> &'static [Entry] {
    let lower = term.to_lowercase();
    let british = lower.replace("iz", "is").replace("color", "colour");
    [lower.clone(), singular(&lower), british.clone(), singular(&british)]
        .iter()
        .chain([&term.to_owned()])
        .find_map(|form| ENTRIES.get(form.as_str()))
        .map_or(&[], Vec::as_slice)
}

/// The meaning of `term` as this part of speech, where its company allows that sense.
pub fn meaning(term: &str, part: &str, context: &str) -> Option<&'static str> {
    meaning_here(term, part, context, "")
}

/// The meaning in a sentence of a text: the sense with most company in the sentence, then one whose company the text is full
/// of, then the usual one. What a verb does is told by its own sentence only.
pub fn meaning_here(term: &str, part: &str, sentence: &str, text: &str) -> Option<&'static str> {
    let (sentence, text) = (sentence.to_lowercase(), text.to_lowercase());
    let senses = || entries(term).iter().filter(|e| e.part == part);
    let company = |e: &Entry, around: &str| {
        let near = |word: &&&str| contains_word(around, word) || around.contains(&format!(" {word}"));
        e.near.iter().filter(|word| **word != term).filter(near).count()
    };
    let full = |e: &&Entry| {
        let often = |word: &&str| text.match_indices(&format!(" {word}")).count();
        let times = e.near.iter().filter(|word| **word != term).map(often).sum::<usize>();
        part != "verb" && company(e, &text) > 1 && times > OFTEN
    };
    let here = || senses().map(|e| (company(e, &sentence), e)).filter(|(found, _)| *found > 0);
    here()
        .rev()
        .max_by_key(|(found, _)| *found)
        .map(|(_, e)| e)
        .or_else(|| senses().find(full))
        .or_else(|| senses().find(|e| e.near.is_empty()))
        .or_else(|| senses().find(|e| company(e, &text) > 0))
        .map(|e| e.meaning)
}

/// Words of the longest term of several words that begins with `words[0]`: 2 for "dock plate", or for its plural.
pub fn compound(words: &[String]) -> Option<usize> {
    (2..=LONGEST.min(words.len())).rev().find(|n| !entries(&words[..*n].join(" ")).is_empty())
}

/// Whether the dictionary has the term in any sense.
pub fn has(term: &str, part: &str) -> bool {
    entries(term).iter().any(|e| e.part == part)
}

/// Whether the term has a sense that only its company shows.
pub fn has_senses(term: &str, part: &str) -> bool {
    entries(term).iter().any(|e| e.part == part && !e.near.is_empty())
}

/// Whether the dictionary has the term in exactly this form.
pub fn has_form(term: &str, part: &str) -> bool {
    ENTRIES.get(term).is_some_and(|found| found.iter().any(|e| e.part == part))
}

/// "wheel chocks" -> "wheel chock"; a phrase is made singular in its last word.
pub fn singular(term: &str) -> String {
    let (head, last) = term.rsplit_once(' ').map_or(("", term), |(head, last)| (head, last));
    let plural = last.len() > 3 && last.ends_with('s') && !last.ends_with("ss") && !last.ends_with("us");
    let listed = || last.strip_suffix('s').filter(|one| ENTRIES.contains_key(one)).map(str::to_owned);
    let lemma = |last| Some(cefr::lemma(last)).filter(|lemma| lemma != last);
    let one = if plural { lemma(last).or_else(listed) } else { None }.unwrap_or_else(|| last.to_owned());
    if head.is_empty() { one } else { format!("{head} {one}") }
}

/// The dictionary's name of a part of speech.
pub fn name(part: PartOfSpeech) -> &'static str {
    match part {
        PartOfSpeech::Verb => "verb",
        PartOfSpeech::Adjective => "adjective",
        PartOfSpeech::Adverb => "adverb",
        _ => "noun",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::english::text::word_count;

    #[test]
    fn every_line_is_read_and_every_meaning_is_short_and_not_circular() {
        let lines = include_str!("lexicon.txt").lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(ENTRIES.values().map(Vec::len).sum::<usize>(), lines);
        for entry in ENTRIES.values().flatten() {
            assert!(matches!(entry.part, "noun" | "verb" | "adjective" | "adverb"), "{}", entry.term);
            assert!(word_count(entry.meaning) <= 12, "{}", entry.term);
            assert!(entry.part != "verb" || entry.meaning.starts_with("to "), "{}", entry.term);
            let stem: String = entry.term.chars().take(6).collect();
            let circular = entry.term.len() > 5 && !entry.term.contains(' ') && entry.meaning.contains(&stem);
            assert!(!circular, "{} explains itself", entry.term);
        }
    }

    /// Words that have no easier one and that the dictionary explains.
    const BASICS: [&str; 2] = ["germ", "germs"];

    #[test]
    fn meanings_use_easier_words_than_the_word_itself() {
        let hard: Vec<String> = ENTRIES
            .values()
            .flatten()
            .flat_map(|e| e.meaning.split(|c: char| !c.is_alphabetic()).map(move |w| (e.term, w)))
            .filter(|(_, w)| !BASICS.contains(w) && cefr::word(w).score.is_some_and(|score| score > 4.0))
            .map(|(term, w)| format!("{term}: {w}"))
            .collect();
        assert!(hard.is_empty(), "{hard:#?}");
    }

    #[test]
    fn the_company_of_a_word_decides_between_its_senses() {
        let virus = |sentence, text| meaning_here("virus", "noun", sentence, text).unwrap();
        assert!(virus("Wash your hands: the virus spreads quickly.", "").contains("ill"));
        assert!(virus("Scan the attachment for a virus.", "").contains("program"));
        assert!(
            virus("Do not open it.", "Update your software. Never share your computer. A computer needs its software.")
                .contains("program")
        );
    }

    #[test]
    fn plurals_and_american_spellings_are_found() {
        assert_eq!(meaning("wheel chocks", "noun", ""), meaning("wheel chock", "noun", ""));
        assert!(meaning("sanitize", "verb", "").is_some());
        assert_eq!((singular("hotel glasses").as_str(), singular("scalpels").as_str()), ("hotel glass", "scalpel"));
    }
}
