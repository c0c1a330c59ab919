use std::collections::{BTreeMap, HashMap};

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::text_index::{TextIndex, encloses};
use super::texts::each_proven;
use super::{Findings, Pointer, Violation};
use crate::course::{CoursePackage, Provenance, Relation};
use crate::sop::{Clause, SopDocument};

/// How much of a course its SOPs bear out.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ProvenanceCheck {
    /// Texts and keys that claim something about a SOP.
    pub claims: usize,
    /// Claims whose every quote stands in its SOP, word for word, at its span, inside its clause.
    pub resolved: usize,
    /// Each quote that does not, and each claim without one.
    pub failures: Vec<Violation>,
}

impl ProvenanceCheck {
    /// Share of the claims that resolve; 1 where nothing is claimed.
    #[must_use]
    pub fn share(&self) -> f32 {
        if self.claims == 0 { 1.0 } else { self.resolved as f32 / self.claims as f32 }
    }
}

/// Looks up every quote of the course in the SOPs.
#[must_use]
pub fn resolve_provenance(package: &CoursePackage, sops: &[SopDocument]) -> ProvenanceCheck {
    let sources: HashMap<Uuid, Source> = sops.iter().map(|sop| (sop.document_id, Source::new(sop))).collect();
    let mut findings = Findings::default();
    let (mut claims, mut resolved) = (0, 0);
    let root = Pointer::default();
    let mut look_up = |at: &Pointer, provenance: &[Provenance]| {
        let before = findings.0.len();
        let at = at.at("provenance");
        if provenance.is_empty() {
            findings.add(&at, "provenance_missing", "nothing shows where this comes from");
        }
        for (i, quote) in provenance.iter().enumerate() {
            if let Err((code, message)) = resolve(quote, &sources) {
                findings.add(&at.at(i), code, message);
            }
        }
        claims += 1;
        resolved += usize::from(findings.0.len() == before);
    };
    each_proven(&package.course, &root.at("course"), &mut |at, text| {
        if text.relation != Relation::Language {
            look_up(at, &text.provenance);
        }
    });
    for (id, key) in &package.keys.0 {
        let at = root.at("keys").at(id);
        look_up(&at, &key.provenance);
        for (option, reason) in key.options.iter().filter(|(_, reason)| reason.relation != Relation::Language) {
            look_up(&at.at("options").at(option), &reason.provenance);
        }
    }
    ProvenanceCheck { claims, resolved, failures: findings.0 }
}

struct Source<'a> {
    text: TextIndex<'a>,
    clauses: BTreeMap<&'a str, &'a Clause>,
}

impl<'a> Source<'a> {
    fn new(sop: &'a SopDocument) -> Self {
        let clauses = sop.clauses.iter().map(|clause| (clause.id.0.as_str(), clause)).collect();
        Self { text: TextIndex::new(&sop.text), clauses }
    }
}

type Refusal = (&'static str, String);

fn resolve(quote: &Provenance, sources: &HashMap<Uuid, Source>) -> Result<(), Refusal> {
    let source = sources
        .get(&quote.document_id)
        .ok_or_else(|| ("document_unknown", format!("no SOP has the id {}", quote.document_id)))?;
    let clause = source
        .clauses
        .get(quote.clause_id.0.as_str())
        .ok_or_else(|| ("clause_unknown", format!("the SOP has no clause {}", quote.clause_id)))?;
    if quote.quote.is_empty() || source.text.get(quote.span) != Some(quote.quote.as_str()) {
        return Err(("quote_differs", "the SOP does not say this at that span".to_owned()));
    }
    if !encloses(clause.span, quote.span) {
        return Err(("quote_outside_clause", format!("the quote leaves clause {}", clause.id)));
    }
    if quote.page != clause.page {
        return Err(("page_differs", format!("the clause stands on page {}", clause.page)));
    }
    if quote.section.as_ref().is_some_and(|section| *section != clause.section) {
        return Err(("section_differs", format!("the clause stands under {:?}", clause.section)));
    }
    Ok(())
}
