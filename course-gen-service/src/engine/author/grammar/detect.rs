//! Where a point of grammar shows in a sentence: the words that show it, as they stand there.

use crate::engine::english::parse::Form;
use crate::engine::english::words::{base_of_participle, is_function, is_verb};
use crate::engine::facts::Fact;

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace()
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’' && c != '-'))
        .collect()
}

/// The first run of words that fit the tests, one test a word.
fn run(fact: &Fact, tests: &[&dyn Fn(&str) -> bool]) -> Option<String> {
    let list = words(&fact.text);
    list.windows(tests.len())
        .find(|w| w.iter().zip(tests).all(|(word, test)| test(&word.to_lowercase())))
        .map(|w| w.join(" "))
}

fn is_participle(word: &str) -> bool {
    word.len() > 3 && base_of_participle(word).is_some() && !word.ends_with("ing") && !word.ends_with('s')
}

fn is_ing(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ing") && is_verb(&cefr::lemma(word))
}

pub fn imperative(fact: &Fact) -> Option<String> {
    match &fact.form {
        Form::Do(_) => words(&fact.text).first().filter(|w| is_verb(w)).map(|w| (*w).to_owned()),
        _ => None,
    }
}

pub fn negative(fact: &Fact) -> Option<String> {
    matches!(fact.form, Form::DoNot(_)).then_some(())?;
    run(fact, &[&|w| w == "do", &|w| w == "not", &is_verb]).or_else(|| run(fact, &[&|w| w == "never", &is_verb]))
}

pub fn must(fact: &Fact) -> Option<String> {
    run(fact, &[&|w| w == "must", &|w| w == "not", &|w| is_verb(w) || w == "be"])
        .or_else(|| run(fact, &[&|w| w == "must", &|w| is_verb(w) || w == "be"]))
        .or_else(|| run(fact, &[&|w| matches!(w, "has" | "have"), &|w| w == "to", &|w| is_verb(w) || w == "be"]))
}

pub fn should(fact: &Fact) -> Option<String> {
    run(fact, &[&|w| w == "should", &|w| is_verb(w) || w == "be"])
}

pub fn may(fact: &Fact) -> Option<String> {
    run(fact, &[&|w| matches!(w, "may" | "can"), &|w| is_verb(w) || w == "be"])
}

pub fn routine(fact: &Fact) -> Option<String> {
    match &fact.form {
        Form::Role { predicate, .. } => predicate.split(' ').next().map(str::to_owned),
        _ => None,
    }
}

pub fn before_after(fact: &Fact) -> Option<String> {
    run(fact, &[&|w| matches!(w, "before" | "after"), &is_ing])
        .or_else(|| run(fact, &[&|w| matches!(w, "before" | "after"), &|w| matches!(w, "you" | "the" | "they" | "it")]))
}

pub fn when_until(fact: &Fact) -> Option<String> {
    run(
        fact,
        &[&|w| matches!(w, "when" | "until" | "once" | "whenever"), &|w| {
            matches!(w, "you" | "the" | "they" | "it" | "a" | "nobody" | "somebody")
        }],
    )
}

pub fn if_imperative(fact: &Fact) -> Option<String> {
    match &fact.form {
        Form::When { joiner: "if", condition, then } if matches!(then.as_ref(), Form::Do(_) | Form::DoNot(_)) => {
            let with_if =
                ["If ", "if "].iter().map(|i| format!("{i}{condition}")).find(|t| fact.text.contains(t.as_str()));
            with_if.filter(|t| t.split(' ').count() <= 12)
        }
        _ => None,
    }
}

pub fn unless(fact: &Fact) -> Option<String> {
    run(fact, &[&|w| w == "unless", &|_| true])
}

pub fn so_that(fact: &Fact) -> Option<String> {
    run(fact, &[&|w| w == "so", &|w| w == "that", &|_| true])
        .or_else(|| run(fact, &[&|w| w == "in", &|w| w == "order", &|w| w == "to", &is_verb]))
}

pub fn make_sure(fact: &Fact) -> Option<String> {
    run(fact, &[&|w| w == "make", &|w| w == "sure", &|_| true]).or_else(|| run(fact, &[&|w| w == "ensure", &|_| true]))
}

pub fn passive(fact: &Fact) -> Option<String> {
    run(fact, &[&|w| matches!(w, "is" | "are" | "was" | "were"), &is_participle])
        .or_else(|| run(fact, &[&|w| matches!(w, "is" | "are"), &|w| w == "not", &is_participle]))
}

pub fn modal_passive(fact: &Fact) -> Option<String> {
    run(fact, &[&|w| matches!(w, "must" | "may" | "should" | "can"), &|w| w == "be", &is_participle]).or_else(|| {
        run(fact, &[&|w| matches!(w, "must" | "may" | "should"), &|w| w == "not", &|w| w == "be", &is_participle])
    })
}

/// "in the night log", with the whole name of the place; "in a fire alarm" and "in the morning" are none.
pub fn place(fact: &Fact) -> Option<String> {
    const NO_PLACES: [&str; 18] = [
        "alarm",
        "case",
        "cases",
        "event",
        "emergency",
        "evacuation",
        "fire",
        "end",
        "beginning",
        "morning",
        "afternoon",
        "evening",
        "night",
        "day",
        "week",
        "way",
        "order",
        "system",
    ];
    let words: Vec<&str> = fact.text.split_whitespace().collect();
    let plain = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    (0..words.len().saturating_sub(2)).find_map(|i| {
        let opens =
            matches!(plain(words[i]).as_str(), "in" | "on" | "under" | "behind" | "above" | "beside" | "into" | "onto");
        let determined = matches!(words[i + 1], "the" | "a" | "an" | "your" | "each");
        if !opens || !determined {
            return None;
        }
        let mut end = i + 1;
        while let Some(word) = words.get(end + 1).filter(|w| !is_function(&plain(w)) && end - i < 4) {
            end += 1;
            if word.ends_with(|c: char| !c.is_alphanumeric()) {
                break;
            }
        }
        let head = plain(words[end]);
        let named = end > i + 1 && head.chars().all(char::is_alphabetic) && !NO_PLACES.contains(&head.as_str());
        let phrase = words[i..=end].join(" ");
        named.then(|| phrase.trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned())
    })
}

pub fn time_limit(fact: &Fact) -> Option<String> {
    run(
        fact,
        &[&|w| matches!(w, "within" | "for"), &|w| w.chars().all(|c| c.is_ascii_digit()) && !w.is_empty(), &|w| {
            ["minute", "hour", "day", "week", "month", "year", "second"].iter().any(|u| w.starts_with(u))
        }],
    )
}

pub fn comparison(fact: &Fact) -> Option<String> {
    run(fact, &[&|w| w == "at", &|w| w == "least", &|_| true])
        .or_else(|| {
            run(
                fact,
                &[
                    &|w| matches!(w, "more" | "less" | "higher" | "lower" | "greater" | "longer"),
                    &|w| w == "than",
                    &|_| true,
                ],
            )
        })
        .or_else(|| {
            run(
                fact,
                &[&|w| matches!(w, "below" | "above"), &|w| w.starts_with(|c: char| c.is_ascii_digit() || c == '-')],
            )
        })
}

pub fn by_ing(fact: &Fact) -> Option<String> {
    run(fact, &[&|w| matches!(w, "by" | "without" | "for"), &is_ing])
}

pub fn relative(fact: &Fact) -> Option<String> {
    run(
        fact,
        &[
            &|w| cefr::can_be(w, cefr::PartOfSpeech::Noun) && w.len() > 2,
            &|w| matches!(w, "who" | "which" | "that"),
            &|w| {
                matches!(w, "is" | "are" | "has" | "have" | "was" | "leaves" | "nobody" | "guests" | "you")
                    || is_verb(w)
                    || is_verb(&cefr::lemma(w))
            },
        ],
    )
    .filter(|found| !found.to_lowercase().starts_with("sure") && !found.to_lowercase().starts_with("so "))
}

pub fn order_words(fact: &Fact) -> Option<String> {
    words(&fact.text)
        .into_iter()
        .find(|w| matches!(w.to_lowercase().as_str(), "first" | "then" | "next" | "finally"))
        .map(str::to_owned)
}

pub fn to_purpose(fact: &Fact) -> Option<String> {
    let Form::Do(_) = &fact.form else { return None };
    let list = words(&fact.text);
    list.windows(3)
        .skip(1)
        .find(|w| {
            let asks = matches!(
                w[0],
                "guest"
                    | "driver"
                    | "visitor"
                    | "colleague"
                    | "need"
                    | "have"
                    | "has"
                    | "them"
                    | "him"
                    | "her"
                    | "permission"
                    | "allowed"
                    | "easy"
                    | "ready"
            );
            !asks && w[1] == "to" && is_verb(w[2]) && cefr::can_be(w[0], cefr::PartOfSpeech::Noun)
        })
        .map(|w| w[1..].join(" "))
}

pub fn if_will(fact: &Fact) -> Option<String> {
    let lower = fact.text.to_lowercase();
    (lower.starts_with("if ") || lower.contains(" if ")).then_some(())?;
    run(fact, &[&|w| w == "will", &|w| is_verb(w) || w == "be" || cefr::can_be(w, cefr::PartOfSpeech::Verb)])
}

pub fn in_case(fact: &Fact) -> Option<String> {
    run(fact, &[&|w| w == "in", &|w| w == "case", &|w| w != "of"])
}

pub fn quantity(fact: &Fact) -> Option<String> {
    const UNITS: [&str; 16] = [
        "ml", "l", "g", "kg", "mg", "µl", "cm", "mm", "m", "minutes", "seconds", "hours", "days", "pieces", "litres",
        "drops",
    ];
    run(fact, &[&|w| w.chars().all(|c| c.is_ascii_digit() || c == '.') && !w.is_empty(), &|w| UNITS.contains(&w)])
}

pub fn participle_phrase(fact: &Fact) -> Option<String> {
    fact.text.match_indices(", ").find_map(|(at, _)| {
        let rest = &fact.text[at + 2..];
        let list: Vec<&str> = rest.split(' ').take(2).collect();
        let [first, second] = list[..] else { return None };
        let second = second.trim_matches(|c: char| !c.is_alphanumeric());
        (is_ing(first) && !matches!(second, "and" | "or") && !first.ends_with(',')).then(|| format!("{first} {second}"))
    })
}

pub fn noun_style(fact: &Fact) -> Option<String> {
    run(fact, &[&|w| w.len() > 6 && (w.ends_with("tion") || w.ends_with("ment")), &|w| w == "of", &|_| true])
}

pub fn short_condition(fact: &Fact) -> Option<String> {
    run(
        fact,
        &[&|w| matches!(w, "if" | "where" | "when" | "as"), &|w| {
            is_participle(w) || matches!(w, "necessary" | "possible")
        }],
    )
}
