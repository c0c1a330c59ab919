//! Two sentences that both keep a main clause: what limits and bans allow.

use course_format::Level;

use super::order::Order;
use super::state::declares;
use super::{Joint, Way, case, state, steps};
use crate::engine::english::parse::{Form, opens_otherwise, parse};
use crate::engine::english::sentence::sentences;
use crate::engine::english::text::{capitalise, word_count};
use crate::engine::english::words::{is_function, is_verb};
use crate::engine::rewrite::phrase::{bare, without_capital};

/// Words of two sentences that a semicolon makes one of: more of them are easier to read as two.
const SIDE_BY_SIDE: usize = 24;

/// Two sentences of one clause in one.
pub fn in_one_clause(first: &str, second: &str, level: Level, document: &str) -> Vec<String> {
    let mut ways = vec![relative(first, second), with_ban(first, second), same_thing(first, second)];
    if level >= Level::B2 {
        ways.extend([instead(first, second), beside(first, second, document)]);
        ways.extend(state::two(first, second, false, document).into_iter().map(|w| Some(w.text)));
        ways.extend(case::cases(first, second).into_iter().map(|w| Some(w.text)));
        ways.extend(case::goes_on(first, second).into_iter().map(|w| Some(w.text)));
        ways.extend([
            steps::bans(&[first, second].map(|text| super::Part { text, critical: true })).map(|w| w.text),
            case_goes_on(first, second),
        ]);
    }
    ways.into_iter().flatten().map(|s| capitalise(&s)).collect()
}

/// "Never put your hand into a bag. There may be glass in it." -> "Never put your hand into a bag; there may be glass in it."
///
/// What the SOP says in one breath stays in one, with nothing that says how the two belong together.
pub fn side_by_side(first: &str, second: &str, document: &str) -> Option<String> {
    let marks = [':', ';', '?', '!', '→', '“', '"', '('];
    let whole = |s: &str| s.ends_with('.') && !s.contains(marks) && sentences(s).len() == 1;
    let said = |s: &str| {
        let told = declares(s) || s.starts_with("There ") || s.starts_with("It ") || s.starts_with("They ");
        matches!(parse(s), Form::Do(_) | Form::DoNot(_)) || told
    };
    // "Ask the guest if ..." is no condition; a condition at the end of the second stays in its half.
    let asks = first.starts_with("Ask ") || first.starts_with("Check ");
    let case = matches!(parse(second), Form::When { .. }) || orders_in(second, "When ");
    let opener = second.split(' ').next()?.trim_end_matches(',').to_lowercase();
    let cue = opens_otherwise(&opener) || matches!(opener.as_str(), "then" | "next" | "this" | "these" | "otherwise");
    let open = Order::of(first).is_some_and(|o| o.leaves_open());
    let fits = word_count(first) + word_count(second) <= SIDE_BY_SIDE;
    (whole(first) && whole(second) && (said(first) || asks) && (said(second) || case) && !cue && !open && fits).then(
        || {
            let order = case || matches!(parse(second), Form::Do(_) | Form::DoNot(_));
            let small = second.replacen(|c: char| c.is_uppercase(), &second[..1].to_lowercase(), 1);
            let rest = if order { small } else { without_capital(second, document) };
            format!("{}; {rest}", first.trim_end_matches('.'))
        },
    )
}

/// A warning beside what it is about: "Never keep more than 300 pounds in the till; when it holds more, call the manager."
pub fn warned(first: &str, second: &str, document: &str) -> Vec<Way> {
    let about = things(first).iter().any(|thing| things(second).contains(thing));
    let takes_up = second.split(' ').nth(1).is_some_and(|w| matches!(w, "it" | "them"));
    let goes_on = case_goes_on(first, second).filter(|_| takes_up);
    let banned = with_ban(first, second).filter(|_| about);
    let beside = about_one_thing(first, second, document);
    let apart = |s: Option<String>| s.map(|s| Way::new(Joint::Semicolon, &s));
    banned.map(|s| Way::new(Joint::And, &s)).into_iter().chain(apart(goes_on)).chain(apart(beside)).collect()
}

/// Two sentences about the same thing, which nothing else joins.
pub fn about_one_thing(first: &str, second: &str, document: &str) -> Option<String> {
    let about = things(first).iter().any(|thing| things(second).contains(thing));
    side_by_side(first, second, document).filter(|_| about && !first.starts_with("If "))
}

/// "When the till holds more, call the manager.": an order behind a case, whatever its verb is.
fn orders_in(sentence: &str, opener: &str) -> bool {
    let order = sentence.strip_prefix(opener).and_then(|s| s.split_once(", "));
    order.is_some_and(|(_, order)| matches!(parse(order), Form::Do(_) | Form::DoNot(_)))
}

/// The words behind articles: what a sentence is about.
fn things(sentence: &str) -> Vec<String> {
    let words: Vec<String> = sentence.split(' ').map(|w| bare(w).to_lowercase()).collect();
    let named = |pair: &&[String]| matches!(pair[0].as_str(), "the" | "a" | "an" | "your");
    words.windows(2).filter(named).map(|pair| pair[1].clone()).collect()
}

/// "Check the date. Do not use old food." -> "Check the date, and do not use old food."
fn with_ban(first: &str, second: &str) -> Option<String> {
    let order = Order::of(first).filter(|o| !o.tied())?;
    let ban =
        matches!(parse(second), Form::DoNot(ref c) if c.phrases.len() == 1) && !second.contains([':', '“', '"', '(']);
    let opener = ["Do not ", "Never "].into_iter().find(|o| ban && second.starts_with(o))?;
    Some(format!("{}, and {}{}", order.text, opener.to_lowercase(), &second[opener.len()..]))
}

/// "Check the cover. Replace it if it is wet." -> "Check the cover and replace it if it is wet."
fn same_thing(first: &str, second: &str) -> Option<String> {
    let order = Order::of(first).filter(|o| o.phrases.len() == 1 && !o.tied())?;
    let words: Vec<&str> = order.text.split(' ').collect();
    let thing = words.get(1).is_some_and(|w| matches!(*w, "the" | "a" | "an" | "your" | "each"));
    // One thing only: with a second noun it would not be clear which of them is meant.
    let single = words.len() <= 6 && !words[2..].iter().any(|w| is_function(w));
    let plain = second.ends_with('.') && !second.contains([':', ';', '“', '"', '(', ',', '/']);
    let begins = match parse(second) {
        Form::Do(command) => command.text.split(' ').nth(1).is_some_and(|w| matches!(w, "it" | "them")),
        Form::When { .. } => second.split(' ').nth(1).is_some_and(|w| matches!(w, "it" | "them")),
        _ => false,
    };
    let verb = second.split(' ').next()?.to_lowercase();
    (thing && single && plain && begins && is_verb(&verb) && sentences(second).len() == 1)
        .then(|| format!("{} and {verb}{}", order.text, &second[verb.len()..]))
}

/// "Do not say the number. Write it down instead." -> "Do not say the number; write it down instead."
fn instead(first: &str, second: &str) -> Option<String> {
    let plain = |s: &str| s.ends_with('.') && !s.contains([':', ';', '“', '"', '?', '!', '→']);
    let ban = matches!(parse(first), Form::DoNot(ref c) if c.phrases.len() == 1);
    let Form::Do(command) = parse(second) else { return None };
    let verb = command.text.split(' ').next().is_some_and(is_verb);
    (ban && verb && plain(first) && plain(second) && sentences(first).len() == 1)
        .then(|| format!("{}; {}.", first.trim_end_matches('.'), command.text))
}

/// "Close the door after use. It must not stay open." -> "Close the door after use; it must not stay open."
fn beside(first: &str, second: &str, document: &str) -> Option<String> {
    let says = |s: &str| {
        let form = matches!(parse(s), Form::Do(_) | Form::Duty { .. } | Form::Role { .. });
        form && s.ends_with('.') && !s.contains([':', ';', '“', '"', '(', '?', '!', '→'])
    };
    let duty = matches!(parse(second), Form::Duty { .. });
    (says(first) && says(second) && duty)
        .then(|| format!("{}; {}", first.trim_end_matches('.'), without_capital(second, document)))
}

/// "If it is wet, do not use it. Throw it away." -> "If it is wet, do not use it; throw it away."
fn case_goes_on(first: &str, second: &str) -> Option<String> {
    let plain = |s: &str| s.ends_with('.') && !s.contains([':', ';', '?', '!', '→']);
    let case = matches!(parse(first), Form::When { ref then, .. } if matches!(**then, Form::Do(_) | Form::DoNot(_)))
        || orders_in(first, "If ");
    let Form::Do(command) = parse(second) else { return None };
    let first_verb = command.text.split(' ').next().is_some_and(is_verb);
    (case && first.starts_with("If ") && first_verb && plain(first) && plain(second))
        .then(|| format!("{}; {}.", first.trim_end_matches('.'), command.text))
}

/// "Check the temperature. It must be below 5 °C." -> "Check the temperature, which must be below 5 °C."
pub fn relative(first: &str, second: &str) -> Option<String> {
    let order = Order::of(first).filter(|o| o.phrases.len() == 1 && !o.tied())?;
    let words: Vec<&str> = order.text.split(' ').collect();
    let thing = words.get(1).is_some_and(|w| matches!(*w, "the" | "a" | "an" | "your" | "each"));
    // Any word after the thing ("in the log", "again") would take the clause for itself.
    let clean = words[2..].iter().all(|w| {
        !matches!(
            *w,
            "in" | "on"
                | "at"
                | "with"
                | "to"
                | "from"
                | "into"
                | "for"
                | "by"
                | "that"
                | "as"
                | "again"
                | "or"
                | "only"
        )
    });
    let plural = words.last().is_some_and(|w| w.ends_with('s') && !w.ends_with("ss"));
    // "the boards and the knives, which are ...": both are meant only where "they" says so.
    let one_thing = plural || !words.contains(&"and");
    let one = sentences(second).len() == 1 && second.ends_with('.') && !second.contains([':', '(', '“', ',']);
    let rest = if plural { second.strip_prefix("They ") } else { second.strip_prefix("It ") }?;
    let finite = ["must ", "is ", "are ", "should ", "may ", "has to ", "have to "].iter().any(|w| rest.starts_with(w));
    let noun = words.last().is_some_and(|w| cefr::can_be(bare(w), cefr::PartOfSpeech::Noun));
    (thing && clean && one_thing && noun && one && finite).then(|| format!("{}, which {rest}", order.text))
}
