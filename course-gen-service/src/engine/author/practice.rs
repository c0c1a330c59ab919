//! What learners do before, after and beside the text: warm-up, role-play, homework.

use std::collections::BTreeSet;

use course_format::Level;
use course_format::course::{Proven, Relation, RoleCard, RolePlay, VocabularyEntry, VocabularyKind};
use course_format::sop::ClauseKind;
use uuid::Uuid;

use super::{Assignment, Topic};
use crate::engine::english::parse::Form;
use crate::engine::english::sentence::sentences;
use crate::engine::english::text::{contains_word, list, word_count};
use crate::engine::facts::{self, Fact};
use crate::engine::library::ClauseRef;
use crate::engine::outline::is_critical;

/// Recalls the lesson before and calls up what learners know; no fact is new.
pub fn warm_up(assignment: &Assignment<'_>) -> Vec<Proven> {
    let Assignment { library, lesson, taught, .. } = *assignment;
    let mut out = Vec::new();
    let before: String =
        lesson.recalls.iter().map(|at| library.clause(*at).text.to_lowercase()).collect::<Vec<_>>().join(" ");
    let words: Vec<String> =
        taught.iter().filter(|t| contains_word(&before, t)).take(4).map(|t| format!("“{t}”")).collect();
    if words.len() >= 2 {
        out.push(Proven::language(format!(
            "Last lesson: what do these words mean? Use each of them in a sentence: {}.",
            list(&words)
        )));
    }
    out.extend(recalled_case(assignment));
    if !lesson.practises.is_empty() {
        out.push(Proven::language("Which rule of the last lessons did you use at work? Tell your partner."));
        return out;
    }
    let topic = spoken(&lesson.title);
    let activity = matches!(Topic::of(topic, &library.documents()[lesson.document].text), Topic::Activity(_));
    let mut ways = vec![
        format!("Look at the title “{topic}”. Which words do you expect in the text? Write five."),
        format!("“{topic}”: what can go wrong? Say two things before you read."),
        format!("What do you already know about “{topic}”? Tell your partner two things."),
    ];
    if activity {
        ways.push(format!("“{topic}”: who does this where you work, and how often? Tell your partner."));
        ways.push(format!("Think of the last time you did this at work: “{topic}”. What did you do first?"));
    }
    let at = usize::try_from(lesson.number).unwrap_or(0) % ways.len();
    out.push(Proven::language(ways[at].clone()));
    out
}

/// The title without what only tells lessons apart: "Receiving a delivery: steps 1 to 5", "General rules (2)".
fn spoken(title: &str) -> &str {
    let title = title.split(": step").next().unwrap_or(title);
    match title.rsplit_once(" (") {
        Some((before, part)) if part.trim_end_matches(')').chars().all(|c| c.is_ascii_digit()) => before,
        _ => title,
    }
}

/// A case of the lesson before, as a question.
fn recalled_case(assignment: &Assignment<'_>) -> Option<Proven> {
    let library = assignment.library;
    facts::of_clauses(library, &assignment.lesson.recalls).into_iter().find_map(|fact| match &fact.form {
        Form::When { joiner, condition, .. }
            if !facts::has_pronoun(condition) && !facts::refers_elsewhere(condition) && word_count(condition) <= 10 =>
        {
            Some(Proven {
                text: format!("Can you remember? What do you do {joiner} {condition}?"),
                relation: Relation::Compress,
                provenance: vec![library.prove_part(fact.at, &fact.text)],
            })
        }
        _ => None,
    })
}

/// What each player is told, by situation.
struct Play {
    title: &'static str,
    story: &'static str,
    roles: [&'static str; 2],
    cards: [&'static str; 2],
}

const PLAYS: [Play; 5] = [
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
        story: "Your shift is over. A colleague takes over the work.",
        roles: ["Outgoing colleague", "Incoming colleague"],
        cards: [
            "Your shift ends. Say what you have done and what is still to do. Give one warning.",
            "Your shift begins. Ask what is done and what is not. Repeat the warning in your own words.",
        ],
    },
    Play {
        title: "A visit from the supervisor",
        story: "The supervisor visits you at work and wants to hear how you do it.",
        roles: ["Supervisor", "Worker"],
        cards: [
            "You check the work. Ask about the steps, the numbers and one problem. Ask why or when, not only what.",
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

/// A brief with two cards and the steps that must be heard; nothing where there is too little to say.
pub fn role_play(assignment: &Assignment<'_>) -> Option<RolePlay> {
    let lesson = assignment.lesson;
    let checklist = checklist(assignment);
    if checklist.len() < 3 {
        return None;
    }
    let offset = if lesson.practises.is_empty() { 0 } else { 2 };
    let at = (usize::try_from(lesson.number).unwrap_or(0) + offset) % PLAYS.len();
    // Nobody hands over the washing of their own hands: what is done to oneself is explained to a new colleague.
    let own = checklist.iter().filter(|p| p.text.to_lowercase().contains("your ")).count() * 2 > checklist.len();
    let play = if own && PLAYS[at].title == "Hand over your shift" { &PLAYS[0] } else { &PLAYS[at] };
    let cards = play
        .roles
        .iter()
        .zip(play.cards)
        .map(|(role, brief)| RoleCard { role: (*role).to_owned(), brief: Proven::language(brief) });
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

/// At most ten steps and rules, critical ones before others, in the SOP's order and words.
fn checklist(assignment: &Assignment<'_>) -> Vec<Proven> {
    let Assignment { library, lesson, .. } = *assignment;
    let teaches = |at: &&ClauseRef| {
        matches!(library.kind(**at), ClauseKind::Step | ClauseKind::Rule | ClauseKind::Warning)
            && word_count(&library.clause(**at).text) >= 2
    };
    let mut ranked: Vec<ClauseRef> = lesson.clauses.iter().filter(teaches).copied().collect();
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

/// Two tasks to do at work before the next lesson.
pub fn homework(assignment: &Assignment<'_>, facts: &[Fact], vocabulary: &[VocabularyEntry]) -> Vec<Proven> {
    let Assignment { brief, library, lesson, .. } = *assignment;
    let mut out = Vec::new();
    let things: Vec<String> = vocabulary
        .iter()
        .filter(|v| v.kind == VocabularyKind::Term && v.part_of_speech.as_deref() == Some("noun"))
        .take(4)
        .map(|v| format!("“{}”", v.term))
        .collect();
    if things.len() >= 3 {
        out.push(Proven::language(format!(
            "Write these words on cards: {}. Use every card in a sentence at work this week.",
            list(&things)
        )));
    } else {
        out.push(Proven::language(
            "Before your next shift, say the most important steps and rules of this lesson aloud. Then check them in the text.",
        ));
    }
    let case = facts.iter().find_map(|fact| match &fact.form {
        Form::When { joiner, condition, .. } if !facts::has_pronoun(condition) && word_count(condition) <= 12 => {
            Some((fact, format!("{joiner} {condition}")))
        }
        _ => None,
    });
    let task = match brief.level {
        Level::A1 => "Write three short sentences for a colleague",
        Level::A2 => "Write a note of 30 to 50 words to a colleague",
        Level::B1 => "Write an e-mail of 80 to 120 words to a new colleague",
        _ => "Write a short report of 150 to 200 words for your supervisor",
    };
    out.push(match case {
        Some((fact, case)) => Proven {
            text: format!("{task}: what has to be done {case}?"),
            relation: Relation::Compress,
            provenance: vec![library.prove_part(fact.at, &fact.text)],
        },
        None => Proven::language(format!(
            "{task} about “{}”. Name the points that nobody may forget.",
            spoken(&lesson.title)
        )),
    });
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_spoken_of_without_its_part() {
        assert_eq!(spoken("Receiving a delivery: steps 1 to 5"), "Receiving a delivery");
        assert_eq!(spoken("General rules (2)"), "General rules");
        assert_eq!(spoken("Refilling (daily)"), "Refilling (daily)");
    }
}
