//! X2: the verb is missing, its base form is given. The key is the form that stands in the SOP.

use std::collections::BTreeMap;
use std::ops::Range;

use course_format::course::{Answer, GapPiece, ItemBody};

use super::spec;
use crate::engine::english::forms::gerund;
use crate::engine::english::parse::Form;
use crate::engine::english::text::placed_words;
use crate::engine::english::words::{base_of_participle, base_of_third_person, is_noun_like, is_verb};
use crate::engine::forge::lines::Line;
use crate::engine::forge::{Bench, Made};

/// A verb form, where it stands, and what the learner is told.
struct Cut {
    frame: &'static str,
    span: Range<usize>,
    base: String,
    why: &'static str,
}

/// Every form of a verb that the sentence shows.
pub fn make(bench: &Bench<'_>, line: &Line) -> Vec<Made> {
    if !line.model {
        return Vec::new();
    }
    let words = placed_words(&line.text);
    [participle(&words), ing(&words), third_person(line, &words), present(&words)]
        .into_iter()
        .flatten()
        .filter(|cut| line.text.matches(&line.text[cut.span.clone()]).count() == 1)
        .map(|cut| item(bench, line, &cut))
        .collect()
}

type Words = [(Range<usize>, String)];

/// "is locked", "must be kept", "waste mixed with water"
fn participle(words: &Words) -> Option<Cut> {
    let be = |w: &str| matches!(w, "is" | "are" | "was" | "were" | "be");
    let adverb = |w: &str| w == "not" || w.ends_with("ly") || matches!(w, "always" | "never" | "only");
    let (i, after_be) = (1..words.len()).find_map(|i| {
        let before = words[i - 1].1.as_str();
        let passive = be(before) || adverb(before) && i >= 2 && be(&words[i - 2].1);
        let tail = words
            .get(i + 1)
            .is_some_and(|(_, w)| matches!(w.as_str(), "by" | "with" | "in" | "for" | "from" | "behind"));
        let shortened = tail && cefr::can_be(&cefr::lemma(before), cefr::PartOfSpeech::Noun) && !is_verb(before);
        let word = words[i].1.as_str();
        let base = base_of_participle(word)?;
        let sure = cefr::inflect(&base, cefr::Form::PastParticiple) == word && !word.ends_with("ing");
        (sure && (passive || shortened)).then_some((i, passive))
    })?;
    let why = if after_be {
        "“Be” and the past participle: the thing comes first, not the person."
    } else {
        "The past participle after a noun stands for “that is” or “that are” and the participle."
    };
    Some(Cut { frame: "form-participle", span: words[i].0.clone(), base: base_of_participle(&words[i].1)?, why })
}

/// "before closing", "by pressing"
fn ing(words: &Words) -> Option<Cut> {
    let i = (1..words.len()).find(|i| {
        let (before, word) = (words[i - 1].1.as_str(), words[*i].1.as_str());
        let base = cefr::lemma(word);
        matches!(before, "before" | "after" | "by" | "without" | "for" | "when" | "while")
            && is_verb(&base)
            && gerund(&base) == *word
    })?;
    let why = "After a preposition and in short clauses the verb ends in -ing.";
    Some(Cut { frame: "form-ing", span: words[i].0.clone(), base: cefr::lemma(&words[i].1), why })
}

/// "The porter opens the gate."
fn third_person(line: &Line, words: &Words) -> Option<Cut> {
    let Form::Role { actor, predicate } = &line.form else { return None };
    let verb = predicate.split(' ').next()?;
    let base = base_of_third_person(verb)?;
    let at = actor.split(' ').count();
    let (span, _) = words.get(at).filter(|(_, w)| w == verb)?;
    let why = "One person does it: the verb needs an -s.";
    Some(Cut { frame: "form-third-person", span: span.clone(), base, why })
}

/// "until the lid clicks": the present after a word of time or condition.
fn present(words: &Words) -> Option<Cut> {
    let cue = |w: &str| matches!(w, "until" | "when" | "once" | "if" | "unless" | "that" | "case");
    let at = words.iter().position(|(_, w)| cue(w))?;
    let i = (at + 2..(at + 6).min(words.len())).find(|i| {
        let base = base_of_third_person(&words[*i].1);
        base.is_some_and(|b| !is_noun_like(&b) && cefr::inflect(&b, cefr::Form::ThirdPerson) == words[*i].1)
    })?;
    // "when you open the bags": the subject takes no -s.
    let plural = words[at + 1..i].iter().any(|(_, w)| matches!(w.as_str(), "you" | "they" | "we" | "and"));
    (!plural).then_some(())?;
    let why = "After these words the present is used, and one person or thing takes -s.";
    Some(Cut { frame: "form-present", span: words[i].0.clone(), base: base_of_third_person(&words[i].1)?, why })
}

fn item(bench: &Bench<'_>, line: &Line, cut: &Cut) -> Made {
    let Cut { frame, span, base, why } = cut;
    let answer = line.text[span.clone()].to_owned();
    let stems = vec![
        format!("Write “{base}” in the right form."),
        format!("Which form of “{base}” belongs in the gap?"),
        format!("Complete the sentence with the right form of “{base}”."),
        format!("A new colleague wants to use “{base}” here. Write the right form."),
    ];
    let spec = spec(bench, line, frame, answer.to_lowercase(), stems, (*why).to_owned());
    let mut pieces = Vec::new();
    if span.start > 0 {
        pieces.push(GapPiece::Text { text: line.text[..span.start].to_owned() });
    }
    pieces.push(GapPiece::Gap { id: "g1".to_owned(), hint: Some(base.clone()) });
    if span.end < line.text.len() {
        pieces.push(GapPiece::Text { text: line.text[span.end..].to_owned() });
    }
    let accepted = BTreeMap::from([("g1".to_owned(), vec![answer])]);
    spec.finish(bench, ItemBody::Gap { pieces }, Answer::Gap { accepted }, 1)
}
