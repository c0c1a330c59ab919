//! Optical recognition of pages that are pictures: scans, photos, faxes. Done by tesseract, on pages drawn by `pdftoppm` or
//! taken from the picture, made level first.

mod lost;
mod picture;
mod places;
mod printed;
mod program;
mod signs;
mod slips;
mod source;
mod strokes;
mod upright;
mod words;

use std::{
    path::Path,
    process::Command,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use course_format::sop::PageBox;
use image::GrayImage;

use self::{
    places::Paper,
    printed::Sheet,
    source::Line,
    words::{Area, Word},
};
use super::{Extracted, markdown, numbered};
use crate::pipeline::{Refusal, contain};

pub use picture::{check_size, decode, grey};

/// More scanned pages than this take longer than a sales rep waits.
const MAX_PAGES: usize = 200;
/// All pages of a file together.
const MAX_TIME: Duration = Duration::from_mins(9);
/// Pages recognised at the same time.
const AT_ONCE: usize = 2;
/// A4 at 300 dots per inch has so many from top to bottom.
const DRAWN_HEIGHT: &str = "3508";
/// Letters lower than this are drawn larger before they are read.
const LOW_LETTERS: f32 = 22.0;
/// Below this the page may be upside down, or lie on its side.
const UNSURE: f32 = 55.0;
/// The recogniser's ways to look at a page: as any layout, which may lose numbers that stand apart from their lines, or as one
/// column, which keeps them.
const ANY_LAYOUT: &str = "3";
const ONE_COLUMN: &str = "4";
/// Worth a second look.
const MANY_LOST: usize = 2;
/// A page of text has at least so many words.
const MANY_WORDS: usize = 15;

/// Where the pages that are to be recognised come from.
pub enum Pages<'a> {
    /// These pages of a PDF.
    Pdf(&'a [u8], Vec<u32>),
    Pictures(Vec<GrayImage>),
}

impl Pages<'_> {
    fn numbers(&self) -> Vec<u32> {
        match self {
            Self::Pdf(_, numbers) => numbers.clone(),
            Self::Pictures(pictures) => (1..).take(pictures.len()).collect(),
        }
    }
}

/// A page after recognition.
#[derive(Default)]
struct Page {
    number: u32,
    lines: Vec<Vec<Word>>,
    size: (u32, u32),
    /// By how much it was turned to be level, and then by how many quarters clockwise.
    radians: f32,
    quarters: u8,
    /// Lines that are drawn on it.
    rules: Vec<Area>,
    /// Lines that are no text, or none that can be read.
    unread: usize,
}

/// Recognises pages and leaves their blocks, each on its page. Pages without words leave none.
pub fn recognise(pages: &Pages<'_>) -> Result<Extracted, Refusal> {
    let numbers = pages.numbers();
    if numbers.len() > MAX_PAGES {
        return Err(Refusal::TooManyScans);
    }
    let folder = tempfile::tempdir().map_err(|_| Refusal::Unreadable)?;
    if let Pages::Pdf(bytes, _) = pages {
        std::fs::write(folder.path().join("scan.pdf"), bytes).map_err(|_| Refusal::Unreadable)?;
    }
    contain::allow_programs(numbers.len());
    let deadline = Instant::now() + MAX_TIME;
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE.min(numbers.len()) {
            scope.spawn(|| {
                while let Some(number) = numbers.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let read = page(pages, *number, folder.path(), deadline);
                    if read.is_err() {
                        next.store(numbers.len(), Ordering::Relaxed);
                    }
                    if let Ok(mut done) = done.lock() {
                        done.push(read);
                    }
                }
            });
        }
    });
    let done = done.into_inner().map_err(|_| Refusal::Unreadable)?;
    let mut read = done.into_iter().collect::<Result<Vec<Page>, Refusal>>()?;
    read.sort_by_key(|page| page.number);
    Ok(assembled(read))
}

fn page(pages: &Pages<'_>, number: u32, folder: &Path, deadline: Instant) -> Result<Page, Refusal> {
    let drawn = match pages {
        Pages::Pdf(..) => draw(number, folder, deadline)?,
        Pages::Pictures(pictures) => pictures.get(number as usize - 1).cloned(),
    };
    let Some(picture) = drawn else {
        return Ok(Page { number, size: (1, 1), ..Page::default() });
    };
    let whole_page = picture.dimensions();
    let (mut picture, radians) = upright::upright(picture);
    let mut lines = read(&picture, ANY_LAYOUT, number, folder, deadline)?;
    let low = words::height(&lines).filter(|h| *h < LOW_LETTERS);
    if let Some(height) = low.filter(|_| u64::from(whole_page.0) * u64::from(whole_page.1) * 4 < picture::MAX_PIXELS) {
        picture = picture::scaled(&picture, (1.5 * LOW_LETTERS / height.max(8.0)).clamp(1.5, 2.5));
        lines = read(&picture, ANY_LAYOUT, number, folder, deadline)?;
    }
    let mut quarters = 0;
    if lines.iter().flatten().count() >= MANY_WORDS && words::confidence(&lines).is_some_and(|c| c < UNSURE) {
        (quarters, picture, lines) = best_turn(picture, lines, number, folder, deadline)?;
    }
    let lost = lost::signs(&lines, &picture);
    if lost >= MANY_LOST {
        let again = read(&picture, ONE_COLUMN, number, folder, deadline)?;
        if lost::signs(&again, &picture) < lost {
            lines = again;
        }
    }
    lines.iter_mut().flatten().for_each(|word| signs::mend(word, &picture));
    lines.iter_mut().for_each(slips::mend);
    let sure = words::confidence(&lines);
    let mut unread = words::sweep(&mut lines);
    if sure.is_some_and(|c| c < UNSURE) && lines.iter().flatten().count() < MANY_WORDS {
        // Grain of the paper, or a drawing with a few letters in it.
        unread += std::mem::take(&mut lines).len();
    }
    strokes::measure(&mut lines, &picture);
    let rules = words::height(&lines).map(|height| strokes::drawn(&picture, height)).unwrap_or_default();
    Ok(Page { number, lines, size: picture.dimensions(), radians, quarters, rules, unread })
}

/// The page as it is, or turned by a quarter, a half or three: as the recogniser is surest.
fn best_turn(
    picture: GrayImage,
    lines: Vec<Vec<Word>>,
    number: u32,
    folder: &Path,
    deadline: Instant,
) -> Result<(u8, GrayImage, Vec<Vec<Word>>), Refusal> {
    let original = picture.clone();
    let mut best = (0, picture, lines);
    for quarters in [2, 1, 3] {
        let turned = match quarters {
            1 => image::imageops::rotate90(&original),
            2 => image::imageops::rotate180(&original),
            _ => image::imageops::rotate270(&original),
        };
        let lines = read(&turned, ANY_LAYOUT, number, folder, deadline)?;
        if words::confidence(&lines) > words::confidence(&best.2) {
            best = (quarters, turned, lines);
        }
        if words::confidence(&best.2).is_some_and(|c| c > UNSURE * 1.4) {
            break;
        }
    }
    Ok(best)
}

/// One page of the PDF in the folder, in grey.
fn draw(number: u32, folder: &Path, deadline: Instant) -> Result<Option<GrayImage>, Refusal> {
    let (page, name) = (number.to_string(), format!("drawn-{number}"));
    let mut command = Command::new("pdftoppm");
    command.args(["-f", &page, "-l", &page, "-scale-to", DRAWN_HEIGHT, "-gray", "-singlefile", "scan.pdf", &name]);
    if !program::run(&mut command, folder, deadline)? {
        return Ok(None);
    }
    let path = folder.join(format!("{name}.pgm"));
    let bytes = std::fs::read(&path).map_err(|_| Refusal::Unreadable)?;
    drop(std::fs::remove_file(path));
    Ok(Some(grey(decode(&bytes)?)))
}

fn read(
    picture: &GrayImage,
    layout: &str,
    number: u32,
    folder: &Path,
    deadline: Instant,
) -> Result<Vec<Vec<Word>>, Refusal> {
    let (input, output) = (format!("page-{number}.pgm"), format!("page-{number}"));
    picture::write(picture, &folder.join(&input)).map_err(|_| Refusal::Unreadable)?;
    let mut command = Command::new("tesseract");
    command
        .args([input.as_str(), &output, "-l", "eng", "--psm", layout, "--dpi", "300", "tsv"])
        .env("OMP_THREAD_LIMIT", "1");
    let path = folder.join(format!("{output}.tsv"));
    let read = program::run(&mut command, folder, deadline)?;
    let tsv = if read { std::fs::read_to_string(&path).unwrap_or_default() } else { String::new() };
    drop(std::fs::remove_file(path));
    drop(std::fs::remove_file(folder.join(input)));
    Ok(words::read(&tsv))
}

fn assembled(pages: Vec<Page>) -> Extracted {
    let count = pages.len();
    let unread: usize = pages.iter().map(|p| p.unread).sum();
    let heights: Vec<(u32, f32)> = pages.iter().map(|p| (p.number, p.size.1 as f32)).collect();
    let papers = Papers(
        pages.iter().map(|p| (p.number, Turned { size: p.size, radians: p.radians, quarters: p.quarters })).collect(),
    );
    let (mut lines, mut sheets) = (Vec::new(), Vec::new());
    for page in pages {
        lines.extend(page.lines.into_iter().filter_map(|words| Line::new(page.number, words)));
        sheets.push(Sheet { number: page.number, size: page.size, rules: page.rules });
    }
    let running = source::drop_running_lines(&mut lines, &heights);
    // Texts must not change any more when their words get places.
    let mut extracted = if source::is_markdown(&lines) {
        source::mend_hyphens(&mut lines);
        let mut extracted = markdown::extract(&source::markdown(&lines));
        extracted.blocks = numbered::items(extracted.blocks);
        places::place(&mut extracted.blocks, &lines, &papers);
        extracted
    } else {
        let mut extracted = printed::blocks(&lines, &sheets);
        extracted.blocks = numbered::items(extracted.blocks);
        for block in &mut extracted.blocks {
            printed::doubts(block, &lines, &sheets);
            block.lines.iter_mut().for_each(|line| line.area = papers.shown(line.area));
        }
        extracted
    };
    extracted.pages = u32::try_from(count).unwrap_or(u32::MAX);
    if running > 0 {
        extracted.notes.push(format!("{running} repeated page headers, footers and page numbers were left out."));
    }
    if unread > 0 {
        extracted.notes.push(format!("{unread} lines on pictures of pages are no text, or could not be read."));
    }
    extracted
}

/// How the picture of a page that was read lies on the page as it is shown.
#[derive(Clone, Copy, Default)]
struct Turned {
    size: (u32, u32),
    radians: f32,
    quarters: u8,
}

impl Turned {
    /// A place of the page as it is shown; both in shares.
    fn before(&self, x: f32, y: f32) -> (f32, f32) {
        let (x, y) = match self.quarters {
            1 => (y, 1.0 - x),
            2 => (1.0 - x, 1.0 - y),
            3 => (1.0 - y, x),
            _ => (x, y),
        };
        let (width, height) = if self.quarters % 2 == 1 { (self.size.1, self.size.0) } else { self.size };
        let (across, down) = (width.max(1) as f32, height.max(1) as f32);
        let (x, y) = upright::before((width, height), self.radians, x * across, y * down);
        ((x / across).clamp(0.0, 1.0), (y / down).clamp(0.0, 1.0))
    }
}

/// Each page with its number.
struct Papers(Vec<(u32, Turned)>);

impl Papers {
    fn of(&self, page: u32) -> Turned {
        self.0.iter().find(|(number, _)| *number == page).map_or(Turned::default(), |(_, turned)| *turned)
    }

    /// An area of a page that was turned to be read, as the page is shown.
    fn shown(&self, area: PageBox) -> PageBox {
        let paper = self.of(area.page);
        let corners =
            [(area.left, area.top), (area.right, area.top), (area.left, area.bottom), (area.right, area.bottom)]
                .map(|(x, y)| paper.before(x, y));
        let first =
            PageBox { left: corners[0].0, top: corners[0].1, right: corners[0].0, bottom: corners[0].1, ..area };
        corners.into_iter().fold(first, |b, (x, y)| PageBox {
            left: b.left.min(x),
            top: b.top.min(y),
            right: b.right.max(x),
            bottom: b.bottom.max(y),
            ..b
        })
    }
}

impl Paper for Papers {
    fn area(&self, page: u32, area: Area) -> PageBox {
        let (width, height) = self.of(page).size;
        let (width, height) = (width.max(1) as f32, height.max(1) as f32);
        self.shown(PageBox {
            page,
            left: area.left / width,
            top: area.top / height,
            right: area.right / width,
            bottom: area.bottom / height,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_on_a_page_that_was_turned_are_given_as_it_is_shown() {
        // What stands at the top left of the page as it is read stands at the bottom left of one that lay on its left side.
        for (quarters, shown) in [(0, (0.1, 0.2)), (1, (0.2, 0.9)), (2, (0.9, 0.8)), (3, (0.8, 0.1))] {
            let (x, y) = Turned { size: (2000, 1000), radians: 0.0, quarters }.before(0.1, 0.2);
            assert!((x - shown.0).abs() < 0.001 && (y - shown.1).abs() < 0.001, "{quarters}: {x} {y}");
        }
    }
}
