//! X4: a short sentence of the SOP in pieces, for learners who cannot yet rewrite. Only sentences that go together in one way.

use course_format::course::{Answer, ItemBody};

use super::spec;
use crate::engine::english::words::is_function;
use crate::engine::forge::build::{choices, id_of, shuffled};
use crate::engine::forge::lines::Line;
use crate::engine::forge::{Bench, Made};

/// The sentence as pieces to be put in order, if its words allow one order only.
pub fn make(bench: &Bench<'_>, line: &Line) -> Option<Made> {
    let pieces = pieces(line)?;
    let wordings = [
        "Build the sentence: put the words in order.",
        "The words of this instruction are mixed up. Put them in order.",
        "Make a sentence for a colleague from these words.",
    ];
    let why = "This is the order of the words in the SOP.".to_owned();
    let wordings = wordings.iter().map(|s| (*s).to_owned()).collect();
    let spec = spec(bench, line, "rebuild", line.text.clone(), wordings, why);
    let mut mixed = shuffled(spec.id(bench), pieces.iter().cloned());
    if mixed == pieces {
        mixed.rotate_left(1);
    }
    let steps = choices(&mixed);
    let order = pieces.iter().map(|p| id_of(&steps, p)).collect();
    Some(spec.finish(
        bench,
        ItemBody::StepOrdering { steps },
        Answer::StepOrdering { order, exact: true, precedence: Vec::new() },
        1,
    ))
}

/// Four to seven pieces, each there once; small words go with the word that follows.
fn pieces(line: &Line) -> Option<Vec<String>> {
    const FREE: [&str; 12] =
        ["and", "or", "always", "only", "also", "immediately", "then", "first", "again", "daily", "carefully", "both"];
    let words: Vec<&str> = line.text.split(' ').collect();
    let bare = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let inner = words.split_last().map_or(&[][..], |(_, rest)| rest);
    let marked = inner.iter().any(|w| w.ends_with(|c: char| !c.is_alphanumeric()));
    let free = words.iter().any(|w| FREE.contains(&bare(w).as_str()) || bare(w).ends_with("ly"));
    let preposition = |w: &&&str| {
        matches!(
            bare(w).as_str(),
            "in" | "on" | "at" | "to" | "for" | "with" | "from" | "by" | "into" | "before" | "after" | "of"
        )
    };
    if !line.model || !(4..=10).contains(&line.words) || marked || free || words.iter().filter(preposition).count() > 1
    {
        return None;
    }
    let mut out: Vec<String> = Vec::new();
    let mut open = String::new();
    for word in words {
        open = if open.is_empty() { word.to_owned() } else { format!("{open} {word}") };
        let small = matches!(
            bare(word).as_str(),
            "the" | "a" | "an" | "your" | "into" | "in" | "on" | "at" | "to" | "for" | "with" | "of" | "from"
        );
        if !small {
            out.push(std::mem::take(&mut open));
        }
    }
    let distinct: std::collections::BTreeSet<String> = out.iter().map(|p| p.to_lowercase()).collect();
    let content = out.iter().filter(|p| !is_function(p)).count() >= 2;
    (open.is_empty() && (4..=7).contains(&out.len()) && distinct.len() == out.len() && content).then_some(out)
}
