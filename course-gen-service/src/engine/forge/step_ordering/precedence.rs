//! Which steps must come before which. Numbered steps follow one another, but for those that the text lets run side by side;
//! the points of a list have no order but the one that their own words tell.

use std::collections::BTreeSet;

use course_format::course::Precedence;

use crate::engine::english::text::{stems, without_stop};

/// Pairs of steps, by their places: the first must be done before the second.
pub fn of_numbered(steps: &[&str]) -> Vec<(usize, usize)> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (i, step) in steps.iter().enumerate() {
        match groups.last_mut().filter(|_| runs_beside(step)) {
            Some(group) => group.push(i),
            None => groups.push(vec![i]),
        }
    }
    let pairs = groups.windows(2).flat_map(|pair| {
        let (first, then) = (pair[0].clone(), pair[1].clone());
        first.into_iter().flat_map(move |a| then.clone().into_iter().map(move |b| (a, b)))
    });
    pairs.collect()
}

/// The same for a list without numbers, from words such as "first", "then", "finally", "before" and "after".
pub fn of_listed(steps: &[&str]) -> Vec<(usize, usize)> {
    let mut pairs = BTreeSet::new();
    let all = 0..steps.len();
    for (i, step) in steps.iter().enumerate() {
        match cue(step) {
            Some(Cue::First) => pairs.extend(all.clone().filter(|j| *j != i).map(|j| (i, j))),
            Some(Cue::Last) => pairs.extend(all.clone().filter(|j| *j != i).map(|j| (j, i))),
            Some(Cue::Next) => pairs.extend(i.checked_sub(1).map(|j| (j, i))),
            None => {}
        }
        for (word, clause) in told(step) {
            let Some(j) = all.clone().find(|j| *j != i && names(&clause, steps[*j])) else { continue };
            pairs.insert(if word == "before" { (i, j) } else { (j, i) });
        }
    }
    pairs.into_iter().collect()
}

/// The step without the word that tells its place: "First, wash your hands." is "wash your hands."
pub fn without_cue(step: &str) -> &str {
    let words = CUES.iter().map(|(word, _)| *word).chain(BESIDE);
    let Some(cue) = words.into_iter().find(|word| starts_with(step, word)) else { return step };
    step[cue.len()..].trim_start_matches([',', ' '])
}

/// The pairs by the ids of the steps.
pub fn named(pairs: &[(usize, usize)], order: &[String]) -> Vec<Precedence> {
    let id = |at: usize| order.get(at).cloned();
    pairs.iter().filter_map(|(a, b)| Some(Precedence { before: id(*a)?, after: id(*b)? })).collect()
}

/// "At the same time, ..." needs no end of the step before.
pub fn runs_beside(step: &str) -> bool {
    BESIDE.iter().any(|word| starts_with(step, word))
}

const BESIDE: [&str; 3] = ["at the same time", "meanwhile", "in the meantime"];

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Cue {
    First,
    Next,
    Last,
}

const CUES: [(&str, Cue); 9] = [
    ("first of all", Cue::First),
    ("first", Cue::First),
    ("after that", Cue::Next),
    ("afterwards", Cue::Next),
    ("then", Cue::Next),
    ("next", Cue::Next),
    ("finally", Cue::Last),
    ("lastly", Cue::Last),
    ("last of all", Cue::Last),
];

fn cue(step: &str) -> Option<Cue> {
    CUES.iter().find(|(word, _)| starts_with(step, word)).map(|(_, cue)| *cue)
}

/// At the beginning, as a word of its own and not as part of a name ("first aid", "next shift").
fn starts_with(step: &str, word: &str) -> bool {
    const NAMES: [&str; 6] = [" aid", " floor", " shift", " day", " of ", " to "];
    let Some(rest) = step.get(..word.len()).filter(|s| s.eq_ignore_ascii_case(word)).map(|_| &step[word.len()..])
    else {
        return false;
    };
    rest.starts_with([',', ' ']) && !NAMES.iter().any(|name| rest.starts_with(name))
}

/// "before you open the lid" and "after cleaning the probe", wherever they stand in the step.
fn told(step: &str) -> Vec<(&'static str, String)> {
    let lower = step.to_lowercase();
    let mut out = Vec::new();
    for word in ["before", "after"] {
        for (at, _) in lower.match_indices(word) {
            let alone = lower[..at].chars().next_back().is_none_or(char::is_whitespace);
            let clause = lower[at + word.len()..].split([',', ';', '.']).next().unwrap_or_default();
            if alone && clause.starts_with(' ') {
                out.push((word, clause.trim().to_owned()));
            }
        }
    }
    out
}

/// Whether the clause says what the step does: all of its content words, two at least.
fn names(clause: &str, step: &str) -> bool {
    let (wanted, own) = (stems(clause), stems(without_stop(step)));
    wanted.len() >= 2 && wanted.is_subset(&own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_steps_follow_one_another() {
        assert_eq!(of_numbered(&["Open the box.", "Take out the pump.", "Close the box."]), [(0, 1), (1, 2)]);
    }

    #[test]
    fn what_runs_beside_a_step_may_come_before_it() {
        let steps = ["Fill the sink.", "Heat the oven.", "Meanwhile, wash the trays.", "Put the trays into the oven."];
        assert_eq!(of_numbered(&steps), [(0, 1), (0, 2), (1, 3), (2, 3)]);
    }

    #[test]
    fn points_of_a_list_have_the_order_that_their_words_tell() {
        let steps = [
            "First, wash your hands.",
            "Cover the open food.",
            "Clean the floor after you cover the open food.",
            "Finally, sign the log.",
        ];
        assert_eq!(of_listed(&steps), [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]);
        let free =
            ["Wear gloves.", "Keep the door closed.", "Use first aid tape.", "Report damage before the weekend."];
        assert_eq!(of_listed(&free), []);
        assert_eq!(without_cue(steps[0]), "wash your hands.");
    }

    #[test]
    fn a_name_is_no_cue() {
        for step in ["First aid kits hang at the door.", "Next shift leaders sign.", "Last of the food goes out."] {
            assert_eq!(cue(step), None, "{step}");
        }
    }
}
