//! Numbers and bullets that a writer typed by hand: paragraphs that begin with "4.1.2", "Step 3:", "A.1" or "(b)", and
//! lists whose items are only lines of one paragraph.

use std::ops::Range;

use super::{
    Block, Item, Shape,
    inline::LINE_END,
    lines::{Labelled, after_bullet, labelled, roman, step_label},
};

/// Lists that are only typed become lists.
pub fn items(blocks: Vec<Block>) -> Vec<Block> {
    let mut lists = blocks.iter().filter_map(|b| b.shape.list()).max().unwrap_or(0);
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        parted(block, &mut lists, &mut out);
    }
    paragraphs(&mut out, &mut lists);
    renumber(&mut out);
    out
}

/// What a line begins with.
enum Marker<'a> {
    None,
    Bullet(&'a str),
    Label(Labelled<'a>),
}

fn marker(line: &str) -> Marker<'_> {
    match (after_bullet(line), labelled(line)) {
        (Some(rest), _) => Marker::Bullet(rest),
        (None, Some(label)) => Marker::Label(label),
        (None, None) => Marker::None,
    }
}

/// Cuts a block at its own line ends where the lines are items of a list.
fn parted(mut block: Block, lists: &mut u32, out: &mut Vec<Block>) {
    if !block.text.contains(LINE_END) {
        out.push(block);
        return;
    }
    let lines: Vec<Range<usize>> = line_ranges(&block.text);
    let splits = matches!(block.shape, Shape::Paragraph | Shape::Item(_)) && is_list(&block.text, &lines);
    if !splits {
        block.text = block.text.replace(LINE_END, " ");
        let shift = |at: usize| at - before(&lines, at) * (LINE_END.len_utf8() - 1);
        for range in &mut block.marked {
            *range = shift(range.start)..shift(range.end);
        }
        out.push(block);
        return;
    }
    *lists += 1;
    let source = std::mem::take(&mut block.text);
    let mut open = Block { marked: Vec::new(), ..block.clone() };
    for range in lines {
        let line = &source[range.clone()];
        let (rest, label, number) = match marker(line) {
            Marker::None => {
                if !open.text.is_empty() {
                    open.text.push(' ');
                }
                let start = open.text.len();
                let inside = block.marked.iter().filter(|m| m.start >= range.start && m.end <= range.end);
                open.marked.extend(inside.map(|m| m.start - range.start + start..m.end - range.start + start));
                open.text.push_str(line);
                continue;
            }
            Marker::Bullet(rest) => (rest, None, 0),
            Marker::Label(found) => (found.rest, Some(found.label.to_owned()), found.number()),
        };
        let item = Shape::Item(Item { list: *lists, ordered: label.is_some(), label, number });
        let next = Block {
            text: rest.to_owned(),
            nesting: block.nesting + 1,
            marked: Vec::new(),
            shape: item,
            ..block.clone()
        };
        let done = std::mem::replace(&mut open, next);
        out.extend(Some(done).filter(|b| !b.text.is_empty()));
    }
    out.push(open);
}

fn line_ranges(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut ranges = Vec::new();
    for line in text.split(LINE_END) {
        ranges.push(start..start + line.len());
        start += line.len() + LINE_END.len_utf8();
    }
    ranges
}

/// How many line ends stand before this byte.
fn before(lines: &[Range<usize>], at: usize) -> usize {
    lines.iter().skip(1).filter(|l| l.start <= at).count()
}

/// At least two lines are items, and numbers count from the first.
fn is_list(text: &str, lines: &[Range<usize>]) -> bool {
    let markers: Vec<Marker<'_>> = lines.iter().map(|l| marker(&text[l.clone()])).collect();
    let bullets = markers.iter().filter(|m| matches!(m, Marker::Bullet(_))).count();
    let labels: Vec<&Labelled<'_>> =
        markers.iter().filter_map(|m| if let Marker::Label(l) = m { Some(l) } else { None }).collect();
    let counts = |numbers: Vec<Option<u32>>| {
        numbers.first() == Some(&Some(1)) && numbers.windows(2).all(|w| w[0].zip(w[1]).is_some_and(|(a, b)| a + 1 == b))
    };
    let counted = labels.len() >= 2
        && (counts(labels.iter().map(|l| Some(l.number())).collect())
            || counts(labels.iter().map(|l| roman(l.label)).collect()));
    bullets >= 2 && labels.is_empty() || counted
}

/// A typed number of a paragraph.
struct Typed {
    label: String,
    number: u32,
    rest: String,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    /// "4.1.2", "A.1": nothing else is written so.
    Path,
    Step,
    Digits,
    Small,
    Capital,
}

fn typed(block: &Block) -> Option<Typed> {
    if block.shape != Shape::Paragraph || block.boxed {
        return None;
    }
    let (found, kind) = if let Some(found) = step_label(&block.text) {
        (found, Kind::Step)
    } else {
        let found = labelled(&block.text)?;
        let first = found.label.chars().next()?;
        let kind = match (found.depth() > 1, first) {
            (true, _) => Kind::Path,
            (false, '0'..='9') => Kind::Digits,
            (false, c) if c.is_lowercase() => Kind::Small,
            (false, _) => Kind::Capital,
        };
        (found, kind)
    };
    Some(Typed { label: found.label.to_owned(), number: found.number(), rest: found.rest.to_owned(), kind })
}

/// The next number stands within so many blocks.
const NEAR: usize = 12;

/// Paragraphs with typed numbers become items. A lone "A. Smith" stays what it is: such numbers must count on.
fn paragraphs(blocks: &mut [Block], lists: &mut u32) {
    let found: Vec<Option<Typed>> = blocks.iter().map(typed).collect();
    let mut section = 0;
    // Open lists, the outermost first: kind, label, number and list of the last item.
    let mut open: Vec<(Kind, String, u32)> = Vec::new();
    let sections: Vec<usize> = blocks
        .iter()
        .map(|b| {
            section += usize::from(matches!(b.shape, Shape::Heading { .. }));
            section
        })
        .collect();
    for (at, typed) in found.iter().enumerate() {
        if matches!(blocks[at].shape, Shape::Heading { .. }) {
            open.clear();
        }
        let Some(typed) = typed else { continue };
        let neighbour = |other: &Typed| other.kind == typed.kind && other.number.abs_diff(typed.number) == 1;
        let counts_on = (at.saturating_sub(NEAR)..found.len().min(at + NEAR + 1))
            .filter(|other| sections[*other] == sections[at])
            .any(|other| found[other].as_ref().is_some_and(neighbour));
        if !matches!(typed.kind, Kind::Path | Kind::Step) && !counts_on {
            continue;
        }
        let sibling = |(kind, label, _): &(Kind, String, u32)| match typed.kind {
            Kind::Path => !typed.label.starts_with(&format!("{label}.")) && *kind == Kind::Path,
            other => *kind == other,
        };
        if let Some(level) = open.iter().position(sibling) {
            let list = open[level].2;
            open.truncate(level);
            open.push((typed.kind, typed.label.clone(), list));
        } else {
            *lists += 1;
            open.push((typed.kind, typed.label.clone(), *lists));
        }
        let list = open.last().map_or(0, |o| o.2);
        let nesting = blocks[at].nesting.saturating_add(u8::try_from(open.len()).unwrap_or(u8::MAX));
        let cut = blocks[at].text.trim_end().len() - typed.rest.len();
        let block = &mut blocks[at];
        block.marked.retain(|m| m.start >= cut);
        block.marked.iter_mut().for_each(|m| *m = m.start - cut..m.end - cut);
        block.lines.iter_mut().for_each(|l| l.start = l.start.saturating_sub(cut));
        block.text.clone_from(&typed.rest);
        block.nesting = nesting;
        let (label, number) = (Some(typed.label.clone()), typed.number);
        block.shape = Shape::Item(Item { list, ordered: true, label, number });
    }
}

/// A list that begins with "i" and goes on with "ii" counts in Roman numerals.
fn renumber(blocks: &mut [Block]) {
    let roman_lists: Vec<u32> = blocks
        .iter()
        .filter_map(|b| if let Shape::Item(item) = &b.shape { Some(item) } else { None })
        .filter(|item| item.label.as_deref().is_some_and(|l| l.eq_ignore_ascii_case("ii")))
        .map(|item| item.list)
        .collect();
    for block in blocks {
        if let Shape::Item(item) = &mut block.shape
            && roman_lists.contains(&item.list)
            && let Some(number) = item.label.as_deref().and_then(roman)
        {
            item.number = number;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(texts: &[&str]) -> Vec<String> {
        let blocks = texts.iter().map(|t| Block::new(Shape::Paragraph, t.replace('\n', "\u{E002}"), 1)).collect();
        let show = |b: &Block| match &b.shape {
            Shape::Item(i) => format!(
                "{}{}={} {}",
                "-".repeat(b.nesting.into()),
                i.label.clone().unwrap_or_default(),
                i.number,
                b.text
            ),
            _ => b.text.clone(),
        };
        items(blocks).iter().map(show).collect()
    }

    #[test]
    fn lines_of_a_paragraph_that_count_are_items() {
        assert_eq!(
            shown(&["I. Wash hands\nfor 20 s.\nII. Take the board.\nIII. Cook."]),
            ["-I=1 Wash hands for 20 s.", "-II=2 Take the board.", "-III=3 Cook."]
        );
        assert_eq!(
            shown(&["Weigh them.\na. Use it.\nb. Add water."]),
            ["Weigh them.", "-a=1 Use it.", "-b=2 Add water."]
        );
        assert_eq!(shown(&["☐ Boards washed\n☐ Folder up to date"]), ["-=0 Boards washed", "-=0 Folder up to date"]);
        assert_eq!(shown(&["Written by\nA. Smith of the office."]), ["Written by A. Smith of the office."]);
    }

    #[test]
    fn paragraphs_with_typed_numbers_are_items_and_nest_by_them() {
        assert_eq!(
            shown(&["4.1 Load it.", "4.1.1 Weigh it.", "4.2 Run it.", "A. Smith wrote this."]),
            ["-4.1=1 Load it.", "--4.1.1=1 Weigh it.", "-4.2=2 Run it.", "A. Smith wrote this."]
        );
        assert_eq!(
            shown(&["Step 1. Inform them.", "Step 2. Check it.", "a) the door", "b) the lock"]),
            ["-1=1 Inform them.", "-2=2 Check it.", "--a=1 the door", "--b=2 the lock"]
        );
        assert_eq!(shown(&["A.1 Only staff may enter.", "A.2 Keep it shut."]).len(), 2);
        assert!(shown(&["A.1 Only staff may enter."])[0].starts_with("-A.1=1"));
    }
}
