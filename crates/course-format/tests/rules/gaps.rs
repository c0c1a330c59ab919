use course_format::course::Response;
use course_format::grading::{GradeError, MAX_GAP_CHARS, Note, Verdict, grade, grade_with, is_common_word, normalise};

use crate::sample::{gap, map};

#[derive(Debug, PartialEq)]
enum Judged {
    Right,
    Forgiven,
    Wrong,
}
use Judged::{Forgiven, Right, Wrong};

fn judge(accepted: &[&str], typed: &str) -> Judged {
    let (item, key) = gap(accepted);
    let grade = grade(&item, &key, &Response::Gap { entries: map(&[("g1", typed)]) }).unwrap();
    match (grade.verdict, grade.notes.is_empty()) {
        (Verdict::Correct, true) => Right,
        (Verdict::Correct, false) => Forgiven,
        _ => Wrong,
    }
}

#[test]
fn case_space_and_end_marks_do_not_matter() {
    assert_eq!(judge(&["walk-in fridge"], "  Walk-In   fridge. "), Right);
}

#[test]
fn typographic_marks_are_plain_marks() {
    assert_eq!(judge(&["don't touch"], "Don’t touch"), Right);
    assert_eq!(judge(&["walk-in"], "walk‑in"), Right);
    assert_eq!(judge(&["-12 °C"], "−12 °C"), Right);
}

#[test]
fn full_width_and_ligatures_are_plain_letters() {
    assert_eq!(judge(&["office"], "ｏﬃce"), Right);
}

#[test]
fn contractions_are_what_they_stand_for() {
    assert_eq!(judge(&["do not leave"], "don't leave"), Right);
    assert_eq!(judge(&["must not"], "mustn’t"), Right);
    assert_eq!(judge(&["cannot"], "can't"), Right);
    assert_eq!(judge(&["will not"], "won't"), Right);
    assert_eq!(judge(&["it is"], "It's"), Right);
}

#[test]
fn the_space_before_a_unit_does_not_matter() {
    assert_eq!(judge(&["8 °C"], "8°C"), Right);
    assert_eq!(judge(&["50%"], "50 %"), Right);
    assert_eq!(judge(&["20 minutes"], "20minutes"), Right);
}

#[test]
fn fractions_and_powers_keep_their_value() {
    assert_eq!(judge(&["1½"], "11/2"), Wrong);
    assert_eq!(judge(&["1½"], "1 1/2"), Right);
    assert_eq!(judge(&["10²"], "102"), Wrong);
    assert_eq!(normalise("m²"), "m2");
}

#[test]
fn any_accepted_wording_is_right() {
    assert_eq!(judge(&["fridge", "refrigerator"], "refrigerator"), Right);
}

#[test]
fn one_slip_in_a_long_word_is_forgiven_and_told() {
    for typed in ["thermometr", "thermometerr", "thermomater", "thermomteer", "Thermometr "] {
        assert_eq!(judge(&["thermometer"], typed), Forgiven, "{typed}");
    }
    let (item, key) = gap(&["thermometer"]);
    let grade = grade(&item, &key, &Response::Gap { entries: map(&[("g1", "thermometr")]) }).unwrap();
    assert_eq!(grade.score, 1.0);
    let (part, typed, expected) = ("g1".to_owned(), "thermometr".to_owned(), "thermometer".to_owned());
    assert_eq!(grade.notes, [Note::SpellingForgiven { part, typed, expected }]);
}

#[test]
fn two_slips_are_not_forgiven() {
    assert_eq!(judge(&["thermometer"], "termometr"), Wrong);
    assert_eq!(judge(&["probe thermometer"], "prope termometer"), Wrong);
}

#[test]
fn a_slip_in_a_phrase_is_forgiven_in_one_of_its_words() {
    assert_eq!(judge(&["probe thermometer"], "probe thermometr"), Forgiven);
}

#[test]
fn short_words_must_be_exact() {
    assert_eq!(judge(&["ice"], "ize"), Wrong);
    assert_eq!(judge(&["fridge at 5"], "fridge it 5"), Wrong);
}

#[test]
fn numbers_must_be_exact() {
    assert_eq!(judge(&["1000"], "100"), Wrong);
    assert_eq!(judge(&["20 minutes"], "30 minutes"), Wrong);
    assert_eq!(judge(&["2.5 litres"], "25 litres"), Wrong);
    assert_eq!(judge(&["-12 °C"], "12 °C"), Wrong);
    assert_eq!(judge(&["A113"], "A133"), Wrong);
    assert_eq!(judge(&["fifteen"], "fiften"), Wrong);
    assert_eq!(judge(&["sixty"], "sixtyy"), Wrong);
}

#[test]
fn units_must_be_exact() {
    assert_eq!(judge(&["20 minutes"], "20 minuts"), Wrong);
    assert_eq!(judge(&["grams"], "gramms"), Wrong);
    assert_eq!(judge(&["5 mg"], "5 µg"), Wrong);
}

#[test]
fn negations_must_be_exact() {
    assert_eq!(judge(&["never"], "nver"), Wrong);
    assert_eq!(judge(&["without"], "witout"), Wrong);
    assert_eq!(judge(&["not"], "now"), Wrong);
    assert_eq!(judge(&["not able"], "notable"), Wrong);
}

#[test]
fn another_real_word_is_another_answer() {
    for (expected, typed) in
        [("clean", "clear"), ("heat", "head"), ("close", "clothe"), ("ethanol", "methanol"), ("nitrate", "nitrite")]
    {
        assert_eq!(judge(&[expected], typed), Wrong, "{expected} / {typed}");
    }
}

#[test]
fn another_form_of_the_word_is_another_answer() {
    for (expected, typed) in [
        ("gloves", "glove"),
        ("close", "closed"),
        ("refrigerator", "refrigerators"),
        ("take", "taken"),
        ("dust", "dusty"),
    ] {
        assert_eq!(judge(&[expected], typed), Wrong, "{expected} / {typed}");
    }
}

#[test]
fn words_of_the_item_itself_are_real_words() {
    // No dictionary knows "gorst"; it becomes a word when the item uses it.
    assert_eq!(judge(&["ghorst"], "gorst"), Forgiven);
    assert_eq!(judge(&["ghorst", "gorst"], "gorst"), Right);
    assert_eq!(judge(&["gorst brush", "ghorst"], "gorst"), Wrong);
}

#[test]
fn the_callers_dictionary_decides_when_there_is_one() {
    let (item, key) = gap(&["thermometer"]);
    let response = Response::Gap { entries: map(&[("g1", "thermometr")]) };
    let strict = grade_with(&item, &key, &response, &|word| word == "thermometr").unwrap();
    assert_eq!(strict.verdict, Verdict::Wrong);
}

#[test]
fn a_hyphen_more_or_less_is_a_slip() {
    assert_eq!(judge(&["walk-in"], "walk in"), Forgiven);
    assert_eq!(judge(&["log book"], "logbook"), Forgiven);
    assert_eq!(judge(&["2-3"], "2 3"), Wrong);
    assert_eq!(judge(&["10"], "1 0"), Wrong);
}

#[test]
fn an_empty_gap_is_wrong_and_a_missing_one_is_refused() {
    assert_eq!(judge(&["thermometer"], " "), Wrong);
    let (item, key) = gap(&["thermometer"]);
    let error = grade(&item, &key, &Response::Gap { entries: map(&[]) }).unwrap_err();
    assert_eq!(error, GradeError::Missing { what: "gap", id: "g1".to_owned() });
}

#[test]
fn unknown_gaps_and_endless_entries_are_refused() {
    let (item, key) = gap(&["thermometer"]);
    let code = |entries| grade(&item, &key, &Response::Gap { entries }).unwrap_err().code();
    assert_eq!(code(map(&[("g1", "x"), ("g2", "x")])), "unknown_id");
    assert_eq!(code(map(&[("g1", &"é".repeat(MAX_GAP_CHARS + 1))])), "too_long");
}

#[test]
fn regular_forms_of_listed_words_are_known() {
    for word in ["labels", "boxes", "dries", "dried", "closed", "stopped", "closing", "drier", "slowly", "stirring"] {
        assert!(is_common_word(word), "{word}");
    }
    for word in ["stoped", "closeing", "carryed", "boxs", "entrys", "labeles"] {
        assert!(!is_common_word(word), "{word}");
    }
    for word in ["thermometr", "fridgs", "s", "", "es", "ing"] {
        assert!(!is_common_word(word), "{word}");
    }
}
