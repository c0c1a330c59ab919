//! What is indexed of a document: every clause but headings, with the path that a reader would need to understand it.

use course_format::sop::{Clause, ClauseKind, SopDocument};

#[derive(Debug)]
pub struct Chunk<'a> {
    pub clause: &'a Clause,
    /// "Section > step 3: words": what is embedded and what BM25 reads.
    pub text: String,
}

pub fn chunks(document: &SopDocument) -> Vec<Chunk<'_>> {
    let clauses = document.clauses.iter().filter(|c| c.kind != ClauseKind::Heading);
    clauses.map(|clause| Chunk { clause, text: in_context(document, clause) }).collect()
}

fn in_context(document: &SopDocument, clause: &Clause) -> String {
    let mut path: Vec<&str> = clause.section.split(" > ").filter(|s| !s.is_empty() && *s != document.title).collect();
    let step = clause.label.as_ref().filter(|_| clause.kind == ClauseKind::Step).map(|label| format!("step {label}"));
    path.extend(step.as_deref());
    if path.is_empty() { clause.text.clone() } else { format!("{}: {}", path.join(" > "), clause.text) }
}
