//! Rules and reasons: a guest at the desk, a colleague with a question, two colleagues at the break, a trainee who asks why.

use super::work::mixed_up;
use crate::engine::author::dialogue::bank::{Ask, Bank, Rule};
use crate::engine::author::dialogue::lines;
use crate::engine::author::dialogue::react::Answer;
use crate::engine::author::dialogue::script::{Script, Voice, Who};
use crate::engine::author::dialogue::talk::{Without, talk};
use crate::engine::english::adjunct::Wh;
use crate::engine::english::text::{capitalise, sentence, word_count};

const ALL: Without = Without { steps: false, terms: false, bans: false };

#[expect(clippy::unnecessary_wraps, reason = "every situation has this type; others need what a lesson may not have")]
pub(super) fn question(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let opening = match (s.doing(), s.matter()) {
        (Some(doing), _) if s.is_simple() => format!("I’m {doing} today. Can I ask you something?"),
        (Some(doing), _) => format!("I’m {doing} later, and I want to get it right. Can I ask you something?"),
        (None, Some(matter)) if s.is_simple() => format!("Can I ask you something about {matter}?"),
        (None, Some(matter)) => {
            format!("You know all about {matter}, don’t you? I’m not quite sure what the rules are.")
        }
        (None, None) if s.occasion().is_some() => {
            format!("I’m not sure what we have to do {}. Can I ask you?", s.occasion().unwrap_or_default())
        }
        (None, None) if bank.steps.is_empty() => {
            "Sorry, can I ask you a few things? I don’t want to get it wrong.".to_owned()
        }
        (None, None) => s
            .choose(&[
                "Have you got a minute? I’d like to be sure before I start.",
                "Sorry, can I ask you a few things? I don’t want to get it wrong.",
            ])
            .to_owned(),
    };
    s.say(Who::A, opening);
    if s.has_said("don’t you?") {
        s.vary(Who::B, &["More or less. What would you like to know?", "I hope so! What is it?"]);
    } else {
        s.vary(Who::B, &["Sure. What do you want to know?", "Of course. What is it?", "Yes, go ahead."]);
    }
    mixed_up(bank, s, (Who::A, Who::B));
    talk(s, bank, (Who::A, Who::B), s.until(), None, ALL);
    if s.turns.len() < s.until() && s.facts > 0 {
        s.anything_else((Who::A, Who::B), bank, None);
    }
    s.close(
        Who::A,
        &["Good. Then I’ll do it like that.", "Great. That’s all I needed.", "OK. Then I know what to do."],
    );
    s.close(Who::B, &["Any time.", "No problem. Just ask if you aren’t sure.", "You’re welcome."]);
    Some(())
}

/// One of the two has read the SOP: what is new to the other makes the talk.
pub(super) fn have_you_read(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let tells = |r: &&Rule| {
        let points = ["It ", "It’s ", "They ", "They’re "].iter().any(|p| r.said.full.starts_with(p));
        (5..=18).contains(&word_count(&r.said.full)) && !points
    };
    let mut rules: Vec<&Rule> = bank.rules.iter().filter(tells).collect();
    // What cannot be asked for is told.
    rules.sort_by_key(|r| !r.said.exact.is_empty());
    let first = *rules.first()?;
    match (s.occasion(), s.matter().map(str::to_owned)) {
        (Some(occasion), _) => {
            s.say(Who::A, format!("Do you know what we have to do {occasion}? I haven’t read the SOP yet."));
        }
        (None, Some(matter)) => {
            s.say(Who::A, format!("Have you read what the SOP says about {matter}? I haven’t had time."));
        }
        (None, None) => s.say(Who::A, "Have you read the SOP yet? I haven’t had time."),
    }
    if s.has_said("Do you know") {
        s.vary(
            Who::B,
            &[
                "Yes, I read it this morning. There are a few things we need to remember.",
                "I think so. I’ve just read it.",
            ],
        );
    } else {
        s.vary(
            Who::B,
            &["Yes, I have. There are a few things you need to know.", "Yes, this morning. Some of it was new to me."],
        );
    }
    s.vary(Who::A, &["Really? Such as?", "Oh? What, for example?"]);
    s.announce(Who::B, first).then_some(())?;
    let most = s.turns.len() + 4;
    talk(s, bank, (Who::A, Who::B), most.min(s.until()), Some(first.source.at), ALL);
    let mut told = 0;
    while s.turns.len() < s.until() && told < 2 {
        let next = rules.iter().find(|r| !s.knows(&r.source)).copied();
        let Some(rule) = next else { break };
        s.ask(Who::A, s.choose(&["What else does it say?", "Is there anything else that’s new?"]));
        if !s.announce(Who::B, rule) {
            return None;
        }
        told += 1;
    }
    talk(s, bank, (Who::A, Who::B), s.until(), None, ALL);
    if s.turns.len() < s.until() {
        s.anything_else((Who::A, Who::B), bank, None);
    }
    s.close(
        Who::A,
        &[
            "OK. I’d better read it today, then.",
            "Thanks. I’ll read the rest after the break.",
            "I see. I’ll read it tonight.",
        ],
    );
    s.close(Who::B, &["Yes, do. It isn’t long.", "Good idea. You can have my copy.", "Do that. It’s worth it."]);
    Some(())
}

/// A reader of the SOP stumbles over its words.
pub(super) fn words(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let terms: Vec<Ask> = bank.terms.iter().filter(|t| t.question.starts_with("What does “")).cloned().collect();
    if terms.len() < 2 {
        return None;
    }
    s.vary(
        Who::A,
        &[
            "I’m reading the SOP, and there are some words that I don’t know. Can you help me?",
            "Sorry, have you got a minute? I don’t understand everything in the SOP.",
        ],
    );
    s.vary(Who::B, &["I’ll try. What don’t you understand?", "Of course. Which words?"]);
    let words = Bank { terms, ..Bank::default() };
    let most = s.until();
    talk(s, &words, (Who::A, Who::B), most, None, ALL);
    if s.turns.len() < most {
        let people = Bank { people: bank.people.clone(), ..Bank::default() };
        talk(s, &people, (Who::A, Who::B), most, None, ALL);
    }
    s.close(Who::A, &["Ah, now the text makes sense. Thank you.", "OK, now I can read on. Thanks."]);
    s.close(Who::B, &["No problem. I had to ask, too.", "You’re welcome."]);
    Some(())
}

/// Somebody does not know whom to turn to.
pub(super) fn who(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let people: Vec<Ask> = bank
        .people
        .iter()
        .chain(bank.terms.iter().filter(|t| t.question.starts_with("Who ") || t.question.starts_with("Who’s ")))
        .cloned()
        .collect();
    if people.len() < 2 {
        return None;
    }
    s.vary(
        Who::A,
        &[
            "I’ve just joined the team, and I don’t know who does what yet. Can you help me?",
            "I need to talk to the right person, but I’m not sure who that is.",
        ],
    );
    s.vary(Who::B, &["Sure. What’s it about?", "Yes, it’s a bit complicated. What would you like to know?"]);
    let team = Bank { people, rules: bank.rules.clone(), ..Bank::default() };
    talk(s, &team, (Who::A, Who::B), s.until(), None, ALL);
    s.close(Who::A, &["Great. Now I know who to talk to.", "Thanks. That saves me a lot of running around."]);
    s.close(Who::B, &["You’re welcome. You’ll soon know everybody.", "No problem."]);
    Some(())
}

pub(super) fn why(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let reasons: Vec<_> =
        bank.steps.iter().filter_map(|x| Some((x, x.detail.as_ref().filter(|d| d.wh == Wh::Why)?))).take(2).collect();
    let (step, detail) = reasons.first()?;
    let ask = if s.is_high() { "Could you explain why we" } else { "Can I ask you something? Why do we" };
    let core = lines::ours(&detail.core)?;
    s.say(Who::A, format!("{ask} {core}?"));
    s.say(Who::B, "Good question.");
    s.state(Who::B, &step.source, sentence(&capitalise(&detail.answer)), Answer::Reason).then_some(())?;
    if let Some((step, detail)) = reasons.get(1)
        && let Some(core) = lines::ours(&detail.core)
    {
        let text = sentence(&capitalise(&detail.answer));
        s.exchange((Who::A, Who::B), &format!("Is it the same when we {core}?"), &step.source, (text, Answer::Reason));
    }
    talk(
        s,
        bank,
        (Who::A, Who::B),
        s.until(),
        Some(step.source.at),
        Without { steps: false, terms: true, bans: false },
    );
    s.close(Who::A, &["Thanks. It’s easier to remember when I know why.", "I see. Thanks for explaining that."]);
    s.close(Who::B, &["You’re welcome. Keep asking.", "No problem."]);
    Some(())
}

/// Who comes from outside, by the rules about them: as they are called in a sentence, as a role, and who answers.
const OUTSIDERS: [(&str, &str, &str); 5] = [
    ("guest", "Guest", "Member of staff"),
    ("visitor", "Visitor", "Member of staff"),
    ("customer", "Customer", "Sales assistant"),
    ("patient", "Patient", "Member of staff"),
    ("resident", "Resident", "Carer"),
];

/// Only what concerns them, in words for them.
pub(super) fn guest(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let about = |rule: &Rule, who: &str| rule.said.full.to_lowercase().contains(who);
    let count = |who: &str| bank.rules.iter().filter(|r| about(r, who)).count();
    let (word, role, staff) = OUTSIDERS.into_iter().max_by_key(|(who, ..)| count(who))?;
    let internal = |text: &str| {
        let text = format!(" {} ", text.to_lowercase());
        [" you ", " your ", " staff", " duty manager", " employees", " i ", " host ", " hosts "]
            .iter()
            .any(|w| text.contains(w))
    };
    let mut rules: Vec<Rule> = bank
        .rules
        .iter()
        .filter(|r| !internal(&r.said.full) && !r.said.exact.iter().any(|(q, _)| internal(q)))
        .filter(|r| !r.said.exact.is_empty() || r.said.about.is_some())
        .cloned()
        .collect();
    if rules.len() < 3 || count(word) < 2 {
        return None;
    }
    for rule in &mut rules {
        mine(rule, word);
    }
    let public = Bank { rules, ..Bank::default() };
    s.voice = Voice::Guest;
    s.cast = Some([role, staff]);
    s.vary(
        Who::A,
        &[
            "Excuse me, could you help me, please?",
            "Good morning. It’s my first time here, so I’ve got a few questions.",
        ],
    );
    s.vary(Who::B, &["Of course. How can I help you?", "Certainly. What would you like to know?"]);
    talk(s, &public, (Who::A, Who::B), s.until(), None, ALL);
    s.close(Who::A, &["That’s very kind. Thank you.", "Thank you. That’s all I wanted to know."]);
    s.close(Who::B, &["You’re welcome. Have a nice day!", "My pleasure."]);
    Some(())
}

/// "Where do visitors wait?" - "In the lobby." asked by a visitor: "Where do I wait?"
fn mine(rule: &mut Rule, who: &str) {
    let Some((question, answer)) = rule.said.exact.first_mut() else { return };
    let (many, padded) = (format!("{who}s"), format!(" {question}"));
    let asked = ["do", "can", "may", "must", "should"].iter().find_map(|aux| {
        let (before, after) = padded.split_once(&format!(" {aux} {many} "))?;
        Some(format!("{before} {aux} I {}", after.replace("their ", "my ")))
    });
    let yours = answer.replace(" their ", " your ").replace(" them", " you").replace("they ", "you ");
    let Some(asked) = asked.filter(|_| rule.source.bears(&yours)) else { return };
    *question = capitalise(asked.trim());
    *answer = yours;
}
