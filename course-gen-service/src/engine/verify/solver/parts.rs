use course_format::course::Choice;

use super::only;
use crate::engine::english::chunks::mentions_people;
use crate::engine::english::quantity::{self, Dimension};
use crate::engine::english::text::contains_word;
use crate::engine::english::words::is_verb;

const WORDS_OF_TIME: &str = "end start beginning morning evening afternoon night noon day days week weeks month months year shift \
    weekend monday tuesday wednesday thursday friday saturday sunday daily weekly monthly times";

/// The words of one sentence that answer the short question in quotation marks.
pub fn tells(stem: &str, parts: &[Choice]) -> Option<String> {
    let question = stem.split('“').nth(1)?.split('”').next()?;
    let pass: fn(&str) -> bool = match question {
        "When?" => when,
        "How long?" => |t| when(t) && opens(t, &["for", "until"]),
        "Where?" => |t| place(t) && !when(t) && quantity::all(t).is_empty(),
        "Who?" => mentions_people,
        "Why?" => why,
        "In which case?" => |t| opens(t, &["if", "when", "unless", "whenever"]),
        "How much?" => {
            |t| quantity::all(t).iter().any(|q| !matches!(q.dimension, Dimension::Duration | Dimension::Clock))
        }
        _ => return None,
    };
    only(parts, |p| pass(&p.text)).map(|p| p.id.clone())
}

fn opens(text: &str, words: &[&str]) -> bool {
    let lower = text.to_lowercase();
    let lower = ["only ", "immediately ", "directly "].iter().find_map(|w| lower.strip_prefix(w)).unwrap_or(&lower);
    lower.split(' ').next().is_some_and(|first| words.contains(&first.trim_matches(|c: char| !c.is_alphanumeric())))
}

fn when(text: &str) -> bool {
    let timed = quantity::all(text).iter().any(|q| matches!(q.dimension, Dimension::Duration | Dimension::Clock));
    let lower = text.to_lowercase();
    timed
        || opens(text, &["within", "during", "until", "before", "after", "every", "once", "when", "while"])
        || opens(text, &["in", "on", "at", "for", "from", "to", "by"])
            && WORDS_OF_TIME.split_whitespace().any(|w| contains_word(&lower, w))
}

fn place(text: &str) -> bool {
    opens(text, &["in", "on", "at", "into", "under", "near", "behind", "beside", "inside", "above", "below", "onto"])
        && !text.to_lowercase().starts_with("in order")
}

fn why(text: &str) -> bool {
    let mut words = text.split(' ');
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    first == "because"
        || (first == "so" && second == "that")
        || (first == "in" && second == "order")
        || (first == "to" && is_verb(second))
}
