//! Numbers and bullets that stand apart from their lines are sometimes not read: ink before a line that no word covers.

use image::GrayImage;

use super::{
    picture::whole,
    strokes::paper,
    words::{Area, Word},
};

/// A number stands so far before its line at most, in heights of the line, and at least.
const FAR: f32 = 3.5;
const NEAR: f32 = 0.35;
/// What is darker than this share of the paper is ink.
const INK: f32 = 0.6;
/// A sign has so much ink, in squares of the line's height; less is dust.
const SIGN: f32 = 0.02;

/// Before how many lines a sign stands that was not read.
pub fn signs(lines: &[Vec<Word>], picture: &GrayImage) -> usize {
    let limit = whole(f32::from(paper(picture)) * INK);
    let ink = |x: u32, y: u32| u32::from(picture.get_pixel(x, y).0[0]) < limit;
    let words: Vec<Area> = lines.iter().flatten().map(|word| word.area).collect();
    let lost = |line: &&Vec<Word>| {
        let Some(area) = line.iter().map(|word| word.area).reduce(Area::around) else { return false };
        let height = area.height();
        let (from, to) = (whole(area.left - FAR * height), whole(area.left - NEAR * height).min(picture.width()));
        let (top, bottom) = (whole(area.top), whole(area.bottom).min(picture.height()));
        let near: Vec<&Area> = words.iter().filter(|w| w.top < area.bottom && area.top < w.bottom).collect();
        let covered = |x: u32| near.iter().any(|w| (w.left - 3.0..=w.right + 3.0).contains(&(x as f32)));
        let columns = (from..to).filter(|x| !covered(*x));
        let dots = columns.map(|x| (top..bottom).filter(|y| ink(x, *y)).count());
        // A drawn line covers the whole height.
        let dots: usize = dots.filter(|dots| (*dots as f32) < height * 0.95).sum();
        dots as f32 > SIGN * height * height
    };
    lines.iter().filter(lost).count()
}

#[cfg(test)]
mod tests {
    use image::Luma;

    use super::*;

    #[test]
    fn a_number_before_a_line_is_missed_and_a_border_is_not() {
        let area = Area { left: 100.0, top: 20.0, right: 300.0, bottom: 50.0 };
        let line = vec![vec![Word { text: "Wash".to_owned(), confidence: 90.0, area, stem: 0.0 }]];
        let page = |number: bool| {
            GrayImage::from_fn(400, 80, |x, y| {
                let sign = number && (60..70).contains(&x) && (25..48).contains(&y);
                let border = (30..33).contains(&x);
                Luma([if sign || border || (100..300).contains(&x) { 0 } else { 250 }])
            })
        };
        assert_eq!(signs(&line, &page(true)), 1);
        assert_eq!(signs(&line, &page(false)), 0);
        let number = Word { text: "1.".to_owned(), area: Area { left: 60.0, right: 70.0, ..area }, ..Word::default() };
        assert_eq!(signs(&[line[0].clone(), vec![number]], &page(true)), 0);
    }
}
