//! Safety literals: what must be the same in every wording. Found by patterns, the most particular first.

use std::{ops::Range, sync::LazyLock};

use course_format::sop::LiteralKind;
use regex::Regex;

use super::units::{NUMBER, SPELLED, SPELLED_UNIT, UNIT};
use crate::pipeline::pattern::compile;

const MONTH: &str = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?";
const LIMIT: &str = r"(?:(?:no|not|never)\s+(?:be\s+)?(?:more|less|longer|later|fewer|greater|higher|lower|\p{L}+er)\s+than|(?:not|never)\s+(?:be\s+)?(?:above|below|over|under|beyond)|at\s+or\s+(?:above|below|under|over)|in\s+excess\s+of|as\s+(?:little|much|few|many)\s+as|a\s+(?:maximum|minimum)\s+of|(?:must\s+not\s+|not\s+)?exceed(?:s|ing)?|at\s+least|at\s+most|at\s+the\s+latest|up\s+to|(?:an?\s+)?(?:maximum|minimum)(?:\s+of)?|max\.?|min\.?(?:\s+of)?|within|(?:less|more|greater|lower|higher|longer|shorter|fewer|colder|warmer|hotter|older|deeper)\s+than|over|under|above|below|about|around|approximately|approx\.?|nearly|almost|roughly|beyond|exactly)";
const SPAN_SIGN: &str = r"(?:\s*[–—−±-]\s*|\s+(?:to|and|or)\s+|\s*[x×/]\s*)";
const AFTER: &str = r"(?:\s+(?:or|and)\s+(?:less|more|above|below|over|under|lower|higher|fewer|longer|later|earlier|older|colder|warmer|cooler|hotter|greater|smaller|larger|heavier|deeper|wider)\b|\s+(?:maximum|minimum|at\s+most|at\s+least))?";
/// Numbers that only count parts of the document.
const REFERENCE: &str = r"(?i)(?:\b(?:steps?|sections?|tables?|figures?|figs?\.?|pages?|parts?|clauses?|chapters?|items?|appendix|annex|version|rev\.?|revision|issue|no\.?|number|§|points? no\.?|numbers)\s*|[#§]\s?|[\d.]\.)$";

struct Rule {
    kind: LiteralKind,
    pattern: Regex,
    /// The literal is this group and not the whole match.
    group: usize,
    needs: Sign,
}

/// What a text must hold for a rule to find anything in it: asked first, as most clauses hold nothing of the kind.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Sign {
    Digit,
    /// A number that is written out.
    Spelled,
    DigitOrSpelled,
    /// A number that is written out, or a unit after "a" ("within an hour").
    Unit,
    /// One of these letters somewhere.
    Text(&'static str),
}

impl Sign {
    fn is_in(self, text: &str) -> bool {
        let digit = || text.contains(|c: char| c.is_ascii_digit() || matches!(c, '½' | '¼' | '¾' | '⅓' | '⅔' | '⅛'));
        let spelled = || SPELLED_HINT.is_match(text);
        match self {
            Self::Digit => digit(),
            Self::Spelled => spelled(),
            Self::DigitOrSpelled => digit() || spelled(),
            Self::Unit => spelled() || UNIT_HINT.is_match(text),
            Self::Text(part) => text.contains(part),
        }
    }
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let limit = format!(r"(?i:\b{LIMIT}\s+|(?:[≤≥±~≈]|[<>]=?)\s*)");
    let rule = |kind, pattern: String| Rule { kind, pattern: compile(&pattern), group: 0, needs: Sign::Digit };
    let inner = |kind, pattern: &str| Rule { kind, pattern: compile(pattern), group: 1, needs: Sign::Digit };
    let needs = |needs, rule: Rule| Rule { needs, ..rule };
    vec![
        needs(Sign::Text("@"), rule(LiteralKind::Email, r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}".to_owned())),
        needs(Sign::Text("."), rule(LiteralKind::Url, r#"(?:https?://|www\.)[^\s<>"”’)\]]*[^\s<>"”’)\].,;:!?]"#.to_owned())),
        inner(LiteralKind::Phone, r"(?i)\b(?:call|dial|phone|ring|telephone|emergency(?: number)?:?)\s+(\d{3,5}(?:[ -]\d{3,4})?)\b"),
        inner(LiteralKind::Phone, r"(?i)\b(?:call|dial|phone|ring)\b[^.;]{0,40}?\bor\s+(\d{3,5})\b"),
        inner(LiteralKind::Phone, r"(?i)\b(?:ext(?:ension)?s?\.?|extn\.?|pager|bleep|x)\s?(?:no\.?\s|number\s)?(\d{2,5})\b"),
        rule(LiteralKind::Phone, r"\+\d{1,3}\s?\(0\)\s?\d{1,4}(?:[\s.-]?\d{2,4}){1,4}\b|\b1[.\s-]\d{3}[.\s-]\d{3}[.\s-]\d{4}\b|\b0\d{9,10}\b".to_owned()),
        rule(LiteralKind::Date, format!(r"(?i)\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{MONTH}(?:,?\s+\d{{4}})?\b|\b{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?\b|\b{MONTH}\s+\d{{4}}\b|\b\d{{1,2}}-{MONTH}-\d{{2,4}}\b")),
        rule(LiteralKind::Date, r"\b(?:19|20)\d{2}-\d{2}-\d{2}\b|\b20\d{2}-(?:0[1-9]|1[0-2])\b|\b(?:0[1-9]|1[0-2])/20\d{2}\b|\b\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})(?:/\d+)?\b".to_owned()),
        inner(LiteralKind::Date, r"(?:^|[^\d])((?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?:[^\d]|$)"),
        rule(LiteralKind::Phone, r"(?:\+\d{1,3}[\s.-]?)?(?:\(\d{2,5}\)[\s.-]?|\b\d{2,5}[\s.-])\d{3,4}[\s.-]\d{3,4}(?:\s?\(press \d\)|\b)|\+\d{1,3}(?:[\s.-]?\d{2,4}){2,5}\b".to_owned()),
        inner(LiteralKind::Phone, r"(?:^|[^\d.-])(\d{3}-\d{4})(?:[^\d-]|$)"),
        rule(LiteralKind::Time, r"(?i)\b(?:[01]?\d|2[0-4]):[0-5]\d(?:\s?[ap]\.?m\.?)?\s?[–—-]\s?(?:[01]?\d|2[0-4]):[0-5]\d(?:\s?(?:[ap]\.?m\b\.?|hrs?\b|hours\b))?".to_owned()),
        needs(Sign::Text("n"), inner(LiteralKind::Time, r"(?i)\b(?:at|by|before|after|until|from|till)\s+(noon|midnight|midday)\b")),
        rule(LiteralKind::Time, r"(?i)\b(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?:\s?(?:a\.?m\.?|p\.?m\.?|hrs?\b|hours\b))?(?:\s(?:E[SD]?T|UTC|GMT|CES?T|P[SD]?T|local time)\b)?|\b(?:1[0-2]|[1-9])(?:\.[0-5]\d)?\s?(?:a\.m\.|p\.m\.|am\b|pm\b)(?:\s(?:E[SD]?T|UTC|GMT|CES?T|P[SD]?T)\b)?".to_owned()),
        rule(LiteralKind::Quantity, format!(r"{limit}?[£$€¥]\s?{NUMBER}\s?(?:k|m|million)?\b|{limit}?{NUMBER}\s?(?:USD|EUR|GBP|CHF|euros?|dollars?|pounds sterling)\b")),
        rule(LiteralKind::Quantity, format!(r"(?:{limit})?\b\d+(?:\.\d+)?p\b(?:\s(?:per|a)\s[a-z]+)?")),
        needs(Sign::Digit, rule(LiteralKind::Identifier, r"\b\d{1,4}[A-Za-z]?,?\s(?:\p{Lu}[\p{L}’'-]+\s){1,3}(?:Street|St|Road|Rd|Lane|Avenue|Ave|Drive|Way|Square|Court|Place|Boulevard|Blvd|Quay|Row|Terrace|Crescent|Highway)\b".to_owned())),
        rule(LiteralKind::Quantity, format!(r"(?:{limit})?\b\d+\s\d/\d{{1,2}}[\s-]?(?:{UNIT}|(?i:{SPELLED_UNIT}\b))")),
        rule(LiteralKind::Quantity, format!(r"(?:{limit})?\b(?:\d+(?:[.,]\d+)?\s?[x×]\s?)?10(?:\^[−–-]?\d+|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)(?:\s(?:{UNIT}|[a-z]+(?:/[A-Za-zµ]+)?))?")),
        rule(LiteralKind::Range, format!(r"(?:(?i:between|from)\s+)?{NUMBER}(?:\s*{UNIT})?{SPAN_SIGN}{NUMBER}\s*{UNIT}{AFTER}")),
        needs(Sign::Unit, rule(LiteralKind::Range, format!(r"(?i)\b(?:between\s+)?(?:{SPELLED}|an?\s+few|a\s+few|several|a\s+couple\s+of)\s+(?:{SPELLED_UNIT}\s+)?(?:to|or|and)\s+(?:{SPELLED}|an?)\s+{SPELLED_UNIT}\b"))),
        rule(LiteralKind::Limit, format!(r"(?i:{limit})?(?i:\b{SPELLED})\s\(\d+\)\s*(?:{UNIT}|(?i:{SPELLED_UNIT}\b))")),
        rule(LiteralKind::Limit, format!(r"{limit}(?:an?\s+total\s+of\s+)?{NUMBER}\s*-?{UNIT}{AFTER}")),
        needs(Sign::Unit, rule(LiteralKind::Limit, format!(r"(?i)\b{limit}(?:{SPELLED}|an?|half\s+an?)[\s-]+{SPELLED_UNIT}\b"))),
        rule(LiteralKind::Quantity, format!(r"{NUMBER}\s*-?{UNIT}{AFTER}")),
        needs(Sign::Spelled, rule(LiteralKind::Quantity, format!(r"(?i)\b(?:{SPELLED}|half\s+an?)[\s-]+{SPELLED_UNIT}\b"))),
        rule(LiteralKind::Range, format!(r"\bpH\b(?:\s+(?:of|value|is|at|to|be|must|should|shall|range|above|below)\b){{0,4}}\s*(?:[=≤≥<>±~≈:]\s*)?{NUMBER}(?:{SPAN_SIGN}{NUMBER})?")),
        rule(LiteralKind::Range, format!(r"(?i)\b(?:between|from)\s+{NUMBER}\s*(?:[–—−-]|and|to)\s*{NUMBER}")),
        rule(LiteralKind::Range, r"(?:^|[\s(|])(?:[−–-]\s?)?\d+\.\d+\s*(?:[–—−-]|\bto\b)\s*\d+(?:\.\d+)?".to_owned()),
        rule(LiteralKind::Quantity, format!(r"(?:{limit})?\b\d+\s?[:/]\s?\d+\b")),
        needs(Sign::Spelled, rule(LiteralKind::Quantity, r"(?i)\b(?:one|two|three)[\s-](?:thirds?|quarters?|halves|half|fifths?)\b|\b(?:a|one)\s(?:third|quarter)\sof\b".to_owned())),
        rule(LiteralKind::Quantity, r"\b\d+(?:,\s\d+){2,}(?:,?\s(?:and|or)\s\d+)?\b".to_owned()),
        rule(LiteralKind::Limit, format!(r"{limit}{NUMBER}")),
        needs(Sign::DigitOrSpelled, rule(LiteralKind::Quantity, format!(r"(?i)\b(?:\d+|{SPELLED})\s+(?:further\s+|more\s+|extra\s+)?[a-z]{{3,}}(?:[^s\W\d_])s\b"))),
        rule(LiteralKind::Identifier, r"\b[A-Z]{2,6}:\d{2,}\b|\b(?i:zone|class|grade|setting|speed)\s\d+[A-Z]?\b".to_owned()),
        inner(LiteralKind::Identifier, r"(?i:\b(?:log|logs|form|forms|checklist|record|report|sheet|register|document|sop|procedure|instruction|register|label|card)\s(?:no\.?\s|number\s)?)([A-Z]{1,5}-?\d{1,5}(?:-[A-Z0-9]{1,5}){0,3}|[A-Z]{1,5}(?:-[A-Z]{1,5})?-\d{1,5}(?:-[A-Z0-9]{1,5})?)\b"),
        needs(Sign::Text("#"), inner(LiteralKind::Identifier, r"(?:^|\s)(#[a-z][\w-]+)")),
        needs(Sign::Text("/"), inner(LiteralKind::Quantity, r"\(([a-zµμ]{1,4}/[a-zµμ]{0,2}[lLg])\)")),
        inner(LiteralKind::Date, r"(?:^|[\s,])((?:19|20)\d{2})(?:[\s.,;]|$)"),
    ]
});

/// Nouns that only count parts of the text.
static COUNTED_PARTS: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:steps|sections|tables|pages|parts|figures|chapters|ways|things|dots|paragraphs|lines|rows|columns|versions|clauses|types|kinds|others|series|examples|this|is|was|has|does|always|plus|minus|less|focus|address|across|access|process|as|us)$",
    )
});
static BEFORE: LazyLock<Regex> = LazyLock::new(|| compile(REFERENCE));

/// The literals of a clause: kind and byte range, in reading order. `marked` are ranges that the source marks itself.
pub fn find(text: &str, marked: &[Range<usize>]) -> Vec<(LiteralKind, Range<usize>)> {
    let mut found: Vec<(LiteralKind, Range<usize>)> = marked
        .iter()
        .filter(|m| !text[(*m).clone()].trim().is_empty())
        .map(|m| (LiteralKind::Identifier, m.clone()))
        .collect();
    let mut known: Vec<(Sign, bool)> = Vec::new();
    for rule in RULES.iter() {
        let there = known.iter().find(|(sign, _)| *sign == rule.needs).map(|(_, there)| *there);
        let there = there.unwrap_or_else(|| rule.needs.is_in(text));
        if !known.iter().any(|(sign, _)| *sign == rule.needs) {
            known.push((rule.needs, there));
        }
        if !there {
            continue;
        }
        let mut from = 0;
        while let Some(captures) = rule.pattern.captures_at(text, from) {
            let (Some(whole), Some(m)) = (captures.get(0), captures.get(rule.group)) else { break };
            let own = without_next(text, m.range());
            // What was cut off may begin the next literal.
            from = if own.end < m.end() { own.end } else { whole.end() };
            let range = trimmed(text, own);
            if range.is_empty()
                || found.iter().any(|(_, f)| f.start < range.end && range.start < f.end)
                || !counts(text, &range, rule.kind)
            {
                continue;
            }
            found.push((rule.kind, range));
        }
    }
    found.sort_by_key(|(_, r)| r.start);
    found
}

static SPELLED_HINT: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)few|ouple|several|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|teen|twenty|thirty|forty|fifty|sixty|half|third|quarter",
    )
});
static UNIT_HINT: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\ban?\s(?:full\s|working\s|business\s|calendar\s)?(?:second|minute|hour|day|week|month|year|shift|met|inch|foot|mile|kilo|centi|milli|gram|pound|lit|drop|cup|table|tea|per|degree)",
    )
});

/// "below 2 °C or above 8 °C": the second limit is a literal of its own.
fn without_next(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let number =
        text[range.end..].trim_start().starts_with(|c: char| c.is_ascii_digit() || matches!(c, '−' | '–' | '+'));
    let cut = words.rfind(" or ").filter(|at| number && words[at + 4..].chars().all(char::is_alphabetic));
    range.start..cut.map_or(range.end, |at| range.start + at)
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let opens = |c: char| c == ' ' || c == '|' || c == ',' || c == '(' && !words.contains(')');
    let start = range.start + (words.len() - words.trim_start_matches(opens).len());
    start..(range.start + words.trim_end().len()).max(start)
}

/// Not a number of a step or part, not a piece of a longer code.
fn counts(text: &str, range: &Range<usize>, kind: LiteralKind) -> bool {
    let (before, words, after) = (&text[..range.start], &text[range.clone()], &text[range.end..]);
    if matches!(kind, LiteralKind::Email | LiteralKind::Url | LiteralKind::Identifier | LiteralKind::Date) {
        return true;
    }
    let glued_before = before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | ','))
        && words.starts_with(|c: char| c.is_ascii_digit());
    let signed = words.starts_with(['-', '–', '−']) && before.ends_with(|c: char| c.is_alphanumeric());
    let glued_after =
        after.starts_with(|c: char| c.is_alphanumeric() || c == '_') && words.ends_with(|c: char| c.is_alphanumeric());
    let code = before.ends_with('-') && before.trim_end_matches('-').ends_with(|c: char| c.is_alphanumeric());
    !glued_before && !signed && !glued_after && !code && !BEFORE.is_match(before) && !COUNTED_PARTS.is_match(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<&str> {
        find(text, &[]).into_iter().map(|(_, r)| &text[r]).collect()
    }

    #[test]
    fn numbers_keep_their_units_and_limits() {
        for (text, expected) in [
            ("Soak in 10% bleach for no longer than 2 h.", vec!["10%", "no longer than 2 h"]),
            ("Fridges: 0–7 °C", vec!["0–7 °C"]),
            ("Freezers: ≤ –12 °C", vec!["≤ –12 °C"]),
            ("Keep it between 95 % and 102 %.", vec!["between 95 % and 102 %"]),
            ("Move it from 63 °C to 21 °C within 90 minutes.", vec!["from 63 °C to 21 °C", "within 90 minutes"]),
            ("Add 1,925 µL of AL at 13,000 g for 1.5 min.", vec!["1,925 µL", "13,000 g", "1.5 min"]),
            ("Tell IT within one hour.", vec!["within one hour"]),
            ("Place 2 x 0.5 mL there.", vec!["2 x 0.5 mL"]),
            ("The pH is between 7.3 and 7.5.", vec!["between 7.3 and 7.5"]),
            ("The pH of 7.00", vec![]),
            ("It costs £489.77 or $50.", vec!["£489.77", "$50"]),
            ("Stir at 300 rpm, 5 °C or below.", vec!["300 rpm", "5 °C or below"]),
            ("accurate to ±0.5 °C", vec!["±0.5 °C"]),
            ("If it is below 2 °C or above 8 °C, stop.", vec!["below 2 °C", "above 8 °C"]),
            ("The rate is 45p per mile.", vec!["45p per mile"]),
            ("Bring it to 12 Mill Lane, at 4 °C or below.", vec!["12 Mill Lane", "4 °C or below"]),
            ("Trucks of 1.5 t to 3.5 t", vec!["1.5 t to 3.5 t"]),
            ("EN ISO 20471 class 2 and BSL-2 samples", vec!["class 2"]),
            ("until the pH is 6-8 or pH = 7.2", vec!["pH is 6-8", "pH = 7.2"]),
            ("Reference PH-004 for 37 ± 1 °C", vec!["37 ± 1 °C"]),
            ("Wait ten (10) minutes at minus 20 °C.", vec!["ten (10) minutes", "minus 20 °C"]),
            ("Add 1 1/2 cups, then 2 × 10^6 cells.", vec!["1 1/2 cups", "2 × 10^6 cells"]),
            (
                "Keep at or below 5 °C, never above 8 °C, 63 °C and above.",
                vec!["at or below 5 °C", "never above 8 °C", "63 °C and above"],
            ),
            (
                "Fill two thirds of it; 70 % (v/v), <= 85 dB(A), 25 mph, 3 U/mL.",
                vec!["two thirds", "70 % (v/v)", "<= 85 dB(A)", "25 mph", "3 U/mL"],
            ),
        ] {
            let found = of(text);
            if expected.is_empty() {
                assert_eq!(found.len(), 1, "{text} {found:?}");
            } else {
                assert_eq!(found, expected, "{text}");
            }
        }
    }

    #[test]
    fn dates_times_and_addresses_are_found() {
        assert_eq!(of("Close at 4:30 PM ET, or at 07:00."), ["4:30 PM ET", "07:00"]);
        assert_eq!(
            of("On 2 March 2026, the 8th of August 2019 and 2026-03-02."),
            ["2 March 2026", "8th of August 2019", "2026-03-02"]
        );
        assert_eq!(
            of("Call (866) 450-6588 (press 2) or a.b@gsa.gov, see https://x.org/y."),
            ["(866) 450-6588 (press 2)", "a.b@gsa.gov", "https://x.org/y"]
        );
        assert_eq!(
            of("Open 08:00-16:30, not at 24:00 or after midnight; use by 2027-06, 09/2027 or 5-Jan-2026."),
            ["08:00-16:30", "24:00", "midnight", "2027-06", "09/2027", "5-Jan-2026"]
        );
        assert_eq!(
            of("Call 112 (or 999), ext. 4417, dial 2222, Housekeeping on 555-0142 or +44 (0)20 7946 0018."),
            ["112", "999", "4417", "2222", "555-0142", "+44 (0)20 7946 0018"]
        );
        assert_eq!(of("Save QC_20260302.shp in log FS-014-A; call 112."), ["20260302", "FS-014-A", "112"]);
    }

    #[test]
    fn numbers_of_steps_and_parts_are_not_literals() {
        for text in [
            "Go to step 8.",
            "Repeat steps 2 to 5.",
            "See section 3.1.1 and Table 1.",
            "GDA2020 and T3018L",
            "Part no. 69506",
        ] {
            assert!(of(text).is_empty(), "{text} {:?}", of(text));
        }
    }
}
