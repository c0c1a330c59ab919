//! Points that show in a verb.

use super::{Found, Words, is_base, is_ing, is_participle};
use crate::engine::english::parse::Form;
use crate::engine::english::purpose::takes_to;
use crate::engine::english::words::is_verb;
use crate::engine::facts::Fact;

pub fn imperative(fact: &Fact) -> Option<Found> {
    let words = Words::of(fact);
    matches!(fact.form, Form::Do(_)).then_some(())?;
    is_verb(words.at(0)).then_some(())?;
    words.found(0, 0, "")
}

pub fn negative(fact: &Fact) -> Option<Found> {
    let words = Words::of(fact);
    let banned = |form: &Form| matches!(form, Form::DoNot(_));
    let bans = match &fact.form {
        Form::When { then, .. } => banned(then),
        form => banned(form),
    };
    bans.then_some(())?;
    if let Some(i) = words.run(&[&|w| w == "do", &|w| w == "not", &is_base]) {
        return words.found(i, i + 2, "do not");
    }
    let i = words.run(&[&|w| w == "never", &is_base])?;
    words.found(i, i + 1, "never")
}

pub fn routine(fact: &Fact) -> Option<Found> {
    let Form::Role { actor, predicate } = &fact.form else { return None };
    let opens = actor.split(' ').next().unwrap_or_default().to_lowercase();
    if matches!(opens.as_str(), "if" | "when" | "before" | "after" | "until" | "once") {
        return None;
    }
    Some(Found { focus: predicate.split(' ').next()?.to_owned(), cue: "" })
}

/// A duty with its verb: "must wear", "must not enter", "have to sign".
pub fn must(fact: &Fact) -> Option<Found> {
    let words = Words::of(fact);
    // "must be kept" is shown whole.
    let end = |verb: usize| if words.at(verb) == "be" && is_participle(words.at(verb + 1)) { verb + 1 } else { verb };
    if let Some(i) = words.run(&[&|w| w == "must", &|w| w == "not", &is_base]) {
        return words.found(i, end(i + 2), "must not");
    }
    if let Some(i) = words.run(&[&|w| w == "must", &is_base]) {
        return words.found(i, end(i + 1), "must");
    }
    let i = words.run(&[&|w| matches!(w, "has" | "have"), &|w| w == "to", &is_base])?;
    // "all you have to do" and "do not have to" are no duties.
    if matches!(words.before(i), "not" | "don't" | "doesn't" | "you") && words.at(i + 2) == "do"
        || words.before(i) == "not"
    {
        return None;
    }
    words.found(i, end(i + 2), if words.at(i) == "has" { "has to" } else { "have to" })
}

pub fn should(fact: &Fact) -> Option<Found> {
    let words = Words::of(fact);
    let i = words.run(&[&|w| w == "should", &is_base]).filter(|i| *i > 0);
    let j = words.run(&[&|w| w == "should", &|w| w == "not", &is_base]).filter(|i| *i > 0);
    match (i, j) {
        (Some(i), _) => words.found(i, i + 1, ""),
        (None, Some(j)) => words.found(j, j + 2, ""),
        _ => None,
    }
}

pub fn may(fact: &Fact) -> Option<Found> {
    let words = Words::of(fact);
    let negative = words.run(&[&|w| w == "may", &|w| w == "not", &is_base]);
    if let Some(i) = negative {
        return words.found(i, i + 2, "may not");
    }
    if let Some(i) = words.run(&[&|w| w == "cannot", &is_base]) {
        return words.found(i, i + 1, "cannot");
    }
    let i = words.run(&[&|w| matches!(w, "may" | "can"), &is_base]).filter(|i| *i > 0)?;
    // "The floor may be wet" is no permission: after "be" comes a participle.
    if words.at(i + 1) == "be" && !is_participle(words.at(i + 2)) {
        return None;
    }
    // "Ask whether you can help" asks, it permits nothing.
    let asks = i >= 2 && matches!(words.at(i - 2), "whether" | "if" | "so" | "that") && words.at(i) == "can";
    (!asks).then_some(())?;
    words.found(i, i + 1, if words.at(i) == "may" { "may" } else { "can" })
}

pub fn passive(fact: &Fact) -> Option<Found> {
    let words = Words::of(fact);
    let be = |w: &str| matches!(w, "is" | "are" | "was" | "were");
    let adverb = |w: &str| w == "not" || w.ends_with("ly") || matches!(w, "always" | "never" | "only" | "also");
    if let Some(i) = words.run(&[&be, &is_participle]) {
        return words.found(i, i + 1, "");
    }
    let i = words.run(&[&be, &adverb, &is_participle])?;
    words.found(i, i + 2, "")
}

pub fn modal_passive(fact: &Fact) -> Option<Found> {
    let words = Words::of(fact);
    let modal = |w: &str| matches!(w, "must" | "may" | "should" | "can" | "cannot" | "shall");
    if let Some(i) = words.run(&[&modal, &|w| w == "be", &is_participle]) {
        return words.found(i, i + 2, "");
    }
    if let Some(i) = words.run(&[&modal, &|w| matches!(w, "not" | "only" | "always"), &|w| w == "be", &is_participle]) {
        return words.found(i, i + 3, "");
    }
    let has = |w: &str| matches!(w, "has" | "have" | "needs" | "need" | "is" | "are");
    let i = words.run(&[&has, &|w| w == "to", &|w| w == "be", &is_participle])?;
    words.found(i, i + 3, "")
}

pub fn make_sure(fact: &Fact) -> Option<Found> {
    let words = Words::of(fact);
    if let Some(i) = words.run(&[&|w| w == "make", &|w| w == "sure", &|w| !w.is_empty()]) {
        return words.found(i, i + 1, "make sure");
    }
    if let Some(i) = words.run(&[&|w| w == "check", &|w| w == "that", &|w| !w.is_empty()]) {
        return words.found(i, i + 1, "check that");
    }
    let i = words.run(&[&|w| w == "ensure", &|w| !w.is_empty()])?;
    words.found(i, i, "ensure")
}

/// "to" and a verb that say why an order is given.
pub fn to_purpose(fact: &Fact) -> Option<Found> {
    const NOT_WHY: &str = "guest guests driver visitor visitors colleague colleagues need have has them him her person permission \
        allowed easy ready how able up time right want whom attempt";
    let Form::Do(_) = &fact.form else { return None };
    let words = Words::of(fact);
    let i = (2..words.len()).find(|i| {
        let before = words.before(*i);
        words.at(*i) == "to"
            && is_verb(words.at(i + 1))
            && words.joined(*i)
            && !NOT_WHY.split_whitespace().any(|w| w == before)
            && words.before(i - 1) != "in"
            && !words.slice(0, i - 1).is_some_and(|told| takes_to(&told))
            && cefr::can_be(before, cefr::PartOfSpeech::Noun)
            // "to clean water" may be a place to go to.
            && (!crate::engine::english::words::is_noun_like(words.at(i + 1)) || super::is_subject(words.at(i + 2)))
    })?;
    words.found(i, i + 1, "")
}

pub fn by_ing(fact: &Fact) -> Option<Found> {
    let words = Words::of(fact);
    let i = words.run(&[&|w| matches!(w, "by" | "without" | "for"), &is_ing])?;
    let cue = match words.at(i) {
        "by" => "by",
        "without" => "without",
        _ => "for",
    };
    // "for cleaning products" is about products.
    let noun = words.joined(i + 1) && cue == "for" && cefr::can_be(words.at(i + 2), cefr::PartOfSpeech::Noun);
    let object = super::opens_noun_phrase(words.at(i + 2)) || words.at(i + 2) == "it";
    (!noun || object).then_some(())?;
    words.found(i, i + 1, cue)
}

/// ", ensuring that", "Having closed the lid,", "when using the lift".
pub fn participle_phrase(fact: &Fact) -> Option<Found> {
    let words = Words::of(fact);
    if words.at(0) == "having" && is_participle(words.at(1)) {
        return words.found(0, 1, "");
    }
    let after_comma = (1..words.len()).find(|i| {
        is_ing(words.at(*i))
            && words.opens(*i)
            && words.joined(*i)
            && !matches!(words.at(i + 1), "and" | "or" | "must" | "should" | "is" | "are" | "may")
    });
    // "cutting, drying and packing" is a list.
    let listed = after_comma.is_some_and(|i| is_ing(words.before(i)) || is_ing(words.at(i + 1)));
    if let Some(i) = after_comma.filter(|_| !listed) {
        return words.found(i, i + 1, "");
    }
    let i = words.run(&[&|w| matches!(w, "when" | "while"), &is_ing])?;
    words.found(i, i + 1, "")
}
