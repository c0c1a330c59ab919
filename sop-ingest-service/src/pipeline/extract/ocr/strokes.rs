//! What the ink of a page says beside its letters: how thick their strokes are, and where lines are drawn.

use image::GrayImage;

use super::{
    picture::whole,
    words::{Area, Word, median},
};

/// Shorter strokes belong to letters, in heights of ordinary letters.
const LINE_FROM: f32 = 3.0;
/// Thicker ones are filled areas.
const LINE_THICK: f32 = 0.35;
/// Lines of tables may be light grey.
const DARK: f32 = 0.86;
/// A broken line goes on after a gap of so many dots.
const GAP: u32 = 3;
/// More than this on a page is a photo.
const MAX_LINES: usize = 2_000;

/// Notes how thick the strokes of each word are.
pub fn measure(lines: &mut [Vec<Word>], picture: &GrayImage) {
    for word in lines.iter_mut().flatten() {
        word.stem = stem(word.area, picture);
    }
}

/// The ordinary length of a run of ink along the rows of a word: the thickness of its upright strokes.
fn stem(area: Area, picture: &GrayImage) -> f32 {
    let (left, right) = (whole(area.left), whole(area.right).min(picture.width()));
    let (top, bottom) = (whole(area.top), whole(area.bottom).min(picture.height()));
    if left >= right || top >= bottom {
        return 0.0;
    }
    let width = picture.width() as usize;
    let rows: Vec<&[u8]> = (top..bottom)
        .filter_map(|y| picture.get(y as usize * width + left as usize..y as usize * width + right as usize))
        .collect();
    let darkest = rows.iter().flat_map(|row| row.iter()).min().copied().unwrap_or(0);
    let lightest = rows.iter().flat_map(|row| row.iter()).max().copied().unwrap_or(255);
    let limit = darkest + (lightest - darkest) / 2;
    let span = f32::from(lightest - darkest).max(1.0);
    let mut runs: Vec<f32> = Vec::new();
    for row in rows {
        // Grey edges count for their share, so that half a dot is told from a whole one.
        let mut open = 0.0;
        for shade in row {
            if *shade < limit {
                open += f32::from(lightest - shade) / span;
            } else if open > 0.0 {
                runs.push(std::mem::take(&mut open));
            }
        }
        if open > 0.0 {
            runs.push(open);
        }
    }
    median(&mut runs).unwrap_or(0.0)
}

/// Drawn lines, flat and upright, in dots. `letter` is the height of ordinary letters.
pub fn drawn(picture: &GrayImage, letter: f32) -> Vec<Area> {
    let limit = f32::from(paper(picture)) * DARK;
    let limit = u8::try_from(whole(limit)).unwrap_or(u8::MAX);
    let (longer, thinner) = (whole(letter * LINE_FROM).max(20), (letter * LINE_THICK).max(4.0));
    let (width, height) = picture.dimensions();
    let mut flat = Merging::default();
    let mut upright = Merging::default();
    // For each column: where its run of ink began, and where ink was seen last.
    let mut columns: Vec<Option<(u32, u32)>> = vec![None; width as usize];
    let rows = picture.as_raw().chunks_exact(width.max(1) as usize);
    for (y, row) in (0..).zip(rows) {
        let mut run: Option<(u32, u32)> = None;
        for (x, shade) in (0..).zip(row) {
            let column = &mut columns[x as usize];
            if *shade < limit {
                run = Some(run.map_or((x, x), |(from, _)| (from, x)));
                *column = Some(column.map_or((y, y), |(from, _)| (from, y)));
                continue;
            }
            if let Some((from, last)) = run
                && x - last > GAP
            {
                flat.push(y, from, last, longer);
                run = None;
            }
            if let Some((from, last)) = *column
                && y - last > GAP
            {
                upright.push(x, from, last, longer);
                *column = None;
            }
        }
        if let Some((from, last)) = run {
            flat.push(y, from, last, longer);
        }
    }
    for (x, column) in (0..).zip(&columns) {
        if let Some((from, last)) = column {
            upright.push(x, *from, *last, longer);
        }
    }
    if flat.0.len() + upright.0.len() > MAX_LINES * 8 || height == 0 {
        return Vec::new();
    }
    let flat = flat.merged().into_iter().map(|(across, along)| Area {
        left: along.0,
        right: along.1,
        top: across.0,
        bottom: across.1,
    });
    let upright = upright.merged().into_iter().map(|(across, along)| Area {
        left: across.0,
        right: across.1,
        top: along.0,
        bottom: along.1,
    });
    let lines: Vec<Area> =
        flat.filter(|a| a.height() <= thinner).chain(upright.filter(|a| a.right - a.left <= thinner)).collect();
    if lines.len() > MAX_LINES { Vec::new() } else { lines }
}

/// Runs of ink: the row (or column) that each lies in, and from where to where it goes.
#[derive(Default)]
struct Merging(Vec<(u32, u32, u32)>);

type Span = (f32, f32);

impl Merging {
    fn push(&mut self, across: u32, from: u32, to: u32, longer: u32) {
        if to - from >= longer {
            self.0.push((across, from, to));
        }
    }

    /// Runs beside each other are one line: its thickness, and its length.
    fn merged(mut self) -> Vec<(Span, Span)> {
        self.0.sort_unstable();
        let mut open: Vec<(u32, u32, u32, u32)> = Vec::new();
        let mut done = Vec::new();
        for (across, from, to) in self.0 {
            let (near, passed): (Vec<_>, Vec<_>) = open.into_iter().partition(|line| across - line.1 <= 2);
            done.extend(passed);
            open = near;
            match open.iter_mut().find(|line| line.2 <= to && from <= line.3) {
                Some(line) => *line = (line.0, across, line.2.min(from), line.3.max(to)),
                None => open.push((across, across, from, to)),
            }
        }
        done.append(&mut open);
        let span = |from: u32, to: u32| (from as f32, to as f32 + 1.0);
        done.into_iter().map(|(first, last, from, to)| (span(first, last), span(from, to))).collect()
    }
}

/// The shade of the paper: the most common one among the light ones.
pub fn paper(picture: &GrayImage) -> u8 {
    let mut counts = [0_u32; 256];
    picture.as_raw().iter().step_by(7).for_each(|shade| counts[usize::from(*shade)] += 1);
    let light = counts.iter().enumerate().skip(100).max_by_key(|(_, count)| **count);
    light.and_then(|(shade, _)| u8::try_from(shade).ok()).unwrap_or(255)
}

#[cfg(test)]
mod tests {
    use image::Luma;

    use super::*;

    #[test]
    fn drawn_lines_are_found_and_letters_and_areas_are_not() {
        let picture = GrayImage::from_fn(600, 400, |x, y| {
            let flat = (100..500).contains(&x) && (50..53).contains(&y) && x != 300;
            let upright = (200..202).contains(&x) && (50..350).contains(&y);
            let area = (100..500).contains(&x) && (360..395).contains(&y);
            let letter = (20..24).contains(&x) && (20..50).contains(&y);
            Luma([if flat || upright || area || letter { 60 } else { 245 }])
        });
        let lines = drawn(&picture, 30.0);
        let shown: Vec<[u32; 4]> = lines.iter().map(|a| [a.left, a.top, a.right, a.bottom].map(whole)).collect();
        assert_eq!(shown, [[100, 50, 500, 53], [200, 50, 202, 350]]);
    }

    #[test]
    fn bold_strokes_are_thicker() {
        let word = |stem: u32| {
            let picture = GrayImage::from_fn(200, 40, |x, _| Luma([if x % 20 < stem { 0 } else { 255 }]));
            super::stem(Area { left: 0.0, top: 0.0, right: 200.0, bottom: 40.0 }, &picture)
        };
        assert!((word(4) - 4.0).abs() < 0.1 && (word(7) - 7.0).abs() < 0.1);
    }
}
