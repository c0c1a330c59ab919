//! Orders in one sentence: steps in their order, points of a list, bans beside bans.

use course_format::Level;

use super::order::Order;
use super::state::subject_and_rest;
use super::{Joint, Part, Way};
use crate::engine::english::parse::{Form, parse};
use crate::engine::english::text::{list, overlap, stems, word_count};
use crate::engine::rewrite::phrase::{bare, without_capital};

/// Words of one order in a list of three: longer ones want a sentence of their own.
const LISTED: usize = 10;

/// Two steps.
pub fn two(a: &Order, b: &Order, level: Level) -> Vec<Way> {
    let mut out = Vec::new();
    if !b.is_step() {
        let again = a.text.split(' ').next() == b.text.split(' ').next() && !b.says_how();
        let goes_on = (b.goes_on() || again) && !a.leaves_open() && !b.says_when();
        out.extend(goes_on.then(|| Way::new(Joint::And, &format!("{}, and {}.", a.text, b.text))));
        return out;
    }
    if a.is_finished() {
        let (doing, done) = (a.doing(), a.done());
        out.push(Way::new(Joint::After, &format!("after {doing}, {}.", b.text)));
        let once = if level >= Level::B2 { (Joint::Once, "once") } else { (Joint::When, "when") };
        out.push(Way::new(once.0, &format!("{} you have {done}, {}.", once.1, b.text)));
        if level >= Level::B2 {
            out.push(Way::new(Joint::Having, &format!("having {done}, {}.", b.text)));
        }
    }
    if b.is_finished()
        && !b.bans
        && b.is_single()
        && a.is_single()
        && a.is_step()
        && !a.tied()
        && !a.stays()
        && !a.ends_in_a_clause()
    {
        out.push(Way::new(Joint::Before, &format!("{} before {}.", a.text, b.doing())));
    }
    if a.is_step() && !a.leaves_open() && !b.says_when() && !b.bans {
        out.push(Way::new(Joint::Then, &format!("{}, and then {}.", a.text, b.text)));
    } else if !a.is_step() && a.goes_on() && !a.leaves_open() && !b.says_when() {
        out.push(Way::new(Joint::And, &format!("{}, and {}.", a.text, b.text)));
    }
    if a.is_step() && !a.stays() && a.is_plain() && b.is_plain() && a.is_single() && b.is_single() {
        out.push(Way::new(Joint::List, &format!("{} and {}.", a.text, b.text)));
    }
    out
}

/// Three steps.
pub fn three(a: &Order, b: &Order, c: &Order) -> Vec<Way> {
    let steps = [a, b, c].iter().all(|o| o.is_step() && o.is_single());
    if !steps || b.tied() || c.says_when() {
        return Vec::new();
    }
    let mut out = Vec::new();
    if a.is_finished() {
        let short = b.is_plain() && c.is_plain();
        out.push(Way::new(Joint::After, &format!("after {}, {}, and then {}.", a.doing(), b.text, c.text)));
        out.extend(
            short.then(|| Way::new(Joint::Once, &format!("once you have {}, {} and {}.", a.done(), b.text, c.text))),
        );
        if c.is_finished() && !b.ends_in_a_clause() {
            out.push(Way::new(Joint::Before, &format!("after {}, {} before {}.", a.doing(), b.text, c.doing())));
        }
    }
    if a.is_finished() && b.is_finished() {
        out.push(Way::new(Joint::Once, &format!("once you have {} and {}, {}.", a.done(), b.done(), c.text)));
    }
    let listed = [a, b, c].iter().all(|o| o.is_plain() && word_count(&o.text) <= LISTED);
    out.extend(listed.then(|| Way::new(Joint::List, &format!("{}, {} and then {}.", a.text, b.text, c.text))));
    out
}

/// Orders without an order: nothing says which of them is done first.
pub fn points(orders: &[Order]) -> Vec<Way> {
    let phrases: usize = orders.iter().map(|o| o.phrases.len()).sum();
    let (start, last) = orders.split_at(orders.len() - 1);
    if phrases > 3
        || start.iter().any(Order::leaves_open)
        || last.iter().any(Order::says_when)
        || orders[1..].iter().any(Order::says_how)
    {
        return Vec::new();
    }
    match orders {
        [a, b] => vec![Way::new(Joint::And, &format!("{}, and {}.", a.text, b.text))],
        _ if orders.iter().all(|o| o.is_plain() && word_count(&o.text) <= LISTED) => {
            let texts: Vec<String> = orders.iter().map(|o| o.text.clone()).collect();
            vec![Way::new(Joint::List, &format!("{}.", list(&texts)))]
        }
        _ => Vec::new(),
    }
}

/// "Do not run. Do not smoke." -> "Do not run, and do not smoke.": each ban keeps its own "not".
pub fn bans(parts: &[Part<'_>]) -> Option<Way> {
    let small: Option<Vec<String>> = parts.iter().map(|p| ban(p.text)).collect();
    let small = small.filter(|bans| bans.len() >= 2)?;
    let (last, start) = small.split_last()?;
    let comma = if start.iter().any(|b| b.contains(',')) { "; " } else { ", " };
    Some(Way::new(Joint::And, &format!("{}{comma}and {last}.", start.join(comma)))).filter(|_| comma == ", ")
}

/// "Do not run." -> "do not run", where nothing in it reaches beyond it.
fn ban(sentence: &str) -> Option<String> {
    const OPEN: [&str; 8] = [" if ", " when ", " unless ", " while ", " until ", " because ", " so ", " whenever "];
    let text = sentence.strip_suffix('.')?;
    let opener = ["Do not ", "Never "].into_iter().find(|o| text.starts_with(o))?;
    let plain = !text.contains([':', ';', '“', '"', '(', '→', '!', '?', '/']) && !text.contains(". ");
    let closed = !OPEN.iter().any(|w| text.contains(w));
    let single = matches!(parse(text), Form::DoNot(ref c) if c.phrases.len() == 1);
    (plain && closed && single).then(|| format!("{}{}", opener.to_lowercase(), &text[opener.len()..]))
}

/// "Seal the bag. The manager signs the form." -> "Seal the bag; the manager signs the form.": what one does with a thing and what
/// somebody else does with it next.
pub fn somebody_else(first: &Part<'_>, second: &Part<'_>, document: &str) -> Option<Way> {
    let order = Order::of_part(first).filter(|o| !o.leaves_open())?;
    let (subject, _) = subject_and_rest(second.text)?;
    let named = matches!(bare(subject.split(' ').next()?), "The" | "A" | "An" | "Your");
    let acts = matches!(parse(second.text), Form::Role { .. } | Form::Duty { .. });
    let same = overlap(&stems(first.text), &stems(second.text)) > 0.0;
    (named && acts && same).then(|| {
        let then = without_capital(second.text, document);
        Way::new(Joint::Semicolon, &format!("{}; {then}", order.text))
    })
}
