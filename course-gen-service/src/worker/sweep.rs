//! Jobs that ended without a course leave drafts in MongoDB, and after a crash at the wrong moment objects in S3: they are
//! taken away as soon as there is nothing else to do, once, and again after a crash.

use platform::crash_point;

use super::Worker;
use crate::jobs::queries;
use crate::store::StoreError;

/// So long a job's leavings wait when a store is away.
const WAIT_SECONDS: f64 = 30.0;

impl Worker {
    /// Clears up after the next such job; `false` when there is none.
    pub(crate) async fn sweep(&self) -> anyhow::Result<bool> {
        let mut tx = self.pool.begin().await?;
        let Some(job) = queries::to_sweep(&mut tx).await? else { return Ok(false) };
        let kept = queries::packages(&mut tx, job.course_id).await?;
        let swept = async {
            self.drafts.sweep(job.job_id).await?;
            crash_point("sweep.drafts");
            // What a job of this course stored before it died, and no version refers to.
            self.objects.sweep(&format!("courses/{}/", job.course_id), &kept).await
        };
        let swept: Result<usize, StoreError> = swept.await;
        match swept {
            Ok(objects) => {
                crash_point("sweep.objects");
                queries::swept(&mut tx, job.job_id).await?;
                tx.commit().await?;
                tracing::info!(job.id = %job.job_id, objects, "cleared up after a job without a course");
            }
            Err(error) => {
                tx.rollback().await?;
                tracing::warn!(job.id = %job.job_id, error.chain = %error, "the job's leavings are taken away later");
                let mut db = self.pool.acquire().await?;
                queries::sweep_later(&mut db, job.job_id, WAIT_SECONDS).await?;
            }
        }
        Ok(true)
    }
}
