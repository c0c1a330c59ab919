//! What learners do before, after and beside the text: warm-up, role-play, homework.

mod homework;
mod role_play;
mod warm_up;

pub use homework::homework;
pub use role_play::role_play;
pub use warm_up::warm_up;

use super::Assignment;

/// The lesson's number, which turns the tasks from lesson to lesson.
fn number(assignment: &Assignment<'_>) -> usize {
    usize::try_from(assignment.lesson.number).unwrap_or(0)
}

/// The title without what only tells lessons apart: "Receiving a delivery: steps 1 to 5", "General rules (2)".
fn spoken(title: &str) -> &str {
    let title = title.strip_prefix("More about ").unwrap_or(title);
    let title = title.split(": ").next().unwrap_or(title);
    match title.rsplit_once(" (") {
        Some((before, part)) if part.trim_end_matches(')').chars().all(|c| c.is_ascii_digit()) => before,
        _ => title,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_spoken_of_without_its_part() {
        assert_eq!(spoken("Receiving a delivery: steps 1 to 5"), "Receiving a delivery");
        assert_eq!(spoken("General rules (2)"), "General rules");
        assert_eq!(spoken("Refilling (daily)"), "Refilling (daily)");
    }
}
