use std::collections::BTreeSet;

use course_format::course::Choice;

use super::{Solver, choose, only, sort};

/// What to answer to somebody who says how it is done: "Yes", or the "No" with the detail that the SOP gives.
pub fn answered(solver: &Solver<'_>, stem: &str, options: &[Choice]) -> Option<String> {
    let yes = only(options, |o| o.text.starts_with("Yes, "))?;
    let said = stem.split('“').nth(1)?.split('”').next()?;
    if sort::is_true(solver, said) == Some(true) {
        return Some(yes.id.clone());
    }
    let details: Vec<Choice> = options
        .iter()
        .filter_map(|o| Some(Choice { id: o.id.clone(), text: o.text.strip_prefix("No, ")?.to_owned() }))
        .collect();
    let best: BTreeSet<String> = choose::best(solver, said, &details, 1);
    (details.len() + 1 == options.len() && best.len() == 1).then(|| best.into_iter().next()).flatten()
}
