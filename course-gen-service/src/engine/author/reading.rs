//! The text of the lesson: the SOP's own words, each warning beside its step.

use std::collections::HashSet;

use course_format::course::{LineRole, Reading, ReadingLine};
use course_format::sop::ClauseKind;
use uuid::Uuid;

use crate::engine::library::{ClauseRef, Library};
use crate::engine::outline::LessonPlan;

/// The clauses of the lesson as lines.
pub fn write(library: &Library, lesson: &LessonPlan) -> Reading {
    let mut lines = Vec::new();
    let mut done: HashSet<ClauseRef> = HashSet::new();
    for at in in_teaching_order(library, &lesson.clauses) {
        let heading = heading_of(library, at);
        if let Some(heading) = heading.filter(|h| !done.contains(h) && library.polarity(at).is_some()) {
            done.insert(heading);
            lines.push(line(library, lesson, heading));
        }
        let is_title = library.kind(at) == ClauseKind::Heading && same_words(&library.clause(at).text, &lesson.title);
        if done.insert(at) && !is_title {
            lines.push(line(library, lesson, at));
        }
    }
    while lines.last().is_some_and(|l| l.role == LineRole::Heading) {
        lines.pop();
    }
    Reading { title: lesson.title.clone(), lines, glosses: Vec::new() }
}

/// Document order, but warnings that belong to a step come straight after it, wherever the document prints them.
fn in_teaching_order(library: &Library, clauses: &[ClauseRef]) -> Vec<ClauseRef> {
    let attached: HashSet<ClauseRef> = clauses.iter().flat_map(|at| warnings_of(library, *at)).collect();
    let mut out = Vec::new();
    for at in clauses.iter().filter(|at| !attached.contains(at)) {
        out.push(*at);
        out.extend(warnings_of(library, *at));
    }
    out
}

fn warnings_of(library: &Library, at: ClauseRef) -> Vec<ClauseRef> {
    let Some((_, step)) = library.step(at) else { return Vec::new() };
    step.warnings.iter().filter_map(|id| library.find(at.document, &id.0)).filter(|w| *w != at).collect()
}

fn heading_of(library: &Library, at: ClauseRef) -> Option<ClauseRef> {
    let path = &library.clause(at).section;
    let section = library.document(at).sections.iter().find(|s| s.path == *path)?;
    library.find(at.document, &section.heading.as_ref()?.0)
}

fn line(library: &Library, lesson: &LessonPlan, at: ClauseRef) -> ReadingLine {
    let clause = library.clause(at);
    let number = library
        .step(at)
        .filter(|(p, _)| p.ordered)
        .map(|(_, s)| s.number.iter().map(u32::to_string).collect::<Vec<_>>().join("."));
    let role = match library.kind(at) {
        ClauseKind::Heading => LineRole::Heading,
        ClauseKind::Warning => LineRole::Warning,
        ClauseKind::Step => LineRole::Step,
        ClauseKind::Rule => LineRole::Rule,
        ClauseKind::Definition | ClauseKind::Fact | ClauseKind::TableRow => LineRole::Text,
    };
    let label = if role == LineRole::Heading { None } else { number.or_else(|| clause.label.clone()) };
    let id = Uuid::new_v5(&lesson.id, format!("line/{}", clause.id).as_bytes());
    ReadingLine { id, label, role, text: library.quote(at) }
}

fn same_words(a: &str, b: &str) -> bool {
    let words = |t: &str| t.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    words(a) == words(b)
}
