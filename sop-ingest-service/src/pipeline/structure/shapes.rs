//! What a block is by its neighbours: headings that were typed as list items, list items that look like headings, a title
//! without a style.

use crate::pipeline::{
    extract::{Block, Item, Shape},
    pattern::patterns,
    profile::imperative,
};

patterns! {
    CONDITION = r"(?i)^(?:if|when|where|in case|should|unless|once|after|before)\b";
    // "4.1 Reception shall:" goes on in the list below it.
    GOES_ON = r"(?i)\b(?:must|shall|should|may|can|is|are|has to|have to|needs? to|as follows|the following):$";
    ROMAN = r"^(?P<number>[IVX]{1,5})[.)]\s+(?P<title>\p{Lu}.*)$";
    BANNER = r"(?i)^(?:standard operating procedures?|s\.?o\.?p\.?|(?:work|operating|safety) instructions?|procedure|policy|guideline)(?:\s+(?:no\.?\s*)?[a-z]{0,5}[-/ ]?\d[\w./-]{0,11})?[.:]?$";
    NO_TITLE = r"[.:;,!?·|=@]|^\W|^\d|\s[–—-]\s";
}

const ROMANS: [&str; 15] =
    ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV"];
const SHORT: usize = 8;

pub fn settled(blocks: Vec<Block>, titled: bool) -> Vec<Block> {
    let mut blocks = promoted(roman(demoted(blocks)));
    banner(&mut blocks);
    if !titled {
        title(&mut blocks);
    }
    blocks
}

/// Says what kind of document it is, and no more.
pub fn is_banner(text: &str) -> bool {
    BANNER.is_match(text.trim())
}

/// "STANDARD OPERATING PROCEDURE BB-07" over the title says what kind of document it is; the title is the line under it.
fn banner(blocks: &mut [Block]) {
    let [first, second, ..] = blocks else { return };
    let top = matches!(first.shape, Shape::Heading { .. } | Shape::Paragraph) && is_banner(&first.text);
    let words = second.text.split_whitespace().count();
    let named = second.text.starts_with(char::is_uppercase) && (2..=12).contains(&words);
    match second.shape {
        Shape::Paragraph if top && named && !second.boxed && !NO_TITLE.is_match(&second.text) => {
            second.shape = Shape::Heading { depth: 1, label: None };
            first.shape = Shape::Paragraph;
        }
        Shape::Heading { .. } if top => first.shape = Shape::Paragraph,
        _ => {}
    }
}

/// A first line that is no sentence, in a document whose headings all come later, is its title.
fn title(blocks: &mut [Block]) {
    let headings = blocks.iter().filter(|b| matches!(b.shape, Shape::Heading { .. })).count();
    let Some(first) = blocks.first_mut() else { return };
    let words = first.text.split_whitespace().count();
    let named =
        first.shape == Shape::Paragraph && first.text.starts_with(char::is_uppercase) && (2..=SHORT).contains(&words);
    if headings > 0 && named && first.nesting == 0 && !first.boxed && !NO_TITLE.is_match(&first.text) {
        first.shape = Shape::Title;
    }
}

/// "1. Hygiene:" in a list, with bullets after it, is a heading that its writer made with a number.
fn promoted(mut blocks: Vec<Block>) -> Vec<Block> {
    let mut depth = 0;
    // The list whose items are steps: what ends in a colon there is a step as well.
    let mut steps = None;
    for at in 0..blocks.len() {
        if let Shape::Heading { depth: own, .. } = &blocks[at].shape {
            depth = *own;
            continue;
        }
        let Shape::Item(item) = &blocks[at].shape else { continue };
        let text = &blocks[at].text;
        let short = text.ends_with(':') && text.split_whitespace().count() <= 6 && !CONDITION.is_match(text);
        let before_bullets = blocks
            .get(at + 1)
            .is_some_and(|b| matches!(&b.shape, Shape::Item(next) if !next.ordered && next.list != item.list));
        let outermost = item.ordered && blocks[at].nesting <= 1;
        let commands = imperative::verb(text, imperative::Place::Heading).is_some();
        if outermost && short && before_bullets && !commands && steps != Some(item.list) {
            let label = item.label.clone();
            blocks[at].shape = Shape::Heading { depth: depth + 1, label };
            blocks[at].nesting = 0;
            for inside in
                blocks[at + 1..].iter_mut().take_while(|b| matches!(b.shape, Shape::Item(_) | Shape::Paragraph))
            {
                inside.nesting = inside.nesting.max(1);
            }
        } else if outermost && commands {
            steps = Some(item.list);
        }
    }
    blocks
}

/// "4.1 Reception shall:" with lettered items below it is no chapter.
fn demoted(mut blocks: Vec<Block>) -> Vec<Block> {
    let lists = blocks.iter().filter_map(|b| if let Shape::Item(item) = &b.shape { Some(item.list) } else { None });
    let mut list = lists.max().unwrap_or(0);
    for at in 0..blocks.len() {
        let Shape::Heading { label: Some(label), .. } = &blocks[at].shape else { continue };
        let text = blocks[at].text.trim_end();
        let goes_on = text.ends_with(':') && (GOES_ON.is_match(text) || CONDITION.is_match(text));
        let number = label.trim_end_matches(['.', ')']).rsplit('.').next().and_then(|n| n.parse().ok());
        let below = blocks.get(at + 1).is_some_and(|b| matches!(b.shape, Shape::Item(_)));
        let (Some(number), true, true) = (number, goes_on, below) else { continue };
        let label = label.clone();
        // Its siblings that are items already count on in their own list.
        let sibling = |b: &Block| match &b.shape {
            Shape::Item(item) if item.ordered && item.number == number + 1 && b.nesting <= 1 => Some(item.list),
            _ => None,
        };
        let own = blocks[at + 1..].iter().take_while(|b| matches!(b.shape, Shape::Item(_))).find_map(sibling);
        list += 1;
        for inside in
            blocks[at + 1..].iter_mut().take_while(|b| matches!(&b.shape, Shape::Item(item) if Some(item.list) != own))
        {
            inside.nesting = inside.nesting.max(1) + 1;
        }
        blocks[at].shape = Shape::Item(Item { list: own.unwrap_or(list), ordered: true, label: Some(label), number });
        blocks[at].nesting = 1;
    }
    blocks
}

/// "I. Purpose", "II. Materials", each with something below it: chapters.
fn roman(mut blocks: Vec<Block>) -> Vec<Block> {
    let depth = blocks.iter().find_map(|b| if let Shape::Heading { depth, .. } = b.shape { Some(depth) } else { None });
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let wanted = ROMANS.get(found.len()).copied();
        let typed = ROMAN.captures(&block.text).filter(|_| block.shape == Shape::Paragraph);
        let (number, skip) = match (&block.shape, typed) {
            (_, Some(typed)) => (typed["number"].to_owned(), typed.name("title").map_or(0, |title| title.start())),
            (Shape::Item(Item { label: Some(label), ordered: true, .. }), None) => {
                (label.trim_end_matches(['.', ')']).to_owned(), 0)
            }
            _ => continue,
        };
        let title = &block.text[skip..];
        let short = title.split_whitespace().count() <= SHORT && !title.ends_with(['.', ';', ',']);
        let apart = found.last().is_none_or(|(last, _)| at > last + 1);
        if wanted == Some(number.as_str()) && short && apart && at + 1 < blocks.len() {
            found.push((at, skip));
        }
    }
    if found.len() < 3 {
        return blocks;
    }
    for (number, (at, skip)) in found.into_iter().enumerate() {
        let block = &mut blocks[at];
        block.shape = Shape::Heading { depth: depth.map_or(1, |d| d + 1), label: Some(ROMANS[number].to_owned()) };
        block.nesting = 0;
        block.text.drain(..skip);
        let moved = |range: &mut std::ops::Range<usize>| {
            *range = range.start.saturating_sub(skip)..range.end.saturating_sub(skip);
        };
        block.marked.iter_mut().chain(&mut block.doubtful).for_each(moved);
        for line in &mut block.lines {
            line.start = line.start.saturating_sub(skip);
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use crate::pipeline::read;

    fn sections(text: &str, name: &str) -> Vec<String> {
        let document = read(text.as_bytes(), name).unwrap();
        document.clauses.iter().map(|c| format!("{:?} {} | {}", c.kind, c.section, c.text)).collect()
    }

    #[test]
    fn roman_chapters_are_sections() {
        let source = "# pH meter\n\nI. Purpose\n\nTo measure well.\n\nII. Materials\n\n- Buffer\n\nIII. Use\n\n1. Rinse the probe.\n2. Read the value.\n";
        let found = sections(source, "a.md");
        assert!(found.contains(&"Heading pH meter > Materials | Materials".to_owned()), "{found:#?}");
        assert!(found.contains(&"Step pH meter > Use | Read the value.".to_owned()), "{found:#?}");
    }

    #[test]
    fn a_step_that_introduces_bullets_stays_a_step() {
        let source = "# Fuel\n\n1. Stop the engine.\n2. Fill the tank.\n3. If fuel is spilled:\n    - press the button;\n    - call the manager.\n4. Take the receipt.\n";
        let document = read(source.as_bytes(), "a.md").unwrap();
        let numbers: Vec<_> = document.procedures[0].steps.iter().map(|s| s.number.clone()).collect();
        assert_eq!(numbers, [vec![1], vec![2], vec![3], vec![4]]);
    }

    #[test]
    fn a_first_line_without_a_style_is_the_title() {
        let source = "Dishwasher operation\n\n## Start\n\n1. Fill the tank.\n2. Press start.\n";
        assert_eq!(read(source.as_bytes(), "a.md").unwrap().title, "Dishwasher operation");
    }

    #[test]
    fn the_number_of_the_document_is_not_its_title() {
        for banner in ["STANDARD OPERATING PROCEDURE BB-07", "SOP No. 12"] {
            let source = format!(
                "{banner}\nRECEIPT OF RED CELL UNITS\n\n1 PURPOSE\nTo receive units safely.\n\n2 STEPS\n2.1 Put on gloves.\n"
            );
            assert_eq!(read(source.as_bytes(), "a.txt").unwrap().title, "RECEIPT OF RED CELL UNITS");
        }
    }
}
