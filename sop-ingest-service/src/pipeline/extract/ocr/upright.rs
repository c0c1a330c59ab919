//! Pages lie a little askew on the glass of a scanner: the angle at which lines are sharpest is the page's.

use image::{GrayImage, Luma};

use super::picture::whole;

/// Further askew than this is turned on purpose.
const MAX_DEGREES: f32 = 8.0;
const COARSE: f32 = 0.5;
const FINE: f32 = 0.1;
/// Below it the recogniser does as well without.
const WORTH_TURNING: f32 = 0.25;
/// The angle is measured on a picture of about this width.
const MEASURED_WIDTH: u32 = 700;
const MAX_DOTS: usize = 60_000;

/// The page with its lines level, and the angle in radians by which it was turned.
pub fn upright(picture: GrayImage) -> (GrayImage, f32) {
    let degrees = angle(&picture);
    if degrees.abs() < WORTH_TURNING {
        return (picture, 0.0);
    }
    let radians = degrees.to_radians();
    (turned(&picture, radians), radians)
}

/// Where a place of the turned picture was before, both from the top left corner.
pub fn before(size: (u32, u32), radians: f32, x: f32, y: f32) -> (f32, f32) {
    let (middle_x, middle_y) = (size.0 as f32 / 2.0, size.1 as f32 / 2.0);
    let (sin, cos) = radians.sin_cos();
    let (x, y) = (x - middle_x, y - middle_y);
    (middle_x + x * cos - y * sin, middle_y + x * sin + y * cos)
}

fn angle(picture: &GrayImage) -> f32 {
    let dots = dark(picture);
    if dots.len() < 200 {
        return 0.0;
    }
    let sharpest = |from: f32, to: f32, step: f32| {
        let steps = whole((to - from) / step);
        let tried = (0..=steps).map(|n| from + n as f32 * step).map(|degrees| (degrees, sharpness(&dots, degrees)));
        tried.max_by(|a, b| a.1.total_cmp(&b.1)).map_or(0.0, |(degrees, _)| degrees)
    };
    let coarse = sharpest(-MAX_DEGREES, MAX_DEGREES, COARSE);
    let found = sharpest(coarse - COARSE, coarse + COARSE, FINE);
    // A page without lines is as sharp at any angle.
    if sharpness(&dots, found) > sharpness(&dots, 0.0) * 1.02 { found } else { 0.0 }
}

/// Places of ink, on a smaller picture.
fn dark(picture: &GrayImage) -> Vec<(f32, f32)> {
    let step = (picture.width() / MEASURED_WIDTH).max(1);
    let small = image::imageops::thumbnail(picture, picture.width() / step, picture.height() / step);
    let mean =
        small.pixels().map(|p| u64::from(p.0[0])).sum::<u64>() / u64::from(small.width() * small.height()).max(1);
    let ink = u8::try_from(mean * 3 / 4).unwrap_or(128);
    // The edges of the glass are dark too, and say nothing.
    let (margin_x, margin_y) = (small.width() / 20, small.height() / 20);
    let inside = |x: u32, y: u32| {
        (margin_x..small.width() - margin_x).contains(&x) && (margin_y..small.height() - margin_y).contains(&y)
    };
    let dots: Vec<(f32, f32)> = small
        .enumerate_pixels()
        .filter(|(x, y, p)| p.0[0] < ink && inside(*x, *y))
        .map(|(x, y, _)| (x as f32, y as f32))
        .collect();
    let every = dots.len().div_ceil(MAX_DOTS).max(1);
    dots.into_iter().step_by(every).collect()
}

/// How much the ink of neighbouring rows differs when the page is turned by so much.
fn sharpness(dots: &[(f32, f32)], degrees: f32) -> f64 {
    let slope = degrees.to_radians().tan();
    let mut rows = vec![0_i64; 4096];
    for (x, y) in dots {
        let row = whole(y - x * slope + 512.0) as usize;
        if let Some(row) = rows.get_mut(row) {
            *row += 1;
        }
    }
    rows.windows(2).map(|pair| ((pair[0] - pair[1]) * (pair[0] - pair[1])) as f64).sum()
}

fn turned(picture: &GrayImage, radians: f32) -> GrayImage {
    let size = picture.dimensions();
    let (start, across) = (before(size, radians, 0.0, 0.0), radians.sin_cos());
    let (sin, cos) = across;
    let mut turned = GrayImage::from_pixel(size.0, size.1, Luma([255]));
    for (y, row) in turned.rows_mut().enumerate() {
        let (mut from_x, mut from_y) = (start.0 - y as f32 * sin, start.1 + y as f32 * cos);
        for pixel in row {
            if let Some(shade) = between(picture, from_x, from_y) {
                *pixel = Luma([shade]);
            }
            from_x += cos;
            from_y += sin;
        }
    }
    turned
}

/// The shade at a place between four pixels; `None` outside.
fn between(picture: &GrayImage, x: f32, y: f32) -> Option<u8> {
    if x < 0.0 || y < 0.0 {
        return None;
    }
    let (left, top) = (whole(x.floor()), whole(y.floor()));
    if left + 1 >= picture.width() || top + 1 >= picture.height() {
        return None;
    }
    let (dx, dy) = (x - left as f32, y - top as f32);
    let shade = |x: u32, y: u32| f32::from(picture.get_pixel(x, y).0[0]);
    let upper = shade(left, top) * (1.0 - dx) + shade(left + 1, top) * dx;
    let lower = shade(left, top + 1) * (1.0 - dx) + shade(left + 1, top + 1) * dx;
    u8::try_from(whole(upper * (1.0 - dy) + lower * dy)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines() -> GrayImage {
        GrayImage::from_fn(900, 1200, |x, y| {
            let printed = y % 40 < 12 && (100..800).contains(&x) && (80..1100).contains(&y) && (x / 9) % 5 != 0;
            Luma([if printed { 20 } else { 240 }])
        })
    }

    #[test]
    fn a_page_that_lies_askew_is_turned_back() {
        let askew = turned(&lines(), 3.0_f32.to_radians());
        let (_, radians) = upright(askew);
        assert!((radians.to_degrees() + 3.0).abs() < 0.3, "{}", radians.to_degrees());
    }

    #[test]
    fn a_level_page_and_an_empty_one_are_left_alone() {
        assert_eq!(upright(lines()).1.to_bits(), 0.0_f32.to_bits());
        assert_eq!(upright(GrayImage::from_pixel(500, 700, Luma([255]))).1.to_bits(), 0.0_f32.to_bits());
    }
}
