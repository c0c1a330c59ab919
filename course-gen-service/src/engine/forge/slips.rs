//! What somebody gets wrong who copies a rule from memory: another amount of the SOP, "at most" for "at least", the wrong person,
//! the wrong day, "may" for "must". Each slip is a whole sentence, and the rule itself shows that it is wrong.

mod words;

use super::Bench;
use super::build::spread;
use super::lines::{Line, could_head};
use super::single_choice::wrong_details;
use super::stock::near;
use crate::engine::english::limit;
use crate::engine::english::parse::{Form, Modal};
use crate::engine::english::quantity::{self, Dimension, Quantity};
use crate::engine::english::text::{capitalise, lower_first, overlap, sentence, stems, word_count};
use crate::engine::wordnet;

/// A rule as the colleague wrote it, and what is wrong with it.
#[derive(Clone, Debug)]
pub struct Slip {
    pub frame: &'static str,
    /// With a capital and a full stop.
    pub text: String,
    pub why: String,
}

impl Slip {
    fn new(frame: &'static str, text: &str, why: String) -> Self {
        Self { frame, text: sentence(&capitalise(text)), why }
    }

    /// What the SOP has, and what stands there now.
    fn swapped(frame: &'static str, text: &str, own: &str, other: &str) -> Self {
        Self::new(frame, text, format!("The SOP says “{}” here, not “{}”.", own.trim(), other.trim()))
    }
}

/// Sentences in which something can be changed and the rest read as it stands.
pub fn fits(line: &Line) -> bool {
    (4..=28).contains(&line.words) && !line.text.contains(['“', '”', '"', '…', '('])
}

/// Every slip in this line, the most likely first.
pub fn of(bench: &Bench<'_>, line: &Line) -> Vec<Slip> {
    let mut out = amounts(bench, line);
    out.extend(words::limit(line));
    out.extend(allowed(line));
    out.extend(words::denied(line));
    out.extend(turned(line));
    out.extend(person(bench, line));
    out.extend(whom(bench, line));
    out.extend(words::one_of_several(line));
    out.extend(words::often(line));
    out.extend(detail(bench, line));
    out.extend(words::unless(line));
    out.extend(words::strict(line));
    out.extend(words::at_once(line));
    out.extend(words::place(line, &bench.library.document(line.at).text));
    out.extend(words::one_of_two(line));
    out.extend(thing(bench, line));
    let own = sentence(&capitalise(&line.text));
    let mut seen = std::collections::BTreeSet::from([own]);
    out.retain(|s| seen.insert(s.text.clone()));
    out
}

/// "for 2 minutes" -> "for 5 minutes", an amount of another rule, or one of ours.
fn amounts(bench: &Bench<'_>, line: &Line) -> Vec<Slip> {
    let found = quantity::all(&line.text);
    // "once a week" is no amount that somebody could write down wrongly.
    let written = |q: &&Quantity| {
        line.text.matches(&q.text).count() == 1
            && q.text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '≤' | '≥'))
    };
    let mut out = Vec::new();
    for own in found.iter().filter(written).take(2) {
        let seed = uuid::Uuid::new_v5(&bench.library.document(line.at).document_id, line.text.as_bytes());
        let larger = spread(seed, 2) == 0;
        let ours = limit::other(own, larger).or_else(|| limit::other(own, !larger)).map(|q| q.text);
        let theirs = of_another_rule(bench, line, own, &found);
        for other in theirs.into_iter().chain(ours) {
            let text = line.text.replacen(&own.text, &other, 1);
            out.push(Slip::swapped("note-amount", &text, &own.text, &other));
        }
    }
    out
}

/// The amount of another rule that is nearest to this one and written in the same unit.
fn of_another_rule(bench: &Bench<'_>, line: &Line, own: &Quantity, here: &[Quantity]) -> Option<String> {
    let all = bench.stock.amounts.get(&(line.at.document, own.dimension))?;
    let far = |size: f64| {
        let (a, b) = (size.abs().max(0.001), own.size.abs().max(0.001));
        (a / b).max(b / a)
    };
    let plural = |text: &str| text.ends_with('s');
    let place = all.partition_point(|a| a.quantity.size < own.size);
    let around = all[place.saturating_sub(12)..(place + 12).min(all.len())].iter();
    let mut other: Vec<&Quantity> = around
        .filter(|a| a.at != line.at && a.quantity.unit == own.unit && plural(&a.quantity.text) == plural(&own.text))
        .map(|a| &a.quantity)
        .filter(|q| q.text.starts_with(|c: char| c.is_ascii_digit() || c == '-'))
        .filter(|q| q.text.contains(' ') == own.text.contains(' '))
        .filter(|q| !here.iter().any(|h| (h.size - q.size).abs() < f64::EPSILON))
        .filter(|q| own.dimension == Dimension::Temperature || far(q.size) <= 6.0)
        .collect();
    other.sort_by(|a, b| far(a.size).total_cmp(&far(b.size)).then_with(|| a.text.cmp(&b.text)));
    other.first().map(|q| q.text.clone())
}

/// "Do not recap a needle." -> "You may recap a needle."; "The door must not stay open." -> "The door may stay open."
fn allowed(line: &Line) -> Option<Slip> {
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
            format!("you may {}", command.text)
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
    Some(Slip::new("note-ban", &text, "The SOP forbids this.".to_owned()))
}

/// "before you open the lid" -> "after you open the lid"
fn turned(line: &Line) -> Option<Slip> {
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
    (clear && !odd && !matches!(line.form, Form::When { .. }))
        .then(|| Slip::swapped("note-order", &line.text.replacen(from, to, 1), from, to))
}

/// "The shift lead informs the supplier." -> "The receiving clerk informs the supplier."
fn person(bench: &Bench<'_>, line: &Line) -> Option<Slip> {
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
    (!shared).then(|| {
        let why = format!("The SOP gives this to somebody else: “{}”", own.actor);
        Slip::new("note-person", &format!("{}{rest}", other.with_article()), why)
    })
}

/// "in the red bag" -> "in the red box": a thing of the same kind that a sentence near it names in the same way.
fn thing(bench: &Bench<'_>, line: &Line) -> Option<Slip> {
    let (at, key) = line.last_noun()?;
    let before = |text: &str, at: usize| text[..at].split_whitespace().rev().take(1).next().map(str::to_lowercase);
    let plural = |w: &str| w.ends_with('s') && !w.ends_with("ss");
    let vowel = |w: &str| w.starts_with(['a', 'e', 'i', 'o', 'u']);
    let own = before(&line.text, at)?;
    let other = near(&bench.stock.lines, line.at, |l| l.at, 30).iter().find_map(|l| {
        let (place, other) = l.last_noun().filter(|_| l.at.document == line.at.document && l.at != line.at)?;
        let fits = plural(other) == plural(key)
            && (!matches!(own.as_str(), "a" | "an") || vowel(other) == vowel(key))
            && before(&l.text, place).as_ref() == Some(&own)
            && stems(other).is_disjoint(&line.stems)
            && wordnet::alike_in_the_hand(key, other);
        fits.then_some(other)
    })?;
    let text = format!("{}{other}{}", &line.text[..at], &line.text[at + key.len()..]);
    Some(Slip::swapped("note-word", &text, key, other))
}

/// "Tell the shift lead." -> "Tell the technician.": somebody whom another rule names.
fn whom(bench: &Bench<'_>, line: &Line) -> Option<Slip> {
    const TELL: [&str; 16] = [
        "tell", "inform", "call", "phone", "contact", "notify", "ask", "report", "alert", "warn", "email", "hand",
        "give", "send", "submit", "return",
    ];
    let around = near(&bench.stock.people, line.at, |(at, ..)| *at, 60);
    // Whom the order tells, by the whole name: not "the duty" of "the duty manager".
    let named = |name: &str, text: &str| {
        let found = [name.to_owned(), name.to_lowercase()].into_iter().map(|n| format!(" the {n}"));
        found.into_iter().find(|n| {
            let mut parts = text.split(n.as_str());
            let (before, behind) = (parts.next().unwrap_or_default(), parts.next());
            let next = behind.and_then(|b| b.strip_prefix(' ')).and_then(|b| b.split(' ').next());
            let verb = before.rsplit(' ').next().unwrap_or_default().to_lowercase();
            behind.is_some()
                && parts.next().is_none()
                && (TELL.contains(&verb.as_str()) || verb == "to")
                && !next.is_some_and(could_head)
        })
    };
    let mut here = around.iter().filter(|(at, ..)| *at == line.at);
    let (own, from) = here.find_map(|(_, name, _)| Some((name, named(name, &line.text)?)))?;
    let to = around.iter().find_map(|(at, name, source)| {
        let other = at.document == line.at.document
            && *at != line.at
            && stems(name).is_disjoint(&line.stems)
            && overlap(&stems(source), &line.stems) < 0.5;
        let whole = |n: &String| {
            let behind = source.split(n.as_str()).nth(1).and_then(|b| b.strip_prefix(' '));
            !behind.and_then(|b| b.split(' ').next()).is_some_and(could_head)
        };
        let said = [name.clone(), name.to_lowercase()].into_iter().map(|n| format!(" the {n}"));
        said.into_iter().find(|n| other && source.contains(n.as_str()) && whole(n))
    })?;
    let why = format!("The SOP names somebody else here: “{own}”");
    Some(Slip::new("note-whom", &line.text.replacen(&from, &to, 1), why))
}

/// "Keep the key in the safe." -> "Keep the key in the office.": where or when something else is done.
fn detail(bench: &Bench<'_>, line: &Line) -> Option<Slip> {
    use crate::engine::english::adjunct::Wh;
    let mut own = near(&bench.stock.asked, line.at, |a| a.at, 12).iter().filter(|a| {
        a.at == line.at
            && a.source == line.text
            && a.adjunct.quantity.is_none()
            && matches!(a.adjunct.wh, Wh::Where | Wh::When | Wh::HowOften)
            && line.text.matches(&a.adjunct.answer).count() == 1
    });
    let asked = own.next()?;
    let seed = uuid::Uuid::new_v5(&bench.library.document(line.at).document_id, line.text.as_bytes());
    let text = &bench.library.document(line.at).text;
    let wrong = wrong_details(bench, asked, seed)?.into_iter().map(|w| lower_first(&w.text, text));
    let other = wrong.into_iter().find(|w| word_count(w) <= 7 && !w.contains([',', ';']))?;
    let changed = line.text.replacen(&asked.adjunct.answer, &other, 1);
    Some(Slip::swapped("note-detail", &changed, &asked.adjunct.answer, &other))
}
