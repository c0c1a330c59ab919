//! Three lines that a colleague has copied from the SOP, one of them with a mistake: another amount, a ban that is none any more,
//! "after" for "before", the wrong person.

use std::collections::BTreeSet;

use course_format::course::{Answer, GapPiece, ItemBody, Relation};

use super::build::{Reason, Spec, alike_in_length, choices, id_of, shuffled, spread};
use super::lines::Line;
use super::stock::near;
use super::{Bench, Made};
use crate::engine::english::limit;
use crate::engine::english::parse::{Form, Modal};
use crate::engine::english::quantity;
use crate::engine::english::text::{capitalise, overlap, stems};
use crate::engine::library::ClauseRef;

/// For every line.
const STEMS: [&str; 8] = [
    "A new colleague has written this down. What is wrong? Tap the line.",
    "You read the notice on the wall. One line is different from the SOP. Tap it.",
    "Three lines from a handover book, and one of them is wrong. Which one do you correct?",
    "Somebody has written a short guide. Find the line that is false.",
    "Before you print this page, you compare it with the SOP. Which line has to be corrected?",
    "A trainee has copied three rules for the team. Tap the line with the mistake.",
    "A colleague sends you these three reminders. Which of them must the team not follow?",
    "You proofread an information sheet. Which line would make people break a rule?",
];
/// The first of them are for lines that are no rules as well.
const FOR_FACTS: usize = 5;

/// A line as the colleague wrote it, and what is wrong with it.
struct Changed {
    frame: &'static str,
    text: String,
    why: String,
}

/// `selects`: gaps with options, whose wrong options are wrong words for a line as well.
pub fn make(bench: &Bench<'_>, selects: &[Made]) -> Vec<Made> {
    let fits = |l: &&Line| (4..=22).contains(&l.words) && !l.text.contains(['“', '”', '"', '…', '(']);
    let mut out = Vec::new();
    for line in bench.lines().filter(fits) {
        for changed in changes(bench, line) {
            out.extend(item(bench, line, &changed));
        }
        let word = selects.iter().filter(|m| m.clause == line.at).find_map(|m| word(line, m));
        out.extend(word.and_then(|changed| item(bench, line, &changed)));
    }
    out
}

/// "in the red bag" -> "in the blue box": the wrong option of a gap whose sentence this is.
fn word(line: &Line, select: &Made) -> Option<Changed> {
    let (ItemBody::GapSelect { pieces, options }, Answer::GapSelect { choices }) =
        (&select.item.body, &select.key.answer)
    else {
        return None;
    };
    let fits = matches!(select.frame.as_str(), "select-noun" | "select-term" | "select-verb" | "select-things");
    let (gap, offered) = options.iter().next().filter(|_| options.len() == 1 && fits)?;
    let key = offered.iter().find(|o| choices.get(gap) == Some(&o.id))?;
    let wrong = offered.iter().find(|o| o.id != key.id)?;
    let with = |word: &str| -> String {
        let parts = pieces.iter().map(|p| match p {
            GapPiece::Text { text } => text.as_str(),
            GapPiece::Gap { .. } => word,
        });
        parts.collect()
    };
    let same = with(&key.text).trim() == line.text.trim() || with(&key.text).trim() == line.sentence().trim();
    same.then(|| Changed {
        frame: "note-word",
        text: with(&wrong.text).trim().to_owned(),
        why: format!("The SOP says “{}” here, not “{}”.", key.text, wrong.text),
    })
}

fn changes(bench: &Bench<'_>, line: &Line) -> Vec<Changed> {
    let found = [amount(bench, line), allowed(line), turned(line), person(bench, line)];
    found.into_iter().flatten().filter(|c| c.text != line.text).collect()
}

/// "for 2 minutes" -> "for 4 minutes"
fn amount(bench: &Bench<'_>, line: &Line) -> Option<Changed> {
    let found = quantity::all(&line.text);
    let [own] = found.as_slice() else { return None };
    if line.text.matches(&own.text).count() != 1 {
        return None;
    }
    // "once a week" is no amount that somebody could write down wrongly.
    if !own.text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '≤' | '≥')) {
        return None;
    }
    let seed = uuid::Uuid::new_v5(&bench.library.document(line.at).document_id, line.text.as_bytes());
    let larger = spread(seed, 2) == 0;
    let other = limit::other(own, larger).or_else(|| limit::other(own, !larger))?;
    Some(Changed {
        frame: "note-amount",
        text: line.text.replacen(&own.text, &other.text, 1),
        why: format!("The SOP says “{}” here, not “{}”.", own.text, other.text),
    })
}

/// "Do not recap a needle." -> "Recap a needle."; "The door must not stay open." -> "The door may stay open."
fn allowed(line: &Line) -> Option<Changed> {
    const TURNS: [&str; 9] = [" until ", " unless ", " except ", " if ", " only ", " any ", " or ", " nor ", " when "];
    if TURNS.iter().any(|t| line.text.contains(t)) {
        return None;
    }
    let text = match &line.form {
        Form::DoNot(command) => {
            let odd = ["allow", "let", "ignore", "assume", "forget", "be", "exceed", "wait", "hesitate"];
            let verb = command.text.split(' ').next()?;
            if odd.contains(&verb) {
                return None;
            }
            capitalise(&command.text)
        }
        Form::Duty { negative: true, modal, .. } => {
            let ban = match modal {
                Modal::May => " may not ",
                Modal::Must => " must not ",
                Modal::Should => return None,
            };
            (line.text.matches(ban).count() == 1).then(|| line.text.replacen(ban, " may ", 1))?
        }
        _ => return None,
    };
    Some(Changed { frame: "note-ban", text, why: "The SOP forbids this.".to_owned() })
}

/// "before you open the lid" -> "after you open the lid"
fn turned(line: &Line) -> Option<Changed> {
    let count = |w: &str| line.text.matches(w).count();
    if count(" before ") + count(" after ") != 1 || !quantity::all(&line.text).is_empty() {
        return None;
    }
    let (from, to) = if count(" before ") == 1 { (" before ", " after ") } else { (" after ", " before ") };
    let behind = line.text.split_once(from)?.1;
    // "before the end of the shift" turned round says little.
    let clear =
        ["you ", "opening", "the "].iter().any(|b| behind.starts_with(b)) || behind.split(' ').next()?.ends_with("ing");
    let odd = ["the end", "the beginning", "the start"].iter().any(|b| behind.starts_with(b))
        || line.text.contains("immediately");
    (clear && !odd && !matches!(line.form, Form::When { .. })).then(|| Changed {
        frame: "note-order",
        text: line.text.replacen(from, to, 1),
        why: format!("The SOP says “{}” here, not “{}”.", from.trim(), to.trim()),
    })
}

/// "The shift lead informs the supplier." -> "The receiving clerk informs the supplier."
fn person(bench: &Bench<'_>, line: &Line) -> Option<Changed> {
    let around = near(&bench.stock.duties, line.at, |d| d.at, 60);
    let own = around.iter().find(|d| d.at == line.at && d.task.is_none() && line.text == d.source)?;
    let said = own.with_article();
    let rest = line.text.strip_prefix(said.as_str()).filter(|r| r.starts_with(' '))?;
    let plural = |name: &str| name.ends_with('s') && !name.ends_with("ss");
    let words = stems(&own.predicate);
    let shared = around.iter().any(|d| d.actor != own.actor && overlap(&stems(&d.predicate), &words) > 0.5);
    let other = around.iter().find(|d| {
        overlap(&stems(&d.actor), &stems(&own.actor)) == 0.0
            && d.at.document == own.at.document
            && plural(&d.actor) == plural(&own.actor)
            && d.with_article().starts_with("The ") == said.starts_with("The ")
            && !stems(&d.actor).is_subset(&stems(&line.text))
    })?;
    (!shared).then(|| Changed {
        frame: "note-person",
        text: format!("{}{rest}", other.with_article()),
        why: format!("The SOP gives this to somebody else: “{}”", own.actor),
    })
}

/// Two lines of the same kind of text, copied rightly.
fn beside<'a>(bench: &'a Bench<'_>, line: &Line, changed: &Changed) -> Vec<&'a Line> {
    let own: BTreeSet<String> = stems(&changed.text);
    let section = &bench.library.clause(line.at).section;
    let length = changed.text.chars().count();
    let mut pool: Vec<&Line> = near(&bench.stock.lines, line.at, |l| l.at, 60)
        .iter()
        .filter(|l| l.at.document == line.at.document && l.at != line.at && !l.text.contains(['“', '”', '"', '…', '(']))
        .filter(|l| l.words >= 4 && l.words <= 24 && overlap(&l.stems, &own) < 0.5)
        .filter(|l| alike_in_length(l.sentence().chars().count(), length))
        .filter(|l| !bench.library.is_disputed(l.at))
        .collect();
    let ordered = |l: &Line| matches!(l.form, Form::Do(_) | Form::DoNot(_));
    pool.sort_by_key(|l| {
        let here: bool = bench.holds(l.at);
        (!here, bench.library.clause(l.at).section != *section, ordered(l) != ordered(line), distance(l.at, line.at))
    });
    let mut out: Vec<&Line> = Vec::new();
    for other in pool {
        let fresh = !out.iter().any(|o| o.at == other.at || overlap(&o.stems, &other.stems) >= 0.5);
        let fits = out.iter().all(|o| alike_in_length(o.text.chars().count(), other.text.chars().count()));
        if fresh && fits && out.len() < 2 {
            out.push(other);
        }
    }
    out
}

fn distance(a: ClauseRef, b: ClauseRef) -> usize {
    a.clause.abs_diff(b.clause)
}

fn item(bench: &Bench<'_>, line: &Line, changed: &Changed) -> Option<Made> {
    let right = beside(bench, line, changed);
    let [first, second] = right.as_slice() else { return None };
    let wrong = crate::engine::english::text::sentence(&capitalise(&changed.text));
    let wordings = if changed.frame == "note-word" { FOR_FACTS } else { STEMS.len() };
    let shown = [wrong.clone(), first.sentence(), second.sentence()];
    let mut provenance = vec![bench.library.prove_part(line.at, &line.text)];
    provenance.extend(right.iter().map(|l| bench.library.prove_part(l.at, &l.text)));
    let spec = Spec {
        clause: line.at,
        frame: changed.frame,
        target: format!("{}/{wrong}", changed.frame),
        stem: STEMS[0].to_owned(),
        others: STEMS[1..].iter().take(wordings - 1).map(|s| (*s).to_owned()).collect(),
        rationale: changed.why.clone(),
        relation: Relation::Compress,
        provenance,
        reasons: right
            .iter()
            .map(|l| Reason {
                option: l.sentence(),
                why: "This line is right: it is what the SOP says.".to_owned(),
                at: l.at,
                part: l.text.clone(),
            })
            .collect(),
        score: if changed.frame == "note-word" { 2 } else { 6 },
    };
    let sentences = choices(&shuffled(spec.id(bench), shown));
    let choice = id_of(&sentences, &wrong);
    Some(spec.finish(bench, ItemBody::TapEvidence { sentences }, Answer::TapEvidence { choice }, 1))
}
