use super::Solver;
use super::placed::plain;
use crate::engine::english::text::{capitalise, lower_first, stems, without_stop};
use crate::engine::english::words::base_of_third_person;

/// The SOP's sentence that is one small change away from this one; nothing where two are as near.
pub fn corrected(solver: &Solver<'_>, wrong: &str) -> Option<String> {
    let given: Vec<String> = plain(wrong).split(' ').map(str::to_owned).collect();
    let words = stems(wrong);
    let mut near: Vec<(usize, &str)> = solver
        .evidence
        .sentences
        .with_half(&words)
        .into_iter()
        .map(|p| (distance(&given, &p.plain.split(' ').map(str::to_owned).collect::<Vec<_>>()), p.text.as_str()))
        .filter(|(d, _)| (1..=2).contains(d))
        .collect();
    near.sort_unstable();
    near.dedup_by(|a, b| plain(a.1) == plain(b.1));
    let best = near.first()?;
    near.get(1).is_none_or(|second| second.0 > best.0).then(|| best.1.to_owned())
}

/// Words put in, left out or changed.
fn distance(a: &[String], b: &[String]) -> usize {
    if a.len().abs_diff(b.len()) > 2 {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if x == y { diagonal } else { 1 + diagonal.min(above).min(row[j]) };
            diagonal = above;
        }
    }
    row[b.len()]
}

/// Every way in which the solver itself would say it, when the source is the SOP's.
pub fn rewritten(solver: &Solver<'_>, source: &str, start: &str, using: Option<&str>) -> Vec<String> {
    let parts: Vec<&str> = crate::engine::english::sentence::sentences(source).into_iter().map(|(_, s)| s).collect();
    if !parts.iter().all(|s| solver.evidence.says(s)) {
        return Vec::new();
    }
    let mut out = Vec::new();
    if let [first, second] = parts.as_slice() {
        let (a, b) = (lowered(first), lowered(second));
        out.push(format!("{a} before you {b}"));
        out.push(format!("After you {a}, {b}"));
        return out.into_iter().map(|s| capitalise(&s)).collect();
    }
    let whole = without_stop(source);
    let small = lowered(source);
    let using = using.unwrap_or_default();
    out.push(format!("{start} {using} {small}"));
    for no in ["do not ", "never ", "don't "] {
        out.extend(small.strip_prefix(no).map(|act| format!("{start} {using} {act}")));
    }
    for (modal, other) in [("must", "have to"), ("must", "has to"), ("may", "are allowed to"), ("may", "is allowed to")]
    {
        out.push(whole.replacen(&format!(" {modal} "), &format!(" {other} "), 1));
    }
    out.extend(turned(whole, using));
    out.extend(super::grammar::reworded(whole, using));
    out.extend(super::grammar::asked(whole, start, using));
    out.extend(questioned(whole, start));
    out.extend(in_passive(&small, start));
    out.extend(in_active(whole, start));
    out.retain(|said| plain(said).starts_with(&plain(start)));
    out
}

fn lowered(sentence: &str) -> String {
    let bare = without_stop(sentence);
    lower_first(bare, &bare.to_lowercase())
}

/// The two halves around a condition, the other way round.
fn turned(whole: &str, joiner: &str) -> Option<String> {
    if joiner.is_empty() {
        return None;
    }
    let small = lowered(whole);
    if let Some(rest) = small.strip_prefix(&format!("{joiner} ")) {
        let (condition, action) = rest.rsplit_once(", ")?;
        return Some(format!("{} {joiner} {condition}", capitalise(action)));
    }
    let (action, condition) = small.split_once(&format!(" {joiner} "))?;
    Some(format!("{} {condition}, {action}", capitalise(joiner)))
}

fn questioned(whole: &str, start: &str) -> Option<String> {
    if !start.eq_ignore_ascii_case("who") {
        return None;
    }
    let words: Vec<&str> = whole.split(' ').collect();
    let verb = words.iter().skip(1).position(|w| base_of_third_person(w).is_some())? + 1;
    Some(format!("Who {}?", words[verb..].join(" ")))
}

fn in_passive(small: &str, start: &str) -> Option<String> {
    let (verb, rest) = small.split_once(' ')?;
    let after = plain(rest);
    let after = after.strip_prefix(&plain(start))?;
    Some(format!("{start} must be {}{after}", cefr::inflect(verb, cefr::Form::PastParticiple)))
}

fn in_active(whole: &str, start: &str) -> Option<String> {
    let (front, behind) = whole.split_once(" by ")?;
    let (subject, verb) = front.rsplit_once(" be ")?;
    let (subject, modal) = subject.rsplit_once(' ')?;
    let agent = plain(behind);
    let tail = agent.strip_prefix(&plain(start))?;
    Some(format!("{start} {modal} {} {}{tail}", cefr::lemma(verb), lowered(subject)))
}

/// What the case says about a field of a form: the sentence that names it, else the value that has its shape.
pub fn field(case: &str, label: &str) -> Option<String> {
    let wanted = stems(label);
    let values: Vec<(&str, String)> = crate::engine::english::sentence::sentences(case)
        .into_iter()
        .filter_map(|(_, s)| {
            let bare = s.trim_end_matches('.');
            let at = [" is ", " are ", " shows "].iter().filter_map(|w| bare.find(w).map(|at| at + w.len())).min()?;
            Some((&bare[..at], bare[at..].to_owned()))
        })
        .collect();
    let named =
        values.iter().filter(|(front, _)| !wanted.is_empty() && wanted.is_subset(&stems(front))).collect::<Vec<_>>();
    if let [(_, value)] = named.as_slice() {
        return Some(number_only(value));
    }
    let lower = label.to_lowercase();
    let shaped = |fits: &dyn Fn(&str, &str) -> bool| {
        let mut found = values.iter().filter(|(front, value)| fits(front, value));
        let first = found.next()?;
        found.next().is_none().then(|| number_only(&first.1))
    };
    if lower.contains("name") {
        shaped(&|front, _| front.starts_with("You are"))
    } else if lower.contains("date") || lower.contains("day") {
        shaped(&|front, value| front.starts_with("It is") && value.split(' ').count() == 2)
    } else if lower.contains("time") {
        shaped(&|_, value| value.contains(':'))
    } else if lower.contains("temperature") {
        shaped(&|_, value| value.ends_with("°C"))
    } else if lower.contains("weight") || lower.contains("mass") {
        shaped(&|_, value| value.ends_with(" g"))
    } else {
        None
    }
}

/// "4 °C" -> "4": the form prints the unit.
fn number_only(value: &str) -> String {
    match value.split_once(' ') {
        Some((number, "°C" | "g")) => number.to_owned(),
        _ => value.to_owned(),
    }
}
