//! Reading a file in a process of its own, so that a hostile file can end nothing but its own reading.
//!
//! The child is this same binary (`read-contained FILE NAME`). It limits its own memory and processor time before it opens
//! the file, prints one line of JSON and ends; the parent waits no longer than [`WALL_CLOCK`].

mod group;
mod network;

use std::{
    io::Read,
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

use course_format::sop::SopDocument;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Refusal, read_by_stages};

/// Many scanned pages take long; a parser that runs in circles is stopped by [`CPU_SECONDS`].
pub const WALL_CLOCK: Duration = Duration::from_mins(10);
const CPU_SECONDS: u64 = 45;
const CPU_SECONDS_A_PICTURE: u64 = 10;
const MAX_CPU_SECONDS_OF_PICTURES: u64 = 600;
/// No file that a child writes for its programs is larger.
const FILE_BYTES: u64 = 400 << 20;
const MEMORY_BYTES: u64 = 1 << 30;
/// Bigger files are refused before they are read; sales-service accepts none of this size.
pub const MAX_FILE: u64 = 50 << 20;

pub const COMMAND: &str = "read-contained";

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Answer {
    Read { document: Box<SopDocument>, stages: Vec<StageTime> },
    Refused(Refusal),
}

/// How long a stage took.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct StageTime {
    pub stage: String,
    pub milliseconds: u64,
}

/// What the child does: the exit code is 0 whenever it has answered.
pub fn child(path: &Path, file_name: &str) -> std::process::ExitCode {
    if limit().is_none() || network::forbid().is_err() {
        return std::process::ExitCode::FAILURE;
    }
    // A panic is an answer for the parent, not a story for the log.
    std::panic::set_hook(Box::new(|_| {}));
    let (mut stages, mut clock) = (Vec::new(), Instant::now());
    let mut done = |stage: &str| {
        let milliseconds = u64::try_from(clock.elapsed().as_millis()).unwrap_or(u64::MAX);
        stages.push(StageTime { stage: stage.to_owned(), milliseconds });
        clock = Instant::now();
    };
    let answer = match file(path).and_then(|bytes| read_by_stages(&bytes, file_name, &mut done)) {
        Ok(document) => Answer::Read { document: Box::new(document), stages },
        Err(refusal) => Answer::Refused(refusal),
    };
    match serde_json::to_string(&answer) {
        Ok(line) => {
            println!("\n{line}");
            std::process::ExitCode::SUCCESS
        }
        Err(_) => std::process::ExitCode::FAILURE,
    }
}

/// Memory and processor time of this process and of those that it starts. It may start none until [`allow_programs`].
fn limit() -> Option<()> {
    let limits = [
        (Resource::Cpu, CPU_SECONDS, Some(CPU_SECONDS + MAX_CPU_SECONDS_OF_PICTURES)),
        (Resource::As, MEMORY_BYTES, Some(MEMORY_BYTES)),
        (Resource::Fsize, FILE_BYTES, Some(FILE_BYTES)),
        (Resource::Core, 0, Some(0)),
        (Resource::Nproc, 0, getrlimit(Resource::Nproc).maximum),
    ];
    for (resource, current, maximum) in limits {
        setrlimit(resource, Rlimit { current: Some(current), maximum }).ok()?;
    }
    Some(())
}

/// Lets a contained process start the programs that read pictures, and gives it time for so many pages. Nothing changes for
/// a process that is not contained.
pub fn allow_programs(pages: usize) {
    let programs = getrlimit(Resource::Nproc);
    if programs.current != Some(0) {
        return;
    }
    let time = getrlimit(Resource::Cpu);
    let seconds = CPU_SECONDS + (pages as u64 * CPU_SECONDS_A_PICTURE).min(MAX_CPU_SECONDS_OF_PICTURES);
    // Where it is not granted, the programs do not start, and that is said.
    let _ = setrlimit(Resource::Nproc, Rlimit { current: programs.maximum, maximum: programs.maximum });
    let _ = setrlimit(Resource::Cpu, Rlimit { current: Some(seconds), maximum: time.maximum });
}

fn file(path: &Path) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(|_| Refusal::Unreadable)?;
    file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(|_| Refusal::Unreadable)?;
    if bytes.len() as u64 > MAX_FILE { Err(Refusal::TooLarge) } else { Ok(bytes) }
}

/// Reads the file at `path` in a child process of `reader`, which is this program. The child sees no environment but where
/// programs are, and no input.
pub async fn parent(
    reader: &Path,
    path: &Path,
    file_name: &str,
) -> std::io::Result<Result<(SopDocument, Vec<StageTime>), Refusal>> {
    // Whatever becomes of the child, what it wrote goes with this folder.
    let folder = tempfile::tempdir()?;
    let mut command = tokio::process::Command::new(reader);
    command.arg(COMMAND).arg("--name").arg(file_name).arg("--").arg(std::path::absolute(path)?);
    command
        .env_clear()
        .envs(["PATH", "TESSDATA_PREFIX"].into_iter().filter_map(|name| Some((name, std::env::var_os(name)?))));
    command.current_dir(folder.path()).env("TMPDIR", folder.path());
    command.stdin(Stdio::null()).stderr(Stdio::null()).stdout(Stdio::piped());
    let Some(output) = group::output(command, WALL_CLOCK).await? else {
        return Ok(Err(Refusal::TookTooLong));
    };
    let line = output.stdout.rsplit(|b| *b == b'\n').find(|l| !l.is_empty()).unwrap_or_default();
    Ok(match serde_json::from_slice(line) {
        Ok(Answer::Read { document, stages }) => Ok((*document, stages)),
        Ok(Answer::Refused(refusal)) => Err(refusal),
        Err(_) => Err(ended_early(&output)),
    })
}

/// The child was stopped by one of its limits, or crashed.
fn ended_early(output: &std::process::Output) -> Refusal {
    use std::os::unix::process::ExitStatusExt;
    const SIGXCPU: i32 = 24;
    const SIGKILL: i32 = 9;
    match output.status.signal() {
        Some(SIGXCPU | SIGKILL) => Refusal::TookTooLong,
        _ => Refusal::Unreadable,
    }
}
