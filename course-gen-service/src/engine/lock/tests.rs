use proptest::prelude::*;

use super::*;

fn kinds(source: &str, wording: &str) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = check(&[source], wording).into_iter().map(|b| b.kind).collect();
    kinds.dedup();
    kinds
}

fn sound(source: &str, wording: &str) {
    let found = check(&[source], wording);
    assert!(found.is_empty(), "{source}\n{wording}\n{found:?}");
}

/// Sentences as SOPs write them, each with wordings that say the same.
const SAME: [(&str, &[&str]); 18] = [
    (
        "Take the drawer to the cash office. Do not count money on the shop floor.",
        &["Take the drawer to the cash office, and do not count money on the shop floor."],
    ),
    ("Boxes shall not be stacked.", &["Boxes must not be stacked."]),
    (
        "If the oven is too hot: leave the tray inside, turn down the heat if needed, discard if unsure",
        &[
            "If the oven is too hot, leave the tray inside. Turn down the heat if needed. If you are unsure, discard it.",
            "If the oven is too hot, leave the tray inside. Turn down the heat if you need to. If you are not sure, throw it away.",
            "Is the oven too hot? Leave the tray inside. Do you need to turn down the heat? Turn it down. Not sure? Throw it away.",
            "Should the oven be too hot, leave the tray inside, turning down the heat if needed and discarding it if unsure.",
        ],
    ),
    ("Freezers: ≤ –18 °C", &["Freezers: -18 °C or colder.", "Freezers: at most -18 °C."]),
    ("Do not enter unless the light is green.", &["If the light is not green, do not enter."]),
    ("Before closing the lid, wipe it.", &["First wipe the lid. Then close it.", "Wipe the lid before you close it."]),
    ("Open the valve and add 5 mL of acid.", &["Open the valve. Add 5 mL of acid."]),
    ("The form must be signed by a nurse.", &["A nurse must sign the form."]),
    ("The lid must be closed.", &["You must close the lid.", "Close the lid."]),
    ("Entry is forbidden.", &["You must not enter."]),
    ("Staff shall sign the log every day.", &["Staff must sign the log daily."]),
    (
        "Notify the shift supervisor immediately.",
        &["Tell the shift supervisor immediately.", "Tell the shift supervisor at once."],
    ),
    ("Discard any box that is damaged.", &["Throw away any box that is damaged."]),
    ("Check the seal before removal of the lid.", &["Check the seal before you remove the lid."]),
    ("Keep door closed for a minimum of 20 minutes.", &["Keep the door closed for at least 20 minutes."]),
    ("Please note that the plate is hot.", &["The plate is hot."]),
    (
        "Old keys are left in the blue box and must never be used in the dark room.",
        &["Old keys are left in the blue box. Old keys must never be used in the dark room."],
    ),
    ("In the event of a fire, leave the building.", &["If there is a fire, leave the building."]),
];

/// Good wordings, each with a change that harms, and what it harms.
const CHANGED: [(&str, &str, Kind); 41] = [
    ("Boxes shall not be stacked.", "Boxes shall be stacked.", Kind::Negation),
    ("Wait for 10 minutes.", "Wait for 15 minutes.", Kind::Number),
    ("Wait for 10 minutes.", "Wait for 10 seconds.", Kind::Number),
    ("Wait for 10 minutes.", "Wait.", Kind::Number),
    ("Wait for 10 minutes.", "Start after 10 minutes.", Kind::Number),
    ("Report it within 2 hours.", "Report it after 2 hours.", Kind::Number),
    ("Keep fridges at 0–5 °C.", "Keep fridges at 5 °C.", Kind::Number),
    ("Keep it below 8 °C.", "Keep it at 8 °C or below.", Kind::Number),
    ("Keep it at ≥ 63 °C.", "Keep it above 63 °C.", Kind::Number),
    ("Use at least 2 gloves.", "Use at most 2 gloves.", Kind::Number),
    ("Add 5 mL of acid and 10 mL of water.", "Add 10 mL of acid and 5 mL of water.", Kind::Number),
    ("Fridges: 0–5 °C. Freezers: ≤ -18 °C.", "Freezers: 0–5 °C. Fridges: ≤ -18 °C.", Kind::Number),
    ("Do not open the door.", "Open the door.", Kind::Negation),
    ("Never leave the pan alone.", "Leave the pan alone.", Kind::Negation),
    ("Lift it without gloves.", "Lift it with gloves.", Kind::Negation),
    ("Use only filter tips.", "Use filter tips.", Kind::Negation),
    ("Use filter tips.", "Use only filter tips.", Kind::Negation),
    ("Do not open the door. Close the valve.", "Open the door. Do not close the valve.", Kind::Negation),
    ("Do not touch the plate but press the button.", "Touch the plate but do not press the button.", Kind::Negation),
    ("Do not enter unless the light is green.", "Do not enter if the light is green.", Kind::Negation),
    ("You should wear a hat.", "You must wear a hat.", Kind::Modality),
    ("You must wear a hat.", "You should wear a hat.", Kind::Modality),
    ("You must wear a hat.", "You may wear a hat.", Kind::Modality),
    ("Wear a hat.", "You can wear a hat.", Kind::Modality),
    ("You may take a break.", "You must take a break.", Kind::Modality),
    ("Avoid contact with skin.", "You must not touch it with your skin.", Kind::Modality),
    ("Wash the pan. You should dry it.", "You should wash the pan. You should dry it.", Kind::Modality),
    ("Staff sign the form.", "Staff must sign the form.", Kind::Modality),
    ("If the light is red, stop the pump.", "Stop the pump. The light is red.", Kind::Condition),
    ("Stop the pump.", "If you like, stop the pump.", Kind::Condition),
    ("Inform the cook or the manager.", "Inform the cook and the manager.", Kind::Choice),
    ("Wash the pan and the lid.", "Wash the pan or the lid.", Kind::Choice),
    ("Wash your hands, then dry the bowl.", "Dry the bowl, then wash your hands.", Kind::Order),
    ("Before closing the lid, wipe the rim.", "Close the lid. Then wipe the rim.", Kind::Order),
    ("Inform the nurse.", "Inform the doctor.", Kind::Person),
    ("The form must be signed by a nurse.", "You must sign the form.", Kind::Person),
    ("Inform the Duty Officer.", "Inform the Officer.", Kind::Name),
    ("Fill in form QF-12.", "Fill in form QF-21.", Kind::Name),
    ("Report it immediately.", "Report it.", Kind::Time),
    ("Clean it daily.", "Clean it weekly.", Kind::Time),
    ("Wash the tray. Polish the glass shelves.", "Wash the tray.", Kind::Lost),
];

#[test]
fn the_same_facts_in_other_words_are_no_breach() {
    for (source, wordings) in SAME {
        sound(source, source);
        for wording in wordings {
            sound(source, wording);
        }
    }
}

#[test]
fn every_harmful_change_is_found() {
    for (source, wording, kind) in CHANGED {
        assert!(kinds(source, wording).contains(&kind), "{source} / {wording}: {:?}", check(&[source], wording));
    }
}

#[test]
fn a_part_may_leave_facts_out_but_change_none() {
    let source =
        "Check the fridges at the beginning of the shift. Fridges: 0–5 °C. Do not open the door for 30 minutes.";
    for part in ["Fridges: 0 to 5 °C.", "At the beginning of the shift.", "Do not open the door for 30 minutes."] {
        assert_eq!(check_part(&[source], part), [], "{part}");
    }
    for wrong in
        ["Fridges: 0 to 7 °C.", "Open the door for 30 minutes.", "You should check the fridges.", "Tell the manager."]
    {
        assert!(!check_part(&[source], wrong).is_empty(), "{wrong}");
    }
}

fn templates() -> impl Strategy<Value = (String, String)> {
    let verbs = prop::sample::select(vec!["wash", "label", "close", "check", "move", "clean"]);
    let things = prop::sample::select(vec!["tray", "box", "valve", "lid", "tank", "bottle"]);
    let units = prop::sample::select(vec!["minutes", "°C", "mL", "%", "kg"]);
    (verbs, things, 2u32..500, units).prop_map(|(verb, thing, n, unit)| {
        let source = format!(
            "{} the {thing} at {n} {unit}, then inform the nurse.",
            crate::engine::english::text::capitalise(verb)
        );
        (source, format!("{n} {unit}"))
    })
}

proptest! {
    #[test]
    fn any_text_is_the_same_as_itself(text in "\\PC{0,120}") {
        prop_assert_eq!(check(&[&text], &text), Vec::new());
        prop_assert_eq!(check_part(&[&text], &text), Vec::new());
    }

    #[test]
    fn a_changed_number_is_found((source, amount) in templates(), other in 2u32..500) {
        let (n, unit) = amount.split_once(' ').unwrap();
        prop_assume!(other.to_string() != n);
        let wrong = source.replace(&amount, &format!("{other} {unit}"));
        prop_assert!(check(&[&source], &wrong).iter().any(|b| b.kind == Kind::Number));
        prop_assert!(!check_part(&[&source], &wrong).is_empty());
    }

    #[test]
    fn a_dropped_or_added_not_is_found((source, _) in templates()) {
        let banned = format!("Do not {}", crate::engine::english::text::lower_first(&source, "wash label close check move clean"));
        prop_assert!(!check(&[&source], &banned).is_empty());
        prop_assert!(!check(&[&banned], &source).is_empty());
        prop_assert!(!check_part(&[&banned], &source).is_empty());
    }

    #[test]
    fn a_changed_strength_is_found((source, _) in templates(), modal in prop::sample::select(vec!["should", "may", "can", "might"])) {
        let weaker = format!("You {modal} {}", crate::engine::english::text::lower_first(&source, "wash label close check move clean"));
        prop_assert!(check(&[&source], &weaker).iter().any(|b| b.kind == Kind::Modality));
        prop_assert!(check(&[&weaker], &source).iter().any(|b| b.kind == Kind::Modality));
    }
}

#[test]
fn a_case_may_be_told_as_a_situation_in_a_dialogue() {
    let source = ["If a check could not be done, inform the manager."];
    assert!(
        check_part(&source, "A check could not be done. What should I do?")
            .iter()
            .all(|b| b.kind != Kind::Modality || !b.detail.contains("can"))
    );
    assert!(!check_part(&["Inform the manager."], "You can inform the manager.").is_empty());
}
