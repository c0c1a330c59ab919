//! The item-writing flaws of the guide that one item can have by itself. What needs the whole course (balance of keys, items
//! that answer each other) is kept by the choice of items; what needs the SOP (a second right option) by the solver.

use std::collections::BTreeSet;

use course_format::course::{Answer, Choice, GapPiece, ItemBody};

use crate::engine::english::quantity;
use crate::engine::english::text::{contains_word, stems, word_count};
use crate::engine::forge::Made;

/// Every flaw of this item.
pub fn of(made: &Made) -> Vec<String> {
    let mut out = of_stem(made);
    match (&made.item.body, &made.key.answer) {
        (ItemBody::SingleChoice { options }, Answer::SingleChoice { choice }) => {
            out.extend(of_options(&made.item.stem, options, &BTreeSet::from([choice.as_str()]), true));
        }
        (ItemBody::MultiSelect { options, .. }, Answer::MultiSelect { choices }) => {
            out.extend(of_options(&made.item.stem, options, &choices.iter().map(String::as_str).collect(), false));
        }
        (ItemBody::TapEvidence { sentences }, Answer::TapEvidence { choice }) => {
            out.extend(clue(&made.item.stem, sentences, &BTreeSet::from([choice.as_str()])));
        }
        (ItemBody::GapSelect { pieces, options }, Answer::GapSelect { .. }) => {
            for (gap, options) in options {
                out.extend(misfits(pieces, gap, options));
                out.extend(out_of_order(options));
            }
        }
        (ItemBody::Gap { pieces }, Answer::Gap { .. }) if blank_text(pieces) => {
            out.push("there is nothing around the gap".to_owned());
        }
        _ => {}
    }
    out.extend(trivia(made));
    out
}

/// Leaves the wordings of the stem that give nothing away; the first of them is the item's own.
pub fn keep_sound_stems(made: &mut Made) {
    if made.stems.len() < 2 {
        return;
    }
    let sound: Vec<String> = std::mem::take(&mut made.stems)
        .into_iter()
        .filter(|stem| {
            made.item.stem.clone_from(stem);
            of(made).is_empty()
        })
        .collect();
    if let Some(first) = sound.first() {
        made.item.stem.clone_from(first);
    }
    made.stems = if sound.is_empty() { vec![made.item.stem.clone()] } else { sound };
}

fn of_stem(made: &Made) -> Vec<String> {
    const BACK: [&str; 8] = ["it", "they", "this", "these", "those", "he", "she", "such"];
    let stem = &made.item.stem;
    let mut out = Vec::new();
    let chosen = matches!(
        made.item.body,
        ItemBody::SingleChoice { .. } | ItemBody::MultiSelect { .. } | ItemBody::TapEvidence { .. }
    );
    let framed = without_quotes(stem).to_lowercase();
    if chosen
        && (framed.contains("except")
            || ["is not", "are not", "does not", "do not"]
                .iter()
                .any(|n| framed.contains(&format!("which {n}")) || framed.contains(&format!("these {n}"))))
    {
        out.push("its stem asks for what is not so".to_owned());
    }
    let first = stem.split_whitespace().next().unwrap_or_default().to_lowercase();
    if BACK.contains(&first.as_str()) && !stem.starts_with("It is") {
        out.push("its stem makes no sense alone".to_owned());
    }
    if word_count(stem) > 45 {
        out.push("its stem is too long".to_owned());
    }
    out
}

fn without_quotes(text: &str) -> String {
    let mut depth = 0;
    text.chars()
        .filter(|c| {
            match c {
                '“' => depth += 1,
                '”' => depth -= 1,
                _ => {}
            }
            depth == 0
        })
        .collect()
}

fn of_options(stem: &str, options: &[Choice], right: &BTreeSet<&str>, one: bool) -> Vec<String> {
    let mut out = Vec::new();
    for option in options {
        let lower = option.text.to_lowercase();
        if lower.contains("of the above") || lower.contains("of these") {
            out.push("an option points at the others".to_owned());
        }
    }
    let lengths: Vec<usize> = options.iter().map(|o| o.text.chars().count()).collect();
    let (short, long) = (lengths.iter().min().copied().unwrap_or(0), lengths.iter().max().copied().unwrap_or(0));
    // Names of people and things differ by a word or two: that betrays nothing.
    let names = options.iter().all(|o| word_count(&o.text) <= 3 && !o.text.ends_with('.'));
    if one && long * 2 > short * 3 && long - short > if names { 12 } else { 8 } {
        out.push("its options differ in length".to_owned());
    }
    let plain: Vec<String> = options.iter().map(|o| o.text.trim_end_matches('.').to_lowercase()).collect();
    let inside = |a: &str, b: &str| a != b && contains_word(b, a);
    if plain.iter().any(|a| plain.iter().any(|b| inside(a, b))) {
        out.push("one option includes another".to_owned());
    }
    let kinds: BTreeSet<(bool, bool)> =
        options.iter().map(|o| (o.text.ends_with(['.', '!']), is_measure(&o.text))).collect();
    if kinds.len() > 1 {
        out.push("its options are of different kinds".to_owned());
    }
    out.extend(clue(stem, options, right));
    out.extend(out_of_order(options));
    out
}

/// An option that is an amount, and little else.
fn is_measure(text: &str) -> bool {
    !quantity::all(text).is_empty() && word_count(text) <= 6 && !text.ends_with('.')
}

/// A content word that stem and key share and no other option has.
fn clue(stem: &str, options: &[Choice], right: &BTreeSet<&str>) -> Option<String> {
    let asked = stems(stem);
    let (keys, others): (Vec<&Choice>, Vec<&Choice>) = options.iter().partition(|o| right.contains(o.id.as_str()));
    let wrong: BTreeSet<String> = others.iter().flat_map(|o| stems(&o.text)).collect();
    let shared = keys.iter().flat_map(|o| stems(&o.text)).find(|s| asked.contains(s) && !wrong.contains(s))?;
    Some(format!("stem and key alone share “{shared}”"))
}

/// Amounts stand by size.
fn out_of_order(options: &[Choice]) -> Option<String> {
    let sizes: Vec<(quantity::Dimension, f64)> = options
        .iter()
        .filter_map(|o| match quantity::all(&o.text).as_slice() {
            [q] => Some((q.dimension, q.size)),
            _ => None,
        })
        .collect();
    let comparable = sizes.len() == options.len()
        && sizes.windows(2).all(|w| w[0].0 == w[1].0)
        && options.iter().all(|o| is_measure(&o.text));
    let sorted = sizes.windows(2).all(|w| w[0].1 <= w[1].1);
    (comparable && !sorted).then(|| "its numbers are out of order".to_owned())
}

/// After "a" or "an", every option must begin with the right sound.
fn misfits(pieces: &[GapPiece], gap: &str, options: &[Choice]) -> Option<String> {
    let at = pieces.iter().position(|p| matches!(p, GapPiece::Gap { id, .. } if id == gap))?;
    let GapPiece::Text { text } = pieces.get(at.checked_sub(1)?)? else { return None };
    let article = text.split_whitespace().next_back()?.to_lowercase();
    let vowel = |o: &Choice| o.text.to_lowercase().starts_with(['a', 'e', 'i', 'o', 'u']);
    let bad = match article.as_str() {
        "a" => options.iter().any(vowel),
        "an" => !options.iter().all(vowel),
        _ => false,
    };
    bad.then(|| "an option does not fit the article".to_owned())
}

fn blank_text(pieces: &[GapPiece]) -> bool {
    !pieces.iter().any(|p| matches!(p, GapPiece::Text { text } if text.split_whitespace().count() >= 2))
}

/// Telephone numbers, addresses and part numbers are looked up, not learnt.
fn trivia(made: &Made) -> Option<String> {
    let asked: Vec<&str> = match (&made.item.body, &made.key.answer) {
        (ItemBody::SingleChoice { options }, Answer::SingleChoice { choice }) => {
            options.iter().filter(|o| o.id == *choice).map(|o| o.text.as_str()).collect()
        }
        (_, Answer::Gap { accepted }) => accepted.values().flatten().map(String::as_str).collect(),
        _ => return None,
    };
    let code = |w: &str| {
        let digits = w.chars().filter(char::is_ascii_digit).count();
        digits >= 6 || w.contains('@') || w.contains("://") || digits > 0 && w.contains('_')
    };
    asked.iter().any(|t| t.split_whitespace().any(code)).then(|| "it asks for a number that people look up".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(texts: &[&str]) -> Vec<Choice> {
        texts.iter().zip('a'..).map(|(t, id)| Choice { id: id.to_string(), text: (*t).to_owned() }).collect()
    }

    fn found(stem: &str, texts: &[&str], key: &str) -> Vec<String> {
        of_options(stem, &options(texts), &BTreeSet::from([key]), true)
    }

    #[test]
    fn sound_options_pass() {
        assert!(found("How long do you wait?", &["10 seconds", "30 seconds", "60 seconds"], "b").is_empty());
        assert!(
            found("A box is wet. What do you do?", &["Close the gate.", "Call the driver.", "Sign the note."], "a")
                .is_empty()
        );
    }

    #[test]
    fn cues_to_the_key_are_seen() {
        assert_eq!(
            found("The gate is open. What do you do?", &["Close the gate.", "Call the driver.", "Sign the note."], "a")
                .len(),
            1
        );
        assert_eq!(
            found("How long?", &["60 seconds", "30 seconds", "10 seconds"], "a"),
            ["its numbers are out of order"]
        );
        assert!(
            !found("What now?", &["Stop.", "Walk slowly to the green door at the end of the hall.", "Wait."], "b")
                .is_empty()
        );
        assert!(!found("What now?", &["Close the door.", "Open the box.", "All of the above."], "a").is_empty());
        assert!(!found("Who signs?", &["Supervisor", "Shift supervisor", "Driver"], "a").is_empty());
    }

    #[test]
    fn articles_fit_every_option() {
        let pieces = [
            GapPiece::Text { text: "Take a ".into() },
            GapPiece::Gap { id: "g1".into(), hint: None },
            GapPiece::Text { text: " from the shelf.".into() },
        ];
        assert!(misfits(&pieces, "g1", &options(&["glove", "bag", "cloth"])).is_none());
        assert!(misfits(&pieces, "g1", &options(&["glove", "apron", "cloth"])).is_some());
    }
}
