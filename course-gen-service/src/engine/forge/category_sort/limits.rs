//! Values to be sorted by a limit of the SOP: right or wrong, forbidden or not, a case for the rule or none.

use super::{Entry, Task, item};
use crate::engine::english::limit::{self, Use};
use crate::engine::english::text::word_count;
use crate::engine::forge::lines::Line;
use crate::engine::forge::{Bench, Made};

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    bench.lines().filter(|l| (5..=28).contains(&l.words)).filter_map(|line| one(bench, line)).collect()
}

fn one(bench: &Bench<'_>, line: &Line) -> Option<Made> {
    let limit = limit::only(&line.text)?;
    let used = limit::usage(&line.text, &limit)?;
    let quoted = format!("{}…{}", &line.text[..limit.start], &line.text[limit.end..]);
    let quoted = quoted.strip_suffix("….").map_or_else(|| quoted.clone(), |front| format!("{front}…"));
    if quoted.contains(['“', '”', '"']) || word_count(&quoted) < 3 {
        return None;
    }
    let mut values = limit::cases(&limit, true)?;
    values.extend(limit::cases(&limit, false)?);
    values.sort_by(|a, b| a.0.size.total_cmp(&b.0.size));
    values.dedup_by(|a, b| (a.0.size - b.0.size).abs() < f64::EPSILON);
    let entries: Vec<Entry> = values
        .iter()
        .map(|(value, inside)| Entry { at: line.at, text: value.text.clone(), group: usize::from(!inside) })
        .collect();
    let mixed = (0..2).all(|g| entries.iter().filter(|e| e.group == g).count() >= 2);
    if !mixed {
        return None;
    }
    let names = match used {
        Use::Right => ["Right by the SOP", "Wrong by the SOP"],
        Use::Wrong => ["Forbidden by the SOP", "Not forbidden by the SOP"],
        Use::Calls => ["The sentence is for this case", "The sentence is not for this case"],
    };
    let stems = [
        format!("“{quoted}” Sort these values by the limit in the SOP."),
        format!("Your team has written down some values. Put each of them into its group: “{quoted}”"),
        format!("You check a list of values for one sentence of the SOP: “{quoted}” Sort them."),
    ];
    let said = &line.text[limit.start..limit.end];
    let why = format!("The limit in the SOP is “{said}”.");
    let names = names.map(str::to_owned);
    let task = Task { frame: "case-sort", stems: &stems, why: &why, names: &names, score: 7 };
    item(bench, &task, &entries)
}
