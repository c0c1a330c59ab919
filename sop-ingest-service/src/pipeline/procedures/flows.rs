//! Procedures whose steps are chapters: "1. Book", "2. Travel", "3. File"; cards of a process flow with their roles.

use course_format::sop::{ClauseKind, Modality, Procedure};

use super::{Read, in_a_row, procedure};
use crate::pipeline::structure::{DraftSection, cards};

pub fn find(read: &Read<'_>) -> Vec<Procedure> {
    let sections = &read.document.sections;
    let mut found = Vec::new();
    for (at, parent) in sections.iter().enumerate().filter(|(_, s)| s.heading.is_some()) {
        let children: Vec<&DraftSection> = cards::children(sections, at).map(|(_, s)| s).collect();
        let numbered = children.len() > 1
            && children.iter().zip(1..).all(|(c, n)| c.label.as_deref() == Some(n.to_string().as_str()));
        if !numbered {
            continue;
        }
        let flow = cards::is_flow(read.document, at);
        let headings: Vec<usize> = children.iter().filter_map(|c| c.heading).collect();
        let commands = headings.iter().all(|h| read.clauses[*h].modality == Modality::Must);
        if !flow && !commands {
            continue;
        }
        found.push(procedure(parent.title.clone(), &parent.path, true, in_a_row(read.clauses, &headings)));
        if flow {
            found.extend(children.iter().filter_map(|card| of_card(read, card)));
        }
    }
    found
}

/// What the roles of one card do, in no order.
fn of_card(read: &Read<'_>, card: &DraftSection) -> Option<Procedure> {
    let below = format!("{} > ", card.path);
    let inside = |at: &usize| {
        let clause = &read.clauses[*at];
        clause.kind == ClauseKind::Step && (clause.section == card.path || clause.section.starts_with(&below))
    };
    let chosen: Vec<usize> = (0..read.clauses.len()).filter(inside).collect();
    (!chosen.is_empty()).then(|| procedure(card.title.clone(), &card.path, false, in_a_row(read.clauses, &chosen)))
}
