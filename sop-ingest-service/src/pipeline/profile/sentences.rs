//! Where one sentence ends and the next begins.

use crate::pipeline::pattern::patterns;

patterns! {
    ENDING = r#"[.!?…]+["”’')\]]*\s+"#;
    ABBREVIATION = r"(?i)(?:^|[\s(])(?:e\.g|i\.e|etc|ex|approx|ca|cf|fig|figs|no|nos|vol|min|max|dr|mr|mrs|ms|prof|st|vs|excl|incl|temp|ref|sec|dept|tel|rev|ver|qty|wt|avg|cat|exp|mfg|dia|para|art|ext|extn|approx|incl|hrs|hr|mins|secs|t\.d\.s|b\.d|o\.d|s\.c|i\.v|i\.m|a\.m|p\.m|resp|et al|co|ltd|inc|u\.s|u\.k|[a-z])\.$";
    LABEL = r"(?i)^\W*(?:(?:step|table|figure|fig|section|rule|note|part|phase|appendix|annex|chapter)\s+)?(?:\d{1,3}(?:\.\d{1,3})*|[ivx]{1,5}|[a-z](?:\.\d{1,2})*)\.$";
    CLOCK = r"(?i)\d\s*[ap]\.m\.$";
    // "6 p.m. ET", "9 a.m. Monday": the time of day goes on.
    OF_THE_CLOCK = r"^(?:[A-Z]{2,4}\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|\d)";
    GOES_ON = r"^(?:And|Indeed|This means|That means|That is why|In other words|This is good|Otherwise)\b";
}

/// Byte ranges of the sentences of a paragraph; together they cover it, but for the spaces between them.
pub fn split(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut sentences: Vec<std::ops::Range<usize>> = Vec::new();
    let mut start = 0;
    for ending in ENDING.find_iter(text) {
        let head = &text[start..ending.end()];
        let tail = &text[ending.end()..];
        let stop = head.trim_end().trim_end_matches(['"', '”', '’', '\'', ')', ']']);
        let after = tail.trim_start_matches(['"', '“', '‘', '\'', '(', '[', '*', '•', '¿']).chars().next();
        let begins =
            after.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || tail.starts_with(['“', '"', '(', '*']));
        let after_the_clock = CLOCK.is_match(stop) && !OF_THE_CLOCK.is_match(tail);
        // "Step 1. The manager …", "Table 2. Limits": the number belongs to what it numbers.
        if !begins
            || LABEL.is_match(stop)
            || (stop.ends_with('.') && !stop.ends_with("etc.") && !after_the_clock && ABBREVIATION.is_match(stop))
        {
            continue;
        }
        sentences.push(start..start + head.trim_end().len());
        start = ending.end();
    }
    if start < text.len() {
        sentences.push(start..text.trim_end().len());
    }
    sentences
}

/// Sentences that say one thing together: a question with its answer, a remark on the sentence before it.
pub fn split_by_sense(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut parts: Vec<std::ops::Range<usize>> = Vec::new();
    for sentence in split(text) {
        let goes_on = GOES_ON.is_match(&text[sentence.clone()]);
        match parts.last_mut() {
            Some(last) if goes_on || text[last.clone()].ends_with('?') => last.end = sentence.end,
            _ => parts.push(sentence),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<&str> {
        split(text).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn sentences_end_where_a_reader_sees_the_end() {
        assert_eq!(of("Wash hands. Dry them."), ["Wash hands.", "Dry them."]);
        assert_eq!(
            of("Add 1.5 mL (e.g. Water) of No. 4. Then stir."),
            ["Add 1.5 mL (e.g. Water) of No. 4.", "Then stir."]
        );
        assert_eq!(
            of("Open at 4:30 p.m. ET. \"Close it.\" Go to cloud.gov now!"),
            ["Open at 4:30 p.m. ET.", "\"Close it.\"", "Go to cloud.gov now!"]
        );
        assert_eq!(
            of("Access ends at 6 p.m. Laptops are returned."),
            ["Access ends at 6 p.m.", "Laptops are returned."]
        );
        assert_eq!(of("Open at 9 a.m. Monday to Friday."), ["Open at 9 a.m. Monday to Friday."]);
        assert_eq!(of(""), Vec::<&str>::new());
    }

    #[test]
    fn a_number_stays_with_what_it_numbers() {
        assert_eq!(of("Step 1. Open it. IV. Close it."), ["Step 1. Open it.", "IV. Close it."]);
        assert_eq!(of("Table 1. Choice of product"), ["Table 1. Choice of product"]);
        assert_eq!(of("Hand it in (ext. 101) today."), ["Hand it in (ext. 101) today."]);
    }

    #[test]
    fn a_question_stays_with_its_answer() {
        let text = "What is an incident? An event. Report it.";
        let parts: Vec<_> = split_by_sense(text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(parts, ["What is an incident? An event.", "Report it."]);
    }
}
