//! Visible words of one block, with white space collapsed while they are collected.

use std::ops::Range;

/// Private-use characters that stand around words the source marks as an address; never visible text.
pub const MARK_START: char = '\u{E000}';
pub const MARK_END: char = '\u{E001}';
/// Stands where the source breaks a line; typed lists are found by it, and it is a space in the end.
pub const LINE_END: char = '\u{E002}';

#[derive(Debug, Default)]
pub struct Inline {
    text: String,
    space: bool,
    line: bool,
    marked: Vec<Range<usize>>,
    open_mark: Option<usize>,
    hidden: usize,
}

impl Inline {
    pub fn push(&mut self, words: &str) {
        for c in words.chars() {
            self.push_char(c);
        }
    }

    fn push_char(&mut self, c: char) {
        match c {
            MARK_START => {
                self.flush_space();
                self.open_mark = Some(self.text.len());
            }
            MARK_END => {
                if let Some(start) = self.open_mark.take() {
                    self.marked.push(start..self.text.len());
                }
            }
            LINE_END => (self.space, self.line) = (true, true),
            c if is_invisible(c) => self.hidden += 1,
            c if c.is_whitespace() => self.space = true,
            c if c.is_control() => {}
            c => {
                self.flush_space();
                self.text.push(c);
            }
        }
    }

    fn flush_space(&mut self) {
        if self.space && !self.text.is_empty() {
            self.text.push(if self.line { LINE_END } else { ' ' });
        }
        (self.space, self.line) = (false, false);
    }

    pub fn len(&self) -> usize {
        self.text.len()
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// How many invisible characters were left out.
    pub fn hidden(&self) -> usize {
        self.hidden
    }

    /// The words so far, and the ranges that were marked in them.
    pub fn take(&mut self) -> (String, Vec<Range<usize>>) {
        let done = std::mem::take(self);
        self.hidden = done.hidden;
        (done.text, done.marked)
    }
}

/// `text` as a reader sees it: white space collapsed, invisible characters gone.
pub fn visible(text: &str) -> String {
    let mut inline = Inline::default();
    inline.push(text);
    inline.take().0.replace(LINE_END, " ")
}

/// Characters that take no place on the page: zero-width, direction overrides, soft hyphen.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_collapsed_and_invisible_characters_vanish() {
        assert_eq!(visible("  Keep\n at\u{a0} 5\u{200B} °C \t"), "Keep at 5 °C");
    }

    #[test]
    fn marks_point_at_the_words_between_them() {
        let mut inline = Inline::default();
        inline.push("Ask in  \u{E000}help-desk\u{E001} now");
        let (text, marked) = inline.take();
        assert_eq!(&text[marked[0].clone()], "help-desk");
    }
}
