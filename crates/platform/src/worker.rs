//! A worker is a loop around `run_once`.

use std::time::Duration;

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// Work is looked for this often even if nobody rang: another replica may have left it.
const POLL: Duration = Duration::from_secs(1);

/// Calls `run_once` until `shutdown`: again at once while it finds work (`true`), else when `wake` is rung or a second has
/// passed. What is under way when the process is to stop is finished, or ended with the process after its grace.
pub async fn run<F, R>(name: &'static str, wake: &Notify, shutdown: &CancellationToken, run_once: F)
where
    F: Fn() -> R,
    R: Future<Output = anyhow::Result<bool>>,
{
    while !shutdown.is_cancelled() {
        match run_once().await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::warn!(worker = name, error.chain = format!("{error:#}"), "the worker is waiting"),
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = wake.notified() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
}
