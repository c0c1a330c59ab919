//! Two role cards for the lesson's own case, and the points that must be heard.

use std::collections::BTreeSet;

use course_format::course::{Proven, Question, Reading, Relation, RoleCard, RolePlay};
use course_format::sop::ClauseKind;
use uuid::Uuid;

use super::warm_up::numbers_of;
use super::{number, spoken};
use crate::engine::author::{Assignment, dialogue};
use crate::engine::english::sentence::sentences;
use crate::engine::english::text::{list, word_count};
use crate::engine::library::ClauseRef;
use crate::engine::outline::is_critical;

/// What each player is told, by situation.
struct Play {
    title: &'static str,
    story: &'static str,
    roles: [&'static str; 2],
    cards: [&'static str; 2],
}

/// Work that is done step by step.
const WORK: [Play; 5] = [
    Play {
        title: "Explain it to a new colleague",
        story: "A new colleague starts today. One of you knows the work and explains it.",
        roles: ["New colleague", "Experienced colleague"],
        cards: [
            "You are new. Ask what to do first, what comes next, and what you must not do. Repeat what you hear.",
            "You know the work. Explain it in the right order. Check that your colleague understands every point.",
        ],
    },
    Play {
        title: "Hand over your shift",
        story: "One shift is over in the middle of the work. A colleague takes over.",
        roles: ["Incoming colleague", "Outgoing colleague"],
        cards: [
            "Your shift begins. Ask what is done and what is not. Repeat the most important points.",
            "Your shift ends. Say what you have done and what is still to do. Give one warning.",
        ],
    },
    Play {
        title: "A visit from the supervisor",
        story: "The supervisor visits you at work and wants to hear how you do it.",
        roles: ["Supervisor", "Worker"],
        cards: [
            "You check the work. Ask about the steps, the numbers and one problem. Ask when and how, not only what.",
            "You do this work every day. Describe it step by step and answer the questions.",
        ],
    },
    Play {
        title: "Help on the phone",
        story: "A colleague is alone at work and phones you. You know the SOP.",
        roles: ["Caller", "Helper"],
        cards: [
            "You are alone and not sure. Say where you are, ask for help and repeat every instruction.",
            "You are on the phone and cannot show anything. Explain every step in words and listen to the repetition.",
        ],
    },
    Play {
        title: "Correct a colleague politely",
        story: "You see a colleague who leaves out important points. You speak to them politely.",
        roles: ["Worker", "Colleague"],
        cards: [
            "Describe how you do the work, but leave out two points. Listen, thank your colleague and say it again correctly.",
            "Listen to the worker. Stop them politely when a point is missing, and say what the SOP says.",
        ],
    },
];

/// Rules that hold at any time.
const RULES: [Play; 4] = [
    Play {
        title: "Is that allowed?",
        story: "A colleague is in a hurry and wants to do things the quick way. You know the rules.",
        roles: ["Colleague in a hurry", "Colleague who knows the rules"],
        cards: [
            "You want to save time. Ask for permission for three things. At least one of them is against the rules. Ask what you can do instead.",
            "Listen and decide what the SOP says. Say no politely where you have to, give the rule and say what is possible.",
        ],
    },
    Play {
        title: "Explain the rules to a new colleague",
        story: "A new colleague has not read the SOP yet. You go through the most important rules together.",
        roles: ["New colleague", "Experienced colleague"],
        cards: [
            "You are new. Ask who, when, where and what happens if there is a problem. Repeat the numbers.",
            "You know the rules. Explain them in your own words and check that your colleague understands them.",
        ],
    },
    Play {
        title: "A question on the phone",
        story: "A colleague at another place phones you with a question about the rules.",
        roles: ["Caller", "Helper"],
        cards: [
            "You cannot find the SOP. Say why you are phoning, ask about at least four rules and write the answers down. Read them back.",
            "You have the SOP. Answer the questions slowly. Listen when the caller reads them back, and correct mistakes.",
        ],
    },
    Play {
        title: "An inspection",
        story: "An inspector wants to hear which rules your team follows.",
        roles: ["Inspector", "Member of the team"],
        cards: [
            "You check whether people know the rules. Ask about people, times and numbers, and about one problem.",
            "You work here. Say which rules you follow and what you do in a problem.",
        ],
    },
];

/// A brief with two cards and the points that must be heard; nothing where there is too little to say.
pub fn role_play(assignment: &Assignment<'_>, reading: &Reading) -> Option<RolePlay> {
    let lesson = assignment.lesson;
    let checklist = checklist(assignment);
    if checklist.len() < 3 {
        return None;
    }
    let play = play(assignment, &checklist);
    let [asks, tells] = play.cards;
    let briefs = [with_questions(play, assignment, reading, asks), with_numbers(assignment, tells)];
    let cards = play.roles.iter().zip(briefs).map(|(role, brief)| RoleCard { role: (*role).to_owned(), brief });
    Some(RolePlay {
        id: Uuid::new_v5(&lesson.id, b"role-play"),
        title: play.title.to_owned(),
        situation: Proven::language(if lesson.practises.is_empty() {
            format!("{} The topic: “{}”.", play.story, spoken(&lesson.title))
        } else {
            format!("{} Talk about all the points on the list.", play.story)
        }),
        cards: cards.collect(),
        checklist,
    })
}

/// By the lesson's number; rules that no procedure holds together have situations of their own.
fn play(assignment: &Assignment<'_>, checklist: &[Proven]) -> &'static Play {
    let lesson = assignment.lesson;
    let at = number(assignment) + if lesson.practises.is_empty() { 0 } else { 2 };
    let steps =
        lesson.clauses.iter().filter(|at| assignment.library.step(**at).is_some_and(|(p, _)| p.ordered)).count();
    if steps < 3 {
        return &RULES[at % RULES.len()];
    }
    // Nobody hands over the washing of their own hands: what is done to oneself is explained to a new colleague.
    let own = checklist.iter().filter(|p| p.text.to_lowercase().contains("your ")).count() * 2 > checklist.len();
    let play = &WORK[at % WORK.len()];
    if own && play.title == "Hand over your shift" { &WORK[0] } else { play }
}

/// The card with questions that only this lesson answers: what its player has to find out.
fn with_questions(play: &Play, assignment: &Assignment<'_>, reading: &Reading, card: &str) -> Proven {
    let asked: Vec<Question> = dialogue::concept_questions(assignment, reading)
        .into_iter()
        .filter(|q| word_count(&q.question) <= 16 && !q.question.contains('“'))
        .take(3)
        .collect();
    // Who describes the work asks nothing.
    if asked.len() < 2 || play.cards[0].starts_with("Describe") {
        return Proven::language(card);
    }
    let questions: Vec<String> = asked.iter().map(|q| format!("“{}”", q.question)).collect();
    Proven {
        text: format!("{card} Your goal is to find out: {}", questions.join(" ")),
        relation: Relation::Compress,
        provenance: asked.into_iter().flat_map(|q| q.answer.provenance).collect(),
    }
}

/// The card with the numbers that its player must not get wrong.
fn with_numbers(assignment: &Assignment<'_>, card: &str) -> Proven {
    let (named, provenance) = numbers_of(assignment);
    if named.len() < 2 {
        return Proven::language(card);
    }
    let text = format!("{card} Get these numbers right: {}.", list(&named));
    Proven { text, relation: Relation::Compress, provenance }
}

/// At most ten steps and rules, critical ones before others, in the SOP's order and words; where there are few, statements too.
fn checklist(assignment: &Assignment<'_>) -> Vec<Proven> {
    let Assignment { library, lesson, .. } = *assignment;
    let long_enough = |at: &&ClauseRef| word_count(&library.clause(**at).text) >= 2;
    let teaches =
        |at: &&ClauseRef| matches!(library.kind(**at), ClauseKind::Step | ClauseKind::Rule | ClauseKind::Warning);
    let states = |at: &&ClauseRef| library.kind(**at) == ClauseKind::Fact && library.clause(**at).text.ends_with('.');
    let mut ranked: Vec<ClauseRef> = lesson.clauses.iter().filter(teaches).filter(long_enough).copied().collect();
    if ranked.len() < 4 {
        ranked.extend(lesson.clauses.iter().filter(states).filter(|at| word_count(&library.clause(**at).text) >= 4));
    }
    ranked.sort_by_key(|at| {
        let sub_step = library.step(*at).is_some_and(|(_, s)| s.number.len() > 1);
        (!is_critical(library, *at), sub_step, *at)
    });
    let chosen: BTreeSet<ClauseRef> = ranked.into_iter().take(10).collect();
    chosen
        .into_iter()
        .map(|at| {
            let text = &library.clause(at).text;
            let first = sentences(text).first().map_or(text.as_str(), |(_, s)| *s);
            if word_count(text) <= 25 {
                return library.quote(at);
            }
            Proven {
                text: first.to_owned(),
                relation: Relation::Quote,
                provenance: vec![library.prove_part(at, first)],
            }
        })
        .collect()
}
