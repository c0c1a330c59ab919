//! Checklists: a column that counts, a column that says what to do, and columns that say more about it.

use super::{cells::Row, tables::Table};
use crate::pipeline::{
    extract::{Block, Item, Shape, inline::LINE_END, lines::labelled},
    pattern::patterns,
    profile::imperative::{self, Place},
};

patterns! {
    NUMBERS = r"(?i)^(?:#|№|s/?n|s\.? ?no\.?|sl\.? ?no\.?|sr\.? ?no\.?|(?:step|item|task|action|line|row)?\s*(?:no\.?|nr\.?|num\.?|number|#|id)|steps?|seq(?:uence)?\.?|order|pos\.?|item)$";
    ACTIONS = r"(?i)\b(?:steps?|actions?|tasks?|activit(?:y|ies)|instructions?|what to do|how to|procedures?|operations?|method|to do|work to be done|job)\b";
    WARNINGS = r"(?i)^(?:warnings?|cautions?|hazards?|dangers?|safety (?:note|warning)s?|attention)\b";
    NOTHING = r"(?i)^(?:n\.?/?a\.?|none|nil|[-–—/.☐☑□]+|)$";
    COUNTER = r"^(?i:step\s*)?(?P<label>\d{1,3}(?:\.\d{1,3}){0,3}|[A-Za-z])[.):]?$";
    UNIT = r"^(?P<name>.*\S)\s*[(\[](?P<unit>°\s?[CF]|%|[A-Za-zµ°/²³]{1,6})[)\]]$";
}

/// Whether a column of this name counts its rows.
pub fn names_numbers(name: &str) -> bool {
    NUMBERS.is_match(name.trim())
}

/// Whether a column of this name says what is to be done.
pub fn names_actions(name: &str) -> bool {
    ACTIONS.is_match(name) && !names_numbers(name)
}

/// Where the numbers of the steps stand, and their words.
#[derive(Debug)]
pub struct Columns {
    number: u32,
    pub action: u32,
}

impl Columns {
    /// The columns of a checklist; `None` for any other table.
    pub fn find(columns: &[(u32, String)], below: &[Row], named: bool) -> Option<Self> {
        let text = |row: &Row, column: u32| row.cells.iter().find(|c| c.column == column).map(|c| c.text.clone());
        let rows: Vec<&Row> = below.iter().filter(|row| row.cells.len() > 1).collect();
        let counts = |column: u32| {
            let counted =
                rows.iter().filter(|row| text(row, column).is_some_and(|t| COUNTER.is_match(t.trim()))).count();
            counted >= 2 && counted * 2 >= rows.len()
        };
        let named_number = columns.iter().find(|(place, name)| names_numbers(name) && counts(*place));
        let number = match named_number {
            Some((place, _)) => *place,
            None if named => return None,
            None => columns
                .first()
                .map(|(place, _)| *place)
                .filter(|place| counts(*place) && begins_at_one(&rows, *place))?,
        };
        let after = || columns.iter().filter(|(place, _)| *place != number);
        let length = |place: u32| rows.iter().filter_map(|row| text(row, place)).map(|t| t.len()).sum::<usize>();
        let by_name = after().find(|(_, name)| names_actions(name)).map(|(place, _)| *place);
        let action = by_name.or_else(|| after().map(|(place, _)| *place).max_by_key(|place| length(*place)))?;
        let said: Vec<String> = rows.iter().filter_map(|row| text(row, action)).collect();
        let commands = said.iter().filter(|t| imperative::verb(t, Place::Item).is_some()).count();
        let asked = if by_name.is_some() { said.len() } else { commands * 2 };
        (!said.is_empty() && asked >= said.len()).then_some(Self { number, action })
    }

    /// The number that this row has in the list.
    pub fn counter(&self, row: &Row) -> Option<String> {
        let cell = row.cells.iter().find(|cell| cell.column == self.number && !cell.continued)?;
        Some(COUNTER.captures(cell.text.trim())?["label"].to_owned())
    }

    /// A row as a step, with what its other columns say. False where it is none.
    pub fn blocks(&self, row: &Row, table: &Table, list: u32, page: u32, out: &mut Vec<Block>) -> bool {
        let action = row.cells.iter().find(|cell| cell.column == self.action);
        let (Some(label), Some(action)) = (self.counter(row), action) else { return false };
        let nesting = u8::try_from(label.trim_end_matches(".0").split('.').count()).unwrap_or(u8::MAX);
        let number = labelled(&format!("{label}. x")).map_or(0, |l| l.number());
        let list = list * 8 + u32::from(nesting.min(7));
        let (mut text, mut more, mut warnings) = (action.text.clone(), Vec::new(), Vec::new());
        for cell in row.cells.iter().filter(|c| c.column != self.number && c.column != self.action) {
            let value = cell.text.replace(LINE_END, " ");
            if NOTHING.is_match(value.trim()) {
                continue;
            }
            match table.column(cell.column).unwrap_or_default() {
                name if WARNINGS.is_match(name) => warnings.push(format!("Warning: {value}")),
                "" => more.push(value),
                name => more.push(labelled_value(name, &value, cell.numeric)),
            }
        }
        let more: Vec<String> = more.into_iter().map(sentence).collect();
        let inside = text.contains(LINE_END);
        if !more.is_empty() && !inside {
            text = format!("{} {}", sentence(text), more.join(" "));
        }
        let item = Shape::Item(Item { list, ordered: true, label: Some(label), number });
        out.push(Block { nesting, ..Block::new(item, text, page) });
        let beside = |text: String, boxed: bool| Block { boxed, nesting, ..Block::new(Shape::Paragraph, text, page) };
        if !more.is_empty() && inside {
            out.push(beside(more.join(" "), false));
        }
        out.extend(warnings.into_iter().map(|text| beside(text, true)));
        true
    }
}

fn begins_at_one(rows: &[&Row], column: u32) -> bool {
    let first = rows.iter().find_map(|row| row.cells.iter().find(|cell| cell.column == column));
    first.is_some_and(|cell| {
        COUNTER.captures(cell.text.trim()).is_some_and(|c| matches!(&c["label"], "1" | "1.1" | "a" | "A"))
    })
}

/// "Limit: 5 °C"; a bare number takes the unit that its column has.
fn labelled_value(name: &str, value: &str, numeric: bool) -> String {
    match UNIT.captures(name).filter(|_| numeric) {
        Some(found) => format!("{}: {value} {}", &found["name"], &found["unit"]),
        None => format!("{name}: {value}"),
    }
}

fn sentence(text: String) -> String {
    if text.ends_with(['.', '!', '?', ':', ';']) { text } else { format!("{text}.") }
}
