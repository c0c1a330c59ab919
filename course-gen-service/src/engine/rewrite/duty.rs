//! R16, one word for duty; R17, a ban as "must not".

use super::phrase::bare;
use crate::engine::english::text::capitalise;

/// "Staff shall sign." -> "Staff must sign." "You are required to" -> "You must".
pub fn one_word(sentence: &str) -> Option<String> {
    const DUTIES: [&str; 6] =
        [" shall ", " is required to ", " are required to ", " is obliged to ", " are obliged to ", " has got to "];
    let found = DUTIES.iter().find(|d| sentence.contains(**d))?;
    (!sentence.contains(" not required")).then(|| sentence.replacen(found, " must ", 1))
}

/// "Smoking is forbidden in the store." -> "You must not smoke in the store."
pub fn ban(sentence: &str) -> Option<String> {
    const BANS: [&str; 6] =
        ["forbidden", "prohibited", "not allowed", "not permitted", "strictly forbidden", "strictly prohibited"];
    for ban in BANS {
        if let Some(rest) = sentence.strip_prefix(&format!("It is {ban} to ")) {
            return Some(format!("You must not {rest}"));
        }
        let Some((what, rest)) = sentence.split_once(&format!(" is {ban}")) else { continue };
        if what == "Photography" && !rest.contains(" unless ") {
            return Some(format!("You must not take photographs{rest}"));
        }
        let (first, object) = what.split_once(' ').unwrap_or((what, ""));
        let ing = bare(first).to_lowercase();
        let verb = Some(cefr::lemma(&ing))
            .filter(|b| ing.ends_with("ing") && *b != ing && cefr::can_be(b, cefr::PartOfSpeech::Verb))?;
        let plain = !object.contains(',') && !object.contains(" and ") && !object.contains(" or ");
        if !plain || rest.starts_with(" to ") || rest.contains(" unless ") {
            return None;
        }
        let object = if object.is_empty() { String::new() } else { format!(" {object}") };
        return Some(format!("You must not {verb}{object}{rest}"));
    }
    None
}

/// "It is mandatory to wear gloves." -> "You must wear gloves."
pub fn mandatory(sentence: &str) -> Option<String> {
    let rest =
        sentence.strip_prefix("It is mandatory to ").or_else(|| sentence.strip_prefix("It is compulsory to "))?;
    Some(format!("You must {}", capitalise(rest).replacen(&rest[..1].to_uppercase(), &rest[..1], 1)))
}

/// "It is recommended that you book early." -> "You should book early."
pub fn advice(sentence: &str) -> Option<String> {
    const OPENERS: [&str; 3] = ["It is recommended that you ", "It is recommended to ", "You are recommended to "];
    let rest = OPENERS.iter().find_map(|o| sentence.strip_prefix(o))?;
    (!rest.starts_with("not ")).then(|| format!("You should {rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_says_duty() {
        assert_eq!(one_word("Staff shall sign the log.").as_deref(), Some("Staff must sign the log."));
        assert_eq!(one_word("Cooks are required to wear hats.").as_deref(), Some("Cooks must wear hats."));
        assert_eq!(one_word("Boxes shall not be full.").as_deref(), Some("Boxes must not be full."));
        assert_eq!(one_word("Staff should sign the log."), None);
        assert_eq!(one_word("Staff may sign the log."), None);
    }

    #[test]
    fn a_ban_is_must_not() {
        assert_eq!(ban("Smoking is forbidden in the store.").as_deref(), Some("You must not smoke in the store."));
        assert_eq!(ban("Blocking fire exits is not permitted.").as_deref(), Some("You must not block fire exits."));
        assert_eq!(
            ban("Photography is forbidden in the store.").as_deref(),
            Some("You must not take photographs in the store.")
        );
        assert_eq!(ban("It is prohibited to run.").as_deref(), Some("You must not run."));
        assert_eq!(ban("Avoid contact with skin."), None);
        assert_eq!(ban("Parking is not allowed unless a permit is shown."), None);
    }

    #[test]
    fn advice_is_should() {
        assert_eq!(advice("It is recommended that you book early.").as_deref(), Some("You should book early."));
        assert_eq!(advice("It is recommended to book early.").as_deref(), Some("You should book early."));
        assert_eq!(advice("The recommended time is 2 hours."), None);
    }

    #[test]
    fn what_is_mandatory_must_be_done() {
        assert_eq!(mandatory("It is mandatory to wear gloves.").as_deref(), Some("You must wear gloves."));
    }
}
