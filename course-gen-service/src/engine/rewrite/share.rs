//! R1 for sentences in which a condition, a verb or a subject is shared: each part gets a sentence of its own, with what it
//! shares said again.

use super::phrase::{Mask, bare, gerund_base};
use super::split::{chooses_an_act, reaches_back};
use crate::engine::english::forms::is_plural;
use crate::engine::english::parse::{Form, parse};
use crate::engine::english::text::{capitalise, word_count};
use crate::engine::english::words::{base_of_third_person, is_function, is_noun_like, names_people};

/// "If it is wet, close the valve and call the nurse." -> "If it is wet, close the valve. In this case, also call the nurse."
pub fn case(sentence: &str, words: usize) -> Option<Vec<String>> {
    let mask = Mask::of(sentence.strip_suffix('.')?)?;
    if !mask.text.starts_with("If ") || mask.text.contains([':', '?']) {
        return None;
    }
    let (head, second) = match mask.text.split_once("; ") {
        Some((head, tail)) => {
            let follows = matches!(parse(tail), Form::Do(ref c) | Form::DoNot(ref c) if c.phrases.len() == 1);
            let holds = matches!(parse(head), Form::When { .. });
            (follows && holds && !tail.contains(';')).then(|| (head.to_owned(), format!("In this case, {tail}")))?
        }
        None => shared_case(&mask.text, words)?,
    };
    Some(vec![mask.restore(&format!("{head}.")), mask.restore(&format!("{second}."))])
}

/// The case with its first act, and the second act in a sentence of its own.
fn shared_case(text: &str, words: usize) -> Option<(String, String)> {
    let Form::When { then, .. } = parse(text) else { return None };
    let (acts, actor) = match *then {
        // A short sentence says it better than two that need "in this case".
        Form::Do(command) if word_count(text) >= words => (command.phrases, None),
        Form::Role { actor, predicate } if word_count(text) > words => (predicates(&predicate)?, Some(actor)),
        _ => return None,
    };
    let [first, second] = acts.as_slice() else { return None };
    // "call the nurse or ring the bell": a choice stays in one sentence; a choice of cases stays with the case.
    let goes = second.starts_with("go to step") || second.ends_with(" there");
    if goes || first.contains(" or ") || second.contains(" or ") || text.split_once(", ")?.1.contains(" or ") {
        return None;
    }
    let head = text.strip_suffix(second.as_str())?.trim_end();
    let joints = [", and then", " and then", ", then", ", and", " and", ","];
    let (joint, head) = joints.iter().find_map(|j| Some((*j, head.strip_suffix(j)?)))?;
    let said = match actor {
        _ if reaches_back(second) => return None,
        Some(actor) => {
            format!("In this case, {} also {second}", definite(&capitalise(&actor))?.replacen("The ", "the ", 1))
        }
        // Whoever waits first does the other thing then.
        None if joint.ends_with("then") || first.starts_with("wait ") => format!("Then {second}"),
        None => format!("In this case, also {second}"),
    };
    Some((head.to_owned(), said))
}

/// "Check that the lid is shut and that the lamp is on." -> "Check that the lid is shut. Check that the lamp is on."
pub fn that_clauses(sentence: &str) -> Option<Vec<String>> {
    let text = sentence.strip_suffix('.')?;
    let (head, first) = text.split_once(" that ")?;
    let (first, second) = first.split_once(" and that ")?;
    let order = matches!(parse(sentence), Form::Do(_));
    let plain = !text.contains(['(', '“', '"', ':', ';']) && !text.contains(" or ") && !text.contains(" if ");
    let whole = |t: &str| word_count(t) >= 3 && !t.ends_with([',', ':']);
    let single = !first.contains(", ") && !second.contains(" that ");
    (order && plain && single && word_count(head) <= 4 && whole(first) && whole(second))
        .then(|| vec![format!("{head} that {first}."), format!("{head} that {second}.")])
}

/// "The clerk checks the papers, weighs the load and signs the form." -> one sentence each, for sentences of more words.
pub fn subject(sentence: &str, words: usize) -> Option<Vec<String>> {
    let mask = Mask::of(sentence.strip_suffix('.')?)?;
    if word_count(&mask.text) <= words {
        return None;
    }
    let Form::Role { actor, predicate } = parse(&mask.text) else { return None };
    let acts = predicates(&predicate)?;
    let again = if is_plural(&actor)? { "They".to_owned() } else { definite(&actor)? };
    let first = format!("{actor} {}.", acts.first()?);
    // Two acts to a sentence from the second on: one each would be a string of beads.
    let others = acts[1..].chunks(2).map(|pair| format!("{again} also {}.", pair.join(" and ")));
    Some(std::iter::once(first).chain(others).map(|s| mask.restore(&s)).collect())
}

/// The verb phrases of one person, each with a verb in the third person; nothing where a part may belong to them all.
fn predicates(predicate: &str) -> Option<Vec<String>> {
    let words: Vec<&str> = predicate.split(' ').collect();
    let open = [
        "that", "which", "who", "whose", "if", "when", "unless", "whether", "until", "or", "so", "because", "how",
        "what", "where",
    ];
    // "and then" gives an order that "also" would lose.
    if words.contains(&"then") {
        return None;
    }
    let mut cuts = Vec::new();
    for at in 1..words.len() {
        let joint = words[at - 1] == "and" || words[at - 1].ends_with(',');
        if joint && acts(&words, at) && !words[..at].iter().any(|w| open.contains(&bare(w))) {
            cuts.push(at);
        }
    }
    let starts: Vec<usize> = std::iter::once(0).chain(cuts).collect();
    let ends = starts[1..].iter().copied().chain([words.len()]);
    let parts: Vec<String> = starts
        .iter()
        .zip(ends)
        .map(|(start, end)| {
            let part = words[*start..end].join(" ");
            part.strip_suffix(" and").unwrap_or(&part).trim_end_matches(',').to_owned()
        })
        .collect();
    let whole = parts.iter().all(|p| p.contains(' '));
    (parts.len() >= 2 && whole && !parts.last().is_some_and(|p| reaches_back(p))).then_some(parts)
}

fn acts(words: &[&str], at: usize) -> bool {
    let Some(base) = base_of_third_person(words[at]) else { return false };
    let object = words.get(at + 1).is_some_and(|n| is_function(n) && !matches!(*n, "of" | "and" | "or" | "is" | "are"));
    object || !is_noun_like(&base) && words.get(at + 1).is_some()
}

/// "The team is responsible for approving plans, and answering questions." -> one sentence for each thing.
pub fn responsible(sentence: &str, words: usize) -> Option<Vec<String>> {
    let text = sentence.strip_suffix('.')?;
    let (head, list) = [" is responsible for ", " are responsible for "].iter().find_map(|mark| {
        let (subject, list) = text.split_once(mark)?;
        Some((format!("{subject}{}", mark.trim_end()), list))
    })?;
    let again = head.replacen(" responsible for", " also responsible for", 1);
    let plain = !text.contains([':', ';', '“', '"']) && !chooses_an_act(text) && word_count(text) > words;
    let listed = list.split(' ').collect::<Vec<_>>();
    let starts: Vec<usize> = (0..listed.len())
        .filter(|at| {
            let before = at.checked_sub(1).map_or(",", |i| listed[i]);
            let joint = before.ends_with(',')
                || before == "and"
                || before == "for" && listed.get(at.wrapping_sub(2)) == Some(&"and");
            let how = listed[*at].ends_with("ly") && listed.get(at + 1).is_some();
            joint && gerund_base(bare(listed[*at + usize::from(how)])).is_some()
        })
        .collect();
    if !plain || starts.len() < 2 || starts[0] != 0 || !has_subject(&head) {
        return None;
    }
    let ends = starts[1..].iter().copied().chain([listed.len()]);
    let things = starts.iter().zip(ends).map(|(start, end)| {
        let thing = listed[*start..end].join(" ");
        let thing = thing.strip_suffix(" for").unwrap_or(&thing);
        thing.strip_suffix(" and").unwrap_or(thing).trim_end_matches(',').to_owned()
    });
    let things: Vec<String> = things.collect();
    let whole = things.iter().all(|t| t.contains(' '));
    whole.then(|| {
        things.iter().enumerate().map(|(i, t)| format!("{} {t}.", if i == 0 { &head } else { &again })).collect()
    })
}

/// Somebody who can be named again in the next sentence.
fn has_subject(head: &str) -> bool {
    let subject = head.split(" is ").next().unwrap_or(head);
    !subject.contains([',', '(']) && word_count(subject) <= 8
}

/// "A cook" named again is "The cook".
fn definite(actor: &str) -> Option<String> {
    match actor.split_once(' ')? {
        ("The", _) => Some(actor.to_owned()),
        ("A" | "An", rest) => Some(format!("The {rest}")),
        _ => None,
    }
}

/// "Receiving clerk | Checks papers, weighs loads" -> "The receiving clerk checks papers and weighs loads."
pub fn row(row: &str, document: &str) -> Option<String> {
    let (who, what) = row.split_once(" | ")?;
    let verb = what.split(' ').next()?;
    let people = names_people(who) && is_plural(&format!("The {who}")) == Some(false);
    let plain =
        !what.contains(['|', ';', ':', '.', '→', '(']) && !who.contains([',', '(', '/', '&']) && word_count(who) <= 4;
    let acts = base_of_third_person(verb).is_some() && what.contains(' ') && !who.contains(" and ");
    if !people || !plain || !acts {
        return None;
    }
    let said = format!("{}{}", verb.to_lowercase(), &what[verb.len()..]);
    // A list without its last "and" gets one, where its last part is an act like the others.
    let said = match said.rsplit_once(", ") {
        Some((start, last)) if !said.contains(" and ") && base_of_third_person(last.split(' ').next()?).is_some() => {
            format!("{start} and {last}")
        }
        Some(_) if !said.contains(" and ") => return None,
        _ => said,
    };
    let name = super::phrase::without_capital(who, document);
    Some(capitalise(&format!("the {name} {said}.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_is_kept_over_both_orders() {
        for (sentence, expected) in [
            (
                "If any box is wet, move the pallet to the bay and attach a red \"HOLD\" label.",
                ["If any box is wet, move the pallet to the bay.", "In this case, also attach a red \"HOLD\" label."],
            ),
            (
                "If the seal is broken, do not unload; call the nurse immediately.",
                ["If the seal is broken, do not unload.", "In this case, call the nurse immediately."],
            ),
        ] {
            assert_eq!(case(sentence, 14).unwrap(), expected);
        }
        assert_eq!(
            case("If a guest reports an allergy, the waiter writes it on a ticket and reads it back to the guest.", 14)
                .unwrap(),
            [
                "If a guest reports an allergy, the waiter writes it on a ticket.",
                "In this case, the waiter also reads it back to the guest."
            ]
        );
        assert_eq!(
            case("If acid or salt enters the eye, rinse the eye for at least 15 minutes and call 112.", 14).unwrap(),
            ["If acid or salt enters the eye, rinse the eye for at least 15 minutes.", "In this case, also call 112."]
        );
        assert_eq!(
            case("If the resident refuses the tablet, wait for 30 minutes and offer it again with some water.", 14)
                .unwrap(),
            ["If the resident refuses the tablet, wait for 30 minutes.", "Then offer it again with some water."]
        );
        assert_eq!(case("If it is wet, close the valve and stop the pump immediately.", 14), None);
        assert_eq!(case("If it is wet, call the nurse or ring the bell.", 14), None);
    }

    #[test]
    fn what_is_checked_is_checked_twice() {
        assert_eq!(
            that_clauses("Check that the seal is whole and that the number matches the note.").unwrap(),
            ["Check that the seal is whole.", "Check that the number matches the note."]
        );
        assert_eq!(that_clauses("Check that the lid and the seal are whole."), None);
    }

    #[test]
    fn one_subject_is_named_again() {
        assert_eq!(
            subject("The receptionist checks a photo ID, prints a visitor badge and calls the host.", 9).unwrap(),
            ["The receptionist checks a photo ID.", "The receptionist also prints a visitor badge and calls the host."]
        );
        assert_eq!(subject("The clerk signs the form.", 3), None);
        assert_eq!(subject("The clerk moves pallets that arrive late and signs the form.", 3), None);
        assert_eq!(subject("The clerk checks the forms and signs the log every day.", 3), None);
        assert_eq!(subject("The clerk checks the forms and then signs the log.", 3), None);
    }

    #[test]
    fn responsibilities_get_a_sentence_each() {
        assert_eq!(
            responsible("The team is responsible for checking all travel plans, and answering your questions.", 11)
                .unwrap(),
            [
                "The team is responsible for checking all travel plans.",
                "The team is also responsible for answering your questions."
            ]
        );
        assert_eq!(
            responsible(
                "Managers are responsible for approving travel in advance and for checking that claims are right.",
                11
            )
            .unwrap(),
            [
                "Managers are responsible for approving travel in advance.",
                "Managers are also responsible for checking that claims are right."
            ]
        );
        assert_eq!(
            responsible("You are responsible for booking a bus or a train, and properly checking your plan.", 11)
                .unwrap(),
            [
                "You are responsible for booking a bus or a train.",
                "You are also responsible for properly checking your plan."
            ]
        );
        assert_eq!(responsible("Cooks are responsible for training and the safety of all the people here.", 11), None);
    }

    #[test]
    fn a_row_of_duties_is_a_sentence() {
        assert_eq!(
            row("Receiving clerk | Checks papers, weighs loads, signs the form", "the receiving clerk").as_deref(),
            Some("The receiving clerk checks papers, weighs loads and signs the form.")
        );
        assert_eq!(
            row("Shift lead | Decides on loads and informs the supplier", "a shift lead").as_deref(),
            Some("The shift lead decides on loads and informs the supplier.")
        );
        for text in ["20 µL | ± 0.4 µL", "Role | Responsibility", "Step | Who | When", "Cook | Boxes, labels"] {
            assert_eq!(row(text, ""), None, "{text}");
        }
    }
}
