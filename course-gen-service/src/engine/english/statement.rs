//! What running prose says about work: who has to, should, may or must not do what. "You are required to sign the log", "The
//! certificate has to be sent to the HR Officer", "It is your responsibility to check the balance".

use super::forms::is_plural;
use super::parse::{Form, makes_a_verb, opens_otherwise, strip_label};
use super::text::{without_brackets, without_stop};
use super::words::{
    base_of_participle, base_of_third_person, is_finite, is_function, is_noun_like, is_verb, names_people,
};

const PADDING: [&str; 6] = ["Please note that ", "Note that ", "Please ", "In addition, ", "Also, ", "Therefore, "];

/// How strict a rule is.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Force {
    Must,
    Should,
    May,
    MustNot,
    /// "You do not need to ..."
    Free,
    /// It says what somebody does or will do: "The line manager approves each request."
    Does,
}

/// Who the sentence is about.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Who {
    You,
    People(String),
    Thing(String),
}

/// A sentence with one subject and one predicate.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Statement {
    pub who: Who,
    pub force: Force,
    /// A verb phrase in the base form: "be sent to the HR Officer within three days".
    pub act: String,
    /// The words between subject and act, where they are no modal: "is responsible for".
    pub responsible: bool,
}

const MARKERS: [(&str, Force); 52] = [
    (" are not required to ", Force::Free),
    (" is not required to ", Force::Free),
    (" do not have to ", Force::Free),
    (" does not have to ", Force::Free),
    (" don't have to ", Force::Free),
    (" do not need to ", Force::Free),
    (" does not need to ", Force::Free),
    (" don't need to ", Force::Free),
    (" need not ", Force::Free),
    (" must not ", Force::MustNot),
    (" must never ", Force::MustNot),
    (" may not ", Force::MustNot),
    (" may never ", Force::MustNot),
    (" shall not ", Force::MustNot),
    (" are not allowed to ", Force::MustNot),
    (" is not allowed to ", Force::MustNot),
    (" are not permitted to ", Force::MustNot),
    (" is not permitted to ", Force::MustNot),
    (" are required to ", Force::Must),
    (" is required to ", Force::Must),
    (" are obliged to ", Force::Must),
    (" is obliged to ", Force::Must),
    (" are expected to ", Force::Must),
    (" is expected to ", Force::Must),
    (" will have to ", Force::Must),
    (" will need to ", Force::Must),
    ("'ll need to ", Force::Must),
    ("'ll have to ", Force::Must),
    (" will also need to ", Force::Must),
    ("'ll also need to ", Force::Must),
    (" are to ", Force::Must),
    (" is to ", Force::Must),
    (" have to ", Force::Must),
    (" has to ", Force::Must),
    (" need to ", Force::Must),
    (" needs to ", Force::Must),
    (" must ", Force::Must),
    (" shall ", Force::Must),
    (" are responsible for ", Force::Does),
    (" is responsible for ", Force::Does),
    (" are asked to ", Force::Should),
    (" are requested to ", Force::Should),
    (" should ", Force::Should),
    (" are allowed to ", Force::May),
    (" is allowed to ", Force::May),
    (" are permitted to ", Force::May),
    (" is permitted to ", Force::May),
    (" are entitled to ", Force::May),
    (" may ", Force::May),
    (" can also ", Force::May),
    (" can ", Force::May),
    (" will ", Force::Does),
];

/// Openings that speak to the reader without a subject of the rule's own.
const IMPERSONAL: [(&str, Force); 9] = [
    ("it is your responsibility to ", Force::Must),
    ("it is your duty to ", Force::Must),
    ("it is critical that you ", Force::Must),
    ("it is essential that you ", Force::Must),
    ("it is mandatory to ", Force::Must),
    ("it is recommended that you ", Force::Should),
    ("it is not permitted to ", Force::MustNot),
    ("it is not allowed to ", Force::MustNot),
    ("it is forbidden to ", Force::MustNot),
];

/// Understands one sentence without a condition: one statement, or several where one subject has several verbs; nothing where that
/// is not sure.
pub fn all(sentence: &str) -> Vec<Statement> {
    understood(sentence).unwrap_or_default()
}

fn understood(sentence: &str) -> Option<Vec<Statement>> {
    let text = without_brackets(without_stop(strip_label(sentence.trim())))?;
    let text = PADDING.iter().find_map(|pad| text.strip_prefix(pad)).unwrap_or(&text);
    if text.contains(['→', '|', '?', '[', ']', ';', '<', '=', '“', '"', '”']) || text.contains(": ") || link(text)
    {
        return None;
    }
    let lower = text.to_lowercase();
    for (opening, force) in IMPERSONAL {
        if lower.starts_with(opening) {
            return Some(made(&Who::You, force, &text[opening.len()..], false));
        }
    }
    marked(text).or_else(|| present(text))
}

fn link(text: &str) -> bool {
    text.contains("://") || text.contains("www.")
}

/// "SUBJECT marker ACT".
fn marked(text: &str) -> Option<Vec<Statement>> {
    let found = MARKERS.iter().filter_map(|(marker, force)| Some((text.find(marker)?, *marker, *force)));
    let (at, marker, force) = found.min_by_key(|(at, marker, _)| (*at, std::cmp::Reverse(marker.len())))?;
    let who = who(&text[..at])?;
    let rest = &text[at + marker.len()..];
    if marker.ends_with("responsible for ") {
        return responsible(&who, rest);
    }
    if force == Force::Does && !matches!(who, Who::People(_)) {
        return None;
    }
    if force == Force::May && is_possible(&who, rest) {
        return None;
    }
    // "The purpose is to agree", "The idea is to help": no duty.
    if matches!(marker, " is to " | " are to ") && !rest.starts_with("be ") && !matches!(who, Who::People(_)) {
        return None;
    }
    // "You should not": advice against something is neither a ban nor a duty.
    if matches!(rest.split(' ').next(), Some("not" | "never" | "only")) {
        return None;
    }
    Some(made(&who, force, rest, false))
}

/// "A breach may lead to a warning", "data may be lost": what can happen is no permission.
fn is_possible(who: &Who, rest: &str) -> bool {
    const HAPPENS: &str = "lead cause result contain occur happen feel fail need vary take differ become appear experience affect mean \
        include damage scratch indicate have suffer require";
    const DONE: &str = "lost damaged needed required affected injured caused delayed contaminated";
    let named = |list: &str, word: &str| list.split(' ').any(|w| w == word);
    let mut words = rest.split(' ');
    let verb = words.next().unwrap_or_default();
    let passive = verb == "be";
    let done = words.next().unwrap_or_default();
    named(HAPPENS, verb) || passive && named(DONE, done) || matches!(who, Who::Thing(_)) && !passive
}

/// "The clerk is responsible for naming the files, checking the scans and closing the safe."
fn responsible(who: &Who, rest: &str) -> Option<Vec<Statement>> {
    if matches!(who, Who::Thing(_)) {
        return None;
    }
    let mut parts: Vec<String> = Vec::new();
    for piece in rest.replace(", and ", ", ").replace(" and ", ", & ").split(", ") {
        let (joint, piece) = piece.strip_prefix("& ").map_or((", ", piece), |p| (" and ", p));
        if let Some(act) = from_gerund(piece) {
            parts.push(act);
        } else if let Some(last) = parts.last_mut() {
            last.push_str(joint);
            last.push_str(piece);
        } else {
            return None;
        }
    }
    let force = if *who == Who::You { Force::Must } else { Force::Does };
    Some(parts.iter().flat_map(|act| made(who, force, act, true)).collect())
}

/// "checking the scans", "properly submitting the form" -> "check the scans", "properly submit the form".
fn from_gerund(piece: &str) -> Option<String> {
    let (adverb, rest) = match piece.split_once(' ') {
        Some((adverb, rest)) if adverb.ends_with("ly") => (Some(adverb), rest),
        _ => (None, piece),
    };
    let (verb, behind) = rest.split_once(' ')?;
    let base = cefr::lemma(verb);
    let gerund = verb.ends_with("ing") && base != verb && cefr::can_be(&base, cefr::PartOfSpeech::Verb);
    gerund.then(|| adverb.map_or_else(|| format!("{base} {behind}"), |a| format!("{a} {base} {behind}")))
}

fn first(text: &str) -> &str {
    text.split(' ').next().unwrap_or_default()
}

/// Adverbs that stand before an adjective at the beginning of a subject.
const QUALIFIERS: [&str; 9] =
    ["potentially", "newly", "properly", "fully", "highly", "recently", "partly", "personally", "family"];

fn who(subject: &str) -> Option<Who> {
    const BACK: [&str; 19] = [
        "it", "this", "these", "those", "they", "that", "he", "she", "if", "when", "there", "we", "which", "what",
        "where", "unless", "nobody", "who", "such",
    ];
    let words: Vec<&str> = subject.split_whitespace().collect();
    let head = words.first()?.to_lowercase();
    if head == "you" {
        return (words.len() == 1).then_some(Who::You);
    }
    let unclear = words.len() > 9
        || BACK.contains(&head.as_str())
        || opens_otherwise(&head)
        || head.ends_with("ly") && !QUALIFIERS.contains(&head.as_str())
        || head == "no"
        || matches!(words.last().copied(), Some("and" | "or" | "to"))
        || words.iter().skip(1).any(|w| base_of_third_person(bare(w)).is_some_and(|b| !is_noun_like(&b)))
        || subject.contains("e.g.")
        || words.iter().any(|w| is_finite(bare(w)) || matches!(bare(w), "who" | "that" | "which" | "you"))
        || subject.contains(',');
    if unclear || is_verb(&head) && !is_noun_like(&head) {
        return None;
    }
    Some(if names_people(subject) { Who::People(subject.to_owned()) } else { Who::Thing(subject.to_owned()) })
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'')
}

/// The acts, each one verb phrase from its verb on.
fn made(who: &Who, force: Force, rest: &str, responsible: bool) -> Vec<Statement> {
    let rest = ["also ", "always ", "first ", "then "].iter().find_map(|a| rest.strip_prefix(a)).unwrap_or(rest);
    let end = [
        ", which ",
        ", so that ",
        ", because ",
        ", where ",
        ", as ",
        ", but ",
        ", and once ",
        ", and if ",
        ", and when ",
    ]
    .iter()
    .filter_map(|j| rest.find(j))
    .min();
    let act = rest[..end.unwrap_or(rest.len())].trim_end_matches(',');
    // What is narrowed behind the comma is another rule.
    if rest.contains(", provided ") || rest.contains(", unless ") || rest.contains(", but only ") {
        return Vec::new();
    }
    // A second clause behind "and" or "but" has a force of its own.
    let second = [
        " but ",
        " and must ",
        " and may ",
        " and should ",
        " and is ",
        " and are ",
        " and will ",
        " and they ",
        " and can ",
    ]
    .iter()
    .any(|j| act.contains(j));
    if second {
        return Vec::new();
    }
    let parts = match super::parse::parse(&super::text::capitalise(act)) {
        Form::Do(command) if command.phrases.len() > 1 => command.phrases,
        _ => vec![act.to_owned()],
    };
    let whole = |act: String| Statement { who: who.clone(), force, act, responsible };
    parts.into_iter().filter(|act| is_act(act)).map(whole).collect()
}

fn is_act(act: &str) -> bool {
    let verb = match act.split_once(' ') {
        Some((adverb, rest)) if adverb.ends_with("ly") => first(rest),
        _ => first(act),
    };
    let base = verb == "be"
        || verb == "have"
        || is_verb(verb)
        || cefr::can_be(verb, cefr::PartOfSpeech::Verb) && cefr::lemma(verb) == verb;
    // "The boxes should be polygon": the SOP's own slip.
    let bare_noun = act.strip_prefix("be ").map(first).is_some_and(|w| !qualifies(w));
    base && !bare_noun && (2..=22).contains(&act.split(' ').count())
}

/// What may stand behind "be": a participle, an adjective, a small word.
fn qualifies(word: &str) -> bool {
    let plain = bare(word).to_lowercase();
    let participle = plain.ends_with("ed") || plain.ends_with("en") || base_of_participle(&plain).is_some();
    participle
        || is_function(&plain)
        || cefr::can_be(&plain, cefr::PartOfSpeech::Adjective)
        || cefr::can_be(&plain, cefr::PartOfSpeech::Adverb)
        || cefr::can_be(&cefr::lemma(&plain), cefr::PartOfSpeech::Verb)
}

/// "Gallery attendants check that ...", "The line manager approves each request": people and what they do.
fn present(text: &str) -> Option<Vec<Statement>> {
    let words: Vec<&str> = text.split_whitespace().collect();
    for at in 1..words.len().min(6) {
        let subject = words[..at].join(" ");
        let verb = bare(words[at]);
        let next = words.get(at + 1).map(|w| bare(w).to_lowercase()).unwrap_or_default();
        if !names_people(&subject) || subject.contains(',') || words[at].ends_with(',') {
            continue;
        }
        let Who::People(actor) = who(&subject)? else { return None };
        let rest = words[at + 1..].join(" ");
        if let Some(base) = base_of_third_person(verb)
            && is_plural(&actor) == Some(false)
            && (!is_noun_like(&base) || makes_a_verb(&base, &next))
        {
            let who = Who::People(actor);
            return Some(third(&base, &rest).iter().flat_map(|act| made(&who, Force::Does, act, false)).collect());
        }
        // "Attendants report missing labels": behind a plural no second noun follows.
        let goes_on = next.len() > 2 && !is_finite(&next) && !matches!(next.as_str(), "and" | "who" | "that" | "which");
        let base = is_verb(verb) && (!is_noun_like(verb) || goes_on);
        if base && is_plural(&actor) == Some(true) {
            return Some(made(&Who::People(actor), Force::Does, &format!("{verb} {rest}"), false));
        }
    }
    None
}

/// "answers questions": behind a noun in the plural no second noun follows.
fn is_thing(word: &str) -> bool {
    cefr::can_be(&cefr::lemma(word), cefr::PartOfSpeech::Noun)
}

/// "keep", "the records and answers questions": "keep the records", "answer questions". Nothing where a part is no verb for sure.
fn third(base: &str, rest: &str) -> Vec<String> {
    if let Some((verb, behind)) = rest.split_once(' ').and_then(|(joint, more)| {
        let (verb, behind) = more.split_once(' ')?;
        matches!(joint, "or" | "and").then_some((base_of_third_person(verb)?, behind))
    }) {
        let joint = first(rest);
        return vec![format!("{base} {joint} {verb} {behind}")];
    }
    for (at, joint) in rest.match_indices(" and ") {
        let behind = &rest[at + joint.len()..];
        let (verb, object) = behind.split_once(' ').unwrap_or((behind, ""));
        let next = first(object).to_lowercase();
        if let Some(second) = base_of_third_person(verb)
            && (!is_noun_like(&second) || makes_a_verb(&second, &next) || is_thing(&next))
        {
            return vec![format!("{base} {}", &rest[..at]), format!("{second} {object}")];
        }
        // "is responsible for ..." behind "and": the rest is left out.
        if is_finite(verb) {
            return vec![format!("{base} {}", &rest[..at])];
        }
    }
    vec![format!("{base} {rest}")]
}

#[cfg(test)]
mod tests;
