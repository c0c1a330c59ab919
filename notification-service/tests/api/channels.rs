use std::{collections::VecDeque, sync::Mutex};

use async_trait::async_trait;
use notification_service::channels::{Channels, Mail, SendError, Sms};

#[derive(Clone, Debug)]
pub struct SentMail {
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// Writes down what it is to send; answers as the test says, else that it went.
#[derive(Default)]
pub struct Recorder {
    pub mails: Mutex<Vec<SentMail>>,
    pub texts: Mutex<Vec<(String, String)>>,
    pub answers: Mutex<VecDeque<SendError>>,
}

impl Recorder {
    pub fn refuse(&self, errors: impl IntoIterator<Item = SendError>) {
        self.answers.lock().unwrap().extend(errors);
    }

    pub fn mails_to(&self, address: &str) -> Vec<SentMail> {
        self.mails.lock().unwrap().iter().filter(|m| m.to == address).cloned().collect()
    }

    fn answer(&self) -> Result<String, SendError> {
        self.answers.lock().unwrap().pop_front().map_or_else(|| Ok("provider-id".to_owned()), Err)
    }
}

#[async_trait]
impl Channels for Recorder {
    async fn send_mail(&self, mail: Mail<'_>) -> Result<String, SendError> {
        // Long enough for another worker to come by.
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        self.answer()?;
        self.mails.lock().unwrap().push(SentMail {
            to: mail.to.to_owned(),
            subject: mail.subject.to_owned(),
            text: mail.text.to_owned(),
            html: mail.html.to_owned(),
        });
        Ok(mail.delivery_id.to_string())
    }

    async fn send_sms(&self, sms: Sms<'_>) -> Result<String, SendError> {
        self.answer()?;
        self.texts.lock().unwrap().push((sms.to.to_owned(), sms.text.to_owned()));
        Ok("provider-id".to_owned())
    }
}

pub fn not_now() -> SendError {
    SendError::NotNow { code: "TooManyRequestsException".to_owned() }
}
