//! The SOPs of one request, indexed: clauses by reference, procedures by clause, and proof of any quote.

mod manners;

use std::collections::{BTreeSet, HashMap, HashSet};

use course_format::course::{Proven, Provenance, Relation};
use course_format::sop::{Clause, ClauseKind, Modality, ParsedSops, Procedure, SopDocument, Span, Step};
use serde::{Deserialize, Serialize};

use super::forge::disputed;
use super::hostile::addresses_a_model;

/// A clause by its place: document, then clause.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
pub struct ClauseRef {
    pub document: usize,
    pub clause: usize,
}

/// The documents of a request, in the order of the request.
#[derive(Debug)]
pub struct Library {
    documents: Vec<SopDocument>,
    steps: HashMap<ClauseRef, (usize, usize)>,
    /// Clauses that speak to a computer program instead of staff.
    hostile: HashSet<ClauseRef>,
    /// Clauses that contradict each other, in groups.
    disputes: Vec<BTreeSet<ClauseRef>>,
    disputed: HashSet<ClauseRef>,
    by_id: Vec<HashMap<String, usize>>,
    /// Of every document, where each character of its text begins: spans count characters, and a document is long.
    offsets: Vec<Vec<usize>>,
}

impl Library {
    pub fn new(sops: ParsedSops) -> Self {
        let mut documents = sops.documents;
        let hostile = hostile_clauses(&documents);
        documents.iter_mut().for_each(manners::mend);
        let by_id: Vec<HashMap<String, usize>> = documents
            .iter()
            .map(|d| d.clauses.iter().enumerate().map(|(i, c)| (c.id.0.clone(), i)).collect())
            .collect();
        let mut steps = HashMap::new();
        for (document, doc) in documents.iter().enumerate() {
            for (p, procedure) in doc.procedures.iter().enumerate() {
                for (s, step) in procedure.steps.iter().enumerate() {
                    if let Some(clause) = by_id[document].get(&step.clause_id.0) {
                        steps.insert(ClauseRef { document, clause: *clause }, (p, s));
                    }
                }
            }
        }
        let starts = |d: &SopDocument| d.text.char_indices().map(|(at, _)| at).chain([d.text.len()]).collect();
        let offsets = documents.iter().map(starts).collect();
        let plain = Self { documents, steps, hostile, disputes: Vec::new(), disputed: HashSet::new(), by_id, offsets };
        let disputes = disputed::groups(&plain);
        let sides = disputes.iter().flatten().copied().collect();
        Self { disputes, disputed: sides, ..plain }
    }

    /// Whether the clause speaks to a computer program ("Ignore previous instructions"): it is told to the reviewer, and
    /// nothing else is made of it.
    pub fn addresses_a_model(&self, at: ClauseRef) -> bool {
        self.hostile.contains(&at)
    }

    /// Whether another clause contradicts this one: nobody can say which is right, so nothing is asked about either.
    pub fn is_disputed(&self, at: ClauseRef) -> bool {
        self.disputed.contains(&at)
    }

    /// The clauses that contradict each other. A group of one: its other side cannot be found.
    pub fn disputes(&self) -> &[BTreeSet<ClauseRef>] {
        &self.disputes
    }

    pub fn documents(&self) -> &[SopDocument] {
        &self.documents
    }

    pub fn document(&self, at: ClauseRef) -> &SopDocument {
        &self.documents[at.document]
    }

    pub fn clause(&self, at: ClauseRef) -> &Clause {
        &self.documents[at.document].clauses[at.clause]
    }

    /// The clause's kind, put right where its section says more than its words: what stands under "Definitions" defines,
    /// and a thing in a list of equipment is no rule although it begins with a word that may be a verb ("Date labels").
    pub fn kind(&self, at: ClauseRef) -> ClauseKind {
        let clause = self.clause(at);
        if !matches!(clause.kind, ClauseKind::Step | ClauseKind::Rule | ClauseKind::Fact | ClauseKind::Warning) {
            return clause.kind;
        }
        let section = clause.section.rsplit(" > ").next().unwrap_or_default().to_lowercase();
        let defines = ["definition", "glossary", "terms", "abbreviations"].iter().any(|t| section.contains(t));
        if defines && clause.text.split_once(": ").is_some_and(|(term, _)| term.split(' ').count() <= 5) {
            return ClauseKind::Definition;
        }
        // "To make sure that guests receive a safe meal." is why, not what to do.
        let purpose = clause.text.starts_with("To ") && !clause.text.contains(',') && self.step(at).is_none();
        if purpose {
            return ClauseKind::Fact;
        }
        let lists_things = ["equipment", "materials", "tools", "supplies", "kit required", "products"]
            .iter()
            .any(|t| section.contains(t));
        let names_a_thing = !clause.text.ends_with(['.', '!']) && clause.modality != Modality::MustNot;
        if lists_things && names_a_thing && self.step(at).is_none() { ClauseKind::Fact } else { clause.kind }
    }

    /// Every clause in reading order.
    pub fn clauses(&self) -> impl Iterator<Item = ClauseRef> {
        self.documents
            .iter()
            .enumerate()
            .flat_map(|(document, d)| (0..d.clauses.len()).map(move |clause| ClauseRef { document, clause }))
    }

    pub fn find(&self, document: usize, id: &str) -> Option<ClauseRef> {
        self.by_id.get(document)?.get(id).map(|clause| ClauseRef { document, clause: *clause })
    }

    /// The clause that a proof names.
    pub fn place(&self, proof: &Provenance) -> Option<ClauseRef> {
        let document = self.documents.iter().position(|d| d.document_id == proof.document_id)?;
        self.find(document, &proof.clause_id.0)
    }

    /// The procedure that this clause is a step of, and which.
    pub fn step(&self, at: ClauseRef) -> Option<(&Procedure, &Step)> {
        let (p, s) = *self.steps.get(&at)?;
        let procedure = &self.documents[at.document].procedures[p];
        Some((procedure, &procedure.steps[s]))
    }

    /// The clause of the step with this number in the procedure of `at`.
    pub fn step_numbered(&self, at: ClauseRef, number: &[u32]) -> Option<ClauseRef> {
        let (procedure, _) = self.step(at)?;
        let step = procedure.steps.iter().find(|s| s.number == number)?;
        self.find(at.document, &step.clause_id.0)
    }

    /// The clause as it stands in the document's text.
    fn verbatim(&self, at: ClauseRef) -> &str {
        let (clause, offsets) = (self.clause(at), &self.offsets[at.document]);
        let bytes = offsets.get(clause.span.start).zip(offsets.get(clause.span.end));
        bytes.and_then(|(start, end)| self.document(at).text.get(*start..*end)).unwrap_or(&clause.text)
    }

    /// The whole clause as proof.
    pub fn prove(&self, at: ClauseRef) -> Provenance {
        self.provenance(at, self.verbatim(at).to_owned(), self.clause(at).span)
    }

    /// The part of the clause that says it, or the whole clause where the words do not stand in it as one piece.
    pub fn prove_part(&self, at: ClauseRef, part: &str) -> Provenance {
        let clause = self.clause(at);
        let whole = self.verbatim(at);
        // What the SOP shouts is said in small letters.
        let shouted = || whole.find(&part.to_uppercase());
        let found = if part.is_empty() { None } else { whole.find(part).or_else(shouted) };
        let Some(said) = found.and_then(|byte| Some((byte, whole.get(byte..byte + part.len())?))) else {
            return self.prove(at);
        };
        let start = clause.span.start + whole[..said.0].chars().count();
        let span = Span { start, end: start + said.1.chars().count() };
        self.provenance(at, said.1.to_owned(), span)
    }

    /// Where these words of an older reading stand in the clause now; spaces and line breaks may differ.
    pub fn prove_again(&self, at: ClauseRef, quote: &str) -> Option<Provenance> {
        let whole = self.verbatim(at);
        let letters = |text: &str| -> Vec<(usize, char)> {
            text.char_indices().filter(|(_, c)| !c.is_whitespace()).collect::<Vec<_>>()
        };
        let (here, wanted) = (letters(whole), letters(quote));
        let same = |window: &&[(usize, char)]| window.iter().zip(&wanted).all(|((_, a), (_, b))| a == b);
        let found = here.windows(wanted.len().max(1)).find(same).filter(|_| !wanted.is_empty())?;
        let (first, (last, letter)) = (found.first()?.0, found.last()?);
        let words = whole.get(first..last + letter.len_utf8())?;
        let start = self.clause(at).span.start + whole[..first].chars().count();
        Some(self.provenance(at, words.to_owned(), Span { start, end: start + words.chars().count() }))
    }

    fn provenance(&self, at: ClauseRef, quote: String, span: Span) -> Provenance {
        let clause = self.clause(at);
        Provenance {
            document_id: self.document(at).document_id,
            clause_id: clause.id.clone(),
            quote,
            span,
            page: clause.page,
            section: Some(clause.section.clone()),
        }
    }

    /// Whether the quote stands in its SOP at its place, inside its clause.
    pub fn resolves(&self, proof: &Provenance) -> bool {
        let Some(document) = self.documents.iter().position(|d| d.document_id == proof.document_id) else {
            return false;
        };
        let Some(at) = self.find(document, &proof.clause_id.0) else { return false };
        let (clause, offsets) = (self.clause(at), &self.offsets[document]);
        let inside = clause.span.start <= proof.span.start && proof.span.end <= clause.span.end;
        let bytes = offsets.get(proof.span.start).zip(offsets.get(proof.span.end));
        let said = bytes.and_then(|(start, end)| self.documents[document].text.get(*start..*end));
        inside && !proof.quote.is_empty() && said == Some(proof.quote.as_str())
    }

    /// The clause word for word.
    pub fn quote(&self, at: ClauseRef) -> Proven {
        Proven { text: self.clause(at).text.clone(), relation: Relation::Quote, provenance: vec![self.prove(at)] }
    }

    /// The last heading of the clause's section that names a topic ("Do not" does not).
    pub fn topic(&self, at: ClauseRef) -> &str {
        let clause = self.clause(at);
        clause
            .section
            .rsplit(" > ")
            .find(|title| !title.is_empty() && !is_list_heading(title))
            .unwrap_or(&self.document(at).title)
    }

    /// What the headings above a clause say about everything under them.
    pub fn polarity(&self, at: ClauseRef) -> Option<Polarity> {
        self.clause(at).section.rsplit(" > ").next().and_then(Polarity::of_heading)
    }
}

/// Clauses that speak to a computer program instead of staff, by the reading's finding or by our own.
fn hostile_clauses(documents: &[SopDocument]) -> HashSet<ClauseRef> {
    let of_document = |(document, d): (usize, &SopDocument)| {
        let told: HashSet<&str> =
            d.defects.iter().filter(|x| x.kind == "instruction_to_ai").map(|x| x.clause_id.0.as_str()).collect();
        let speaks = |c: &Clause| told.contains(c.id.0.as_str()) || addresses_a_model(&c.text);
        let found = d.clauses.iter().enumerate().filter(|(_, c)| speaks(c));
        found.map(|(clause, _)| ClauseRef { document, clause }).collect::<Vec<_>>()
    };
    documents.iter().enumerate().flat_map(of_document).collect()
}

/// "Do", "Not allowed", "Do / Do not": a heading that names no topic of its own.
pub fn is_list_heading(heading: &str) -> bool {
    heading.split(['/', '&']).flat_map(|h| h.split(" and ")).all(|part| Polarity::of_heading(part).is_some())
}

/// A heading that forbids, permits or demands what stands under it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Polarity {
    /// "Do"
    Required,
    /// "Do not"
    Forbidden,
    /// "Allowed"
    Allowed,
    /// "Not allowed"
    NotAllowed,
}

impl Polarity {
    pub fn of_heading(heading: &str) -> Option<Self> {
        match heading.trim().trim_end_matches([':', '.']).to_lowercase().as_str() {
            "do" | "dos" | "do's" | "always" => Some(Self::Required),
            "do not" | "don't" | "don’t" | "don'ts" | "don’ts" | "never" => Some(Self::Forbidden),
            "allowed" | "permitted" | "acceptable" => Some(Self::Allowed),
            "not allowed" | "not permitted" | "forbidden" | "prohibited" | "not acceptable" => Some(Self::NotAllowed),
            _ => None,
        }
    }
}
