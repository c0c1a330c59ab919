"""The ten steps, each playable on its own, in order."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from . import course as reading
from . import order, teach
from .client import Json, until
from .people import Cast

STEPS = (
    "The rep orders a course and uploads the SOP",
    "The SOP is read, split into clauses and indexed",
    "The outline is drawn from what the SOP contains",
    "Lessons are written, exercises computed and verified",
    "The course is assembled and packaged",
    "The manager reviews, comments, approves and publishes",
    "Trainer and student are assigned",
    "The trainer holds a session and grades open answers",
    "The student learns and takes the assessment",
    "What learners did and said returns to the manager",
)
MARKS = {1: "submitted", 2: "request_ready", 3: "outline_ready", 4: "lesson_ready", 5: "course_generated"}


FAILURES = {"sop_failed", "request_failed", "generation_failed", "cancelled"}


class NoCourse(Exception):
    """The request ended without a course; the entry of its timeline says why."""


@dataclass
class Journey:
    """One SOP on its way. `tell` hears what happens while it happens."""

    cast: Cast
    file: order.SopFile
    level: str = "B1"
    tell: Callable[[str], None] = lambda _: None
    done: int = 0
    times: dict[int, float] = field(default_factory=dict)
    request_id: str = ""
    document_id: str = ""
    entries: list[Json] = field(default_factory=list)
    course_id: str = ""
    version: int = 0
    package: Json = field(default_factory=dict)
    sha256: str = ""
    sops: dict[str, Json] = field(default_factory=dict)
    comment_id: str = ""
    assignments: list[Json] = field(default_factory=list)
    session: Json = field(default_factory=dict)
    keys: Json = field(default_factory=dict)
    attempts: list[Json] = field(default_factory=list)
    graded: list[Json] = field(default_factory=list)
    assessment: Json = field(default_factory=dict)
    evidence: list[Json] = field(default_factory=list)
    report: Json = field(default_factory=dict)
    _live: Iterator[Json] = field(default_factory=lambda: iter(()))

    def upto(self, step: int) -> Journey:
        """Play what has not been played yet, up to and including this step."""
        for number in range(self.done + 1, step + 1):
            self.tell(f"{number:>2}. {STEPS[number - 1]}")
            with self._clock(number):
                self._step(number)
            self.done = number
        self._times_of_the_timeline()
        return self

    @contextmanager
    def _clock(self, step: int) -> Iterator[None]:
        began = time.monotonic()
        yield
        self.times[step] = self.times.get(step, 0.0) + time.monotonic() - began

    def _step(self, number: int) -> None:
        """Steps 2 to 5 happen in the services: we watch."""
        acts: dict[int, Callable[[], None]] = {
            1: self._order, 6: self._review, 7: self._assign, 8: self._teach, 9: self._learn, 10: self._return,
        }  # fmt: skip
        if number in acts:
            acts[number]()
        else:
            self._follow(MARKS[5 if number == 4 else number])  # the last lesson is the one before the course
        if number == max(MARKS):
            self._show(self.entries[-1])
            self.course_id = self._course_id()

    def _order(self) -> None:
        rep = self.cast.rep
        self.request_id = order.open_request(rep, self.cast.client_id, title=self._title(), level=self.level)
        self.document_id = order.upload(rep, self.request_id, self.file)
        self.tell(f"    {self.file.name}, {len(self.file.content):,} bytes, level {self.level}")
        order.submit(rep, self.request_id)
        self._live = order.watch(rep, self.request_id)

    def _title(self) -> str:
        words = self.file.name.split(".", 1)[0].replace("-", " ").replace("_", " ")
        return f"English at work: {words}"[:120]

    def _follow(self, kind: str) -> None:
        """Watch until this kind was seen. Events of different topics may overtake each other, so it may have been already."""
        while not any(entry["kind"] == kind for entry in self.entries):
            entry = next(self._live, None)
            if entry is None:
                raise NoCourse("; ".join(_why(entry) for entry in self.entries if entry["kind"] in FAILURES))
            self.entries.append(entry)
            if entry["kind"] != MARKS[5]:
                self._show(entry)

    def _show(self, entry: Json) -> None:
        self.tell(f"    {entry['title']}" + (f": {entry['detail']}" if entry.get("detail") else ""))

    def _course_id(self) -> str:
        found = until(lambda: self.cast.rep.get(f"/v1/requests/{self.request_id}").get("course_id"), what="the course's id")
        return str(found)

    def _review(self) -> None:
        manager = self.cast.manager
        shown = teach.reviewable(manager, self.course_id)
        self.version, self.package, self.sha256 = shown["version"], shown["content"], shown["sha256"]
        self.sops = order.parsed_sops(manager, self.request_id)
        lesson = reading.lessons(self.package["course"])[0]
        remark = "Please say in class who signs the record."
        self.comment_id = teach.comment(manager, self.course_id, self.version, lesson["id"], remark)
        manager.post(f"/v1/courses/{self.course_id}/versions/{self.version}/comments/{self.comment_id}/resolve")
        teach.approve_and_publish(manager, self.course_id, self.version)
        self.tell(f"    {manager.name} read version {self.version}, commented, approved and published it")

    def _assign(self) -> None:
        self.assignments = teach.assign(self.cast, self.course_id)
        self.tell(f"    {self.cast.trainer.name} teaches, {self.cast.student.name} learns")

    def _teach(self) -> None:
        self.keys = teach.materials(self.cast.trainer, self.course_id)["keys"]
        lesson = reading.lessons(self.package["course"])[0]
        self.session = teach.hold_session(self.cast, self.course_id, lesson)
        self.tell(f'    Session "{lesson["title"]}", {lesson["minutes"]} minutes, everybody was there')

    def _learn(self) -> None:
        student = self.cast.student
        teach.my_course(student, self.course_id)
        for lesson in reading.lessons(self.package["course"]):
            results = teach.learn_lesson(student, self.course_id, lesson["id"], self.keys)
            self.attempts += results
            right = sum(result["verdict"] in ("right", "correct") for result in results)
            self.tell(f"    Lesson {lesson['number']}: {len(results)} answers, {right} right, then completed")
        waiting = {result["item_id"] for result in self.attempts if result["pending"]}
        with self._clock(8):
            self.graded = teach.grade_queue(self.cast.trainer, self.course_id, expected=len(waiting))
        self.assessment = teach.take_assessment(student, self.course_id, self.keys)
        in_test = [i for i in self.package["course"]["assessment"]["items"] if i["body"]["type"] in reading.OPEN]
        self.graded += teach.grade_queue(self.cast.trainer, self.course_id, expected=len(in_test))
        self.tell(f"    {self.cast.trainer.name} graded {len(self.graded)} open answers")
        self.evidence = student.items("/v1/learning/evidence", course_id=self.course_id)
        clauses = {shown["clause_id"] for shown in self.evidence}
        passed = "passed" if self.assessment["passed"] else "not passed"
        self.tell(f"    Assessment: {self.assessment['score']:.0%}, {passed}; evidence for {len(clauses)} clauses")

    def _return(self) -> None:
        student, trainer, manager = self.cast.student, self.cast.trainer, self.cast.manager
        student.post(f"/v1/learning/courses/{self.course_id}/feedback", {"text": "The limits were clear. More dialogues, please."})
        told = {"text": "Your open answers were precise.", "student_id": student.user_id}
        trainer.post(f"/v1/training/courses/{self.course_id}/feedback", told)
        self.report = until(lambda: teach.finished_report(manager, self.course_id), what="the report of a finished course", patience=15)
        detail = until(lambda: teach.report_with_feedback(manager, self.course_id), what="the feedback in the report", patience=15)
        self.report |= detail
        self.tell(f"    Report: {self.report['assigned']} assigned, {self.report['started']} started, {self.report['finished']} finished")

    def _times_of_the_timeline(self) -> None:
        """How long the services took for steps 2 to 5, by the times of their own entries."""
        at = {entry["kind"]: datetime.fromisoformat(entry["at"]) for entry in self.entries}
        for step in range(2, 6):
            if {MARKS[step], MARKS[step - 1]} <= at.keys():
                self.times[step] = max(0.0, (at[MARKS[step]] - at[MARKS[step - 1]]).total_seconds())


def _why(entry: Json) -> str:
    """A failure as the rep reads it."""
    name = f"{entry['file_name']}: " if entry.get("file_name") else ""
    code = f" ({entry['code']})" if entry.get("code") else ""
    return f"{name}{entry.get('detail') or entry['title']}{code}"
