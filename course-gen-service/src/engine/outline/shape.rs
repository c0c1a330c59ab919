//! What kind of phrase a heading is, and which two headings can stand side by side in one title.

use crate::engine::english::forms::gerund;
use crate::engine::english::text::{capitalise, list, lower_first};
use crate::engine::english::words::{is_finite, is_function, is_verb};

use super::titles::inside;

/// A title that a trainer can still write on the board.
const LONGEST: usize = 60;

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Shape {
    /// "Stripping the bed"
    Activity,
    /// "Broken tubes"
    Thing,
    /// "After the run", "If a guest has a reaction", "Book your travel"
    Other,
}

fn shape(heading: &str) -> Shape {
    let words: Vec<String> = heading.split_whitespace().map(str::to_lowercase).collect();
    let Some(first) = words.first() else { return Shape::Other };
    let clause = words.iter().any(|w| is_finite(w)) || heading.contains(['?', ':', ';']);
    let order = words.len() > 2 && is_verb(first) && ["the", "a", "an", "your", "all"].contains(&words[1].as_str());
    if clause || order || is_function(first) || matches!(first.as_str(), "after" | "before" | "during" | "within") {
        Shape::Other
    } else if is_gerund(first) {
        Shape::Activity
    } else {
        Shape::Thing
    }
}

/// "making" comes from a verb, "ceiling" does not.
pub fn is_gerund(word: &str) -> bool {
    let Some(stem) = word.strip_suffix("ing").filter(|s| s.len() > 2) else { return false };
    let undoubled = stem
        .chars()
        .next_back()
        .filter(|last| stem.ends_with(&format!("{last}{last}")))
        .map(|_| &stem[..stem.len() - 1]);
    is_verb(stem) || is_verb(&format!("{stem}e")) || undoubled.is_some_and(is_verb)
}

/// A heading as a title: "If a guest has a reaction" -> "When a guest has a reaction", "You must report incidents" ->
/// "Reporting incidents".
pub fn natural(heading: &str) -> String {
    if let Some((verb, rest)) = heading.strip_prefix("You must ").and_then(|order| order.split_once(' '))
        && is_verb(verb)
    {
        return capitalise(&format!("{} {rest}", gerund(verb)));
    }
    match heading.strip_prefix("If ").filter(|_| !heading.contains(',')) {
        Some(rest) => format!("When {rest}"),
        None => heading.to_owned(),
    }
}

/// Both headings in one title, where they are phrases of the same kind: "Refusals, mistakes and controlled drugs".
pub fn pair(first: &str, second: &str, text: &str) -> Option<String> {
    let (a, b) = (shape(first), shape(second));
    let plain = |h: &str| !h.contains([',', '–', '/', '&']);
    if a != b || a == Shape::Other || !plain(first) || !plain(second) || second.contains(" and ") {
        return None;
    }
    let later = with_article(&inside(second, text), text);
    let title = match first.split_once(" and ") {
        None => format!("{first} and {later}"),
        Some((one, two)) if a == Shape::Thing && !two.contains(" and ") && is_short(one) && is_short(two) => {
            list(&[one.to_owned(), two.to_owned(), later])
        }
        Some(_) => return None,
    };
    (title.chars().count() <= LONGEST).then_some(title)
}

/// "safe" -> "the safe", where the SOP writes it so: one thing needs its article after "and".
fn with_article(heading: &str, text: &str) -> String {
    let one = !heading.contains(' ') && heading.chars().all(char::is_lowercase) && !heading.ends_with('s');
    let plain = |before: &str| !before.ends_with(char::is_alphabetic);
    let mut times = 0;
    let articled = one
        && text.match_indices(heading).filter(|(at, _)| plain(&text[..*at])).all(|(at, _)| {
            let before = text[..at].to_lowercase();
            let named = ["the ", "a ", "an ", "this "].iter().any(|d| before.ends_with(d));
            times += usize::from(named);
            // "when it is safe" says how something is, and names nothing.
            named || before.ends_with("is ") || before.ends_with("are ")
        });
    if articled && times > 0 { format!("the {heading}") } else { heading.to_owned() }
}

/// "Cleaning and sterilising instruments" is one thing with two verbs, "refusals and mistakes" are two things.
fn is_short(part: &str) -> bool {
    part.split(' ').count() <= 2
}

/// "More about claims": the second lesson of a section.
pub fn more(title: &str, text: &str) -> String {
    let named = match shape(title) {
        Shape::Other => format!("“{title}”"),
        Shape::Activity | Shape::Thing => lower_first(&inside(title, text), text),
    };
    format!("More about {named}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_phrases_of_one_kind_stand_side_by_side() {
        let of = |a: &str, b: &str| pair(a, b, "");
        assert_eq!(of("Broken tubes", "Maintenance").as_deref(), Some("Broken tubes and maintenance"));
        assert_eq!(
            of("Refusals and mistakes", "Controlled drugs").as_deref(),
            Some("Refusals, mistakes and controlled drugs")
        );
        assert_eq!(
            pair("Differences", "Safe", "The safe has a delay. Open the safe only when it is safe.").as_deref(),
            Some("Differences and the safe")
        );
        assert_eq!(of("Serving", "If a guest has a reaction"), None);
        assert_eq!(of("Starting the run", "After the run"), None);
        assert_eq!(of("Who may give medicines", "Before the round"), None);
        assert_eq!(
            of("Taking the order", "Preparing the meal").as_deref(),
            Some("Taking the order and preparing the meal")
        );
    }

    #[test]
    fn a_case_as_a_heading_becomes_a_time() {
        assert_eq!(natural("If a guest has a reaction"), "When a guest has a reaction");
        assert_eq!(natural("Lost badges"), "Lost badges");
        assert_eq!(natural("You must report incidents"), "Reporting incidents");
    }

    #[test]
    fn the_second_lesson_of_a_section_says_more() {
        assert_eq!(more("Closing the till", ""), "More about closing the till");
    }
}
