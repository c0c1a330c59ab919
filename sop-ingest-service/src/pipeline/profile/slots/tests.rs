use course_format::sop::Span;

use super::*;
use crate::pipeline::structure::DraftShape;

fn of_text(text: &str, modality: Modality) -> Slots {
    let draft = DraftClause {
        text: text.to_owned(),
        span: Span { start: 0, end: text.chars().count() },
        page: 1,
        boxes: Vec::new(),
        section: 0,
        shape: DraftShape::Prose,
        boxed: false,
        nesting: 0,
        label: None,
        lead: None,
        marked: Vec::new(),
        doubtful: Vec::new(),
        confidence: None,
    };
    let section =
        DraftSection { path: String::new(), title: String::new(), label: None, depth: 0, page: 1, heading: None };
    of(&draft, &section, (modality, modality == Modality::MustNot), &[])
}

#[test]
fn commands_and_statements_fill_their_slots() {
    let words = |s: Option<Slot>| s.map(|s| s.text).unwrap_or_default();
    let slots = of_text("If it is open, turn off the oven in the kitchen within 2 minutes.", Modality::Must);
    assert_eq!(
        (
            slots.action.as_deref(),
            words(slots.object),
            words(slots.condition),
            words(slots.time),
            words(slots.location)
        ),
        (Some("turn off"), "the oven".into(), "If it is open".into(), "within 2 minutes".into(), "the kitchen".into())
    );
    let slots = of_text("This procedure must be read by all employees of the kitchen.", Modality::Must);
    assert_eq!(
        (slots.action.as_deref(), words(slots.object), words(slots.actor)),
        (Some("read"), "This procedure".into(), "all employees of the kitchen".into())
    );
    let slots = of_text("Volunteers may help under supervision.", Modality::May);
    assert_eq!(
        (slots.action.as_deref(), words(slots.actor), words(slots.condition)),
        (Some("help"), "Volunteers".into(), "under supervision".into())
    );
    let slots = of_text("Do not reuse the same cloth for tables.", Modality::MustNot);
    assert_eq!((slots.action.as_deref(), words(slots.object)), (Some("reuse"), "the same cloth".into()));
}
