//! Readings: clause by clause, in the order of the new version, in the old words where the clauses are as they were.

use std::collections::{BTreeMap, BTreeSet};

use course_format::course::{Gloss, Lesson, LineRole, Proven, Reading, ReadingLine};

use super::held::{ClauseKey, Held, key_of, named, names_any};
use crate::engine::author::leads_on;
use crate::engine::rewrite::base_form;

/// Every line of the version before, by the clause that it begins with.
pub struct Lines<'a>(BTreeMap<ClauseKey, Vec<Old<'a>>>);

/// A line, and the clauses before and after its own.
struct Old<'a> {
    line: &'a ReadingLine,
    around: [Option<ClauseKey>; 2],
}

impl<'a> Lines<'a> {
    pub fn of(lessons: &[&'a Lesson]) -> Self {
        let mut out: BTreeMap<ClauseKey, Vec<Old<'a>>> = BTreeMap::new();
        let variants = lessons.iter().flat_map(|l| l.variants.iter().map(|v| &v.reading));
        for reading in lessons.iter().map(|l| &l.reading).chain(variants) {
            let proven: Vec<&ReadingLine> = reading.lines.iter().filter(|l| !l.text.provenance.is_empty()).collect();
            for (i, line) in proven.iter().enumerate() {
                let before = i.checked_sub(1).and_then(|i| named(proven[i]).pop());
                let after = proven.get(i + 1).and_then(|l| named(*l).into_iter().next());
                if let Some(first) = named(*line).into_iter().next() {
                    out.entry(first).or_default().push(Old { line, around: [before, after] });
                }
            }
        }
        Self(out)
    }
}

/// The new reading in the old one's words. `old` is the same lesson's; its lines are tried first.
pub fn carry(
    reading: &mut Reading,
    old: Option<&Reading>,
    fresh: &BTreeSet<ClauseKey>,
    held: &Held<'_>,
    lines: &Lines<'_>,
) {
    let merged = merged(reading, old, held, lines);
    let sorted = |lines: &[ReadingLine]| {
        let mut all: Vec<ClauseKey> = lines.iter().flat_map(named).collect();
        all.sort();
        all
    };
    // Each clause once: where joined lines do not fit together, the new version's own lines stand.
    if sorted(&merged) == sorted(&reading.lines) {
        reading.lines = merged;
    }
    if let Some(old) = old {
        keep_tasks(reading, old, fresh, held);
        keep_glosses(reading, old);
    }
}

fn merged(reading: &Reading, old: Option<&Reading>, held: &Held<'_>, lines: &Lines<'_>) -> Vec<ReadingLine> {
    let sequence: Vec<ClauseKey> = reading.lines.iter().flat_map(named).collect();
    let mut done: BTreeSet<ClauseKey> = BTreeSet::new();
    let mut out = Vec::new();
    for new in &reading.lines {
        let own = named(new);
        if own.is_empty() {
            out.push(new.clone());
            continue;
        }
        for key in own.iter().filter(|key| !done.contains(*key)).cloned().collect::<Vec<_>>() {
            if done.contains(&key) {
                continue;
            }
            let line = found(&key, new, old, &sequence, held, lines).unwrap_or_else(|| new.clone());
            done.extend(named(&line));
            out.push(line);
        }
    }
    out
}

/// The old line that begins with this clause, if it stands in the same company.
fn found(
    key: &ClauseKey,
    new: &ReadingLine,
    old: Option<&Reading>,
    sequence: &[ClauseKey],
    held: &Held<'_>,
    lines: &Lines<'_>,
) -> Option<ReadingLine> {
    let own = |o: &&Old<'_>| old.is_some_and(|r| r.lines.iter().any(|l| std::ptr::eq(l, o.line)));
    let candidates = lines.0.get(key)?;
    let same_id = |o: &&Old<'_>| o.line.id == new.id;
    let best = candidates.iter().find(own).or_else(|| candidates.iter().find(same_id))?;
    let at = sequence.iter().position(|k| k == key)?;
    let clauses = named(best.line);
    let company = sequence.get(at..at + clauses.len()) == Some(&clauses);
    let around = [at.checked_sub(1).map(|i| sequence[i].clone()), sequence.get(at + clauses.len()).cloned()];
    let placed = !leads_on(&best.line.text.text) || around == best.around;
    let role = best.line.role == new.role || named(new).first() != Some(key);
    if !company || !placed || !role {
        return None;
    }
    let line = held.part(best.line)?;
    // A step that stands elsewhere has another number.
    let label = if clauses == named(new) { new.label.clone() } else { line.label.clone() };
    Some(ReadingLine { label, ..line })
}

/// A task stays for as long as what it names stands in the text, if most of the text is not new.
fn keep_tasks(reading: &mut Reading, old: &Reading, fresh: &BTreeSet<ClauseKey>, held: &Held<'_>) {
    let half = reading.lines.iter().filter(|l| names_any(*l, fresh)).count() * 2 > reading.lines.len();
    if half {
        return;
    }
    let there: BTreeSet<ClauseKey> = reading.lines.iter().flat_map(named).collect();
    let stays = |task: &Option<Proven>| {
        task.as_ref().and_then(|t| held.part(t)).filter(|t| named(t).iter().all(|key| there.contains(key)))
    };
    let (before, after) = (stays(&old.before_reading), stays(&old.after_reading));
    reading.before_reading = before.or(reading.before_reading.take());
    reading.after_reading = after.or(reading.after_reading.take());
}

/// A word that was explained stays explained for as long as it stands in the text, and in the same words; new sentences
/// bring their own.
fn keep_glosses(reading: &mut Reading, old: &Reading) {
    let forms = |text: &str| -> BTreeSet<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(base_form).collect()
    };
    let all = |lines: &[&ReadingLine]| lines.iter().flat_map(|l| forms(&l.text.text)).collect::<BTreeSet<String>>();
    let lines: Vec<&ReadingLine> = reading.lines.iter().collect();
    let known = |l: &ReadingLine| old.lines.iter().any(|o| o.text.text == l.text.text);
    let (words, new) = (all(&lines), all(&lines.iter().copied().filter(|l| !known(l)).collect::<Vec<_>>()));
    // A word that stood in no line before was one of the dialogue.
    let before = all(&old.lines.iter().collect::<Vec<_>>());
    let stays = |gloss: &&Gloss| {
        let word = forms(&gloss.word);
        word.is_subset(&words) || !word.is_subset(&before)
    };
    let mut glosses: Vec<Gloss> = old.glosses.iter().filter(stays).cloned().collect();
    let is_new = |g: &&Gloss| forms(&g.word).is_subset(&new) && !old.glosses.iter().any(|o| o.word == g.word);
    glosses.extend(reading.glosses.iter().filter(is_new).cloned());
    reading.glosses = glosses;
}

/// The lines of a text that is a choice of clauses: the old choice, and a new clause where one of it fell.
pub fn chosen(reading: &mut Reading, old: &Reading, fresh: &BTreeSet<ClauseKey>, held: &Held<'_>) {
    reading.lines = super::lessons::slots(&old.lines, &reading.lines, fresh, held);
    keep_tasks(reading, old, fresh, held);
    for line in &mut reading.lines {
        if let Some(now) = line.text.provenance.first().and_then(|p| held.find(&key_of(p))) {
            let step = held.library.step(now).filter(|(p, _)| p.ordered).map(|(_, s)| s.number.clone());
            let number = step.map(|n| n.iter().map(u32::to_string).collect::<Vec<_>>().join("."));
            let single = line.text.provenance.len() == 1 && line.role != LineRole::Heading;
            line.label = number.filter(|_| single).or(line.label.take());
        }
    }
    keep_glosses(reading, old);
}
