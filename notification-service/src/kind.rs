//! The kinds of message, each with its template in every language and the channels that it may take.

/// Languages that every template exists in; the first stands in for all others.
pub const LANGUAGES: [&str; 5] = ["en", "de", "es", "pl", "uk"];

/// A template in the order of [`LANGUAGES`].
macro_rules! in_every_language {
    ($name:literal) => {
        [
            include_str!(concat!("../templates/en/", $name, ".txt")),
            include_str!(concat!("../templates/de/", $name, ".txt")),
            include_str!(concat!("../templates/es/", $name, ".txt")),
            include_str!(concat!("../templates/pl/", $name, ".txt")),
            include_str!(concat!("../templates/uk/", $name, ".txt")),
        ]
    };
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal),* $(,)?) => {
        /// What a message is about.
        #[derive(Clone, Copy, Debug, Eq, PartialEq)]
        pub enum Kind {
            $($(#[$doc])* $kind),*
        }

        impl Kind {
            #[cfg(test)]
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind => $name),*
                }
            }

            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$kind),)*
                    _ => None,
                }
            }

            pub fn templates(self) -> [&'static str; LANGUAGES.len()] {
                match self {
                    $(Self::$kind => in_every_language!($name)),*
                }
            }
        }
    };
}

kinds! {
    RequestOrdered = "request_ordered",
    RequestCancelled = "request_cancelled",
    SopFailed = "sop_failed",
    SopRequestFailed = "sop_request_failed",
    CourseGenerated = "course_generated",
    CourseGenerationFailed = "course_generation_failed",
    CoursePublished = "course_published",
    CourseAssignedStudent = "course_assigned_student",
    CourseAssignedTrainer = "course_assigned_trainer",
    SubmissionGraded = "submission_graded",
    FeedbackReceived = "feedback_received",
    SessionScheduled = "session_scheduled",
    AccountInvited = "account_invited",
    AccountRoleChanged = "account_role_changed",
    AccountEnabled = "account_enabled",
}

/// What stands around the text in an e-mail.
pub const EMAIL_LAYOUT: [&str; LANGUAGES.len()] = in_every_language!("_email");

impl Kind {
    /// Cognito mails the invitation, and who cancels an order need not be mailed that they did.
    pub fn goes_by_email(self) -> bool {
        !matches!(self, Self::AccountInvited | Self::RequestCancelled)
    }

    /// Text messages cost money and wake people up: only what cannot wait.
    pub fn goes_by_sms(self) -> bool {
        matches!(self, Self::SessionScheduled | Self::AccountRoleChanged | Self::AccountEnabled)
    }
}
