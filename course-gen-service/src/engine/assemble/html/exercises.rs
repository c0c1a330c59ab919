use std::fmt::Write;

use course_format::course::{Choice, GapPiece, Item, ItemBody, ItemType};

use super::{Audience, View, escape};

/// The items as forms that the page's script checks.
///
/// Numbering starts at `first`; the next free number comes back.
pub(super) fn write(out: &mut String, view: View<'_>, items: &[Item], first: usize) -> usize {
    out.push_str("<div class=\"items\">\n");
    let mut number = first;
    for item in items.iter().filter(|item| view.package.keys.0.contains_key(&item.id)) {
        one(out, view, item, number);
        number += 1;
    }
    out.push_str("</div>\n");
    number
}

fn one(out: &mut String, view: View<'_>, item: &Item, number: usize) {
    let id = item.id;
    let kind = item.item_type().as_str();
    let _ = writeln!(out, "<form class=\"item\" data-id=\"{id}\" data-type=\"{kind}\" autocomplete=\"off\">");
    let critical = if item.critical { " <span class=\"critical\">critical</span>" } else { "" };
    let _ = writeln!(
        out,
        "<fieldset><legend><span class=\"number\">{number}.</span> {}{critical}</legend>",
        escape(&item.stem)
    );
    match &item.body {
        ItemBody::SingleChoice { options } => choices(out, id, options, "radio"),
        ItemBody::MultiSelect { options, .. } => choices(out, id, options, "checkbox"),
        ItemBody::Gap { pieces } => gaps(out, pieces),
        ItemBody::Matching { left, right } => matching(out, view, left, right),
        ItemBody::StepOrdering { steps } => ordering(out, view, steps),
        ItemBody::TapEvidence { sentences } => choices(out, id, sentences, "radio"),
        ItemBody::TrueFalse {} => choices(out, id, &true_or_false(), "radio"),
        ItemBody::GapSelect { pieces, options } => {
            placed(out, view, pieces, |gap| options.get(gap).map_or(&[][..], Vec::as_slice));
        }
        ItemBody::WordBank { pieces, words } => {
            let bank: Vec<String> = words.iter().map(|w| escape(&w.text)).collect();
            let _ = writeln!(out, "<p class=\"bank\">{}</p>", bank.join(" · "));
            placed(out, view, pieces, |_| if view.audience == Audience::Screen { words.as_slice() } else { &[] });
        }
        ItemBody::CategorySort { categories, entries } => matching(out, view, entries, categories),
        ItemBody::ErrorCorrection { sentence } => written(out, Some(sentence), ""),
        ItemBody::Transformation { source, start, using } => {
            let using = using.as_ref().map(|word| format!(" Use “{word}”.")).unwrap_or_default();
            written(out, Some(source), &format!("Begin: {start} …{using}"));
        }
        ItemBody::Dictation { speech } => {
            listen(out, speech);
            written(out, None, "");
        }
        ItemBody::ReadAloud { text } => {
            let _ = writeln!(out, "<blockquote>{}</blockquote>", escape(text));
            listen(out, text);
        }
        ItemBody::Flashcard { front } => {
            let _ = writeln!(out, "<p class=\"front\">{}</p>", escape(front));
        }
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
        ItemBody::RolePlay { role, partner, checklist } => {
            let _ = writeln!(out, "<p>You: <b>{}</b>. Your partner: <b>{}</b>.</p>", escape(role), escape(partner));
            points(out, checklist);
        }
        ItemBody::Writing { reader, points: all, min_words, max_words } => {
            let _ = writeln!(out, "<p>To: {}</p>", escape(reader));
            points(out, all);
            written(out, None, &format!("{min_words} to {max_words} words"));
        }
        ItemBody::ShortAnswer { min_words, max_words } => {
            written(out, None, &format!("{min_words} to {max_words} words"));
        }
    }
    out.push_str("</fieldset>");
    if view.audience == Audience::Screen {
        let action = match item.item_type() {
            kind if kind.is_open() => "Show a model answer",
            ItemType::Flashcard => "Turn the card",
            ItemType::ReadAloud => "Done",
            _ => "Check",
        };
        let _ = write!(out, "<button type=\"submit\">{action}</button><div class=\"feedback\" role=\"status\"></div>");
    }
    out.push_str("</form>\n");
}

/// The device's voice reads it; the words are not shown.
fn listen(out: &mut String, speech: &str) {
    let _ =
        writeln!(out, "<button type=\"button\" class=\"listen\" data-speech=\"{}\">Listen</button>", escape(speech));
}

fn points(out: &mut String, points: &[String]) {
    out.push_str("<ul>");
    for point in points {
        let _ = write!(out, "<li>{}</li>", escape(point));
    }
    out.push_str("</ul>\n");
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

/// Text with a list of options in each gap; on paper a line to write on, and the options behind it.
fn placed<'a>(out: &mut String, view: View<'_>, pieces: &[GapPiece], options: impl Fn(&str) -> &'a [Choice]) {
    out.push_str("<p class=\"gaps\">");
    let mut number = 0;
    for piece in pieces {
        match piece {
            GapPiece::Text { text } => out.push_str(&escape(text)),
            GapPiece::Gap { id, .. } if view.audience == Audience::Screen => {
                number += 1;
                select(out, id, Some(number), "…", options(id));
            }
            GapPiece::Gap { id, .. } => {
                let all: Vec<String> = options(id).iter().map(|o| escape(&o.text)).collect();
                out.push_str(BLANK);
                if !all.is_empty() {
                    let _ = write!(out, " ({})", all.join(" / "));
                }
            }
        }
    }
    out.push_str("</p>\n");
}

/// A place to write on paper.
const BLANK: &str = "<span class=\"blank\"></span>";

fn select(out: &mut String, name: &str, label: Option<usize>, empty: &str, options: &[Choice]) {
    let label = label.map(|n| format!(" aria-label=\"Gap {n}\"")).unwrap_or_default();
    let _ = write!(out, "<select name=\"{}\"{label}><option value=\"\">{empty}</option>", escape(name));
    for option in options {
        let _ = write!(out, "<option value=\"{}\">{}</option>", escape(&option.id), escape(&option.text));
    }
    out.push_str("</select>");
}

fn choices(out: &mut String, id: uuid::Uuid, options: &[Choice], kind: &str) {
    for (option, letter) in options.iter().zip('a'..='z') {
        let _ = writeln!(
            out,
            "<label class=\"option\"><input type=\"{kind}\" name=\"{id}\" value=\"{}\"> <span class=\"letter\">{letter}</span> <span>{}</span></label>",
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

fn matching(out: &mut String, view: View<'_>, left: &[Choice], right: &[Choice]) {
    for entry in left {
        let _ = write!(out, "<label class=\"pair\"><span>{}</span> ", escape(&entry.text));
        if view.audience == Audience::Screen {
            select(out, &entry.id, None, "Choose", right);
        } else {
            out.push_str(BLANK);
        }
        out.push_str("</label>\n");
    }
    if view.audience != Audience::Screen {
        let all: Vec<String> = right.iter().map(|c| escape(&c.text)).collect();
        let _ = writeln!(out, "<p class=\"bank\">{}</p>", all.join(" · "));
    }
}

fn ordering(out: &mut String, view: View<'_>, steps: &[Choice]) {
    for step in steps {
        if view.audience != Audience::Screen {
            let _ = writeln!(out, "<p class=\"pair\">{BLANK} <span>{}</span></p>", escape(&step.text));
            continue;
        }
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
