//! Optical recognition of pages that are pictures: scans, photos, faxes. Done by tesseract, on pages drawn by `pdftoppm` or
//! taken from the picture, made level first.

mod picture;
mod places;
mod program;
mod signs;
mod source;
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
    source::Line,
    words::{Area, Word},
};
use super::{Extracted, markdown, numbered, text};
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
struct Page {
    number: u32,
    lines: Vec<Vec<Word>>,
    size: (u32, u32),
    /// By how much it was turned to be level.
    radians: f32,
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
        return Ok(Page { number, lines: Vec::new(), size: (1, 1), radians: 0.0, unread: 0 });
    };
    let whole_page = picture.dimensions();
    let (mut picture, radians) = upright::upright(picture);
    let mut lines = read(&picture, number, folder, deadline)?;
    let low = words::height(&lines).filter(|h| *h < LOW_LETTERS);
    if let Some(height) = low.filter(|_| u64::from(whole_page.0) * u64::from(whole_page.1) * 4 < picture::MAX_PIXELS) {
        picture = picture::scaled(&picture, (1.5 * LOW_LETTERS / height.max(8.0)).clamp(1.5, 2.5));
        lines = read(&picture, number, folder, deadline)?;
    }
    if lines.iter().flatten().count() >= MANY_WORDS && words::confidence(&lines).is_some_and(|c| c < UNSURE) {
        (picture, lines) = best_turn(picture, lines, number, folder, deadline)?;
    }
    lines.iter_mut().flatten().for_each(|word| signs::mend(word, &picture));
    let sure = words::confidence(&lines);
    let mut unread = words::sweep(&mut lines);
    if sure.is_some_and(|c| c < UNSURE) && lines.iter().flatten().count() < MANY_WORDS {
        // Grain of the paper, or a drawing with a few letters in it.
        unread += std::mem::take(&mut lines).len();
    }
    Ok(Page { number, lines, size: picture.dimensions(), radians, unread })
}

/// The page as it is, or turned by a quarter, a half or three: as the recogniser is surest.
fn best_turn(
    picture: GrayImage,
    lines: Vec<Vec<Word>>,
    number: u32,
    folder: &Path,
    deadline: Instant,
) -> Result<(GrayImage, Vec<Vec<Word>>), Refusal> {
    let turns: [fn(&GrayImage) -> GrayImage; 3] =
        [|p| image::imageops::rotate180(p), |p| image::imageops::rotate90(p), |p| image::imageops::rotate270(p)];
    let mut best = (picture, lines);
    let original = best.0.clone();
    for turn in turns {
        let turned = turn(&original);
        let lines = read(&turned, number, folder, deadline)?;
        if words::confidence(&lines) > words::confidence(&best.1) {
            best = (turned, lines);
        }
        if words::confidence(&best.1).is_some_and(|c| c > UNSURE * 1.4) {
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

fn read(picture: &GrayImage, number: u32, folder: &Path, deadline: Instant) -> Result<Vec<Vec<Word>>, Refusal> {
    let (input, output) = (format!("page-{number}.pgm"), format!("page-{number}"));
    picture::write(picture, &folder.join(&input)).map_err(|_| Refusal::Unreadable)?;
    let mut command = Command::new("tesseract");
    command
        .args([input.as_str(), &output, "-l", "eng", "--psm", "3", "--dpi", "300", "tsv"])
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
    let papers = Papers(pages.iter().map(|p| (p.number, p.size, p.radians)).collect());
    let of_page = |p: Page| p.lines.into_iter().filter_map(move |words| Line::new(p.number, words));
    let mut lines: Vec<Line> = pages.into_iter().flat_map(of_page).collect();
    let running = source::drop_running_lines(&mut lines, &heights);
    source::mend_hyphens(&mut lines);
    let markdown = source::is_markdown(&lines);
    let source = source::text(&lines, markdown);
    let mut extracted = if markdown { markdown::extract(&source) } else { text::extract(&source) };
    // Texts must not change any more when their words get places.
    extracted.blocks = numbered::items(std::mem::take(&mut extracted.blocks));
    places::place(&mut extracted.blocks, &lines, &papers);
    extracted.pages = u32::try_from(count).unwrap_or(u32::MAX);
    if running > 0 {
        extracted.notes.push(format!("{running} repeated page headers, footers and page numbers were left out."));
    }
    if unread > 0 {
        extracted.notes.push(format!("{unread} lines on pictures of pages are no text, or could not be read."));
    }
    extracted
}

/// Number, size and turn of each page.
struct Papers(Vec<(u32, (u32, u32), f32)>);

impl Paper for Papers {
    fn area(&self, page: u32, area: Area) -> PageBox {
        let (size, radians) =
            self.0.iter().find(|(n, ..)| *n == page).map_or(((1, 1), 0.0), |(_, size, r)| (*size, *r));
        let corners =
            [(area.left, area.top), (area.right, area.top), (area.left, area.bottom), (area.right, area.bottom)]
                .map(|(x, y)| upright::before(size, radians, x, y))
                .map(|(x, y)| ((x / size.0 as f32).clamp(0.0, 1.0), (y / size.1 as f32).clamp(0.0, 1.0)));
        let first = PageBox { page, left: corners[0].0, top: corners[0].1, right: corners[0].0, bottom: corners[0].1 };
        corners.into_iter().fold(first, |b, (x, y)| PageBox {
            page,
            left: b.left.min(x),
            top: b.top.min(y),
            right: b.right.max(x),
            bottom: b.bottom.max(y),
        })
    }
}
