//! Where a point of grammar shows in a sentence: the words that show it, as they stand there.

mod clauses;
mod nouns;
mod simple;
mod small;
mod verbs;

use std::ops::Range;

use crate::engine::english::text::placed_words;
use crate::engine::english::words::{base_of_participle, is_verb};
use crate::engine::facts::Fact;

pub use small::particles;

/// The words that show a point, verbatim, and which of the point's words it is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Found {
    pub focus: String,
    pub cue: &'static str,
}

pub type Detect = fn(&Fact) -> Option<Found>;

/// The rule that finds a point.
pub fn rule(point: &str) -> Option<Detect> {
    Some(match point {
        "imperative" => verbs::imperative,
        "negative_imperative" => verbs::negative,
        "routine" => verbs::routine,
        "must" => verbs::must,
        "should" => verbs::should,
        "may_can" => verbs::may,
        "passive" => verbs::passive,
        "modal_passive" => verbs::modal_passive,
        "make_sure" => verbs::make_sure,
        "phrasal_verbs" => small::phrasal_verbs,
        "to_purpose" => verbs::to_purpose,
        "by_ing" => verbs::by_ing,
        "participle_phrase" => verbs::participle_phrase,
        "joined_steps" => clauses::joined_steps,
        "if_imperative" => clauses::if_imperative,
        "zero_conditional" => clauses::zero_conditional,
        "if_will" => clauses::if_will,
        "unless" => clauses::unless,
        "in_case" => clauses::in_case,
        "so_that" => clauses::so_that,
        "before_after" => clauses::before_after,
        "when_until" => clauses::when_until,
        "short_condition" => clauses::short_condition,
        "inversion" => clauses::inversion,
        "relative" => clauses::relative,
        "ed_clause" => clauses::ed_clause,
        "place" => small::place,
        "articles" => simple::articles,
        "time_words" => simple::time_words,
        "order_words" => small::order_words,
        "quantity" => small::quantity,
        "comparison" => small::comparison,
        "time_limit" => small::time_limit,
        "compounds" => nouns::compounds,
        "noun_style" => nouns::noun_style,
        _ => return None,
    })
}

/// A sentence as words in small letters with their places.
struct Words<'a> {
    text: &'a str,
    list: Vec<(Range<usize>, String)>,
}

impl<'a> Words<'a> {
    fn of(fact: &'a Fact) -> Self {
        Self { text: &fact.text, list: placed_words(&fact.text) }
    }

    fn len(&self) -> usize {
        self.list.len()
    }

    /// The word at a place; empty beyond the end.
    fn at(&self, i: usize) -> &str {
        self.list.get(i).map_or("", |(_, w)| w.as_str())
    }

    fn before(&self, i: usize) -> &str {
        i.checked_sub(1).map_or("", |p| self.at(p))
    }

    /// Whether nothing but a space stands between this word and the next.
    fn joined(&self, i: usize) -> bool {
        match (self.list.get(i), self.list.get(i + 1)) {
            (Some((a, _)), Some((b, _))) => self.text.get(a.end..b.start) == Some(" "),
            _ => false,
        }
    }

    /// Whether the word opens the sentence or stands behind a comma or semicolon.
    fn opens(&self, i: usize) -> bool {
        let Some((range, _)) = self.list.get(i) else { return false };
        let front = self.text[..range.start].trim_end();
        front.is_empty() || front.ends_with([',', ';', ':', '–', '—', '“', '"'])
    }

    /// The sentence from the word `from` to the word `to`, both included.
    fn slice(&self, from: usize, to: usize) -> Option<String> {
        let (start, end) = (self.list.get(from)?.0.start, self.list.get(to)?.0.end);
        self.text.get(start..end).map(str::to_owned)
    }

    /// The first place where these words stand one after the other.
    fn run(&self, tests: &[&dyn Fn(&str) -> bool]) -> Option<usize> {
        let fits = |i: usize| tests.iter().enumerate().all(|(k, test)| test(self.at(i + k)));
        (0..(self.len() + 1).saturating_sub(tests.len())).find(|i| fits(*i))
    }

    fn found(&self, from: usize, to: usize, cue: &'static str) -> Option<Found> {
        let mut focus = self.slice(from, to)?;
        // "by 6 p.m." ends with its own stop.
        let goes_on = self.list.get(to).is_some_and(|(range, _)| self.text[range.end..].starts_with('.'));
        if goes_on && (focus.ends_with("a.m") || focus.ends_with("p.m")) {
            focus.push('.');
        }
        Some(Found { focus, cue })
    }
}

/// "closed", "kept", "put": a past participle of a verb that instructions use.
fn is_participle(word: &str) -> bool {
    const LIKE_THE_BASE: [&str; 7] = ["put", "cut", "set", "shut", "read", "spread", "split"];
    LIKE_THE_BASE.contains(&word)
        || word.len() > 3
            && !word.ends_with("ing")
            && !word.ends_with('s')
            && base_of_participle(word).is_some_and(|b| cefr::inflect(&b, cefr::Form::PastParticiple) == word)
}

fn is_ing(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ing") && is_verb(&cefr::lemma(word))
}

fn is_base(word: &str) -> bool {
    is_verb(word) || word == "be" || word == "have"
}

/// Words that a noun phrase or a clause's subject begins with.
fn opens_noun_phrase(word: &str) -> bool {
    matches!(
        word,
        "the" | "a" | "an" | "your" | "all" | "any" | "each" | "every" | "no" | "this" | "both" | "its" | "their"
    )
}

fn is_subject(word: &str) -> bool {
    opens_noun_phrase(word)
        || matches!(word, "you" | "they" | "it" | "he" | "she" | "we" | "nobody" | "somebody" | "someone" | "there")
}

#[cfg(test)]
mod tests;
