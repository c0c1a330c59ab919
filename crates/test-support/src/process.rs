use std::{
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

/// A service as a process of its own, to be killed. Killed when dropped.
pub struct Process(Child);

impl Process {
    /// Starts `binary serve` with the given environment on top of this one's.
    ///
    /// # Panics
    /// When it cannot be started.
    pub fn serve(binary: &str, environment: &[(&str, String)]) -> Self {
        let mut command = Command::new(binary);
        command.arg("serve").envs(environment.iter().map(|(k, v)| (*k, v.as_str())));
        Self(command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap())
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }

    /// Waits for the process to end by itself (a crash point).
    ///
    /// # Panics
    /// When it is still alive after 20 seconds.
    pub fn died(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.0.try_wait().unwrap() {
                return status;
            }
            assert!(start.elapsed() < Duration::from_secs(20), "the process is still alive");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}
