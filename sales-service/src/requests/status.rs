use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How far a request has come.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Status {
    Draft,
    Submitted,
    /// At least one SOP was read.
    Processing,
    Generating,
    InReview,
    Published,
    Failed,
    Cancelled,
}

impl Status {
    /// Events come late and out of order: a request only moves forward, and nothing follows the last three.
    pub fn may_become(self, next: Self) -> bool {
        !self.is_final() && next.rank() > self.rank()
    }

    pub fn is_final(self) -> bool {
        matches!(self, Self::Published | Self::Failed | Self::Cancelled)
    }

    fn rank(self) -> u8 {
        match self {
            Self::Draft => 0,
            Self::Submitted => 1,
            Self::Processing => 2,
            Self::Generating => 3,
            Self::InReview => 4,
            Self::Published => 5,
            Self::Failed => 6,
            Self::Cancelled => 7,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Status::{self, *};

    const ALL: [Status; 8] = [Draft, Submitted, Processing, Generating, InReview, Published, Failed, Cancelled];

    #[test]
    fn a_late_event_never_moves_a_request_back() {
        for from in ALL {
            for to in ALL {
                if from.may_become(to) {
                    assert!(!to.may_become(from), "{from:?} and {to:?} could take turns");
                }
            }
        }
    }

    #[test]
    fn nothing_follows_a_cancelled_request() {
        assert!(ALL.into_iter().all(|to| !Cancelled.may_become(to)));
    }
}
