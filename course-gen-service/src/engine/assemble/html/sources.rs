use std::fmt::Write;

use course_format::course::Provenance;
use course_format::sop::{ClauseKind, SopDocument};

use super::{View, escape};

/// Where a quote's clause stands on the page.
pub(super) fn anchor(provenance: &Provenance) -> String {
    name(&provenance.document_id.simple().to_string(), &provenance.clause_id.0)
}

/// A clause by its id alone: its text, and where it stands on the page.
pub(super) fn clause<'a>(view: View<'a>, id: &str) -> Option<(&'a str, String)> {
    view.library.documents().iter().find_map(|document| {
        let clause = document.clauses.iter().find(|c| c.id.0 == id)?;
        Some((clause.text.as_str(), name(&document.document_id.simple().to_string(), id)))
    })
}

fn name(document: &str, clause: &str) -> String {
    let clause: String = clause.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    format!("c-{}-{clause}", &document[..8])
}

/// Every clause of every SOP.
pub(super) fn write(out: &mut String, view: View<'_>) {
    out.push_str(
        "<section class=\"unit\" aria-labelledby=\"sources\">\n<h2 id=\"sources\">The SOP, clause by clause</h2>\n",
    );
    for document in view.library.documents() {
        document_clauses(out, document);
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
