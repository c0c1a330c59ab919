use std::fmt::Write;

use course_format::course::{Choice, CoursePackage, GapPiece, Item, ItemBody};

use super::escape;

/// The items as forms that the page's script checks.
pub(super) fn write(out: &mut String, package: &CoursePackage, items: &[Item]) {
    out.push_str("<ol class=\"items\">\n");
    for item in items {
        if package.keys.0.contains_key(&item.id) {
            one(out, item);
        }
    }
    out.push_str("</ol>\n");
}

fn one(out: &mut String, item: &Item) {
    let id = item.id;
    let kind = item.item_type().as_str();
    let _ = writeln!(out, "<li><form class=\"item\" data-id=\"{id}\" data-type=\"{kind}\" autocomplete=\"off\">");
    let critical = if item.critical { " <span class=\"critical\">critical</span>" } else { "" };
    let _ = writeln!(out, "<fieldset><legend>{}{critical}</legend>", escape(&item.stem));
    match &item.body {
        ItemBody::SingleChoice { options } => choices(out, id, options, "radio"),
        ItemBody::MultiSelect { options, .. } => choices(out, id, options, "checkbox"),
        ItemBody::Gap { pieces } => gaps(out, pieces),
        ItemBody::Matching { left, right } => matching(out, left, right),
        ItemBody::StepOrdering { steps } => ordering(out, steps),
        ItemBody::ShortAnswer { min_words, max_words } => {
            let _ = writeln!(
                out,
                "<textarea rows=\"3\" aria-label=\"Your answer\"></textarea><p class=\"hint\">{min_words} to {max_words} words</p>"
            );
        }
    }
    let action = if matches!(item.body, ItemBody::ShortAnswer { .. }) { "Show a model answer" } else { "Check" };
    let _ = writeln!(
        out,
        "</fieldset><button type=\"submit\">{action}</button><div class=\"feedback\" role=\"status\"></div></form></li>"
    );
}

fn choices(out: &mut String, id: uuid::Uuid, options: &[Choice], kind: &str) {
    for option in options {
        let _ = writeln!(
            out,
            "<label class=\"option\"><input type=\"{kind}\" name=\"{id}\" value=\"{}\"> <span>{}</span></label>",
            escape(&option.id),
            escape(&option.text)
        );
    }
}

fn gaps(out: &mut String, pieces: &[GapPiece]) {
    out.push_str("<p class=\"gaps\">");
    let mut number = 0;
    for piece in pieces {
        match piece {
            GapPiece::Text { text } => out.push_str(&escape(text)),
            GapPiece::Gap { id, hint } => {
                number += 1;
                let hint = hint.as_deref().map(|h| format!(" placeholder=\"{}\"", escape(h))).unwrap_or_default();
                let _ = write!(out, "<input type=\"text\" name=\"{}\" aria-label=\"Gap {number}\"{hint}>", escape(id));
            }
        }
    }
    out.push_str("</p>\n");
}

fn matching(out: &mut String, left: &[Choice], right: &[Choice]) {
    for entry in left {
        let _ = write!(
            out,
            "<label class=\"pair\"><span>{}</span> <select name=\"{}\"><option value=\"\">Choose</option>",
            escape(&entry.text),
            escape(&entry.id)
        );
        for option in right {
            let _ = write!(out, "<option value=\"{}\">{}</option>", escape(&option.id), escape(&option.text));
        }
        out.push_str("</select></label>\n");
    }
}

fn ordering(out: &mut String, steps: &[Choice]) {
    for step in steps {
        let _ = write!(
            out,
            "<label class=\"pair order\"><select name=\"{}\" aria-label=\"Place of this step\"><option value=\"\">–</option>",
            escape(&step.id)
        );
        for n in 1..=steps.len() {
            let _ = write!(out, "<option>{n}</option>");
        }
        let _ = writeln!(out, "</select> <span>{}</span></label>", escape(&step.text));
    }
}
