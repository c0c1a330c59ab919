//! Levels as a teacher would give them, short texts, exempt terms, and bad input.

use std::time::{Duration, Instant};

use cefr::{Exempt, GrammarPoint, Level, fits, measure, score, score_sentence};

const GRADED: &str = include_str!("data/graded.tsv");
const SOP_SENTENCES: &str = include_str!("data/sop_sentences.tsv");

fn rows(data: &str) -> Vec<(Level, &str)> {
    data.lines().filter_map(|line| line.split_once('\t')).filter_map(|row| Some((row.0.parse().ok()?, row.1))).collect()
}

fn distance(a: Level, b: Level) -> u8 {
    (a as u8).abs_diff(b as u8)
}

#[test]
fn graded_passages_rise_and_none_is_off_by_more_than_a_level() {
    let none = Exempt::none();
    let mut means = Vec::new();
    for level in Level::ALL {
        let own: Vec<f32> =
            rows(GRADED).into_iter().filter(|row| row.0 == level).map(|row| score(row.1, &none).score).collect();
        for found in &own {
            assert!(distance(Level::from_score(*found), level) <= 1, "{level}: {found}");
        }
        means.push(own.iter().sum::<f32>() / own.len() as f32);
    }
    assert!(means.windows(2).all(|pair| pair[0] + 0.3 < pair[1]), "{means:?}");
}

#[test]
fn sentences_from_work_instructions_have_a_teachers_level() {
    let rows = rows(SOP_SENTENCES);
    assert_eq!(rows.len(), 60);
    let near = |row: &&(Level, &str)| distance(score_sentence(row.1, &Exempt::none()).band, row.0) <= 1;
    let agreed = rows.iter().filter(near).count();
    assert!(agreed * 100 >= rows.len() * 95, "{agreed} of {}", rows.len());
}

#[test]
fn an_easy_instruction_is_easy_alone_and_in_a_list() {
    let none = Exempt::none();
    assert!(measure("Wash your hands for 20 seconds.", &none).band <= Level::A2);
    let list = "Cleaning\n\n1. Wash your hands for 20 seconds.\n2. Dry your hands.\n3. Put on clean gloves.\n4. Open the box.\n5. Close the box.";
    let measured = measure(list, &none);
    assert!(measured.band <= Level::A2, "{}", measured.score);
    assert_eq!(measured.sentences.len(), 6);
    assert!(measured.sentences[1].grammar.iter().any(|used| used.point == GrammarPoint::Imperative));
}

#[test]
fn exempt_terms_count_neither_way_and_are_reported() {
    let text = "Put the disinfectant next to the autoclave.";
    let free = measure(text, &Exempt::none());
    let exempt = measure(text, &Exempt::new(["autoclave", "disinfectants"]));
    assert_eq!(exempt.exempt.iter().map(|span| &text[span.clone()]).collect::<Vec<_>>(), ["disinfectant", "autoclave"]);
    assert!(exempt.score < free.score);
    assert!(exempt.sentences[0].words_above.is_empty());
    let easy = measure("Put the cup next to the box.", &Exempt::none());
    let easy_exempt = measure("Put the cup next to the box.", &Exempt::new(["cup", "box"]));
    assert!((easy.score - easy_exempt.score).abs() < 0.8, "{} {}", easy.score, easy_exempt.score);
}

#[test]
fn exempt_terms_of_several_words_are_found_with_hyphens_and_in_the_plural() {
    let exempt = Exempt::new(["chopping board"]);
    let text = "Wash the chopping boards. Dry the chopping-board. Board the bus.";
    let found = measure(text, &exempt).exempt;
    assert_eq!(found.iter().map(|span| &text[span.clone()]).collect::<Vec<_>>(), ["chopping boards", "chopping-board"]);
}

#[test]
fn a_text_above_its_target_is_told_with_the_words() {
    let text = "Wipe the table. Then sanitize the apparatus with a corrosive solution.";
    let answer = fits(text, Level::A2, &Exempt::none());
    assert!(!answer.fits && answer.share_above > 0.2);
    let words: Vec<&str> = answer.words_above.iter().map(|word| &text[word.span.clone()]).collect();
    assert!(words.contains(&"sanitize") && words.contains(&"corrosive"), "{words:?}");
}

#[test]
fn input_that_is_not_english_prose_has_low_confidence() {
    let none = Exempt::none();
    let repeated = "aaaa ".repeat(500);
    for text in [
        "",
        "   \n\t ",
        "12 345,6 78",
        "👩‍🍳👩‍🍳👩‍🍳",
        "\u{0}\u{1}\u{2}",
        "Помойте руки с мылом в течение двадцати секунд.",
        "手を洗ってください。",
        "Waschen Sie sich vor der Arbeit gründlich die Hände und trocknen Sie sie anschließend ab.",
        "Lávese las manos con agua y jabón antes de empezar a trabajar con alimentos.",
        "wqx zzkj qpwo vbnm xcvz qqrt plmk",
        &repeated,
    ] {
        let confidence = measure(text, &none).confidence;
        assert!(confidence < 0.4, "{confidence} for {text:.40}");
    }
    let english = measure("Before you start work, you must wash your hands with soap and warm water.", &none);
    assert!(english.confidence > 0.6, "{}", english.confidence);
}

#[test]
fn time_grows_with_the_text_and_not_faster() {
    let none = Exempt::none();
    for unit in ["wash the hands and ", "a.", ". ", "x", "\n", "( ", "'", "e.g. ", "1.1.", "http://", "a\u{301}"] {
        let time = |times: usize| {
            let text = unit.repeat(times);
            let once = || {
                let start = Instant::now();
                score(&text, &none);
                start.elapsed()
            };
            once().min(once())
        };
        let (small, large) = (time(2_000), time(16_000));
        assert!(large < small * 32 + Duration::from_millis(60), "{unit:?}: {small:?} and {large:?}");
    }
}

#[test]
fn contractions_of_auxiliaries_are_no_hard_words() {
    for text in ["It doesn't close, and it isn't clean.", "You shouldn’t open it. They weren’t there."] {
        let answer = fits(text, Level::A2, &Exempt::none());
        assert!(answer.words_above.is_empty(), "{:?}", answer.words_above);
    }
}
