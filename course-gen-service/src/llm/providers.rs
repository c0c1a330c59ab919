//! Who can be asked. All of them speak OpenAI's chat API; what each does in its own way is in its own file.

mod anthropic;
mod google;
mod openai;

use std::fmt;

use serde_json::Value;

/// A provider that we know.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    OpenAi,
    Anthropic,
    Google,
}

impl Kind {
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "openai" => Some(Self::OpenAi),
            "anthropic" => Some(Self::Anthropic),
            "google" => Some(Self::Google),
            _ => None,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::OpenAi => "openai",
            Self::Anthropic => "anthropic",
            Self::Google => "google",
        }
    }

    /// Where it listens, unless the environment says otherwise.
    pub fn base_url(self) -> &'static str {
        match self {
            Self::OpenAi => openai::BASE_URL,
            Self::Anthropic => anthropic::BASE_URL,
            Self::Google => google::BASE_URL,
        }
    }

    pub fn model(self) -> &'static str {
        match self {
            Self::OpenAi => openai::MODEL,
            Self::Anthropic => anthropic::MODEL,
            Self::Google => google::MODEL,
        }
    }

    /// Turns a request as OpenAI takes it into one that this provider takes.
    pub fn shape(self, request: &mut Value) {
        match self {
            Self::OpenAi => openai::shape(request),
            Self::Anthropic => anthropic::shape(request),
            Self::Google => google::shape(request),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
