//! A request follows what the other services say about it.

use course_format::sop::LoadQuote;
use events::{
    Envelope, Event, Topic,
    payloads::{
        CourseApproved, CourseChangesRequested, CourseGenerated, CourseGenerationFailed, CourseLessonReady,
        CourseOutlineReady, CoursePublished, FailedSop, SopFailed, SopProcessed, SopRequestFailed, SopRequestReady,
        SopVersionChanged,
    },
};
use platform::{
    consumer::{HandleError, Handler},
    sse::Bell,
};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    documents,
    requests::{Status, queries},
    timeline::{self, Kind, NewEntry},
};

/// Takes events into requests, documents and timelines.
pub struct SalesEvents {
    pub bell: Bell,
}

impl Handler for SalesEvents {
    const TOPICS: &'static [Topic] = &[Topic::SopDocuments, Topic::CourseGeneration, Topic::CourseLifecycle];

    async fn handle(&self, tx: &mut PgConnection, event: &Envelope) -> Result<(), HandleError> {
        let Some(news) = News::read(event)? else {
            return Ok(());
        };
        // A request of another stack, or deleted: nothing to follow.
        let Some(mut row) = queries::lock(tx, news.request_id, None).await? else {
            return Ok(());
        };
        for failed in &news.failed {
            documents::set_failed(tx, failed).await?;
        }
        if let Some(read) = news.processed {
            documents::set_processed(tx, read.document_id, read.version, read.quote.as_ref()).await?;
        }
        if let Some(course) = news.course_id {
            queries::set_course(tx, row.request_id, course).await?;
        }
        if let Some(status) = news.status {
            queries::advance(tx, &mut row, status).await?;
        }
        timeline::add(tx, news.request_id, NewEntry { at: event.time, ..news.entry }).await?;
        Ok(())
    }

    fn committed(&self) {
        self.bell.ring();
    }
}

/// What one event means for a request.
struct News {
    request_id: Uuid,
    status: Option<Status>,
    course_id: Option<Uuid>,
    processed: Option<Processed>,
    failed: Vec<FailedSop>,
    entry: NewEntry,
}

/// A file that was read.
struct Processed {
    document_id: Uuid,
    version: u32,
    quote: Option<LoadQuote>,
}

impl News {
    fn of(request_id: Uuid, kind: Kind, status: impl Into<Option<Status>>) -> Self {
        let entry = NewEntry::of(kind);
        Self { request_id, status: status.into(), course_id: None, processed: None, failed: Vec::new(), entry }
    }

    fn titled(mut self, title: String) -> Self {
        self.entry.title = Some(title);
        self
    }

    fn read(event: &Envelope) -> Result<Option<Self>, HandleError> {
        Ok(Some(match event.event_type.as_str() {
            SopProcessed::TYPE => Self::sop_processed(event.payload()?),
            SopVersionChanged::TYPE => Self::version_changed(event.payload()?),
            SopFailed::TYPE => Self::sop_failed(event.payload()?),
            SopRequestReady::TYPE => {
                let e: SopRequestReady = event.payload()?;
                Self::of(e.request_id, Kind::RequestReady, Status::Generating)
            }
            SopRequestFailed::TYPE => {
                let e: SopRequestFailed = event.payload()?;
                Self { failed: e.failed, ..Self::of(e.request_id, Kind::RequestFailed, Status::Failed) }
            }
            CourseOutlineReady::TYPE => Self::outline(&event.payload()?),
            CourseLessonReady::TYPE => {
                let e: CourseLessonReady = event.payload()?;
                Self::of(e.request_id, Kind::LessonReady, Status::Generating)
                    .titled(format!("Lesson {} of {}: {}", e.number, e.of, e.title))
            }
            CourseGenerated::TYPE => Self::generated(&event.payload()?),
            CourseGenerationFailed::TYPE => {
                let e: CourseGenerationFailed = event.payload()?;
                let mut news = Self::of(e.request_id, Kind::GenerationFailed, Status::Failed);
                (news.entry.code, news.entry.detail) = (Some(e.code), Some(e.detail));
                news
            }
            CourseChangesRequested::TYPE => {
                let e: CourseChangesRequested = event.payload()?;
                Self::of(e.request_id, Kind::ChangesRequested, None)
            }
            CourseApproved::TYPE => {
                let e: CourseApproved = event.payload()?;
                Self::of(e.request_id, Kind::Approved, None)
            }
            CoursePublished::TYPE => {
                let e: CoursePublished = event.payload()?;
                let news = Self::of(e.request_id, Kind::Published, Status::Published);
                Self { course_id: Some(e.course_id), ..news }
            }
            _ => return Ok(None),
        }))
    }

    fn sop_processed(e: SopProcessed) -> Self {
        let mut news = Self::of(e.request_id, Kind::SopProcessed, Status::Processing)
            .titled(format!("{} read: {} clauses", e.sop.title, e.sop.clauses));
        let document_id = e.upload_id.unwrap_or(e.sop.document_id);
        news.entry.detail = e.quote.as_ref().map(|q| {
            let (low, high) = (q.lessons_low, q.lessons_high);
            format!("About {} lessons ({low} to {high}), {} hours at {}", q.lessons, q.hours, q.level)
        });
        news.processed = Some(Processed { document_id, version: e.sop.version, quote: e.quote });
        (news.entry.document_id, news.entry.file_name) = (Some(document_id), Some(e.file_name));
        news
    }

    fn version_changed(e: SopVersionChanged) -> Self {
        let s = e.summary;
        let title = format!("{}: version {} changes version {}", e.to.title, e.to.version, e.from.version);
        let mut news = Self::of(e.request_id, Kind::SopVersionChanged, None).titled(title);
        news.entry.detail = Some(format!(
            "{} clauses edited ({} of them touch a number, a negation or a demand), {} moved, {} added, {} removed; {} unchanged",
            s.edited, s.critical, s.moved, s.added, s.removed, s.unchanged
        ));
        news.entry.file_name = Some(e.file_name);
        news
    }

    fn sop_failed(e: SopFailed) -> Self {
        let mut news = Self::of(e.request_id, Kind::SopFailed, Status::Processing);
        news.entry.code = Some(e.failed.code.clone());
        news.entry.detail = Some(e.failed.detail.clone());
        news.entry.document_id = Some(e.failed.document_id);
        news.entry.file_name = Some(e.failed.file_name.clone());
        news.failed = vec![e.failed];
        news
    }

    fn outline(e: &CourseOutlineReady) -> Self {
        let lessons: usize = e.units.iter().map(|u| u.lessons.len()).sum();
        Self::of(e.request_id, Kind::OutlineReady, Status::Generating)
            .titled(format!("Outline ready: {} units, {lessons} lessons", e.units.len()))
    }

    fn generated(e: &CourseGenerated) -> Self {
        let news = Self::of(e.request_id, Kind::CourseGenerated, Status::InReview)
            .titled(format!("Course written: {} lessons, {} exercises; waiting for review", e.lessons, e.items));
        Self { course_id: Some(e.course_id), ..news }
    }
}
