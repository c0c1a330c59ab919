//! Plain text: blank lines, indentation and printed numbers are all the structure there is.

mod tables;

use super::{
    Block, Extracted, Item, Shape,
    inline::visible,
    lines::{Labelled, after_bullet, all_capitals, could_be_heading, is_box_label, labelled},
};
use crate::pipeline::profile::imperative::{self, Place};

/// Longer tables are read in parts.
const MAX_ROWS: usize = 200;

pub fn extract(source: &str) -> Extracted {
    let lines: Vec<&str> = source.lines().collect();
    let mut reader = Reader { width: width(&lines), ..Reader::default() };
    let mut page = 1;
    let mut in_table = 0;
    for (at, raw) in lines.iter().enumerate() {
        if at < in_table {
            continue;
        }
        if raw.contains('\u{0C}') {
            reader.flush();
            page += 1;
        }
        reader.page = page;
        if let Some(table) = tables::at(&lines[at..lines.len().min(at + MAX_ROWS)]) {
            in_table = at + table.lines;
            reader.table(table);
        } else {
            reader.line(raw, &Neighbours::of(&lines, at));
        }
    }
    reader.flush();
    Extracted { blocks: reader.blocks, pages: page, ..Extracted::default() }
}

/// What stands before and after a line.
struct Neighbours<'a> {
    blank_before: bool,
    blank_after: bool,
    /// The next line with words.
    next: &'a str,
    /// The last line with words.
    previous: &'a str,
    underlined: bool,
}

impl<'a> Neighbours<'a> {
    fn of(lines: &[&'a str], at: usize) -> Self {
        let blank = |line: Option<&&str>| line.is_none_or(|l| l.trim().is_empty());
        let below = lines.get(at + 1).copied().unwrap_or_default();
        Self {
            blank_before: at == 0 || blank(lines.get(at - 1)),
            blank_after: blank(lines.get(at + 1)),
            next: lines.iter().skip(at + 1).map(|l| l.trim()).find(|l| !l.is_empty()).unwrap_or_default(),
            previous: lines[..at].iter().rev().map(|l| l.trim()).find(|l| !l.is_empty()).unwrap_or_default(),
            underlined: is_rule(below) && !lines[at].trim().is_empty(),
        }
    }
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    page: u32,
    open: Option<Block>,
    /// Indentation of the list markers that are open, the outermost first, with the list each belongs to.
    lists: Vec<(usize, u32, bool)>,
    lists_seen: u32,
    tables_seen: u32,
    /// Characters of a full line.
    width: usize,
    /// The last line of `open`, as long as it was printed.
    last: usize,
}

impl Reader {
    fn table(&mut self, table: tables::Table) {
        self.flush();
        self.tables_seen += 1;
        for row in table.rows {
            let text = row.join(" | ");
            if text.chars().any(char::is_alphanumeric) {
                self.blocks.push(Block::new(Shape::Row { table: self.tables_seen }, text, self.page));
            }
        }
    }

    fn line(&mut self, raw: &str, near: &Neighbours<'_>) {
        let line = raw.trim();
        if line.is_empty() || is_rule(line) {
            self.flush();
        } else if near.underlined || is_heading(line, near) {
            self.heading(line, near.underlined);
        } else if let Some(rest) = after_bullet(line) {
            self.item(raw, rest, None);
        } else if let Some(found) = labelled(line) {
            self.item(raw, found.rest, Some((found.label, found.number())));
        } else {
            self.words(raw, line);
        }
    }

    fn heading(&mut self, line: &str, underlined: bool) {
        self.flush();
        self.lists.clear();
        let label = super::lines::heading_label(line);
        let depth = if self.blocks.is_empty() && (underlined || all_capitals(line)) {
            1
        } else {
            label.map_or(2, |l| l.depth() + 1)
        };
        self.open = Some(Block::new(Shape::Heading { depth, label: None }, visible(line), self.page));
        self.flush();
    }

    fn item(&mut self, raw: &str, rest: &str, label: Option<(&str, u32)>) {
        self.flush();
        let indent = indentation(raw);
        let ordered = label.is_some();
        while self.lists.last().is_some_and(|(open, _, _)| *open > indent) {
            self.lists.pop();
        }
        let same = self.lists.last().is_some_and(|(open, _, kind)| *open == indent && *kind == ordered);
        if !same {
            if self.lists.last().is_some_and(|(open, _, _)| *open == indent) {
                self.lists.pop();
            }
            self.lists_seen += 1;
            self.lists.push((indent, self.lists_seen, ordered));
        }
        let list = self.lists.last().map_or(0, |(_, id, _)| *id);
        let (label, number) = label.map_or((None, 0), |(l, n)| (Some(l.to_owned()), n));
        let mut block = Block::new(Shape::Item(Item { list, ordered, label, number }), visible(rest), self.page);
        block.nesting = u8::try_from(self.lists.len()).unwrap_or(u8::MAX);
        self.open = Some(block);
    }

    fn words(&mut self, raw: &str, line: &str) {
        // "WARNING: …" begins something new, wherever it stands.
        let boxed = is_box_label(line);
        if boxed {
            self.flush();
        }
        let length = line.chars().count();
        // A line that stops early is not wrapped: what begins with a capital under it is something new.
        let stops = self.last * 5 < self.width * 3 && line.starts_with(char::is_uppercase);
        if let Some(open) = &self.open
            && stops
            && open.shape == Shape::Paragraph
            && !open.boxed
            && !open.text.ends_with([',', ';', '-', '–', ':'])
        {
            self.flush();
        }
        self.last = length;
        if let Some(open) = &mut self.open {
            open.text.push(' ');
            open.text.push_str(&visible(line));
            return;
        }
        let indent = indentation(raw);
        self.lists.retain(|(open, _, _)| *open < indent);
        let mut block = Block::new(Shape::Paragraph, visible(line), self.page);
        block.boxed = boxed;
        block.nesting = u8::try_from(self.lists.len()).unwrap_or(u8::MAX);
        self.open = Some(block);
    }

    fn flush(&mut self) {
        self.blocks.extend(self.open.take().filter(|b| b.text.chars().any(char::is_alphanumeric)));
    }
}

fn indentation(raw: &str) -> usize {
    raw.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

/// A line of signs only, drawn under a heading or between parts.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && line.chars().all(|c| matches!(c, '-' | '=' | '_' | '*' | '~'))
}

/// Characters of a full line: nine lines in ten are no longer.
fn width(lines: &[&str]) -> usize {
    let mut lengths: Vec<usize> = lines.iter().map(|l| l.trim().chars().count()).filter(|n| *n > 0).collect();
    lengths.sort_unstable();
    lengths.get(lengths.len() * 9 / 10).copied().unwrap_or_default()
}

/// "Purpose", with its paragraph right under it.
fn heads_a_paragraph(line: &str, next: &str) -> bool {
    let words = line.split_whitespace().count();
    words <= 4
        && line.starts_with(char::is_uppercase)
        && !line.contains(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | ':' | ';'))
        && next.starts_with(char::is_uppercase)
        && next.ends_with('.')
        && next.split_whitespace().count() >= words * 3 / 2 + 3
}

/// "3. Differences" with its paragraph right under it, "2. Closing the till" with "2.1 …": a short line that tells nobody
/// to do anything.
fn heads_a_part(found: &Labelled<'_>, near: &Neighbours<'_>) -> bool {
    let below = labelled(near.next);
    let has_children =
        below.as_ref().is_some_and(|n| n.label.strip_prefix(found.label).is_some_and(|rest| rest.starts_with('.')));
    let has_paragraph = !near.blank_after
        && below.is_none()
        && after_bullet(near.next).is_none()
        && heads_a_paragraph(found.rest, near.next);
    let tells = imperative::verb(found.rest, Place::Item).is_some();
    has_children && found.rest.split_whitespace().count() <= 8 && !tells || has_paragraph && !tells
}

fn is_heading(line: &str, near: &Neighbours<'_>) -> bool {
    if !near.blank_before || !could_be_heading(line) || after_bullet(line).is_some() {
        return false;
    }
    if let Some(found) = labelled(line) {
        let follows = |first: &str, second: &str| {
            labelled(first)
                .zip(labelled(second))
                .is_some_and(|(a, b)| a.depth() == b.depth() && a.number() > 0 && a.number() + 1 == b.number())
        };
        let next_is_sibling = follows(line, near.next) || follows(near.previous, line);
        // "2.0 RESPONSIBILITIES" is never an item.
        if found.label.ends_with(".0") {
            return could_be_heading(found.rest);
        }
        let numeric = found.label.starts_with(|c: char| c.is_ascii_digit());
        return numeric
            && could_be_heading(found.rest)
            && (all_capitals(found.rest) || found.depth() > 1 || near.blank_after || heads_a_part(&found, near))
            && !next_is_sibling;
    }
    let followed = near.blank_after
        || heads_a_paragraph(line, near.next)
        || after_bullet(near.next).is_some()
        || labelled(near.next).is_some();
    (all_capitals(line) || line.split_whitespace().count() <= 8 && followed)
        && !near.next.is_empty()
        && !line.ends_with(['?', ':'])
        || (line.ends_with(':') && all_capitals(line))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_line_that_stops_early_is_not_wrapped() {
        let source = "STANDARD OPERATING PROCEDURE\nHandling of Sharps\nDocument no. CL-4    Rev. 2\n\nPurpose\nThis instruction describes \
                      how used needles and blades are collected on the ward and thrown away.\n";
        let found: Vec<String> = super::extract(source).blocks.into_iter().map(|b| b.text).collect();
        assert_eq!(found[1..4], ["Handling of Sharps", "Document no. CL-4 Rev. 2", "Purpose"]);
    }

    use super::*;

    #[test]
    fn a_numbered_title_right_above_its_text_is_a_heading() {
        let source = "CLOSING THE TILL\n\nWho this is for\nAll sales assistants and duty managers in our shops.\n\n1. During the day\nKeep \
                      the drawer closed when you are not serving a customer.\n\n2. Closing the till\n2.1 Print the report.\n2.2 Count the \
                      coins.\n\n3. Safe\nThe safe has a time delay of 10 minutes.\n";
        let headings: Vec<String> = extract(source)
            .blocks
            .into_iter()
            .filter_map(|b| matches!(b.shape, Shape::Heading { .. }).then_some(b.text))
            .collect();
        let wanted = ["CLOSING THE TILL", "Who this is for", "1. During the day", "2. Closing the till", "3. Safe"];
        assert_eq!(headings, wanted);
    }

    #[test]
    fn a_numbered_order_with_its_explanation_below_stays_a_step() {
        let found = extract(
            "Hands\n\n1. Wash your hands\nUse warm water and soap and take at least 20 seconds for it.\n\n2. Dry them\nUse a paper towel and throw it into the bin afterwards.\n",
        );
        assert!(matches!(found.blocks[1].shape, Shape::Item(_)), "{:?}", found.blocks[1]);
    }

    #[test]
    fn headings_lists_and_wrapped_lines_are_told_apart() {
        let found = extract(
            "HAND WASHING\n\n1. PURPOSE\n\nThis text explains\nhow to wash hands.\n\nProcedure\n\n1. Wet your hands\n   with water.\n   a) Use warm water.\n2. Dry them.\n\n- Do not shake them.\n",
        );
        let shown: Vec<String> = found
            .blocks
            .iter()
            .map(|b| match &b.shape {
                Shape::Heading { depth, .. } => format!("h{depth} {}", b.text),
                Shape::Item(i) => {
                    format!("{}{} {}", "-".repeat(b.nesting.into()), i.label.clone().unwrap_or_default(), b.text)
                }
                _ => format!("p {}", b.text),
            })
            .collect();
        assert_eq!(
            shown,
            [
                "h1 HAND WASHING",
                "h2 1. PURPOSE",
                "p This text explains how to wash hands.",
                "h2 Procedure",
                "-1 Wet your hands with water.",
                "--a Use warm water.",
                "-2 Dry them.",
                "- Do not shake them."
            ]
        );
    }

    #[test]
    fn a_numbered_list_with_blank_lines_between_is_not_headings() {
        let found = extract("Steps\n\n1. Open the door\n\n2. Close the door\n");
        assert!(matches!(found.blocks[1].shape, Shape::Item(_)), "{:?}", found.blocks[1]);
        assert!(matches!(found.blocks[2].shape, Shape::Item(_)), "{:?}", found.blocks[2]);
    }
}
