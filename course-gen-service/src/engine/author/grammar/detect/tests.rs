use super::*;
use crate::engine::library::ClauseRef;
use crate::engine::test_sop::library;

/// The words that show the point in one sentence, with the word that it is told by.
fn found(point: &str, line: &str) -> Option<(String, &'static str)> {
    let library = library("Test", &[line]);
    let clauses: Vec<ClauseRef> = library.clauses().collect();
    let facts = crate::engine::facts::of_clauses(&library, &clauses);
    rule(point).unwrap()(&facts[0]).map(|f| (f.focus, f.cue))
}

fn shows(point: &str, line: &str, focus: &str) {
    assert_eq!(found(point, line).map(|(f, _)| f).as_deref(), Some(focus), "{point}: {line}");
}

fn hides(point: &str, line: &str) {
    assert_eq!(found(point, line), None, "{point}: {line}");
}

#[test]
fn orders_bans_and_routines() {
    shows("imperative", "1 Close the valve slowly.", "Close");
    hides("imperative", "- The valve is closed.");
    shows("negative_imperative", "- Do not touch the blade.", "Do not touch");
    shows("negative_imperative", "- Never leave the gate open.", "Never leave");
    shows("negative_imperative", "- If the lamp is red, do not enter the room.", "do not enter");
    hides("negative_imperative", "- Guests who do not pay must leave.");
    shows("routine", "- The porter opens the gate every morning.", "opens");
    hides("routine", "- If the porter opens the gate, wait.");
}

#[test]
fn duties_advice_and_permission() {
    shows("must", "- Drivers must wear a helmet.", "must wear");
    shows("must", "- Drivers must not smoke.", "must not smoke");
    shows("must", "- The driver has to sign the sheet.", "has to sign");
    hides("must", "- Drivers do not have to wait.");
    shows("should", "- Staff should drink enough water.", "should drink");
    hides("should", "- Should the alarm ring, leave the room.");
    shows("may_can", "- Visitors may use the canteen.", "may use");
    shows("may_can", "- Visitors may not take photos.", "may not take");
    hides("may_can", "- The floor may be wet.");
}

#[test]
fn verbs_in_the_passive() {
    shows("passive", "- The safe is locked at night.", "is locked");
    shows("passive", "- Gloves are always worn here.", "are always worn");
    hides("passive", "- The safe is heavy.");
    hides("passive", "- The guard is walking.");
    shows("modal_passive", "- Bins must be emptied daily.", "must be emptied");
    shows("modal_passive", "- The lid must not be opened.", "must not be opened");
    shows("modal_passive", "- The sheet has to be signed.", "has to be signed");
    hides("modal_passive", "- Staff must be polite.");
}

#[test]
fn purpose_and_care() {
    shows("to_purpose", "- Use the red button to stop the belt.", "to stop");
    hides("to_purpose", "- Ask the guest to sign the form.");
    hides("to_purpose", "- Walk in order to save power.");
    shows("so_that", "- Mark the box so that everyone sees it.", "so that");
    shows("so_that", "- Wait in order to avoid steam.", "in order to");
    shows("make_sure", "- Make sure the tap is off.", "Make sure");
    shows("make_sure", "- Ensure that the tap is off.", "Ensure");
}

#[test]
fn verbs_in_ing() {
    shows("by_ing", "- Start the pump by pressing the green button.", "by pressing");
    shows("by_ing", "- Do not leave without signing the book.", "without signing");
    hides("by_ing", "- Use the cupboard for cleaning products.");
    shows("participle_phrase", "1 Lower the probe, ensuring that it is clean.", "ensuring that");
    shows("participle_phrase", "1 Wear gloves when handling ice.", "when handling");
    hides("participle_phrase", "- The work includes sorting, drying and packing.");
}

#[test]
fn conditions() {
    shows("if_imperative", "- If the lamp is red, stop the belt.", "If the lamp is red");
    shows("if_imperative", "- Stop the belt if the lamp is red.", "if the lamp is red");
    shows("zero_conditional", "- If the air is damp, the powder absorbs water.", "If the air is damp");
    hides("zero_conditional", "- If the air is damp, the powder must be dried.");
    shows("if_will", "- If you push it, the alarm will ring.", "will ring");
    hides("if_will", "- If it will rain, close the window.");
    shows("unless", "- Do not enter unless the lamp is green.", "unless");
    shows("in_case", "- Take a torch in case the light fails.", "in case");
    hides("in_case", "- In case of fire, leave the room.");
    shows("short_condition", "- Add more water if required.", "if required");
    hides("short_condition", "- Fill the form as described in the manual.");
    shows("inversion", "- Should the pressure be high, close the valve.", "Should the pressure be");
    hides("inversion", "- Staff should be polite, even on the phone.");
}

#[test]
fn clauses_of_time() {
    shows("before_after", "- Wash your hands before touching food.", "before touching");
    shows("before_after", "- Sign the book after you close the gate.", "after you close");
    hides("before_after", "- Sign the book before the break.");
    shows("when_until", "- Wait until the lamp is green.", "until the lamp is");
    shows("when_until", "- Once you have signed, return the pen.", "Once you have signed");
    hides("when_until", "- Rinse it once a day.");
}

#[test]
fn clauses_about_a_noun() {
    shows("relative", "- Call the person who signed the form.", "person who");
    shows("relative", "- Throw away food that is too old.", "food that");
    hides("relative", "- Check that the gate is shut.");
    hides("relative", "- After that, look behind the boards.");
    hides("relative", "- Check that the seal is intact and that the number matches the note.");
    hides("relative", "- Wait, even if somebody says that it is urgent.");
    hides("relative", "- Mark it so that everyone sees it.");
    shows("ed_clause", "- Samples taken from the line must be kept.", "Samples taken");
    hides("ed_clause", "- The waste is mixed with sand.");
}

#[test]
fn a_place_is_named_whole_and_a_time_is_none() {
    shows("place", "1 Write the loss in the night log with the time.", "in the night log");
    shows("place", "1 Put the towel into the blue bag.", "into the blue bag");
    shows("place", "1 Put on gloves and knock on the door three times.", "on the door");
    for none in
        ["1 Leave the room in a fire alarm.", "1 Put on a clean apron.", "- Rules are listed in the order of risk."]
    {
        hides("place", none);
    }
}

#[test]
fn amounts_limits_and_times() {
    assert_eq!(found("quantity", "1 Wait 5 minutes."), Some(("5 minutes".to_owned(), "how many")));
    assert_eq!(found("quantity", "1 Add 30 mL of water."), Some(("30 mL of".to_owned(), "how much")));
    assert_eq!(found("comparison", "1 Wait at least 5 minutes."), Some(("at least 5".to_owned(), "at least")));
    assert_eq!(found("comparison", "- Use no more than 2 boxes."), Some(("no more than 2".to_owned(), "no more than")));
    assert_eq!(found("comparison", "- Keep the room below 20 °C."), Some(("below".to_owned(), "below")));
    hides("comparison", "- Tick the box below.");
    assert_eq!(found("time_limit", "- Report it within 2 hours."), Some(("within 2 hours".to_owned(), "within")));
    assert_eq!(found("time_limit", "- Finish the round by 6 p.m. every day.").map(|f| f.1), Some("by"));
    hides("time_limit", "- Divide the number by 6.");
    assert_eq!(found("order_words", "1 Then rinse the pan.").map(|f| f.1), Some("then"));
    assert_eq!(found("order_words", "1 Wait, then knock again.").map(|f| f.1), Some("then"));
    hides("order_words", "- First aid is given by a nurse.");
}

#[test]
fn verbs_and_their_particles() {
    shows("phrasal_verbs", "1 Switch on the balance.", "Switch on");
    shows("phrasal_verbs", "1 Take the tubes out.", "Take the tubes out");
    hides("phrasal_verbs", "1 Put the towel on the shelf.");
    hides("phrasal_verbs", "1 Turn to the left.");
}

#[test]
fn nouns_that_belong_together_and_nouns_that_hide_a_verb() {
    shows("compounds", "1 Open the kitchen door.", "kitchen door");
    hides("compounds", "1 Open the green door.");
    shows("noun_style", "- The removal of the lid needs two people.", "removal of");
    hides("noun_style", "- The manager of the shop signs.");
}

#[test]
fn points_for_beginners() {
    shows("articles", "1 Put on an apron.", "an apron");
    shows("articles", "1 Weigh the sample in a clean beaker.", "a clean beaker");
    shows("articles", "- If a change fails, call the desk.", "a change");
    hides("articles", "1 Close the valve.");
    shows("time_words", "- Open the gate at 9:30.", "at 9:30");
    shows("time_words", "- Hand in the key by 5 p.m. and lock the door at 6 p.m. on weekdays.", "at 6 p.m.");
    shows("time_words", "- Empty the bins every day.", "every day");
    shows("time_words", "- Test the alarm on Mondays.", "on Mondays");
    hides("time_words", "- Keep it at 4 °C.");
}
