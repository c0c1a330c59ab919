//! Sentences as words with their parts of speech: a small tagger by word lists and neighbours.
//!
//! What no list knows is a noun: names of machines, products and forms are what a SOP has most of that English has not.

pub mod deed;
pub mod nouns;
pub mod particles;
pub mod statement;

use cefr::PartOfSpeech;

use crate::pipeline::{
    pattern::patterns,
    words::{is_adjective, is_noun_too, is_opening_adverb, is_preposition, is_role, is_verb},
};

patterns! {
    TOKEN = r#""[^"]{1,80}"|“[^”]{1,80}”|[\p{L}_](?:[\p{L}\d_’'%]|[-./@&][\p{L}\d_])*\+?|[.#]\p{L}[\w.-]*|[+±−–-]?\d(?:[\d.,:/]*\d)?(?:\s?(?:°\s?[CF]|%|µL|μL|mL|L|mg|kg|g|mm|cm|m|h|s|min)\b)?|->|[^\s]"#;
    PAST_FORM = r"(?:ed|wn|pt|lt|[^aeiou]en|ung|ught)$";
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Tag {
    /// "the", "each", "your", "guest's"
    Determiner,
    Number,
    Noun,
    Adjective,
    Adverb,
    Pronoun,
    /// Finite or bare: "enters", "wash".
    Verb,
    /// "recorded", "kept": a participle, or the past.
    Past,
    Gerund,
    Be,
    Have,
    Do,
    Modal,
    Not,
    To,
    Preposition,
    And,
    Comma,
    /// Ends a clause: ";", ":", ".", "→".
    Stop,
    Open,
    Close,
    /// "if", "when", "because"
    Subordinator,
    /// "that", "which", "who"
    Relative,
    /// "how", "what", "whether"
    Question,
}

#[derive(Clone, Debug)]
pub struct Token<'a> {
    pub text: &'a str,
    pub lower: String,
    pub start: usize,
    pub end: usize,
    pub tag: Tag,
}

/// The words of a sentence, tagged. `command` is the byte where a command begins, if it is one.
pub fn tokens(sentence: &str, command: Option<usize>) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = TOKEN
        .find_iter(sentence)
        .map(|m| {
            let lower = m.as_str().to_lowercase().replace('’', "'");
            Token { text: m.as_str(), tag: by_itself(m.as_str(), &lower), lower, start: m.start(), end: m.end() }
        })
        .collect();
    for at in 0..tokens.len() {
        let tag = if command == Some(tokens[at].start) && tokens[at].tag != Tag::Do {
            Tag::Verb
        } else {
            in_place(&tokens, at)
        };
        tokens[at].tag = tag;
    }
    tokens
}

/// What a word is before its neighbours are asked. A word that may be more is a noun here.
fn by_itself(text: &str, lower: &str) -> Tag {
    if text.starts_with(['"', '“']) && text.len() > 2 || matches!(text, "IT" | "US" | "AM" | "IN" | "WHO") {
        return Tag::Noun;
    }
    match lower {
        "," => return Tag::Comma,
        "(" | "[" => return Tag::Open,
        ")" | "]" => return Tag::Close,
        "and" | "or" | "&" | "/" | "nor" | "+" | "then" => return Tag::And,
        "to" => return Tag::To,
        "not" | "never" => return Tag::Not,
        "that" | "which" | "who" | "whose" => return Tag::Relative,
        "e.g" | "i.e" | "etc" => return Tag::Stop,
        _ => {}
    }
    if lower.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '±' | '−') && lower.len() > 1)
        || particles::NUMBERS.contains(&lower)
    {
        return Tag::Number;
    }
    if !lower.contains(char::is_alphanumeric) {
        return Tag::Stop;
    }
    if let Some(tag) = particles::tag(lower) {
        return tag;
    }
    if lower.ends_with("'s") || lower.ends_with("s'") {
        return Tag::Determiner;
    }
    if is_preposition(lower) {
        return Tag::Preposition;
    }
    if is_opening_adverb(lower) && !cefr::can_be(lower, PartOfSpeech::Noun) && !is_verb(lower) {
        return if is_adjective(lower) { Tag::Adjective } else { Tag::Adverb };
    }
    Tag::Noun
}

/// What a word is among its neighbours; those before it are settled.
fn in_place(tokens: &[Token<'_>], at: usize) -> Tag {
    let token = &tokens[at];
    let before = at.checked_sub(1).map(|b| &tokens[b]);
    let next = tokens.get(at + 1);
    match token.tag {
        Tag::Relative => relative(token, before, next),
        Tag::Determiner => alone(token, next),
        // "the above steps"
        Tag::Preposition
            if next.is_some_and(|n| n.tag == Tag::Noun) && before.is_some_and(|b| b.tag == Tag::Determiner) =>
        {
            Tag::Adjective
        }
        _ if matches!(token.lower.as_str(), "need" | "needs" | "ought") && next.is_some_and(|n| n.tag == Tag::To) => {
            Tag::Modal
        }
        Tag::Noun if token.lower.starts_with(char::is_alphabetic) => word(token, before, next),
        tag => tag,
    }
}

/// "that" before a thing is no relative: "that form".
fn relative(token: &Token<'_>, before: Option<&Token<'_>>, next: Option<&Token<'_>>) -> Tag {
    let thing = next.is_some_and(|n| n.tag == Tag::Noun && !is_verb(&n.lower));
    let first = before.is_none_or(|b| matches!(b.tag, Tag::Preposition | Tag::To | Tag::Comma | Tag::Stop));
    if token.lower == "that" && thing && first { Tag::Determiner } else { Tag::Relative }
}

/// "all", "this", "both" stand for a thing where none follows.
fn alone(token: &Token<'_>, next: Option<&Token<'_>>) -> Tag {
    let stands = matches!(
        token.lower.as_str(),
        "this" | "these" | "those" | "all" | "both" | "each" | "another" | "some" | "any" | "either" | "her"
    );
    let end = next.is_none_or(|n| {
        matches!(
            n.tag,
            Tag::Be
                | Tag::Modal
                | Tag::Have
                | Tag::Do
                | Tag::Stop
                | Tag::Comma
                | Tag::Close
                | Tag::Preposition
                | Tag::And
        )
    });
    if stands && end { Tag::Pronoun } else { Tag::Determiner }
}

/// What opens the object of a verb.
const OPENS: [Tag; 5] = [Tag::Determiner, Tag::Pronoun, Tag::Number, Tag::Relative, Tag::Question];

/// A word between its neighbours.
struct Place<'a> {
    lower: &'a str,
    before: Option<&'a Token<'a>>,
    next: Option<&'a Token<'a>>,
    /// A name in capitals, or inside of a noun phrase: no verb.
    named: bool,
    thing_next: bool,
}

impl Place<'_> {
    fn after(&self, tags: &[Tag]) -> bool {
        self.before.is_some_and(|b| tags.contains(&b.tag))
    }

    fn until(&self, tags: &[Tag]) -> bool {
        self.next.is_some_and(|n| tags.contains(&n.tag))
    }

    /// "washing the floor" and "the washing area"
    fn gerund(&self) -> Option<Tag> {
        let lower = self.lower;
        if lower.len() <= 4
            || !lower.ends_with("ing")
            || particles::NAMES_IN_ING.contains(&lower)
            || !is_verb_form(lower)
        {
            return None;
        }
        let last = self.until(&[Tag::And, Tag::Comma, Tag::Stop]) || self.next.is_none();
        let follows = self.before.is_some_and(|b| b.tag == Tag::Noun && !is_many(&b.lower));
        Some(if self.named || follows && (self.thing_next || last) { Tag::Noun } else { Tag::Gerund })
    }

    /// "wash" where somebody does it or is told to.
    fn is_bare_verb(&self) -> bool {
        if self.named || !is_verb(self.lower) && !particles::DESCRIBES.contains(&self.lower) {
            return false;
        }
        let noun_too = is_noun_too(self.lower);
        let sure = !noun_too || self.until(&OPENS);
        let of_name = noun_too && self.until(&[Tag::Noun]) && self.after(&[Tag::To]);
        let actor = self.before.is_some_and(|b| {
            b.tag == Tag::Pronoun && particles::is_subject(&b.lower) || b.tag == Tag::Noun && is_many(&b.lower)
        });
        self.after(&[Tag::To, Tag::Modal, Tag::Do, Tag::Not]) && !of_name
            || sure && (actor || self.after(&[Tag::Comma, Tag::And, Tag::Stop]))
            || !noun_too && self.after(&[Tag::Adverb])
    }

    /// "enters the room", and not "the rooms".
    fn is_verb_with_s(&self) -> bool {
        let may_act = self.after(&[Tag::Noun, Tag::Pronoun, Tag::And, Tag::Adverb, Tag::Relative]);
        if self.named || !may_act || !self.lower.ends_with('s') {
            return false;
        }
        let Some(base) = particles::base_of_s(self.lower) else { return false };
        let (noun_too, joined) = (is_noun_too(&base), self.after(&[Tag::And]));
        let person = self.before.is_some_and(|b| b.tag == Tag::Adverb || is_role(b.text))
            && self.next.is_some_and(|n| n.tag != Tag::Be);
        let copula = particles::COPULAS.contains(&base.as_str());
        let goes_on = self.next.is_some_and(|n| {
            deed::ACTS_ON.contains(&(base.as_str(), n.lower.as_str()))
                || matches!(n.lower.as_str(), "out" | "up" | "off")
                || copula && (n.tag == Tag::Preposition || is_adjective(&n.lower))
        });
        let phrase = self.until(&[Tag::Preposition, Tag::To, Tag::Adverb, Tag::And, Tag::Subordinator]);
        person
            || goes_on && !joined
            || self.until(&OPENS)
            || !noun_too && (phrase || self.next.is_none() || !joined)
            || noun_too && self.until(&[Tag::Adverb]) && !joined
    }
}

fn word(token: &Token<'_>, before: Option<&Token<'_>>, next: Option<&Token<'_>>) -> Tag {
    let lower = token.lower.as_str();
    let capital = token.text.starts_with(char::is_uppercase) && before.is_some();
    let in_phrase = before.is_some_and(|b| matches!(b.tag, Tag::Determiner | Tag::Number | Tag::Adjective));
    let thing_next = next.is_some_and(|n| n.tag == Tag::Noun && !particles::is_plain_s_verb(&n.lower));
    let place = Place { lower, before, next, named: capital || in_phrase, thing_next };
    if PAST_FORM.is_match(lower) || particles::base_of_past(lower).is_some() {
        let after_auxiliary = place.after(&[Tag::Be, Tag::Have, Tag::Adverb, Tag::Not]);
        if let Some(tag) = past(lower, after_auxiliary, thing_next, before) {
            return tag;
        }
    }
    place.gerund().unwrap_or_else(|| {
        if place.is_bare_verb() || place.is_verb_with_s() { Tag::Verb } else { adjective_or_noun(lower) }
    })
}

/// "recorded": said of what stands before it, or of what comes after it.
fn past(lower: &str, after_auxiliary: bool, thing_next: bool, before: Option<&Token<'_>>) -> Option<Tag> {
    let base = particles::base_of_past(lower)
        .map(str::to_owned)
        .or_else(|| is_verb_form(lower).then(|| cefr::lemma(lower)))?;
    if base == lower && !after_auxiliary {
        return None;
    }
    let noun = before.is_some_and(|b| matches!(b.tag, Tag::Noun | Tag::Pronoun));
    Some(if thing_next && !after_auxiliary && !noun { Tag::Adjective } else { Tag::Past })
}

fn adjective_or_noun(lower: &str) -> Tag {
    let noun = || cefr::can_be(lower, PartOfSpeech::Noun);
    let looks =
        lower.len() > 6 && ["able", "ible", "ous", "ful", "less", "ical"].iter().any(|end| lower.ends_with(end));
    let compound = ["-free", "-resistant", "-proof", "-safe", "-related"].iter().any(|end| lower.ends_with(end));
    if is_adjective(lower) || compound || looks && !noun() { Tag::Adjective } else { Tag::Noun }
}

/// "washing", "ventilated": forms of a verb that a list knows.
fn is_verb_form(lower: &str) -> bool {
    let lemma = cefr::lemma(lower);
    lemma != lower && (is_verb(&lemma) || cefr::can_be(&lemma, PartOfSpeech::Verb))
}

/// Several people or things, by their form.
fn is_many(lower: &str) -> bool {
    lower.ends_with('s') && !lower.ends_with("ss")
        || matches!(lower, "staff" | "people" | "personnel" | "anyone" | "nobody")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(sentence: &str) -> Vec<Tag> {
        tokens(sentence, None).into_iter().map(|t| t.tag).collect()
    }

    #[test]
    fn a_word_is_what_its_neighbours_make_it() {
        use Tag::{Adjective, Be, Determiner, Noun, Past, Preposition, Stop, Verb};
        assert_eq!(tags("The host registers the visitor."), [Determiner, Noun, Verb, Determiner, Noun, Stop]);
        assert_eq!(tags("Completed forms are filed in binders."), [Adjective, Noun, Be, Past, Preposition, Noun, Stop]);
        assert_eq!(tags("The thermal shutdown valve"), [Determiner, Adjective, Noun, Noun]);
    }
}
