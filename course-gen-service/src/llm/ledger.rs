//! What was asked, answered and spent, in Postgres. Calls are written on connections of their own, so that a job that is
//! killed keeps what it has paid for.

use course_format::course::ModelUse;
use sqlx::PgPool;
use uuid::Uuid;

use super::prices::{MicroUsd, Usage};

/// Most that may be spent.
#[derive(Clone, Copy, Debug)]
pub struct Caps {
    pub job: MicroUsd,
    pub client_day: MicroUsd,
    pub day: MicroUsd,
}

/// Whose calls these are.
#[derive(Clone, Copy, Debug)]
pub struct Account {
    pub job_id: Uuid,
    pub client_id: Uuid,
}

/// A call before it is made.
#[derive(Clone, Copy, Debug)]
pub struct NewCall<'a> {
    pub question: &'a str,
    pub provider: &'a str,
    pub model: &'a str,
    /// The most that it can cost.
    pub reserved: MicroUsd,
}

/// Whether a call may be made.
#[derive(Debug)]
pub enum Started {
    Call(Uuid),
    /// It might cost more than is left, for the job, its client or the day.
    Capped(&'static str),
}

#[derive(Clone)]
pub struct Ledger {
    pool: PgPool,
    caps: Caps,
}

/// One number for the lock under which money is counted and reserved.
const LOCK: i64 = 0x6d6f_6465_6c5f_6361;

impl Ledger {
    pub fn new(pool: PgPool, caps: Caps) -> Self {
        Self { pool, caps }
    }

    /// Begins or resumes a job. The caller alone works on it, so calls that have no end were cut off by a crash: they may
    /// have been charged. Returns how many calls repeated a question that had failed.
    pub async fn resume(&self, account: Account) -> sqlx::Result<u32> {
        sqlx::query(
            "UPDATE model_calls SET state = 'in_doubt', cost = reserved, ended_at = now() WHERE job_id = $1 AND state = 'started'",
        )
        .bind(account.job_id)
        .execute(&self.pool)
        .await?;
        let repeated: i64 = sqlx::query_scalar(
            "SELECT count(*) - count(DISTINCT question) FROM model_calls WHERE job_id = $1 AND state <> 'in_doubt'",
        )
        .bind(account.job_id)
        .fetch_one(&self.pool)
        .await?;
        Ok(u32::try_from(repeated).unwrap_or(u32::MAX))
    }

    /// The answer that was paid for already.
    pub async fn answer(&self, account: Account, question: &str) -> sqlx::Result<Option<String>> {
        sqlx::query_scalar("SELECT answer FROM model_calls WHERE job_id = $1 AND question = $2 AND state = 'answered'")
            .bind(account.job_id)
            .bind(question)
            .fetch_optional(&self.pool)
            .await
    }

    /// Whether the question was asked before and failed. What a crash cut off was no failure of the provider.
    pub async fn asked(&self, account: Account, question: &str) -> sqlx::Result<bool> {
        sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM model_calls WHERE job_id = $1 AND question = $2 AND state <> 'in_doubt')",
        )
        .bind(account.job_id)
        .bind(question)
        .fetch_one(&self.pool)
        .await
    }

    /// Writes down that a call is about to be made, with the money that it may cost.
    pub async fn start(&self, account: Account, call: NewCall<'_>) -> sqlx::Result<Started> {
        let mut tx = self.pool.begin().await?;
        sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(LOCK).execute(&mut *tx).await?;
        let (job, client, day): (i64, i64, i64) = sqlx::query_as(
            "SELECT (SELECT coalesce(sum(coalesce(cost, reserved)), 0)::bigint FROM model_calls WHERE job_id = $1),
                    coalesce(sum(coalesce(cost, reserved)) FILTER (WHERE client_id = $2), 0)::bigint,
                    coalesce(sum(coalesce(cost, reserved)), 0)::bigint
             FROM model_calls WHERE started_at >= date_trunc('day', now() AT TIME ZONE 'utc') AT TIME ZONE 'utc'",
        )
        .bind(account.job_id)
        .bind(account.client_id)
        .fetch_one(&mut *tx)
        .await?;
        let limits =
            [("job", job, self.caps.job), ("client", client, self.caps.client_day), ("day", day, self.caps.day)];
        if let Some((whose, ..)) = limits.iter().find(|(_, spent, cap)| spent.saturating_add(call.reserved.0) > cap.0) {
            return Ok(Started::Capped(whose));
        }
        let id = Uuid::now_v7();
        sqlx::query(
            "INSERT INTO model_calls (call_id, job_id, client_id, question, provider, model, reserved) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(id)
        .bind(account.job_id)
        .bind(account.client_id)
        .bind(call.question)
        .bind(call.provider)
        .bind(call.model)
        .bind(call.reserved.0)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(Started::Call(id))
    }

    /// Answer, tokens and cost in one statement: either all of it is kept or none.
    pub async fn answered(&self, call: Uuid, text: &str, usage: Usage, cost: MicroUsd) -> sqlx::Result<()> {
        sqlx::query(
            "UPDATE model_calls SET state = 'answered', answer = $2, input_tokens = $3, output_tokens = $4, cost = $5, ended_at = now()
             WHERE call_id = $1",
        )
        .bind(call)
        // Postgres keeps no NUL in a text.
        .bind(text.replace('\0', ""))
        .bind(i64::try_from(usage.input).unwrap_or(i64::MAX))
        .bind(i64::try_from(usage.output).unwrap_or(i64::MAX))
        .bind(cost.0)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// There is no answer. What may have been charged stays counted.
    pub async fn failed(&self, call: Uuid, failure: &str, may_cost: bool) -> sqlx::Result<()> {
        sqlx::query(
            "UPDATE model_calls SET state = 'failed', failure = $2, cost = CASE WHEN $3 THEN reserved ELSE 0 END, ended_at = now()
             WHERE call_id = $1",
        )
        .bind(call)
        .bind(failure)
        .bind(may_cost)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Tokens and money of a job; `None` when no model was asked.
    pub async fn spent(&self, job: Uuid) -> sqlx::Result<Option<ModelUse>> {
        let (calls, input, output, cost): (i64, i64, i64, i64) = sqlx::query_as(
            "SELECT count(*), coalesce(sum(input_tokens), 0)::bigint, coalesce(sum(output_tokens), 0)::bigint,
                    coalesce(sum(coalesce(cost, reserved)), 0)::bigint
             FROM model_calls WHERE job_id = $1",
        )
        .bind(job)
        .fetch_one(&self.pool)
        .await?;
        if calls == 0 {
            return Ok(None);
        }
        let models: Vec<String> = sqlx::query_scalar(
            "SELECT DISTINCT provider || ' ' || model AS name FROM model_calls WHERE job_id = $1 AND state = 'answered' ORDER BY name",
        )
        .bind(job)
        .fetch_all(&self.pool)
        .await?;
        Ok(Some(ModelUse {
            calls: u32::try_from(calls).unwrap_or(u32::MAX),
            input_tokens: input.unsigned_abs(),
            output_tokens: output.unsigned_abs(),
            cost_usd: MicroUsd(cost).usd(),
            models,
        }))
    }
}
