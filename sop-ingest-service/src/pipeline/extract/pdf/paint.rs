//! Colours, filled areas and drawn lines of a page: what hides white letters or shows them, and what frames tables.

use super::matrix::{Matrix, Rect};

/// Drawn lines are thinner than this, in points.
const THIN: f64 = 3.0;
/// Shorter lines are parts of letters and signs.
const SHORT: f64 = 6.0;
/// More lines than this make a picture and not a table.
const MAX_RULES: usize = 20_000;
const MAX_AREAS: usize = 20_000;
const ALMOST: f64 = 0.97;

/// What kind of numbers a colour has.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Space {
    Grey,
    Rgb,
    Cmyk,
    Other,
}

impl Space {
    pub fn named(name: &[u8]) -> Self {
        match name {
            b"DeviceGray" | b"CalGray" | b"G" => Self::Grey,
            b"DeviceRGB" | b"CalRGB" | b"RGB" => Self::Rgb,
            b"DeviceCMYK" | b"CMYK" => Self::Cmyk,
            _ => Self::Other,
        }
    }

    pub fn of_components(count: f64) -> Self {
        let is = |wanted: f64| (count - wanted).abs() < 0.5;
        match (is(1.0), is(3.0), is(4.0)) {
            (true, ..) => Self::Grey,
            (_, true, _) => Self::Rgb,
            (_, _, true) => Self::Cmyk,
            _ => Self::Other,
        }
    }

    pub fn is_white(self, colour: &[f64]) -> bool {
        match (self, colour.len()) {
            (Self::Grey, 1) | (Self::Rgb, 3) => colour.iter().all(|c| *c >= ALMOST),
            (Self::Cmyk, 4) => colour.iter().all(|c| *c <= 1.0 - ALMOST),
            _ => false,
        }
    }
}

/// What has been painted so far.
#[derive(Debug, Default)]
pub struct Canvas {
    /// The outlines that wait for being filled or drawn.
    rectangles: Vec<Rect>,
    lines: Vec<((f64, f64), (f64, f64))>,
    start: (f64, f64),
    at: (f64, f64),
    areas: Vec<(Rect, bool)>,
    pub rules: Vec<Rect>,
}

impl Canvas {
    pub fn rectangle(&mut self, matrix: &Matrix, [x, y, width, height]: [f64; 4]) {
        let corners = [(x, y), (x + width, y), (x, y + height), (x + width, y + height)];
        let corners = corners.map(|(x, y)| matrix.apply(x, y));
        if self.rectangles.len() < MAX_RULES {
            self.rectangles.extend(Rect::of(&corners));
        }
        (self.start, self.at) = (corners[0], corners[0]);
    }

    pub fn move_to(&mut self, matrix: &Matrix, x: f64, y: f64) {
        self.at = matrix.apply(x, y);
        self.start = self.at;
    }

    pub fn line_to(&mut self, matrix: &Matrix, x: f64, y: f64) {
        let to = matrix.apply(x, y);
        if self.lines.len() < MAX_RULES {
            self.lines.push((self.at, to));
        }
        self.at = to;
    }

    pub fn close(&mut self) {
        let (from, to) = (self.at, self.start);
        self.lines.push((from, to));
        self.at = to;
    }

    pub fn curve_to(&mut self, matrix: &Matrix, x: f64, y: f64) {
        self.at = matrix.apply(x, y);
    }

    pub fn forget(&mut self) {
        self.rectangles.clear();
        self.lines.clear();
    }

    /// Ends the outlines.
    pub fn paint(&mut self, filled: bool, drawn: bool, white: bool) {
        let outline: Vec<(f64, f64)> = self.lines.iter().flat_map(|(a, b)| [*a, *b]).collect();
        let shape = Rect::of(&outline).filter(|r| filled && r.width() > THIN && r.height() > THIN);
        for rect in self.rectangles.drain(..).chain(shape) {
            let thin = rect.width() <= THIN || rect.height() <= THIN;
            if thin && (drawn || filled && !white) {
                rule(&mut self.rules, rect);
            } else if drawn {
                for edge in edges(rect) {
                    rule(&mut self.rules, edge);
                }
            }
            if filled && !thin && self.areas.len() < MAX_AREAS {
                self.areas.push((rect, white));
            }
        }
        for (from, to) in self.lines.drain(..) {
            if drawn && let Some(line) = Rect::of(&[from, to]) {
                rule(&mut self.rules, line);
            }
        }
        // A thin outline that is filled is a line too.
        if filled
            && !white
            && !drawn
            && shape.is_none()
            && let Some(line) = Rect::of(&outline)
        {
            rule(&mut self.rules, line);
        }
    }

    /// A picture: whatever is written on it is meant to be read.
    pub fn picture(&mut self, matrix: &Matrix) {
        let corners = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)].map(|(x, y)| matrix.apply(x, y));
        if self.areas.len() < MAX_AREAS {
            self.areas.extend(Rect::of(&corners).map(|r| (r, false)));
        }
    }

    /// Would white letters be seen here?
    pub fn is_dark(&self, x: f64, y: f64) -> bool {
        self.areas.iter().rev().find(|(area, _)| area.holds(x, y)).is_some_and(|(_, white)| !white)
    }
}

fn rule(rules: &mut Vec<Rect>, rect: Rect) {
    let straight = rect.width() <= THIN || rect.height() <= THIN;
    if straight && rect.width().max(rect.height()) >= SHORT && rules.len() < MAX_RULES {
        rules.push(rect);
    }
}

fn edges(r: Rect) -> [Rect; 4] {
    [Rect { bottom: r.top, ..r }, Rect { top: r.bottom, ..r }, Rect { right: r.left, ..r }, Rect { left: r.right, ..r }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_letters_are_seen_on_what_was_painted_last() {
        let mut canvas = Canvas::default();
        canvas.rectangle(&Matrix::IDENTITY, [0.0, 0.0, 100.0, 100.0]);
        canvas.paint(true, false, false);
        assert!(canvas.is_dark(50.0, 50.0) && !canvas.is_dark(150.0, 50.0));
        canvas.rectangle(&Matrix::IDENTITY, [40.0, 40.0, 20.0, 20.0]);
        canvas.paint(true, false, true);
        assert!(!canvas.is_dark(50.0, 50.0));
    }

    #[test]
    fn thin_areas_and_the_edges_of_frames_are_lines() {
        let mut canvas = Canvas::default();
        canvas.rectangle(&Matrix::IDENTITY, [0.0, 0.0, 100.0, 0.5]);
        canvas.paint(true, false, false);
        assert_eq!(canvas.rules.len(), 1);
        canvas.rectangle(&Matrix::IDENTITY, [0.0, 0.0, 100.0, 50.0]);
        canvas.paint(false, true, false);
        assert_eq!(canvas.rules.len(), 5);
    }
}
