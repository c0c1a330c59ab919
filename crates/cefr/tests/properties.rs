//! What holds for any text at all.

use std::ops::Range;

use cefr::{Exempt, Level, MAX_SENTENCE, fits, measure, score, sentences, tokens};
use proptest::prelude::*;

/// Spans rise, do not overlap, lie on character boundaries, and leave out nothing but white space.
fn assert_exact(text: &str, spans: impl Iterator<Item = Range<usize>>) {
    let mut end = 0;
    for span in spans {
        assert!(span.start >= end && span.end > span.start, "{span:?} after {end}");
        assert!(text[end..span.start].trim().is_empty(), "lost {:?}", &text[end..span.start]);
        assert!(!text[span.clone()].is_empty());
        end = span.end;
    }
    assert!(text[end..].trim().is_empty(), "lost {:?}", &text[end..]);
}

/// Text as it is found in work instructions, glued together in any order.
fn instruction_like() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "Wash",
        "the",
        "No. 5",
        "e.g.",
        "5 °C.",
        "2,5",
        "• ",
        "1. ",
        "\n",
        "\n\n",
        ": ",
        " ",
        ". ",
        "? ",
        "https://a.b/c?d=1",
        "x@y.org",
        "don't",
        "’s",
        "(",
        ")",
        "\u{2028}",
        "привет",
        "手を洗う。",
        "👩‍🍳",
        "\u{0}",
        "A.",
        "é",
        "=",
        "'s",
        "µl",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

fn check(text: &str) {
    assert_exact(text, sentences(text));
    assert_exact(text, tokens(text).map(|token| token.span));
    let exempt = Exempt::new(["hand sanitizer", "wash"]);
    let measured = measure(text, &exempt);
    assert!((1.0..=6.0).contains(&measured.score) && (0.0..=1.0).contains(&measured.confidence));
    assert_eq!(measured.band, Level::from_score(measured.score));
    for sentence in &measured.sentences {
        assert!((1.0..=6.0).contains(&sentence.score) && sentence.span.len() <= MAX_SENTENCE);
        let inside = |span: &Range<usize>| {
            assert!(text.get(span.clone()).is_some());
            assert!(span.start >= sentence.span.start && span.end <= sentence.span.end);
        };
        sentence.words_above.iter().for_each(|word| inside(&word.span));
        sentence.grammar.iter().for_each(|used| inside(&used.span));
    }
    let plain = score(text, &exempt);
    assert!((plain.score - measured.score).abs() < 1e-6 && plain.words == measured.words);
    assert!((0.0..=1.0).contains(&fits(text, Level::B1, &exempt).share_above));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn any_unicode_text_is_measured(text in "\\PC{0,200}") {
        check(&text);
    }

    #[test]
    fn any_characters_at_all_are_measured(chars in prop::collection::vec(any::<char>(), 0..80)) {
        check(&chars.into_iter().collect::<String>());
    }

    #[test]
    fn instructions_in_any_order_are_measured(text in instruction_like()) {
        check(&text);
    }

    #[test]
    fn any_word_has_an_answer(word in "\\PC{0,60}") {
        let found = cefr::word(&word);
        prop_assert!(found.score.is_none_or(|score| (1.0..=6.0).contains(&score)));
        for form in [cefr::Form::Plural, cefr::Form::Past, cefr::Form::Ing, cefr::Form::Superlative] {
            prop_assert!(cefr::inflect(&word, form).len() >= word.len().saturating_sub(2));
        }
    }
}
