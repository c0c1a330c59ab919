//! Somebody wants to know: on the first day, as a trainee, as a guest, as an inspector.

use course_format::Level;

use crate::engine::author::dialogue::bank::Bank;
use crate::engine::author::dialogue::fill::fill;
use crate::engine::author::dialogue::lines;
use crate::engine::author::dialogue::script::{Script, Voice, Who};
use crate::engine::english::adjunct::Wh;
use crate::engine::english::text::{capitalise, sentence};

#[expect(clippy::unnecessary_wraps, reason = "every pattern has this type; others need what a lesson may not have")]
pub(super) fn first_day(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    s.vary(
        Who::A,
        &["Hi, it’s my first day here.", "Hello, I’m new. Can you help me?", "Hi. I’m starting here today."],
    );
    s.vary(Who::B, &["Welcome! What would you like to know?", "Nice to meet you. What do you want to know?"]);
    about_lists(bank, s);
    fill(s, bank, Who::A, Who::B, s.until());
    s.vary(Who::A, &["OK, I’ll remember that. Thanks for your help.", "Thanks. Now I know more."]);
    s.vary(Who::B, &["Good luck! Ask me if you aren’t sure.", "You’re welcome. Just ask if you need me."]);
    Some(())
}

/// "I’ve got a question about fridges. What’s allowed there?"
fn about_lists(bank: &Bank, s: &mut Script<'_>) {
    if let Some(place) = bank.place.as_ref().filter(|_| bank.listed.len() > 2) {
        let named = if place.contains(char::is_uppercase) { format!("“{place}”") } else { place.clone() };
        s.say(Who::A, format!("I’ve got a question about {named}."));
    }
}

#[expect(clippy::unnecessary_wraps, reason = "every pattern has this type; others need what a lesson may not have")]
pub(super) fn newcomer(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    s.vary(
        Who::A,
        &[
            "Have you got a minute? I’ve read the SOP, but I’ve got some questions.",
            "Sorry, can I ask you a few things about the SOP?",
            "I’ve just read the SOP. Could you help me with a few points?",
        ],
    );
    s.vary(
        Who::B,
        &["Of course. Go ahead.", "Sure. What would you like to know?", "Yes, of course. What’s not clear?"],
    );
    about_lists(bank, s);
    fill(s, bank, Who::A, Who::B, s.until());
    s.vary(
        Who::A,
        &[
            "Thanks. That’s much clearer now.",
            "Great, thank you. I’ll write that down.",
            "Good. That answers my questions.",
        ],
    );
    s.vary(Who::B, &["You’re welcome.", "No problem. Ask me again if you’re not sure.", "Any time."]);
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
    s.vary(Who::A, &["Thanks. It’s easier to remember when I know why.", "I see. Thanks for explaining that."]);
    s.vary(Who::B, &["You’re welcome. It’s good that you ask.", "No problem. Ask me any time."]);
    Some(())
}

/// Only what concerns guests, in words for guests.
pub(super) fn guest(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let theirs = |text: &str| text.to_lowercase().contains("guest");
    let internal = |text: &str| [" you ", " staff", " duty manager"].iter().any(|w| text.to_lowercase().contains(w));
    let rules: Vec<_> = bank.rules.iter().filter(|r| !internal(&r.said.full)).cloned().collect();
    if rules.len() < 3 || !bank.rules.iter().any(|r| theirs(&r.said.full)) {
        return None;
    }
    let public = Bank { rules, ..Bank::default() };
    s.voice = Voice::Outsider;
    s.vary(Who::A, &["Excuse me, could you help me, please?", "Good morning. May I ask you something?"]);
    s.vary(Who::B, &["Of course. How can I help you?", "Certainly. What would you like to know?"]);
    fill(s, &public, Who::A, Who::B, s.until());
    s.vary(Who::A, &["That’s very kind. Thank you.", "Thank you. That’s all I wanted to know."]);
    s.vary(Who::B, &["You’re welcome. Have a nice day!", "My pleasure."]);
    Some(())
}

#[expect(clippy::unnecessary_wraps, reason = "every pattern has this type; others need what a lesson may not have")]
pub(super) fn inspection(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    s.voice = Voice::Outsider;
    let ours: Vec<_> = bank.steps.iter().filter_map(|x| lines::ours(&x.phrase).map(|p| (x, p))).take(2).collect();
    s.vary(
        Who::A,
        &[
            "Could you talk me through this part of your work?",
            "I’d like to hear how you work here.",
            "Thank you for your time. How do you do this part of the work?",
        ],
    );
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
    s.vary(Who::A, &["Thank you. That was very clear.", "Thank you. I’ve seen what I needed."]);
    s.vary(Who::B, &["You’re welcome.", "Thank you. Is there anything else you’d like to see?"]);
    Some(())
}
