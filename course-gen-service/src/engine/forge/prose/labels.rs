//! Names on the screen: which button, menu or field does the sentence name? “Remove Field”, File > Export.

use std::collections::{BTreeMap, BTreeSet};

use course_format::course::{Answer, GapPiece, ItemBody, Relation};

use crate::engine::english::situation;
use crate::engine::english::text::{overlap, sentence, stems, word_count};
use crate::engine::facts::{self, Fact};
use crate::engine::forge::build::{Spec, Wrong, alike_in_length, choices, distinct, id_of, shuffled};
use crate::engine::forge::stock::near;
use crate::engine::forge::{Bench, Made};

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let own = bench.stock.facts.iter().filter(|f| bench.holds(f.at));
    own.flat_map(|f| {
        let named = names(&f.text);
        let wanted = named.last().and_then(|name| wanted(bench, f, name));
        let mut out: Vec<Made> = named.into_iter().filter_map(|name| one(bench, f, name)).collect();
        out.extend(wanted);
        out
    })
    .collect()
}

/// "You want to save the shape file. Which name do you look for?"
fn wanted(bench: &Bench<'_>, fact: &Fact, name: &str) -> Option<Made> {
    let goal = sentence(&situation::wanted(&fact.text)?);
    if facts::has_pronoun(&goal) || goal.contains(name) {
        return None;
    }
    let wrong = others(bench, fact, name)?;
    let spec = Spec {
        clause: fact.at,
        frame: "case-screen",
        target: format!("goal/{name}"),
        stem: format!("{goal} Which name do you look for on the screen?"),
        others: vec![format!("{goal} You sit in front of the screen. Which of these names helps you?")],
        rationale: format!("The SOP names “{name}” for this."),
        relation: Relation::Compress,
        provenance: vec![bench.library.prove_part(fact.at, &fact.text)],
        reasons: Vec::new(),
        score: 8,
    };
    Some(spec.single(bench, name, &wrong))
}

/// Names in quotation marks and the parts of a menu's path.
fn names(text: &str) -> Vec<&str> {
    let mut out: Vec<&str> = Vec::new();
    if text.matches('“').count() == text.matches('”').count() {
        out.extend(text.split('“').skip(1).filter_map(|part| part.split('”').next()));
    }
    if (text.contains(" > ") || text.contains(" -> ")) && word_count(text) <= 30 {
        let arrow = if text.contains(" -> ") { " -> " } else { " > " };
        let parts: Vec<&str> = text.split(arrow).collect();
        for (i, part) in parts.iter().enumerate().skip(1) {
            let named = |w: &&str| w.starts_with(char::is_uppercase);
            let words: Vec<&str> = part.split(' ').take_while(named).collect();
            let end = words.iter().map(|w| w.len() + 1).sum::<usize>();
            let name = part.get(..end.saturating_sub(1)).unwrap_or_default();
            let name = name.trim_end_matches(['.', ',', ';']);
            if !name.is_empty() && (i + 1 == parts.len() || name.len() == part.len()) {
                out.push(name);
            }
        }
    }
    out.retain(|n| is_name(n) && text.matches(*n).count() == 1);
    out
}

/// What stands on a button or a menu: one to four words that begin with a capital letter.
fn is_name(name: &str) -> bool {
    let fits = (1..=4).contains(&word_count(name)) && (3..=32).contains(&name.chars().count());
    fits && name.starts_with(char::is_uppercase)
        && !name.ends_with(['.', ',', '?', '!'])
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '’' | '\''))
}

fn one(bench: &Bench<'_>, fact: &Fact, name: &str) -> Option<Made> {
    let at = fact.text.find(name)?;
    let (front, behind) = (&fact.text[..at], &fact.text[at + name.len()..]);
    if word_count(front) < 1
        || word_count(&fact.text) > 40
        || !behind.contains(char::is_alphabetic) && word_count(front) < 3
    {
        return None;
    }
    // A mark without its other half cannot be shown.
    let whole = |t: &str| t.matches('(').count() == t.matches(')').count();
    if !whole(&fact.text) || fact.text.contains("://") || fact.text.matches('"').count() % 2 == 1 {
        return None;
    }
    let wrong = others(bench, fact, name)?;
    let mut pieces = vec![GapPiece::Text { text: front.to_owned() }, GapPiece::Gap { id: "g1".to_owned(), hint: None }];
    if !behind.is_empty() {
        pieces.push(GapPiece::Text { text: behind.to_owned() });
    }
    let spec = Spec {
        clause: fact.at,
        frame: "select-label",
        target: name.to_owned(),
        stem: "Which name stands here on the screen?".to_owned(),
        others: [
            "You work at the screen. Which name completes the sentence?",
            "A colleague cannot find the right place on the screen. Complete the sentence.",
            "What do you look for on the screen? Choose the right name.",
        ]
        .map(str::to_owned)
        .to_vec(),
        rationale: format!("The SOP names “{name}” here."),
        relation: Relation::Quote,
        provenance: vec![bench.library.prove_part(fact.at, &fact.text)],
        reasons: wrong.iter().map(Wrong::reason).collect(),
        score: 5,
    };
    let texts = std::iter::once(name.to_owned()).chain(wrong.iter().map(|w| w.text.clone()));
    let options = choices(&shuffled(spec.id(bench), texts));
    let choice = id_of(&options, name);
    let body = ItemBody::GapSelect { pieces, options: BTreeMap::from([("g1".to_owned(), options)]) };
    let answer = Answer::GapSelect { choices: BTreeMap::from([("g1".to_owned(), choice)]) };
    Some(spec.finish(bench, body, answer, 1))
}

/// Two names of other sentences.
fn others(bench: &Bench<'_>, fact: &Fact, name: &str) -> Option<Vec<Wrong>> {
    let own = stems(&fact.text);
    let mut known = BTreeSet::new();
    let pool = near(&bench.stock.facts, fact.at, |f| f.at, 120)
        .iter()
        .filter(|o| o.at.document == fact.at.document && o.text != fact.text)
        .flat_map(|o| names(&o.text).into_iter().map(move |n| (o, n)))
        .filter(|(_, n)| overlap(&stems(n), &own) < 0.5 && known.insert(n.to_lowercase()))
        .map(|(o, n)| Wrong::new(n, o.at, o.text.clone()))
        .filter(|w| alike_in_length(w.text.chars().count(), name.chars().count() + 4));
    distinct(name, pool, 2, 0.34)
}
