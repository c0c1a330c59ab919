mod answers;

use std::time::Duration;

use anyhow::anyhow;
use async_trait::async_trait;
use aws_config::{BehaviorVersion, SdkConfig, timeout::TimeoutConfig};
use aws_sdk_cognitoidentityprovider::{
    Client,
    types::{AttributeType, AuthFlowType, ChallengeNameType, DeliveryMediumType, SoftwareTokenMfaSettingsType},
};
use events::payloads::Role;
use secrecy::{ExposeSecret as _, SecretString};
use uuid::Uuid;

use self::answers::{explain, in_session, next_step, unexpected, user_id};
use super::{IdentityError, IdentityProvider, IdentityUser, SignIn, Tokens};

/// Settings of the AWS SDK from the environment. A person waits for the answer: give up well before the gateway does.
pub async fn aws_config() -> SdkConfig {
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(2))
        .operation_attempt_timeout(Duration::from_secs(6))
        .operation_timeout(Duration::from_secs(15))
        .build();
    aws_config::defaults(BehaviorVersion::latest()).timeout_config(timeouts).load().await
}

/// One user pool, through one app client without a secret.
pub struct Cognito {
    client: Client,
    pool_id: String,
    client_id: String,
    temporary_password: Option<SecretString>,
}

impl Cognito {
    pub fn new(
        config: &SdkConfig,
        pool_id: String,
        client_id: String,
        temporary_password: Option<SecretString>,
    ) -> Self {
        Self { client: Client::new(config), pool_id, client_id, temporary_password }
    }

    async fn authenticate(&self, flow: AuthFlowType, parameters: &[(&str, &str)]) -> Result<SignIn, IdentityError> {
        let mut request = self.client.initiate_auth().client_id(&self.client_id).auth_flow(flow);
        for (name, value) in parameters {
            request = request.auth_parameters(*name, *value);
        }
        let answer = request.send().await.map_err(explain)?;
        next_step(answer.authentication_result, answer.challenge_name, answer.session)
    }

    async fn respond(
        &self,
        challenge: ChallengeNameType,
        session: &str,
        responses: [(&str, &str); 2],
    ) -> Result<SignIn, IdentityError> {
        let mut request = self.client.respond_to_auth_challenge().client_id(&self.client_id);
        for (name, value) in responses {
            request = request.challenge_responses(name, value);
        }
        let answer = request.challenge_name(challenge).session(session).send().await;
        let answer = answer.map_err(|error| match explain(error) {
            // Cognito's words for a session that is none, has ended or belongs to somebody else.
            IdentityError::WrongCredentials | IdentityError::InvalidInput | IdentityError::UserNotFound => {
                IdentityError::SessionEnded
            }
            other => other,
        })?;
        next_step(answer.authentication_result, answer.challenge_name, answer.session)
    }

    async fn groups(&self, username: &str) -> Result<Vec<Role>, IdentityError> {
        // Five groups exist: one page holds them.
        let answer = self.client.admin_list_groups_for_user().user_pool_id(&self.pool_id).username(username).send();
        let groups = answer.await.map_err(explain)?.groups.unwrap_or_default();
        Ok(groups.iter().filter_map(|g| Role::from_name(g.group_name()?)).collect())
    }

    async fn user(&self, username: &str) -> Result<Option<IdentityUser>, IdentityError> {
        let answer = self.client.admin_get_user().user_pool_id(&self.pool_id).username(username).send().await;
        let user = match answer.map_err(explain) {
            Err(IdentityError::UserNotFound) => return Ok(None),
            other => other?,
        };
        let attribute = |name: &str| {
            user.user_attributes().iter().find(|a| a.name() == name).and_then(|a| a.value()).map(ToOwned::to_owned)
        };
        let user_id = user_id(attribute("sub").as_deref().unwrap_or(user.username()))?;
        let email = attribute("email").ok_or_else(|| IdentityError::Unexpected(anyhow!("a user without e-mail")))?;
        let roles = self.groups(user.username()).await?;
        Ok(Some(IdentityUser { user_id, email: email.to_lowercase(), display_name: attribute("name"), roles }))
    }
}

#[async_trait]
impl IdentityProvider for Cognito {
    async fn sign_in(&self, email: &str, password: &SecretString) -> Result<SignIn, IdentityError> {
        let parameters = [("USERNAME", email), ("PASSWORD", password.expose_secret())];
        self.authenticate(AuthFlowType::UserPasswordAuth, &parameters).await.map_err(|error| match error {
            IdentityError::UserNotFound | IdentityError::InvalidInput => IdentityError::WrongCredentials,
            other => other,
        })
    }

    async fn answer_new_password(
        &self,
        email: &str,
        session: &str,
        password: &SecretString,
    ) -> Result<SignIn, IdentityError> {
        let responses = [("USERNAME", email), ("NEW_PASSWORD", password.expose_secret())];
        self.respond(ChallengeNameType::NewPasswordRequired, session, responses).await
    }

    async fn answer_totp(&self, email: &str, session: &str, code: &str) -> Result<SignIn, IdentityError> {
        let responses = [("USERNAME", email), ("SOFTWARE_TOKEN_MFA_CODE", code)];
        self.respond(ChallengeNameType::SoftwareTokenMfa, session, responses).await
    }

    async fn refresh(&self, refresh_token: &str) -> Result<Tokens, IdentityError> {
        let answer = self.authenticate(AuthFlowType::RefreshTokenAuth, &[("REFRESH_TOKEN", refresh_token)]).await;
        match answer {
            Ok(SignIn::Done(tokens)) => Ok(tokens),
            Ok(SignIn::Challenge { .. })
            | Err(IdentityError::WrongCredentials | IdentityError::UserNotFound | IdentityError::InvalidInput) => {
                Err(IdentityError::SessionEnded)
            }
            Err(error) => Err(error),
        }
    }

    async fn revoke(&self, refresh_token: &str) -> Result<(), IdentityError> {
        let answer = self.client.revoke_token().client_id(&self.client_id).token(refresh_token).send().await;
        match answer.map_err(explain) {
            Ok(_) | Err(IdentityError::WrongCredentials | IdentityError::InvalidInput) => Ok(()),
            Err(error) => Err(error),
        }
    }

    async fn forgot_password(&self, email: &str) -> Result<(), IdentityError> {
        let answer = self.client.forgot_password().client_id(&self.client_id).username(email).send().await;
        answer.map(|_| ()).map_err(explain)
    }

    async fn reset_password(&self, email: &str, code: &str, password: &SecretString) -> Result<(), IdentityError> {
        let request = self.client.confirm_forgot_password().client_id(&self.client_id).username(email);
        let answer = request.confirmation_code(code).password(password.expose_secret()).send().await;
        answer.map(|_| ()).map_err(|error| match explain(error) {
            // Nobody learns from a code whether there is such a user.
            IdentityError::UserNotFound | IdentityError::WrongCredentials | IdentityError::InvalidInput => {
                IdentityError::WrongCode
            }
            other => other,
        })
    }

    async fn associate_totp(&self, access_token: &str) -> Result<String, IdentityError> {
        let answer = self.client.associate_software_token().access_token(access_token).send().await;
        let secret = answer.map_err(in_session)?.secret_code;
        secret.ok_or_else(|| IdentityError::Unexpected(anyhow!("no secret for the authenticator app")))
    }

    async fn verify_totp(&self, access_token: &str, code: &str) -> Result<(), IdentityError> {
        let request = self.client.verify_software_token().access_token(access_token).user_code(code);
        request.send().await.map_err(|error| match in_session(error) {
            IdentityError::InvalidInput => IdentityError::WrongCode,
            other => other,
        })?;
        let settings = SoftwareTokenMfaSettingsType::builder().enabled(true).preferred_mfa(true).build();
        let request = self.client.set_user_mfa_preference().access_token(access_token);
        request.software_token_mfa_settings(settings).send().await.map(|_| ()).map_err(in_session)
    }

    async fn find_by_email(&self, email: &str) -> Result<Option<IdentityUser>, IdentityError> {
        self.user(email).await
    }

    async fn find(&self, user: Uuid) -> Result<Option<IdentityUser>, IdentityError> {
        self.user(&user.to_string()).await
    }

    async fn create_user(&self, email: &str, display_name: &str) -> Result<Uuid, IdentityError> {
        let mut request = self
            .client
            .admin_create_user()
            .user_pool_id(&self.pool_id)
            .username(email)
            .desired_delivery_mediums(DeliveryMediumType::Email);
        for (name, value) in [("email", email), ("email_verified", "true"), ("name", display_name)] {
            let attribute = AttributeType::builder().name(name).value(value).build();
            request = request.user_attributes(attribute.map_err(unexpected)?);
        }
        if let Some(password) = &self.temporary_password {
            request = request.temporary_password(password.expose_secret());
        }
        let made = request.send().await.map_err(explain)?.user;
        let made = made.ok_or_else(|| IdentityError::Unexpected(anyhow!("no user was made")))?;
        let sub = made.attributes().iter().find(|a| a.name() == "sub").and_then(|a| a.value());
        user_id(sub.or(made.username()).unwrap_or_default())
    }

    async fn set_groups(&self, user: Uuid, roles: &[Role]) -> Result<(), IdentityError> {
        let username = user.to_string();
        let present = self.groups(&username).await?;
        for role in roles.iter().filter(|role| !present.contains(role)) {
            let request = self.client.admin_add_user_to_group().user_pool_id(&self.pool_id).username(&username);
            request.group_name(role.as_str()).send().await.map_err(explain)?;
        }
        for role in present.iter().filter(|role| !roles.contains(role)) {
            let request = self.client.admin_remove_user_from_group().user_pool_id(&self.pool_id).username(&username);
            request.group_name(role.as_str()).send().await.map_err(explain)?;
        }
        Ok(())
    }

    async fn disable(&self, user: Uuid) -> Result<(), IdentityError> {
        let username = user.to_string();
        let request = self.client.admin_disable_user().user_pool_id(&self.pool_id).username(&username);
        request.send().await.map_err(explain)?;
        let request = self.client.admin_user_global_sign_out().user_pool_id(&self.pool_id).username(&username);
        request.send().await.map(|_| ()).map_err(explain)
    }

    async fn enable(&self, user: Uuid) -> Result<(), IdentityError> {
        let request = self.client.admin_enable_user().user_pool_id(&self.pool_id).username(user.to_string());
        request.send().await.map(|_| ()).map_err(explain)
    }
}
