use super::*;

fn found(phrase: &str) -> (Wh, String, String) {
    let a = split(phrase).unwrap_or_else(|| panic!("nothing in {phrase}"));
    (a.wh, a.core, a.answer)
}

#[test]
fn the_last_adjunct_is_cut_off() {
    assert_eq!(
        found("wash your hands for at least 20 seconds"),
        (Wh::HowLong, "wash your hands".into(), "for at least 20 seconds".into())
    );
    assert_eq!(
        found("use cooked rice within 24 hours"),
        (Wh::HowSoon, "use cooked rice".into(), "within 24 hours".into())
    );
    assert_eq!(
        found("clean the probe with an alcohol wipe before the first measurement"),
        (Wh::When, "clean the probe with an alcohol wipe".into(), "before the first measurement".into())
    );
    assert_eq!(found("dust from top to bottom with the green cloth").0, Wh::WithWhat);
    assert_eq!(
        found("store ready-to-eat food on the upper shelves"),
        (Wh::Where, "store ready-to-eat food".into(), "on the upper shelves".into())
    );
    assert_eq!(
        found("autoclave the bottles at 121 °C for 20 minutes"),
        (Wh::HowLong, "autoclave the bottles at 121 °C".into(), "for 20 minutes".into())
    );
    assert_eq!(found("set the thermostat to 21 °C"), (Wh::WhatSetting, "set the thermostat".into(), "21 °C".into()));
    assert_eq!(found("train every cook within 7 days after the start of work").0, Wh::HowSoon);
    assert_eq!(found("be stirred every 10 minutes").0, Wh::HowOften);
}

#[test]
fn amounts_ask_how_much() {
    let a = split("add 105 µL of the elution buffer to the column").unwrap();
    assert_eq!(
        (a.wh, a.core.as_str(), a.thing.as_deref()),
        (Wh::HowMuch, "add to the column", Some("the elution buffer"))
    );
}

#[test]
fn nothing_is_cut_that_belongs_to_the_object() {
    assert_eq!(split("write \"rejected\" and the temperature on the delivery note").map(|a| a.wh), Some(Wh::Where));
    assert_eq!(split("complete the record in ink"), None);
    assert_eq!(split("be checked every Monday before the first delivery"), None);
    assert_eq!(split("place two pillows on a single bed and four pillows on a double bed"), None);
    assert_eq!(split("check that the packaging is clean"), None);
}
