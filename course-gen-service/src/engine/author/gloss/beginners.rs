//! Words that everybody from A2 on knows and a beginner does not: the dictionary of work has no place for them.

use std::sync::LazyLock;

use cefr::PartOfSpeech;

use crate::engine::lexicon;
use crate::engine::rewrite::base_form;

struct Entry {
    words: Vec<&'static str>,
    term: &'static str,
    part: &'static str,
    meaning: &'static str,
}

static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let lines = include_str!("beginners.txt").lines().filter(|l| !l.starts_with('#'));
    let mut entries: Vec<Entry> = lines.filter_map(entry).collect();
    entries.sort_by_key(|e| std::cmp::Reverse(e.words.len()));
    entries
});

fn entry(line: &'static str) -> Option<Entry> {
    let [term, part, meaning] = line.split(" | ").collect::<Vec<_>>().try_into().ok()?;
    Some(Entry { words: term.split(' ').collect(), term, part, meaning })
}

/// What the word `at` of a sentence means, and the words that are explained: "next to" for "next".
pub fn meaning(words: &[String], at: usize, part: Option<PartOfSpeech>) -> Option<(String, String)> {
    let word = words.get(at)?;
    let base = base_form(word);
    let same = |own: &str, i: usize| words.get(i).is_some_and(|w| w == own || base_form(w) == own);
    let stands = |entry: &&Entry| {
        (0..entry.words.len()).any(|k| {
            let mine = entry.words[k] == word || entry.words[k] == base;
            mine && at >= k && entry.words.iter().enumerate().all(|(i, own)| same(own, at - k + i))
        })
    };
    let found: Vec<&Entry> = ENTRIES.iter().filter(stands).collect();
    let first = found.first()?;
    if first.words.len() > 1 || first.part == "any" {
        return Some((first.term.to_owned(), first.meaning.to_owned()));
    }
    let here = part.map(lexicon::name);
    let one = found.len() == 1;
    let names = |part: &str| matches!(part, "noun" | "adjective");
    // A noun before a noun looks like an adjective, and the other way round.
    let fits = |entry: &&&Entry| here.map_or(one, |name| entry.part == name || one && names(entry.part) && names(name));
    found.iter().find(fits).map(|entry| (entry.term.to_owned(), entry.meaning.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_text(text: &str, word: &str, part: Option<PartOfSpeech>) -> Option<(String, String)> {
        let words: Vec<String> = text.split(' ').map(str::to_lowercase).collect();
        meaning(&words, words.iter().position(|w| w == word)?, part)
    }

    #[test]
    fn every_entry_is_read_and_short_enough_for_beginners() {
        let lines = include_str!("beginners.txt").lines().filter(|l| !l.starts_with('#')).count();
        assert_eq!(ENTRIES.len(), lines);
        for entry in ENTRIES.iter() {
            assert!(entry.meaning.split(' ').count() <= 8, "{}", entry.meaning);
            assert!(["any", "noun", "verb", "adjective", "adverb"].contains(&entry.part), "{}", entry.part);
        }
    }

    #[test]
    fn the_words_beside_it_decide() {
        let term = |found: Option<(String, String)>| found.map(|(term, _)| term).unwrap_or_default();
        assert_eq!(term(in_text("put it next to the door", "next", None)), "next to");
        assert_eq!(term(in_text("open the next box", "next", None)), "next");
        assert_eq!(term(in_text("this applies to cooks", "applies", Some(PartOfSpeech::Verb))), "apply to");
        assert_eq!(term(in_text("i have a few questions", "few", None)), "a few");
        assert_eq!(term(in_text("clear the table", "clear", None)), "", "two parts of speech");
        assert_eq!(term(in_text("is that clear", "clear", Some(PartOfSpeech::Adjective))), "clear");
    }
}
