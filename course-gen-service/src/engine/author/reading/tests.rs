use super::*;
use crate::engine::test_sop::library;

#[test]
fn entries_under_do_not_say_so_themselves() {
    let library = library(
        "Rules",
        &["# Do not", "! Eat in the kitchen.", "- Wear rings.", "- Do not run.", "# Do", "- Wash the pans."],
    );
    let said: Vec<Option<String>> = library.clauses().map(|at| under_a_ban(&library, at).map(|ban| ban.text)).collect();
    assert_eq!(
        said,
        [None, Some("Do not eat in the kitchen.".to_owned()), Some("Do not wear rings.".to_owned()), None, None, None]
    );
}
