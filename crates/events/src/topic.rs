use serde::{Deserialize, Serialize};

/// A Kafka topic. Its settings are in `topics.json`, which the bootstrap reads too.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    CourseRequests,
    SopDocuments,
    CourseGeneration,
    CourseLifecycle,
    LearningActivity,
    TrainingDelivery,
    UserAccounts,
    Notifications,
}

impl Topic {
    pub const ALL: [Self; 8] = [
        Self::CourseRequests,
        Self::SopDocuments,
        Self::CourseGeneration,
        Self::CourseLifecycle,
        Self::LearningActivity,
        Self::TrainingDelivery,
        Self::UserAccounts,
        Self::Notifications,
    ];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CourseRequests => "course-requests",
            Self::SopDocuments => "sop-documents",
            Self::CourseGeneration => "course-generation",
            Self::CourseLifecycle => "course-lifecycle",
            Self::LearningActivity => "learning-activity",
            Self::TrainingDelivery => "training-delivery",
            Self::UserAccounts => "user-accounts",
            Self::Notifications => "notifications",
        }
    }

    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.name() == name)
    }
}

/// One line of the topic table.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct TopicSettings {
    pub name: String,
    pub partitions: i32,
    /// `None`: kept for ever.
    pub retention_hours: Option<u64>,
    pub compacted: bool,
    pub key: String,
    pub about: String,
}

#[derive(Deserialize)]
struct Table {
    topics: Vec<TopicSettings>,
}

/// The topic table of `topics.json`.
///
/// # Errors
/// The file, compiled in, is not the JSON it should be.
pub fn topic_table() -> Result<Vec<TopicSettings>, serde_json::Error> {
    serde_json::from_str::<Table>(include_str!("../topics.json")).map(|t| t.topics)
}
