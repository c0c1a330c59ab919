use chrono::{DateTime, Duration, Utc};
use garde::Validate;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::attendance::Attendance;

/// Classes lie within this time from now; anything else is a slip of the keyboard.
const HORIZON: Duration = Duration::days(5 * 365);

#[derive(Debug, FromRow, Serialize, ToSchema)]
pub struct Session {
    pub session_id: Uuid,
    pub course_id: Uuid,
    pub trainer_id: Uuid,
    pub title: String,
    pub starts_at: DateTime<Utc>,
    pub minutes: i32,
    pub place: Option<String>,
    pub lesson_id: Option<Uuid>,
    /// When attendance was first taken.
    pub held_at: Option<DateTime<Utc>>,
    #[serde(skip)]
    pub revision: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SessionDetail {
    #[serde(flatten)]
    pub session: Session,
    pub attendance: Vec<Attendance>,
}

#[derive(Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewSession {
    #[garde(length(chars, max = 200), custom(platform::text::line))]
    pub title: String,
    #[garde(custom(near))]
    pub starts_at: DateTime<Utc>,
    #[garde(range(min = 1, max = 600))]
    pub minutes: i32,
    /// A room or a link.
    #[garde(inner(length(chars, max = 300)), custom(platform::text::optional_line))]
    pub place: Option<String>,
    /// What is taught.
    #[garde(skip)]
    pub lesson_id: Option<Uuid>,
}

/// Fields that are left out stay as they are.
#[derive(Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct SessionChanges {
    #[garde(inner(length(chars, max = 200)), custom(platform::text::optional_line))]
    pub title: Option<String>,
    #[garde(inner(custom(near)))]
    pub starts_at: Option<DateTime<Utc>>,
    #[garde(inner(range(min = 1, max = 600)))]
    pub minutes: Option<i32>,
    #[garde(inner(length(chars, max = 300)), custom(platform::text::optional_line))]
    pub place: Option<String>,
    #[garde(skip)]
    pub lesson_id: Option<Uuid>,
}

fn near(value: &DateTime<Utc>, (): &()) -> garde::Result {
    let distance = *value - Utc::now();
    if distance.abs() > HORIZON {
        return Err(garde::Error::new("must lie within five years from now"));
    }
    Ok(())
}
