//! Lines into sentences: what readers from B1 on are given is a text, not a list. Neighbours that belong to one list are
//! joined where the lock lets them. Bans keep a "not" of their own, limits a main clause of their own.

use std::collections::HashMap;

use course_format::Level;
use course_format::course::{LineRole, Proven, ReadingLine, Relation};
use course_format::sop::{ClauseKind, Modality};

use crate::engine::english::sentence::sentences;
use crate::engine::english::text::{overlap, sentence, stems, word_count};
use crate::engine::library::{ClauseRef, Library, Polarity};
use crate::engine::outline::is_critical;
use crate::engine::rewrite::{self, Bond, Joint};

type Line = (ClauseRef, ReadingLine);

/// The lines of a lesson, with every way to join neighbours that passes.
pub struct Loom<'a> {
    library: &'a Library,
    lines: &'a [Line],
    /// By the first line and the number of lines.
    joined: HashMap<(usize, usize), Vec<rewrite::Way>>,
}

impl<'a> Loom<'a> {
    pub fn of(library: &'a Library, lines: &'a [Line], level: Level) -> Self {
        let most = if level == Level::B1 { 2 } else { 3 };
        let mut joined = HashMap::new();
        for at in 0..lines.len() {
            for n in 2..=most {
                let Some(part) = lines.get(at..at + n) else { break };
                let ways = together(library, part, level);
                if !ways.is_empty() {
                    joined.insert((at, n), ways);
                }
            }
        }
        Self { library, lines, joined }
    }

    /// The text whose sentences have about so many words.
    pub fn woven(&self, words: usize) -> Vec<ReadingLine> {
        let mut out: Vec<ReadingLine> = Vec::new();
        let mut had: Vec<Joint> = Vec::new();
        let mut at = 0;
        for n in self.cuts(words) {
            let (_, first) = &self.lines[at];
            let mut line = match self.joined.get(&(at, n)) {
                Some(ways) => self.line(at, n, chosen(ways, &mut had, words)),
                None => first.clone(),
            };
            if let Some(led) = self.led(at, n, &line, &out) {
                line.text = Proven { relation: Relation::Compress, text: led, ..line.text };
            }
            out.push(line);
            at += n;
        }
        out
    }

    /// How many lines each sentence takes: the cheapest way through the lesson, found from its end.
    fn cuts(&self, words: usize) -> Vec<usize> {
        let count = self.lines.len();
        let mut best: Vec<(f32, usize)> = vec![(0.0, 0); count + 1];
        for at in (0..count).rev() {
            let single = length_cost(&self.lines[at].1.text.text, words) + best[at + 1].0;
            best[at] = (single, 1);
            for n in 2..=3 {
                let Some(ways) = self.joined.get(&(at, n)) else { continue };
                let least = ways.iter().map(|w| cost(w, words)).fold(f32::INFINITY, f32::min);
                let cost = least + self.strangeness(at, n) + best[at + n].0;
                if cost < best[at].0 - f32::EPSILON {
                    best[at] = (cost, n);
                }
            }
        }
        let mut out = Vec::new();
        let mut at = 0;
        while at < count {
            out.push(best[at].1);
            at += best[at].1;
        }
        out
    }

    /// What is about different things is better said apart; steps belong together by their order.
    fn strangeness(&self, at: usize, n: usize) -> f32 {
        if is_ordered(self.library, self.lines[at].0) {
            return 0.0;
        }
        let words = |i: usize| stems(&self.lines[i].1.text.text);
        let strange = (at + 1..at + n).filter(|i| overlap(&words(i - 1), &words(*i)) == 0.0).count();
        0.15 * strange as f32
    }

    fn line(&self, at: usize, n: usize, text: String) -> ReadingLine {
        let lines = &self.lines[at..at + n];
        let (_, first) = &lines[0];
        let labels: Vec<&str> = lines.iter().filter_map(|(_, l)| l.label.as_deref()).collect();
        let warned = lines.iter().any(|(_, l)| l.role == LineRole::Warning);
        let inferred = lines.iter().any(|(_, l)| l.text.relation == Relation::Infer);
        ReadingLine {
            id: first.id,
            label: (labels.len() == lines.len() || warned && !labels.is_empty()).then(|| labels.join(", ")),
            role: if warned { LineRole::Warning } else { first.role },
            text: Proven {
                text,
                relation: if inferred { Relation::Infer } else { Relation::Compress },
                provenance: lines.iter().flat_map(|(_, l)| l.text.provenance.clone()).collect(),
            },
        }
    }

    /// A word that leads on from the step before: in every second sentence of a procedure, and in its last one.
    fn led(&self, at: usize, n: usize, line: &ReadingLine, out: &[ReadingLine]) -> Option<String> {
        let (library, lines) = (self.library, self.lines);
        let (clause, own) = &lines[at];
        let (before_at, before) = lines.get(at.checked_sub(1)?)?;
        let goes_on = is_ordered(library, *clause)
            && own.role == LineRole::Step
            && is_plain(library, *clause, own)
            && bond(library, *before_at, *clause) == Some(Bond::Steps)
            && kind(before) == Some(Kind::Step);
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
}

/// The wording that is cheapest after the ones before it.
fn chosen(ways: &[rewrite::Way], had: &mut Vec<Joint>, words: usize) -> String {
    let again = |joint: Joint| match had.iter().rev().position(|j| *j == joint) {
        Some(0) => 0.8,
        Some(1) => 0.4,
        Some(2) => 0.15,
        _ => 0.0,
    };
    let price = |way: &rewrite::Way| cost(way, words) + again(way.joint);
    let best = ways.iter().min_by(|a, b| price(a).total_cmp(&price(b)));
    had.extend(best.map(|w| w.joint));
    best.map_or_else(String::new, |w| w.text.clone())
}

fn cost(way: &rewrite::Way, words: usize) -> f32 {
    let stiff = match way.joint {
        Joint::Having => 0.2,
        Joint::Semicolon => 0.15,
        Joint::Then => 0.1,
        _ => 0.0,
    };
    stiff + length_cost(&way.text, words)
}

/// How far the sentences are from the length that is wanted, each for as many words as it has.
fn length_cost(text: &str, words: usize) -> f32 {
    let cost = |count: usize| {
        let share = count.max(1) as f32 / words as f32;
        share * share.ln().abs()
    };
    sentences(text).iter().map(|(_, s)| cost(word_count(s))).sum()
}

/// The ways to say neighbours of one list in one line that rests on all of their clauses.
fn together(library: &Library, lines: &[Line], level: Level) -> Vec<rewrite::Way> {
    let first_at = lines[0].0;
    let bonds: Option<Vec<Bond>> = lines.windows(2).map(|pair| bond(library, pair[0].0, pair[1].0)).collect();
    let Some(bond) = bonds.and_then(|b| b.iter().all(|one| *one == b[0]).then(|| b[0])) else { return Vec::new() };
    let kinds: Option<Vec<Kind>> = lines.iter().map(|(_, line)| kind(line)).collect();
    let bond = match kinds.as_deref() {
        Some(kinds) if kinds.iter().all(|k| *k == kinds[0]) => bond,
        Some([a, b]) if level >= Level::B2 && [a, b].contains(&&Kind::Warning) => Bond::Warned,
        _ => return Vec::new(),
    };
    if !lines.iter().all(|(at, line)| is_plain(library, *at, line)) {
        return Vec::new();
    }
    let texts: Vec<String> = lines.iter().map(|(_, l)| sentence(&l.text.text)).collect();
    let parts =
        texts.iter().zip(lines).map(|(text, (at, _))| rewrite::Part { text, critical: is_critical(library, *at) });
    let parts: Vec<rewrite::Part<'_>> = parts.collect();
    // What was inferred from an entry and its heading is compared with itself.
    let quotes = lines.iter().zip(&texts).map(|((at, line), text)| match line.text.relation {
        Relation::Infer => text.as_str(),
        _ => library.clause(*at).text.as_str(),
    });
    let quotes: Vec<&str> = quotes.collect();
    rewrite::joined(&parts, &quotes, bond, level, &library.document(first_at).text)
}

fn is_ordered(library: &Library, at: ClauseRef) -> bool {
    library.step(at).is_some_and(|(p, _)| p.ordered)
}

fn is_plain(library: &Library, at: ClauseRef, line: &ReadingLine) -> bool {
    let warns = kind(line) == Some(Kind::Warning);
    let told = matches!(library.kind(at), ClauseKind::Fact | ClauseKind::TableRow);
    let sentence =
        line.role != LineRole::Text || told && line.text.text.ends_with('.') && !line.text.text.contains('|');
    sentence
        && (warns || library.clause(at).modality != Modality::MustNot)
        && !library.is_disputed(at)
        && library.polarity(at).is_none_or(|p| p == Polarity::Required || warns && p == Polarity::Forbidden)
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Kind {
    Step,
    Said,
    Warning,
}

fn kind(line: &ReadingLine) -> Option<Kind> {
    match line.role {
        LineRole::Step => Some(Kind::Step),
        LineRole::Rule | LineRole::Text => Some(Kind::Said),
        LineRole::Warning => Some(Kind::Warning),
        LineRole::Heading => None,
    }
}

/// How two clauses that follow each other in a lesson belong together, if they do.
fn bond(library: &Library, a: ClauseRef, b: ClauseRef) -> Option<Bond> {
    if library.clause(a).section != library.clause(b).section {
        return None;
    }
    let number = |at: ClauseRef| library.step(at).map(|(_, s)| s.number.clone()).unwrap_or_default();
    let (one, other) = (number(a), number(b));
    let (Some((own, parent)), Some((next, next_parent))) = (one.split_last(), other.split_last()) else {
        return (one.is_empty() && other.is_empty()).then_some(Bond::Points);
    };
    if is_ordered(library, a) && next_parent == one.as_slice() && *next == 1 {
        return Some(Bond::Branch);
    }
    let bond = if is_ordered(library, a) { Bond::Steps } else { Bond::Points };
    (parent == next_parent && *next == own + 1).then_some(bond)
}

/// Whether the sentence begins with a word that leads on from the one before it.
pub fn leads_on(text: &str) -> bool {
    CUES.iter().any(|cue| text.starts_with(cue))
}

const CUES: [&str; 4] = ["Next,", "After that,", "Then", "Finally,"];
