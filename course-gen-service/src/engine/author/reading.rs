//! The text of the lesson at the learners' level, each warning beside its step: every clause in words that the lock has
//! passed, or in the SOP's own.

mod task;
#[cfg(test)]
mod tests;
mod weave;

use std::collections::HashSet;

use course_format::Level;
use course_format::course::{LineRole, Proven, Reading, ReadingLine, Relation, VocabularyEntry};
use course_format::sop::ClauseKind;
use uuid::Uuid;

pub use weave::leads_on;

use super::gloss;
use crate::engine::english::parse::{Form, parse};
use crate::engine::library::{ClauseRef, Library, Polarity};
use crate::engine::lock;
use crate::engine::outline::{LessonPlan, is_critical};
use crate::engine::repair;
use crate::engine::rewrite::{self, Context};

/// The clauses of the lesson at a level, with the meanings of the words above it and a task before and after it.
///
/// There are several wordings: with the operations of the level or of the one below, as single lines or woven into longer
/// sentences. The one nearest to the level is taken.
pub fn write(library: &Library, lesson: &LessonPlan, level: Level, vocabulary: &[VocabularyEntry]) -> Reading {
    let terms = approved_words(library, vocabulary);
    let quoted = quoted(library, lesson);
    let mut texts: Vec<Vec<ReadingLine>> = Vec::new();
    for operations in operations_for(level) {
        let lines = worded(library, &quoted, operations, &terms);
        if level >= Level::B1 {
            let loom = weave::Loom::of(library, &lines, level);
            texts.extend(words_wanted(level).iter().map(|words| loom.woven(*words)));
        }
        texts.push(lines.into_iter().map(|(_, line)| line).collect());
    }
    texts.dedup();
    let mut best: Option<(f32, Reading)> = None;
    for lines in texts {
        let text: Vec<&str> = lines.iter().map(|l| l.text.text.as_str()).collect();
        let glosses = gloss::write(library, &text.join("\n"), level, vocabulary);
        let reading = Reading { title: lesson.title.clone(), lines, glosses, ..Reading::default() };
        let cost = repair::distance(library, &reading, vocabulary, level);
        if best.as_ref().is_none_or(|(least, _)| cost < *least - f32::EPSILON) {
            best = Some((cost, reading));
        }
    }
    let mut reading =
        best.map_or_else(|| Reading { title: lesson.title.clone(), ..Reading::default() }, |(_, reading)| reading);
    gloss::support(library, &mut reading, level, vocabulary);
    task::set(&mut reading, lesson, level, &library.documents()[lesson.document].text);
    reading
}

/// Words of the sentences that are tried, short ones first: a text is joined as far as its level asks for, and no further.
fn words_wanted(level: Level) -> &'static [usize] {
    match level {
        Level::A1 | Level::A2 => &[],
        Level::B1 => &[13],
        Level::B2 => &[15, 19, 23],
        Level::C1 | Level::C2 => &[18, 22, 27],
    }
}

/// The level's own operations first; where they leave a text too hard, those of the level below.
fn operations_for(level: Level) -> Vec<Level> {
    match level {
        Level::A1 => vec![Level::A1],
        Level::A2 => vec![Level::A2, Level::A1],
        Level::B1 => vec![Level::B1, Level::A2],
        Level::B2 => vec![Level::B2, Level::B1],
        Level::C1 | Level::C2 => vec![level, Level::B2],
    }
}

/// Every clause in the words of a level, or in the SOP's own.
fn worded(
    library: &Library,
    quoted: &[(ClauseRef, ReadingLine)],
    level: Level,
    terms: &[String],
) -> Vec<(ClauseRef, ReadingLine)> {
    let mut lines = quoted.to_vec();
    for (at, line) in &mut lines {
        if let Some(ban) = under_a_ban(library, *at) {
            line.text = ban;
        } else if let Some(text) = wording(library, *at, level, terms) {
            line.text = Proven { text, relation: Relation::Compress, provenance: vec![library.prove(*at)] };
        }
    }
    if level >= Level::C1 {
        vary_conditions(library, &mut lines, terms);
    }
    without_table_heads(quoted, library, lines)
}

/// "Should the seal be broken, ..." is good once: the next condition begins with "if" again.
fn vary_conditions(library: &Library, lines: &mut [(ClauseRef, ReadingLine)], terms: &[String]) {
    let mut inverted = false;
    for (at, line) in lines {
        let again = inverted && line.text.text.contains("Should ");
        if let Some(text) = wording(library, *at, Level::B2, terms).filter(|_| again) {
            line.text.text = text;
        } else if again {
            line.text = library.quote(*at);
        }
        let text = &line.text.text;
        inverted = text.contains("Should ") || inverted && !text.starts_with("If ") && !text.contains(", and if ");
    }
}

/// An entry of a list under the heading "Do not", which by itself would tell readers to do what they must not.
fn under_a_ban(library: &Library, at: ClauseRef) -> Option<Proven> {
    let heading = heading_of(library, at).filter(|h| *h != at)?;
    let title = library.clause(heading).text.trim_end_matches([':', '.', ' ']).to_lowercase();
    let entry = library.clause(at).text.trim_end_matches(['.', ';', ',']);
    // "Do not run." under "Do not" forbids by itself.
    if ["do not ", "don't ", "don’t ", "never "].iter().any(|ban| entry.to_lowercase().starts_with(ban)) {
        return None;
    }
    let opener = match title.as_str() {
        "do not" | "don't" | "don’t" => "Do not",
        "never" => "Never",
        _ => return None,
    };
    let text = format!("{opener} {}.", lower_first_letter(entry));
    // As two sentences the heading would forbid nothing and the entry would be an order: they are read as one.
    let said = format!("{opener} {entry}");
    let sound = matches!(parse(&text), Form::DoNot(_)) && lock::check(&[&said], &text).is_empty();
    (sound && !library.is_disputed(at)).then(|| Proven {
        text,
        relation: Relation::Infer,
        provenance: vec![library.prove(at), library.prove(heading)],
    })
}

fn lower_first_letter(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// A table whose rows have all become sentences has lost its head; one of which a row stays a row stays a table.
fn without_table_heads(
    quoted: &[(ClauseRef, ReadingLine)],
    library: &Library,
    mut lines: Vec<(ClauseRef, ReadingLine)>,
) -> Vec<(ClauseRef, ReadingLine)> {
    let is_row = |at: &ClauseRef| library.kind(*at) == ClauseKind::TableRow;
    let mut heads = HashSet::new();
    let mut at = 0;
    while at < lines.len() {
        let rows = lines[at..].iter().take_while(|(clause, _)| is_row(clause)).count();
        let table = at..at + rows;
        let told = lines[at..at + rows].iter().filter(|(_, line)| line.text.relation == Relation::Compress).count();
        if rows >= 2 && told + 1 == rows && lines[at].1.text.relation == Relation::Quote {
            heads.insert(at);
        } else if told > 0 && told < rows {
            lines[table.clone()].clone_from_slice(&quoted[table]);
        }
        at += rows.max(1);
    }
    lines.into_iter().enumerate().filter(|(at, _)| !heads.contains(at)).map(|(_, line)| line).collect()
}

/// Every wording of one clause that the rules have for these learners, the easiest but one first, the SOP's own last.
pub fn wordings(library: &Library, at: ClauseRef, level: Level, vocabulary: &[VocabularyEntry]) -> Vec<Proven> {
    let terms = approved_words(library, vocabulary);
    let said = operations_for(level).into_iter().filter_map(|operations| wording(library, at, operations, &terms));
    let proven = said.map(|text| Proven { text, relation: Relation::Compress, provenance: vec![library.prove(at)] });
    proven.chain([library.quote(at)]).collect()
}

/// The clause in other words; nothing for what must stand as the SOP writes it: headings, tables, definitions, lists of
/// things, and clauses that contradict each other.
fn wording(library: &Library, at: ClauseRef, level: Level, terms: &[String]) -> Option<String> {
    let fixed = matches!(library.kind(at), ClauseKind::Heading | ClauseKind::Definition);
    let listed = matches!(library.polarity(at), Some(Polarity::Allowed | Polarity::NotAllowed));
    if fixed || listed || library.is_disputed(at) {
        return None;
    }
    let document = &library.document(at).text;
    if library.kind(at) == ClauseKind::TableRow {
        return rewrite::row(&library.clause(at).text, document);
    }
    let context = Context { level, document, terms, critical: is_critical(library, at) };
    rewrite::rewrite(&library.clause(at).text, &context).map(|r| r.text)
}

/// Every word of the terms that stay as the client writes them, in small letters.
fn approved_words(library: &Library, vocabulary: &[VocabularyEntry]) -> Vec<String> {
    let approved = library.documents().iter().flat_map(|d| &d.terms).map(|t| t.term.as_str());
    let named =
        vocabulary.iter().filter(|v| v.kind == course_format::course::VocabularyKind::Term).map(|v| v.term.as_str());
    approved.chain(named).flat_map(|t| t.split([' ', '-'])).map(str::to_lowercase).collect()
}

/// The clauses of the lesson as lines, in the SOP's words.
fn quoted(library: &Library, lesson: &LessonPlan) -> Vec<(ClauseRef, ReadingLine)> {
    let mut lines = Vec::new();
    let mut done: HashSet<ClauseRef> = HashSet::new();
    for at in in_teaching_order(library, &lesson.clauses) {
        let heading = heading_of(library, at);
        if let Some(heading) = heading.filter(|h| !done.contains(h) && library.polarity(at).is_some()) {
            done.insert(heading);
            lines.push((heading, line(library, lesson, heading)));
        }
        let is_title = library.kind(at) == ClauseKind::Heading && same_words(&library.clause(at).text, &lesson.title);
        if done.insert(at) && !is_title {
            lines.push((at, line(library, lesson, at)));
        }
    }
    while lines.last().is_some_and(|(_, l)| l.role == LineRole::Heading) {
        lines.pop();
    }
    lines
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
    // Two SOPs may have the same clause, by the same name.
    let foreign = lesson.clauses.first().is_some_and(|first| first.document != at.document);
    let name =
        if foreign { format!("{}/{}", library.document(at).document_id, clause.id) } else { clause.id.to_string() };
    let id = Uuid::new_v5(&lesson.id, format!("line/{name}").as_bytes());
    ReadingLine { id, label, role, text: library.quote(at) }
}

fn same_words(a: &str, b: &str) -> bool {
    let words = |t: &str| t.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    words(a) == words(b)
}
