use std::{error::Error, io, time::Duration};

use async_trait::async_trait;
use aws_config::{BehaviorVersion, SdkConfig, retry::RetryConfig, timeout::TimeoutConfig};
use aws_sdk_sesv2::{
    config::http::HttpResponse,
    error::{BuildError, ProvideErrorMetadata, SdkError},
    types::{Body, Content, Destination, EmailContent, Message, MessageHeader, MessageTag},
};
use aws_sdk_sns::types::MessageAttributeValue;

use super::{Channels, Mail, SendError, Sms};

/// Settings of the AWS SDK from the environment. Its own retries are off: it would repeat a request whose answer was lost, and
/// SES sends what it gets.
pub async fn aws_config() -> SdkConfig {
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(3))
        .operation_timeout(Duration::from_secs(20))
        .build();
    aws_config::defaults(BehaviorVersion::latest())
        .retry_config(RetryConfig::disabled())
        .timeout_config(timeouts)
        .load()
        .await
}

/// E-mail by SES, text messages by SNS.
pub struct Aws {
    ses: aws_sdk_sesv2::Client,
    sns: aws_sdk_sns::Client,
    email_from: String,
    sms_sender: String,
}

impl Aws {
    pub fn new(config: &SdkConfig, email_from: String, sms_sender: String) -> Self {
        Self { ses: aws_sdk_sesv2::Client::new(config), sns: aws_sdk_sns::Client::new(config), email_from, sms_sender }
    }
}

#[async_trait]
impl Channels for Aws {
    async fn send_mail(&self, mail: Mail<'_>) -> Result<String, SendError> {
        let delivery_id = mail.delivery_id.to_string();
        let utf8 = |data: &str| Content::builder().data(data).charset("UTF-8").build();
        let body = Body::builder().text(utf8(mail.text).map_err(unbuilt)?).html(utf8(mail.html).map_err(unbuilt)?);
        // The id is in the message itself and in SES's own events: an `uncertain` delivery can be looked up by it.
        let header = MessageHeader::builder().name("X-Delivery-Id").value(&delivery_id).build().map_err(unbuilt)?;
        let tag = MessageTag::builder().name("delivery_id").value(&delivery_id).build().map_err(unbuilt)?;
        let message =
            Message::builder().subject(utf8(mail.subject).map_err(unbuilt)?).body(body.build()).headers(header).build();
        let answer = self
            .ses
            .send_email()
            .from_email_address(&self.email_from)
            .destination(Destination::builder().to_addresses(mail.to).build())
            .content(EmailContent::builder().simple(message).build())
            .email_tags(tag)
            .send()
            .await
            .map_err(explain)?;
        Ok(answer.message_id.unwrap_or_default())
    }

    async fn send_sms(&self, sms: Sms<'_>) -> Result<String, SendError> {
        let string = |value: &str| MessageAttributeValue::builder().data_type("String").string_value(value).build();
        let answer = self
            .sns
            .publish()
            .phone_number(sms.to)
            .message(sms.text)
            .message_attributes("AWS.SNS.SMS.SenderID", string(&self.sms_sender).map_err(unbuilt)?)
            .message_attributes("AWS.SNS.SMS.SMSType", string("Transactional").map_err(unbuilt)?)
            .send()
            .await
            .map_err(explain)?;
        Ok(answer.message_id.unwrap_or_default())
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
fn unbuilt(error: BuildError) -> SendError {
    tracing::error!(error.message = %error, "a request to AWS could not be built");
    SendError::Refused { code: "request_not_built".to_owned() }
}

/// What an error says of the message. Only an answer, or a connection that never stood, says that it did not go.
fn explain<E>(error: SdkError<E, HttpResponse>) -> SendError
where
    E: ProvideErrorMetadata + Error + Send + Sync + 'static,
{
    match &error {
        SdkError::ConstructionFailure(_) => return SendError::Refused { code: "request_not_built".to_owned() },
        SdkError::DispatchFailure(failure) if failure.as_connector_error().is_some_and(|e| never_connected(e)) => {
            return SendError::NotNow { code: "out_of_reach".to_owned() };
        }
        SdkError::ServiceError(answer) => {
            let code = error.code().unwrap_or("unknown").to_owned();
            let later = answer.raw().status().is_server_error()
                || matches!(
                    code.as_str(),
                    // Too fast, over the day's quota, or the account is paused: an operator can mend that.
                    "TooManyRequestsException"
                        | "ThrottlingException"
                        | "ThrottledException"
                        | "Throttling"
                        | "Throttled"
                        | "LimitExceededException"
                        | "SendingPausedException"
                        | "AccountSuspendedException"
                );
            return if later { SendError::NotNow { code } } else { SendError::Refused { code } };
        }
        _ => {}
    }
    SendError::Uncertain(error.into())
}

fn never_connected(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(io) = error.downcast_ref::<io::Error>()
            && matches!(
                io.kind(),
                io::ErrorKind::ConnectionRefused
                    | io::ErrorKind::HostUnreachable
                    | io::ErrorKind::NetworkUnreachable
                    | io::ErrorKind::AddrNotAvailable
            )
        {
            return true;
        }
        next = error.source();
    }
    false
}
