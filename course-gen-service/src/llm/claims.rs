//! What a text claims, as far as words tell it: for texts that may claim nothing, and for opposites that the lock does not
//! know.

use std::collections::BTreeSet;

/// Whether a text has anything that only a clause may say: a number, a "not", a duty.
pub fn claims(text: &str) -> bool {
    const SIGNS: [&str; 25] = [
        "not",
        "never",
        "no",
        "nobody",
        "none",
        "nothing",
        "cannot",
        "without",
        "neither",
        "nor",
        "avoid",
        "forbidden",
        "prohibited",
        "must",
        "shall",
        "required",
        "mandatory",
        "should",
        "ought",
        "recommended",
        "always",
        "only",
        "mustn't",
        "unless",
        "until",
    ];
    let padded = format!(" {} ", text.to_lowercase());
    words(text).iter().any(|w| {
        SIGNS.contains(&w.as_str())
            || w.ends_with("n't")
            || w.chars().any(|c| c.is_ascii_digit())
            || NUMBER_WORDS.contains(&w.as_str())
    }) || [" have to ", " has to ", " need to ", " needs to "].iter().any(|p| padded.contains(p))
}

/// A word of the text whose opposite stands in its place in the source: "open" for "close".
pub fn opposite(sources: &[&str], text: &str) -> Option<(&'static str, &'static str)> {
    let (given, said) = (words(&sources.join(" ")), words(text));
    let swapped = |a: &str, b: &str| given.contains(a) && !given.contains(b) && said.contains(b) && !said.contains(a);
    OPPOSITES.iter().find_map(|(a, b)| {
        if swapped(a, b) {
            Some((*a, *b))
        } else if swapped(b, a) {
            Some((*b, *a))
        } else {
            None
        }
    })
}

const NUMBER_WORDS: [&str; 20] = [
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen", "twenty",
    "thirty", "forty", "fifty", "sixty", "ninety", "hundred", "twice",
];

/// Where one stands in the clause and the other in the text, the text says the contrary.
const OPPOSITES: [(&str, &str); 30] = [
    ("open", "close"),
    ("open", "closed"),
    ("on", "off"),
    ("before", "after"),
    ("above", "below"),
    ("start", "stop"),
    ("left", "right"),
    ("hot", "cold"),
    ("warm", "cool"),
    ("increase", "decrease"),
    ("increase", "reduce"),
    ("add", "remove"),
    ("push", "pull"),
    ("inside", "outside"),
    ("first", "last"),
    ("lock", "unlock"),
    ("wet", "dry"),
    ("clean", "dirty"),
    ("maximum", "minimum"),
    ("daily", "weekly"),
    ("more", "less"),
    ("top", "bottom"),
    ("front", "back"),
    ("full", "empty"),
    ("raise", "lower"),
    ("fridge", "freezer"),
    ("fridges", "freezers"),
    ("clockwise", "anticlockwise"),
    ("internal", "external"),
    ("safe", "unsafe"),
];

fn words(text: &str) -> BTreeSet<String> {
    let lower = text.to_lowercase().replace(['’', '‘'], "'");
    super::checks::words(&lower).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_duties_and_prohibitions_are_claims() {
        for text in
            ["Wait 5 minutes.", "Wait five minutes.", "You must wait.", "Don’t wait.", "You have to wait.", "Only you."]
        {
            assert!(claims(text), "{text}");
        }
        for text in ["What do I do first?", "OK, thanks.", "You are new here. Ask your colleague."] {
            assert!(!claims(text), "{text}");
        }
    }

    #[test]
    fn opposites_are_seen() {
        assert_eq!(opposite(&["Close the valve."], "Open the valve."), Some(("close", "open")));
        assert_eq!(opposite(&["Keep it in the fridge."], "Keep it in the freezer."), Some(("fridge", "freezer")));
        assert_eq!(opposite(&["Open and close the valve."], "Close the valve."), None);
        assert_eq!(opposite(&["Shut the valve."], "Close the valve."), None);
    }
}
