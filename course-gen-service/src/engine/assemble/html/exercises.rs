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
        ItemBody::TapEvidence { sentences } => choices(out, id, sentences, "radio"),
        ItemBody::TrueFalse {} => choices(out, id, &true_or_false(), "radio"),
        ItemBody::GapSelect { pieces, options } => {
            placed(out, pieces, |gap| options.get(gap).map_or(&[][..], Vec::as_slice));
        }
        ItemBody::WordBank { pieces, words } => placed(out, pieces, |_| words.as_slice()),
        ItemBody::CategorySort { categories, entries } => matching(out, entries, categories),
        ItemBody::ErrorCorrection { sentence: given } | ItemBody::Transformation { source: given, .. } => {
            written(out, Some(given), "");
        }
        ItemBody::Dictation { .. } => written(out, None, ""),
        ItemBody::ReadAloud { text } => written(out, Some(text), ""),
        ItemBody::Flashcard { front } => written(out, Some(front), ""),
        ItemBody::FormFill { case, fields } => {
            let _ = writeln!(out, "<p>{}</p>", escape(case));
            for field in fields {
                let _ = writeln!(
                    out,
                    "<label class=\"pair\"><span>{}</span> <input type=\"text\" name=\"{}\"> {}</label>",
                    escape(&field.label),
                    escape(&field.id),
                    escape(field.unit.as_deref().unwrap_or_default())
                );
            }
        }
        ItemBody::RolePlay { checklist, .. } => written(out, Some(&checklist.join(" ")), ""),
        ItemBody::ShortAnswer { min_words, max_words } | ItemBody::Writing { min_words, max_words, .. } => {
            written(out, None, &format!("{min_words} to {max_words} words"));
        }
    }
    let action = if item.item_type().is_open() { "Show a model answer" } else { "Check" };
    let _ = writeln!(
        out,
        "</fieldset><button type=\"submit\">{action}</button><div class=\"feedback\" role=\"status\"></div></form></li>"
    );
}

fn true_or_false() -> [Choice; 2] {
    [("true", "True"), ("false", "False")].map(|(id, text)| Choice { id: id.to_owned(), text: text.to_owned() })
}

/// A sentence to work on, and a place to write.
fn written(out: &mut String, given: Option<&str>, hint: &str) {
    if let Some(given) = given {
        let _ = writeln!(out, "<blockquote>{}</blockquote>", escape(given));
    }
    let _ = writeln!(out, "<textarea rows=\"3\" aria-label=\"Your answer\"></textarea><p class=\"hint\">{hint}</p>");
}

/// Text with a list of options in each gap.
fn placed<'a>(out: &mut String, pieces: &[GapPiece], options: impl Fn(&str) -> &'a [Choice]) {
    out.push_str("<p class=\"gaps\">");
    for piece in pieces {
        match piece {
            GapPiece::Text { text } => out.push_str(&escape(text)),
            GapPiece::Gap { id, .. } => {
                let _ = write!(out, "<select name=\"{}\"><option value=\"\">…</option>", escape(id));
                for option in options(id) {
                    let _ = write!(out, "<option value=\"{}\">{}</option>", escape(&option.id), escape(&option.text));
                }
                out.push_str("</select>");
            }
        }
    }
    out.push_str("</p>\n");
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
