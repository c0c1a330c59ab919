//! In the middle of the work: a check, a handover, a problem, a call, an instruction that has to be right.

use crate::engine::author::dialogue::bank::{Ask, Bank, Case, Rule, Step};
use crate::engine::author::dialogue::fill::fill;
use crate::engine::author::dialogue::script::{Script, Who};
use crate::engine::author::dialogue::{lines, scenario};
use crate::engine::english::adjunct::Wh;
use crate::engine::english::text::{capitalise, sentence, word_count};

/// The case that this lesson's talk begins with, as news.
fn news<'b>(bank: &'b Bank, s: &Script<'_>) -> Option<(&'b Case, String)> {
    let known: Vec<(&Case, String)> = bank
        .cases
        .iter()
        .filter(|c| c.order.is_some())
        .filter_map(|c| {
            let told = || lines::news(&c.condition).filter(|n| c.source.bears(n) && lines::is_sound(n));
            Some((c, scenario::value(&c.condition).or_else(told)?))
        })
        .collect();
    known.get(s.variety % known.len().max(1)).cloned()
}

/// News of a limit that is broken are ours; other news tell the case of the SOP.
fn report(s: &mut Script<'_>, who: Who, case: &Case, news: String) {
    if scenario::value(&case.condition).is_some_and(|v| v == news) {
        s.say(who, news);
    } else {
        s.state(who, &case.source, news);
    }
}

pub(super) fn problem(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let (case, news) = news(bank, s)?;
    s.vary(Who::A, &["Excuse me, have you got a minute?", "Can you come here, please? I’ve got a problem."]);
    s.vary(Who::B, &["Sure. What’s the matter?", "Of course. What’s happened?"]);
    report(s, Who::A, case, news);
    s.vary(Who::B, &["When did you notice?", "Have you told anybody else?"]);
    let told = s.turns.last().is_some_and(|(_, t)| t.text.contains("told"));
    s.say(Who::A, if told { "Not yet. What should I do?" } else { "Just now. What should I do?" });
    s.state(Who::B, &case.source, case.answer.clone());
    fill(s, &besides_steps(bank), Who::A, Who::B, s.until());
    s.close(Who::A, &["OK, I’ll do it right away.", "Thanks. I’ll do that now.", "Right. I’ll go back and do that."]);
    s.vary(Who::B, &["Thank you. Come back if it happens again.", "OK. Call me if you need help."]);
    Some(())
}

/// A problem where there is one, otherwise a detail that the caller needs now.
pub(super) fn phone(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let problem = news(bank, s).and_then(|(c, n)| Some((c, n, lines::mine(c.order.as_deref()?)?)));
    s.vary(Who::A, &["Hello, it’s Robin. Can you help me, please?", "Hi, this is Robin. I need your help."]);
    s.vary(Who::B, &["Hi Robin. What’s the problem?", "Hello Robin. What is it?"]);
    let doing = s.matter().filter(|m| m.split(' ').next().is_some_and(|w| w.ends_with("ing"))).map(str::to_owned);
    if let Some((case, news, repeat)) = problem {
        report(s, Who::A, case, news);
        s.vary(Who::B, &["OK. Are you sure?", "All right. Did you see it yourself?"]);
        let sure = s.turns.last().is_some_and(|(_, t)| t.text.contains("sure"));
        s.say(Who::A, if sure { "Yes, I am. What should I do?" } else { "Yes, I did. What should I do?" });
        s.state(Who::B, &case.source, case.answer.clone());
        s.state(Who::A, &case.source, format!("Let me repeat that: I {repeat}."));
        s.vary(Who::B, &["Yes, that’s right.", "Exactly."]);
    } else {
        let step = bank.steps.iter().find(|x| measured(x))?;
        let detail = step.detail.as_ref()?;
        let busy = doing.map_or_else(|| "I’m in the middle of the work".to_owned(), |d| format!("I’m {d}"));
        s.say(Who::A, format!("{busy}, and I’ve forgotten a detail."));
        s.say(Who::B, "No problem. Which one?");
        let question = lines::follow_up(detail.wh, &detail.core, 1)?[0];
        let mine = lines::mine(&detail.core)?;
        s.say(Who::A, format!("I have to {mine}. {question}"));
        let answer = sentence(&capitalise(&detail.answer));
        s.state(Who::B, &step.source, answer.clone());
        s.state(Who::A, &step.source, format!("Let me write that down: {}", detail.answer.clone() + "."));
        s.vary(Who::B, &["Yes, that’s right.", "Exactly."]);
    }
    fill(s, &besides_steps(bank), Who::A, Who::B, s.until());
    s.close(Who::A, &["All right. Thanks for your help. Bye!", "Thank you very much. Goodbye!"]);
    s.vary(Who::B, &["No problem. Bye!", "You’re welcome. Goodbye!"]);
    Some(())
}

/// Who has a problem asks about cases and rules, not about the next step, as long as there is something else to ask about.
fn besides_steps(bank: &Bank) -> Bank {
    let others = bank.cases.len() + bank.bans.len() + bank.people.len() + bank.rules.len();
    let steps = if others >= 3 { Vec::new() } else { bank.steps.clone() };
    Bank { steps, terms: terms_at_work(bank), ..bank.clone() }
}

/// In the middle of the work nobody asks what a word means.
fn terms_at_work(bank: &Bank) -> Vec<Ask> {
    bank.terms.iter().filter(|t| !t.question.starts_with("What does “")).cloned().collect()
}

/// What is done, without how soon or when: that is over.
fn deed(step: &Step) -> &str {
    let phrase = match &step.detail {
        Some(d) if matches!(d.wh, Wh::HowSoon | Wh::When | Wh::HowOften | Wh::WhatTime | Wh::Why) => d.core.as_str(),
        _ => step.phrase.as_str(),
    };
    let phrase = phrase.split_once(", which ").map_or(phrase, |(done, _)| done);
    phrase.strip_suffix(" immediately").unwrap_or(phrase)
}

fn measured(step: &Step) -> bool {
    step.detail.as_ref().is_some_and(|d| d.quantity.is_some())
}

pub(super) fn check(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let mut done = bank.steps.iter().filter_map(|x| lines::perfect(deed(x)).map(|p| (x, p)));
    let (first, perfect) = done.next()?;
    let (second, other) = done.next()?;
    s.vary(Who::A, &["Good morning. How’s it going?", "Hi. Have you got a moment?"]);
    let greeted = s.turns[0].1.text.contains("How’s");
    s.say(Who::B, if greeted { "Fine, thanks." } else { "Sure." });
    s.state(Who::A, &first.source, format!("Have you {perfect}?"));
    s.vary(Who::B, &["Yes, I have.", "Yes, I did that first."]);
    s.state(Who::A, &second.source, format!("And have you {other}?"));
    s.vary(Who::B, &["Not yet. I’ll do it now.", "No, not yet. I was just going to."]);
    if let Some(ban) = bank.bans.first() {
        s.say(Who::A, "All right. But please remember:");
        s.warn(Who::A, ban);
        s.say(Who::B, "Of course.");
    } else {
        s.vary(Who::A, &["All right. Do you need anything from me?", "OK. Is anything unclear?"]);
        s.say(Who::B, "Yes, one thing.");
    }
    let rest = Bank {
        steps: bank.steps.iter().filter(|x| x.source.at > second.source.at).cloned().collect(),
        terms: terms_at_work(bank),
        ..bank.clone()
    };
    fill(s, &rest, Who::B, Who::A, s.until());
    s.close(Who::B, &["OK, I’ll see to it.", "Right, I’ll get on with it."]);
    s.vary(Who::A, &["Thanks. See you later.", "Good. I’ll come back in an hour."]);
    Some(())
}

pub(super) fn handover(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    // Nobody hands over the washing of their own hands.
    let mut done = bank
        .steps
        .iter()
        .filter(|x| ![" your ", " you "].iter().any(|w| format!(" {} ", x.phrase).contains(w)))
        .filter_map(|x| lines::perfect(deed(x)).map(|p| (x, p)));
    let (first, a) = done.next()?;
    let (second, b) = done.next()?;
    let open = bank.steps.iter().find(|x| x.source.at > second.source.at)?;
    let repeat = lines::mine(&open.phrase)?;
    s.vary(
        Who::A,
        &["Hi. I’m taking over from you. Is everything ready?", "Hello. How was your shift? Is everything done?"],
    );
    s.say(Who::B, "Nearly.");
    s.state(Who::B, &first.source, format!("I’ve {a}."));
    s.say(Who::A, "Good. Anything else?");
    s.state(Who::B, &second.source, format!("Yes, I’ve {b}."));
    s.vary(Who::A, &["And what’s still open?", "OK. And what’s left for me?"]);
    s.state(Who::B, &open.source, lines::order(&open.phrase));
    s.state(Who::A, &open.source, format!("OK. So first I {repeat}."));
    s.vary(Who::B, &["Exactly.", "That’s right."]);
    let rest = Bank {
        steps: bank.steps.iter().filter(|x| x.source.at > open.source.at).cloned().collect(),
        terms: terms_at_work(bank),
        ..bank.clone()
    };
    fill(s, &rest, Who::A, Who::B, s.until());
    s.close(Who::A, &["Good. I’ll take over now.", "OK, thanks. I’ll see to the rest."]);
    s.vary(Who::B, &["Thanks. Have a good shift!", "Thank you. See you tomorrow."]);
    Some(())
}

/// A detail is not understood, asked back and said again.
pub(super) fn confirm(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let heard = |x: &&Step| x.detail.as_ref().is_some_and(|d| lines::misheard(&d.answer).is_some());
    // Nobody asks why after the reason was told.
    let asked = |x: &&Step| x.detail.as_ref().is_some_and(|d| d.wh != Wh::Why);
    let first = bank.steps.iter().find(heard).or_else(|| bank.steps.iter().find(asked))?;
    let detail = first.detail.as_ref()?;
    let echo = lines::mine(&first.phrase)?;
    let right = sentence(&capitalise(&detail.answer));
    s.vary(Who::A, &["Are you ready? Then let’s start.", "Please listen carefully."]);
    s.state(Who::A, &first.source, lines::order(&first.phrase));
    if let Some(wrong) = lines::misheard(&detail.answer) {
        s.say(Who::B, format!("Sorry, it’s very loud. Did you say {wrong}?"));
        s.state(Who::A, &first.source, format!("No, {}.", detail.answer));
    } else {
        let question = lines::follow_up(detail.wh, &detail.core, 1)?[0];
        s.say(Who::B, format!("Sorry, I didn’t catch that. {question}"));
        s.state(Who::A, &first.source, right);
    }
    s.state(Who::B, &first.source, format!("OK. So I {echo}."));
    s.vary(Who::A, &["That’s right.", "Yes, exactly."]);
    fill(s, bank, Who::B, Who::A, s.until());
    s.close(Who::B, &["Understood.", "OK, I’ve got it."]);
    s.vary(Who::A, &["Good. Let’s go.", "OK. Off you go."]);
    Some(())
}

/// The team leader says what matters today; the worker repeats it and asks for the details.
pub(super) fn briefing(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let about = s.matter().filter(|m| m.contains(' ')).map(|m| format!(" about {m}")).unwrap_or_default();
    s.say(Who::A, format!("Good morning. Before we start, I’ve got an important message{about}."));
    s.vary(Who::B, &["OK. What is it?", "Sure. What do we have to remember?"]);
    let orders = plain_orders(bank, if s.generous { 3 } else { 1 });
    let plain = |x: &&Rule| x.said.exact.is_empty() && word_count(&x.said.full) > 4;
    let rule = bank.rules.iter().find(plain).or_else(|| bank.rules.first());
    match (bank.bans.first().filter(|_| s.variety.is_multiple_of(2) || orders.is_empty()), rule) {
        (Some(ban), _) => s.warn(Who::A, ban),
        (None, Some(rule)) if orders.is_empty() => s.state(Who::A, &rule.source, rule.said.full.clone()),
        (None, _) => repeated(bank, s, &orders)?,
    }
    fill(s, bank, Who::B, Who::A, s.until());
    s.close(Who::B, &["Thanks. Now it’s clear.", "OK, understood."]);
    s.vary(
        Who::A,
        &["Good. Then let’s start.", "Any other questions? No? Then let’s go.", "Right. Have a good shift, everybody."],
    );
    Some(())
}

/// Orders that nothing can be asked about, each with what the one says who will do it.
fn plain_orders(bank: &Bank, most: usize) -> Vec<(&Step, String)> {
    bank.steps
        .iter()
        .filter(|x| x.asks.is_empty() && x.detail.is_none())
        .filter(|x| word_count(&x.phrase) <= 10 && !x.phrase.contains('@') && !x.phrase.contains(" we "))
        .filter_map(|x| Some((x, lines::mine(&x.phrase)?)))
        .take(most)
        .collect()
}

/// Two people do the work together: one tells, the other repeats and asks.
pub(super) fn side_by_side(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let orders = plain_orders(bank, if s.generous { 4 } else { 2 });
    s.vary(
        Who::A,
        &["Let’s do this together. I’ll tell you what to do.", "Are you ready? We’ll do it together today."],
    );
    s.vary(Who::B, &["Great, thank you.", "OK. I’m ready."]);
    repeated(bank, s, &orders)?;
    fill(s, bank, Who::B, Who::A, s.until());
    s.close(Who::B, &["Thanks. Next time I’ll do it myself.", "OK, thanks. Now I know how it works."]);
    s.vary(Who::A, &["Good. Call me if you need help.", "You’re welcome. Let’s have a break."]);
    Some(())
}

/// "Close the gate." - "OK, so I close the gate.": an instruction and its echo, up to the last one, which is not repeated.
fn repeated(bank: &Bank, s: &mut Script<'_>, orders: &[(&Step, String)]) -> Option<()> {
    let Some(((last, _), before)) = orders.split_last() else {
        let first = bank.steps.first()?;
        s.state(Who::A, &first.source, lines::order(&first.phrase));
        return Some(());
    };
    for (step, mine) in before {
        s.state(Who::A, &step.source, lines::order(&step.phrase));
        s.state(Who::B, &step.source, format!("OK. I {mine}."));
    }
    s.state(Who::A, &last.source, lines::order(&last.phrase));
    Some(())
}
