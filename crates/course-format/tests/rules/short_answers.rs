use course_format::course::{Answer, Response};
use course_format::grading::{GradeError, MAX_ANSWER_CHARS, Verdict, grade, suggest_score};

use crate::sample::short_answer;

fn answer(text: &str) -> Result<course_format::grading::Grade, GradeError> {
    let (item, key) = short_answer();
    grade(&item, &key, &Response::ShortAnswer { text: text.to_owned() })
}

fn suggested(text: &str) -> (u32, u32, Vec<usize>) {
    let (_, key) = short_answer();
    let Answer::ShortAnswer { rubric, .. } = &key.answer else { panic!("the sample is a short answer") };
    let suggestion = suggest_score(text, rubric);
    (suggestion.points, suggestion.max, suggestion.found.iter().map(|found| found.index).collect())
}

#[test]
fn an_open_answer_waits_for_the_trainer() {
    let grade = answer("With the probe thermometer.").unwrap();
    assert!(grade.is_pending());
    assert_eq!((grade.verdict, grade.points, grade.max_points), (Verdict::Pending, 0.0, 2));
}

#[test]
fn the_word_limits_are_told_at_once() {
    assert_eq!(answer("A thermometer").unwrap_err(), GradeError::WordCount { words: 2, min: 3, max: 15 });
    assert_eq!(answer(&"word ".repeat(16)).unwrap_err().to_string(), "write 3 to 15 words; this answer has 16");
    assert!(answer("- - -").is_err(), "marks are no words");
}

#[test]
fn an_endless_answer_is_refused() {
    assert_eq!(answer(&"a".repeat(MAX_ANSWER_CHARS + 1)).unwrap_err().code(), "too_long");
}

#[test]
fn the_rubric_finds_what_was_said() {
    assert_eq!(suggested("I use the thermometer and 8°C is the limit."), (3, 3, vec![0, 1]));
    assert_eq!(suggested("I use two thermometers."), (1, 3, vec![0]));
    assert_eq!(suggested("I put it away."), (0, 3, vec![]));
}

#[test]
fn a_phrase_counts_only_as_a_whole() {
    assert_eq!(suggested("Eight boxes, many degrees."), (0, 3, vec![]));
    assert_eq!(suggested("Not above eight degrees!"), (2, 3, vec![1]));
}

#[test]
fn another_number_is_not_found() {
    assert_eq!(suggested("The limit is 18 °C or 80 °C."), (0, 3, vec![]));
}
