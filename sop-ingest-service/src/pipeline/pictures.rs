//! A picture of every page, so that a reviewer sees each clause where it stands.
//!
//! A child of this binary (`draw-contained FILE FOLDER`) limits its own memory, processor time and file sizes: a hostile file can
//! end nothing but its own drawing. For a PDF `pdftoppm` takes its place; pictures it draws itself; of an archive it takes
//! out what has pages.

use std::{
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
    time::Duration,
};

use course_format::sop::SopFormat;
use image::{GrayImage, codecs::jpeg::JpegEncoder, imageops::FilterType};
use rustix::process::{Resource, Rlimit, setrlimit};

use super::{
    contain::MAX_FILE,
    extract::{archived, pictures as scans},
    identify::looks_like_pdf,
};

pub const COMMAND: &str = "draw-contained";
pub const CONTENT_TYPE: &str = "image/jpeg";

/// Enough to read small print on a screen.
const DOTS_PER_INCH: &str = "110";
/// Longer documents are read, but only so many of their pages are drawn.
const MAX_PAGES: usize = 500;
const WALL_CLOCK: Duration = Duration::from_mins(4);
const CPU_SECONDS: u64 = 180;
const MEMORY_BYTES: u64 = 1 << 30;
/// So many dots from top to bottom has a page of A4 at that resolution.
const LONGER_SIDE: u32 = 1286;
const QUALITY: u8 = 80;
const PROGRAM: &str = "pdftoppm";

/// A page that was drawn.
#[derive(Debug)]
pub struct Picture {
    /// 1-based.
    pub number: u32,
    pub path: PathBuf,
}

/// Whether documents of this format have pages before somebody prints them.
pub fn has_pages(format: SopFormat) -> bool {
    matches!(format, SopFormat::Pdf | SopFormat::Image | SopFormat::Zip)
}

/// [`has_pages`] of a format by its name in JSON.
pub fn has_pages_named(format: &str) -> bool {
    serde_json::from_value(format.into()).is_ok_and(has_pages)
}

/// What the child does: it draws, or becomes the program that does.
pub fn child(path: &Path, folder: &Path) -> ExitCode {
    let limits = [
        (Resource::Cpu, CPU_SECONDS),
        (Resource::As, MEMORY_BYTES),
        (Resource::Fsize, MAX_FILE),
        (Resource::Core, 0),
        (Resource::Nproc, 0),
    ];
    for (resource, limit) in limits {
        let limit = Rlimit { current: Some(limit), maximum: Some(limit) };
        if setrlimit(resource, limit).is_err() {
            return ExitCode::FAILURE;
        }
    }
    let Ok(bytes) = std::fs::read(path) else { return ExitCode::FAILURE };
    if !looks_like_pdf(&bytes) {
        return if drawn(&bytes, folder).is_some() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    let pages = MAX_PAGES.to_string();
    let quality = format!("quality={QUALITY}");
    let mut program = Command::new(PROGRAM);
    program.args(["-r", DOTS_PER_INCH, "-l", &pages, "-jpeg", "-jpegopt", &quality]).arg(path).arg(folder.join("page"));
    // Only returns where there is no such program.
    drop(program.exec());
    ExitCode::FAILURE
}

/// Draws a file of pictures; takes the PDFs out of an archive, and draws its pictures.
fn drawn(bytes: &[u8], folder: &Path) -> Option<()> {
    if scans::is_picture(bytes) {
        return pages_of(bytes, 0, folder);
    }
    for (before, bytes) in archived(bytes).ok()? {
        if looks_like_pdf(&bytes) {
            std::fs::write(folder.join(format!("{PART}{before}.pdf")), bytes).ok()?;
        } else {
            // One that cannot be drawn does not keep the others from it.
            pages_of(&bytes, before, folder);
        }
    }
    Some(())
}

fn pages_of(bytes: &[u8], before: u32, folder: &Path) -> Option<()> {
    for (number, page) in (before + 1..).zip(scans::pages(bytes).ok()?) {
        let mut file =
            std::io::BufWriter::new(std::fs::File::create(folder.join(format!("page-{number:04}.jpg"))).ok()?);
        JpegEncoder::new_with_quality(&mut file, QUALITY).encode_image(&fitting(page)).ok()?;
    }
    Some(())
}

/// As large as the pages of a PDF are drawn, and never larger than it is.
fn fitting(page: GrayImage) -> GrayImage {
    let longer = page.width().max(page.height());
    if longer <= LONGER_SIDE {
        return page;
    }
    let side =
        |length: u32| u32::try_from(u64::from(length) * u64::from(LONGER_SIDE) / u64::from(longer)).unwrap_or(1).max(1);
    image::imageops::resize(&page, side(page.width()), side(page.height()), FilterType::Triangle)
}

/// How the PDFs of an archive are named, with the number of pages before them.
const PART: &str = "part-";

/// Draws the pages of the file at `path` into `folder`, in child processes of `reader`, which is this program. What was drawn
/// before a limit was reached, or the file proved broken, is kept.
pub async fn parent(reader: &Path, path: &Path, folder: &Path) -> std::io::Result<Vec<Picture>> {
    let mut drawn = draw(reader, path, folder).await?;
    let mut parts = Vec::new();
    let mut files = tokio::fs::read_dir(folder).await?;
    while let Some(file) = files.next_entry().await? {
        let name = file.file_name().to_string_lossy().into_owned();
        let before =
            name.strip_prefix(PART).and_then(|rest| rest.strip_suffix(".pdf")).and_then(|n| n.parse::<u32>().ok());
        parts.extend(before.map(|before| (before, file.path())));
    }
    parts.sort();
    for (before, path) in parts {
        let pages = draw(reader, &path, &path.with_extension("pages")).await?;
        drawn.extend(pages.into_iter().map(|page| Picture { number: page.number + before, ..page }));
    }
    drawn.sort_by_key(|picture| picture.number);
    drawn.truncate(MAX_PAGES);
    Ok(drawn)
}

async fn draw(reader: &Path, path: &Path, folder: &Path) -> std::io::Result<Vec<Picture>> {
    tokio::fs::create_dir(folder).await?;
    let mut command = tokio::process::Command::new(reader);
    command.arg(COMMAND).arg("--").arg(path).arg(folder);
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    let whole = match tokio::time::timeout(WALL_CLOCK, command.status()).await {
        Ok(status) => status?.success(),
        Err(_) => false,
    };
    let mut drawn = Vec::new();
    let mut files = tokio::fs::read_dir(folder).await?;
    while let Some(file) = files.next_entry().await? {
        drawn.extend(number(&file.path()).map(|number| Picture { number, path: file.path() }));
    }
    drawn.sort_by_key(|picture| picture.number);
    if !whole {
        // The program was ended in the middle of it.
        drawn.pop();
    }
    Ok(drawn)
}

/// 7 of "page-007.jpg".
fn number(path: &Path) -> Option<u32> {
    path.file_stem()?.to_str()?.strip_prefix("page-")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_known_by_their_numbers() {
        assert_eq!(number(Path::new("/tmp/x/page-007.jpg")), Some(7));
        assert_eq!(number(Path::new("/tmp/x/upload")), None);
    }
}
