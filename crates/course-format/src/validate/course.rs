use std::collections::HashSet;

use uuid::Uuid;

use super::items::check_item;
use super::keys::{check_key, check_orphans};
use super::texts::each_proven;
use super::{Findings, Pointer, Violation};
use crate::course::{
    Activity, Assessment, Course, CoursePackage, Dialogue, EntryTest, FORMAT_VERSION, Item, Lesson, Proven, Provenance,
    QualityReport, Relation, SopReference,
};

/// Every rule that a course version breaks on its own; whether its quotes are the SOP's is
/// [`super::resolve_provenance`]'s question.
#[must_use]
pub fn validate_course(package: &CoursePackage) -> Vec<Violation> {
    let root = Pointer::default();
    let mut check = CourseCheck { package, ids: HashSet::new(), findings: Findings::default() };
    check.course(&package.course, &root.at("course"));
    check_orphans(package, &root.at("keys"), &mut check.findings);
    check_quality(&package.quality, &root.at("quality"), &mut check.findings);
    check.findings.0
}

struct CourseCheck<'a> {
    package: &'a CoursePackage,
    /// Every id met so far; an id names one thing in the whole course.
    ids: HashSet<Uuid>,
    findings: Findings,
}

impl CourseCheck<'_> {
    fn course(&mut self, course: &Course, at: &Pointer) {
        check_format_version(&course.format_version, &at.at("format_version"), &mut self.findings);
        self.findings.require_text(&course.title, &at.at("title"));
        let hours = course.hours.is_finite() && course.hours > 0.0;
        self.findings.require(hours, &at.at("hours"), "hours", "a course takes more than 0 hours");
        check_sops(&course.sops, &at.at("sops"), &mut self.findings);
        self.units(course, &at.at("units"));
        self.assessment(&course.assessment, &at.at("assessment"));
        if let Some(test) = &course.entry_test {
            self.entry_test(test, &at.at("entry_test"));
        }
        each_proven(course, at, &mut |at, text| check_proven(text, at, &course.sops, &mut self.findings));
    }

    fn units(&mut self, course: &Course, at: &Pointer) {
        self.findings.require(!course.units.is_empty(), at, "empty", "a course has at least one unit");
        let mut lessons_before = 0;
        for (u, unit) in course.units.iter().enumerate() {
            let at = at.at(u);
            self.id(unit.id, &at);
            self.number(unit.number, u + 1, &at);
            self.findings.require_text(&unit.title, &at.at("title"));
            let lessons = at.at("lessons");
            self.findings.require(!unit.lessons.is_empty(), &lessons, "empty", "a unit has at least one lesson");
            for (l, lesson) in unit.lessons.iter().enumerate() {
                self.number(lesson.number, lessons_before + l + 1, &lessons.at(l));
                self.lesson(lesson, &lessons.at(l));
            }
            lessons_before += unit.lessons.len();
            if let Some(test) = &unit.test {
                self.assessment(test, &at.at("test"));
            }
        }
    }

    fn lesson(&mut self, lesson: &Lesson, at: &Pointer) {
        self.id(lesson.id, at);
        self.findings.require_text(&lesson.title, &at.at("title"));
        self.findings.require(lesson.minutes > 0, &at.at("minutes"), "minutes", "a lesson takes more than 0 minutes");
        for (i, entry) in lesson.vocabulary.iter().enumerate() {
            let at = at.at("vocabulary").at(i);
            self.id(entry.id, &at);
            self.findings.require_text(&entry.term, &at.at("term"));
        }
        for (i, line) in lesson.reading.lines.iter().enumerate() {
            self.id(line.id, &at.at("reading").at("lines").at(i));
        }
        if let Some(grammar) = &lesson.grammar {
            self.id(grammar.id, &at.at("grammar"));
        }
        if let Some(play) = &lesson.role_play {
            self.id(play.id, &at.at("role_play"));
            let at = at.at("role_play").at("checklist");
            self.findings.require(!play.checklist.is_empty(), &at, "empty", "there is nothing to do or say");
        }
        if let Some(dialogue) = &lesson.dialogue {
            self.dialogue(dialogue, &at.at("dialogue"));
        }
        for (i, variant) in lesson.variants.iter().enumerate() {
            if let Some(dialogue) = &variant.dialogue {
                self.dialogue(dialogue, &at.at("variants").at(i).at("dialogue"));
            }
        }
        for (i, activity) in lesson.activities.iter().enumerate() {
            self.activity(activity, &at.at("activities").at(i));
        }
    }

    fn dialogue(&mut self, dialogue: &Dialogue, at: &Pointer) {
        self.id(dialogue.id, at);
        self.findings.require(dialogue.turns.len() >= 2, &at.at("turns"), "too_few", "two people speak");
        for (i, turn) in dialogue.turns.iter().enumerate() {
            let at = at.at("turns").at(i);
            self.id(turn.id, &at);
            let known = dialogue.roles.contains(&turn.role);
            self.findings.require(known, &at.at("role"), "unknown_role", "nobody of this dialogue has this name");
        }
    }

    fn activity(&mut self, activity: &Activity, at: &Pointer) {
        self.id(activity.id, at);
        self.findings.require_text(&activity.title, &at.at("title"));
        self.findings.require_text(&activity.instructions, &at.at("instructions"));
        self.items(&activity.items, &at.at("items"));
    }

    fn assessment(&mut self, assessment: &Assessment, at: &Pointer) {
        self.id(assessment.id, at);
        self.findings.require_text(&assessment.title, &at.at("title"));
        let share = (0.0..=1.0).contains(&assessment.pass_mark);
        self.findings.require(share, &at.at("pass_mark"), "pass_mark", "the pass mark is a share from 0 to 1");
        self.items(&assessment.items, &at.at("items"));
        for (i, item) in assessment.items.iter().enumerate() {
            let kind = item.item_type();
            let at = at.at("items").at(i).at("body").at("type");
            self.findings.require(!kind.is_practice_only(), &at, "practice_only", "this type is for practice only");
        }
    }

    fn entry_test(&mut self, test: &EntryTest, at: &Pointer) {
        self.id(test.id, at);
        self.findings.require_text(&test.title, &at.at("title"));
        self.findings.require(test.minutes > 0, &at.at("minutes"), "minutes", "a test takes more than 0 minutes");
        let share = (0.0..=1.0).contains(&test.manages_from);
        self.findings.require(share, &at.at("manages_from"), "share", "this is a share from 0 to 1");
        self.findings.require(!test.parts.is_empty(), &at.at("parts"), "empty", "an entry test has at least one part");
        for (i, part) in test.parts.iter().enumerate() {
            let at = at.at("parts").at(i);
            self.id(part.id, &at);
            for (l, line) in part.reading.lines.iter().enumerate() {
                self.id(line.id, &at.at("reading").at("lines").at(l));
            }
            self.items(&part.items, &at.at("items"));
        }
        if !test.clause_items.is_empty() {
            self.items(&test.clause_items, &at.at("clause_items"));
        }
    }

    fn items(&mut self, items: &[Item], at: &Pointer) {
        self.findings.require(!items.is_empty(), at, "empty", "there is no item here");
        for (i, item) in items.iter().enumerate() {
            let at = at.at(i);
            self.id(item.id, &at);
            check_item(item, &at, &mut self.findings);
            let Some(key) = self.package.keys.0.get(&item.id) else {
                self.findings.add(&at, "key_missing", format!("item {} has no key", item.id));
                continue;
            };
            let key_at = Pointer::default().at("keys").at(item.id);
            check_key(item, key, &key_at, &mut self.findings);
            for (p, provenance) in key.provenance.iter().enumerate() {
                let at = key_at.at("provenance").at(p);
                check_provenance(provenance, &at, &self.package.course.sops, &mut self.findings);
            }
            for (option, reason) in &key.options {
                let at = key_at.at("options").at(option);
                check_proven(reason, &at, &self.package.course.sops, &mut self.findings);
            }
        }
    }

    fn id(&mut self, id: Uuid, at: &Pointer) {
        if !self.ids.insert(id) {
            self.findings.add(&at.at("id"), "duplicate_id", format!("the id {id} is used more than once"));
        }
    }

    fn number(&mut self, number: u32, expected: usize, at: &Pointer) {
        if usize::try_from(number) != Ok(expected) {
            self.findings.add(&at.at("number"), "number", format!("this should be number {expected}, not {number}"));
        }
    }
}

fn check_format_version(version: &str, at: &Pointer, findings: &mut Findings) {
    let major = |version: &str| version.split('.').next().map(str::to_owned);
    let known = major(version) == major(FORMAT_VERSION);
    findings.require(known, at, "format_version", "this major version of the format is not known");
}

fn check_sops(sops: &[SopReference], at: &Pointer, findings: &mut Findings) {
    findings.require(!sops.is_empty(), at, "empty", "a course is made from at least one SOP");
    for (i, sop) in sops.iter().enumerate() {
        let at = at.at(i);
        let first = sops[..i].iter().all(|earlier| earlier.document_id != sop.document_id);
        findings.require(first, &at.at("document_id"), "duplicate_id", "this SOP is listed twice");
        findings.require(is_sha256(&sop.sha256), &at.at("sha256"), "sha256", "64 lower-case hex digits are needed");
    }
}

pub(super) fn is_sha256(hex: &str) -> bool {
    hex.len() == 64 && hex.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

fn check_proven(text: &Proven, at: &Pointer, sops: &[SopReference], findings: &mut Findings) {
    findings.require_text(&text.text, &at.at("text"));
    let sources = at.at("provenance");
    let proven = text.relation == Relation::Language || !text.provenance.is_empty();
    findings.require(proven, &sources, "provenance_missing", "nothing shows where this comes from");
    for (i, provenance) in text.provenance.iter().enumerate() {
        check_provenance(provenance, &sources.at(i), sops, findings);
    }
    let quoted = text.relation != Relation::Quote || text.provenance.is_empty() || is_quote(text);
    findings.require(quoted, &at.at("text"), "not_a_quote", "this is called a quote, but its source says it otherwise");
}

/// The text is one quote, part of one, or all of them in a row; line breaks do not count, and what a SOP says in capitals
/// from beginning to end may be said in small letters.
fn is_quote(text: &Proven) -> bool {
    let single_spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = single_spaced(&text.text);
    let quotes: Vec<String> = text.provenance.iter().map(|p| single_spaced(&p.quote)).collect();
    let stands = |said: &str| quotes.iter().any(|quote| quote.contains(said)) || quotes.join(" ") == said;
    let shouted = !quotes.iter().any(|quote| quote.contains(char::is_lowercase));
    stands(&said) || shouted && stands(&said.to_uppercase())
}

fn check_provenance(provenance: &Provenance, at: &Pointer, sops: &[SopReference], findings: &mut Findings) {
    let listed = sops.iter().any(|sop| sop.document_id == provenance.document_id);
    findings.require(listed, &at.at("document_id"), "document_not_listed", "the course does not list this SOP");
    findings.require_text(&provenance.quote, &at.at("quote"));
    let length = provenance.span.end.checked_sub(provenance.span.start);
    let fits = length == Some(provenance.quote.chars().count());
    findings.require(fits, &at.at("span"), "span", "the span is not as long as the quote");
    findings.require(provenance.page > 0, &at.at("page"), "page", "pages count from 1");
}

fn check_quality(quality: &QualityReport, at: &Pointer, findings: &mut Findings) {
    for (field, share) in
        [("provenance_resolved", quality.provenance_resolved), ("clause_coverage", quality.clause_coverage)]
    {
        findings.require((0.0..=1.0).contains(&share), &at.at(field), "share", "this is a share from 0 to 1");
    }
}
