//! Lines whose cells stand below each other.

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
    pub rows: Vec<(u32, Vec<String>)>,
}

/// The table that begins with the first of these lines.
pub fn at(lines: &[Line], usual: &Usual) -> Option<Table> {
    let first = lines.first().filter(|l| is_row(l))?;
    let mut columns: Vec<f64> = first.cells.iter().map(|c| c.x).collect();
    let mut taken = 1;
    for line in &lines[1..] {
        let close = line.page == first.page && line.y - lines[taken - 1].y < usual.leading.max(line.size * 1.2) * 2.6;
        let known = line.cells.iter().filter(|c| column(&columns, c.x).is_some()).count();
        let wrapped =
            line.cells.len() == 1 && known == 1 && !is_item(line) && line.y - lines[taken - 1].y < line.size * 1.45;
        if !close || !(wrapped || is_row(line) && known * 2 >= line.cells.len()) {
            break;
        }
        for cell in line.cells.iter().filter(|_| is_row(line)) {
            if column(&columns, cell.x).is_none() {
                columns.push(cell.x);
            }
        }
        taken += 1;
    }
    let lines = &lines[..taken];
    if lines.iter().filter(|l| is_row(l)).count() < 2 {
        return None;
    }
    columns.sort_by(f64::total_cmp);
    Some(Table { lines: taken, rows: rows(lines, &columns) })
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

fn column(columns: &[f64], x: f64) -> Option<usize> {
    columns.iter().position(|c| (c - x).abs() <= ALIGNED)
}

fn rows(lines: &[Line], columns: &[f64]) -> Vec<(u32, Vec<String>)> {
    let gaps: Vec<f64> = lines.windows(2).map(|w| w[1].y - w[0].y).collect();
    let (tight, wide) = (gaps.iter().copied().fold(f64::MAX, f64::min), gaps.iter().copied().fold(0.0, f64::max));
    let padded = wide > tight * 1.25;
    let mut rows: Vec<(u32, Vec<String>)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let gap = at.checked_sub(1).map_or(f64::MAX, |before| gaps[before]);
        let first_empty = line.cells.first().is_none_or(|c| c.x > columns[0] + ALIGNED);
        let goes_on = gap < line.size * 1.45
            && if padded { gap < f64::midpoint(tight, wide) } else { first_empty || line.cells.len() == 1 };
        if !goes_on || rows.is_empty() {
            rows.push((line.page, vec![String::new(); columns.len()]));
        }
        let Some((_, row)) = rows.last_mut() else { continue };
        for cell in &parted(line, columns) {
            let place = column(columns, cell.x)
                .unwrap_or_else(|| columns.iter().filter(|c| **c <= cell.x).count().saturating_sub(1));
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
