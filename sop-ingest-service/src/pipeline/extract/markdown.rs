//! Markdown, with the front matter and template tags that static site generators add to it.

use pulldown_cmark::{Event, HeadingLevel, MetadataBlockKind, Options, Parser, Tag, TagEnd};
use regex::Captures;

use super::{
    Block, Extracted, Item, Shape,
    inline::{Inline, LINE_END, MARK_END, MARK_START, visible},
};
use crate::pipeline::pattern::patterns;

patterns! {
    HIDES = r"^<(?:script|style|template)\b|^<[^>]*(?:\shidden\b|display\s*:\s*none|visibility\s*:\s*hidden)";
    TEMPLATE_TAG = r"(?s)(?P<before>\(\s*|\]:\s*)?\{%-?\s*(?P<name>\w+)(?P<arguments>.*?)-?%\}";
    ONLY_ARGUMENT = r#"^\s*["'](?P<value>[^"']*)["']\s*$"#;
    VARIABLE = r"\{\{[^}]*\}\}";
    FRONT_TITLE = r#"(?m)^title:\s*["']?(?P<title>[^"'\n]+?)["']?\s*$"#;
    STRAY_QUOTE = r"(^|\s)>(\w)";
}

pub fn extract(source: &str) -> Extracted {
    let source = without_template_tags(source);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS;
    let mut reader = Reader::default();
    for event in Parser::new_ext(&source, options) {
        reader.read(event);
    }
    reader.finish()
}

/// Template tags become what a reader of the page sees: a link's target stays a target, a tag that names one thing
/// (`{% slack_channel "help" %}`) shows that name, anything else shows nothing.
fn without_template_tags(source: &str) -> String {
    let shown = TEMPLATE_TAG.replace_all(source, |tag: &Captures<'_>| {
        let argument = ONLY_ARGUMENT.captures(&tag["arguments"]).map(|a| a["value"].to_owned());
        match (tag.name("before"), argument) {
            (Some(before), Some(target)) => format!("{}{}", before.as_str(), target.replace(' ', "%20")),
            (Some(before), None) => format!("{}#", before.as_str()),
            (None, Some(name)) => format!("{MARK_START}{name}{MARK_END}"),
            (None, None) => String::new(),
        }
    });
    VARIABLE.replace_all(&shown, "").into_owned()
}

#[derive(Default)]
struct Reader {
    out: Extracted,
    inline: Inline,
    lists: Vec<List>,
    lists_seen: u32,
    tables_seen: u32,
    quotes: usize,
    heading: Option<u8>,
    cells: Vec<String>,
    in_metadata: bool,
    in_picture: bool,
    /// The name of the element that hides what stands in it.
    unseen: Option<String>,
    /// Source of the HTML block that is open.
    html: String,
    /// Where a bold run began right after a line break, and where the last one ended.
    after_break: bool,
    bold_line: Option<usize>,
    bold_line_end: Option<usize>,
}

struct List {
    id: u32,
    next: Option<u64>,
    /// The item's first words have been written; what follows inside it is a paragraph.
    item_written: bool,
}

impl Reader {
    fn read(&mut self, event: Event<'_>) {
        let broke = std::mem::take(&mut self.after_break);
        match event {
            Event::Start(tag) => self.start(&tag, broke),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.in_metadata => {
                self.out.title = FRONT_TITLE.captures(&text).map(|c| visible(&c["title"]));
            }
            // What stands for a picture is not seen where the picture is, and scripts never are.
            Event::Text(_) | Event::Code(_) if self.in_picture || self.unseen.is_some() => {}
            Event::Text(text) => self.words(&text),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.inline.push(&text),
            Event::SoftBreak => {
                self.line_end();
                self.after_break = true;
            }
            Event::HardBreak => self.line_end(),
            Event::InlineHtml(html) if html.to_ascii_lowercase().starts_with("<br") => self.line_end(),
            Event::InlineHtml(html) => self.tag(&html),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
            Event::Html(html) => self.html.push_str(&html),
            Event::Rule => self.flush(),
        }
    }

    /// HTML within a line: what it hides until its end is left out.
    fn tag(&mut self, html: &str) {
        let source = html.to_ascii_lowercase();
        let name: String =
            source.trim_start_matches(['<', '/']).chars().take_while(char::is_ascii_alphanumeric).collect();
        match &self.unseen {
            Some(open) if source.starts_with("</") && *open == name => self.unseen = None,
            None if HIDES.is_match(&source) => self.unseen = Some(name),
            _ => {}
        }
    }

    fn line_end(&mut self) {
        self.inline.push(LINE_END.encode_utf8(&mut [0; 4]));
    }

    fn words(&mut self, text: &str) {
        if self.quotes > 0 && text.contains('>') {
            self.inline.push(&STRAY_QUOTE.replace_all(text, "$1$2"));
        } else {
            self.inline.push(text);
        }
    }

    fn start(&mut self, tag: &Tag<'_>, after_break: bool) {
        match *tag {
            Tag::Heading { level, .. } => {
                self.flush();
                self.heading = Some(depth(level));
            }
            Tag::Image { .. } => self.in_picture = true,
            Tag::List(first) => {
                self.flush();
                self.lists_seen += 1;
                self.lists.push(List { id: self.lists_seen, next: first, item_written: false });
            }
            Tag::Item => {
                if let Some(list) = self.lists.last_mut() {
                    list.item_written = false;
                }
            }
            Tag::BlockQuote(_) => {
                self.flush();
                self.quotes += 1;
            }
            Tag::Table(_) => {
                self.flush();
                self.tables_seen += 1;
            }
            Tag::TableHead | Tag::TableRow => self.cells.clear(),
            Tag::MetadataBlock(MetadataBlockKind::YamlStyle) => self.in_metadata = true,
            Tag::Strong if after_break && !self.lists.is_empty() => self.bold_line = Some(self.inline.len()),
            Tag::HtmlBlock => {
                self.flush();
                self.html.clear();
            }
            Tag::Paragraph | Tag::CodeBlock(_) | Tag::FootnoteDefinition(_) => self.flush(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                self.flush();
                self.heading = None;
            }
            TagEnd::Image => self.in_picture = false,
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::Item => {
                self.flush();
                if let Some(next) = self.lists.last_mut().and_then(|l| l.next.as_mut()) {
                    *next += 1;
                }
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::TableCell => self.cells.push(self.inline.take().0.replace(LINE_END, " ")),
            TagEnd::TableHead | TagEnd::TableRow => {
                let text = std::mem::take(&mut self.cells).join(" | ");
                self.push(Shape::Row { table: self.tables_seen }, &text, Vec::new());
            }
            TagEnd::HtmlBlock => self.embedded(),
            TagEnd::MetadataBlock(_) => self.in_metadata = false,
            TagEnd::Strong if self.bold_line.is_some() => self.bold_line_end = Some(self.inline.len()),
            TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::FootnoteDefinition => {
                self.unseen = None;
                self.flush();
            }
            _ => {}
        }
    }

    /// HTML between the paragraphs: a table, a box. What a browser would not show is left out there too.
    fn embedded(&mut self) {
        let source = std::mem::take(&mut self.html);
        let Ok(found) = super::html::extract(&source) else { return };
        self.out.notes.extend(found.notes);
        for mut block in found.blocks {
            match &mut block.shape {
                Shape::Item(item) => item.list += self.lists_seen,
                Shape::Row { table } => *table += self.tables_seen,
                _ => {}
            }
            block.boxed |= self.quotes > 0;
            self.out.blocks.push(block);
        }
        let last = |found: fn(&Shape) -> Option<u32>| self.out.blocks.iter().filter_map(|b| found(&b.shape)).max();
        let (lists, tables) = (last(Shape::list), last(Shape::table));
        self.lists_seen = self.lists_seen.max(lists.unwrap_or(0));
        self.tables_seen = self.tables_seen.max(tables.unwrap_or(0));
    }

    /// Ends the block that is being collected.
    fn flush(&mut self) {
        let (bold_line, bold_end) = (self.bold_line.take(), self.bold_line_end.take());
        if self.inline.is_empty() {
            return;
        }
        let (mut text, marked) = self.inline.take();
        // A whole bold line that its writer forgot to make an item of its own runs on to the item before it.
        let own_line = bold_line.filter(|_| bold_end == Some(text.len())).map(|at| text.split_off(at));
        for text in std::iter::once(text).chain(own_line) {
            let shape = self.shape();
            self.push(shape, &text, marked.clone());
            if let Some(list) = self.lists.last_mut().filter(|_| bold_line.is_some()) {
                list.item_written = false;
            }
        }
        if let Some(list) = self.lists.last_mut() {
            list.item_written = true;
        }
    }

    fn shape(&self) -> Shape {
        if let Some(depth) = self.heading {
            return Shape::Heading { depth, label: None };
        }
        match self.lists.last() {
            Some(list) if !list.item_written => Shape::Item(Item {
                list: list.id,
                ordered: list.next.is_some(),
                label: list.next.map(|n| n.to_string()),
                number: list.next.map_or(0, |n| u32::try_from(n).unwrap_or(0)),
            }),
            _ => Shape::Paragraph,
        }
    }

    fn push(&mut self, shape: Shape, text: &str, marked: Vec<std::ops::Range<usize>>) {
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == LINE_END);
        // Buttons of web pages end in an arrow that is not a word.
        let text = text.strip_suffix(" >").unwrap_or(text).trim_end().to_owned();
        if !text.chars().any(char::is_alphanumeric) {
            return;
        }
        let marked = marked.into_iter().filter(|m| text.get(m.clone()).is_some()).collect();
        self.out.blocks.push(Block {
            boxed: self.quotes > 0,
            nesting: u8::try_from(self.lists.len()).unwrap_or(u8::MAX),
            marked,
            ..Block::new(shape, text, 1)
        });
    }

    fn finish(mut self) -> Extracted {
        self.flush();
        self.out.pages = 1;
        if self.inline.hidden() > 0 {
            self.out.notes.push(format!("{} invisible characters were left out.", self.inline.hidden()));
        }
        self.out
    }
}

fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapes(source: &str) -> Vec<(String, String)> {
        let shown = |b: &Block| match &b.shape {
            Shape::Heading { depth, .. } => format!("h{depth}"),
            Shape::Item(i) => format!(
                "{}{}{}",
                "-".repeat(b.nesting.into()),
                i.label.clone().unwrap_or_default(),
                if b.boxed { "!" } else { "" }
            ),
            Shape::Row { .. } => "row".to_owned(),
            _ => format!("p{}{}", b.nesting, if b.boxed { "!" } else { "" }),
        };
        let blocks = crate::pipeline::extract::numbered::items(extract(source).blocks);
        blocks.iter().map(|b| (shown(b), b.text.clone())).collect()
    }

    #[test]
    fn steps_keep_their_numbers_nesting_and_warnings() {
        let source = "# Cold **store**\n\n3. Check\n   the box.\n   1. If open, reject it.\n\n   > **Warning:** Do not pierce it.\n\n4. Sign.\n";
        insta::assert_debug_snapshot!(shapes(source), @r#"
        [
            (
                "h1",
                "Cold store",
            ),
            (
                "-3",
                "Check the box.",
            ),
            (
                "--1",
                "If open, reject it.",
            ),
            (
                "p1!",
                "Warning: Do not pierce it.",
            ),
            (
                "-4",
                "Sign.",
            ),
        ]
        "#);
    }

    #[test]
    fn html_between_paragraphs_is_read_as_a_browser_shows_it() {
        let source = "# Doors\n\n<table><tr><th>Door</th><th>Limit</th></tr><tr><td>A</td><td>5 kg</td></tr></table>\n\n<p style=\"display:none\">Hidden.</p>\n\n<!-- not shown -->\n\nShut it.\n";
        let texts: Vec<_> = shapes(source).into_iter().map(|(shape, text)| format!("{shape} {text}")).collect();
        assert_eq!(texts, ["h1 Doors", "row Door | Limit", "row A | 5 kg", "p0 Shut it."]);
    }

    #[test]
    fn template_tags_become_what_a_reader_sees() {
        let found = extract(
            "Ask [the team]({% page \"/a b/\" %}) in {% slack_channel \"help\" %} today{% include \"x.html\" a: b %}.",
        );
        assert_eq!(found.blocks[0].text, "Ask the team in help today.");
        assert_eq!(&found.blocks[0].text[found.blocks[0].marked[0].clone()], "help");
    }

    #[test]
    fn a_bold_line_that_runs_on_to_an_item_is_an_item_of_its_own() {
        let texts: Vec<_> = shapes("- Jars\n**Eggs in the box**\n").into_iter().map(|(_, t)| t).collect();
        assert_eq!(texts, ["Jars", "Eggs in the box"]);
    }

    #[test]
    fn tables_become_rows_and_front_matter_gives_the_title() {
        let found = extract("---\ntitle: Trips\n---\n\nA | B\n--- | ---\n1 | 2\n");
        assert_eq!(found.title.as_deref(), Some("Trips"));
        let rows: Vec<_> = found.blocks.iter().map(|b| b.text.as_str()).collect();
        assert_eq!(rows, ["A | B", "1 | 2"]);
    }
}
