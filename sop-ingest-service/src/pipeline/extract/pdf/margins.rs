//! Headers, footers and page numbers: printed on every page, part of none.

use std::collections::HashMap;

use super::glyphs::{Line, Page};
use crate::pipeline::pattern::patterns;

patterns! {
    PAGE_NUMBER = r"(?i)^(?:[-–—\s]*(?:page|p\.)?\s*\d{1,4}\s*(?:(?:of|/|von)\s*\d{1,4})?[-–—\s]*)$";
}

/// So many lines at the top and at the bottom of a page may belong to its margins.
const MARGIN_LINES: usize = 4;
/// And they stand in this share of its height.
const MARGIN_SHARE: f64 = 0.14;

/// Takes the repeated lines out, and says which they were.
pub fn take(pages: &mut [Page]) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for page in pages.iter() {
        let mut keys: Vec<String> = candidates(page).into_iter().map(|at| key(&page.lines[at])).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            *seen.entry(key).or_default() += 1;
        }
    }
    let enough = (pages.len() * 3).div_ceil(5).max(2);
    let mut dropped: Vec<String> = Vec::new();
    for page in pages {
        let mut gone = candidates(page);
        gone.retain(|at| {
            let line = &page.lines[*at];
            seen.get(&key(line)).is_some_and(|n| *n >= enough) || PAGE_NUMBER.is_match(&line.text())
        });
        for at in gone.iter().rev() {
            let text = page.lines.remove(*at).text();
            if !PAGE_NUMBER.is_match(&text) && !dropped.iter().any(|d| digits_gone(d) == digits_gone(&text)) {
                dropped.push(text);
            }
        }
    }
    dropped
}

fn candidates(page: &Page) -> Vec<usize> {
    let count = page.lines.len();
    let mut sizes: Vec<f64> = page.lines.iter().map(|l| l.size).collect();
    sizes.sort_by(f64::total_cmp);
    // A heading that opens several pages is printed bigger than the text; what stands in a margin is not.
    let usual = sizes.get(count / 2).copied().unwrap_or_default();
    let in_margin = |line: &Line| {
        line.size <= usual * 1.05
            && (line.y < page.height * MARGIN_SHARE || line.y > page.height * (1.0 - MARGIN_SHARE))
    };
    (0..count).filter(|at| (*at < MARGIN_LINES || *at + MARGIN_LINES >= count) && in_margin(&page.lines[*at])).collect()
}

/// The words without their numbers, and roughly where they stand.
fn key(line: &Line) -> String {
    format!("{:.0} {}", line.y / 8.0, digits_gone(&line.text()))
}

fn digits_gone(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect::<String>().replace("##", "#")
}
