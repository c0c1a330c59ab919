//! Lines become headings, paragraphs, list items and rows.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{
    glyphs::{Line, Page, Ruled},
    headings::{self, Style},
    margins, tables,
};
use crate::pipeline::extract::{
    Block, Extracted, Item, LineBox, Shape,
    lines::{after_bullet, is_box_label, labelled},
};

/// What is usual in this document, to tell what is not.
#[derive(Debug, Default)]
pub struct Usual {
    pub size: f64,
    /// From one baseline to the next within a paragraph.
    pub leading: f64,
    /// Most of the text is bold, so that bold marks nothing.
    pub bold: bool,
    /// Where full lines end, by page and column.
    right: HashMap<(u32, u32), f64>,
}

pub fn blocks(mut pages: Vec<Page>) -> Extracted {
    let dropped = margins::take(&mut pages);
    let hidden: usize = pages.iter().map(|p| p.hidden).sum();
    let turned: usize = pages.iter().map(|p| p.turned).sum();
    let lines: Vec<Line> = pages.into_iter().flat_map(|p| tables::bands(p.lines)).collect();
    let mut builder = Builder { usual: Usual::of(&lines), words: words(&lines), ..Builder::default() };
    builder.read(&lines);
    let mut extracted = builder.finish();
    extracted.notes.extend(dropped.into_iter().map(|text| format!("Repeated on the pages and left out: {text:?}")));
    if hidden > 0 {
        extracted.notes.push(format!("{hidden} characters that cannot be read on the page were left out."));
    }
    if turned > 0 {
        extracted.notes.push(format!("{turned} characters that stand upright or across the page were left out."));
    }
    extracted
}

impl Usual {
    fn of(lines: &[Line]) -> Self {
        let mut sizes: BTreeMap<i64, usize> = BTreeMap::new();
        let (mut bold, mut all) = (0, 0);
        let mut right: HashMap<(u32, u32), f64> = HashMap::new();
        for line in lines {
            let length = line.text().len();
            *sizes.entry(half_points(line.size)).or_default() += length;
            bold += if line.bold { length } else { 0 };
            all += length;
        }
        let size = sizes.iter().max_by_key(|(_, n)| **n).map_or(10.0, |(s, _)| *s as f64 / 2.0);
        for line in lines.iter().filter(|l| (l.size - size).abs() < 0.6) {
            let end = right.entry((line.page, line.column)).or_default();
            *end = end.max(line.right());
        }
        let mut gaps: Vec<f64> = lines
            .windows(2)
            .filter(|w| (w[0].page, w[0].column) == (w[1].page, w[1].column) && (w[1].size - size).abs() < 0.6)
            .map(|w| w[1].y - w[0].y)
            .filter(|gap| (0.9 * size..2.2 * size).contains(gap))
            .collect();
        gaps.sort_by(f64::total_cmp);
        // Paragraph breaks are wider than lines, so the usual line is in the lower half.
        let leading = gaps.get(gaps.len() / 4).copied().unwrap_or(size * 1.2);
        Self { size, leading, bold: bold * 2 > all, right }
    }
}

pub fn half_points(size: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "font sizes are small numbers")]
    let halves = (size * 2.0).round() as i64;
    halves
}

/// Every word of the document: a word that was parted at the end of a line usually stands whole somewhere else.
fn words(lines: &[Line]) -> HashSet<String> {
    let text = lines.iter().flat_map(|l| &l.cells).flat_map(|c| c.text.split_whitespace());
    text.map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()).collect()
}

#[derive(Default)]
struct Builder {
    usual: Usual,
    words: HashSet<String>,
    blocks: Vec<Block>,
    styles: Vec<(usize, Style)>,
    open: Option<Open>,
    /// Where the markers of the open lists stand, the outermost first.
    markers: Vec<Marker>,
    lists_seen: u32,
    tables_seen: u32,
    /// Page and table of the drawn row before.
    ruled: Option<(u32, usize)>,
}

struct Marker {
    x: f64,
    list: u32,
    ordered: bool,
}

/// The block that the next line may go on with.
struct Open {
    block: Block,
    last: Line,
    /// Where its words begin: right of the marker in a list.
    text_x: f64,
    heading: Option<Style>,
}

impl Builder {
    fn read(&mut self, lines: &[Line]) {
        let mut at = 0;
        while at < lines.len() {
            if let Some(row) = &lines[at].row {
                self.row(&lines[at], row);
                at += 1;
            } else if let Some(table) = tables::at(&lines[at..], &self.usual) {
                self.close();
                self.tables_seen += 1;
                for row in table.rows {
                    let shape = Shape::Row { table: self.tables_seen };
                    let lines = vec![LineBox { start: 0, area: row.area }];
                    self.blocks.push(Block { lines, ..Block::new(shape, row.cells.join(" | "), row.area.page) });
                }
                at += table.lines;
            } else {
                let here = (lines[at].page, lines[at].column);
                let next = lines.get(at + 1).filter(|n| (n.page, n.column) == here && n.row.is_none());
                self.line(&lines[at], next);
                at += 1;
            }
        }
        self.close();
    }

    /// A row of a drawn table. A table that goes on on the next page is one table.
    fn row(&mut self, line: &Line, row: &Ruled) {
        self.close();
        if self.ruled != Some((line.page, row.table)) {
            let goes_on = self.ruled.is_some_and(|(page, _)| page + 1 == line.page)
                && matches!(self.blocks.last().map(|b| &b.shape), Some(Shape::Row { .. }))
                && row.table == 0;
            self.tables_seen += u32::from(!goes_on);
            self.ruled = Some((line.page, row.table));
        }
        let text = row.cells.join(" | ");
        if text.chars().any(char::is_alphanumeric) {
            self.blocks.push(begun(Shape::Row { table: self.tables_seen }, text, line));
        }
    }

    fn line(&mut self, line: &Line, next: Option<&Line>) {
        let text = line.text();
        let previous = self.open.as_ref().map(|o| &o.last).filter(|l| (l.page, l.column) == (line.page, line.column));
        let gap = previous.map(|p| line.y - p.y);
        if self.continues_heading(line, &text, gap) {
            self.append(line, &text);
        } else if let Some(style) = headings::style(line, gap, next, &self.usual) {
            self.heading(line, text, style, gap);
        } else if let Some(rest) = after_bullet(&text) {
            self.item(line, rest.to_owned(), None);
        } else if let Some(found) = labelled(&text).filter(|_| !self.is_running_on(line)) {
            self.item(line, found.rest.to_owned(), Some((found.label.to_owned(), found.number())));
        } else if self.goes_on(line, &text, gap) {
            self.append(line, &text);
        } else {
            self.paragraph(line, text);
        }
    }

    /// "…wait for\n10. Then": a number at the start of a line is a label only where a label may stand.
    fn is_running_on(&self, line: &Line) -> bool {
        let Some(open) = &self.open else { return false };
        let in_text =
            (line.x() - open.text_x).abs() < 1.0 && !self.markers.iter().any(|m| (m.x - line.x()).abs() < 2.0);
        in_text && self.is_full(&open.last, line) && !ends_sentence(&open.block.text)
    }

    /// The second line of a heading that did not fit on one.
    fn continues_heading(&self, line: &Line, text: &str, gap: Option<f64>) -> bool {
        let alike = |o: &Open| {
            o.heading.is_some() && half_points(o.last.size) == half_points(line.size) && o.last.bold == line.bold
        };
        let near = gap.is_some_and(|g| g < line.size * 1.6);
        near && text.starts_with(char::is_lowercase) && self.open.as_ref().is_some_and(alike)
    }

    fn heading(&mut self, line: &Line, text: String, style: Style, gap: Option<f64>) {
        if let Some(open) = self.open.as_mut().filter(|o| o.heading == Some(style))
            && gap.is_some_and(|g| g < style.size() * 1.6)
            && labelled(&text).is_none()
        {
            open.block.text.push(' ');
            open.block.lines.push(LineBox { start: open.block.text.len(), area: line.area });
            open.block.text.push_str(&text);
            open.last = line.clone();
            return;
        }
        self.close();
        self.markers.clear();
        let block = begun(Shape::Heading { depth: 1, label: None }, text, line);
        self.open = Some(Open { block, last: line.clone(), text_x: line.x(), heading: Some(style) });
    }

    fn item(&mut self, line: &Line, text: String, label: Option<(String, u32)>) {
        self.close();
        // Numbers are often set flush right, so the text after them says better how deep they stand.
        let (x, ordered) = (line.text_x(self.usual.size), label.is_some());
        while self.markers.last().is_some_and(|m| m.x > x + 3.0) {
            self.markers.pop();
        }
        let continues = self.markers.last().is_some_and(|m| (m.x - x).abs() <= 3.0 && m.ordered == ordered);
        if !continues {
            if self.markers.last().is_some_and(|m| (m.x - x).abs() <= 3.0) {
                self.markers.pop();
            }
            self.lists_seen += 1;
            self.markers.push(Marker { x, list: self.lists_seen, ordered });
        }
        let list = self.markers.last().map_or(0, |m| m.list);
        let (label, number) = label.map_or((None, 0), |(l, n)| (Some(l), n));
        let mut block = begun(Shape::Item(Item { list, ordered, label, number }), text, line);
        block.nesting = u8::try_from(self.markers.len()).unwrap_or(u8::MAX);
        self.open = Some(Open { block, last: line.clone(), text_x: x, heading: None });
    }

    fn goes_on(&self, line: &Line, text: &str, gap: Option<f64>) -> bool {
        let Some(open) = &self.open else { return false };
        if open.heading.is_some() || half_points(open.last.size) != half_points(line.size) {
            return false;
        }
        let indented = line.x() + 2.0 >= open.text_x.min(open.last.x());
        match gap {
            Some(gap) => {
                gap < self.usual.leading * 1.25 + 0.5
                    && indented
                    && self.is_full(&open.last, line)
                    && !is_box_label(text)
            }
            None => !ends_sentence(&open.block.text) && text.starts_with(|c: char| c.is_lowercase() || c.is_numeric()),
        }
    }

    /// The next word would not have fitted on this line, so its end is not the writer's.
    fn is_full(&self, line: &Line, next: &Line) -> bool {
        let right = self.usual.right.get(&(line.page, line.column)).copied().unwrap_or(line.right());
        let first = next.cells.first().map_or(0.0, |c| {
            let word = c.text.split_whitespace().next().unwrap_or_default().chars().count();
            (c.right - c.x) * word as f64 / c.text.chars().count().max(1) as f64
        });
        line.right() + first + 0.25 * line.size > right - 0.04 * right
    }

    fn append(&mut self, line: &Line, text: &str) {
        let Some(open) = &mut self.open else { return };
        let joined = &mut open.block.text;
        let (head, tail) = (joined.rsplit(' ').next().unwrap_or_default(), text.split(' ').next().unwrap_or_default());
        if let Some(stem) =
            head.strip_suffix('-').filter(|s| s.chars().count() > 1 && tail.starts_with(char::is_lowercase))
        {
            let tail = tail.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            let kept = self.words.contains(&format!("{}-{tail}", stem.to_lowercase()));
            let whole = self.words.contains(&format!("{}{tail}", stem.to_lowercase()));
            if whole || !kept {
                joined.pop();
            }
        } else {
            joined.push(' ');
        }
        open.block.lines.push(LineBox { start: joined.len(), area: line.area });
        joined.push_str(text);
        open.last = line.clone();
    }

    fn paragraph(&mut self, line: &Line, text: String) {
        self.close();
        let x = line.x();
        self.markers.retain(|m| m.x + 4.0 < x);
        let mut block = begun(Shape::Paragraph, text, line);
        block.nesting = u8::try_from(self.markers.len()).unwrap_or(u8::MAX);
        self.open = Some(Open { block, last: line.clone(), text_x: x, heading: None });
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        if let Some(style) = open.heading {
            self.styles.push((self.blocks.len(), style));
        }
        if open.block.text.chars().any(char::is_alphanumeric) {
            self.blocks.push(open.block);
        }
    }

    fn finish(mut self) -> Extracted {
        headings::set_depths(&mut self.blocks, &self.styles);
        Extracted { blocks: self.blocks, ..Extracted::default() }
    }
}

/// A block that begins with this line.
fn begun(shape: Shape, text: String, line: &Line) -> Block {
    let lines = vec![LineBox { start: 0, area: line.area }];
    Block { lines, boxed: line.boxed, ..Block::new(shape, text, line.page) }
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', ')']).ends_with(['.', '!', '?', ':', ';'])
}
