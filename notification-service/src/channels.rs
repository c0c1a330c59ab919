//! The outside world of this service: whoever brings a message to a mailbox or a telephone.

mod aws;

use async_trait::async_trait;
use uuid::Uuid;

pub use aws::{Aws, aws_config};

pub struct Mail<'a> {
    pub delivery_id: Uuid,
    pub to: &'a str,
    pub subject: &'a str,
    pub text: &'a str,
    pub html: &'a str,
}

pub struct Sms<'a> {
    pub to: &'a str,
    pub text: &'a str,
}

/// One try each, never repeated within: whoever calls decides whether to try again. Answers with the provider's id.
#[async_trait]
pub trait Channels: Send + Sync {
    async fn send_mail(&self, mail: Mail<'_>) -> Result<String, SendError>;
    async fn send_sms(&self, sms: Sms<'_>) -> Result<String, SendError>;
}

/// Why a message did not go, or may not have gone.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// It did not go, and may go later.
    #[error("{code}: not now")]
    NotNow { code: String },
    /// It did not go, and never will.
    #[error("{code}: refused")]
    Refused { code: String },
    /// The connection ended after the request was under way: nobody knows.
    #[error("nobody knows whether it went")]
    Uncertain(#[source] anyhow::Error),
}
