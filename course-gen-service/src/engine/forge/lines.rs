//! Sentences of the SOP that can be shown by themselves: whole, free of signs that nobody can say, and clear without the
//! sentence before them. Whatever trains the language works on these, word for word.

use std::collections::BTreeSet;

use crate::engine::english::parse::{self, Form};
use crate::engine::english::text::{stems, word_count};
use crate::engine::english::words::{
    base_of_participle, base_of_third_person, is_finite, is_function, is_noun_like, is_verb, lacks_article,
};
use crate::engine::facts::{self, Fact};
use crate::engine::library::ClauseRef;

/// One such sentence.
#[derive(Clone, Debug)]
pub struct Line {
    pub at: ClauseRef,
    /// As it stands in the clause.
    pub text: String,
    pub form: Form,
    pub words: usize,
    pub stems: BTreeSet<String>,
    /// Whole and with its articles: a model of English. Notes such as "Descale dishwasher" are none.
    pub model: bool,
}

impl Line {
    /// The fact as a line, if it can be one.
    pub fn of(fact: &Fact) -> Option<Self> {
        let words = word_count(&fact.text);
        let plain = says_plainly(&fact.text);
        // What stands in brackets hides the sentence from the parser, not from the reader.
        let form = match &fact.form {
            Form::Other if fact.text.contains('(') => parse::parse(&without_brackets(&fact.text)),
            form => form.clone(),
        };
        let fits = (3..=30).contains(&words) && sayable(&fact.text) && clear(&fact.text, &form);
        let stated = !matches!(form, Form::Other) || is_statement(&fact.text);
        let complete = stated || words >= 6 && fact.text.ends_with('.');
        (fits && complete).then(|| Self {
            at: fact.at,
            text: fact.text.clone(),
            words,
            stems: stems(&fact.text),
            model: plain && stated && words >= 4 && !facts::refers_elsewhere(&fact.text) && is_model(&fact.text, &form),
            form,
        })
    }

    /// A sentence that cannot be shown as a model, with its long tail cut off: "…" says so.
    pub fn loose(fact: &Fact) -> Option<Self> {
        const SIGNS: [&str; 12] = ["://", "www.", "<", ">", "|", "→", "->", "{", "}", "\\", "✓", "?"];
        // "Layer -> New": the path of a menu is read like "File > Export".
        let unpathed = fact.text.replace(" > ", " ").replace(" -> ", " ");
        if SIGNS.iter().any(|s| unpathed.contains(s)) || crate::engine::hostile::addresses_a_model(&fact.text) {
            return None;
        }
        let text = without_tail(&fact.text);
        let words = word_count(&text);
        let halves = text.matches('"').count().is_multiple_of(2)
            && text.matches('(').count() == text.matches(')').count()
            && text.matches('“').count() == text.matches('”').count();
        let said = stems(&text);
        (halves && (5..=30).contains(&words) && said.len() >= 3).then_some(Self {
            at: fact.at,
            words,
            stems: said,
            form: Form::Other,
            model: false,
            text,
        })
    }

    /// The last word that is a thing, behind the middle of the sentence, and where it begins.
    pub fn last_noun(&self) -> Option<(usize, &str)> {
        use cefr::PartOfSpeech::{Adjective, Noun, Verb};
        let mut found = None;
        let mut before: Option<&str> = None;
        let mut at = 0;
        for part in self.text.split(' ') {
            let word = part.trim_matches(|c: char| !c.is_alphanumeric());
            let begins = at + part.find(word).unwrap_or(0);
            at += part.len() + 1;
            let compound = before.is_some_and(is_modifier)
                || !part.ends_with(|c: char| !c.is_alphanumeric())
                    && self.text.get(at..).and_then(|rest| rest.split(' ').next()).is_some_and(is_modifier);
            let set_phrase =
                matches!(before, Some("all" | "any")) && matches!(word, "times" | "circumstances" | "cases");
            before = Some(word);
            if compound || set_phrase {
                continue;
            }
            let lower = word.len() >= 4 && word.chars().all(|c| c.is_ascii_lowercase());
            let thing = lower
                && !is_function(word)
                && !is_unit(word)
                && cefr::can_be(word, Noun)
                && base_of_third_person(word).is_none_or(|base| is_noun_like(&base))
                && (word.ends_with('s') || !cefr::can_be(word, Verb) && !cefr::can_be(word, Adjective));
            if thing && begins * 3 > self.text.len() && self.text.matches(word).count() == 1 {
                found = Some((begins, word));
            }
        }
        found
    }

    /// With its full stop.
    pub fn sentence(&self) -> String {
        crate::engine::english::text::sentence(&self.text)
    }
}

/// Up to 30 words: a longer sentence ends at its last joint before.
fn without_tail(text: &str) -> String {
    if word_count(text) <= 30 {
        return text.trim().to_owned();
    }
    let joints = [
        ", and ",
        ", but ",
        "; ",
        " and then ",
        ", which ",
        ", so ",
        " (",
        ", ",
        " without ",
        " so that ",
        " because ",
    ];
    let cut = joints
        .iter()
        .flat_map(|j| text.match_indices(j).map(|(at, _)| at))
        .filter(|at| (8..=30).contains(&word_count(&text[..*at])))
        .max();
    cut.map_or_else(String::new, |at| format!("{} …", &text[..at]))
}

/// A noun that makes one thing of itself and the word beside it: "shelf life".
fn is_modifier(word: &str) -> bool {
    use cefr::PartOfSpeech::{Adjective, Adverb, Noun};
    let plain = word.trim_matches(|c: char| !c.is_alphanumeric());
    plain.len() > 2
        && plain.chars().all(|c| c.is_ascii_lowercase())
        && !is_function(plain)
        && cefr::can_be(plain, Noun)
        && ![Adjective, Adverb].into_iter().any(|part| cefr::can_be(plain, part))
}

/// A word that could be the head of the term before it: "waste" in front of "room".
pub fn could_head(word: &str) -> bool {
    let plain = word.trim_matches(|c: char| !c.is_alphanumeric());
    plain.len() > 2 && !is_function(plain) && cefr::can_be(&plain.to_lowercase(), cefr::PartOfSpeech::Noun)
}

/// A measure of time or size is a figure's word, not a thing.
fn is_unit(word: &str) -> bool {
    const UNITS: [&str; 30] = [
        "seconds",
        "minutes",
        "hours",
        "days",
        "weeks",
        "months",
        "years",
        "second",
        "minute",
        "hour",
        "week",
        "month",
        "year",
        "metres",
        "metre",
        "litres",
        "litre",
        "grams",
        "degrees",
        "percent",
        "euros",
        "euro",
        "times",
        "millilitres",
        "miles",
        "kilometres",
        "kilograms",
        "inches",
        "feet",
        "pounds",
    ];
    UNITS.contains(&word)
}

/// No address and no sign of a form: it can be read as a sentence.
fn sayable(text: &str) -> bool {
    let opens = text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    let signs = ['→', '|', '[', ']', '+', '*', '_', '#', '@', '{', '}', '<', '>', '=', '?', '\\', '•'];
    let whole = text.matches('(').count() == text.matches(')').count()
        && text.matches('"').count().is_multiple_of(2)
        && text.matches('“').count() == text.matches('”').count();
    opens && !text.replace(" > ", " ").contains(signs) && !text.contains("://") && whole && !text.ends_with(':')
}

/// Nothing in brackets, no slashes and dashes: it can be said and written in one way only.
fn says_plainly(text: &str) -> bool {
    let slashed =
        text.split_whitespace().any(|w| w.contains('/') && w.chars().filter(|c| c.is_alphabetic()).count() > 4);
    let shouted =
        text.split_whitespace().filter(|w| w.len() > 3 && w.chars().all(|c| c.is_ascii_uppercase())).count() > 2;
    !slashed && !shouted && !text.contains(['(', ')', ';', ':', '–', '—', '…', '&', '"', '“'])
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let kept: String = text
        .chars()
        .filter(|c| {
            match c {
                '(' => depth += 1,
                ')' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ").replace(" .", ".").replace(" ,", ",")
}

/// Nothing in it needs the sentence before.
fn clear(text: &str, form: &Form) -> bool {
    const BACK: [&str; 16] = [
        "it",
        "they",
        "this",
        "these",
        "those",
        "he",
        "she",
        "here",
        "there",
        "otherwise",
        "such",
        "however",
        "so",
        "then",
        "also",
        "that",
    ];
    let words: Vec<String> = text
        .split_whitespace()
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .filter(|w| !w.is_empty())
        .collect();
    // "This procedure" is the one that the lesson is about.
    let own = words.windows(2).any(|w| {
        w[0] == "this"
            && matches!(
                w[1].as_str(),
                "procedure" | "policy" | "document" | "sop" | "instruction" | "guide" | "process"
            )
    });
    let first = words.first().is_some_and(|w| BACK.contains(&w.as_str())) && !own;
    let points = ["this", "these", "those", "above", "below", "following"]
        .iter()
        .any(|p| words.iter().any(|w| w == p && !(own && w == "this")));
    let pronoun = words
        .iter()
        .position(|w| matches!(w.as_str(), "it" | "them" | "they" | "he" | "she" | "him" | "its" | "their"));
    // In a longer sentence the thing has been named before "it".
    let named = pronoun.is_none_or(|at| at >= 4 && words.len() >= 7 || matches!(form, Form::When { .. }) && at >= 3);
    !first && !points && named && !points_out(text)
}

/// Sends the reader to a place that is not shown. The numbers of steps are: the lesson's text has them.
fn points_out(text: &str) -> bool {
    const POINTERS: [&str; 14] = [
        "section ",
        "as before",
        "see ",
        "table ",
        "figure ",
        "appendix",
        "annex",
        "below:",
        "this link",
        "http",
        "www.",
        "-mentioned",
        "as above",
        " here.",
    ];
    let lower = text.to_lowercase();
    POINTERS.iter().any(|p| lower.contains(p)) || lower.ends_with(" below") || lower.ends_with(" above")
}

/// A statement has a finite verb after its subject and ends like a sentence.
fn is_statement(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    let verb = words.first().is_some_and(|w| w.contains('\''))
        || words.iter().skip(1).any(|w| {
            is_finite(w)
                || w.contains("'ll")
                || w.contains("'re")
                || w.ends_with("n't")
                || base_of_third_person(w).is_some_and(|base| !is_noun_like(&base))
        });
    let question = matches!(
        words.first().map(|w| w.to_lowercase()).as_deref(),
        Some("do" | "does" | "is" | "are" | "what" | "how")
    );
    words.len() >= 5 && verb && text.ends_with(['.', '!']) && !question
}

/// Sound English, as far as rules can tell.
fn is_model(text: &str, form: &Form) -> bool {
    let noted = match form {
        Form::Do(c) | Form::DoNot(c) => c.phrases.iter().any(|p| lacks_article(p)),
        Form::When { then, .. } => match then.as_ref() {
            Form::Do(c) | Form::DoNot(c) => c.phrases.iter().any(|p| lacks_article(p)),
            _ => false,
        },
        _ => false,
    };
    let words: Vec<String> =
        text.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()).collect();
    // "The name should be replace": the SOP's own slip.
    let slipped = words.windows(2).any(|w| {
        w[0] == "be"
            && is_verb(&w[1])
            && base_of_participle(&w[1]).is_none()
            && !irregular_participle(&w[1])
            && !is_noun_like(&w[1])
    });
    let bare_title = words.len() > 2
        && text.split_whitespace().take(2).all(|w| w.chars().next().is_some_and(char::is_uppercase))
        && !matches!(
            words[0].as_str(),
            "the" | "a" | "an" | "do" | "if" | "when" | "always" | "never" | "all" | "each"
        );
    !noted && !slipped && (!bare_title || matches!(form, Form::Do(_)))
}

fn irregular_participle(word: &str) -> bool {
    matches!(
        word,
        "put"
            | "cut"
            | "set"
            | "shut"
            | "let"
            | "hit"
            | "read"
            | "run"
            | "come"
            | "spread"
            | "clean"
            | "clear"
            | "dry"
            | "open"
            | "empty"
            | "free"
    )
}
