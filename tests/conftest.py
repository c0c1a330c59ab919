"""What the tests of the whole share. They need a running test stack with its services, and its environment:

set -a; . .local/test/env; set +a
"""

from __future__ import annotations

import pytest

from journey import SAMPLES
from journey.journey import Journey
from journey.order import SopFile
from journey.people import Cast, cast


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The journey first, for the others look at what it leaves behind; the faults last, for they break the stack on purpose."""
    items.sort(key=lambda item: ("faults" in item.path.parts, item.path.stem != "test_journey"))


@pytest.fixture(scope="session")
def people() -> Cast:
    """One person per role, of one client company."""
    return cast("tests", company="Harbour Lane Kitchens")


@pytest.fixture(scope="session")
def strangers() -> Cast:
    """The same roles in another client company."""
    return cast("strangers", company="Northfield Bioanalytics")


@pytest.fixture(scope="session")
def journey(people: Cast) -> Journey:
    """The kitchen sample, played as far as a test asks."""
    return Journey(people, SopFile.read(SAMPLES / "kitchen-cold-storage.md"))


@pytest.fixture(scope="session")
def ids(journey: Journey) -> dict[str, str]:
    """The ids of everything that a played journey leaves behind, by the names of path parameters."""
    journey.upto(10)
    manager = journey.cast.manager
    jobs = manager.items("/v1/generation/jobs", request_id=journey.request_id)
    lesson = journey.package["course"]["units"][0]["lessons"][0]
    return {
        "client_id": journey.cast.client_id,
        "user_id": journey.cast.student.user_id,
        "request_id": journey.request_id,
        "document_id": journey.document_id,
        "sop_id": journey.document_id,
        "page": "1",
        "job_id": jobs[0]["job_id"],
        "course_id": journey.course_id,
        "version": str(journey.version),
        "comment_id": journey.comment_id,
        "assignment_id": journey.assignments[0]["assignment_id"],
        "lesson_id": lesson["id"],
        "item_id": lesson["activities"][0]["items"][0]["id"],
        "session_id": journey.session["session_id"],
        "submission_id": journey.graded[0]["submission_id"],
        "notification_id": journey.cast.student.items("/v1/notifications")[0]["notification_id"],
    }
