//! Words that staff must know: what the SOP defines, abbreviates, and names with capitals.

use std::collections::{BTreeMap, HashSet};

use course_format::sop::{Clause, ClauseId, ClauseKind, Term};

use crate::pipeline::{pattern::patterns, words};

patterns! {
    DEFINED = r#"^(?:An?\s|The\s)?["“]?(?P<term>\p{L}[\p{L}\d /&’'()-]{1,48}?)["”]?\s*(?::\s|\s(?:means|refers to|is defined as|stands for)\s)"#;
    ACRONYM = r"\b(?:[A-Z]{2,6}s?|[a-z]{1,2}[A-Z]{2,5}|[A-Z][a-z]?[A-Z]{1,4})\b";
    EXPANDED_BEFORE = r"(?P<expansion>\p{Lu}[\p{L}-]+(?:\s+(?:of|and|the|for|in|to|&|,)?\s*,?\s*\p{L}[\p{L}-]+){1,6})\s+\((?P<acronym>[A-Z]{2,6})\)";
    EXPANDED_AFTER = r"\b(?P<acronym>[A-Z]{2,6})\s+\((?P<expansion>[A-Za-z][\p{L} ,-]{4,60})\)|^(?P<acronym2>[A-Z]{2,6}):\s(?P<expansion2>[a-z][\p{L} -]{4,60}?)(?:,|\.|$)";
    NAMED = r"\b\p{Lu}[\p{Ll}]+(?:\s+(?:&\s+)?\p{Lu}[\p{Ll}]+){1,3}\b";
}

/// Words in capitals that abbreviate nothing.
const NOT_ACRONYMS: [&str; 40] = [
    "DO", "NOT", "NO", "OK", "AND", "OR", "IF", "ALL", "ALWAYS", "NEVER", "AM", "PM", "THE", "IN", "ON", "TO", "OF",
    "EVERY", "STOP", "NOTE", "WARNING", "DANGER", "CAUTION", "MUST", "ET", "TABLE", "STEP", "PART", "ITEM", "DATE",
    "NAME", "YES", "ONLY", "MAY", "ANY", "BE", "IT", "IS", "UP", "OFF",
];

#[derive(Default)]
struct Found {
    defined_in: Option<ClauseId>,
    expansion: Option<String>,
    clauses: Vec<ClauseId>,
}

pub fn terms(clauses: &[Clause]) -> Vec<Term> {
    let mut found: BTreeMap<String, Found> = BTreeMap::new();
    for clause in clauses {
        defined(clause, &mut found);
        acronyms(clause, &mut found);
    }
    names(clauses, &mut found);
    let mentions = |term: &str| {
        let lower = term.to_lowercase();
        let has = move |c: &&Clause| c.text.to_lowercase().contains(&lower);
        clauses.iter().filter(has).map(|c| c.id.clone()).collect::<Vec<_>>()
    };
    found
        .into_iter()
        .map(|(term, f)| Term {
            clauses: if f.clauses.is_empty() { mentions(&term) } else { f.clauses },
            term,
            defined_in: f.defined_in,
            expansion: f.expansion,
            kind: course_format::sop::TermKind::default(),
            keyness: 0.0,
        })
        .collect()
}

fn defined(clause: &Clause, found: &mut BTreeMap<String, Found>) {
    if clause.kind != ClauseKind::Definition {
        return;
    }
    if let Some(captures) = DEFINED.captures(&clause.text).filter(|c| c["term"].split_whitespace().count() <= 5) {
        found.entry(captures["term"].trim().to_owned()).or_default().defined_in = Some(clause.id.clone());
    }
}

fn acronyms(clause: &Clause, found: &mut BTreeMap<String, Found>) {
    let expanded =
        EXPANDED_BEFORE.captures_iter(&clause.text).map(|c| (c["acronym"].to_owned(), c["expansion"].to_owned()));
    let expanded: Vec<(String, String)> = expanded
        .chain(EXPANDED_AFTER.captures_iter(&clause.text).filter_map(|c| {
            let acronym = c.name("acronym").or_else(|| c.name("acronym2"))?;
            let expansion = c.name("expansion").or_else(|| c.name("expansion2"))?;
            Some((acronym.as_str().to_owned(), expansion.as_str().to_owned()))
        }))
        .filter_map(|(acronym, expansion)| initials_match(&acronym, &expansion).map(|e| (acronym, e)))
        .collect();
    let shouted = !clause.text.chars().any(char::is_lowercase);
    let in_code = |m: &regex::Match<'_>| {
        let (before, after) = (&clause.text[..m.start()], &clause.text[m.end()..]);
        before.ends_with(['-', '_', '/', '.', '{'])
            || after.starts_with(['-', '_', ':', '/', '{']) && !after.starts_with(": ")
    };
    for acronym in ACRONYM.find_iter(&clause.text).filter(|m| !shouted && !in_code(m)) {
        let name = acronym.as_str().trim_end_matches('s');
        if !NOT_ACRONYMS.contains(&name) && name.len() > 1 {
            let entry = found.entry(name.to_owned()).or_default();
            if entry.clauses.last() != Some(&clause.id) {
                entry.clauses.push(clause.id.clone());
            }
        }
    }
    for (acronym, expansion) in expanded {
        let entry = found.entry(acronym).or_default();
        entry.expansion.get_or_insert(expansion);
        entry.defined_in.get_or_insert_with(|| clause.id.clone());
    }
}

/// The last words of `expansion` whose first letters spell the acronym.
fn initials_match(acronym: &str, expansion: &str) -> Option<String> {
    let words: Vec<&str> = expansion.split_whitespace().collect();
    (0..words.len()).rev().map(|from| words[from..].join(" ")).find(|tail| {
        let pieces = tail
            .split([' ', '-', ','])
            .filter(|w| !w.is_empty() && !matches!(*w, "of" | "and" | "the" | "for" | "in" | "to" | "&"));
        let initials: String = pieces.filter_map(|w| w.chars().next()).flat_map(char::to_uppercase).collect();
        initials == acronym.to_uppercase()
    })
}

/// Names in capitals that come back, and roles.
fn names(clauses: &[Clause], found: &mut BTreeMap<String, Found>) {
    let mut seen: BTreeMap<String, Vec<ClauseId>> = BTreeMap::new();
    let mut once: HashSet<&str> = HashSet::new();
    for clause in clauses.iter().filter(|c| c.kind != ClauseKind::Heading) {
        for name in NAMED.find_iter(&clause.text) {
            let name = name.as_str().trim_start_matches("The ").trim_start_matches("A ");
            if name.contains(' ') {
                seen.entry(name.to_owned()).or_default().push(clause.id.clone());
                once.insert(name);
            }
        }
    }
    for (name, clauses) in seen {
        if clauses.len() > 1 || words::is_role(&name) {
            let entry = found.entry(name).or_default();
            if entry.clauses.is_empty() {
                entry.clauses = clauses;
            }
        }
    }
}
