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

const fn situation(
    title: &'static str,
    story: &'static str,
    roles: [&'static str; 2],
    levels: (Level, Level),
    write: fn(&Bank, &mut Script<'_>) -> Option<()>,
) -> Situation {
    Situation { title, story, roles, levels, write }
}

/// Four groups: a lesson takes one of its own group, so that no two neighbours have the same. The last of a group suits any clauses.
pub const GROUPS: [&[Situation]; 4] = [
    &[
        situation(
            "A problem",
            "Something is wrong, and a worker asks the supervisor what to do.",
            ["Worker", "Supervisor"],
            (Level::A2, Level::C1),
            working::problem,
        ),
        situation(
            "Is that OK?",
            "A worker wants to do it right and asks the supervisor first.",
            ["Worker", "Supervisor"],
            (Level::A1, Level::B2),
            safety::permission,
        ),
        situation(
            "Why do we do that?",
            "A trainee wants to understand the work, not just to do it.",
            ["Trainee", "Trainer"],
            (Level::B1, Level::C2),
            asking::why,
        ),
        situation(
            "Questions before the work",
            "A worker has read the SOP and wants to be sure before the work begins.",
            ["Worker", "Experienced colleague"],
            (Level::A1, Level::C2),
            asking::newcomer,
        ),
    ],
    &[
        situation(
            "A check",
            "The supervisor comes by and asks how far the work is.",
            ["Supervisor", "Worker"],
            (Level::A2, Level::C1),
            working::check,
        ),
        situation(
            "Stop, please!",
            "A worker is about to make a mistake. A colleague sees it in time.",
            ["Colleague", "Worker"],
            (Level::A2, Level::B2),
            safety::unsafe_act,
        ),
        situation(
            "A question from outside",
            "Somebody who does not work here has a question. A member of staff explains how things are done.",
            ["Visitor", "Member of staff"],
            (Level::A2, Level::C2),
            asking::guest,
        ),
        situation(
            "Before the shift",
            "The team leader reminds the team of some points before the work begins. One of them wants to be sure.",
            ["Team leader", "Worker"],
            (Level::A1, Level::C2),
            working::briefing,
        ),
    ],
    &[
        situation(
            "Sorry, I can’t do that",
            "Somebody is in a hurry and asks for something that the SOP does not allow.",
            ["Colleague in a hurry", "Worker"],
            (Level::A2, Level::C1),
            safety::refusal,
        ),
        situation(
            "On the phone",
            "A worker has a question and phones a colleague who knows the SOP.",
            ["Caller", "Colleague"],
            (Level::A2, Level::C1),
            working::phone,
        ),
        situation(
            "Sorry, what was that?",
            "It is loud, and every detail has to be right. The worker repeats what was said.",
            ["Team leader", "Worker"],
            (Level::A1, Level::B2),
            working::confirm,
        ),
        situation(
            "I missed the training",
            "Two colleagues meet at the break. One of them could not come to the training.",
            ["Colleague who was away", "Colleague"],
            (Level::A2, Level::C2),
            asking::missed,
        ),
    ],
    &[
        situation(
            "Handover",
            "One shift ends and the next one begins. Two colleagues talk about the work.",
            ["Incoming colleague", "Outgoing colleague"],
            (Level::A2, Level::C1),
            working::handover,
        ),
        situation(
            "The first day",
            "It is the first day of a new colleague. Somebody who knows the work helps.",
            ["New colleague", "Colleague"],
            (Level::A1, Level::B1),
            asking::first_day,
        ),
        situation(
            "An inspection",
            "An inspector visits and wants to hear how the work is done.",
            ["Inspector", "Worker"],
            (Level::B1, Level::C2),
            asking::inspection,
        ),
        situation(
            "Side by side",
            "Two colleagues do the work together. One of them knows it well.",
            ["Experienced colleague", "New colleague"],
            (Level::A1, Level::C2),
            working::side_by_side,
        ),
    ],
];
