//! The six levels of the Common European Framework of Reference (CEFR).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A CEFR level, A1 (lowest) to C2.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema)]
pub enum Level {
    A1,
    A2,
    B1,
    B2,
    C1,
    C2,
}

impl Level {
    pub const ALL: [Self; 6] = [Self::A1, Self::A2, Self::B1, Self::B2, Self::C1, Self::C2];

    /// The level on the continuous scale that `crates/cefr` measures: 1.0 for A1 to 6.0 for C2.
    #[must_use]
    pub fn score(self) -> f32 {
        f32::from(self as u8) + 1.0
    }

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::A1 => "A1",
            Self::A2 => "A2",
            Self::B1 => "B1",
            Self::B2 => "B2",
            Self::C1 => "C1",
            Self::C2 => "C2",
        }
    }
}

impl std::fmt::Display for Level {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text is not one of A1, A2, B1, B2, C1, C2.
#[derive(Debug, thiserror::Error)]
#[error("not a CEFR level; one of A1, A2, B1, B2, C1, C2")]
pub struct UnknownLevel;

impl std::str::FromStr for Level {
    type Err = UnknownLevel;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|l| l.as_str().eq_ignore_ascii_case(text)).ok_or(UnknownLevel)
    }
}
