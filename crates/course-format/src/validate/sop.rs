use std::collections::{HashMap, HashSet};

use super::course::is_sha256;
use super::text_index::{TextIndex, encloses};
use super::{Findings, Pointer, Violation};
use crate::sop::{Clause, ClauseId, ClauseKind, Procedure, Section, Slot, SopDocument, Span};

/// Every rule that a parsed SOP breaks; paths start at the document.
#[must_use]
pub fn validate_sop(sop: &SopDocument) -> Vec<Violation> {
    let root = Pointer::default();
    let mut check = SopCheck {
        sop,
        text: TextIndex::new(&sop.text),
        clauses: sop.clauses.iter().map(|clause| (&clause.id, clause)).collect(),
        sections: sop.sections.iter().map(|section| section.path.as_str()).collect(),
        findings: Findings::default(),
    };
    check.document(&root);
    for (i, section) in sop.sections.iter().enumerate() {
        check.section(section, &root.at("sections").at(i));
    }
    let mut ids = HashSet::new();
    for (i, clause) in sop.clauses.iter().enumerate() {
        let at = root.at("clauses").at(i);
        check.findings.require_text(&clause.id.0, &at.at("id"));
        let unique = ids.insert(&clause.id);
        check.findings.require(unique, &at.at("id"), "duplicate_id", "another clause has this id");
        check.clause(clause, &at);
    }
    let mut ids = HashSet::new();
    for (i, procedure) in sop.procedures.iter().enumerate() {
        let at = root.at("procedures").at(i);
        let unique = ids.insert(&procedure.id);
        check.findings.require(unique, &at.at("id"), "duplicate_id", "another procedure has this id");
        check.procedure(procedure, &at);
    }
    check.terms_and_defects(&root);
    check.findings.0
}

struct SopCheck<'a> {
    sop: &'a SopDocument,
    text: TextIndex<'a>,
    clauses: HashMap<&'a ClauseId, &'a Clause>,
    sections: HashSet<&'a str>,
    findings: Findings,
}

impl SopCheck<'_> {
    fn document(&mut self, at: &Pointer) {
        let sop = self.sop;
        self.findings.require_text(&sop.title, &at.at("title"));
        self.findings.require_text(&sop.language, &at.at("language"));
        self.findings.require(sop.pages > 0, &at.at("pages"), "pages", "a document has at least one page");
        let version = at.at("version");
        self.findings.require(sop.version.number > 0, &version.at("number"), "number", "versions count from 1");
        let sha256 = is_sha256(&sop.version.sha256);
        self.findings.require(sha256, &version.at("sha256"), "sha256", "64 lower-case hex digits are needed");
    }

    fn section(&mut self, section: &Section, at: &Pointer) {
        self.page(section.page, at);
        let Some(id) = &section.heading else {
            let before_first = section.path.is_empty();
            self.findings.require(before_first, &at.at("heading"), "heading_missing", "a section has a heading");
            return;
        };
        self.known(id, &at.at("heading"));
        if let Some(clause) = self.clauses.get(id) {
            let own = clause.kind == ClauseKind::Heading && clause.section == section.path;
            self.findings.require(own, &at.at("heading"), "heading", "this clause is not the section's heading");
        }
    }

    fn clause(&mut self, clause: &Clause, at: &Pointer) {
        self.page(clause.page, at);
        self.section_exists(&clause.section, at);
        self.findings.require_text(&clause.text, &at.at("text"));
        self.verbatim(clause.span, &clause.text, at);
        for (i, literal) in clause.literals.iter().enumerate() {
            let at = at.at("literals").at(i);
            self.findings.require_text(&literal.text, &at.at("text"));
            self.verbatim(literal.span, &literal.text, &at);
            self.inside(clause, literal.span, &at);
        }
        let slots = &clause.slots;
        for (name, slot) in [
            ("actor", &slots.actor),
            ("object", &slots.object),
            ("tool", &slots.tool),
            ("quantity", &slots.quantity),
            ("condition", &slots.condition),
            ("location", &slots.location),
            ("time", &slots.time),
        ] {
            if let Some(slot) = slot {
                self.slot(clause, slot, &at.at("slots").at(name));
            }
        }
    }

    fn slot(&mut self, clause: &Clause, slot: &Slot, at: &Pointer) {
        self.findings.require_text(&slot.text, &at.at("text"));
        if let Some(span) = slot.span {
            self.verbatim(span, &slot.text, at);
            self.inside(clause, span, at);
        }
    }

    fn procedure(&mut self, procedure: &Procedure, at: &Pointer) {
        self.findings.require_text(&procedure.id, &at.at("id"));
        self.section_exists(&procedure.section, at);
        let steps = at.at("steps");
        self.findings.require(!procedure.steps.is_empty(), &steps, "empty", "a procedure has at least one step");
        let mut numbers = HashSet::new();
        for (i, step) in procedure.steps.iter().enumerate() {
            let at = steps.at(i);
            self.known(&step.clause_id, &at.at("clause_id"));
            let counted = !step.number.is_empty() && !step.number.contains(&0);
            self.findings.require(counted, &at.at("number"), "number", "step numbers count from 1");
            let unique = numbers.insert(&step.number);
            self.findings.require(unique, &at.at("number"), "duplicate_number", "another step has this number");
            for (w, warning) in step.warnings.iter().enumerate() {
                self.known(warning, &at.at("warnings").at(w));
            }
            if let Some(branch) = &step.branch {
                let target = procedure.steps.iter().any(|step| step.number == branch.target);
                let at = at.at("branch").at("target");
                self.findings.require(target, &at, "unknown_step", "the procedure has no such step");
            }
        }
    }

    fn terms_and_defects(&mut self, at: &Pointer) {
        for (i, term) in self.sop.terms.iter().enumerate() {
            let at = at.at("terms").at(i);
            self.findings.require_text(&term.term, &at.at("term"));
            if let Some(id) = &term.defined_in {
                self.known(id, &at.at("defined_in"));
            }
            for (c, id) in term.clauses.iter().enumerate() {
                self.known(id, &at.at("clauses").at(c));
            }
        }
        for (i, defect) in self.sop.defects.iter().enumerate() {
            let at = at.at("defects").at(i);
            self.known(&defect.clause_id, &at.at("clause_id"));
            let said = self.sop.text.contains(&defect.quote);
            self.findings.require(said, &at.at("quote"), "quote_differs", "the document does not say this");
        }
    }

    fn known(&mut self, id: &ClauseId, at: &Pointer) {
        if !self.clauses.contains_key(id) {
            self.findings.add(at, "unknown_clause", format!("the document has no clause {id}"));
        }
    }

    fn section_exists(&mut self, path: &str, at: &Pointer) {
        if !self.sections.contains(path) {
            self.findings.add(&at.at("section"), "unknown_section", format!("there is no section {path:?}"));
        }
    }

    fn page(&mut self, page: u32, at: &Pointer) {
        let exists = (1..=self.sop.pages).contains(&page);
        self.findings.require(exists, &at.at("page"), "page", "the document has no such page");
    }

    fn verbatim(&mut self, span: Span, text: &str, at: &Pointer) {
        let same = self.text.get(span) == Some(text);
        self.findings.require(same, &at.at("span"), "text_differs", "the document says something else there");
    }

    fn inside(&mut self, clause: &Clause, span: Span, at: &Pointer) {
        let inside = encloses(clause.span, span);
        self.findings.require(inside, &at.at("span"), "outside_clause", "this place is not in the clause");
    }
}
