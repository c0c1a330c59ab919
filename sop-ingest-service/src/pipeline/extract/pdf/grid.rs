//! Tables and boxes whose edges are drawn: the lines say exactly what a cell is.

use super::{interpreter::Glyph, matrix::Rect};

/// Lines meet when they come this close, in points.
const SLACK: f64 = 2.5;
/// Lines of one row or column stand this close to each other.
const SAME: f64 = 3.0;
/// A frame around nearly the whole page frames nothing.
const PAGE_SHARE: f64 = 0.8;
/// Wider grids are drawings.
const MAX_LINES: usize = 400;

/// One drawn table.
#[derive(Debug)]
pub struct Grid {
    pub area: Rect,
    pub rows: Vec<Vec<Rect>>,
}

impl Grid {
    /// A frame around text and not a table.
    pub fn is_frame(&self) -> bool {
        self.rows.iter().all(|row| row.len() <= 1)
    }
}

/// The grids of a page, from the top.
pub fn find(rules: &[Rect], width: f64, height: f64) -> Vec<Grid> {
    let mut grids: Vec<Grid> = connected(rules).iter().filter_map(|lines| grid(lines)).collect();
    grids.retain(|g| {
        !(g.is_frame() && g.area.width() > width * PAGE_SHARE && g.area.height() > height * PAGE_SHARE)
            && g.area.height() > 6.0
    });
    grids.sort_by(|a, b| a.area.top.total_cmp(&b.area.top));
    // A grid inside of another one is part of it.
    let outer: Vec<Rect> = grids.iter().map(|g| g.area).collect();
    let inside = |a: &Rect, b: &Rect| {
        a != b
            && a.left >= b.left - SAME
            && a.right <= b.right + SAME
            && a.top >= b.top - SAME
            && a.bottom <= b.bottom + SAME
    };
    grids.retain(|g| !outer.iter().any(|o| inside(&g.area, o)));
    grids
}

/// Lines that touch each other, directly or through others.
fn connected(rules: &[Rect]) -> Vec<Vec<Rect>> {
    let mut order: Vec<usize> = (0..rules.len()).collect();
    order.sort_by(|a, b| rules[*a].top.total_cmp(&rules[*b].top));
    let mut groups: Vec<(Rect, Vec<Rect>)> = Vec::new();
    for at in order {
        let rule = rules[at];
        let (touching, apart): (Vec<_>, Vec<_>) = groups
            .into_iter()
            .partition(|(area, lines)| area.touches(&rule, SLACK) && lines.iter().any(|l| l.touches(&rule, SLACK)));
        groups = apart;
        let mut merged = (rule, vec![rule]);
        for (area, mut lines) in touching {
            merged.0 = Rect {
                left: merged.0.left.min(area.left),
                top: merged.0.top.min(area.top),
                right: merged.0.right.max(area.right),
                bottom: merged.0.bottom.max(area.bottom),
            };
            merged.1.append(&mut lines);
        }
        groups.push(merged);
    }
    groups.into_iter().map(|(_, lines)| lines).filter(|lines| lines.len() >= 3).collect()
}

fn grid(lines: &[Rect]) -> Option<Grid> {
    let (flat, upright): (Vec<&Rect>, Vec<&Rect>) = lines.iter().partition(|l| l.width() >= l.height());
    if upright.is_empty() || flat.len() < 2 {
        return None;
    }
    let area = Rect {
        left: lines.iter().map(|l| l.left).fold(f64::MAX, f64::min),
        right: lines.iter().map(|l| l.right).fold(f64::MIN, f64::max),
        top: lines.iter().map(|l| l.top).fold(f64::MAX, f64::min),
        bottom: lines.iter().map(|l| l.bottom).fold(f64::MIN, f64::max),
    };
    let middle_y = |l: &&Rect| f64::midpoint(l.top, l.bottom);
    let middle_x = |l: &&Rect| f64::midpoint(l.left, l.right);
    let ys = places(flat.iter().map(middle_y).chain([area.top, area.bottom]));
    let xs = places(upright.iter().map(middle_x).chain([area.left, area.right]));
    if ys.len() < 2 || xs.len() < 2 || ys.len() > MAX_LINES || xs.len() > MAX_LINES {
        return None;
    }
    let wall = |x: f64, y: f64| upright.iter().any(|l| (middle_x(l) - x).abs() <= SAME && l.top <= y && y <= l.bottom);
    let floor = |x: f64, y: f64| flat.iter().any(|l| (middle_y(l) - y).abs() <= SAME && l.left <= x && x <= l.right);
    let mut rows = Vec::new();
    // Cells that reach into the row below: their columns are taken there.
    let mut taken = vec![0_usize; xs.len() - 1];
    for top in 0..ys.len() - 1 {
        let middle = f64::midpoint(ys[top], ys[top + 1]);
        let mut row = Vec::new();
        let mut left = 0;
        while left + 1 < xs.len() {
            let mut right = left + 1;
            while right + 1 < xs.len() && !wall(xs[right], middle) {
                right += 1;
            }
            if taken[left] > top {
                left = right;
                continue;
            }
            let mut bottom = top + 1;
            let centre = f64::midpoint(xs[left], xs[right]);
            while bottom + 1 < ys.len() && !floor(centre, ys[bottom]) {
                bottom += 1;
            }
            taken[left..right].fill(bottom);
            row.push(Rect { left: xs[left], right: xs[right], top: ys[top], bottom: ys[bottom] });
            left = right;
        }
        rows.push(row);
    }
    Some(Grid { area, rows })
}

/// Distinct places, those that stand close to each other taken as one.
fn places(all: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut sorted: Vec<f64> = all.collect();
    sorted.sort_by(f64::total_cmp);
    let mut distinct: Vec<f64> = Vec::new();
    for place in sorted {
        if distinct.last().is_none_or(|last| place - last > SAME) {
            distinct.push(place);
        }
    }
    distinct
}

/// Takes the glyphs of each cell out of the page.
pub fn fill(grid: &Grid, glyphs: &mut Vec<Glyph>) -> Vec<Vec<Vec<Glyph>>> {
    let mut cells: Vec<Vec<Vec<Glyph>>> = grid.rows.iter().map(|row| vec![Vec::new(); row.len()]).collect();
    glyphs.retain(|glyph| {
        let (x, y) = (f64::midpoint(glyph.x, glyph.right), glyph.y - glyph.size * 0.3);
        if !grid.area.holds(x, y) {
            return true;
        }
        let found =
            grid.rows.iter().enumerate().find_map(|(r, row)| row.iter().position(|c| c.holds(x, y)).map(|c| (r, c)));
        let Some((row, cell)) = found else { return true };
        cells[row][cell].push(*glyph);
        false
    });
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(y: f64, left: f64, right: f64) -> Rect {
        Rect { left, right, top: y, bottom: y }
    }

    fn upright(x: f64, top: f64, bottom: f64) -> Rect {
        Rect { left: x, right: x, top, bottom }
    }

    #[test]
    fn drawn_lines_make_cells_and_missing_ones_merge_them() {
        // Two rows and three columns; the first row's last two cells are one, the first column's two cells are one.
        let rules = [
            flat(100.0, 50.0, 350.0),
            flat(120.0, 150.0, 350.0),
            flat(140.0, 50.0, 350.0),
            upright(50.0, 100.0, 140.0),
            upright(150.0, 100.0, 140.0),
            upright(250.0, 120.0, 140.0),
            upright(350.0, 100.0, 140.0),
        ];
        let grids = find(&rules, 600.0, 800.0);
        assert_eq!(grids.len(), 1);
        let sizes: Vec<Vec<(f64, f64)>> =
            grids[0].rows.iter().map(|r| r.iter().map(|c| (c.width(), c.height())).collect()).collect();
        assert_eq!(sizes, [vec![(100.0, 40.0), (200.0, 20.0)], vec![(100.0, 20.0), (100.0, 20.0)]]);
    }

    #[test]
    fn a_frame_around_the_page_and_an_underline_are_no_tables() {
        let frame = [
            flat(10.0, 10.0, 590.0),
            flat(790.0, 10.0, 590.0),
            upright(10.0, 10.0, 790.0),
            upright(590.0, 10.0, 790.0),
            flat(300.0, 50.0, 120.0),
        ];
        assert!(find(&frame, 600.0, 800.0).is_empty());
    }
}
