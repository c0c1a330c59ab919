//! Grammar points that make a sentence easier or harder, found by patterns over the tokens.
//!
//! No tagger is needed: auxiliaries, participles and closed classes carry most of it. The level of a point is the one
//! at which course books and the English Grammar Profile introduce it.

use serde::{Deserialize, Serialize};

use crate::level::Level;

mod clauses;
mod verbs;

macro_rules! points {
    ($($name:ident, $level:ident, $label:literal;)*) => {
        /// A point of grammar.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum GrammarPoint {
            $(#[doc = $label] $name,)*
        }

        impl GrammarPoint {
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The level at which learners are expected to understand it.
            pub fn level(self) -> Level {
                match self { $(Self::$name => Level::$level),* }
            }

            /// Its name in plain words.
            pub fn label(self) -> &'static str {
                match self { $(Self::$name => $label),* }
            }
        }
    };
}

points! {
    Imperative, A1, "imperative";
    ThereIs, A1, "there is / there are";
    BasicModal, A1, "can / will";
    Progressive, A2, "progressive";
    PastSimple, A2, "past simple";
    ToInfinitive, A2, "to-infinitive";
    Obligation, A2, "must / should / have to";
    Comparison, A2, "comparative or superlative";
    TimeClause, A2, "clause with because, when, before, after";
    UsedTo, B1, "used to";
    WeakModal, B1, "may / might / could / would";
    PresentPerfect, B1, "present perfect";
    Passive, B1, "passive";
    Conditional, B1, "conditional with if";
    RelativeClause, B1, "relative clause";
    ThatClause, B1, "that-clause";
    Gerund, B1, "gerund as subject or after a preposition";
    Purpose, B1, "in order to / so that";
    Connector, B1, "connector such as however or therefore";
    PastPerfect, B2, "past perfect";
    PerfectProgressive, B2, "perfect progressive";
    ModalPassive, B2, "passive after a modal";
    ModalPerfect, B2, "modal perfect";
    CompoundPassive, B2, "passive in a perfect or progressive tense";
    UnrealConditional, B2, "unreal conditional";
    Concession, B2, "clause with although, whereas, unless, whether";
    FormalRelative, B2, "relative clause with whom, whose or a preposition";
    ParticiplePhrase, B2, "participle phrase";
    ReducedRelative, B2, "participle after a noun";
    Nominalisation, B2, "nominalisation";
    NounGroup, B2, "chain of three or more nouns";
    NotOnly, C1, "not only ... but also";
    FormalConnector, C1, "formal connector such as nevertheless";
    Inversion, C1, "inversion";
    Cleft, C1, "cleft sentence";
}

/// A point of grammar and the items of the sentence that show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    pub point: GrammarPoint,
    pub first: usize,
    pub last: usize,
}

/// Finds the grammar points of an analysed sentence, in order of their first word.
pub(crate) fn find(analysis: &crate::analysis::Analysis, hits: &mut Vec<Hit>) {
    hits.clear();
    let scan = Scan { analysis, items: &analysis.items };
    scan.imperative(hits);
    for at in 0..scan.items.len() {
        scan.verbs_at(at, hits);
        scan.clauses_at(at, hits);
    }
}

/// The sentence, and questions about the word at a place in it.
struct Scan<'a> {
    analysis: &'a crate::analysis::Analysis,
    items: &'a [crate::analysis::Item],
}

impl Scan<'_> {
    fn lower(&self, at: usize) -> &str {
        self.items.get(at).map_or("", |item| self.analysis.lower(item))
    }

    fn classes(&self, at: usize) -> crate::classes::Classes {
        self.items.get(at).map_or(crate::classes::Classes::NONE, |item| item.classes)
    }

    fn is(&self, at: usize, class: crate::classes::Classes) -> bool {
        self.classes(at).has(class)
    }

    fn is_word(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(crate::analysis::Item::is_word)
    }

    fn is_mark(&self, at: usize, mark: u8) -> bool {
        self.items.get(at).is_some_and(|item| !item.is_word() && item.first == mark)
    }

    fn is_content(&self, at: usize) -> bool {
        self.is_word(at) && !self.is(at, crate::classes::Classes::FUNCTION)
    }

    /// The next place at or after `at` that holds no adverb and no "not"; looks past three of them at most.
    fn after_adverbs(&self, at: usize) -> usize {
        (at..at + 3)
            .find(|&at| !(self.is(at, crate::classes::Classes::NOT) || self.lower(at).ends_with("ly")))
            .unwrap_or(at + 3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analysis;
    use crate::exempt::Exempt;

    fn points(text: &str) -> Vec<GrammarPoint> {
        let mut analysis = Analysis::default();
        analysis.fill(text, &Exempt::none());
        let mut hits = Vec::new();
        find(&analysis, &mut hits);
        hits.into_iter().map(|hit| hit.point).collect()
    }

    #[test]
    fn each_point_is_found_where_a_teacher_would_see_it() {
        use GrammarPoint::*;
        let cases = [
            ("Wash your hands.", Imperative),
            ("Do not touch the blade.", Imperative),
            ("There is a fire door.", ThereIs),
            ("She can open it.", BasicModal),
            ("They are cleaning the floor.", Progressive),
            ("He opened the box.", PastSimple),
            ("She went home.", PastSimple),
            ("I want to leave.", ToInfinitive),
            ("You must wear gloves.", Obligation),
            ("You have to wear gloves.", Obligation),
            ("This one is bigger than that one.", Comparison),
            ("Stop the machine when the light is red.", TimeClause),
            ("We used to clean it by hand.", UsedTo),
            ("It might rain.", WeakModal),
            ("She has already finished.", PresentPerfect),
            ("The floor is cleaned every day.", Passive),
            ("If the alarm rings, leave.", Conditional),
            ("Call the person who found it.", RelativeClause),
            ("He said that it was late.", ThatClause),
            ("Cleaning is important.", Gerund),
            ("Do it without touching the lid.", Gerund),
            ("Label it in order to find it again.", Purpose),
            ("However, it was late.", Connector),
            ("They had left.", PastPerfect),
            ("We have been waiting.", PerfectProgressive),
            ("Gloves must be worn.", ModalPassive),
            ("He should have called.", ModalPerfect),
            ("The door has been locked.", CompoundPassive),
            ("If I had time, I would help.", UnrealConditional),
            ("Although it rained, we went out.", Concession),
            ("The tank from which it comes is full.", FormalRelative),
            ("He left, closing the door.", ParticiplePhrase),
            ("Use the samples taken from the tank.", ReducedRelative),
            ("The contamination was bad.", Nominalisation),
            ("Not only is it dirty, but it also smells.", NotOnly),
            ("Nevertheless, it works.", FormalConnector),
            ("Never have I seen such dirt.", Inversion),
            ("It was the cook who closed it.", Cleft),
        ];
        for (text, point) in cases {
            assert!(points(text).contains(&point), "{text} {:?}", points(text));
        }
    }

    #[test]
    fn plain_sentences_have_no_hard_points() {
        for text in ["I have a dog.", "The cat is black.", "My name is Tom.", "This bag is heavy."] {
            assert!(points(text).iter().all(|point| point.level() <= Level::A2), "{text} {:?}", points(text));
        }
    }
}
