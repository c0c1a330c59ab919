use std::fmt::Write;

use course_format::course::{CoursePackage, Lesson, LineRole, ReadingLine, Relation};

use super::{escape, exercises, source};
use crate::engine::library::Library;

/// One lesson: what you can do after it, words, text, exercises, the trainer's page.
pub(super) fn write(out: &mut String, package: &CoursePackage, library: &Library, lesson: &Lesson) {
    let _ = writeln!(
        out,
        "<article class=\"lesson\" id=\"l{0}\" aria-labelledby=\"l{0}t\">\n<h3 id=\"l{0}t\"><span class=\"kicker\">Lesson {0} · {1} minutes</span> {2}</h3>",
        lesson.number,
        lesson.minutes,
        escape(&lesson.title)
    );
    out.push_str("<h4>After this lesson</h4>\n<ul class=\"can\">\n");
    for objective in &lesson.objectives {
        let _ = write!(out, "<li>{} ", escape(&objective.text));
        source(out, library, &objective.provenance);
        out.push_str("</li>\n");
    }
    out.push_str("</ul>\n");
    vocabulary(out, library, lesson);
    reading(out, library, lesson);
    for activity in &lesson.activities {
        let _ = writeln!(
            out,
            "<section class=\"activity\">\n<h4>{}</h4>\n<p>{}</p>",
            escape(&activity.title),
            escape(&activity.instructions)
        );
        exercises::write(out, package, &activity.items);
        out.push_str("</section>\n");
    }
    trainer(out, library, lesson);
    out.push_str("</article>\n");
}

fn vocabulary(out: &mut String, library: &Library, lesson: &Lesson) {
    if lesson.vocabulary.is_empty() {
        return;
    }
    out.push_str("<h4>Words</h4>\n<dl class=\"words\">\n");
    for entry in &lesson.vocabulary {
        let _ = write!(out, "<div><dt>{}", escape(&entry.term));
        if let Some(part) = &entry.part_of_speech {
            let _ = write!(out, " <span class=\"pos\">{}</span>", escape(part));
        }
        out.push_str("</dt>");
        if let Some(definition) = &entry.definition {
            let _ = write!(out, "<dd>{}</dd>", escape(&definition.text));
        }
        let _ = write!(out, "<dd class=\"example\">{} ", escape(&entry.example.text));
        source(out, library, &entry.example.provenance);
        out.push_str("</dd></div>\n");
    }
    out.push_str("</dl>\n");
}

fn reading(out: &mut String, library: &Library, lesson: &Lesson) {
    out.push_str("<h4>Read</h4>\n<div class=\"reading\">\n");
    let mut table = false;
    for line in &lesson.reading.lines {
        let row = line.role == LineRole::Text && line.text.text.contains(" | ");
        if row != table {
            out.push_str(if row { "<div class=\"scroll\"><table>\n" } else { "</table></div>\n" });
            table = row;
        }
        if row { table_row(out, line) } else { plain_line(out, library, line) }
    }
    if table {
        out.push_str("</table></div>\n");
    }
    out.push_str("</div>\n");
}

fn table_row(out: &mut String, line: &ReadingLine) {
    out.push_str("<tr>");
    for cell in line.text.text.split(" | ") {
        let _ = write!(out, "<td>{}</td>", escape(cell));
    }
    out.push_str("</tr>\n");
}

fn plain_line(out: &mut String, library: &Library, line: &ReadingLine) {
    let (tag, class) = match line.role {
        LineRole::Heading => ("h5", "heading"),
        LineRole::Step => ("p", "step"),
        LineRole::Rule => ("p", "rule"),
        LineRole::Warning => ("p", "warning"),
        LineRole::Text => ("p", "text"),
    };
    let depth = line.label.as_ref().map_or(0, |l| l.matches('.').count().min(3));
    let _ = write!(out, "<div class=\"line d{depth}\"><{tag} class=\"{class}\">");
    if let Some(label) = &line.label {
        let _ = write!(out, "<b class=\"label\">{}</b> ", escape(label));
    }
    let _ = write!(out, "{}</{tag}>", escape(&line.text.text));
    if line.role != LineRole::Heading {
        source(out, library, &line.text.provenance);
    }
    out.push_str("</div>\n");
}

fn trainer(out: &mut String, library: &Library, lesson: &Lesson) {
    out.push_str("<details class=\"trainer\"><summary>Trainer’s page</summary>\n");
    let mut list = false;
    for note in &lesson.trainer_notes {
        let quoted = note.relation == Relation::Quote;
        if quoted != list {
            out.push_str(if quoted { "<ul>\n" } else { "</ul>\n" });
            list = quoted;
        }
        let tag = if quoted { "li" } else { "p" };
        let _ = write!(out, "<{tag}>{} ", escape(&note.text));
        source(out, library, &note.provenance);
        let _ = writeln!(out, "</{tag}>");
    }
    if list {
        out.push_str("</ul>\n");
    }
    out.push_str("</details>\n");
}

/// The final test.
pub(super) fn assessment(out: &mut String, package: &CoursePackage) {
    let test = &package.course.assessment;
    let share = (test.pass_mark * 100.0).round();
    let _ = writeln!(
        out,
        "<section class=\"unit\" aria-labelledby=\"test\">\n<h2 id=\"test\">{}</h2>\n<p>To pass, you need {share}% of the points, and every question marked “critical” must be right.</p>",
        escape(&test.title)
    );
    exercises::write(out, package, &test.items);
    out.push_str("</section>\n");
}
