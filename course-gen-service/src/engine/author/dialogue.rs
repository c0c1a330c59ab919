//! A model dialogue: somebody is new and asks, a colleague who knows the work answers. Every answer is the SOP's.

use course_format::Level;
use course_format::course::{Proven, Relation};

use super::Assignment;
use crate::engine::english::adjunct::{self, Wh};
use crate::engine::english::parse::Form;
use crate::engine::english::question::{self, About};
use crate::engine::english::text::{about_me, capitalise, sentence, word_count};
use crate::engine::facts::{self, Fact};
use crate::engine::library::{ClauseRef, Library};

/// One question with its answer, and what proves the answer.
struct Exchange {
    asks: String,
    answers: String,
    at: ClauseRef,
    source: String,
}

/// The lines of the dialogue; none where the lesson gives fewer than four exchanges.
pub fn write(assignment: &Assignment<'_>, facts: &[Fact]) -> Vec<Proven> {
    let Assignment { brief, library, .. } = *assignment;
    let mut exchanges: Vec<Exchange> = Vec::new();
    exchanges.extend(first_step(library, facts, brief.level));
    exchanges.extend(details(library, facts, brief.level).into_iter().take(3));
    exchanges.extend(cases(facts, brief.level).into_iter().take(2));
    exchanges.extend(prohibition(facts));
    if exchanges.len() < 4 {
        return Vec::new();
    }
    let mut out = vec![Proven::language(
        "Model dialogue. A is new, B knows the work. Read it aloud, change roles, then do it without the text.",
    )];
    for exchange in exchanges {
        out.push(Proven::language(format!("A: {}", exchange.asks)));
        out.push(Proven {
            text: format!("B: {}", exchange.answers),
            relation: Relation::Compress,
            provenance: vec![library.prove_part(exchange.at, &exchange.source)],
        });
    }
    out.push(Proven::language("A: Thank you. I’ll repeat that, so that nothing goes wrong."));
    out
}

fn first_step(library: &Library, facts: &[Fact], level: Level) -> Option<Exchange> {
    let fact = facts.iter().find(|f| library.step(f.at).is_some_and(|(p, s)| p.ordered && s.number.len() == 1))?;
    let opens = library.step(fact.at).is_some_and(|(_, s)| s.number == [1]);
    let Form::Do(command) = &fact.form else { return None };
    let sound = !facts::has_pronoun(&command.text)
        && !facts::refers_elsewhere(&command.text)
        && word_count(&command.text) <= 18;
    let asks = match (opens, level) {
        (true, Level::A1 | Level::A2) => "What do I do first?",
        (true, _) => "I’m new here. What should I do first?",
        (false, Level::A1 | Level::A2) => "What do I do now?",
        (false, _) => "I’ve finished the first part. What should I do now?",
    };
    sound.then(|| Exchange {
        asks: asks.to_owned(),
        answers: sentence(&command.text),
        at: fact.at,
        source: fact.text.clone(),
    })
}

/// How long, when, where: asked by the person who has to do it.
fn details(library: &Library, facts: &[Fact], level: Level) -> Vec<Exchange> {
    let mut kinds: Vec<Wh> = Vec::new();
    let mut out = Vec::new();
    for action in facts::actions(library, facts).into_iter().filter(|a| a.context.is_none()) {
        let Some(found) = adjunct::split(&action.phrase) else { continue };
        let usable = !matches!(found.wh, Wh::HowMuch | Wh::WhatSetting)
            && !facts::has_pronoun(&found.core)
            && !facts::has_pronoun(&found.answer);
        let question = question::about(&found, About::You, level);
        if !usable || kinds.contains(&found.wh) || question.matches("you ").count() != 1 {
            continue;
        }
        kinds.push(found.wh);
        let asks = question.replace("you ", "I ").replace("your ", "my ");
        out.push(Exchange {
            asks,
            answers: sentence(&capitalise(&found.answer)),
            at: action.at,
            source: action.source,
        });
    }
    out
}

fn cases(facts: &[Fact], level: Level) -> Vec<Exchange> {
    let openings = if level <= Level::A2 {
        ["And what do I do", "What do I do"]
    } else {
        ["And what do I have to do", "What do I have to do"]
    };
    let mut out: Vec<Exchange> = Vec::new();
    for fact in facts {
        let Form::When { joiner, condition, then } = &fact.form else { continue };
        let Form::Do(command) = then.as_ref() else { continue };
        let sound =
            ![condition, &command.text].iter().any(|t| facts::refers_elsewhere(t)) && !facts::has_pronoun(condition);
        let Some(condition) = about_me(condition).filter(|_| sound && word_count(&command.text) <= 18) else {
            continue;
        };
        let opening = openings[out.len().min(1)];
        out.push(Exchange {
            asks: format!("{opening} {joiner} {condition}?"),
            answers: sentence(&command.text),
            at: fact.at,
            source: fact.text.clone(),
        });
        if out.len() == 2 {
            break;
        }
    }
    out
}

fn prohibition(facts: &[Fact]) -> Option<Exchange> {
    facts.iter().find_map(|fact| match &fact.form {
        Form::DoNot(command)
            if !facts::has_pronoun(&command.text)
                && !facts::refers_elsewhere(&command.text)
                && word_count(&command.text) <= 18 =>
        {
            Some(Exchange {
                asks: "Is there anything that I must not do?".to_owned(),
                answers: format!("Yes. Do not {}.", command.text),
                at: fact.at,
                source: fact.text.clone(),
            })
        }
        _ => None,
    })
}
