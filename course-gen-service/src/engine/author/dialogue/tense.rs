//! Steps and cases moved in time: "I checked the seal", "if the seal was broken", "I’d have called the shift lead".

use cefr::Form as WordForm;

use super::lines::{contracted, mine};
use crate::engine::english::forms::each_verb;
use crate::engine::english::text::{capitalise, sentence, word_count};
use crate::engine::english::words::{base_of_third_person, is_finite, is_verb};

/// "checked the rotor for cracks": what was done, said by the one who did it.
pub fn past(phrase: &str) -> Option<String> {
    moved(phrase, WordForm::Past)
}

/// "checked the rotor", "written the date on the label": what is done now.
pub fn perfect(phrase: &str) -> Option<String> {
    const STATES: [&str; 14] = [
        "keep", "leave", "wait", "store", "wear", "make", "ensure", "follow", "be", "ask", "let", "stay", "hold", "use",
    ];
    let verb = phrase.split(' ').next()?;
    (!STATES.contains(&verb)).then(|| moved(phrase, WordForm::PastParticiple))?
}

/// Nothing where a clause inside would have to move too, or where the step is no single deed ("every day").
fn moved(phrase: &str, form: WordForm) -> Option<String> {
    const TIED: [&str; 26] = [
        "until",
        "unless",
        "if",
        "when",
        "while",
        "that",
        "which",
        "because",
        "so",
        "whether",
        "where",
        "who",
        "how",
        "whenever",
        "as",
        "not",
        "every",
        "daily",
        "weekly",
        "monthly",
        "yearly",
        "always",
        "regularly",
        "never",
        "they",
        "it",
    ];
    let words: Vec<&str> = phrase.split(' ').map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    let first = words.first().filter(|w| is_verb(w))?;
    let waits = words.iter().zip(words.iter().skip(1)).any(|(w, next)| {
        matches!(*w, "before" | "after" | "once") && !next.ends_with("ing") || matches!((*w, *next), ("each", "time"))
    });
    // "It" is clear where its thing stands before it.
    let clauses = words.iter().any(|w| TIED.contains(w) && *w != "it")
        || words.iter().position(|w| *w == "it").is_some_and(|at| at < 3);
    if clauses || waits || words.len() < 2 || *first == "be" {
        return None;
    }
    let own = mine(phrase)?;
    let moved = each_verb(&own, |verb| cefr::inflect(verb, form));
    // "closed the lid and press START": a second verb that was not seen as one.
    let left = moved.match_indices(" and ").any(|(at, joint)| {
        let next = moved[at + joint.len()..].split(' ').next().unwrap_or_default();
        is_verb(next) && cefr::inflect(next, form) != next && own.contains(&format!(" and {next}"))
    });
    (!left).then_some(moved)
}

/// How far a case is moved away from what is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Shift {
    /// "the seal was broken"
    Past,
    /// "the seal had been broken"
    Pluperfect,
}

/// The condition of a case, moved: one subject, one verb, nothing that would have to move with it.
pub fn supposed(condition: &str, shift: Shift) -> Option<String> {
    let words: Vec<&str> = condition.split(' ').collect();
    let plain = word_count(condition) <= 12
        && !words.iter().any(|w| {
            let bare = w.trim_end_matches(',');
            matches!(bare, "and" | "that" | "which" | "who" | "must" | "may" | "should" | "will" | "can" | "before")
                || matches!(bare, "after" | "until" | "unless" | "while" | "still" | "yet" | "whether" | "what")
        });
    if !plain {
        return None;
    }
    let at = (1..words.len().min(8)).find(|at| is_finite_here(&words, *at))?;
    // "is dirty or wet" has one verb, "is late or does not call" has two.
    let others = words[at + 1..].iter().any(|w| matches!(*w, "is" | "are" | "does" | "do" | "has" | "have" | "cannot"));
    if others {
        return None;
    }
    let (said, used) = shifted(&words, at, shift)?;
    let rest = words[at + used..].join(" ");
    Some(contracted(format!("{} {said} {rest}", words[..at].join(" ")).trim_end()))
}

fn is_finite_here(words: &[&str], at: usize) -> bool {
    let known = matches!(words[at], "is" | "are" | "has" | "have" | "does" | "do" | "cannot");
    let noun = cefr::can_be(words[at], cefr::PartOfSpeech::Noun);
    let determined = matches!(words[at - 1], "a" | "an" | "the" | "any" | "your" | "of");
    known
        || words[0] == "you" && at == 1 && is_verb(words[at])
        || !determined && base_of_event(words[at]).is_some() && (!noun || at >= 2)
}

/// "loses" -> "lose": also verbs that no order begins with.
pub fn base_of_event(word: &str) -> Option<String> {
    const EVENTS: [&str; 20] = [
        "lose", "break", "spill", "arrive", "fall", "complain", "forget", "fail", "damage", "cut", "burn", "prick",
        "rise", "faint", "escape", "overflow", "jam", "crash", "die", "happen",
    ];
    if is_finite(word) {
        return None;
    }
    base_of_third_person(word).or_else(|| {
        let base = cefr::lemma(word);
        (word.ends_with('s') && EVENTS.contains(&base.as_str())).then_some(base)
    })
}

/// The verb at `at` moved, and how many words it took.
fn shifted(words: &[&str], at: usize, shift: Shift) -> Option<(String, usize)> {
    let next = words.get(at + 1).copied().unwrap_or_default();
    let after = words.get(at + 2).copied().unwrap_or_default();
    let participle = |w: &str| cefr::inflect(w, WordForm::PastParticiple);
    let back = shift == Shift::Pluperfect;
    Some(match words[at] {
        "is" | "are" if back && next == "not" => ("had not been".to_owned(), 2),
        "is" | "are" if back => ("had been".to_owned(), 1),
        "is" => ("was".to_owned(), 1),
        "are" => ("were".to_owned(), 1),
        "has" | "have" if next == "not" || cefr::lemma(next) != next && is_verb(&cefr::lemma(next)) => {
            ("had".to_owned(), 1)
        }
        "has" | "have" if back => ("had had".to_owned(), 1),
        "has" | "have" => ("had".to_owned(), 1),
        "does" | "do" if next == "not" && back => (format!("had not {}", participle(after)), 3),
        "does" | "do" if next == "not" => ("did not".to_owned(), 2),
        "cannot" if back => ("had not been able to".to_owned(), 1),
        "cannot" => ("could not".to_owned(), 1),
        verb => {
            let base = if words[0] == "you" && at == 1 { verb.to_owned() } else { base_of_event(verb)? };
            let said = if back { format!("had {}", participle(&base)) } else { cefr::inflect(&base, WordForm::Past) };
            (said, 1)
        }
    })
}

/// "I’d call the shift lead.", "I’d have called the shift lead."
pub fn would(order: &str, shift: Shift) -> Option<String> {
    let own = mine(order)?;
    let first = own.split(' ').next()?;
    if !is_verb(first) {
        return None;
    }
    Some(match shift {
        Shift::Past => sentence(&format!("I’d {own}")),
        Shift::Pluperfect => {
            let done = moved(order, WordForm::PastParticiple)?;
            sentence(&format!("I’d have {done}"))
        }
    })
}

/// "Suppose the seal was broken.": the case as news of the past, said of those who are spoken of.
pub fn told(condition: &str) -> Option<String> {
    if condition.starts_with("you ") || condition.starts_with("any ") || condition.contains(" you") {
        return None;
    }
    supposed(condition, Shift::Past).map(|c| capitalise(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_is_past() {
        assert_eq!(
            past("ask the driver for the delivery note").as_deref(),
            Some("asked the driver for the delivery note")
        );
        assert_eq!(
            past("switch off the truck and take out the key").as_deref(),
            Some("switched off the truck and took out the key")
        );
        assert_eq!(past("write your name on the label").as_deref(), Some("wrote my name on the label"));
        assert_eq!(past("wait until the rotor stops"), None);
        assert_eq!(past("wash your hands before you start"), None);
        assert_eq!(past("check the seals every week"), None);
    }

    #[test]
    fn a_deed_has_its_participle() {
        assert_eq!(perfect("test the brakes and the horn").as_deref(), Some("tested the brakes and the horn"));
        assert_eq!(perfect("write the number in the register").as_deref(), Some("written the number in the register"));
        assert_eq!(perfect("cover and wash the food").as_deref(), Some("covered and washed the food"));
        assert_eq!(perfect("wait for 10 minutes"), None);
    }

    #[test]
    fn a_case_is_moved_back() {
        let past = |c: &str| supposed(c, Shift::Past);
        let back = |c: &str| supposed(c, Shift::Pluperfect);
        assert_eq!(past("the seal is broken").as_deref(), Some("the seal was broken"));
        assert_eq!(back("the seal is broken").as_deref(), Some("the seal had been broken"));
        assert_eq!(past("the light does not come on").as_deref(), Some("the light didn’t come on"));
        assert_eq!(back("the light does not come on").as_deref(), Some("the light hadn’t come on"));
        assert_eq!(past("a resident refuses a medicine").as_deref(), Some("a resident refused a medicine"));
        assert_eq!(back("you find a crack").as_deref(), Some("you had found a crack"));
        assert_eq!(past("the box is wet and the lid is open"), None);
    }

    #[test]
    fn what_one_would_do_is_said_of_oneself() {
        assert_eq!(would("call the shift lead", Shift::Past).as_deref(), Some("I’d call the shift lead."));
        assert_eq!(would("call your manager", Shift::Pluperfect).as_deref(), Some("I’d have called my manager."));
        assert_eq!(would("wait until it is dry", Shift::Pluperfect), None);
    }
}
