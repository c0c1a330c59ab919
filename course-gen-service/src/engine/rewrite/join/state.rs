//! Statements beside each other: what is, who does what, what must be done.

use super::order::TIED;
use super::{Joint, Part, Way};
use crate::engine::english::parse::{Form, is_statement, opens_otherwise, parse};
use crate::engine::english::sentence::sentences;
use crate::engine::english::text::word_count;
use crate::engine::english::words::{
    base_of_third_person, is_finite, is_function, is_noun_like, is_subordinator, is_verb, names_people,
};
use crate::engine::rewrite::phrase::{Mask, bare, without_capital};

/// Words of a statement that is joined to another.
const STATEMENT: usize = 18;

/// Two statements in one.
pub fn two(first: &str, second: &str, critical: bool, document: &str) -> Vec<Way> {
    let mut out = Vec::new();
    out.extend(same_subject(first, second).map(|s| Way::new(Joint::And, &s)));
    if out.is_empty() {
        out.extend(chained(first, second).filter(|_| !critical).map(|s| Way::new(Joint::Relative, &s)));
        let taken_up = taken_up(first, second);
        let pronoun = taken_up.is_some();
        out.extend(taken_up);
        out.extend(whereas(first, second, document).map(|s| Way::new(Joint::Whereas, &s)));
        out.extend(statements(first, second, document).filter(|_| !pronoun).map(|s| Way::new(Joint::And, &s)));
    }
    out
}

/// "A cook cooks the meal. A waiter serves it. ..." -> "..., ..., and ...": three short statements.
pub fn several(parts: &[Part<'_>], document: &str) -> Option<Way> {
    let [a, b, c] = parts else { return None };
    let short = |s: &str| word_count(s) <= 9 && !s.contains([',', '"', '“', '(']) && declares(s) && !is_open(s);
    let free = [a, b, c].iter().all(|p| short(p.text) && !p.text.contains(" and ") && !p.text.contains(" or "));
    let stem = |s: &str| without_capital(s, document).trim_end_matches('.').to_owned();
    let first = a.text.trim_end_matches('.');
    free.then(|| Way::new(Joint::List, &format!("{first}, {}, and {}.", stem(b.text), stem(c.text))))
}

/// "Doors must be locked. Keys must be returned." -> "Doors must be locked, and keys must be returned."
pub fn statements(first: &str, second: &str, document: &str) -> Option<String> {
    if is_open(first) || first.contains(',') || second.contains(", and ") || !declares(first) || !declares(second) {
        return None;
    }
    Some(format!("{}, and {}", first.trim_end_matches('.'), without_capital(second, document)))
}

/// What one person does, or one thing must do, has its subject once: "The lead signs the form and keeps the copy."
fn same_subject(first: &str, second: &str) -> Option<String> {
    let sound = !is_open(first) && !first.contains(',') && declares(first) && declares(second);
    let start = first.trim_end_matches('.');
    let rest = match (parse(first), parse(second)) {
        (Form::Role { actor: a, .. }, Form::Role { actor: b, predicate }) if a == b => predicate,
        (Form::Duty { subject: a, modal: m, .. }, Form::Duty { subject: b, modal, negative, predicate })
            if a == b && m == modal =>
        {
            format!("{}{} {predicate}", modal.word(), if negative { " not" } else { "" })
        }
        _ => return None,
    };
    sound.then(|| format!("{start} and {rest}."))
}

/// "The cook gives the plate to the waiter. The waiter serves it." -> "..., who serves it."
fn chained(first: &str, second: &str) -> Option<String> {
    let (subject, rest) = subject_and_rest(second)?;
    let thing = subject.strip_prefix("The ").filter(|t| word_count(t) <= 3)?;
    let start = first.strip_suffix('.').filter(|_| sentences(first).len() == 1)?;
    let plain = !start.contains([':', ';', '“', '"', '(', '?', '!', '→']) && !start.starts_with("If ");
    let met = ["the", "a", "an"].iter().any(|article| start.ends_with(&format!(" {article} {thing}")));
    let once = start.to_lowercase().matches(&thing.to_lowercase()).count() == 1;
    let which = if names_people(&subject) { "who" } else { "which" };
    let easy = !rest.contains([',', ';', ':', '(']);
    (plain && met && once && easy).then(|| format!("{start}, {which} {rest}"))
}

/// "The rule holds for all rooms. It does not hold for suites." -> "..., but it does not hold for suites."
fn taken_up(first: &str, second: &str) -> Option<Way> {
    let text = second.strip_suffix('.').filter(|_| sentences(second).len() == 1)?;
    let (pronoun, rest) = text.split_once(' ')?;
    let finite = rest.split(' ').next().is_some_and(|v| is_finite(v) || base_of_third_person(v).is_some());
    let plain = !text.contains([':', ';', '?', '!', '→']) && !is_open(first) && declares(first);
    if !matches!(pronoun, "It" | "They") || !(finite || pronoun == "They") || !plain {
        return None;
    }
    let denies = |s: &str| format!(" {s} ").contains(" not ") || format!(" {s} ").contains(" never ");
    let joint = if denies(rest) && !denies(first) { "but" } else { "and" };
    let comma = if first.contains(',') { ";" } else { "," };
    let said = format!("{}{comma} {joint} {} {rest}.", first.trim_end_matches('.'), pronoun.to_lowercase());
    (comma == ",").then(|| Way::new(Joint::And, &said))
}

/// "A waiter serves the guests. A cook prepares the meal." -> "..., whereas a cook prepares the meal.": two who do two things, or
/// two things to which the same happens in two ways.
fn whereas(first: &str, second: &str, document: &str) -> Option<String> {
    let sound = !is_open(first) && !first.contains(',') && declares(first) && declares(second);
    let roles = matches!((parse(first), parse(second)), (Form::Role { .. }, Form::Role { .. }));
    let ((a, one), (b, other)) = (subject_and_rest(first)?, subject_and_rest(second)?);
    let heads = |s: &str| s.split(' ').take(2).map(str::to_owned).collect::<Vec<_>>();
    let alike = roles || heads(&one) == heads(&other);
    // Whoever both sentences name is no contrast: "... together with the waiter. The waiter ..."
    let differ = a != b && !first.to_lowercase().contains(&b.to_lowercase()) && word_count(&b) <= 5;
    (sound && alike && differ)
        .then(|| format!("{}, whereas {}", first.trim_end_matches('.'), without_capital(second, document)))
}

/// The subject and the rest of a statement, which begins with its verb and ends with its full stop.
pub fn subject_and_rest(sentence: &str) -> Option<(String, String)> {
    if let Form::Role { actor, predicate } = parse(sentence) {
        return Some((actor, format!("{}.", predicate.trim_end_matches('.'))));
    }
    let words: Vec<&str> = sentence.split(' ').collect();
    let at = words.iter().position(|w| is_finite(bare(w)))?;
    let subject = &words[..at];
    let whole = (1..=8).contains(&at)
        && subject.iter().all(|w| !is_subordinator(&w.to_lowercase()) && !w.ends_with([',', ':', ';']))
        && !opens_otherwise(&subject[0].to_lowercase());
    whole.then(|| (subject.join(" "), words[at..].join(" ")))
}

/// Whether the statement ends with a part that another statement could be taken into.
fn is_open(sentence: &str) -> bool {
    let text = format!(" {} ", sentence.trim_end_matches('.').to_lowercase());
    let free = [" or ", " not ", " never ", " always ", " immediately "];
    TIED.iter().any(|w| text.contains(w) && !free.contains(w) && !goes_with_a_noun(&text, w))
        || [" whether ", " how ", " why ", " that "].iter().any(|w| text.contains(w))
}

/// "before the shift", "after use": no clause, so that nothing is taken into it.
fn goes_with_a_noun(text: &str, word: &str) -> bool {
    let short = matches!(word, " before " | " after " | " until ");
    let clause = text.split(word).skip(1).any(|rest| {
        rest.split(' ').any(|w| is_finite(w) || matches!(w, "you" | "they" | "it")) || begins_with_verb(rest)
    });
    short && !clause
}

fn begins_with_verb(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    words.iter().take(4).any(|w| base_of_third_person(w).is_some_and(|b| !is_noun_like(&b)))
}

/// A statement that can stand beside another: a subject and what it does, must do or is.
pub fn declares(sentence: &str) -> bool {
    let plain = sentence.ends_with('.') && !sentence.contains([':', ';', '→', '/', '?', '!']);
    let Some(mask) = Mask::of(sentence).filter(|_| plain && sentences(sentence).len() == 1) else { return false };
    let text = mask.text.trim_end_matches('.');
    let first = text.split(' ').next().unwrap_or_default().to_lowercase();
    let pronoun =
        first == "this" && text.split(' ').nth(1).is_some_and(|w| is_finite(w) || base_of_third_person(w).is_some());
    let tied = matches!(
        first.as_str(),
        "if" | "when" | "unless" | "while" | "where" | "whenever" | "these" | "there" | "note"
    );
    let starts = !(opens_otherwise(&first) || tied || pronoun);
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
