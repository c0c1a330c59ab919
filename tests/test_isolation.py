"""Another company's ids are 404, on every route that has an id: the routes are those of the eight OpenAPI documents."""

from __future__ import annotations

import uuid

import httpx
import pytest

from contract import SERVICES, Operation, operations
from journey import people as company
from journey.client import Session
from journey.journey import Journey
from journey.people import Cast

NUMBERS = {"version", "page"}  # in paths beside ids, and no secret
WITH_IDS = [op for op in operations() if op.path_parameters]
ROLES = ("sales_rep", "course_manager", "trainer", "student")
NOT_FOUND, FORBIDDEN = httpx.codes.NOT_FOUND, httpx.codes.FORBIDDEN


def status(caller: Session, op: Operation, ids: dict[str, str]) -> int:
    """Only the status: a stream would not end."""
    headers = {"authorization": f"Bearer {caller.token}", "if-match": '"1"', "idempotency-key": str(uuid.uuid4())}
    body = {"json": op.body()} if op.schema else {}
    with caller.http.stream(op.method, op.url(ids), headers=headers, **body) as answer:
        return answer.status_code


def test_every_service_has_its_document() -> None:
    assert {op.service for op in operations()} == set(SERVICES)


@pytest.mark.parametrize("op", WITH_IDS, ids=str)
def test_another_companys_id_does_not_exist(op: Operation, ids: dict[str, str], strangers: Cast) -> None:
    by_role = strangers.by_role()
    found = {role: status(by_role[role], op, ids) for role in ROLES}
    assert set(found.values()) <= {NOT_FOUND, FORBIDDEN}, found
    if op.role not in ("admin", "public"):
        assert NOT_FOUND in found.values(), found


@pytest.mark.parametrize("op", WITH_IDS, ids=str)
def test_an_id_that_nobody_has_is_not_found(op: Operation, ids: dict[str, str], people: Cast) -> None:
    caller = people.by_role().get(op.role, people.student)
    unknown = {name: "99" if name in NUMBERS else str(uuid.uuid4()) for name in ids}
    assert status(caller, op, unknown) == NOT_FOUND


@pytest.mark.parametrize("op", WITH_IDS, ids=str)
@pytest.mark.parametrize("written", ["not-an-id", "0", "%00", "%ff%fe", "'; DROP TABLE x; --", "a" * 2000])
def test_an_id_that_is_none_is_not_found(op: Operation, ids: dict[str, str], people: Cast, written: str) -> None:
    caller = people.by_role().get(op.role, people.student)
    found = status(caller, op, dict.fromkeys(ids, written))
    assert found in (NOT_FOUND, httpx.codes.BAD_REQUEST), found


@pytest.fixture(scope="session")
def colleagues(journey: Journey) -> dict[str, Session]:
    """Other people of the same company, to whom nobody assigned the course."""
    admin, client = journey.cast.admin, journey.cast.client_id
    return {
        "sales_rep": company.invite(admin, "sales_rep", client_ids=[], world="tests", name="Rita Other"),
        "trainer": company.invite(admin, "trainer", client_ids=[client], world="tests", name="Tom Other"),
        "student": company.invite(admin, "student", client_ids=[client], world="tests", name="Sara Other"),
    }


OWNED = [op for op in WITH_IDS if op.service in ("sales", "learning", "trainer")]


@pytest.mark.parametrize("op", OWNED, ids=str)
def test_a_colleague_who_was_not_assigned_finds_nothing(op: Operation, ids: dict[str, str], colleagues: dict[str, Session]) -> None:
    assert status(colleagues[op.role], op, ids) == NOT_FOUND


def test_lists_hold_nothing_of_another_company(ids: dict[str, str], strangers: Cast) -> None:
    lists = [op for op in operations() if op.method == "GET" and not op.path_parameters and "cursor" in op.query_parameters]
    assert lists
    hidden = {value for name, value in ids.items() if name not in NUMBERS}
    for op in lists:
        for role in ROLES:
            answer = strangers.by_role()[role].send("GET", op.path)
            assert not [i for i in hidden if i in answer.text], (str(op), role)
