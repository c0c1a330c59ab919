//! R10, the articles that notes leave out: "Keep door closed" -> "Keep the door closed". Only before things that
//! can be counted and of which the listed noun is surely one.

use super::phrase::{bare, tail};
use crate::engine::english::words::{can_open_an_order, is_function, is_verb, names_people};

/// Things at work that are counted: in the singular they need an article.
const COUNTED: &str = "
door lid box pan tray floor fridge freezer chiller oven dishwasher sink kitchen shift room bin bag bucket mop cupboard shelf table trolley
machine pump valve tank tube column lamp rack bottle container crate carton label form log app report manager supervisor guest customer patient ward
bed desk office computer screen button switch plug socket key lock alarm gate vehicle truck forklift pallet warehouse corridor window mirror
toilet bath basin sheet pillow hood filter seal probe thermometer sensor meter electrode beaker flask pipette centrifuge incubator autoclave cabinet
drawer folder file checklist sample specimen batch invoice receipt driver team end beginning top bottom side front back centre stove worktop
microwave grill fryer cooker slicer scale counter entrance exit area lift doctor nurse plate cup knife pot jar bowl board printer
scanner parcel package badge helmet mask apron glove boot ladder hose nozzle tap drain hook chair sofa curtain wall ceiling exterior interior
surface number logbook register spreadsheet website ticket server laptop phone";

const IDIOMS: [&str; 24] = [
    "by hand", "in place", "on site", "at work", "in use", "on top", "in hand", "by phone", "in order", "at home",
    "on time", "in case", "on board", "in front", "at front", "by side", "in glass", "in can", "on end", "in end",
    "by key", "in bed", "to bed", "on phone",
];

const STATES: [&str; 12] =
    ["open", "closed", "shut", "clean", "dry", "tidy", "locked", "covered", "sealed", "empty", "full", "free"];

/// Adjectives after which "a" is as likely as "the", and words that stand in place of an article.
const NO_THE: [&str; 24] = [
    "new",
    "clean",
    "fresh",
    "separate",
    "spare",
    "sterile",
    "dry",
    "inverted",
    "labelled",
    "second",
    "full",
    "empty",
    "different",
    "small",
    "one",
    "another",
    "each",
    "every",
    "any",
    "no",
    "both",
    "all",
    "other",
    "more",
];

/// Verbs that are as often adjectives: after "and" they may belong to a noun ("the column and empty tube").
const ADJECTIVES: [&str; 16] = [
    "empty", "clean", "dry", "open", "clear", "separate", "complete", "cool", "warm", "level", "secure", "correct",
    "lower", "wet", "tidy", "light",
];

/// Puts articles into the notes of an order.
pub fn articles(sentence: &str) -> Option<String> {
    let words: Vec<&str> = sentence.split(' ').collect();
    if !can_open_an_order(bare(words.first()?)) || sentence.contains(['→', '|', '/', '+', '(']) {
        return None;
    }
    let mut out: Vec<String> = Vec::with_capacity(words.len() + 4);
    for (at, word) in words.iter().enumerate() {
        if let Some(article) = article_before(&words, at) {
            out.push(article.to_owned());
        }
        out.push((*word).to_owned());
    }
    (out.len() > words.len()).then(|| out.join(" "))
}

fn article_before(words: &[&str], at: usize) -> Option<&'static str> {
    let before = at.checked_sub(1).map(|i| words[i])?;
    let opener = is_preposition(before) || opens_order(words, at - 1);
    if !opener || !tail(before).is_empty() {
        return None;
    }
    let first = bare(words[at]).to_lowercase();
    if first == "hands" && opens_order(words, at - 1) {
        return Some("your");
    }
    // "to pipette" is a verb; "new tube" may be "a new tube".
    let infinitive = before == "to" && cefr::can_be(&first, cefr::PartOfSpeech::Verb);
    if infinitive || NO_THE.contains(&first.as_str()) {
        return None;
    }
    let len = phrase_length(&words[at..]);
    let phrase = &words[at..at + len];
    let head = bare(phrase.last()?).to_lowercase();
    let idiom = len == 1 && IDIOMS.contains(&format!("{} {first}", before.to_lowercase()).as_str());
    let listed = COUNTED.split_whitespace().any(|n| n == head);
    let title =
        phrase.len() > 1 && phrase.iter().all(|w| w.starts_with(char::is_uppercase)) && names_people(&phrase.join(" "));
    let plain = phrase.iter().all(|w| bare(w).chars().all(|c| c.is_alphabetic() && !c.is_uppercase() || c == '-'));
    (len > 0 && !idiom && (title || listed && plain)).then_some("the")
}

fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "in" | "on"
            | "to"
            | "from"
            | "of"
            | "at"
            | "with"
            | "into"
            | "onto"
            | "under"
            | "near"
            | "inside"
            | "outside"
            | "behind"
            | "around"
            | "without"
    )
}

/// A verb that gives an order here: at the beginning or after "and" and a comma.
fn opens_order(words: &[&str], at: usize) -> bool {
    let joined = at > 0 && (words[at - 1] == "and" || words[at - 1] == "then" || words[at - 1].ends_with(','));
    let adjective = at > 2 && ADJECTIVES.contains(&words[at]);
    !adjective
        && (at == 0 || joined || at > 0 && words[at - 1] == "not")
        && is_verb(bare(words[at]))
        && !(at > 0 && words[at].starts_with(char::is_uppercase))
}

/// Words of the noun phrase that begins here: up to a function word, a stop or what the thing shall be ("door closed").
fn phrase_length(words: &[&str]) -> usize {
    let mut len = 0;
    for word in words.iter().take(4) {
        let name = bare(word).to_lowercase();
        let state = len > 0 && (STATES.contains(&name.as_str()) || name.ends_with("ly"));
        if name.is_empty() || is_function(&name) || state || word.starts_with(['“', '"', '(']) {
            break;
        }
        len += 1;
        if !tail(word).is_empty() {
            break;
        }
    }
    len
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_get_their_articles() {
        for (note, expected) in [
            ("Keep door closed.", "Keep the door closed."),
            ("Empty and clean dishwasher.", "Empty and clean the dishwasher."),
            ("Inform Kitchen Manager immediately.", "Inform the Kitchen Manager immediately."),
            ("Record it in app.", "Record it in the app."),
            ("Leave keys at front desk.", "Leave keys at the front desk."),
            ("Wash hands before service.", "Wash your hands before service."),
        ] {
            assert_eq!(articles(note).as_deref(), Some(expected));
        }
    }

    #[test]
    fn what_needs_none_gets_none() {
        for note in [
            "Defrost freezers.",
            "Use clean water.",
            "Wash by hand.",
            "Keep the door closed.",
            "Check “Door open” lamp.",
            "Check for damage.",
            "Spin the column and empty collection tube again.",
            "Take care to pipette slowly.",
            "Place it in new tube.",
            "Report broken glass to maintenance.",
        ] {
            assert_eq!(articles(note), None, "{note}");
        }
    }
}
