use super::case::cases;
use super::pair::*;
use super::*;

fn all(parts: &[&str], ordered: bool, level: Level) -> Vec<String> {
    let parts: Vec<Part<'_>> = parts.iter().map(|text| Part { text, critical: false }).collect();
    let bond = if ordered { Bond::Steps } else { Bond::Points };
    ways(&parts, bond, level, "doors keys").into_iter().map(|w| w.text).collect()
}

fn first(parts: &[&str], ordered: bool, level: Level) -> Option<String> {
    all(parts, ordered, level).into_iter().next()
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
        assert!(all(&parts, true, level).contains(&expected.to_owned()), "{expected}");
    }
    assert!(
        all(&["Clean and sanitise the table.", "Put the board away."], true, Level::B1)
            .contains(&"When you have cleaned and sanitised the table, put the board away.".to_owned())
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
        all(&["Doors must be locked.", "Keys must be returned."], false, Level::B1),
        ["Doors must be locked, and keys must be returned."]
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
    assert_eq!(ways(&parts, Bond::Steps, Level::B2, "")[0].text, "Wait 5 minutes before opening the lid.");
    assert_eq!(
        in_one_clause("Check the date on every case.", "Do not accept old food.", Level::B1, ""),
        ["Check the date on every case, and do not accept old food."]
    );
    assert_eq!(
        in_one_clause("Close the door after use.", "The door must not stay open.", Level::B2, "the door"),
        ["Close the door after use; the door must not stay open."]
    );
    assert_eq!(
        cases("If the light is red, stop.", "If the light is green, go on.")[0].text,
        "If the light is red, stop; if the light is green, go on."
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
    assert_eq!(inverted("If you see smoke, leave the room.").as_deref(), Some("Should you see smoke, leave the room."));
    assert_eq!(inverted("If you see smoke or flames, leave the room."), None);
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
        let ways = state::two(a, b, false, "a badge the door sheets");
        assert!(expected.map_or(ways.is_empty(), |e| ways.iter().any(|w| w.text == e)), "{ways:?}");
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
    assert_eq!(
        side_by_side("Never put your hand into a bag.", "There may be glass in it.", "").as_deref(),
        Some("Never put your hand into a bag; there may be glass in it.")
    );
    assert_eq!(side_by_side("Wipe it if it is wet.", "Close the lid.", ""), None);
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
        Some("After pressing the key (F2) for a second, say \"ready\" to the driver.")
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
    all(&[first, second], true, Level::B2)
}

#[test]
fn three_short_steps_are_a_list_in_their_order() {
    let ways = all(&["Print the report.", "Take the drawer to the office.", "Count the coins."], true, Level::B2);
    for expected in [
        "Once you have printed the report, take the drawer to the office and count the coins.",
        "Print the report, take the drawer to the office and then count the coins.",
        "After printing the report, take the drawer to the office before counting the coins.",
    ] {
        assert!(ways.contains(&expected.to_owned()), "{ways:?}");
    }
    let points = all(&["Sweep the floors.", "Empty the buckets.", "Dry the sinks."], false, Level::B2);
    assert_eq!(points, ["Sweep the floors, empty the buckets and dry the sinks."]);
}

#[test]
fn a_ban_stays_a_ban_beside_another_and_behind_its_step() {
    let bans = ["Do not overload the shelves.", "Do not refreeze food.", "Never use a wet cloth."];
    assert_eq!(
        all(&bans, false, Level::B2),
        ["Do not overload the shelves, do not refreeze food, and never use a wet cloth."]
    );
    assert!(all(&["Do not use it if it is wet.", "Do not dry it."], false, Level::B2).is_empty());
    let step = ["Print the report.", "Take the drawer to the office, and do not count money on the way."];
    assert_eq!(
        first(&step, true, Level::B2).as_deref(),
        Some("After printing the report, take the drawer to the office, and do not count money on the way.")
    );
    assert!(all(&[step[1], step[0]], true, Level::B2).is_empty(), "nothing goes on behind a ban");
}

#[test]
fn a_case_follows_what_may_show_it() {
    let ways = all(&["Check the cover for stains.", "If it is wet, replace it."], true, Level::B2);
    assert_eq!(
        ways,
        [
            "Check the cover for stains, and if it is wet, replace it.",
            "Check the cover for stains; if it is wet, replace it."
        ]
    );
    assert!(all(&["Wipe the cover if it is wet.", "If it is torn, replace it."], true, Level::B2).is_empty());
    let parts = ["Check the cover.", "Replace the lamp."].map(|text| Part { text, critical: false });
    assert!(ways_with(&parts, Bond::Branch).is_empty(), "only a case is a branch");
}

#[test]
fn what_a_step_leaves_as_it_is_holds_nothing_up() {
    let ways = all(&["Open the window for at least 10 minutes.", "Shake each sheet."], true, Level::B2);
    assert_eq!(ways, ["Open the window for at least 10 minutes, and then shake each sheet."]);
}

#[test]
fn a_warning_goes_with_what_it_is_about() {
    let said = |a: &str, b: &str| ways_with(&[a, b].map(|text| Part { text, critical: true }), Bond::Warned);
    assert_eq!(
        said("Never keep more than 300 pounds in the till.", "When the till holds more, call the manager."),
        ["Never keep more than 300 pounds in the till; when the till holds more, call the manager."]
    );
    assert_eq!(
        said("If a note looks false, do not give it back.", "Put it in a clear bag."),
        ["If a note looks false, do not give it back; put it in a clear bag."]
    );
    assert!(said("Never recap a used needle.", "Use the yellow bin.").is_empty());
}

#[test]
fn people_and_things_are_taken_up_again() {
    for (a, b, expected) in [
        (
            "The cook carries the plate to the table together with the waiter.",
            "The waiter names the dish.",
            "The cook carries the plate to the table together with the waiter, who names the dish.",
        ),
        (
            "The rule applies to all rooms.",
            "It does not apply to suites.",
            "The rule applies to all rooms, but it does not apply to suites.",
        ),
        (
            "The cook labels the food.",
            "The supervisor signs the log.",
            "The cook labels the food, whereas the supervisor signs the log.",
        ),
    ] {
        let ways = state::two(a, b, false, "the rule the cook the waiter the supervisor");
        assert!(ways.iter().any(|w| w.text == expected), "{ways:?}");
    }
}

fn ways_with(parts: &[Part<'_>], bond: Bond) -> Vec<String> {
    ways(parts, bond, Level::B2, "").into_iter().map(|w| w.text).collect()
}
