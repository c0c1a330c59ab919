//! Word lists of written instructions. Small and closed on purpose: what they do not know is left alone, so that a
//! gap in a list costs an exercise and never a wrong sentence.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::engine::lexicon;

/// Base forms of verbs that instructions start with.
const VERBS: &str = "
abort absorb accept access acknowledge activate add adhere adjust administer advise affix agree align allow alter answer apologise
apologize apply approve arrange ask aspirate assemble assess assign assist assume attach attend autoclave avoid bag bake balance
begin bend bind blend block boil book break bring brush build calculate calibrate call cancel capture carry centrifuge certify
change charge check choose circulate clamp clean clear click climb close coat collect combine come communicate compare complete comply
conduct confirm connect consider consult contact contain continue control convert cook cool copy correct count cover create cross
cut decant decide declare decontaminate decrease defrost delegate delete deliver demonstrate descale describe destroy detach determine dilute
dip direct disable discard disconnect discuss disinfect dispense display dispose dissolve distribute disturb divide do document dose
download drag drain draw drink drive drop dry dust eat edit eject elute email empty enable engage ensure enter equilibrate escalate
escort establish estimate evacuate evaluate evaporate examine exceed exchange exclude execute exit explain expose extend extract fasten
feed fetch fill filter find finish fit fix flash flip flush fly fold follow forward freeze gather generate get give go grab greet
grind guide hand handle hang heat help hold identify ignore immerse implement include incorporate increase incubate indicate inform
initial initiate inject insert inspect install instruct investigate invert invite isolate issue keep knock label land launch lay
leave let lift limit list listen load locate lock log look loosen lower lubricate maintain make manage mark mask measure melt mention mix
modify monitor mop mount move name navigate neutralise neutralize notify number observe obtain offer open operate order organise organize
overload overwrite pack park participate pass pause perform photograph pick pierce pipette place plan plug portion position post pour
power practise precool prepare preheat present press prevent print proceed process produce prohibit prompt propose protect provide pull pump
purge push put quarantine raise read rearrange reassemble receive recheck recommend record refer refill reflect refreeze refrigerate
refuse register reimburse reject release relock remain remind remove rename repair repeat replace replenish reply report request require reseal
reset resolve respect respond restart restock restore restrict resume resuspend retain retest retrieve return reuse review rinse ride rotate
route rub run sample sanitise sanitize save say scan schedule scrape screw scrub seal search secure see select send separate serve
set shake share shut sign skip smoke soak sort speak spin spray spread stack stand start state stay steam sterilise sterilize stir stop store
straighten submit supervise supply support sweep switch synchronise synchronize take talk tap teach tell test thank thaw throw tick tidy tie
tighten tilt top touch trace track train transfer transport treat triage trigger trim triple try turn type unblock uncover undo unload
unlock unplug unscrew untie unwrap update upload use vacuum validate ventilate verify visit vortex wait walk warm warn wash watch wear
weigh welcome wet wipe withdraw work wrap write
accompany blot encrypt homogenise homogenize knead polish recap shape shred slice squeeze strip swab";

/// Verbs whose base form is as often a noun ("the label", "a check"): after "and" they need more evidence.
const NOUN_LIKE: &str = "
access answer balance bag block book break brush call change charge check clamp clean clear close coat control copy count cover cross cut
delay display document dose drain draw drink drive drop dry dust empty exit exchange feed fill filter finish fit fix flush fold freeze
hand handle heat help hold initial issue label land launch limit list load lock log look lower mark mask measure mop mount move name
number open order pack park pass pause pick place plan plug portion position post power press present print process produce pump purge push
quarantine raise record release repair reply report request rest return review rinse route run sample scan schedule screw seal search
separate set share sign spin spray spread stack stand start state stay steam stop store supply support sweep switch tap test tick tie
tilt time top touch trace track train transfer transport treat trigger trim try turn type update use vacuum visit wait walk wash watch
water wet wipe work wrap polish shape slice squeeze strip swab autoclave centrifuge contact cook
decrease document download escort guide invite offer welcome estimate extract increase lift mix monitor photograph pipette refill register triage upload";

/// Verbs that instructions use without an object ("and store in the fridge", "and wait at the door").
const OBJECTLESS: &str = "
autoclave boil centrifuge clean cook cool dip drain drive dry freeze heat knock look mix move place report rest return rinse soak spray stand
start stay stir stop store talk turn vortex wait walk wash wipe work";

/// Words that open a subordinate clause: a finite verb after one of them says nothing about the main clause.
const SUBORDINATORS: &str = "
that if when which who whose whom until unless before after because so as while where once what how whether than since whenever
wherever it you they we";

const FINITE: &str = "
is are was were am must should may might can cannot could will would shall has have had does did do isn't aren't can't won't don't doesn't";

/// Words that carry no meaning of their own when two texts are compared.
const FUNCTION: &str = "
a an the this that these those and or but nor of to in on at by for from with without into onto over under between through during as than
then so if when while until before after because unless be is are was were been being am do does did done have has had not no never
always only also all any each every some both either neither more most less least other another such same very too again it its they
them their there here you your we our us he she his her him i me my must should may might can could will would shall cannot
what which who whom whose how where why please up down out off per via etc e.g i.e";

/// Nouns that name a person or a group of people, besides what their ending tells.
const PEOPLE: &str = "
staff person people personnel anyone everyone nobody somebody someone everybody anybody employee employees volunteer volunteers chef chefs cook
cooks clerk clerks agent agents attendant attendants technician technicians assistant assistants guest guests team teams nurse nurses
colleague colleagues desk reception student students trainee trainees participant participants applicant applicants
consultant consultants lead leads member members analyst analysts specialist specialists scientist scientists pharmacist pharmacists
responder responders head heads crew guard guards visitor visitors customer customers client clients company department office
contractor contractors child children intern interns pilot pilots operator operators driver drivers housekeeping";

/// Endings -er and -or that are not people.
const NOT_PEOPLE: &str = "
container containers freezer freezers chiller chillers filter filters number numbers order orders water paper letter folder cover
thermometer printer computer sensor monitor dishwasher cooler buffer buffers beaker sticker stickers timer meter register corner
door floor colour color odour vapour labor factor error mirror indicator calculator refrigerator autoclaver incubator stirrer poster
power weather layer layers drawer drawers cleaner trigger answer user-id over under never ever other another tower shower corridor
transfer manner matter computer server servers user-guide after offer remainder reminder voucher header footer centre center litre meter
reactor motor visor generator conveyor elevator projector detector connector rotor vector interior exterior disinfector cylinder powder
equipment pointer locker container copper silver rubber primer marker markers carrier barrier burner boiler heater mixer blender
dryer dryers supper dinner diameter perimeter parameter parameters barometer counter router cluster ladder hammer shutter adapter adaptor charger";

/// Words that every learner from A2 knows and that a vocabulary list should not teach by themselves.
const EASY: &str = "
able about action add afternoon age air animal answer apple area arm ask back bad bag ball bank bath bed big bird black blue boat body book
box boy bread bring brother brown building bus business buy call car card cat chair change check child clean clear clock close clothes
coffee cold colour come computer cook copy correct country cup cut date day difference difficult dinner dirty do doctor dog door down drink
drive dry early eat egg email end evening example eye face family far fast father feel fill find fire first fish floor follow food foot
friend front fruit full game garden gas get girl give glass go good great green group hair half hand happy hard hat head hear heat help
high hold home hot hotel hour house idea inside job juice key kind kitchen know large last late learn leave left leg letter life light
like line list listen little live long look lot love low lunch machine make man map market meal meat meet milk mind minute money month
morning mother mouth move music name near need new night nose note number office oil old open orange order page paper part party pay pen
people person phone photo picture piece place plan plate play point police problem put question rain read ready red rest result rice right
road room rule run safe salt same say school sea second see sell send service set shelf shelves shop short show side sign simple sister
sit sleep slow small snow soap son song speak start station step stop story street strong student sugar sun supermarket table take talk
tea team telephone tell temperature test thing think ticket time title today top town train travel tree turn type use visit wait wake walk
wall want warm wash watch water way wear weather week weekend well white wind window winter woman word work world write wrong year yellow
young item items thing things step steps way kind amount number case use start end total point points rule rules staff other";

/// Words of headings that are no names.
const HEADINGS: &str = "
equipment materials scope definitions purpose roles responsibilities responsibility records safety limits procedure procedures references training
introduction overview background general important rules steps instructions tools products standards checks daily weekly monthly hygiene temperature
temperatures storage cleaning receiving monitoring signs allowed notes requirements preparation composition acceptance good practice contacts
glossary reporting important hygiene fridges freezers availability integrity confidentiality weighing dissolving sterilising labelling";

pub(super) fn set(words: &'static str) -> HashSet<&'static str> {
    words.split_whitespace().collect()
}

macro_rules! word_list {
    ($name:ident, $words:ident, $doc:literal) => {
        #[doc = $doc]
        pub fn $name(word: &str) -> bool {
            static SET: LazyLock<HashSet<&'static str>> = LazyLock::new(|| set($words));
            SET.contains(word.to_lowercase().as_str())
        }
    };
}

word_list!(is_verb, VERBS, "Whether `word` is the base form of a verb that instructions use.");
word_list!(is_noun_like, NOUN_LIKE, "Whether this verb is as often a noun.");
word_list!(needs_no_object, OBJECTLESS, "Whether a preposition can follow the verb at once.");
word_list!(is_subordinator, SUBORDINATORS, "Whether `word` opens a subordinate clause.");
word_list!(is_finite, FINITE, "Whether `word` is a finite auxiliary or a form of *be*.");
word_list!(is_function, FUNCTION, "Whether `word` says nothing by itself.");
word_list!(is_easy, EASY, "Whether learners from A2 know `word` anyway.");
word_list!(is_heading_word, HEADINGS, "Whether `word` stands in headings as an ordinary word.");
word_list!(is_mass, MASS, "Whether `word` needs no article.");
word_list!(is_listed_person, PEOPLE, "Whether `word` is a listed name for a person.");
word_list!(is_listed_thing, NOT_PEOPLE, "Whether `word` only looks like a person.");

/// Whether a sentence that begins with `word` can be an order: a listed verb, or a word that can be nothing else.
pub fn can_open_an_order(word: &str) -> bool {
    use cefr::PartOfSpeech::{Adjective, Adverb, Function, Noun, Verb};
    let lower = word.to_lowercase();
    is_verb(&lower)
        || cefr::can_be(&lower, Verb)
            && cefr::lemma(&lower) == lower
            && ![Noun, Adjective, Adverb, Function].into_iter().any(|part| cefr::can_be(&lower, part))
}

/// Nouns that need no article.
const MASS: &str = "
water food rice meat fish poultry milk damage equipment furniture information ethanol bleach air waste linen stock data evidence illness software help work
clothing jewellery paper tape salt sugar oil flour dairy soap dust dirt grease steam ice blood gas fuel supernatant acid hydroxide chloride alkali
disinfectant detergent bread pasta fruit glass plastic metal rubbish housekeeping maintenance cleaning training access feedback approval";

/// "descale dishwasher": the note style of a list, which no question should repeat. A plural, a name, a mass noun or a noun with its
/// article is sound; anything else is not sure.
pub fn lacks_article(phrase: &str) -> bool {
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let ends = |w: &str| is_function(w) && !matches!(w, "and" | "or") || w.ends_with(',');
    let Some(first) = words.get(1) else { return false };
    let determined =
        matches!(
            first.to_lowercase().as_str(),
            "the"
                | "a"
                | "an"
                | "your"
                | "all"
                | "any"
                | "every"
                | "each"
                | "both"
                | "no"
                | "it"
                | "them"
                | "that"
                | "this"
                | "these"
                | "how"
        ) || first.chars().next().is_some_and(|c| c.is_ascii_digit() || c.is_uppercase() || c == '"' || c == '“');
    if determined || is_function(first) {
        return false;
    }
    // A comma ends the noun phrase after its word: "dirty cloths, aprons".
    let mut open = true;
    let object: Vec<&&str> = words[1..]
        .iter()
        .take_while(|w| {
            let taken = open && (!ends(w) || w.ends_with(','));
            open = open && !w.ends_with(',');
            taken
        })
        .collect();
    object.iter().any(|w| is_noun_like_object(w)) && !object.last().is_some_and(|head| is_plural_or_mass(head))
}

/// "keep cleaning products in cleaning cupboard", "empty and clean dishwasher": note style anywhere in the phrase.
pub fn is_note_style(phrase: &str) -> bool {
    const FIXED: [&str; 27] = [
        "post",
        "foot",
        "ink",
        "advance",
        "person",
        "writing",
        "time",
        "work",
        "hand",
        "front",
        "place",
        "order",
        "charge",
        "case",
        "use",
        "detail",
        "arrival",
        "request",
        "site",
        "room",
        "reception",
        "stock",
        "temperature",
        "mail",
        "email",
        "supervision",
        "top",
    ];
    let second =
        phrase.split(" and ").skip(1).any(|part| part.split(' ').next().is_some_and(is_verb) && lacks_article(part));
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let bare_place = words.iter().enumerate().any(|(i, word)| {
        let after = words.get(i + 1).copied().unwrap_or_default();
        let open = matches!(*word, "in" | "into" | "on" | "onto" | "at" | "with" | "from" | "under" | "through" | "of");
        let determined = is_function(after) || after.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic());
        let head = words[i + 1..].iter().take_while(|w| !is_function(w)).last();
        open && !after.is_empty()
            && !determined
            && head.is_some_and(|h| {
                let plain = h.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
                !is_plural_or_mass(h)
                    && !FIXED.contains(&plain.as_str())
                    && !plain.ends_with("ing")
                    && is_countable(&plain)
            })
    });
    second || bare_place || lacks_article(phrase)
}

/// A noun that the list of easy words or its common use shows to be a thing one can count.
fn is_countable(noun: &str) -> bool {
    cefr::can_be(noun, cefr::PartOfSpeech::Noun)
        && !is_mass(noun)
        && cefr::word(noun).level.is_some_and(|l| l <= cefr::Level::B2)
}

fn is_noun_like_object(word: &str) -> bool {
    word.chars().any(char::is_alphabetic)
}

fn is_plural_or_mass(head: &str) -> bool {
    let head = head.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    head.ends_with('s') && !head.ends_with("ss")
        || head.ends_with("ly")
        || is_mass(&head)
        || matches!(head.as_str(), "people" | "staff" | "children")
}

/// The base form of a past participle ("recorded"), if it is a verb we know.
pub fn base_of_participle(word: &str) -> Option<String> {
    let base = cefr::lemma(&word.to_lowercase());
    (base != word.to_lowercase() && is_verb(&base)).then_some(base)
}

/// The base form of a verb in the third person singular ("stores", "carries", "watches"), if it is one we know.
pub fn base_of_third_person(word: &str) -> Option<String> {
    let word = word.to_lowercase();
    let candidates = [
        word.strip_suffix("ies").map(|w| format!("{w}y")),
        word.strip_suffix("es").map(str::to_owned),
        word.strip_suffix('s').map(str::to_owned),
    ];
    candidates.into_iter().flatten().find(|w| is_verb(w))
}

/// Whether the noun phrase names people: by its head noun, the last word before any "of", "who" or "with".
pub fn names_people(phrase: &str) -> bool {
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let end = words
        .iter()
        .position(|w| {
            matches!(
                w.to_lowercase().as_str(),
                "of" | "who" | "with" | "in" | "on" | "at" | "from" | "that" | "without" | "about" | "under" | "aged"
            )
        })
        .unwrap_or(words.len());
    let Some(head) = end.checked_sub(1).and_then(|i| words.get(i)) else { return false };
    let head = head.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if is_listed_thing(&head) {
        return false;
    }
    let singular = head.strip_suffix('s').unwrap_or(&head);
    let mut known = lexicon::entries(singular).iter().filter(|e| e.part == "noun").peekable();
    if known.peek().is_some() {
        return is_listed_person(&head) || known.any(|e| means_somebody(e.meaning));
    }
    is_listed_person(&head)
        || (singular.len() > 4
            && ["er", "or", "ist", "ician"].iter().any(|e| singular.ends_with(e))
            && !is_listed_thing(singular))
}

/// "a person who cleans as a job", "a company that sells you things", but not "a machine that kills all germs".
fn means_somebody(meaning: &str) -> bool {
    const SOMEBODY: &str = "a person|the person|people|somebody|a doctor|the doctor|a worker|a company|the company|a man|a woman|a group of people";
    SOMEBODY.split('|').any(|opening| meaning.starts_with(opening)) || meaning.contains(" person ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machines_are_no_people() {
        for thing in
            ["the steriliser", "a clean sanitiser", "dryers", "the scanner", "two shredders", "the wall charger"]
        {
            assert!(!names_people(thing), "{thing}");
        }
        for person in [
            "the trainer of the team",
            "receptionists",
            "the duty officer",
            "robbers",
            "the line manager",
            "a reviewer",
        ] {
            assert!(names_people(person), "{person}");
        }
    }

    #[test]
    fn third_person_leads_back_to_the_verb() {
        assert_eq!(base_of_third_person("carries").as_deref(), Some("carry"));
        assert_eq!(base_of_third_person("watches").as_deref(), Some("watch"));
        assert_eq!(base_of_third_person("stores").as_deref(), Some("store"));
        assert_eq!(base_of_third_person("tables"), None);
    }

    #[test]
    fn note_style_is_noticed() {
        for note in ["descale dishwasher", "clean rice cooker exterior", "send production report"] {
            assert!(lacks_article(note), "{note}");
        }
        for sound in [
            "wash your hands",
            "use cooked rice",
            "defrost freezers",
            "wait",
            "stir for a while",
            "transfer 350 µL",
            "inform Kitchen Manager",
        ] {
            assert!(!lacks_article(sound), "{sound}");
        }
    }

    #[test]
    fn note_style_is_noticed_after_prepositions_too() {
        assert!(is_note_style("keep cleaning products in cleaning cupboard"));
        assert!(is_note_style("empty and clean dishwasher"));
        for sound in ["send batteries by post", "write the number in the register", "rinse the tank with clean water"] {
            assert!(!is_note_style(sound), "{sound}");
        }
    }

    #[test]
    fn a_thermometer_is_nobody() {
        assert!(names_people("The floor supervisor"));
        assert!(names_people("Staff who feel ill"));
        assert!(!names_people("The probe thermometer"));
        assert!(!names_people("A batch without a green label"));
    }
}
