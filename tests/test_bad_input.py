"""Bad input is answered with a problem that has a code, on every operation that takes a body or a cursor; never with a 500."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from contract import Operation, operations
from journey.client import Session
from journey.people import Cast

WRITES = [op for op in operations() if op.schema and op.method in ("POST", "PUT", "PATCH")]
LISTS = [op for op in operations() if "cursor" in op.query_parameters]


def caller(op: Operation, people: Cast) -> Session:
    """The person for whom the operation is made."""
    return Session() if op.role == "public" else people.by_role().get(op.role, people.student)


def assert_problem(answer: httpx.Response, *statuses: int) -> str:
    assert answer.status_code in statuses, answer.text[:500]
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert problem["code"].replace("_", "").isalnum()
    assert problem["request_id"]
    return str(problem["code"])


@pytest.fixture
def send(ids: dict[str, str], people: Cast) -> Callable[..., httpx.Response]:
    """Send this content to an operation, as the right person and about things that exist."""

    def to(op: Operation, content: bytes, content_type: str = "application/json") -> httpx.Response:
        headers = {"content-type": content_type, "if-match": '"1"', "idempotency-key": str(uuid.uuid4())}
        return caller(op, people).send(op.method, op.url(ids), content=content, headers=headers)

    return to


@pytest.mark.parametrize("op", WRITES, ids=str)
def test_an_unknown_field_is_named(op: Operation, send: Callable[..., httpx.Response]) -> None:
    answer = send(op, b'{"surprise": 1}')
    assert assert_problem(answer, 422) == "unknown_field"
    assert [e["code"] for e in answer.json()["errors"]] == ["unknown_field"]


@pytest.mark.parametrize("op", WRITES, ids=str)
@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "application/x-www-form-urlencoded", ""])
def test_another_content_type_is_refused(op: Operation, send: Callable[..., httpx.Response], kind: str) -> None:
    assert assert_problem(send(op, b"{}", kind), 415) == "unsupported_media_type"


@pytest.mark.parametrize("op", WRITES, ids=str)
@pytest.mark.parametrize("content", [b"", b"{", b"null", b"[]", b'"text"', b"{}{}", b"\xff\xfe", b'{"a": NaN}'])
def test_what_is_not_a_json_object_is_refused(op: Operation, send: Callable[..., httpx.Response], content: bytes) -> None:
    assert_problem(send(op, content), 400, 422)


@pytest.mark.parametrize("op", WRITES, ids=str)
def test_a_nul_character_is_refused(op: Operation, send: Callable[..., httpx.Response]) -> None:
    field = next(iter(op.body()), "name")
    assert_problem(send(op, f'{{"{field}": "a\\u0000b"}}'.encode()), 400, 422)
    assert_problem(send(op, f'{{"{field}": "a'.encode() + b'\0b"}'), 400, 422)


@pytest.mark.parametrize("op", WRITES, ids=str)
def test_a_body_that_is_too_large_is_refused(op: Operation, send: Callable[..., httpx.Response]) -> None:
    assert assert_problem(send(op, b'{"a": "' + b"x" * 2_000_000 + b'"}'), 413) == "body_too_large"


@pytest.mark.parametrize("op", WRITES, ids=str)
@pytest.mark.parametrize(("opening", "closing"), [(b'{"a":', b"}"), (b"[", b"]")], ids=["objects", "arrays"])
def test_ten_thousand_levels_are_refused(op: Operation, send: Callable[..., httpx.Response], opening: bytes, closing: bytes) -> None:
    field = next(iter(op.body()), "name").encode()
    deep = opening * 10_000 + b"1" + closing * 10_000
    assert_problem(send(op, b'{"' + field + b'": ' + deep + b"}"), 400, 413, 422)


@pytest.mark.parametrize("op", LISTS, ids=str)
@pytest.mark.parametrize("cursor", ["nonsense", "", "%00", "AAAA", "a" * 3000, "eyJpZCI6MX0", "-1"])
def test_a_cursor_that_we_did_not_give_is_refused(op: Operation, ids: dict[str, str], people: Cast, cursor: str) -> None:
    answer = caller(op, people).send("GET", f"{op.url(ids)}?cursor={cursor}")
    assert assert_problem(answer, 400) in ("bad_cursor", "bad_query")


@pytest.mark.parametrize("op", LISTS, ids=str)
@pytest.mark.parametrize("limit", ["0", "101", "-1", "many", "1e3", "99999999999999999999"])
def test_a_limit_out_of_range_is_refused(op: Operation, ids: dict[str, str], people: Cast, limit: str) -> None:
    assert_problem(caller(op, people).send("GET", f"{op.url(ids)}?limit={limit}"), 400, 422)


def test_one_key_fifty_times_at_once_has_one_effect(people: Cast, ids: dict[str, str]) -> None:
    """Of every kind of thing that people create often; each answer is the same."""
    course = f"/v1/courses/{ids['course_id']}"
    training, learning = f"/v1/training/courses/{ids['course_id']}", f"/v1/learning/courses/{ids['course_id']}"
    note = f"note {uuid.uuid4()}"
    session = {"title": note, "starts_at": "2027-03-01T09:00:00Z", "minutes": 45}
    request = {"client_id": ids["client_id"], "title": note, "level": "B1", "learners": 3, "hours": 2.0, "languages": []}
    remark = {"element_id": ids["lesson_id"], "text": note}
    created = [
        fifty(people.rep, "/v1/clients", {"name": note}, "/v1/clients", "name", note),
        fifty(people.rep, "/v1/requests", request, "/v1/requests", "title", note),
        fifty(people.manager, f"{course}/versions/1/comments", remark, f"{course}/versions/1/comments", "text", note),
        fifty(people.trainer, f"{training}/sessions", session, f"{training}/sessions", "title", note),
    ]
    assert created == [1, 1, 1, 1]
    answers = at_once(people.student, f"{learning}/feedback", {"text": note})
    assert {a.status_code for a in answers} == {201}
    assert len({a.text for a in answers}) == 1


def fifty(who: Session, path: str, body: dict[str, object], listed: str, field: str, value: str) -> int:
    """Create it fifty times at once with one key; how many there are afterwards."""
    answers = at_once(who, path, body)
    assert {a.status_code for a in answers} == {201}, {a.text for a in answers if a.is_error}
    assert len({a.text for a in answers}) == 1
    return sum(found[field] == value for found in who.items(listed))


def at_once(who: Session, path: str, body: dict[str, object]) -> list[httpx.Response]:
    key = {"idempotency-key": str(uuid.uuid4())}
    with ThreadPoolExecutor(50) as pool:
        return list(pool.map(lambda _: who.send("POST", path, json=body, headers=dict(key)), range(50)))


def test_a_key_for_another_body_is_refused(people: Cast) -> None:
    key = str(uuid.uuid4())
    people.rep.post("/v1/clients", {"name": f"First {key}"}, key=key)
    answer = people.rep.send("POST", "/v1/clients", json={"name": "Second"}, headers={"idempotency-key": key})
    assert_problem(answer, 409, 422)


@pytest.mark.parametrize("key", ["", "x" * 201, "with space", "ümlaut"])
def test_a_key_that_is_none_is_refused(people: Cast, key: str) -> None:
    headers = {"idempotency-key": key.encode()}
    assert_problem(people.rep.send("POST", "/v1/clients", json={"name": "Never"}, headers=headers), 400)
