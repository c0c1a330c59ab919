//! A picture of every page, so that a reviewer sees each clause where it stands.
//!
//! Drawn by `pdftoppm`, which takes the place of a child of this binary (`draw-contained FILE FOLDER`) after that has limited
//! its own memory, processor time and file sizes: a hostile file can end nothing but its own drawing.

use std::{
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
    time::Duration,
};

use course_format::sop::SopFormat;
use rustix::process::{Resource, Rlimit, setrlimit};

pub const COMMAND: &str = "draw-contained";
pub const CONTENT_TYPE: &str = "image/jpeg";

/// Enough to read small print on a screen.
const DOTS_PER_INCH: &str = "110";
/// Longer documents are read, but only so many of their pages are drawn.
const MAX_PAGES: usize = 500;
const WALL_CLOCK: Duration = Duration::from_mins(4);
const CPU_SECONDS: u64 = 180;
const MEMORY_BYTES: u64 = 1 << 30;
const PICTURE_BYTES: u64 = 20 << 20;
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
    format == SopFormat::Pdf
}

/// [`has_pages`] of a format by its name in JSON.
pub fn has_pages_named(format: &str) -> bool {
    serde_json::from_value(format.into()).is_ok_and(has_pages)
}

/// What the child does: it becomes the program that draws.
pub fn child(path: &Path, folder: &Path) -> ExitCode {
    let limits = [
        (Resource::Cpu, CPU_SECONDS),
        (Resource::As, MEMORY_BYTES),
        (Resource::Fsize, PICTURE_BYTES),
        (Resource::Core, 0),
        (Resource::Nproc, 0),
    ];
    for (resource, limit) in limits {
        let limit = Rlimit { current: Some(limit), maximum: Some(limit) };
        if setrlimit(resource, limit).is_err() {
            return ExitCode::FAILURE;
        }
    }
    let pages = MAX_PAGES.to_string();
    let mut program = Command::new(PROGRAM);
    program
        .args(["-r", DOTS_PER_INCH, "-l", &pages, "-jpeg", "-jpegopt", "quality=80"])
        .arg(path)
        .arg(folder.join("page"));
    // Only returns where there is no such program.
    drop(program.exec());
    ExitCode::FAILURE
}

/// Draws the pages of the PDF at `path` into `folder`, in a child process of `reader`, which is this program. What was drawn
/// before a limit was reached, or the file proved broken, is kept.
pub async fn parent(reader: &Path, path: &Path, folder: &Path) -> std::io::Result<Vec<Picture>> {
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
