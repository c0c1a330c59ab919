//! What the reviewer is told about the order itself.

use course_format::course::QualityFlag;

use crate::engine::Brief;
use crate::engine::library::{ClauseRef, Library};
use crate::engine::plan::is_teachable;

/// How far above the learners the SOPs may be before the report says so, in levels.
const FAR: f32 = 1.5;

/// The SOPs are written far above the level of the order: possible, but it takes more explaining and more time.
pub fn below_the_sops(brief: &Brief, library: &Library) -> Option<QualityFlag> {
    let taught: Vec<ClauseRef> = library.clauses().filter(|at| is_teachable(library, *at)).collect();
    let text: Vec<&str> = taught.iter().map(|at| library.clause(*at).text.as_str()).collect();
    let terms = library.documents().iter().flat_map(|d| &d.terms).map(|t| t.term.as_str());
    let score = cefr::score(&text.join("\n"), &cefr::Exempt::new(terms)).score;
    (score - brief.level.score() > FAR).then(|| QualityFlag {
        code: "level_below_sop".to_owned(),
        place: "/course/level".to_owned(),
        detail: format!(
            "The SOPs are written at about {}; the course was ordered at {}. Its texts are shortened where that is safe, more \
             words are explained, and what must not be reworded stays as it is. Plan more time for each lesson.",
            cefr::Level::from_score(score).as_str(),
            brief.level.as_str()
        ),
    })
}

#[cfg(test)]
mod tests {
    use course_format::Level;

    use super::*;
    use crate::engine::test_sop::{brief, library};

    #[test]
    fn a_course_far_below_its_sops_says_so() {
        let library = library(
            "Solvents",
            &[
                "# Hazards",
                "- Prolonged exposure to concentrated vapours may precipitate respiratory irritation and impaired coordination.",
                "- Personnel shall ascertain the compatibility of containment materials prior to decanting corrosive substances.",
                "- Contaminated absorbents constitute hazardous waste and must be segregated pending authorised disposal.",
            ],
        );
        assert!(below_the_sops(&brief(Level::A1), &library).is_some());
        assert!(below_the_sops(&brief(Level::C1), &library).is_none());
    }
}
