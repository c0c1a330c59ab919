//! Characters with their places, gathered into lines and, where a wide gap parts them, cells.

use course_format::sop::PageBox;
use pdf_extract::{Document, MediaBox, OutputDev, OutputError, Transform, output_doc_page};

use crate::pipeline::{
    Refusal,
    extract::inline::{is_invisible, visible},
};

/// A gap of this many font sizes stands between two cells, not between two words.
const CELL_GAP: f64 = 1.0;
const WORD_GAP: f64 = 0.17;
/// Baselines closer than this share of the font size are one line: sub- and superscripts belong to it.
const SAME_LINE: f64 = 0.42;
/// Nobody reads letters of this size, in points.
const TOO_SMALL: f64 = 1.6;

#[derive(Debug)]
pub struct Page {
    pub number: u32,
    pub height: f64,
    pub lines: Vec<Line>,
    /// Characters that are on the page but cannot be seen.
    pub hidden: usize,
}

impl Page {
    pub fn characters(&self) -> usize {
        self.lines.iter().flat_map(|l| &l.cells).map(|c| c.text.len()).sum()
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
}

#[derive(Clone, Debug)]
pub struct Cell {
    pub x: f64,
    pub right: f64,
    pub text: String,
    /// Where its words begin: byte in `text` as it was collected, and place on the page.
    pub words: Vec<(usize, f64)>,
}

impl Cell {
    /// The cell cut at the word that begins at `x`, if one does.
    pub fn cut(&self, x: f64) -> Option<(Self, Self)> {
        let (at, start) = *self.words.iter().skip(1).find(|(_, start)| (start - x).abs() <= 1.5)?;
        let (left, right) = (self.text.get(..at)?.trim_end(), self.text.get(at..)?);
        let part = |text: &str, x: f64, right: f64| Self { x, right, text: text.to_owned(), words: Vec::new() };
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

    pub fn right(&self) -> f64 {
        self.cells.last().map_or(0.0, |c| c.right)
    }

    pub fn text(&self) -> String {
        self.cells.iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join(" ")
    }
}

struct Glyph {
    x: f64,
    right: f64,
    y: f64,
    size: f64,
    bold: bool,
    text: String,
}

struct Collector<'a> {
    bold: &'a [bool],
    shows: usize,
    glyphs: Vec<Glyph>,
    left: f64,
    top: f64,
    width: f64,
    height: f64,
    hidden: usize,
}

pub fn read(document: &Document, number: u32, bold: &[bool]) -> Result<Page, Refusal> {
    let mut collector =
        Collector { bold, shows: 0, glyphs: Vec::new(), left: 0.0, top: 0.0, width: 0.0, height: 0.0, hidden: 0 };
    output_doc_page(document, &mut collector, number).map_err(|_| Refusal::DamagedPdf)?;
    // Commands inside embedded forms are not counted, so a different sum means that the order is not known.
    if collector.shows != bold.len() {
        collector.glyphs.iter_mut().for_each(|g| g.bold = false);
    }
    let frame = Frame { page: number, width: collector.width, height: collector.height };
    Ok(Page { number, height: collector.height, hidden: collector.hidden, lines: lines(collector.glyphs, &frame) })
}

impl OutputDev for Collector<'_> {
    fn begin_page(&mut self, _: u32, page: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        self.left = page.llx;
        self.top = page.ury;
        self.width = page.urx - page.llx;
        self.height = page.ury - page.lly;
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        let size = font_size.abs() * (place.m11 * place.m22 - place.m12 * place.m21).abs().sqrt();
        let (x, y) = (place.m31 - self.left, self.top - place.m32);
        let turned = place.m12.abs() > place.m11.abs();
        let outside = !(-1.0..=self.width + 1.0).contains(&x) || !(-1.0..=self.height + 1.0).contains(&y);
        if !size.is_finite() || turned || outside || size < TOO_SMALL {
            self.hidden += usize::from(!text.trim().is_empty());
            return Ok(());
        }
        let right = x + width * font_size.abs() * place.m11.hypot(place.m12);
        let bold = self.bold.get(self.shows.saturating_sub(1)).copied().unwrap_or(false);
        self.glyphs.push(Glyph { x, right, y, size, bold, text: text.to_owned() });
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        self.shows += 1;
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

/// The page that characters stand on.
struct Frame {
    page: u32,
    width: f64,
    height: f64,
}

/// Share of the font size that letters rise above their baseline, and go below it.
const ASCENT: f64 = 0.8;
const DESCENT: f64 = 0.22;

impl Frame {
    fn area(&self, left: f64, right: f64, baseline: f64, size: f64) -> PageBox {
        #[expect(clippy::cast_possible_truncation, reason = "a share between 0 and 1")]
        let share = |of: f64, all: f64| (of / all.max(1.0)).clamp(0.0, 1.0) as f32;
        PageBox {
            page: self.page,
            left: share(left, self.width),
            top: share(baseline - ASCENT * size, self.height),
            right: share(right, self.width),
            bottom: share(baseline + DESCENT * size, self.height),
        }
    }
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
        if glyph.size > base.1 * 1.05 && !glyph.text.trim().is_empty() {
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
    let letters = || glyphs.iter().filter(|g| !g.text.trim().is_empty());
    let size = letters().map(|g| g.size).max_by(f64::total_cmp)?;
    let y = letters().filter(|g| g.size >= size * 0.98).map(|g| g.y).next()?;
    let bold = letters().all(|g| g.bold);
    let mut cells: Vec<Cell> = Vec::new();
    for glyph in &glyphs {
        if glyph.text.trim().is_empty() {
            if let Some(cell) = cells.last_mut().filter(|c| !c.text.ends_with(' ')) {
                cell.text.push(' ');
            }
            continue;
        }
        match cells.last_mut() {
            Some(cell) if glyph.x - cell.right <= CELL_GAP * size => {
                // The same letter drawn twice in one place is a poor man's bold.
                if glyph.x < cell.right - 0.6 * (glyph.right - glyph.x) && cell.text.ends_with(&glyph.text) {
                    continue;
                }
                if glyph.x - cell.right > WORD_GAP * size && !cell.text.ends_with(' ') {
                    cell.text.push(' ');
                }
                if cell.text.ends_with(' ') {
                    cell.words.push((cell.text.len(), glyph.x));
                }
                cell.text.push_str(&glyph.text);
                cell.right = cell.right.max(glyph.right);
            }
            _ => {
                let words = vec![(0, glyph.x)];
                cells.push(Cell { x: glyph.x, right: glyph.right, text: glyph.text.clone(), words });
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
    Some(Line { page: frame.page, y, size, bold, cells, area })
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
