//! Where one job asks: an answer that is paid for is not asked for again, what fails goes to the next provider, and money,
//! repetitions and time have their limits.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use course_format::sha256_hex;
use platform::crash_point;
use tokio_util::sync::CancellationToken;

use super::Llm;
use super::breaker::Closed;
use super::budget::ExtraCalls;
use super::ledger::{Account, NewCall, Started};
use super::prices::{MicroUsd, Usage};
use super::provider::{CallError, Provider, Question, Reply};

/// What a job may wait in all for providers that asked for a rest.
const PATIENCE: Duration = Duration::from_mins(2);

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswer {
    #[error("no provider could be reached")]
    Unavailable,
    #[error("calls failed, and the job has no repetitions left")]
    Repetitions,
    #[error("the spend cap of the {0} is reached")]
    Capped(&'static str),
    #[error("the time for model calls is over")]
    Late,
    #[error("the job was stopped")]
    Cancelled,
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
}

/// One job's place to ask.
pub struct Desk {
    llm: Arc<Llm>,
    account: Account,
    extra: ExtraCalls,
    end: Instant,
    patience_millis: AtomicU64,
    cancel: CancellationToken,
}

impl Desk {
    /// `planned`: how many questions the job has.
    pub async fn open(llm: Arc<Llm>, account: Account, planned: u32) -> sqlx::Result<Self> {
        let repeated = llm.ledger.resume(account).await?;
        let end = Instant::now() + llm.settings.job_time();
        let patience = u64::try_from(PATIENCE.as_millis()).unwrap_or(u64::MAX);
        let extra = ExtraCalls::new(planned, repeated);
        let cancel = llm.stop.child_token();
        Ok(Self { llm, account, extra, end, patience_millis: AtomicU64::new(patience), cancel })
    }

    /// No more questions; those under way end without an answer.
    pub fn close(&self) {
        self.cancel.cancel();
    }

    /// Who is asked, how many candidates there are for each part, and how long an answer may be.
    pub fn terms(&self) -> (String, u32, u32) {
        let settings = &self.llm.settings;
        (self.llm.label(), settings.llm_candidates, settings.llm_max_output_tokens)
    }

    /// The answer to a question; `variant` tells candidates for the same part apart.
    pub async fn ask(&self, question: &Question, variant: u32) -> Result<String, NoAnswer> {
        let id = identity(question, variant);
        if let Some(answer) = self.llm.ledger.answer(self.account, &id).await? {
            return Ok(answer);
        }
        let mut first = !self.llm.ledger.asked(self.account, &id).await?;
        let mut given_up: Vec<usize> = Vec::new();
        loop {
            if !first && !self.extra.take() {
                return Err(NoAnswer::Repetitions);
            }
            first = false;
            let (index, provider) = self.provider(&given_up).await?;
            match self.call(provider, question, &id).await? {
                Ok(text) => return Ok(text),
                Err(error) if error.is_final() => given_up.push(index),
                Err(_) => {}
            }
        }
    }

    /// The first provider that may be asked, after a wait if all of them want a rest.
    async fn provider(&self, given_up: &[usize]) -> Result<(usize, &Provider), NoAnswer> {
        loop {
            let now = Instant::now();
            if self.cancel.is_cancelled() {
                return Err(NoAnswer::Cancelled);
            }
            if now >= self.end {
                return Err(NoAnswer::Late);
            }
            let mut soonest: Option<Instant> = None;
            for (index, provider) in self.llm.providers.iter().enumerate().filter(|(i, _)| !given_up.contains(i)) {
                match provider.breaker.permits(now) {
                    Ok(()) => return Ok((index, provider)),
                    Err(Closed::Resting(until)) => soonest = Some(soonest.map_or(until, |s| s.min(until))),
                    Err(Closed::Failing) => {}
                }
            }
            let until = soonest.filter(|until| *until < self.end).ok_or(NoAnswer::Unavailable)?;
            if !self.has_patience(until.saturating_duration_since(now)) {
                return Err(NoAnswer::Unavailable);
            }
            tokio::select! {
                () = self.cancel.cancelled() => {}
                () = tokio::time::sleep_until(until.into()) => {}
            }
        }
    }

    fn has_patience(&self, wait: Duration) -> bool {
        let millis = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
        self.patience_millis.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(millis)).is_ok()
    }

    /// One call, written down before and after.
    async fn call(
        &self,
        provider: &Provider,
        question: &Question,
        id: &str,
    ) -> Result<Result<String, CallError>, NoAnswer> {
        let price = self.llm.prices.of(&provider.model);
        let most = most_usage(question);
        let new =
            NewCall { question: id, provider: provider.kind.name(), model: &provider.model, reserved: price.of(most) };
        let call = match self.llm.ledger.start(self.account, new).await? {
            Started::Call(call) => call,
            Started::Capped(whose) => return Err(NoAnswer::Capped(whose)),
        };
        crash_point("model.started");
        let mut times = self.llm.times();
        times.call = times.call.min(self.end.saturating_duration_since(Instant::now()));
        let asked = tokio::select! {
            asked = provider.ask(question, times) => asked,
            () = self.cancel.cancelled() => {
                self.llm.ledger.failed(call, "cancelled", true).await?;
                return Err(NoAnswer::Cancelled);
            }
        };
        match asked {
            Ok(reply) => {
                crash_point("model.replied");
                provider.breaker.succeeded();
                let usage = reply.usage.unwrap_or_else(|| estimated(question, &reply));
                self.llm.ledger.answered(call, &reply.text, usage, cost(&self.llm, provider, usage)).await?;
                crash_point("model.saved");
                Ok(Ok(reply.text))
            }
            Err(error) => {
                tracing::warn!(
                    job.id = %self.account.job_id, llm.provider = provider.kind.name(), llm.model = provider.model,
                    llm.failure = error.code(), "a call to a language model failed"
                );
                provider.breaker.failed(Instant::now(), error.retry_after());
                self.llm.ledger.failed(call, &error.code(), error.may_cost()).await?;
                Ok(Err(error))
            }
        }
    }
}

/// Everything that makes the answer: the same for the same job, whatever process asks.
fn identity(question: &Question, variant: u32) -> String {
    let Question { instructions, data, schema, max_output_tokens: _ } = question;
    sha256_hex(format!("{variant}\u{0}{instructions}\u{0}{data}\u{0}{}", schema.0).as_bytes())
}

/// A token has seldom fewer than three bytes.
fn tokens(bytes: usize) -> u64 {
    u64::try_from(bytes / 3 + 1).unwrap_or(u64::MAX)
}

fn most_usage(question: &Question) -> Usage {
    let input = question.instructions.len() + question.data.len() + question.schema.1.to_string().len();
    Usage { input: tokens(input), cached: 0, output: question.max_output_tokens.into() }
}

fn estimated(question: &Question, reply: &Reply) -> Usage {
    Usage { output: tokens(reply.text.len()), ..most_usage(question) }
}

fn cost(llm: &Llm, provider: &Provider, usage: Usage) -> MicroUsd {
    llm.prices.of(&provider.model).of(usage)
}
