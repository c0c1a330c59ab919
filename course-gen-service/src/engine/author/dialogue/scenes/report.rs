//! What was done, what is done, how it is done: a report, a check, a handover, an inspection.

use crate::engine::author::dialogue::bank::{Ban, Bank, Case, Step};
use crate::engine::author::dialogue::react::Answer;
use crate::engine::author::dialogue::script::{Script, Voice, Who, small};
use crate::engine::author::dialogue::talk::{Without, talk};
use crate::engine::author::dialogue::tense::{self, Shift};
use crate::engine::author::dialogue::{lines, scenario};
use crate::engine::english::adjunct::Wh;
use crate::engine::english::text::{capitalise, sentence, word_count};
use crate::engine::english::words::is_verb;
use crate::engine::library::ClauseRef;

const AT_WORK: Without = Without { steps: false, terms: true, bans: false };

/// What is done, without how soon or when: that is over.
fn deed(step: &Step) -> &str {
    let phrase = match &step.detail {
        Some(d) if matches!(d.wh, Wh::HowSoon | Wh::When | Wh::HowOften | Wh::WhatTime | Wh::Why) => d.core.as_str(),
        _ => step.phrase.as_str(),
    };
    let phrase = [", which ", " so that ", " to prevent ", " to avoid "]
        .iter()
        .fold(phrase, |phrase, mark| phrase.split_once(mark).map_or(phrase, |(done, _)| done));
    phrase.strip_suffix(" immediately").unwrap_or(phrase)
}

/// Nobody tells of what was done as "this or that".
fn is_choice(step: &Step) -> bool {
    step.phrase.split(" or ").skip(1).any(|p| p.split(' ').next().is_some_and(is_verb))
}

/// Nobody hands over or reports the washing of their own hands.
fn is_personal(step: &Step) -> bool {
    [" your ", " you ", " yourself "].iter().any(|w| format!(" {} ", step.phrase).contains(w))
        || ["wash ", "wear ", "put on "].iter().any(|v| step.phrase.starts_with(v))
}

type Told<'b> = (&'b Step, String);

/// Steps that stand beside each other, each moved by `form`: the longest run of one procedure, or of one place.
fn run<'b>(bank: &'b Bank, s: &Script<'_>, form: fn(&str) -> Option<String>) -> Vec<Told<'b>> {
    let mut best: Vec<Told<'b>> = Vec::new();
    let mut run: Vec<Told<'b>> = Vec::new();
    let mut before: Option<&Step> = None;
    for step in bank.steps.iter().filter(|x| !is_personal(x) && !is_choice(x)) {
        let near = before.is_some_and(|b: &Step| {
            s.follows(b, step)
                || b.source.at.document == step.source.at.document
                    && step.source.at.clause.saturating_sub(b.source.at.clause) <= 3
        });
        if !near {
            run.clear();
        }
        if let Some(done) = form(deed(step)).filter(|d| word_count(d) <= 14 && lines::is_sound(&sentence(d))) {
            run.push((step, done));
        }
        before = Some(step);
        if run.len() > best.len() {
            best.clone_from(&run);
        }
    }
    best
}

/// What went wrong, for a report: the case, how it is told later, and what was done.
fn incident<'b>(bank: &'b Bank, s: &Script<'_>) -> Option<(&'b Case, String, String)> {
    let all: Vec<_> = bank
        .cases
        .iter()
        .filter_map(|case| {
            let order = case.order.as_deref()?;
            let told = scenario::past_value(&case.condition).or_else(|| {
                let told = tense::told(&case.condition)?;
                Some(small(&told))
            })?;
            let done = sentence(&format!("I {}", tense::past(order)?));
            (case.source.bears(&done) && lines::is_sound(&done)).then_some((case, told, done))
        })
        .collect();
    all.get(s.variety % all.len().max(1)).cloned()
}

/// "I hear one carton was at 12 °C this morning. Could you talk me through it?"
pub(super) fn debrief(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let done = run(bank, s, tense::past);
    let incident = incident(bank, s);
    if done.len() < 2 && incident.is_none() || done.len() < 4 && incident.is_none() {
        return None;
    }
    let near = incident.as_ref().map(|(case, ..)| case.source.at);
    if let Some((case, told, _)) = &incident {
        s.say(Who::A, "I hear there was a problem this morning.");
        if s.is_high() {
            s.say(Who::A, "Could you talk me through it?");
            s.say(Who::B, "Yes, of course.");
        } else {
            s.say(Who::B, "Yes, there was.");
        }
        let text = capitalise(&format!("{told}."));
        if scenario::past_value(&case.condition).is_some() {
            s.say(Who::B, text);
        } else if !s.state(Who::B, &case.source, text, Answer::Fact) {
            return None;
        }
        s.vary(Who::A, &["And what did you do?", "I see. How did you deal with it?"]);
    } else {
        match s.doing().map(str::to_owned) {
            Some(doing) => {
                s.say(Who::A, format!("You were {doing} when I had to leave. Could you talk me through what you did?"));
            }
            None => s.vary(
                Who::A,
                &[
                    "I couldn’t be there this morning. Could you talk me through what you did?",
                    "I need two lines for my report. What exactly did you do this morning?",
                ],
            ),
        }
        s.say(Who::B, "Of course.");
    }
    match incident {
        Some((case, _, did)) => {
            if !s.state(Who::B, &case.source, did, Answer::Fact) {
                return None;
            }
            after_incident(s, &done, case);
        }
        None => told_in_order(s, &done, 4),
    }
    hypothetical(s, bank, near);
    hypothetical(s, bank, near);
    s.close(
        Who::A,
        &[
            "Good. Then that’s settled. Thank you.",
            "Fine. That’s all I need for my report.",
            "All right. I couldn’t have done it better.",
        ],
    );
    s.close(Who::B, &["No problem.", "You’re welcome.", "Thanks for asking."]);
    Some(())
}

/// What was done before and after the problem, as far as it stands beside it.
fn after_incident(s: &mut Script<'_>, done: &[Told<'_>], case: &Case) {
    let near = |at: ClauseRef| at.document == case.source.at.document && at.clause.abs_diff(case.source.at.clause) <= 6;
    let close = done.iter().filter(|(x, _)| near(x.source.at) && x.source.at != case.source.at);
    let (after, before): (Vec<&Told<'_>>, Vec<&Told<'_>>) = close.partition(|(x, _)| x.source.at > case.source.at);
    if let Some((step, did)) = after.first() {
        s.vary(Who::A, &["And after that?", "Right. And then?"]);
        s.state(Who::B, &step.source, format!("Then I {did}."), Answer::Fact);
    }
    if let Some((step, _)) = before.last() {
        let question = if s.is_high() {
            tense::perfect(deed(step))
                .map(|done| format!("And had you {} before that?", done.replace(" my ", " your ")))
        } else {
            lines::mine(deed(step)).map(|base| format!("And did you {base} before that?"))
        };
        if let Some(question) = question.filter(|q| lines::is_sound(q))
            && s.state(Who::A, &step.source, question, Answer::Nothing)
        {
            s.vary(Who::B, &["Yes, of course.", "Yes, right at the beginning."]);
        }
    }
}

fn told_in_order(s: &mut Script<'_>, done: &[Told<'_>], most: usize) {
    for (at, (step, did)) in done.iter().take(most).enumerate() {
        let opening = match at {
            0 => "First I",
            2 => "After that, I",
            _ => "Then I",
        };
        if at > 0 {
            s.vary(Who::A, &["And then?", "I see. And after that?", "Right. What did you do next?", "OK. And then?"]);
        }
        s.state(Who::B, &step.source, format!("{opening} {did}."), Answer::Fact);
    }
}

/// "What would you have done if the seal had been broken?" - "I’d have called the shift lead."
fn hypothetical(s: &mut Script<'_>, bank: &Bank, near: Option<ClauseRef>) {
    let shift = if s.is_high() { Shift::Pluperfect } else { Shift::Past };
    let found = bank.cases.iter().filter(|c| Some(c.source.at) != near && c.joiner == "if").find_map(|c| {
        let answer = tense::would(c.order.as_deref()?, shift)?;
        let supposed = tense::supposed(&c.condition, shift)?;
        (!s.knows(&c.source) && c.source.bears(&answer) && lines::is_sound(&answer)).then_some((c, supposed, answer))
    });
    let Some((case, supposed, answer)) = found else { return };
    let ask = if s.is_high() { "what would you have done" } else { "what would you do" };
    let opening = s.choose(&["Good. And", "Fine. And", "I see. And"]);
    s.say(Who::A, format!("{opening} {ask} if {supposed}?"));
    s.state(Who::B, &case.source, answer, Answer::Fact);
}

pub(super) fn check(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let done = run(bank, s, tense::perfect);
    if done.iter().any(|(x, _)| s.is_urgent(x)) {
        return None;
    }
    // The step that is still open is one that there is a question about.
    let at = (2..done.len()).find(|i| !done[*i].0.asks.is_empty()).or_else(|| (done.len() > 2).then_some(2))?;
    let ([.., (first, a), (second, b)], (open, c)) = (&done[..at], &done[at]) else { return None };
    s.vary(Who::A, &["Hi. How far are you?", "Hello. Is everything ready?", "Good morning. How’s it going?"]);
    s.say(Who::B, if s.has_said("going") { "Fine, thanks." } else { "Nearly there." });
    s.state(Who::B, &first.source, format!("I’ve just {a}."), Answer::Fact).then_some(())?;
    s.say(Who::A, "Good.");
    s.state(Who::A, &second.source, format!("And have you {b}?"), Answer::Nothing).then_some(())?;
    s.vary(Who::B, &["Yes, that’s done too.", "Yes, I have."]);
    s.state(Who::A, &open.source, format!("And have you {c}?"), Answer::Nothing).then_some(())?;
    s.vary(Who::B, &["Not yet. I’m just getting to that.", "No, not yet. I was just going to."]);
    if let Some(asked) = open.asks.first().filter(|a| !c.contains(&small(a.answer.trim_end_matches('.')))) {
        s.say(Who::B, asked.doer.clone());
        s.state(Who::A, &open.source, asked.answer.clone(), Answer::Slot);
    } else {
        s.vary(Who::A, &["OK. Do you need any help?", "Fine. Is anything unclear?"]);
        s.say(Who::B, "Well, one thing.");
    }
    let rest = after(bank, open.source.at);
    talk(s, &rest, (Who::B, Who::A), s.until(), Some(open.source.at), AT_WORK);
    if s.has_said("one thing.") && s.turns.last().is_some_and(|(_, t)| t.text.ends_with("one thing.")) {
        return None;
    }
    s.close(Who::B, &["OK, I’ll get on with it.", "Right, I’ll finish it now.", "All right. It won’t take long."]);
    s.close(Who::A, &["Thanks. Tell me when it’s done.", "Good. See you later.", "Fine. I’ll come back later."]);
    Some(())
}

/// The bank without the steps up to there: they are done.
fn after(bank: &Bank, at: ClauseRef) -> Bank {
    Bank { steps: bank.steps.iter().filter(|x| x.source.at > at).cloned().collect(), ..bank.clone() }
}

pub(super) fn handover(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let done = run(bank, s, tense::perfect);
    if done.iter().any(|(x, _)| s.is_urgent(x)) {
        return None;
    }
    let ((first, a), (second, b), (open, _)) = (done.first()?, done.get(1)?, done.get(2)?);
    let todo = lines::mine(deed(open))?;
    // Nobody hands over in the middle of what takes a moment.
    let moment = [
        "aspirate", "pipette", "hold", "press", "fit", "set", "add", "dispense", "insert", "pour", "mix", "wait",
        "knock", "open", "close", "lower", "apply",
    ];
    if [first, second, open].iter().any(|x| moment.contains(&x.phrase.split(' ').next().unwrap_or_default())) {
        return None;
    }
    s.vary(
        Who::A,
        &[
            "Hi, I’m taking over from you. How far are you?",
            "Hello. How was your shift? Is everything done?",
            "Hi. You can go home now. What’s done, and what isn’t?",
        ],
    );
    s.say(Who::B, if s.has_said("Is everything done?") { "Nearly." } else { "Well, let me see." });
    s.state(Who::B, &first.source, format!("I’ve {a}."), Answer::Fact).then_some(())?;
    s.vary(Who::A, &["Good. And the rest?", "Great. What else?"]);
    s.state(Who::B, &second.source, format!("I’ve {b}."), Answer::Fact).then_some(())?;
    s.say(Who::B, "That’s as far as I’ve got.");
    s.vary(Who::A, &["No problem. What’s left for me?", "That’s OK. What do I still have to do?"]);
    s.state(Who::B, &open.source, lines::order(deed(open)), Answer::Order).then_some(())?;
    s.state(Who::A, &open.source, format!("OK, I’ll {todo}."), Answer::Nothing).then_some(())?;
    s.vary(Who::B, &["Yes, please.", "Thanks, that would be great."]);
    let rest = after(bank, open.source.at);
    if let Some(ban) = warning(bank, open) {
        s.say(Who::B, "And be careful:");
        s.warn(Who::B, ban);
    }
    talk(s, &rest, (Who::A, Who::B), s.until(), Some(open.source.at), AT_WORK);
    s.close(Who::A, &["Good. I’ll do the rest. Have a nice evening!", "OK, I’ll see to it. Get home safely!"]);
    s.close(Who::B, &["Thanks. See you tomorrow!", "Thank you. Have a good shift!"]);
    Some(())
}

/// A ban that stands near what is still to do.
fn warning<'b>(bank: &'b Bank, open: &Step) -> Option<&'b Ban> {
    let near = |b: &&Ban| {
        b.source.at.document == open.source.at.document && b.source.at.clause.abs_diff(open.source.at.clause) <= 4
    };
    bank.bans.iter().find(near)
}

pub(super) fn inspection(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    s.voice = Voice::Inspector;
    let ours = run(bank, s, |phrase| lines::ours(phrase).filter(|p| !p.contains(" our ")));
    match s.matter().map(str::to_owned) {
        Some(matter) => s.say(Who::A, format!("Thank you for your time. Could you talk me through {matter}?")),
        None => s.vary(
            Who::A,
            &[
                "Could you talk me through how you do this?",
                "I’d like to hear how this is done here. Could you explain it?",
            ],
        ),
    }
    let start = ours.iter().position(|(x, _)| s.opens(x)).unwrap_or(0);
    let mut told = 0;
    let mut last: Option<&Step> = None;
    for (step, said) in ours.iter().skip(start) {
        let goes_on = last.is_none_or(|l| s.follows(l, step));
        if !goes_on || told == 3 {
            break;
        }
        if told > 0 {
            s.vary(Who::A, &["I see. And then?", "And what happens next?", "And after that?"]);
        } else {
            s.say(Who::B, "Certainly.");
        }
        let opening = match (told, s.opens(step)) {
            (0, true) => "First, we",
            (0, false) => "We",
            _ => "Then we",
        };
        if !s.state(Who::B, &step.source, format!("{opening} {said}."), Answer::Fact) {
            return None;
        }
        (told, last) = (told + 1, Some(*step));
    }
    if told < 2 {
        return None;
    }
    let near = last.map(|l| l.source.at);
    talk(s, bank, (Who::A, Who::B), s.until(), near, Without { steps: told > 1, terms: true, bans: false });
    s.close(Who::A, &["Thank you. That’s very clear.", "Good. I’ve seen what I needed to see."]);
    s.close(Who::B, &["You’re welcome.", "Thank you for coming."]);
    Some(())
}
