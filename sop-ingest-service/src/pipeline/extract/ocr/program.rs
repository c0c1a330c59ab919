//! Programs of others, run on files in a folder of their own. They inherit the limits of this process: memory, processor
//! time, no network.

use std::{
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use crate::pipeline::Refusal;

/// Longer than this no page takes.
const PER_PAGE: Duration = Duration::from_mins(1);
const LOOK_EVERY: Duration = Duration::from_millis(5);

/// Runs a program to its end. `Err(ScanUnreadable)` when it is not installed; `Ok(false)` when it failed or took too long.
pub fn run(command: &mut Command, folder: &Path, deadline: Instant) -> Result<bool, Refusal> {
    command.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|_| Refusal::ScanUnreadable)?;
    let until = deadline.min(Instant::now() + PER_PAGE);
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status.success()),
            Ok(None) if Instant::now() < until => std::thread::sleep(LOOK_EVERY),
            _ => {
                // It may have ended in this moment; either way it is gone after this.
                drop(child.kill());
                drop(child.wait());
                return if Instant::now() >= deadline { Err(Refusal::TookTooLong) } else { Ok(false) };
            }
        }
    }
}
