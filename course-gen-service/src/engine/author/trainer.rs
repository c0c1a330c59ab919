//! The trainer's page: time, critical clauses word for word, concept questions, a role-play with its checklist.

use course_format::Level;
use course_format::course::{Proven, Relation};
use course_format::sop::ClauseKind;

use super::{Assignment, Topic, dialogue};
use crate::engine::english::About;
use crate::engine::english::text::{capitalise, sentence};
use crate::engine::english::{adjunct, question};
use crate::engine::facts::{self, Fact};
use crate::engine::outline::is_critical;

/// Notes in the order in which a trainer needs them.
pub fn write(assignment: &Assignment<'_>, facts: &[Fact]) -> Vec<Proven> {
    let mut notes = vec![Proven::language(timing(assignment.brief.level))];
    notes.extend(critical(assignment));
    notes.extend(concept_questions(assignment, facts));
    notes.extend(dialogue::write(assignment, facts));
    notes.extend(role_play(assignment));
    notes.extend(see_also(assignment));
    notes.push(Proven::language(
        "If your workplace does something differently, write it down and report it. Do not correct the SOP in class.",
    ));
    notes
}

fn timing(level: Level) -> &'static str {
    match level {
        Level::A1 | Level::A2 => {
            "Timing, 50 minutes: warm-up 5, vocabulary 10, reading 8, language work 8, controlled speaking 9, role-play 7, feedback 3."
        }
        Level::B1 => {
            "Timing, 50 minutes: warm-up 5, vocabulary 8, reading 9, language work 7, controlled speaking 8, role-play 10, feedback 3."
        }
        Level::B2 | Level::C1 | Level::C2 => {
            "Timing, 50 minutes: warm-up 5, vocabulary 5, reading 10, language work 5, controlled speaking 6, role-play 15, feedback 4."
        }
    }
}

fn critical(assignment: &Assignment<'_>) -> Vec<Proven> {
    let library = assignment.library;
    let clauses: Vec<_> = assignment.lesson.clauses.iter().filter(|at| is_critical(library, **at)).take(6).collect();
    if clauses.is_empty() {
        return Vec::new();
    }
    let mut out = vec![Proven::language("These clauses are critical. Read them aloud, word for word:")];
    out.extend(clauses.into_iter().map(|at| library.quote(*at)));
    out
}

/// Questions with a short answer from the SOP, to be asked while the class reads.
fn concept_questions(assignment: &Assignment<'_>, facts: &[Fact]) -> Vec<Proven> {
    let library = assignment.library;
    let mut seen = Vec::new();
    let mut out = Vec::new();
    for action in facts::actions(library, facts) {
        let Some(found) = adjunct::split(&action.phrase) else { continue };
        if seen.contains(&found.wh) || found.wh == adjunct::Wh::HowMuch || facts::has_pronoun(&found.answer) {
            continue;
        }
        let asked = question::about(&found, About::You, assignment.brief.level);
        let context = action.context.as_ref().map(|c| format!("{c} ")).unwrap_or_default();
        let text = format!("Ask: “{context}{asked}” Answer: “{}”", sentence(&capitalise(&found.answer)));
        let provenance = vec![library.prove_part(action.at, &action.source)];
        seen.push(found.wh);
        out.push(Proven { text, relation: Relation::Compress, provenance });
        if out.len() == 3 {
            break;
        }
    }
    out
}

fn role_play(assignment: &Assignment<'_>) -> Vec<Proven> {
    let Assignment { library, lesson, .. } = *assignment;
    let steps: Vec<_> = lesson
        .clauses
        .iter()
        .filter(|at| matches!(library.kind(**at), ClauseKind::Step | ClauseKind::Rule))
        .filter(|at| library.step(**at).is_none_or(|(_, s)| s.number.len() == 1))
        .take(10)
        .collect();
    if steps.len() < 3 {
        return Vec::new();
    }
    let topic = Topic::of(&lesson.topic, &library.documents()[lesson.document].text).after_for();
    let brief = format!(
        "Role-play: learner A is new and asks what to do; learner B, who knows the work, explains {topic}. Then they change roles. Tick what B says:"
    );
    let mut out = vec![Proven::language(brief)];
    out.extend(steps.into_iter().map(|at| library.quote(*at)));
    out
}

fn see_also(assignment: &Assignment<'_>) -> Vec<Proven> {
    let library = assignment.library;
    let mut out = Vec::new();
    for at in assignment.related.iter().take(3) {
        if out.is_empty() {
            out.push(Proven::language("The SOPs say more about this in other places:"));
        }
        out.push(library.quote(*at));
    }
    out
}
