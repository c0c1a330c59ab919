//! Lines whose cells stand below each other.

use course_format::sop::PageBox;

use super::{
    glyphs::{Cell, Line},
    layout::Usual,
};
use crate::pipeline::extract::lines::{after_bullet, labelled};

/// Cells begin at the same place, give or take this many points.
const ALIGNED: f64 = 4.0;

pub struct Table {
    /// How many lines it takes.
    pub lines: usize,
    pub rows: Vec<Row>,
}

pub struct Row {
    pub area: PageBox,
    pub cells: Vec<String>,
}

/// The table that begins with the first of these lines.
pub fn at(lines: &[Line], usual: &Usual) -> Option<Table> {
    let first = lines.first().filter(|l| is_row(l))?;
    let mut columns: Vec<Column> = first.cells.iter().map(Column::of).collect();
    let mut taken = 1;
    for line in &lines[1..] {
        let gap = line.y - lines[taken - 1].y;
        let close = line.page == first.page
            && line.column == first.column
            && line.row.is_none()
            && gap < usual.leading.max(line.size * 1.2) * 2.6;
        let known = line.cells.iter().filter(|c| columns.iter().any(|column| column.holds(c))).count();
        let (left, right) = (columns[0].left, columns.iter().map(|c| c.right).fold(0.0, f64::max));
        let inside = line.x() >= left - ALIGNED && line.right() <= right + ALIGNED;
        let wrapped = line.cells.len() == 1 && inside && !is_item(line) && gap < line.size * 1.45;
        if !close || !(wrapped || is_row(line) && known * 2 >= line.cells.len()) {
            break;
        }
        for cell in &line.cells {
            widen(&mut columns, cell);
        }
        taken += 1;
    }
    let lines = &lines[..taken];
    if lines.iter().filter(|l| is_row(l)).count() < 2 {
        return None;
    }
    let starts: Vec<f64> = columns.iter().map(|c| c.left).collect();
    Some(Table { lines: taken, rows: rows(lines, &starts) })
}

/// Where the cells of one column stand, from the leftmost to the rightmost.
struct Column {
    left: f64,
    right: f64,
}

impl Column {
    fn of(cell: &Cell) -> Self {
        Self { left: cell.x, right: cell.right }
    }

    fn holds(&self, cell: &Cell) -> bool {
        (cell.x - self.left).abs() <= ALIGNED || cell.x < self.right && self.left < cell.right
    }
}

/// Makes room for a cell: in its column, or in a new one. A cell over several columns widens none.
fn widen(columns: &mut Vec<Column>, cell: &Cell) {
    let mut holding = columns.iter_mut().filter(|c| c.holds(cell));
    match (holding.next(), holding.next()) {
        (Some(column), None) => {
            column.left = column.left.min(cell.x);
            column.right = column.right.max(cell.right);
        }
        (None, _) => {
            columns.push(Column::of(cell));
            columns.sort_by(|a, b| a.left.total_cmp(&b.left));
        }
        (Some(_), Some(_)) => {}
    }
}

fn is_row(line: &Line) -> bool {
    line.cells.len() >= 2 && !is_item(line)
}

/// A marker and its text are two cells, but not of a table.
fn is_item(line: &Line) -> bool {
    let text = line.text();
    let marker = line.cells.first().is_some_and(|c| c.text.chars().count() <= 5);
    marker && line.cells.len() <= 2 && (after_bullet(&text).is_some() || labelled(&text).is_some())
}

fn rows(lines: &[Line], columns: &[f64]) -> Vec<Row> {
    let gaps: Vec<f64> = lines.windows(2).map(|w| w[1].y - w[0].y).collect();
    let (tight, wide) = (gaps.iter().copied().fold(f64::MAX, f64::min), gaps.iter().copied().fold(0.0, f64::max));
    let padded = wide > tight * 1.25;
    let mut rows: Vec<Row> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let gap = at.checked_sub(1).map_or(f64::MAX, |before| gaps[before]);
        let first_empty = line.cells.first().is_none_or(|c| c.x > columns[0] + ALIGNED);
        let goes_on = gap < line.size * 1.45
            && if padded { gap < f64::midpoint(tight, wide) } else { first_empty || line.cells.len() == 1 };
        if !goes_on || rows.is_empty() {
            rows.push(Row { area: line.area, cells: vec![String::new(); columns.len()] });
        }
        let Some(row) = rows.last_mut() else { continue };
        row.area = row.area.around(line.area);
        let row = &mut row.cells;
        for cell in &parted(line, columns) {
            let place = columns.iter().filter(|c| **c <= cell.x + ALIGNED).count().saturating_sub(1);
            if !row[place].is_empty() {
                row[place].push(' ');
            }
            row[place].push_str(&cell.text);
        }
    }
    rows
}

/// A long cell may leave no gap before the next one; then the next one still begins where its column begins.
fn parted(line: &Line, columns: &[f64]) -> Vec<Cell> {
    let mut cells = Vec::with_capacity(columns.len());
    for cell in &line.cells {
        match columns.iter().filter(|x| **x > cell.x + ALIGNED).find_map(|x| cell.cut(*x)) {
            Some((left, right)) => cells.extend([left, right]),
            None => cells.push(cell.clone()),
        }
    }
    cells
}

/// Lines of one row whose cells are centred on each other stand closer than lines of text ever do.
const HALF_LINE: f64 = 0.95;
/// Rows have so many lines at most; more are two columns of text side by side.
const BAND: usize = 7;

/// Brings the lines of such rows together. Everything else stays as it is.
pub fn bands(lines: Vec<Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    let mut band: Vec<Line> = Vec::new();
    for line in lines {
        let joins = band
            .last()
            .is_some_and(|last| line.y - last.y < HALF_LINE * line.size.min(last.size) && !overlap(last, &line));
        if !joins {
            close(&mut band, &mut out);
        }
        band.push(line);
    }
    close(&mut band, &mut out);
    out
}

fn overlap(a: &Line, b: &Line) -> bool {
    a.cells.iter().any(|x| b.cells.iter().any(|y| x.x < y.right && y.x < x.right))
}

fn close(band: &mut Vec<Line>, out: &mut Vec<Line>) {
    let cells: usize = band.iter().map(|l| l.cells.len()).sum();
    if band.len() < 2 || band.len() > BAND || cells < 3 {
        out.append(band);
        return;
    }
    let mut lines = band.drain(..);
    let Some(mut row) = lines.next() else { return };
    for line in lines {
        row.bold &= line.bold;
        row.area = row.area.around(line.area);
        for cell in line.cells {
            match row.cells.iter_mut().find(|c| c.x < cell.right && cell.x < c.right) {
                Some(above) => {
                    above.text.push(' ');
                    above.text.push_str(&cell.text);
                    above.right = above.right.max(cell.right);
                    above.words.clear();
                }
                None => row.cells.push(cell),
            }
        }
    }
    row.cells.sort_by(|a, b| a.x.total_cmp(&b.x));
    out.push(row);
}
