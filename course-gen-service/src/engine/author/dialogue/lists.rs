//! "Allowed" and "Not allowed": what goes where.

use course_format::course::Provenance;
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
    /// The heading that allows or forbids it, and the thing itself.
    pub proof: Vec<Provenance>,
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
        proof: heading(library, at).into_iter().chain([library.prove_part(at, text)]).collect(),
        source,
    })
}

/// The heading above the clause.
fn heading(library: &Library, at: ClauseRef) -> Option<Provenance> {
    let title = library.clause(at).section.rsplit(" > ").next()?;
    let above = (0..at.clause).rev().map(|clause| ClauseRef { clause, ..at }).take(60);
    let is_it = |c: &ClauseRef| library.kind(*c) == ClauseKind::Heading && library.clause(*c).text.contains(title);
    above.into_iter().find(is_it).map(|c| library.prove(c))
}
