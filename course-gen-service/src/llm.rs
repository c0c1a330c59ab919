//! Language models: who is asked, under which limits, and what becomes of their answers.
//!
//! A model writes language, never keys. Whatever it says goes through the same forge and the same checks as what the rules
//! write; each element that does not pass is taken from the rules instead, so a course is always complete. SOP text goes out
//! as data. [`desk`] asks, [`ledger`] remembers, [`compose`] makes a lesson out of answers.

mod answers;
mod author;
mod breaker;
mod budget;
mod checks;
mod claims;
mod compose;
mod desk;
pub mod element;
mod ground;
mod hygiene;
mod ledger;
mod plain;
mod prices;
mod provider;
mod providers;
mod questions;
mod settings;
mod wire;

use anyhow::Context as _;
use course_format::course::ModelUse;
use sqlx::PgPool;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

pub use author::{LlmAuthor, Record, planned_calls};
pub use checks::Bench;
pub use desk::Desk;
pub use ledger::Account;
pub use questions::VERSIONS;
pub use settings::LlmSettings;

use ledger::{Caps, Ledger};
use prices::Prices;
use provider::{Provider, Times};
use providers::Kind;

/// The providers of this process with their limits.
pub struct Llm {
    providers: Vec<Provider>,
    prices: Prices,
    pub(crate) ledger: Ledger,
    pub(crate) settings: LlmSettings,
    /// Ends every call when the process is to stop.
    stop: CancellationToken,
}

impl Llm {
    /// `None`: no provider is configured, lessons are written by rules.
    ///
    /// # Errors
    /// A provider that nobody knows, a key that is missing, a price that cannot be read.
    pub fn new(settings: &LlmSettings, pool: PgPool, stop: CancellationToken) -> anyhow::Result<Option<Self>> {
        let mut providers = Vec::new();
        for name in settings.llm_providers.split(',').map(str::trim).filter(|n| !n.is_empty()) {
            let kind = Kind::parse(name)
                .with_context(|| format!("LLM_PROVIDERS: `{name}` is not openai, anthropic or google"))?;
            let s = settings;
            let (key, url, model) = match kind {
                Kind::OpenAi => (&s.openai_api_key, &s.openai_base_url, &s.openai_model),
                Kind::Anthropic => (&s.anthropic_api_key, &s.anthropic_base_url, &s.anthropic_model),
                Kind::Google => (&s.google_api_key, &s.google_base_url, &s.google_model),
            };
            let key = key.clone().with_context(|| format!("{}_API_KEY is not set", name.to_uppercase()))?;
            providers.push(Provider::new(kind, url.clone(), model.clone(), key)?);
        }
        if providers.is_empty() {
            return Ok(None);
        }
        let caps = Caps {
            job: settings.llm_job_usd.0,
            client_day: settings.llm_client_day_usd.0,
            day: settings.llm_day_usd.0,
        };
        let prices = Prices::new(&settings.llm_prices).map_err(anyhow::Error::msg)?;
        Ok(Some(Self { providers, prices, ledger: Ledger::new(pool, caps), settings: settings.clone(), stop }))
    }

    /// How often each part of a lesson is asked for.
    pub fn candidates(&self) -> u32 {
        self.settings.llm_candidates
    }

    /// Tokens and money of a job; `None` when no model was asked.
    pub async fn spent(&self, job: Uuid) -> sqlx::Result<Option<ModelUse>> {
        self.ledger.spent(job).await
    }

    /// "openai gpt-4.1, anthropic claude-sonnet-4-5"
    pub fn label(&self) -> String {
        self.providers.iter().map(Provider::label).collect::<Vec<_>>().join(", ")
    }

    fn times(&self) -> Times {
        Times { call: self.settings.call_time(), idle: self.settings.idle_time() }
    }
}
