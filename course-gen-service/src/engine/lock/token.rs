//! Text as the lock reads it: words, numbers and signs, with what tells sentences apart.

/// What a token is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    Word,
    /// Digits, perhaps with a sign in front and separators inside: "-12", "1,925", "07:00".
    Number,
    /// A word with digits in it: "QF-12", "A4". It names something and is no amount.
    Code,
    Sign,
}

/// One token; `text` is in small letters, with plain dashes and apostrophes.
#[derive(Clone, Debug)]
pub struct Token {
    pub kind: Kind,
    pub text: String,
    /// Written with a capital first letter.
    pub capital: bool,
    /// The first word of its sentence.
    pub first: bool,
}

impl Token {
    pub fn is(&self, text: &str) -> bool {
        self.text == text
    }

    pub fn is_one_of(&self, texts: &[&str]) -> bool {
        texts.contains(&self.text.as_str())
    }
}

/// The sentences of a text as tokens. A line break, a semicolon and a list arrow end a sentence too.
pub fn sentences(text: &str) -> Vec<Vec<Token>> {
    let mut out = vec![Vec::new()];
    for line in text.lines() {
        for (_, sentence) in crate::engine::english::sentence::sentences(line) {
            for part in sentence.split([';', '→']) {
                let tokens = tokens(part);
                if tokens.iter().any(|t| t.kind != Kind::Sign) {
                    out.push(tokens);
                }
            }
        }
    }
    out.retain(|s| !s.is_empty());
    out
}

fn tokens(text: &str) -> Vec<Token> {
    let text = plain(text);
    let chars: Vec<char> = text.chars().collect();
    let mut out: Vec<Token> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let start = at;
        let c = chars[at];
        if c.is_whitespace() {
            at += 1;
            continue;
        }
        let signed = c == '-' && begins_number(&chars, at);
        let kind = if c.is_ascii_digit() || signed {
            at = number_end(&chars, at + usize::from(signed));
            Kind::Number
        } else if c.is_alphanumeric() {
            at = word_end(&chars, at);
            if chars[start..at].iter().any(char::is_ascii_digit) { Kind::Code } else { Kind::Word }
        } else {
            at += 1;
            Kind::Sign
        };
        let raw: String = chars[start..at].iter().collect();
        let raw = raw.trim_end_matches(['.', ',', ':']).to_owned();
        at = start + raw.chars().count().max(1);
        let first = kind != Kind::Sign && !out.iter().any(|t| t.kind != Kind::Sign);
        let capital = raw.chars().next().is_some_and(char::is_uppercase);
        let text = if raw.is_empty() { c.to_string() } else { raw.to_lowercase() };
        out.push(Token { kind, text, capital, first });
    }
    contractions(out)
}

/// One spelling for dashes, apostrophes, comparison signs and "and/or".
fn plain(text: &str) -> String {
    text.replace(['–', '−', '—', '‐', '‑'], "-")
        .replace(['’', '‘'], "'")
        .replace(">=", "≥")
        .replace("<=", "≤")
        .replace("and/or", "andor")
        .replace('μ', "µ")
}

/// A dash before a digit is a minus unless a number or a word stands right before it.
fn begins_number(chars: &[char], at: usize) -> bool {
    let digit = chars.get(at + 1).is_some_and(char::is_ascii_digit);
    let before = at.checked_sub(1).and_then(|i| chars.get(i));
    digit && !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '%' | '°'))
}

fn number_end(chars: &[char], mut at: usize) -> usize {
    while at < chars.len() {
        let inside = matches!(chars[at], '.' | ',' | ':') && chars.get(at + 1).is_some_and(char::is_ascii_digit);
        if !chars[at].is_ascii_digit() && !inside {
            break;
        }
        at += 1;
    }
    at
}

fn word_end(chars: &[char], mut at: usize) -> usize {
    while at < chars.len() {
        let joint = matches!(chars[at], '-' | '\'' | '.' | '@' | '_' | '/')
            && chars.get(at + 1).is_some_and(|c| c.is_alphanumeric());
        let slash_between_words = chars[at] == '/' && !chars[at..].iter().take(12).any(char::is_ascii_digit);
        if !chars[at].is_alphanumeric() && (!joint || slash_between_words) {
            break;
        }
        at += 1;
    }
    at
}

/// "don't" -> "do", "not"; "cannot" -> "can", "not"; "you're" -> "you", "are".
fn contractions(tokens: Vec<Token>) -> Vec<Token> {
    let mut out = Vec::with_capacity(tokens.len());
    for token in tokens {
        let parts: Option<(String, &str)> = match token.text.as_str() {
            "cannot" | "can't" => Some(("can".to_owned(), "not")),
            "won't" => Some(("will".to_owned(), "not")),
            other => [("n't", "not"), ("'re", "are"), ("'ll", "will"), ("'ve", "have"), ("'m", "am")]
                .into_iter()
                .find_map(|(end, word)| other.strip_suffix(end).map(|stem| (stem.to_owned(), word))),
        };
        match parts {
            Some((stem, word)) => {
                let tail = Token { text: word.to_owned(), capital: false, first: false, ..token.clone() };
                out.push(Token { text: stem, ..token });
                out.push(tail);
            }
            None => out.push(token),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        sentences(text).concat().into_iter().map(|t| t.text).collect()
    }

    #[test]
    fn numbers_keep_their_sign_and_ranges_their_dash() {
        assert_eq!(texts("≤ –12 °C"), ["≤", "-12", "°", "c"]);
        assert_eq!(texts("0–7 °C"), ["0", "-", "7", "°", "c"]);
        assert_eq!(texts("1,925 µL at 07:00."), ["1,925", "µl", "at", "07:00", "."]);
        assert_eq!(texts("Form QF-12, 5%"), ["form", "qf-12", ",", "5", "%"]);
    }

    #[test]
    fn contractions_are_taken_apart() {
        assert_eq!(texts("Don't run; you can't stop."), ["do", "not", "run", "you", "can", "not", "stop", "."]);
    }
}
