//! Sentences that state something: who acts, what they do, and with what.

use std::ops::Range;

use super::{
    Tag, Token,
    deed::{Deed, acted_on, bytes, command, is_negation, phrase, verb_group},
    nouns, particles, tokens,
};
use crate::pipeline::words::{is_role, is_verb};

/// Words behind which another verb stands: "is required to wear".
const LEADS_TO: &[&str] = &[
    "need",
    "needs",
    "has",
    "have",
    "ought",
    "required",
    "allowed",
    "permitted",
    "entitled",
    "able",
    "expected",
    "obliged",
    "encouraged",
    "advised",
    "supposed",
    "meant",
    "recommended",
    "free",
    "likely",
    "authorised",
    "authorized",
    "unable",
    "going",
    "used",
    "trained",
];

/// Of a sentence that states something: "The cook must wash …", "… must be read by all staff", "The host brings …".
pub fn of(sentence: &str) -> Deed {
    let words = tokens(sentence, None);
    let start = after_label(&words).unwrap_or_else(|| after_front(&words));
    // "Never leave …", "To make sure that …"
    let told = words
        .get(start)
        .is_some_and(|t| matches!(t.tag, Tag::Not | Tag::To) || t.tag == Tag::Do && is_negation(&words, start));
    if told {
        return command(&words, start + usize::from(words[start].tag == Tag::To));
    }
    if let Some(deed) = impersonal(&words, start) {
        return deed;
    }
    let Some(verb) = finite(&words, start) else { return fragment(&words) };
    predicate(&words, start, verb)
}

/// "Store: vaccines must be put …": a name before the sentence.
fn after_label(words: &[Token<'_>]) -> Option<usize> {
    let colon = words.iter().take(6).position(|t| t.text == ":")?;
    finite(words, colon + 1).filter(|_| finite(words, 0).is_none()).map(|_| colon + 1)
}

/// Where the main clause begins: behind "If …," and "After the cycle,".
fn after_front(words: &[Token<'_>]) -> usize {
    let fronted = words.first().is_some_and(|t| {
        matches!(t.tag, Tag::Subordinator | Tag::Preposition | Tag::To | Tag::Gerund | Tag::Adverb | Tag::Modal)
    });
    if !fronted {
        return 0;
    }
    let begins = |at: &usize| {
        let after = &words[*at + 1..];
        nouns::simple(after, 0).is_some_and(|end| finite(after, 0).is_some_and(|verb| verb >= end))
    };
    let comma = (1..words.len()).filter(|at| words[*at].tag == Tag::Comma).find(begins);
    let only_adverb = words[0].tag == Tag::Adverb && !modifies(words, 0);
    comma.map_or(usize::from(only_adverb), |at| at + 1)
}

/// "It is important to …", "It is recommended that you …"
fn impersonal(words: &[Token<'_>], start: usize) -> Option<Deed> {
    let opening = words.get(start..start + 2)?;
    let named = opening[0].lower == "it" && opening[1].tag == Tag::Be || opening[0].lower == "it's";
    let from = start + 1 + usize::from(opening[0].lower == "it");
    if !named {
        return None;
    }
    let at = (from..words.len().min(from + 4)).find(|at| matches!(words[*at].tag, Tag::To | Tag::Relative))?;
    if words[at].tag == Tag::To {
        return Some(command(words, at + 1));
    }
    let verb = finite(words, at + 1)?;
    Some(predicate(words, at + 1, verb))
}

/// The first verb of the main clause: one verb belongs to each "that" and "who" before it, where it has more than one.
fn finite(words: &[Token<'_>], start: usize) -> Option<usize> {
    let (mut relatives, mut at, mut last, mut behind) = (0, start, None, start);
    while let Some(token) = words.get(at) {
        match token.tag {
            Tag::Open => at += words[at..].iter().position(|t| t.tag == Tag::Close).unwrap_or(0),
            Tag::Stop | Tag::Subordinator => return last,
            Tag::Relative => {
                relatives += 1;
                behind = at + 1;
            }
            Tag::Modal | Tag::Be | Tag::Have | Tag::Do | Tag::Verb if at > start || token.tag != Tag::Verb => {
                let next = group_end(words, at);
                if relatives == 0 {
                    return Some(at);
                }
                relatives -= 1;
                // "Items that guests leave behind must be kept": one verb was not seen as such.
                let unseen = |t: &Token<'_>| is_verb(&t.lower) || particles::base_of_s(&t.lower).is_some();
                last = words[behind..at].iter().any(unseen).then_some(at);
                at = next;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    last
}

/// Where one group of verbs ends: "has been frozen | cannot".
fn group_end(words: &[Token<'_>], from: usize) -> usize {
    let main = (from..words.len())
        .find(|at| !matches!(words[*at].tag, Tag::Modal | Tag::Be | Tag::Have | Tag::Do | Tag::Not | Tag::Adverb))
        .unwrap_or(words.len());
    main + usize::from(words.get(main).is_some_and(|t| matches!(t.tag, Tag::Verb | Tag::Past)))
}

fn predicate(words: &[Token<'_>], start: usize, verb: usize) -> Deed {
    let subject = subject(words, start, verb);
    let mut be = false;
    let mut at = verb;
    while let Some(token) = words.get(at) {
        let leads = LEADS_TO.contains(&token.lower.as_str()) && words.get(at + 1).is_some_and(|t| t.tag == Tag::To);
        match token.tag {
            _ if leads => {
                be = false;
                at += 1;
            }
            Tag::Be => be = true,
            Tag::Modal | Tag::Not | Tag::Have | Tag::Adverb => {}
            Tag::Do if words.get(at + 1).is_some_and(|n| matches!(n.tag, Tag::Not | Tag::Verb | Tag::Noun)) => {}
            _ => break,
        }
        at += 1;
    }
    let Some(token) = words.get(at) else { return be_deed(words, subject, None) };
    if be && token.tag == Tag::To {
        return predicate_of(words, subject, at + 1);
    }
    if be && token.lower == "responsible" && words.get(at + 1).is_some_and(|n| n.lower == "for") {
        return responsible(words, subject, at + 2);
    }
    if be && (token.tag == Tag::Past || token.lower.ends_with("ed") || particles::base_of_past(&token.lower).is_some())
    {
        return passive(words, subject, at);
    }
    if be && token.tag != Tag::Gerund {
        return be_deed(words, subject, Some(at));
    }
    let main = if token.tag == Tag::Noun && !is_verb(&token.lower) && at > verb && words[at - 1].tag == Tag::Have {
        at - 1
    } else {
        at
    };
    active(words, subject, main)
}

/// "is to be worn": behind "to".
fn predicate_of(words: &[Token<'_>], subject: Option<Range<usize>>, at: usize) -> Deed {
    if words.get(at).is_some_and(|t| t.tag == Tag::Be) && words.get(at + 1).is_some() {
        passive(words, subject, at + 1)
    } else {
        active(words, subject, at)
    }
}

fn passive(words: &[Token<'_>], subject: Option<Range<usize>>, at: usize) -> Deed {
    let base = particles::base(&words[at].lower);
    let particle = words.get(at + 1).is_some_and(|n| !matches!(n.lower.as_str(), "in" | "on" | "over"));
    let (action, from) = if particle { verb_group(words, at, &base) } else { (base, at + 1) };
    let end = words[from..]
        .iter()
        .position(|t| matches!(t.tag, Tag::Stop | Tag::Subordinator))
        .map_or(words.len(), |n| from + n);
    let by = (from..end).find(|at| words[*at].lower == "by" && is_agent(words, *at + 1));
    let actor = by.and_then(|at| nouns::whole(words, at + 1).map(|end| bytes(words, at + 1..end)));
    Deed { actor, action: Some(action), object: subject.map(|s| bytes(words, s)) }
}

/// "by the manager", and not "by email" or "by Friday".
fn is_agent(words: &[Token<'_>], at: usize) -> bool {
    let Some(end) = nouns::simple(words, at) else { return false };
    let head = &words[end - 1];
    let dated = head.lower.ends_with("day")
        || matches!(
            head.lower.as_str(),
            "end" | "week" | "month" | "hand" | "email" | "phone" | "post" | "law" | "time"
        );
    !dated
        && words[at].tag != Tag::Gerund
        && words[at].tag != Tag::Number
        && (words[at].tag == Tag::Determiner
            || is_role(&head.lower)
            || head.text.starts_with(char::is_uppercase)
            || head.lower.ends_with('s'))
}

fn active(words: &[Token<'_>], subject: Option<Range<usize>>, at: usize) -> Deed {
    let Some(token) = words.get(at) else { return Deed::default() };
    let base = match token.tag {
        Tag::Gerund | Tag::Past => particles::base(&token.lower),
        _ => {
            particles::base_of_s(&token.lower).filter(|_| token.tag == Tag::Verb).unwrap_or_else(|| token.lower.clone())
        }
    };
    let base = if token.tag == Tag::Gerund { cefr::lemma(&token.lower) } else { base };
    let base = if token.tag == Tag::Have { "have".to_owned() } else { base };
    let (action, from) = verb_group(words, at, &base);
    let (action, object) = acted_on(words, action, from);
    Deed { actor: subject.map(|s| bytes(words, s)), action: Some(action), object }
}

fn responsible(words: &[Token<'_>], subject: Option<Range<usize>>, at: usize) -> Deed {
    if words.get(at).is_some_and(|t| t.tag == Tag::Gerund) {
        return active(words, subject, at);
    }
    Deed { actor: subject.map(|s| bytes(words, s)), action: Some("be".to_owned()), object: phrase(words, at) }
}

/// "This is a draft", "There are two ways", "The code is available".
fn be_deed(words: &[Token<'_>], subject: Option<Range<usize>>, at: Option<usize>) -> Deed {
    let what = at.filter(|at| matches!(words[*at].tag, Tag::Determiner | Tag::Number | Tag::Noun | Tag::Pronoun));
    let object = what.and_then(|at| phrase(words, at));
    let person = subject.clone().filter(|s| object.is_none() && is_role(words[s.end - 1].text));
    let actor = person.map(|s| bytes(words, s));
    let object = object.or_else(|| subject.filter(|_| actor.is_none()).map(|s| bytes(words, s)));
    Deed { actor, action: Some("be".to_owned()), object }
}

/// "Properly submitted claims": the adverb belongs to the name.
fn modifies(words: &[Token<'_>], at: usize) -> bool {
    words[at].lower.ends_with("ly") && words.get(at + 1).is_some_and(|n| matches!(n.tag, Tag::Adjective | Tag::Past))
}

/// The words before the verb, without "Only" and adverbs.
fn subject(words: &[Token<'_>], start: usize, verb: usize) -> Option<Range<usize>> {
    let mut from = start;
    while from < verb
        && matches!(words[from].tag, Tag::Adverb | Tag::Comma | Tag::And | Tag::Subordinator)
        && !modifies(words, from)
    {
        from += 1;
    }
    let mut to = verb;
    while to > from && matches!(words[to - 1].tag, Tag::Adverb | Tag::Comma) {
        to -= 1;
    }
    let there = words.get(from).is_some_and(|t| t.lower == "there");
    (from < to && to - from <= 16 && !there).then_some(from..to)
}

/// "Dairy products", "Leftovers (sealed), max 48 hours": a name without a verb.
fn fragment(words: &[Token<'_>]) -> Deed {
    let named = words.first().is_some_and(|t| t.tag != Tag::Preposition);
    let labelled = words.iter().take(7).position(|t| t.text == ":");
    let from = usize::from(words.first().is_some_and(|t| t.lower == "no"));
    let Some(end) = nouns::whole(words, from).filter(|_| named) else { return Deed::default() };
    let action = words.get(end).filter(|t| t.tag == Tag::Past).map(|t| particles::base(&t.lower));
    // "App used: Orders": what is named behind the colon.
    if action.is_some() && labelled == Some(end + 1) {
        return Deed { action, object: phrase(words, end + 2), actor: None };
    }
    let object = labelled.is_none_or(|colon| end == colon).then(|| bytes(words, from..end));
    Deed { action, object, actor: None }
}

#[cfg(test)]
mod tests {
    fn of(sentence: &str) -> (Option<&str>, Option<String>, Option<&str>) {
        let deed = super::of(sentence);
        (deed.actor.map(|r| &sentence[r]), deed.action, deed.object.map(|r| &sentence[r]))
    }

    #[test]
    fn statements_name_who_acts() {
        for (sentence, actor, action, object) in [
            ("The host registers the visitor in the system.", Some("The host"), "register", Some("the visitor")),
            ("Completed forms are filed by the clerk on duty.", Some("the clerk"), "file", Some("Completed forms")),
            (
                "If a receipt is lost, the employee must complete a form.",
                Some("the employee"),
                "complete",
                Some("a form"),
            ),
            ("The porter is responsible for emptying the bins.", Some("The porter"), "empty", Some("the bins")),
            ("It is important to close the valve.", None, "close", Some("the valve")),
            (
                "Items that guests leave behind must be recorded.",
                None,
                "record",
                Some("Items that guests leave behind"),
            ),
            ("Managers approve or reject claims within five days.", Some("Managers"), "approve", Some("claims")),
            ("Badges are to be worn visibly.", None, "wear", Some("Badges")),
        ] {
            assert_eq!(of(sentence), (actor, Some(action.to_owned()), object), "{sentence}");
        }
    }
}
