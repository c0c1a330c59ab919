//! Somebody wants to know: on the first day, after a missed training, as a trainee, as a guest, as an inspector.

use course_format::Level;

use crate::engine::author::dialogue::bank::{Bank, Rule, Step};
use crate::engine::author::dialogue::fill::fill;
use crate::engine::author::dialogue::lines;
use crate::engine::author::dialogue::script::{Script, Voice, Who};
use crate::engine::english::adjunct::Wh;
use crate::engine::english::text::{capitalise, sentence, word_count};

/// "I’m changing a container for the first time today.", "I’ve got a question about lost badges."
fn occasion(bank: &Bank, s: &mut Script<'_>) {
    let lists = bank.place.as_ref().filter(|_| bank.listed.len() > 2);
    if let Some(place) = lists {
        let named = if place.contains(char::is_uppercase) { format!("“{place}”") } else { place.clone() };
        s.say(Who::A, format!("I’ve got a question about {named}."));
        return;
    }
    let Some(matter) = s.matter().map(str::to_owned) else { return };
    let doing = matter.split_once(' ').is_some_and(|(first, _)| first.ends_with("ing"));
    if doing && !matter.contains(" and ") {
        s.say(Who::A, format!("I’m {matter} for the first time today."));
    } else {
        s.say(Who::A, format!("I’ve got some questions about {matter}."));
    }
}

#[expect(clippy::unnecessary_wraps, reason = "every pattern has this type; others need what a lesson may not have")]
pub(super) fn first_day(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    s.vary(
        Who::A,
        &[
            "Hi, it’s my first day here. Can you help me?",
            "Hello, I’m new. Have you got a minute?",
            "Hi. I’m starting here today. Can I ask you something?",
        ],
    );
    s.vary(Who::B, &["Welcome! What would you like to know?", "Of course. What is it?", "Sure. How can I help?"]);
    occasion(bank, s);
    fill(s, bank, Who::A, Who::B, s.until());
    s.close(Who::A, &["OK, I’ll write that down. Thanks for your help.", "Thanks. Now I can start."]);
    s.vary(Who::B, &["Good luck! Ask me if you aren’t sure.", "You’re welcome. I’m here all day."]);
    Some(())
}

#[expect(clippy::unnecessary_wraps, reason = "every pattern has this type; others need what a lesson may not have")]
pub(super) fn newcomer(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    s.vary(
        Who::A,
        &[
            "Have you got a minute? I’d like to be sure before I start.",
            "Sorry, can I ask you a few things before I begin?",
            "I’ve just read the SOP. Could you help me with a few points?",
        ],
    );
    s.vary(
        Who::B,
        &["Of course. Go ahead.", "Sure. What would you like to know?", "Yes, of course. What’s not clear?"],
    );
    occasion(bank, s);
    if s.generous {
        confirmed(bank, s);
    }
    fill(s, bank, Who::A, Who::B, s.until());
    s.close(
        Who::A,
        &["Thanks. Now I know what to do.", "Thank you. I’ll start now.", "Good. That answers my questions."],
    );
    s.vary(Who::B, &["You’re welcome.", "No problem. Call me if you need me.", "Any time."]);
    Some(())
}

/// "First I close the gate. Is that right?" - "Yes, that’s right.": the worker says the plan, and somebody who knows confirms it.
fn confirmed(bank: &Bank, s: &mut Script<'_>) {
    let plan: Vec<(&Step, String)> = bank
        .steps
        .iter()
        .filter(|x| x.asks.is_empty() && word_count(&x.phrase) <= 12 && !x.phrase.contains(" we "))
        .filter_map(|x| Some((x, lines::mine(&x.phrase)?)))
        .take(3)
        .collect();
    for (number, (step, mine)) in plan.iter().enumerate() {
        let opening = match number {
            0 if s.opens(step) => "First I",
            _ => "I",
        };
        s.state(Who::A, &step.source, format!("{opening} {mine}."));
        s.vary(Who::A, &["Is that right?", "Is that correct?", "Right?"]);
        s.vary(Who::B, &["Yes, that’s right.", "Exactly.", "Yes, that’s how we do it."]);
    }
}

/// A colleague was away and wants to know what the others have learned.
#[expect(clippy::unnecessary_wraps, reason = "every pattern has this type; others need what a lesson may not have")]
pub(super) fn missed(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    s.vary(
        Who::A,
        &[
            "Hi. I was away yesterday, and I missed the training. What was it about?",
            "I couldn’t come to the training. What did you talk about?",
            "I wasn’t here for the training. What was it about?",
        ],
    );
    let about = s.matter().map_or_else(|| "some of our rules".to_owned(), str::to_owned);
    s.say(Who::B, format!("About {about}. I’ve got my notes here. What would you like to know?"));
    fill(s, bank, Who::A, Who::B, s.until());
    s.close(Who::A, &["Thanks. Now I’m up to date.", "Thank you. I’ll read the rest in the SOP."]);
    s.vary(Who::B, &["You’re welcome. You can have my notes.", "No problem. See you after the break."]);
    Some(())
}

pub(super) fn why(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let reasons: Vec<_> =
        bank.steps.iter().filter_map(|x| Some((x, x.detail.as_ref().filter(|d| d.wh == Wh::Why)?))).take(2).collect();
    let (step, detail) = reasons.first()?;
    s.vary(Who::A, &["Can I ask you something about the work?", "I’d like to understand one thing."]);
    s.vary(Who::B, &["Of course. What is it?", "Sure. Ask me anything."]);
    let ask = if s.level >= Level::B2 { "What’s the reason that we" } else { "Why do we" };
    let core = lines::ours(&detail.core)?;
    s.say(Who::A, format!("{ask} {core}?"));
    s.state(Who::B, &step.source, sentence(&capitalise(&detail.answer)));
    if let Some((step, detail)) = reasons.get(1) {
        s.say(Who::A, "That makes sense. And what else is important?");
        s.state(Who::B, &step.source, lines::order(&detail.core));
        s.vary(Who::A, &["What’s the reason for that?", "And why is that?"]);
        s.state(Who::B, &step.source, sentence(&capitalise(&detail.answer)));
    }
    fill(s, bank, Who::A, Who::B, s.until());
    s.close(Who::A, &["Thanks. It’s easier to remember when I know why.", "I see. Thanks for explaining that."]);
    s.vary(Who::B, &["You’re welcome. Ask me any time.", "No problem."]);
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
        [" you ", " your ", " staff", " duty manager", " employees", " i "].iter().any(|w| text.contains(w))
    };
    let mut rules: Vec<Rule> = bank
        .rules
        .iter()
        .filter(|r| !internal(&r.said.full))
        .filter(|r| !r.said.exact.iter().any(|(q, _)| internal(q)))
        .filter(|r| !r.said.exact.is_empty() || r.said.about.is_some())
        .cloned()
        .collect();
    if rules.len() < 3 || count(word) == 0 {
        return None;
    }
    for rule in &mut rules {
        mine(rule, word);
    }
    let public = Bank { rules, ..Bank::default() };
    s.voice = Voice::Outsider;
    s.cast = Some([role, staff]);
    s.vary(Who::A, &["Excuse me, could you help me, please?", "Good morning. May I ask you something?"]);
    s.vary(Who::B, &["Of course. How can I help you?", "Certainly. What would you like to know?"]);
    fill(s, &public, Who::A, Who::B, s.until());
    s.close(Who::A, &["That’s very kind. Thank you.", "Thank you. That’s all I wanted to know."]);
    s.vary(Who::B, &["You’re welcome. Have a nice day!", "My pleasure."]);
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

#[expect(clippy::unnecessary_wraps, reason = "every pattern has this type; others need what a lesson may not have")]
pub(super) fn inspection(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    s.voice = Voice::Outsider;
    let ours: Vec<_> = bank.steps.iter().filter_map(|x| lines::ours(&x.phrase).map(|p| (x, p))).take(2).collect();
    match s.matter().map(str::to_owned) {
        Some(matter) if matter.split(' ').next().is_some_and(|w| w.ends_with("ing")) => {
            s.say(Who::A, format!("Thank you for your time. Could you talk me through {matter}?"));
        }
        Some(matter) => s.say(Who::A, format!("Good morning. I’d like to hear about {matter}.")),
        None => s.vary(
            Who::A,
            &[
                "Could you talk me through this part of your work?",
                "Thank you for your time. I’d like to hear how you work here.",
            ],
        ),
    }
    match ours.as_slice() {
        [(first, a), (second, b)] if s.opens(first) && s.follows(first, second) => {
            s.say(Who::B, "Certainly.");
            s.state(Who::B, &first.source, format!("First, we {a}."));
            s.vary(Who::A, &["I see. And then?", "And what comes after that?"]);
            s.state(Who::B, &second.source, format!("Then we {b}."));
        }
        [(first, a), ..] => {
            s.say(Who::B, "Certainly.");
            s.state(Who::B, &first.source, format!("We {a}."));
        }
        [] => {
            s.vary(Who::B, &["Certainly. What would you like to know?", "Of course. Where shall we begin?"]);
        }
    }
    fill(s, bank, Who::A, Who::B, s.until());
    s.close(Who::A, &["Thank you. That’s all for today.", "Thank you. I’ve seen what I needed."]);
    s.vary(Who::B, &["You’re welcome.", "Thank you. Is there anything else you’d like to see?"]);
    Some(())
}
