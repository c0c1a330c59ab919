//! Items whose wrong options are near the right one.

use course_format::Level;
use course_format::course::{Answer, Choice, ItemBody};

use super::{LAUNDRY, made, made_of};
use crate::engine::forge::Made;

/// Options and the ids of the right ones, of every sound item with this frame.
fn choices<'a>(items: &'a [Made], frame: &str) -> Vec<(&'a [Choice], Vec<&'a str>)> {
    items
        .iter()
        .filter(|m| m.frame == frame)
        .map(|made| match (&made.item.body, &made.key.answer) {
            (ItemBody::SingleChoice { options }, Answer::SingleChoice { choice })
            | (ItemBody::TapEvidence { sentences: options }, Answer::TapEvidence { choice }) => {
                (options.as_slice(), vec![choice.as_str()])
            }
            (ItemBody::MultiSelect { options, .. }, Answer::MultiSelect { choices }) => {
                (options.as_slice(), choices.iter().map(String::as_str).collect())
            }
            other => panic!("{other:?}"),
        })
        .collect()
}

fn stands_in_the_manual(text: &str) -> bool {
    LAUNDRY.iter().any(|l| l.trim_end_matches('.').ends_with(text.trim_end_matches('.')))
}

#[tokio::test]
async fn of_three_copies_of_a_rule_one_is_the_rule() {
    let (_, _, sound) = made(Level::B1).await;
    let found = choices(&sound, "which-copy");
    assert!(found.len() >= 3, "{found:?}");
    for (options, key) in found {
        for option in options {
            assert_eq!(stands_in_the_manual(&option.text), key.contains(&option.id.as_str()), "{}", option.text);
        }
    }
    let notes = choices(&sound, "right-copies");
    assert!(!notes.is_empty());
    for (options, keys) in notes {
        for option in options {
            assert_eq!(stands_in_the_manual(&option.text), keys.contains(&option.id.as_str()), "{}", option.text);
        }
    }
}

#[tokio::test]
async fn of_three_cards_with_two_rules_one_has_both() {
    let (_, _, sound) = made(Level::B1).await;
    let found = choices(&sound, "two-rules");
    assert!(!found.is_empty());
    for (options, key) in found {
        for option in options {
            let (first, second) = option.text.split_once(". ").expect("two rules");
            let both = stands_in_the_manual(first) && stands_in_the_manual(second);
            assert_eq!(both, key.contains(&option.id.as_str()), "{}", option.text);
        }
    }
}

#[tokio::test]
async fn of_three_colleagues_one_has_kept_to_every_rule() {
    let (_, _, sound) = made(Level::B1).await;
    let mut found = choices(&sound, "who-followed");
    found.extend(choices(&sound, "who-followed-one"));
    assert!(!found.is_empty());
    let forbidden = [
        "my hand into the drum",
        "mixed bleach",
        "wet linen on the floor",
        "rubber mats in the dryer",
        "into the drain",
    ];
    for (options, key) in found {
        let right = options.iter().find(|o| key.contains(&o.id.as_str())).unwrap();
        assert!(!forbidden.iter().any(|f| right.text.contains(f)), "{}", right.text);
    }
}

#[tokio::test]
async fn two_things_are_weighed_at_a_time_and_a_thing_in_the_wrong_list_is_found() {
    let lines = [
        "# Cold room > Allowed",
        "- Sealed boxes of fish",
        "- Fresh milk in bottles",
        "- Washed salad leaves",
        "# Cold room > Not allowed",
        "- Hot soup in pans",
        "- Open tins of fruit",
        "- Glass without a label",
    ];
    let allowed = ["sealed boxes of fish", "fresh milk in bottles", "washed salad leaves"];
    let (_, _, sound) = made_of(&lines, Level::A2).await;
    let pairs = choices(&sound, "pair-allowed");
    assert!(!pairs.is_empty());
    for (options, key) in pairs {
        for option in options {
            let both = option.text.to_lowercase().split(" + ").all(|t| allowed.contains(&t));
            assert_eq!(both, key.contains(&option.id.as_str()), "{}", option.text);
        }
    }
    assert!(!choices(&sound, "list-intruder").is_empty());
}

#[tokio::test]
async fn a_word_that_nobody_would_take_for_the_other_is_no_option() {
    let lines = [
        "# Medicine round",
        "- Check the temperature of the fridge every morning.",
        "- The manager has signed the induction sheet.",
        "- Compare the label with the chart.",
        "- Do not touch tablets with your bare hands.",
        "- Trained carers may give medicines.",
        "- Leave four hours between two doses.",
        "- Phone the pharmacy when the fridge is warm.",
    ];
    let (_, all, _) = made_of(&lines, Level::A2).await;
    for made in all.iter().filter(|m| matches!(m.frame.as_str(), "select-noun" | "select-term" | "note-word")) {
        let text = serde_json::to_string(&made.item.body).unwrap();
        assert!(!(text.contains("give ") && text.contains("\"hands\"")), "{text}");
        assert!(!(text.contains("induction") && text.contains("\"temperature\"")), "{text}");
    }
}
