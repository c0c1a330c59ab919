use std::time::{SystemTime, UNIX_EPOCH};

use axum::{Json, Router, routing::get};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode, jwk::Jwk};
use serde_json::{Value, json};
use uuid::Uuid;

pub(crate) const CLIENT_ID: &str = "test-client";
const KID: &str = "test-key";
const KEY: &[u8] = include_bytes!("issuer.pem");

/// A user pool of one test: signs tokens as Cognito does and publishes its key.
pub struct Issuer {
    pub url: String,
    key: EncodingKey,
}

impl Issuer {
    /// # Panics
    /// When no port is free.
    pub async fn start() -> Self {
        let key = EncodingKey::from_rsa_pem(KEY).unwrap();
        let mut jwk = Jwk::from_encoding_key(&key, Algorithm::RS256).unwrap();
        jwk.common.key_id = Some(KID.to_owned());
        let keys = json!({ "keys": [jwk] });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let app = Router::new().route("/jwks.json", get(move || async move { Json(keys) }));
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { url, key }
    }

    /// An access token that is good for ten minutes.
    pub fn token(&self, user: Uuid) -> String {
        self.sign(&self.claims(user))
    }

    /// The claims of a good access token, to be spoiled.
    ///
    /// # Panics
    /// Before 1970.
    pub fn claims(&self, user: Uuid) -> Value {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        json!({
            "sub": user, "iss": self.url, "client_id": CLIENT_ID, "token_use": "access", "username": user,
            "iat": now, "exp": now + 600, "scope": "aws.cognito.signin.user.admin",
        })
    }

    /// # Panics
    /// When the claims cannot be signed.
    pub fn sign(&self, claims: &Value) -> String {
        let header = Header { kid: Some(KID.to_owned()), ..Header::new(Algorithm::RS256) };
        encode(&header, claims, &self.key).unwrap()
    }

    /// A forgery: signed with a secret that anybody can read.
    ///
    /// # Panics
    /// When the claims cannot be signed.
    pub fn sign_hs256(&self, claims: &Value, secret: &str) -> String {
        let header = Header { kid: Some(KID.to_owned()), ..Header::new(Algorithm::HS256) };
        encode(&header, claims, &EncodingKey::from_secret(secret.as_bytes())).unwrap()
    }
}
