//! Which typing slips cannot change the meaning.
//!
//! A learner who types "thermometr" knows the word; one who types "10" for "16", "not" for "now" or "closed" for
//! "close" may not. So one slip (a letter too many, missing, wrong, or two swapped) is forgiven in a word of four
//! letters or more, but never in a number, a unit or a negation, and never when the slip makes another real word.

use super::words::hisses;

const MIN_LETTERS: usize = 4;

const NEGATIONS: &str = "barely cannot except hardly neither never nobody none nor not nothing nowhere rarely seldom \
    unless without";

const NUMBERS: &str = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen \
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion \
    zero dozen half quarter first second third fourth fifth sixth seventh eighth ninth tenth once twice double triple \
    minus plus";

const UNITS: &str = "ampere bar celsius centimetre centimeter day degree fahrenheit foot feet gallon gram hertz hour inch \
    joule kelvin kilogram kilometre kilometer litre liter metre meter microgram microlitre microliter mile milligram \
    millilitre milliliter millimetre millimeter minute molar month newton ounce pascal percent pint pound tonne volt \
    watt week yard year";

/// The words of a text, without digits and marks.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty())
}

/// Whether `typed` is `expected` with one slip that is forgiven. Both are normalised.
pub(super) fn is_slip(expected: &str, typed: &str, is_word: &dyn Fn(&str) -> bool) -> bool {
    if !one_edit(expected, typed) {
        return false;
    }
    let (wanted, given): (Vec<&str>, Vec<&str>) = (tokens(expected), tokens(typed));
    if wanted.len() != given.len() || wanted == given {
        return is_joining_slip(&wanted, &given, is_word);
    }
    let mut differing = wanted.iter().zip(&given).filter(|(a, b)| a != b);
    match (differing.next(), differing.next()) {
        (Some((wanted, given)), None) => is_word_slip(wanted, given, is_word),
        _ => false,
    }
}

fn tokens(text: &str) -> Vec<&str> {
    text.split(|c: char| c.is_whitespace() || c == '-').filter(|token| !token.is_empty()).collect()
}

/// A hyphen or space too many or missing: "log book" for "logbook", but not "notable" for "not able".
fn is_joining_slip(wanted: &[&str], given: &[&str], is_word: &dyn Fn(&str) -> bool) -> bool {
    let joined = wanted.concat();
    joined == given.concat()
        && joined.chars().count() >= MIN_LETTERS
        && is_plain(&joined)
        && !wanted.iter().chain(given).any(|word| is_fixed(word))
        && (given.len() >= wanted.len() || !given.iter().any(|w| !wanted.contains(w) && is_word(w)))
}

fn is_word_slip(wanted: &str, given: &str, is_word: &dyn Fn(&str) -> bool) -> bool {
    wanted.chars().filter(|c| c.is_alphabetic()).count() >= MIN_LETTERS
        && is_plain(wanted)
        && is_plain(given)
        && !is_fixed(wanted)
        && !is_fixed(given)
        && !is_inflection(wanted, given)
        && !is_inflection(given, wanted)
        && !is_word(given)
}

fn is_plain(word: &str) -> bool {
    word.chars().all(|c| c.is_alphabetic() || c == '\'')
}

/// Numbers, units and negations, also in the plural.
fn is_fixed(word: &str) -> bool {
    let singular = word.strip_suffix('s').unwrap_or(word);
    [NEGATIONS, NUMBERS, UNITS]
        .iter()
        .flat_map(|list| list.split_whitespace())
        .any(|fixed| fixed == word || fixed == singular)
}

/// Whether `long` is `short` with a one-letter ending, as in label/labels, close/closed, take/taken, salt/salty: both
/// are real words, and which one fits is what the gap asks.
fn is_inflection(short: &str, long: &str) -> bool {
    let Some(ending) = long.strip_prefix(short) else { return false };
    match ending {
        "s" => !hisses(short),
        "d" | "r" | "n" => short.ends_with('e'),
        "y" => !short.ends_with(['a', 'e', 'i', 'o', 'u', 'y']),
        "'" => true,
        _ => false,
    }
}

/// One letter inserted, deleted or replaced, or two neighbours swapped (Damerau-Levenshtein distance 1).
pub(super) fn one_edit(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let same_start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same_start..], &b[same_start..]);
    let same_end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    match (&a[..a.len() - same_end], &b[..b.len() - same_end]) {
        ([_], [] | [_]) | ([], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}
