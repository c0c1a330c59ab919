use std::{net::SocketAddr, path::PathBuf};

use platform::config::PlatformConfig;

use crate::pipeline::scan::{self, Scanner};

/// Everything the service is told from outside.
#[derive(clap::Args, Clone, Debug)]
pub struct Config {
    #[command(flatten)]
    pub platform: PlatformConfig,
    #[arg(long, env = "SOP_INGEST_DATABASE_URL", hide_env_values = true)]
    pub database_url: String,
    #[arg(long, env = "SOP_INGEST_HTTP_ADDR", default_value = "0.0.0.0:8103")]
    pub http_addr: SocketAddr,
    /// Bucket that reps upload SOPs to.
    #[arg(long, env = "UPLOADS_BUCKET")]
    pub uploads_bucket: String,
    /// Bucket for parsed SOPs.
    #[arg(long, env = "SOPS_BUCKET")]
    pub sops_bucket: String,
    /// Qdrant's gRPC address.
    #[arg(long, env = "QDRANT_URL")]
    pub qdrant_url: String,
    #[arg(long, env = "QDRANT_COLLECTION", default_value = "sop-clauses")]
    pub qdrant_collection: String,
    /// Folder with config.json, tokenizer.json and model.safetensors of all-MiniLM-L6-v2.
    #[arg(long, env = "MODEL_DIR")]
    pub model_dir: PathBuf,
    /// Where ClamAV's daemon listens, if there is one: a path, or host:port. Files then wait until it has looked at them.
    #[arg(long, env = scan::VARIABLE)]
    pub clamd_socket: Option<Scanner>,
    /// Documents that are worked on at the same time.
    #[arg(long, env = "SOP_INGEST_WORKERS", default_value_t = 2)]
    pub workers: usize,
}
