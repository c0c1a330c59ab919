//! Noun phrases that may be terms, and the rare verbs of commands.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use course_format::sop::{Clause, ClauseKind};

use super::Found;
use crate::pipeline::{
    pattern::patterns,
    profile::{
        grammar::{Tag, Token, particles::is_plain_s_verb, tokens},
        imperative::{Place, verb},
        sentences,
        units::{SPELLED_UNIT, UNIT},
    },
    words::{is_adjective, is_noun_too, is_plain_word, is_role, is_verb},
};

patterns! {
    IS_UNIT = &format!(r"^(?:{UNIT}|{SPELLED_UNIT})$");
    SHORTENED = r"^(?:am|pm|approx|max|min|no|ext|rev|mon|tue|wed|thu|fri|sat|sun)$";
}

const MAX_WORDS: usize = 4;
/// The most frequent words of English name nothing in particular.
const EVERYDAY: f32 = 4.9;
/// A verb that is rarer than this has to be learnt as well: "incubate", "descale".
const RARE_VERB: f32 = 3.6;
/// Adjectives that are said more often say how a thing is; the others belong to its name.
const PLAIN_ADJECTIVE: f32 = 4.2;

/// Last words of phrases that name nothing of the trade: "room number", "full name".
const EMPTY_HEADS: &[&str] = &[
    "number",
    "name",
    "time",
    "date",
    "day",
    "end",
    "part",
    "side",
    "way",
    "case",
    "week",
    "month",
    "year",
    "hour",
    "minute",
    "time",
    "rest",
    "top",
    "bottom",
    "middle",
    "kind",
    "type",
    "start",
    "beginning",
    "anybody",
    "somebody",
    "others",
    "details",
    "everyone",
    "reason",
    "thing",
    "place",
    "need",
    "use",
    "question",
    "example",
    "step",
    "section",
    "page",
    "value",
    "result",
    "inside",
    "person",
];

/// The noun phrases of a clause, as they are written.
pub fn of(clause: &Clause) -> Vec<String> {
    let mut phrases = Vec::new();
    if !clause.text.chars().any(char::is_lowercase) {
        return phrases;
    }
    for cell in clause.text.split(" | ") {
        for sentence in sentences::split(cell) {
            let sentence = &cell[sentence];
            let place = if clause.kind == ClauseKind::Heading { Place::Heading } else { Place::Item };
            let command =
                if clause.kind == ClauseKind::TableRow { None } else { verb(sentence, place).map(|v| v.start) };
            of_sentence(sentence, &tokens(sentence, command), &mut phrases);
        }
    }
    phrases
}

fn of_sentence(sentence: &str, tokens: &[Token<'_>], phrases: &mut Vec<String>) {
    let mut open: Vec<&Token<'_>> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).map(|b| &tokens[b]);
        let apart = before.is_some_and(|b| sentence.get(b.end..token.start) != Some(" "));
        if apart {
            close(&mut open, phrases);
        }
        let unit = before.is_some_and(|b| b.tag == Tag::Number) && IS_UNIT.is_match(token.text);
        let in_name = matches!(token.tag, Tag::Noun | Tag::Adjective) && is_name_like(token);
        if in_name && !unit {
            open.push(token);
        } else {
            close(&mut open, phrases);
            if token.tag == Tag::Verb && is_rare_verb(&token.lower) {
                phrases.push(token.lower.clone());
            }
        }
    }
    close(&mut open, phrases);
}

/// No quotation, address, path or single letter.
fn is_name_like(token: &Token<'_>) -> bool {
    token.lower.chars().count() > 1
        && token.lower.starts_with(char::is_alphabetic)
        && !token.text.contains(['@', '.', '_', '/'])
        && token.text.chars().filter(char::is_ascii_digit).count() < 3
        && !SHORTENED.is_match(&token.lower)
}

fn is_rare_verb(lower: &str) -> bool {
    lower.len() > 4 && !lower.contains('-') && is_verb(lower) && (0.1..RARE_VERB).contains(&cefr::zipf(lower))
}

/// What an open run of words leaves behind: itself, if it names something.
fn close(open: &mut Vec<&Token<'_>>, phrases: &mut Vec<String>) {
    let mut run: Vec<&Token<'_>> = std::mem::take(open);
    while run.last().is_some_and(|t| t.tag != Tag::Noun) {
        run.pop();
    }
    // "following instructions", "same shelf": points at something and names nothing.
    while run.first().is_some_and(|t| POINTS.contains(&t.lower.as_str())) {
        run.remove(0);
    }
    // "refill rinse aid", "share fryer oil": the deed is no part of the name.
    while run.len() > 1 && is_deed(run[0], run.len()) {
        run.remove(0);
    }
    // "guests leave", "machine dries": what they do is not, either.
    while let [.., before, last] = run.as_slice()
        && is_done_by(&before.lower, &last.lower)
    {
        run.pop();
    }
    let from = run.len().saturating_sub(MAX_WORDS);
    let run = &run[from..];
    let Some(head) = run.last() else { return };
    let plain = run.iter().all(|t| is_plain_word(&t.lower) || is_adjective(&t.lower));
    let empty = EMPTY_HEADS.contains(&head.lower.as_str()) || EMPTY_HEADS.contains(&cefr::lemma(&head.lower).as_str());
    if empty || plain && !is_role(&head.lower) {
        return;
    }
    if let [only] = run {
        let capitals = only.text.chars().filter(|c| c.is_uppercase()).count() > 1;
        if only.text.len() < 3 || capitals || is_everyday(&only.lower) {
            return;
        }
    }
    phrases.push(run.iter().map(|t| t.text).collect::<Vec<_>>().join(" "));
}

fn is_deed(token: &Token<'_>, length: usize) -> bool {
    let verb = is_verb(&token.lower) && token.tag == Tag::Noun && token.text.starts_with(char::is_lowercase);
    verb && (!is_noun_too(&token.lower) || length > 2)
}

fn is_done_by(before: &str, last: &str) -> bool {
    let many = before.ends_with('s') && !before.ends_with("ss");
    let ends =
        matches!(last, "longer" | "later" | "deeper" | "worth" | "alike" | "mean" | "spotty" | "lasts" | "clicks");
    many && is_verb(last) || ends || last.ends_with('s') && is_plain_s_verb(last)
}

const POINTS: &[&str] = &[
    "following",
    "same",
    "other",
    "own",
    "such",
    "last",
    "first",
    "next",
    "new",
    "right",
    "left",
    "certain",
    "different",
    "various",
    "relevant",
    "necessary",
    "appropriate",
    "correct",
    "full",
    "early",
    "late",
    "good",
    "bad",
    "large",
    "small",
    "big",
    "used",
    "more",
    "above",
    "whole",
    "entire",
    "possible",
    "suitable",
    "proper",
    "main",
    "current",
    "previous",
    "additional",
    "extra",
    "available",
    "existing",
    "remaining",
    "overall",
    "general",
    "any",
    "old",
    "free",
];

/// A word that learners of every level have met, and that names nothing of the trade.
fn is_everyday(lower: &str) -> bool {
    let easy = cefr::level(lower).is_some_and(|level| matches!(level, cefr::Level::A1 | cefr::Level::A2));
    !is_role(lower) && (easy || cefr::zipf(lower) >= EVERYDAY || is_plain_word(lower))
}

/// A phrase that is said once and begins with an adjective of every day is the thing without it: "a green lamp".
pub fn settle(found: &mut BTreeMap<String, Found>) {
    let once: Vec<String> = found
        .iter()
        .filter(|(key, f)| {
            let first = key.split(' ').next().unwrap_or_default();
            let common = is_adjective(first) && cefr::zipf(first) > PLAIN_ADJECTIVE;
            !f.acronym
                && f.defined_in.is_none()
                && common
                && key.contains(' ')
                && f.spellings.values().sum::<usize>() < 2
        })
        .map(|(key, _)| key.clone())
        .collect();
    for key in once {
        let Some(gone) = found.remove(&key) else { continue };
        let Some((_, thing)) = key.split_once(' ') else { continue };
        if !thing.contains(' ') && is_everyday(thing) {
            continue;
        }
        let kept = found.entry(thing.to_owned()).or_default();
        for (spelling, count) in gone.spellings {
            let name = spelling.split_once(' ').map_or(spelling.as_str(), |(_, name)| name);
            *kept.spellings.entry(name.to_owned()).or_default() += count;
        }
        kept.clauses.extend(gone.clauses);
        kept.body += gone.body;
    }
}

/// One key for a thing, however it is written: small letters, each word in its base form.
pub fn key(phrase: &str) -> String {
    let words = phrase.split([' ', '-']).filter(|w| !w.is_empty());
    let singular = |word: &str| {
        let lower = word.to_lowercase();
        if lower.ends_with('s') && !lower.ends_with("ss") && lower.len() > 3 { cefr::lemma(&lower) } else { lower }
    };
    words.map(singular).collect::<Vec<_>>().join(" ")
}

/// How often English says this, as log10 of occurrences in a billion words. Words stand together far less often than alone.
pub fn frequency(phrase: &str) -> f32 {
    let each: Vec<f32> = phrase.split([' ', '-']).map(|word| cefr::zipf(word).max(1.0)).collect();
    let rarest = each.iter().copied().fold(f32::INFINITY, f32::min);
    rarest - 1.2 * (each.len().saturating_sub(1)) as f32
}

/// "shutdown valve" is no term of its own where it only ever stands in "thermal shutdown valve".
pub fn drop_parts(found: &mut BTreeMap<String, Found>) {
    let counts: BTreeMap<String, usize> = found
        .iter()
        .filter(|(_, f)| f.keyness > 0.0)
        .map(|(key, f)| (key.clone(), f.spellings.values().sum()))
        .collect();
    let mut longer: HashMap<String, usize> = HashMap::new();
    for (key, count) in &counts {
        for part in parts(key) {
            *longer.entry(part).or_default() += count;
        }
    }
    found.retain(|key, f| {
        let own: usize = f.spellings.values().sum();
        let longer = longer.get(key).copied().unwrap_or(0);
        // A single common word that is part of a term says less than the term.
        let weak = !key.contains(' ') && longer > 0 && cefr::zipf(key) > 4.0;
        f.acronym || f.defined_in.is_some() || is_role(key) || !(own == 0 || weak && longer >= own)
    });
}

/// Every run of a phrase's words that is shorter than the phrase.
fn parts(phrase: &str) -> BTreeSet<String> {
    let words: Vec<&str> = phrase.split(' ').collect();
    (1..words.len()).flat_map(|length| words.windows(length).map(|part| part.join(" "))).collect()
}
