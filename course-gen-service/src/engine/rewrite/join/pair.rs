//! Two sentences that both keep a main clause: what limits and bans allow.

use course_format::Level;

use super::order::{Order, TIED};
use crate::engine::english::parse::{Form, is_statement, opens_otherwise, parse};
use crate::engine::english::sentence::sentences;
use crate::engine::english::text::{capitalise, word_count};
use crate::engine::english::words::{is_function, is_noun_like, is_verb, names_people};
use crate::engine::rewrite::phrase::{Mask, bare, without_capital};

/// Words of a statement that is joined to another.
const STATEMENT: usize = 16;

/// Two sentences of one clause in one.
pub fn in_one_clause(first: &str, second: &str, level: Level, document: &str) -> Vec<String> {
    let mut ways = vec![relative(first, second), with_ban(first, second), same_thing(first, second)];
    if level >= Level::B2 {
        ways.extend([
            instead(first, second),
            beside(first, second, document),
            statements(first, second, document),
            case_goes_on(first, second),
        ]);
    }
    ways.into_iter().flatten().map(|s| capitalise(&s)).collect()
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
    let case = matches!(parse(first), Form::When { ref then, .. } if matches!(**then, Form::Do(_) | Form::DoNot(_)));
    let Form::Do(command) = parse(second) else { return None };
    let first_verb = command.text.split(' ').next().is_some_and(is_verb);
    (case && first.starts_with("If ") && first_verb && plain(first) && plain(second))
        .then(|| format!("{}; {}.", first.trim_end_matches('.'), command.text))
}

/// "If A, do X. If B, do Y." -> "If A, do X; if B, do Y."
pub fn cases(first: &str, second: &str) -> Option<String> {
    let case = |s: &str| {
        s.starts_with("If ")
            && matches!(parse(s), Form::When { .. })
            && !s.contains([':', ';', '“', '"', '(', '?', '!'])
    };
    let rest = second.strip_prefix("If ").filter(|_| case(first) && case(second))?;
    Some(format!("{}; if {rest}", first.trim_end_matches('.')))
}

/// "Check the temperature. It must be below 5 °C." -> "Check the temperature, which must be below 5 °C."
pub fn relative(first: &str, second: &str) -> Option<String> {
    let order = Order::of(first).filter(|o| o.phrases.len() == 1 && !o.tied())?;
    let words: Vec<&str> = order.text.split(' ').collect();
    let words = words.strip_suffix(&["only"]).unwrap_or(&words);
    let thing = words.get(1).is_some_and(|w| matches!(*w, "the" | "a" | "an" | "your" | "each"));
    // Any word after the thing ("in the log", "again") would take the clause for itself.
    let clean = words[2..].iter().all(|w| {
        !matches!(
            *w,
            "in" | "on" | "at" | "with" | "to" | "from" | "into" | "for" | "by" | "that" | "as" | "again" | "or"
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

/// "Doors must be locked. Keys must be returned." -> "Doors must be locked, and keys must be returned."
///
/// What one person does, or one thing must do, has its subject once: "The lead signs the form, and keeps the copy."
pub fn statements(first: &str, second: &str, document: &str) -> Option<String> {
    let text = format!(" {} ", first.trim_end_matches('.').to_lowercase());
    let open = TIED.iter().any(|w| text.contains(w))
        || [" whether ", " how ", " why ", " that "].iter().any(|w| text.contains(w));
    if open || first.contains(',') || !declares(first) || !declares(second) {
        return None;
    }
    let start = first.trim_end_matches('.');
    let rest = match (parse(first), parse(second)) {
        (Form::Role { actor: a, .. }, Form::Role { actor: b, predicate }) if a == b => Some(predicate),
        (Form::Duty { subject: a, modal: m, .. }, Form::Duty { subject: b, modal, negative, predicate })
            if a == b && m == modal =>
        {
            Some(format!("{}{} {predicate}", modal.word(), if negative { " not" } else { "" }))
        }
        _ => None,
    };
    match rest {
        Some(rest) => Some(format!("{start} and {rest}.")),
        None => Some(format!("{start}, and {}", without_capital(second, document))),
    }
}

/// A statement that can stand beside another: a subject and what it does, must do or is.
fn declares(sentence: &str) -> bool {
    let plain = sentence.ends_with('.') && !sentence.contains([':', ';', '→', '/', '?', '!']);
    let Some(mask) = Mask::of(sentence).filter(|_| plain && sentences(sentence).len() == 1) else { return false };
    let text = mask.text.trim_end_matches('.');
    let first = text.split(' ').next().unwrap_or_default().to_lowercase();
    let starts = !opens_otherwise(&first)
        && !matches!(
            first.as_str(),
            "if" | "when" | "unless" | "while" | "where" | "whenever" | "this" | "these" | "there" | "only" | "note"
        );
    starts
        && (3..=STATEMENT).contains(&word_count(text))
        && match parse(text) {
            Form::Duty { .. } | Form::Role { .. } => true,
            Form::Other => is_statement(text) || many_act(text),
            _ => false,
        }
}

/// "Visitors report to reception.": a plural and a verb in the base form.
pub fn many_act(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    (1..words.len().min(6)).any(|at| {
        let plural = words[at - 1].len() > 3 && words[at - 1].ends_with('s') && !words[at - 1].ends_with("ss");
        let acts = is_verb(words[at]) && (!is_noun_like(words[at]) || at == 1 && names_people(words[0]));
        plural && acts && words.get(at + 1).is_some_and(|w| is_function(w))
    })
}
