//! The trainer's page of a lesson, and the keys on paper.

use std::fmt::Write;

use course_format::course::{Answer, Choice, Item, ItemBody, ItemKey, Lesson, Proven, TrainerPage};

use super::{Audience, View, escape, parts, source};

pub(super) fn page(out: &mut String, view: View<'_>, lesson: &Lesson) {
    if view.audience == Audience::Student {
        return;
    }
    let paper = view.audience == Audience::Teacher;
    out.push_str(if paper {
        "<section class=\"trainer\"><h4>Trainer’s page</h4>\n"
    } else {
        "<details class=\"trainer\"><summary>Trainer’s page</summary>\n"
    });
    if let Some(stages) = parts::stages(lesson) {
        let _ = writeln!(out, "<p>{stages}</p>");
    }
    if let Some(page) = &lesson.trainer_page {
        typed(out, view, page);
    }
    parts::list(out, view, "Notes", &lesson.trainer_notes);
    if paper {
        keys(out, view, lesson.activities.iter().flat_map(|a| &a.items));
    }
    out.push_str(if paper { "</section>\n" } else { "</details>\n" });
}

fn typed(out: &mut String, view: View<'_>, page: &TrainerPage) {
    parts::list(out, view, "Critical, word for word", &page.critical);
    if !page.concept_questions.is_empty() {
        out.push_str("<h4>Check that they understand</h4>\n<dl class=\"turns\">\n");
        for question in &page.concept_questions {
            let _ = write!(out, "<div><dt>{}</dt><dd>{} ", escape(&question.question), escape(&question.answer.text));
            source(out, view, &question.answer.provenance);
            out.push_str("</dd></div>\n");
        }
        out.push_str("</dl>\n");
    }
    parts::list(out, view, "Likely mistakes", &page.likely_errors);
    let plays: Vec<Proven> = page.easier.iter().chain(&page.harder).cloned().collect();
    parts::list(out, view, "The role-play, easier and harder", &plays);
}

/// The answers, numbered as the exercises are.
pub(super) fn keys<'a>(out: &mut String, view: View<'_>, items: impl Iterator<Item = &'a Item>) {
    out.push_str("<section class=\"key\">\n<h4>Answers</h4>\n<ol>\n");
    for item in items {
        if let Some(key) = view.package.keys.0.get(&item.id) {
            let _ = write!(out, "<li>{} ", escape(&in_words(item, key)));
            source(out, view, &key.provenance);
            out.push_str("</li>\n");
        }
    }
    out.push_str("</ol>\n</section>\n");
}

fn text_of(choices: &[Choice], id: &str) -> String {
    choices.iter().find(|c| c.id == id).map_or_else(|| id.to_owned(), |c| c.text.clone())
}

/// The key as a trainer reads it out.
fn in_words(item: &Item, key: &ItemKey) -> String {
    let pairs = |from: &[Choice], to: &[Choice], pairs: &std::collections::BTreeMap<String, String>| {
        let line = |c: &Choice| pairs.get(&c.id).map(|id| format!("{} – {}", c.text, text_of(to, id)));
        from.iter().filter_map(line).collect::<Vec<_>>().join("; ")
    };
    match (&item.body, &key.answer) {
        (
            ItemBody::SingleChoice { options: all } | ItemBody::TapEvidence { sentences: all },
            Answer::SingleChoice { choice } | Answer::TapEvidence { choice },
        ) => text_of(all, choice),
        (ItemBody::MultiSelect { options, .. }, Answer::MultiSelect { choices }) => {
            choices.iter().map(|id| text_of(options, id)).collect::<Vec<_>>().join("; ")
        }
        (ItemBody::Matching { left, right }, Answer::Matching { pairs: key }) => pairs(left, right, key),
        (ItemBody::CategorySort { categories, entries }, Answer::CategorySort { groups }) => {
            pairs(entries, categories, groups)
        }
        (ItemBody::StepOrdering { steps }, Answer::StepOrdering { order, .. }) => {
            (1..).zip(order).map(|(n, id)| format!("{n}. {}", text_of(steps, id))).collect::<Vec<_>>().join(" ")
        }
        (ItemBody::GapSelect { options, .. }, Answer::GapSelect { choices }) => choices
            .iter()
            .map(|(gap, id)| options.get(gap).map_or_else(|| id.clone(), |own| text_of(own, id)))
            .collect::<Vec<_>>()
            .join("; "),
        (ItemBody::WordBank { words, .. }, Answer::WordBank { words: key }) => {
            key.values().map(|id| text_of(words, id)).collect::<Vec<_>>().join("; ")
        }
        (_, answer) => written(answer),
    }
}

fn written(answer: &Answer) -> String {
    match answer {
        Answer::TrueFalse { value } => if *value { "True." } else { "False." }.to_owned(),
        Answer::Gap { accepted } | Answer::FormFill { accepted } => {
            accepted.values().map(|wordings| wordings.join(" / ")).collect::<Vec<_>>().join("; ")
        }
        Answer::Transformation { accepted } | Answer::ErrorCorrection { accepted, .. } => accepted.join(" / "),
        Answer::Dictation { text } | Answer::ReadAloud { text } | Answer::Flashcard { back: text } => text.clone(),
        Answer::ShortAnswer { model, rubric }
        | Answer::Writing { model, rubric }
        | Answer::RolePlay { model, rubric } => {
            let points: Vec<String> = rubric.iter().map(|p| format!("{} ({})", p.description, p.points)).collect();
            format!("Model: {model} Points: {}", points.join("; "))
        }
        _ => String::new(),
    }
}
