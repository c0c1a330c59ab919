//! The same lesson at other levels, for a class of mixed levels: the same clauses in the same order, checked together.

use std::collections::BTreeSet;

use course_format::Level;
use course_format::course::{Dialogue, LessonVariant, Proven, Reading, Relation, VocabularyEntry};
use course_format::sop::ClauseId;
use uuid::Uuid;

use super::{Assignment, dialogue, reading};
use crate::engine::Brief;
use crate::engine::lock;

/// One variant for every level that was asked for, besides the course's own. A text that does not say what the lesson's own
/// says is left out; the report names it.
pub fn write(
    assignment: &Assignment<'_>,
    own: &Reading,
    talk: Option<&Dialogue>,
    vocabulary: &[VocabularyEntry],
) -> Vec<LessonVariant> {
    let Assignment { brief, library, lesson, .. } = *assignment;
    let variants = levels(brief).into_iter().map(|level| {
        let mut reading = reading::write(library, lesson, level, vocabulary);
        for line in &mut reading.lines {
            line.id = at_level(line.id, level);
        }
        let dialogue = talk.and_then(|own| spoken(assignment, &reading, own, level));
        LessonVariant { level, reading, dialogue }
    });
    variants.filter(|variant| agrees(own, &variant.reading)).collect()
}

/// The levels that were asked for besides the course's own.
pub fn levels(brief: &Brief) -> BTreeSet<Level> {
    brief.variants.iter().copied().filter(|level| *level != brief.level).collect()
}

fn at_level(id: Uuid, level: Level) -> Uuid {
    Uuid::new_v5(&id, level.as_str().as_bytes())
}

/// The dialogue at the level, if it is about the same clauses.
fn spoken(assignment: &Assignment<'_>, reading: &Reading, own: &Dialogue, level: Level) -> Option<Dialogue> {
    let brief = Brief { level, variants: Vec::new(), ..assignment.brief.clone() };
    let about = |d: &Dialogue| -> BTreeSet<ClauseId> {
        d.turns.iter().flat_map(|t| &t.text.provenance).map(|p| p.clause_id.clone()).collect()
    };
    let kept = |other: &Dialogue| {
        other.turns.iter().all(|turn| {
            let quotes: Vec<&str> = turn.text.provenance.iter().map(|p| p.quote.as_str()).collect();
            turn.text.relation != Relation::Compress
                || lock::check_part(&quotes, lock::claimed(&turn.text.text)).is_empty()
        })
    };
    let all = dialogue::all(&Assignment { brief: &brief, ..*assignment }, reading);
    let mut same: Vec<Dialogue> = all.into_iter().filter(|other| kept(other) && about(other) == about(own)).collect();
    same.sort_by_key(|other| other.title != own.title);
    let mut other = same.into_iter().next()?;
    other.id = at_level(other.id, level);
    for turn in &mut other.turns {
        turn.id = at_level(turn.id, level);
    }
    Some(other)
}

/// Both rest on the same clauses in the same order, and every line of the variant says what its clauses say. The sentences
/// that lead the reader claim nothing.
fn agrees(own: &Reading, other: &Reading) -> bool {
    let kept = |text: &Proven| {
        let quotes: Vec<&str> = text.provenance.iter().map(|p| p.quote.as_str()).collect();
        text.relation != Relation::Compress || lock::check(&quotes, &text.text).is_empty()
    };
    clauses(own) == clauses(other) && other.lines.iter().all(|line| kept(&line.text))
}

fn clauses(reading: &Reading) -> Vec<&ClauseId> {
    reading.lines.iter().flat_map(|l| &l.text.provenance).map(|p| &p.clause_id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::author::{Author, RulesAuthor};
    use crate::engine::test_sop::{brief, library};
    use crate::engine::verify::language::numbers;
    use crate::engine::{outline, plan};

    const LINES: [&str; 15] = [
        "# Cleaning the fryer",
        "1 Switch off the fryer and wait for 45 minutes.",
        "2 Open the valve.",
        "3 Drain the oil into the metal bucket.",
        "4 Remove the basket and clean it with hot water.",
        "5 Wipe the inside of the fryer with a dry cloth.",
        "6 Close the valve before you pour in new oil.",
        "! Never pour water into hot oil.",
        "# Rules",
        "- Personnel shall discard the oil after 7 days.",
        "- If the oil is above 60 °C, do not move the bucket.",
        "- The kitchen manager must sign the cleaning log every Friday.",
        "- Wear gloves and an apron.",
        "- Only trained staff may use the fryer.",
        "- Report a broken thermostat immediately.",
    ];

    /// Numbers, and how often something is forbidden or restricted, in what rests on the SOP.
    fn facts(reading: &Reading) -> (Vec<String>, [usize; 3]) {
        let proven = reading.lines.iter().filter(|l| !l.text.provenance.is_empty());
        let all = proven.map(|l| l.text.text.to_lowercase()).collect::<Vec<_>>().join(" ");
        (numbers(&all), ["never", " not ", "only"].map(|word| all.matches(word).count()))
    }

    #[tokio::test]
    async fn every_level_that_was_asked_for_has_the_same_facts() {
        let library = library("Fryer", &LINES);
        let mut brief = brief(Level::A2);
        brief.variants = vec![Level::A1, Level::A2, Level::B1, Level::B2, Level::C1];
        let plan = plan::plan(&library).unwrap();
        let outline = outline::outline(&brief, &library, &plan);
        let taught = BTreeSet::new();
        let mut ids = BTreeSet::new();
        let mut texts = BTreeSet::new();
        for lesson in outline.lessons() {
            let assignment = Assignment {
                brief: &brief,
                library: &library,
                lesson,
                related: &[],
                taught: &taught,
                points: &[],
                talks: &[],
            };
            let text = RulesAuthor.write(assignment).await.unwrap();
            let levels: Vec<Level> = text.variants.iter().map(|v| v.level).collect();
            assert_eq!(levels, [Level::A1, Level::B1, Level::B2, Level::C1], "{}", lesson.title);
            for variant in &text.variants {
                assert_eq!(facts(&variant.reading), facts(&text.reading), "{}", variant.level);
                assert!(variant.reading.lines.iter().all(|l| ids.insert(l.id)));
                texts.insert(variant.reading.lines.iter().map(|l| l.text.text.as_str()).collect::<String>());
            }
        }
        assert!(texts.len() > outline.lessons().count() * 2, "the levels differ");
    }
}
