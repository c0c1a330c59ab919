//! What is indexed of a document: every clause but headings, with the path that a reader would need to understand it.
//! Personal data stays out: what is searched in is the redacted text.

use course_format::sop::{Clause, ClauseKind, Redactor, SopDocument};

#[derive(Debug)]
pub struct Chunk<'a> {
    pub clause: &'a Clause,
    /// The clause's section and words, without personal data.
    pub section: String,
    pub words: String,
    /// "Section > step 3: words": what is embedded and what BM25 reads.
    pub text: String,
}

pub fn chunks<'a>(document: &'a SopDocument) -> Vec<Chunk<'a>> {
    let redactor = Redactor::new([document]);
    let clauses = document.clauses.iter().filter(|c| c.kind != ClauseKind::Heading);
    let chunk = |clause: &'a Clause| Chunk {
        clause,
        section: redactor.redact(&clause.section),
        words: redactor.redact(&clause.text),
        text: redactor.redact(&in_context(document, clause)),
    };
    clauses.map(chunk).collect()
}

fn in_context(document: &SopDocument, clause: &Clause) -> String {
    let mut path: Vec<&str> = clause.section.split(" > ").filter(|s| !s.is_empty() && *s != document.title).collect();
    let step = clause.label.as_ref().filter(|_| clause.kind == ClauseKind::Step).map(|label| format!("step {label}"));
    path.extend(step.as_deref());
    if path.is_empty() { clause.text.clone() } else { format!("{}: {}", path.join(" > "), clause.text) }
}
