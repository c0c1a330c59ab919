//! Situations at work (PEDAGOGY section 6). Each writes its dialogue from the bank, or nothing where the SOP lacks what
//! the situation needs.

use course_format::Level;

use super::bank::Bank;
use super::lines;
use super::script::{Pick, Script, Who};
use crate::engine::english::text::{capitalise, sentence};

/// A situation: its title, what happened, who speaks.
#[derive(Debug)]
pub struct Situation {
    pub title: &'static str,
    pub story: &'static str,
    pub roles: [&'static str; 2],
    pub levels: (Level, Level),
    pub write: fn(&Bank, &mut Script<'_>) -> Option<()>,
}

pub const ALL: [Situation; 9] = [
    Situation {
        title: "The first day",
        story: "It is the first day of a new colleague. Somebody who knows the work helps.",
        roles: ["New colleague", "Colleague"],
        levels: (Level::A1, Level::B1),
        write: first_day,
    },
    Situation {
        title: "A problem",
        story: "Something is wrong, and a worker asks the supervisor what to do.",
        roles: ["Worker", "Supervisor"],
        levels: (Level::A1, Level::B2),
        write: problem,
    },
    Situation {
        title: "Stop, please!",
        story: "A worker is about to make a mistake. A colleague sees it in time.",
        roles: ["Colleague", "Worker"],
        levels: (Level::A2, Level::B2),
        write: unsafe_act,
    },
    Situation {
        title: "A check",
        story: "The supervisor comes by and asks how far the work is.",
        roles: ["Supervisor", "Worker"],
        levels: (Level::A2, Level::C1),
        write: check,
    },
    Situation {
        title: "Handover",
        story: "One shift ends and the next one begins. Two colleagues talk about the work.",
        roles: ["Incoming colleague", "Outgoing colleague"],
        levels: (Level::A2, Level::C1),
        write: handover,
    },
    Situation {
        title: "Let me repeat that",
        story: "It is loud, and every step has to be right. The worker repeats what was said.",
        roles: ["Team leader", "Worker"],
        levels: (Level::A1, Level::B2),
        write: confirm,
    },
    Situation {
        title: "On the phone",
        story: "A worker has a problem and phones a colleague who knows the SOP.",
        roles: ["Caller", "Colleague"],
        levels: (Level::A2, Level::C1),
        write: phone,
    },
    Situation {
        title: "Sorry, I can’t do that",
        story: "Somebody is in a hurry and asks for something that the SOP does not allow.",
        roles: ["Colleague in a hurry", "Worker"],
        levels: (Level::A2, Level::C1),
        write: refusal,
    },
    Situation {
        title: "An inspection",
        story: "An inspector visits and wants to hear how the work is done.",
        roles: ["Inspector", "Worker"],
        levels: (Level::B1, Level::C2),
        write: inspection,
    },
];

fn first_day(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let mut pick = Pick::of(bank, 3);
    let mut last = pick.steps.next()?;
    s.vary(Who::A, &["Hi, it’s my first day here.", "Hello, I’m new. Can you help me?"]);
    s.say(Who::A, if s.opens(last) { "What do I do first?" } else { "What do I have to do here?" });
    s.explain(Who::A, Who::B, last);
    for step in pick.steps.by_ref() {
        s.go_on(Who::A, last, step);
        s.explain(Who::A, Who::B, step);
        last = step;
    }
    if let Some(case) = pick.cases.next() {
        s.what_if(Who::A, Who::B, case);
    }
    if let Some(person) = pick.people.next() {
        s.who(Who::A, Who::B, person);
    }
    if let Some(ban) = pick.bans.next() {
        s.vary(Who::A, &["Is there anything I mustn’t do?", "Is there anything I have to be careful about?"]);
        s.say(Who::B, "Yes.");
        s.warn(Who::B, ban);
    }
    s.vary(Who::A, &["OK, I’ll remember that. Thanks for your help.", "Thanks. I think I can start now."]);
    s.vary(Who::B, &["Good luck! Ask me if you aren’t sure.", "You’re welcome. Just ask if you need me."]);
    Some(())
}

fn problem(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let (case, news) = bank.cases.iter().find_map(|c| lines::news(&c.condition).map(|n| (c, n)))?;
    s.vary(Who::A, &["Excuse me, have you got a minute?", "Can you come here, please? I’ve got a problem."]);
    s.vary(Who::B, &["Sure. What’s the matter?", "Of course. What’s happened?"]);
    s.state(Who::A, &case.source, news);
    s.vary(Who::B, &["When did you notice?", "Have you told anybody else?"]);
    let told = s.turns.last().is_some_and(|(_, t)| t.text.contains("told"));
    s.say(Who::A, if told { "Not yet. What should I do?" } else { "Just now. What should I do?" });
    s.state(Who::B, &case.source, lines::order(&case.orders[0]));
    let mut pick = Pick::of(bank, 2);
    if let Some(other) = pick.cases.find(|c| c.condition != case.condition) {
        s.what_if(Who::A, Who::B, other);
    }
    if let Some(ban) = pick.bans.next() {
        s.say(Who::A, "All right. Is there anything else?");
        s.say(Who::B, "Yes, one more thing.");
        s.warn(Who::B, ban);
    } else if let Some(person) = pick.people.next() {
        s.who(Who::A, Who::B, person);
    }
    s.vary(Who::A, &["OK, I’ll do it right away.", "Thanks. I’ll do that now."]);
    s.vary(Who::B, &["Good. It was right to ask.", "Thank you. Come back if it happens again."]);
    Some(())
}

fn unsafe_act(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let mut pick = Pick::of(bank, 2);
    let ban = pick.bans.next()?;
    s.vary(Who::A, &["Stop, please!", "Wait a moment, please!"]);
    s.warn(Who::A, ban);
    s.vary(Who::B, &["Oh, sorry! I didn’t know that.", "Really? Nobody told me that."]);
    s.vary(Who::A, &["That’s all right. It’s in the SOP.", "No problem. It’s one of our rules."]);
    s.say(Who::B, "So what should I do?");
    let (step, next) = bank.instead_of(ban)?;
    s.explain(Who::B, Who::A, step);
    if let Some(other) = next {
        s.go_on(Who::B, step, other);
        s.explain(Who::B, Who::A, other);
    }
    if let Some(case) = pick.cases.next() {
        s.what_if(Who::B, Who::A, case);
    }
    if let Some(second) = pick.bans.next() {
        s.say(Who::B, "Is there anything else I mustn’t do?");
        s.warn(Who::A, second);
    }
    s.vary(Who::B, &["OK. Thanks for telling me.", "Got it. I’ll be more careful."]);
    s.vary(Who::A, &["No problem.", "Thanks. We all have to look after each other."]);
    Some(())
}

fn check(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let mut done = bank.steps.iter().filter_map(|step| lines::perfect(&step.phrase).map(|p| (step, p)));
    let (first, perfect) = done.next()?;
    let second = done.next();
    s.vary(Who::A, &["Good morning. How’s it going?", "Hi. Have you got a moment?"]);
    let greeted = s.turns[0].1.text.contains("How’s");
    s.say(Who::B, if greeted { "Fine, thanks." } else { "Sure." });
    s.state(Who::A, &first.source, format!("Have you {perfect}?"));
    s.vary(Who::B, &["Yes, I have.", "Yes, I did that first."]);
    let (step, perfect) = second?;
    s.state(Who::A, &step.source, format!("And have you {perfect}?"));
    s.vary(Who::B, &["Not yet. I’ll do it now.", "No, not yet. I was just going to."]);
    let mut pick = Pick::of(bank, 4);
    if let Some(ban) = pick.bans.next() {
        s.say(Who::A, "All right. But please remember:");
        s.warn(Who::A, ban);
        s.say(Who::B, "Of course.");
    }
    if let Some(case) = pick.cases.next() {
        s.what_if(Who::B, Who::A, case);
    }
    let after = bank.steps.iter().rev().find(|s| s.source.at > step.source.at);
    if let Some(last) = after {
        s.say(Who::B, "And what else is there to do?");
        s.explain(Who::B, Who::A, last);
    }
    s.vary(Who::B, &["OK, I’ll see to it.", "Right, I’ll get on with it."]);
    s.vary(Who::A, &["Great. See you later.", "Thank you. Well done so far."]);
    Some(())
}

fn handover(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let mut done = bank
        .steps
        .iter()
        .filter_map(|step| lines::mine(&step.phrase).and_then(|p| lines::perfect(&p)).map(|p| (step, p)));
    let (first, a) = done.next()?;
    let (second, b) = done.next()?;
    let open = bank.steps.iter().find(|s| s.source.at > second.source.at)?;
    s.vary(
        Who::A,
        &["Hi. I’m taking over from you. Is everything ready?", "Hello. How was your shift? Is everything done?"],
    );
    s.say(Who::B, "Nearly.");
    s.state(Who::B, &first.source, format!("I’ve {a}."));
    s.say(Who::A, "Good. Anything else?");
    s.state(Who::B, &second.source, format!("Yes, I’ve {b}."));
    s.say(Who::A, "And what’s still open?");
    s.say(Who::B, "One thing is for you:");
    s.state(Who::B, &open.source, lines::order(&open.phrase));
    let mut pick = Pick::of(bank, 1);
    if let Some(case) = pick.cases.next() {
        s.what_if(Who::A, Who::B, case);
    }
    if let Some(ban) = pick.bans.next() {
        s.vary(Who::A, &["Is there anything I should watch out for?", "Anything I mustn’t do?"]);
        s.say(Who::B, "Yes.");
        s.warn(Who::B, ban);
    }
    if let Some(mine) = lines::mine(&open.phrase) {
        s.state(Who::A, &open.source, format!("OK. So now I {mine}."));
        s.vary(Who::B, &["Exactly. Have a good shift!", "That’s right. See you tomorrow."]);
    }
    Some(())
}

fn confirm(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let measured = |step: &&super::bank::Step| step.detail.as_ref().is_some_and(|d| d.quantity.is_some());
    let first = bank.steps.iter().find(measured).or_else(|| bank.steps.first())?;
    let echo = lines::mine(&first.phrase)?;
    s.vary(Who::A, &["Are you ready? Then let’s start.", "Please listen carefully."]);
    s.state(Who::A, &first.source, lines::order(&first.phrase));
    match first.detail.as_ref().filter(|d| d.quantity.is_some()) {
        Some(detail) => {
            let question = lines::follow_up(detail.wh, &detail.core, s.variety)?;
            s.say(Who::B, format!("Sorry, I didn’t catch that. {question}"));
            s.state(Who::A, &first.source, sentence(&capitalise(&detail.answer)));
            s.state(Who::B, &first.source, format!("OK. I {echo}."));
        }
        None => s.state(Who::B, &first.source, format!("OK. So I {echo}. Is that right?")),
    }
    s.vary(Who::A, &["That’s right.", "Yes, exactly."]);
    let after: Vec<_> = bank.steps.iter().filter(|x| x.source.at > first.source.at).take(3).collect();
    let mut last = first;
    for step in after {
        s.go_on(Who::B, last, step);
        s.explain(Who::B, Who::A, step);
        last = step;
    }
    let mut pick = Pick::of(bank, 1);
    if let Some(ban) = pick.bans.next() {
        s.say(Who::A, "And one rule is very important.");
        s.warn(Who::A, ban);
        s.vary(Who::B, &["Understood.", "I won’t forget that."]);
    } else if let Some(case) = pick.cases.next() {
        s.what_if(Who::B, Who::A, case);
        s.say(Who::B, "Understood.");
    }
    s.vary(Who::A, &["Good. Let’s go.", "Great. Off you go."]);
    Some(())
}

fn phone(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let (case, news) = bank.cases.iter().find_map(|c| lines::news(&c.condition).map(|n| (c, n)))?;
    let repeat = lines::mine(&case.orders[0])?;
    s.vary(Who::A, &["Hello, it’s Robin. Can you help me, please?", "Hi, this is Robin. I’m phoning about a problem."]);
    s.vary(Who::B, &["Hi Robin. What’s the problem?", "Hello Robin. What’s wrong?"]);
    s.state(Who::A, &case.source, format!("{news} What should I do?"));
    s.state(Who::B, &case.source, lines::order(&case.orders[0]));
    s.state(Who::A, &case.source, format!("Let me repeat that: I {repeat}."));
    s.vary(Who::B, &["Yes, that’s right.", "Exactly."]);
    let mut pick = Pick::of(bank, 1);
    if let Some(other) = pick.cases.find(|c| c.condition != case.condition) {
        s.what_if(Who::A, Who::B, other);
    }
    if let Some(person) = pick.people.next() {
        s.who(Who::A, Who::B, person);
    }
    if let Some(ban) = pick.bans.next() {
        s.say(Who::A, "OK. Anything else?");
        s.warn(Who::B, ban);
    }
    s.vary(Who::A, &["All right. Thanks for your help. Bye!", "Thank you very much. Goodbye!"]);
    s.vary(Who::B, &["No problem. Bye!", "You’re welcome. Goodbye!"]);
    Some(())
}

fn refusal(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let mut pick = Pick::of(bank, 2);
    let ban = pick.bans.find(|b| !b.phrase.contains("you"))?;
    s.vary(Who::A, &["Can I ask you something? I’m in a hurry.", "We’re late. Let’s save some time."]);
    s.vary(Who::B, &["What is it?", "What do you mean?"]);
    s.state(Who::A, &ban.source, format!("Can’t we just {}?", ban.phrase));
    s.say(Who::B, "Sorry, we can’t. The SOP is clear:");
    s.state(Who::B, &ban.source, format!("“{}”", ban.source.text));
    s.vary(Who::A, &["I see. What can we do, then?", "OK. So what do we do?"]);
    let (step, next) = bank.instead_of(ban)?;
    s.explain(Who::A, Who::B, step);
    if let Some(other) = next {
        s.go_on(Who::A, step, other);
        s.explain(Who::A, Who::B, other);
    }
    if let Some(case) = pick.cases.next() {
        s.what_if(Who::A, Who::B, case);
    }
    s.vary(Who::A, &["Fine. Then let’s do it like that.", "OK, you’re right."]);
    s.vary(Who::B, &["Thanks. I’ll help you.", "Thank you. It won’t take long."]);
    Some(())
}

fn inspection(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let ours: Vec<_> = bank.steps.iter().filter_map(|x| lines::ours(&x.phrase).map(|p| (x, p))).collect();
    let [first, second, ..] = ours.as_slice() else { return None };
    s.vary(Who::A, &["Could you talk me through this part of your work?", "I’d like to hear how you do this."]);
    let in_order = s.opens(first.0) && s.follows(first.0, second.0);
    if in_order {
        s.state(Who::B, &first.0.source, format!("Certainly. First, we {}.", first.1));
        s.vary(Who::A, &["I see. And then?", "And what comes after that?"]);
        s.state(Who::B, &second.0.source, format!("Then we {}.", second.1));
    } else {
        s.state(Who::B, &first.0.source, format!("Certainly. We {}.", first.1));
        s.vary(Who::A, &["I see. What else is important?", "And what else do you do?"]);
        s.state(Who::B, &second.0.source, format!("We {}.", second.1));
    }
    if let Some((case, told)) = bank.cases.iter().find_map(|c| {
        let condition =
            lines::ours(&c.condition.replacen("you ", "if you ", 1)).map(|x| x.replacen("if we ", "we ", 1))?;
        let order = lines::ours(&c.orders[0])?;
        Some((c, (condition, order)))
    }) {
        let asked = case.condition.clone();
        s.say(Who::A, format!("What happens {} {asked}?", case.joiner));
        s.state(Who::B, &case.source, format!("Then we {}.", told.1));
    }
    if let Some(person) = bank.people.first() {
        s.who(Who::A, Who::B, person);
    }
    if let Some((ban, phrase)) = bank.bans.iter().find_map(|b| lines::ours(&b.phrase).map(|p| (b, p))) {
        s.say(Who::A, "Is there anything that is forbidden?");
        let text = if ban.never { format!("Yes. We never {phrase}.") } else { format!("Yes. We don’t {phrase}.") };
        s.state(Who::B, &ban.source, text);
    }
    if let Some((step, phrase)) = ours.last().filter(|(x, _)| x.source.at > second.0.source.at) {
        s.say(Who::A, "And is there another important point?");
        s.state(Who::B, &step.source, format!("Yes. We {phrase}."));
    }
    s.vary(Who::A, &["Thank you. That was very clear.", "Thank you. I’ve seen what I needed."]);
    s.vary(Who::B, &["You’re welcome.", "Thank you. Is there anything else you’d like to see?"]);
    Some(())
}
