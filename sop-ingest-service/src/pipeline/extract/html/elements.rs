//! What a browser does with elements: which are blocks of their own, which it never shows, how it numbers lists.

use scraper::node::Element;

use crate::pipeline::{extract::lines::roman_numeral as roman, pattern::patterns};

patterns! {
    HIDING_STYLE = r"(?i)(?:left|top|right|text-indent|margin-left)\s*:\s*-\d{3,}|display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*[01](?:px|pt|em|%)?\s*(?:;|$)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)";
}

pub const NEVER_SHOWN: [&str; 12] =
    ["script", "style", "template", "noscript", "nav", "svg", "iframe", "object", "head", "select", "textarea", "math"];

pub fn is_hidden(element: &Element) -> bool {
    let name = element.name();
    // The head is not shown, but its title is read.
    (NEVER_SHOWN.contains(&name) && name != "head")
        || element.attr("hidden").is_some()
        || element.attr("style").is_some_and(|s| HIDING_STYLE.is_match(s))
}

pub fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "td"
            | "th"
            | "title"
            | "tr"
            | "ul"
    )
}

pub fn printed(number: i64, style: &str) -> String {
    let letter = |base: u8| u8::try_from(number - 1).ok().filter(|n| *n < 26).map(|n| char::from(base + n).to_string());
    match style {
        "a" => letter(b'a'),
        "A" => letter(b'A'),
        "i" => u32::try_from(number).ok().map(|n| roman(n).to_lowercase()),
        "I" => u32::try_from(number).ok().map(roman),
        _ => None,
    }
    .unwrap_or_else(|| number.to_string())
}
