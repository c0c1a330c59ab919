//! From the cells of a sheet to blocks: titles, tables, lists of steps, notes.

use super::{
    cells::{Cell, Row},
    heading, steps,
};
use crate::pipeline::extract::{
    Block, Item, Shape,
    inline::LINE_END,
    lines::{after_bullet, could_be_heading, is_box_label, labelled},
};

/// Words of a column's name; longer ones are values.
const HEADER_WORDS: usize = 6;

/// Tables and lists of a workbook, each with a number of its own.
#[derive(Default)]
pub struct Ids {
    table: u32,
    list: u32,
}

/// The blocks of one sheet. Its name is its heading, unless it has a title and stands alone.
pub fn blocks(rows: Vec<Row>, page: u32, name: Option<&str>, among_others: bool, ids: &mut Ids) -> Vec<Block> {
    let rows: Vec<Row> = rows.into_iter().filter(|row| !row.cells.is_empty()).collect();
    let titled = rows.first().is_some_and(|row| is_title(row) && rows.len() > 1);
    let mut reading = Reading { page, ids, blocks: Vec::new(), depth: 1, table: None };
    let same = |name: &str| titled && rows[0].cells[0].text.eq_ignore_ascii_case(name);
    if let Some(name) = name.filter(|name| (among_others || !titled) && !same(name) && !rows.is_empty()) {
        reading.blocks.push(heading(name, 1, page));
        reading.depth = 2;
    }
    for at in 0..rows.len() {
        reading.row(&rows, at, titled && at == 0);
    }
    reading.blocks
}

/// Cells that begin in this row, or are the only ones.
fn own(row: &Row) -> Vec<&Cell> {
    row.cells.iter().filter(|cell| !cell.continued).collect()
}

fn is_title(row: &Row) -> bool {
    row.cells.len() == 1 && !row.cells[0].numeric && could_be_heading(&row.cells[0].text.replace(LINE_END, " "))
}

/// The columns of a table and what their names say.
pub struct Table {
    id: u32,
    /// First column and name of each.
    pub columns: Vec<(u32, String)>,
    pub steps: Option<steps::Columns>,
}

impl Table {
    /// The name of the column that holds this place.
    pub fn column(&self, place: u32) -> Option<&str> {
        self.columns.iter().rev().find(|(first, _)| *first <= place).map(|(_, name)| name.as_str())
    }
}

struct Reading<'a> {
    page: u32,
    ids: &'a mut Ids,
    blocks: Vec<Block>,
    /// How deep the next heading stands.
    depth: u8,
    table: Option<Table>,
}

impl Reading<'_> {
    fn row(&mut self, rows: &[Row], at: usize, title: bool) {
        let row = &rows[at];
        let alone = own(row);
        match alone.as_slice() {
            [cell] if title || row.cells.len() == 1 => self.alone(rows, at, cell, title),
            [] => {}
            _ => self.cells(rows, at),
        }
    }

    /// A row with one cell: a heading, a note, or words that go on from the row above.
    fn alone(&mut self, rows: &[Row], at: usize, cell: &Cell, title: bool) {
        let text = cell.text.replace(LINE_END, " ");
        if title {
            self.blocks.push(heading(&text, self.depth, self.page));
            self.depth += 1;
            return;
        }
        let steps = self.table.as_ref().and_then(|t| t.steps.as_ref()).filter(|_| !rows[at].apart);
        if let Some(last) = self.blocks.last_mut()
            && steps.is_some_and(|s| cell.column == s.action && !cell.bold && cell.until == cell.column)
            && matches!(last.shape, Shape::Item(_))
        {
            last.text.push(' ');
            last.text.push_str(&cell.text);
            return;
        }
        let before_table = rows.get(at + 1).is_some_and(|next| !next.apart && own(next).len() > 1);
        let marked = after_bullet(&text).is_some() || labelled(&text).is_some() && !cell.bold;
        let stands_out = cell.bold || cell.until > cell.column || before_table;
        if stands_out && !marked && !cell.numeric && could_be_heading(&text) && !is_box_label(&text) {
            self.blocks.push(heading(text.trim_end_matches(':'), self.depth, self.page));
            // What stands in the middle of a table parts it, and its columns stay as they are.
            if rows[at].apart {
                self.table = None;
            }
            self.ids.list += 1;
            return;
        }
        if let Some(rest) = after_bullet(&cell.text).filter(|rest| !rest.contains(LINE_END)) {
            let item = Item { list: self.ids.list + 1, ordered: false, label: None, number: 0 };
            self.push(Block { nesting: 1, ..Block::new(Shape::Item(item), rest.to_owned(), self.page) });
        } else {
            let boxed = is_box_label(&text);
            self.push(Block { boxed, ..Block::new(Shape::Paragraph, cell.text.clone(), self.page) });
        }
    }

    fn cells(&mut self, rows: &[Row], at: usize) {
        let row = &rows[at];
        if is_header(row, &rows[at + 1..]) {
            self.open(rows, at);
            if self.table.as_ref().is_some_and(|t| t.steps.is_some()) {
                // The names of the columns are said in the steps.
                return;
            }
        } else if row.apart || self.table.is_none() {
            let counts_on =
                self.table.as_ref().and_then(|t| t.steps.as_ref()).is_some_and(|s| s.counter(row).is_some());
            if !counts_on {
                self.open(rows, at);
            }
        }
        let Some(table) = &self.table else { return };
        let mut blocks = Vec::new();
        if let Some(columns) = &table.steps
            && columns.blocks(row, table, self.ids.list, self.page, &mut blocks)
        {
            for block in blocks {
                self.push(block);
            }
            return;
        }
        let texts: Vec<String> = row.cells.iter().map(|cell| cell.text.replace(LINE_END, " ")).collect();
        let shape = Shape::Row { table: table.id };
        self.push(Block::new(shape, texts.join(" | "), self.page));
    }

    /// A table begins with this row, which may hold the names of its columns.
    fn open(&mut self, rows: &[Row], at: usize) {
        (self.ids.table, self.ids.list) = (self.ids.table + 1, self.ids.list + 1);
        let row = &rows[at];
        let named = is_header(row, &rows[at + 1..]);
        let name = |cell: &Cell| cell.text.replace(LINE_END, " ").trim_end_matches([':', ' ']).to_owned();
        let columns: Vec<(u32, String)> =
            row.cells.iter().map(|cell| (cell.column, if named { name(cell) } else { String::new() })).collect();
        let below = &rows[at + usize::from(named)..];
        let end =
            below.iter().skip(1).position(|row| row.apart && own(row).len() == 1).map_or(below.len(), |end| end + 1);
        let steps = steps::Columns::find(&columns, &below[..end], named);
        self.table = Some(Table { id: self.ids.table, columns, steps });
    }

    fn push(&mut self, block: Block) {
        if block.text.chars().any(char::is_alphanumeric) {
            self.blocks.push(block);
        }
    }
}

/// Short words in every cell, and they name columns: as people name them, or in bold over what is not.
fn is_header(row: &Row, below: &[Row]) -> bool {
    let short = |cell: &Cell| {
        let words = cell.text.split_whitespace().count();
        // "Step no." is a name, and other full stops end sentences.
        !cell.numeric && words <= HEADER_WORDS && (words <= 2 || !cell.text.ends_with(['.', ':']))
    };
    // The name of a group may stand between.
    let Some(next) = below.iter().take(2).find(|next| next.cells.len() > 1) else { return false };
    if row.cells.len() < 2 || !row.cells.iter().all(short) {
        return false;
    }
    let bold = row.cells.iter().all(|cell| cell.bold) && !next.cells.iter().all(|cell| cell.bold);
    let counts = row.cells.iter().any(|cell| steps::names_numbers(&cell.text));
    let acts = row.cells.iter().any(|cell| steps::names_actions(&cell.text))
        && next.cells.iter().any(|cell| cell.text.split_whitespace().count() > 2);
    bold || counts || acts
}
