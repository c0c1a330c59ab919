"""Parts that go away and come back while people work."""

from __future__ import annotations

import json
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import broker
import stack
from journey.client import until
from ledger import Ledger

OUTAGE = 30.0
SLACK = 2  # the goal is five seconds; this machine may be compiling meanwhile
SERVICES_THAT_DIE = ("sales", "sop-ingest", "course-gen", "course-mgmt", "notification")


def test_kafka_is_away_for_thirty_seconds(ledger: Ledger) -> None:
    """Orders are taken all the while, and told when it is back."""
    stack.part("stop", "kafka")
    ends = time.monotonic() + OUTAGE
    try:
        while time.monotonic() < ends:
            ledger.order("Kafka is away")
            time.sleep(OUTAGE / 5)
    finally:
        stack.part("start", "kafka")
        stack.healthy("kafka")
    assert len(ledger.requests) >= 3
    ledger.settle()


def test_postgres_restarts_under_load(ledger: Ledger) -> None:
    """A rep whose portal tries again with the same keys orders each course once."""
    name = f"Postgres restarts {uuid.uuid4()}"
    with ThreadPoolExecutor(4) as pool:
        ordered = [pool.submit(ledger.order_stubbornly, name) for _ in range(4)]
        time.sleep(0.3)
        stack.part("restart", "postgres")
        stack.healthy("postgres")
        for one in ordered:
            one.result()
    ledger.settle()
    mine = [r for r in ledger.people.rep.items("/v1/requests") if r["title"].startswith(name)]
    assert {r["request_id"] for r in mine} == set(ledger.requests)


def test_services_are_killed_while_courses_are_made(ledger: Ledger) -> None:
    """kill -9, one service after the other, again and again."""
    stop = threading.Event()

    def reaper() -> None:
        while not stop.is_set():
            for service in SERVICES_THAT_DIE:
                if stop.wait(1.5):
                    return
                stack.kill(service)
                stack.wait_ready(service)

    worker = threading.Thread(target=reaper)
    worker.start()
    try:
        for _ in range(4):
            ledger.order_stubbornly("Killed at random")
            time.sleep(1)
    finally:
        stop.set()
        worker.join()
    stack.wait_ready()
    ledger.settle()


def poison(topic: str) -> tuple[bytes, str]:
    """An envelope of a type that the topic's readers know, with data that they cannot use."""
    known = next((e["type"] for _, e in reversed(broker.envelopes(topic))), "unknown.v1")
    event = str(uuid.uuid4())
    envelope = {
        "specversion": "1.0",
        "id": event,
        "source": "fault-tests",
        "type": known,
        "subject": event,
        "time": datetime.now(UTC).isoformat(),
        "datacontenttype": "application/json",
        "data": {"nonsense": True},
        "correlationid": event,
    }
    return json.dumps(envelope).encode(), event


CONSUMED = [t for t in broker.TOPICS if t != "notifications"]


def dead(topic: str, event: str) -> list[dict[str, bytes]]:
    """The headers of the dead letters with this event's key."""
    letters = [record for record in broker.records(f"{topic}.dlq") if record.key() == event.encode()]
    return [dict(record.headers() or []) for record in letters]


def test_poison_on_every_topic_goes_to_the_dead_letters_and_the_partitions_move_on(ledger: Ledger) -> None:
    """Within seconds, with its reason; what comes behind it is taken."""
    given = {}
    for topic in CONSUMED:
        value, given[topic] = poison(topic)
        broker.produce(topic, value, given[topic].encode())
        broker.produce(topic, b"\x00 not even JSON", given[topic].encode())
    for topic, event in given.items():
        letters = until(lambda t=topic, e=event: dead(t, e), what=f"dead letters of {topic}", patience=5 * SLACK)
        assert all(letter["reason"] and letter["code"] and letter["consumer"] for letter in letters)
    broker.drained(patience=5 * SLACK)
    ledger.order("After poison")
    ledger.settle()


def test_a_dead_letter_can_be_replayed() -> None:
    """It comes back on its topic under its own id; still poison, it is buried again."""
    value, event = poison("course-requests")
    broker.produce("course-requests", value, event.encode())
    until(lambda: dead("course-requests", event), what="a dead letter", patience=5 * SLACK)
    assert event in stack.command("sop-ingest", "dlq", "list", "--topic", "course-requests")
    assert "1" in stack.command("sop-ingest", "dlq", "replay", "--topic", "course-requests", "--id", event)
    until(lambda: len(dead("course-requests", event)) >= 2, what="the dead letter of the replay", patience=5 * SLACK)
    assert [e["id"] for _, e in broker.envelopes("course-requests") if e["id"] == event] == [event, event]
