//! The cells of one sheet as they are shown: hidden rows and columns left out, merged cells in each row that they reach into.

use std::collections::BTreeSet;

use quick_xml::events::BytesStart;

use super::{
    formats,
    markup::{Node, Words, walk},
    styles::Style,
};
use crate::pipeline::{
    Refusal,
    extract::{
        docx::attribute,
        inline::{Inline, LINE_END, visible},
    },
};

/// Text of all cells together; the same string may stand in a million of them.
const MAX_TEXT: usize = 8 << 20;
const MAX_CELLS: usize = 400_000;
const MAX_MERGED: usize = 20_000;
/// A sheet has no more columns and rows than this.
const MAX_COLUMN: u32 = 16_384;
const MAX_ROW: u32 = 1_048_576;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    pub column: u32,
    /// The last column that it covers.
    pub until: u32,
    pub text: String,
    pub bold: bool,
    /// It holds a number and not words.
    pub numeric: bool,
    /// It began in a row above.
    pub continued: bool,
}

#[derive(Clone, Debug, Default)]
pub struct Row {
    number: u32,
    pub cells: Vec<Cell>,
    /// An empty row stands before it.
    pub apart: bool,
}

/// What all sheets of a workbook share.
pub struct Context<'a> {
    pub strings: &'a [String],
    pub styles: &'a [Style],
    pub from_1904: bool,
    /// Bytes of text so far.
    pub text: usize,
    pub left_out: LeftOut,
}

/// What was not read, for the reviewer.
#[derive(Default)]
pub struct LeftOut {
    rows: usize,
    columns: usize,
    unseen: usize,
    errors: usize,
    formulas: usize,
    unstored: usize,
    margins: BTreeSet<String>,
}

impl LeftOut {
    pub fn notes(&self) -> impl Iterator<Item = String> {
        let counted = [
            (self.rows, "hidden rows were left out."),
            (self.columns, "cells in hidden columns were left out."),
            (self.unseen, "cells whose text cannot be seen were left out."),
            (self.errors, "cells show an error instead of a value and were left out."),
            (self.formulas, "formulas were not computed again; their stored values were read."),
            (self.unstored, "formulas have no stored value and were left out."),
        ];
        let margins = self.margins.iter().map(|text| format!("Repeated on the pages and left out: {text:?}"));
        counted
            .into_iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, what)| format!("{n} {what}"))
            .chain(margins.collect::<Vec<_>>())
    }
}

#[derive(Clone, Copy)]
struct Area {
    left: u32,
    right: u32,
    top: u32,
    bottom: u32,
}

#[derive(Default)]
struct Sheet {
    rows: Vec<Row>,
    hidden_rows: BTreeSet<u32>,
    hidden_columns: Vec<(u32, u32)>,
    merged: Vec<Area>,
    cells: usize,
    row: u32,
    row_hidden: bool,
    column: u32,
    kind: String,
    style: usize,
    value: String,
    in_value: bool,
    formula: bool,
    words: Words,
    margin: Option<String>,
}

pub fn read(xml: &str, context: &mut Context<'_>) -> Result<Vec<Row>, Refusal> {
    let mut sheet = Sheet::default();
    walk(xml, |node| {
        sheet.words.read(&node);
        match node {
            Node::Start(e) => sheet.start(e),
            Node::Text(text) if sheet.in_value => sheet.value.push_str(text),
            Node::Text(text) => {
                if let Some(margin) = &mut sheet.margin {
                    margin.push_str(text);
                }
            }
            Node::End("v") => sheet.in_value = false,
            Node::End("c") => sheet.cell(context)?,
            Node::End("oddHeader" | "oddFooter") => {
                let text = printed(&sheet.margin.take().unwrap_or_default());
                context.left_out.margins.extend(Some(text).filter(|t| !t.is_empty()));
            }
            Node::End(_) => {}
        }
        Ok(())
    })?;
    Ok(sheet.finish())
}

fn number<T: std::str::FromStr>(e: &BytesStart<'_>, name: &str) -> Option<T> {
    attribute(e, name)?.parse().ok()
}

fn is_on(e: &BytesStart<'_>, name: &str) -> bool {
    attribute(e, name).is_some_and(|v| v == "1" || v == "true")
}

impl Sheet {
    fn start(&mut self, e: &BytesStart<'_>) {
        match e.local_name().as_ref() {
            "col" => {
                let empty = number::<f64>(e, "width").is_some_and(|w| w == 0.0);
                if let (true, Some(from), Some(to)) = (is_on(e, "hidden") || empty, number(e, "min"), number(e, "max"))
                {
                    self.hidden_columns.push((from, to));
                }
            }
            "row" => {
                self.row = number(e, "r").unwrap_or(self.row + 1).clamp(1, MAX_ROW);
                let empty = number::<f64>(e, "ht").is_some_and(|h| h == 0.0);
                self.row_hidden = is_on(e, "hidden") || empty;
                self.column = 0;
            }
            "c" => {
                let column = attribute(e, "r").and_then(|at| place(&at)).map(|(column, _)| column);
                self.column = column.unwrap_or(self.column + 1).clamp(1, MAX_COLUMN);
                self.kind = attribute(e, "t").unwrap_or_default();
                self.style = number(e, "s").unwrap_or(0);
                self.formula = false;
                self.value.clear();
                self.words.take();
            }
            "v" => self.in_value = true,
            "f" => self.formula = true,
            "mergeCell" => {
                let area = attribute(e, "ref").and_then(|area| area_of(&area));
                self.merged.extend(area.filter(|_| self.merged.len() < MAX_MERGED));
            }
            "oddHeader" | "oddFooter" => self.margin = Some(String::new()),
            _ => {}
        }
    }

    fn cell(&mut self, context: &mut Context<'_>) -> Result<(), Refusal> {
        let inline = self.words.take();
        let style = context.styles.get(self.style);
        let value = std::mem::take(&mut self.value);
        let (mut text, mut numeric) = (String::new(), false);
        match self.kind.as_str() {
            "s" => {
                let at = value.trim().parse::<usize>().ok();
                text = at.and_then(|at| context.strings.get(at)).cloned().unwrap_or_default();
            }
            "inlineStr" => text = inline,
            "e" => context.left_out.errors += 1,
            "str" | "d" => text = value,
            "b" => if value.trim() == "1" { "TRUE" } else { "FALSE" }.clone_into(&mut text),
            _ => {
                if let Some(parsed) = value.trim().parse::<f64>().ok().filter(|v| v.is_finite()) {
                    let code = style.map_or("", |s| s.code.as_str());
                    text = formats::shown(code, parsed, context.from_1904);
                    numeric = true;
                }
            }
        }
        let text = lines(&text);
        if text.is_empty() {
            context.left_out.unstored += usize::from(self.formula && self.kind != "e");
            return Ok(());
        }
        if self.row_hidden {
            context.left_out.rows += usize::from(self.hidden_rows.insert(self.row));
            return Ok(());
        }
        if self.hidden_columns.iter().any(|(from, to)| (*from..=*to).contains(&self.column)) {
            context.left_out.columns += 1;
            return Ok(());
        }
        if style.is_some_and(|s| s.unseen) {
            context.left_out.unseen += 1;
            return Ok(());
        }
        context.left_out.formulas += usize::from(self.formula);
        context.text += text.len();
        self.cells += 1;
        if context.text > MAX_TEXT || self.cells > MAX_CELLS {
            return Err(Refusal::TooLarge);
        }
        let bold = style.is_some_and(|s| s.bold);
        let (column, until) = (self.column, self.column);
        self.row_at(self.row).cells.push(Cell { column, until, text, bold, numeric, continued: false });
        Ok(())
    }

    fn row_at(&mut self, number: u32) -> &mut Row {
        let at = match self.rows.binary_search_by_key(&number, |row| row.number) {
            Ok(at) => at,
            Err(at) => {
                self.rows.insert(at, Row { number, ..Row::default() });
                at
            }
        };
        &mut self.rows[at]
    }

    fn finish(mut self) -> Vec<Row> {
        for area in std::mem::take(&mut self.merged) {
            self.spread(area);
        }
        let mut before = None;
        for row in &mut self.rows {
            row.cells.sort_by_key(|cell| cell.column);
            let hidden = before.map_or(0, |b| self.hidden_rows.range(b + 1..row.number).count());
            row.apart = before.is_none_or(|b| (row.number - b) as usize > hidden + 1);
            before = Some(row.number);
        }
        self.rows
    }

    /// A cell that reaches over columns and rows stands in each of these rows that has cells of its own.
    fn spread(&mut self, area: Area) {
        let from = self.rows.partition_point(|row| row.number < area.top);
        let to = self.rows.partition_point(|row| row.number <= area.bottom);
        let rows = &mut self.rows[from..to];
        let Some(first) = rows.first_mut().filter(|row| row.number == area.top) else { return };
        let Some(cell) = first.cells.iter_mut().find(|cell| cell.column == area.left) else { return };
        cell.until = area.right;
        let copy = Cell { continued: true, ..cell.clone() };
        for row in rows
            .iter_mut()
            .skip(1)
            .filter(|row| !row.cells.iter().any(|c| (area.left..=area.right).contains(&c.column)))
        {
            row.cells.push(copy.clone());
        }
    }
}

/// The words of a cell; where its writer began a new line, a list may begin.
fn lines(text: &str) -> String {
    let mut inline = Inline::default();
    inline.push(&text.replace("\r\n", "\n").replace(['\n', '\r'], &LINE_END.to_string()));
    inline.take().0
}

/// "B3" is column 2 of row 3.
fn place(name: &str) -> Option<(u32, u32)> {
    let name = name.replace('$', "");
    let letters = name.len() - name.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
    if !(1..=3).contains(&letters) {
        return None;
    }
    let column = name[..letters].bytes().fold(0, |sum, c| sum * 26 + u32::from(c.to_ascii_uppercase() - b'A') + 1);
    Some((column, name[letters..].parse().ok()?))
}

fn area_of(name: &str) -> Option<Area> {
    let (from, to) = name.split_once(':')?;
    let ((left, top), (right, bottom)) = (place(from)?, place(to)?);
    (left <= right && top <= bottom).then_some(Area { left, right, top, bottom })
}

/// The words of a page header: "&L" and the like say where they stand, "&P" is a page number.
fn printed(margin: &str) -> String {
    let mut out = String::new();
    let mut signs = margin.chars().peekable();
    while let Some(c) = signs.next() {
        if c != '&' {
            out.push(c);
            continue;
        }
        match signs.next() {
            Some('&') => out.push('&'),
            Some('"') => signs.by_ref().take_while(|c| *c != '"').for_each(drop),
            Some(digit) if digit.is_ascii_digit() => while signs.next_if(char::is_ascii_digit).is_some() {},
            _ => out.push(' '),
        }
    }
    visible(&out)
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn names_of_cells_are_places() {
        assert_eq!(
            (place("A1"), place("AB12"), place("12"), place("XFDX1")),
            (Some((1, 1)), Some((28, 12)), None, None)
        );
        assert!(area_of("B2:A1").is_none());
        assert_eq!(printed("&L&\"Arial,Bold\"&8Cold store&RPage &P of &N"), "Cold store Page of");
    }
}
