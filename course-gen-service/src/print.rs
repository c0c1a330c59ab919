//! The course on paper: pages printed to PDF by headless Chromium, where it is installed.
//!
//! The page is written to a folder of its own and printed without network and without scripts of others (its own content
//! security policy forbids both). A browser that hangs is ended.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;

/// Longest that one book may take.
const LIMIT: Duration = Duration::from_secs(90);

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    #[error("the folder for printing cannot be written")]
    Folder(#[source] std::io::Error),
    #[error("{browser} cannot be started")]
    Start {
        browser: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("the browser did not print within {} s", LIMIT.as_secs())]
    TookTooLong,
    #[error("the browser ended without a PDF")]
    Nothing,
}

/// Chromium on this machine: the first of its usual names on the `PATH`.
pub fn browser() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    ["chromium", "chromium-browser", "google-chrome", "headless_shell"]
        .iter()
        .flat_map(|name| std::env::split_paths(&path).map(move |folder| folder.join(name)))
        .find(|candidate| candidate.is_file())
}

/// Prints one HTML page; the bytes of the PDF come back.
///
/// # Errors
/// The browser is missing, hangs, or prints nothing.
pub async fn pdf(browser: &Path, html: &str) -> Result<Vec<u8>, PrintError> {
    let folder = tempfile::tempdir().map_err(PrintError::Folder)?;
    let (page, out) = (folder.path().join("course.html"), folder.path().join("course.pdf"));
    tokio::fs::write(&page, html).await.map_err(PrintError::Folder)?;
    let mut child = Command::new(browser)
        .args(["--headless", "--disable-gpu", "--no-sandbox", "--disable-dev-shm-usage", "--disable-extensions"])
        .args(["--no-pdf-header-footer", "--host-resolver-rules=MAP * ~NOTFOUND"])
        .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
        .arg(format!("--print-to-pdf={}", out.display()))
        .arg(format!("file://{}", page.display()))
        .env("HOME", folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(|source| PrintError::Start { browser: browser.to_owned(), source })?;
    match tokio::time::timeout(LIMIT, child.wait()).await {
        Ok(_) => {}
        Err(_) => return Err(PrintError::TookTooLong),
    }
    match tokio::fs::read(&out).await {
        Ok(bytes) if bytes.starts_with(b"%PDF") => Ok(bytes),
        _ => Err(PrintError::Nothing),
    }
}
