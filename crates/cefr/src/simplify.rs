//! Simpler words for hard ones: synonyms from WordNet 3.0, read at run time from its folder.
//!
//! This is the only module that opens files. Debian's `wordnet-base` puts them in `/usr/share/wordnet`. The indexes
//! (6 MB) are kept in memory, synonym sets are read from the data files when they are asked for.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

use crate::classes::Classes;
use crate::level::Level;
use crate::lexicon::{self, PartOfSpeech, WordKind};
use crate::measure::WordAbove;
use crate::morphology::{Form, inflect};
use crate::token::{TokenKind, tokens};

/// WordNet could not be opened or read.
#[derive(Debug, thiserror::Error)]
#[error("WordNet cannot be read: {file}")]
pub struct SimplifyError {
    file: String,
    source: io::Error,
}

const PARTS: [(PartOfSpeech, &str); 4] = [
    (PartOfSpeech::Noun, "noun"),
    (PartOfSpeech::Verb, "verb"),
    (PartOfSpeech::Adjective, "adj"),
    (PartOfSpeech::Adverb, "adv"),
];

/// Senses beyond these are too rare to trust.
const SENSES: usize = 3;
const SUGGESTIONS: usize = 4;
/// Rarer words are not simpler, whatever a list says.
const MIN_ZIPF: f32 = 3.8;

/// WordNet, opened.
#[derive(Debug)]
pub struct Simplifier {
    parts: Vec<(PartOfSpeech, String, File)>,
}

impl Simplifier {
    /// Opens WordNet's folder.
    pub fn open(folder: &Path) -> Result<Self, SimplifyError> {
        let mut parts = Vec::new();
        for (part, name) in PARTS {
            let error = |file: &Path| {
                let file = file.display().to_string();
                move |source| SimplifyError { file, source }
            };
            let index = folder.join(format!("index.{name}"));
            let data = folder.join(format!("data.{name}"));
            let text = std::fs::read_to_string(&index).map_err(error(&index))?;
            parts.push((part, text, File::open(&data).map_err(error(&data))?));
        }
        Ok(Self { parts })
    }

    /// Simpler words for a word of a text, at or below `target`, best first, in the form that the place asks for.
    ///
    /// There are none for numbers, units, negations, modals and other function words, nor for words unknown to WordNet.
    pub fn suggest(&self, text: &str, word: &WordAbove, target: Level) -> Vec<String> {
        let Some(written) = text.get(word.span.clone()) else { return Vec::new() };
        let before = text.get(..word.span.start).unwrap_or_default();
        let tail_start = before.char_indices().rev().nth(60).map_or(0, |(at, _)| at);
        let tail = before[tail_start..].to_lowercase();
        let previous: Vec<&str> =
            tokens(&tail).filter(|token| token.kind == TokenKind::Word).map(|token| &tail[token.span]).collect();
        let previous = previous.last().copied().unwrap_or_default();
        self.simpler(written, part_in_context(written, previous), form_in_context(written, previous), target)
    }

    /// Simpler words of the same part of speech, at or below `target`, inflected as `form`.
    pub fn simpler(&self, word: &str, part: PartOfSpeech, form: Form, target: Level) -> Vec<String> {
        let known = lexicon::word(word);
        let protected = Classes::FUNCTION | Classes::MODAL | Classes::NEGATION | Classes::UNIT | Classes::QUANTITY;
        if known.kind == WordKind::Number || Classes::of(&word.to_lowercase()).has(protected) {
            return Vec::new();
        }
        let Some((_, index, data)) = self.parts.iter().find(|entry| entry.0 == part) else { return Vec::new() };
        let limit = target.score() + 0.49;
        let mut found: Vec<(f32, String)> = Vec::new();
        for (rank, offset) in senses(index, &known.lemma).into_iter().take(SENSES).enumerate() {
            for synonym in synset(data, offset) {
                let other = lexicon::word_as(&synonym, part);
                let simple =
                    other.score.is_some_and(|score| score <= limit && known.score.is_none_or(|own| score < own));
                let usable = simple && other.zipf >= MIN_ZIPF && other.zipf > known.zipf && synonym != known.lemma;
                if usable && !found.iter().any(|(_, seen)| *seen == synonym) {
                    found.push((rank as f32 * 1.5 + other.score.unwrap_or(6.0) - other.zipf / 4.0, synonym));
                }
            }
        }
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        found.into_iter().take(SUGGESTIONS).map(|(_, base)| capitalised(inflect(&base, form), capital)).collect()
    }
}

fn capitalised(word: String, capital: bool) -> String {
    if !capital {
        return word;
    }
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The part of speech that a word most likely has after the word before it.
fn part_in_context(word: &str, previous: &str) -> PartOfSpeech {
    let classes = Classes::of(previous);
    let can_be = |part| lexicon::can_be(word, part);
    let form = lexicon::word(word).form;
    let lower = word.to_lowercase();
    if lower.ends_with("ly") && can_be(PartOfSpeech::Adverb) {
        return PartOfSpeech::Adverb;
    }
    let verb_before = Classes::MODAL | Classes::TO | Classes::SUBJECT | Classes::DO;
    let verb_form = matches!(form, Form::Past | Form::PastParticiple | Form::Ing);
    if can_be(PartOfSpeech::Verb) && (verb_form || previous.is_empty() || classes.has(verb_before)) {
        return PartOfSpeech::Verb;
    }
    let order = if classes.has(Classes::BE) {
        [PartOfSpeech::Adjective, PartOfSpeech::Noun, PartOfSpeech::Verb, PartOfSpeech::Adverb]
    } else {
        [PartOfSpeech::Noun, PartOfSpeech::Adjective, PartOfSpeech::Verb, PartOfSpeech::Adverb]
    };
    order.into_iter().find(|part| can_be(*part)).unwrap_or(PartOfSpeech::Noun)
}

/// The form that the place asks for: after "be" and "have" an -ed form is a participle, elsewhere a past tense.
fn form_in_context(word: &str, previous: &str) -> Form {
    let auxiliary = Classes::of(previous).has(Classes::BE | Classes::HAVE);
    let participle_before = auxiliary || matches!(previous, "" | "the" | "a" | "an" | "by");
    match lexicon::word(word).form {
        Form::PastParticiple | Form::Past if participle_before => Form::PastParticiple,
        Form::PastParticiple => Form::Past,
        form => form,
    }
}

/// The synonym sets of a base word, most frequent sense first. The index is sorted by word.
fn senses(index: &str, lemma: &str) -> Vec<u64> {
    let Some(line) = find_line(index, lemma) else { return Vec::new() };
    let fields: Vec<&str> = line.split_whitespace().collect();
    let count = fields.get(2).and_then(|count| count.parse::<usize>().ok()).unwrap_or(0);
    fields.iter().skip(fields.len().saturating_sub(count)).filter_map(|offset| offset.parse().ok()).collect()
}

fn find_line<'a>(index: &'a str, lemma: &str) -> Option<&'a str> {
    let bytes = index.as_bytes();
    let line_start = |at: usize| bytes[..at].iter().rposition(|&b| b == b'\n').map_or(0, |newline| newline + 1);
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let start = line_start(low + (high - low) / 2);
        let line = index.get(start..)?.lines().next()?;
        let word = line.split(' ').next().unwrap_or_default();
        match word.cmp(lemma) {
            std::cmp::Ordering::Equal => return Some(line),
            std::cmp::Ordering::Less => low = (start + line.len() + 1).max(low + 1),
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

/// The single words of a synonym set; none when the file cannot be read there.
fn synset(data: &File, offset: u64) -> Vec<String> {
    let mut buffer = vec![0; 4096];
    let Ok(count) = data.read_at(&mut buffer, offset) else { return Vec::new() };
    let text = String::from_utf8_lossy(buffer.get(..count).unwrap_or_default());
    let mut fields = text.lines().next().unwrap_or_default().split(' ').skip(3);
    let words = fields.next().and_then(|count| usize::from_str_radix(count, 16).ok()).unwrap_or(0);
    fields
        .step_by(2)
        .take(words)
        .map(|word| word.split('(').next().unwrap_or(word).to_owned())
        .filter(|word| word.bytes().all(|b| b.is_ascii_lowercase()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A WordNet of three words, in the format of the real one.
    fn small_wordnet() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (_, name) in PARTS {
            let (mut index, mut data) = (String::new(), String::new());
            if name == "verb" {
                data.push_str("00000000 30 v 03 select 0 choose 0 pick_out 0 000 | pick\n");
                index.push_str("purchase v 1 0 1 1 00000060  \nselect v 1 1 @ 1 1 00000000  \n");
                data.push_str(&" ".repeat(60 - data.len()));
                data.push_str("00000060 30 v 02 buy 0 purchase 0 000 | obtain by purchase\n");
            }
            std::fs::write(folder.path().join(format!("index.{name}")), index).unwrap();
            std::fs::write(folder.path().join(format!("data.{name}")), data).unwrap();
        }
        folder
    }

    fn suggestions(text: &str, word: &str) -> Vec<String> {
        let folder = small_wordnet();
        let simplifier = Simplifier::open(folder.path()).unwrap();
        let start = text.find(word).unwrap();
        let above = WordAbove { span: start..start + word.len(), score: 4.0, level: Level::B2 };
        simplifier.suggest(text, &above, Level::B1)
    }

    #[test]
    fn a_simpler_word_stands_in_the_same_form() {
        assert_eq!(suggestions("She purchased a pan.", "purchased"), ["bought"]);
        assert_eq!(suggestions("It was selected by the cook.", "selected"), ["chosen"]);
        assert_eq!(suggestions("She selected a pan.", "selected"), ["chose"]);
        assert_eq!(suggestions("Purchasing is easy.", "Purchasing"), ["Buying"]);
    }

    #[test]
    fn a_budget_names_simpler_words_for_those_above_it() {
        let folder = small_wordnet();
        let simplifier = Simplifier::open(folder.path()).unwrap();
        let fit = crate::fits_with("She purchased a pan.", Level::A2, &crate::Exempt::none(), &simplifier);
        assert_eq!(fit.words_above.len(), fit.simpler.len());
        assert!(fit.simpler.contains(&vec!["bought".to_owned()]), "{fit:?}");
    }

    #[test]
    fn numbers_units_negations_and_modals_have_none() {
        for word in ["20", "seconds", "not", "must", "never", "twelve"] {
            assert!(suggestions(&format!("Wait {word} now."), word).is_empty(), "{word}");
        }
    }

    #[test]
    fn a_missing_folder_is_an_error_that_names_the_file() {
        let error = Simplifier::open(Path::new("/nowhere")).unwrap_err();
        assert!(error.to_string().contains("/nowhere/index.noun"));
    }
}
