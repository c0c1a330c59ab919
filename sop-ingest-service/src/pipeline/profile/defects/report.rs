//! The defect report that the client gets: as data, and as a page to print.

use std::fmt::Write;

use course_format::{
    Level,
    sop::{Defect, SopDocument},
};
use serde::Serialize;
use utoipa::ToSchema;

/// What should be mended in a SOP before a course is made from it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct DefectReport {
    pub title: String,
    pub file_name: String,
    pub version: u32,
    /// The gravest first.
    pub findings: Vec<Finding>,
}

#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Finding {
    /// `contradiction`, `broken_reference`, `no_limit`, ...
    pub kind: String,
    /// The kind in words.
    pub heading: String,
    pub clause_id: String,
    /// Path of the section, and the number printed before the clause.
    pub section: String,
    pub label: Option<String>,
    pub page: u32,
    pub quote: String,
    pub suggestion: String,
}

/// Sentences so far above the learners' level are named, and so many of them.
const LEVELS_ABOVE: f32 = 2.0;
const MOST_ABOVE: usize = 10;

/// The report of a document; with a level, also the sentences that are far above it.
pub fn of(document: &SopDocument, level: Option<Level>) -> DefectReport {
    let above = level.map(|level| above_level(document, level)).unwrap_or_default();
    let findings = document.defects.iter().chain(&above).filter_map(|defect| {
        let clause = document.clause(&defect.clause_id)?;
        Some(Finding {
            kind: defect.kind.clone(),
            heading: heading(&defect.kind).to_owned(),
            clause_id: defect.clause_id.0.clone(),
            section: clause.section.clone(),
            label: clause.label.clone(),
            page: clause.page,
            quote: defect.quote.clone(),
            suggestion: defect.suggestion.clone(),
        })
    });
    DefectReport {
        title: document.title.clone(),
        file_name: document.file_name.clone(),
        version: document.version.number,
        findings: findings.collect(),
    }
}

fn above_level(document: &SopDocument, level: Level) -> Vec<Defect> {
    let far = document
        .clauses
        .iter()
        .filter_map(|c| Some((c, c.level?)))
        .filter(|(_, own)| own.score() - level.score() >= LEVELS_ABOVE);
    let mut far: Vec<_> = far.collect();
    far.sort_by_key(|(_, own)| std::cmp::Reverse(*own));
    let defect = |(clause, own): (&course_format::sop::Clause, Level)| Defect {
        kind: "above_level".to_owned(),
        clause_id: clause.id.clone(),
        quote: super::opening(&clause.text).to_owned(),
        suggestion: format!("This sentence is at {own}; the learners are at {level}. Split it, and use simpler words."),
    };
    far.into_iter().take(MOST_ABOVE).map(defect).collect()
}

fn heading(kind: &str) -> &'static str {
    match kind {
        "instruction_to_ai" => "Text that speaks to a computer program",
        "contradiction" => "Two places that contradict each other",
        "broken_reference" => "References to something that is not there",
        "numbering_gap" => "Steps whose numbers do not follow each other",
        "no_limit" => "Steps without a limit",
        "undefined_acronym" => "Abbreviations that are not explained",
        "vague_word" => "Words that everybody reads differently",
        "no_actor" => "Tasks that nobody is named for",
        "undefined_term" => "Terms that are not defined",
        "above_level" => "Sentences far above the learners’ level",
        _ => "Other findings",
    }
}

/// A page that needs nothing but itself.
pub fn html(report: &DefectReport) -> String {
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}: what to mend</title><style>{STYLE}</style></head><body>\n\
         <h1>{title}</h1>\n<p>{file}, version {version}. {sum}</p>\n",
        title = escaped(&report.title),
        file = escaped(&report.file_name),
        version = report.version,
        sum = match report.findings.len() {
            0 => "Nothing was found that should be mended.".to_owned(),
            1 => "One place should be looked at.".to_owned(),
            n => format!("{n} places should be looked at, the gravest first."),
        },
    );
    let mut kind = "";
    for finding in &report.findings {
        if finding.kind != kind {
            if !kind.is_empty() {
                page.push_str("</tbody></table>\n");
            }
            kind = &finding.kind;
            let _ = write!(
                page,
                "<h2>{}</h2>\n<table><thead><tr><th>Where</th><th>The SOP says</th><th>Suggestion</th></tr></thead><tbody>\n",
                escaped(&finding.heading)
            );
        }
        let label = finding.label.as_deref().map(|l| format!(", number {}", escaped(l))).unwrap_or_default();
        let section = if finding.section.is_empty() { "Beginning" } else { &finding.section };
        let _ = writeln!(
            page,
            "<tr><td>{}{label}, page {}</td><td>“{}”</td><td>{}</td></tr>",
            escaped(section),
            finding.page,
            escaped(&finding.quote),
            escaped(&finding.suggestion)
        );
    }
    if !kind.is_empty() {
        page.push_str("</tbody></table>\n");
    }
    page.push_str("</body></html>\n");
    page
}

const STYLE: &str = "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}\
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem;border-bottom:1px solid #ccc}\
td:first-child{width:25%}h2{font-size:1.1rem;margin-top:2rem}";

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
