//! Tables: runs of row clauses in one section, the first of them the header.

use course_format::sop::ClauseKind;

use crate::engine::english::text::lower_first;
use crate::engine::facts;
use crate::engine::library::{ClauseRef, Library};

/// A table that the lesson holds.
#[derive(Clone, Debug)]
pub struct Table {
    pub header: Vec<String>,
    pub rows: Vec<(ClauseRef, Vec<String>)>,
}

fn cells(text: &str) -> Vec<String> {
    text.split('|').map(|c| c.trim().to_owned()).collect()
}

/// Tables with a header and at least three rows of the same width.
pub fn of(library: &Library, clauses: &[ClauseRef]) -> Vec<Table> {
    let mut runs: Vec<Vec<ClauseRef>> = Vec::new();
    for at in clauses.iter().filter(|at| library.kind(**at) == ClauseKind::TableRow) {
        let section = &library.clause(*at).section;
        let follows = |last: &ClauseRef| {
            last.document == at.document && last.clause + 1 == at.clause && library.clause(*last).section == *section
        };
        match runs.last_mut().filter(|run| run.last().is_some_and(follows)) {
            Some(run) => run.push(*at),
            None => runs.push(vec![*at]),
        }
    }
    runs.iter().filter_map(|run| table(library, run)).collect()
}

fn table(library: &Library, run: &[ClauseRef]) -> Option<Table> {
    let (first, rest) = run.split_first()?;
    let header = cells(&library.clause(*first).text);
    let heads = header.len() >= 2
        && header.iter().all(|c| !c.is_empty() && c.split(' ').count() <= 5 && !c.chars().any(|c| c.is_ascii_digit()));
    let rows: Vec<_> = rest
        .iter()
        .map(|at| (*at, cells(&library.clause(*at).text)))
        .filter(|(_, c)| c.len() == header.len() && c.iter().all(|c| !c.is_empty()))
        .collect();
    (heads && rows.len() >= 3).then_some(Table { header, rows })
}

/// "Action outside the limit" -> "action outside the limit"; "pH" stays.
pub fn header_in_sentence(header: &str, text: &str) -> String {
    let first = header.split(' ').next().unwrap_or_default();
    let ordinary = first.chars().skip(1).all(char::is_lowercase) && first.chars().count() > 2;
    if ordinary { header.replacen(first, &first.to_lowercase(), 1) } else { lower_first(header, text) }
}

impl Table {
    /// Columns whose values are short and differ enough to be asked about.
    pub fn askable(&self) -> impl Iterator<Item = usize> + '_ {
        (1..self.header.len()).filter(|c| {
            let values: std::collections::BTreeSet<&str> =
                self.rows.iter().map(|(_, cells)| cells[*c].as_str()).collect();
            values.len() >= 3 && values.iter().all(|v| v.split(' ').count() <= 12 && !facts::refers_elsewhere(v))
        })
    }
}
