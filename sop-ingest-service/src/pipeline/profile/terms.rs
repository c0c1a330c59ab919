//! Words that staff must know: what the SOP defines, abbreviates, and says far more often than general English does.
//!
//! Candidates are acronyms, defined words, names in capitals, and noun phrases cut out between verbs, prepositions and
//! other small words. Each is weighed by how often the SOP says it against how often English does ("keyness").

mod acronyms;
mod kinds;
mod phrases;

use std::collections::BTreeMap;

use course_format::sop::{Clause, ClauseId, ClauseKind, Term, TermKind};

use crate::pipeline::pattern::patterns;

patterns! {
    DEFINED = r#"^(?:An?\s|The\s)?["“]?(?P<term>\p{L}[\p{L}\d /&’'()-]{1,48}?)["”]?\s*(?::\s|\s[–—-]\s|\s(?:means|refers to|is defined as|are defined as|stands for)\s)"#;
    IS_A = r"^(?:An?|The)\s(?P<term>\p{L}[\p{L} -]{2,40}?)\s(?:is|are)\s(?:an?|the|any)\s";
}

/// What sections are called in any SOP.
const SECTION_NAMES: [&str; 14] = [
    "definitions",
    "abbreviations",
    "purpose",
    "scope",
    "procedure",
    "procedures",
    "responsibilities",
    "references",
    "records",
    "introduction",
    "overview",
    "appendix",
    "equipment",
    "materials",
];

/// More would not be learnt, and not be read.
const MAX_TERMS: usize = 80;

#[derive(Debug, Default)]
struct Found {
    /// As the SOP writes it most.
    spellings: BTreeMap<String, usize>,
    defined_in: Option<ClauseId>,
    expansion: Option<String>,
    acronym: bool,
    keyness: f32,
    clauses: Vec<ClauseId>,
    /// How many of the clauses are no headings.
    body: usize,
}

impl Found {
    fn seen(&mut self, spelling: &str, clause: &Clause) {
        *self.spellings.entry(spelling.to_owned()).or_default() += 1;
        if self.clauses.last() != Some(&clause.id) {
            self.clauses.push(clause.id.clone());
            self.body += usize::from(clause.kind != ClauseKind::Heading);
        }
    }
}

/// The terms of a document, those first that set it apart most.
pub fn terms(clauses: &[Clause]) -> Vec<Term> {
    let mut found: BTreeMap<String, Found> = BTreeMap::new();
    for clause in clauses {
        acronyms::find(clause, &mut found);
        defined(clause, &mut found);
        for phrase in phrases::of(clause) {
            found.entry(phrases::key(&phrase)).or_default().seen(&phrase, clause);
        }
    }
    phrases::settle(&mut found);
    weigh(&mut found);
    phrases::drop_parts(&mut found);
    let mut terms: Vec<Term> = found.into_iter().filter(|(_, f)| f.keyness > 0.0).map(|(_, f)| term(f)).collect();
    terms.retain(|t| !SECTION_NAMES.contains(&t.term.to_lowercase().as_str()));
    terms.sort_by(|a, b| b.keyness.total_cmp(&a.keyness).then_with(|| a.term.cmp(&b.term)));
    terms.truncate(MAX_TERMS);
    terms
}

fn defined(clause: &Clause, found: &mut BTreeMap<String, Found>) {
    if clause.kind != ClauseKind::Definition {
        return;
    }
    let captures = DEFINED.captures(&clause.text).or_else(|| IS_A.captures(&clause.text));
    let Some(term) = captures.and_then(|c| c.name("term")).map(|m| m.as_str().trim()) else { return };
    let first = term.split_whitespace().next().unwrap_or_default().to_lowercase();
    if term.split_whitespace().count() <= 5 && !crate::pipeline::words::is_function_word(&first) {
        let key = if found.contains_key(term) { term.to_owned() } else { phrases::key(term) };
        let entry = found.entry(key).or_default();
        entry.seen(term, clause);
        entry.defined_in = Some(clause.id.clone());
    }
}

/// Log-likelihood against general English, for phrases by the rarest of their words, with a bonus for what the SOP
/// itself sets apart.
fn weigh(found: &mut BTreeMap<String, Found>) {
    let said: usize = found.values().flat_map(|f| f.spellings.values()).sum();
    for f in found.values_mut() {
        let count = f.spellings.values().sum::<usize>() as f32;
        let spelling = common_spelling(&f.spellings);
        let only_heading = f.body == 0 && f.defined_in.is_none() && !f.acronym;
        let share = count / said.max(1) as f32 * 1e9 / 8.0;
        let surprise = (share.log10() - phrases::frequency(&spelling)).max(0.0);
        let set_apart = f32::from(u8::from(f.acronym)) + if f.defined_in.is_some() { 2.0 } else { 0.0 };
        let kind = kinds::of(&spelling, f.acronym);
        let role = kind == TermKind::Role;
        // Machines, materials and forms are what staff must be able to name, however common their names are.
        let enough = if kind == TermKind::Other { 0.8 } else { 0.3 };
        f.keyness = if only_heading && !spelling.contains(' ')
            || surprise < enough && !f.acronym && f.defined_in.is_none() && !role
        {
            0.0
        } else {
            surprise * (1.0 + count.min(8.0).ln() * 0.5) + set_apart + if role { 3.0 } else { 0.0 }
        };
    }
}

fn term(found: Found) -> Term {
    let term = common_spelling(&found.spellings);
    Term {
        kind: kinds::of(&term, found.acronym),
        keyness: (found.keyness * 100.0).round() / 100.0,
        term,
        defined_in: found.defined_in,
        expansion: found.expansion,
        clauses: found.clauses,
    }
}

/// The most frequent one; of equals the one in small letters.
fn common_spelling(spellings: &BTreeMap<String, usize>) -> String {
    let best = spellings.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| a.0.cmp(b.0)));
    best.map(|(spelling, _)| spelling.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline;

    fn of(markdown: &str) -> Vec<Term> {
        pipeline::read(markdown.as_bytes(), "terms.md").unwrap().terms
    }

    fn find<'a>(terms: &'a [Term], name: &str) -> &'a Term {
        let found = terms.iter().find(|t| t.term.eq_ignore_ascii_case(name));
        found.unwrap_or_else(|| panic!("{name}: {:?}", terms.iter().map(|t| &t.term).collect::<Vec<_>>()))
    }

    const BOILER: &str = "# Boiler room\n\n## Definitions\n\n- Flash steam: steam that forms when hot condensate loses pressure.\n\n## Start\n\n\
        1. Wear Personal Protective Equipment (PPE).\n2. Open the thermal shutdown valve slowly.\n3. The boiler operator must check the thermal shutdown valve.\n\
        4. Add caustic soda to the feed tank and sign the shift log.\n5. Check that PPE is available.\n6. Read the pressure gauges. Close each pressure gauge cover.\n\
        7. Use PAT (portable appliance testing) before you plug in the pump.\n";

    #[test]
    fn what_sets_a_document_apart_is_a_term_with_its_kind() {
        let terms = of(BOILER);
        for (name, kind) in [
            ("thermal shutdown valve", TermKind::Equipment),
            ("boiler operator", TermKind::Role),
            ("caustic soda", TermKind::Substance),
            ("shift log", TermKind::Document),
            ("PPE", TermKind::Acronym),
            ("flash steam", TermKind::Substance),
        ] {
            assert_eq!(find(&terms, name).kind, kind, "{name}");
        }
        assert_eq!(find(&terms, "PPE").expansion.as_deref(), Some("Personal Protective Equipment"));
        assert_eq!(find(&terms, "PAT").expansion.as_deref(), Some("portable appliance testing"));
        assert!(find(&terms, "flash steam").defined_in.is_some());
    }

    #[test]
    fn words_of_every_day_units_and_sentences_are_no_terms() {
        let terms = of(
            "# Rooms\n\n1. The night auditor signs the shift log after 10 seconds.\n2. Vaccines lose their strength.\n3. Call ColdCare at help@coldcare.example.\n\
             4. Use the purple board, a knife and soap for 2 litres of hot soup.\n5. Press START and incubate the tubes.\n6. Top up with R6 cleaner.\n",
        );
        let names: Vec<String> = terms.iter().map(|t| t.term.to_lowercase()).collect();
        for junk in [
            "seconds",
            "litres",
            "vaccines lose",
            "coldcare.example",
            "knife",
            "soap",
            "start",
            "purple board",
            "auditor signs",
        ] {
            assert!(!names.contains(&junk.to_owned()), "{junk}: {names:?}");
        }
        for name in ["night auditor", "shift log", "vaccines", "incubate", "r6 cleaner"] {
            assert!(names.contains(&name.to_owned()), "{name}: {names:?}");
        }
        assert_eq!(find(&terms, "R6 cleaner").kind, TermKind::Substance);
    }

    #[test]
    fn an_acronym_of_a_list_is_explained_though_its_letters_lie_inside_of_words() {
        let terms = of(
            "# Doors\n\n## Abbreviations\n\n| CCTV | closed-circuit television |\n|---|---|\n| NDA | non-disclosure agreement |\n\n## Use\n\n1. Watch the CCTV.\n",
        );
        assert_eq!(find(&terms, "CCTV").expansion.as_deref(), Some("closed-circuit television"));
    }

    #[test]
    fn one_thing_is_one_term_and_words_of_every_day_are_none() {
        let terms = of(BOILER);
        assert_eq!(terms.iter().filter(|t| t.term.to_lowercase().trim_end_matches('s') == "pressure gauge").count(), 1);
        for junk in [
            "hot condensate loses pressure",
            "forms",
            "following",
            "available",
            "start",
            "definitions",
            "step",
            "check",
            "valve slowly",
            "shutdown valve",
            "thermal",
        ] {
            assert!(!terms.iter().any(|t| t.term.eq_ignore_ascii_case(junk)), "{junk}");
        }
    }
}
