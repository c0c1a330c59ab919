use chrono::{DateTime, Utc};
use events::payloads::Role;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use utoipa::ToSchema;
use uuid::Uuid;

/// A person, as the table holds them.
#[derive(Clone, Debug, FromRow)]
pub struct Profile {
    pub user_id: Uuid,
    pub list_id: Uuid,
    pub revision: i64,
    pub email: String,
    pub display_name: String,
    pub language: String,
    pub phone: Option<String>,
    #[sqlx(rename = "roles")]
    pub role_names: Vec<String>,
    pub client_ids: Vec<Uuid>,
    pub disabled: bool,
    pub updated_at: DateTime<Utc>,
}

impl Profile {
    /// A new person; `created` gives ids and times.
    pub fn new(user_id: Uuid, email: String, display_name: String, roles: &[Role]) -> Self {
        Self {
            user_id,
            list_id: Uuid::now_v7(),
            revision: 1,
            email,
            display_name,
            language: "en".to_owned(),
            phone: None,
            role_names: names(roles),
            client_ids: Vec::new(),
            disabled: false,
            updated_at: Utc::now(),
        }
    }

    pub fn roles(&self) -> Vec<Role> {
        self.role_names.iter().filter_map(|name| Role::from_name(name)).collect()
    }
}

pub fn names(roles: &[Role]) -> Vec<String> {
    roles.iter().map(|role| role.as_str().to_owned()).collect()
}

/// A role, as the API names it.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RoleName {
    Admin,
    SalesRep,
    CourseManager,
    Trainer,
    Student,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Admin => Self::Admin,
            RoleName::SalesRep => Self::SalesRep,
            RoleName::CourseManager => Self::CourseManager,
            RoleName::Trainer => Self::Trainer,
            RoleName::Student => Self::Student,
        }
    }
}

impl From<Role> for RoleName {
    fn from(role: Role) -> Self {
        match role {
            Role::Admin => Self::Admin,
            Role::SalesRep => Self::SalesRep,
            Role::CourseManager => Self::CourseManager,
            Role::Trainer => Self::Trainer,
            Role::Student => Self::Student,
        }
    }
}

/// A person, as callers see them.
#[derive(Serialize, ToSchema)]
pub struct User {
    pub user_id: Uuid,
    pub email: String,
    pub display_name: String,
    /// BCP 47 tag of the language to write to the person in.
    pub language: String,
    /// E.164; only the person and administrators see it.
    pub phone: Option<String>,
    pub roles: Vec<RoleName>,
    pub client_ids: Vec<Uuid>,
    pub disabled: bool,
    pub updated_at: DateTime<Utc>,
}

impl From<Profile> for User {
    fn from(profile: Profile) -> Self {
        Self {
            user_id: profile.user_id,
            roles: profile.roles().into_iter().map(RoleName::from).collect(),
            email: profile.email,
            display_name: profile.display_name,
            language: profile.language,
            phone: profile.phone,
            client_ids: profile.client_ids,
            disabled: profile.disabled,
            updated_at: profile.updated_at,
        }
    }
}
