//! How much work the course of a request will be, summed over its SOPs.

use course_format::sop::LoadQuote;

use super::{Document, DocumentStatus};

/// `None` until the first SOP was read. Of every SOP the newest version that was read counts, and a file that was handed in
/// under two names counts once.
pub fn of(documents: &[Document]) -> Option<LoadQuote> {
    let read: Vec<&Document> = documents.iter().filter(|d| d.status == DocumentStatus::Processed).collect();
    let replaced = |d: &Document| read.iter().any(|other| other.replaces == Some(d.document_id));
    let current: Vec<&Document> = read.iter().copied().filter(|d| !replaced(d)).collect();
    let quotes: Vec<(&str, &LoadQuote)> = current
        .iter()
        .enumerate()
        .filter(|(at, d)| !current[..*at].iter().any(|other| other.sha256 == d.sha256))
        .filter_map(|(_, d)| Some((d.file_name.as_str(), d.quote.as_ref()?)))
        .collect();
    LoadQuote::together(&quotes)
}
