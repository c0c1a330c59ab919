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
        let Form::Do(command) = parse(&mask.text) else { return None };
        let verbs = command.phrases.iter().all(|p| is_verb(p.split(' ').next().unwrap_or_default()));
        let whole = command.phrases.iter().all(|p| p.contains(' ')) || command.phrases.len() == 1;
        let phrases = command.phrases.iter().map(|p| mask.restore(p)).collect();
        (verbs && whole).then(|| Self { phrases, text: mask.restore(&command.text), critical: false })
    }

    pub fn of_part(part: &Part<'_>) -> Option<Self> {
        Self::of(part.text).map(|order| Self { critical: part.critical, ..order })
    }

    pub fn tied(&self) -> bool {
        let text = format!(" {} ", self.text.to_lowercase().replace(',', " "));
        TIED.iter().any(|w| text.contains(w))
    }

    /// Whether what follows would be taken into one of its parts: "wipe it if it is wet, and then ..." is unclear, "shake it until
    /// it is clear, and then ..." is not.
    pub fn is_open(&self) -> bool {
        const CLOSED: [&str; 5] = [" before ", " after ", " until ", " because ", " so that "];
        let text = format!(" {} ", self.text.to_lowercase().replace(',', " "));
        TIED.iter().any(|w| text.contains(w) && !CLOSED.contains(w))
    }

    /// Whether it is over before the next one begins, and can be said in a part of a sentence.
    pub fn is_finished(&self) -> bool {
        let first = |p: &String| p.split(' ').next().unwrap_or_default().to_owned();
        let lasting = self.phrases.iter().any(|p| LASTING.contains(&first(p).as_str()) || is_care(p));
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
        const HOW: [&str; 5] = ["start", "begin", "finish", "end", "work"];
        let first = self.text.split(' ').next().unwrap_or_default();
        !LASTING.contains(&first) && !HOW.contains(&first) && !is_care(&self.text) || first == "repeat"
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

/// "make sure that ...", "take care to ..."
fn is_care(phrase: &str) -> bool {
    phrase.starts_with("make sure") || phrase.starts_with("take care")
}
