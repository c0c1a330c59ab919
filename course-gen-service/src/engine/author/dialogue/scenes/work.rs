//! The work is being done: side by side, on the first day, in a loud place.

use crate::engine::author::dialogue::bank::{Bank, Step};
use crate::engine::author::dialogue::lines;
use crate::engine::author::dialogue::react::{self, Answer};
use crate::engine::author::dialogue::script::{Script, Who};
use crate::engine::author::dialogue::talk::{Without, talk};

const AT_WORK: Without = Without { steps: true, terms: true, bans: false };

/// Whether the step is one deed that is done here and now.
fn is_now(step: &Step) -> bool {
    let routine = ["every", "daily", "weekly", "monthly", "always", "regularly", "twice", "never"];
    !step.phrase.split(' ').any(|w| routine.contains(&w.trim_end_matches(['.', ','])))
}

/// The longest run of steps that follow one another; a case may stand between two of them.
fn run<'b>(bank: &'b Bank, s: &Script<'_>) -> Vec<&'b Step> {
    let between = |before: &Step, step: &Step| {
        before.source.at.document == step.source.at.document
            && step.source.at.clause == before.source.at.clause + 2
            && bank.cases.iter().any(|c| c.source.at.clause == before.source.at.clause + 1)
    };
    let mut best: Vec<&Step> = Vec::new();
    let mut run: Vec<&Step> = Vec::new();
    for step in bank.steps.iter().filter(|x| is_now(x)) {
        if run.last().is_some_and(|before| !s.follows(before, step) && !between(before, step)) {
            run.clear();
        }
        run.push(step);
        if run.len() > best.len() {
            best.clone_from(&run);
        }
    }
    best
}

/// "Now lower the forks." - "Done. What’s next?"
pub(super) fn together(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    s.live = true;
    let run = run(bank, s);
    if run.len() < 3 || run.iter().any(|x| s.is_urgent(x)) {
        return None;
    }
    match s.doing().map(str::to_owned) {
        Some(doing) => s.say(Who::A, format!("You’re {doing} today, and I’m here to help. Are you ready?")),
        None => s.vary(
            Who::A,
            &[
                "This time you do it, and I’ll talk you through it. Ready?",
                "Let’s do this together, step by step. Are you ready?",
            ],
        ),
    }
    s.vary(Who::B, &["Yes. What do I do first?", "I think so. Where do I start?"]);
    let most = if s.is_simple() { 4 } else { 5 };
    let mut past = None;
    for (at, step) in run.iter().take(most).enumerate() {
        // Before the next step, somebody is too quick: a ban that stands between the two.
        let early = bank.bans.iter().find(|b| {
            past.is_some_and(|p| b.source.at >= p)
                && b.source.at <= step.source.at
                && b.source.at.document == step.source.at.document
        });
        if let Some(ban) = early.filter(|b| at > 0 && !s.knows(&b.source) && !b.phrase.contains("you")) {
            s.refuse(Who::B, Who::A, ban);
            s.vary(Who::B, &["OK, I won’t.", "Oh, OK."]);
        }
        let case = bank.cases.iter().find(|c| past.is_some_and(|p| c.source.at >= p) && c.source.at < step.source.at);
        if let Some(case) = case.filter(|c| at > 0 && !s.knows(&c.source) && s.turns.len() < s.until()) {
            s.case(Who::B, Who::A, case);
            s.vary(Who::B, &["OK, good to know.", "All right."]);
        }
        let opening = match at {
            0 => "First,",
            1 | 3 => "Now",
            2 => "Next,",
            _ => "Then",
        };
        if !s.explain(Who::B, Who::A, opening, step) {
            return None;
        }
        past = Some(step.source.at);
        if at + 1 < run.len().min(most) {
            let word = s.choose(react::done(&step.phrase));
            s.say(Who::B, word);
            if word.ends_with('?') {
                s.vary(Who::A, &["Yes, just like that.", "Perfect."]);
            } else if at % 2 == 0 {
                s.vary(Who::B, &["What’s next?", "And now?"]);
            }
        }
    }
    s.vary(Who::B, &["OK, that’s it. Is that all?", "All right, finished. Was that OK?"]);
    s.vary(Who::A, &["Yes, well done.", "Yes, that’s all. Very good."]);
    talk(s, bank, (Who::B, Who::A), s.until().max(s.turns.len() + 2).min(14), past, AT_WORK);
    s.close(Who::B, &["Thanks. Next time I’ll do it on my own.", "Great, thanks for your help."]);
    Some(())
}

/// The first things that a new colleague needs, asked while the work begins.
pub(super) fn first_day(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let near = bank.steps.iter().find(|x| s.opens(x)).map(|x| x.source.at)?;
    let run = run(bank, s);
    if run.len() < 2 || run.iter().any(|x| s.is_urgent(x)) {
        return None;
    }
    s.live = true;
    match s.doing().map(str::to_owned) {
        Some(doing) => s.say(Who::A, format!("Hi, I’m new here. I’m {doing} for the first time today.")),
        None => s.vary(
            Who::A,
            &[
                "Hi. It’s my first day here, and this is all new to me.",
                "Hello, I’m new here. I’ve never done this before.",
            ],
        ),
    }
    s.vary(Who::B, &["Welcome! I’ll help you. Just ask me.", "Hi, welcome! What would you like to know?"]);
    mixed_up(bank, s, (Who::A, Who::B));
    talk(s, bank, (Who::A, Who::B), s.until(), Some(near), Without { steps: false, terms: true, bans: false });
    s.close(Who::A, &["Great. Now I can start. Thank you!", "OK, thanks a lot. I’ll try it now."]);
    s.close(Who::B, &["Good luck! I’m right here if you need me.", "You’re welcome. Call me if something goes wrong."]);
    Some(())
}

/// "Do I check the frame number first?" - "Wait. First, ask the customer.": somebody has the order wrong, and is put right.
pub(super) fn mixed_up(bank: &Bank, s: &mut Script<'_>, (asks, tells): (Who, Who)) {
    let run = run(bank, s);
    let [first, second, ..] = run.as_slice() else { return };
    let short = |x: &Step| x.phrase.split(' ').count() <= 12 && !x.phrase.starts_with("first ");
    let in_order = s.opens(first) && s.follows(first, second) && run.len() > 2;
    let Some(own) = lines::mine(&second.phrase).filter(|_| in_order && short(first) && short(second)) else { return };
    let before = s.clone();
    s.say(asks, format!("Do I {own} first?"));
    s.vary(tells, &["Wait.", "One moment.", "Hold on."]);
    let told = s.state(tells, &first.source, format!("First, {}.", first.phrase), Answer::Order);
    s.vary(asks, &["Ah, OK.", "Oh, right."]);
    let asked = s.state(asks, &second.source, format!("And then I {own}?"), Answer::Nothing);
    s.vary(tells, &["Exactly.", "Yes, that’s right."]);
    if told && asked {
        s.settle();
    } else {
        *s = before;
    }
}

/// A number is not understood, asked back and said again.
pub(super) fn confirm(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let heard = |x: &&Step| x.detail.as_ref().is_some_and(|d| lines::misheard(&d.answer).is_some());
    let first = bank.steps.iter().find(heard)?;
    let detail = first.detail.as_ref()?;
    let wrong = lines::misheard(&detail.answer)?;
    let echo = lines::mine(&first.phrase)?;
    s.vary(Who::A, &["Can you hear me? Good.", "It’s loud in here, so listen carefully."]);
    s.state(Who::A, &first.source, lines::order(&first.phrase), Answer::Order).then_some(())?;
    s.say(Who::B, format!("Sorry, I didn’t hear the number. Did you say {wrong}?"));
    s.state(Who::A, &first.source, format!("No, {}.", detail.answer), Answer::Slot).then_some(())?;
    s.state(Who::B, &first.source, format!("OK. So I {echo}."), Answer::Nothing).then_some(())?;
    s.vary(Who::A, &["That’s right.", "Yes, exactly."]);
    let later = bank.steps.iter().filter(|x| x.source.at > first.source.at && is_now(x));
    for (at, step) in later.take(2).enumerate() {
        let Some(echo) = lines::mine(&step.phrase) else { break };
        let opening = if at == 0 { "Then" } else { "After that," };
        if !s.explain(Who::B, Who::A, opening, step) {
            break;
        }
        if at == 0 {
            let again = format!("OK, I {echo}.");
            s.state(Who::B, &step.source, again, Answer::Nothing);
        }
    }
    talk(s, bank, (Who::B, Who::A), s.until(), Some(first.source.at), AT_WORK);
    s.close(Who::B, &["OK, I’ve got it.", "All right. I’ll start now."]);
    s.close(Who::A, &["Good. Off you go.", "Thanks. Wave if you need me."]);
    Some(())
}
