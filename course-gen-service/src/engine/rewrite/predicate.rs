//! R1 for one subject with two predicates that each have their own "is", "must" or "may": a sentence for each, and the
//! subject said again in few words.

use super::phrase::{Mask, participle_base};
use super::split::reaches_back;
use crate::engine::english::forms::is_plural;
use crate::engine::english::parse::is_statement;
use crate::engine::english::part::is_preposition;
use crate::engine::english::text::{capitalise, word_count};
use crate::engine::english::words::{is_finite, is_function, is_verb, names_people};

/// Verbs that can begin the second predicate.
const AUXILIARY: [&str; 10] = ["is", "are", "must", "should", "may", "can", "cannot", "has", "have", "will"];

/// Words whose clause may go on after the joint.
const OPEN: [&str; 17] = [
    "if", "when", "whenever", "unless", "until", "that", "which", "who", "whose", "because", "while", "so", "where",
    "how", "what", "whether", "as",
];

/// Words that begin a sentence before its subject, or a subject that holds for both predicates only together.
const NO_SUBJECT: [&str; 31] = [
    "if", "when", "in", "on", "at", "for", "during", "after", "before", "to", "by", "with", "as", "once", "until",
    "from", "so", "while", "where", "because", "unless", "there", "what", "which", "who", "how", "this", "that", "no",
    "only", "neither",
];

/// Subjects of so many words are said again as they are.
const SHORT: usize = 3;

/// "The keys are kept by the carer and are never left in the door." -> "The keys are kept by the carer. The keys are never ..."
pub fn two(sentence: &str, words: usize) -> Option<Vec<String>> {
    let mask = Mask::of(sentence.strip_suffix('.')?)?;
    let text = mask.text.as_str();
    if word_count(text) <= words || text.contains([':', ';', '?', '|']) {
        return None;
    }
    let list: Vec<&str> = text.split(' ').collect();
    let verb = list.iter().position(|w| AUXILIARY.contains(w))?;
    let subject = &list[..verb];
    if !is_subject(subject) {
        return None;
    }
    let joint = (verb + 2..list.len().saturating_sub(2)).find(|at| {
        let again = AUXILIARY.contains(&list[*at + 1]) || shares_be(&list, verb, *at);
        matches!(list[*at], "and" | "but") && again && !is_open(&list[verb..*at])
    })?;
    let shared = if shares_be(&list, verb, joint) { format!("{} ", list[verb]) } else { String::new() };
    let (left, right) = (list[verb..joint].join(" "), format!("{shared}{}", list[joint + 1..].join(" ")));
    let number = match subject {
        ["It"] => Some(false),
        ["You" | "They" | "We"] => Some(true),
        _ => is_plural(&core(subject).join(" ")),
    };
    let agrees = match list[joint + 1] {
        "is" | "has" => number == Some(false),
        "are" | "have" => number == Some(true),
        _ => true,
    };
    // "but" parts what it joins: a time at the end is the second one's.
    let meant_for_both = list[joint] == "and" && reaches_back(&right);
    if !agrees || meant_for_both || word_count(&left) < 2 || word_count(&right) < 3 {
        return None;
    }
    let left = left.trim_end_matches(',');
    let lead = if list[joint] == "but" { "But " } else { "" };
    let again = said_again(subject, number?)?;
    let again = if lead.is_empty() { again } else { format!("{}{}", again[..1].to_lowercase(), &again[1..]) };
    let first = format!("{} {left}.", subject.join(" "));
    Some(vec![mask.restore(&first), mask.restore(&format!("{lead}{again} {right}."))])
}

/// "are counted by the nurse and recorded in the book": one "are" for two participles.
fn shares_be(list: &[&str], verb: usize, joint: usize) -> bool {
    let done = |at: usize| list.get(at).is_some_and(|w| w.ends_with("ed") && participle_base(w).is_some());
    matches!(list[verb], "is" | "are")
        && done(verb + 1)
        && done(joint + 1)
        && joint > verb + 3
        && list.get(joint + 2).is_some_and(|w| is_preposition(w) || *w == "to")
}

/// "If nobody comes, the room is released and may be used again." -> "... is released. In this case, the room may be used again."
pub fn in_case(sentence: &str, words: usize) -> Option<Vec<String>> {
    let case = ["If ", "When "].iter().any(|c| sentence.starts_with(c));
    let (condition, main) = sentence.split_once(", ").filter(|_| case && word_count(sentence) > words)?;
    let known = ["the ", "a ", "an ", "your "].iter().any(|d| main.starts_with(d));
    let stands = is_statement(condition.split_once(' ')?.1);
    let [first, second] = two(&capitalise(main), 0).filter(|_| known && stands)?.try_into().ok()?;
    let lowered = |text: &str| format!("{}{}", text[..1].to_lowercase(), &text[1..]);
    let definite = second.starts_with("The ") || second.starts_with("Th");
    let said = vec![format!("{condition}, {}", lowered(&first)), format!("In this case, {}", lowered(&second))];
    (definite && !main.contains(" but ")).then_some(said)
}

fn is_subject(subject: &[&str]) -> bool {
    let Some(first) = subject.first() else { return false };
    let listed = !subject.iter().any(|w| w.ends_with(',')) || subject.contains(&"and");
    subject.len() <= 9
        && listed
        && !NO_SUBJECT.contains(&first.to_lowercase().as_str())
        && !(subject.len() > 1 && is_verb(first) && is_function(subject[1]))
        && !subject.iter().any(|w| OPEN.contains(w) || matches!(*w, "or" | "not"))
}

/// The subject without what describes it: "Paper documents" of "Paper documents containing names".
fn core<'a>(subject: &'a [&'a str]) -> &'a [&'a str] {
    if subject.contains(&"and") {
        return subject;
    }
    let describes = |w: &&str| w.ends_with("ing") && w.len() > 5 || w.ends_with("ed") && participle_base(w).is_some();
    let end = subject.iter().skip(2).position(describes).map_or(subject.len(), |at| at + 2);
    &subject[..end]
}

/// Whether a clause that is open here may hold the second verb too: "so that they cannot be seen and must be locked".
fn is_open(part: &[&str]) -> bool {
    let joined = |w: &str| matches!(w, "before" | "after" | "once" | "than");
    let own_verb = part.iter().position(|w| joined(w)).is_some_and(|at| part[at..].iter().any(|w| is_finite(w)));
    own_verb || part.iter().any(|w| OPEN.contains(&w.trim_end_matches(',')))
}

/// "A booking" -> "The booking"; "Paper documents with names" -> "These documents"; two things and more are "They".
fn said_again(subject: &[&str], plural: bool) -> Option<String> {
    if subject.contains(&"and") {
        return Some("They".to_owned());
    }
    let names = |w: &&&str| !is_function(w) && !w.ends_with("ing") && !w.ends_with("ed");
    if subject.len() <= SHORT && subject[1..].iter().all(|w| !is_function(w)) {
        return Some(match subject[0] {
            "A" | "An" => format!("The {}", subject[1..].join(" ")),
            _ => subject.join(" "),
        });
    }
    let begins = usize::from(is_function(subject[0]));
    let head = subject[begins..].iter().enumerate().take_while(|(i, w)| *i == 0 || names(w)).last()?.1;
    let plain = head.chars().all(|c| c.is_lowercase() || c == '-') || subject.len() == 1;
    let title = names_people(head) && !plural;
    (plain && !title).then(|| capitalise(&format!("{} {head}", if plural { "these" } else { "this" })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_predicate_gets_its_sentence() {
        for (sentence, expected) in [
            (
                "The keys are kept by the senior carer on duty and are never left in the door.",
                ["The keys are kept by the senior carer on duty.", "The keys are never left in the door."],
            ),
            (
                "Paper documents with names are put in the blue bin and must never be put in the bin at the desk.",
                [
                    "Paper documents with names are put in the blue bin.",
                    "These documents must never be put in the bin at the desk.",
                ],
            ),
            (
                "A badge must hang on the jacket, and may only be used by the person on the photo.",
                ["A badge must hang on the jacket.", "The badge may only be used by the person on the photo."],
            ),
            (
                "Exits, doors and stairs must be kept clear, and must not be covered with posters.",
                ["Exits, doors and stairs must be kept clear.", "They must not be covered with posters."],
            ),
            (
                "Used sharps are counted by the nurse on duty and recorded in the blue book.",
                ["Used sharps are counted by the nurse on duty.", "Used sharps are recorded in the blue book."],
            ),
            (
                "You will need your own money for hotels, but can get it back when you are home again.",
                ["You will need your own money for hotels.", "But you can get it back when you are home again."],
            ),
            (
                "It must be read by all employees of the kitchen and is available to volunteers.",
                ["It must be read by all employees of the kitchen.", "It is available to volunteers."],
            ),
        ] {
            assert_eq!(two(sentence, 11).unwrap(), expected);
        }
    }

    #[test]
    fn a_case_holds_for_both_predicates() {
        assert_eq!(
            in_case("If nobody has come after 15 minutes, the room is released and may be used by another team.", 11)
                .unwrap(),
            [
                "If nobody has come after 15 minutes, the room is released.",
                "In this case, the room may be used by another team."
            ]
        );
        assert_eq!(in_case("If it is wet, close the lid and call the nurse on duty at the desk.", 11), None);
    }

    #[test]
    fn what_describes_the_subject_does_not_count_it() {
        assert_eq!(
            two("Paper documents containing patient information are put in the blue bin and must never be put in the black bin.", 11)
                .unwrap()[1],
            "These documents must never be put in the black bin."
        );
    }

    #[test]
    fn what_may_belong_to_another_clause_stays() {
        for sentence in [
            "Screens should be placed so that they cannot be seen and must be locked all the time.",
            "If the form is old it is sent back to the team and is replaced by a new form.",
            "Only trained staff may open the cabinet in the office and must close it with the key.",
            "The door is closed at the end of the shift and is checked by the guard every day.",
            "The box is open.",
        ] {
            assert_eq!(two(sentence, 11), None, "{sentence}");
        }
    }
}
