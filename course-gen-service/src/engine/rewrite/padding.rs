//! R18, drop padding; R19, the warning first.

use crate::engine::english::text::capitalise;

const PADDING: [&str; 14] = [
    "Please note that ",
    "Note that ",
    "Please be aware that ",
    "Please be advised that ",
    "Be advised that ",
    "It is important to note that ",
    "It is worth noting that ",
    "Please remember that ",
    "Please remember to ",
    "Remember to ",
    "Be sure to ",
    "Please ensure that you ",
    "Please ",
    "Kindly ",
];

/// "Please note that it is hot." -> "It is hot."
pub fn drop(sentence: &str) -> Option<String> {
    let rest = PADDING.iter().find_map(|p| sentence.strip_prefix(p))?;
    (rest.split(' ').count() >= 2).then(|| capitalise(rest))
}

/// "Lift it. Caution: hot." -> "Caution: hot. Lift it." Only for one warning at the end of one step.
pub fn warning_first(sentences: &[String]) -> Option<Vec<String>> {
    const LABELS: [&str; 4] = ["Warning:", "Caution:", "Danger:", "Attention:"];
    let warns = |s: &String| LABELS.iter().any(|l| s.starts_with(l));
    let (last, rest) = sentences.split_last()?;
    let one = warns(last) && !rest.is_empty() && !rest.iter().any(warns);
    let points_back = last.to_lowercase().contains(" this ") || last.to_lowercase().contains(" it ");
    (one && !points_back).then(|| std::iter::once(last.clone()).chain(rest.iter().cloned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_goes_and_duties_stay() {
        assert_eq!(drop("Please note that the plate is hot.").as_deref(), Some("The plate is hot."));
        assert_eq!(drop("Please wash the tray.").as_deref(), Some("Wash the tray."));
        assert_eq!(drop("You must wash the tray."), None);
    }

    #[test]
    fn a_warning_stands_before_what_it_is_about() {
        let step = ["Lift the tray.".to_owned(), "Caution: the tray is hot.".to_owned()];
        assert_eq!(warning_first(&step).unwrap()[0], "Caution: the tray is hot.");
        let pointing = ["Lift the tray.".to_owned(), "Caution: it is hot when you do it again.".to_owned()];
        assert_eq!(warning_first(&pointing), None);
    }
}
