//! Duty, advice, permission: how strongly a sentence speaks.

use super::span::{Part, orders, parts};
use super::token::{Kind, Token};

/// How often a text uses each strength.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Forces {
    /// "must", "have to", "is required to".
    pub duties: usize,
    /// Orders that are not negated.
    pub orders: usize,
    /// "must not", "do not", "never", "forbidden", "not allowed".
    pub bans: usize,
    pub should: usize,
    pub may: usize,
    pub might: usize,
    pub can: usize,
    /// "can" inside a case: "if it could not be done".
    pub can_in_cases: usize,
    pub avoid: usize,
    /// Sentences and parts that are a case.
    pub cases: usize,
}

impl Forces {
    pub fn of(sentences: &[Vec<Token>]) -> Self {
        let mut out = Self::default();
        for sentence in sentences {
            out.add(sentence);
        }
        out
    }

    fn add(&mut self, tokens: &[Token]) {
        let parts = parts(tokens);
        for (i, token) in tokens.iter().enumerate() {
            if parts[i] == Part::Case && (i == 0 || parts[i - 1] != Part::Case) {
                self.cases += 1;
            }
            if token.kind != Kind::Word {
                continue;
            }
            if parts[i] == Part::Case {
                self.can_in_cases += usize::from(token.is_one_of(&["can", "could"]));
                continue;
            }
            let negative = negated(tokens, i);
            match strength(tokens, i) {
                Some(Strength::Must) if negative && token.is_one_of(&["must", "shall"]) => self.bans += 1,
                Some(Strength::Must) => self.duties += 1,
                Some(Strength::Ban) => self.bans += 1,
                Some(Strength::Should) => self.should += 1,
                Some(Strength::May) if negative => self.bans += 1,
                Some(Strength::May) => self.may += 1,
                Some(Strength::Might) => self.might += 1,
                Some(Strength::Can) => self.can += 1,
                Some(Strength::Avoid) => self.avoid += 1,
                None => {}
            }
        }
        for at in orders(tokens, &parts) {
            let ban = at > 0 && tokens[..at].iter().rev().take(2).any(|t| t.is_one_of(&["not", "never"]));
            *(if ban { &mut self.bans } else { &mut self.orders }) += 1;
        }
    }

    pub fn obliges(&self) -> bool {
        self.duties + self.orders > 0
    }
}

#[derive(Clone, Copy)]
enum Strength {
    Must,
    Ban,
    Should,
    May,
    Might,
    Can,
    Avoid,
}

fn strength(tokens: &[Token], at: usize) -> Option<Strength> {
    let token = &tokens[at];
    let next_is = |words: &[&str]| tokens.get(at + 1).is_some_and(|t| t.is_one_of(words));
    let previous_is = |words: &[&str]| at > 0 && tokens[at - 1].is_one_of(words);
    Some(match token.text.as_str() {
        "must" | "shall" | "mandatory" | "obligatory" | "compulsory" => Strength::Must,
        "have" | "has" if next_is(&["to"]) => Strength::Must,
        "need" | "needs" if next_is(&["to"]) && !previous_is(&["not", "if", "the", "a"]) => Strength::Must,
        "required" if next_is(&["to"]) && previous_is(&["is", "are", "be"]) => Strength::Must,
        "forbidden" | "prohibited" | "banned" => Strength::Ban,
        "should" | "recommended" | "ought" => Strength::Should,
        "may" => Strength::May,
        "allowed" | "permitted" if next_is(&["to"]) && previous_is(&["is", "are", "be", "not"]) => Strength::May,
        "allowed" | "permitted" if previous_is(&["not"]) => Strength::Ban,
        "might" => Strength::Might,
        "can" | "could" => Strength::Can,
        "able" if next_is(&["to"]) => Strength::Can,
        "avoid" | "avoided" | "avoiding" => Strength::Avoid,
        _ => return None,
    })
}

fn negated(tokens: &[Token], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|t| t.is_one_of(&["not", "never"]))
        || at > 0 && tokens[at - 1].is("not") && !tokens[at].is_one_of(&["must", "shall"])
}

#[cfg(test)]
mod tests {
    use super::super::token::sentences;
    use super::*;

    fn of(text: &str) -> Forces {
        Forces::of(&sentences(text))
    }

    #[test]
    fn every_way_to_forbid_is_a_ban() {
        for text in [
            "Do not enter.",
            "You must not enter.",
            "You shall not enter.",
            "Never enter.",
            "Entry is forbidden.",
            "You are not allowed to enter.",
            "If it is red, do not enter.",
        ] {
            assert_eq!(of(text).bans, 1, "{text}: {:?}", of(text));
            assert_eq!(of(text).duties + of(text).orders, 0, "{text}: {:?}", of(text));
        }
    }

    #[test]
    fn a_case_is_no_duty() {
        assert_eq!(of("Do you need to move it? Move it."), Forces { orders: 1, cases: 1, ..Forces::default() });
        assert_eq!(of("Should it fall, move it."), Forces { orders: 1, cases: 1, ..Forces::default() });
        assert_eq!(of("Staff must sign the form."), Forces { duties: 1, ..Forces::default() });
        assert_eq!(of("Records are kept for 2 years."), Forces::default());
    }
}
