//! Words, numbers and marks inside a sentence.
//!
//! Unicode's word boundaries (UAX #29) are the base: they keep "don't", "3.5" and "2,5" whole. Addresses (URLs,
//! e-mail) are taken whole, and a clitic that was written apart ("do n't", "Tom 's") becomes a word again.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use unicode_segmentation::{UWordBoundIndices, UnicodeSegmentation};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenKind {
    /// A word in Latin letters.
    Word,
    /// Begins with a digit: "5", "2,5", "10kg", "3rd".
    Number,
    /// A URL or an e-mail address.
    Address,
    /// A word in another script.
    Foreign,
    /// Everything else that is not white space.
    Mark,
}

/// A token and where it stands, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub kind: TokenKind,
    pub span: Range<usize>,
}

/// The tokens of `text`, in order. Between two spans lies nothing but white space.
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, pieces: text.split_word_bound_indices(), chunk_end: 0, skip_to: 0, after_space: true }
}

/// Iterator over tokens, made by [`tokens`].
pub struct Tokens<'a> {
    text: &'a str,
    pieces: UWordBoundIndices<'a>,
    chunk_end: usize,
    skip_to: usize,
    after_space: bool,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            let (start, piece) = self.pieces.next()?;
            let end = start + piece.len();
            if end <= self.skip_to {
                continue;
            }
            // An address or a clitic may end inside a piece: what is left of it is a token of its own.
            let start = start.max(self.skip_to);
            let piece = self.text.get(start..end).unwrap_or_default();
            let Some(first) = piece.chars().next() else {
                continue;
            };
            if first.is_whitespace() {
                self.after_space = true;
                // White space may carry invisible marks (soft hyphens, joiners); they are not lost.
                let carried = piece.trim();
                if carried.is_empty() {
                    continue;
                }
                let at = start + (piece.len() - piece.trim_start().len());
                return Some(Token { kind: TokenKind::Mark, span: at..at + carried.len() });
            }
            if std::mem::take(&mut self.after_space) {
                if let Some(end) = self.address_end(start) {
                    self.skip_to = end;
                    return Some(Token { kind: TokenKind::Address, span: start..end });
                }
                if let Some(end) = self.clitic_end(start, first) {
                    self.skip_to = end;
                    return Some(Token { kind: TokenKind::Word, span: start..end });
                }
            }
            return Some(Token { kind: kind_of(first), span: start..start + piece.len() });
        }
    }
}

impl Tokens<'_> {
    /// The end of the address that begins here, if one does.
    fn address_end(&mut self, start: usize) -> Option<usize> {
        if start < self.chunk_end {
            return None;
        }
        let rest = &self.text[start..];
        let chunk = rest.split(char::is_whitespace).next().unwrap_or(rest);
        self.chunk_end = start + chunk.len();
        let bytes = chunk.as_bytes();
        let has_colon_slashes = || chunk.contains("://");
        let is_mail = || bytes.iter().position(|&b| b == b'@').is_some_and(|at| at > 0 && chunk[at..].contains('.'));
        if bytes.len() < 6 || !(bytes.starts_with(b"www.") || bytes.contains(&b'@') && is_mail() || has_colon_slashes())
        {
            return None;
        }
        let end = chunk.trim_end_matches(['.', ',', ';', ':', ')', '!', '?', '"', '\'']).len();
        (end > 0).then_some(start + end)
    }

    /// "'s", "'ll" and the like, written apart from their word.
    fn clitic_end(&self, start: usize, first: char) -> Option<usize> {
        if !matches!(first, '\'' | '’') {
            return None;
        }
        let from = start + first.len_utf8();
        let rest = self.text.get(from..)?;
        let len = rest.bytes().take_while(u8::is_ascii_lowercase).take(3).count();
        let whole = !rest[len..].starts_with(char::is_alphanumeric);
        (whole && matches!(&rest[..len], "s" | "re" | "ve" | "ll" | "d" | "m" | "t")).then_some(from + len)
    }
}

fn kind_of(first: char) -> TokenKind {
    match first {
        'a'..='z' | 'A'..='Z' => TokenKind::Word,
        '0'..='9' => TokenKind::Number,
        c if c.is_ascii() => TokenKind::Mark,
        c if c.is_numeric() => TokenKind::Number,
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' if first.is_alphabetic() => TokenKind::Word,
        c if c.is_alphabetic() && c != 'µ' && c != 'º' && c != 'ª' => TokenKind::Foreign,
        _ => TokenKind::Mark,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<(&str, TokenKind)> {
        tokens(text).map(|token| (&text[token.span], token.kind)).collect()
    }

    #[test]
    fn contractions_and_decimals_are_one_token() {
        use TokenKind::{Mark, Number, Word};
        assert_eq!(
            words("Don't add 2,5 ml."),
            [("Don't", Word), ("add", Word), ("2,5", Number), ("ml", Word), (".", Mark)]
        );
    }

    #[test]
    fn addresses_are_one_token_without_the_stop_that_follows() {
        let found = words("Ask help@example.com or see https://example.com/a?b=1.");
        assert_eq!(found[1], ("help@example.com", TokenKind::Address));
        assert_eq!(found[4], ("https://example.com/a?b=1", TokenKind::Address));
        assert_eq!(found[5], (".", TokenKind::Mark));
    }

    #[test]
    fn clitics_written_apart_are_words() {
        assert_eq!(words("The team 's colors")[2], ("'s", TokenKind::Word));
        assert_eq!(words("It is 'so' good")[2], ("'", TokenKind::Mark));
    }

    #[test]
    fn other_scripts_are_foreign() {
        assert_eq!(words("привет")[0].1, TokenKind::Foreign);
        assert_eq!(words("café")[0].1, TokenKind::Word);
    }
}
