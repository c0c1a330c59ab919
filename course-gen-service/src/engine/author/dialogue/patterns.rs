//! Situations at work (PEDAGOGY section 6). Each begins with what makes it that situation, goes on with what else the clauses
//! give, and ends as people end a talk; or it writes nothing where the SOP lacks what the situation needs.

mod asking;
mod safety;
mod working;

use course_format::Level;

use super::bank::Bank;
use super::script::Script;

/// A situation: its title, what happened, who speaks.
#[derive(Debug)]
pub struct Situation {
    pub title: &'static str,
    pub story: &'static str,
    pub roles: [&'static str; 2],
    pub levels: (Level, Level),
    pub write: fn(&Bank, &mut Script<'_>) -> Option<()>,
}

impl Situation {
    /// Suits any clauses, and so comes after what suits only these.
    pub fn is_general(&self) -> bool {
        ["The first day", "An inspection", "Questions about the SOP"].contains(&self.title)
    }
}

const fn situation(
    title: &'static str,
    story: &'static str,
    roles: [&'static str; 2],
    levels: (Level, Level),
    write: fn(&Bank, &mut Script<'_>) -> Option<()>,
) -> Situation {
    Situation { title, story, roles, levels, write }
}

pub const ALL: [Situation; 13] = [
    situation(
        "The first day",
        "It is the first day of a new colleague. Somebody who knows the work helps.",
        ["New colleague", "Colleague"],
        (Level::A1, Level::B1),
        asking::first_day,
    ),
    situation(
        "Stop, please!",
        "A worker is about to make a mistake. A colleague sees it in time.",
        ["Colleague", "Worker"],
        (Level::A2, Level::B2),
        safety::unsafe_act,
    ),
    situation(
        "A check",
        "The supervisor comes by and asks how far the work is.",
        ["Supervisor", "Worker"],
        (Level::A2, Level::C1),
        working::check,
    ),
    situation(
        "On the phone",
        "A worker has a question and phones a colleague who knows the SOP.",
        ["Caller", "Colleague"],
        (Level::A2, Level::C1),
        working::phone,
    ),
    situation(
        "Is that OK?",
        "A worker wants to do it right and asks the supervisor first.",
        ["Worker", "Supervisor"],
        (Level::A1, Level::B2),
        safety::permission,
    ),
    situation(
        "Sorry, what was that?",
        "It is loud, and every detail has to be right. The worker repeats what was said.",
        ["Team leader", "Worker"],
        (Level::A1, Level::B2),
        working::confirm,
    ),
    situation(
        "A problem",
        "Something is wrong, and a worker asks the supervisor what to do.",
        ["Worker", "Supervisor"],
        (Level::A2, Level::B2),
        working::problem,
    ),
    situation(
        "Why do we do that?",
        "A trainee wants to understand the work, not just to do it.",
        ["Trainee", "Trainer"],
        (Level::B1, Level::C2),
        asking::why,
    ),
    situation(
        "Handover",
        "One shift ends and the next one begins. Two colleagues talk about the work.",
        ["Incoming colleague", "Outgoing colleague"],
        (Level::A2, Level::C1),
        working::handover,
    ),
    situation(
        "A guest has a question",
        "A guest wants to know how things work here, and a member of staff explains it.",
        ["Guest", "Member of staff"],
        (Level::A2, Level::C2),
        asking::guest,
    ),
    situation(
        "Sorry, I can’t do that",
        "Somebody is in a hurry and asks for something that the SOP does not allow.",
        ["Colleague in a hurry", "Worker"],
        (Level::A2, Level::C1),
        safety::refusal,
    ),
    situation(
        "An inspection",
        "An inspector visits and wants to hear how the work is done.",
        ["Inspector", "Worker"],
        (Level::B1, Level::C2),
        asking::inspection,
    ),
    situation(
        "Questions about the SOP",
        "A new colleague has read the SOP once and still has some questions.",
        ["New colleague", "Experienced colleague"],
        (Level::A2, Level::C2),
        asking::newcomer,
    ),
];
