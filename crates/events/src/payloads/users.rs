use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::event;

/// A Cognito group.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Admin,
    SalesRep,
    CourseManager,
    Trainer,
    Student,
}

impl Role {
    pub const ALL: [Self; 5] = [Self::Admin, Self::SalesRep, Self::CourseManager, Self::Trainer, Self::Student];

    /// The Cognito group's name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::SalesRep => "sales_rep",
            Self::CourseManager => "course_manager",
            Self::Trainer => "trainer",
            Self::Student => "student",
        }
    }

    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.as_str() == name)
    }
}

/// What happened to the account last; the payload is the whole account all the same.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountChange {
    Invited,
    ProfileChanged,
    RoleChanged,
    ClientsChanged,
    Disabled,
    Enabled,
}

/// The whole current account. The topic is compacted: a new service reads every account from offset 0.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct UserAccount {
    pub user_id: Uuid,
    /// Grows with every change; a consumer keeps the highest.
    pub revision: i64,
    pub change: AccountChange,
    pub email: String,
    pub display_name: String,
    /// BCP 47 tag of the language to write to the person in.
    pub language: String,
    /// E.164.
    pub phone: Option<String>,
    pub roles: Vec<Role>,
    pub client_ids: Vec<Uuid>,
    pub disabled: bool,
}
event!(UserAccount, "user.account.v1", UserAccounts, user_id);
