use super::*;

fn phrases(text: &str) -> Vec<String> {
    match parse(text) {
        Form::Do(c) | Form::DoNot(c) => c.phrases,
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn commands_are_cut_only_where_a_second_verb_is_sure() {
    assert_eq!(
        phrases("Remove the electrode from the storage solution and rinse it with purified water."),
        ["remove the electrode from the storage solution", "rinse it with purified water"]
    );
    assert_eq!(phrases("Label and date leftovers."), ["label and date leftovers"]);
    assert_eq!(phrases("Check the label and seal."), ["check the label and seal"]);
    assert_eq!(phrases("Wait 10 seconds, then knock again."), ["wait 10 seconds", "knock again"]);
    assert_eq!(
        phrases("Record the start time and the end time in the housekeeping app."),
        ["record the start time and the end time in the housekeeping app"]
    );
    assert_eq!(
        phrases("Stop work, close the room and go to the desk."),
        ["stop work", "close the room", "go to the desk"]
    );
}

#[test]
fn a_noun_at_the_beginning_is_no_command() {
    for text in [
        "Records must be kept in ink.",
        "Label size must be 5 cm.",
        "Use of force is forbidden.",
        "Open bottles are valid for 14 days.",
    ] {
        assert!(!matches!(parse(text), Form::Do(_)), "{text}: {:?}", parse(text));
    }
}

#[test]
fn conditions_stand_before_or_after() {
    for text in ["If the bag is open, reject it.", "Reject it if the bag is open."] {
        match parse(text) {
            Form::When { condition, then, .. } => {
                assert_eq!(condition, "the bag is open");
                assert!(matches!(*then, Form::Do(c) if c.text == "reject it"));
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(matches!(
        parse("If a guest reports an allergy, the waiter writes it on a ticket."),
        Form::When { then, .. } if matches!(*then, Form::Role { .. })
    ));
    assert!(!matches!(parse("Rinse if required."), Form::When { .. }));
    assert!(
        matches!(parse("If the item is a passport, money or jewellery, call the floor supervisor immediately."), Form::When { condition, .. } if condition.ends_with("jewellery"))
    );
}

#[test]
fn a_second_noun_is_no_second_order() {
    for sentence in [
        "Check the resident's name and photograph on the chart.",
        "Write the date and time on the label.",
        "Compare the lid and label with the list.",
        "Take the key and badge from the desk.",
    ] {
        assert_eq!(phrases(sentence).len(), 1, "{sentence}");
    }
    assert_eq!(phrases("Cover the soup and store in the fridge.").len(), 2);
    assert_eq!(phrases("Close the door and photograph the seal.").len(), 2);
    assert_eq!(phrases("Press the bell and wait at the desk.").len(), 2);
}

#[test]
fn duties_keep_their_modal() {
    match parse("The door must not stay open for more than 2 minutes.") {
        Form::Duty { subject, modal, negative, predicate } => {
            assert_eq!((subject.as_str(), modal, negative), ("The door", Modal::Must, true));
            assert_eq!(predicate, "stay open for more than 2 minutes");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(parse("It must be between -1 °C and 1 °C."), Form::Other);
}

#[test]
fn roles_need_a_person() {
    assert!(matches!(parse("The Head Chef trains every cook within 7 days."), Form::Role { .. }));
    assert_eq!(parse("The machine stops every night."), Form::Other);
}

#[test]
fn a_prohibition_is_never_an_order() {
    assert!(matches!(parse("Do not ride on the pallet truck."), Form::DoNot(_)));
    assert!(!matches!(parse("Do not xerograph the badge."), Form::Do(_)));
}
