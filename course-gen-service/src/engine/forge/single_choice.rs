//! Three options, one right. The stem is a situation or a question that the options answer.

mod adjuncts;
mod amounts;
mod clock;
mod decisions;
mod frequency;
mod limits;
mod lists;
mod pairs;
mod people;
mod reports;
mod sequence;
mod terms;

pub use adjuncts::wrong_details;
pub use frequency::heading_of;
pub use lists::entries;
pub use sequence::{showable, skippable};

use super::{Bench, Made};

/// Every single-choice item that the lesson's clauses give.
pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let mut out = adjuncts::make(bench);
    out.extend(amounts::make(bench));
    out.extend(clock::make(bench));
    out.extend(decisions::make(bench));
    out.extend(frequency::make(bench));
    out.extend(limits::make(bench));
    out.extend(people::make(bench));
    out.extend(reports::make(bench));
    out.extend(sequence::make(bench));
    out.extend(lists::make(bench));
    out.extend(pairs::make(bench));
    out.extend(terms::make(bench));
    out
}
