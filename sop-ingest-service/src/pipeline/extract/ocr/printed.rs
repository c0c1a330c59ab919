//! Recognised words as characters at places, so that the layout of scanned pages is found as that of printed ones: columns,
//! tables, lists and headings.

use super::{
    places,
    source::Line,
    words::{APART, Area, Word, marker, median},
};
use crate::pipeline::{
    extract::{
        Block, Extracted,
        pdf::{self, Glyph, Page, Rect, Seen},
    },
    pattern::patterns,
};

patterns! {
    NUMBER_AND_COMMA = r"^(\d{1,2}),$";
    BARE_NUMBER = r"^[1-9]\d?$";
}

/// Ordinary letters of every scan are brought to this size in points: the layout counts in points.
const ORDINARY: f32 = 10.5;
/// Sizes that differ by less than this share are one.
const SAME_SIZE: f32 = 0.085;
/// Strokes of bold letters are so much thicker.
const BOLD_FROM: f32 = 1.27;
/// How far letters reach below their line, in their size.
const DESCENT: f32 = 0.21;

/// A page whose words are known.
pub struct Sheet {
    pub number: u32,
    /// In dots, as the words are placed.
    pub size: (u32, u32),
    /// Drawn lines, in dots.
    pub rules: Vec<Area>,
}

/// The blocks of all pages; areas are shares of the sheets as they were read.
pub fn blocks(lines: &[Line], sheets: &[Sheet]) -> Extracted {
    let sizes: Vec<Option<f32>> = lines.iter().map(|line| size(&line.words)).collect();
    let height = |page: u32| sheets.iter().find(|s| s.number == page).map_or(1.0, |s| s.size.1.max(1) as f32);
    let weighted = |value: fn(f32, &Line) -> f32| {
        let mut all: Vec<f32> = lines
            .iter()
            .zip(&sizes)
            .filter_map(|(line, size)| Some((value((*size)? / height(line.page), line), line.words.len())))
            .flat_map(|(value, words)| std::iter::repeat_n(value, words))
            .filter(|value| *value > 0.0)
            .collect();
        median(&mut all)
    };
    let share = weighted(|size, _| size).unwrap_or(0.012);
    let thick = weighted(|size, line| stem(line) / size);
    let scales: Vec<f32> = sheets.iter().map(|s| ORDINARY / (share * s.size.1.max(1) as f32)).collect();
    let scale = |page: u32| sheets.iter().position(|s| s.number == page).map_or(1.0, |at| scales[at]);
    let points: Vec<f32> =
        lines.iter().zip(&sizes).map(|(line, size)| size.map_or(ORDINARY, |s| s * scale(line.page))).collect();
    let points = alike(&points);
    let pages = sheets.iter().zip(&scales).map(|(sheet, scale)| {
        let mut seen = Seen {
            width: f64::from(sheet.size.0 as f32 * scale),
            height: f64::from(sheet.size.1 as f32 * scale),
            rules: sheet.rules.iter().map(|area| rect(*area, *scale)).collect(),
            ..Seen::default()
        };
        for (line, size) in lines.iter().zip(&points).filter(|(line, _)| line.page == sheet.number) {
            let own = self::size(&line.words).unwrap_or(size / scale);
            let bold = thick.is_some_and(|thick| stem(line) / (own / height(line.page)) > thick * BOLD_FROM);
            seen.glyphs.extend(glyphs(line, &sheet.rules, own, (*size, *scale), bold));
        }
        pdf::page(sheet.number, 0, seen)
    });
    let pages: Vec<Page> = pages.collect();
    pdf::blocks(pages)
}

fn rect(area: Area, scale: f32) -> Rect {
    let [left, top, right, bottom] =
        [area.left, area.top, area.right, area.bottom].map(|place| f64::from(place * scale));
    Rect { left, top, right, bottom }
}

/// The size of the letters: how high a word is depends on whether it has high and low letters.
fn size(words: &[Word]) -> Option<f32> {
    let mut sizes: Vec<f32> = words.iter().filter(|w| w.text.chars().count() > 1).filter_map(em).collect();
    if sizes.is_empty() {
        sizes.extend(words.iter().filter_map(em));
    }
    median(&mut sizes)
}

fn em(word: &Word) -> Option<f32> {
    if !word.text.contains(char::is_alphanumeric) {
        return None;
    }
    let high =
        word.text.contains(|c: char| c.is_uppercase() || c.is_ascii_digit() || "bdfhijklt()[]/|&%\"'“”’".contains(c));
    let share = match (high, is_low(&word.text)) {
        (true, true) => 0.93,
        (true, false) => 0.72,
        (false, true) => 0.73,
        (false, false) => 0.53,
    };
    Some(word.area.height() / share)
}

fn is_low(text: &str) -> bool {
    text.contains(|c: char| "gjpqyQ()[]/|,;".contains(c))
}

/// Where the letters stand.
fn baseline(line: &Line, em: f32) -> f32 {
    let of = |word: &Word| word.area.bottom - if is_low(&word.text) { DESCENT * em } else { 0.0 };
    let mut lines: Vec<f32> = line.words.iter().filter(|w| w.text.contains(char::is_alphanumeric)).map(of).collect();
    median(&mut lines).unwrap_or(line.area.bottom)
}

fn stem(line: &Line) -> f32 {
    let mut stems: Vec<f32> = line.words.iter().filter(|w| w.text.chars().count() > 1).map(|w| w.stem).collect();
    if stems.is_empty() {
        stems.extend(line.words.iter().map(|w| w.stem));
    }
    median(&mut stems).unwrap_or(0.0)
}

/// Sizes that are nearly the same become the same.
fn alike(sizes: &[f32]) -> Vec<f32> {
    let ordinary = |size: f32| (size / ORDINARY - 1.0).abs() <= SAME_SIZE;
    let mut others: Vec<f32> = sizes.iter().copied().filter(|s| !ordinary(*s)).collect();
    others.sort_by(f32::total_cmp);
    let groups: Vec<&[f32]> = others.chunk_by(|a, b| b / a <= 1.0 + SAME_SIZE / 2.0).collect();
    let common = |size: f32| {
        let group = groups.iter().find(|group| group.contains(&size));
        group.map_or(size, |group| group[group.len() / 2])
    };
    sizes.iter().map(|size| if ordinary(*size) { ORDINARY } else { common(*size) }).collect()
}

/// The letters of a line, each in its share of its word.
fn glyphs(line: &Line, rules: &[Area], em: f32, (size, scale): (f32, f32), bold: bool) -> Vec<Glyph> {
    let y = f64::from(baseline(line, em) * scale);
    let size = f64::from(size);
    let mut out = Vec::new();
    for (at, word) in line.words.iter().enumerate() {
        let text = match at {
            0 if marker(&line.words) => "•".to_owned(),
            0 if is_numbered(&line.words, rules) => format!("{}.", word.text),
            0 if line.words.len() > 1 => NUMBER_AND_COMMA.replace(&word.text, "$1.").into_owned(),
            _ => word.text.clone(),
        };
        let (left, right) = (f64::from(word.area.left * scale), f64::from(word.area.right * scale));
        let step = (right - left) / text.chars().count().max(1) as f64;
        out.extend(text.chars().enumerate().map(|(n, letter)| {
            let x = left + n as f64 * step;
            Glyph { x, right: x + step, y, size, bold, letter }
        }));
        out.push(Glyph { x: right, right, y, size, bold, letter: ' ' });
    }
    out
}

/// A number without its full stop: it stands apart from a sentence, and no line is drawn between the two.
fn is_numbered(words: &[Word], rules: &[Area]) -> bool {
    let [number, next, ..] = words else { return false };
    let apart = next.area.left - number.area.right >= APART * next.area.height();
    let between = |rule: &Area| {
        (number.area.right..=next.area.left).contains(&rule.left)
            && rule.top < number.area.bottom
            && number.area.top < rule.bottom
    };
    BARE_NUMBER.is_match(&number.text)
        && apart
        && next.text.starts_with(char::is_uppercase)
        && !rules.iter().any(between)
}

/// Which words of a block are doubtful: those that stand in its areas with its letters.
pub fn doubts(block: &mut Block, lines: &[Line], sheets: &[Sheet]) {
    let mut near: Vec<&Word> = Vec::new();
    for area in block.lines.iter().map(|line| line.area) {
        let Some(sheet) = sheets.iter().find(|s| s.number == area.page) else { continue };
        let (width, height) = (sheet.size.0.max(1) as f32, sheet.size.1.max(1) as f32);
        let inside = |word: &&Word| {
            let x = f32::midpoint(word.area.left, word.area.right) / width;
            let y = f32::midpoint(word.area.top, word.area.bottom) / height;
            (area.left..=area.right).contains(&x) && (area.top..=area.bottom).contains(&y)
        };
        near.extend(lines.iter().filter(|l| l.page == area.page).flat_map(|l| &l.words).filter(inside));
    }
    let (mut sure, mut letters) = (0.0, 0.0);
    let text = block.text.clone();
    for (start, token) in places::tokens(&text) {
        let wanted = places::folded(token);
        let Some(at) = near.iter().position(|word| places::folded(&word.text) == wanted) else { continue };
        let word = near.remove(at);
        sure += word.confidence * token.len() as f32;
        letters += token.len() as f32;
        if places::is_doubtful(token, word.confidence) {
            block.doubtful.push(start..start + token.len());
        }
    }
    block.confidence = (letters > 0.0).then(|| (sure / letters / 100.0).clamp(0.0, 1.0));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::extract::Shape;

    /// A line as the recogniser leaves it: its words with a space of half a letter's height between them.
    fn line(left: f32, top: f32, height: f32, text: &str) -> Line {
        let mut x = left;
        let words = text.split(' ').map(|text| {
            let width = text.chars().count() as f32 * height * 0.55;
            let low = if is_low(text) { 0.2 } else { 0.0 };
            let area = Area { left: x, top, right: x + width, bottom: top + height * (1.0 + low) };
            // Numbers and bullets stand apart from their words.
            x += width + if x > left || width > height { height * 0.4 } else { height };
            Word { text: text.to_owned(), confidence: 96.0, area, stem: 4.0 }
        });
        Line::new(1, words.collect()).unwrap()
    }

    fn shown(lines: &[Line], rules: Vec<Area>) -> Vec<String> {
        let sheet = Sheet { number: 1, size: (2480, 3508), rules };
        let show = |b: &Block| match &b.shape {
            Shape::Heading { .. } => format!("# {}", b.text),
            Shape::Item(item) => format!("{} {}", item.label.clone().unwrap_or_else(|| "-".to_owned()), b.text),
            Shape::Row { .. } => format!("| {}", b.text),
            _ => b.text.clone(),
        };
        blocks(lines, &[sheet]).blocks.iter().map(show).collect()
    }

    #[test]
    fn headings_lists_and_their_numbers_are_found_by_their_places() {
        let lines = [
            line(200.0, 300.0, 48.0, "Cold store"),
            line(200.0, 420.0, 32.0, "1 Open the door of the store and look at the whole of the"),
            line(250.0, 470.0, 32.0, "lower shelf."),
            line(200.0, 540.0, 32.0, "e Check the seal."),
            line(200.0, 610.0, 32.0, "¢ Close the door."),
        ];
        assert_eq!(
            shown(&lines, Vec::new()),
            [
                "# Cold store",
                "1 Open the door of the store and look at the whole of the lower shelf.",
                "- Check the seal.",
                "- Close the door.",
            ]
        );
    }

    #[test]
    fn cells_of_a_drawn_table_are_a_row_whatever_order_they_were_read_in() {
        let lines = [
            line(200.0, 300.0, 32.0, "Fridge"),
            line(200.0, 400.0, 32.0, "Dairy"),
            line(900.0, 300.0, 32.0, "Limit"),
            line(900.0, 400.0, 32.0, "4 °C"),
        ];
        let flat = |y: f32| Area { left: 180.0, right: 1500.0, top: y, bottom: y + 3.0 };
        let upright = |x: f32| Area { left: x, right: x + 3.0, top: 280.0, bottom: 480.0 };
        let rules = vec![flat(280.0), flat(380.0), flat(480.0), upright(180.0), upright(880.0), upright(1500.0)];
        assert_eq!(shown(&lines, rules), ["| Fridge | Limit", "| Dairy | 4 °C"]);
    }

    #[test]
    fn sizes_that_are_nearly_the_same_are_one() {
        assert_eq!(alike(&[10.0, 11.0, 14.0, 14.3, 19.0]), [ORDINARY, ORDINARY, 14.3, 14.3, 19.0]);
    }
}
