//! Clauses, comparison, participle phrases, nominal style: patterns around conjunctions and nouns.

use super::{GrammarPoint, Hit, Scan};
use crate::classes::Classes;
use crate::table::Group;

impl Scan<'_> {
    pub(super) fn clauses_at(&self, at: usize, hits: &mut Vec<Hit>) {
        if !self.is_word(at) {
            return;
        }
        let classes = self.classes(at);
        let found = if classes.has(Classes::IF) && self.lower(at) == "if" {
            Some((self.conditional(at), at))
        } else if classes.has(Classes::SUBORDINATOR) {
            self.subordinator(at)
        } else if classes.has(Classes::RELATIVE) {
            self.relative(at)
        } else if classes.has(Classes::CONNECTOR) {
            Some((self.connector(at), at))
        } else {
            self.comparison(at).or_else(|| self.participle(at))
        };
        if let Some((point, last)) = found {
            hits.push(Hit { point, first: at, last });
        }
        if let Some((point, last)) = self.fixed_phrase(at).or_else(|| self.nominal(at)) {
            hits.push(Hit { point, first: at, last });
        }
    }

    fn conditional(&self, at: usize) -> GrammarPoint {
        let window = at.saturating_sub(12)..(at + 24).min(self.items.len());
        let would = window
            .clone()
            .any(|at| matches!(self.lower(at), "would" | "wouldn't" | "i'd" | "we'd" | "they'd" | "you'd"));
        let past = (at + 1..window.end.min(at + 5))
            .any(|at| self.is(at, Classes::PAST | Classes::WAS_WERE | Classes::HAD) || self.is_regular_past(at));
        if would && past { GrammarPoint::UnrealConditional } else { GrammarPoint::Conditional }
    }

    fn subordinator(&self, at: usize) -> Option<(GrammarPoint, usize)> {
        let point = match self.lower(at) {
            "although" | "though" | "whereas" | "unless" | "whether" | "whilst" | "wherever" => {
                GrammarPoint::Concession
            }
            "provided" if self.lower(at + 1) == "that" => GrammarPoint::Concession,
            "provided" => return None,
            "because" | "when" | "while" | "whenever" | "once" => GrammarPoint::TimeClause,
            _ if self.is(at + 1, Classes::SUBJECT | Classes::DETERMINER) => GrammarPoint::TimeClause,
            _ if self.is_ing_verb(at + 1) => return Some((GrammarPoint::Gerund, at + 1)),
            _ => return None,
        };
        Some((point, at))
    }

    fn relative(&self, at: usize) -> Option<(GrammarPoint, usize)> {
        let before = at.checked_sub(1)?;
        let formal = self.is(before, Classes::PREPOSITION) && matches!(self.lower(at), "which" | "whom");
        match self.lower(at) {
            "whose" | "whom" => Some((GrammarPoint::FormalRelative, at)),
            _ if formal => Some((GrammarPoint::FormalRelative, at)),
            "that" if !self.is_content(before) => None,
            "that" => {
                let noun = self.items.get(before).is_some_and(|item| item.entry.can_be(Group::Noun) || item.name);
                let verb = self.items.get(before).is_some_and(|item| item.entry.can_be(Group::Verb))
                    && (self.is_regular_past(before) || self.is(before, Classes::PAST | Classes::PARTICIPLE) || !noun);
                let point = if noun && !verb { GrammarPoint::RelativeClause } else { GrammarPoint::ThatClause };
                Some((point, at))
            }
            _ if self.is_content(before) || self.is_mark(before, b',') => Some((GrammarPoint::RelativeClause, at)),
            _ => None,
        }
    }

    fn connector(&self, at: usize) -> GrammarPoint {
        match self.lower(at) {
            "however" | "therefore" | "otherwise" | "meanwhile" => GrammarPoint::Connector,
            _ => GrammarPoint::FormalConnector,
        }
    }

    fn comparison(&self, at: usize) -> Option<(GrammarPoint, usize)> {
        let lower = self.lower(at);
        let found = match lower {
            "more" | "less" => (at + 1..at + 5).any(|at| self.lower(at) == "than"),
            "most" | "least" => at > 0 && self.is(at - 1, Classes::THE),
            _ if lower.ends_with("er") || lower == "worse" => self.lower(at + 1) == "than",
            _ if lower.ends_with("est") || lower == "worst" => {
                at > 0
                    && self.is(at - 1, Classes::THE)
                    && lower.len() > 4
                    && self.items.get(at).is_some_and(|item| item.entry.can_be(Group::Adjective))
            }
            _ => false,
        };
        found.then_some((GrammarPoint::Comparison, at))
    }

    /// "-ing" and "-ed" that head a phrase of their own.
    fn participle(&self, at: usize) -> Option<(GrammarPoint, usize)> {
        let before = at.checked_sub(1);
        if self.is_ing_verb(at) {
            return match before {
                None if self.is(at + 1, Classes::BE | Classes::MODAL) => Some((GrammarPoint::Gerund, at)),
                None if self.has_comma_within(at, 12) => Some((GrammarPoint::ParticiplePhrase, at)),
                None => Some((GrammarPoint::Gerund, at)),
                Some(before) if self.is_mark(before, b',') && self.is_word(at + 1) => {
                    Some((GrammarPoint::ParticiplePhrase, at))
                }
                Some(before) if self.is(before, Classes::PREPOSITION) => Some((GrammarPoint::Gerund, at)),
                Some(before)
                    if self.is_noun_like(before) && self.is(at + 1, Classes::DETERMINER | Classes::PREPOSITION) =>
                {
                    Some((GrammarPoint::ReducedRelative, at))
                }
                Some(_) => None,
            };
        }
        let participle = self.is(at, Classes::PARTICIPLE) || self.is_regular_past(at);
        if !participle || !self.is(at + 1, Classes::PREPOSITION) {
            return None;
        }
        match before {
            None => Some((GrammarPoint::ParticiplePhrase, at)),
            Some(before) if self.is_mark(before, b',') => Some((GrammarPoint::ParticiplePhrase, at)),
            Some(before)
                if self.is_noun_like(before) && self.is(at, Classes::PARTICIPLE) && !self.is(at, Classes::PAST) =>
            {
                Some((GrammarPoint::ReducedRelative, at))
            }
            Some(before) if self.is_noun_like(before) && self.has_verb_after(at + 1) => {
                Some((GrammarPoint::ReducedRelative, at))
            }
            Some(_) => None,
        }
    }

    fn fixed_phrase(&self, at: usize) -> Option<(GrammarPoint, usize)> {
        let next = self.lower(at + 1);
        let first = at == 0 || self.is_mark(at - 1, b',');
        match self.lower(at) {
            "not" if next == "only" => Some((GrammarPoint::NotOnly, at + 1)),
            "so" if next == "that" => Some((GrammarPoint::Purpose, at + 1)),
            "it" if self.is(at + 1, Classes::BE) => (at + 3..at + 8)
                .find(|&at| matches!(self.lower(at), "who" | "that") && self.is_noun_like(at - 1))
                .filter(|&end| (at + 2..end).any(|at| self.is(at, Classes::DETERMINER)))
                .map(|end| (GrammarPoint::Cleft, end)),
            "had" | "were" | "should" if at == 0 && self.is(1, Classes::SUBJECT) && !self.ends_with_question() => {
                Some((GrammarPoint::Inversion, 1))
            }
            _ if first && self.is(at, Classes::FRONTED_NEGATIVE) => {
                let auxiliary = Classes::BE | Classes::HAVE | Classes::DO | Classes::MODAL;
                (self.is(at + 1, auxiliary) && self.is(at + 2, Classes::SUBJECT | Classes::DETERMINER))
                    .then_some((GrammarPoint::Inversion, at + 2))
            }
            _ => None,
        }
    }

    /// Abstract nouns made from verbs and adjectives, and chains of nouns.
    fn nominal(&self, at: usize) -> Option<(GrammarPoint, usize)> {
        const ENDINGS: [&str; 8] = ["tion", "sion", "ment", "ness", "ity", "ance", "ence", "ism"];
        let item = self.items.get(at).filter(|item| item.is_content())?;
        let lower = self.analysis.lower(item);
        let singular = lower.strip_suffix('s').unwrap_or(lower);
        if lower.len() > 6 && item.level >= 2.5 && ENDINGS.iter().any(|ending| singular.ends_with(ending)) {
            return Some((GrammarPoint::Nominalisation, at));
        }
        let begins = at == 0 || !self.is_noun_like(at - 1);
        let length = (at..self.items.len().min(at + 6)).take_while(|&at| self.is_noun_like(at)).count();
        (begins && length >= 3).then(|| (GrammarPoint::NounGroup, at + length - 1))
    }

    /// A content word that is more likely a noun than anything else.
    fn is_noun_like(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|item| {
            item.is_word()
                && !item.classes.has(Classes::FUNCTION | Classes::QUANTITY)
                && (item.name || item.entry.can_be(Group::Noun))
                && !(item.entry.can_be(Group::Adjective) || item.entry.can_be(Group::Adverb))
                && !self.analysis.lower(item).ends_with("ed")
                && !item.classes.has(Classes::PAST | Classes::PARTICIPLE)
        })
    }

    fn has_comma_within(&self, at: usize, count: usize) -> bool {
        (at..at + count).any(|at| self.is_mark(at, b','))
    }

    fn has_verb_after(&self, at: usize) -> bool {
        (at..(at + 12).min(self.items.len())).any(|at| {
            self.is(at, Classes::BE | Classes::HAVE | Classes::MODAL | Classes::PAST) || self.is_regular_past(at)
        })
    }

    fn ends_with_question(&self) -> bool {
        self.items.len().checked_sub(1).is_some_and(|last| self.is_mark(last, b'?'))
    }
}
