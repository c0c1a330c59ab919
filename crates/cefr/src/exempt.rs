//! Approved terms, which count neither for nor against the level.

use std::collections::HashMap;

use crate::analysis::Item;
use crate::morphology::{Form, inflect};
use crate::table;
use crate::token::{TokenKind, tokens};

/// A set of exempt terms, each of one or more words; plural and inflected last words are exempt too.
///
/// ```
/// let exempt = cefr::Exempt::new(["hand sanitizer", "autoclave"]);
/// let measured = cefr::measure("Use the hand sanitizer.", &exempt);
/// assert_eq!(measured.exempt.len(), 1);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Exempt {
    /// By the hash of the first word: the hashes of the words that follow, longest first.
    terms: HashMap<u64, Vec<Vec<u64>>>,
}

impl Exempt {
    /// Terms in any case; their words may be separated by spaces or hyphens.
    pub fn new<T: AsRef<str>>(terms: impl IntoIterator<Item = T>) -> Self {
        let mut exempt = Self::default();
        for term in terms {
            exempt.add(term.as_ref());
        }
        for rests in exempt.terms.values_mut() {
            rests.sort_by_key(|rest| std::cmp::Reverse(rest.len()));
            rests.dedup();
        }
        exempt
    }

    /// No exempt terms.
    pub fn none() -> Self {
        Self::default()
    }

    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    fn add(&mut self, term: &str) {
        let term = term.to_lowercase().replace('’', "'");
        let words: Vec<&str> =
            tokens(&term).filter(|token| token.kind == TokenKind::Word).map(|token| &term[token.span]).collect();
        let Some((last, head)) = words.split_last() else {
            return;
        };
        let head: Vec<u64> = head.iter().map(|word| table::hash(word.as_bytes())).collect();
        let mut forms: Vec<String> =
            [Form::Base, Form::Plural, Form::Past, Form::Ing].map(|form| inflect(last, form)).into();
        forms.extend(crate::lexicon::base(last).map(|found| found.0));
        for form in forms {
            let mut hashes = head.clone();
            hashes.push(table::hash(form.as_bytes()));
            let first = hashes.remove(0);
            self.terms.entry(first).or_default().push(hashes);
        }
    }

    /// Marks the items that belong to an exempt term.
    pub(crate) fn mark(&self, items: &mut [Item]) {
        if self.terms.is_empty() {
            return;
        }
        let mut at = 0;
        while at < items.len() {
            let Some(end) = self.match_at(items, at) else {
                at += 1;
                continue;
            };
            items[at..end].iter_mut().for_each(|item| item.exempt = true);
            at = end;
        }
    }

    /// The end of the longest term that begins at `at`.
    fn match_at(&self, items: &[Item], at: usize) -> Option<usize> {
        let first = items.get(at).filter(|item| item.kind == TokenKind::Word)?;
        let rests = self.terms.get(&first.hash)?;
        rests.iter().find_map(|rest| {
            let mut next = at + 1;
            for hash in rest {
                if items.get(next).is_some_and(|item| item.first == b'-' && item.kind == TokenKind::Mark) {
                    next += 1;
                }
                items.get(next).filter(|item| item.kind == TokenKind::Word && item.hash == *hash)?;
                next += 1;
            }
            Some(next)
        })
    }
}

impl<T: AsRef<str>> FromIterator<T> for Exempt {
    fn from_iter<I: IntoIterator<Item = T>>(terms: I) -> Self {
        Self::new(terms)
    }
}
