//! Pages set in columns: the left one is read to its end before the right one begins.

use super::glyphs::Line;

/// A column has so many lines at least.
const MIN_LINES: usize = 4;
/// Lines of text fill their column to this share, words of a table's cell do not.
const FULL: f64 = 0.7;
const MIN_WORDS: f64 = 3.5;
/// The space between columns stands in this part of the page.
const MIDDLE: std::ops::Range<f64> = 0.25..0.75;

/// The lines of one page in reading order. Lines of one column share its number.
pub fn in_reading_order(lines: Vec<Line>, width: f64) -> Vec<Line> {
    let Some(gutter) = gutter(&lines, width) else { return lines };
    let mut out = Vec::with_capacity(lines.len());
    let mut band: Vec<Line> = Vec::new();
    let mut column = 1;
    for line in lines {
        let crosses = line.row.is_some() || line.cells.iter().any(|c| c.x < gutter && c.right > gutter);
        if crosses {
            close(&mut band, gutter, &mut column, &mut out);
            out.push(Line { column, ..line });
        } else {
            band.push(line);
        }
    }
    close(&mut band, gutter, &mut column, &mut out);
    out
}

/// Where most lines leave the same gap.
fn gutter(lines: &[Line], width: f64) -> Option<f64> {
    let gaps: Vec<(f64, f64)> = lines
        .iter()
        .flat_map(|l| l.cells.windows(2).map(|pair| (pair[0].right, pair[1].x)))
        .filter(|(left, right)| right > &(width * MIDDLE.start) && left < &(width * MIDDLE.end))
        .collect();
    let best = gaps
        .iter()
        .map(|(_, right)| right - 1.0)
        .filter(|x| (width * MIDDLE.start..width * MIDDLE.end).contains(x))
        .map(|x| (gaps.iter().filter(|(l, r)| *l <= x && x <= *r).count(), x))
        .max_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)))?;
    (best.0 >= MIN_LINES).then_some(best.1)
}

fn close(band: &mut Vec<Line>, gutter: f64, column: &mut u32, out: &mut Vec<Line>) {
    if !is_columns(band, gutter) {
        out.extend(band.drain(..).map(|line| Line { column: *column, ..line }));
        return;
    }
    let mut right = Vec::new();
    *column += 1;
    for line in band.drain(..) {
        let (first, second): (Vec<_>, Vec<_>) = line.cells.iter().cloned().partition(|c| c.right <= gutter);
        if !second.is_empty() {
            right.push(line.with_cells(second, *column + 1));
        }
        if !first.is_empty() {
            out.push(line.with_cells(first, *column));
        }
    }
    out.append(&mut right);
    *column += 2;
}

/// Text on both sides, and not the cells of a table.
fn is_columns(band: &[Line], gutter: f64) -> bool {
    let side = |left: bool| -> bool {
        let parts: Vec<(f64, f64, usize)> = band
            .iter()
            .filter_map(|line| {
                let cells: Vec<_> = line.cells.iter().filter(|c| (c.right <= gutter) == left).collect();
                let words = cells.iter().map(|c| c.text.split(' ').count()).sum();
                Some((cells.first()?.x, cells.last()?.right, words))
            })
            .collect();
        let start = parts.iter().map(|p| p.0).fold(f64::MAX, f64::min);
        let end = parts.iter().map(|p| p.1).fold(f64::MIN, f64::max);
        let full = parts.iter().filter(|p| p.1 - p.0 >= FULL * (end - start)).count();
        let words: usize = parts.iter().map(|p| p.2).sum();
        parts.len() >= MIN_LINES && full * 2 >= parts.len() && words as f64 >= MIN_WORDS * parts.len() as f64
    };
    side(true) && side(false)
}
