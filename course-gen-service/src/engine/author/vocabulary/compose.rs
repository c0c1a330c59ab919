//! What a name of two words means, where its last word shows how they belong together: "visitor badge: a badge for visitors".
//! Only for last words that are joined in one way, and for words that the learners know one by one.

use cefr::{Form, PartOfSpeech};
use course_format::Level;

use crate::engine::english::words::{is_mass, names_people};
use crate::engine::{lexicon, wordnet};

/// Things made for somebody or for a purpose.
const FOR: &str = "
apron badge bag basket bench bin board bottle bowl box brush bucket cabinet cart case chair cloth container counter cover crate
cupboard desk drawer glove holder hook jug key knife lift locker machine map pan pass plate pot rack rail room scoop shelf shop
space spoon spray stand station store table tank ticket tool towel tray trolley tub van app system pad pump hose bay";
/// Sides, parts and facts of a thing.
const OF: &str = "
address button colour corner date door edge end handle height length lid name number owner price side size surface temperature weight width
cap neck tip base rim hinge wheel battery screen";
/// Papers and files in which people write.
const NOTES: &str = "log register record book diary file folder";
/// Papers and talks, and what they are at bottom.
const ABOUT: [(&str, &str); 9] = [
    ("guide", "a text that helps with"),
    ("instruction", "a text that explains"),
    ("message", "a short text about"),
    ("note", "a short text about"),
    ("policy", "the rules about"),
    ("question", "a question about"),
    ("report", "a text about"),
    ("training", "lessons about"),
    ("leaflet", "a paper about"),
];
/// Things whose first word says what they are made of.
const MADE: &str = "cabinet shelf table case bag cup tube jar gloves apron sheet lid plate bar pipe spoon bucket rod";
const MATERIALS: &str =
    "metal plastic glass paper steel rubber cotton wood wooden nitrile latex vinyl aluminium cardboard leather";
/// Who leads, and who works with something.
const LEADERS: &str = "manager supervisor lead leader head coordinator";
const WORKERS: &str = "technician engineer specialist expert trainer inspector";
/// Places where people work.
const PLACES: &str = "bar clinic factory hospital hotel kitchen lab laboratory laundry office restaurant school shop site store ward warehouse
station pool canteen";
/// Words before a noun that name no thing of their own, or that describe it.
const NO_THINGS: &str = "
second first third last next main old new spare front back top bottom side inside outside home left right public private local same property
stone gift service change general senior junior key hot cold warm cool dry wet soft hard heavy clean dirty special full
empty safe quick short long high low small large big closed open sick loose good fresh free light dark deep thick thin flat sharp rough
quiet final daily weekly total extra double single raw live dead fast slow";
const TIMES: [&str; 7] = ["day", "night", "week", "weekend", "month", "year", "hour"];

/// "a badge for visitors"; nothing where the words may belong together in another way.
pub fn compose(term: &str, level: Level) -> Option<String> {
    let (first, last) = term.rsplit_once(' ')?;
    let head = lexicon::singular(last);
    let plain = |w: &str| w.chars().all(|c| c.is_ascii_lowercase());
    if !plain(&term.replace(' ', "")) || in_list(NO_THINGS, first) || !known(&head, level) {
        return None;
    }
    if in_list(MATERIALS, first) && (in_list(MADE, &head) || in_list(MADE, last)) && known(first, level) {
        let thing = if head == last { with_article(&head) } else { last.to_owned() };
        return Some(format!("{thing} made of {}", if first == "wooden" { "wood" } else { first }));
    }
    if in_list(MATERIALS, first) || !is_thing(first, level) {
        return None;
    }
    joined(first, last, &head)
}

/// The two words as their kind joins them.
fn joined(first: &str, last: &str, head: &str) -> Option<String> {
    let thing = if head == last { with_article(head) } else { last.to_owned() };
    let idea = is_idea(first);
    let person = names_people(head);
    let about = ABOUT.iter().find(|(word, _)| *word == head);
    match () {
        () if head == "staff" && in_list(PLACES, first) => Some(format!("the people who work in the {first}")),
        () if head == "staff" && first.ends_with("ing") => Some(format!("the people who do the {first}")),
        () if first == "night" && person => Some(format!("{thing} who works at night")),
        () if first == "midday" && person => Some(format!("{thing} who works at midday")),
        () if first == "day" && person => Some(format!("{thing} who works during the day")),
        () if TIMES.contains(&first) && in_list(FOR, head) && !names_people(first) => {
            Some(format!("{thing} for one {first}"))
        }
        () if TIMES.contains(&first) => None,
        () if in_list(LEADERS, head) && in_list(PLACES, first) => Some(format!("the person in charge of the {first}")),
        () if in_list(LEADERS, head) => Some(format!("the person in charge of {}", in_general(first))),
        () if in_list(WORKERS, head) => Some(format!("{thing} who works with {}", in_general(first))),
        () if in_list(FOR, head) => Some(format!("{thing} for {}", in_general(first))),
        () if in_list(OF, head) && !first.ends_with("ing") && !idea => Some(format!("the {last} of {}", one(first))),
        () if head == "list" && !idea => Some(format!("a list of {}", in_general(first))),
        () if in_list(NOTES, head) => Some(format!("a book or file with notes about {}", in_general(first))),
        () => about.map(|(_, what)| format!("{what} {}", in_general(first))),
    }
}

/// A noun, or a name of our dictionary, that the learners know and that is hardly ever an adjective.
fn is_thing(word: &str, level: Level) -> bool {
    if word.contains(' ') {
        return lexicon::has(word, "noun") && word.split(' ').all(|w| known(w, level));
    }
    let noun = lexicon::has_form(word, "noun");
    let describes = lexicon::has_form(word, "adjective") || !noun && wordnet::knows(word, PartOfSpeech::Adjective);
    let named =
        cefr::can_be(word, PartOfSpeech::Noun) && cefr::lemma(word) == word && !word.ends_with("ed") && !describes;
    known(word, level) && (named || word.ends_with("ing") && !describes)
}

/// At most a level above: the name itself is harder than its parts.
fn known(word: &str, level: Level) -> bool {
    cefr::word(word).score.is_some_and(|score| score <= level.score() + 1.0)
}

fn in_list(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|w| w == word)
}

/// "severity", "maintenance": nobody counts them. "Instrument" and "balance" only look like it.
fn is_idea(word: &str) -> bool {
    const THINGS: &str = "
document instrument garment compartment department appliance ambulance entrance balance station section portion solution lotion
prescription injection reservation ornament element fragment segment basement apartment audience licence sentence reception payment
appointment shipment statement component attachment transaction question option city facility activity allowance";
    let ends =
        ["ity", "ness", "tion", "sion", "ment", "ance", "ence", "ship", "ism"].iter().any(|end| word.ends_with(end));
    ends && !in_list(THINGS, word)
}

fn in_general(word: &str) -> String {
    let last = word.rsplit(' ').next().unwrap_or(word);
    if is_mass(last) || is_idea(last) || last.ends_with("ing") || word.contains(' ') {
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
        for (term, meaning) in [
            ("visitor badge", "a badge for visitors"),
            ("day badge", "a badge for one day"),
            ("kitchen staff", "the people who work in the kitchen"),
            ("cleaning staff", "the people who do the cleaning"),
            ("file name", "the name of a file"),
            ("station manager", "the person in charge of the station"),
            ("treatment report", "a text about treatment"),
            ("drug register", "a book or file with notes about drugs"),
            ("cotton gloves", "gloves made of cotton"),
            ("dishwasher racks", "racks for dishwashers"),
            ("balance room", "a room for balances"),
        ] {
            assert_eq!(of(term).as_deref(), Some(meaning), "{term}");
        }
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
            "soft cloth",
            "hot cupboard",
            "dry weight",
            "service technician",
            "change manager",
        ] {
            assert_eq!(compose(term, Level::A2), None, "{term}");
        }
    }
}
