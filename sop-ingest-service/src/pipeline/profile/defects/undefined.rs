//! Acronyms and terms that a newcomer cannot look up in the SOP.

use std::collections::BTreeMap;

use course_format::sop::{Clause, ClauseId, ClauseKind, Defect, Term, TermKind};

use super::defect;
use crate::pipeline::pattern::patterns;

patterns! {
    GLOSSARY = r"(?i)\b(?:definitions?|glossary|terminology|abbreviations|acronyms)\b";
}

/// Everybody at work reads these without help.
const KNOWN: &[&str] = &[
    "ISO", "EN", "UTC", "GMT", "AI", "CCTV", "WLAN", "RFID", "CO", "Mr", "Ms", "PDF", "USB", "DNA", "UV", "LED", "GPS",
    "FAQ", "USA", "UK", "EU", "US", "TV", "PC", "URL", "CEO", "HR", "IT", "ID", "PIN", "SMS", "WC", "DVD", "CD", "QR",
    "AC", "DC", "pH", "WiFi", "OK", "VAT", "SOP", "ZIP", "PO", "NB",
];
const MIN_USES: usize = 4;

pub fn find(clauses: &[Clause], terms: &[Term], found: &mut Vec<Defect>) {
    acronyms(clauses, terms, found);
    undefined_terms(clauses, terms, found);
}

/// One remark for each clause, however many acronyms begin in it.
fn acronyms(clauses: &[Clause], terms: &[Term], found: &mut Vec<Defect>) {
    let mut by_clause: BTreeMap<usize, Vec<&Term>> = BTreeMap::new();
    for term in terms.iter().filter(|t| t.kind == TermKind::Acronym && t.expansion.is_none() && t.defined_in.is_none())
    {
        if KNOWN.contains(&term.term.as_str()) {
            continue;
        }
        let first = term.clauses.first().and_then(|id| position(clauses, id));
        if let Some(first) = first.filter(|at| clauses[*at].text.contains(&term.term)) {
            by_clause.entry(first).or_default().push(term);
        }
    }
    for (at, mut terms) in by_clause {
        let clause = &clauses[at];
        terms.sort_by_key(|t| clause.text.find(&t.term));
        let names: Vec<&str> = terms.iter().map(|t| t.term.as_str()).collect();
        let list = match names.as_slice() {
            [one] => (*one).to_owned(),
            [many @ .., last] => format!("{} and {last}", many.join(", ")),
            [] => continue,
        };
        let suggestion = format!("Write {list} out in full here, where the reader meets it first.");
        found.push(defect("undefined_acronym", clause, names[0], suggestion));
    }
}

/// A SOP with a glossary that leaves out a name which it uses again and again.
fn undefined_terms(clauses: &[Clause], terms: &[Term], found: &mut Vec<Defect>) {
    if !clauses.iter().any(|c| c.kind == ClauseKind::Heading && GLOSSARY.is_match(&c.text)) {
        return;
    }
    let unknown = terms.iter().filter(|t| {
        t.kind == TermKind::Other
            && t.defined_in.is_none()
            && t.clauses.len() >= MIN_USES
            && t.term.contains(' ')
            && !t.term.contains(['\'', '’'])
            && !t.term.contains(|c: char| c.is_ascii_digit())
    });
    for term in unknown {
        let first = term
            .clauses
            .iter()
            .filter_map(|id| position(clauses, id))
            .find(|at| clauses[*at].kind != ClauseKind::Heading && clauses[*at].text.contains(&term.term));
        if let Some(at) = first {
            let suggestion =
                format!("Add “{}” to the definitions: the SOP uses it {} times.", term.term, term.clauses.len());
            found.push(defect("undefined_term", &clauses[at], &term.term, suggestion));
        }
    }
}

fn position(clauses: &[Clause], id: &ClauseId) -> Option<usize> {
    clauses.iter().position(|c| &c.id == id)
}
