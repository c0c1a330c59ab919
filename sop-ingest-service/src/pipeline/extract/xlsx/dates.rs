//! Days and times of workbooks: numbers of days since an evening in 1899.

use chrono::{Datelike, Days, NaiveDate};

/// 31 December 9999: later days are numbers of something else.
const LAST_DAY: f64 = 2_958_465.0;
const SECONDS_A_DAY: f64 = 86_400.0;
/// Days from the beginning of 1900 to that of 1904, as some workbooks of Apple count.
const FOUR_YEARS: u64 = 1_462;

/// Whether a format shows a day or a time: it has their letters outside of quoted words.
pub fn is_date(section: &str) -> bool {
    let mut letters = tokens(section).into_iter();
    letters.any(|token| matches!(token, Token::Part(..))) && !section.to_ascii_lowercase().contains("general")
}

#[derive(Debug, PartialEq)]
enum Token {
    /// A letter of a day or a time, and how often it stands there.
    Part(char, usize),
    /// `[h]`: hours that go on counting after a day.
    Elapsed,
    HalfOfDay,
    Literal(String),
}

fn tokens(section: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut signs = section.chars().peekable();
    while let Some(c) = signs.next() {
        let lower = c.to_ascii_lowercase();
        match lower {
            '"' => tokens.push(Token::Literal(signs.by_ref().take_while(|c| *c != '"').collect())),
            '\\' => tokens.extend(signs.next().map(|c| Token::Literal(c.into()))),
            '_' | '*' => drop(signs.next()),
            '[' => {
                let inside: String = signs.by_ref().take_while(|c| *c != ']').collect();
                if matches!(inside.to_ascii_lowercase().as_str(), "h" | "hh") {
                    tokens.push(Token::Elapsed);
                }
            }
            'y' | 'm' | 'd' | 'h' | 's' => {
                let mut count = 1;
                while signs.next_if(|next| next.to_ascii_lowercase() == lower).is_some() {
                    count += 1;
                }
                tokens.push(Token::Part(lower, count));
            }
            'a' if signs.peek().is_some_and(|next| matches!(next, 'M' | 'm' | '/')) => {
                while signs.next_if(|next| matches!(next, 'M' | 'm' | '/' | 'P' | 'p')).is_some() {}
                tokens.push(Token::HalfOfDay);
            }
            '0' | '#' | '?' | '@' => {}
            _ => tokens.push(Token::Literal(c.into())),
        }
    }
    tokens
}

pub fn shown(section: &str, value: f64, from_1904: bool) -> Option<String> {
    if !(0.0..=LAST_DAY).contains(&value) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the last day")]
    let (mut days, mut seconds) = (value.trunc() as u64, (value.fract() * SECONDS_A_DAY).round() as u64);
    if seconds >= 86_400 {
        (days, seconds) = (days + 1, 0);
    }
    let start = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    let date = start.checked_add_days(Days::new(days + if from_1904 { FOUR_YEARS } else { 0 }))?;
    let tokens = tokens(section);
    let halves = tokens.contains(&Token::HalfOfDay);
    let mut out = String::new();
    for (at, token) in tokens.iter().enumerate() {
        let minutes = || {
            let time = |token: &&Token, of: char| matches!(token, Token::Part(c, _) if *c == of);
            let parts = |token: &&Token| matches!(token, Token::Part(..) | Token::Elapsed);
            tokens[..at].iter().rfind(parts).is_some_and(|t| time(&t, 'h') || *t == Token::Elapsed)
                || tokens[at + 1..].iter().find(parts).is_some_and(|t| time(&t, 's'))
        };
        match token {
            Token::Literal(text) => out.push_str(text),
            Token::Elapsed => out.push_str(&(days * 24 + seconds / 3600).to_string()),
            Token::HalfOfDay => out.push_str(if seconds < 43_200 { "AM" } else { "PM" }),
            Token::Part('h', count) => {
                let hour = seconds / 3600;
                let hour = if halves { (hour + 11) % 12 + 1 } else { hour };
                out.push_str(&padded(hour, *count));
            }
            Token::Part('s', count) => out.push_str(&padded(seconds % 60, *count)),
            Token::Part('m', count) if minutes() => {
                out.push_str(&padded(seconds / 60 % 60, *count));
            }
            Token::Part(letter, count) => out.push_str(&of_day(*letter, *count, date)),
        }
    }
    Some(out.trim().to_owned())
}

/// With a zero before it where the format has two letters.
fn padded(value: u64, letters: usize) -> String {
    format!("{value:0>width$}", width = letters.min(2))
}

fn of_day(letter: char, count: usize, date: NaiveDate) -> String {
    let pattern = match (letter, count) {
        ('y', 1..=2) => "%y",
        ('y', _) => "%Y",
        ('m', 1) => return date.month().to_string(),
        ('m', 2) => "%m",
        ('m', 3) => "%b",
        ('m', _) => "%B",
        (_, 1) => return date.day().to_string(),
        (_, 2) => "%d",
        (_, 3) => "%a",
        _ => "%A",
    };
    date.format(pattern).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_are_written_as_their_cells_show_them() {
        let of = |section: &str, value: f64| shown(section, value, false).unwrap();
        assert_eq!(of("d mmmm yyyy", 46_083.0), "2 March 2026");
        assert_eq!(of("yyyy-mm-dd hh:mm", 46_083.5), "2026-03-02 12:00");
        assert_eq!(of("dd/mm/yy", 46_083.0), "02/03/26");
        assert_eq!(of("h:mm AM/PM", 0.75), "6:00 PM");
        assert_eq!(of("[h]:mm", 1.5), "36:00");
        assert_eq!(of("mm:ss", 0.010_416_67), "15:00");
        assert_eq!(shown("d mmmm yyyy", 44_621.0, true).as_deref(), Some("2 March 2026"));
        assert_eq!(shown("d", 9e9, false), None);
        assert!(!is_date("0.0\" days\"") && !is_date("0\\ \\m") && is_date("h:mm"));
    }
}
