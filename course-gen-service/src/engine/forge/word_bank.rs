//! Several sentences of the lesson that have lost a word each, and the words in a box with one or two that are not needed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use course_format::Level;
use course_format::course::{Answer, GapPiece, ItemBody, Relation};

use super::build::{Spec, choices, id_of, shuffled};
use super::lines::Line;
use super::stock::near;
use super::{Bench, Made, single_choice};
use crate::engine::english::forms::verb_phrase;
use crate::engine::english::parse::Form;
use crate::engine::english::text::{capitalise, contains_word, stems, word_count};
use crate::engine::english::words::is_verb;
use crate::engine::library::{ClauseRef, Polarity};

const GAPS: usize = 4;

/// Banks of things and banks of verbs; for readers up to B1.
pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    if bench.level > Level::B1 {
        return Vec::new();
    }
    let short: Vec<&Line> = bench.lines().filter(|l| (4..=14).contains(&l.words)).collect();
    let mut out = banks(bench, &short, "bank-things", thing, &THINGS);
    out.extend(banks(bench, &short, "bank-verbs", action, &ACTIONS));
    let any: Vec<&Line> = bench
        .loose_lines()
        .filter(|l| (5..=20).contains(&l.words) && !matches!(l.form, Form::Do(_)) && !l.text.ends_with('…'))
        .collect();
    out.extend(banks(bench, &any, "bank-words", word, &WORDS));
    let entries = [Polarity::Allowed, Polarity::NotAllowed].map(|side| single_choice::entries(bench, side)).concat();
    let entries: Vec<Line> = entries.iter().filter_map(|(at, _)| entry(bench, *at)).collect();
    let entries: Vec<&Line> = entries.iter().collect();
    out.extend(banks(bench, &entries, "bank-entries", last, &ENTRIES));
    out
}

const THINGS: [&str; 3] = [
    "Some things are missing in these instructions. Take them from the box.",
    "Your copy of the SOP has holes. Fill them with words from the box.",
    "What do you need, and where? Complete the instructions.",
];
const ACTIONS: [&str; 3] = [
    "What do you do with these things? Take the verbs from the box.",
    "Complete the instructions for a new colleague with verbs from the box.",
    "Every instruction needs its verb. Choose from the box.",
];

const WORDS: [&str; 3] = [
    "One word is missing in each sentence of the SOP. Take it from the box.",
    "Put the words from the box back into the rules.",
    "You copy these sentences for a colleague. Which word goes where?",
];

const ENTRIES: [&str; 3] = [
    "These lines come from the lists of the SOP. Put the missing words back.",
    "The lists on the wall are wet, and some words are gone. Take them from the box.",
    "You write the lists again for a new colleague. Which word goes where?",
];

/// An entry of a list of what is allowed or not: short, and no sentence.
fn entry(bench: &Bench<'_>, at: ClauseRef) -> Option<Line> {
    let text = bench.library.clause(at).text.trim().to_owned();
    let words = word_count(&text);
    let plain = !text.contains(['(', '/', '|', '…', ':', '“', '"']);
    (plain && (2..=8).contains(&words)).then(|| Line {
        at,
        stems: stems(&text),
        form: Form::Other,
        words,
        model: false,
        text,
    })
}

/// The last word of an entry.
fn last(line: &Line) -> Option<(usize, String)> {
    let word = line.text.rsplit(' ').next()?.trim_end_matches('.');
    let thing = word.len() > 3 && word.chars().all(char::is_lowercase) && cefr::can_be(word, cefr::PartOfSpeech::Noun);
    let at = line.text.find(word).filter(|_| thing && line.text.matches(word).count() == 1)?;
    Some((at, word.to_owned()))
}

/// The last thing of any sentence.
fn word(line: &Line) -> Option<(usize, String)> {
    line.last_noun().map(|(at, word)| (at, word.to_owned()))
}

/// Where the gap is and which word belongs in it.
type Cut = fn(&Line) -> Option<(usize, String)>;

/// The last noun of the object: "Close the |lid| until it clicks."
fn thing(line: &Line) -> Option<(usize, String)> {
    let Form::Do(command) = &line.form else { return None };
    let parts = verb_phrase(command.phrases.first()?)?;
    let noun = parts.object.split(' ').next_back()?.trim_matches(|c: char| !c.is_alphanumeric());
    let sound = noun.len() > 2 && noun.chars().all(char::is_lowercase) && line.text.matches(noun).count() == 1;
    let at = line.text.find(&format!(" {noun}"))? + 1;
    sound.then(|| (at, noun.to_owned()))
}

/// The verb at the beginning.
fn action(line: &Line) -> Option<(usize, String)> {
    let Form::Do(_) = &line.form else { return None };
    let verb = line.text.split(' ').next().filter(|w| is_verb(w) && w.len() > 2)?;
    Some((0, verb.to_owned()))
}

fn banks(bench: &Bench<'_>, lines: &[&Line], frame: &'static str, cut: Cut, stems: &[&str; 3]) -> Vec<Made> {
    let mut pool: Vec<(&Line, usize, String)> = Vec::new();
    for line in lines {
        if let Some((at, word)) = cut(line)
            && !pool.iter().any(|(l, _, w)| w.eq_ignore_ascii_case(&word) || l.at == line.at)
        {
            pool.push((line, at, word));
        }
    }
    // A word that also stands in another sentence of the bank could be taken for it.
    let clean: Vec<_> = pool
        .iter()
        .filter(|(line, _, word)| {
            !pool.iter().any(|(l, _, _)| l.at != line.at && contains_word(&l.text.to_lowercase(), &word.to_lowercase()))
        })
        .cloned()
        .collect();
    clean.chunks(GAPS).filter(|c| c.len() >= 3).filter_map(|part| item(bench, part, frame, cut, stems)).collect()
}

fn item(
    bench: &Bench<'_>,
    part: &[(&Line, usize, String)],
    frame: &'static str,
    cut: Cut,
    said: &[&str; 3],
) -> Option<Made> {
    let spare = spare(bench, part, cut)?;
    let first = part.first()?.0;
    let at: BTreeSet<ClauseRef> = part.iter().map(|(l, _, _)| l.at).collect();
    let spec = Spec {
        clause: first.at,
        frame,
        target: part.iter().map(|(_, _, w)| w.as_str()).collect::<Vec<_>>().join("/"),
        stem: said[0].to_owned(),
        others: said[1..].iter().map(|s| (*s).to_owned()).collect(),
        rationale: "The SOP puts these words together.".to_owned(),
        relation: Relation::Quote,
        provenance: at.into_iter().map(|at| bench.library.prove(at)).collect(),
        reasons: Vec::new(),
        score: 5,
    };
    let texts = part.iter().map(|(_, _, w)| w.clone()).chain([spare]);
    let words = choices(&shuffled(spec.id(bench), texts));
    let mut pieces = Vec::new();
    let mut key = BTreeMap::new();
    let mut before = String::new();
    for (i, (line, at, word)) in part.iter().enumerate() {
        let _ = write!(before, "{}{}. {}", if i == 0 { "" } else { "\n" }, i + 1, &line.text[..*at]);
        let id = format!("g{}", i + 1);
        pieces.push(GapPiece::Text { text: std::mem::take(&mut before) });
        pieces.push(GapPiece::Gap { id: id.clone(), hint: None });
        key.insert(id, id_of(&words, word));
        line.text[at + word.len()..].clone_into(&mut before);
    }
    if !before.is_empty() {
        pieces.push(GapPiece::Text { text: before });
    }
    let points = u32::try_from(part.len()).unwrap_or(1);
    Some(spec.finish(bench, ItemBody::WordBank { pieces, words }, Answer::WordBank { words: key }, points))
}

/// A word of the same kind from elsewhere that fits none of the gaps by the SOP.
fn spare(bench: &Bench<'_>, part: &[(&Line, usize, String)], cut: Cut) -> Option<String> {
    let taken: BTreeSet<String> = part.iter().flat_map(|(l, _, _)| stems(&l.text)).collect();
    let capital = part[0].2.chars().next().is_some_and(char::is_uppercase);
    near(&bench.stock.lines, part[0].0.at, |l| l.at, 60)
        .iter()
        .filter(|l| !part.iter().any(|(p, _, _)| p.at == l.at))
        .filter_map(|l| cut(l).map(|(_, w)| w))
        .map(|w| if capital { capitalise(&w) } else { w })
        .find(|w| stems(w).is_disjoint(&taken) && !stems(w).is_empty())
}
