//! Conditions with what follows from them, as cases that can be asked about.

use super::{Decision, stands_alone};
use crate::engine::english::case;
use crate::engine::english::parse::{self, Form};
use crate::engine::facts::{self, Fact};
use crate::engine::library::Library;

/// "More is needed" says nothing without the sentence before it.
fn leans_on_context(condition: &str) -> bool {
    let first = condition.split(' ').next().unwrap_or_default();
    matches!(first, "more" | "less" | "none" | "another" | "any" | "not" | "so" | "necessary" | "required")
}

/// "If C, the employee must ...": a case whose rule is no order.
pub fn stated_case(library: &Library, fact: &Fact) -> Option<Decision> {
    let found = case::of(&fact.text)?;
    let ordered = matches!(parse::parse(found.rule), Form::Do(_) | Form::DoNot(_) | Form::When { .. });
    let unclear = leans_on_context(found.condition) || facts::refers_elsewhere(found.rule);
    let polarity = library.polarity(fact.at).is_some();
    if ordered || unclear || polarity || found.rule.split(' ').count() > 26 {
        return None;
    }
    let (situation, situation_from) = facts::situation(library, fact.at, found.condition)?;
    Some(Decision {
        at: fact.at,
        source: fact.text.clone(),
        joiner: found.joiner,
        condition: found.condition.to_owned(),
        stated: true,
        valued: false,
        situation,
        situation_from,
        action: found.rule.to_owned(),
        action_from: None,
    })
}

/// "If C, do A", where both can stand alone.
pub fn decision(
    library: &Library,
    fact: &Fact,
    joiner: &'static str,
    condition: &str,
    then: &Form,
) -> Option<Decision> {
    if leans_on_context(condition) {
        return None;
    }
    let (situation, situation_from) = facts::situation(library, fact.at, condition)?;
    let text = match then {
        Form::Do(command) => command.text.clone(),
        Form::DoNot(command) => format!("do not {}", command.text),
        _ => return None,
    };
    let own = without_jump(&text);
    let made = |action: String, action_from| Decision {
        at: fact.at,
        source: fact.text.clone(),
        joiner,
        condition: condition.to_owned(),
        stated: false,
        valued: false,
        situation,
        situation_from,
        action,
        action_from,
    };
    match own {
        Some(own) if !facts::refers_elsewhere(own) => Some(made(own.to_owned(), None)),
        Some(_) => None,
        None => {
            let target = jump_target(&text)?;
            let at = library.step_numbered(fact.at, &[target])?;
            match facts::of_clause(library, at).as_slice() {
                [Fact { form: Form::Do(c), .. }] if stands_alone(&c.text) => Some(made(c.text.clone(), Some(at))),
                _ => None,
            }
        }
    }
}

/// "discard the food and go to step 10" -> "discard the food"; nothing when only the jump is there.
fn without_jump(text: &str) -> Option<&str> {
    let at = [", then go to ", " and go to ", ", and go to ", " then go to "].iter().filter_map(|j| text.find(j)).min();
    match at {
        Some(at) => Some(&text[..at]),
        None if text.starts_with("go to ") || text.starts_with("continue with step") => None,
        None => Some(text),
    }
}

fn jump_target(text: &str) -> Option<u32> {
    text.split("step ").nth(1)?.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}
