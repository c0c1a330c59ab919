//! What the SOPs hold that can be taught, section by section, and what is left out and why.

use std::collections::HashMap;

use course_format::sop::ClauseKind;
use serde::{Deserialize, Serialize};

use super::Refusal;
use super::library::{ClauseRef, Library};

/// Clauses of one section, in order, its heading first.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Block {
    pub document: usize,
    pub path: String,
    pub clauses: Vec<ClauseRef>,
}

/// A clause that no lesson will hold.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct LeftOut {
    pub clause: ClauseRef,
    pub reason: String,
}

#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Plan {
    pub blocks: Vec<Block>,
    pub left_out: Vec<LeftOut>,
}

/// A course needs this many steps, rules and warnings; below it, a lesson would be padding.
const MINIMUM: usize = 5;

/// A sentence of more words gives no single instruction.
const LONG: usize = 60;

/// Sections of fewer clauses may well have the same words ("Wear gloves.").
const REPEATED: usize = 3;

const ADMINISTRATIVE: [&str; 17] = [
    "revision history",
    "document history",
    "version history",
    "change history",
    "change log",
    "changelog",
    "document control",
    "references",
    "approval",
    "approvals",
    "signatures",
    "table of contents",
    "contents",
    "related documents",
    "distribution",
    "distribution list",
    "parts and prices",
];

/// Sorts the clauses into sections.
pub fn plan(library: &Library) -> Result<Plan, Refusal> {
    let mut plan = Plan::default();
    for at in library.clauses() {
        if let Some(reason) = unfit(library, at) {
            plan.left_out.push(LeftOut { clause: at, reason: reason.to_owned() });
            continue;
        }
        let path = &library.clause(at).section;
        // Two sections in a row may have the same heading.
        let opens = |block: &Block| {
            library.kind(at) == ClauseKind::Heading
                && block.clauses.iter().any(|c| library.kind(*c) != ClauseKind::Heading)
        };
        match plan.blocks.last_mut().filter(|b| b.document == at.document && b.path == *path && !opens(b)) {
            Some(block) => block.clauses.push(at),
            None => plan.blocks.push(Block { document: at.document, path: path.clone(), clauses: vec![at] }),
        }
    }
    let teachable = plan.blocks.iter().flat_map(|b| &b.clauses).filter(|at| is_teachable(library, **at)).count();
    if teachable < MINIMUM {
        return Err(too_little(library, teachable));
    }
    say_once(library, &mut plan);
    Ok(plan)
}

/// Says why in numbers, and what would help.
fn too_little(library: &Library, found: usize) -> Refusal {
    let titles: Vec<String> = library.documents().iter().map(|d| format!("“{}”", d.title)).collect();
    let of_kind = |kind: ClauseKind| library.clauses().filter(|at| library.kind(*at) == kind).count();
    let long = library.clauses().any(|at| library.clause(at).text.split_whitespace().count() > LONG);
    let help = if long {
        "Some of its sentences are longer than 60 words; write one instruction in each sentence."
    } else if of_kind(ClauseKind::TableRow) > found {
        "Most of it is tables. Forms and price lists give nothing to practise; rows that are instructions can be written as numbered steps."
    } else if of_kind(ClauseKind::Heading) > found {
        "It is mostly headings; please upload the document with its text."
    } else {
        "Please add the document that says what staff do, step by step."
    };
    Refusal::NothingToTeach { titles: titles.join(" and "), found, help }
}

/// A section that says word for word what an earlier one says is taught once.
fn say_once(library: &Library, plan: &mut Plan) {
    let mut known: HashMap<Vec<String>, usize> = HashMap::new();
    let mut repeats = Vec::new();
    for (i, block) in plan.blocks.iter().enumerate() {
        let body = block.clauses.iter().filter(|at| library.kind(**at) != ClauseKind::Heading);
        let words: Vec<String> = body.map(|at| library.clause(*at).text.to_lowercase()).collect();
        if words.len() < REPEATED {
            continue;
        }
        match known.get(&words) {
            Some(first) => repeats.push((i, *first)),
            None => {
                known.insert(words, i);
            }
        }
    }
    for (i, first) in repeats.into_iter().rev() {
        let first = &plan.blocks[first];
        let heading = first.path.rsplit(" > ").next().unwrap_or_default();
        let place = if heading.is_empty() { &library.documents()[first.document].title } else { heading };
        let reason = format!("“{place}” says the same word for word, and is taught");
        let block = plan.blocks.remove(i);
        plan.left_out.extend(block.clauses.into_iter().map(|clause| LeftOut { clause, reason: reason.clone() }));
    }
}

/// Steps, rules and warnings: what staff must do, and what a course must cover.
pub fn is_teachable(library: &Library, at: ClauseRef) -> bool {
    matches!(library.kind(at), ClauseKind::Step | ClauseKind::Rule | ClauseKind::Warning)
}

fn unfit(library: &Library, at: ClauseRef) -> Option<&'static str> {
    let clause = library.clause(at);
    if clause.text.chars().filter(|c| c.is_alphanumeric()).count() < 2 {
        return Some("it has no words");
    }
    let administrative = clause.section.split(" > ").any(|t| {
        let title = t.trim().trim_end_matches(':').to_lowercase();
        ADMINISTRATIVE.contains(&title.as_str()) || title.starts_with("table ") && title.contains("price")
    });
    if administrative {
        return Some("it belongs to the administration of the document");
    }
    if is_document_control(library, at) {
        return Some("it describes the document, not the work");
    }
    if library.addresses_a_model(at) {
        return Some("it addresses a computer program instead of staff");
    }
    None
}

/// Rows such as "Version | 3.2" at the head of the document.
fn is_document_control(library: &Library, at: ClauseRef) -> bool {
    const FIELDS: [&str; 24] = [
        "document number",
        "document no",
        "version",
        "effective date",
        "owner",
        "approved by",
        "next review",
        "author",
        "revision",
        "date",
        "document id",
        "prepared by",
        "reviewed by",
        "department",
        "document",
        "valid from",
        "valid until",
        "issue",
        "issue date",
        "sop no",
        "sop number",
        "procedure no",
        "page",
        "status",
    ];
    let clause = library.clause(at);
    let first_part = at.clause < 25 && clause.section.split(" > ").count() <= 1;
    let field = clause.text.split(['|', ':']).next().unwrap_or_default().trim().to_lowercase();
    let row =
        clause.text.contains(['|', ':']) && FIELDS.iter().any(|f| field == *f || field.trim_end_matches('.') == *f);
    first_part && (row || is_dated(&clause.text) || is_control_line(&clause.text))
}

/// "Procedure K-14, issue 4, approved by the Executive Chef", "Document no. CL-IC-04 Rev. 2 Page 1 of 3", and the banner
/// "STANDARD OPERATING PROCEDURE".
fn is_control_line(text: &str) -> bool {
    const SIGNS: [&str; 14] = [
        "document no",
        "doc. no",
        "sop no",
        "rev.",
        "revision",
        "version",
        "issue ",
        "page ",
        "approved by",
        "prepared by",
        "valid from",
        "effective",
        "procedure no",
        "owner",
    ];
    const BANNERS: [&str; 6] = [
        "standard operating procedure",
        "standard operating procedures",
        "sop",
        "work instruction",
        "operating instruction",
        "policy",
    ];
    let lower = text.to_lowercase();
    let signs = SIGNS.iter().filter(|sign| lower.contains(*sign)).count();
    let numbered = lower.chars().any(|c| c.is_ascii_digit());
    signs >= 2 && numbered && text.split_whitespace().count() <= 20
        || BANNERS.contains(&lower.trim_matches(['.', ':', ' ']))
}

/// "Version 2.1.", "Effective 3 March 2025.", "Revision 4": the first word, a number or a date, and no more.
fn is_dated(text: &str) -> bool {
    const FIRST: [&str; 6] = ["version", "effective", "revision", "rev", "issued", "revised"];
    let words: Vec<String> = text
        .split_whitespace()
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .filter(|w| !w.is_empty())
        .collect();
    let opens = words.first().is_some_and(|w| FIRST.contains(&w.as_str()));
    let numbered = words.iter().any(|w| w.chars().any(|c| c.is_ascii_digit()));
    opens && numbered && words.len() <= 6
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::test_sop::library;

    #[test]
    fn the_date_of_a_document_is_no_rule() {
        for text in ["Effective 3 March 2025.", "Version 2.1.", "Revision 4", "Effective from 1 May 2026"] {
            assert!(is_dated(text), "{text}");
        }
        assert!(!is_dated("Version numbers must be written on every form."));
        assert!(!is_dated("Issue 2 badges."));
    }

    #[test]
    fn a_section_that_stands_twice_is_taught_once() {
        let section = ["1 Switch off the pump.", "2 Replace the filter.", "3 Switch on the pump."];
        let mut lines = vec!["# Line A"];
        lines.extend(section);
        lines.push("# Line B");
        lines.extend(section);
        lines.extend(["# Line C", "1 Switch off the pump.", "2 Empty the tank.", "3 Switch on the pump."]);
        let library = library("Filters", &lines);
        let plan = plan(&library).unwrap();
        let paths: Vec<&str> = plan.blocks.iter().map(|b| b.path.as_str()).collect();
        assert_eq!(paths, ["Line A", "Line C"]);
        assert_eq!(plan.left_out.len(), 4);
        assert_eq!(plan.left_out[1].reason, "“Line A” says the same word for word, and is taught");
    }

    #[test]
    fn a_refusal_names_the_sop_and_says_what_would_help() {
        let price = library("Price list", &["# Prices", "- Pay within 30 days.", "# Drinks", "# Food", "# Extras"]);
        assert_eq!(
            plan(&price).unwrap_err().to_string(),
            "“Price list” gives staff too little to do: 1 step, rule or warning was found, and a course needs at least 5. It is \
             mostly headings; please upload the document with its text"
        );
    }
}
