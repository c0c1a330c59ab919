//! Points that show in how two clauses go together.

use super::{Found, Words, is_base, is_ing, is_participle, is_subject, opens_noun_phrase};
use crate::engine::english::parse::Form;
use crate::engine::english::words::{
    base_of_third_person, is_finite, is_function, is_noun_like, is_verb, names_people,
};
use crate::engine::facts::Fact;

/// Longer conditions are no examples.
const LONGEST: usize = 12;
/// Words from "before" to its verb; beyond, the word alone is shown.
const LONGEST_CLAUSE: usize = 6;

pub fn if_imperative(fact: &Fact) -> Option<Found> {
    let Form::When { joiner: "if", condition, then } = &fact.form else { return None };
    matches!(then.as_ref(), Form::Do(_) | Form::DoNot(_)).then_some(())?;
    let whole = ["If ", "if "].iter().map(|i| format!("{i}{condition}")).find(|t| fact.text.contains(t.as_str()))?;
    (whole.split(' ').count() <= LONGEST).then_some(Found { focus: whole, cue: "" })
}

/// "If it is cold, the door sticks": no order and no modal verb in either part.
pub fn zero_conditional(fact: &Fact) -> Option<Found> {
    let rest = fact.text.strip_prefix("If ")?;
    let (condition, main) = rest.split_once(", ")?;
    let words: Vec<String> = main.split(' ').map(str::to_lowercase).collect();
    let modal = ["must", "should", "may", "can", "will", "shall", "cannot", "please", "do", "has to", "have to"];
    let padded = format!(" {main} ").to_lowercase();
    let stated = words.first().is_some_and(|w| is_subject(w))
        && words.iter().skip(1).take(6).any(|w| {
            matches!(w.as_str(), "is" | "are" | "has" | "have")
                || base_of_third_person(w).is_some_and(|base| !is_noun_like(&base))
        });
    let plain = !modal.iter().any(|m| padded.contains(&format!(" {m} ")));
    let focus = format!("If {condition}");
    (stated && plain && focus.split(' ').count() <= LONGEST && !focus.contains(',')).then_some(Found { focus, cue: "" })
}

pub fn if_will(fact: &Fact) -> Option<Found> {
    let words = Words::of(fact);
    let at = words.run(&[&|w| w == "if"])?;
    let i =
        words.run(&[&|w| w == "will", &|w| is_base(w) || w == "not" || cefr::can_be(w, cefr::PartOfSpeech::Verb)])?;
    // The condition must not be the part that has "will".
    let comma = fact.text.find(", ")?;
    let own = words.list.get(i)?.0.start;
    let fits = if at == 0 { own > comma } else { words.list.get(at)?.0.start > own };
    fits.then_some(())?;
    words.found(i, i + 1, "")
}

pub fn unless(fact: &Fact) -> Option<Found> {
    let words = Words::of(fact);
    let i = words.run(&[&|w| w == "unless", &|w| !w.is_empty()])?;
    words.found(i, i, "")
}

pub fn in_case(fact: &Fact) -> Option<Found> {
    let words = Words::of(fact);
    let i = words.run(&[&|w| w == "in", &|w| w == "case", &is_subject])?;
    words.found(i, i + 1, "")
}

pub fn so_that(fact: &Fact) -> Option<Found> {
    let words = Words::of(fact);
    if let Some(i) = words.run(&[&|w| w == "so", &|w| w == "that", &|w| !w.is_empty()]) {
        return words.found(i, i + 1, "so that");
    }
    let i = words.run(&[&|w| w == "in", &|w| w == "order", &|w| w == "to", &is_base])?;
    words.found(i, i + 2, "in order to")
}

pub fn before_after(fact: &Fact) -> Option<Found> {
    let words = Words::of(fact);
    let cue = |w: &str| matches!(w, "before" | "after");
    let phrase = words.run(&[&cue, &is_ing]).map(|i| (i, i + 1));
    let (i, end) = phrase.or_else(|| clause(&words, &cue))?;
    words.found(i, end, if words.at(i) == "before" { "before" } else { "after" })
}

pub fn when_until(fact: &Fact) -> Option<Found> {
    let words = Words::of(fact);
    if let Some(i) = words.run(&[&|w| w == "as", &|w| w == "soon", &|w| w == "as", &is_subject]) {
        return words.found(i, i + 3, "as soon as");
    }
    let (i, end) = clause(&words, &|w| matches!(w, "when" | "until" | "once" | "while"))?;
    let cue = match words.at(i) {
        "when" => "when",
        "until" => "until",
        "once" => "once",
        _ => "while",
    };
    words.found(i, end, cue)
}

/// "After closing the lid", "once you have closed the lid", "having closed the lid": two steps in one sentence.
pub fn joined_steps(fact: &Fact) -> Option<Found> {
    let words = Words::of(fact);
    if words.at(0) == "having" && is_participle(words.at(1)) {
        return words.found(0, 1, "having");
    }
    let once = |w: &str| matches!(w, "once" | "when");
    if let Some(i) = words.run(&[&once, &|w| w == "you", &|w| w == "have", &is_participle]) {
        return words.found(i, i + 3, if words.at(i) == "once" { "once" } else { "when" });
    }
    let i = words.run(&[&|w| matches!(w, "before" | "after"), &is_ing])?;
    words.found(i, i + 1, if words.at(i) == "before" { "before" } else { "after" })
}

/// The word with a subject and a verb behind it, to the verb: "before you start", "until the light is green"; not "before the
/// break".
fn clause(words: &Words<'_>, cue: &dyn Fn(&str) -> bool) -> Option<(usize, usize)> {
    (0..words.len()).filter(|i| cue(words.at(*i))).find_map(|i| {
        let next = words.at(i + 1);
        let named = matches!(next, "you" | "they" | "it" | "he" | "she" | "we" | "nobody" | "somebody" | "someone");
        let verb = (i + 2..i + 8).take_while(|k| *k < i + 3 || words.joined(*k - 1)).find(|k| {
            let word = words.at(*k);
            is_finite(word) || base_of_third_person(word).is_some_and(|b| !is_noun_like(&b))
        });
        let end = match verb {
            Some(k) if named || opens_noun_phrase(next) => k,
            _ if named => i + 2,
            _ => return None,
        };
        let whole = if is_finite(words.at(end)) && is_participle(words.at(end + 1)) { end + 1 } else { end };
        Some((i, if whole - i <= LONGEST_CLAUSE && !words.at(whole).is_empty() { whole } else { i }))
    })
}

pub fn short_condition(fact: &Fact) -> Option<Found> {
    let words = Words::of(fact);
    let cue = |w: &str| matches!(w, "if" | "where" | "when" | "as" | "unless" | "until" | "once");
    let short =
        |w: &str| is_participle(w) || matches!(w, "necessary" | "possible" | "applicable" | "appropriate" | "unsure");
    let i = words.run(&[&cue, &short])?;
    // "as described in" points elsewhere, "as follows" is none.
    (words.at(i) != "as" || matches!(words.at(i + 1), "required" | "needed" | "necessary" | "appropriate"))
        .then_some(())?;
    words.found(i, i + 1, "")
}

/// "Should the reading be high, ..."
pub fn inversion(fact: &Fact) -> Option<Found> {
    let words = Words::of(fact);
    let opens = words.at(0) == "should" && is_subject(words.at(1)) && fact.text.contains(", ");
    let be = (2..8).find(|i| is_base(words.at(*i))).filter(|_| opens)?;
    words.found(0, be, "")
}

/// Verbs that a "that" follows which tells what is said or seen.
const REPORT: &str =
    "say show tell mean state know think see note check ensure confirm report explain agree indicate require";

/// A noun, its "who", "which" or "that", and the verb.
pub fn relative(fact: &Fact) -> Option<Found> {
    let words = Words::of(fact);
    let i = (1..words.len()).find(|i| {
        let (noun, joint, next) = (words.before(*i), words.at(*i), words.at(i + 1));
        // "if somebody says that it is open" reports, it tells no thing apart.
        let said = base_of_third_person(noun).is_some_and(|b| REPORT.split(' ').any(|verb| verb == b));
        let reports = said || is_verb(noun) && !opens_noun_phrase(words.before(i - 1));
        let after = is_finite(next)
            || is_subject(next)
            || is_verb(next)
            || is_participle(next)
            || base_of_third_person(next).is_some()
            || matches!(next, "guests" | "staff" | "people" | "do" | "does");
        matches!(joint, "who" | "which" | "that")
            && cefr::can_be(&cefr::lemma(noun), cefr::PartOfSpeech::Noun)
            && noun.len() > 2
            && !is_function(noun)
            && !matches!(
                noun,
                "so" | "sure" | "ensure" | "check" | "case" | "provided" | "means" | "mean" | "fact" | "such" | "note"
            )
            && !reports
            && after
            && (joint != "who" || names_people(noun) || matches!(noun, "those" | "person" | "anyone"))
    })?;
    let cue = match words.at(i) {
        "who" => "who",
        "which" => "which",
        _ => "that",
    };
    words.found(i - 1, i, cue)
}

/// "waste contaminated with blood": a noun, a participle, and what belongs to it; the clause has another verb.
pub fn ed_clause(fact: &Fact) -> Option<Found> {
    use cefr::PartOfSpeech::{Adjective, Noun, Verb};
    let words = Words::of(fact);
    let tail = |w: &str| {
        matches!(
            w,
            "by" | "with"
                | "in"
                | "for"
                | "from"
                | "on"
                | "at"
                | "as"
                | "during"
                | "under"
                | "behind"
                | "after"
                | "to"
                | "within"
        )
    };
    let i = (1..words.len()).find(|i| {
        let noun = words.before(*i);
        let lemma = cefr::lemma(noun);
        let plain =
            cefr::can_be(&lemma, Noun) && !cefr::can_be(noun, Adjective) && noun.len() > 2 && !is_participle(noun);
        let led = *i == 1
            || (opens_noun_phrase(words.before(i - 1))
                || noun.ends_with('s')
                || cefr::can_be(words.before(i - 1), Adjective));
        let other_verb = words.list.iter().enumerate().any(|(k, (_, w))| {
            k != *i && (is_finite(w) || k == 0 && is_verb(w) && matches!(fact.form, Form::Do(_) | Form::DoNot(_)))
        });
        plain
            && led
            && !(cefr::can_be(noun, Verb) && is_subject(words.before(i - 1)) && !opens_noun_phrase(words.before(i - 1)))
            && words.joined(i - 1)
            && words.joined(*i)
            && (is_participle(words.at(*i)) || words.at(*i) == "left")
            && tail(words.at(i + 1))
            && other_verb
            && !matches!(words.at(*i), "put" | "read" | "set" | "cut" | "split" | "spread")
    })?;
    words.found(i - 1, i, "")
}
