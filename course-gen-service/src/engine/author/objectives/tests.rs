use super::*;
use crate::engine::english::adjunct::split;

#[test]
fn a_slot_becomes_what_learners_ask_and_say() {
    let ask = |phrase: &str| functions::infinitive_question(&split(phrase).unwrap());
    assert_eq!(
        ask("soak the baskets in hot water for 20 minutes").as_deref(),
        Some("how long to soak the baskets in hot water")
    );
    assert_eq!(ask("rinse the electrode with purified water").as_deref(), Some("what to rinse the electrode with"));
}

#[test]
fn a_verb_phrase_is_repeated_only_where_it_is_complete() {
    assert!(sayable("close the freezer door"));
    assert!(!sayable("rinse it"));
    assert!(!sayable("descale dishwasher"));
    assert!(!sayable("follow section 6"));
}

#[test]
fn statements_name_the_work_at_every_level() {
    for level in [Level::A1, Level::A2, Level::B1, Level::B2, Level::C1] {
        assert!(about_activity("cleaning the fryer", true, level).contains("cleaning the fryer"));
        assert!(about_things("staff badges", level).contains("staff badges"));
        assert_eq!(about_things("pallet truck rules", level).matches("rules").count(), 1);
    }
}
