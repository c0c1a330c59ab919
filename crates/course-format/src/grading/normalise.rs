//! Brings two ways to type the same words to one: width and ligatures (NFKC), case, apostrophes, dashes, white space,
//! the space before a unit, sentence marks at the ends, and contractions.

use unicode_normalization::UnicodeNormalization;

/// Contractions that no ending below covers.
const WHOLE: [(&str, &str); 10] = [
    ("won't", "will not"),
    ("shan't", "shall not"),
    ("can't", "can not"),
    ("cannot", "can not"),
    ("i'm", "i am"),
    ("let's", "let us"),
    ("it's", "it is"),
    ("that's", "that is"),
    ("there's", "there is"),
    ("here's", "here is"),
];

/// Endings with one meaning; `'s` and `'d` have several and stay.
const ENDINGS: [(&str, &str); 4] = [("n't", " not"), ("'re", " are"), ("'ll", " will"), ("'ve", " have")];

/// The form in which answers are compared. Normalising twice changes nothing.
#[must_use]
pub fn normalise(text: &str) -> String {
    let folded: String = keep_exponents(text)
        .chars()
        .map(plain_mark)
        .nfkc()
        .flat_map(char::to_lowercase)
        .nfkc()
        .map(plain_mark)
        .collect();
    let single_spaced = folded.split_whitespace().collect::<Vec<_>>().join(" ");
    let parted = part_units(&single_spaced);
    let trimmed = parted.trim_matches(|c: char| c.is_whitespace() || is_end_mark(c));
    trimmed.split_whitespace().map(expand).collect::<Vec<_>>().join(" ")
}

/// Leaves out invisible characters, and keeps NFKC from reading `1½` as 11/2 and `10²` as 102.
fn keep_exponents(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut after_digit = false;
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        match c {
            '¼'..='¾' | '⅐'..='⅞' if after_digit => kept.push(' '),
            '²' | '³' | '¹' | '⁰' | '⁴'..='⁻' if after_digit => kept.push('^'),
            _ => {}
        }
        kept.push(c);
        after_digit = c.is_ascii_digit();
    }
    kept
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// One apostrophe, one dash, one quotation mark, one fraction bar.
fn plain_mark(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' | '\u{2032}' | '\u{b4}' | '`' => '\'',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' => '-',
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' => '"',
        '\u{2044}' | '\u{2215}' => '/',
        _ => c,
    }
}

/// `8°C`, `8 °C` and `8 ° C` are the same; so are `50%` and `50 %`.
fn part_units(text: &str) -> String {
    let mut parted = String::with_capacity(text.len() + 4);
    let mut last = ' ';
    for c in text.chars() {
        if last.is_ascii_digit() && (c.is_alphabetic() || matches!(c, '°' | '%')) {
            parted.push(' ');
        }
        parted.push(c);
        last = c;
    }
    parted.replace("° c", "°c").replace("° f", "°f")
}

fn is_end_mark(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '"')
}

fn expand(word: &str) -> String {
    if let Some((_, long)) = WHOLE.iter().find(|(short, _)| *short == word) {
        return (*long).to_owned();
    }
    ENDINGS
        .iter()
        .find_map(|(short, long)| {
            word.strip_suffix(short)
                .filter(|stem| !stem.is_empty() && stem.chars().all(char::is_alphabetic))
                .map(|stem| expand(stem) + long)
        })
        .unwrap_or_else(|| word.to_owned())
}
