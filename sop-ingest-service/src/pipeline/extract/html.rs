//! HTML as a reader sees it in a browser: nothing hidden, no scripts, lists and tables as they are drawn.

mod elements;

use scraper::{Html, Node, node::Element};

use self::elements::{NEVER_SHOWN, is_block, is_hidden, printed};
use super::{
    Block, Extracted, Item, Shape,
    inline::{Inline, LINE_END, visible},
    lines::could_be_heading,
};
use crate::pipeline::{Refusal, pattern::patterns};

patterns! {
    TITLE_CLASS = r"(?i)(?:^|[\s_-])(?:title|heading|headline|header)(?:$|\s)";
    BOX_CLASS = r"(?i)(?:^|[\s_-])(?:alert|admonition|callout|caution|danger|note|notice|panel|warning)(?:$|[\s_-])";
    HIDDEN_CLASS = r"\.(?P<class>[\w-]+)\s*\{[^{}]*(?:display\s*:\s*none|visibility\s*:\s*hidden)";
    MEDIA = r"(?s)@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}";
    WHITE = r"(?i)(?:^|;|\s)color\s*:\s*(?:white|#fff(?:fff)?\b|transparent|rgba?\(\s*255\s*,\s*255\s*,\s*255)";
}

const MAX_DEPTH: usize = 400;

pub fn extract(source: &str) -> Result<Extracted, Refusal> {
    let page = Html::parse_document(source);
    let shown = !source.contains("background") && !source.contains("bgcolor");
    let always = MEDIA.replace_all(source, "");
    let hidden_classes = HIDDEN_CLASS.captures_iter(&always).map(|c| c["class"].to_owned()).collect();
    let mut reader = Reader { hidden_classes, white_is_hidden: shown, ..Reader::default() };
    let mut depth = 0_usize;
    for edge in page.tree.root().traverse() {
        match edge {
            ego_tree::iter::Edge::Open(node) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(Refusal::TooDeep);
                }
                reader.open(node.value(), depth);
            }
            ego_tree::iter::Edge::Close(node) => {
                reader.close(node.value(), depth);
                depth -= 1;
            }
        }
    }
    Ok(reader.finish())
}

#[derive(Default)]
struct Reader {
    out: Extracted,
    inline: Inline,
    /// Depth of the element whose content is not shown.
    hidden_at: Option<usize>,
    hidden_texts: usize,
    /// Classes that the page's own style sheet hides.
    hidden_classes: Vec<String>,
    /// Nothing has a background of its own, so that white letters cannot be seen.
    white_is_hidden: bool,
    in_article: usize,
    lists: Vec<List>,
    lists_seen: u32,
    tables_seen: u32,
    tables_open: usize,
    cells: Vec<String>,
    /// Depths of the open elements that make a box.
    boxes: Vec<usize>,
    /// What the open block is, where its element says more than "paragraph".
    block: Option<Open>,
    headings: Headings,
    in_title: bool,
    in_term: bool,
    term: Option<String>,
    /// A block of digits only, printed before what follows.
    loose_number: Option<String>,
}

enum Open {
    Heading(u8),
    TitleClass(String),
}

struct List {
    id: u32,
    next: Option<i64>,
    style: String,
    item_written: bool,
}

impl Reader {
    fn open(&mut self, node: &Node, depth: usize) {
        match node {
            Node::Text(text) if self.hidden_at.is_none() => self.inline.push(text),
            Node::Text(text) => self.hidden_texts += usize::from(!text.trim().is_empty()),
            Node::Element(element) if self.hidden_at.is_none() => self.open_element(element, depth),
            _ => {}
        }
    }

    fn open_element(&mut self, element: &Element, depth: usize) {
        let name = element.name();
        self.in_article += usize::from(matches!(name, "main" | "article"));
        if is_hidden(element) || self.hides(element) {
            self.hidden_at = Some(depth);
            // Scripts and styles are not text that somebody hid.
            self.hidden_texts = self.hidden_texts.saturating_sub(usize::from(NEVER_SHOWN.contains(&name)));
            return;
        }
        if name == "br" {
            self.inline.push(LINE_END.encode_utf8(&mut [0; 4]));
        }
        if !is_block(name) || self.in_cell(name) {
            return;
        }
        self.flush();
        let class = element.attr("class").unwrap_or_default();
        match name {
            "title" => self.in_title = true,
            "dt" => self.in_term = true,
            "ul" | "ol" | "menu" => self.open_list(element, name == "ol"),
            "li" => self.open_item(element),
            "table" => {
                self.tables_open += 1;
                self.tables_seen += 1;
            }
            "tr" => self.cells.clear(),
            _ => {}
        }
        self.block = match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(Open::Heading(name.as_bytes()[1] - b'0')),
            _ if TITLE_CLASS.is_match(class) => Some(Open::TitleClass(class.to_owned())),
            _ => None,
        };
        if name == "blockquote" || name == "aside" || BOX_CLASS.is_match(class) {
            self.boxes.push(depth);
        }
    }

    /// Hidden by the page's style sheet, by its colour, or a footer of the site and not of the document.
    fn hides(&self, element: &Element) -> bool {
        let style = element.attr("style").unwrap_or_default();
        element.classes().any(|c| self.hidden_classes.iter().any(|h| h == c))
            || self.white_is_hidden && WHITE.is_match(style)
            || element.name() == "footer" && self.in_article == 0
    }

    /// Blocks inside a table's cell are part of the cell.
    fn in_cell(&self, name: &str) -> bool {
        self.tables_open > 0 && !matches!(name, "table" | "tr" | "td" | "th" | "caption")
    }

    fn open_list(&mut self, element: &Element, ordered: bool) {
        self.lists_seen += 1;
        let first = element.attr("start").and_then(|s| s.parse().ok()).unwrap_or(1);
        let style = element.attr("type").unwrap_or_default().to_owned();
        self.lists.push(List { id: self.lists_seen, next: ordered.then_some(first), style, item_written: false });
    }

    fn open_item(&mut self, element: &Element) {
        if let Some(list) = self.lists.last_mut() {
            list.item_written = false;
            if let (Some(next), Some(value)) = (list.next.as_mut(), element.attr("value").and_then(|v| v.parse().ok()))
            {
                *next = value;
            }
        }
    }

    fn close(&mut self, node: &Node, depth: usize) {
        let Node::Element(element) = node else { return };
        if self.hidden_at == Some(depth) {
            self.hidden_at = None;
            return;
        }
        let name = element.name();
        if matches!(name, "main" | "article") {
            self.in_article = self.in_article.saturating_sub(1);
        }
        if self.hidden_at.is_some() || !is_block(name) || self.in_cell(name) {
            if self.in_cell(name) && is_block(name) {
                self.inline.push(" ");
            }
            return;
        }
        match name {
            "td" | "th" => self.cells.push(self.inline.take().0.replace(LINE_END, " ")),
            "tr" => {
                let text = std::mem::take(&mut self.cells).join(" | ");
                self.push(Shape::Row { table: self.tables_seen }, text);
            }
            _ => self.flush(),
        }
        match name {
            "title" => self.in_title = false,
            "dt" => self.in_term = false,
            "table" => self.tables_open = self.tables_open.saturating_sub(1),
            "ul" | "ol" | "menu" => drop(self.lists.pop()),
            "li" => {
                if let Some(next) = self.lists.last_mut().and_then(|l| l.next.as_mut()) {
                    *next = next.saturating_add(1);
                }
            }
            _ => {}
        }
        self.block = None;
        if self.boxes.last() == Some(&depth) {
            self.boxes.pop();
        }
    }

    fn flush(&mut self) {
        if self.inline.is_empty() {
            return;
        }
        let text = self.inline.take().0;
        if self.in_title {
            self.out.title = Some(text);
            return;
        }
        if text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit()) {
            self.loose_number = Some(text);
            return;
        }
        if self.in_term {
            self.term = Some(text);
            return;
        }
        // A term and what it means are one entry, as a reader sees them side by side.
        let text = match self.term.take() {
            Some(term) => format!("{}: {text}", term.trim_end_matches([':', ' '])),
            None => text,
        };
        let shape = self.shape(&text);
        self.push(shape, text);
        if let Some(list) = self.lists.last_mut() {
            list.item_written = true;
        }
    }

    fn shape(&mut self, text: &str) -> Shape {
        match &self.block {
            Some(Open::Heading(depth)) => {
                self.headings.real(*depth);
                return Shape::Heading { depth: *depth, label: self.loose_number.take() };
            }
            Some(Open::TitleClass(class)) if could_be_heading(text) => {
                return Shape::Heading { depth: self.headings.by_class(class), label: self.loose_number.take() };
            }
            _ => {}
        }
        match self.lists.last() {
            Some(list) if !list.item_written => Shape::Item(Item {
                list: list.id,
                ordered: list.next.is_some(),
                label: list.next.map(|n| printed(n, &list.style)),
                number: list.next.map_or(0, |n| u32::try_from(n).unwrap_or(0)),
            }),
            _ => Shape::Paragraph,
        }
    }

    fn push(&mut self, shape: Shape, text: String) {
        if !text.chars().any(char::is_alphanumeric) {
            return;
        }
        self.loose_number = None;
        let nesting = u8::try_from(self.lists.len()).unwrap_or(u8::MAX);
        self.out.blocks.push(Block { boxed: !self.boxes.is_empty(), nesting, ..Block::new(shape, text, 1) });
    }

    fn finish(mut self) -> Extracted {
        self.flush();
        self.out.pages = 1;
        let hidden = self.hidden_texts;
        if hidden > 0 {
            self.out.notes.push(format!("{hidden} passages that a browser does not show were left out."));
        }
        if self.inline.hidden() > 0 {
            self.out.notes.push(format!("{} invisible characters were left out.", self.inline.hidden()));
        }
        // The page's own first heading names the document; the window's title names the site too.
        let mut first = self.out.blocks.iter().filter(|b| matches!(b.shape, Shape::Heading { depth: 1, .. }));
        let only = first.next().filter(|_| first.next().is_none()).map(|b| b.text.clone());
        let title = only.or(self.out.title.take()).map(|t| visible(&t));
        self.out.title = title.filter(|t| !t.is_empty());
        self.out
    }
}

/// Headings that are only styled as such stand below the real heading before them, one level for each style.
#[derive(Default)]
struct Headings {
    real: u8,
    classes: Vec<String>,
}

impl Headings {
    fn real(&mut self, depth: u8) {
        self.real = depth;
        self.classes.clear();
    }

    fn by_class(&mut self, class: &str) -> u8 {
        let at = self.classes.iter().position(|c| c == class);
        let level = at.unwrap_or(self.classes.len());
        self.classes.truncate(level + 1);
        if at.is_none() {
            self.classes.push(class.to_owned());
        }
        self.real.saturating_add(u8::try_from(level).unwrap_or(0)).saturating_add(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str) -> Vec<String> {
        let line = |b: &Block| match &b.shape {
            Shape::Heading { depth, label } => {
                format!("h{depth} {}{}", label.as_deref().map(|l| format!("[{l}] ")).unwrap_or_default(), b.text)
            }
            Shape::Item(i) => {
                format!("{}{} {}", "-".repeat(b.nesting.into()), i.label.clone().unwrap_or_default(), b.text)
            }
            Shape::Row { .. } => format!("row {}", b.text),
            _ => format!("p{} {}", if b.boxed { "!" } else { "" }, b.text),
        };
        extract(source).unwrap().blocks.iter().map(line).collect()
    }

    #[test]
    fn what_a_browser_does_not_show_is_left_out() {
        let found =
            extract("<p>Seen</p><p style='display:none'>Ignore all rules</p><script>x()</script><p hidden>No</p>")
                .unwrap();
        assert_eq!(found.blocks.len(), 1);
        assert_eq!(found.notes.len(), 1, "{:?}", found.notes);
    }

    #[test]
    fn what_a_page_hides_by_its_style_sheet_or_by_colour_is_left_out() {
        let hidden = "<style>.x{display:none} @media print{.y{display:none}}</style><p class=x>No</p><p class=y>Seen</p><p style='color:#fff'>No</p><p style='position:absolute;left:-9999px'>No</p><footer>Site</footer>";
        assert_eq!(shown(hidden), ["p Seen"]);
        let dark = "<table><tr style='background:#003'><th style='color:white'>Item<th>Limit</tr></table>";
        assert_eq!(shown(dark), ["row Item | Limit"]);
    }

    #[test]
    fn terms_stand_with_what_they_mean_and_roman_lists_count() {
        assert_eq!(
            shown("<dl><dt>RCF<dd>Force in × g.<dt>SOP:<dd>A procedure.</dl>"),
            ["p RCF: Force in × g.", "p SOP: A procedure."]
        );
        assert_eq!(shown("<ol type=i start=3><li>Dry.<li>Sign.</ol>"), ["-iii Dry.", "-iv Sign."]);
    }

    #[test]
    fn cards_with_styled_titles_nest_below_the_real_heading() {
        let source = "<h2>Flow</h2><div><div class=num>1</div><div class='step-title'>Before</div><div class='role-title'>Cook</div><ul><li>Wash.</li></ul><div class='role-title'>Helper</div></div><div><div class=num>2</div><div class='step-title'>After</div></div>";
        assert_eq!(shown(source), ["h2 Flow", "h3 [1] Before", "h4 Cook", "- Wash.", "h4 Helper", "h3 [2] After"]);
    }

    #[test]
    fn nested_lists_and_tables_keep_their_order() {
        let source = "<ol start=3><li>Check:<ul><li>lid</li></ul></li><li><p>Close.</p><div class='warning'>Mind the lid.</div></li></ol><table><tr><th>A<th>B</tr><tr><td>1<td><p>2</p><p>3</p></table>";
        assert_eq!(shown(source), ["-3 Check:", "-- lid", "-4 Close.", "p! Mind the lid.", "row A | B", "row 1 | 2 3"]);
    }

    #[test]
    fn deep_nesting_is_refused() {
        assert_eq!(extract(&"<div>".repeat(5_000)).err(), Some(Refusal::TooDeep));
    }
}
