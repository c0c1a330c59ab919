//! Other forms of a sentence: the parts of a verb phrase, participles, agreement, somebody's words about somebody else.

use cefr::{Form as WordForm, PartOfSpeech, inflect};

use super::parse::{begins_verb_phrase, in_subordinate};
use super::words::{base_of_third_person, is_function, is_mass, is_verb, names_people};

/// "close the lid until it clicks": verb, object, rest.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct VerbPhrase {
    pub verb: String,
    /// With its article: "the lid".
    pub object: String,
    /// "until it clicks"; may be empty.
    pub rest: String,
}

/// The parts of a verb phrase that begins with its verb, when its object is sure: a noun phrase with a determiner, up to the
/// next preposition or conjunction. Lists and pronouns are left alone.
pub fn verb_phrase(phrase: &str) -> Option<VerbPhrase> {
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let verb = *words.first()?;
    let second = words.get(1)?.to_lowercase();
    let determined = matches!(second.as_str(), "the" | "a" | "an" | "your" | "each" | "every" | "all" | "any" | "both");
    // "Let the wound bleed": the object is no thing by itself.
    if !is_verb(verb) || !determined || verb.eq_ignore_ascii_case("let") {
        return None;
    }
    let ends = |w: &str| {
        let place = matches!(
            w,
            "inside"
                | "outside"
                | "near"
                | "behind"
                | "beside"
                | "above"
                | "below"
                | "beyond"
                | "around"
                | "across"
                | "against"
                | "along"
                | "opposite"
                | "together"
                | "apart"
                | "open"
                | "upright"
                | "tidy"
        );
        is_function(w) && !matches!(w, "of" | "other" | "same" | "such")
            || place
            || w.ends_with("ly")
            || w == "immediately"
    };
    let mut end = 2;
    while end < words.len() && !ends(&words[end].to_lowercase()) {
        end += 1;
        if words[end - 1].ends_with(',') {
            return None;
        }
        // "the door of the fridge" goes on.
        if words.get(end).is_some_and(|w| *w == "of") {
            end += if words.get(end + 1).is_some_and(|w| matches!(*w, "the" | "a" | "an" | "your" | "each")) {
                2
            } else {
                1
            };
        }
    }
    let end = end.min(words.len());
    let object = words[1..end].join(" ");
    let rest = words[end..].join(" ");
    let listed = matches!(
        words.get(end).copied(),
        Some("and" | "or" | "that" | "which" | "who" | "up" | "down" | "off" | "out" | "away" | "is" | "are")
    );
    let last = words[end - 1];
    let noun = end > 2 && (cefr::can_be(last, PartOfSpeech::Noun) || !cefr::can_be(last, PartOfSpeech::Verb));
    // "tell the nurse in charge and call the ward": the object goes on, or a second order begins.
    let goes_on = ["in charge", "on duty", "in question"].iter().any(|set| rest.starts_with(set));
    let second = rest.split(" and ").skip(1).any(|part| part.split(' ').next().is_some_and(is_verb));
    (noun && !listed && !goes_on && !second && !rest.contains(", ")).then_some(VerbPhrase {
        verb: verb.to_lowercase(),
        object,
        rest,
    })
}

/// "closed", "written", "put".
pub fn participle(verb: &str) -> String {
    inflect(verb, WordForm::PastParticiple)
}

/// "closing".
pub fn gerund(verb: &str) -> String {
    inflect(verb, WordForm::Ing)
}

/// "closes".
pub fn third_person(verb: &str) -> String {
    inflect(verb, WordForm::ThirdPerson)
}

/// A verb phrase in -ing: "closing the lid", "cleaning and drying the pan".
pub fn in_ing(phrase: &str) -> String {
    each_verb(phrase, gerund)
}

/// A verb phrase as it stands after "have": "closed the lid", "cleaned and dried the pan".
pub fn in_participle(phrase: &str) -> String {
    each_verb(phrase, participle)
}

/// A verb phrase with a form of each of the verbs that it joins: "wash the pan and dry it" has two.
pub fn each_verb(phrase: &str, form: impl Fn(&str) -> String) -> String {
    let words: Vec<&str> = phrase.split(' ').collect();
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    let mut last = 0;
    for (at, word) in words.iter().enumerate() {
        if at == 0 || joins_verb(&words, last, at) {
            let verb = word.trim_end_matches(',');
            out.push(format!("{}{}", form(verb), &word[verb.len()..]));
            last = at;
        } else {
            out.push((*word).to_owned());
        }
    }
    out.join(" ")
}

/// Whether the word at `at` is a verb joined to the one at `last`.
fn joins_verb(words: &[&str], last: usize, at: usize) -> bool {
    let joint = |w: &str| matches!(w, "and" | "or" | "then");
    let (before, word) = (words[at - 1], words[at].trim_end_matches(','));
    if !joint(before) && !before.ends_with(',') {
        return false;
    }
    // "clean and sanitise the surface": nothing stands between the verbs but what joins them.
    if words[last + 1..at].iter().all(|w| joint(w)) {
        let open = at - last > 1 || words[last].ends_with(',');
        return open && (is_verb(word) || word.len() > 2 && cefr::can_be(word, PartOfSpeech::Verb)) && !joint(word);
    }
    begins_verb_phrase(&words[at..].join(" ")) && !in_subordinate(&words[last..at].join(" "))
}

/// "The lid must be closed until it clicks", without its full stop.
pub fn passive(parts: &VerbPhrase, modal: &str) -> String {
    let subject = super::text::capitalise(&parts.object);
    let rest = if parts.rest.is_empty() { String::new() } else { format!(" {}", parts.rest) };
    format!("{subject} {modal} be {}{rest}", participle(&parts.verb))
}

/// Whether the noun phrase takes "are" and "have": by its last noun before "of", "in" and the like, or by "and".
pub fn is_plural(phrase: &str) -> Option<bool> {
    let lower = phrase.to_lowercase();
    if lower.contains(" and ") {
        return Some(true);
    }
    let words: Vec<&str> = lower.split_whitespace().collect();
    let end = words
        .iter()
        .position(|w| {
            matches!(*w, "of" | "in" | "on" | "at" | "with" | "for" | "from" | "who" | "that" | "which" | "under")
        })
        .unwrap_or(words.len());
    let head = words[..end].last()?.trim_matches(|c: char| !c.is_alphanumeric());
    if matches!(words[0], "each" | "every" | "a" | "an" | "this" | "another")
        || matches!(head, "nobody" | "everyone" | "everybody")
    {
        return Some(false);
    }
    if matches!(head, "staff" | "people" | "personnel" | "children") {
        return Some(true);
    }
    if is_mass(head) {
        return Some(false);
    }
    let plural = head.ends_with('s') && !head.ends_with("ss") && !head.ends_with("us") && cefr::lemma(head) != head;
    (plural || words.len() > 1 || names_people(head)).then_some(plural)
}

/// The base form of a third-person predicate: "meets the visitor" -> "meet the visitor".
pub fn base_predicate(predicate: &str) -> Option<String> {
    let (verb, rest) = predicate.split_once(' ')?;
    base_of_third_person(verb).map(|base| format!("{base} {rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_object_ends_where_the_rest_begins() {
        let parts = verb_phrase("close the lid until it clicks").unwrap();
        assert_eq!(
            (parts.verb.as_str(), parts.object.as_str(), parts.rest.as_str()),
            ("close", "the lid", "until it clicks")
        );
        let parts = verb_phrase("check the temperature of the fridge every morning").unwrap();
        assert_eq!((parts.object.as_str(), parts.rest.as_str()), ("the temperature of the fridge", "every morning"));
        assert_eq!(verb_phrase("write the room number, the date and your name on the label"), None);
        let parts = verb_phrase("measure the air temperature inside the trailer").unwrap();
        assert_eq!((parts.object.as_str(), parts.rest.as_str()), ("the air temperature", "inside the trailer"));
        assert_eq!(verb_phrase("tell the nurse in charge at once"), None);
        assert_eq!(verb_phrase("let the wound bleed freely"), None);
        assert_eq!(verb_phrase("close it"), None);
        assert_eq!(verb_phrase("take the lid off"), None);
    }

    #[test]
    fn both_verbs_change_where_the_second_looks_like_a_noun() {
        let done = |phrase: &str| each_verb(phrase, |verb| cefr::inflect(verb, cefr::Form::PastParticiple));
        assert_eq!(
            done("cover the spa bath and switch off the jets"),
            "covered the spa bath and switched off the jets"
        );
        assert_eq!(done("close the tap and turn on the fan"), "closed the tap and turned on the fan");
    }

    #[test]
    fn passives_use_the_participle() {
        let said = |p: &str| passive(&verb_phrase(p).unwrap(), "must");
        assert_eq!(said("put the item in a clear plastic bag"), "The item must be put in a clear plastic bag");
        assert_eq!(said("write the date on the label"), "The date must be written on the label");
        assert_eq!(said("stop the machine"), "The machine must be stopped");
        let opposite = said("place the tubes opposite each other in the rotor");
        assert_eq!(opposite, "The tubes must be placed opposite each other in the rotor");
        assert_eq!(said("leave the lid open"), "The lid must be left open");
        assert_eq!(said("empty the bin"), "The bin must be emptied");
    }

    #[test]
    fn number_of_a_noun_phrase() {
        assert_eq!(is_plural("The host"), Some(false));
        assert_eq!(is_plural("Visitors who are under 16"), Some(true));
        assert_eq!(is_plural("The keys of the trailer"), Some(true));
        assert_eq!(is_plural("Each container"), Some(false));
        assert_eq!(is_plural("The equipment"), Some(false));
    }

    #[test]
    fn verbs_take_their_endings() {
        assert_eq!(
            (gerund("stop"), gerund("close"), third_person("carry")),
            ("stopping".into(), "closing".into(), "carries".into())
        );
        assert_eq!(
            (gerund("enter"), participle("enter"), participle("seal")),
            ("entering".into(), "entered".into(), "sealed".into())
        );
        assert_eq!(in_ing("press the tare key"), "pressing the tare key");
    }

    #[test]
    fn joined_verbs_all_take_their_endings() {
        for (phrase, doing, done) in [
            ("clean and dry the pan", "cleaning and drying the pan", "cleaned and dried the pan"),
            ("wash, rinse and dry the pan", "washing, rinsing and drying the pan", "washed, rinsed and dried the pan"),
            (
                "wash your hands for 20 seconds and put on an apron",
                "washing your hands for 20 seconds and putting on an apron",
                "washed your hands for 20 seconds and put on an apron",
            ),
            (
                "open the lid, then add the salt",
                "opening the lid, then adding the salt",
                "opened the lid, then added the salt",
            ),
            (
                "place the jar on the balance and tare it",
                "placing the jar on the balance and taring it",
                "placed the jar on the balance and tared it",
            ),
            ("check the label and seal", "checking the label and seal", "checked the label and seal"),
            (
                "wait until the fan stops and the light goes out",
                "waiting until the fan stops and the light goes out",
                "waited until the fan stops and the light goes out",
            ),
        ] {
            assert_eq!((in_ing(phrase).as_str(), in_participle(phrase).as_str()), (doing, done));
        }
    }
}
