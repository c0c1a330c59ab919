//! Something must not happen: an unsafe act, a question for permission, a refusal.

use crate::engine::author::dialogue::bank::{Ban, Bank, Rule};
use crate::engine::author::dialogue::fill::fill;
use crate::engine::author::dialogue::lines;
use crate::engine::author::dialogue::script::{Script, Who, plainly};

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
        &["Oh, sorry! So what should I do?", "Sorry! What’s the right way, then?", "Oh! How do I do it, then?"],
    );
    let after = bank.steps.iter().find(|x| x.source.at > ban.source.at).or_else(|| bank.steps.first());
    if let Some((step, next)) = bank.instead_of(ban) {
        s.explain(Who::B, Who::A, step);
        if let Some(other) = next.filter(|other| s.follows(step, other)) {
            s.go_on(Who::B);
            s.explain(Who::B, Who::A, other);
        }
    } else if let Some(case) = bank.cases.iter().find(|c| c.order.is_some() && c.source.at == ban.source.at) {
        s.vary(Who::A, &["Ask me first if you aren’t sure.", "Just ask me first."]);
        s.case(Who::B, Who::A, case);
    } else if after.is_some() {
        s.vary(Who::A, &["Let me help you. What do you want to know?", "I’ll explain it. Which part isn’t clear?"]);
    } else {
        s.vary(Who::A, &["Ask me first. There are some more rules here.", "Let me explain the rules here."]);
    }
    fill(s, bank, Who::B, Who::A, s.until());
    s.close(Who::B, &["OK. Thanks for your help.", "Got it. I’ll be more careful."]);
    s.vary(Who::A, &["No problem.", "Thanks. We all have to look after each other."]);
    Some(())
}

pub(super) fn permission(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let Some(first) = one(bank, s) else { return permitted(bank, s) };
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
        s.asked(Who::A, Who::B, person);
    }
    fill(s, bank, Who::A, Who::B, s.until());
    s.close(Who::A, &["OK. It’s good that I asked.", "Right. Thanks, that’s clear now."]);
    s.vary(Who::B, &["No problem. Ask me any time.", "You’re welcome."]);
    Some(())
}

/// Rules that give or refuse a permission: at least two of them.
fn permitted(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let decides = |x: &&Rule| x.said.exact.first().is_some_and(|(_, a)| a.starts_with("No,") || a.starts_with("Yes,"));
    let rules: Vec<&Rule> = bank.rules.iter().filter(decides).take(3).collect();
    if rules.len() < 2 {
        return None;
    }
    let about = s.matter().map(|m| format!(" about {m}")).unwrap_or_default();
    s.say(Who::A, format!("Have you got a moment? I’d like to check something{about}."));
    s.vary(Who::B, &["Sure. What is it?", "Of course. What do you want to know?"]);
    for rule in rules {
        s.rule(Who::A, Who::B, rule);
    }
    fill(s, bank, Who::A, Who::B, s.until());
    s.close(Who::A, &["OK. It’s good that I asked.", "Right. Thanks, that’s clear now."]);
    s.vary(Who::B, &["No problem. Ask me any time.", "You’re welcome."]);
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
    s.say(
        Who::A,
        format!("Can’t we just {}?", lines::ours(&plainly(&ban.phrase)).unwrap_or_else(|| plainly(&ban.phrase))),
    );
    s.vary(Who::B, &["Sorry, no. The SOP is clear:", "No, I’m sorry. It’s against the rules:"]);
    s.warn(Who::B, ban);
    s.vary(Who::A, &["I see. What can we do, then?", "OK. So what do we do?"]);
    if let Some((step, next)) = bank.instead_of(ban) {
        s.explain(Who::A, Who::B, step);
        if let Some(other) = next.filter(|other| s.follows(step, other)) {
            s.go_on(Who::A);
            s.explain(Who::A, Who::B, other);
        }
    } else {
        s.vary(Who::B, &["Let’s do it the right way. I can help you.", "We take our time and do it properly."]);
    }
    fill(s, bank, Who::A, Who::B, s.until());
    s.close(Who::A, &["Fine. Then let’s do it like that.", "OK, you’re right."]);
    s.vary(Who::B, &["Thanks. I’ll help you.", "Thank you. It won’t take long."]);
    Some(())
}
