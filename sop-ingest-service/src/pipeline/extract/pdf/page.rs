//! What has to be known of a page's drawing commands before its characters are read.

use std::collections::HashMap;

use pdf_extract::{
    Dictionary, Document, Object, ObjectId, Stream,
    content::{Content, Operation},
};

/// Rewrites the two commands that the parser beneath does not know (`'` and `"`: next line and show), and says for every
/// show command, in order, whether its font is bold. Bold is what marks a heading in many documents.
pub fn prepare(document: &mut Document, page: ObjectId) -> Vec<bool> {
    let Ok(content) = document.get_page_content(page).and_then(|c| Content::decode(&c)) else { return Vec::new() };
    let weights = weights(document, page);
    let mut bold = Vec::new();
    let mut current = false;
    let rewrite = content.operations.iter().any(|o| matches!(o.operator.as_str(), "'" | "\""));
    let mut rewritten = Vec::new();
    for operation in content.operations {
        match operation.operator.as_str() {
            "Tf" => {
                let name = operation.operands.first().and_then(|o| o.as_name().ok());
                current = name.and_then(|n| weights.get(n)).copied().unwrap_or(false);
            }
            "Tj" | "'" | "\"" => bold.push(current),
            "TJ" => {
                let shown = operation.operands.first().and_then(|o| o.as_array().ok());
                let strings = shown.map_or(0, |a| a.iter().filter(|o| matches!(o, Object::String(..))).count());
                bold.extend(std::iter::repeat_n(current, strings));
            }
            _ => {}
        }
        if rewrite {
            push_known(&mut rewritten, operation);
        }
    }
    if rewrite && let Ok(bytes) = (Content { operations: rewritten }).encode() {
        let stream = document.add_object(Stream::new(Dictionary::new(), bytes));
        if let Ok(page) = document.get_object_mut(page).and_then(Object::as_dict_mut) {
            page.set("Contents", stream);
        }
    }
    bold
}

fn push_known(out: &mut Vec<Operation>, operation: Operation) {
    let next_line = || Operation::new("T*", Vec::new());
    match (operation.operator.as_str(), operation.operands.as_slice()) {
        ("'", [text]) => out.extend([next_line(), Operation::new("Tj", vec![text.clone()])]),
        ("\"", [words, characters, text]) => out.extend([
            Operation::new("Tw", vec![words.clone()]),
            Operation::new("Tc", vec![characters.clone()]),
            next_line(),
            Operation::new("Tj", vec![text.clone()]),
        ]),
        _ => out.push(operation),
    }
}

/// The page's fonts by their names on the page: is each of them bold?
fn weights(document: &Document, page: ObjectId) -> HashMap<Vec<u8>, bool> {
    document
        .get_page_fonts(page)
        .map(|fonts| fonts.into_iter().map(|(name, font)| (name, is_bold(document, font))).collect())
        .unwrap_or_default()
}

fn is_bold(document: &Document, font: &Dictionary) -> bool {
    let name = font
        .get(b"BaseFont")
        .and_then(Object::as_name)
        .map(|n| String::from_utf8_lossy(n).to_lowercase())
        .unwrap_or_default();
    if ["bold", "black", "heavy", "demi"].iter().any(|weight| name.contains(weight)) {
        return true;
    }
    let follow = |object: &Object| match object {
        Object::Reference(id) => document.get_dictionary(*id).ok().cloned(),
        Object::Dictionary(dictionary) => Some(dictionary.clone()),
        _ => None,
    };
    let weight = font
        .get(b"FontDescriptor")
        .ok()
        .and_then(follow)
        .and_then(|d| d.get(b"FontWeight").and_then(Object::as_float).ok());
    weight.is_some_and(|w| w >= 600.0)
}
