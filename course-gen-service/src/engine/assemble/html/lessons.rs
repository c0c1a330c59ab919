use std::fmt::Write;

use course_format::course::{Assessment, Lesson, LineRole, Proven, Reading, ReadingLine};

use super::{Audience, View, escape, exercises, parts, source, trainer};

/// One lesson in teaching order, and the trainer's page.
pub(super) fn write(out: &mut String, view: View<'_>, lesson: &Lesson) {
    let _ = writeln!(
        out,
        "<article class=\"lesson\" id=\"l{0}\" aria-labelledby=\"l{0}t\">\n<h3 id=\"l{0}t\"><span class=\"kicker\">Lesson {0} · {1} minutes</span> {2}</h3>",
        lesson.number,
        lesson.minutes,
        escape(&lesson.title)
    );
    parts::list(out, view, "After this lesson", &lesson.objectives);
    parts::list(out, view, "Warm-up", &lesson.warm_up);
    vocabulary(out, view, lesson);
    out.push_str("<h4>Read</h4>\n");
    reading(out, view, &lesson.reading);
    variants(out, view, lesson);
    parts::grammar(out, view, lesson);
    parts::dialogue(out, view, lesson.dialogue.as_ref());
    let mut number = 1;
    for activity in &lesson.activities {
        let _ = writeln!(
            out,
            "<section class=\"activity\">\n<h4>{}</h4>\n<p>{}</p>",
            escape(&activity.title),
            escape(&activity.instructions)
        );
        number = exercises::write(out, view, &activity.items, number);
        out.push_str("</section>\n");
    }
    parts::role_play(out, view, lesson);
    parts::list(out, view, "At work", &lesson.homework);
    trainer::page(out, view, lesson);
    out.push_str("</article>\n");
}

fn vocabulary(out: &mut String, view: View<'_>, lesson: &Lesson) {
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
        let partners: Vec<&str> = entry.collocations.iter().map(|c| c.text.as_str()).collect();
        if !partners.is_empty() {
            let _ = write!(out, "<dd>You often read: {}</dd>", escape(&partners.join(" · ")));
        }
        let _ = write!(out, "<dd class=\"example\">{} ", escape(&entry.example.text));
        source(out, view, &entry.example.provenance);
        out.push_str("</dd></div>\n");
    }
    out.push_str("</dl>\n");
}

fn variants(out: &mut String, view: View<'_>, lesson: &Lesson) {
    for variant in &lesson.variants {
        let title = format!("The same text at {}", variant.level);
        if view.audience == Audience::Screen {
            let _ = writeln!(out, "<details class=\"variant\"><summary>{title}</summary>");
        } else {
            let _ = writeln!(out, "<section class=\"variant\"><h5>{title}</h5>");
        }
        reading(out, view, &variant.reading);
        parts::dialogue(out, view, variant.dialogue.as_ref());
        out.push_str(if view.audience == Audience::Screen { "</details>\n" } else { "</section>\n" });
    }
}

pub(super) fn reading(out: &mut String, view: View<'_>, reading: &Reading) {
    out.push_str("<div class=\"reading\">\n");
    reading_task(out, "Before you read", reading.before_reading.as_ref());
    let mut table = false;
    for line in &reading.lines {
        let row = line.role == LineRole::Text && line.text.text.contains(" | ");
        if row != table {
            out.push_str(if row {
                "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table\"><table>\n"
            } else {
                "</table></div>\n"
            });
            table = row;
        }
        if row { table_row(out, line) } else { plain_line(out, view, line) }
    }
    if table {
        out.push_str("</table></div>\n");
    }
    if !reading.glosses.is_empty() {
        out.push_str("<dl class=\"glosses\">\n");
        for gloss in &reading.glosses {
            let _ =
                writeln!(out, "<div><dt>{}</dt><dd>{}</dd></div>", escape(&gloss.word), escape(&gloss.meaning.text));
        }
        out.push_str("</dl>\n");
    }
    reading_task(out, "After reading", reading.after_reading.as_ref());
    out.push_str("</div>\n");
}

fn reading_task(out: &mut String, when: &str, task: Option<&Proven>) {
    if let Some(task) = task {
        let _ = writeln!(out, "<p class=\"task\"><b>{when}:</b> {}</p>", escape(&task.text));
    }
}

fn table_row(out: &mut String, line: &ReadingLine) {
    out.push_str("<tr>");
    for cell in line.text.text.split(" | ") {
        let _ = write!(out, "<td>{}</td>", escape(cell));
    }
    out.push_str("</tr>\n");
}

fn plain_line(out: &mut String, view: View<'_>, line: &ReadingLine) {
    let (tag, class) = match line.role {
        LineRole::Heading => ("p", "heading"),
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
    stem_and_entries(out, tag, &line.text.text);
    if line.role != LineRole::Heading {
        source(out, view, &line.text.provenance);
    }
    out.push_str("</div>\n");
}

/// Sentences as a paragraph, the entries below a stem as a list.
fn stem_and_entries(out: &mut String, tag: &str, text: &str) {
    let mut open = true;
    let mut listed = false;
    for (i, part) in text.lines().enumerate() {
        let entry = part.strip_prefix("• ");
        if i > 0 && open {
            let _ = write!(out, "</{tag}>");
            open = false;
        }
        if entry.is_some() != listed {
            out.push_str(if listed { "</ul>" } else { "<ul class=\"entries\">" });
            listed = !listed;
        }
        let _ = match entry {
            Some(entry) => write!(out, "<li>{}</li>", escape(entry)),
            None if i == 0 => write!(out, "{}", escape(part)),
            None => write!(out, "<p>{}</p>", escape(part)),
        };
    }
    if open {
        let _ = write!(out, "</{tag}>");
    }
    if listed {
        out.push_str("</ul>");
    }
}

/// The final test; not in the student's book.
pub(super) fn assessment(out: &mut String, view: View<'_>) {
    if view.audience == Audience::Student {
        return;
    }
    let test = &view.package.course.assessment;
    out.push_str("<section class=\"unit\" aria-labelledby=\"test\">\n");
    of_test(out, view, test, "h2", "test");
    out.push_str("</section>\n");
}

/// The test of a unit; not in the student's book.
pub(super) fn test(out: &mut String, view: View<'_>, test: &Assessment, id: &str) {
    if view.audience == Audience::Student {
        return;
    }
    let _ = writeln!(out, "<article class=\"lesson\" aria-labelledby=\"{id}\">");
    of_test(out, view, test, "h3", id);
    out.push_str("</article>\n");
}

fn of_test(out: &mut String, view: View<'_>, test: &Assessment, heading: &str, id: &str) {
    let share = (test.pass_mark * 100.0).round();
    let _ = writeln!(
        out,
        "<{heading} id=\"{id}\">{}</{heading}>\n<p>To pass, you need {share}% of the points, and every question marked “critical” must be right.</p>",
        escape(&test.title)
    );
    exercises::write(out, view, &test.items, 1);
    if view.audience == Audience::Teacher {
        trainer::keys(out, view, test.items.iter());
    }
}
