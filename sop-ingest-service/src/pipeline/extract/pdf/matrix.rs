//! Places on a page: transformations and upright rectangles.

/// `x' = a x + c y + e`, `y' = b x + d y + f`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Matrix(pub [f64; 6]);

impl Matrix {
    pub const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// This one first, then `after`.
    pub fn then(&self, after: &Self) -> Self {
        let (own, m) = (self.0, after.0);
        Self([
            own[0] * m[0] + own[1] * m[2],
            own[0] * m[1] + own[1] * m[3],
            own[2] * m[0] + own[3] * m[2],
            own[2] * m[1] + own[3] * m[3],
            own[4] * m[0] + own[5] * m[2] + m[4],
            own[4] * m[1] + own[5] * m[3] + m[5],
        ])
    }

    pub fn moved(&self, x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y]).then(self)
    }

    pub fn apply(&self, x: f64, y: f64) -> (f64, f64) {
        let m = self.0;
        (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
    }

    /// From a page's own space to what is seen: points from the top left corner, with its width and height.
    pub fn page(area: [f64; 4], turns: u8) -> (Self, f64, f64) {
        let [left, bottom, right, top] = area;
        let (width, height) = (right - left, top - bottom);
        match turns {
            1 => (Self([0.0, 1.0, 1.0, 0.0, -bottom, -left]), height, width),
            2 => (Self([-1.0, 0.0, 0.0, 1.0, right, -bottom]), width, height),
            3 => (Self([0.0, -1.0, -1.0, 0.0, top, right]), height, width),
            _ => (Self([1.0, 0.0, 0.0, -1.0, -left, top]), width, height),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Rect {
    pub fn of(points: &[(f64, f64)]) -> Option<Self> {
        let (x, y) = *points.first()?;
        let first = Self { left: x, top: y, right: x, bottom: y };
        let rect = points.iter().fold(first, |r, (x, y)| Self {
            left: r.left.min(*x),
            top: r.top.min(*y),
            right: r.right.max(*x),
            bottom: r.bottom.max(*y),
        });
        [rect.left, rect.top, rect.right, rect.bottom].iter().all(|v| v.is_finite()).then_some(rect)
    }

    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    pub fn holds(&self, x: f64, y: f64) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    /// Do they touch, give or take `slack` points?
    pub fn touches(&self, other: &Self, slack: f64) -> bool {
        self.left <= other.right + slack
            && other.left <= self.right + slack
            && self.top <= other.bottom + slack
            && other.top <= self.bottom + slack
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_page_is_seen_upright() {
        let area = [10.0, 20.0, 110.0, 220.0];
        for (turns, seen, size) in [
            (0, (0.0, 200.0), (100.0, 200.0)),
            (1, (0.0, 0.0), (200.0, 100.0)),
            (2, (100.0, 0.0), (100.0, 200.0)),
            (3, (200.0, 100.0), (200.0, 100.0)),
        ] {
            let (matrix, width, height) = Matrix::page(area, turns);
            assert_eq!((matrix.apply(10.0, 20.0), (width, height)), (seen, size), "{turns} turns");
        }
    }
}
