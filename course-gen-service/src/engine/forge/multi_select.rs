//! Several options are right, and the stem says how many.

use course_format::Level;
use course_format::course::{Answer, ItemBody, Relation};

use super::build::{Spec, Wrong, by_length, choices, distinct, id_of, shuffled};
use super::single_choice;
use super::stock::near;
use super::{Bench, Made};
use crate::engine::english::parse::Form;
use crate::engine::english::question::you;
use crate::engine::english::text::{capitalise, number_word, overlap, sentence, stems, word_count};
use crate::engine::english::words::{is_finite, is_function, is_verb};
use crate::engine::facts;
use crate::engine::library::{ClauseRef, Polarity};

/// Every multi-select item of the lesson; none below B1, where the task itself is too hard.
pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    if bench.level < Level::B1 {
        return Vec::new();
    }
    let mut out = enumerations(bench);
    out.extend(forbidden(bench));
    out.extend(allowed(bench));
    out
}

fn item(bench: &Bench<'_>, mut spec: Spec, right: &[String], wrong: &[Wrong]) -> Made {
    let id = spec.id(bench);
    spec.reasons.extend(wrong.iter().map(Wrong::reason));
    let options = choices(&shuffled(id, right.iter().cloned().chain(wrong.iter().map(|w| w.text.clone()))));
    let mut keys: Vec<String> = right.iter().map(|r| id_of(&options, r)).collect();
    keys.sort();
    let select = u32::try_from(right.len()).unwrap_or(1);
    spec.finish(bench, ItemBody::MultiSelect { options, select }, Answer::MultiSelect { choices: keys }, select)
}

/// A list inside an order: "label every container with A, B and C".
#[derive(Clone, Debug)]
pub struct Enumeration {
    pub at: ClauseRef,
    pub source: String,
    /// "label every container with", or only the verb.
    pub head: String,
    pub parts: Vec<String>,
}

fn enumerations(bench: &Bench<'_>) -> Vec<Made> {
    let all = bench.stock.enumerations.as_slice();
    let mut out = Vec::new();
    for own in all.iter().filter(|e| {
        bench.holds(e.at) && bench.library.clause(e.at).slots.actor.as_ref().is_none_or(|a| a.span.is_some())
    }) {
        let verb = own.head.split(' ').next().unwrap_or_default();
        let mut sentence_stems = stems(&bench.library.clause(own.at).text);
        // What the same verb takes elsewhere is right as well.
        for same in
            near(&bench.stock.actions, own.at, |a| a.at, 120).iter().filter(|a| a.phrase.split(' ').any(|w| w == verb))
        {
            sentence_stems.extend(stems(&same.phrase));
        }
        let determined = has_determiner(&own.parts[0]);
        let pool: Vec<Wrong> = near(all, own.at, |o| o.at, 40)
            .iter()
            .filter(|o| o.at != own.at && o.at.document == own.at.document)
            .flat_map(|o| o.parts.iter().map(|p| Wrong::new(p.clone(), o.at, o.source.clone())))
            .chain(objects(bench, own.at))
            .filter(|w| has_determiner(&w.text) == determined && overlap(&stems(&w.text), &sentence_stems) == 0.0)
            .map(|w| Wrong { text: capitalise(&w.text), ..w })
            .collect();
        let right: Vec<String> = own.parts.iter().map(|p| capitalise(p)).collect();
        let Some(wrong) = distinct(&right.join(" "), pool, 2, 0.3) else { continue };
        let spec = Spec {
            clause: own.at,
            frame: "choose-parts",
            target: own.parts.join("/"),
            stem: format!("What {} {}? Choose {} answers.", you(bench.level), own.head, number_word(right.len())),
            rationale: format!(
                "The text names {} things here; the others stand in other sentences.",
                number_word(right.len())
            ),
            relation: Relation::Compress,
            provenance: vec![bench.library.prove_part(own.at, &own.source)],
            score: 7,
            others: vec![format!(
                "Your team leader asks what you {} {}. Name {} things.",
                if bench.level >= Level::B2 { "must" } else { "have to" },
                own.head,
                number_word(right.len())
            )],
            reasons: Vec::new(),
        };
        out.push(item(bench, spec, &right, &wrong));
    }
    out
}

/// "the chiller door": things that other orders are about.
fn objects(bench: &Bench<'_>, except: ClauseRef) -> Vec<Wrong> {
    let plain = |a: &&facts::Action| a.at != except && a.at.document == except.document;
    let mut out: Vec<Wrong> = near(&bench.stock.actions, except, |a| a.at, 40)
        .iter()
        .filter(plain)
        .filter_map(|a| {
            let (_, rest) = a.phrase.split_once(' ')?;
            let object: Vec<&str> =
                rest.split(' ').take_while(|w| !is_function(w) || matches!(*w, "the" | "a" | "an" | "your")).collect();
            Some(Wrong::new(object.join(" "), a.at, a.source.clone()))
        })
        .filter(|w| {
            has_determiner(&w.text) && (2..=4).contains(&w.text.split(' ').count()) && !w.text.contains([',', '"'])
        })
        .filter(|w| !w.text.split(' ').next_back().is_some_and(|w| w.ends_with("ly")))
        .collect();
    out.dedup_by(|a, b| a.text == b.text);
    out
}

fn has_determiner(part: &str) -> bool {
    ["the ", "your ", "a ", "an "].iter().any(|d| part.starts_with(d))
}

/// The list in this fact's order, if it has one that can be asked for.
pub fn enumeration(fact: &facts::Fact) -> Option<Enumeration> {
    let Form::Do(command) = &fact.form else { return None };
    let [phrase] = command.phrases.as_slice() else { return None };
    let (front, last) = phrase.rsplit_once(" and ")?;
    let last = [" in ", " on ", " to ", " at ", " before "]
        .iter()
        .filter_map(|p| last.find(p))
        .min()
        .map_or(last, |end| &last[..end]);
    let mut segments: Vec<&str> = front.trim_end_matches(',').split(", ").collect();
    let first = segments.remove(0);
    let words: Vec<&str> = first.split_whitespace().collect();
    let anchor =
        words.iter().rposition(|w| *w == "with").or_else(|| (words.len() >= 2 && words.len() <= 5).then_some(0))?;
    let head = words[..=anchor].join(" ");
    let mut parts = vec![words[anchor + 1..].join(" ")];
    parts.extend(segments.iter().map(|s| (*s).to_owned()));
    parts.push(last.to_owned());
    let noun_phrase = |p: &String| {
        let words: Vec<&str> = p.split_whitespace().collect();
        (1..=6).contains(&words.len())
            && !words.iter().any(|w| {
                is_finite(w)
                    || matches!(
                        *w,
                        "then"
                            | "in"
                            | "on"
                            | "to"
                            | "into"
                            | "before"
                            | "after"
                            | "if"
                            | "or"
                            | "at"
                            | "under"
                            | "for"
                            | "with"
                            | "as"
                            | "while"
                            | "first"
                            | "last"
                    )
            })
            && !p.contains(['(', '/', '&', '"', '“'])
    };
    let alike = parts.iter().all(|p| has_determiner(p) == has_determiner(&parts[0]));
    let verbal = parts.iter().skip(1).any(|p| p.split(' ').next().is_some_and(is_verb) && !has_determiner(p));
    let fits = (3..=4).contains(&parts.len())
        && alike
        && !verbal
        && parts.iter().all(noun_phrase)
        && !facts::has_pronoun(phrase);
    fits.then(|| Enumeration { at: fact.at, source: fact.text.clone(), head, parts })
}

/// Two that the SOP forbids among three that it demands.
fn forbidden(bench: &Bench<'_>) -> Option<Made> {
    let own: Vec<_> =
        bench.stock.forbidden.iter().filter(|(at, _, p)| bench.holds(*at) && word_count(p) <= 14).collect();
    let [first, rest @ ..] = own.as_slice() else { return None };
    let second = rest.iter().find(|(_, _, p)| overlap(&stems(p), &stems(&first.2)) < 0.4)?;
    let right = vec![sentence(&first.2), sentence(&second.2)];
    let pool: Vec<Wrong> = near(&bench.stock.demanded, first.0, |(at, _, _)| *at, 60)
        .iter()
        .filter(|(at, _, p)| {
            bench.holds(*at) && word_count(p) <= 14 && overlap(&stems(p), &stems(&right.join(" "))) < 0.5
        })
        .map(|(at, source, p)| Wrong::new(sentence(p), *at, source.clone()))
        .collect();
    let wrong = distinct(&right.join(" "), by_length(&right[0], pool), 3, 0.5)?;
    let spec = Spec {
        clause: first.0,
        frame: "choose-forbidden",
        target: right.join("/"),
        stem: "Which two of these are forbidden?".to_owned(),
        others: [
            "Two of these break a rule. Which two?",
            "You see five things on your round. Which two do you stop?",
            "Two of these lines belong on a “Stop!” poster. Choose them.",
        ]
        .map(str::to_owned)
        .to_vec(),
        rationale: "The text forbids these two. It asks for the other three.".to_owned(),
        relation: Relation::Compress,
        provenance: vec![bench.library.prove_part(first.0, &first.1), bench.library.prove_part(second.0, &second.1)],
        score: 6,
        reasons: Vec::new(),
    };
    Some(item(bench, spec, &right, &wrong))
}

/// Two entries of an "Allowed" list among entries of the "Not allowed" list beside it.
fn allowed(bench: &Bench<'_>) -> Vec<Made> {
    let right = single_choice::entries(bench, Polarity::Allowed);
    let wrong = single_choice::entries(bench, Polarity::NotAllowed);
    let mut places: Vec<&str> = right.iter().map(|(at, _)| bench.library.topic(*at)).collect();
    places.dedup();
    places
        .into_iter()
        .filter_map(|place| {
            let here = |entries: &[(ClauseRef, String)]| -> Vec<(ClauseRef, String)> {
                entries.iter().filter(|(at, _)| bench.library.topic(*at) == place).cloned().collect()
            };
            let (yes, no) = (here(&right), here(&wrong));
            let ([a, b, ..], true) = (yes.as_slice(), no.len() >= 2) else { return None };
            let keys = vec![a.1.clone(), b.1.clone()];
            let wrong = distinct(
                &keys.join(" "),
                no.iter().map(|(at, t)| Wrong::new(t.clone(), *at, bench.library.clause(*at).text.clone())),
                2,
                0.4,
            )?;
            let spec = Spec {
                clause: a.0,
                frame: "choose-allowed",
                target: keys.join("/"),
                stem: format!("Read the lists under “{place}”. Which two of these are allowed there?"),
                rationale: "These two stand in the list of what is allowed, the others in the list of what is not."
                    .to_owned(),
                relation: Relation::Compress,
                provenance: vec![bench.library.prove(a.0), bench.library.prove(b.0)],
                score: 6,
                others: Vec::new(),
                reasons: Vec::new(),
            };
            Some(item(bench, spec, &keys, &wrong))
        })
        .collect()
}
