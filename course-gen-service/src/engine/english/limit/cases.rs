//! Values on both sides of a limit, clear of it and easy to say.

use super::{Comparator, Limit};
use crate::engine::english::quantity::{self, Quantity};

/// Three amounts that are easy to tell from the limit, smallest first, with whether each lies inside; nothing where no round
/// values can be made. One of them is inside when `one_inside`, else two are.
pub fn cases(limit: &Limit, one_inside: bool) -> Option<Vec<(Quantity, bool)>> {
    let inside_is_high = match limit.comparator {
        Comparator::AtLeast | Comparator::Above => true,
        Comparator::AtMost | Comparator::Below => false,
        Comparator::Between => return in_range(limit, one_inside),
    };
    // One value above and two below, or the other way round.
    let one_above = inside_is_high == one_inside;
    let made: Vec<Quantity> = if limit.low.dimension == quantity::Dimension::Temperature {
        let steps: [f64; 3] = if one_above { [-10.0, -5.0, 5.0] } else { [-5.0, 5.0, 10.0] };
        steps.into_iter().filter_map(|step| amount(&limit.low, limit.low.size + step)).collect()
    } else if limit.low.dimension == quantity::Dimension::Share {
        shares(&limit.low, one_above)?
    } else {
        let small = limit.low.size / factor(&limit.low)? < 10.0;
        let factors: [f64; 3] = match (one_above, small) {
            (true, true) => [1.0 / 3.0, 2.0 / 3.0, 1.5],
            (true, false) => [0.25, 0.5, 1.5],
            (false, _) => [0.5, 1.5, 2.0],
        };
        factors.into_iter().filter_map(|f| scaled(&limit.low, f)).collect()
    };
    judged(limit, made, one_inside)
}

/// Shares around a share, none above the whole.
fn shares(limit: &Quantity, one_above: bool) -> Option<Vec<Quantity>> {
    let factor = factor(limit)?;
    let own = limit.size / factor;
    let rest = 100.0 - own;
    let values = if one_above {
        [own / 4.0, own / 2.0, own + rest / 2.0]
    } else {
        [own / 2.0, own + rest / 3.0, own + rest * 0.7]
    };
    Some(values.into_iter().filter_map(|v| amount(limit, v.round() * factor)).collect())
}

/// Another amount of the same kind, easy to tell from the first and written like it: "20 seconds" -> "40 seconds".
pub fn other(like: &Quantity, larger: bool) -> Option<Quantity> {
    let made = match like.dimension {
        quantity::Dimension::Temperature => amount(like, like.size + if larger { 10.0 } else { -10.0 }),
        quantity::Dimension::Clock => None,
        quantity::Dimension::Share => amount(like, like.size / 2.0),
        _ => scaled(like, if larger { 2.0 } else { 0.5 }),
    };
    made.filter(|q| {
        q.dimension == like.dimension && (q.size > like.size) == larger && (q.size - like.size).abs() > f64::EPSILON
    })
}

fn in_range(limit: &Limit, one_inside: bool) -> Option<Vec<(Quantity, bool)>> {
    let high = limit.high.as_ref()?;
    let (low, width) = (limit.low.size, high.size - limit.low.size);
    let middle = (low + width / 2.0).round();
    let above = (high.size + width.max(2.0) / 2.0 + 1.0).round();
    let made: Vec<Quantity> = if one_inside {
        let below = low - (width.max(2.0) / 2.0).round() - 1.0;
        let below =
            if below < 0.0 && limit.low.dimension != quantity::Dimension::Temperature { above * 2.0 } else { below };
        [below, middle, above].into_iter().filter_map(|v| amount(high, v)).collect()
    } else {
        let second = (low + width / 4.0).round();
        [second, middle, above].into_iter().filter_map(|v| amount(high, v)).collect()
    };
    judged(limit, made, one_inside)
}

fn judged(limit: &Limit, mut made: Vec<Quantity>, one_inside: bool) -> Option<Vec<(Quantity, bool)>> {
    made.sort_by(|a, b| a.size.total_cmp(&b.size));
    made.dedup_by(|a, b| (a.size - b.size).abs() < f64::EPSILON);
    let out: Vec<(Quantity, bool)> = made.into_iter().map(|q| (limit.holds(q.size), q)).map(|(h, q)| (q, h)).collect();
    let inside = out.iter().filter(|(_, holds)| *holds).count();
    (out.len() == 3 && inside == if one_inside { 1 } else { 2 }).then_some(out)
}

/// The amount in its own unit, written like the original: "12 °C".
fn amount(like: &Quantity, size: f64) -> Option<Quantity> {
    let factor = factor(like)?;
    written(&like.unit, size / factor, like.text.contains(' '))
}

fn factor(like: &Quantity) -> Option<f64> {
    let first = like
        .text
        .split_whitespace()
        .find(|w| w.contains(|c: char| c.is_ascii_digit()) || quantity::number(w).is_some());
    let number: f64 = quantity::number(first?)
        .or_else(|| quantity::number(like.text.trim_end_matches(|c: char| !c.is_ascii_digit())))?;
    (number.abs() > f64::EPSILON).then(|| like.size / number).or(Some(1.0))
}

/// A round value near `factor` times the amount, in a smaller unit where that makes it whole.
fn scaled(like: &Quantity, by: f64) -> Option<Quantity> {
    const SMALLER: [(&str, &str, f64); 10] = [
        ("hour", "minutes", 60.0),
        ("hours", "minutes", 60.0),
        ("minute", "seconds", 60.0),
        ("minutes", "seconds", 60.0),
        ("day", "hours", 24.0),
        ("days", "hours", 24.0),
        ("week", "days", 7.0),
        ("weeks", "days", 7.0),
        ("year", "months", 12.0),
        ("years", "months", 12.0),
    ];
    let spaced = like.text.contains(' ');
    let number = like.size / factor(like)?;
    let value = number * by;
    let counted = like.unit.chars().count() > 3 && like.unit != "euros"
        || matches!(like.unit.as_str(), "min" | "h" | "s" | "day");
    if value < 1.0 && counted || value < 2.0 && counted && value.fract() > 0.0 {
        let (_, unit, times) = SMALLER.iter().find(|(unit, _, _)| *unit == like.unit)?;
        return written(unit, (value * times).round(), true);
    }
    let whole = number.fract() == 0.0 && (value >= 1.0 || counted);
    let round_fives = number >= 15.0 && number % 5.0 == 0.0;
    let value = match (whole, round_fives) {
        (true, true) => (round(value) / 5.0).round() * 5.0,
        (true, false) => round(value),
        (false, _) => (value * 100.0).round() / 100.0,
    };
    written(&like.unit, value, spaced)
}

/// To a number that people say: 22.5 -> 23, 2,250 stays, 1,437 -> 1,400.
fn round(value: f64) -> f64 {
    let step = if value >= 1000.0 {
        50.0
    } else if value >= 100.0 {
        10.0
    } else {
        1.0
    };
    (value / step).round() * step
}

fn written(unit: &str, number: f64, spaced: bool) -> Option<Quantity> {
    let digits = if number.abs() >= 1000.0 && number.fract() == 0.0 {
        let whole = format!("{number}");
        let (head, tail) = whole.split_at(whole.len() - 3);
        format!("{head},{tail}")
    } else {
        format!("{number}")
    };
    if ["EUR", "USD", "GBP", "CHF"].contains(&unit) {
        let text = format!("{unit} {digits}");
        return quantity::all(&text).into_iter().next().filter(|q| q.text == text);
    }
    let unit = if (number - 1.0).abs() < f64::EPSILON { singular(unit) } else { plural(unit) };
    let text = if spaced { format!("{digits} {unit}") } else { format!("{digits}{unit}") };
    quantity::all(&text).into_iter().next().filter(|q| q.text == text)
}

fn singular(unit: &str) -> String {
    match unit {
        "hours" | "minutes" | "seconds" | "days" | "weeks" | "months" | "years" | "working days" | "business days"
        | "metres" | "litres" | "euros" => unit.trim_end_matches('s').to_owned(),
        _ => unit.to_owned(),
    }
}

fn plural(unit: &str) -> String {
    match unit {
        "hour" | "minute" | "second" | "day" | "week" | "month" | "year" | "working day" | "business day" | "metre"
        | "litre" | "euro" => format!("{unit}s"),
        _ => unit.to_owned(),
    }
}
