//! From an inflected form to its base and back, by rule and by a short list of irregular forms.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

static IRREGULAR: &str = include_str!("../data/irregular.txt");

/// The grammatical form a word stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    Base,
    /// Plural noun.
    Plural,
    /// "washes"
    ThirdPerson,
    Past,
    PastParticiple,
    /// "washing"
    Ing,
    Comparative,
    Superlative,
}

struct Irregular {
    forms: Vec<(&'static str, Form)>,
    base_of: HashMap<&'static str, (&'static str, Form)>,
    form_of: HashMap<(&'static str, Form), &'static str>,
}

fn irregular() -> &'static Irregular {
    static CELL: OnceLock<Irregular> = OnceLock::new();
    CELL.get_or_init(|| {
        let mut found = Irregular { forms: Vec::new(), base_of: HashMap::new(), form_of: HashMap::new() };
        for line in IRREGULAR.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split(' ');
            let (Some(kind), Some(base)) = (fields.next(), fields.next()) else {
                continue;
            };
            let forms: &[Form] = match kind {
                "v" => &[Form::Past, Form::PastParticiple],
                "n" => &[Form::Plural],
                _ => &[Form::Comparative, Form::Superlative],
            };
            for (&form, words) in forms.iter().zip(fields) {
                for word in words.split(',') {
                    found.forms.push((word, form));
                    found.form_of.entry((base, form)).or_insert(word);
                    if word != base {
                        found.base_of.insert(word, (base, form));
                    }
                }
            }
        }
        found
    })
}

/// Every irregular form in the list.
pub(crate) fn irregular_forms() -> &'static [(&'static str, Form)] {
    &irregular().forms
}

/// The base of an irregular form and which form it is; the participle where past and participle are the same word.
pub(crate) fn irregular_base(word: &str) -> Option<(&'static str, Form)> {
    irregular().base_of.get(word).copied()
}

/// Calls `is_word` with each base that `word` may be an inflection of, likeliest first, until one is accepted.
pub(crate) fn regular_base(word: &str, mut is_word: impl FnMut(&str, Form) -> bool) -> Option<(String, Form)> {
    let mut attempt = |stem: &str, ending: &str, form: Form| {
        if stem.len() < 2 {
            return None;
        }
        let mut buffer = [0u8; 48];
        let len = stem.len() + ending.len();
        let target = buffer.get_mut(..len)?;
        target[..stem.len()].copy_from_slice(stem.as_bytes());
        target[stem.len()..].copy_from_slice(ending.as_bytes());
        let base = std::str::from_utf8(target).ok()?;
        is_word(base, form).then(|| (base.to_owned(), form))
    };
    for (suffix, endings, form) in RULES {
        let Some(stem) = word.strip_suffix(suffix) else {
            continue;
        };
        if *form != Form::Plural && !stem.contains(is_vowel) {
            continue;
        }
        for ending in *endings {
            let found = match *ending {
                "=" => undoubled(stem).and_then(|stem| attempt(stem, "", *form)),
                ending => attempt(stem, ending, *form),
            };
            if found.is_some() {
                return found;
            }
        }
    }
    None
}

/// Suffix, what stands in its place in the base ("=": one letter of a doubled pair), and the form.
const RULES: &[(&str, &[&str], Form)] = &[
    ("ies", &["y", "ie"], Form::Plural),
    ("es", &["e", ""], Form::Plural),
    ("s", &[""], Form::Plural),
    ("ied", &["y"], Form::PastParticiple),
    ("ed", &["", "e", "="], Form::PastParticiple),
    ("ing", &["", "e", "="], Form::Ing),
    ("iest", &["y"], Form::Superlative),
    ("ier", &["y"], Form::Comparative),
    ("est", &["", "e", "="], Form::Superlative),
    ("er", &["", "e", "="], Form::Comparative),
];

/// "stopp" -> "stop".
fn undoubled(stem: &str) -> Option<&str> {
    let bytes = stem.as_bytes();
    match bytes {
        [.., a, b] if a == b && a.is_ascii_lowercase() => stem.get(..stem.len() - 1),
        _ => None,
    }
}

/// Writes a base word in a form: `inflect("dry", Form::ThirdPerson)` is "dries".
pub fn inflect(base: &str, form: Form) -> String {
    if let Some(word) = irregular().form_of.get(&(base, form)) {
        return (*word).to_owned();
    }
    match form {
        Form::Base => base.to_owned(),
        Form::Plural | Form::ThirdPerson if base == "have" => "has".to_owned(),
        Form::Plural | Form::ThirdPerson => with_s(base),
        Form::Past | Form::PastParticiple => with_vowel_suffix(base, "ed"),
        Form::Ing => with_vowel_suffix(base, "ing"),
        Form::Comparative => graded(base, "er", "more"),
        Form::Superlative => graded(base, "est", "most"),
    }
}

fn with_s(base: &str) -> String {
    if ends_in_consonant_y(base) {
        return format!("{}ies", &base[..base.len() - 1]);
    }
    let hissing = ["s", "x", "z", "ch", "sh"].iter().any(|end| base.ends_with(end));
    let o = base.ends_with('o') && base.len() <= 4 && matches!(base, "go" | "do" | "echo" | "hero" | "veto");
    format!("{base}{}", if hissing || o { "es" } else { "s" })
}

fn with_vowel_suffix(base: &str, suffix: &str) -> String {
    let ing = suffix == "ing";
    if ing && base.ends_with("ie") {
        return format!("{}ying", &base[..base.len() - 2]);
    }
    if !ing && ends_in_consonant_y(base) {
        return format!("{}i{suffix}", &base[..base.len() - 1]);
    }
    if base.ends_with('e')
        && !(ing && (base.ends_with("ee") || base.ends_with("oe") || base.ends_with("ye") || base == "be"))
    {
        return format!("{}{suffix}", &base[..base.len() - 1]);
    }
    match base.chars().next_back() {
        Some(last) if doubles(base) => format!("{base}{last}{suffix}"),
        _ => format!("{base}{suffix}"),
    }
}

fn graded(base: &str, suffix: &str, word: &str) -> String {
    let short = syllables(base) == 1 || syllables(base) == 2 && ends_in_consonant_y(base);
    if short { with_vowel_suffix(base, suffix) } else { format!("{word} {base}") }
}

/// A final consonant is doubled in a word of one syllable that ends consonant, vowel, consonant, and in a few others.
fn doubles(base: &str) -> bool {
    const STRESSED: &[&str] = &[
        "admit", "begin", "commit", "control", "occur", "permit", "prefer", "refer", "submit", "transfer", "omit",
        "equip", "recap", "refit", "reset", "unplug", "unzip", "unclip", "rewrap", "unwrap",
    ];
    if STRESSED.contains(&base) {
        return true;
    }
    match base.as_bytes() {
        [head @ .., a, v, c] => {
            let vowel = |b: &u8| is_vowel(char::from(*b));
            (!vowel(a) || *a == b'u' && head.last() == Some(&b'q'))
                && vowel(v)
                && c.is_ascii_lowercase()
                && !vowel(c)
                && !matches!(c, b'w' | b'x' | b'y')
                && syllables(base) == 1
        }
        _ => false,
    }
}

fn ends_in_consonant_y(word: &str) -> bool {
    matches!(word.as_bytes(), [.., a, b'y'] if !is_vowel(char::from(*a)))
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// A count of syllables, by groups of vowels; at least 1.
pub(crate) fn syllables(word: &str) -> u32 {
    let mut count = 0;
    let mut in_vowel = false;
    for byte in word.bytes() {
        let vowel = is_vowel(char::from(byte));
        count += u32::from(vowel && !in_vowel);
        in_vowel = vowel;
    }
    if word.ends_with('e') && count > 1 && !word.ends_with("le") {
        count -= 1;
    }
    count.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_inflected_as_people_write_them() {
        let cases = [
            ("dry", Form::ThirdPerson, "dries"),
            ("wash", Form::ThirdPerson, "washes"),
            ("stop", Form::Ing, "stopping"),
            ("use", Form::Ing, "using"),
            ("lie", Form::Ing, "lying"),
            ("open", Form::Past, "opened"),
            ("carry", Form::Past, "carried"),
            ("begin", Form::Ing, "beginning"),
            ("take", Form::PastParticiple, "taken"),
            ("put", Form::Past, "put"),
            ("knife", Form::Plural, "knives"),
            ("box", Form::Plural, "boxes"),
            ("big", Form::Comparative, "bigger"),
            ("easy", Form::Superlative, "easiest"),
            ("careful", Form::Comparative, "more careful"),
            ("good", Form::Comparative, "better"),
            ("have", Form::ThirdPerson, "has"),
        ];
        for (base, form, expected) in cases {
            assert_eq!(inflect(base, form), expected, "{base} {form:?}");
        }
    }

    #[test]
    fn bases_are_found_again() {
        let known = ["dry", "wash", "stop", "use", "box", "big", "easy"];
        let base = |word: &str| regular_base(word, |base, _| known.contains(&base)).map(|found| found.0);
        for word in ["dries", "washed", "stopping", "using", "boxes", "bigger", "easiest"] {
            assert!(base(word).is_some(), "{word}");
        }
        assert_eq!(base("thing"), None);
        assert_eq!(irregular_base("went"), Some(("go", Form::Past)));
    }
}
