//! Which lines of a page are headings, and how they nest.

use super::{
    glyphs::Line,
    layout::{Usual, half_points},
};
use crate::pipeline::extract::{
    Block, Shape,
    lines::{after_bullet, all_capitals, could_be_heading, heading_label, labelled},
};

/// A heading's letters are at least this much bigger than those of the text.
const BIGGER: f64 = 1.09;

/// How a heading is printed. Headings that are printed alike stand on the same level.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Style {
    half_points: i64,
    bold: bool,
    capitals: bool,
}

impl Style {
    pub fn size(self) -> f64 {
        self.half_points as f64 / 2.0
    }
}

pub fn style(line: &Line, gap: Option<f64>, next: Option<&Line>, usual: &Usual) -> Option<Style> {
    let text = line.text();
    let found = heading_label(&text);
    let words = found.as_ref().map_or(text.as_str(), |l| l.rest);
    let marker_cell = line.cells.len() == 2 && labelled(&format!("{} x", line.cells[0].text)).is_some();
    if !could_be_heading(words) || after_bullet(&text).is_some() || (line.cells.len() > 1 && !marker_cell) {
        return None;
    }
    let style =
        Style { half_points: half_points(line.size), bold: line.bold && !usual.bold, capitals: all_capitals(words) };
    if line.size >= usual.size * BIGGER || style.bold {
        return Some(style);
    }
    let apart = gap.is_none_or(|g| g > usual.leading * 1.2);
    let next_is_sibling = || {
        let next = next.map(Line::text).unwrap_or_default();
        let (next, this) = (labelled(&next), labelled(&text));
        next.zip(this).is_some_and(|(n, t)| n.number() == t.number() + 1)
    };
    let numbered = found.is_some_and(|l| l.depth() > 1 || words.split_whitespace().count() <= 6);
    let stands_out = style.capitals || numbered && !next_is_sibling();
    (apart && stands_out && line.size >= usual.size * 0.98 && !words.ends_with(':')).then_some(style)
}

/// Bigger is higher; a printed number says how deep within headings that look alike.
pub fn set_depths(blocks: &mut [Block], styles: &[(usize, Style)]) {
    let mut known: Vec<Style> = styles.iter().map(|(_, s)| *s).collect();
    known.sort_unstable_by(|a, b| b.cmp(a));
    known.dedup();
    for (at, style) in styles {
        let rank = known.iter().position(|k| k == style).unwrap_or(0);
        let below = heading_label(&blocks[*at].text).map_or(0, |l| l.depth().saturating_sub(1));
        let depth = u8::try_from(rank + 1).unwrap_or(u8::MAX).saturating_add(below);
        blocks[*at].shape = Shape::Heading { depth, label: None };
    }
}
