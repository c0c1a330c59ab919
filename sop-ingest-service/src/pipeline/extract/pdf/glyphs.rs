//! Characters with their places, gathered into lines and, where a wide gap parts them, cells.

use super::{
    columns, grid,
    interpreter::{Glyph, Seen},
};
use crate::pipeline::extract::{
    inline::{is_invisible, visible},
    lines::{after_bullet, labelled},
};
use course_format::sop::PageBox;

/// A gap of this many font sizes stands between two cells, not between two words.
const CELL_GAP: f64 = 1.0;
const WORD_GAP: f64 = 0.17;
/// Baselines closer than this share of the font size are one line: sub- and superscripts belong to it.
const SAME_LINE: f64 = 0.42;

/// Fewer characters on a page mean that its text is a picture.
const SCAN_BELOW: usize = 20;

#[derive(Debug)]
pub struct Page {
    pub number: u32,
    pub height: f64,
    pub lines: Vec<Line>,
    /// Characters that are on the page but cannot be seen.
    pub hidden: usize,
    /// Characters across the page or up its side.
    pub turned: usize,
    pub unreadable: usize,
}

impl Page {
    /// Enough of it to be read; otherwise its text is a picture, or nobody knows which letters its signs are.
    pub fn has_text(&self) -> bool {
        self.characters() >= SCAN_BELOW && self.characters() > self.unreadable
    }

    fn characters(&self) -> usize {
        let rows = self.lines.iter().filter_map(|l| l.row.as_ref()).flat_map(|r| &r.cells).map(String::len);
        self.lines.iter().flat_map(|l| &l.cells).map(|c| c.text.len()).chain(rows).sum()
    }
}

#[derive(Clone, Debug)]
pub struct Line {
    pub page: u32,
    /// Of the baseline, downwards.
    pub y: f64,
    pub size: f64,
    pub bold: bool,
    pub cells: Vec<Cell>,
    pub area: PageBox,
    /// Lines of one column of a page share it.
    pub column: u32,
    /// It stands in a drawn frame.
    pub boxed: bool,
    /// It is a whole row of a drawn table, and has no cells by gaps.
    pub row: Option<Ruled>,
}

/// A row of a table whose edges are drawn.
#[derive(Clone, Debug)]
pub struct Ruled {
    /// Rows of one table on one page share it.
    pub table: usize,
    pub cells: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct Cell {
    pub x: f64,
    pub right: f64,
    pub text: String,
    /// Its own baseline, size and weight, as two columns may be printed differently.
    pub y: f64,
    pub size: f64,
    pub bold: bool,
    /// Where its words begin: byte in `text` as it was collected, and place on the page.
    pub words: Vec<(usize, f64)>,
}

impl Cell {
    /// The cell cut at the word that begins at `x`, if one does.
    pub fn cut(&self, x: f64) -> Option<(Self, Self)> {
        let (at, start) = *self.words.iter().skip(1).find(|(_, start)| (start - x).abs() <= 1.5)?;
        let (left, right) = (self.text.get(..at)?.trim_end(), self.text.get(at..)?);
        let part = |text: &str, x: f64, right: f64| Self {
            x,
            right,
            text: text.to_owned(),
            words: Vec::new(),
            ..self.clone()
        };
        Some((part(left, self.x, start), part(right, start, self.right)))
    }
}

impl Line {
    pub fn x(&self) -> f64 {
        self.cells.first().map_or(0.0, |c| c.x)
    }

    /// Where the words after a list marker begin.
    pub fn text_x(&self, size: f64) -> f64 {
        let in_cell = self.cells.first().and_then(|c| c.words.get(1)).map(|(_, x)| *x);
        let in_next = self.cells.get(1).map(|c| c.x).filter(|_| self.cells[0].text.chars().count() <= 5);
        in_next.or(in_cell).unwrap_or(self.x() + size)
    }

    /// A part of the line.
    pub fn with_cells(&self, cells: Vec<Cell>, column: u32) -> Self {
        let width = f64::from(self.area.right - self.area.left) / (self.right() - self.x()).max(1.0);
        #[expect(clippy::cast_possible_truncation, reason = "a share between 0 and 1")]
        let share = |x: f64| (f64::from(self.area.left) + (x - self.x()) * width) as f32;
        let (left, right) = cells.first().zip(cells.last()).map_or((self.x(), self.right()), |(f, l)| (f.x, l.right));
        let area = PageBox { left: share(left), right: share(right), ..self.area };
        let biggest = cells.iter().max_by(|a, b| a.size.total_cmp(&b.size));
        let (size, y) = biggest.map_or((self.size, self.y), |c| (c.size, c.y));
        let bold = cells.iter().all(|c| c.bold);
        Self { y, size, bold, cells, area, column, ..self.clone() }
    }

    pub fn right(&self) -> f64 {
        self.cells.last().map_or(0.0, |c| c.right)
    }

    pub fn text(&self) -> String {
        self.cells.iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// The lines of a page in reading order. `turned` quarter turns clockwise bring its text upright.
pub fn page(number: u32, turned: u8, mut seen: Seen) -> Page {
    let frame = Frame { page: number, width: seen.width, height: seen.height, turned };
    let mut framed: Vec<Line> = Vec::new();
    for (table, grid) in grid::find(&seen.rules, seen.width, seen.height).iter().enumerate() {
        let cells = grid::fill(grid, &mut seen.glyphs);
        framed.extend(frame.rows(table, grid, cells));
    }
    let mut all = lines(seen.glyphs, &frame);
    if !framed.is_empty() {
        all.append(&mut framed);
        all.sort_by(|a, b| a.y.total_cmp(&b.y));
    }
    let lines = columns::in_reading_order(all, seen.width);
    Page { number, height: seen.height, lines, hidden: seen.hidden, turned: seen.turned, unreadable: seen.unreadable }
}

/// The page that characters stand on.
struct Frame {
    page: u32,
    width: f64,
    height: f64,
    /// How often the page was turned to be read; areas are given as the page is shown.
    turned: u8,
}

/// Share of the font size that letters rise above their baseline, and go below it.
const ASCENT: f64 = 0.8;
const DESCENT: f64 = 0.22;

impl Frame {
    /// The rows of a drawn table, or the lines of a drawn frame. Whole lists in cells are read as lists.
    fn rows(&self, table: usize, grid: &grid::Grid, cells: Vec<Vec<Vec<Glyph>>>) -> Vec<Line> {
        let mut out = Vec::new();
        for (row, glyphs) in grid.rows.iter().zip(cells) {
            let parts: Vec<Vec<Line>> = glyphs.into_iter().map(|cell| lines(cell, self)).collect();
            let is_list = |cell: &Vec<Line>| cell.iter().filter(|l| is_marked(&l.text())).count() >= 3;
            if grid.is_frame() || parts.iter().any(is_list) {
                out.extend(parts.into_iter().flatten().map(|l| Line { boxed: grid.is_frame(), ..l }));
                continue;
            }
            let Some(first) = parts.iter().flatten().min_by(|a, b| a.y.total_cmp(&b.y)).cloned() else { continue };
            let area = parts.iter().flatten().fold(first.area, |area, line| area.around(line.area));
            let texts: Vec<String> = parts.iter().map(|cell| joined(cell)).collect();
            let bold = parts.iter().flatten().all(|l| l.bold);
            let ruled = if row.len() > 1 { Some(Ruled { table, cells: texts }) } else { None };
            match ruled {
                Some(ruled) => out.push(Line { cells: Vec::new(), area, bold, row: Some(ruled), ..first }),
                None => out.extend(parts.into_iter().flatten()),
            }
        }
        out
    }

    fn area(&self, left: f64, right: f64, baseline: f64, size: f64) -> PageBox {
        #[expect(clippy::cast_possible_truncation, reason = "a share between 0 and 1")]
        let share = |of: f64, all: f64| (of / all.max(1.0)).clamp(0.0, 1.0) as f32;
        let (left, right) = (share(left, self.width), share(right, self.width));
        let top = share(baseline - ASCENT * size, self.height);
        let bottom = share(baseline + DESCENT * size, self.height);
        let page = self.page;
        match self.turned {
            1 => PageBox { page, left: top, top: 1.0 - right, right: bottom, bottom: 1.0 - left },
            2 => PageBox { page, left: 1.0 - right, top: 1.0 - bottom, right: 1.0 - left, bottom: 1.0 - top },
            3 => PageBox { page, left: 1.0 - bottom, top: left, right: 1.0 - top, bottom: right },
            _ => PageBox { page, left, top, right, bottom },
        }
    }
}

/// Does it begin like an item of a list?
fn is_marked(text: &str) -> bool {
    after_bullet(text).is_some() || labelled(text).is_some()
}

/// The words of a cell; a word that was parted at the end of a line is mended.
fn joined(lines: &[Line]) -> String {
    let mut text = String::new();
    for line in lines {
        let next = line.text();
        let parted = text.ends_with('-')
            && next.starts_with(char::is_lowercase)
            && text.chars().rev().nth(1).is_some_and(char::is_alphabetic);
        if !text.is_empty() && !parted {
            text.push(' ');
        }
        text.push_str(&next);
    }
    text
}

fn lines(mut glyphs: Vec<Glyph>, frame: &Frame) -> Vec<Line> {
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    let mut base = (f64::MIN, 0.0);
    for glyph in glyphs {
        if glyph.y - base.0 > SAME_LINE * glyph.size.max(base.1) {
            base = (glyph.y, glyph.size);
            rows.push(Vec::new());
        }
        // The biggest letter says where the line stands.
        if glyph.size > base.1 * 1.05 && !glyph.letter.is_whitespace() {
            base = (glyph.y, glyph.size);
        }
        if let Some(row) = rows.last_mut() {
            row.push(glyph);
        }
    }
    rows.into_iter().filter_map(|row| line(row, frame)).collect()
}

fn line(mut glyphs: Vec<Glyph>, frame: &Frame) -> Option<Line> {
    glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
    let letters = || glyphs.iter().filter(|g| !g.letter.is_whitespace());
    let size = letters().map(|g| g.size).max_by(f64::total_cmp)?;
    let y = letters().filter(|g| g.size >= size * 0.98).map(|g| g.y).next()?;
    let bold = letters().all(|g| g.bold);
    let mut cells: Vec<Cell> = Vec::new();
    for glyph in &glyphs {
        if glyph.letter.is_whitespace() {
            if let Some(cell) = cells.last_mut().filter(|c| !c.text.ends_with(' ')) {
                cell.text.push(' ');
            }
            continue;
        }
        match cells.last_mut() {
            Some(cell) if glyph.x - cell.right <= CELL_GAP * size => {
                // The same letter drawn twice in one place is a poor man's bold.
                if glyph.x < cell.right - 0.6 * (glyph.right - glyph.x) && cell.text.ends_with(glyph.letter) {
                    continue;
                }
                if glyph.x - cell.right > WORD_GAP * size && !cell.text.ends_with(' ') {
                    cell.text.push(' ');
                }
                if cell.text.ends_with(' ') {
                    cell.words.push((cell.text.len(), glyph.x));
                }
                cell.text.push(glyph.letter);
                cell.right = cell.right.max(glyph.right);
                cell.bold &= glyph.bold;
                if glyph.size > cell.size {
                    (cell.size, cell.y) = (glyph.size, glyph.y);
                }
            }
            _ => {
                let words = vec![(0, glyph.x)];
                cells.push(Cell {
                    x: glyph.x,
                    right: glyph.right,
                    text: glyph.letter.to_string(),
                    words,
                    y: glyph.y,
                    size: glyph.size,
                    bold: glyph.bold,
                });
            }
        }
    }
    for cell in &mut cells {
        let text = ligatures(&visible(&cell.text));
        // Places are only known where the text stayed as it was.
        if text.len() != cell.text.trim_end().len() {
            cell.words.clear();
        }
        cell.text = text;
    }
    cells.retain(|c| !c.text.is_empty());
    let area = frame.area(cells.first()?.x, cells.last()?.right, y, size);
    Some(Line { page: frame.page, y, size, bold, cells, area, column: 0, boxed: false, row: None })
}

/// Letters that fonts draw as one sign are written apart again; everything else stays as it is printed.
fn ligatures(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        match c {
            'ﬀ' => out.push_str("ff"),
            'ﬁ' => out.push_str("fi"),
            'ﬂ' => out.push_str("fl"),
            'ﬃ' => out.push_str("ffi"),
            'ﬄ' => out.push_str("ffl"),
            'ﬅ' | 'ﬆ' => out.push_str("st"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_of_a_turned_page_are_given_as_it_is_shown() {
        // Read with one turn clockwise: what was its left edge is now its top.
        let frame = |turned| Frame { page: 1, width: 100.0, height: 200.0, turned };
        let area = frame(0).area(10.0, 20.0, 50.0, 10.0);
        assert!((area.left - 0.1).abs() < 0.01 && (area.top - 0.21).abs() < 0.01, "{area:?}");
        let turned = frame(1).area(10.0, 20.0, 50.0, 10.0);
        assert!((turned.left - 0.21).abs() < 0.01 && (turned.bottom - 0.9).abs() < 0.01, "{turned:?}");
    }
}
