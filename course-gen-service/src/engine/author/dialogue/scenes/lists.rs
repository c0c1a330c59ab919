//! "Allowed" and "Not allowed": what goes where.

use std::collections::BTreeMap;

use course_format::course::{Proven, Relation};

use crate::engine::author::dialogue::bank::Bank;
use crate::engine::author::dialogue::lists::Listed;
use crate::engine::author::dialogue::script::{Script, Who};
use crate::engine::english::forms::is_plural;
use crate::engine::english::part::is_preposition;
use crate::engine::english::text::without_stop;
use crate::engine::english::words::is_function;
use crate::engine::library::Polarity;

/// "What about hot or warm food?" - "No, that’s not allowed there.": the heading above the list is what proves the answer.
pub(super) fn sorting(bank: &Bank, s: &mut Script<'_>) -> Option<()> {
    let things: Vec<(&Listed, String)> = bank.listed.iter().filter_map(|l| Some((l, thing(l)?))).collect();
    let of = |list: Polarity| things.iter().filter(move |(l, _)| l.list == list).collect::<Vec<_>>();
    let (good, bad) = (of(Polarity::Allowed), of(Polarity::NotAllowed));
    if good.is_empty() || good.len() + bad.len() < 3 {
        return None;
    }
    let place = bank.place.clone()?;
    let named = if place.contains(char::is_uppercase) { format!("“{place}”") } else { place };
    s.say(Who::A, format!("I’m putting everything away, and I’m not sure about the {named}. Can you help me?"));
    s.vary(Who::B, &["Sure. What have you got?", "Of course. What is it?"]);
    let longest = good.len().max(bad.len());
    let mixed = (0..longest).flat_map(|i| good.get(i).into_iter().chain(bad.get(i)));
    let most = if s.is_simple() { 4 } else { 5 };
    let mut answers: BTreeMap<bool, usize> = BTreeMap::new();
    for (at, (listed, name)) in mixed.take(most).enumerate() {
        let opening = match at {
            0 => format!("I’ve got {name}. Is that all right?"),
            1 | 3 => format!("And what about {name}?"),
            2 => format!("And {name}?"),
            _ => format!("I see. And can I put {name} there too?"),
        };
        let (yes, many) = (listed.list == Polarity::Allowed, is_plural(name) == Some(true));
        let they = if many { "they’re" } else { "it’s" };
        let count = answers.entry(yes).or_insert(0_usize);
        let answer = match (yes, *count) {
            (true, 0) => format!("Yes, {they} allowed there."),
            (true, 1) => "Sure, that’s allowed.".to_owned(),
            (true, _) => format!("Yes, {they} allowed there, too."),
            (false, 0) => format!("No, {they} not allowed there."),
            (false, 1) => "No, sorry. Not allowed there.".to_owned(),
            (false, _) => "No, I’m afraid that’s not allowed.".to_owned(),
        };
        *count += 1;
        let said = |text: String| Proven { text, relation: Relation::Compress, provenance: listed.proof.clone() };
        s.say(Who::A, opening);
        s.quote(Who::B, said(answer), listed).then_some(())?;
    }
    s.close(Who::A, &["Great. Then I know what goes where.", "OK, thanks. I’ll sort the rest."]);
    s.close(Who::B, &["Good. Ask me if you aren’t sure about something.", "You’re welcome."]);
    Some(())
}

/// The item as a noun phrase inside a sentence: no place, no state, no remark.
fn thing(listed: &Listed) -> Option<String> {
    use cefr::PartOfSpeech::Noun;
    let text = without_stop(&listed.text);
    let words: Vec<String> = text.split(' ').map(str::to_lowercase).collect();
    let (first, last) = (words.first()?, words.last()?);
    let opens = !is_function(first) && !is_preposition(first);
    let ends = (cefr::can_be(last, Noun) || cefr::can_be(&cefr::lemma(last), Noun)) && !first.ends_with("ly")
        || words.len() > 2 && first.ends_with("ly");
    let state = ["only", "off", "near", "stored", "kept", "must", "if", "not", "by", "directly", "uncut", "e.g."];
    let plain = !words.iter().any(|w| state.contains(&w.as_str()) || is_preposition(w));
    (opens && ends && plain && words.len() <= 5)
        .then(|| format!("{}{}", first, &text[first.len()..]))
        .filter(|t| !t.contains(','))
}
