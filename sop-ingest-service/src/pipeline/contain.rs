//! Reading a file in a process of its own, so that a hostile file can end nothing but its own reading.
//!
//! The child is this same binary (`read-contained FILE NAME`). It limits its own memory and processor time before it opens
//! the file, prints one line of JSON and ends; the parent waits no longer than [`WALL_CLOCK`].

use std::{
    io::Read,
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

use course_format::sop::SopDocument;
use rustix::process::{Resource, Rlimit, setrlimit};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Refusal, read_by_stages};

pub const WALL_CLOCK: Duration = Duration::from_mins(1);
const CPU_SECONDS: u64 = 45;
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
    let limits =
        [(Resource::Cpu, CPU_SECONDS), (Resource::As, MEMORY_BYTES), (Resource::Core, 0), (Resource::Nproc, 0)];
    for (resource, limit) in limits {
        let limit = Rlimit { current: Some(limit), maximum: Some(limit) };
        if setrlimit(resource, limit).is_err() {
            return std::process::ExitCode::FAILURE;
        }
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

fn file(path: &Path) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(|_| Refusal::Unreadable)?;
    file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(|_| Refusal::Unreadable)?;
    if bytes.len() as u64 > MAX_FILE { Err(Refusal::TooLarge) } else { Ok(bytes) }
}

/// Reads the file at `path` in a child process of `reader`, which is this program. The child sees no environment and no input.
pub async fn parent(
    reader: &Path,
    path: &Path,
    file_name: &str,
) -> std::io::Result<Result<(SopDocument, Vec<StageTime>), Refusal>> {
    let mut command = tokio::process::Command::new(reader);
    command.arg(COMMAND).arg("--name").arg(file_name).arg("--").arg(path);
    command.env_clear().stdin(Stdio::null()).stderr(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true);
    let Ok(output) = tokio::time::timeout(WALL_CLOCK, command.output()).await else {
        return Ok(Err(Refusal::TookTooLong));
    };
    let output = output?;
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
