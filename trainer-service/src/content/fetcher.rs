use std::sync::Arc;

use course_store::{CourseStore, NotFetched};
use platform::{crash_point, worker};
use sqlx::PgPool;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::queries;

/// Works off the fetches that events wrote down.
#[derive(Clone)]
pub struct Fetcher {
    pub pool: PgPool,
    pub store: CourseStore,
}

impl Fetcher {
    /// Runs until `shutdown`; `wake` is rung when there may be something to do.
    pub async fn run(self, wake: Arc<Notify>, shutdown: CancellationToken) {
        worker::run("fetcher", &wake, &shutdown, || self.run_once()).await;
    }

    /// Works on one fetch; `false` when none is due.
    ///
    /// # Errors
    /// Postgres is away.
    pub async fn run_once(&self) -> anyhow::Result<bool> {
        let mut tx = self.pool.begin().await?;
        let Some(fetch) = queries::next(&mut tx).await? else {
            return Ok(false);
        };
        match self.store.fetch_announced(&fetch).await {
            Ok(package) => {
                crash_point("materials.stored");
                queries::ready(&mut tx, &fetch, &package.course).await?;
            }
            Err(NotFetched::Broken(fault)) => {
                tracing::error!(course.id = %fetch.course_id, course.version = fetch.version, fault, "unusable package");
                queries::broken(&mut tx, &fetch, &fault).await?;
            }
            Err(NotFetched::Later { error, wait }) => {
                tracing::warn!(course.id = %fetch.course_id, %error, "package not fetched yet");
                queries::later(&mut tx, &fetch, wait).await?;
            }
        }
        tx.commit().await?;
        Ok(true)
    }
}
