//! Where the reviewer should look, in plain words: what has to be decided, what to check, and what is good to know.

use std::fmt::Write;

use course_format::course::QualityFlag;

use super::{View, escape, sources};

/// What a flag asks of its reader.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Weight {
    Decide,
    Check,
    Know,
}

const GROUPS: [(Weight, &str); 3] =
    [(Weight::Decide, "To decide"), (Weight::Check, "To check"), (Weight::Know, "Good to know")];

/// Flags of one kind are told together.
const KINDS: [(&str, Weight, &str); 24] = [
    ("instruction_to_model", Weight::Decide, "The SOP speaks to a computer program"),
    ("contradiction", Weight::Decide, "The SOP contradicts itself"),
    ("note_needs_person", Weight::Decide, "A note waits for a person"),
    ("left_out", Weight::Decide, "Left out of the course"),
    ("critical_left_out", Weight::Decide, "Critical rules that no lesson holds"),
    ("level_below_sop", Weight::Decide, "The SOP is harder than the level"),
    ("reviewer_note", Weight::Check, "What the reviewer asked for"),
    ("note_not_read", Weight::Check, "Worded again by rules"),
    ("edit_lost", Weight::Check, "Edits that were not kept"),
    ("llm_unavailable", Weight::Check, "Written without the language model"),
    ("written_by_rules", Weight::Check, "Parts written by rules"),
    ("critical_without_item", Weight::Check, "Critical rules without an exercise"),
    ("test_without_critical", Weight::Check, "Critical rules outside the final test"),
    ("reading_above_level", Weight::Check, "Texts above the level"),
    ("words_above_level", Weight::Check, "Words above the level"),
    ("reading_below_level", Weight::Check, "Texts below the level"),
    ("variant_missing", Weight::Check, "Texts that are missing at a level"),
    ("few_items", Weight::Check, "Lessons with few exercises"),
    ("test_short", Weight::Know, "A short final test"),
    ("test_demand", Weight::Know, "Balance of the final test"),
    ("no_entry_test", Weight::Know, "No placement test"),
    ("no_unit_test", Weight::Know, "Units without a test"),
    ("hours", Weight::Know, "Hours"),
    ("edits_kept", Weight::Know, "Edits that were kept"),
];

/// The SOP's own weak places stand last: they are work for its owner.
const OTHER: (Weight, &str) = (Weight::Know, "Weak places in the SOP");

fn kind(flag: &QualityFlag) -> (Weight, &'static str) {
    KINDS.iter().find(|(code, ..)| *code == flag.code).map_or(OTHER, |(_, weight, label)| (*weight, label))
}

/// How many flags want a decision, and how many a look.
pub(super) fn counts(flags: &[QualityFlag]) -> (usize, usize) {
    let of = |weight: Weight| flags.iter().filter(|f| kind(f).0 == weight).count();
    (of(Weight::Decide), of(Weight::Check))
}

pub(super) fn write(out: &mut String, view: View<'_>) {
    let flags = &view.package.quality.flags;
    for (weight, title) in GROUPS {
        let mut labels: Vec<&str> = Vec::new();
        for (_, label) in flags.iter().map(kind).filter(|(w, _)| *w == weight) {
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        if labels.is_empty() {
            continue;
        }
        let _ = writeln!(out, "<h3>{title}</h3>\n<dl class=\"flags\">");
        for label in labels {
            let own: Vec<&QualityFlag> = flags.iter().filter(|f| kind(f).1 == label).collect();
            let many = if own.len() > 1 { format!(" ({})", own.len()) } else { String::new() };
            let _ = writeln!(out, "<div><dt>{label}{many}</dt>");
            for flag in own {
                one(out, view, flag);
            }
            out.push_str("</div>\n");
        }
        out.push_str("</dl>\n");
    }
}

fn one(out: &mut String, view: View<'_>, flag: &QualityFlag) {
    let detail = if flag.code == "sop_defect" { capitalised(&flag.detail) } else { flag.detail.clone() };
    let _ = write!(out, "<dd>{}", escape(&detail));
    if let Some((text, anchor)) = place(view, &flag.place) {
        let _ = write!(out, " <a href=\"#{anchor}\">{}</a>", escape(&text));
    }
    out.push_str("</dd>\n");
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The lesson or the clause that a flag is about.
fn place(view: View<'_>, place: &str) -> Option<(String, String)> {
    let steps: Vec<&str> = place.split('/').collect();
    if let ["", "course", "units", unit, "lessons", lesson, ..] = steps.as_slice() {
        let unit = view.package.course.units.get(unit.parse::<usize>().ok()?)?;
        let number = unit.lessons.get(lesson.parse::<usize>().ok()?)?.number;
        return Some((format!("Lesson {number}"), format!("l{number}")));
    }
    sources::clause(view, place).map(|(_, anchor)| ("See the SOP".to_owned(), anchor))
}
