//! What somebody has done: an order of the SOP, told afterwards.

use cefr::Form as WordForm;

use crate::engine::english::text::{sentence, word_count};
use crate::engine::english::words::{is_function, is_noun_like, is_verb};

/// Where the order ends and its time, reason or case begins.
const TAILS: [&str; 12] = [
    " until ",
    " before ",
    " after ",
    " so that ",
    " because ",
    " when ",
    " if ",
    " unless ",
    " while ",
    " once ",
    " as soon ",
    " whenever ",
];

/// "wash your hands and dry them", as its verb phrases -> "washed your hands and dried them". Nothing where a second verb might
/// stay in its base form. What comes after "until", "before" and the like is left out.
pub fn inflected(phrases: &[String], form: WordForm) -> Option<String> {
    let done: Option<Vec<String>> = phrases.iter().map(|p| one(p, form)).collect();
    let done = done.filter(|d| (1..=2).contains(&d.len()))?;
    let end = TAILS.iter().any(|t| phrases[..phrases.len() - 1].iter().any(|p| p.contains(t)));
    (!end).then(|| done.join(" and "))
}

/// The order without its time, reason or case: "close the lid until it clicks" -> "close the lid".
pub fn core(phrase: &str) -> &str {
    let end = TAILS.iter().filter_map(|t| phrase.find(t)).min().unwrap_or(phrase.len());
    phrase[..end].trim_end_matches([',', '.'])
}

fn one(phrase: &str, form: WordForm) -> Option<String> {
    let mut words: Vec<String> = core(phrase).split(' ').map(str::to_owned).collect();
    let fits = |w: &str| is_verb(w) && !matches!(w, "be" | "let" | "ensure");
    if words.len() < 2 || !fits(&words[0]) {
        return None;
    }
    let paired = words.len() > 3 && words[1] == "and" && fits(&words[2]);
    let from = if paired { 3 } else { 1 };
    let hidden = (from..words.len()).any(|at| {
        let (before, word) = (&words[at - 1], words[at].trim_end_matches(','));
        let joint = matches!(before.as_str(), "and" | "or" | "then") || before.ends_with(',');
        let noun = is_noun_like(word) && before != "then";
        // "gloves and knock on the door": what goes on like a verb phrase may be one.
        let base = is_verb(word) || cefr::can_be(word, cefr::PartOfSpeech::Verb) && cefr::lemma(word) == word;
        let goes_on = words.get(at + 1).is_some_and(|next| is_function(next) && next != "and" && next != "or");
        joint && (is_verb(word) && !noun || base && goes_on && !is_function(word))
    });
    if hidden || words.iter().any(|w| w.contains(['(', '"', '“', '/', ':'])) {
        return None;
    }
    words[0] = cefr::inflect(&words[0], form);
    if paired {
        words[2] = cefr::inflect(&words[2], form);
    }
    Some(words.join(" "))
}

/// Said by the one who did it: "washed your hands" -> "washed my hands". Nothing where "you" has to become something else.
pub fn by_me(phrase: &str) -> Option<String> {
    let words: Vec<&str> = phrase
        .split(' ')
        .map(|w| match w {
            "your" => "my",
            "yourself" => "myself",
            other => other,
        })
        .collect();
    (!words.iter().any(|w| matches!(w.trim_matches(','), "you" | "yours"))).then(|| words.join(" "))
}

/// "I washed my hands." from verb phrases in the base form, as long as a message has it. `whole`: nothing may be left out.
pub fn message(phrases: &[String], whole: bool) -> Option<String> {
    let complete = phrases.iter().all(|p| core(p).len() == p.trim_end_matches('.').len());
    let conditional = phrases.iter().any(|p| [" if ", " unless ", " when ", " only "].iter().any(|c| p.contains(c)));
    if whole && !complete || conditional {
        return None;
    }
    let past = inflected(phrases, WordForm::Past)?;
    let text = sentence(&format!("I {}", by_me(&past)?));
    (4..=20).contains(&word_count(&text)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(phrases: &[&str], form: WordForm) -> Option<String> {
        inflected(&phrases.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>(), form)
    }

    #[test]
    fn every_verb_of_an_order_is_told_in_the_past() {
        let past = |p: &[&str]| told(p, WordForm::Past);
        assert_eq!(past(&["wash your hands"]).as_deref(), Some("washed your hands"));
        assert_eq!(past(&["clean and sanitise the table"]).as_deref(), Some("cleaned and sanitised the table"));
        assert_eq!(past(&["take the keys", "open the door"]).as_deref(), Some("took the keys and opened the door"));
        assert_eq!(past(&["close the lid until it clicks"]).as_deref(), Some("closed the lid"));
        assert_eq!(
            told(&["write the date on the label"], WordForm::PastParticiple).as_deref(),
            Some("written the date on the label")
        );
    }

    #[test]
    fn a_verb_that_might_be_forgotten_stops_it() {
        assert_eq!(told(&["ask the driver to stop and remove the key"], WordForm::Past), None);
        assert_eq!(told(&["put on gloves and knock on the door"], WordForm::Past), None);
        assert_eq!(told(&["be careful"], WordForm::Past), None);
    }

    #[test]
    fn it_is_told_by_the_one_who_did_it() {
        assert_eq!(by_me("washed your hands").as_deref(), Some("washed my hands"));
        assert_eq!(by_me("moved the box that you opened"), None);
    }
}
