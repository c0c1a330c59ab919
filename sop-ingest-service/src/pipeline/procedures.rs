//! Steps in their order: which lists are procedures, how they nest, where they branch, which warnings stay beside which step.

use course_format::sop::{Branch, Clause, ClauseId, ClauseKind, Modality, Procedure, Step};
use sha2::{Digest, Sha256};

use super::{
    pattern::patterns,
    profile::imperative::{self, Place},
    structure::{DraftClause, DraftShape, Structured},
};

patterns! {
    GO_TO = r"(?i)\b(?:go|return|proceed|skip|continue|move on|jump)\s+(?:back\s+|on\s+)?(?:to|with|from|at)\s+step\s+(?P<step>\d+(?:\.\d+)*)|\brepeat\s+(?:from\s+)?step\s+(?P<again>\d+(?:\.\d+)*)\b";
    CONDITION = r"(?i)(?:^|[\s(])(?P<condition>(?:if|when|unless|in case|where|once)\b[^,;.]*)";
    NO_PROCEDURE = r"(?i)\b(?:important|general rules|rules|notes?|records?|equipment|materials|definitions|references|training|contacts|scope|do|do not|don[’']ts?|allowed)$";
}

pub fn find(document: &Structured, clauses: &[Clause]) -> Vec<Procedure> {
    let mut procedures = Vec::new();
    let mut at = 0;
    while at < clauses.len() {
        let end = section_end(document, at);
        let before = procedures.len();
        ordered(document, clauses, at..end, &mut procedures);
        if procedures.len() == before {
            unordered(document, clauses, at..end, &mut procedures);
        }
        at = end;
    }
    procedures
}

fn section_end(document: &Structured, at: usize) -> usize {
    let section = document.clauses[at].section;
    at + document.clauses[at..].iter().take_while(|c| c.section == section).count()
}

/// Numbered lists. A list that goes on counting after a picture or a box is one procedure.
fn ordered(document: &Structured, clauses: &[Clause], range: std::ops::Range<usize>, out: &mut Vec<Procedure>) {
    let drafts = &document.clauses;
    let mut runs: Vec<Vec<usize>> = Vec::new();
    let mut last = 0;
    for at in range {
        let top = drafts[at].item().filter(|i| i.ordered && drafts[at].nesting <= 1);
        match top {
            Some(item) if item.number == last + 1 && !runs.is_empty() => {
                last = item.number;
                push(&mut runs, at);
            }
            Some(item) => {
                last = item.number;
                runs.push(vec![at]);
            }
            // What stands inside or beside a step travels with it.
            None if !runs.is_empty() && (drafts[at].nesting > 0 || is_note(drafts, clauses, at)) => push(&mut runs, at),
            None => {}
        }
    }
    for run in runs {
        let steps = steps(drafts, clauses, &run);
        let real = steps.iter().filter(|s| clauses.iter().any(|c| c.id == s.clause_id && c.modality != Modality::None)).count();
        if real > 0 {
            let title = title(document, clauses, run[0]);
            out.push(procedure(title, &clauses[run[0]].section, true, steps));
        }
    }
}

fn push(runs: &mut [Vec<usize>], at: usize) {
    if let Some(run) = runs.last_mut() {
        run.push(at);
    }
}

/// A warning or note that belongs to the step before it: it stands in a box, or says "Warning:", and comes right after.
fn is_note(drafts: &[DraftClause], clauses: &[Clause], at: usize) -> bool {
    let after_item = at > 0 && (drafts[at - 1].item().is_some() || drafts[at - 1].boxed || drafts[at - 1].nesting > 0);
    let prose = matches!(drafts[at].shape, DraftShape::Prose);
    prose && after_item && (drafts[at].boxed || clauses[at].kind == ClauseKind::Warning)
}

fn steps(drafts: &[DraftClause], clauses: &[Clause], run: &[usize]) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for at in run {
        let draft = &drafts[*at];
        let text = &clauses[*at].text;
        let Some(item) = draft.item() else {
            attach(&mut steps, clauses[*at].id.clone());
            continue;
        };
        let depth = usize::from(draft.nesting.max(1));
        if !item.ordered && clauses[*at].modality == Modality::None {
            continue;
        }
        if !item.ordered && clauses[*at].kind == ClauseKind::Warning {
            attach(&mut steps, clauses[*at].id.clone());
            continue;
        }
        if depth > 1 && clauses[*at].modality == Modality::None && text.ends_with('?') {
            continue;
        }
        let number = number(&steps, depth, item.ordered.then_some(item.number));
        steps.push(Step { clause_id: clauses[*at].id.clone(), number, warnings: Vec::new(), branch: branch(text) });
    }
    steps
}

fn attach(steps: &mut [Step], warning: ClauseId) {
    if let Some(step) = steps.last_mut() {
        step.warnings.push(warning);
    }
}

/// The number of the next step at this depth: after its last sibling, inside its parent.
fn number(steps: &[Step], depth: usize, printed: Option<u32>) -> Vec<u32> {
    let mut number: Vec<u32> = steps.last().map(|s| s.number.clone()).unwrap_or_default();
    let deeper = number.len() < depth;
    number.truncate(depth);
    if deeper {
        number.push(printed.filter(|n| *n > 0).unwrap_or(1));
    } else if let Some(last) = number.last_mut() {
        *last = printed.filter(|n| *n > *last).unwrap_or(*last + 1);
    }
    number
}

fn branch(text: &str) -> Option<Branch> {
    let found = GO_TO.captures(text)?;
    let target = found.name("step").or_else(|| found.name("again"))?;
    let condition = CONDITION.captures(text).and_then(|c| c.name("condition")).map(|m| m.as_str().trim().to_owned()).unwrap_or_default();
    let target = target.as_str().split('.').filter_map(|n| n.parse().ok()).collect();
    Some(Branch { condition, target })
}

/// Bullets that are commands, where the writer left the order free, and chains of arrows.
fn unordered(document: &Structured, clauses: &[Clause], range: std::ops::Range<usize>, out: &mut Vec<Procedure>) {
    let section = &document.sections[document.clauses[range.start].section];
    let in_order = imperative::verb(&section.title, Place::Heading).is_some();
    for at in range.clone() {
        if clauses[at].text.matches('→').count() >= 2 {
            out.push(procedure(clauses[at].text.trim_end_matches('.').to_owned(), &clauses[at].section, true, steps_of(clauses, &[at])));
        }
    }
    let commands = |at: &usize| {
        let draft = &document.clauses[*at];
        let demanded = matches!(clauses[*at].modality, Modality::Must | Modality::May) && clauses[*at].slots.action.is_some();
        demanded && (draft.item().is_some() || in_order && matches!(draft.shape, DraftShape::Prose))
    };
    let chosen: Vec<usize> = range.clone().filter(commands).collect();
    let items = range.filter(|at| document.clauses[*at].item().is_some()).count();
    let mostly = chosen.len() * 5 >= items * 4;
    let named = !NO_PROCEDURE.is_match(&section.title) || section.path.contains(" > ") && super::profile::is_period(&section.path);
    if chosen.len() >= 3 && mostly && named {
        out.push(procedure(section.title.clone(), &section.path, in_order, steps_of(clauses, &chosen)));
    }
}

fn steps_of(clauses: &[Clause], chosen: &[usize]) -> Vec<Step> {
    let numbered = chosen.iter().zip(1_u32..);
    numbered.map(|(at, n)| Step { clause_id: clauses[*at].id.clone(), number: vec![n], warnings: Vec::new(), branch: branch(&clauses[*at].text) }).collect()
}

/// The condition in the sentence above the list, or the section's own title.
fn title(document: &Structured, clauses: &[Clause], first: usize) -> String {
    let lead = document.clauses[first].lead.map(|l| clauses[l].text.as_str()).filter(|t| t.to_lowercase().starts_with("if "));
    let condition = lead.and_then(|t| t.split(',').next()).map(str::to_owned);
    condition.unwrap_or_else(|| document.sections[document.clauses[first].section].title.clone())
}

fn procedure(title: String, section: &str, ordered: bool, steps: Vec<Step>) -> Procedure {
    let mut digest = Sha256::new();
    digest.update(section.as_bytes());
    steps.iter().for_each(|s| digest.update(s.clause_id.0.as_bytes()));
    let id = format!("p-{}", hex::encode(&digest.finalize()[..6]));
    Procedure { id, title, section: section.to_owned(), ordered, steps }
}
