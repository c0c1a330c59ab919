//! Redis: how often a student may answer, and rendered lessons that many students read.

use std::time::Duration;

use axum::http::{HeaderValue, StatusCode, header};
use platform::Problem;
use redis::{
    AsyncCommands as _, Client, RedisResult,
    aio::{ConnectionManager, ConnectionManagerConfig},
};
use uuid::Uuid;

const WINDOW_SECONDS: i64 = 60;
const LESSON_TTL_SECONDS: u64 = 3600;

/// Without Redis nobody is kept from learning: limits are not enforced and nothing is cached meanwhile.
#[derive(Clone)]
pub struct Limits {
    redis: ConnectionManager,
    attempts_per_minute: u32,
}

impl Limits {
    /// Connects on first use.
    ///
    /// # Errors
    /// The URL is not one of Redis.
    pub fn new(url: &str, attempts_per_minute: u32) -> RedisResult<Self> {
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(Duration::from_millis(500)))
            .set_response_timeout(Some(Duration::from_millis(500)))
            .set_number_of_retries(1);
        let redis = ConnectionManager::new_lazy_with_config(Client::open(url)?, config)?;
        Ok(Self { redis, attempts_per_minute })
    }

    /// Counts an answer.
    ///
    /// # Errors
    /// 429 with `Retry-After` when there were too many in this minute.
    pub async fn attempt(&self, student: Uuid) -> Result<(), Problem> {
        match self.count(student).await {
            Ok((count, wait)) if count > i64::from(self.attempts_per_minute) => Err(Problem::new(
                StatusCode::TOO_MANY_REQUESTS,
                "too_many_attempts",
                "You are answering too fast; please wait a moment",
            )
            .header(header::RETRY_AFTER, HeaderValue::from(u64::try_from(wait).unwrap_or(1).max(1)))),
            Ok(_) => Ok(()),
            Err(error) => {
                tracing::warn!(error.message = %error, "answers are not limited: Redis is away");
                Ok(())
            }
        }
    }

    /// Answers in the current window, and seconds until it ends.
    async fn count(&self, student: Uuid) -> RedisResult<(i64, i64)> {
        let key = format!("attempts:{student}");
        let mut redis = self.redis.clone();
        let (count, _, wait): (i64, i64, i64) = redis::pipe()
            .atomic()
            .incr(&key, 1)
            .cmd("EXPIRE")
            .arg(&key)
            .arg(WINDOW_SECONDS)
            .arg("NX")
            .ttl(&key)
            .query_async(&mut redis)
            .await?;
        Ok((count, wait))
    }

    /// A rendered lesson of the content with this hash.
    pub async fn lesson(&self, sha256: &str, lesson: Uuid) -> Option<String> {
        let found: RedisResult<Option<String>> = self.redis.clone().get(key(sha256, lesson)).await;
        found.ok().flatten()
    }

    pub async fn keep_lesson(&self, sha256: &str, lesson: Uuid, json: &str) {
        let kept: RedisResult<()> = self.redis.clone().set_ex(key(sha256, lesson), json, LESSON_TTL_SECONDS).await;
        if let Err(error) = kept {
            tracing::debug!(error.message = %error, "lesson not cached");
        }
    }
}

fn key(sha256: &str, lesson: Uuid) -> String {
    format!("lesson:{sha256}:{lesson}")
}
