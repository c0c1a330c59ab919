//! Where sentences end.

const ABBREVIATIONS: [&str; 14] =
    ["e.g", "i.e", "etc", "approx", "no", "vs", "min", "max", "ex", "fig", "incl", "temp", "dr", "mr"];

/// The sentences of `text`, trimmed, each with its byte offset.
pub fn sentences(text: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, mark) in text.match_indices(['.', '!', '?']) {
        let end = closing_quote(text, at + mark.len());
        if ends_sentence(text, at, end) {
            push(&mut out, text, start, end);
            start = end;
        }
    }
    push(&mut out, text, start, text.len());
    out
}

fn push<'a>(out: &mut Vec<(usize, &'a str)>, text: &'a str, start: usize, end: usize) {
    let raw = &text[start..end];
    let trimmed = raw.trim();
    if !trimmed.is_empty() {
        out.push((start + raw.len() - raw.trim_start().len(), trimmed));
    }
}

fn closing_quote(text: &str, end: usize) -> usize {
    text[end..].chars().next().filter(|c| matches!(c, '"' | '”' | '’' | ')')).map_or(end, |c| end + c.len_utf8())
}

/// A mark ends a sentence when white space and then something that can begin one follow it.
fn ends_sentence(text: &str, at: usize, end: usize) -> bool {
    let after = &text[end..];
    if !after.starts_with(char::is_whitespace) {
        return false;
    }
    let next = after.trim_start().chars().next();
    if !next.is_some_and(|c| c.is_uppercase() || c.is_numeric() || matches!(c, '"' | '“' | '(')) {
        return false;
    }
    let word = text[..at].rsplit(char::is_whitespace).next().unwrap_or_default();
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    !ABBREVIATIONS.contains(&word.as_str()) || (word == "no" || word == "etc") && !next.is_some_and(char::is_numeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|(_, s)| s).collect()
    }

    #[test]
    fn decimals_and_abbreviations_do_not_end_a_sentence() {
        assert_eq!(
            texts("Add 1.5 mL. Wait approx. 5 min. Then stop."),
            ["Add 1.5 mL.", "Wait approx. 5 min. Then stop."]
        );
        assert_eq!(texts("Set to 0.000 g."), ["Set to 0.000 g."]);
    }

    #[test]
    fn offsets_point_at_the_sentence() {
        let text = "  Close it. Do not rub the bulb.";
        for (at, s) in sentences(text) {
            assert!(text[at..].starts_with(s));
        }
        assert_eq!(sentences(text).len(), 2);
    }
}
