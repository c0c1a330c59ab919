use garde::Validate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::profile::RoleName;
use crate::rules;

#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewUser {
    #[garde(custom(rules::email))]
    pub email: String,
    #[garde(custom(rules::display_name))]
    pub display_name: String,
    #[garde(skip)]
    pub role: RoleName,
    /// Clients that the person belongs to.
    #[garde(custom(|ids: &Vec<Uuid>, (): &()| rules::client_ids(ids, &())))]
    pub client_ids: Vec<Uuid>,
    /// BCP 47 tag; `en` if not given.
    #[garde(inner(custom(rules::language)))]
    pub language: Option<String>,
    /// E.164.
    #[garde(inner(custom(rules::phone)))]
    pub phone: Option<String>,
}

#[derive(Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct UserChanges {
    #[garde(skip)]
    pub role: Option<RoleName>,
    #[garde(inner(custom(|ids: &Vec<Uuid>, (): &()| rules::client_ids(ids, &()))))]
    pub client_ids: Option<Vec<Uuid>>,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct UserFilter {
    pub role: Option<RoleName>,
    pub client_id: Option<Uuid>,
}
