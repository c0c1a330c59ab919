"""What was acknowledged, compared with what is there in the end."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

import broker
from journey import aws, order
from journey.client import Json, Refused, Session, until
from journey.people import Cast

ONCE = {"created", "submitted", "request_ready", "outline_ready", "course_generated"}
TEXT = """# Oven Safety

## Purpose

This procedure describes how cooks use the convection oven safely.

## Starting the oven

1. Wear heat-resistant gloves before you open the door.
2. Check that the oven is empty and clean.
3. Set the temperature to 180 °C.
4. Wait 10 minutes until the oven is hot.

   > **Warning:** Do not touch the inner door. It can reach 200 °C.

5. Record the temperature in log OV-1. It must be between 175 °C and 185 °C.
6. If the temperature is above 190 °C, switch the oven off and inform the shift supervisor immediately.
7. Place the trays on the middle rail and close the door.

## Cleaning the oven

1. Switch the oven off and wait until it is below 40 °C.
2. Spray the cleaner on the walls and wait 5 minutes.
3. Wipe the walls with a wet cloth. Never use a metal brush.
4. Rinse the trays with hot water for at least 30 seconds.
5. Sign the cleaning log before the end of the shift.

## Rules

- Cooks must not leave the oven alone while it is hot.
- The filter should be changed every 30 days.
- The log must be kept for 12 months.
"""


def small_sop() -> order.SopFile:
    """Twenty clauses: enough for a course, and quick to read. Each is a file of its own, by its first line."""
    return order.SopFile("oven-safety.md", f"<!-- {uuid.uuid4()} -->\n{TEXT}".encode(), "text/markdown")


@dataclass
class Ledger:
    """The requests whose submission was acknowledged."""

    people: Cast
    requests: list[str] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)

    def acknowledged(self, request: str, title: str) -> None:
        """From here on it must not be lost."""
        self.requests.append(request)
        self.titles[request] = title

    def order(self, title: str = "Ledger") -> str:
        """Open, upload, submit; on the ledger once the submission was acknowledged."""
        rep, title = self.people.rep, f"{title} {uuid.uuid4().hex[:8]}"
        request = order.open_request(rep, self.people.client_id, title=title, level="A2")
        order.upload(rep, request, small_sop())
        order.submit(rep, request)
        self.acknowledged(request, title)
        return request

    def order_stubbornly(self, title: str, patience: float = 90) -> str:
        """The same by a rep who tries again after every failure, with the same keys, as a portal does."""
        title = f"{title} {uuid.uuid4().hex[:8]}"
        rep, keys, file = self.people.rep, [str(uuid.uuid4()), str(uuid.uuid4())], small_sop()
        body: Json = {
            "client_id": self.people.client_id,
            "title": title,
            "level": "A2",
            "learners": 3,
            "hours": 2.0,
            "languages": [],
        }
        request = stubborn(lambda: rep.post("/v1/requests", body, key=keys[0]), patience)["request_id"]
        path = f"/v1/requests/{request}"
        signed = stubborn(lambda: rep.post(f"{path}/documents", file.announcement(), key=keys[1]), patience)["upload"]
        with httpx.Client(trust_env=False, timeout=60) as store:
            store.request(signed["method"], signed["url"], headers=signed["headers"], content=file.content).raise_for_status()
        stubborn(lambda: submitted(rep, path), patience)
        self.acknowledged(request, title)
        return str(request)

    def settle(self, patience: float = 240) -> None:
        """Every acknowledged request has its course, and every effect happened once."""
        for request in self.requests:
            ended = order.wait_for(self.people.rep, request, *order.ENDS, patience=patience)
            assert ended["kind"] == "course_generated", ended
        broker.drained()
        for request in self.requests:
            self.check(request)

    def check(self, request: str) -> None:
        """One line of the ledger against the end state of all services."""
        kinds = Counter(entry["kind"] for entry in order.timeline(self.people.rep, request))
        assert {kind: kinds[kind] for kind in ONCE} == dict.fromkeys(ONCE, 1), kinds
        assert kinds["sop_processed"] == 1
        assert kinds.keys() <= ONCE | {"sop_processed", "lesson_ready"}
        manager = self.people.manager
        courses = [c for c in manager.items("/v1/courses", client_id=self.people.client_id) if c["request_id"] == request]
        assert [c["version"] for c in courses] == [1], courses
        jobs = manager.items("/v1/generation/jobs", request_id=request)
        assert [job["state"] for job in jobs] == ["done"], jobs
        assert kinds["lesson_ready"] == jobs[0]["lessons_total"]
        ids = {e["id"] for e in broker.events_about(request, "course-requests") if e["type"] == "course_creation.ordered.v1"}
        assert len(ids) == 1
        self.told_once(self.titles[request])

    def told_once(self, title: str) -> None:
        """People read of it in the portal exactly once for each thing that happened, and by mail at most once."""

        def read(person: Session) -> Counter[str]:
            return Counter(n["kind"] for n in person.items("/v1/notifications") if title in n["title"] + n["body"])

        for person in (self.people.rep, self.people.manager):
            kinds = until(lambda p=person: read(p), what=f"a message about {title} to {person.name}", patience=30)
            assert set(kinds.values()) == {1}, kinds
        mail = Counter((*m["To"], m["Subject"]) for m in aws.sent_mail() if title in m["Subject"])
        assert not [m for m, times in mail.items() if times > 1], mail


def submitted(rep: Session, path: str) -> Json:
    """Submit; that somebody has submitted already is as good, for it was us."""
    try:
        done: Json = rep.post(f"{path}/submit")
    except Refused as refused:
        if refused.code != "already_submitted":
            raise
        return refused.problem
    return done


def stubborn(act: Callable[[], Json], patience: float) -> Json:
    """Try again after a 5xx or a broken connection; anything else is an answer."""

    def attempt() -> Json | None:
        try:
            return act()
        except Refused as refused:
            if refused.status < 500:
                raise
        except httpx.TransportError:
            pass
        return None

    return until(attempt, what="an answer that is no failure", patience=patience, pause=0.3)
