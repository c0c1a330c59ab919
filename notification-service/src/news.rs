//! What an event means to people: whom it concerns and what they are told.

use chrono::{DateTime, Utc};
use events::{
    Envelope, EnvelopeError, Event as _,
    payloads::{
        AccountChange, AssigneeRole, CourseAssigned, CourseCreationCancelled, CourseCreationOrdered, CourseGenerated,
        CourseGenerationFailed, CoursePublished, FeedbackSubmitted, SessionScheduled, SopFailed, SopRequestFailed,
        SubmissionGraded, UserAccount,
    },
};
use uuid::Uuid;

use crate::{kind::Kind, templates::Values};

/// One message for one or more people.
pub struct News {
    pub kind: Kind,
    pub to: To,
    pub values: Values,
    /// Path in the portals.
    pub link: Option<String>,
}

pub enum To {
    People(Vec<Uuid>),
    /// Whoever ordered the request; its title is put in as `title`.
    Orderer(Uuid),
    /// A person; the title of the request is put in as `title`.
    PersonAbout {
        user: Uuid,
        request: Uuid,
    },
    /// All course managers of a client, as they are known now.
    ManagersOf(Uuid),
}

/// `None` when the event concerns nobody in particular.
pub fn of(event: &Envelope) -> Result<Option<News>, EnvelopeError> {
    Ok(match event.event_type.as_str() {
        CourseCreationOrdered::TYPE => Some(ordered(event.payload()?)),
        CourseCreationCancelled::TYPE => Some(cancelled(&event.payload()?)),
        SopFailed::TYPE => Some(sop_failed(event.payload()?)),
        SopRequestFailed::TYPE => Some(sop_request_failed(&event.payload()?)),
        CourseGenerated::TYPE => Some(generated(event.payload()?)),
        CourseGenerationFailed::TYPE => Some(generation_failed(event.payload()?)),
        CoursePublished::TYPE => Some(published(event.payload()?)),
        CourseAssigned::TYPE => Some(assigned(event.payload()?)),
        SubmissionGraded::TYPE => Some(graded(event.payload()?)),
        FeedbackSubmitted::TYPE => feedback(event.payload()?),
        SessionScheduled::TYPE => Some(scheduled(event.payload()?)),
        UserAccount::TYPE => account(&event.payload()?),
        _ => None,
    })
}

fn one(user: Uuid) -> To {
    To::People(vec![user])
}

fn link(area: &str, id: Uuid) -> String {
    format!("/{area}/{id}")
}

fn ordered(event: CourseCreationOrdered) -> News {
    News {
        kind: Kind::RequestOrdered,
        to: one(event.ordered_by),
        values: Values::default().with("title", event.order.title),
        link: Some(link("sales/requests", event.request_id)),
    }
}

fn cancelled(event: &CourseCreationCancelled) -> News {
    News {
        kind: Kind::RequestCancelled,
        to: To::PersonAbout { user: event.cancelled_by, request: event.request_id },
        values: Values::default(),
        link: Some(link("sales/requests", event.request_id)),
    }
}

fn sop_failed(event: SopFailed) -> News {
    News {
        kind: Kind::SopFailed,
        to: To::Orderer(event.request_id),
        values: Values::default().with("file_name", event.failed.file_name).with("detail", event.failed.detail),
        link: Some(link("sales/requests", event.request_id)),
    }
}

fn sop_request_failed(event: &SopRequestFailed) -> News {
    let files: Vec<String> = event.failed.iter().map(|f| format!("{} ({})", f.file_name, f.detail)).collect();
    News {
        kind: Kind::SopRequestFailed,
        to: To::PersonAbout { user: event.ordered_by, request: event.request_id },
        values: Values::default().with("files", files.join("; ")),
        link: Some(link("sales/requests", event.request_id)),
    }
}

fn generated(event: CourseGenerated) -> News {
    News {
        kind: Kind::CourseGenerated,
        to: To::ManagersOf(event.client_id),
        values: Values::default().with("title", event.title).with("version", event.version.to_string()),
        link: Some(link("review/courses", event.course_id)),
    }
}

fn generation_failed(event: CourseGenerationFailed) -> News {
    News {
        kind: Kind::CourseGenerationFailed,
        to: To::PersonAbout { user: event.ordered_by, request: event.request_id },
        values: Values::default().with("detail", event.detail),
        link: Some(link("sales/requests", event.request_id)),
    }
}

fn published(event: CoursePublished) -> News {
    News {
        kind: Kind::CoursePublished,
        to: one(event.ordered_by),
        values: Values::default().with("title", event.title),
        link: Some(link("sales/requests", event.request_id)),
    }
}

fn assigned(event: CourseAssigned) -> News {
    let (kind, area) = match event.role {
        AssigneeRole::Student => (Kind::CourseAssignedStudent, "student/courses"),
        AssigneeRole::Trainer => (Kind::CourseAssignedTrainer, "trainer/courses"),
    };
    News {
        kind,
        to: one(event.user_id),
        values: Values::default()
            .with("title", event.title)
            .with_some("due_on", event.due_on.map(|day| day.to_string())),
        link: Some(link(area, event.course_id)),
    }
}

fn graded(event: SubmissionGraded) -> News {
    News {
        kind: Kind::SubmissionGraded,
        to: one(event.student_id),
        values: Values::default()
            .with("score", event.score.to_string())
            .with("max_score", event.max_score.to_string())
            .with_some("comment", event.comment),
        link: Some(link("student/courses", event.course_id)),
    }
}

fn feedback(event: FeedbackSubmitted) -> Option<News> {
    // Without an addressee it is about the course, and course managers read it there.
    Some(News {
        kind: Kind::FeedbackReceived,
        to: one(event.to?),
        values: Values::default().with("text", event.text),
        link: Some(link("student/courses", event.course_id)),
    })
}

fn scheduled(event: SessionScheduled) -> News {
    News {
        kind: Kind::SessionScheduled,
        to: To::People(event.student_ids),
        values: Values::default()
            .with("title", event.title)
            .with("starts_at", moment(event.starts_at))
            .with("minutes", event.minutes.to_string())
            .with_some("place", event.place),
        link: Some(link("student/courses", event.course_id)),
    }
}

fn account(event: &UserAccount) -> Option<News> {
    let kind = match event.change {
        AccountChange::Invited => Kind::AccountInvited,
        AccountChange::RoleChanged => Kind::AccountRoleChanged,
        AccountChange::Enabled => Kind::AccountEnabled,
        AccountChange::ProfileChanged | AccountChange::ClientsChanged | AccountChange::Disabled => return None,
    };
    Some(News { kind, to: one(event.user_id), values: Values::default(), link: None })
}

/// Nobody's time zone is known here: the text says which one it means.
fn moment(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M UTC").to_string()
}
