//! What an event costs the transaction that tells of it, against the same transaction without one.

use std::time::{Duration, Instant};

use platform::Outbox;
use serde::Serialize;
use sqlx::PgPool;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::{
    services::{self, Producing},
    times::Times,
};

const WRITERS: usize = 8;
const ROUND: Duration = Duration::from_secs(2);

#[derive(Serialize)]
pub struct Writes {
    /// One INSERT and its commit, one after the other: what this disk can do.
    plain_commit: Times,
    writers: usize,
    plain_per_second: f64,
    with_event_per_second: f64,
    /// Time of a commit with an event, in commits without one.
    cost_of_event: f64,
}

/// Both kinds in turns, so that what else this machine does meets both; the relay rests meanwhile.
pub async fn compare(producing: &Producing) -> anyhow::Result<Writes> {
    producing.stop_relay().await;
    let (pool, outbox) = (&producing.pool, &producing.outbox);
    sqlx::query("CREATE TABLE plain (event_id uuid PRIMARY KEY)").execute(pool).await?;
    let mut alone = Vec::new();
    for _ in 0..300 {
        let start = Instant::now();
        plain(pool.clone()).await?;
        alone.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    let (mut without, mut with) = (0, 0);
    for _ in 0..3 {
        without += round(pool, outbox, false).await?;
        with += round(pool, outbox, true).await?;
    }
    let seconds = 3.0 * ROUND.as_secs_f64();
    Ok(Writes {
        plain_commit: Times::of(alone),
        writers: WRITERS,
        plain_per_second: f64::from(without) / seconds,
        with_event_per_second: f64::from(with) / seconds,
        cost_of_event: f64::from(without) / f64::from(with),
    })
}

async fn round(pool: &PgPool, outbox: &Outbox, event: bool) -> anyhow::Result<u32> {
    let end = Instant::now() + ROUND;
    let mut writers = JoinSet::new();
    for _ in 0..WRITERS {
        let (pool, outbox) = (pool.clone(), outbox.clone());
        writers.spawn(async move {
            let mut done = 0_u32;
            while Instant::now() < end {
                if event {
                    services::write(pool.clone(), outbox.clone(), 1).await?;
                } else {
                    plain(pool.clone()).await?;
                }
                done += 1;
            }
            anyhow::Ok(done)
        });
    }
    let mut sum = 0;
    while let Some(done) = writers.join_next().await {
        sum += done??;
    }
    Ok(sum)
}

async fn plain(pool: PgPool) -> anyhow::Result<()> {
    let mut tx = pool.begin().await?;
    sqlx::query("INSERT INTO plain (event_id) VALUES ($1)").bind(Uuid::now_v7()).execute(&mut *tx).await?;
    tx.commit().await?;
    Ok(())
}
