"""Every event delivered a second time: the end state is the same."""

from __future__ import annotations

from typing import Any

import broker
from journey import aws
from journey.journey import Journey


def state(journey: Journey) -> dict[str, Any]:
    """What everybody sees of a played journey."""
    people, course = journey.cast, journey.course_id
    report = people.manager.get(f"/v1/reports/courses/{course}")
    mine = {person.email for person in people.by_role().values()}
    return {
        "timeline": people.rep.get(f"/v1/requests/{journey.request_id}/timeline"),
        "course": people.manager.get(f"/v1/courses/{course}"),
        "assignments": people.manager.items(f"/v1/courses/{course}/assignments"),
        "report": report,
        "materials": len(people.trainer.items("/v1/training/courses")),
        "roster": people.trainer.items(f"/v1/training/courses/{course}/roster"),
        "submissions": people.trainer.items("/v1/training/submissions", course_id=course),
        "progress": people.student.get(f"/v1/learning/courses/{course}/progress"),
        "evidence": people.student.items("/v1/learning/evidence", course_id=course),
        "inboxes": {p.email: [n["notification_id"] for n in p.items("/v1/notifications")] for p in people.by_role().values()},
        "mail": sum(bool(mine & set(m["To"])) for m in aws.sent_mail()),
    }


def test_every_event_again_changes_nothing(journey: Journey) -> None:
    journey.upto(10)
    broker.drained()
    before = state(journey)
    known = {journey.request_id, journey.course_id, *(p.user_id for p in journey.cast.by_role().values())}
    mine = [record for record, envelope in broker.envelopes(*broker.TOPICS) if concerns(envelope["data"], known)]
    assert len(mine) > 20
    broker.again(mine)
    broker.drained()
    assert state(journey) == before


def concerns(data: dict[str, Any], known: set[str]) -> bool:
    """Whether an event is about one of these."""
    return bool(known & {data.get("request_id"), data.get("course_id"), data.get("user_id")})
