//! The parts of a lesson around its text and exercises: warm-up, grammar, dialogue, role-play, homework.

use std::fmt::Write;

use course_format::course::{Dialogue, GrammarFocus, Lesson, Proven, RolePlay, StageKind};

use super::{View, escape, source};

/// A heading and its texts as a list; nothing where there are none.
pub(super) fn list(out: &mut String, view: View<'_>, title: &str, texts: &[Proven]) {
    if texts.is_empty() {
        return;
    }
    let _ = writeln!(out, "<h4>{title}</h4>");
    bullets(out, view, texts);
}

pub(super) fn bullets(out: &mut String, view: View<'_>, texts: &[Proven]) {
    out.push_str("<ul>\n");
    for text in texts {
        let _ = write!(out, "<li>{} ", escape(&text.text));
        source(out, view, &text.provenance);
        out.push_str("</li>\n");
    }
    out.push_str("</ul>\n");
}

pub(super) fn grammar(out: &mut String, view: View<'_>, lesson: &Lesson) {
    let Some(GrammarFocus { title, explanation, cases, mistakes, .. }) = &lesson.grammar else { return };
    let _ = writeln!(out, "<section class=\"grammar\">\n<h4>Grammar: {}</h4>", escape(title));
    let _ = writeln!(out, "<p>{}</p>\n<ul class=\"cases\">", escape(&explanation.text));
    for case in cases {
        out.push_str("<li>");
        marked(out, &case.sentence.text, &case.focus);
        out.push(' ');
        source(out, view, &case.sentence.provenance);
        out.push_str("</li>\n");
    }
    out.push_str("</ul>\n");
    if !mistakes.is_empty() {
        out.push_str("<h5>Be careful</h5>\n");
        bullets(out, view, mistakes);
    }
    out.push_str("</section>\n");
}

/// The sentence with its first `focus` marked.
fn marked(out: &mut String, sentence: &str, focus: &str) {
    match sentence.split_once(focus).filter(|_| !focus.is_empty()) {
        Some((before, after)) => {
            let _ = write!(out, "{}<mark>{}</mark>{}", escape(before), escape(focus), escape(after));
        }
        None => out.push_str(&escape(sentence)),
    }
}

pub(super) fn dialogue(out: &mut String, view: View<'_>, dialogue: Option<&Dialogue>) {
    let Some(Dialogue { title, situation, turns, .. }) = dialogue else { return };
    let _ = writeln!(out, "<section class=\"dialogue\">\n<h4>Dialogue: {}</h4>", escape(title));
    let _ = writeln!(out, "<p class=\"situation\">{}</p>\n<dl class=\"turns\">", escape(&situation.text));
    for turn in turns {
        let _ = write!(out, "<div><dt>{}</dt><dd>{} ", escape(&turn.role), escape(&turn.text.text));
        source(out, view, &turn.text.provenance);
        out.push_str("</dd></div>\n");
    }
    out.push_str("</dl>\n</section>\n");
}

pub(super) fn role_play(out: &mut String, view: View<'_>, lesson: &Lesson) {
    let Some(RolePlay { title, situation, cards, checklist, .. }) = &lesson.role_play else { return };
    let _ = writeln!(out, "<section class=\"role-play\">\n<h4>Role-play: {}</h4>", escape(title));
    let _ = writeln!(out, "<p class=\"situation\">{}</p>\n<div class=\"cards\">", escape(&situation.text));
    for card in cards {
        let _ = writeln!(
            out,
            "<div class=\"card\"><p class=\"kicker\">{}</p><p>{}</p></div>",
            escape(&card.role),
            escape(&card.brief.text)
        );
    }
    out.push_str("</div>\n<h5>Did they say or do it?</h5>\n<ul class=\"check\">\n");
    for point in checklist {
        let _ = write!(out, "<li><label><input type=\"checkbox\"> {}</label> ", escape(&point.text));
        source(out, view, &point.provenance);
        out.push_str("</li>\n");
    }
    out.push_str("</ul>\n</section>\n");
}

/// "Warm-up 5, vocabulary 10, …"
pub(super) fn stages(lesson: &Lesson) -> Option<String> {
    let parts: Vec<String> =
        lesson.stages.iter().map(|stage| format!("{} {}", stage_name(stage.kind), stage.minutes)).collect();
    (!parts.is_empty()).then(|| format!("Minutes: {}.", parts.join(", ")))
}

fn stage_name(kind: StageKind) -> &'static str {
    match kind {
        StageKind::WarmUp => "warm-up",
        StageKind::Vocabulary => "vocabulary",
        StageKind::Reading => "reading",
        StageKind::Grammar => "grammar",
        StageKind::Dialogue => "dialogue",
        StageKind::RolePlay => "role-play",
        StageKind::Check => "check and feedback",
    }
}
