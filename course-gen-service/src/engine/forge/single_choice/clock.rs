//! "Move each pallet within 15 minutes of unloading." Time of unloading: 10:20. By when? Clock and calendar are worked out from
//! the SOP's own time.

mod timed;

use course_format::Level;
use course_format::course::Relation;
use uuid::Uuid;

use crate::engine::english::moment::Moment;
use crate::engine::english::question::you;
use crate::engine::english::text::capitalise;
use crate::engine::forge::build::{Reason, Spec, spread};
use crate::engine::forge::{Bench, Made};
use timed::{Span, Timed, Work};

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    timed::of(bench).iter().filter_map(|timed| one(bench, timed)).collect()
}

fn one(bench: &Bench<'_>, timed: &Timed) -> Option<Made> {
    let seed = Uuid::new_v5(&bench.library.document(timed.at).document_id, timed.source.as_bytes());
    let start = start(timed, seed)?;
    let key = start.after(timed.number, &timed.unit)?;
    let options = options(timed, start, key, seed)?;
    let stems = stems(bench.level, timed, start);
    let name = match timed.span {
        Span::Within => "at the latest",
        Span::For if timed.at_most => "at the latest",
        Span::For => "at the earliest",
        Span::Every => "for the next time",
    };
    let because = |shown: Moment| {
        let begin = start.placed();
        let so = if shown == key { String::new() } else { format!(", not {shown}") };
        format!("The SOP says “{}”. Counted from the start {begin}, that is {key} {name}{so}.", timed.said)
    };
    let reasons = options.iter().filter(|o| **o != key).map(|option| Reason {
        option: option.to_string(),
        why: because(*option),
        at: timed.at,
        part: timed.source.clone(),
    });
    let spec = Spec {
        clause: timed.at,
        frame: "case-clock",
        target: format!("{}/{}", timed.source, timed.said),
        stem: stems.first()?.clone(),
        others: stems[1..].to_vec(),
        rationale: because(key),
        relation: Relation::Infer,
        provenance: vec![bench.library.prove_part(timed.at, &timed.source)],
        reasons: reasons.collect(),
        score: 9,
    };
    let texts: Vec<String> = options.iter().map(Moment::to_string).collect();
    Some(spec.single_in_order(bench, &key.to_string(), &texts))
}

/// A clock for minutes, a week for hours and days, a calendar for what is longer.
fn start(timed: &Timed, seed: Uuid) -> Option<Moment> {
    const TIMES: [u32; 6] = [8 * 60 + 10, 9 * 60 + 30, 10 * 60 + 20, 11 * 60, 13 * 60 + 45, 14 * 60 + 5];
    const DATES: [(u32, u32); 6] = [(5, 3), (12, 1), (20, 5), (9, 2), (3, 4), (17, 6)];
    let unit = timed.unit.trim_end_matches('s');
    let at = spread(seed, 6);
    let time = TIMES[at];
    let few = |most: f64| timed.number <= most;
    match unit {
        "minute" | "min" if (1.0..=240.0).contains(&timed.number) => Some(Moment::Time(time)),
        "hour" | "h" if few(4.0) => Some(Moment::Time(time)),
        "hour" | "h" if timed.number % 12.0 == 0.0 && few(96.0) => {
            Some(Moment::Weekday { day: 0, minutes: Some(time) })
        }
        "working day" | "business day" if few(4.0) => Some(Moment::Weekday { day: 0, minutes: None }),
        "day" | "calendar day" if few(5.0) => Some(Moment::Weekday { day: 0, minutes: None }),
        "day" | "calendar day" | "week" | "month" | "year" => {
            let (day, month) = DATES[at];
            chrono::NaiveDate::from_ymd_opt(2026, month, day).map(Moment::Date)
        }
        _ => None,
    }
}

/// The key and two moments that other amounts would give, the first one first.
fn options(timed: &Timed, start: Moment, key: Moment, seed: Uuid) -> Option<Vec<Moment>> {
    const FACTORS: [[f64; 6]; 3] =
        [[0.5, 2.0, 3.0, 1.5, 0.25, 4.0], [2.0, 3.0, 0.5, 1.5, 4.0, 0.25], [0.25, 0.5, 1.5, 2.0, 0.75, 3.0]];
    let by_factor = FACTORS[spread(Uuid::new_v5(&seed, b"options"), 3)]
        .iter()
        .filter_map(|f| start.after(timed.number * f, &timed.unit));
    let by_one = [1.0, 2.0, -1.0].iter().filter_map(|d| start.after(timed.number + d, &timed.unit));
    let mut out = vec![key];
    for moment in by_factor.chain(by_one) {
        let same_week = !matches!(moment, Moment::Weekday { day, .. } if day > 6);
        if out.len() < 3 && same_week && moment != start && !out.iter().any(|o| o.reads_like(moment)) {
            out.push(moment);
        }
    }
    out.sort();
    (out.len() == 3).then_some(out)
}

fn stems(level: Level, timed: &Timed, start: Moment) -> Vec<String> {
    match timed.span {
        Span::Within => within(level, timed, start),
        Span::For => during(level, timed, start),
        Span::Every => again(level, timed, start),
    }
}

fn word(start: Moment) -> (&'static str, &'static str) {
    match start {
        Moment::Time(_) => ("Time", "time"),
        Moment::Weekday { minutes: Some(_), .. } => ("Day and time", "day and time"),
        Moment::Weekday { minutes: None, .. } => ("Day", "day"),
        Moment::Date(_) => ("Date", "date"),
    }
}

fn within(level: Level, timed: &Timed, start: Moment) -> Vec<String> {
    let (title, name) = word(start);
    let begins = match &timed.from {
        Some(event) => format!("{title} {event}: {start}."),
        None => format!("The time limit begins {}.", start.placed()),
    };
    match &timed.work {
        Work::You(core) => vec![
            format!("{begins} What is the latest {name} to {core}?"),
            format!("{begins} By when {} {core}?", you(level)),
            format!("{begins} A colleague asks you: “What is the latest {name} to {core}?” What do you answer?"),
        ],
        Work::Thing { subject, aux, rest } => vec![
            format!("{begins} By when {aux} {subject} {rest}, at the latest?"),
            format!("{begins} What is the latest {name} for this? {} {aux} {rest}.", capitalise(subject)),
        ],
    }
}

fn during(level: Level, timed: &Timed, start: Moment) -> Vec<String> {
    let (_, name) = word(start);
    let placed = start.placed();
    match (&timed.work, timed.at_most) {
        (Work::You(core), true) => vec![
            format!("You begin {placed}: you {core}. What is the latest {name} to stop?"),
            format!("You {core}. You begin {placed}. When must you stop, at the latest?"),
        ],
        (Work::You(core), false) => vec![
            format!("You begin {placed}: you {core}. From what {name} on is that long enough?"),
            format!("You {core}. You begin {placed}. What is the earliest {name} to stop?"),
            format!("A colleague wants to {core} and begins {placed}. When {} tell the colleague to stop?", can(level)),
        ],
        (Work::Thing { subject, aux, rest }, _) => vec![
            format!("The time begins {placed}. Until when {aux} {subject} {rest}?"),
            format!("{} {aux} {rest}, and the time begins {placed}. Until when is that?", capitalise(subject)),
        ],
    }
}

fn can(level: Level) -> &'static str {
    if level <= Level::A2 { "can you" } else { "may you" }
}

fn again(level: Level, timed: &Timed, start: Moment) -> Vec<String> {
    let last = start.placed();
    let ask = match start {
        Moment::Time(_) => "At what time",
        Moment::Weekday { minutes: Some(_), .. } => "When",
        Moment::Weekday { minutes: None, .. } => "On which day",
        Moment::Date(_) => "On which date",
    };
    match &timed.work {
        Work::You(core) => vec![
            format!("The last time was {last}. {ask} {} {core} again?", you(level)),
            format!("You look at the record: done {last}. {ask} {} {core} the next time?", you(level)),
        ],
        Work::Thing { subject, aux, rest } => {
            let again = if rest.contains("repeat") { "" } else { " again" };
            vec![
                format!("The last time was {last}. {ask} {aux} {subject} {rest}{again}?"),
                format!("You plan your calendar. The last time was {last}. {ask} {aux} {subject} {rest}{again}?"),
            ]
        }
    }
}
