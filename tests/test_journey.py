"""The journey of an SOP as a test: one for each of the ten steps, then the other two formats up to their course.

Each test plays its step if none before it did, so a failure names the step that broke; those after it fail with the same words.
"""

from __future__ import annotations

import httpx
import pytest

from journey import SAMPLES, aws, course, order
from journey.journey import MARKS, Journey
from journey.people import Cast

TYPES = {"single_choice", "multi_select", "gap", "matching", "step_ordering", "short_answer"}


def test_01_a_rep_orders_a_course_with_an_uploaded_sop(journey: Journey) -> None:
    journey.upto(1)
    request = journey.cast.rep.get(f"/v1/requests/{journey.request_id}")
    assert request["status"] != "draft"
    assert [d["file_name"] for d in request["documents"]] == ["kitchen-cold-storage.md"]
    assert [e["kind"] for e in order.timeline(journey.cast.rep, journey.request_id)][:2] == ["created", "submitted"]


def test_02_the_sop_is_read_into_clauses_that_can_be_found(journey: Journey) -> None:
    journey.upto(2)
    rep = journey.cast.rep
    sop = rep.get(f"/v1/sops/{journey.document_id}")
    assert 60 <= len(sop["clauses"]) <= 140
    assert sop["title"] == "Cold Storage: Receiving, Storing and Cooling Food"
    for clause in sop["clauses"]:
        assert sop["text"][clause["span"]["start"] : clause["span"]["end"]] == clause["text"]
    hits = rep.post(f"/v1/sops/{journey.document_id}/search", {"query": "How cold must the probe be in ice water?"})["hits"]
    assert any("between -1 °C and 1 °C" in hit["text"] for hit in hits[:5])


def test_03_the_outline_follows_the_sop(journey: Journey) -> None:
    journey.upto(3)
    kinds = [entry["kind"] for entry in journey.entries]
    assert "outline_ready" in kinds
    assert kinds.count("outline_ready") == 1


def test_04_lessons_come_one_by_one(journey: Journey) -> None:
    journey.upto(5)
    ready = [entry for entry in journey.entries if entry["kind"] == "lesson_ready"]
    assert len(ready) >= 3
    assert len({entry["id"] for entry in journey.entries}) == len(journey.entries)


def test_05_the_course_is_packaged_once(journey: Journey) -> None:
    journey.upto(5)
    assert [e["kind"] for e in journey.entries].count(MARKS[5]) == 1
    jobs = journey.cast.manager.items("/v1/generation/jobs", request_id=journey.request_id)
    assert [(job["course_id"], job["lessons_done"]) for job in jobs] == [(journey.course_id, jobs[0]["lessons_total"])]
    assert all(step["finished_at"] for step in jobs[0]["steps"])


def test_06_the_reviewed_course_is_proven_by_the_sop(journey: Journey) -> None:
    journey.upto(6)
    package = journey.package
    claims, unproven = course.unproven(package, journey.sops)
    assert claims > 100
    assert unproven == []
    types = set(course.items_by_type(package["course"]))
    assert types >= TYPES
    assert not course.PRACTICE & {item["body"]["type"] for item in package["course"]["assessment"]["items"]}
    assert {item["id"] for item in course.items(package["course"])} == set(package["keys"])
    state = journey.cast.manager.get(f"/v1/courses/{journey.course_id}")
    assert (state["state"], state["level"]) == ("published", "B1")
    page = aws.package_file(journey.course_id, journey.sha256, "course.html").decode()
    assert package["course"]["title"].split()[0] in page
    assert "http://" not in page.replace("http://www.w3.org", "")


def test_06_a_rep_cannot_approve(journey: Journey) -> None:
    journey.upto(6)
    answer = journey.cast.rep.send("POST", f"/v1/courses/{journey.course_id}/versions/1/approve")
    assert answer.status_code == httpx.codes.FORBIDDEN


def test_07_trainer_and_student_are_assigned(journey: Journey) -> None:
    journey.upto(7)
    found = journey.cast.manager.items(f"/v1/courses/{journey.course_id}/assignments")
    assert {(a["user_id"], a["role"]) for a in found} == {
        (journey.cast.trainer.user_id, "trainer"),
        (journey.cast.student.user_id, "student"),
    }
    library = journey.cast.manager.items("/v1/library", q="kitchen")
    assert journey.course_id in {c["course_id"] for c in library}


def test_08_the_trainer_teaches_and_grades(journey: Journey) -> None:
    journey.upto(9)
    trainer = journey.cast.trainer
    sessions = trainer.items(f"/v1/training/courses/{journey.course_id}/sessions")
    assert journey.session["session_id"] in {s["session_id"] for s in sessions}
    assert journey.graded
    assert trainer.items("/v1/training/submissions", state="open", course_id=journey.course_id) == []


def test_09_the_student_learns_from_a_view_without_keys(journey: Journey) -> None:
    journey.upto(9)
    student, base = journey.cast.student, f"/v1/learning/courses/{journey.course_id}"
    lesson = course.lessons(journey.package["course"])[0]
    shown = student.send("GET", f"{base}/lessons/{lesson['id']}").text
    for word in ('"keys"', '"rationale"', '"accepted"', '"rubric"', '"trainer_notes"'):
        assert word not in shown
    assert {a["score"] < 1 for a in journey.attempts if not a["pending"]} == {True, False}
    quoted = [a for a in journey.attempts if not a["pending"]]
    assert all(a["feedback"]["quotes"] for a in quoted)
    assert journey.assessment["passed"]
    mine = student.items("/v1/learning/courses")
    assert next(c for c in mine if c["course_id"] == journey.course_id)["assessment"]["passed"]


def test_09_evidence_names_clauses_of_the_sop(journey: Journey) -> None:
    journey.upto(9)
    clauses = {c["id"] for sop in journey.sops.values() for c in sop["clauses"]}
    assert journey.evidence
    assert {e["clause_id"] for e in journey.evidence} <= clauses


def test_10_reports_and_feedback_return_to_the_manager(journey: Journey) -> None:
    journey.upto(10)
    report = journey.report
    assert (report["assigned"], report["started"], report["finished"]) == (1, 1, 1)
    assert 0.5 < report["mean_score"] <= 1
    assert {f["from_role"] for f in report["feedback"]} >= {"student"}
    assert [s["user_id"] for s in report["students"]] == [journey.cast.student.user_id]


def test_people_are_told_by_mail_and_in_the_portal(journey: Journey) -> None:
    journey.upto(10)
    for person in (journey.cast.trainer, journey.cast.student, journey.cast.rep):
        assert person.items("/v1/notifications"), person.name
        assert any(m["Type"] != "CognitoInvitationMessage" for m in aws.mail_to(person.email)), person.name


@pytest.mark.parametrize("name", ["hotel-departure-room.docx", "laboratory-buffer-preparation.pdf"])
def test_other_formats_become_courses_as_well(people: Cast, name: str) -> None:
    other = Journey(people, order.SopFile.read(SAMPLES / name), level="A2").upto(5)
    sops = order.parsed_sops(people.rep, other.request_id)
    assert len(sops[other.document_id]["clauses"]) > 60
    assert {e["kind"] for e in other.entries} >= set(MARKS.values())
