//! References to what does not exist, and numbers that are left out.

use std::collections::HashMap;

use course_format::sop::{Clause, ClauseId, ClauseKind, Defect, Procedure, Step};

use super::defect;
use crate::pipeline::pattern::patterns;

patterns! {
    TO_STEP = r"(?i)\bsteps?\s+(?P<step>\d+)\b";
    TO_SECTION = r"(?i)\b(?:section|chapter)\s+(?P<section>\d+(?:\.\d+)*)\b";
    TO_FLOAT = r"(?P<kind>Table|Figure|Appendix|Annex|Attachment)\s+(?P<name>\d{1,3}|[A-Z])\b";
    ELSEWHERE = r#"(?i)^\s*(?:\)|”|"|’)?\s*(?:of|in|on)\s+(?:the|our|your|its|that|this (?:manual|guide)|sop|document|\p{Lu})"#;
}

pub fn find(clauses: &[Clause], procedures: &[Procedure], section_labels: &[String], found: &mut Vec<Defect>) {
    for clause in clauses {
        steps(clause, procedures, found);
        sections(clause, section_labels, found);
        floats(clause, clauses, found);
    }
    gaps(clauses, procedures, found);
}

fn steps(clause: &Clause, procedures: &[Procedure], found: &mut Vec<Defect>) {
    if !TO_STEP.is_match(&clause.text) {
        return;
    }
    let own =
        procedures.iter().find(|p| p.steps.iter().any(|s| s.clause_id == clause.id || s.warnings.contains(&clause.id)));
    let Some(procedure) = own.filter(|p| p.ordered) else { return };
    let last = procedure.steps.iter().filter_map(|s| s.number.first()).max().copied().unwrap_or(0);
    for step in TO_STEP.captures_iter(&clause.text) {
        let Some(whole) = step.get(0) else { continue };
        let missing = step["step"].parse::<u32>().is_ok_and(|n| n > last || n == 0);
        if missing && !ELSEWHERE.is_match(&clause.text[whole.end()..]) {
            let suggestion = format!("This procedure has {last} steps. Name the step that is meant.");
            found.push(defect("broken_reference", clause, whole.as_str(), suggestion));
        }
    }
}

fn sections(clause: &Clause, labels: &[String], found: &mut Vec<Defect>) {
    if labels.is_empty() {
        return;
    }
    for section in TO_SECTION.captures_iter(&clause.text) {
        let Some(whole) = section.get(0) else { continue };
        // "Section 3.1.1 of the guide" is in another document.
        let known = labels.iter().any(|label| label.trim_end_matches('.') == &section["section"]);
        if !known && !ELSEWHERE.is_match(&clause.text[whole.end()..]) {
            let suggestion = "This document has no section with this number. Correct the number or add the section.";
            found.push(defect("broken_reference", clause, whole.as_str(), suggestion));
        }
    }
}

/// Tables, figures and appendices that no caption or heading names.
fn floats(clause: &Clause, clauses: &[Clause], found: &mut Vec<Defect>) {
    for reference in TO_FLOAT.captures_iter(&clause.text) {
        let Some(whole) = reference.get(0) else { continue };
        let name = whole.as_str();
        let names_itself = |c: &Clause| {
            c.text.strip_prefix(name).is_some_and(|rest| {
                !rest.starts_with(char::is_alphanumeric) && !rest.trim_start().starts_with(char::is_lowercase)
            }) || c.kind == ClauseKind::Heading && c.text.contains(name)
        };
        let elsewhere = ELSEWHERE.is_match(&clause.text[whole.end()..]);
        if !elsewhere && !clauses.iter().any(names_itself) {
            let suggestion =
                format!("Nothing in this document is called “{name}”. Add the caption or correct the reference.");
            found.push(defect("broken_reference", clause, name, suggestion));
        }
    }
}

/// "1, 2, 4": a step may have been lost.
fn gaps(clauses: &[Clause], procedures: &[Procedure], found: &mut Vec<Defect>) {
    let places: HashMap<&ClauseId, usize> = clauses.iter().enumerate().map(|(at, c)| (&c.id, at)).collect();
    for procedure in procedures.iter().filter(|p| p.ordered) {
        let top = procedure.steps.iter().filter(|s| s.number.len() == 1);
        let mut before: Option<u32> = None;
        for clause in top.filter_map(|s| places.get(&s.clause_id)).map(|at| &clauses[*at]) {
            let number = printed(clause);
            if let (Some(before), Some(number)) = (before, number) {
                gap(clause, before, number, found);
            }
            before = number;
        }
    }
    // A number that is left out may end a list for its reader: what goes on right behind it is looked at as well.
    for pair in procedures.windows(2).filter(|p| p.iter().all(|p| p.ordered) && p[0].section == p[1].section) {
        let place = |step: Option<&Step>| step.and_then(|s| places.get(&s.clause_id)).copied();
        let (Some(last), Some(next)) = (place(pair[0].steps.last()), place(pair[1].steps.first())) else { continue };
        if next == last + 1
            && let (Some(before), Some(number)) = (printed(&clauses[last]), printed(&clauses[next]))
        {
            gap(&clauses[next], before, number, found);
        }
    }
}

/// The last number of the label that is printed before the clause.
fn printed(clause: &Clause) -> Option<u32> {
    let label = clause.label.as_deref().unwrap_or_default().trim_end_matches(['.', ')']);
    label.rsplit('.').next().and_then(|n| n.parse().ok())
}

fn gap(clause: &Clause, before: u32, number: u32, found: &mut Vec<Defect>) {
    let suggestion = if number > before + 1 && number < before + 6 {
        let missing =
            if number == before + 2 { format!("{}", before + 1) } else { format!("{} to {}", before + 1, number - 1) };
        format!("Number {missing} is missing before this one. Check that no step was lost, and number again.")
    } else if number == before && number > 1 {
        format!("Number {number} is used twice. Number the steps again.")
    } else {
        return;
    };
    found.push(defect("numbering_gap", clause, super::opening(&clause.text), suggestion));
}
