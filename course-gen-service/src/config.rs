use std::net::SocketAddr;

use platform::config::PlatformConfig;

use crate::llm::LlmSettings;

/// Everything the service is told from outside. S3's region, endpoint and credentials are read by the AWS SDK itself.
#[derive(clap::Args, Clone, Debug)]
pub struct Config {
    #[command(flatten)]
    pub platform: PlatformConfig,
    #[arg(long, env = "COURSE_GEN_DATABASE_URL", hide_env_values = true)]
    pub database_url: String,
    #[arg(long, env = "COURSE_GEN_HTTP_ADDR", default_value = "0.0.0.0:8104")]
    pub http_addr: SocketAddr,
    #[arg(long, env = "MONGODB_URL", hide_env_values = true)]
    pub mongodb_url: String,
    /// MongoDB database of drafts and packages.
    #[arg(long, env = "COURSE_GEN_MONGODB_DATABASE", default_value = "course_gen_service")]
    pub mongodb_database: String,
    /// Bucket that course packages go to.
    #[arg(long, env = "PACKAGES_BUCKET")]
    pub packages_bucket: String,
    #[arg(long, env = "QDRANT_URL")]
    pub qdrant_url: String,
    #[arg(long, env = "QDRANT_API_KEY", hide_env_values = true)]
    pub qdrant_api_key: Option<String>,
    /// Collection of SOP clauses, as sop-ingest-service writes it.
    #[arg(long, env = "QDRANT_COLLECTION", default_value = "sop-clauses")]
    pub qdrant_collection: String,
    /// Chromium's path; with it the package gets student.pdf and teacher.pdf.
    #[arg(long, env = "CHROMIUM")]
    pub chromium: Option<std::path::PathBuf>,
    /// Jobs that are worked on at the same time.
    #[arg(long, env = "COURSE_GEN_WORKERS", default_value_t = 2)]
    pub workers: usize,
    #[command(flatten)]
    pub llm: LlmSettings,
}
