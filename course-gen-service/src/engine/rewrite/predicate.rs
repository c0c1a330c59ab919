//! R1 for one subject with two predicates that each have their own "is", "must" or "may": a sentence for each, and the
//! subject said again in few words.

use super::phrase::Mask;
use super::split::reaches_back;
use crate::engine::english::forms::is_plural;
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
    let joint = (verb + 2..list.len() - 2).find(|at| {
        matches!(list[*at], "and" | "but") && AUXILIARY.contains(&list[*at + 1]) && !is_open(&list[verb..*at])
    })?;
    let (left, right) = (list[verb..joint].join(" "), list[joint + 1..].join(" "));
    let number = if subject == ["It"] { Some(false) } else { is_plural(&subject.join(" ")) };
    let agrees = match list[joint + 1] {
        "is" | "has" => number == Some(false),
        "are" | "have" => number == Some(true),
        _ => true,
    };
    if !agrees || reaches_back(&right) || word_count(&left) < 3 || word_count(&right) < 3 {
        return None;
    }
    let left = left.trim_end_matches(',');
    let lead = if list[joint] == "but" { "But " } else { "" };
    let again = said_again(subject, number?)?;
    let again = if lead.is_empty() { again } else { format!("{}{}", again[..1].to_lowercase(), &again[1..]) };
    let first = format!("{} {left}.", subject.join(" "));
    Some(vec![mask.restore(&first), mask.restore(&format!("{lead}{again} {right}."))])
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
                "It must be read by all employees of the kitchen and is available to volunteers.",
                ["It must be read by all employees of the kitchen.", "It is available to volunteers."],
            ),
        ] {
            assert_eq!(two(sentence, 11).unwrap(), expected);
        }
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
