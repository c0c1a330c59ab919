//! Signs that tesseract's English model does not know and reads as others: "≤" as "<", "→" as ">" or "+", a dash as a
//! hyphen. A limit must not be read as another limit, so their ink is measured.

use image::GrayImage;

use super::{
    picture::whole,
    words::{Area, Word},
};

/// A dash is longer than this share of the height of a digit; a hyphen is shorter.
const DASH_FROM: f32 = 0.52;
/// An arrow is longer than high; "+" and ">" are not.
const ARROW_FROM: f32 = 1.3;
/// The bar of "≤" covers this share of the sign's width.
const BAR_FROM: f32 = 0.6;

/// Puts the sign that stands on the page in place of the one that was read.
pub fn mend(word: &mut Word, picture: &GrayImage) {
    if let Some(rest) =
        word.text.strip_prefix('+').filter(|r| r.is_empty() || r.starts_with(|c: char| c.is_ascii_digit()))
        && Ink::of(picture, word.area).first().is_some_and(|sign| sign.has_bar_below())
    {
        word.text = format!("±{rest}");
        return;
    }
    let sign = match word.text.as_str() {
        "<" | ">" | "+" | "=" | "~" | "-" | "—" | "»" | "«" | "=>" | "->" | "—>" | "-—" => word.text.clone(),
        text if text.contains('-') && text.contains(|c: char| c.is_ascii_digit()) => return dashes(word, picture),
        _ => return,
    };
    let ink = Ink::of(picture, word.area);
    let (width, height) = ink.size();
    if width == 0 || height == 0 {
        return;
    }
    let long = width as f32 / height as f32;
    let mended = match sign.as_str() {
        "<" | ">" | "=" if ink.has_bar_below() && ink.points_left() => "≤",
        "<" | ">" | "=" if ink.has_bar_below() && ink.points_right() => "≥",
        "=>" | "->" | "—>" | "-—" => "→",
        "<" | "«" | "=" => return,
        _ if long >= ARROW_FROM && ink.is_arrow() => "→",
        _ => return,
    };
    mended.clone_into(&mut word.text);
}

/// "0-7" is "0–7" where the stroke is as long as a dash; "-12" is "–12".
fn dashes(word: &mut Word, picture: &GrayImage) {
    let ink = Ink::of(picture, word.area);
    let (_, height) = ink.size();
    let strokes: Vec<bool> = ink
        .columns()
        .into_iter()
        .filter_map(|columns| ink.flat_stroke(&columns).then(|| columns.len() as f32 / height as f32 >= DASH_FROM))
        .collect();
    if strokes.len() != word.text.matches('-').count() {
        return;
    }
    let mut strokes = strokes.into_iter();
    let mut mended = String::with_capacity(word.text.len() + 4);
    for c in word.text.chars() {
        let dash = c == '-' && strokes.next().unwrap_or(false);
        mended.push(if dash { '–' } else { c });
    }
    word.text = mended;
}

/// The ink of a word: dark or not, row by row, without empty edges.
struct Ink {
    rows: Vec<Vec<bool>>,
}

impl Ink {
    fn of(picture: &GrayImage, area: Area) -> Self {
        let (left, top) = (whole(area.left), whole(area.top));
        let (right, bottom) = (whole(area.right).min(picture.width()), whole(area.bottom).min(picture.height()));
        let shade = |x: u32, y: u32| picture.get_pixel(x, y).0[0];
        let all = || (top..bottom).flat_map(|y| (left..right).map(move |x| (x, y)));
        let darkest = all().map(|(x, y)| shade(x, y)).min().unwrap_or(0);
        let lightest = all().map(|(x, y)| shade(x, y)).max().unwrap_or(255);
        let limit = darkest + (lightest - darkest) / 2;
        let mut rows: Vec<Vec<bool>> =
            (top..bottom).map(|y| (left..right).map(|x| shade(x, y) < limit).collect()).collect();
        let empty = |row: &Vec<bool>| row.iter().filter(|ink| **ink).count() < 2;
        rows.drain(..rows.iter().take_while(|r| empty(r)).count());
        rows.truncate(rows.len() - rows.iter().rev().take_while(|r| empty(r)).count());
        let mut ink = Self { rows };
        if let Some((first, last)) = ink.columns().first().map(|c| c.start).zip(ink.columns().last().map(|c| c.end)) {
            ink.rows.iter_mut().for_each(|row| *row = row[first..last].to_vec());
        }
        ink
    }

    /// The ink of its first sign.
    fn first(&self) -> Option<Self> {
        let columns = self.columns().into_iter().next()?;
        let mut rows: Vec<Vec<bool>> = self.rows.iter().map(|row| row[columns.clone()].to_vec()).collect();
        let empty = |row: &Vec<bool>| !row.contains(&true);
        rows.drain(..rows.iter().take_while(|r| empty(r)).count());
        rows.truncate(rows.len() - rows.iter().rev().take_while(|r| empty(r)).count());
        Some(Self { rows })
    }

    fn size(&self) -> (usize, usize) {
        (self.rows.first().map_or(0, Vec::len), self.rows.len())
    }

    /// Runs of columns with ink.
    fn columns(&self) -> Vec<std::ops::Range<usize>> {
        let (width, _) = self.size();
        let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
        for x in 0..width {
            if self.rows.iter().filter(|row| row[x]).count() < 2 {
                continue;
            }
            match runs.last_mut() {
                Some(run) if run.end == x => run.end = x + 1,
                _ => runs.push(x..x + 1),
            }
        }
        runs.retain(|run| run.len() > 2);
        runs
    }

    /// A run that is one thin stroke at half height.
    fn flat_stroke(&self, columns: &std::ops::Range<usize>) -> bool {
        let height = self.rows.len();
        let inked: Vec<usize> = (0..height)
            .filter(|y| self.rows[*y][columns.clone()].iter().filter(|i| **i).count() * 2 > columns.len())
            .collect();
        let any: Vec<usize> = (0..height).filter(|y| self.rows[*y][columns.clone()].iter().any(|i| *i)).collect();
        let (Some(first), Some(last)) = (inked.first(), inked.last()) else { return false };
        let thin = (last - first + 1) * 4 < height && any.len() * 3 < height;
        thin && *first * 5 > height && *last * 5 < height * 4
    }

    /// Its first row of ink stands on the right: "<".
    fn points_left(&self) -> bool {
        self.rows.first().is_some_and(|row| row[..row.len() / 2].iter().all(|ink| !ink))
    }

    fn points_right(&self) -> bool {
        self.rows.first().is_some_and(|row| row[row.len().div_ceil(2)..].iter().all(|ink| !ink))
    }

    /// One straight stroke at half height, with a head that is higher than the stroke at the right end.
    fn is_arrow(&self) -> bool {
        let (width, height) = self.size();
        let straight = self.rows.iter().position(|row| row.iter().filter(|i| **i).count() * 10 >= width * 8);
        let head =
            self.rows.iter().any(|row| row[width / 2..].iter().any(|i| *i) && !row[..width / 3].iter().any(|i| *i));
        straight.is_some_and(|y| y * 5 > height && y * 5 < height * 4) && head
    }

    /// Under the sign, and apart from it, lies a bar of its width.
    fn has_bar_below(&self) -> bool {
        let (width, height) = self.size();
        let full = |row: &Vec<bool>| row.iter().filter(|i| **i).count() as f32 >= width as f32 * BAR_FROM;
        let bar = self.rows.iter().rev().skip_while(|r| !full(r)).take_while(|r| full(r)).count();
        let below = self.rows.iter().rev().take_while(|r| !full(r)).count();
        bar > 0 && bar * 4 < height && below * 6 < height
    }
}

#[cfg(test)]
mod tests {
    use image::Luma;

    use super::*;

    /// Draws signs from rows of '#' and spaces, each mark five pixels wide.
    fn mended(text: &str, drawing: &[&str]) -> String {
        let size = |marks: usize| u32::try_from(marks).unwrap() * 5 + 10;
        let (width, height) = (size(drawing[0].len()), size(drawing.len()));
        let picture = GrayImage::from_fn(width, height, |x, y| {
            let mark = (x >= 5 && y >= 5)
                .then(|| drawing.get(y as usize / 5 - 1)?.as_bytes().get(x as usize / 5 - 1))
                .flatten();
            Luma([if mark == Some(&b'#') { 10 } else { 250 }])
        });
        let area = Area { left: 0.0, top: 0.0, right: width as f32, bottom: height as f32 };
        let mut word = Word { text: text.to_owned(), confidence: 80.0, area, stem: 0.0 };
        mend(&mut word, &picture);
        word.text
    }

    #[test]
    fn a_limit_with_its_bar_is_told_from_one_without() {
        let less = ["    ##", "  ##  ", "##    ", "  ##  ", "    ##", "      "];
        assert_eq!(mended("<", &less), "<");
        let with_bar = [less[0], less[1], less[2], less[3], less[4], less[5], "######"];
        assert_eq!(mended("<", &with_bar), "≤");
        assert_eq!(mended("=", &with_bar), "≤");
        assert_eq!(mended("=", &["######", "      ", "######"]), "=");
    }

    #[test]
    fn a_tolerance_is_told_from_a_plus() {
        let plus = ["  #    ###", "  #    # #", "#####  # #", "  #    # #", "  #    ###"];
        assert_eq!(mended("+0", &plus), "+0");
        let bar = ["  #    ###", "  #    # #", "#####  # #", "  #    # #", "  #    # #", "       # #", "#####  ###"];
        assert_eq!(mended("+0", &bar), "±0");
    }

    #[test]
    fn an_arrow_is_longer_than_a_plus() {
        assert_eq!(mended("+", &["  #  ", "  #  ", "#####", "  #  ", "  #  "]), "+");
        assert_eq!(mended("+", &["      #  ", "       # ", "#########", "       # ", "      #  "]), "→");
    }

    #[test]
    fn a_dash_between_numbers_is_longer_than_a_hyphen() {
        let hyphen = ["###      ###", "# #      # #", "# #  ##  # #", "# #      # #", "# #      # #", "###      ###"];
        let dash = [
            "###        ###",
            "# #        # #",
            "# #  ####  # #",
            "# #        # #",
            "# #        # #",
            "###        ###",
        ];
        assert_eq!(mended("0-0", &hyphen), "0-0");
        assert_eq!(mended("0-0", &dash), "0–0");
    }
}
