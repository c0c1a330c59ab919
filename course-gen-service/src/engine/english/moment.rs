//! Times of day, days of the week and dates, and what the clock or the calendar shows later.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate};

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAY: u32 = 24 * 60;

/// A point in time, as exact as a case needs it.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Moment {
    /// Minutes since midnight.
    Time(u32),
    /// Monday is 0; days of the week after have 7 and more.
    Weekday {
        day: u32,
        minutes: Option<u32>,
    },
    Date(NaiveDate),
}

impl Moment {
    /// This moment and `n` units more; nothing where it would not be exact: a half month, a time after midnight.
    pub fn after(self, n: f64, unit: &str) -> Option<Self> {
        let minutes = match unit.trim_end_matches('s') {
            "minute" | "min" => Some(1.0),
            "hour" | "h" | "hr" => Some(60.0),
            "day" | "calendar day" => Some(f64::from(DAY)),
            _ => None,
        };
        match self {
            Self::Time(start) => {
                let end = start + whole(n * minutes.filter(|m| *m < f64::from(DAY))?)?;
                (end < DAY).then_some(Self::Time(end))
            }
            Self::Weekday { day, minutes: Some(start) } => {
                let end = day * DAY + start + whole(n * minutes?)?;
                Some(Self::Weekday { day: end / DAY, minutes: Some(end % DAY) })
            }
            Self::Weekday { day, minutes: None } => {
                let days = if unit.starts_with("working day") || unit.starts_with("business day") {
                    whole(n).filter(|n| day + n <= 4)?
                } else {
                    whole(n * minutes.filter(|m| *m >= f64::from(DAY))? / f64::from(DAY))?
                };
                Some(Self::Weekday { day: day + days, minutes: None })
            }
            Self::Date(start) => {
                let n = whole(n)?;
                let end = match unit.trim_end_matches('s') {
                    "day" | "calendar day" => start.checked_add_days(Days::new(u64::from(n))),
                    "week" => start.checked_add_days(Days::new(u64::from(n) * 7)),
                    "month" => start.checked_add_months(Months::new(n)),
                    "year" => start.checked_add_months(Months::new(n.checked_mul(12)?)),
                    _ => None,
                };
                end.map(Self::Date)
            }
        }
    }

    /// The only moment that a text names.
    pub fn find(text: &str) -> Option<Self> {
        let words: Vec<&str> =
            text.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())).collect();
        let date = words.windows(3).find_map(|w| {
            let month = MONTHS.iter().zip(1..).find(|(name, _)| *name == &w[1])?.1;
            NaiveDate::from_ymd_opt(w[2].parse().ok()?, month, w[0].parse().ok()?)
        });
        if let Some(date) = date {
            return Some(Self::Date(date));
        }
        let clock = words.iter().find_map(|w| {
            let (hours, minutes) = w.split_once(':')?;
            let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
            (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
        });
        let day = words.iter().find_map(|w| DAYS.iter().zip(0..).find(|(name, _)| *name == w).map(|(_, day)| day));
        match (day, clock) {
            (Some(day), minutes) => Some(Self::Weekday { day, minutes }),
            (None, Some(minutes)) => Some(Self::Time(minutes)),
            (None, None) => None,
        }
    }

    /// Whether both read the same on a clock, a week plan or a calendar.
    pub fn reads_like(self, other: Self) -> bool {
        self.to_string() == other.to_string()
    }

    /// "at 10:20", "on Monday at 10:20", "on 5 March 2026".
    pub fn placed(self) -> String {
        match self {
            Self::Time(_) => format!("at {self}"),
            Self::Weekday { day, minutes: Some(minutes) } => {
                format!("on {} at {}", Self::Weekday { day, minutes: None }, Self::Time(minutes))
            }
            Self::Weekday { .. } | Self::Date(_) => format!("on {self}"),
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |day: u32| DAYS[usize::try_from(day % 7).unwrap_or(0)];
        match self {
            Self::Time(minutes) => write!(f, "{:02}:{:02}", minutes / 60, minutes % 60),
            Self::Weekday { day, minutes: None } => f.write_str(name(*day)),
            Self::Weekday { day, minutes: Some(minutes) } => write!(f, "{}, {}", name(*day), Self::Time(*minutes)),
            Self::Date(date) => {
                let month = usize::try_from(date.month0()).unwrap_or(0);
                write!(f, "{} {} {}", date.day(), MONTHS[month], date.year())
            }
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be whole and small")]
fn whole(n: f64) -> Option<u32> {
    (n.fract().abs() < 1e-6 && (0.0..=1e6).contains(&n)).then(|| n.round() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn later(start: &str, n: f64, unit: &str) -> Option<String> {
        Moment::find(start)?.after(n, unit).map(|m| m.to_string())
    }

    #[test]
    fn clock_and_calendar_are_worked_out() {
        assert_eq!(later("It is 10:20 now.", 15.0, "minutes").as_deref(), Some("10:35"));
        assert_eq!(later("It is Monday, 12:00.", 72.0, "hours").as_deref(), Some("Thursday, 12:00"));
        assert_eq!(later("on Saturday at 09:30", 3.0, "days").as_deref(), Some("Tuesday, 09:30"));
        assert_eq!(later("on Monday", 3.0, "working days").as_deref(), Some("Thursday"));
        assert_eq!(later("on 5 March 2026", 3.0, "months").as_deref(), Some("5 June 2026"));
        assert_eq!(later("on 5 March 2026", 2.0, "years").as_deref(), Some("5 March 2028"));
        assert_eq!(later("on 28 February 2026", 2.0, "weeks").as_deref(), Some("14 March 2026"));
    }

    #[test]
    fn what_would_not_be_exact_is_nothing() {
        assert_eq!(later("23:30", 2.0, "hours"), None);
        assert_eq!(later("on 5 March 2026", 0.5, "months"), None);
        assert_eq!(later("on Thursday", 3.0, "working days"), None, "the weekend is a question of the workplace");
        assert_eq!(later("10:20", 3.0, "months"), None);
    }
}
