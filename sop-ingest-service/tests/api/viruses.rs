//! ClamAV, where it is set up: played by a listener that speaks its protocol, and by the real one where it is installed.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, Mutex},
};

use events::payloads::{SopFailed, SopProcessed};
use sop_ingest_service::pipeline::scan::Scanner;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{UnixListener, UnixStream},
};
use uuid::Uuid;

use crate::{app::TestApp, hostile::eicar};

const GOOD: &[u8] = b"# Doors\n\n1. Open the door.\n2. Close the door.\n";
/// What the listener takes for a virus, and nobody else does.
const MARK: &str = "mark-of-a-virus";

/// Files that a scanner was shown.
type Shown = Arc<Mutex<Vec<Vec<u8>>>>;

/// A scanner at this socket, and what it is shown.
fn scripted(socket: &Path) -> Shown {
    let (listener, shown) = (UnixListener::bind(socket).unwrap(), Shown::default());
    let files = Arc::clone(&shown);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            answer(stream, &files).await;
        }
    });
    shown
}

async fn answer(mut stream: UnixStream, files: &Shown) {
    let mut command = [0; 10];
    stream.read_exact(&mut command).await.unwrap();
    assert_eq!(&command, b"zINSTREAM\0");
    let mut file = Vec::new();
    loop {
        let length = stream.read_u32().await.unwrap() as usize;
        if length == 0 {
            break;
        }
        let start = file.len();
        file.resize(start + length, 0);
        stream.read_exact(&mut file[start..]).await.unwrap();
    }
    let infected = String::from_utf8_lossy(&file).contains(MARK);
    files.lock().unwrap().push(file);
    let said: &[u8] = if infected { b"stream: Test.Mark FOUND\0" } else { b"stream: OK\0" };
    stream.write_all(said).await.unwrap();
}

fn socket(folder: &Path) -> (PathBuf, Option<Scanner>) {
    let path = folder.join("clamd.ctl");
    (path.clone(), Some(Scanner::Unix(path)))
}

#[tokio::test]
async fn the_scanner_sees_every_file_before_it_is_opened() {
    let mut app = TestApp::spawn().await;
    let folder = tempfile::tempdir().unwrap();
    let (path, scanner) = socket(folder.path());
    app.worker.scanner = scanner;
    let shown = scripted(&path);
    let long = vec![b' '; 200_000];
    let good = app.upload("good.md", GOOD.to_vec()).await;
    // A broken PDF: had it been opened first, that would be its reason.
    let bad = app.upload("bad.pdf", format!("%PDF-1.4 {MARK}").into_bytes()).await;
    let large = app.upload("large.txt", long.clone()).await;
    app.order(Uuid::now_v7(), Uuid::now_v7(), vec![good.clone(), bad.clone(), large]).await;
    app.work().await;

    assert_eq!(app.state(good.document_id).await, "processed");
    let failed = app.probe.events::<SopFailed>().await;
    let found = failed.iter().find(|f| f.failed.document_id == bad.document_id).unwrap();
    assert_eq!(found.failed.code, "malware_found");
    let shown = shown.lock().unwrap();
    assert_eq!(shown.len(), 3);
    assert!(shown.contains(&GOOD.to_vec()) && shown.contains(&long), "it sees them whole");
}

#[tokio::test]
async fn files_wait_for_a_scanner_that_is_away() {
    let mut app = TestApp::spawn().await;
    let folder = tempfile::tempdir().unwrap();
    let (path, scanner) = socket(folder.path());
    app.worker.scanner = scanner;
    let document = app.upload("doors.md", GOOD.to_vec()).await;
    app.order(Uuid::now_v7(), Uuid::now_v7(), vec![document.clone()]).await;
    app.work().await;
    assert_eq!(app.state(document.document_id).await, "queued");
    assert!(app.probe.events::<SopProcessed>().await.is_empty() && app.probe.events::<SopFailed>().await.is_empty());

    let _shown = scripted(&path);
    // The test need not wait for the time after which it is tried again.
    sqlx::query("UPDATE documents SET not_before = now()").execute(&app.db.pool).await.unwrap();
    app.work().await;
    assert_eq!(app.state(document.document_id).await, "processed");
}

#[tokio::test]
async fn on_the_command_line_a_scanner_that_is_away_lets_nothing_pass() {
    let folder = tempfile::tempdir().unwrap();
    let (socket, file) = (folder.path().join("clamd.ctl"), folder.path().join("doors.md"));
    std::fs::write(&file, GOOD).unwrap();
    let parse = |address: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sop-ingest-service"));
        command.arg("parse").arg(&file).env_clear().env("CLAMD_SOCKET", address);
        tokio::task::spawn_blocking(move || command.output().unwrap())
    };
    let away = parse(&socket).await.unwrap();
    assert!(!away.status.success() && away.stdout.is_empty());
    assert!(String::from_utf8_lossy(&away.stderr).contains(": scanner_unavailable: "), "{away:?}");
    assert!(!parse(Path::new("nowhere")).await.unwrap().status.success());
    let shown = scripted(&socket);
    assert!(parse(&socket).await.unwrap().status.success());
    assert_eq!(shown.lock().unwrap().len(), 1);
}

/// A clamd of its own, with a signature of the test file; `None` where it is not installed.
fn real(folder: &Path) -> Option<(std::process::Child, Scanner)> {
    let socket = folder.join("real.ctl");
    let signature = format!("{}:{}:Eicar-Test-Signature\n", "44d88612fea8a8f36de82e1278abb02f", eicar().len());
    std::fs::create_dir(folder.join("signatures")).unwrap();
    std::fs::write(folder.join("signatures/test.hdb"), signature).unwrap();
    let settings = format!(
        "LocalSocket {}\nDatabaseDirectory {}\nForeground yes\nTemporaryDirectory {}\n",
        socket.display(),
        folder.join("signatures").display(),
        folder.display()
    );
    std::fs::write(folder.join("clamd.conf"), settings).unwrap();
    let mut clamd = Command::new("clamd");
    clamd
        .arg("-c")
        .arg(folder.join("clamd.conf"))
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null());
    Some((clamd.spawn().ok()?, Scanner::Unix(socket)))
}

#[tokio::test]
async fn the_real_scanner_finds_its_test_file_where_it_is_installed() {
    let folder = tempfile::tempdir().unwrap();
    let Some((mut clamd, scanner)) = real(folder.path()) else { return };
    let (bad, good) = (folder.path().join("eicar.com"), folder.path().join("good.md"));
    std::fs::write(&bad, eicar()).unwrap();
    std::fs::write(&good, GOOD).unwrap();
    let mut answer = scanner.scan(&bad).await;
    for _ in 0..200 {
        if answer.is_ok() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        answer = scanner.scan(&bad).await;
    }
    let clean = scanner.scan(&good).await;
    clamd.kill().unwrap();
    clamd.wait().unwrap();
    assert_eq!(answer.unwrap().unwrap_err().code(), "malware_found");
    assert!(matches!(clean, Ok(Ok(()))), "{clean:?}");
}
