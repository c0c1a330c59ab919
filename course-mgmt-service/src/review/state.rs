use platform::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a version stands. `in_review` leads to `changes_requested`, where it ends (the next version starts anew), or to
/// `approved` and from there to `published`.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum ReviewState {
    InReview,
    ChangesRequested,
    Approved,
    Published,
}

impl ReviewState {
    /// # Errors
    /// 409 unless in review.
    pub fn request_changes(self) -> Result<Self, Problem> {
        self.require_in_review().map(|()| Self::ChangesRequested)
    }

    /// # Errors
    /// 409 unless in review.
    pub fn approve(self) -> Result<Self, Problem> {
        self.require_in_review().map(|()| Self::Approved)
    }

    /// # Errors
    /// 409 unless approved.
    pub fn publish(self) -> Result<Self, Problem> {
        match self {
            Self::Approved => Ok(Self::Published),
            Self::Published => Err(Problem::conflict("already_published", "This version is published already")),
            Self::InReview | Self::ChangesRequested => {
                Err(Problem::conflict("not_approved", "Only an approved version can be published"))
            }
        }
    }

    fn require_in_review(self) -> Result<(), Problem> {
        if self == Self::InReview {
            return Ok(());
        }
        Err(Problem::conflict("not_in_review", "This version is not in review any more"))
    }
}

#[cfg(test)]
mod tests {
    use super::ReviewState::{self, *};

    const ALL: [ReviewState; 4] = [InReview, ChangesRequested, Approved, Published];

    #[test]
    fn only_a_version_in_review_can_be_approved_or_sent_back() {
        for state in ALL {
            assert_eq!(state.approve().is_ok(), state == InReview, "{state:?}");
            assert_eq!(state.request_changes().is_ok(), state == InReview, "{state:?}");
        }
    }

    #[test]
    fn only_an_approved_version_can_be_published() {
        for state in ALL {
            assert_eq!(state.publish().is_ok(), state == Approved, "{state:?}");
        }
    }
}
