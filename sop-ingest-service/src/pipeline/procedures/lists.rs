//! Procedures that are lists: numbered ones, bullets that are commands, chains of arrows.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use course_format::sop::{ClauseId, ClauseKind, Modality, Procedure, Step};

use super::{Read, branch, in_a_row, procedure, target};
use crate::pipeline::{
    pattern::patterns,
    profile::{self, imperative},
    structure::DraftShape,
};

patterns! {
    NO_PROCEDURE = r"(?i)\b(?:important|general rules|rules|notes?|records?|equipment|materials|definitions|references|training|contacts|scope|do|do not|don[’']ts?|allowed)$";
}

/// Numbered lists. A list that goes on counting after a picture or a box is one procedure.
pub fn ordered(read: &Read<'_>, range: Range<usize>, out: &mut Vec<Procedure>) {
    let drafts = &read.document.clauses;
    let mut runs: Vec<Vec<usize>> = Vec::new();
    let mut last = 0;
    for at in range {
        let top = drafts[at].item().filter(|i| i.ordered && drafts[at].nesting <= 1);
        match (top, runs.last_mut()) {
            (Some(item), Some(run)) if item.number == last + 1 => {
                last = item.number;
                run.push(at);
            }
            (Some(item), _) => {
                last = item.number;
                runs.push(vec![at]);
            }
            // What stands inside or beside a step travels with it.
            (None, Some(run)) if drafts[at].nesting > 0 || is_note(read, at) => run.push(at),
            (None, _) => {}
        }
    }
    for run in runs {
        let (steps, places) = steps(read, &run);
        let of = |kind: ClauseKind| places.iter().any(|at| read.clauses[*at].kind == kind);
        // Numbered rules ("2.3 Maintenance shall respond …") and duties of roles are done in no order.
        let steps_only = of(ClauseKind::Step) || !of(ClauseKind::Rule) && !kind_is_rules(read, run[0]);
        let demands = places
            .iter()
            .any(|at| read.clauses[*at].modality != Modality::None || read.clauses[*at].kind == ClauseKind::Step);
        if demands && steps_only {
            out.push(procedure(title(read, run[0]), &read.clauses[run[0]].section, true, steps));
        }
    }
}

fn kind_is_rules(read: &Read<'_>, at: usize) -> bool {
    profile::is_for_rules(&read.clauses[at].section)
}

/// A warning or note that belongs to the step before it: it stands in a box, or says "Warning:", and comes right after.
fn is_note(read: &Read<'_>, at: usize) -> bool {
    let drafts = &read.document.clauses;
    let before = at.checked_sub(1).map(|b| &drafts[b]);
    let after_item = before.is_some_and(|b| b.item().is_some() || b.boxed || b.nesting > 0);
    let prose = matches!(drafts[at].shape, DraftShape::Prose);
    prose && after_item && (drafts[at].boxed || read.clauses[at].kind == ClauseKind::Warning)
}

/// The steps of a list, and the clauses that they are.
fn steps(read: &Read<'_>, run: &[usize]) -> (Vec<Step>, Vec<usize>) {
    let (mut steps, mut places): (Vec<Step>, Vec<usize>) = (Vec::new(), Vec::new());
    for at in run {
        let (draft, clause) = (&read.document.clauses[*at], &read.clauses[*at]);
        let Some(item) = draft.item() else {
            attach(&mut steps, clause.id.clone());
            continue;
        };
        if !item.ordered {
            // Bullets inside a step say more about it; what they forbid stays with it.
            if clause.kind == ClauseKind::Warning {
                attach(&mut steps, clause.id.clone());
            }
            continue;
        }
        let depth = usize::from(draft.nesting.max(1));
        if depth > 1 && clause.modality == Modality::None && clause.text.ends_with('?') {
            continue;
        }
        let number = number(&steps, depth, item.number);
        places.push(*at);
        steps.push(Step { clause_id: clause.id.clone(), number, warnings: Vec::new(), branch: branch(&clause.text) });
    }
    resolve(read, &places, &mut steps);
    (steps, places)
}

/// "Go to step 5.1.4" names a step by its printed label.
fn resolve(read: &Read<'_>, places: &[usize], steps: &mut [Step]) {
    let numbers: HashMap<&str, Vec<u32>> = places
        .iter()
        .zip(steps.iter())
        .filter_map(|(at, step)| Some((read.clauses[*at].label.as_deref()?, step.number.clone())))
        .collect();
    let counted: HashSet<Vec<u32>> = steps.iter().map(|s| s.number.clone()).collect();
    for (at, step) in places.iter().zip(steps) {
        if step.branch.as_ref().is_none_or(|branch| counted.contains(&branch.target)) {
            continue;
        }
        let named = step.branch.as_mut().zip(target(&read.clauses[*at].text));
        if let Some((branch, number)) = named.and_then(|(branch, name)| Some((branch, numbers.get(name.as_str())?))) {
            branch.target.clone_from(number);
        }
    }
}

fn attach(steps: &mut [Step], warning: ClauseId) {
    if let Some(step) = steps.last_mut() {
        step.warnings.push(warning);
    }
}

/// The number of the next step at this depth: after its last sibling, inside its parent.
fn number(steps: &[Step], depth: usize, printed: u32) -> Vec<u32> {
    let mut number: Vec<u32> = steps.last().map(|s| s.number.clone()).unwrap_or_default();
    let deeper = number.len() < depth;
    number.truncate(depth);
    if deeper {
        number.push(printed.max(1));
    } else if let Some(last) = number.last_mut() {
        *last = printed.max(*last + 1);
    }
    number
}

/// Commands that are not numbered: in order where the section's title is itself a command or an activity that its prose
/// walks through, else in no order.
pub fn unordered(read: &Read<'_>, range: Range<usize>, out: &mut Vec<Procedure>) {
    let section = &read.document.sections[read.document.clauses[range.start].section];
    for at in range.clone() {
        let clause = &read.clauses[at];
        if clause.text.matches('→').count() >= 2 {
            let title = clause.text.trim_end_matches('.').to_owned();
            out.push(procedure(title, &clause.section, true, in_a_row(read.clauses, &[at])));
        }
    }
    let items: Vec<usize> = range.clone().filter(|at| read.document.clauses[*at].item().is_some()).collect();
    let commanded = |at: &usize| {
        let clause = &read.clauses[*at];
        matches!(clause.modality, Modality::Must | Modality::May) && clause.slots.action.is_some()
    };
    if imperative::verb(&section.title, imperative::Place::Heading).is_some() {
        let prose = |at: &usize| matches!(read.document.clauses[*at].shape, DraftShape::Prose) && commanded(at);
        let chosen: Vec<usize> = range.filter(|at| items.contains(at) || prose(at)).collect();
        if chosen.iter().filter(|at| commanded(at)).count() >= 2 {
            out.push(procedure(section.title.clone(), &section.path, true, in_a_row(read.clauses, &chosen)));
        }
        return;
    }
    let activity = section.title.split_whitespace().next().is_some_and(|w| w.ends_with("ing"));
    let candidates: Vec<usize> = if items.is_empty() && activity { range.collect() } else { items.clone() };
    let chosen: Vec<usize> = candidates.iter().copied().filter(commanded).collect();
    let mostly = chosen.len() * 5 >= items.len() * 4;
    let named = !NO_PROCEDURE.is_match(&section.title) || profile::is_period(&section.path);
    if chosen.len() >= 3 && mostly && named {
        out.push(procedure(section.title.clone(), &section.path, items.is_empty(), in_a_row(read.clauses, &chosen)));
    }
}

/// The condition in the sentence above the list, or the section's own title.
fn title(read: &Read<'_>, first: usize) -> String {
    let draft = &read.document.clauses[first];
    let lead = draft.lead.map(|l| read.clauses[l].text.as_str()).filter(|t| t.to_lowercase().starts_with("if "));
    let condition = lead.and_then(|t| t.split(',').next()).map(str::to_owned);
    condition.unwrap_or_else(|| read.document.sections[draft.section].title.clone())
}
