//! The commands that every service has: `serve`, `migrate`, `openapi`, `dlq`.

use clap::{Subcommand, ValueEnum};
use events::Topic;

use crate::{dlq, kafka::Kafka};

/// `dlq list` and `dlq replay`.
#[derive(Clone, Debug, Subcommand)]
pub enum DlqCommand {
    /// Print the dead letters of this service that were not replayed, one JSON object a line.
    List {
        #[arg(long)]
        topic: TopicName,
    },
    /// Put dead letters back on their topic.
    Replay {
        #[arg(long)]
        topic: TopicName,
        /// Only the event with this id.
        #[arg(long)]
        id: Option<String>,
    },
}

/// A topic as an argument.
#[derive(Clone, Copy, Debug)]
pub struct TopicName(Topic);

impl ValueEnum for TopicName {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [TopicName; 8] = {
            let mut all = [TopicName(Topic::CourseRequests); 8];
            let mut i = 0;
            while i < 8 {
                all[i] = TopicName(Topic::ALL[i]);
                i += 1;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(self.0.name().into())
    }
}

impl DlqCommand {
    /// Blocks on Kafka; prints to standard output.
    ///
    /// # Errors
    /// Kafka out of reach.
    pub fn run(self, kafka: &Kafka, service: &str) -> anyhow::Result<()> {
        match self {
            Self::List { topic } => {
                for letter in dlq::list(kafka, service, topic.0)? {
                    println!("{}", serde_json::to_string(&letter)?);
                }
            }
            Self::Replay { topic, id } => {
                let count = dlq::replay(kafka, service, topic.0, id.as_deref())?;
                println!("replayed {count}");
            }
        }
        Ok(())
    }
}
