//! "Allowed" and "Not allowed": what goes where.

use course_format::sop::ClauseKind;

use super::bank::Source;
use crate::engine::english::text::{sentence, word_count};
use crate::engine::library::{ClauseRef, Library, Polarity};

/// One thing that a list names.
#[derive(Clone, Debug)]
pub struct Listed {
    pub list: Polarity,
    pub text: String,
    pub source: Source,
}

/// The clause as a thing of a list that can be said aloud, in words of the level where there are some.
pub fn of(library: &Library, at: ClauseRef, wording: Option<&str>) -> Option<Listed> {
    let list = library.polarity(at).filter(|list| *list != Polarity::Required)?;
    let text = wording.unwrap_or(&library.clause(at).text);
    let forbids = list == Polarity::Forbidden && library.clause(at).negated;
    let aloud = word_count(text) <= 10 && !text.contains(['/', '(', '&', '|', ':', ';', '→']) && !text.contains("e.g.");
    let source = Source::of(library, at, text);
    (aloud && !forbids && library.kind(at) != ClauseKind::Heading && source.bears(text)).then(|| Listed {
        list,
        text: sentence(text),
        source,
    })
}
