//! An order that may become a part of a longer sentence.

use super::Part;
use crate::engine::english::forms::{in_ing, in_participle};
use crate::engine::english::parse::{Form, begins_verb_phrase, parse};
use crate::engine::english::part::is_preposition;
use crate::engine::english::sentence::sentences;
use crate::engine::english::text::{list, word_count};
use crate::engine::english::words::{is_function, is_verb};
use crate::engine::rewrite::phrase::Mask;

/// Words of a part that becomes subordinate: longer ones are hard to keep in mind.
const SUBORDINATE: usize = 14;

/// What goes on, or holds at all times, is not over when the next step begins.
const LASTING: [&str; 36] = [
    "hold", "support", "keep", "wear", "use", "ensure", "avoid", "follow", "remember", "stay", "work", "be", "do",
    "have", "maintain", "note", "see", "refer", "repeat", "allow", "let", "continue", "treat", "handle", "include",
    "contact", "respect", "apply", "try", "consider", "start", "begin", "protect", "prevent", "never", "always",
];

/// Words after which a part may not be moved: they tie it to something else.
pub const TIED: [&str; 17] = [
    " if ",
    " when ",
    " unless ",
    " not ",
    " never ",
    " before ",
    " after ",
    " until ",
    " while ",
    " then ",
    " once ",
    " immediately ",
    " always ",
    " or ",
    " because ",
    " so that ",
    " whenever ",
];

/// An order that may be joined: its verb phrases, each with its verb in small letters.
pub struct Order {
    pub phrases: Vec<String>,
    pub text: String,
    /// It ends with a ban: ", and do not count it". Nothing can follow it.
    pub bans: bool,
    pub critical: bool,
}

impl Order {
    pub fn of(sentence: &str) -> Option<Self> {
        let signs = sentence.contains([';', '→', '&', '?', '!']) || sentence.contains(": ");
        let plain = !signs && sentence.ends_with('.');
        if !plain || sentences(sentence).len() != 1 || !(2..=20).contains(&word_count(sentence)) {
            return None;
        }
        let mask = Mask::of(sentence)?;
        let ban = [", and do not ", ", and never "].iter().filter_map(|mark| mask.text.find(mark)).min();
        let (own, ban) = mask.text.split_at(ban.unwrap_or(mask.text.len()));
        let Form::Do(command) = parse(own) else { return None };
        let verbs = command.phrases.iter().all(|p| is_verb(p.split(' ').next().unwrap_or_default()));
        let whole = command.phrases.iter().all(|p| p.contains(' ')) || command.phrases.len() == 1;
        let phrases = command.phrases.iter().map(|p| mask.restore(p)).collect();
        let ban = ban.trim_end_matches('.');
        let text = mask.restore(&format!("{}{ban}", command.text));
        (verbs && whole).then_some(Self { phrases, text, bans: !ban.is_empty(), critical: false })
    }

    pub fn of_part(part: &Part<'_>) -> Option<Self> {
        Self::of(part.text).map(|order| Self { critical: part.critical, ..order })
    }

    pub fn tied(&self) -> bool {
        let text = format!(" {} ", self.text.to_lowercase().replace(',', " "));
        self.bans || TIED.iter().any(|w| *w != " then " && text.contains(w)) || self.goes_on_in_time()
    }

    /// "open the lid, then add the salt" has two steps; "count the coins first and then the notes" has one.
    fn goes_on_in_time(&self) -> bool {
        self.text.match_indices(" then ").any(|(at, then)| begins_verb_phrase(&self.text[at + then.len()..]))
    }

    pub fn is_single(&self) -> bool {
        self.phrases.len() == 1
    }

    /// Whether it can stand in a list without its own joints being taken for those of the list.
    pub fn is_plain(&self) -> bool {
        self.is_single() && !self.tied() && ![",", " and "].iter().any(|w| self.text.contains(w))
    }

    /// Whether what follows would be taken into one of its parts: "wipe it if it is wet, and then ..." is unclear, "shake it until
    /// it is clear, and then ..." is not.
    pub fn leaves_open(&self) -> bool {
        // A second ", and" would hang on the first like a string of beads.
        self.bans || self.says_when() || self.text.contains(" while ") || self.text.contains(", and ")
    }

    /// Whether a condition or a time at its end would be taken for that of the part before it as well: "open the lid, and wipe it
    /// if it is wet".
    pub fn says_when(&self) -> bool {
        const OPEN: [&str; 6] = [" if ", " when ", " unless ", " then ", " once ", " whenever "];
        let text = format!(" {} ", self.text.to_lowercase().replace(',', " "));
        // "ask the guest if they have a key": a question and no condition.
        let asks = ["ask ", "check if ", "see if "].iter().any(|verb| self.text.starts_with(verb));
        let text = if asks { text.replacen(" if ", " whether ", 1) } else { text };
        let choice = text.match_indices(" or ").any(|(at, or)| begins_verb_phrase(text[at + or.len()..].trim_end()));
        choice || OPEN.iter().any(|w| text.contains(w))
    }

    /// Whether a part that follows it would be taken for a part of something inside it.
    pub fn ends_in_a_clause(&self) -> bool {
        [" that ", " which ", " who ", " including ", " where "].iter().any(|w| self.text.contains(w))
    }

    /// Whether it leaves something as it is for a while, so that "before" would make the next step wait.
    pub fn stays(&self) -> bool {
        self.phrases.iter().any(|p| stays_so(p))
    }

    /// Whether it goes on while the next thing is done: "wear gloves, and close the lid".
    pub fn goes_on(&self) -> bool {
        const WHILE: [&str; 9] = ["wear", "keep", "hold", "stay", "continue", "let", "allow", "ensure", "contact"];
        let first = self.text.split(' ').next().unwrap_or_default();
        WHILE.contains(&first) || is_care(&self.text)
    }

    /// Whether it is over before the next one begins, and can be said in a part of a sentence.
    pub fn is_finished(&self) -> bool {
        let first = |p: &String| p.split(' ').next().unwrap_or_default().to_owned();
        let lasting = self.phrases.iter().any(|p| LASTING.contains(&first(p).as_str()) || is_care(p) || stays_so(p));
        let sure = !self.phrases.iter().any(|p| hides_a_verb(p));
        !self.critical
            && !lasting
            && sure
            && !self.tied()
            && word_count(&self.text) <= SUBORDINATE
            && !self.text.contains(", ")
    }

    /// Whether it is a step of its own: what holds at all times, or says how the one before is done, is none.
    pub fn is_step(&self) -> bool {
        let first = self.text.split(' ').next().unwrap_or_default();
        !LASTING.contains(&first) && !self.says_how() && !is_care(&self.text) || first == "repeat"
    }

    /// "start at the window": how the order before it is carried out, or what to read about it.
    pub fn says_how(&self) -> bool {
        const HOW: [&str; 9] = ["start", "begin", "finish", "end", "work", "see", "refer", "note", "remember"];
        HOW.contains(&self.text.split(' ').next().unwrap_or_default())
    }

    fn with(&self, form: impl Fn(&str) -> String) -> String {
        list(&self.phrases.iter().map(|p| form(p)).collect::<Vec<_>>())
    }

    pub fn doing(&self) -> String {
        self.with(in_ing)
    }

    pub fn done(&self) -> String {
        self.with(in_participle)
    }
}

/// "open the lid and dab the rim", "put on gloves and knock on the door": a word that may be a verb and was not seen as one
/// would have to take its ending as well.
fn hides_a_verb(phrase: &str) -> bool {
    let words: Vec<&str> = phrase.split(' ').collect();
    let goes_on = |w: &str| {
        is_preposition(w) && w != "of"
            || matches!(w, "the" | "a" | "an" | "your" | "each" | "all" | "it" | "them" | "to")
    };
    words.windows(3).enumerate().any(|(at, w)| {
        let joint = w[0] == "and" || w[0].ends_with(',');
        let maybe = is_verb(w[1]) || cefr::can_be(w[1], cefr::PartOfSpeech::Verb);
        let inflected = at <= 1 || begins_verb_phrase(&words[at + 1..].join(" "));
        joint && maybe && !inflected && !is_function(w[1]) && goes_on(w[2])
    })
}

/// "open the window for 10 minutes": the next step need not wait until it is closed.
fn stays_so(phrase: &str) -> bool {
    let state = ["open ", "switch ", "turn "].iter().any(|verb| phrase.starts_with(verb));
    state && phrase.contains(" for ") && phrase.contains(|c: char| c.is_ascii_digit())
}

/// "make sure that ...", "take care to ..."
fn is_care(phrase: &str) -> bool {
    phrase.starts_with("make sure") || phrase.starts_with("take care")
}
