//! Lists of running prose and the lists under a sentence that ends with a colon.

use std::collections::BTreeMap;

use course_format::sop::ClauseKind;

use crate::engine::english::text::{without_stop, word_count};
use crate::engine::english::words::is_finite;
use crate::engine::facts::{self, Fact};
use crate::engine::library::{ClauseRef, Library};

/// A list and the words that open it.
#[derive(Clone, Debug)]
pub struct Listing {
    pub at: ClauseRef,
    pub source: String,
    /// "The examination includes", "Special leave is granted for the following events:"
    pub head: String,
    /// Each with the clause that it stands in.
    pub parts: Vec<(ClauseRef, String)>,
}

/// Every list of three or more.
pub fn of(library: &Library, clauses: &[ClauseRef], facts: &[Fact]) -> Vec<Listing> {
    let mut out: Vec<Listing> = facts.iter().filter_map(in_sentence).collect();
    out.extend(under_colons(library, clauses));
    out.sort_by_key(|l| l.at);
    out
}

fn in_sentence(fact: &Fact) -> Option<Listing> {
    const VERBS: [&str; 8] = [
        " includes ",
        " include ",
        " consists of ",
        " consist of ",
        " comprises ",
        " contains ",
        " contain ",
        " covers ",
    ];
    let text = without_stop(&fact.text);
    if text.contains(['(', '“', '"', ';', '/', '?']) || facts::refers_elsewhere(text) && !text.contains(": ") {
        return None;
    }
    let (head, list) = match text.split_once(": ") {
        Some((head, list)) if word_count(head) >= 3 => (format!("{head}:"), list),
        Some(_) => return None,
        None => {
            let (at, verb) = VERBS.iter().filter_map(|v| Some((text.find(v)?, *v))).min()?;
            let subject = &text[..at];
            let plain = !subject.contains(',') && !facts::has_pronoun(subject) && word_count(subject) <= 8;
            let head = format!("{subject}{}", verb.trim_end());
            if !plain || subject.split(' ').any(is_finite) {
                return None;
            }
            (head, &text[at + verb.len()..])
        }
    };
    let parts = split(list)?;
    Some(Listing {
        at: fact.at,
        source: fact.text.clone(),
        head,
        parts: parts.into_iter().map(|p| (fact.at, p)).collect(),
    })
}

/// "A, B and C" with three or more short parts.
fn split(list: &str) -> Option<Vec<String>> {
    let (front, end) = list.rsplit_once(" and ").or_else(|| list.rsplit_once(" or "))?;
    let mut parts: Vec<String> = front.trim_end_matches(',').split(", ").map(str::to_owned).collect();
    parts.push(end.to_owned());
    let fits = |p: &String| {
        (1..=7).contains(&word_count(p))
            && !p.contains([':', ','])
            && !p.split(' ').any(|w| is_finite(w) || matches!(w, "that" | "which" | "who" | "if" | "so" | "not"))
            && !facts::has_pronoun(p)
    };
    ((3..=8).contains(&parts.len()) && parts.iter().all(fits)).then_some(parts)
}

/// A clause that ends with a colon, and the short entries right under it.
fn under_colons(library: &Library, clauses: &[ClauseRef]) -> Vec<Listing> {
    let mut out = Vec::new();
    let place: BTreeMap<ClauseRef, usize> = clauses.iter().enumerate().map(|(i, at)| (*at, i)).collect();
    for (i, at) in clauses.iter().enumerate() {
        let clause = library.clause(*at);
        let head = clause.text.rsplit(". ").next().unwrap_or(&clause.text).trim();
        let opens = head.ends_with(':')
            && (3..=20).contains(&word_count(head))
            && library.kind(*at) != ClauseKind::Heading
            && !head.contains(['“', '"', '(', '?']);
        if !opens || library.polarity(*at).is_some() {
            continue;
        }
        let parts: Vec<(ClauseRef, String)> = clauses[i + 1..]
            .iter()
            .take_while(|o| {
                let other = library.clause(**o);
                let next = place.get(*o).is_some_and(|p| *p <= i + 10) && o.document == at.document;
                next && other.section == clause.section && is_entry(&other.text)
            })
            .filter(|o| library.step(**o).is_none())
            .map(|o| (*o, library.clause(*o).text.trim_end_matches([';', ',', '.']).to_owned()))
            .collect();
        if (3..=10).contains(&parts.len()) {
            out.push(Listing { at: *at, source: clause.text.clone(), head: head.to_owned(), parts });
        }
    }
    out
}

fn is_entry(text: &str) -> bool {
    (1..=12).contains(&word_count(text))
        && !text.contains(['|', '“', '"', '(', ':', '@'])
        && !text.contains("://")
        && !text.trim_end_matches('.').contains(". ")
}
