//! One provider: a question goes out, the answer comes back as a stream, within its time and its length.

use std::time::Duration;

use async_openai::Client;
use async_openai::config::Config;
use async_openai::error::OpenAIError;
use futures::StreamExt as _;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::{Instant, timeout_at};

use super::breaker::Breaker;
use super::prices::Usage;
use super::providers::Kind;
use super::wire::{Refused, Wire};

/// Most bytes of an answer's text. A whole lesson has about 10 kB.
const MOST_TEXT: usize = 200 << 10;

/// What is asked: instructions that are the same for every lesson, then the data of this one.
#[derive(Clone, Debug)]
pub struct Question {
    pub instructions: String,
    pub data: String,
    /// Name and JSON Schema of the answer.
    pub schema: (&'static str, Value),
    pub max_output_tokens: u32,
}

/// How long a call may take.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    pub call: Duration,
    pub idle: Duration,
}

/// A whole answer.
#[derive(Clone, Debug)]
pub struct Reply {
    pub text: String,
    /// `None`: the provider did not say.
    pub usage: Option<Usage>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error("the provider is out of reach")]
    Unreachable(#[source] Box<OpenAIError>),
    #[error("the provider said nothing for too long")]
    Silent,
    #[error("the answer was cut off")]
    Cut,
    #[error("the answer is longer than any lesson")]
    TooLong,
    #[error("the answer is no event of the chat API")]
    Garbled,
}

impl CallError {
    /// Whether the provider may have worked, and so may charge for it.
    pub fn may_cost(&self) -> bool {
        !matches!(self, Self::Refused(_) | Self::Unreachable(_))
    }

    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused(refused) => refused.retry_after,
            _ => None,
        }
    }

    /// Wrong key, unknown model, a request that it does not take: asking again changes nothing.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Refused(r) if (400..500).contains(&r.status) && ![408, 409, 425, 429].contains(&r.status))
    }

    /// For logs and the ledger; never what the provider wrote.
    pub fn code(&self) -> String {
        match self {
            Self::Refused(r) => format!("status_{}", r.status),
            Self::Unreachable(_) => "unreachable".to_owned(),
            Self::Silent => "silent".to_owned(),
            Self::Cut => "cut".to_owned(),
            Self::TooLong => "too_long".to_owned(),
            Self::Garbled => "garbled".to_owned(),
        }
    }
}

impl From<OpenAIError> for CallError {
    fn from(error: OpenAIError) -> Self {
        match error {
            OpenAIError::Boxed(inner) => match inner.downcast::<Refused>() {
                Ok(refused) => Self::Refused(*refused),
                Err(other) => Self::Unreachable(Box::new(OpenAIError::Boxed(other))),
            },
            other => Self::Unreachable(Box::new(other)),
        }
    }
}

/// A provider with its address, key and model.
pub struct Provider {
    pub kind: Kind,
    pub model: String,
    pub breaker: Breaker,
    client: Client<Endpoint>,
}

impl Provider {
    /// # Errors
    /// The key cannot stand in a header, or TLS cannot be set up.
    pub fn new(kind: Kind, base_url: Option<String>, model: Option<String>, key: SecretString) -> anyhow::Result<Self> {
        let mut bearer = HeaderValue::from_str(&format!("Bearer {}", key.expose_secret().trim()))
            .map_err(|_| anyhow::anyhow!("the key of {kind} has characters that no key has"))?;
        bearer.set_sensitive(true);
        let filled = |value: Option<String>, default: &str| {
            value.map(|v| v.trim().to_owned()).filter(|v| !v.is_empty()).unwrap_or_else(|| default.to_owned())
        };
        let base = filled(base_url, kind.base_url()).trim_end_matches('/').to_owned();
        // A redirect would take the key and the client's text to another address.
        let http = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(10))
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        let client = Client::with_config(Endpoint { base, bearer, key }).with_http_service(Wire(http));
        Ok(Self { kind, model: filled(model, kind.model()), breaker: Breaker::default(), client })
    }

    /// "openai gpt-4.1"
    pub fn label(&self) -> String {
        format!("{} {}", self.kind, self.model)
    }

    /// Asks once.
    pub async fn ask(&self, question: &Question, times: Times) -> Result<Reply, CallError> {
        let mut request = request(question, &self.model);
        self.kind.shape(&mut request);
        let end = Instant::now() + times.call;
        let idle = |end: Instant| end.min(Instant::now() + times.idle);
        let chat = self.client.chat();
        let sent = chat.create_stream_byot::<_, Value>(request);
        let mut events = timeout_at(idle(end), sent).await.map_err(|_| CallError::Silent)??;
        let mut answer = Answer::default();
        loop {
            match timeout_at(idle(end), events.next()).await {
                Ok(Some(Ok(event))) => answer.take(event)?,
                // What comes after the last word can only be the count of tokens.
                Ok(None | Some(Err(_))) | Err(_) if answer.finished => break,
                Ok(Some(Err(_)) | None) => return Err(CallError::Cut),
                Err(_) => return Err(CallError::Silent),
            }
        }
        Ok(Reply { text: answer.text, usage: answer.usage })
    }
}

fn request(question: &Question, model: &str) -> Value {
    let (name, schema) = &question.schema;
    json!({
        "model": model,
        "messages": [
            { "role": "system", "content": question.instructions },
            { "role": "user", "content": question.data },
        ],
        "response_format": {
            "type": "json_schema",
            "json_schema": { "name": name, "strict": true, "schema": schema },
        },
        "max_completion_tokens": question.max_output_tokens,
        "stream": true,
        "stream_options": { "include_usage": true },
    })
}

/// What has come so far.
#[derive(Default)]
struct Answer {
    text: String,
    usage: Option<Usage>,
    finished: bool,
}

#[derive(Deserialize)]
struct Event {
    #[serde(default)]
    choices: Vec<Choice>,
    #[serde(default)]
    usage: Option<Tokens>,
    #[serde(default)]
    fault: Option<String>,
    #[serde(default)]
    error: Option<Value>,
}

#[derive(Deserialize)]
struct Choice {
    #[serde(default, alias = "message")]
    delta: Option<Delta>,
    #[serde(default)]
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Delta {
    #[serde(default)]
    content: Option<String>,
}

#[derive(Deserialize)]
struct Tokens {
    #[serde(default)]
    prompt_tokens: u64,
    #[serde(default)]
    completion_tokens: u64,
    #[serde(default)]
    prompt_tokens_details: Option<Details>,
}

#[derive(Deserialize)]
struct Details {
    #[serde(default)]
    cached_tokens: Option<u64>,
}

impl Answer {
    fn take(&mut self, event: Value) -> Result<(), CallError> {
        let event: Event = serde_json::from_value(event).map_err(|_| CallError::Garbled)?;
        match event.fault.as_deref() {
            Some("too_long") => return Err(CallError::TooLong),
            Some("not_json") => return Err(CallError::Garbled),
            Some(_) if !self.finished => return Err(CallError::Cut),
            _ => {}
        }
        if event.error.is_some_and(|e| !e.is_null()) && !self.finished {
            return Err(CallError::Cut);
        }
        for choice in event.choices.into_iter().take(1) {
            if let Some(text) = choice.delta.and_then(|d| d.content) {
                self.text.push_str(&text);
            }
            self.finished |= choice.finish_reason.is_some();
        }
        if self.text.len() > MOST_TEXT {
            return Err(CallError::TooLong);
        }
        if let Some(tokens) = event.usage {
            let cached = tokens.prompt_tokens_details.and_then(|d| d.cached_tokens).unwrap_or(0);
            self.usage = Some(Usage { input: tokens.prompt_tokens, cached, output: tokens.completion_tokens });
        }
        Ok(())
    }
}

/// Address and key, as `async-openai` asks for them.
#[derive(Clone)]
struct Endpoint {
    base: String,
    bearer: HeaderValue,
    key: SecretString,
}

impl Config for Endpoint {
    fn headers(&self) -> HeaderMap {
        HeaderMap::from_iter([(AUTHORIZATION, self.bearer.clone())])
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    fn query(&self) -> Vec<(&str, &str)> {
        Vec::new()
    }

    fn api_base(&self) -> &str {
        &self.base
    }

    fn api_key(&self) -> &SecretString {
        &self.key
    }
}
