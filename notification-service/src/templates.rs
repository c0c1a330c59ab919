//! Texts from templates: the first line is the subject, the rest the body.
//!
//! `{{name}}` stands for a value. A line with a value that is missing or empty is left out, so that what is optional has a
//! line of its own. Values come from people and from their files: they are put in once, on one line, never read as a template, and
//! escaped where the text becomes HTML.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::kind::{EMAIL_LAYOUT, Kind, LANGUAGES};

/// Longest value that goes into a text.
const MAX_VALUE_CHARS: usize = 500;
const MAX_SUBJECT_CHARS: usize = 180;

/// What is put in, by name.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Values(BTreeMap<String, String>);

impl Values {
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.insert(name.to_owned(), one_line(&value.into()));
        self
    }

    #[must_use]
    pub fn with_some(self, name: &str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }
}

/// A message in a person's language.
#[derive(Debug, Eq, PartialEq)]
pub struct Text {
    pub subject: String,
    pub body: String,
}

pub fn render(kind: Kind, language: &str, values: &Values) -> Text {
    let text = fill(kind.templates()[index_of(language)], &values.0);
    let (subject, body) = text.split_once('\n').unwrap_or((&text, ""));
    Text { subject: shortened(subject.trim(), MAX_SUBJECT_CHARS), body: body.trim().to_owned() }
}

/// The whole e-mail as plain text: greeting, body, link, how to get fewer of these.
pub fn email(language: &str, name: &str, body: &str, link: Option<&str>) -> String {
    let mut values = Values::default().with("name", name).with_some("link", link);
    values.0.insert("body".to_owned(), body.to_owned());
    fill(EMAIL_LAYOUT[index_of(language)], &values.0)
}

/// The same as HTML; words that begin with `origin`, our own links, can be followed.
pub fn html(text: &str, origin: &str) -> String {
    let paragraphs: Vec<String> = text
        .split("\n\n")
        .map(|paragraph| {
            let lines: Vec<String> = paragraph.lines().map(|line| html_line(line, origin)).collect();
            format!("<p>{}</p>", lines.join("<br>\n"))
        })
        .collect();
    format!("<!doctype html>\n<html><body>\n{}\n</body></html>\n", paragraphs.join("\n"))
}

fn html_line(line: &str, origin: &str) -> String {
    let words = line.split(' ').map(|word| {
        let escaped = escape(word);
        if word.starts_with(origin) { format!("<a href=\"{escaped}\">{escaped}</a>") } else { escaped }
    });
    words.collect::<Vec<_>>().join(" ")
}

fn escape(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
        out
    })
}

/// `de-AT` reads German; a language that we do not have reads English.
fn index_of(language: &str) -> usize {
    let primary = language.split(['-', '_']).next().unwrap_or_default();
    LANGUAGES.iter().position(|known| known.eq_ignore_ascii_case(primary)).unwrap_or(0)
}

fn fill(template: &str, values: &BTreeMap<String, String>) -> String {
    let lines: Vec<String> = template.lines().filter_map(|line| fill_line(line, values)).collect();
    let text = lines.join("\n");
    // A line that was left out may leave two blank ones.
    text.trim().split("\n\n").map(|p| p.trim_matches('\n')).filter(|p| !p.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn fill_line(line: &str, values: &BTreeMap<String, String>) -> Option<String> {
    let mut parts = line.split("{{");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once("}}")?;
        out.push_str(values.get(name).filter(|value| !value.is_empty())?);
        out.push_str(rest);
    }
    Some(out)
}

/// Without line breaks and other control characters: a value can neither add lines to a text nor headers to a mail.
fn one_line(value: &str) -> String {
    let spaced: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    shortened(&words.join(" "), MAX_VALUE_CHARS)
}

fn shortened(text: &str, max_chars: usize) -> String {
    if text.chars().count() <= max_chars {
        return text.to_owned();
    }
    text.chars().take(max_chars - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn placeholders(text: &str) -> BTreeSet<&str> {
        text.split("{{").skip(1).filter_map(|part| part.split_once("}}")).map(|(name, _)| name).collect()
    }

    fn graded() -> Values {
        Values::default().with("score", "8").with("max_score", "10")
    }

    #[test]
    fn every_language_says_the_same() {
        for kind in Kind::ALL {
            let templates = kind.templates();
            for (language, template) in LANGUAGES.iter().zip(templates) {
                assert_eq!(placeholders(template), placeholders(templates[0]), "{kind:?} in {language}");
                assert!(template.lines().count() >= 3, "{kind:?} in {language} has a subject and a body");
                assert_eq!(Kind::from_name(kind.as_str()), Some(*kind));
            }
        }
        for template in EMAIL_LAYOUT {
            assert_eq!(placeholders(template), BTreeSet::from(["body", "link", "name"]));
        }
    }

    #[test]
    fn a_line_without_its_value_is_left_out() {
        let text = render(Kind::SubmissionGraded, "en", &graded());
        assert_eq!(text.subject, "Your answer has been graded: 8 of 10 points");
        assert_eq!(text.body, "Your trainer has read your answer and given it 8 of 10 points.");
        let text = render(Kind::SubmissionGraded, "en", &graded().with("comment", "Well done."));
        assert!(text.body.ends_with("\nComment: Well done."));
    }

    #[test]
    fn a_language_that_is_missing_falls_back_to_english() {
        assert!(render(Kind::SubmissionGraded, "ja", &graded()).subject.starts_with("Your answer"));
        assert!(render(Kind::SubmissionGraded, "de-AT", &graded()).subject.starts_with("Ihre Antwort"));
    }

    #[test]
    fn a_value_is_never_a_template_a_header_or_a_line() {
        let values = Values::default().with("title", "{{name}}\r\nBcc: all@example.com").with("name", "secret");
        let text = render(Kind::RequestOrdered, "en", &values);
        assert_eq!(text.subject, "We have your order: {{name}} Bcc: all@example.com");
    }

    #[test]
    fn html_is_escaped_and_only_our_own_links_can_be_followed() {
        let text = "Hi <b>\"Ana\"</b>\nsee https://us.example.com/a?b=1&c=2\n\nor https://evil.example.com";
        let html = html(text, "https://us.example.com");
        assert!(html.contains("<p>Hi &lt;b&gt;&quot;Ana&quot;&lt;/b&gt;<br>"));
        assert!(html.contains("<a href=\"https://us.example.com/a?b=1&amp;c=2\">"));
        assert!(!html.contains("<a href=\"https://evil"));
    }

    #[test]
    fn an_email_without_a_link_does_not_ask_to_open_one() {
        assert_eq!(
            email("en", "Ana", "The body.", None),
            "Hello Ana,\n\nThe body.\n\nYou choose in your settings what we send you."
        );
    }

    #[test]
    fn long_values_are_cut() {
        let values = Values::default().with("title", "x".repeat(10_000));
        let text = render(Kind::RequestOrdered, "en", &values);
        assert!(text.subject.chars().count() <= MAX_SUBJECT_CHARS && text.subject.ends_with('…'));
        assert!(text.body.chars().count() < 1000);
    }
}
