//! Sentences and their exact spans.
//!
//! Unicode's sentence boundaries (UAX #29, by `unicode-segmentation`) are the base. Work instructions are full of
//! stops and line ends that do not end a sentence, so some boundaries are taken back: after list markers ("1.", "a)"),
//! after abbreviations ("No. 5", "e.g. gloves", "approx. 3 mm"), and where a line was only wrapped.

use std::iter::Peekable;
use std::ops::Range;

use unicode_segmentation::{USentenceBoundIndices, UnicodeSegmentation};

/// Abbreviations that never end a sentence before a lower-case letter or a number, and rarely otherwise.
const ABBREVIATIONS: &[&str] = &[
    "no", "nos", "e.g", "i.e", "eg", "ie", "etc", "approx", "ca", "cf", "fig", "figs", "vs", "min", "max", "mr", "mrs",
    "ms", "dr", "prof", "st", "dept", "ref", "sec", "ch", "vol", "pp", "p", "al", "incl", "excl", "resp", "tel",
    "temp", "inc", "ltd", "co", "art", "par", "para", "ver", "rev", "app", "nr", "qty", "est", "hr", "hrs", "jan",
    "feb", "mar", "apr", "aug", "sept", "oct", "nov", "dec",
];

/// Of these, the ones that may also be the last word of a sentence: they join only a number or a lower-case letter.
const MAY_END: &[&str] = &[
    "no", "etc", "min", "max", "inc", "ltd", "co", "st", "sec", "art", "par", "app", "est", "hr", "hrs", "p", "temp",
    "al", "mar", "ref", "dec", "tel", "ch", "vol", "rev", "ca", "resp", "fig",
];

/// A sentence is cut at white space (or anywhere, if there is none) before it grows longer than this many bytes, so
/// that memory and time stay bounded for text without full stops.
pub const MAX_SENTENCE: usize = 16 * 1024;

/// The spans of the sentences of `text`, in order. Between two spans lies nothing but white space.
pub fn sentences(text: &str) -> Sentences<'_> {
    Sentences { text, bounds: text.split_sentence_bound_indices().peekable(), rest: 0..0 }
}

/// Iterator over sentence spans, made by [`sentences`].
pub struct Sentences<'a> {
    text: &'a str,
    bounds: Peekable<USentenceBoundIndices<'a>>,
    /// What is left of a sentence that was too long.
    rest: Range<usize>,
}

impl Iterator for Sentences<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        loop {
            let whole = if self.rest.is_empty() { self.whole()? } else { self.rest.clone() };
            let end = self.cut(&whole);
            self.rest = end..whole.end;
            let span = trim(self.text, whole.start..end);
            if !span.is_empty() {
                return Some(span);
            }
        }
    }
}

impl Sentences<'_> {
    /// The next sentence, however long, with the white space around it.
    fn whole(&mut self) -> Option<Range<usize>> {
        let (start, piece) = self.bounds.next()?;
        let mut last = start;
        let mut end = start + piece.len();
        while let Some(&(next, following)) = self.bounds.peek() {
            if !joins(&self.text[start..end], &self.text[last..end], following) {
                break;
            }
            last = next;
            end = next + following.len();
            self.bounds.next();
        }
        Some(start..end)
    }

    /// Where a sentence that is too long is cut.
    fn cut(&self, span: &Range<usize>) -> usize {
        if span.len() <= MAX_SENTENCE {
            return span.end;
        }
        let limit = self.text.floor_char_boundary(span.start + MAX_SENTENCE);
        let head = &self.text[span.start..limit];
        match head.rfind(char::is_whitespace) {
            Some(at) if at > MAX_SENTENCE / 2 => span.start + at,
            _ => limit,
        }
    }
}

fn trim(text: &str, span: Range<usize>) -> Range<usize> {
    let part = &text[span.clone()];
    let start = span.start + (part.len() - part.trim_start().len());
    start..start + part.trim().len()
}

/// Whether the boundary between `sentence` (whose last piece is `piece`) and `next` is none.
fn joins(sentence: &str, piece: &str, next: &str) -> bool {
    let body = piece.trim_end();
    let gap = &piece[body.len()..];
    if body.is_empty() || next.trim_start().is_empty() {
        return false;
    }
    if gap.is_empty() {
        return body.ends_with(|c: char| c.is_ascii()) && next.starts_with(|c: char| c.is_ascii_alphanumeric());
    }
    let line_end = gap.contains(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}', '\u{b}', '\u{c}']);
    if line_end {
        return gap.matches('\n').count() <= 1 && is_wrapped(piece, body, next);
    }
    if sentence.len() == piece.len() && is_list_marker(body) {
        return true;
    }
    let Some(stem) = body.strip_suffix('.') else {
        return false;
    };
    ends_with_abbreviation(stem, next.trim_start())
}

/// "1.", "2.3.", "a.", "iv)", "-" before the sentence they count.
fn is_list_marker(body: &str) -> bool {
    let marker = body.trim_start_matches(['-', '*', '•', '–', '(', ' ', '\t', '>', '#']);
    let core = marker.trim_end_matches(['.', ')', ':']);
    marker.len() <= 8
        && marker.len() > core.len()
        && (core.chars().all(|c| c.is_ascii_digit() || c == '.')
            || core.len() == 1 && core.chars().all(|c| c.is_ascii_alphabetic())
            || core.len() <= 4 && core.chars().all(|c| matches!(c, 'i' | 'v' | 'x')))
}

fn ends_with_abbreviation(stem: &str, next: &str) -> bool {
    let word = stem.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '/' | '"')).next().unwrap_or(stem);
    if word.is_empty() || word.len() > 6 {
        return false;
    }
    let first = next.chars().next().unwrap_or(' ');
    let goes_on = first.is_numeric() || first.is_lowercase();
    let single_letter = word.len() == 1 && word.chars().all(char::is_uppercase);
    if single_letter {
        return first.is_uppercase() && word != "I" || goes_on;
    }
    let mut buffer = [0u8; 6];
    let Some(lower) = lower_ascii(word, &mut buffer) else {
        return false;
    };
    ABBREVIATIONS.contains(&lower) && (goes_on || !MAY_END.contains(&lower))
}

fn lower_ascii<'b>(word: &str, buffer: &'b mut [u8; 6]) -> Option<&'b str> {
    let target = buffer.get_mut(..word.len())?;
    target.copy_from_slice(word.as_bytes());
    target.make_ascii_lowercase();
    std::str::from_utf8(target).ok()
}

/// A line that goes on in the next: no stop at its end, and the next begins in lower case, or the line is so long that
/// only the margin can have ended it.
fn is_wrapped(line: &str, body: &str, next: &str) -> bool {
    let open =
        body.chars().next_back().is_some_and(|c| c.is_alphanumeric() || matches!(c, ',' | '-' | '–' | '(' | '\''));
    let first = next.trim_start().chars().next().unwrap_or(' ');
    if !open || next.trim_start().len() < 2 || !starts_like_prose(line) {
        return false;
    }
    first.is_lowercase() && !is_marker_start(next.trim_start())
        || line.len() >= 60 && line.len() <= 110 && first.is_alphabetic() && !is_marker_start(next.trim_start())
}

fn starts_like_prose(line: &str) -> bool {
    let first = line.trim_start().chars().next().unwrap_or(' ');
    first.is_alphanumeric() || matches!(first, '"' | '“' | '‘' | '\'' | '(' | '-' | '•' | '*')
}

/// "a) ", "b. ", "x " at the start of a line counts something.
fn is_marker_start(line: &str) -> bool {
    let mut chars = line.chars();
    let (_, second) = (chars.next(), chars.next());
    matches!(second, Some(')' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).map(|span| &text[span]).collect()
    }

    #[test]
    fn abbreviations_do_not_end_a_sentence() {
        assert_eq!(split("Use form No. 5 today. Sign it."), ["Use form No. 5 today.", "Sign it."]);
        assert_eq!(split("Wear protection, e.g. gloves. Go."), ["Wear protection, e.g. gloves.", "Go."]);
        assert_eq!(split("See Fig. 3 and Dr. Smith."), ["See Fig. 3 and Dr. Smith."]);
        assert_eq!(split("The answer is no. Stop."), ["The answer is no.", "Stop."]);
        assert_eq!(split("Wait approx. 5 min. Then stir."), ["Wait approx. 5 min.", "Then stir."]);
    }

    #[test]
    fn units_and_decimals_stay_whole() {
        assert_eq!(split("Keep it at 5 °C. Close the door."), ["Keep it at 5 °C.", "Close the door."]);
        assert_eq!(split("Add 2,5 ml or 3.5 ml. Mix."), ["Add 2,5 ml or 3.5 ml.", "Mix."]);
        assert_eq!(
            split("See https://example.com/a.b?c=1 now. End."),
            ["See https://example.com/a.b?c=1 now.", "End."]
        );
    }

    #[test]
    fn list_markers_belong_to_their_item() {
        assert_eq!(split("1. Open the lid.\n2. Close it."), ["1. Open the lid.", "2. Close it."]);
        assert_eq!(split("a. Open the lid.\nb) Close it."), ["a. Open the lid.", "b) Close it."]);
        assert_eq!(split("- Wash hands\n- Dry hands"), ["- Wash hands", "- Dry hands"]);
        assert_eq!(split("You need:\n• gloves\n• a mop"), ["You need:", "• gloves", "• a mop"]);
    }

    #[test]
    fn wrapped_lines_go_on_and_headings_do_not() {
        assert_eq!(split("The cook washes\nthe pan."), ["The cook washes\nthe pan."]);
        assert_eq!(split("Cleaning\nWash the pan."), ["Cleaning", "Wash the pan."]);
        assert_eq!(split("Cleaning\n\nthe pan"), ["Cleaning", "the pan"]);
    }
}
