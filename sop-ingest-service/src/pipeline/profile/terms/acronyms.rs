//! Acronyms, and what they stand for where the SOP says so.

use std::collections::BTreeMap;

use course_format::sop::Clause;

use super::Found;
use crate::pipeline::pattern::patterns;

patterns! {
    ACRONYM = r"\b(?:[A-Z]{2,6}\d{0,4}s?|[a-z]{1,2}[A-Z]{2,5}|[A-Z][a-z]?[A-Z]{1,4})\b";
    EXPANDED_BEFORE = r#"(?P<expansion>\p{L}[\p{L}’'-]+(?:,?\s+(?:of|and|the|for|in|to|&)?\s*\p{L}[\p{L}’'-]+){1,6})\s+\((?:the\s)?[“"']?(?P<acronym>[A-Za-z]{0,2}[A-Z]{2,6})s?[”"']?\)"#;
    EXPANDED_AFTER = r"\b(?P<acronym>[A-Za-z]{0,2}[A-Z]{2,6})s?\s+\((?P<expansion>[A-Za-z][\p{L} ,’'-]{4,60})\)|^(?P<acronym2>[A-Za-z]{0,2}[A-Z]{2,6})s?(?::|\s[–—=-]|\s\||\s(?:stands for|means|is short for))\s(?:the\s)?(?P<expansion2>\p{L}[\p{L} ’'-]{4,60}?)(?:[,;.(|]|$)";
}

/// Words in capitals that abbreviate nothing, and abbreviations that everybody reads.
const NOT_ACRONYMS: [&str; 62] = [
    "DO", "NOT", "NO", "OK", "AND", "OR", "IF", "ALL", "ALWAYS", "NEVER", "AM", "PM", "THE", "IN", "ON", "TO", "OF",
    "EVERY", "STOP", "NOTE", "WARNING", "DANGER", "CAUTION", "MUST", "ET", "TABLE", "STEP", "PART", "ITEM", "DATE",
    "NAME", "YES", "ONLY", "MAY", "ANY", "BE", "IT", "IS", "UP", "OFF", "OUT", "USE", "WET", "HOT", "COLD", "OPEN",
    "CLOSE", "PUSH", "PULL", "FIRE", "EXIT", "FOR", "WITH", "AT", "BY", "KEEP", "ID", "TV", "II", "III", "IV", "VI",
];

pub(super) fn find(clause: &Clause, found: &mut BTreeMap<String, Found>) {
    let shouted = !clause.text.chars().any(char::is_lowercase);
    for acronym in ACRONYM.find_iter(&clause.text).filter(|m| !shouted && !in_code(&clause.text, m)) {
        let name = acronym.as_str().strip_suffix('s').unwrap_or(acronym.as_str());
        if !NOT_ACRONYMS.contains(&name)
            && name.len() > 1
            && !is_word_or_key(&clause.text, name, &acronym)
            && !in_a_shout(&clause.text, acronym.start())
        {
            let entry = found.entry(name.to_owned()).or_default();
            entry.acronym = true;
            entry.seen(name, clause);
        }
    }
    for (acronym, expansion) in expanded(&clause.text) {
        let entry = found.entry(acronym.clone()).or_default();
        entry.acronym = true;
        if entry.spellings.is_empty() {
            entry.seen(&acronym, clause);
        }
        entry.expansion.get_or_insert(expansion);
        entry.defined_in.get_or_insert_with(|| clause.id.clone());
    }
}

/// "Press START", "EN 374", "say NO": a key, a standard, a word in capitals.
fn is_word_or_key(text: &str, name: &str, found: &regex::Match<'_>) -> bool {
    let (before, after) = (&text[..found.start()], &text[found.end()..]);
    let pressed = before.split_whitespace().next_back().is_some_and(|w| {
        matches!(
            w.to_lowercase().as_str(),
            "press" | "push" | "hit" | "click" | "select" | "say" | "shout" | "marked" | "button" | "key"
        )
    });
    let standard = matches!(name, "EN" | "ISO" | "BS" | "DIN" | "ASTM" | "IEC" | "ANSI")
        && after.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let word = name.len() > 3 && name.chars().all(char::is_uppercase) && cefr::zipf(name) > 3.9;
    pressed || standard || word
}

fn expanded(text: &str) -> Vec<(String, String)> {
    let pair = |c: &regex::Captures<'_>| {
        let acronym = c.name("acronym").or_else(|| c.name("acronym2"))?;
        let expansion = c.name("expansion").or_else(|| c.name("expansion2"))?;
        // A list of abbreviations explains what stands first in its line.
        let listed = c.name("acronym2").is_some() && is_spelled_by(acronym.as_str(), expansion.as_str());
        let words = initials_match(acronym.as_str(), expansion.as_str())
            .or_else(|| listed.then(|| expansion.as_str().trim().to_owned()))?;
        Some((acronym.as_str().to_owned(), words))
    };
    let before = EXPANDED_BEFORE.captures_iter(text).filter_map(|c| {
        let (acronym, expansion) = (c.name("acronym")?, c.name("expansion")?);
        Some((acronym.as_str().to_owned(), initials_match(acronym.as_str(), expansion.as_str())?))
    });
    before.chain(EXPANDED_AFTER.captures_iter(text).filter_map(|c| pair(&c))).collect()
}

/// File names, paths and placeholders hold no acronyms.
fn in_code(text: &str, found: &regex::Match<'_>) -> bool {
    let (before, after) = (&text[..found.start()], &text[found.end()..]);
    before.ends_with(['-', '_', '/', '.', '{', '@', '#'])
        || after.starts_with(['-', '_', '/', '{', '@'])
        || after.starts_with(':') && !after.starts_with(": ") && after.len() > 1
        || after.starts_with('.') && after[1..].starts_with(char::is_alphanumeric)
}

/// "KEEP DOOR CLOSED": words around it are in capitals, too.
fn in_a_shout(text: &str, at: usize) -> bool {
    let loud = |word: Option<&str>| {
        word.is_some_and(|w| {
            let letters: Vec<char> = w.chars().filter(|c| c.is_alphabetic()).collect();
            letters.len() > 2
                && letters.iter().all(|c| c.is_uppercase())
                && cefr::zipf(&letters.iter().collect::<String>()) > 3.5
        })
    };
    let before = text[..at].split_whitespace().next_back();
    let after = text[at..].split_whitespace().nth(1);
    let own = text[at..].split_whitespace().next();
    loud(own) && (loud(before) || loud(after))
}

/// The letters of the acronym stand in the words, in order, and both begin alike.
fn is_spelled_by(acronym: &str, expansion: &str) -> bool {
    let mut letters = expansion.chars().flat_map(char::to_uppercase);
    let mut wanted = acronym.chars().flat_map(char::to_uppercase);
    let first = expansion.chars().next().map(|c| c.to_uppercase().to_string());
    first == acronym.chars().next().map(|c| c.to_uppercase().to_string()) && wanted.all(|c| letters.any(|l| l == c))
}

/// The last words of `expansion` whose first letters spell the acronym, small words counted or not.
fn initials_match(acronym: &str, expansion: &str) -> Option<String> {
    let words: Vec<&str> = expansion.split_whitespace().collect();
    let small = |word: &str| matches!(word, "of" | "and" | "the" | "for" | "in" | "to" | "&" | "a" | "on");
    let spells = |tail: &str, all: bool| {
        let pieces = tail.split([' ', '-', ',', '/']).filter(|w| !w.is_empty() && (all || !small(w)));
        let initials: String = pieces.filter_map(|w| w.chars().next()).flat_map(char::to_uppercase).collect();
        initials == acronym.to_uppercase()
    };
    let tails = (0..words.len()).rev().map(|from| words[from..].join(" "));
    tails
        .into_iter()
        .find(|tail| !small(tail.split(' ').next().unwrap_or_default()) && (spells(tail, false) || spells(tail, true)))
}
