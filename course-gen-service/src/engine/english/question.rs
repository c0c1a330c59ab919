//! Wh-questions about a verb phrase, at the learners' level.

use course_format::Level;

use super::adjunct::{Adjunct, Wh};
use super::parse::Modal;

/// Who the question is about.
#[derive(Clone, Copy, Debug)]
pub enum About<'a> {
    /// The learner does it: it is an order.
    You,
    /// A colleague asks about their own work.
    Me,
    /// "the temperature log", with the modal of its rule.
    Thing { subject: &'a str, modal: Modal },
}

/// The question that `adjunct.answer` answers.
pub fn about(adjunct: &Adjunct, about: About<'_>, level: Level) -> String {
    let core = &adjunct.core;
    let middle = match about {
        About::You => format!("{} {core}", you(level)),
        About::Me => format!("{} {core}", me(level)),
        About::Thing { subject, modal } => format!("{} {subject} {core}", modal.word()),
    };
    match adjunct.wh {
        Wh::HowLong => format!("How long {middle}?"),
        Wh::HowSoon => format!("How soon {middle}?"),
        Wh::HowOften => format!("How often {middle}?"),
        Wh::HowManyTimes => format!("How many times {middle}?"),
        Wh::WhatTemperature => format!("At what temperature {middle}?"),
        Wh::WhatSpeed => format!("At what speed {middle}?"),
        Wh::WhatTime => format!("At what time {middle}?"),
        Wh::WhatSetting => format!("What temperature {middle} to?"),
        Wh::HowMuch => format!("How much of {} {middle}?", adjunct.thing.as_deref().unwrap_or("it")),
        Wh::When => format!("When {middle}?"),
        Wh::Where => format!("Where {middle}?"),
        Wh::WithWhat => format!("What {middle} with?"),
        Wh::Why => format!("Why {middle}?"),
    }
}

/// "how long you have to wash your hands": the question inside another sentence keeps the order of a statement.
pub fn reported(adjunct: &Adjunct, level: Level) -> String {
    let core = &adjunct.core;
    let duty = if level >= Level::B2 { "must" } else { "have to" };
    let middle = format!("you {duty} {core}");
    match adjunct.wh {
        Wh::HowLong => format!("how long {middle}"),
        Wh::HowSoon => format!("how soon {middle}"),
        Wh::HowOften => format!("how often {middle}"),
        Wh::HowManyTimes => format!("how many times {middle}"),
        Wh::WhatTemperature => format!("at what temperature {middle}"),
        Wh::WhatSpeed => format!("at what speed {middle}"),
        Wh::WhatTime => format!("at what time {middle}"),
        Wh::WhatSetting => format!("what temperature {middle} to"),
        Wh::HowMuch => format!("how much of {} {middle}", adjunct.thing.as_deref().unwrap_or("it")),
        Wh::When => format!("when {middle}"),
        Wh::Where => format!("where {middle}"),
        Wh::WithWhat => format!("what {middle} with"),
        Wh::Why => format!("why {middle}"),
    }
}

/// The auxiliary of a learner who asks about an order.
pub fn me(level: Level) -> &'static str {
    match level {
        Level::A1 | Level::A2 => "do I",
        Level::B1 => "do I have to",
        Level::B2 | Level::C1 | Level::C2 => "must I",
    }
}

/// How much of a thing with no article: "How much purified water", but "How much of the buffer".
pub fn how_much(adjunct: &Adjunct, level: Level) -> Option<String> {
    let thing = adjunct.thing.as_deref()?;
    let determined = ["the ", "your ", "a ", "an "].iter().any(|d| thing.starts_with(d));
    let amount = if determined { format!("How much of {thing}") } else { format!("How much {thing}") };
    Some(format!("{amount} {} {}?", you(level), adjunct.core))
}

/// The auxiliary of an order: a rule stays a rule at every level.
pub fn you(level: Level) -> &'static str {
    match level {
        Level::A1 | Level::A2 => "do you",
        Level::B1 => "do you have to",
        Level::B2 | Level::C1 | Level::C2 => "must you",
    }
}

/// "What do you do?"
pub fn what_now(level: Level) -> &'static str {
    match level {
        Level::A1 | Level::A2 => "What do you do?",
        Level::B1 => "What do you have to do?",
        Level::B2 | Level::C1 | Level::C2 => "What must you do?",
    }
}

/// "What do you do next?"
pub fn what_next(level: Level) -> &'static str {
    match level {
        Level::A1 | Level::A2 => "What do you do next?",
        Level::B1 => "What do you have to do next?",
        Level::B2 | Level::C1 | Level::C2 => "What has to be done next?",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::english::adjunct::split;

    #[test]
    fn questions_follow_level_and_unit() {
        let ask = |p: &str, l| about(&split(p).unwrap(), About::You, l);
        assert_eq!(ask("wash your hands for at least 20 seconds", Level::A2), "How long do you wash your hands?");
        assert_eq!(ask("use cooked rice within 24 hours", Level::B1), "How soon do you have to use cooked rice?");
        assert_eq!(
            ask("autoclave the bottles at 121 °C", Level::B2),
            "At what temperature must you autoclave the bottles?"
        );
        assert_eq!(
            ask("rinse the electrode with purified water", Level::B1),
            "What do you have to rinse the electrode with?"
        );
    }

    #[test]
    fn a_reported_question_has_the_order_of_a_statement() {
        let a = split("wash your hands for at least 20 seconds").unwrap();
        assert_eq!(reported(&a, Level::B1), "how long you have to wash your hands");
        assert_eq!(about(&a, About::Me, Level::A2), "How long do I wash your hands?");
    }

    #[test]
    fn a_thing_keeps_its_modal() {
        let a = split("be kept for 12 months").unwrap();
        let thing = About::Thing { subject: "the temperature log", modal: Modal::Must };
        assert_eq!(about(&a, thing, Level::A2), "How long must the temperature log be kept?");
    }
}
