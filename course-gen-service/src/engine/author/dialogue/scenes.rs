//! Situations at work (PEDAGOGY section 6). Each begins with what makes it that situation, goes on with what the clauses beside
//! it say, and ends when the matter is settled; or it writes nothing where the SOP lacks what the situation needs.

mod forbidden;
mod lists;
mod note;
mod policy;
mod problem;
mod report;
mod work;

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
    /// How much more of a story it is than mere questions.
    pub merit: usize,
    pub write: fn(&Bank, &mut Script<'_>) -> Option<()>,
}

pub const ALL: [Situation; 20] = [
    Situation {
        title: "A problem",
        story: "Something is wrong, and a worker goes to the supervisor.",
        roles: ["Worker", "Supervisor"],
        levels: (Level::A1, Level::C1),
        merit: 9,
        write: problem::problem,
    },
    Situation {
        title: "On the phone",
        story: "A worker is alone, something is wrong, and the phone is the quickest way to get help.",
        roles: ["Caller", "Colleague"],
        levels: (Level::A2, Level::C1),
        merit: 9,
        write: problem::phone,
    },
    Situation {
        title: "What happened?",
        story: "The manager was not there when it happened, and wants to know how it was dealt with.",
        roles: ["Manager", "Worker"],
        levels: (Level::B1, Level::C2),
        merit: 10,
        write: report::debrief,
    },
    Situation {
        title: "A check",
        story: "The work has to be finished soon. The supervisor comes by to see how far it is.",
        roles: ["Supervisor", "Worker"],
        levels: (Level::A2, Level::C1),
        merit: 8,
        write: report::check,
    },
    Situation {
        title: "Handover",
        story: "One shift ends in the middle of the work, and a colleague takes over.",
        roles: ["Incoming colleague", "Outgoing colleague"],
        levels: (Level::A2, Level::C1),
        merit: 7,
        write: report::handover,
    },
    Situation {
        title: "An inspection",
        story: "An inspector visits and wants to hear how the work is really done.",
        roles: ["Inspector", "Worker"],
        levels: (Level::B1, Level::C2),
        merit: 8,
        write: report::inspection,
    },
    Situation {
        title: "Stop, please!",
        story: "A worker is about to make a mistake. A colleague sees it in time.",
        roles: ["Colleague", "Worker"],
        levels: (Level::A1, Level::C1),
        merit: 9,
        write: forbidden::unsafe_act,
    },
    Situation {
        title: "Sorry, I can’t do that",
        story: "Somebody is in a hurry and wants to do it the quick way.",
        roles: ["Colleague in a hurry", "Worker"],
        levels: (Level::A2, Level::C1),
        merit: 9,
        write: forbidden::refusal,
    },
    Situation {
        title: "Is that OK?",
        story: "A worker is not sure what is allowed, and asks before doing anything.",
        roles: ["Worker", "Supervisor"],
        levels: (Level::A1, Level::B2),
        merit: 6,
        write: forbidden::permission,
    },
    Situation {
        title: "Side by side",
        story: "Two colleagues do the work together. One of them does it for the first time.",
        roles: ["Experienced colleague", "New colleague"],
        levels: (Level::A1, Level::B2),
        merit: 8,
        write: work::together,
    },
    Situation {
        title: "The first day",
        story: "A new colleague begins the work, and somebody who knows it helps.",
        roles: ["New colleague", "Colleague"],
        levels: (Level::A1, Level::B1),
        merit: 6,
        write: work::first_day,
    },
    Situation {
        title: "Sorry, what was that?",
        story: "It is loud, and every number has to be right. The worker repeats what was said.",
        roles: ["Team leader", "Worker"],
        levels: (Level::A1, Level::B2),
        merit: 8,
        write: work::confirm,
    },
    Situation {
        title: "Why do we do that?",
        story: "A trainee does not want to do the work without understanding it.",
        roles: ["Trainee", "Trainer"],
        levels: (Level::B1, Level::C2),
        merit: 8,
        write: policy::why,
    },
    Situation {
        title: "At the desk",
        story: "Somebody who does not work here has a question, and a member of staff helps.",
        roles: ["Visitor", "Member of staff"],
        levels: (Level::A2, Level::C2),
        merit: 9,
        write: policy::guest,
    },
    Situation {
        title: "A note for the team",
        story: "A team leader is writing a note about the rules and wants every word of it to be right.",
        roles: ["Team leader", "Colleague"],
        levels: (Level::A2, Level::C2),
        merit: 7,
        write: note::note,
    },
    Situation {
        title: "What does that mean?",
        story: "Somebody is reading the SOP and does not understand all of its words.",
        roles: ["New colleague", "Colleague"],
        levels: (Level::A1, Level::C1),
        merit: 6,
        write: policy::words,
    },
    Situation {
        title: "Who do I ask?",
        story: "Somebody is new in the team and does not know who does what.",
        roles: ["New colleague", "Colleague"],
        levels: (Level::A1, Level::C1),
        merit: 6,
        write: policy::who,
    },
    Situation {
        title: "A quick question",
        story: "Somebody wants to get it right and asks a colleague who knows the rules.",
        roles: ["Worker", "Colleague"],
        levels: (Level::A1, Level::C2),
        merit: 4,
        write: policy::question,
    },
    Situation {
        title: "Have you read it?",
        story: "At the break, two colleagues talk about the SOP. One of them has read it, the other has not.",
        roles: ["Colleague", "Colleague who has read it"],
        levels: (Level::A2, Level::C2),
        merit: 5,
        write: policy::have_you_read,
    },
    Situation {
        title: "Where does it go?",
        story: "A new colleague is putting things away and asks what may go where.",
        roles: ["New colleague", "Colleague"],
        levels: (Level::A1, Level::C1),
        merit: 7,
        write: lists::sorting,
    },
];
