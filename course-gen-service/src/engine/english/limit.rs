//! Limits in sentences: "at least 20 seconds", "no more than 1,500 kg", "2 to 8 °C", and which values keep them.

mod cases;

use super::quantity::{self, Quantity};

pub use cases::{cases, other};

/// How a value has to stand to the amount.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Comparator {
    AtLeast,
    AtMost,
    Above,
    Below,
    /// From the first amount to the second, both included.
    Between,
}

/// A comparator with its amounts, and where its words stand in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    pub comparator: Comparator,
    pub low: Quantity,
    /// The upper end of a range.
    pub high: Option<Quantity>,
    /// Byte range of the words: "at least 20 seconds".
    pub start: usize,
    pub end: usize,
}

const BEFORE: [(&str, Comparator); 40] = [
    ("≥", Comparator::AtLeast),
    ("≤", Comparator::AtMost),
    ("<", Comparator::Below),
    (">", Comparator::Above),
    ("at least", Comparator::AtLeast),
    ("a minimum of", Comparator::AtLeast),
    ("minimum", Comparator::AtLeast),
    ("not less than", Comparator::AtLeast),
    ("no less than", Comparator::AtLeast),
    ("not fewer than", Comparator::AtLeast),
    ("at most", Comparator::AtMost),
    ("a maximum of", Comparator::AtMost),
    ("maximum", Comparator::AtMost),
    ("not more than", Comparator::AtMost),
    ("no more than", Comparator::AtMost),
    ("no longer than", Comparator::AtMost),
    ("not longer than", Comparator::AtMost),
    ("not later than", Comparator::AtMost),
    ("no later than", Comparator::AtMost),
    ("not exceed", Comparator::AtMost),
    ("up to", Comparator::AtMost),
    ("within", Comparator::AtMost),
    ("less than", Comparator::Below),
    ("fewer than", Comparator::Below),
    ("shorter than", Comparator::Below),
    ("lower than", Comparator::Below),
    ("below", Comparator::Below),
    ("under", Comparator::Below),
    ("more than", Comparator::Above),
    ("longer than", Comparator::Above),
    ("older than", Comparator::Above),
    ("heavier than", Comparator::Above),
    ("higher than", Comparator::Above),
    ("deeper than", Comparator::Above),
    ("warmer than", Comparator::Above),
    ("larger than", Comparator::Above),
    ("later than", Comparator::Above),
    ("above", Comparator::Above),
    ("exceeds", Comparator::Above),
    ("exceed", Comparator::Above),
];

const AFTER: [(&str, Comparator); 10] = [
    ("or more", Comparator::AtLeast),
    ("or longer", Comparator::AtLeast),
    ("or higher", Comparator::AtLeast),
    ("or hotter", Comparator::AtLeast),
    ("or above", Comparator::AtLeast),
    ("or less", Comparator::AtMost),
    ("or colder", Comparator::AtMost),
    ("or lower", Comparator::AtMost),
    ("or below", Comparator::AtMost),
    ("or fewer", Comparator::AtMost),
];

impl Limit {
    /// Whether a value in the same unit system lies inside.
    pub fn holds(&self, value: f64) -> bool {
        let low = self.low.size;
        match self.comparator {
            Comparator::AtLeast => value >= low,
            Comparator::AtMost => value <= low,
            Comparator::Above => value > low,
            Comparator::Below => value < low,
            Comparator::Between => value >= low && self.high.as_ref().is_some_and(|h| value <= h.size),
        }
    }
}

/// The only limit of a text; nothing where there are two amounts that do not form one limit.
pub fn only(text: &str) -> Option<Limit> {
    if let Some(range) = range(text) {
        return Some(range);
    }
    let found = quantity::all(text);
    let [amount] = found.as_slice() else { return None };
    if text.matches(&amount.text).count() != 1 || text.contains(" or until") {
        return None;
    }
    let at = text.find(&amount.text)?;
    let end = at + amount.text.len();
    let (front, behind) = (text[..at].trim_end().to_lowercase(), text[end..].trim_start().to_lowercase());
    let before = BEFORE
        .iter()
        .filter(|(words, _)| ends_with_words(&front, words))
        .max_by_key(|(words, _)| words.len())
        .map(|(words, comparator)| (front.len() - words.len(), *comparator));
    if let Some((start, comparator)) = before {
        let same = text.is_char_boundary(start) && text.len() >= end && front.len() == text[..at].trim_end().len();
        return same.then(|| Limit { comparator, low: amount.clone(), high: None, start, end });
    }
    let (words, comparator) = AFTER.iter().find(|(words, _)| behind.starts_with(words))?;
    let gap = text[end..].len() - text[end..].trim_start().len();
    Some(Limit { comparator: *comparator, low: amount.clone(), high: None, start: at, end: end + gap + words.len() })
}

fn ends_with_words(front: &str, words: &str) -> bool {
    front.strip_suffix(words).is_some_and(|rest| rest.is_empty() || rest.ends_with([' ', '(', ',']))
}

/// "between 2 and 8 °C", "2 to 8 °C", "2-8 °C".
fn range(text: &str) -> Option<Limit> {
    let words: Vec<(usize, &str)> = text.split_whitespace().map(|w| (offset(text, w), w)).collect();
    let plain: Vec<&str> = words.iter().map(|(_, w)| *w).collect();
    let mut found = None;
    for at in 0..plain.len() {
        let Some((low, high, taken)) = pair(&plain, at) else { continue };
        if found.is_some() || low.size >= high.size {
            return None;
        }
        let opens = at > 0 && matches!(plain[at - 1].to_lowercase().as_str(), "between" | "from");
        let start = if opens { words[at - 1].0 } else { words[at].0 };
        let (last_at, last) = words[at + taken - 1];
        let end = last_at + last.trim_end_matches([',', '.', ';', ':', ')']).len();
        found = Some(Limit { comparator: Comparator::Between, low, high: Some(high), start, end });
    }
    let limit = found?;
    let outside = format!("{} {}", &text[..limit.start], &text[limit.end..]);
    quantity::all(&outside).is_empty().then_some(limit)
}

fn offset(text: &str, word: &str) -> usize {
    word.as_ptr() as usize - text.as_ptr() as usize
}

/// Two numbers with one unit that begin at `at`: the amounts and the words they take.
fn pair(words: &[&str], at: usize) -> Option<(Quantity, Quantity, usize)> {
    let joined = words[at].split_once(['–', '-']).filter(|(a, b)| is_plain(a) && is_plain(b));
    if let Some((low, high)) = joined {
        let unit = *words.get(at + 1)?;
        let low = quantity::at(&[low, unit], 0)?;
        let high = quantity::at(&[high, unit], 0)?;
        return (low.1.unit == high.1.unit).then_some((low.1, high.1, 2));
    }
    let joint = *words.get(at + 1)?;
    let between = at > 0 && matches!(words[at - 1].to_lowercase().as_str(), "between" | "from");
    if !(joint == "to" || matches!(joint, "–" | "-") || joint == "and" && between) || !is_plain(words[at]) {
        return None;
    }
    let (taken, high) = quantity::at(words, at + 2)?;
    let low = quantity::at(&[words[at], &high.unit], 0)?.1;
    Some((low, high, taken + 2))
}

fn is_plain(word: &str) -> bool {
    !word.is_empty()
        && word.chars().all(|c| c.is_ascii_digit() || c == '.')
        && word.starts_with(|c: char| c.is_ascii_digit())
}

/// What a sentence makes of its limit.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Use {
    /// Values inside are right: "Wait at least 5 minutes."
    Right,
    /// Values inside are wrong: "Do not lift more than 20 kg."
    Wrong,
    /// Values inside call for something: "Samples older than 2 hours must be discarded."
    Calls,
}

/// How a sentence uses its only limit, as far as its grammar tells; nothing where that is not sure.
pub fn usage(text: &str, limit: &Limit) -> Option<Use> {
    const VAGUE: [&str; 8] = ["unless", "except", "about ", "approximately", "either", " or ", "preferred", "provided"];
    const OPENERS: [&str; 9] =
        [" if ", " when ", " whenever ", " where ", " once ", " who ", " which ", " in case ", " that "];
    const BANS: [&str; 13] = [
        " do not ",
        " don't ",
        " never ",
        " must not ",
        " may not ",
        " should not ",
        " cannot ",
        " nobody ",
        " no ",
        " not to ",
        " forbidden ",
        " prohibited ",
        " not allowed ",
    ];
    const DUTIES: [&str; 9] =
        [" must ", " should ", " may ", " can ", " has to ", " have to ", " need to ", " needs to ", " only "];
    // ", who has to repeat them within two days" tells more, it makes no case.
    let front = format!(" {} ", text[..limit.start].to_lowercase()).replace(", who ", ", ").replace(", which ", ", ");
    let behind = format!("{} ", text[limit.end..].to_lowercase());
    let has = |words: &[&str]| words.iter().any(|w| front.contains(w));
    let said = text[limit.start..limit.end].to_lowercase();
    let one_sided = text.replace(&text[limit.start..limit.end], "");
    if VAGUE.iter().any(|w| one_sided.to_lowercase().contains(w)) || said.contains("minimum") && has(&BANS) {
        return None;
    }
    let strict = matches!(limit.comparator, Comparator::Above | Comparator::Below);
    let bans = has(&BANS) || front.contains(" not ") && !said.starts_with("not");
    let conditional = has(&OPENERS);
    // "Samples older than 2 hours must be discarded": the duty stands behind the limit.
    let demanded = DUTIES.iter().chain(&[" are ", " is ", " will "]).any(|d| behind.contains(d));
    if conditional || strict && demanded && !has(&DUTIES) {
        let ban_with_which = bans && strict && (front.contains(" that ") || front.contains(" which "));
        return if ban_with_which { Some(Use::Wrong) } else { (!bans).then_some(Use::Calls) };
    }
    if bans {
        let near = said.starts_with("within") && limit.low.dimension == quantity::Dimension::Length;
        return (strict || near).then_some(Use::Wrong);
    }
    let ordered = has(&DUTIES);
    let begins = super::words::can_open_an_order(text.split(' ').next().unwrap_or_default());
    (ordered || begins || !strict).then_some(Use::Right)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(Comparator, String)> {
        only(text).map(|l| (l.comparator, text[l.start..l.end].to_owned()))
    }

    #[test]
    fn limits_are_found_with_their_words() {
        for (text, comparator, words) in [
            ("Rub your hands for at least 20 seconds.", Comparator::AtLeast, "at least 20 seconds"),
            ("Do not lift a load that is heavier than 1,500 kg.", Comparator::Above, "heavier than 1,500 kg"),
            ("The difference must not exceed 0.1 g.", Comparator::AtMost, "not exceed 0.1 g"),
            ("Keep the room at 20 °C or less.", Comparator::AtMost, "20 °C or less"),
            ("Store it between 2 and 8 °C.", Comparator::Between, "between 2 and 8 °C"),
            ("Store it at 2-8 °C in the dark.", Comparator::Between, "2-8 °C"),
            ("Send it within five working days.", Comparator::AtMost, "within five working days"),
        ] {
            assert_eq!(found(text), Some((comparator, words.to_owned())), "{text}");
        }
    }

    #[test]
    fn values_around_a_share_stay_within_the_whole() {
        let limit = only("Fill the drum to no more than 75% of its capacity.").unwrap();
        for one_inside in [true, false] {
            for (value, inside) in cases(&limit, one_inside).unwrap() {
                let number: f64 = value.text.trim_end_matches('%').parse().unwrap();
                assert!(number < 100.0 && inside == (number <= 75.0), "{}", value.text);
            }
        }
    }

    #[test]
    fn a_plain_amount_or_two_amounts_are_no_limit() {
        for text in [
            "Add 5 mL.",
            "Wait at least 5 minutes, then add 3 mL.",
            "Charge it for at least 8 hours or until it is full.",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn the_sentence_says_what_its_limit_is_for() {
        let used = |text: &str| usage(text, &only(text).unwrap());
        assert_eq!(used("Keep a distance of at least 3 m from other trucks."), Some(Use::Right));
        assert_eq!(used("Samples may be kept at room temperature for up to 2 hours."), Some(Use::Right));
        assert_eq!(used("The difference must not exceed 0.1 g."), Some(Use::Right));
        assert_eq!(used("Do not lift a load that is heavier than 1,500 kg."), Some(Use::Wrong));
        assert_eq!(used("Waders must not be worn in water deeper than 80 cm."), Some(Use::Wrong));
        assert_eq!(used("Samples older than 2 hours must be discarded."), Some(Use::Calls));
        assert_eq!(used("If more than 1 litre is spilled, leave the room."), Some(Use::Calls));
        assert_eq!(used("Claims submitted later than 30 days will be rejected unless the director agrees."), None);
    }

    #[test]
    fn values_are_clear_of_the_limit_and_round() {
        let values = |text: &str, one: bool| {
            let limit = only(text).unwrap();
            cases(&limit, one).map(|c| c.into_iter().map(|(q, inside)| (q.text, inside)).collect::<Vec<_>>())
        };
        let said = |list: &[(&str, bool)]| Some(list.iter().map(|(t, i)| ((*t).to_owned(), *i)).collect::<Vec<_>>());
        assert_eq!(
            values("Rub for at least 20 seconds.", false),
            said(&[("10 seconds", false), ("30 seconds", true), ("40 seconds", true)])
        );
        assert_eq!(
            values("Report it within 1 hour.", true),
            said(&[("30 minutes", true), ("90 minutes", false), ("2 hours", false)])
        );
        assert_eq!(values("Keep it below 8 °C.", true), said(&[("3 °C", true), ("13 °C", false), ("18 °C", false)]));
        assert_eq!(values("Keep it at 2-8 °C.", true), said(&[("-2 °C", false), ("5 °C", true), ("12 °C", false)]));
        assert_eq!(
            values("Do not lift more than 1,500 kg.", true),
            said(&[("380 kg", false), ("750 kg", false), ("2,250 kg", true)])
        );
    }
}
