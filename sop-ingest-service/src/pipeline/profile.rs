//! What each clause says: its kind, its demand, its literals, who does what with what.

pub mod defects;
mod grammar;
pub mod imperative;
mod kind;
mod level;
mod literals;
mod modality;
mod negation;
pub mod sentences;
mod slots;
mod terms;
mod units;

use course_format::sop::{Clause, ClauseKind, Literal, Modality, Profile, Slots, Span};

use super::{
    pattern::patterns,
    structure::{DraftClause, DraftShape, Structured, cards, ids::Ids},
    words,
};
use imperative::Place;

patterns! {
    // What is listed there are things, whatever their first words look like ("Wash bottle").
    MATERIALS = r"(?i)\b(?:equipment|materials?|tools?|ppe|protective|supplies|reagents|ingredients|consumables|apparatus|what you need|you (?:will )?need)\b";
}

pub use defects::defects;
pub use terms::terms;
pub use units::{NUMBER, SPELLED};

/// Reads every clause of a document.
pub fn clauses(document: &Structured) -> Vec<Clause> {
    let mut ids = Ids::default();
    let demands: Vec<Demand> = document.clauses.iter().map(|draft| own_demand(document, draft)).collect();
    // Bullets of a numbered card ("1 Before cooking" in a process flow) are steps.
    let cards = cards::sections(document);
    (0..document.clauses.len()).map(|at| clause(document, at, &demands, &cards, &mut ids)).collect()
}

/// Sections of this name ("Daily") are done again and again; of that ("Roles") say what holds.
pub fn is_for_rules(section: &str) -> bool {
    kind::is_for_rules(section)
}

/// What a clause demands by its own words.
#[derive(Clone, Copy, Debug)]
struct Demand {
    modality: Modality,
    negated: bool,
    commands: bool,
}

fn own_demand(document: &Structured, draft: &DraftClause) -> Demand {
    let place = match draft.shape {
        DraftShape::Heading => Place::Heading,
        DraftShape::Item(_) => Place::Item,
        _ => Place::Prose,
    };
    let listed = place == Place::Item && MATERIALS.is_match(&document.sections[draft.section].title);
    if matches!(draft.shape, DraftShape::Title) || listed && imperative::may_be_name(&draft.text) {
        return Demand { modality: Modality::None, negated: false, commands: false };
    }
    if place == Place::Heading {
        if modality::names_both(&draft.text) {
            return Demand { modality: Modality::None, negated: false, commands: false };
        }
        let modality = match modality::of_heading(&draft.text) {
            Modality::None => modality::of_sentence(&draft.text, place),
            set => set,
        };
        return Demand {
            modality,
            negated: modality == Modality::MustNot || negation::is_negated(&draft.text),
            commands: false,
        };
    }
    let row = matches!(draft.shape, DraftShape::Row { .. });
    let (mut modality, mut commands) = (Modality::None, false);
    for sentence in sentences::split(&draft.text) {
        let sentence = &draft.text[sentence];
        let found = if row { cells(sentence) } else { modality::of_sentence(sentence, place) };
        if found != Modality::None {
            modality = found;
            commands = !row && imperative::verb(sentence, place).is_some();
            break;
        }
    }
    let says_not = if row {
        // "none" in a cell is a value.
        draft.text.split('|').any(|cell| cell.split_whitespace().count() > 3 && negation::is_negated(cell))
    } else {
        negation::is_negated(&draft.text)
    };
    Demand { modality, negated: modality == Modality::MustNot || says_not, commands }
}

/// Cells name things; only a whole sentence in one of them demands something.
fn cells(row: &str) -> Modality {
    let demands = row.split('|').map(str::trim).filter(|cell| cell.split_whitespace().count() > 4);
    demands.map(modality::of_statement).find(|m| *m != Modality::None).unwrap_or(Modality::None)
}

fn clause(document: &Structured, at: usize, demands: &[Demand], cards: &[bool], ids: &mut Ids) -> Clause {
    let draft = &document.clauses[at];
    let section = &document.sections[draft.section];
    let mut demand = demands[at];
    if kind::is_glossary_entry(&draft.text, &section.path) || kind::is_definition(&draft.text) {
        demand = Demand { modality: Modality::None, negated: false, commands: false };
    } else if let Some(inherited) = inherited(document, draft, demands, demand) {
        demand.modality = inherited;
        demand.negated |= inherited == Modality::MustNot;
    }
    let kind = match draft.shape {
        DraftShape::Heading | DraftShape::Title => ClauseKind::Heading,
        DraftShape::Row { .. } => ClauseKind::TableRow,
        _ => {
            let in_ordered_list = draft.item().is_some_and(|i| i.ordered || cards[draft.section]);
            kind::of(
                &draft.text,
                kind::Around {
                    section: &section.path,
                    in_ordered_list,
                    modality: demand.modality,
                    commands: demand.commands,
                },
            )
        }
    };
    let mut kind = kind;
    let literals: Vec<Literal> = literals::find(&draft.text, &draft.marked)
        .into_iter()
        .map(|(kind, range)| Literal { text: draft.text[range.clone()].to_owned(), kind, span: inside(draft, &range) })
        .collect();
    let slots = if matches!(kind, ClauseKind::Heading | ClauseKind::TableRow) {
        Slots::default()
    } else {
        slots::of(draft, section, (demand.modality, demand.negated), &literals)
    };
    // "3. The host signs the form": a step that only tells what is done.
    let ordered = draft.item().is_some_and(|i| i.ordered) && !kind::is_for_rules(&section.path);
    let acts = slots.action.as_deref().is_some_and(|a| !matches!(a, "be" | "have"));
    if kind == ClauseKind::Fact && ordered && acts && slots.actor.as_ref().is_some_and(|a| words::is_role(&a.text)) {
        kind = ClauseKind::Step;
    }
    Clause {
        id: ids.next(&section.path, &draft.text),
        supersedes: None,
        section: section.path.clone(),
        kind,
        text: draft.text.clone(),
        span: draft.span,
        page: draft.page,
        boxes: draft.boxes.clone(),
        doubtful: draft.doubtful.iter().map(|range| inside(draft, range)).collect(),
        confidence: draft.confidence,
        label: draft.label.clone(),
        literals,
        negated: demand.negated,
        modality: demand.modality,
        level: level::of_clause(&draft.text, kind),
        slots,
    }
}

/// The demand that a heading ("Do not") or a sentence above the list ("… must show:") makes of an item.
fn inherited(document: &Structured, draft: &DraftClause, demands: &[Demand], own: Demand) -> Option<Modality> {
    if !matches!(draft.shape, DraftShape::Item(_)) && !draft.boxed {
        return None;
    }
    let heading = document.sections[draft.section].heading.map(|h| &document.clauses[h]);
    let by_heading = heading.map(|h| modality::of_heading(&h.text)).filter(|m| *m != Modality::None);
    if let Some(by_heading) = by_heading {
        // Under "Do not" nothing is allowed, under "Allowed" a phrase without a full stop names a thing.
        let says_more = match by_heading {
            Modality::MustNot => own.modality == Modality::MustNot || draft.text.to_lowercase().starts_with("if "),
            Modality::May => own.modality == Modality::MustNot || draft.text.ends_with('.'),
            _ => true,
        };
        let says_more = says_more && own.modality != Modality::None;
        return (!says_more).then_some(by_heading);
    }
    let lead = draft.lead?;
    let fragment = own.modality == Modality::None && !draft.text.ends_with(['?', '.'])
        || draft.text.ends_with(',')
        || draft.text.starts_with(char::is_lowercase);
    (fragment && own.modality == Modality::None && !demands[lead].commands)
        .then_some(demands[lead].modality)
        .filter(|m| *m != Modality::None)
}

/// A byte range of a clause as a span of the document.
fn inside(draft: &DraftClause, range: &std::ops::Range<usize>) -> Span {
    let start = draft.span.start + draft.text[..range.start].chars().count();
    Span { start, end: start + draft.text[range.clone()].chars().count() }
}

/// The document in numbers.
pub fn summary(text: &str, clauses: &[Clause]) -> Profile {
    let of = |kind| clauses.iter().filter(|c| c.kind == kind).count();
    Profile {
        words: text.split_whitespace().count(),
        clauses: clauses.len(),
        steps: of(ClauseKind::Step),
        rules: of(ClauseKind::Rule),
        warnings: of(ClauseKind::Warning),
        literals: clauses.iter().map(|c| c.literals.len()).sum(),
        negated: clauses.iter().filter(|c| c.negated).count(),
        level: level::of_document(clauses),
        levels: level::distribution(clauses),
    }
}

/// "Daily", "Weekly": a section of this name is done again and again.
pub fn is_period(path: &str) -> bool {
    slots::is_period(path)
}
