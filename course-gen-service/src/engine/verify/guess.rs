//! A solver that has never seen the SOP and goes by cues alone: the longest option, the words of the stem, the odd one out, the
//! middle number. Where it does much better than chance, the items can be answered without reading.

use course_format::course::{Answer, AnswerKeys, Choice, Course, Item, ItemBody};

use crate::engine::english::quantity;
use crate::engine::english::text::stems;

/// What guessing by cues is worth over a course.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize)]
pub struct Guess {
    /// Items with options.
    pub items: u32,
    pub right: u32,
    /// Expected by chance.
    pub chance: f32,
    /// Items whose key is longer than every other option.
    pub key_longest: u32,
    /// Share of the keys in the place that has most of them, among items of three options; a third is even.
    pub fullest_place: f32,
}

impl Guess {
    /// Points above chance, 0 to 1.
    pub fn above_chance(&self) -> f32 {
        if self.items == 0 { 0.0 } else { self.right as f32 / self.items as f32 - self.chance }
    }
}

/// Guesses every item with options.
pub fn course(course: &Course, keys: &AnswerKeys) -> Guess {
    let mut out = Guess::default();
    let mut places = [0_u32; 3];
    let mut chances = 0.0;
    for item in course.items() {
        let Some(key) = keys.0.get(&item.id) else { continue };
        let Some((options, right)) = chosen(item, &key.answer) else { continue };
        out.items += 1;
        chances += 1.0 / options.len().max(1) as f32;
        out.right += u32::from(pick(&item.stem, &options) == Some(right));
        let length = |o: &Choice| o.text.chars().count();
        let others = options.iter().enumerate().filter(|(i, _)| *i != right).map(|(_, o)| length(o)).max().unwrap_or(0);
        out.key_longest += u32::from(length(&options[right]) > others);
        if options.len() == 3 {
            places[right] += 1;
        }
    }
    out.chance = if out.items == 0 { 0.0 } else { chances / out.items as f32 };
    let sorted: u32 = places.iter().sum();
    out.fullest_place =
        if sorted == 0 { 0.0 } else { places.iter().max().copied().unwrap_or(0) as f32 / sorted as f32 };
    out
}

/// The options of an item and the place of the right one.
fn chosen(item: &Item, answer: &Answer) -> Option<(Vec<Choice>, usize)> {
    let (options, right) = match (&item.body, answer) {
        (ItemBody::SingleChoice { options }, Answer::SingleChoice { choice })
        | (ItemBody::TapEvidence { sentences: options }, Answer::TapEvidence { choice }) => {
            (options.clone(), choice.clone())
        }
        (ItemBody::GapSelect { options, .. }, Answer::GapSelect { choices }) => {
            let (gap, options) = options.iter().next()?;
            (options.clone(), choices.get(gap)?.clone())
        }
        (ItemBody::TrueFalse {}, Answer::TrueFalse { value }) => {
            let options = ["true", "false"].map(|t| Choice { id: t.to_owned(), text: t.to_owned() });
            (options.to_vec(), value.to_string())
        }
        _ => return None,
    };
    let at = options.iter().position(|o| o.id == right)?;
    Some((options, at))
}

/// The option that the cues point at: most votes, the earlier one of equals.
fn pick(stem: &str, options: &[Choice]) -> Option<usize> {
    let asked = stems(stem);
    let mut votes = vec![0_i32; options.len()];
    let shared: Vec<usize> = options.iter().map(|o| stems(&o.text).intersection(&asked).count()).collect();
    vote(&mut votes, &shared, 2);
    let lengths: Vec<usize> = options.iter().map(|o| o.text.chars().count()).collect();
    vote(&mut votes, &lengths, 1);
    let numbered: Vec<usize> =
        options.iter().map(|o| usize::from(o.text.contains(|c: char| c.is_ascii_digit()))).collect();
    odd(&mut votes, &numbered);
    let negative: Vec<usize> = options.iter().map(|o| usize::from(o.text.to_lowercase().contains("not "))).collect();
    odd(&mut votes, &negative);
    let measured = options.iter().all(|o| !quantity::all(&o.text).is_empty());
    if measured && options.len() == 3 {
        votes[1] += 1;
    }
    (0..votes.len()).max_by_key(|i| (votes[*i], std::cmp::Reverse(*i)))
}

/// The one with the most of something, if it is one.
fn vote(votes: &mut [i32], values: &[usize], weight: i32) {
    let most = values.iter().max().copied().unwrap_or(0);
    if most > 0 && values.iter().filter(|v| **v == most).count() == 1 {
        for (vote, value) in votes.iter_mut().zip(values) {
            *vote += if *value == most { weight } else { 0 };
        }
    }
}

/// The one that is unlike the others.
fn odd(votes: &mut [i32], values: &[usize]) {
    for (vote, value) in votes.iter_mut().zip(values) {
        *vote += i32::from(values.iter().filter(|v| *v == value).count() == 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(texts: &[&str]) -> Vec<Choice> {
        texts.iter().zip('a'..).map(|(t, id)| Choice { id: id.to_string(), text: (*t).to_owned() }).collect()
    }

    #[test]
    fn cues_are_followed() {
        assert_eq!(
            pick("What do you do with the gate?", &options(&["Call him.", "Close the gate.", "Sign here."])),
            Some(1)
        );
        assert_eq!(pick("What now?", &options(&["Go.", "Walk to the door at once.", "Sit."])), Some(1));
        assert_eq!(pick("How long?", &options(&["10 seconds", "20 seconds", "30 seconds"])), Some(1));
    }
}
