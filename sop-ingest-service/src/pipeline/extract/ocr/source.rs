//! From recognised lines to the text that a typist would have made of the page: blank lines where the page has space,
//! indentation, bullets, words mended that were cut at the end of a line. The extractors of text and Markdown read it.

use super::{
    picture::whole,
    words::{Area, Word, median},
};
use crate::pipeline::pattern::patterns;

patterns! {
    MARKED_UP = r"^[>»]?\s*#{1,6}\s*\S";
    QUOTED_ITEM = r"^[>»]\s*[~.,'`_]*\s*(?P<sign>[-—–]|#{1,6}|\d{1,2}[.)])(?P<rest>\s.*)?$";
    PAGE_NUMBER = r"(?i)^\W*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*$";
    NUMBER_AND_COMMA = r"^(\d{1,2}),$";
}

/// Signs that the recogniser makes of bullets.
const BULLETS: [&str; 22] =
    ["e", "o", "¢", "«", "»", "©", "®", "@", "*", "°", "•", "·", "»", "›", "▪", "■", "□", "+", "-", "–", "—", "~"];
/// More space than this between two lines is a blank line, in distances of ordinary lines.
const BLANK_FROM: f32 = 1.4;
/// Letters so much higher than ordinary ones make a heading.
const HEADING_FROM: f32 = 1.28;
/// Running heads and feet stand in this share of the page.
const EDGE: f32 = 0.1;

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

    /// Height of its letters, whatever a single sign does.
    fn height(&self) -> f32 {
        let mut heights: Vec<f32> = self.words.iter().map(|w| w.area.height()).collect();
        median(&mut heights).unwrap_or_default()
    }
}

/// Lines that stand at the edge of most pages in the same words, and page numbers, are not part of the text. Returns how many.
pub fn drop_running_lines(lines: &mut Vec<Line>, heights: &[(u32, f32)]) -> usize {
    let at_edge = |line: &Line| {
        let height = heights.iter().find(|(page, _)| *page == line.page).map_or(1.0, |(_, h)| *h);
        line.area.bottom < height * EDGE || line.area.top > height * (1.0 - EDGE)
    };
    let key = |line: &Line| line.text().to_lowercase().replace(|c: char| !c.is_alphabetic(), "");
    let edges: Vec<String> = lines.iter().filter(|l| at_edge(l)).map(key).collect();
    let pages = heights.len();
    let before = lines.len();
    lines.retain(|line| {
        let (text, key) = (line.text(), key(line));
        let repeated = pages > 1 && !key.is_empty() && edges.iter().filter(|e| **e == key).count() * 2 > pages;
        !(at_edge(line) && (repeated || PAGE_NUMBER.is_match(&text)))
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

/// The text of all pages.
pub fn text(lines: &[Line], markdown: bool) -> String {
    let pitch = pitch(lines);
    let mut heights: Vec<f32> = lines.iter().map(Line::height).collect();
    let ordinary = median(&mut heights).unwrap_or(1.0);
    let margins = margins(lines, ordinary);
    let mut out = String::new();
    for (at, line) in lines.iter().enumerate() {
        let previous = at.checked_sub(1).map(|at| &lines[at]);
        if previous.is_some_and(|p| stands_apart(p, line, pitch, markdown)) {
            out.push('\n');
        }
        if markdown {
            out.push_str(&marked_up(&line.text()));
        } else {
            out.extend(std::iter::repeat_n(' ', indentation(&margins, line, ordinary)));
            out.push_str(&typed(line));
            if is_large(line, ordinary) {
                out.push_str("\n====\n");
            }
        }
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

fn stands_apart(previous: &Line, line: &Line, pitch: f32, markdown: bool) -> bool {
    let step = middle(line) - middle(previous);
    if previous.page == line.page && step > 0.0 {
        return step > pitch * BLANK_FROM;
    }
    // A sentence may go on in the next column or on the next page.
    let ended = previous.text().ends_with(['.', ':', '!', '?', ';']);
    markdown || ended || !line.text().starts_with(|c: char| c.is_lowercase())
}

/// Left edges of text on each page, those that are nearly the same taken as one.
fn margins(lines: &[Line], ordinary: f32) -> Vec<(u32, Vec<f32>)> {
    let mut margins: Vec<(u32, Vec<f32>)> = Vec::new();
    for line in lines {
        match margins.last_mut() {
            Some((page, edges)) if *page == line.page => edges.push(line.area.left),
            _ => margins.push((line.page, vec![line.area.left])),
        }
    }
    for (_, edges) in &mut margins {
        edges.sort_by(f32::total_cmp);
        edges.dedup_by(|next, first| *next - *first < ordinary);
    }
    margins
}

/// In characters: what is indented by the same amount is so on every page.
fn indentation(margins: &[(u32, Vec<f32>)], line: &Line, ordinary: f32) -> usize {
    let Some((_, edges)) = margins.iter().find(|(page, _)| *page == line.page) else { return 0 };
    let first = edges.first().copied().unwrap_or_default();
    let edge = edges.iter().rev().find(|e| **e <= line.area.left).copied().unwrap_or(first);
    // Two steps of half a letter's height, so that small differences between pages vanish.
    whole((edge - first) / (ordinary * 1.5)) as usize * 2
}

fn is_large(line: &Line, ordinary: f32) -> bool {
    line.height() > ordinary * HEADING_FROM && line.words.len() <= 12 && line.text().chars().any(char::is_alphabetic)
}

/// A line of plain text, its bullet and number put right.
fn typed(line: &Line) -> String {
    let text = line.text();
    let Some((first, rest)) = text.split_once(' ') else { return text };
    if BULLETS.contains(&first) {
        return format!("• {rest}");
    }
    format!("{} {rest}", NUMBER_AND_COMMA.replace(first, "$1."))
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
            }
        };
        Line::new(page, text.split(' ').enumerate().map(word).collect()).unwrap()
    }

    #[test]
    fn space_on_the_page_becomes_blank_lines_and_indentation() {
        let lines = [
            line(1, 100.0, 100.0, "Cold store"),
            line(1, 100.0, 160.0, "1, Open the door."),
            line(1, 100.0, 190.0, "2. Check the shelves"),
            line(1, 140.0, 220.0, "¢ top"),
            line(1, 140.0, 250.0, "e bottom"),
            line(1, 100.0, 280.0, "3. Close the door."),
        ];
        assert_eq!(
            text(&lines, false),
            "Cold store\n\n1. Open the door.\n2. Check the shelves\n  • top\n  • bottom\n3. Close the door.\n"
        );
    }

    #[test]
    fn words_cut_at_the_end_of_a_line_are_whole_again() {
        let mut lines = vec![line(1, 0.0, 0.0, "Open the refrig-"), line(1, 0.0, 30.0, "erator now.")];
        mend_hyphens(&mut lines);
        assert_eq!(text(&lines, false), "Open the refrigerator\nnow.\n");
    }

    #[test]
    fn a_sentence_goes_on_over_the_page() {
        let lines = [line(1, 0.0, 900.0, "Keep the door"), line(2, 0.0, 50.0, "closed at night.")];
        assert_eq!(text(&lines, false), "Keep the door\nclosed at night.\n");
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
