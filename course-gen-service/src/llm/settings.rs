use std::str::FromStr;
use std::time::Duration;

use secrecy::SecretString;

use super::prices::MicroUsd;

/// Which language models may be asked, and how much they may cost. Without a provider, lessons are written by rules.
#[derive(clap::Args, Clone, Debug)]
pub struct LlmSettings {
    /// Comma-separated, in the order in which they are asked: `openai`, `anthropic`, `google`.
    #[arg(long, env = "LLM_PROVIDERS", default_value = "")]
    pub llm_providers: String,
    #[arg(long, env = "OPENAI_API_KEY", hide_env_values = true)]
    pub openai_api_key: Option<SecretString>,
    #[arg(long, env = "OPENAI_BASE_URL")]
    pub openai_base_url: Option<String>,
    #[arg(long, env = "OPENAI_MODEL")]
    pub openai_model: Option<String>,
    #[arg(long, env = "ANTHROPIC_API_KEY", hide_env_values = true)]
    pub anthropic_api_key: Option<SecretString>,
    #[arg(long, env = "ANTHROPIC_BASE_URL")]
    pub anthropic_base_url: Option<String>,
    #[arg(long, env = "ANTHROPIC_MODEL")]
    pub anthropic_model: Option<String>,
    #[arg(long, env = "GOOGLE_API_KEY", hide_env_values = true)]
    pub google_api_key: Option<SecretString>,
    #[arg(long, env = "GOOGLE_BASE_URL")]
    pub google_base_url: Option<String>,
    #[arg(long, env = "GOOGLE_MODEL")]
    pub google_model: Option<String>,
    /// Answers that are asked for each part of a lesson; the best one is taken.
    #[arg(long, env = "LLM_CANDIDATES", default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..=5))]
    pub llm_candidates: u32,
    /// The longest answer, in tokens.
    #[arg(long, env = "LLM_MAX_OUTPUT_TOKENS", default_value_t = 6000, value_parser = clap::value_parser!(u32).range(256..=32_000))]
    pub llm_max_output_tokens: u32,
    /// Time for one call.
    #[arg(long, env = "LLM_CALL_SECONDS", default_value_t = 120.0, value_parser = seconds)]
    pub llm_call_seconds: f64,
    /// A call that says nothing for this long is given up.
    #[arg(long, env = "LLM_IDLE_SECONDS", default_value_t = 30.0, value_parser = seconds)]
    pub llm_idle_seconds: f64,
    /// Time for all calls of one job; what is not written by then is written by rules.
    #[arg(long, env = "LLM_JOB_SECONDS", default_value_t = 1800.0, value_parser = seconds)]
    pub llm_job_seconds: f64,
    /// Most that one job may cost, in US dollars.
    #[arg(long, env = "LLM_JOB_USD", default_value = "5")]
    pub llm_job_usd: Usd,
    /// Most that all jobs of one client may cost on one day (UTC), in US dollars.
    #[arg(long, env = "LLM_CLIENT_DAY_USD", default_value = "50")]
    pub llm_client_day_usd: Usd,
    /// Most that all jobs together may cost on one day (UTC), in US dollars.
    #[arg(long, env = "LLM_DAY_USD", default_value = "200")]
    pub llm_day_usd: Usd,
    /// Prices that go before the built-in table: `model=input/output`, US dollars for a million tokens, comma-separated.
    #[arg(long, env = "LLM_PRICES", default_value = "")]
    pub llm_prices: String,
}

impl LlmSettings {
    pub fn call_time(&self) -> Duration {
        Duration::from_secs_f64(self.llm_call_seconds)
    }

    pub fn idle_time(&self) -> Duration {
        Duration::from_secs_f64(self.llm_idle_seconds)
    }

    pub fn job_time(&self) -> Duration {
        Duration::from_secs_f64(self.llm_job_seconds)
    }
}

fn seconds(text: &str) -> Result<f64, String> {
    match text.trim().parse::<f64>() {
        Ok(s) if s > 0.0 && s <= 86_400.0 => Ok(s),
        _ => Err("must be a number of seconds, more than 0 and at most 86400".to_owned()),
    }
}

/// An amount of US dollars, kept as millionths.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Usd(pub MicroUsd);

impl FromStr for Usd {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        MicroUsd::of_usd(text)
            .map(Self)
            .ok_or_else(|| format!("`{text}` is not an amount of US dollars from 0 to 1000000"))
    }
}
