//! The six levels, and scores on the scale 1.0 (A1) to 6.0 (C2).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A level of the Common European Framework of Reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    A1,
    A2,
    B1,
    B2,
    C1,
    C2,
}

/// The text is not one of `A1 A2 B1 B2 C1 C2`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a CEFR level (A1, A2, B1, B2, C1 or C2): {0:?}")]
pub struct UnknownLevel(pub String);

impl Level {
    pub const ALL: [Self; 6] = [Self::A1, Self::A2, Self::B1, Self::B2, Self::C1, Self::C2];

    /// The band of a score: 2.49 is A2, 2.5 is B1. Scores outside the scale fall in the band at its end.
    pub fn from_score(score: f32) -> Self {
        match score {
            s if s >= 5.5 => Self::C2,
            s if s >= 4.5 => Self::C1,
            s if s >= 3.5 => Self::B2,
            s if s >= 2.5 => Self::B1,
            s if s >= 1.5 => Self::A2,
            _ => Self::A1,
        }
    }

    /// The middle of the level's band: 1.0 for A1 to 6.0 for C2.
    pub fn score(self) -> f32 {
        f32::from(self as u8) + 1.0
    }

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

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Level {
    type Err = UnknownLevel;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|level| level.as_str().eq_ignore_ascii_case(text.trim()))
            .ok_or_else(|| UnknownLevel(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_begins_half_a_level_below_its_middle() {
        for level in Level::ALL {
            assert_eq!(Level::from_score(level.score()), level);
            assert_eq!(Level::from_score(level.score() - 0.5), level);
            assert_eq!(Level::from_score(level.score() + 0.49), level);
        }
        assert_eq!(Level::from_score(f32::NAN), Level::A1);
    }

    #[test]
    fn levels_are_read_as_they_are_written() {
        assert_eq!("b2".parse(), Ok(Level::B2));
        assert!("B3".parse::<Level>().is_err());
    }
}
