//! R1 for reasons and purposes: the order first, then why, each in a sentence of its own.

use super::phrase::{Mask, participle_base};
use crate::engine::english::text::word_count;
use crate::engine::english::words::{is_finite, is_verb};

/// "Use new tips because old tips may be dirty." -> "Use new tips. This is because old tips may be dirty."
pub fn because(sentence: &str, words: usize) -> Option<Vec<String>> {
    let mask = Mask::of(sentence.strip_suffix('.')?)?;
    let (main, reason) = apart(&mask.text, &[", because ", " because ", ", as ", ", since "], words)?;
    let statement = reason.split(' ').skip(1).any(is_finite) || acts(reason);
    let first = reason.split(' ').next()?;
    let time = matches!(first, "of" | "soon" | "well" | "long" | "far" | "much" | "many" | "in" | "a" | "well,");
    let sure = mask.text.contains("because ") || matches!(first, "the" | "they" | "it" | "this" | "other" | "these");
    (statement && sure && !time)
        .then(|| vec![mask.restore(&format!("{main}.")), mask.restore(&format!("This is because {reason}."))])
}

/// "Leave a gap so that cold air can move." -> "Leave a gap. This way, cold air can move."
pub fn so_that(sentence: &str, words: usize) -> Option<Vec<String>> {
    let mask = Mask::of(sentence.strip_suffix('.')?)?;
    let (main, result) = apart(&mask.text, &[", so that ", " so that "], words)?;
    let statement = result.split(' ').skip(1).any(is_finite) || acts(result);
    // "so that they cannot be seen and must be locked": the second verb is the main clause's.
    let words: Vec<&str> = result.split(' ').collect();
    let goes_on = words.windows(2).any(|w| matches!(w[0], "and" | "but") && is_finite(w[1]));
    (statement && !goes_on && is_purpose(result) && !main.starts_with("This "))
        .then(|| vec![mask.restore(&format!("{main}.")), mask.restore(&format!("This way, {result}."))])
}

/// What is possible, prevented or done then; "so that the opening is at the foot" says how.
fn is_purpose(result: &str) -> bool {
    const HOW: [&str; 8] = ["closed", "open", "placed", "turned", "covered", "positioned", "aligned", "centred"];
    let words: Vec<&str> = result.split(' ').collect();
    let does =
        words.iter().any(|w| matches!(*w, "can" | "cannot" | "able" | "could" | "will" | "not" | "don't" | "doesn't"));
    let passive = |pair: &[&str]| {
        matches!(pair[0], "is" | "are") && !HOW.contains(&pair[1]) && participle_base(pair[1]).is_some()
    };
    does || acts(result) || words.windows(2).any(passive)
}

/// "you know ..."
fn acts(clause: &str) -> bool {
    let mut words = clause.split(' ');
    matches!(words.next(), Some("you" | "they" | "we")) && words.next().is_some_and(|w| is_verb(w) || w == "know")
}

/// The two halves around the one joint, where what comes after it surely belongs to the whole main clause.
fn apart<'a>(text: &'a str, joints: &[&str], words: usize) -> Option<(&'a str, &'a str)> {
    let (joint, (main, rest)) = joints.iter().find_map(|j| Some((*j, text.split_once(j)?)))?;
    let comma = joint.starts_with(',');
    let lower = format!(" {} ", main.to_lowercase());
    // "Do not stop because it is hot" forbids a reason, not the act.
    let denied = [" not ", " never ", " no ", " only ", "n't "].iter().any(|w| lower.contains(w));
    let open = [" if ", " when ", " unless ", " that ", " which ", " who ", " where ", " until ", " while "];
    let inside = open.iter().any(|w| lower.contains(w)) && !lower.contains(", ");
    let whole = word_count(main) >= 3 && word_count(rest) >= 3 && word_count(text) > words;
    let single = !joints.iter().any(|j| rest.contains(j)) && !text.contains([':', ';', '?', '|']);
    (whole && single && (comma || !denied && !inside)).then_some((main, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_and_purposes_get_their_own_sentence() {
        assert_eq!(
            because("Use new tips for every bottle because old tips may be dirty.", 9).unwrap(),
            ["Use new tips for every bottle.", "This is because old tips may be dirty."]
        );
        assert_eq!(
            because("Only use the cables that are in the room, as other cables can damage the screen.", 9).unwrap(),
            ["Only use the cables that are in the room.", "This is because other cables can damage the screen."]
        );
        assert_eq!(
            so_that("Leave a gap between the food and the wall so that cold air can move.", 9).unwrap(),
            ["Leave a gap between the food and the wall.", "This way, cold air can move."]
        );
    }

    #[test]
    fn a_reason_that_is_denied_or_inside_a_clause_stays() {
        for sentence in [
            "Do not stop the machine because the light is red and it is late.",
            "Tell the nurse that you are late because the train is late today.",
            "The desk is closed on Monday because of the long holiday in May.",
            "Close the door, as soon as the last guest is in the room.",
            "Stay, because it is hot.",
        ] {
            assert_eq!(because(sentence, 9), None, "{sentence}");
        }
        assert_eq!(so_that("Screens should stand so that they cannot be seen and must be locked at night.", 9), None);
        assert_eq!(so_that("Put on the bed cover so that the opening is at the foot of the bed.", 9), None);
        assert_eq!(so_that("Never fill the tank so that the water can run over the top.", 9), None);
    }
}
