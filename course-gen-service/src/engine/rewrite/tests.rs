use proptest::prelude::*;

use super::*;

const DOCUMENT: &str = "the lid the box all staff the form food a box the tray the door leftovers cooks";

fn at(level: Level, text: &str) -> String {
    let context =
        Context { level, document: DOCUMENT, terms: &["blast".to_owned(), "chiller".to_owned()], critical: false };
    rewrite(text, &context).map_or_else(|| text.to_owned(), |r| r.text)
}

#[test]
fn each_level_gets_the_operations_of_its_column() {
    for (level, before, after) in [
        (Level::A1, "Before closing the lid, wipe it.", "First wipe the lid. Then close it."),
        (Level::A1, "If the light is red, stop the pump.", "Is the light red? Stop the pump."),
        (Level::A2, "Open the tube and add 5 mL.", "Open the tube. Add 5 mL."),
        (Level::A2, "Do not enter unless the light is green.", "If the light is not green, do not enter."),
        (Level::A2, "The form must be signed by a cook.", "A cook must sign the form."),
        (
            Level::A2,
            "Check that the lid is shut and that the seal is whole. If the seal is broken, do not open it; call the nurse.",
            "Check that the lid is shut. Check that the seal is whole. If the seal is broken, do not open it. In this case, call the nurse.",
        ),
        (Level::A2, "The form is kept by the cooks, which are paid.", "The form is kept by the cooks, which are paid."),
        (Level::A2, "Pans must be washed and covered.", "You must wash and cover pans."),
        (Level::A2, "Discard the box if it is wet.", "If the box is wet, throw it away."),
        (Level::B1, "Staff shall notify the nurse prior to entry.", "Staff must notify the nurse prior to entry."),
        (Level::B1, "Keep door closed.", "Keep the door closed."),
        (Level::B2, "Cool the soup. Seal the container.", "Once you have cooled the soup, seal the container."),
        (Level::C1, "Please note that the tray is hot.", "The tray is hot."),
    ] {
        assert_eq!(at(level, before), after, "{level}");
    }
}

#[test]
fn what_is_not_sure_is_quoted() {
    for text in [
        "Cool → seal → label.",
        "Step | Who | When",
        "Use the blast chiller.",
        "Avoid contact with the eyes.",
        "You should keep the receipt.",
    ] {
        for level in [Level::A1, Level::A2, Level::B1, Level::B2, Level::C1] {
            assert_eq!(at(level, text), text, "{level}");
        }
    }
}

proptest! {
    #[test]
    fn no_wording_of_any_text_breaks_the_lock(text in "([A-Z][a-z]{1,8}( [a-z0-9]{1,8}){1,9}[.!] ?){1,3}") {
        for level in [Level::A1, Level::B1, Level::C1] {
            let new = at(level, text.trim());
            prop_assert!(lock::check(&[text.trim()], &new).is_empty());
        }
    }

    #[test]
    fn instructions_keep_their_facts(
        verb in prop::sample::select(vec!["Discard", "Inspect", "Wash", "Store", "Remove"]),
        thing in prop::sample::select(vec!["the tray", "all boxes", "the lid", "raw meat"]),
        n in 2u32..90,
        tail in prop::sample::select(vec!["and inform the nurse", "unless the light is green", "if it is wet", "before closing the door", ""]),
    ) {
        let text = format!("{verb} {thing} for {n} minutes {tail}").trim().to_owned() + ".";
        for level in Level::ALL {
            let new = at(level, &text);
            prop_assert!(lock::check(&[&text], &new).is_empty(), "{} -> {}", text, new);
            let number = n.to_string();
            prop_assert!(new.contains(&number));
        }
    }

    #[test]
    fn shared_parts_keep_their_facts(
        condition in prop::sample::select(vec!["the seal is broken", "any box is above 7 °C", "the light is not green"]),
        first in prop::sample::select(vec!["do not unload", "move the pallet to the bay", "close the valve for 5 minutes"]),
        joint in prop::sample::select(vec!["; ", " and ", ", and then "]),
        second in prop::sample::select(vec!["call the nurse", "attach a red label", "do not open the lid", "write the date on the form"]),
        tail in prop::sample::select(vec!["", " immediately", " within 10 minutes", ", which is kept in the bay"]),
    ) {
        let text = format!("If {condition}, {first}{joint}{second}{tail}.");
        for level in Level::ALL {
            let new = at(level, &text);
            prop_assert!(lock::check(&[&text], &new).is_empty(), "{} -> {}", text, new);
        }
    }

    #[test]
    fn joined_steps_keep_their_facts_and_their_order(
        first in prop::sample::select(vec!["Open", "Rinse", "Label", "Weigh", "Remove"]),
        second in prop::sample::select(vec!["Close", "Dry", "Store", "Check", "Wipe"]),
        thing in prop::sample::select(vec!["the tray", "the lid", "the sample", "the box"]),
        other in prop::sample::select(vec!["the door", "the shelf", "the valve"]),
        n in 2u32..90,
        limits in prop::bool::ANY,
    ) {
        let (a, b) = (format!("{first} {thing}."), format!("{second} {other} for {n} minutes."));
        let parts = [Part { text: &a, critical: false }, Part { text: &b, critical: limits }];
        for level in [Level::B1, Level::B2, Level::C1] {
            for Way { text: joined, .. } in joined(&parts, &[&a, &b], Bond::Steps, level, DOCUMENT) {
                prop_assert!(lock::check(&[&a, &b], &joined).is_empty(), "{}", joined);
                let number = format!("{n} minutes");
                prop_assert!(joined.contains(&number), "{}", joined);
                prop_assert!(joined.find(&thing[4..]) < joined.find(&other[4..]), "{}", joined);
            }
        }
    }
}
