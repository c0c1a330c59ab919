//! Whether "to" and a verb say why something is done.

/// Verbs after which "to" tells what somebody is to do, or what somebody tries: "ask the guests to leave".
const NO_PURPOSE: &str = "
ask tell remind allow instruct advise warn encourage help want require order invite teach train get expect enable permit force cause
need request direct persuade forbid remember forget try begin start continue agree refuse decide plan prepare offer wait have";

/// Whether one of the verbs before "to" takes it along, so that it may give no purpose.
pub fn takes_to(before: &str) -> bool {
    before.split(|c: char| !c.is_alphanumeric()).any(|w| {
        let lemma = cefr::lemma(&w.to_lowercase());
        NO_PURPOSE.split_whitespace().any(|verb| verb == lemma)
    })
}

#[cfg(test)]
mod tests {
    use super::takes_to;

    #[test]
    fn what_somebody_is_asked_to_do_is_no_purpose() {
        assert!(takes_to("Turn off the ventilation and tell staff"));
        assert!(takes_to("Ask all guests"));
        assert!(!takes_to("Press the red button"));
    }
}
