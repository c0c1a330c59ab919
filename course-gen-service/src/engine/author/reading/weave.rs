//! Lines into sentences: what readers from B1 on are given is a text, not a list. Neighbours that belong to one list are
//! joined where the lock lets them. Bans and warnings keep a sentence of their own, limits a main clause of their own.

use course_format::Level;
use course_format::course::{LineRole, Proven, ReadingLine, Relation};
use course_format::sop::{ClauseKind, Modality};

use crate::engine::english::text::sentence;
use crate::engine::library::{ClauseRef, Library, Polarity};
use crate::engine::outline::is_critical;
use crate::engine::rewrite;

/// The lines with their neighbours joined.
pub fn woven(library: &Library, lines: &[(ClauseRef, ReadingLine)], level: Level) -> Vec<ReadingLine> {
    let most = if level == Level::B1 { 2 } else { 3 };
    let mut out: Vec<ReadingLine> = Vec::new();
    let (mut at, mut turn) = (0, 0);
    while at < lines.len() {
        let taken = (2..=most).rev().find_map(|n| Some((n, together(library, lines.get(at..at + n)?, level, turn)?)));
        let (n, mut line) = taken.unwrap_or_else(|| (1, lines[at].1.clone()));
        let single = n == 1;
        turn += usize::from(!single);
        if let Some(led) = led(library, lines, at, n, &line, &out) {
            line.text = Proven { relation: Relation::Compress, text: led, ..line.text };
        }
        out.push(line);
        at += n;
    }
    out
}

/// Neighbours of one list as one line that rests on all of their clauses.
fn together(library: &Library, lines: &[(ClauseRef, ReadingLine)], level: Level, turn: usize) -> Option<ReadingLine> {
    let (first_at, first) = lines.first()?;
    let ordered = is_ordered(library, *first_at);
    if !lines.windows(2).all(|pair| next_to(library, pair[0].0, pair[1].0))
        || !lines.iter().all(|(at, line)| is_plain(library, *at, line) && alike(library, *first_at, *at, first, line))
    {
        return None;
    }
    let texts: Vec<String> = lines.iter().map(|(_, l)| sentence(&l.text.text)).collect();
    let limit = |at: ClauseRef| is_critical(library, at);
    let parts = texts.iter().zip(lines).map(|(text, (at, _))| rewrite::Part { text, critical: limit(*at) });
    let parts: Vec<rewrite::Part<'_>> = parts.collect();
    let quotes: Vec<&str> = lines.iter().map(|(at, _)| library.clause(*at).text.as_str()).collect();
    let document = &library.document(*first_at).text;
    let text = rewrite::join(&parts, &quotes, ordered, level, document, turn)?;
    let labels: Vec<&str> = lines.iter().filter_map(|(_, l)| l.label.as_deref()).collect();
    Some(ReadingLine {
        id: first.id,
        label: (labels.len() == lines.len()).then(|| labels.join(", ")),
        role: first.role,
        text: Proven {
            text,
            relation: Relation::Compress,
            provenance: lines.iter().map(|(at, _)| library.prove(*at)).collect(),
        },
    })
}

fn is_ordered(library: &Library, at: ClauseRef) -> bool {
    library.step(at).is_some_and(|(p, _)| p.ordered)
}

fn is_plain(library: &Library, at: ClauseRef, line: &ReadingLine) -> bool {
    let said = matches!(line.role, LineRole::Step | LineRole::Rule)
        || line.role == LineRole::Text && library.kind(at) == ClauseKind::Fact && line.text.text.ends_with('.');
    said && library.clause(at).modality != Modality::MustNot
        && !library.is_disputed(at)
        && library.polarity(at).is_none_or(|p| p == Polarity::Required)
}

/// Of one section, one list and one kind.
fn alike(library: &Library, a: ClauseRef, b: ClauseRef, first: &ReadingLine, line: &ReadingLine) -> bool {
    let parent = |at: ClauseRef| library.step(at).and_then(|(_, s)| s.number.split_last().map(|(_, p)| p.to_vec()));
    let kind = |l: &ReadingLine| l.role == LineRole::Step;
    kind(line) == kind(first) && library.clause(a).section == library.clause(b).section && parent(a) == parent(b)
}

/// Whether the second step follows the first with no step between them.
fn next_to(library: &Library, a: ClauseRef, b: ClauseRef) -> bool {
    let number = |at: ClauseRef| library.step(at).and_then(|(_, s)| s.number.last().copied());
    match (number(a), number(b)) {
        (Some(a), Some(b)) => b == a + 1,
        _ => true,
    }
}

/// A word that leads on from the step before: in every second sentence of a procedure, and in its last one.
fn led(
    library: &Library,
    lines: &[(ClauseRef, ReadingLine)],
    at: usize,
    n: usize,
    line: &ReadingLine,
    out: &[ReadingLine],
) -> Option<String> {
    let (clause, own) = &lines[at];
    let (before_at, before) = lines.get(at.checked_sub(1)?)?;
    let goes_on = is_ordered(library, *clause)
        && own.role == LineRole::Step
        && is_plain(library, *clause, own)
        && next_to(library, *before_at, *clause)
        && alike(library, *before_at, *clause, before, own);
    if !goes_on {
        return None;
    }
    let (end, _) = lines[at + n - 1];
    let last = library.step(end).is_some_and(|(p, step)| p.steps.last() == Some(step));
    let led = |l: &&ReadingLine| leads_on(&l.text.text);
    let bare_before = out.last().is_some_and(|l| !led(&l));
    let cue = if last { "Finally," } else { CUES[out.iter().filter(led).count() % 3] };
    let quotes: Vec<&str> = line.text.provenance.iter().map(|p| p.quote.as_str()).collect();
    (last || bare_before).then(|| rewrite::lead(&sentence(&line.text.text), &quotes, cue)).flatten()
}

/// Whether the sentence begins with a word that leads on from the one before it.
pub fn leads_on(text: &str) -> bool {
    CUES.iter().any(|cue| text.starts_with(cue))
}

const CUES: [&str; 4] = ["Next,", "After that,", "Then", "Finally,"];
