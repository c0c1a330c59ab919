//! What a document says about itself: since when it holds.

use chrono::NaiveDate;
use course_format::sop::Clause;

use super::pattern::patterns;

patterns! {
    EFFECTIVE = r"(?i)\b(?:effective(?: date| from| since| as of)?|valid from|date of issue|issue date)\b\s*[|:]?\s*(?P<date>\d{1,2}(?:st|nd|rd|th)? \p{L}+ \d{4}|\p{L}+ \d{1,2}(?:st|nd|rd|th)?, \d{4}|\d{4}-\d{2}-\d{2})";
    ORDINAL = r"(\d)(?:st|nd|rd|th)\b";
}

/// The date in "Effective date: 2 March 2026", if its form leaves no doubt.
pub fn effective_date(clauses: &[Clause]) -> Option<NaiveDate> {
    let found = clauses.iter().find_map(|c| EFFECTIVE.captures(&c.text).map(|f| f["date"].to_owned()))?;
    let date = ORDINAL.replace_all(&found, "$1");
    ["%d %B %Y", "%B %d, %Y", "%Y-%m-%d"].iter().find_map(|form| NaiveDate::parse_from_str(&date, form).ok())
}
