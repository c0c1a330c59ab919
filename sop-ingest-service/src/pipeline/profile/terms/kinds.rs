//! What kind of thing a term names, by its last word.

use course_format::sop::TermKind;

use crate::pipeline::words::{is_document_word, is_equipment_word, is_role, is_substance_word};

pub fn of(term: &str, acronym: bool) -> TermKind {
    if acronym {
        return TermKind::Acronym;
    }
    let lower = term.to_lowercase();
    if lower.ends_with("cleaner") && lower.contains(' ') {
        let machine = ["vacuum", "steam", "pressure", "carpet"].iter().any(|name| lower.contains(name));
        let product = term.contains(|c: char| c.is_ascii_digit())
            || ["glass", "oven", "toilet", "surface", "drain", "floor", "bathroom", "purpose"]
                .iter()
                .any(|n| lower.contains(n));
        if machine || product {
            return if machine { TermKind::Equipment } else { TermKind::Substance };
        }
    }
    if is_role(term) {
        return TermKind::Role;
    }
    let last = term.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    let lemma = cefr::lemma(&last);
    let any = |is: fn(&str) -> bool| is(&last) || is(&lemma);
    if any(is_document_word) {
        TermKind::Document
    } else if any(is_equipment_word) {
        TermKind::Equipment
    } else if any(is_substance_word) {
        TermKind::Substance
    } else {
        TermKind::Other
    }
}
