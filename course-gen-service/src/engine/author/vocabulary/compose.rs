//! What a name of two words means, where its last word shows how they belong together: "visitor badge: a badge for visitors".
//! Only for last words that are joined in one way, and for words that the learners know one by one.

use cefr::{Form, PartOfSpeech};
use course_format::Level;

use crate::engine::english::words::{is_mass, names_people};
use crate::engine::lexicon;

/// Things made for somebody or for a purpose.
const FOR: &str = "
apron badge bag basket bench bin board book bottle bowl box brush bucket cabinet card cart case chair cloth container counter cover crate
cupboard desk drawer form glove holder hook jug key knife lift locker machine map pan pass plate pot rack rail room scoop shelf shop
space spoon spray stand station store table tank ticket tool towel tray trolley tub van app system";
/// Sides, parts and facts of a thing.
const OF: &str = "
address button colour corner date door edge end handle height length lid name number owner price side size surface temperature weight width";
const LISTS: &str = "list log register";
const ABOUT: &str = "guide instruction message note policy question report rule sign training";
/// Places where people work.
const PLACES: &str = "bar clinic factory hospital hotel kitchen lab laboratory laundry office restaurant school shop site store ward warehouse";
/// Words before a noun that name no thing of their own.
const NO_THINGS: &str = "
second first third last next main old new spare front back top bottom side inside outside home left right public private local same property
metal plastic glass wood paper steel rubber cotton leather stone gift";
const TIMES: [&str; 7] = ["day", "night", "week", "weekend", "month", "year", "hour"];

/// "a badge for visitors"; nothing where the words may belong together in another way.
pub fn compose(term: &str, level: Level) -> Option<String> {
    let (first, last) = term.split_once(' ').filter(|(_, last)| !last.contains(' '))?;
    let head = lexicon::singular(last);
    let plain = |w: &str| w.chars().all(|c| c.is_ascii_lowercase());
    if !plain(term.replace(' ', "").as_str())
        || !is_thing(first, level)
        || !known(&head, level)
        || in_list(NO_THINGS, first)
    {
        return None;
    }
    let has = |list: &str| list.split_whitespace().any(|w| w == head);
    let thing = with_article(&head);
    let idea = is_idea(first);
    match () {
        () if head == "staff" && in_list(PLACES, first) => Some(format!("the people who work in the {first}")),
        () if first == "night" && names_people(&head) => Some(format!("{thing} who works at night")),
        () if has(FOR) && TIMES.contains(&first) => Some(format!("{thing} for one {first}")),
        () if has(FOR) => Some(format!("{thing} for {}", in_general(first))),
        () if has(OF) && !first.ends_with("ing") && !idea => Some(format!("the {head} of {}", one(first))),
        () if has(LISTS) && !idea => Some(format!("a list of {}", in_general(first))),
        () if has(ABOUT) && head == "training" => Some(format!("lessons about {}", in_general(first))),
        () if has(ABOUT) => Some(format!("{thing} about {}", in_general(first))),
        () => None,
    }
}

/// A noun that the learners know and that is hardly ever an adjective.
fn is_thing(word: &str, level: Level) -> bool {
    known(word, level)
        && cefr::can_be(word, PartOfSpeech::Noun)
        && cefr::lemma(word) == word
        && !word.ends_with("ed")
        && !lexicon::has_form(word, "adjective")
        || word.ends_with("ing") && known(word, level)
}

/// At most a level above: the name itself is harder than its parts.
fn known(word: &str, level: Level) -> bool {
    cefr::word(word).score.is_some_and(|score| score <= level.score() + 1.0)
}

fn in_list(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|w| w == word)
}

/// "severity", "maintenance": nobody counts them.
fn is_idea(word: &str) -> bool {
    ["ity", "ness", "tion", "sion", "ment", "ance", "ence", "ship", "ism"].iter().any(|ending| word.ends_with(ending))
}

fn in_general(word: &str) -> String {
    if is_mass(word) || is_idea(word) || word.ends_with("ing") {
        word.to_owned()
    } else {
        cefr::inflect(word, Form::Plural)
    }
}

fn one(word: &str) -> String {
    if is_mass(word) { word.to_owned() } else { with_article(word) }
}

fn with_article(word: &str) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o']) || word.starts_with("un") && !word.starts_with("uni") {
        "an"
    } else {
        "a"
    };
    format!("{article} {word}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_two_known_words_is_explained_by_them() {
        let of = |term| compose(term, Level::B2);
        assert_eq!(of("visitor badge").as_deref(), Some("a badge for visitors"));
        assert_eq!(of("day badge").as_deref(), Some("a badge for one day"));
        assert_eq!(of("kitchen staff").as_deref(), Some("the people who work in the kitchen"));
        assert_eq!(of("file name").as_deref(), Some("the name of a file"));
    }

    #[test]
    fn where_the_words_may_belong_together_in_another_way_there_is_no_meaning() {
        for term in [
            "bleach solution",
            "floor supervisor",
            "GSA card",
            "safe meal",
            "rotor lid",
            "second card",
            "severity list",
        ] {
            assert_eq!(compose(term, Level::A2), None, "{term}");
        }
    }
}
