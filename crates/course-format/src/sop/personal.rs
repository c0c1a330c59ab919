//! Personal data of a SOP: where it stands, and texts without it for whoever may not see it.
//!
//! The SOP keeps the originals; models and search indexes get what [`Redactor::redact`] leaves.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{SopDocument, Span};

/// A name, number or address that tells who somebody is.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
pub struct PersonalData {
    pub kind: PersonalKind,
    /// Where it stands in the document's text.
    pub span: Span,
    /// "[PERSON 1]": the same person, number or address has the same placeholder everywhere in the document.
    pub placeholder: String,
}

#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PersonalKind {
    Person,
    Phone,
    Email,
    /// Of an employee, a passport, a bank account.
    Id,
}

impl PersonalKind {
    /// What its placeholders begin with.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Person => "PERSON",
            Self::Phone => "PHONE",
            Self::Email => "EMAIL",
            Self::Id => "ID",
        }
    }
}

/// Replaces the personal data of some documents in any text made from them, and puts it back.
#[derive(Clone, Debug, Default)]
pub struct Redactor {
    /// Original and placeholder, the longest originals first: "Ana Silva" goes before "Silva".
    pairs: Vec<(String, String)>,
}

impl Redactor {
    /// Placeholders are those of the document where there is one, and numbered through where there are several, so that
    /// no two people share one.
    #[must_use]
    pub fn new<'a>(documents: impl IntoIterator<Item = &'a SopDocument>) -> Self {
        let (mut named, mut next) = (BTreeMap::new(), BTreeMap::new());
        let mut pairs: BTreeMap<String, String> = BTreeMap::new();
        for (at, document) in documents.into_iter().enumerate() {
            for found in &document.personal {
                let Some(original) = found.span.of(&document.text).filter(|words| !words.trim().is_empty()) else {
                    continue;
                };
                let placeholder = named.entry((at, found.placeholder.clone())).or_insert_with(|| {
                    // Somebody whom an earlier document named keeps their number.
                    pairs.get(original).cloned().unwrap_or_else(|| {
                        let number = next.entry(found.kind).or_insert(0_u32);
                        *number += 1;
                        format!("[{} {number}]", found.kind.label())
                    })
                });
                pairs.entry(original.to_owned()).or_insert_with(|| placeholder.clone());
            }
        }
        let mut pairs: Vec<(String, String)> = pairs.into_iter().collect();
        pairs.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
        Self { pairs }
    }

    /// The text with a placeholder for everything personal in it.
    #[must_use]
    pub fn redact(&self, text: &str) -> String {
        let pairs: Vec<_> = self.pairs.iter().map(|(original, hidden)| (original.as_str(), hidden.as_str())).collect();
        replaced(text, &pairs, true)
    }

    /// The text with its originals back. A placeholder that stands for several spellings gets the longest.
    #[must_use]
    pub fn restore(&self, text: &str) -> String {
        let pairs: Vec<_> = self.pairs.iter().map(|(original, hidden)| (hidden.as_str(), original.as_str())).collect();
        replaced(text, &pairs, false)
    }
}

impl SopDocument {
    /// The text of a span with a placeholder for everything personal in it; `None` where the span is none.
    #[must_use]
    pub fn redacted(&self, span: Span) -> Option<String> {
        Some(Redactor::new([self]).redact(span.of(&self.text)?))
    }
}

/// One pass from left to right, the first pair that fits wins: what was put in is never looked at again.
fn replaced(text: &str, pairs: &[(&str, &str)], whole_words: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut before: Option<char> = None;
    while let Some(first) = rest.chars().next() {
        let inside_word = whole_words && before.is_some_and(char::is_alphanumeric) && first.is_alphanumeric();
        let found = pairs.iter().find(|(from, _)| {
            let ends = |tail: &str| {
                !whole_words || !from.ends_with(char::is_alphanumeric) || !tail.starts_with(char::is_alphanumeric)
            };
            !inside_word && rest.strip_prefix(from).is_some_and(ends)
        });
        if let Some((from, to)) = found {
            out.push_str(to);
            before = from.chars().next_back();
            rest = &rest[from.len()..];
        } else {
            out.push(first);
            before = Some(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    out
}
