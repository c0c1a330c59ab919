//! Slips of the recogniser that have only one reading: a letter that its model does not know, a space that it did not see.
//! Digits are never changed, and what was mended is shown to the reviewer as doubtful.

use super::words::{Area, Word};
use crate::pipeline::pattern::patterns;

patterns! {
    MICRO = r"^(?P<number>[<>≤≥±~(]?\d[\d.,]*)?u(?P<unit>(?:L|l|m|M|g|S|A|V|W|mol|Sv)(?:/(?:cm|mL|ml|L|min|h|kg|g))?)(?P<end>[.,;:)]*)$";
    NUMBER = r"^[<>≤≥±~(]?\d[\d.,]*$";
    UNIT = r"^(?:°C|°F|bar|mbar|kPa|Pa|g|mg|kg|mL|ml|L|rpm|%|min|minutes?|seconds?|ppm|mm|cm|V)[.,;:)]*$";
    JOINED = r"^(?P<first>If|A|a|In|To|Of|An|It)(?P<rest>\p{Ll}{3,})(?P<end>[.,;:]?)$";
}

/// Sure enough to be read, and not to be believed without a look.
const MENDED: f32 = 60.0;
/// Words that people write only by mistake, and words that everybody writes (zipf frequency).
const UNKNOWN: f32 = 2.6;
const COMMON: f32 = 4.0;
/// So much more common the second word is than both together: three hundred times.
const MORE_COMMON: f32 = 2.5;

pub fn mend(line: &mut Vec<Word>) {
    for at in 0..line.len() {
        let numbered = at.checked_sub(1).is_some_and(|before| NUMBER.is_match(&line[before].text));
        let measured = line.get(at + 1).is_some_and(|next| UNIT.is_match(&next.text));
        let word = &mut line[at];
        if let Some(found) = MICRO.captures(&word.text).filter(|found| numbered || found.name("number").is_some()) {
            word.text =
                format!("{}µ{}{}", found.name("number").map_or("", |n| n.as_str()), &found["unit"], &found["end"]);
        } else if word.text == "O" && measured {
            "0".clone_into(&mut word.text);
            word.confidence = word.confidence.min(MENDED);
        }
    }
    let words = std::mem::take(line);
    line.extend(words.into_iter().flat_map(parted));
}

/// "Ifthe" is "If the".
fn parted(word: Word) -> Vec<Word> {
    let Some(found) = JOINED.captures(&word.text) else { return vec![word] };
    let (first, rest) = (&found["first"], &found["rest"]);
    let (together, apart) = (cefr::zipf(&format!("{first}{rest}")), cefr::zipf(rest));
    if together >= UNKNOWN || apart < COMMON || apart - together < MORE_COMMON {
        return vec![word];
    }
    let share = first.chars().count() as f32 / word.text.chars().count() as f32;
    let middle = word.area.left + (word.area.right - word.area.left) * share;
    let part = |text: String, area: Area| Word { text, area, ..word.clone() };
    vec![
        part(first.to_owned(), Area { right: middle, ..word.area }),
        part(format!("{rest}{}", &found["end"]), Area { left: middle, ..word.area }),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> String {
        let mut line: Vec<Word> =
            text.split(' ').map(|t| Word { text: t.to_owned(), confidence: 90.0, ..Word::default() }).collect();
        mend(&mut line);
        line.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn units_and_spaces_that_the_recogniser_does_not_know_are_mended() {
        assert_eq!(mended("not more than 1.3 uS/cm, or 50uL"), "not more than 1.3 µS/cm, or 50µL");
        assert_eq!(mended("a 0.22 um filter"), "a 0.22 µm filter");
        assert_eq!(mended("the pressure is O bar."), "the pressure is 0 bar.");
        assert_eq!(mended("Ifthe slope of asolution falls"), "If the slope of a solution falls");
    }

    #[test]
    fn what_has_another_reading_stays() {
        for text in
            ["use group O blood", "Instructions are along the wall", "um", "the U-bend and 10 units", "Ofsted Anova"]
        {
            assert_eq!(mended(text), text);
        }
    }
}
