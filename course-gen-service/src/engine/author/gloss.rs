//! Meanings beside the text, for the words above the learners' level that it keeps.

mod beginners;
mod place;

use std::collections::BTreeSet;
use std::ops::Range;

use cefr::PartOfSpeech;
use course_format::Level;
use course_format::course::{Dialogue, Gloss, Proven, Reading, VocabularyEntry};

use self::place::{acts_after_person, is_plainly_noun, opens_order, part_between};
use super::vocabulary::phrasal_at;
use crate::engine::english::part::part_at;
use crate::engine::english::text::{contains_word, placed_words};
use crate::engine::lexicon;
use crate::engine::library::Library;
use crate::engine::rewrite::{base_form, synonym};
use crate::engine::verify::level::{GREETINGS, approved_in, measure};
use crate::engine::wordnet;

/// Beyond this, a page is more margin than text.
const AT_MOST: usize = 24;

/// With so many meanings beside it, a hard text gets no more for words of its own level.
const SUPPORTED: usize = 16;

/// How far above the middle of the level a text may stand without that help.
const NEAR: f32 = 0.4;

/// The terms that count neither for nor against a text: the SOPs' own and the lesson's vocabulary.
pub fn exempt(library: &Library, text: &str, vocabulary: &[VocabularyEntry]) -> cefr::Exempt {
    let approved = approved_in(library, text);
    cefr::Exempt::new(approved.into_iter().chain(vocabulary.iter().map(|v| v.term.as_str())))
}

/// A gloss for every word above the level that has a sure meaning, in the order of the text; one for all forms of a word.
/// Where there are too many, those of duties and warnings stay, then the hardest.
pub fn write(library: &Library, text: &str, level: Level, vocabulary: &[VocabularyEntry]) -> Vec<Gloss> {
    let target = cefr::Level::from_score(level.score());
    let found = explained(text, target, level, &exempt(library, text, vocabulary));
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by(|a, b| found[*b].0.total_cmp(&found[*a].0).then(a.cmp(b)));
    let kept: BTreeSet<usize> = order.into_iter().take(AT_MOST).collect();
    found.into_iter().enumerate().filter(|(i, _)| kept.contains(i)).map(|(_, (_, gloss))| gloss).collect()
}

/// The words above `target`, each with its need of a meaning and the meaning.
fn explained(text: &str, target: cefr::Level, level: Level, exempt: &cefr::Exempt) -> Vec<(f32, Gloss)> {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut found: Vec<(f32, Gloss)> = Vec::new();
    for above in &cefr::fits(text, target, exempt).words_above {
        let Some((word, meaning)) = explain(text, above.span.clone(), level) else { continue };
        if !GREETINGS.contains(&word.as_str()) && seen.insert(word.clone()) {
            let hard = cefr::word(&word).score.unwrap_or(level.score());
            let need = if binds(&text[sentence_around(text, above.span.start)]) { 2.0 } else { 0.0 };
            found.push((hard + need, Gloss { word, meaning: Proven::language(meaning) }));
        }
    }
    found
}

/// Where a text is still hard for the level, words of the level itself are explained too, those that need it most first.
pub fn support(library: &Library, reading: &mut Reading, level: Level, vocabulary: &[VocabularyEntry]) {
    let hard = |reading: &Reading| measure(library, reading, None, vocabulary, level).score > level.score() + NEAR;
    if level != Level::A2 || reading.glosses.len() >= SUPPORTED || !hard(reading) {
        return;
    }
    let text = reading.lines.iter().map(|l| l.text.text.as_str()).collect::<Vec<_>>().join("\n");
    let known: BTreeSet<String> = reading.glosses.iter().map(|g| base_form(&g.word)).collect();
    let mut more = explained(&text, cefr::Level::A1, level, &exempt(library, &text, vocabulary));
    more.retain(|(_, g)| !known.contains(&base_form(&g.word)) && has_one_sense(&g.word));
    more.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (_, gloss) in more {
        if reading.glosses.len() >= SUPPORTED || !hard(reading) {
            break;
        }
        reading.glosses.push(gloss);
    }
}

/// Common words mean many things ("last", "lead", "return"): only one that cannot be anything else is explained without need.
fn has_one_sense(word: &str) -> bool {
    let possible = [PartOfSpeech::Noun, PartOfSpeech::Verb, PartOfSpeech::Adjective, PartOfSpeech::Adverb];
    let others = |own: &str| possible.iter().any(|part| cefr::can_be(word, *part) && lexicon::name(*part) != own);
    matches!(lexicon::entries(word), [one] if !others(one.part))
}

/// Adds the words of the dialogue that are above the level: it stands beside the text, and so do their meanings.
pub fn add_spoken(
    library: &Library,
    reading: &mut Reading,
    talk: &Dialogue,
    level: Level,
    vocabulary: &[VocabularyEntry],
) {
    let said: Vec<&str> = talk.turns.iter().map(|t| t.text.text.as_str()).collect();
    let room = AT_MOST.saturating_sub(reading.glosses.len());
    let known: BTreeSet<String> = reading.glosses.iter().map(|g| base_form(&g.word)).collect();
    let new = write(library, &said.join("\n"), level, vocabulary).into_iter();
    let new = new.filter(|g| !known.contains(&base_form(&g.word)));
    reading.glosses.extend(new.take(room));
}

/// Whether a sentence forbids, warns or obliges: its words must not be guessed.
fn binds(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    ["must", "never", "do not", "warning", "caution", "danger"].iter().any(|w| contains_word(&lower, w))
}

fn sentence_around(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind(['.', '\n', '!', '?']).map_or(0, |i| i + 1);
    let end = text[at..].find(['.', '\n', '!', '?']).map_or(text.len(), |i| at + i);
    start..end
}

/// The word as the dictionary has it, and what it means here: from the dictionary, from the table of easier words, then from
/// WordNet, for words that neither of them knows.
fn explain(text: &str, span: Range<usize>, level: Level) -> Option<(String, String)> {
    let span = span.start..span.end - if text.get(span.clone())?.ends_with("'s") { 2 } else { 0 };
    let form = text.get(span.clone())?.to_lowercase();
    let around = sentence_around(text, span.start);
    let sentence = text.get(around.clone())?;
    if let Some(found) = compound(sentence, span.start - around.start) {
        return Some(found);
    }
    if let Some(found) = phrasal(&sentence[span.start - around.start..]) {
        return Some(found);
    }
    let lemma = base_form(&form);
    let here = span.start - around.start..span.end - around.start;
    let word = Word { form: &form, lemma: &lemma, sentence, text };
    let part = if is_plainly_noun(sentence, &here, &form) {
        Some(PartOfSpeech::Noun)
    } else {
        part_at(sentence, here.clone())
    };
    let found = match part {
        // "The host registers the visitor."
        Some(PartOfSpeech::Noun) | None if acts_after_person(&sentence[..here.start], &form) => word.own("verb"),
        Some(part) => word.known_part(part),
        None if opens_order(sentence, here.start, &word, text[around.end..].starts_with(['.', '!'])) => {
            word.own("verb")
        }
        None => word
            .any_part(sentence[..here.start].trim().is_empty())
            .or_else(|| word.own(part_between(sentence, here.clone(), word.lemma)?)),
    };
    // "pH" is written so.
    let written = text.get(span)?;
    let shown = |word: String| {
        if word == form && written.chars().skip(1).any(char::is_uppercase) && !is_loud(written) {
            written.to_owned()
        } else {
            word
        }
    };
    let easy = found.as_ref().and_then(|(word, meaning)| shorter(word, meaning));
    let known = || {
        let (places, words): (Vec<Range<usize>>, Vec<String>) = placed_words(sentence).into_iter().unzip();
        let at = places.iter().position(|place| place.contains(&here.start))?;
        beginners::meaning(&words, at, part).filter(|_| level == Level::A1)
    };
    found
        .filter(|(_, meaning)| is_short(meaning, level))
        .map(|(word, meaning)| (shown(word), meaning))
        .or_else(known)
        .or(easy)
}

/// The easier word of the table, where the dictionary's meaning is too long for the level.
fn shorter(word: &str, meaning: &str) -> Option<(String, String)> {
    let part = if meaning.starts_with("to ") { PartOfSpeech::Verb } else { PartOfSpeech::Noun };
    easier(word, part).map(|easy| (word.to_owned(), easy))
}

/// "WARNING"
fn is_loud(word: &str) -> bool {
    word.chars().count() > 3 && !word.chars().any(char::is_lowercase)
}

/// A word of the text in its form and its base form.
struct Word<'a> {
    form: &'a str,
    lemma: &'a str,
    sentence: &'a str,
    text: &'a str,
}

impl Word<'_> {
    fn meaning(&self, word: &str, part: &str) -> Option<&'static str> {
        lexicon::meaning_here(word, part, self.sentence, self.text)
    }

    fn own(&self, part: &str) -> Option<(String, String)> {
        self.meaning(self.lemma, part).map(|m| (self.lemma.to_owned(), m.to_owned()))
    }

    /// The form as a word of its own ("stained", "fittings").
    fn as_form(&self, part: &str) -> Option<(String, String)> {
        let listed = self.form != self.lemma && lexicon::has_form(self.form, part);
        listed.then(|| self.meaning(self.form, part)).flatten().map(|m| (self.form.to_owned(), m.to_owned()))
    }

    fn is_participle(&self) -> bool {
        self.form != self.lemma && self.form.ends_with(['d', 'g', 'n'])
    }

    fn known_part(&self, part: PartOfSpeech) -> Option<(String, String)> {
        let name = lexicon::name(part);
        let as_adjective = || self.as_form("adjective").filter(|_| self.is_participle());
        let as_verb = || self.own("verb").filter(|_| self.is_participle());
        let early = match part {
            PartOfSpeech::Verb if !lexicon::has(self.lemma, "verb") => as_adjective(),
            _ => self.as_form(name),
        };
        let unlisted = lexicon::entries(self.form).is_empty() && lexicon::entries(self.lemma).is_empty();
        let wordnet = || wordnet::sense(self.lemma, part, self.text).filter(|s| unlisted && s.is_plain());
        // A noun before a noun looks like an adjective, and the other way round.
        let named = || matches!(part, PartOfSpeech::Noun | PartOfSpeech::Adjective);
        let other = || ["noun", "adjective"].into_iter().find(|other| named() && lexicon::has(self.lemma, other));
        early
            .or_else(|| self.own(name))
            .or_else(as_verb)
            .or_else(|| self.own(other()?))
            .or_else(|| self.sole(part))
            .or_else(|| easier(self.lemma, part).map(|m| (self.lemma.to_owned(), m)))
            .or_else(|| wordnet().map(|s| (self.lemma.to_owned(), in_form(part, s.text))))
    }

    /// What the dictionary has as one part of speech only, where its form shows that it is no other: "according", "newly", "defines".
    fn sole(&self, part: PartOfSpeech) -> Option<(String, String)> {
        let one = |word: &str| {
            let found = lexicon::entries(word);
            let first = found.first()?.part;
            found.iter().all(|e| e.part == first).then_some(first)
        };
        if let Some(found) = one(self.form).and_then(|own| self.as_form(own)) {
            return Some(found);
        }
        let own = one(self.lemma)?;
        let noun = part != PartOfSpeech::Verb && cefr::can_be(self.lemma, PartOfSpeech::Noun);
        let sure = own == "adverb" && self.form.ends_with("ly") || own == "verb" && self.form != self.lemma && !noun;
        sure.then(|| self.own(own)).flatten()
    }

    /// Where the words beside it do not tell the part of speech: a participle is its verb, and a word that the dictionary has as
    /// one part of speech only is hardly ever another at work.
    fn any_part(&self, opens: bool) -> Option<(String, String)> {
        if self.is_participle()
            && !lexicon::has_form(self.form, "noun")
            && let Some(found) = self.as_form("adjective").or_else(|| self.own("verb"))
        {
            return Some(found);
        }
        let word = if lexicon::entries(self.form).is_empty() { self.lemma } else { self.form };
        let entries = lexicon::entries(word);
        let part = entries.first()?.part;
        let acts = opens && part == "noun" && self.form == self.lemma && cefr::can_be(self.lemma, PartOfSpeech::Verb);
        let one = entries.iter().all(|e| e.part == part) && !acts;
        let entry = entries.first().filter(|_| one)?;
        self.meaning(word, part).map(|m| (entry.term.to_owned(), m.to_owned()))
    }
}

/// "switch off" for "switch", also where the two stand apart.
fn phrasal(from_here: &str) -> Option<(String, String)> {
    let words: Vec<String> = placed_words(from_here).into_iter().map(|(_, word)| word).collect();
    let (verb, particle, meaning) = phrasal_at(&words)?;
    if words.get(1).is_some_and(|w| w == particle) {
        return Some((format!("{verb} {particle}"), meaning.to_owned()));
    }
    Some((verb.to_owned(), format!("with “{particle}”: {meaning}")))
}

fn is_short(meaning: &str, level: Level) -> bool {
    meaning.split(' ').count() <= super::vocabulary::longest_definition(level)
}

/// The dictionary's term of several words around `at`: "in charge" for "charge".
fn compound(sentence: &str, at: usize) -> Option<(String, String)> {
    let (places, words): (Vec<Range<usize>>, Vec<String>) = placed_words(sentence).into_iter().unzip();
    let here = places.iter().position(|place| place.contains(&at))?;
    (here.saturating_sub(3)..=here).find_map(|i| {
        let length = lexicon::compound(&words[i..]).filter(|n| i + n > here)?;
        let entry = lexicon::entries(&words[i..i + length].join(" ")).first()?;
        Some((entry.term.to_owned(), entry.meaning.to_owned()))
    })
}

fn easier(lemma: &str, part: PartOfSpeech) -> Option<String> {
    let (of, easy) = synonym::easy_meaning(lemma)?;
    (of.part() == Some(part)).then(|| in_form(part, easy.to_owned()))
}

/// What a verb means begins with "to".
fn in_form(part: PartOfSpeech, meaning: String) -> String {
    if part == PartOfSpeech::Verb { format!("to {meaning}") } else { meaning }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning_in(sentence: &str, word: &str) -> Option<(String, String)> {
        let at = sentence.find(word).unwrap();
        explain(sentence, at..at + word.len(), Level::B1)
    }

    #[test]
    fn a_gloss_explains_the_part_of_speech_that_stands_there() {
        let text = |sentence, word| meaning_in(sentence, word).map(|(_, m)| m).unwrap_or_default();
        assert_eq!(text("Add the cost to the bill.", "bill"), "a paper that shows how much to pay");
        assert_eq!(text("Put on your red vest.", "vest"), "a jacket without sleeves");
        assert_eq!(text("Log every delivery in the book.", "Log"), "to write down what happened");
        assert_eq!(text("Write it in the green log.", "log"), "a book or list of what happened");
    }

    #[test]
    fn a_word_inside_a_term_is_explained_with_the_term() {
        let (word, meaning) = meaning_in("Tell the nurse in charge.", "charge").unwrap();
        assert_eq!((word.as_str(), meaning.contains("leads")), ("nurse in charge", true));
    }

    #[test]
    fn all_forms_of_a_word_are_explained_as_one() {
        let (word, meaning) = meaning_in("The goods are inspected before unloading.", "inspected").unwrap();
        assert_eq!((word.as_str(), meaning.starts_with("to ")), ("inspect", true));
    }

    #[test]
    fn neighbours_on_both_sides_tell_a_noun_from_an_adjective() {
        let part = |sentence: &str, word: &str| {
            let at = sentence.find(word).unwrap();
            part_between(sentence, at..at + word.len(), word)
        };
        assert_eq!(part("Always use filter tips.", "filter"), Some("noun"));
        assert_eq!(part("Weekly and monthly cleaning is recorded.", "monthly"), Some("adjective"));
        assert_eq!(part("When stock is low, tell the manager.", "stock"), Some("noun"));
        assert_eq!(part("If it is dirty, clean it, otherwise treat it the same.", "treat"), Some("verb"));
        assert_eq!(part("Exit strategy", "Exit"), None);
        let text = |sentence, word| meaning_in(sentence, word).map(|(_, m)| m).unwrap_or_default();
        assert_eq!(text("Do it for every extraction day in the lab.", "extraction"), "taking out");
        assert_eq!(text("The salt keeps the liquid stable.", "stable"), "not changing or moving");
        assert_eq!(text("Put it in a newly made folder.", "newly"), "a short time ago");
        assert!(text("This rule defines how meals are made.", "defines").starts_with("to "));
    }

    #[test]
    fn where_the_part_of_speech_is_not_sure_nothing_is_explained() {
        assert_eq!(meaning_in("Exit strategy", "Exit"), None);
    }

    #[test]
    fn a_noun_that_looks_like_a_verb_is_explained_as_a_noun() {
        let text = |sentence, word| meaning_in(sentence, word).map(|(_, m)| m).unwrap_or_default();
        assert!(!text("Screens that show customer data should not face windows.", "Screens").starts_with("to "));
        assert!(!text("A unit may not be returned to stock.", "stock").starts_with("to "));
        let sure: Vec<&str> =
            ["supervisor", "last", "return", "lead"].into_iter().filter(|w| has_one_sense(w)).collect();
        assert_eq!(sure, ["supervisor"]);
    }

    #[test]
    fn an_order_opens_with_its_verb_and_a_possessive_is_its_noun() {
        let text = |sentence, word| meaning_in(sentence, word).map(|(_, m)| m).unwrap_or_default();
        assert!(text("Filter samples into a clean bottle.", "Filter").starts_with("to "));
        assert_eq!(text("Read the manufacturer's instructions.", "manufacturer's"), "the company that makes something");
        assert_eq!(text("Ask whether the room is free.", "whether"), "if");
        assert!(text("The receptionist registers the visitor.", "registers").starts_with("to "));
        assert!(text("Switch the charger off before you leave.", "Switch").starts_with("with “off”: "));
    }

    #[test]
    fn a_participle_that_describes_a_thing_is_explained_as_it_stands() {
        let (word, meaning) = meaning_in("Replace it if it is wet or stained.", "stained").unwrap();
        assert_eq!((word.as_str(), meaning.as_str()), ("stained", "with dirty marks"));
    }
}
