//! Something is wrong: told face to face, or on the phone.

use crate::engine::author::dialogue::bank::{Bank, Case};
use crate::engine::author::dialogue::react::Answer;
use crate::engine::author::dialogue::script::{Script, Who};
use crate::engine::author::dialogue::talk::{Without, talk};
use crate::engine::author::dialogue::{lines, scenario};

/// The case that this lesson's talk begins with, as news.
fn news<'b>(bank: &'b Bank, s: &Script<'_>) -> Option<(&'b Case, String)> {
    let known: Vec<(&Case, String)> = bank
        .cases
        .iter()
        .filter(|c| c.order.as_deref().is_some_and(is_help) && is_trouble(&c.condition))
        .filter_map(|c| {
            let told = || lines::news(&c.condition).filter(|n| c.source.bears(n) && lines::is_sound(n));
            Some((c, scenario::value(&c.condition).or_else(told)?))
        })
        .collect();
    // A limit that is broken makes the better story.
    let with_value = known.iter().find(|(c, _)| scenario::value(&c.condition).is_some());
    with_value.cloned().or_else(|| known.get(s.variety % known.len().max(1)).cloned())
}

/// What is only written down or goes on as before is no problem.
fn is_help(order: &str) -> bool {
    const GOES_ON: [&str; 10] =
        ["record", "continue", "sign", "note", "accept", "release", "start", "proceed", "go", "enter"];
    !GOES_ON.contains(&order.split(' ').next().unwrap_or_default())
}

/// Whether the condition is something that has gone wrong or has just happened.
fn is_trouble(condition: &str) -> bool {
    const WRONG: [&str; 48] = [
        "broken",
        "damaged",
        "leaking",
        "red",
        "wet",
        "hot",
        "missing",
        "full",
        "late",
        "open",
        "blocked",
        "dirty",
        "expired",
        "empty",
        "cracked",
        "torn",
        "unclear",
        "wrong",
        "sick",
        "ill",
        "injured",
        "contaminated",
        "faulty",
        "loose",
        "stained",
        "unsure",
        "sure",
        "short",
        "low",
        "high",
        "stuck",
        "worn",
        "lost",
        "stolen",
        "burnt",
        "cold",
        "warm",
        "soft",
        "unwell",
        "closed",
        "unavailable",
        "incomplete",
        "defective",
        "unable",
        "visible",
        "unconscious",
        "hurt",
        "out",
    ];
    if scenario::value(condition).is_some() {
        return !condition.contains("between");
    }
    let words: Vec<&str> = condition.split(' ').collect();
    let be = words.iter().position(|w| matches!(*w, "is" | "are"));
    let Some(at) = be else { return true };
    let state: Vec<&str> = words[at + 1..].iter().map(|w| w.trim_end_matches(',')).collect();
    let wrong = state.iter().any(|w| WRONG.contains(w));
    if words.first() == Some(&"you") {
        return at > 1 || wrong;
    }
    wrong || state.contains(&"not") || state.first().is_some_and(|w| w.ends_with("ing"))
}

/// News of a limit that is broken are ours; other news tell the case of the SOP.
fn report(s: &mut Script<'_>, who: Who, case: &Case, news: String) -> bool {
    if scenario::value(&case.condition).is_some_and(|v| v == news) {
        s.say(who, news);
        true
    } else {
        s.state(who, &case.source, news, Answer::Fact)
    }
}

const AT_WORK: Without = Without { steps: true, terms: true, bans: true };

pub(super) fn problem(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let (case, news) = news(bank, s)?;
    let openings: &[&str] = if s.is_high() {
        &[
            "Sorry to interrupt, but something’s come up.",
            "Could you spare a moment? I’d rather ask before I do anything.",
            "I hate to bother you, but I think this can’t wait.",
        ]
    } else {
        &[
            "Excuse me, I think we’ve got a problem.",
            "Can you come here for a moment, please? Something’s wrong.",
            "Sorry to disturb you, but there’s a problem.",
        ]
    };
    s.vary(Who::A, openings);
    s.vary(Who::B, &["What’s happened?", "What’s the matter?", "OK, what’s wrong?"]);
    if !report(s, Who::A, case, news) {
        return None;
    }
    if s.variety.is_multiple_of(2) {
        s.say(Who::B, "Oh. When did you notice?");
        s.say(Who::A, if s.is_high() { "Just now. What would you do?" } else { "Just now. What should I do?" });
    } else {
        s.say(Who::B, "Oh dear. Have you told anybody else?");
        let asked = "Not yet. I came straight to you. What do we do?";
        s.say(Who::A, if s.is_high() { asked } else { "No, not yet. What should I do?" });
    }
    if !s.state(Who::B, &case.source, case.answer.clone(), Answer::Order) {
        return None;
    }
    s.count_case();
    talk(s, bank, (Who::A, Who::B), s.until(), Some(case.source.at), AT_WORK);
    let ways: &[&str] = if case.answer.starts_with("Don’t") {
        &["OK. I’m glad I asked. Thanks.", "All right. I’ll tell the others, too."]
    } else {
        &["All right, I’ll do that straight away.", "OK, I’ll do it now. Thanks.", "Right. I’ll go and do that now."]
    };
    s.close(Who::A, ways);
    s.close(
        Who::B,
        &["Good. Tell me when it’s done.", "Thanks. And let me know how it goes.", "OK. I’m here if you need me."],
    );
    Some(())
}

/// A problem that cannot wait: said, answered, repeated.
pub(super) fn phone(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let (case, news) = news(bank, s)?;
    let repeat = lines::mine(case.order.as_deref()?)?;
    s.vary(Who::A, &["Hello, it’s Robin. I need your help.", "Hi, it’s Robin here. Have you got a minute?"]);
    s.vary(Who::B, &["Hi, Robin. What’s up?", "Hello, Robin. What’s happened?"]);
    if !report(s, Who::A, case, news) {
        return None;
    }
    if scenario::value(&case.condition).is_some() {
        s.say(Who::B, "Are you sure?");
        s.say(Who::A, "Yes, I’ve checked it twice. What do I do?");
    } else {
        s.vary(Who::B, &["OK. Are you on your own there?", "Right. Is anybody with you?"]);
        let alone = s.has_said("on your own");
        s.say(Who::A, if alone { "Yes, I am. What do I do?" } else { "No, I’m alone. What do I do?" });
    }
    if !s.state(Who::B, &case.source, case.answer.clone(), Answer::Order)
        || !s.state(Who::A, &case.source, format!("OK. So I {repeat}."), Answer::Nothing)
    {
        return None;
    }
    s.vary(Who::B, &["Yes, exactly.", "That’s right."]);
    s.count_case();
    talk(s, bank, (Who::A, Who::B), s.until(), Some(case.source.at), AT_WORK);
    s.close(Who::A, &["All right. I’ll do it now. Bye!", "Great, thanks for your help. Bye!"]);
    s.close(Who::B, &["Good. Call me again if you need me. Bye!", "No problem. Bye, Robin!"]);
    Some(())
}
