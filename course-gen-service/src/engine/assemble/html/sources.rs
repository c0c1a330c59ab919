use std::fmt::Write;

use course_format::course::{Provenance, QualityReport};
use course_format::sop::{ClauseKind, SopDocument};

use super::{Audience, View, escape};

/// Where a quote's clause stands on the page.
pub(super) fn anchor(provenance: &Provenance) -> String {
    name(&provenance.document_id.simple().to_string(), &provenance.clause_id.0)
}

fn name(document: &str, clause: &str) -> String {
    let clause: String = clause.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    format!("c-{}-{clause}", &document[..8])
}

/// Every clause of every SOP, and what the quality report says.
pub(super) fn write(out: &mut String, view: View<'_>) {
    out.push_str(
        "<section class=\"unit\" aria-labelledby=\"sources\">\n<h2 id=\"sources\">The SOP, clause by clause</h2>\n",
    );
    for document in view.library.documents() {
        document_clauses(out, document);
    }
    out.push_str("</section>\n");
    if view.audience != Audience::Student {
        quality(out, &view.package.quality);
    }
}

/// What the reviewer sees first in the report.
fn quality(out: &mut String, quality: &QualityReport) {
    out.push_str(
        "<section class=\"unit\" aria-labelledby=\"quality\">\n<h2 id=\"quality\">Quality report</h2>\n<ul>\n",
    );
    let _ = writeln!(
        out,
        "<li>Quotes that stand word for word in the SOP: {:.1}%</li>",
        quality.provenance_resolved * 100.0
    );
    let _ = writeln!(out, "<li>Steps, rules and warnings in a lesson: {:.1}%</li>", quality.clause_coverage * 100.0);
    if let Some(share) = quality.item_coverage {
        let _ = writeln!(out, "<li>Steps, rules and warnings with an exercise: {:.1}%</li>", share * 100.0);
    }
    if let Some(check) = &quality.key_check {
        let _ = writeln!(
            out,
            "<li>Answer keys that an independent solver found again: {} of {}; candidates refused: {}</li>",
            check.solved, check.checked, check.refused
        );
    }
    let fitting = quality.lessons.iter().filter(|l| l.fits).count();
    if !quality.lessons.is_empty() {
        let _ = writeln!(out, "<li>Lessons within half a level: {fitting} of {}</li>", quality.lessons.len());
    }
    let _ = writeln!(out, "<li>Written by: {}</li>\n</ul>", escape(&quality.author));
    if !quality.flags.is_empty() {
        let _ = writeln!(out, "<details><summary>Places to look at ({})</summary><ul>", quality.flags.len());
        for flag in &quality.flags {
            let _ = writeln!(out, "<li><b>{}</b> {}</li>", escape(&flag.code.replace('_', " ")), escape(&flag.detail));
        }
        out.push_str("</ul></details>\n");
    }
    out.push_str("</section>\n");
}

fn document_clauses(out: &mut String, document: &SopDocument) {
    let _ = writeln!(
        out,
        "<h3>{} <span class=\"pos\">version {}</span></h3>\n<ol class=\"clauses\">",
        escape(&document.title),
        document.version.number
    );
    let id = document.document_id.simple().to_string();
    for clause in &document.clauses {
        let class = if clause.kind == ClauseKind::Heading { " class=\"heading\"" } else { "" };
        let _ = writeln!(out, "<li id=\"{}\"{class}>{}</li>", name(&id, &clause.id.0), escape(&clause.text));
    }
    out.push_str("</ol>\n");
}
