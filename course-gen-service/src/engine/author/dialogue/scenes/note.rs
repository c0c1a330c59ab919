//! A note for the team is written: what stands in it is checked, put right and completed.

use crate::engine::author::dialogue::bank::{Bank, Rule};
use crate::engine::author::dialogue::react::Answer;
use crate::engine::author::dialogue::scenario;
use crate::engine::author::dialogue::script::{Script, Who, small};
use crate::engine::english::text::word_count;

/// Rules that can stand in a note as they are.
fn notable(bank: &Bank) -> Vec<&Rule> {
    let points = |text: &str| ["It ", "It’s ", "They ", "They’re "].iter().any(|p| text.starts_with(p));
    let fits = |r: &&Rule| (4..=20).contains(&word_count(&r.said.full)) && !points(&r.said.full);
    bank.rules.iter().filter(fits).collect()
}

/// "Within 4 hours?" - "No, within 2 hours.": a rule with an amount that one of the two has got wrong.
fn mistaken<'b>(rules: &[&'b Rule]) -> Option<(&'b Rule, String, String, String)> {
    rules.iter().find_map(|rule| {
        let (question, answer) = rule.said.exact.first().filter(|(_, a)| word_count(a) <= 9)?;
        let wrong = scenario::wrong_guess(answer)?;
        let right = format!("No, {}", small(answer));
        rule.source.bears(&right).then(|| (*rule, question.clone(), wrong, right))
    })
}

pub(super) fn note(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let all = notable(bank);
    // What stands together in the SOP makes one note.
    let together: Vec<&Rule> =
        all.iter().copied().filter(|r| all.first().is_some_and(|f| s.is_near(f.source.at, r.source.at))).collect();
    let one = together.len() > 2;
    let rules = if one { together } else { all };
    if rules.len() < 3 {
        return None;
    }
    let mistake = mistaken(&rules);
    let mut others = rules.iter().filter(|r| mistake.as_ref().is_none_or(|(m, ..)| m.source.at != r.source.at));
    let (first, last) = (others.next()?, others.next_back()?);
    let about = s.matter().filter(|_| one).map(|m| format!(" about {m}")).unwrap_or_default();
    let ask = if s.is_high() { "Would you mind going through it with me?" } else { "Can you check it with me?" };
    s.say(Who::A, format!("I’m writing a short note for the team{about}. {ask}"));
    s.vary(Who::B, &["Sure. What have you got so far?", "Of course. Read it out to me."]);
    s.state(Who::A, &first.source, first.said.full.clone(), Answer::Nothing).then_some(())?;
    s.vary(Who::B, &["Yes, that’s right. What’s next?", "Good. Go on."]);
    if let Some((rule, question, wrong, right)) = mistake {
        s.say(Who::A, format!("{question} {wrong}").replace("?  ", "? ").trim_end_matches('.').to_owned() + "?");
        s.state(Who::B, &rule.source, right, Answer::Slot).then_some(())?;
        s.vary(
            Who::A,
            &["Oh, then I’ve got that wrong. I’ll change it.", "Really? Good that I asked. I’ll change it."],
        );
    } else {
        let asked = rules.iter().find(|r| !s.knows(&r.source) && r.source.at != last.source.at)?;
        s.say(Who::A, "Now, here’s something I wasn’t sure about.");
        s.rule(Who::A, Who::B, asked).then_some(())?;
        s.vary(Who::A, &["Thanks. I’ll write that down.", "OK, that goes in, too."]);
    }
    s.vary(Who::B, &["I’d add one more thing.", "There’s something missing, though."]);
    s.state(Who::B, &last.source, last.said.full.clone(), Answer::News).then_some(())?;
    if let Some(more) = rules.iter().rev().find(|r| !s.knows(&r.source) && r.source.at != last.source.at) {
        s.vary(Who::A, &["Good point. Is there anything else?", "You’re right. Anything else?"]);
        s.say(Who::B, "Yes, one more point.");
        s.state(Who::B, &more.source, more.said.full.clone(), Answer::News).then_some(())?;
    }
    s.close(
        Who::A,
        &["Good point. I’ll send it round this afternoon.", "Great. Then it’s finished. Thanks for your help."],
    );
    s.close(Who::B, &["Good. Everybody will be glad to have it on one page.", "You’re welcome. It reads well."]);
    Some(())
}
