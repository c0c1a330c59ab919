"""Parts that go away and come back while people work."""

from __future__ import annotations

import json
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import broker
import pytest
import stack
from journey.client import until
from ledger import Ledger

OUTAGE = 30.0
SERVICES_THAT_DIE = ("sales", "sop-ingest", "course-gen", "course-mgmt")


def test_kafka_is_away_for_thirty_seconds(ledger: Ledger) -> None:
    """Orders are taken all the while, and told when it is back."""
    stack.part("stop", "kafka")
    ends = time.monotonic() + OUTAGE
    try:
        while time.monotonic() < ends:
            ledger.order("Kafka is away")
            time.sleep(OUTAGE / 8)
    finally:
        stack.part("start", "kafka")
        stack.healthy("kafka")
    assert len(ledger.requests) >= 6
    ledger.settle()


def test_postgres_restarts_under_load(ledger: Ledger) -> None:
    """A rep whose portal tries again with the same keys orders each course once."""
    name = f"Postgres restarts {uuid.uuid4()}"
    with ThreadPoolExecutor(4) as pool:
        ordered = [pool.submit(ledger.order_stubbornly, name) for _ in range(8)]
        time.sleep(0.3)
        stack.part("restart", "postgres")
        stack.healthy("postgres")
        for one in ordered:
            one.result()
    ledger.settle()
    mine = [r for r in ledger.people.rep.items("/v1/requests") if r["title"] == name]
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
        for _ in range(6):
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


@pytest.mark.parametrize("topic", CONSUMED)
def test_a_poison_event_goes_to_the_dead_letters_and_the_partition_moves_on(topic: str, ledger: Ledger) -> None:
    """Within five seconds, with its reason; what comes behind it on the same key is taken."""
    value, event = poison(topic)
    broker.produce(topic, value, event.encode())
    broker.produce(topic, b"\x00 not even JSON", event.encode())

    def dead() -> list[dict[str, bytes]]:
        letters = [
            record
            for record in broker.records(f"{topic}.dlq")
            if event.encode() in (record.key() or b"") or event.encode() in record.value()
        ]
        return [dict(record.headers() or []) for record in letters] if len(letters) >= 2 else []

    letters = until(dead, what=f"dead letters of {topic}", patience=8)
    assert all(letter["reason"] and letter["code"] and letter["consumer"] for letter in letters)
    broker.drained(patience=15)
    if topic in ("course-requests", "sop-documents", "course-generation"):
        ledger.order("After poison")
        ledger.settle()
