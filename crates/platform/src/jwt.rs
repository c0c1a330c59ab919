//! Cognito access tokens, verified by every service itself, whatever the gateway did.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header, jwk::JwkSet};
use serde::Deserialize;
use tokio::sync::RwLock;
use uuid::Uuid;

use crate::{Problem, config::PlatformConfig};

/// Longest token we look at; Cognito's have about 1,100 bytes.
const MAX_TOKEN_BYTES: usize = 8192;
/// The pool's keys are asked for again when a token names one that we do not know, but at most this often.
const REFRESH_AT_MOST_EVERY: Duration = Duration::from_secs(5);

/// What we use of an access token. There is no `aud` in Cognito's: `client_id` takes its place.
#[derive(Debug, Deserialize)]
pub struct Claims {
    pub sub: Uuid,
    client_id: String,
    token_use: String,
}

/// Checks signature, `iss`, `exp`, `client_id` and `token_use` against one user pool.
#[derive(Clone)]
pub struct Verifier(Arc<Inner>);

struct Inner {
    jwks_url: String,
    client_id: String,
    validation: Validation,
    http: reqwest::Client,
    keys: RwLock<Keys>,
}

struct Keys {
    set: JwkSet,
    fetched: Option<Instant>,
}

impl Verifier {
    pub fn new(config: &PlatformConfig) -> Self {
        let mut validation = Validation::new(Algorithm::RS256);
        validation.set_issuer(&[&config.jwt_issuer]);
        validation.set_required_spec_claims(&["exp", "iss", "sub"]);
        validation.validate_aud = false;
        validation.leeway = 5;
        Self(Arc::new(Inner {
            jwks_url: config.jwks_url.clone(),
            client_id: config.cognito_client_id.clone(),
            validation,
            http: reqwest::Client::new(),
            keys: RwLock::new(Keys { set: JwkSet { keys: Vec::new() }, fetched: None }),
        }))
    }

    /// # Errors
    /// 401 for a token that is not a valid access token of our client; 503 when the pool's keys are out of reach.
    pub async fn verify(&self, token: &str) -> Result<Claims, Problem> {
        if token.len() > MAX_TOKEN_BYTES {
            return Err(Problem::unauthenticated());
        }
        let header = decode_header(token).map_err(|_| Problem::unauthenticated())?;
        let kid = header.kid.ok_or_else(Problem::unauthenticated)?;
        if header.alg != Algorithm::RS256 {
            return Err(Problem::unauthenticated());
        }
        let key = self.key(&kid).await?.ok_or_else(Problem::unauthenticated)?;
        let claims = decode::<Claims>(token, &key, &self.0.validation).map_err(|_| Problem::unauthenticated())?.claims;
        if claims.client_id != self.0.client_id || claims.token_use != "access" {
            return Err(Problem::unauthenticated());
        }
        Ok(claims)
    }

    async fn key(&self, kid: &str) -> Result<Option<DecodingKey>, Problem> {
        if let Some(key) = find(&self.0.keys.read().await.set, kid) {
            return Ok(Some(key));
        }
        let mut keys = self.0.keys.write().await;
        if let Some(key) = find(&keys.set, kid) {
            return Ok(Some(key));
        }
        if keys.fetched.is_some_and(|at| at.elapsed() < REFRESH_AT_MOST_EVERY) {
            return Ok(None);
        }
        keys.set = self.fetch().await.map_err(Problem::unavailable)?;
        keys.fetched = Some(Instant::now());
        Ok(find(&keys.set, kid))
    }

    async fn fetch(&self) -> Result<JwkSet, reqwest::Error> {
        let request = self.0.http.get(&self.0.jwks_url).timeout(Duration::from_secs(3));
        request.send().await?.error_for_status()?.json().await
    }
}

fn find(set: &JwkSet, kid: &str) -> Option<DecodingKey> {
    set.find(kid).and_then(|jwk| DecodingKey::from_jwk(jwk).ok())
}
