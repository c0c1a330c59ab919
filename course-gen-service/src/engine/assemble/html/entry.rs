use std::fmt::Write;

use course_format::course::EntryTest;

use super::{Audience, View, escape, exercises, lessons, trainer};

/// The test before the course; not in the student's book.
pub(super) fn write(out: &mut String, view: View<'_>) {
    let Some(test) = view.package.course.entry_test.as_ref().filter(|_| view.audience != Audience::Student) else {
        return;
    };
    let _ = writeln!(
        out,
        "<section class=\"unit\" aria-labelledby=\"entry\">\n<h2 id=\"entry\">{}</h2>\n<p>{} minutes, before the first lesson. It shows where to begin; nobody can fail it.</p>",
        escape(&test.title),
        test.minutes
    );
    self_rating(out, test);
    let share = (test.manages_from * 100.0).round();
    let mut number = 1;
    if !test.clause_items.is_empty() {
        out.push_str("<article class=\"lesson\">\n<h3>What do you know about the work?</h3>\n");
        number = exercises::write(out, view, &test.clause_items, number);
        out.push_str("</article>\n");
    }
    for (part, place) in test.parts.iter().zip(1..) {
        let _ = writeln!(
            out,
            "<article class=\"lesson\">\n<h3>Text {place} <span class=\"kicker\">{}</span></h3>",
            part.level
        );
        lessons::reading(out, view, &part.reading);
        number = exercises::write(out, view, &part.items, number);
        out.push_str("</article>\n");
    }
    if view.audience == Audience::Teacher {
        trainer::keys(out, view, test.items());
        let _ = writeln!(
            out,
            "<p>With {share}% or more of the points for a text, a learner manages its level. Begin with the lessons as they are when the first two texts are managed; give more time and more help when only the first one or none is.</p>"
        );
    }
    out.push_str("</section>\n");
}

/// "Can follow short rules." after "In English, I …"
fn as_said(statement: &str) -> String {
    statement.strip_prefix("Can ").map_or_else(|| statement.to_owned(), |rest| format!("can {rest}"))
}

/// Statements to tick.
fn self_rating(out: &mut String, test: &EntryTest) {
    if test.self_rating.is_empty() {
        return;
    }
    out.push_str("<article class=\"lesson\">\n<h3>What can you do already?</h3>\n<div class=\"scroll\"><table>\n<tr><th scope=\"col\">In English, I …</th><th scope=\"col\">not yet</th><th scope=\"col\">with help</th><th scope=\"col\">alone</th></tr>\n");
    for (statement, row) in test.self_rating.iter().zip(1..) {
        let _ = write!(out, "<tr><th scope=\"row\">{}</th>", escape(&as_said(&statement.text)));
        for answer in ["not yet", "with help", "alone"] {
            let _ = write!(out, "<td><input type=\"radio\" name=\"can-do-{row}\" aria-label=\"{answer}\"></td>");
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table></div>\n</article>\n");
}
