//! Something must not happen: an unsafe act, a question for permission, a refusal.

use crate::engine::author::dialogue::ask;
use crate::engine::author::dialogue::bank::{Ban, Bank};
use crate::engine::author::dialogue::fill::fill;
use crate::engine::author::dialogue::script::{Script, Who};

/// The prohibition that this lesson's talk begins with.
fn one<'b>(bank: &'b Bank, s: &Script<'_>) -> Option<&'b Ban> {
    let speakable: Vec<&Ban> = bank.bans.iter().filter(|b| !b.phrase.contains("you")).collect();
    speakable.get(s.variety % speakable.len().max(1)).copied()
}

pub(super) fn unsafe_act(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let ban = one(bank, s).or_else(|| bank.bans.first())?;
    s.vary(Who::A, &["Stop, please!", "Wait a moment, please!"]);
    s.warn(Who::A, ban);
    s.vary(
        Who::B,
        &["Oh, sorry! I didn’t know that.", "Really? Nobody told me that.", "Sorry! Thanks for telling me."],
    );
    s.vary(Who::A, &["That’s all right. It’s in the SOP.", "No problem. It’s one of our rules."]);
    s.vary(Who::B, &["So what should I do?", "OK. What’s the right way, then?"]);
    if let Some((step, next)) = bank.instead_of(ban) {
        s.explain(Who::B, Who::A, step);
        if let Some(other) = next {
            s.go_on(Who::B, Some(step), other);
            s.explain(Who::B, Who::A, other);
        }
    } else {
        s.vary(Who::A, &["Ask me first. There are some rules here.", "Let’s go through the rules together."]);
    }
    fill(s, bank, Who::B, Who::A, s.until());
    s.vary(Who::B, &["OK. Thanks for your help.", "Got it. I’ll be more careful."]);
    s.vary(Who::A, &["No problem.", "Thanks. We all have to look after each other."]);
    Some(())
}

pub(super) fn permission(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let first = one(bank, s)?;
    s.vary(
        Who::A,
        &["Can I check something with you?", "Excuse me, I’ve got a quick question.", "Have you got a moment?"],
    );
    s.vary(Who::B, &["Sure. What is it?", "Of course. Ask me.", "Yes, go ahead."]);
    s.refuse(Who::A, Who::B, first);
    let second =
        bank.bans.iter().find(|b| !s.knows(&b.source) && !b.phrase.contains("you") && b.source.at != first.source.at);
    match (bank.instead_of(first), second) {
        (Some((step, _)), _) => {
            s.vary(Who::A, &["OK. What do I do, then?", "I see. So what should I do?"]);
            s.explain(Who::A, Who::B, step);
        }
        (None, Some(ban)) => s.refuse(Who::A, Who::B, ban),
        (None, None) => {}
    }
    if let Some(person) = bank.people.first() {
        s.who(Who::A, Who::B, person);
    }
    fill(s, bank, Who::A, Who::B, s.until());
    s.vary(Who::A, &["OK. It’s good that I asked.", "Right. Thanks, that’s clear now."]);
    s.vary(Who::B, &["No problem. Always ask first.", "You’re welcome."]);
    Some(())
}

pub(super) fn refusal(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let ban = one(bank, s)?;
    s.vary(
        Who::A,
        &[
            "Can I ask you something? I’m in a hurry.",
            "We’re late. Let’s save some time.",
            "I’ve got an idea. It’ll be faster.",
        ],
    );
    s.vary(Who::B, &["What is it?", "What do you mean?", "Go on."]);
    s.say(Who::A, format!("Can’t we just {}?", ban.phrase));
    s.vary(Who::B, &["Sorry, no. The SOP is clear:", "No, I’m sorry. It’s against the rules:"]);
    s.warn(Who::B, ban);
    s.vary(Who::A, &["I see. What can we do, then?", "OK. So what do we do?"]);
    if let Some((step, next)) = bank.instead_of(ban) {
        s.explain(Who::A, Who::B, step);
        if let Some(other) = next {
            s.go_on(Who::A, Some(step), other);
            s.explain(Who::A, Who::B, other);
        }
    } else {
        let way =
            ["Let’s do it the right way. It takes longer, but it’s safe.", "We take our time and do it properly."];
        s.vary(Who::B, &way);
        s.vary(Who::A, ask::start(s.level));
        let second = bank.bans.iter().find(|b| !s.knows(&b.source))?;
        s.warn(Who::B, second);
    }
    fill(s, bank, Who::A, Who::B, s.until());
    s.vary(Who::A, &["Fine. Then let’s do it like that.", "OK, you’re right."]);
    s.vary(Who::B, &["Thanks. I’ll help you.", "Thank you. It won’t take long."]);
    Some(())
}
