//! Something must not happen: an unsafe act, a question for permission, a refusal.

use crate::engine::author::dialogue::bank::{Ban, Bank, Rule};
use crate::engine::author::dialogue::lines;
use crate::engine::author::dialogue::react::Answer;
use crate::engine::author::dialogue::script::{Script, Who, plainly};
use crate::engine::author::dialogue::talk::{Without, talk};
use crate::engine::english::text::word_count;
use crate::engine::library::ClauseRef;

const AT_WORK: Without = Without { steps: false, terms: true, bans: false };

/// The prohibition that this lesson's talk begins with: one that says what to do instead before others.
fn one<'b>(bank: &'b Bank, s: &Script<'_>) -> Option<&'b Ban> {
    let speakable: Vec<&Ban> = bank
        .bans
        .iter()
        .filter(|b| !format!(" {} ", b.phrase).contains(" you ") && word_count(&b.phrase) <= 14)
        .collect();
    let instead: Vec<&Ban> = speakable.iter().copied().filter(|b| bank.instead_of(b).is_some()).collect();
    let from = if instead.is_empty() { &speakable } else { &instead };
    from.get(s.variety % from.len().max(1)).copied()
}

/// What to do instead, asked for and told; where that is known.
fn instead(s: &mut Script<'_>, bank: &Bank, ban: &Ban, (asks, tells): (Who, Who), question: &[&str]) -> bool {
    let Some((step, next)) = bank.instead_of(ban) else { return false };
    let step = step.clone();
    s.vary(asks, question);
    if !s.explain(asks, tells, "", &step) {
        return false;
    }
    if let Some(other) = next.filter(|other| s.follows(&step, other)) {
        s.vary(asks, &["OK. And then?", "All right. And after that?"]);
        return s.explain(asks, tells, "", other);
    }
    true
}

pub(super) fn unsafe_act(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let ban = one(bank, s)?;
    s.vary(Who::A, &["Stop!", "Wait!", "Careful!"]);
    s.warn(Who::A, ban).then_some(())?;
    let asked: &[&str] = &["Oh, sorry! So what should I do?", "Sorry, I didn’t know. How do I do it, then?"];
    if !instead(s, bank, ban, (Who::B, Who::A), asked) {
        s.vary(Who::B, &["Oh, sorry! I didn’t know that.", "Sorry, I wasn’t thinking."]);
        s.vary(Who::A, &["It’s OK. Nothing’s happened.", "That’s all right. I did the same on my first day."]);
        s.settle();
        if bank.bans.iter().any(|b| b.source.at != ban.source.at) {
            s.vary(Who::B, &["Is there anything else I mustn’t do?", "Is there anything else I should know?"]);
            s.count_forbidden();
            let other = bank.bans.iter().filter(|b| b.source.at != ban.source.at);
            let other = other.min_by_key(|b| b.source.at.clause.abs_diff(ban.source.at.clause))?;
            s.say(Who::A, "Yes.");
            s.warn(Who::A, other).then_some(())?;
        }
    }
    talk(s, bank, (Who::B, Who::A), s.until(), Some(ban.source.at), AT_WORK);
    s.close(
        Who::B,
        &[
            "OK, got it. Thanks for telling me.",
            "Right. I’ll be more careful next time.",
            "OK. I’m glad you saw it.",
            "Thanks. I won’t forget it.",
        ],
    );
    s.close(
        Who::A,
        &[
            "No problem. It’s happened to all of us.",
            "That’s fine. Shout if you need me.",
            "Don’t worry about it.",
            "No problem. Carry on.",
        ],
    );
    Some(())
}

pub(super) fn permission(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let Some(first) = one(bank, s) else { return permitted(bank, s) };
    s.vary(Who::A, &["Can I check something with you?", "Have you got a second?"]);
    s.vary(Who::B, &["Sure. What is it?", "Yes, of course."]);
    s.refuse(Who::A, Who::B, first).then_some(())?;
    let second =
        bank.bans.iter().find(|b| !s.knows(&b.source) && !b.phrase.contains("you") && b.source.at != first.source.at);
    let asked: &[&str] = &["OK. What do I do, then?", "I see. So what should I do?"];
    if !instead(s, bank, first, (Who::A, Who::B), asked)
        && let Some(ban) = second
    {
        s.refuse(Who::A, Who::B, ban);
    }
    talk(s, bank, (Who::A, Who::B), s.until(), Some(first.source.at), AT_WORK);
    farewell(s);
    Some(())
}

fn farewell(s: &mut Script<'_>) {
    s.close(Who::A, &["OK. It’s good that I asked.", "Right. I’m glad I asked."]);
    s.close(Who::B, &["Yes, it’s always better to ask.", "No problem. Ask me any time."]);
}

/// Rules that give or refuse a permission: at least two of them, beside each other.
fn permitted(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let decides = |x: &&Rule| x.said.exact.first().is_some_and(|(_, a)| a.starts_with("No,") || a.starts_with("Yes,"));
    let rules: Vec<&Rule> = bank.rules.iter().filter(decides).take(3).collect();
    let first: ClauseRef = rules.first().filter(|_| rules.len() > 1)?.source.at;
    let sure = s.matter().map_or_else(|| "what’s allowed".to_owned(), |m| format!("about the rules for {m}"));
    s.say(Who::A, format!("Have you got a second? I’m not sure {sure}."));
    s.vary(Who::B, &["Sure. What do you want to know?", "Yes, of course. Go on."]);
    for rule in rules {
        s.rule(Who::A, Who::B, rule);
    }
    talk(s, bank, (Who::A, Who::B), s.until(), Some(first), AT_WORK);
    farewell(s);
    Some(())
}

pub(super) fn refusal(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let ban = one(bank, s)?;
    let act = lines::ours(&plainly(&ban.phrase)).unwrap_or_else(|| plainly(&ban.phrase));
    let reason =
        s.choose(&["We’re running late.", "I’m in a real hurry.", "It’s been a long day, and I’d like to finish."]);
    s.say(Who::A, format!("{reason} Can’t we just {act}?"));
    let no = match ban.phrase.split_once(" until ") {
        Some((_, then)) => format!("No, not until {then}."),
        None if ban.never => s.choose(&["No, never. You know that.", "No, sorry. We never do that."]).to_owned(),
        None => s.choose(&["No, please don’t. It’s against the rules.", "No, sorry. Please don’t do that."]).to_owned(),
    };
    s.state(Who::B, &ban.source, no, Answer::Ban).then_some(())?;
    let (pressed, firm) = [
        ("Oh, come on. It’s only this once.", "Not even once. I’d get into trouble, and so would you."),
        ("But nobody will notice.", "That’s not the point. It’s a rule for a reason."),
        ("Really? Not even today?", "Not even today. I’m sorry."),
        ("Are you serious?", "Yes, I am. It could go badly wrong."),
    ][(s.variety + ban.phrase.len()) % 4];
    s.say(Who::A, pressed);
    s.say(Who::B, firm);
    let asked: &[&str] = &["All right. So what do we do?", "OK, OK. How do we do it, then?"];
    if !instead(s, bank, ban, (Who::A, Who::B), asked) {
        let other = bank.bans.iter().filter(|b| b.source.at != ban.source.at && !s.knows(&b.source));
        let other = other.filter(|b| s.is_near(b.source.at, ban.source.at) && !b.phrase.contains("you"));
        let other = other.min_by_key(|b| b.source.at.clause.abs_diff(ban.source.at.clause))?;
        let act = lines::ours(&plainly(&other.phrase))?;
        s.say(Who::A, format!("All right. But can we at least {act}?"));
        let no = match other.phrase.split_once(" until ") {
            Some((_, then)) => format!("No, not until {then}."),
            None => s.choose(&["No, we can’t do that either.", "No, sorry. Don’t do that, either."]).to_owned(),
        };
        s.state(Who::B, &other.source, no, Answer::Ban).then_some(())?;
        s.vary(Who::A, &["You’re very strict today.", "OK, I give up."]);
        s.vary(
            Who::B,
            &["I just want us all to get home safely.", "It’s nothing personal. The rules are the same for everybody."],
        );
    }
    talk(s, bank, (Who::A, Who::B), s.until(), Some(ban.source.at), AT_WORK);
    s.close(
        Who::A,
        &[
            "Fine. Let’s do it properly, then.",
            "OK, you’re right. Let’s do it like that.",
            "All right. Thanks for being so patient.",
            "OK. I’d have been in trouble without you.",
        ],
    );
    s.close(
        Who::B,
        &[
            "Thanks. It won’t take long.",
            "Good. I’ll help you, then it’s faster.",
            "No problem.",
            "Come on, we’ll manage.",
        ],
    );
    Some(())
}
