//! A child and all that it starts, ended together.

use std::{io, process::Output, time::Duration};

use rustix::process::{Pid, Signal, kill_process_group};

/// Ends the group when it goes out of scope: the child is done, took too long, or nobody waits for it any more.
struct Group(Option<Pid>);

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(group) = self.0 {
            // Nobody is left in it in the ordinary case.
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
}

/// What the command prints, or `None` when it took too long.
pub async fn output(mut command: tokio::process::Command, limit: Duration) -> io::Result<Option<Output>> {
    let child = command.process_group(0).kill_on_drop(true).spawn()?;
    let _group = Group(child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw));
    match tokio::time::timeout(limit, child.wait_with_output()).await {
        Ok(output) => output.map(Some),
        Err(_) => Ok(None),
    }
}
