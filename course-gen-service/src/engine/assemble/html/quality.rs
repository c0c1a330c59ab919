//! What the reviewer sees first: how the course stands against its SOPs, and where to look.

use std::fmt::Write;

use course_format::course::{ItemType, QualityReport, Relation};

use super::{Audience, View, escape, flags, sources};

/// Words above the level that a row names.
const NAMED_WORDS: usize = 12;

pub(super) fn write(out: &mut String, view: View<'_>) {
    if view.audience == Audience::Student {
        return;
    }
    let quality = &view.package.quality;
    let paper = view.audience == Audience::Teacher;
    out.push_str(if paper {
        "<section class=\"quality\" id=\"quality\"><h2>Quality report</h2>\n"
    } else {
        "<details class=\"quality\" id=\"quality\" open><summary><h2>Quality report</h2></summary>\n"
    });
    let _ = writeln!(out, "<p class=\"verdict\">{}</p>", verdict(quality));
    tiles(out, quality);
    flags::write(out, view);
    measures(out, quality);
    levels(out, view);
    left_out(out, view);
    made_by(out, quality);
    out.push_str(if paper { "</section>\n" } else { "</details>\n" });
}

fn verdict(quality: &QualityReport) -> String {
    let points = |n: usize| if n == 1 { "1 point".to_owned() } else { format!("{n} points") };
    match flags::counts(&quality.flags) {
        (0, 0) => "Nothing has to be decided before this course is approved.".to_owned(),
        (0, check) => format!("Nothing has to be decided; please look at {}.", points(check)),
        (decide, 0) => format!("Please decide about {} before you approve this course.", points(decide)),
        (decide, check) => format!(
            "Please decide about {} before you approve this course, and look at {} more.",
            points(decide),
            points(check)
        ),
    }
}

/// The six figures that a reviewer asks for first, each with a sign that needs no colour.
fn tiles(out: &mut String, quality: &QualityReport) {
    let fitting = quality.lessons.iter().filter(|l| l.fits).count();
    let lessons = quality.lessons.len();
    let exercises = quality.items_by_type.values().sum::<u32>();
    let kinds = quality.items_by_type.len();
    let variety = format!("exercises of {kinds} kinds");
    let mut tiles: Vec<(String, &str, bool)> = vec![
        (
            percent(quality.provenance_resolved),
            "of the texts and keys are proven by the SOP",
            quality.provenance_resolved >= 1.0,
        ),
        (
            percent(quality.clause_coverage),
            "of its steps, rules and warnings are taught",
            quality.clause_coverage >= 1.0,
        ),
    ];
    if let Some(asked) = quality.item_coverage {
        tiles.push((percent(asked), "of them have an exercise", asked >= 0.9));
    }
    if let Some(check) = &quality.key_check {
        let right = format!("{} of {}", check.solved, check.checked);
        tiles.push((right, "answer keys were found again without seeing them", check.solved == check.checked));
    }
    tiles.push((format!("{fitting} of {lessons}"), "lessons are at the level", fitting * 10 >= lessons * 9));
    tiles.push((exercises.to_string(), &variety, kinds >= 10 || exercises < 60));
    out.push_str("<ul class=\"tiles\">\n");
    for (figure, what, good) in tiles {
        let (class, sign, said) = if good { ("ok", "✓", "in order") } else { ("look", "!", "please look") };
        let _ = writeln!(
            out,
            "<li><b>{figure}</b> <span class=\"{class}\" role=\"img\" aria-label=\"{said}\">{sign}</span><br>{what}</li>"
        );
    }
    out.push_str("</ul>\n");
}

fn percent(share: f32) -> String {
    // Rounded down: 99.96% is not all of it.
    format!("{}%", (share * 1000.0).floor() / 10.0)
}

fn measures(out: &mut String, quality: &QualityReport) {
    let of = |relation: Relation| quality.texts_by_relation.get(&relation).copied().unwrap_or_default();
    let claims: u32 = quality.texts_by_relation.values().sum();
    let types: Vec<String> = quality.items_by_type.iter().map(|(kind, n)| format!("{n} {}", exercise(*kind))).collect();
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
        format!(
            "{} exercises of {} kinds: {}.",
            quality.items_by_type.values().sum::<u32>(),
            types.len(),
            types.join(", ")
        ),
    ));
    if let Some(share) = quality.largest_frame_share {
        rows.push(("Variety", format!("The commonest question pattern has {} of the exercises.", percent(share))));
    }
    out.push_str("<h3>In figures</h3>\n<dl class=\"facts\">\n");
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

fn levels(out: &mut String, view: View<'_>) {
    let quality = &view.package.quality;
    out.push_str("<h3>Levels, lesson by lesson</h3>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Levels\"><table>\n<tr><th scope=\"col\">Lesson</th><th scope=\"col\">Measured</th><th scope=\"col\">Words above the level, not explained</th></tr>\n");
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
            if lesson.fits { "" } else { ", not at the level" },
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

/// As a trainer calls it.
fn exercise(kind: ItemType) -> &'static str {
    match kind {
        ItemType::SingleChoice => "single choice",
        ItemType::MultiSelect => "multiple choice",
        ItemType::TrueFalse => "true or false",
        ItemType::Gap => "gaps to type in",
        ItemType::GapSelect => "gaps to choose for",
        ItemType::Matching => "matching",
        ItemType::CategorySort => "sorting",
        ItemType::WordBank => "word bank",
        ItemType::StepOrdering => "putting in order",
        ItemType::Dictation => "dictation",
        ItemType::Transformation => "saying it another way",
        ItemType::ErrorCorrection => "correcting a mistake",
        ItemType::FormFill => "filling in a form",
        ItemType::TapEvidence => "finding the line",
        ItemType::ShortAnswer => "short answer",
        ItemType::Writing => "writing",
        ItemType::RolePlay => "role-play",
        ItemType::ReadAloud => "reading aloud",
        ItemType::Flashcard => "flashcard",
    }
}
