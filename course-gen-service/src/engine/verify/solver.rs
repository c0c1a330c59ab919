//! Solves items with the SOP at hand and without the key: by what the clauses say together, by where steps stand, by what is
//! forbidden, by how a sentence goes on. It knows nothing of how an item was made; where it comes to another answer, or to
//! more than one, the item is not shown.

mod amounts;
mod choose;
mod copies;
mod evidence;
mod grammar;
mod limits;
mod lists;
mod moments;
mod order;
mod parts;
mod placed;
mod reports;
mod rulings;
mod sort;
mod told;
mod written;

use std::collections::{BTreeSet, HashSet};

use course_format::course::{Answer, Choice, GapPiece, Item, ItemBody};

use super::language::numbers;
use crate::engine::library::Library;
use evidence::Evidence;

/// The SOPs as the solver knows them.
pub struct Solver<'a> {
    library: &'a Library,
    /// Whole clauses with their headings: what belongs together. And single sentences: what is demanded and forbidden.
    evidence: Evidence,
    numbers: HashSet<String>,
}

impl<'a> Solver<'a> {
    pub fn new(library: &'a Library) -> Self {
        let numbers = library.documents().iter().flat_map(|d| numbers(&d.text)).collect();
        Self { library, evidence: Evidence::new(library), numbers }
    }

    /// Whether the number stands anywhere in the SOPs.
    pub fn knows_number(&self, number: &str) -> bool {
        self.numbers.contains(number)
    }

    /// Whether the solver's answer is the key. Open answers are for people.
    pub fn agrees(&self, item: &Item, key: &Answer) -> bool {
        match (&item.body, key) {
            (ItemBody::SingleChoice { options }, Answer::SingleChoice { choice }) => {
                let counted = copies::decided(self, &item.stem, options);
                if let Some(found) = counted
                    .or_else(|| moments::decided(self, &item.stem, options))
                    .or_else(|| order::decided(self, &item.stem, options))
                    .or_else(|| amounts::decided(self, &item.stem, options))
                    .or_else(|| rulings::decided(self, &item.stem, options))
                    .or_else(|| rulings::claimed(self, &item.stem, options))
                    .or_else(|| rulings::remembered(self, &item.stem, options))
                    .or_else(|| lists::decided(self, &item.stem, options))
                {
                    return found.as_ref() == Some(choice);
                }
                let told =
                    limits::decided(self, &item.stem, options).or_else(|| reports::answered(self, &item.stem, options));
                match told {
                    Some(value) => value == *choice,
                    None => choose::best(self, &item.stem, options, 1) == BTreeSet::from([choice.clone()]),
                }
            }
            (ItemBody::MultiSelect { options, select }, Answer::MultiSelect { choices }) => {
                let count = usize::try_from(*select).unwrap_or(0);
                let found = copies::stated(self, options, count)
                    .filter(|_| !choose::asks_for_bans(&item.stem))
                    .unwrap_or_else(|| choose::best(self, &item.stem, options, count));
                found == choices.iter().cloned().collect()
            }
            (ItemBody::TrueFalse {}, Answer::TrueFalse { value }) => {
                let said = sort::is_true(self, &item.stem);
                // What has the words of the SOP may still be stricter or weaker.
                let strict = if said == Some(true) { rulings::keeps_force(self, &item.stem) } else { None };
                strict.or(said) == Some(*value)
            }
            (ItemBody::TapEvidence { sentences }, Answer::TapEvidence { choice })
                if sentences.iter().all(|s| s.text.starts_with("I ")) =>
            {
                told::mistake(self, sentences).as_ref() == Some(choice)
            }
            (ItemBody::TapEvidence { sentences }, Answer::TapEvidence { choice })
                if let Some(found) = copies::intruder(self, &item.stem, sentences) =>
            {
                found == *choice
            }
            (ItemBody::TapEvidence { sentences }, Answer::TapEvidence { choice })
                if sentences.iter().all(|s| self.evidence.states(&s.text) != (s.id == *choice)) =>
            {
                told::false_line(self, sentences).as_ref() == Some(choice)
            }
            (ItemBody::TapEvidence { sentences }, Answer::TapEvidence { choice }) => {
                let found = parts::tells(&item.stem, sentences).or_else(|| sort::tells(self, &item.stem, sentences));
                found.as_ref() == Some(choice)
            }
            (ItemBody::CategorySort { categories, entries }, Answer::CategorySort { groups })
                if entries.iter().all(|e| e.text.starts_with("I ")) =>
            {
                told::sorted(self, entries, categories).as_ref() == Some(groups)
            }
            (ItemBody::CategorySort { categories, entries }, Answer::CategorySort { groups })
                if categories.iter().all(|c| c.text.ends_with('…')) =>
            {
                lists::sorted(self, entries, categories).as_ref() == Some(groups)
            }
            (ItemBody::CategorySort { categories, entries }, Answer::CategorySort { groups })
                if item.stem.contains('…') && entries.iter().all(|e| !e.text.contains('…')) =>
            {
                limits::sorted(self, &item.stem, entries, categories).as_ref() == Some(groups)
            }
            (ItemBody::CategorySort { categories, entries }, Answer::CategorySort { groups }) => entries
                .iter()
                .all(|e| sort::category(self, &e.text, categories).is_some_and(|c| groups.get(&e.id) == Some(&c))),
            (ItemBody::Matching { left, right }, Answer::Matching { pairs }) => left.iter().all(|l| {
                let mate = choose::best(self, &l.text, right, 1);
                pairs.get(&l.id).is_some_and(|r| mate.contains(r))
            }),
            (ItemBody::StepOrdering { steps }, Answer::StepOrdering { order, precedence, .. }) => {
                match grammar::rebuilt(self, steps) {
                    Some(found) => found == *order && precedence.is_empty(),
                    None => {
                        placed::in_text_order(self, steps).as_ref() == Some(order)
                            && placed::leaves_free(self, steps, order, precedence)
                    }
                }
            }
            (body, key) => self.agrees_on_words(body, key),
        }
    }

    /// Items whose answer is words that stand in the SOP, or follow from them.
    fn agrees_on_words(&self, body: &ItemBody, key: &Answer) -> bool {
        match (body, key) {
            (ItemBody::Gap { pieces }, Answer::Gap { accepted }) => placed::fills(self, pieces).is_some_and(|found| {
                gaps(pieces).zip(found).all(|(id, word)| {
                    accepted.get(id).is_some_and(|a| a.iter().any(|w| placed::plain(w) == placed::plain(&word)))
                })
            }),
            (ItemBody::GapSelect { pieces, options }, Answer::GapSelect { choices }) => gaps(pieces).all(|gap| {
                let offered = options.get(gap).map_or(&[][..], Vec::as_slice);
                placed::selected(self, pieces, offered).is_some_and(|id| choices.get(gap) == Some(&id))
            }),
            (ItemBody::WordBank { pieces, words }, Answer::WordBank { words: key }) => {
                placed::banked(self, pieces, words).as_ref() == Some(key)
            }
            (ItemBody::Dictation { speech: said }, Answer::Dictation { text })
            | (ItemBody::ReadAloud { text: said }, Answer::ReadAloud { text }) => {
                placed::plain(said) == placed::plain(text) && self.evidence.says(text)
            }
            (ItemBody::ErrorCorrection { sentence }, Answer::ErrorCorrection { accepted, .. }) => {
                written::corrected(self, sentence)
                    .is_some_and(|right| accepted.iter().any(|a| placed::plain(a) == placed::plain(&right)))
            }
            (ItemBody::Transformation { source, start, using }, Answer::Transformation { accepted }) => {
                written::rewritten(self, source, start, using.as_deref())
                    .iter()
                    .any(|said| accepted.iter().any(|a| placed::plain(a) == placed::plain(said)))
            }
            (ItemBody::FormFill { case, fields }, Answer::FormFill { accepted }) => fields.iter().all(|field| {
                written::field(case, &field.label).is_some_and(|value| {
                    accepted.get(&field.id).is_some_and(|a| a.iter().any(|w| placed::plain(w) == placed::plain(&value)))
                })
            }),
            (ItemBody::Flashcard { front }, Answer::Flashcard { back }) => placed::plain(front) != placed::plain(back),
            (ItemBody::ShortAnswer { .. }, Answer::ShortAnswer { .. })
            | (ItemBody::Writing { .. }, Answer::Writing { .. })
            | (ItemBody::RolePlay { .. }, Answer::RolePlay { .. }) => true,
            _ => false,
        }
    }
}

fn gaps(pieces: &[GapPiece]) -> impl Iterator<Item = &String> {
    pieces.iter().filter_map(|p| match p {
        GapPiece::Gap { id, .. } => Some(id),
        GapPiece::Text { .. } => None,
    })
}

/// The one option that passes, if exactly one does.
fn only(options: &[Choice], pass: impl Fn(&Choice) -> bool) -> Option<&Choice> {
    let mut passing = options.iter().filter(|o| pass(o));
    let first = passing.next()?;
    passing.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests;
