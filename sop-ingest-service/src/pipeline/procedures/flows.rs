//! Procedures whose steps are chapters: "1. Book", "2. Travel", "3. File"; cards of a process flow with their roles.

use course_format::sop::{ClauseKind, Modality, Procedure};

use super::{Read, in_a_row, procedure};
use crate::pipeline::structure::DraftSection;

const FLOW_WORDS: [&str; 5] = ["process", "flow", "procedure", "workflow", "instructions"];

pub fn find(read: &Read<'_>) -> Vec<Procedure> {
    let sections = &read.document.sections;
    let mut found = Vec::new();
    for (at, parent) in sections.iter().enumerate().filter(|(_, s)| s.heading.is_some()) {
        let children: Vec<&DraftSection> = children(sections, at).collect();
        let numbered = children.len() > 1
            && children.iter().zip(1..).all(|(c, n)| c.label.as_deref() == Some(n.to_string().as_str()));
        if !numbered {
            continue;
        }
        let title = parent.title.to_lowercase();
        let flow = FLOW_WORDS.iter().any(|w| title.contains(w));
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

/// The sections one level below `sections[parent]`.
fn children(sections: &[DraftSection], parent: usize) -> impl Iterator<Item = &DraftSection> {
    let depth = sections[parent].depth;
    let below = sections[parent + 1..].iter().take_while(move |s| s.depth > depth);
    let next = sections.get(parent + 1).map_or(0, |s| s.depth);
    below.filter(move |s| s.depth == next)
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
