//! Recognised lines without what is repeated on the pages; and, where a page shows printed Markdown, the source that its writer
//! typed: blank lines where the page has space, words mended that were cut at the end of a line.

use std::collections::{BTreeSet, HashMap};

use super::words::{Area, Word, median};
use crate::pipeline::pattern::patterns;

patterns! {
    MARKED_UP = r"^[>»]?\s*#{1,6}\s*\S";
    QUOTED_ITEM = r"^[>»]\s*[~.,'`_]*\s*(?P<sign>[-—–]|#{1,6}|\d{1,2}[.)])(?P<rest>\s.*)?$";
    PAGE_NUMBER = r"(?i)^\W*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*$";
}

/// More space than this between two lines is a blank line, in distances of ordinary lines.
const BLANK_FROM: f32 = 1.4;
/// Running heads and feet stand in this share of the page.
const EDGE: f32 = 0.13;

/// A line of a page that was recognised.
#[derive(Clone, Debug)]
pub struct Line {
    pub page: u32,
    pub words: Vec<Word>,
    pub area: Area,
}

impl Line {
    pub fn new(page: u32, words: Vec<Word>) -> Option<Self> {
        let area = words.iter().map(|w| w.area).reduce(Area::around)?;
        Some(Self { page, words, area })
    }

    pub fn text(&self) -> String {
        self.words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// Lines that stand at the edge of most pages in the same words, and page numbers, are not part of the text. Returns how many.
pub fn drop_running_lines(lines: &mut Vec<Line>, heights: &[(u32, f32)]) -> usize {
    let at_edge = |line: &Line| {
        let height = heights.iter().find(|(page, _)| *page == line.page).map_or(1.0, |(_, h)| *h);
        line.area.bottom < height * EDGE || line.area.top > height * (1.0 - EDGE)
    };
    let letters = |line: &Line| -> Vec<String> {
        let words = line.words.iter().map(|w| w.text.to_lowercase().replace(|c: char| !c.is_alphabetic(), ""));
        words.filter(|word| !word.is_empty()).collect()
    };
    // Word by word, because the recogniser joins and parts these lines as it likes.
    let mut pages_of: HashMap<String, BTreeSet<u32>> = HashMap::new();
    for line in lines.iter().filter(|line| at_edge(line)) {
        for word in letters(line) {
            pages_of.entry(word).or_default().insert(line.page);
        }
    }
    let pages = heights.len();
    let runs = |word: &String| pages_of.get(word).is_some_and(|found| found.len() * 2 > pages);
    let before = lines.len();
    lines.retain(|line| {
        let words = letters(line);
        let repeated = pages > 1 && !words.is_empty() && words.iter().all(runs);
        !(at_edge(line) && (repeated || PAGE_NUMBER.is_match(&line.text())))
    });
    before - lines.len()
}

/// Joins "refrig-" at the end of a line to "erator" at the start of the next.
pub fn mend_hyphens(lines: &mut Vec<Line>) {
    for at in 1..lines.len() {
        let (before, after) = lines.split_at_mut(at);
        let (Some(upper), Some(lower)) = (before.last_mut(), after.first_mut()) else { continue };
        let (Some(end), Some(start)) = (upper.words.last_mut(), lower.words.first()) else { continue };
        let stem = end.text.strip_suffix('-').filter(|s| s.chars().count() > 1 && s.chars().all(char::is_alphabetic));
        let (Some(stem), true) = (stem, start.text.starts_with(char::is_lowercase)) else { continue };
        end.text = format!("{stem}{}", start.text);
        end.confidence = end.confidence.min(start.confidence);
        lower.words.remove(0);
    }
    lines.retain(|line| !line.words.is_empty());
}

/// Printed Markdown, with its signs on the paper.
pub fn is_markdown(lines: &[Line]) -> bool {
    lines.iter().filter(|l| MARKED_UP.is_match(&l.text())).count() >= 2
}

/// The source of all pages.
pub fn markdown(lines: &[Line]) -> String {
    let pitch = pitch(lines);
    let mut out = String::new();
    for (at, line) in lines.iter().enumerate() {
        let previous = at.checked_sub(1).map(|at| &lines[at]);
        if previous.is_some_and(|p| stands_apart(p, line, pitch)) {
            out.push('\n');
        }
        out.push_str(&marked_up(&line.text()));
        out.push('\n');
    }
    out
}

/// Distance of ordinary lines, from middle to middle.
fn pitch(lines: &[Line]) -> f32 {
    let mut steps: Vec<f32> = lines
        .windows(2)
        .filter(|pair| pair[0].page == pair[1].page)
        .map(|pair| middle(&pair[1]) - middle(&pair[0]))
        .filter(|step| *step > 0.0)
        .collect();
    steps.sort_by(f32::total_cmp);
    // Most lines follow closely, also where every second one has space above it.
    let close = steps.get(steps.len() / 4).copied().unwrap_or(f32::MAX);
    let mut near: Vec<f32> = steps.into_iter().filter(|s| *s < close * 1.3).collect();
    median(&mut near).unwrap_or(f32::MAX)
}

fn middle(line: &Line) -> f32 {
    f32::midpoint(line.area.top, line.area.bottom)
}

fn stands_apart(previous: &Line, line: &Line, pitch: f32) -> bool {
    let step = middle(line) - middle(previous);
    previous.page != line.page || step <= 0.0 || step > pitch * BLANK_FROM
}

/// A line of printed Markdown without the dust between its signs.
fn marked_up(text: &str) -> String {
    if let Some(found) = QUOTED_ITEM.captures(text) {
        let sign = found["sign"].replace(['—', '–'], "-");
        return format!(">{sign}{}", found.name("rest").map_or("", |m| m.as_str()));
    }
    match text.split_once(' ') {
        Some((sign @ ("—" | "–" | "~" | "-"), rest)) if !sign.is_empty() => format!("- {rest}"),
        _ if text.starts_with(['»']) => text.replacen('»', ">", 1),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(page: u32, left: f32, top: f32, text: &str) -> Line {
        let word = |(at, w): (usize, &str)| {
            let left = left + at as f32 * 60.0;
            Word {
                text: w.to_owned(),
                confidence: 95.0,
                area: Area { left, top, right: left + 50.0, bottom: top + 20.0 },
                ..Word::default()
            }
        };
        Line::new(page, text.split(' ').enumerate().map(word).collect()).unwrap()
    }

    #[test]
    fn space_on_the_page_becomes_blank_lines() {
        let lines = [
            line(1, 100.0, 100.0, "# Cold store"),
            line(1, 100.0, 160.0, "1. Open the door."),
            line(1, 100.0, 190.0, "— Check the shelves"),
            line(1, 100.0, 220.0, "2. Close the door."),
        ];
        assert_eq!(markdown(&lines), "# Cold store\n\n1. Open the door.\n- Check the shelves\n2. Close the door.\n");
    }

    #[test]
    fn words_cut_at_the_end_of_a_line_are_whole_again() {
        let mut lines = vec![line(1, 0.0, 0.0, "Open the refrig-"), line(1, 0.0, 30.0, "erator now.")];
        mend_hyphens(&mut lines);
        assert_eq!(markdown(&lines), "Open the refrigerator\nnow.\n");
    }

    #[test]
    fn running_heads_and_page_numbers_are_dropped() {
        let page = |n| {
            [line(n, 0.0, 10.0, "Store rules"), line(n, 0.0, 500.0, "Wash hands."), line(n, 0.0, 980.0, "Page 1 of 2")]
        };
        let mut lines = [page(1), page(2)].concat();
        assert_eq!(drop_running_lines(&mut lines, &[(1, 1000.0), (2, 1000.0)]), 4);
        assert!(lines.iter().all(|l| l.text() == "Wash hands."));
    }

    #[test]
    fn printed_markdown_loses_its_dust() {
        assert_eq!(marked_up(">~- Label it"), ">- Label it");
        assert_eq!(marked_up("— Dry"), "- Dry");
        assert_eq!(marked_up(">## Fridges"), ">## Fridges");
    }
}
