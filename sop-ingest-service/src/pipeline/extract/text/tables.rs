//! Tables that are drawn with letters: bars between the cells, or columns of spaces.

use crate::pipeline::{
    extract::{
        inline::visible,
        lines::{after_bullet, labelled},
    },
    pattern::patterns,
};

patterns! {
    GAP = r"\t+|\s{2,}";
    DRAWN = r"^[\s|+:=_-]*[|+=_-]{2}[\s|+:=_-]*$";
}

/// Cells begin at the same letter, give or take one.
const ALIGNED: usize = 1;

pub struct Table {
    pub lines: usize,
    pub rows: Vec<Vec<String>>,
}

/// The table that begins with the first of these lines.
pub fn at(lines: &[&str]) -> Option<Table> {
    with_bars(lines).or_else(|| with_columns(lines))
}

fn with_bars(lines: &[&str]) -> Option<Table> {
    let is_row = |line: &str| line.trim().starts_with('|') && line.matches('|').count() >= 2;
    let taken = lines.iter().take_while(|l| is_row(l) || DRAWN.is_match(l) && !l.trim().is_empty()).count();
    let rows: Vec<Vec<String>> = lines[..taken]
        .iter()
        .filter(|l| is_row(l) && !DRAWN.is_match(l))
        .map(|l| l.trim().trim_matches('|').split('|').map(visible).collect())
        .collect();
    (rows.len() >= 2).then_some(Table { lines: taken, rows })
}

/// A cell with the letter that it begins at.
type Cells = Vec<(usize, String)>;

fn with_columns(lines: &[&str]) -> Option<Table> {
    let first = cells(lines.first()?);
    if first.len() < 2 || is_item(lines[0]) {
        return None;
    }
    let mut columns: Vec<usize> = first.iter().map(|(at, _)| *at).collect();
    let mut rows = vec![first];
    let mut taken = 1;
    for line in &lines[1..] {
        if DRAWN.is_match(line) && !line.trim().is_empty() {
            taken += 1;
            continue;
        }
        let next = cells(line);
        let known = next.iter().filter(|(at, _)| columns.iter().any(|c| c.abs_diff(*at) <= ALIGNED)).count();
        let wraps = next.len() == 1 && known == 1 && next[0].0 > columns[0] + ALIGNED;
        if wraps {
            if let Some(cell) = rows.last_mut().and_then(|row| {
                let at = next[0].0;
                row.iter_mut().find(|(start, _)| start.abs_diff(at) <= ALIGNED)
            }) {
                cell.1 = format!("{} {}", cell.1, next[0].1);
            }
        } else if next.len() >= 2 && known >= 2 && known * 2 > next.len() && !is_item(line) {
            columns.extend(
                next.iter()
                    .map(|(at, _)| *at)
                    .filter(|at| !columns.iter().any(|c| c.abs_diff(*at) <= ALIGNED))
                    .collect::<Vec<_>>(),
            );
            rows.push(next);
        } else {
            break;
        }
        taken += 1;
    }
    // Two spaces after a full stop are how some people type.
    let sentences = rows.iter().flatten().filter(|(_, cell)| cell.ends_with(['.', '?', '!'])).count();
    let few = rows.iter().map(Vec::len).sum::<usize>() < 4;
    let table = rows.len() >= 2 && !few && sentences * 2 < rows.len();
    table.then(|| Table {
        lines: taken,
        rows: rows.into_iter().map(|r| r.into_iter().map(|(_, c)| c).collect()).collect(),
    })
}

fn cells(line: &str) -> Cells {
    let trimmed = line.trim_end();
    let mut out = Vec::new();
    let mut start = trimmed.len() - trimmed.trim_start().len();
    for gap in GAP.find_iter(trimmed).filter(|g| g.start() > 0) {
        if gap.start() > start {
            out.push((start, &trimmed[start..gap.start()]));
        }
        start = gap.end();
    }
    out.push((start, &trimmed[start..]));
    let place = |at: usize| trimmed[..at].chars().map(|c| if c == '\t' { 8 } else { 1 }).sum();
    out.into_iter().filter(|(_, t)| !t.trim().is_empty()).map(|(at, text)| (place(at), visible(text))).collect()
}

/// A marker and its text are two cells, but not of a table.
fn is_item(line: &str) -> bool {
    after_bullet(line).is_some() || labelled(line).is_some_and(|l| GAP.find_iter(l.rest).next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<String> {
        let lines: Vec<&str> = text.lines().collect();
        at(&lines).map(|t| t.rows.iter().map(|r| r.join(" | ")).collect()).unwrap_or_default()
    }

    #[test]
    fn drawn_and_spaced_tables_have_rows() {
        assert_eq!(
            rows("+------+------+\n| Item | Max  |\n+------+------+\n| Oil  | 95 °C |\n+------+------+"),
            ["Item | Max", "Oil | 95 °C"]
        );
        assert_eq!(
            rows(
                "Substance        Limit            Ceiling\nAmmonia          20 ppm           50 ppm\nChlorine gas     0.5 ppm          1 ppm"
            ),
            ["Substance | Limit | Ceiling", "Ammonia | 20 ppm | 50 ppm", "Chlorine gas | 0.5 ppm | 1 ppm"]
        );
        assert_eq!(
            rows("Rev   Date         Text\n1     2 May 2026   First issue of\n                   this document"),
            ["Rev | Date | Text", "1 | 2 May 2026 | First issue of this document"]
        );
    }

    #[test]
    fn sentences_and_lists_are_no_tables() {
        assert!(rows("Close the door.  Then wait.\nOpen it again.  Then leave.").is_empty());
        assert!(rows("1.   Close the door\n2.   Open the door").is_empty());
        assert!(rows("-    the room\n-    the lid").is_empty());
    }
}
