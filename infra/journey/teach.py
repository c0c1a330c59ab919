"""Steps 6 to 10: review, assign, teach, learn, and what comes back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from . import course as reading
from .client import Json, Refused, Session, until
from .people import Cast

PUBLISHED, BUSY = "published", 409


def _ready(read: Any) -> Any:
    """What `read` returns, or nothing while it is still on its way (404, or 409 of content that is being fetched)."""

    def look() -> Any:
        try:
            return read()
        except Refused as refused:
            if refused.status in (404, BUSY):
                return None
            raise

    return look


def reviewable(manager: Session, course_id: str) -> Json:
    """The newest version with its content, as soon as course-mgmt has it."""

    def newest() -> Json:
        version = manager.get(f"/v1/courses/{course_id}")["version"]
        found: Json = manager.get(f"/v1/courses/{course_id}/versions/{version}")
        return found

    shown: Json = until(_ready(newest), what=f"course {course_id} in the review portal")
    return shown


def comment(manager: Session, course_id: str, version: int, element_id: str, text: str) -> str:
    """A remark on one element of the course."""
    path = f"/v1/courses/{course_id}/versions/{version}/comments"
    return str(manager.post(path, {"element_id": element_id, "text": text})["comment_id"])


def approve_and_publish(manager: Session, course_id: str, version: int) -> None:
    """Two acts: a version can be approved and not yet published."""
    manager.post(f"/v1/courses/{course_id}/versions/{version}/approve")
    manager.post(f"/v1/courses/{course_id}/versions/{version}/publish")


def assign(cast: Cast, course_id: str) -> list[Json]:
    """Trainer and student get the course."""
    assigned: list[Json] = []
    for role, person in (("trainer", cast.trainer), ("student", cast.student)):
        body: Json = {"user_ids": [person.user_id], "role": role}
        answer = until(_member(cast.manager, f"/v1/courses/{course_id}/assignments", body), what=f"{role} as a member", patience=15)
        assigned += answer["items"]
    return assigned


def _member(manager: Session, path: str, body: Json) -> Any:
    """A person who was invited a moment ago may not be known to course-mgmt yet."""

    def look() -> Json | None:
        try:
            answer: Json = manager.post(path, body)
        except Refused as refused:
            if refused.status != 422:
                raise
            return None
        return answer

    return look


def materials(trainer: Session, course_id: str) -> Json:
    """The package with its keys, once the trainer's service has it."""
    path = f"/v1/training/courses/{course_id}/materials"
    package: Json = until(_ready(lambda: trainer.get(path)), what="the trainer's materials")
    content: Json = package.get("content", package)
    return content


def hold_session(cast: Cast, course_id: str, lesson: Json) -> Json:
    """Schedule a lesson, hold it, say who was there."""
    roster = until(lambda: cast.trainer.items(f"/v1/training/courses/{course_id}/roster"), what="the roster")
    starts = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    body = {"title": lesson["title"], "starts_at": starts, "minutes": lesson["minutes"], "place": "Staff room", "lesson_id": lesson["id"]}
    held: Json = cast.trainer.post(f"/v1/training/courses/{course_id}/sessions", body)
    entries = {"entries": [{"user_id": person["user_id"], "present": True} for person in roster]}
    attend(cast.trainer, held["session_id"], entries)
    return held


def attend(trainer: Session, session_id: str, entries: Json) -> None:
    """Attendance replaces what was noted before, with the session's ETag."""
    path = f"/v1/training/sessions/{session_id}"
    trainer.edit("PUT", f"{path}/attendance", entries, read=path)


def learn_lesson(student: Session, course_id: str, lesson_id: str, keys: Json, *, mistakes: int = 1) -> list[Json]:
    """Answer every item of the learner's view; the first `mistakes` closed items are answered wrongly, then rightly."""
    lesson: Json = student.get(f"/v1/learning/courses/{course_id}/lessons/{lesson_id}")
    lesson = lesson.get("lesson", lesson)
    results = []
    for item in reading.lesson_items(lesson):
        key = keys[item["id"]]
        if mistakes and item["body"]["type"] not in reading.OPEN:
            mistakes -= 1
            results.append(attempt(student, course_id, item["id"], reading.wrong_answer(item, key)))
        results.append(attempt(student, course_id, item["id"], reading.right_answer(item, key)))
    student.post(f"/v1/learning/courses/{course_id}/lessons/{lesson_id}/complete")
    return results


def attempt(student: Session, course_id: str, item_id: str, response: Json) -> Json:
    """One answer to one item."""
    graded: Json = student.post(f"/v1/learning/courses/{course_id}/items/{item_id}/attempts", {"response": response})
    return graded


def take_assessment(student: Session, course_id: str, keys: Json) -> Json:
    """Answer the whole final test."""
    test: Json = student.get(f"/v1/learning/courses/{course_id}/assessment")
    asked = test["items"]
    responses = {item["id"]: reading.right_answer(item, keys[item["id"]]) for item in asked}
    result: Json = student.post(f"/v1/learning/courses/{course_id}/assessment/submissions", {"responses": responses})
    return result


def grade_queue(trainer: Session, course_id: str, *, expected: int) -> list[Json]:
    """Grade every open answer that waits: the suggested score, in a person's decision."""
    if not expected:
        return []
    query = {"state": "open", "course_id": course_id}

    def waiting() -> list[Json] | None:
        found = trainer.items("/v1/training/submissions", **query)
        return found if len(found) >= expected else None

    graded = []
    for submission in until(waiting, what=f"{expected} open answers in the queue"):
        score = submission["max_score"]
        body = {"score": score, "comment": "Clear and complete. Well done."}
        graded.append(trainer.post(f"/v1/training/submissions/{submission['submission_id']}/grade", body))
    return graded


def my_course(student: Session, course_id: str) -> Json:
    """The course in the student's own list, once the learning service knows of the assignment."""

    def look() -> Json | None:
        return next((c for c in student.items("/v1/learning/courses") if c["course_id"] == course_id), None)

    until(look, what="the course in the student's list")
    found: Json = until(_ready(lambda: student.get(f"/v1/learning/courses/{course_id}")), what="the student's course")
    return found


def finished_report(manager: Session, course_id: str) -> Json | None:
    """The course in the list of reports, once somebody is known to have finished it."""
    rows = manager.items("/v1/reports/courses")
    return next((r for r in rows if r["course_id"] == course_id and r["finished"]), None)


def report_with_feedback(manager: Session, course_id: str) -> Json | None:
    """One course's report, once what was said about it has arrived."""
    found: Json = manager.get(f"/v1/reports/courses/{course_id}")
    return found if found["feedback"] else None
