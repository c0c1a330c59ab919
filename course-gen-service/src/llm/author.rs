//! Lessons in the language of a model, on the frame of the rules: what they teach, in which order and with which words, is
//! decided before a model is asked, and what a model says counts only where it passes.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use course_format::course::{Course, Proven, QualityFlag};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::answers::{Said, TalkAnswer, TextAnswer};
use super::checks::Bench;
use super::compose::Composer;
use super::desk::{Desk, NoAnswer};
use super::element::Element;
use super::provider::Question;
use super::questions;
use crate::engine::author::{Assignment, Author, AuthorError, LessonText, RulesAuthor};

/// Asks at one desk for one job.
pub struct LlmAuthor {
    desk: Desk,
    label: String,
    candidates: u32,
    most_tokens: u32,
    record: Mutex<Record>,
}

/// What the quality report has to say about a job's answers.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Record {
    /// Lessons in which something of a model stands.
    pub lessons: u32,
    /// Parts for which nobody answered, and why the first time.
    pub unanswered: u32,
    pub asked: u32,
    pub why: Option<String>,
    /// By lesson: the parts that the rules wrote although a model answered.
    pub by_rules: BTreeMap<Uuid, Vec<String>>,
}

/// Calls that a job of so many lessons needs: two parts of each, every part as often as there are candidates.
pub fn planned_calls(lessons: usize, candidates: u32) -> u32 {
    u32::try_from(lessons).unwrap_or(u32::MAX).saturating_mul(2).saturating_mul(candidates)
}

impl LlmAuthor {
    pub fn new(desk: Desk) -> Self {
        let (label, candidates, most_tokens) = desk.terms();
        Self { desk, label, candidates, most_tokens, record: Mutex::default() }
    }

    /// Ends the work at hand.
    pub fn stop(&self) {
        self.desk.close();
    }

    pub fn record(&self) -> Record {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Record> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One element in other words, as a note asks; what is wrong with the answers if none of them passes.
    pub async fn again(
        &self,
        bench: &Bench<'_>,
        element: &Element,
        note: &str,
    ) -> Result<Result<Proven, String>, AuthorError> {
        let question = questions::element(bench, element, note, self.most_tokens);
        let answers = self.candidates(&question).await?;
        let mut why = self.lock().why.clone().unwrap_or_else(|| "no answer can be read".to_owned());
        for said in answers.iter().filter_map(|a| Said::read(a)) {
            match bench.again(element, &said) {
                Ok(text) => return Ok(Ok(text)),
                Err(fault) => why = format!("what the language model wrote {fault}"),
            }
        }
        Ok(Err(why))
    }

    /// The answers to one question, as many as there are; an error only when the job has to stop.
    async fn candidates(&self, question: &Question) -> Result<Vec<String>, AuthorError> {
        let mut out = Vec::new();
        for variant in 0..self.candidates {
            match self.desk.ask(question, variant).await {
                Ok(answer) => out.push(answer),
                Err(error @ (NoAnswer::Cancelled | NoAnswer::Database(_))) => {
                    return Err(AuthorError(error.to_string()));
                }
                Err(error) => {
                    let mut record = self.lock();
                    record.why.get_or_insert_with(|| error.to_string());
                    break;
                }
            }
        }
        let mut record = self.lock();
        record.asked += 1;
        record.unanswered += u32::from(out.is_empty());
        Ok(out)
    }
}

#[async_trait]
impl Author for LlmAuthor {
    fn name(&self) -> String {
        if self.lock().lessons == 0 {
            return RulesAuthor.name();
        }
        format!("llm-author {} ({}) on {}", env!("CARGO_PKG_VERSION"), self.label, RulesAuthor.name())
    }

    async fn write(&self, assignment: Assignment<'_>) -> Result<LessonText, AuthorError> {
        let mut text = RulesAuthor.write(assignment).await?;
        let terms = text.vocabulary.iter().map(|v| v.term.clone()).collect();
        let bench = Bench::new(&assignment, terms);
        let of_text = questions::text(&bench, &text, self.most_tokens);
        let of_talk = questions::talk(&bench, &assignment.lesson.title, &text, self.most_tokens);
        let (texts, talks) = tokio::join!(self.candidates(&of_text), self.candidates(&of_talk));
        let (texts, talks) = (texts?, talks?);
        let before = text.clone();
        let mut composer = Composer { bench: &bench, lesson: assignment.lesson.id, fallbacks: Vec::new() };
        let read: Vec<TextAnswer> = texts.iter().map(|t| TextAnswer::read(t).unwrap_or_default()).collect();
        composer.text(&mut text, &read);
        let read: Vec<TalkAnswer> = talks.iter().map(|t| TalkAnswer::read(t).unwrap_or_default()).collect();
        composer.talk(&mut text, &read);
        let parts: Vec<String> = composer.fallbacks.into_iter().map(|f| format!("{}: {}", f.part, f.reason)).collect();
        let mut record = self.lock();
        record.lessons += u32::from(text != before);
        if !parts.is_empty() {
            record.by_rules.insert(assignment.lesson.id, parts);
        }
        drop(record);
        Ok(text)
    }
}

impl Record {
    /// What a reviewer should know about how the course was written.
    pub fn flags(&self, course: &Course) -> Vec<QualityFlag> {
        let mut out = Vec::new();
        if self.unanswered > 0 {
            let why = self.why.as_deref().unwrap_or("no answer came");
            out.push(QualityFlag {
                code: "llm_unavailable".to_owned(),
                place: "/course".to_owned(),
                detail: format!(
                    "The language model gave no answer for {} of {} lesson parts ({why}). The embedded author wrote them by rules.",
                    self.unanswered, self.asked
                ),
            });
        }
        for (u, unit) in course.units.iter().enumerate() {
            for (l, lesson) in unit.lessons.iter().enumerate() {
                let Some(parts) = self.by_rules.get(&lesson.id) else { continue };
                out.push(QualityFlag {
                    code: "written_by_rules".to_owned(),
                    place: format!("/course/units/{u}/lessons/{l}"),
                    detail: format!(
                        "What the language model wrote for “{}” did not pass here, so the embedded author's text stands: {}.",
                        lesson.title,
                        parts.join("; ")
                    ),
                });
            }
        }
        out
    }
}
