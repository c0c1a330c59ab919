//! Where a reviewer should look, worst first: hostile text, wishes, contradictions, dangerous clauses that are not taught or
//! not tested, what else is left out, levels, thin lessons, the SOP's own defects.

use std::collections::{BTreeMap, BTreeSet};

use course_format::course::{AnswerKeys, Course, LessonQuality, QualityFlag};
use course_format::sop::ClauseId;

use super::{blueprint, levels};
use crate::engine::Brief;
use crate::engine::author::variant_levels;
use crate::engine::library::{ClauseRef, Library};
use crate::engine::outline::{Outline, is_critical};
use crate::engine::plan::is_teachable;

/// A lesson with fewer exercises is a thin one.
const FEW_ITEMS: usize = 8;

pub fn of(
    brief: &Brief,
    library: &Library,
    outline: &Outline,
    course: &Course,
    keys: &AnswerKeys,
    measured: &[LessonQuality],
) -> Vec<QualityFlag> {
    let mut out = Vec::new();
    for at in library.clauses().filter(|at| library.addresses_a_model(*at)) {
        let detail = format!(
            "The SOP speaks to a computer program here: “{}” The words were treated as text and left out.",
            shortened(&library.clause(at).text)
        );
        out.push(flag("instruction_to_model", library.clause(at).id.0.clone(), detail));
    }
    out.extend(brief.notes.iter().map(|note| flag("reviewer_note", "/course", note.clone())));
    out.extend(contradictions(library));
    out.extend(left_out(library, outline));
    out.extend(untested(library, outline, keys));
    out.extend(super::notices::below_the_sops(brief, library));
    out.extend(blueprint::flags(library, course, keys));
    out.extend(levels::flags(course, measured));
    out.extend(thin(course));
    out.extend(without_dialogue(course));
    out.extend(missing_variants(brief, course));
    if let Some(hours) = brief.hours.filter(|h| *h > course.hours + 1.0) {
        let minutes = course.lessons().map(|l| l.minutes).sum::<u32>();
        let given = if minutes < 90 { format!("{minutes} minutes") } else { format!("{} hours", course.hours) };
        let detail = format!(
            "{hours} hours were ordered; the SOPs give {given} of lessons, practice included. More would repeat what is there: \
             order fewer hours, add SOPs, or keep the rest for practice at work."
        );
        out.push(flag("hours", "/course/hours", detail));
    }
    out.extend(defects(library));
    out
}

pub(super) fn flag(code: &str, place: impl Into<String>, detail: impl Into<String>) -> QualityFlag {
    QualityFlag { code: code.to_owned(), place: place.into(), detail: detail.into() }
}

/// How many there are for each reason, then every dangerous clause by itself; the report lists all of them.
fn left_out(library: &Library, outline: &Outline) -> Vec<QualityFlag> {
    let teachable =
        || outline.left_out.iter().filter(|l| is_teachable(library, l.clause) && !library.addresses_a_model(l.clause));
    let critical = |at: ClauseRef| is_critical(library, at);
    let mut reasons: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for left in teachable() {
        let [all, dangerous] = reasons.entry(left.reason.as_str()).or_default();
        *all += 1;
        *dangerous += usize::from(critical(left.clause));
    }
    let reasons = reasons.into_iter().map(|(reason, [all, dangerous])| {
        let (noun, verb) = if all == 1 { ("step or rule", "is") } else { ("steps and rules", "are") };
        let which = if dangerous == 0 { String::new() } else { format!(", {dangerous} of them critical") };
        flag("left_out", "/course", format!("{all} {noun} {verb} in no lesson{which}: {reason}."))
    });
    // What another section says in the same words is taught there.
    let taught: BTreeSet<&str> =
        outline.lessons().flat_map(|l| &l.clauses).map(|at| library.clause(*at).text.as_str()).collect();
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let mut dangerous = Vec::new();
    for left in teachable().filter(|l| critical(l.clause)) {
        let clause = library.clause(left.clause);
        if !taught.contains(clause.text.as_str()) && told.insert(&clause.text) {
            let detail = format!("No lesson holds this critical clause: “{}”", clause.text);
            dangerous.push(flag("critical_left_out", clause.id.0.clone(), detail));
        }
    }
    reasons.chain(dangerous).collect()
}

/// All sides of every contradiction, word for word, each with its place.
fn contradictions(library: &Library) -> Vec<QualityFlag> {
    library
        .disputes()
        .iter()
        .map(|group| {
            let mut said: Vec<(&str, Vec<String>)> = Vec::new();
            for at in group {
                let text = library.clause(*at).text.as_str();
                match said.iter_mut().find(|(known, _)| *known == text) {
                    Some((_, places)) => places.push(place(library, *at)),
                    None => said.push((text, vec![place(library, *at)])),
                }
            }
            let sides: Vec<String> = said.iter().map(|(text, places)| side(text, places)).collect();
            let what = match sides.as_slice() {
                [one] => format!("Another place of the SOP does not agree with this clause: {one}."),
                [one, other] => format!("Two clauses do not agree: {one} and {other}."),
                many => format!("These clauses do not agree: {}.", many.join("; ")),
            };
            let detail = format!(
                "{what} No exercise asks about them. Decide which is right and correct the SOP; where each holds in its own place, nothing needs to change."
            );
            let place = group.first().map_or_else(String::new, |at| library.clause(*at).id.0.clone());
            flag("contradiction", place, detail)
        })
        .collect()
}

/// Places that the report names for one wording.
const PLACES: usize = 3;

/// A clause's words and where they stand.
fn side(text: &str, places: &[String]) -> String {
    let named: Vec<&str> = places.iter().take(PLACES).filter(|p| !p.is_empty()).map(String::as_str).collect();
    let more = places.len().saturating_sub(PLACES);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    if named.is_empty() { format!("“{text}”") } else { format!("“{text}” ({}{more})", named.join("; ")) }
}

/// "Forklift, Limits": the section, and the document where there are several.
fn place(library: &Library, at: ClauseRef) -> String {
    let section = library.clause(at).section.rsplit(" > ").next().unwrap_or_default();
    let title = library.document(at).title.as_str();
    match (library.documents().len() > 1, section) {
        (true, section) if section.is_empty() || section == title => title.to_owned(),
        (true, section) => format!("{title}, {section}"),
        (false, section) => section.to_owned(),
    }
}

/// Critical clauses that no item is about.
fn untested(library: &Library, outline: &Outline, keys: &AnswerKeys) -> Vec<QualityFlag> {
    let tested: BTreeSet<&ClauseId> = keys.0.values().flat_map(|k| &k.provenance).map(|p| &p.clause_id).collect();
    let mut seen: BTreeSet<ClauseRef> = BTreeSet::new();
    let clauses = outline.lessons().flat_map(|l| l.clauses.iter().copied()).filter(|at| {
        is_critical(library, *at) && is_teachable(library, *at) && !library.is_disputed(*at) && seen.insert(*at)
    });
    let missed = clauses.filter(|at| !tested.contains(&library.clause(*at).id)).map(|at| library.clause(at));
    missed
        .map(|clause| {
            let detail = format!("This critical clause is read but not tested by a computed item: “{}”", clause.text);
            flag("critical_without_item", clause.id.0.clone(), detail)
        })
        .collect()
}

/// Levels that were asked for, and lessons whose text at that level would not say the same.
fn missing_variants(brief: &Brief, course: &Course) -> Vec<QualityFlag> {
    let wanted = variant_levels(brief);
    let units = course.units.iter().enumerate();
    let lessons = units.flat_map(|(u, unit)| unit.lessons.iter().enumerate().map(move |(l, lesson)| (u, l, lesson)));
    let mut out = Vec::new();
    for (u, l, lesson) in lessons {
        let missing: Vec<&str> =
            wanted.iter().filter(|w| !lesson.variants.iter().any(|v| v.level == **w)).map(|w| w.as_str()).collect();
        if !missing.is_empty() {
            let detail = format!(
                "“{}” has no text at {}: it would not have said the same as the lesson's own.",
                lesson.title,
                missing.join(", ")
            );
            out.push(flag("variant_missing", format!("/course/units/{u}/lessons/{l}/variants"), detail));
        }
    }
    out
}

fn without_dialogue(course: &Course) -> Vec<QualityFlag> {
    let units = course.units.iter().enumerate();
    let lessons = units.flat_map(|(u, unit)| unit.lessons.iter().enumerate().map(move |(l, lesson)| (u, l, lesson)));
    let silent = lessons.filter(|(.., lesson)| lesson.dialogue.is_none());
    let told = silent.map(|(u, l, lesson)| {
        let detail = format!(
            "“{}” has no dialogue: its clauses name too few steps, cases or bans that two people could talk about.",
            lesson.title
        );
        flag("no_dialogue", format!("/course/units/{u}/lessons/{l}"), detail)
    });
    told.collect()
}

fn thin(course: &Course) -> Vec<QualityFlag> {
    let units = course.units.iter().enumerate();
    let lessons = units.flat_map(|(u, unit)| unit.lessons.iter().enumerate().map(move |(l, lesson)| (u, l, lesson)));
    let mut out = Vec::new();
    for (u, l, lesson) in lessons {
        let items: usize = lesson.activities.iter().map(|a| a.items.len()).sum();
        if items < FEW_ITEMS {
            let detail = format!(
                "“{}” has {items} exercises; the sentences of its clauses gave no more that are sure.",
                lesson.title
            );
            out.push(flag("few_items", format!("/course/units/{u}/lessons/{l}"), detail));
        }
    }
    out
}

/// What the reading has found; contradictions and words for machines have been told already.
fn defects(library: &Library) -> Vec<QualityFlag> {
    let all = library.documents().iter().flat_map(|d| &d.defects);
    let told = |kind: &str| kind.contains("contradict") || kind == "instruction_to_ai";
    all.filter(|d| !told(&d.kind))
        .map(|d| {
            let detail = format!("{}: “{}” {}", d.kind.replace('_', " "), d.quote, d.suggestion);
            flag("sop_defect", d.clause_id.0.clone(), detail)
        })
        .collect()
}

/// The first words of a text that may be long.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(240) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}
