use super::pair::*;
use super::*;

fn first(parts: &[&str], ordered: bool, level: Level) -> Option<String> {
    let parts: Vec<Part<'_>> = parts.iter().map(|text| Part { text, critical: false }).collect();
    ways(&parts, ordered, level, "doors keys", 0).into_iter().next()
}

#[test]
fn steps_are_joined_in_their_order() {
    for (level, parts, expected) in [
        (Level::B2, ["Cool the soup.", "Seal the container."], "After cooling the soup, seal the container."),
        (Level::B1, ["Cool the soup.", "Seal the container."], "When you have cooled the soup, seal the container."),
        (
            Level::B2,
            ["Strip the bed and put the linen in the bag.", "Make the bed."],
            "After stripping the bed and putting the linen in the bag, make the bed.",
        ),
    ] {
        assert_eq!(first(&parts, true, level).as_deref(), Some(expected));
    }
    assert_eq!(
        first(&["Clean and sanitise the table.", "Put the board away."], true, Level::B1).as_deref(),
        Some("When you have cleaned and sanitised the table, put the board away.")
    );
    assert_eq!(
        first(&["Open the lid.", "Add the salt.", "Close the lid."], true, Level::B2).as_deref(),
        Some("After opening the lid, add the salt, and then close the lid.")
    );
}

#[test]
fn rules_are_joined_without_an_order() {
    assert_eq!(
        first(&["Sweep the floors.", "Empty the buckets."], false, Level::B2).as_deref(),
        Some("Sweep the floors, and empty the buckets.")
    );
    assert_eq!(
        first(&["Doors must be locked.", "Keys must be returned."], false, Level::B1).as_deref(),
        Some("Doors must be locked, and keys must be returned.")
    );
}

#[test]
fn a_thing_takes_its_limit_along() {
    assert_eq!(
        relative("Check the temperature.", "It must be below 5 °C.").as_deref(),
        Some("check the temperature, which must be below 5 °C.")
    );
    assert_eq!(relative("Write the value in the log.", "It must be below 5 °C."), None);
}

#[test]
fn limits_and_bans_keep_a_main_clause() {
    let parts = [("Wait 5 minutes.", true), ("Open the lid.", false)];
    let parts: Vec<Part<'_>> = parts.iter().map(|(text, critical)| Part { text, critical: *critical }).collect();
    assert_eq!(ways(&parts, true, Level::B2, "", 0)[0], "Wait 5 minutes before opening the lid.");
    assert_eq!(
        in_one_clause("Check the date on every case.", "Do not accept old food.", Level::B1, ""),
        ["Check the date on every case, and do not accept old food."]
    );
    assert_eq!(
        in_one_clause("Close the door after use.", "The door must not stay open.", Level::B2, "the door"),
        ["Close the door after use; the door must not stay open."]
    );
    assert_eq!(
        cases("If the light is red, stop.", "If the light is green, go on.").as_deref(),
        Some("If the light is red, stop; if the light is green, go on.")
    );
}

#[test]
fn what_is_tied_to_something_else_stays() {
    for parts in [
        ["Do not open the lid.", "Close the door."],
        ["Close the valve immediately.", "Wipe it if it is wet."],
        ["Wipe it if it is wet.", "Close the valve."],
        ["Use a clean cloth.", "Dry it before use if it is wet."],
        ["Vacuum the carpet.", "Start at the window and finish at the door."],
        ["Open the window.", "Use the red cloth for the toilet only."],
    ] {
        assert_eq!(first(&parts, true, Level::B2), None, "{parts:?}");
    }
}

#[test]
fn conditions_can_be_turned() {
    assert_eq!(
        inverted("If the reading is high, close the valve.").as_deref(),
        Some("Should the reading be high, close the valve.")
    );
    assert_eq!(inverted("If you see smoke, leave the room."), None);
}

#[test]
fn words_lead_on_to_orders_only() {
    assert_eq!(led("Open the valve.", "Next,").as_deref(), Some("Next, open the valve."));
    assert_eq!(led("The valve is open.", "Next,"), None);
    assert_eq!(led("After closing it, open the valve.", "Next,"), None);
}

#[test]
fn statements_stand_beside_each_other() {
    for (a, b, expected) in [
        (
            "Badges are returned to the desk.",
            "A badge that is not returned is blocked.",
            Some("Badges are returned to the desk, and a badge that is not returned is blocked."),
        ),
        ("The lead signs the form.", "The lead keeps the copy.", Some("The lead signs the form and keeps the copy.")),
        (
            "Visitors report to reception.",
            "The door must be closed.",
            Some("Visitors report to reception, and the door must be closed."),
        ),
        (
            "Towels go into the blue bag.",
            "Sheets go into the white bag.",
            Some("Towels go into the blue bag, and sheets go into the white bag."),
        ),
        ("The nurse decides whether it is safe.", "The door must be closed.", None),
        ("Cut vegetables.", "The door must be closed.", None),
        ("If it is red, stop.", "The door must be closed.", None),
    ] {
        assert_eq!(statements(a, b, "a badge the door sheets").as_deref(), expected);
    }
}

#[test]
fn what_to_do_instead_and_with_the_same_thing_stays_in_the_sentence() {
    for (a, b, expected) in [
        ("Check the cover.", "Replace it if it is wet.", "Check the cover and replace it if it is wet."),
        (
            "Do not say the number aloud.",
            "Write it on the card instead.",
            "Do not say the number aloud; write it on the card instead.",
        ),
    ] {
        assert_eq!(in_one_clause(a, b, Level::B2, ""), [expected]);
    }
    assert!(in_one_clause("Check the cover of the bed.", "Replace it if it is wet.", Level::B2, "").is_empty());
}

#[test]
fn a_step_that_ends_with_its_end_goes_on() {
    assert_eq!(
        first(&["Close the lid until it clicks.", "Write the date on the label."], true, Level::B1).as_deref(),
        Some("Close the lid until it clicks, and then write the date on the label.")
    );
}

#[test]
fn quotations_and_brackets_do_not_hide_an_order() {
    assert_eq!(
        first(&["Press the key (F2) for a second.", "Say \"ready\" to the driver."], true, Level::B1).as_deref(),
        Some("When you have pressed the key (F2) for a second, say \"ready\" to the driver.")
    );
}

#[test]
fn a_verb_that_was_not_seen_is_not_left_without_its_ending() {
    for order in ["Put on gloves and knock on the door three times.", "Open the lid and dab the rim."] {
        for way in ways_of(order, "Open the window.") {
            assert!(
                !way.contains("and knock on") && !way.contains("and dab the") || way.starts_with(&order[..8]),
                "{way}"
            );
        }
    }
}

fn ways_of(first: &str, second: &str) -> Vec<String> {
    let parts = [first, second].map(|text| Part { text, critical: false });
    ways(&parts, true, Level::B2, "", 0)
}
