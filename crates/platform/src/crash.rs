//! Places where a test can kill the process.

/// Aborts the process, as `kill -9` would, when `CRASH_AT` names this point. Compiled out of release builds.
///
/// The points stand where the interesting faults are: between two commits, or between a commit and the message that
/// follows it. What is claimed to survive a crash is shown by crashing there.
pub fn crash_point(name: &str) {
    if cfg!(debug_assertions) && std::env::var("CRASH_AT").is_ok_and(|at| at == name) {
        tracing::warn!(crash.point = name, "aborting because CRASH_AT says so");
        std::process::abort();
    }
}
