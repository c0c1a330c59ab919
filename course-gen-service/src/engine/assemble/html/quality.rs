//! What the reviewer sees first: how the course stands against its SOPs, and where to look.

use std::fmt::Write;

use course_format::course::{QualityFlag, QualityReport, Relation};

use super::{Audience, View, escape, sources};

/// Words above the level that a row names.
const NAMED_WORDS: usize = 12;

pub(super) fn write(out: &mut String, view: View<'_>) {
    if view.audience == Audience::Student {
        return;
    }
    let quality = &view.package.quality;
    let count = quality.flags.len();
    let places = if count == 1 { "1 place to look at".to_owned() } else { format!("{count} places to look at") };
    let paper = view.audience == Audience::Teacher;
    let _ = writeln!(
        out,
        "{}",
        if paper {
            format!("<section class=\"quality\" id=\"quality\"><h2>Quality report: {places}</h2>")
        } else {
            format!(
                "<details class=\"quality\" id=\"quality\"><summary>For the reviewer: quality report, {places}</summary>"
            )
        }
    );
    measures(out, quality);
    flags(out, view, &quality.flags);
    levels(out, view);
    left_out(out, view);
    made_by(out, quality);
    out.push_str(if paper { "</section>\n" } else { "</details>\n" });
}

fn percent(share: f32) -> String {
    // Rounded down: 99.96% is not all of it.
    format!("{}%", (share * 1000.0).floor() / 10.0)
}

fn measures(out: &mut String, quality: &QualityReport) {
    let of = |relation: Relation| quality.texts_by_relation.get(&relation).copied().unwrap_or_default();
    let claims: u32 = quality.texts_by_relation.values().sum();
    let types: Vec<String> =
        quality.items_by_type.iter().map(|(kind, n)| format!("{} {n}", kind.as_str().replace('_', " "))).collect();
    let mut rows = vec![
        (
            "Proof",
            format!(
                "{claims} texts and keys rest on the SOP: {} quote it, {} say it in other words, {} follow from it. {} of them have quotes that stand there word for word.",
                of(Relation::Quote),
                of(Relation::Compress),
                of(Relation::Infer),
                percent(quality.provenance_resolved)
            ),
        ),
        ("Steps, rules and warnings", coverage(quality)),
    ];
    if let Some(check) = &quality.key_check {
        rows.push((
            "Answer keys",
            format!(
                "A solver that does not see the keys came to {} of {}; {} candidates were refused before.",
                check.solved, check.checked, check.refused
            ),
        ));
    }
    let fitting = quality.lessons.iter().filter(|l| l.fits).count();
    rows.push(("Levels", format!("{fitting} of {} lessons are within half a level.", quality.lessons.len())));
    rows.push((
        "Exercises",
        format!("{} in {} types: {}.", quality.items_by_type.values().sum::<u32>(), types.len(), types.join(", ")),
    ));
    if let Some(share) = quality.largest_frame_share {
        rows.push(("Variety", format!("The commonest question pattern has {} of the exercises.", percent(share))));
    }
    out.push_str("<dl class=\"facts\">\n");
    for (name, value) in rows {
        let _ = writeln!(out, "<div><dt>{name}</dt><dd>{}</dd></div>", escape(&value));
    }
    out.push_str("</dl>\n");
}

fn coverage(quality: &QualityReport) -> String {
    let asked =
        quality.item_coverage.map_or_else(String::new, |share| format!("; exercises ask about {}", percent(share)));
    format!("{} are in a lesson{asked}.", percent(quality.clause_coverage))
}

fn flags(out: &mut String, view: View<'_>, flags: &[QualityFlag]) {
    if flags.is_empty() {
        out.push_str("<p>Nothing was flagged.</p>\n");
        return;
    }
    out.push_str("<h3>Where to look, worst first</h3>\n<ul class=\"flags\">\n");
    for flag in flags {
        let code = flag.code.replace('_', " ");
        let _ = write!(out, "<li><b>{}</b> {}", escape(&code), escape(&flag.detail));
        if let Some((text, anchor)) = place(view, &flag.place) {
            let _ = write!(out, " <a href=\"#{anchor}\">{}</a>", escape(&text));
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ul>\n");
}

/// The lesson or the clause that a flag is about.
fn place(view: View<'_>, place: &str) -> Option<(String, String)> {
    let steps: Vec<&str> = place.split('/').collect();
    if let ["", "course", "units", unit, "lessons", lesson, ..] = steps.as_slice() {
        let unit = view.package.course.units.get(unit.parse::<usize>().ok()?)?;
        let number = unit.lessons.get(lesson.parse::<usize>().ok()?)?.number;
        return Some((format!("Lesson {number}"), format!("l{number}")));
    }
    sources::clause(view, place).map(|(_, anchor)| ("SOP".to_owned(), anchor))
}

fn levels(out: &mut String, view: View<'_>) {
    let quality = &view.package.quality;
    out.push_str("<h3>Levels, lesson by lesson</h3>\n<div class=\"scroll\"><table>\n<tr><th>Lesson</th><th>Measured</th><th>Words above the level</th></tr>\n");
    for lesson in &quality.lessons {
        let Some(own) = view.package.course.lessons().find(|l| l.id == lesson.lesson_id) else { continue };
        let more = lesson.words_above.len().saturating_sub(NAMED_WORDS);
        let mut words = lesson.words_above.iter().take(NAMED_WORDS).cloned().collect::<Vec<_>>().join(", ");
        if more > 0 {
            let _ = write!(words, " and {more} more");
        }
        let share = if words.is_empty() {
            "none".to_owned()
        } else {
            format!("{}: {words}", percent(lesson.words_above_share))
        };
        let _ = writeln!(
            out,
            "<tr><td>{}. {}</td><td>{} ({:.1}){}</td><td>{}</td></tr>",
            own.number,
            escape(&own.title),
            lesson.level,
            lesson.measured,
            if lesson.fits { "" } else { ", off" },
            escape(&share)
        );
    }
    out.push_str("</table></div>\n");
}

fn left_out(out: &mut String, view: View<'_>) {
    let left = &view.package.quality.left_out;
    if left.is_empty() {
        return;
    }
    let _ = writeln!(out, "<h3>Steps, rules and warnings that no lesson holds ({})</h3>", left.len());
    let mut reason = "";
    for (i, clause) in left.iter().enumerate() {
        if i == 0 || clause.reason != reason {
            let close = if i == 0 { "" } else { "</ul>\n" };
            let _ = writeln!(out, "{close}<p>Because {}:</p>\n<ul>", escape(&clause.reason));
            reason = &clause.reason;
        }
        let (text, anchor) = sources::clause(view, &clause.clause_id.0).unwrap_or_default();
        let _ = writeln!(out, "<li><a href=\"#{anchor}\">{}</a></li>", escape(text));
    }
    out.push_str("</ul>\n");
}

fn made_by(out: &mut String, quality: &QualityReport) {
    let _ = writeln!(
        out,
        "<h3>Made by</h3>\n<dl class=\"facts\">\n<div><dt>author</dt><dd>{}</dd></div>",
        escape(&quality.author)
    );
    match &quality.model_use {
        Some(spent) => {
            let _ = writeln!(
                out,
                "<div><dt>language models</dt><dd>{}: {} calls, {} tokens in, {} out, {:.2} US dollars</dd></div>",
                escape(&spent.models.join(", ")),
                spent.calls,
                spent.input_tokens,
                spent.output_tokens,
                spent.cost_usd
            );
        }
        None => out.push_str("<div><dt>language models</dt><dd>none; no cost</dd></div>\n"),
    }
    for (name, version) in &quality.versions {
        let _ = writeln!(out, "<div><dt>{}</dt><dd>{}</dd></div>", escape(name), escape(version));
    }
    out.push_str("</dl>\n");
}
