//! Names of people: by a given name, a title ("Dr."), or a label ("Approved by:") before them.

use std::ops::Range;

use course_format::sop::{Clause, ClauseKind, LiteralKind};

use crate::pipeline::{
    pattern::patterns,
    words::{is_given_name, is_given_name_too, is_role, is_thing},
};

patterns! {
    WORD = r"\p{L}[\p{L}’'-]*|[^\s\p{L}]";
    LABEL = r"(?i)(?:\b(?:prepared|written|approved|reviewed|authori[sz]ed|checked|issued|signed|created|revised|verified|compiled|trained|assessed|witnessed) by|\b(?:author|authors|owner|contact|contact person|attn|attention|signature|signed|name|surname|supervisor|manager|head chef|trainer|first aider|responsible(?: person)?|deputy))\s*[:|–—]\s*\|?\s*$";
    ASKED = r"(?i)\b(?:ask|tell|call|phone|contact|inform|notify|see|email|e-mail|with|by|to|from|for|and|or|is)\s+$";
}

const TITLES: [&str; 13] =
    ["Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Prof", "Professor", "Herr", "Frau", "Madame", "Señor", "Señora"];
const PARTICLES: [&str; 19] = [
    "van", "von", "de", "del", "della", "der", "den", "dos", "da", "di", "du", "la", "le", "bin", "bint", "al", "el",
    "ter", "zu",
];
/// As common as "table": a word of the language, hardly a surname.
const COMMON: f32 = 3.3;
/// "Brown", "Baker": words that are surnames as well, where the given name is sure.
const VERY_COMMON: f32 = 5.6;

struct Token<'a> {
    text: &'a str,
    range: Range<usize>,
}

/// A name where it stands, and its words.
struct Name {
    range: Range<usize>,
    words: Vec<String>,
}

/// For each clause, the ranges of its text that name somebody, each with a name for that person.
pub fn find(clauses: &[Clause]) -> Vec<Vec<(Range<usize>, String)>> {
    let whole: Vec<Vec<Name>> = clauses.iter().map(full_names).collect();
    let people: Vec<Vec<String>> = whole.iter().flatten().map(|name| name.words.clone()).collect();
    let identity = |words: &[String]| {
        let same = people.iter().filter(|person| words.iter().all(|word| person.contains(word)));
        same.max_by_key(|person| person.len()).map_or_else(|| words.join(" "), |person| person.join(" "))
    };
    clauses
        .iter()
        .zip(whole)
        .map(|(clause, names)| {
            let mut found: Vec<(Range<usize>, String)> =
                names.iter().map(|name| (name.range.clone(), identity(&name.words))).collect();
            for (range, words) in parts_of_names(&clause.text, &people) {
                if !found.iter().any(|(other, _)| other.start < range.end && range.start < other.end) {
                    found.push((range, identity(&words)));
                }
            }
            found.sort_by_key(|(range, _)| range.start);
            found
        })
        .collect()
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let words = WORD.find_iter(text).map(|m| {
        let plain = m.as_str().trim_end_matches("'s").trim_end_matches("’s").trim_end_matches(['\'', '’', '-']);
        Token { text: plain, range: m.start()..m.start() + plain.len() }
    });
    words.filter(|token| !token.text.is_empty()).collect()
}

fn is_capitalised(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
        || word.split_once(['\'', '’']).is_some_and(|(first, rest)| first.len() == 1 && is_capitalised(rest))
}

fn full_names(clause: &Clause) -> Vec<Name> {
    let text = clause.text.as_str();
    let tokens = tokens(text);
    let (mut names, mut at) = (Vec::new(), 0);
    while at < tokens.len() {
        let name = titled(text, &tokens, at)
            .or_else(|| named(clause, &tokens, at))
            .or_else(|| labelled(text, &tokens, at))
            .or_else(|| with_middle_initial(text, &tokens, at));
        match name {
            Some(words) => {
                let range = tokens[words.start].range.start..tokens[words.end - 1].range.end;
                let words_of = tokens[words.clone()].iter().filter(|t| t.text.len() > 1).map(|t| t.text.to_lowercase());
                names.push(Name { range, words: words_of.collect() });
                at = words.end;
            }
            None => at += 1,
        }
    }
    names
}

/// "Dr. Okonkwo": the name without the title.
fn titled(text: &str, tokens: &[Token<'_>], at: usize) -> Option<Range<usize>> {
    let title = &tokens[at];
    let dot = usize::from(tokens.get(at + 1).is_some_and(|t| t.text == "."));
    let start = at + 1 + dot;
    let first = tokens.get(start)?;
    let near = text[title.range.end..first.range.start].trim_matches(['.', ' ']).is_empty();
    (TITLES.contains(&title.text) && near && is_capitalised(first.text) && !is_thing(first.text))
        .then(|| start..end_of_name(text, tokens, start))
}

/// A given name and what follows it.
fn named(clause: &Clause, tokens: &[Token<'_>], at: usize) -> Option<Range<usize>> {
    let text = clause.text.as_str();
    let given = tokens[at].text;
    let sure = is_given_name(given);
    if !sure && !is_given_name_too(given) {
        return None;
    }
    let end = end_of_name(text, tokens, at);
    // "Martin Luther Street" names a street, "Robert & Sons" a company.
    let run = run_of_capitals(text, tokens, at);
    let before = at.checked_sub(1).and_then(|b| tokens.get(b)).filter(|t| touches(text, t, &tokens[at]));
    let inside_a_name =
        before.is_some_and(|t| is_capitalised(t.text) && at >= 2 && !ASKED.is_match(&text[..tokens[at].range.start]));
    if tokens[at..run].iter().any(|t| is_thing(t.text))
        || tokens.get(run).is_some_and(|t| t.text == "&")
        || inside_a_name
    {
        return None;
    }
    let surname = tokens[end - 1].text;
    let heading = clause.kind == ClauseKind::Heading;
    let zipf = cefr::zipf(surname);
    let accepted = match (sure, end - at) {
        (true, 1) => !heading,
        (true, _) => zipf < VERY_COMMON,
        (false, 1) => false,
        (false, _) => {
            is_cell_of_contact(clause, tokens[at].range.start, tokens[end - 1].range.end)
                || zipf < COMMON
                || !heading
                    && zipf < VERY_COMMON
                    && !is_role(surname)
                    && at > 0
                    && ASKED.is_match(&text[..tokens[at].range.start])
                    && !surname.ends_with('s')
        }
    };
    let role = is_role(surname) && end - at > 1 && !sure;
    (accepted && !role).then_some(at..end)
}

/// "Rupert A. Collins": nothing else is written like this.
fn with_middle_initial(text: &str, tokens: &[Token<'_>], at: usize) -> Option<Range<usize>> {
    let [first, initial, dot, last] = tokens.get(at..at + 4)? else { return None };
    let written_so = is_capitalised(first.text)
        && touches(text, first, initial)
        && initial.text.chars().count() == 1
        && initial.text.starts_with(char::is_uppercase)
        && dot.text == "."
        && touches(text, dot, last)
        && is_capitalised(last.text);
    let common = cefr::zipf(first.text) > 4.5 || is_role(last.text) || is_thing(last.text);
    (written_so && !common && !opens_sentence(last.text) && cefr::zipf(last.text) < VERY_COMMON).then_some(at..at + 4)
}

/// "First aider | Mark Brown | 07700 900456": a cell of its own in a row that says how to reach somebody.
fn is_cell_of_contact(clause: &Clause, start: usize, end: usize) -> bool {
    let reach = clause.literals.iter().any(|l| matches!(l.kind, LiteralKind::Phone | LiteralKind::Email));
    let before = clause.text[..start].trim_end();
    let after = clause.text[end..].trim_start();
    reach && (before.is_empty() || before.ends_with('|')) && (after.is_empty() || after.starts_with('|'))
}

/// "Approved by: Ikaika Nakamura", "Contact | J. Weber".
fn labelled(text: &str, tokens: &[Token<'_>], at: usize) -> Option<Range<usize>> {
    let first = &tokens[at];
    if !LABEL.is_match(&text[..first.range.start]) {
        return None;
    }
    let initial = first.text.chars().count() == 1 && tokens.get(at + 1).is_some_and(|t| t.text == ".");
    if !is_capitalised(first.text) && !initial {
        return None;
    }
    let end = end_of_name(text, tokens, at);
    let words = &tokens[at..end];
    let long: Vec<_> = words.iter().filter(|t| t.text.len() > 1).collect();
    let name = words.iter().map(|t| t.text).collect::<Vec<_>>().join(" ");
    let rare = long.iter().filter(|t| cefr::zipf(t.text) < COMMON).count();
    let thing = words.iter().any(|t| is_thing(t.text));
    (end - at > 1 && !is_role(&name) && !thing && (rare * 2 >= long.len() || initial)).then_some(at..end)
}

fn touches(text: &str, before: &Token<'_>, after: &Token<'_>) -> bool {
    &text[before.range.end..after.range.start] == " "
}

/// Up to three further words with capitals, initials and particles: "Anna M. van der Berg".
fn end_of_name(text: &str, tokens: &[Token<'_>], start: usize) -> usize {
    let (mut end, mut at) = (start + 1, start + 1);
    if tokens[start].text.chars().count() == 1 && tokens.get(at).is_some_and(|t| t.text == ".") {
        at += 1;
    }
    while at < tokens.len() && end < start + 6 {
        let gap = &text[tokens[at - 1].range.end..tokens[at].range.start];
        if gap != " " && !(gap.is_empty() && tokens[at - 1].text == ".") {
            break;
        }
        let word = tokens[at].text;
        let initial = word.chars().count() == 1
            && word.chars().all(char::is_uppercase)
            && tokens.get(at + 1).is_some_and(|t| t.text == "." && t.range.start == tokens[at].range.end);
        if initial {
            at += 2;
        } else if PARTICLES.contains(&word) {
            at += 1;
        } else if is_capitalised(word) && !is_thing(word) && !is_role(word) && !opens_sentence(word) {
            at += 1;
            end = at;
        } else {
            break;
        }
    }
    end
}

/// A new sentence, not a surname.
fn opens_sentence(word: &str) -> bool {
    matches!(
        word,
        "The"
            | "And"
            | "Or"
            | "If"
            | "Then"
            | "Must"
            | "Is"
            | "On"
            | "In"
            | "At"
            | "To"
            | "For"
            | "Of"
            | "Approved"
            | "Prepared"
            | "Reviewed"
            | "Checked"
            | "Signed"
            | "Author"
            | "Date"
            | "Version"
            | "Revision"
            | "Issue"
    )
}

/// Where the words with capitals end.
fn run_of_capitals(text: &str, tokens: &[Token<'_>], start: usize) -> usize {
    let mut end = start + 1;
    while end < tokens.len()
        && touches(text, &tokens[end - 1], &tokens[end])
        && tokens[end].text.starts_with(char::is_uppercase)
    {
        end += 1;
    }
    end
}

/// Surnames and given names alone, of people who are named in full elsewhere.
fn parts_of_names(text: &str, people: &[Vec<String>]) -> Vec<(Range<usize>, Vec<String>)> {
    if people.is_empty() {
        return Vec::new();
    }
    let tokens = tokens(text);
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let lower = token.text.to_lowercase();
        let particle = PARTICLES.contains(&token.text);
        let known = people.iter().any(|person| person.contains(&lower));
        let thing = tokens[at..run_of_capitals(text, &tokens, at)].iter().any(|t| is_thing(t.text));
        if !known || particle || !is_capitalised(token.text) || cefr::zipf(&lower) > VERY_COMMON || thing {
            continue;
        }
        // "van der Berg": the particles belong to it.
        let mut first = at;
        while first > 0
            && PARTICLES.contains(&tokens[first - 1].text)
            && touches(text, &tokens[first - 1], &tokens[first])
        {
            first -= 1;
        }
        if first >= 2 && tokens[first - 1].text == "." && tokens[first - 2].text.chars().count() == 1 {
            // "J. Weber"
            first -= 2;
        }
        let sure = first < at || is_given_name(token.text) || cefr::zipf(&lower) < COMMON;
        if sure {
            found.push((tokens[first].range.start..token.range.end, vec![lower]));
        }
    }
    found
}
