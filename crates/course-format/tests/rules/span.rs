use course_format::sop::Span;

#[test]
fn a_span_counts_characters_not_bytes() {
    assert_eq!(Span { start: 2, end: 4 }.of("8 °C"), Some("°C"));
}

#[test]
fn a_span_may_be_empty_anywhere_up_to_the_end() {
    assert_eq!(Span { start: 4, end: 4 }.of("8 °C"), Some(""));
    assert_eq!(Span { start: 5, end: 5 }.of("8 °C"), None);
}

#[test]
fn a_span_that_ends_before_it_starts_or_after_the_text_names_nothing() {
    assert_eq!(Span { start: 3, end: 2 }.of("8 °C"), None);
    assert_eq!(Span { start: 0, end: 5 }.of("8 °C"), None);
    assert_eq!(Span { start: 0, end: usize::MAX }.of("8 °C"), None);
    assert_eq!(Span { start: usize::MAX, end: usize::MAX }.of("8 °C"), None);
}
