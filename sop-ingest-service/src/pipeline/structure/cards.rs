//! Process flows drawn as numbered cards ("1 Before cooking", "2 Cooking"), each with what its people do.

use super::{DraftSection, Structured};
use crate::pipeline::pattern::patterns;

patterns! {
    FLOW = r"(?i)\b(?:process|flow|procedures?|workflow|instructions)\b|flow";
    // A document whose chapters are these is called "procedure" as a whole and is no flow of cards.
    CHAPTER = r"(?i)^(?:purpose|objectives?|aims?|scope|introduction|overview|background|summary|responsibilit(?:y|ies)|roles|definitions?|abbreviations|glossary|terms|references?|related|records?|documentation|reporting|revision|history|change|approval|equipment|materials?|supplies|reagents|tools|safety|hazards|ppe|personal protective|precautions|training|contacts?|limits?|general|polic(?:y|ies)|policy statement|procedures?|method|appendix|annex|attachments?)\b";
}

/// The sections one level below `sections[parent]`, with their places.
pub fn children(sections: &[DraftSection], parent: usize) -> impl Iterator<Item = (usize, &DraftSection)> {
    let depth = sections[parent].depth;
    let below = sections.iter().enumerate().skip(parent + 1).take_while(move |(_, s)| s.depth > depth);
    let next = sections.get(parent + 1).map_or(0, |s| s.depth);
    below.filter(move |(_, s)| s.depth == next)
}

/// Is this section a flow, and are the sections below it its cards?
pub fn is_flow(document: &Structured, parent: usize) -> bool {
    let section = &document.sections[parent];
    if section.heading.is_none() || !FLOW.is_match(&section.title) {
        return false;
    }
    let cards: Vec<(usize, &DraftSection)> = children(&document.sections, parent).collect();
    let labelled = cards.iter().filter(|(_, s)| s.label.is_some()).count();
    labelled > 0 && !cards.iter().any(|(_, s)| CHAPTER.is_match(&s.title))
}

/// For each section: is it a card of a flow, or inside one?
pub fn sections(document: &Structured) -> Vec<bool> {
    let mut inside = vec![false; document.sections.len()];
    let has_steps: std::collections::HashSet<usize> =
        document.clauses.iter().filter(|c| c.item().is_some_and(|i| i.ordered)).map(|c| c.section).collect();
    for parent in (0..document.sections.len()).filter(|at| is_flow(document, *at)) {
        let depth = document.sections[parent].depth;
        let mut in_card = false;
        let below = document.sections.iter().enumerate().skip(parent + 1);
        let card_depth = document.sections.get(parent + 1).map_or(0, |s| s.depth);
        for (at, section) in below.take_while(|(_, s)| s.depth > depth) {
            if section.depth == card_depth {
                in_card = section.label.is_some();
            }
            inside[at] |= in_card && !has_steps.contains(&at);
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::{
        extract::{Block, Extracted, Shape},
        structure::structure,
    };

    fn of(headings: &[(u8, &str)]) -> Vec<bool> {
        let blocks = headings
            .iter()
            .map(|(depth, text)| Block::new(Shape::Heading { depth: *depth, label: None }, (*text).to_owned(), 1));
        sections(&structure(Extracted { blocks: blocks.collect(), pages: 1, ..Extracted::default() }, "T"))
    }

    #[test]
    fn numbered_cards_are_a_flow_and_chapters_are_not() {
        assert_eq!(
            of(&[(1, "Meal flow"), (2, "1. Before cooking"), (3, "Cook"), (2, "2. Cooking")]),
            [false, false, true, true, true]
        );
        assert_eq!(of(&[(1, "Washing procedure"), (2, "1. Purpose"), (2, "2. Scope")]), [false; 4]);
    }
}
