//! Tense, voice and mood: patterns that begin with an auxiliary.

use super::{GrammarPoint, Hit, Scan};
use crate::classes::Classes;
use crate::table::Group;

impl Scan<'_> {
    /// An order: a base verb at the head of the sentence, or "do not" and the like before one.
    pub(super) fn imperative(&self, hits: &mut Vec<Hit>) {
        let Some(mut at) = (0..self.items.len().min(6)).find(|&at| self.is_word(at)) else {
            return;
        };
        let first = at;
        while matches!(self.lower(at), "please" | "always" | "never" | "then" | "now" | "first" | "finally" | "also")
            || self.is_mark(at, b',') && at > first
        {
            at += 1;
        }
        if matches!(self.lower(at), "do" | "don't") && (self.is(at + 1, Classes::NEGATION) || self.lower(at) == "don't")
        {
            let verb = at + 1 + usize::from(self.lower(at) == "do");
            if self.is_base_verb(self.after_adverbs(verb)) {
                hits.push(Hit { point: GrammarPoint::Imperative, first: at, last: self.after_adverbs(verb) });
            }
            return;
        }
        let next = self.after_adverbs(at + 1);
        let blocked = Classes::BE | Classes::HAVE | Classes::DO | Classes::MODAL;
        let plain = self.is_base_verb(at) && !self.lower(at).ends_with("ing") && !self.is(next, blocked);
        let object = !self.is_word(next)
            || self.is(next, Classes::FUNCTION)
            || self
                .items
                .get(next)
                .is_some_and(|item| !item.entry.can_be(Group::Verb) || item.entry.can_be(Group::Noun));
        if plain && object {
            hits.push(Hit { point: GrammarPoint::Imperative, first: at, last: at });
        }
    }

    pub(super) fn verbs_at(&self, at: usize, hits: &mut Vec<Hit>) {
        let classes = self.classes(at);
        if classes.has(Classes::MODAL) {
            self.modal(at, hits);
        } else if classes.has(Classes::BE) {
            self.be(at, hits);
        } else if classes.has(Classes::PERFECT_AUX | Classes::HAD) {
            self.have(at, hits);
        } else if self.is_past(at) {
            hits.push(Hit { point: GrammarPoint::PastSimple, first: at, last: at });
        }
        if classes.has(Classes::TO) {
            self.to_infinitive(at, hits);
        }
    }

    fn modal(&self, at: usize, hits: &mut Vec<Hit>) {
        let next = self.after_adverbs(at + 1);
        let verb = self.after_adverbs(next + 1);
        let mut push = |point, last| hits.push(Hit { point, first: at, last });
        if self.lower(next) == "have" && (self.is_participle(verb) || self.is(verb, Classes::BEEN)) {
            return push(GrammarPoint::ModalPerfect, verb);
        }
        if self.lower(next) == "be" && self.is_participle(verb) {
            return push(GrammarPoint::ModalPassive, verb);
        }
        let point = match self.lower(at) {
            "must" | "should" | "shall" | "mustn't" | "shouldn't" | "needn't" => GrammarPoint::Obligation,
            "may" | "might" | "could" | "would" | "couldn't" | "wouldn't" => GrammarPoint::WeakModal,
            _ => GrammarPoint::BasicModal,
        };
        push(point, at);
    }

    fn be(&self, at: usize, hits: &mut Vec<Hit>) {
        if at > 0 && self.lower(at - 1) == "there" {
            hits.push(Hit { point: GrammarPoint::ThereIs, first: at - 1, last: at });
        }
        let next = self.after_adverbs(at + 1);
        let mut push = |point, last| hits.push(Hit { point, first: at, last });
        if self.is(next, Classes::BEING) && self.is_participle(next + 1) {
            push(GrammarPoint::CompoundPassive, next + 1);
        } else if self.is_ing_verb(next) {
            push(GrammarPoint::Progressive, next);
        } else if self.is_participle(next) && !self.is(at, Classes::BEEN | Classes::BEING) && self.lower(at) != "be" {
            push(GrammarPoint::Passive, next);
        }
    }

    fn have(&self, at: usize, hits: &mut Vec<Hit>) {
        let next = self.after_adverbs(at + 1);
        let had = self.is(at, Classes::HAD);
        let mut push = |point, last| hits.push(Hit { point, first: at, last });
        if self.is(next, Classes::TO) && self.is_base_verb(next + 1) {
            push(GrammarPoint::Obligation, next + 1);
        } else if self.is(next, Classes::BEEN) {
            let verb = self.after_adverbs(next + 1);
            if self.is_ing_verb(verb) {
                push(GrammarPoint::PerfectProgressive, verb);
            } else if self.is_participle(verb) {
                push(GrammarPoint::CompoundPassive, verb);
            } else {
                push(if had { GrammarPoint::PastPerfect } else { GrammarPoint::PresentPerfect }, next);
            }
        } else if self.is_participle(next) {
            push(if had { GrammarPoint::PastPerfect } else { GrammarPoint::PresentPerfect }, next);
        } else if had {
            push(GrammarPoint::PastSimple, at);
        }
    }

    fn to_infinitive(&self, at: usize, hits: &mut Vec<Hit>) {
        let verb = at + 1;
        if self.is_base_verb(verb) || matches!(self.lower(verb), "be" | "have" | "do") {
            let before = at.checked_sub(1).map_or("", |before| self.lower(before));
            let (point, first) = match before {
                "order" | "as" => (GrammarPoint::Purpose, at - 1),
                "used" => (GrammarPoint::UsedTo, at - 1),
                _ => (GrammarPoint::ToInfinitive, at),
            };
            hits.push(Hit { point, first, last: verb });
        }
    }

    pub(super) fn is_base_verb(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|item| {
            let lower = self.analysis.lower(item);
            item.is_word()
                && !item.classes.has(Classes::FUNCTION)
                && item.entry.can_be(Group::Verb)
                && !lower.ends_with("ed")
                && (lower.ends_with("ss") || !lower.ends_with('s'))
        })
    }

    pub(super) fn is_participle(&self, at: usize) -> bool {
        self.is(at, Classes::PARTICIPLE) && !self.is(at, Classes::HAVE | Classes::BE) || self.is_regular_past(at)
    }

    fn is_past(&self, at: usize) -> bool {
        if at > 0 && self.is(at - 1, Classes::BE | Classes::HAVE | Classes::DETERMINER | Classes::MODAL | Classes::TO) {
            return false;
        }
        self.is(at, Classes::PAST) && !self.is_base_too(at)
            || self.is(at, Classes::WAS_WERE)
            || self.is_regular_past(at)
    }

    /// "put", "cut", "read": past and base alike, so that nothing is shown.
    fn is_base_too(&self, at: usize) -> bool {
        matches!(
            self.lower(at),
            "put"
                | "cut"
                | "read"
                | "set"
                | "let"
                | "hit"
                | "shut"
                | "split"
                | "spread"
                | "cost"
                | "hurt"
                | "burst"
                | "shed"
                | "bet"
                | "quit"
                | "upset"
                | "thrust"
                | "slit"
                | "found"
                | "left"
                | "lay"
                | "bore"
                | "wound"
        ) && !self.is(at.wrapping_sub(1), Classes::SUBJECT)
    }

    pub(super) fn is_regular_past(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|item| {
            let lower = self.analysis.lower(item);
            item.is_word()
                && lower.len() > 3
                && lower.ends_with("ed")
                && !lower.ends_with("eed")
                && !item.name
                && (item.entry.can_be(Group::Verb) || item.entry.zipf() < 3.0)
        })
    }

    pub(super) fn is_ing_verb(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|item| {
            let lower = self.analysis.lower(item);
            item.is_word()
                && lower.len() > 4
                && lower.ends_with("ing")
                && !item.name
                && !matches!(
                    lower,
                    "thing"
                        | "things"
                        | "nothing"
                        | "something"
                        | "anything"
                        | "everything"
                        | "during"
                        | "morning"
                        | "evening"
                        | "building"
                        | "ceiling"
                        | "interesting"
                        | "being"
                        | "bring"
                        | "string"
                        | "spring"
                        | "according"
                )
        })
    }
}
