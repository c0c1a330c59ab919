//! What is indexed of a document: every clause, with what a reader has above it on the page.
//! Personal data stays out: what is searched in is the redacted text.

use std::collections::HashMap;

use course_format::sop::{Clause, ClauseKind, Redactor, SopDocument};

/// A line that a document repeats (a footer, "Wash your hands" on every card) is indexed this often.
const MAX_REPEATS: usize = 5;

#[derive(Debug)]
pub struct Chunk<'a> {
    pub clause: &'a Clause,
    /// The clause's section and words, without personal data.
    pub section: String,
    pub words: String,
    /// "Document > section > sentence above the list > step 3: words": what is embedded and what BM25 reads.
    pub text: String,
}

pub fn chunks(document: &SopDocument) -> Vec<Chunk<'_>> {
    let redactor = Redactor::new([document]);
    let mut repeats: HashMap<String, usize> = HashMap::new();
    let mut lead: Option<&Clause> = None;
    let mut chunks = Vec::with_capacity(document.clauses.len());
    for clause in &document.clauses {
        if clause.kind == ClauseKind::Heading || lead.is_some_and(|lead| lead.section != clause.section) {
            lead = None;
        }
        let repeat = repeats.entry(folded(&clause.text)).or_default();
        *repeat += 1;
        if *repeat <= MAX_REPEATS {
            chunks.push(Chunk {
                clause,
                section: redactor.redact(&clause.section),
                words: redactor.redact(&clause.text),
                text: redactor.redact(&in_context(document, clause, lead)),
            });
        }
        if clause.kind != ClauseKind::Heading && clause.text.ends_with(':') {
            lead = Some(clause);
        }
    }
    chunks
}

/// Two texts that differ only in signs and letter case say the same.
fn folded(text: &str) -> String {
    let letters = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).flat_map(char::to_lowercase);
    letters.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn in_context(document: &SopDocument, clause: &Clause, lead: Option<&Clause>) -> String {
    let mut path: Vec<&str> = clause.section.split(" > ").filter(|s| !s.is_empty() && *s != document.title).collect();
    if clause.kind == ClauseKind::Heading {
        // A heading's own path ends with itself.
        path.pop();
    }
    let step = clause.label.as_ref().filter(|_| clause.kind == ClauseKind::Step).map(|label| format!("step {label}"));
    path.insert(0, &document.title);
    path.extend(lead.map(|lead| lead.text.trim_end_matches(':')));
    path.extend(step.as_deref());
    format!("{}: {}", path.join(" > "), clause.text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline;

    fn texts(markdown: &str) -> Vec<String> {
        let document = pipeline::read(markdown.as_bytes(), "store-room.md").unwrap();
        chunks(&document).into_iter().map(|c| c.text).collect()
    }

    #[test]
    fn a_clause_is_indexed_with_what_a_reader_has_above_it() {
        let texts = texts(
            "# Store room\n\n## Deliveries\n\nEvery delivery note must show:\n\n- the batch number\n\n## Doors\n\n1. Lock the door.\n",
        );
        assert!(
            texts.contains(&"Store room > Deliveries > Every delivery note must show: the batch number".to_owned()),
            "{texts:#?}"
        );
        assert!(texts.contains(&"Store room > Doors > step 1: Lock the door.".to_owned()), "{texts:#?}");
        assert!(texts.contains(&"Store room: Doors".to_owned()), "{texts:#?}");
    }

    #[test]
    fn a_line_that_comes_again_and_again_is_indexed_a_few_times() {
        let card = |n: usize| format!("## Card {n}\n\n- Wash your hands!\n- Open box {n}.\n");
        let markdown = (1..20).map(card).collect::<Vec<_>>().join("\n");
        let texts = texts(&markdown);
        assert_eq!(texts.iter().filter(|t| t.ends_with("Wash your hands!")).count(), MAX_REPEATS);
        assert_eq!(texts.iter().filter(|t| t.contains("Open box")).count(), 19);
    }
}
