"""Everything that lies in the topics, and what waits there."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

from confluent_kafka import Consumer, ConsumerGroupTopicPartitions, Producer, TopicPartition
from confluent_kafka.admin import AdminClient

Json = dict[str, Any]
BROKERS, PREFIX = os.environ["KAFKA_BROKERS"], os.environ.get("KAFKA_TOPIC_PREFIX", "")
TABLE = json.loads((Path(__file__).resolve().parents[2] / "crates" / "events" / "topics.json").read_text(encoding="utf-8"))
TOPICS: list[str] = [row["name"] for row in (TABLE["topics"] if isinstance(TABLE, dict) else TABLE)]
QUIET = {"bootstrap.servers": BROKERS, "log_level": 0}


def records(*topics: str) -> list[Any]:
    """All records of these topics that are there now; those of one partition in their order."""
    consumer = Consumer(QUIET | {"group.id": "fault-tests", "enable.auto.commit": False, "fetch.wait.max.ms": 50})
    try:
        known = consumer.list_topics(timeout=10).topics
        partitions = [TopicPartition(PREFIX + t, n) for t in topics for n in known[PREFIX + t].partitions]
        marks = {(p.topic, p.partition): consumer.get_watermark_offsets(p, timeout=10) for p in partitions}
        unread = {at: high for at, (low, high) in marks.items() if low < high}
        consumer.assign([TopicPartition(topic, number, marks[topic, number][0]) for topic, number in unread])
        found = []
        while unread:
            for message in consumer.consume(100, timeout=0.1):
                at = (message.topic(), message.partition())
                if message.error() is None and message.offset() < marks[at][1]:
                    found.append(message)
                    if message.offset() + 1 == marks[at][1]:
                        unread.pop(at)
        return found
    finally:
        consumer.close()


def envelopes(*topics: str) -> list[tuple[Any, Json]]:
    """Records with their parsed envelopes; what is none is left out."""
    parsed = []
    for record in records(*topics):
        try:
            parsed.append((record, json.loads(record.value() or b"null")))
        except ValueError:
            continue
    return [(record, envelope) for record, envelope in parsed if isinstance(envelope, dict) and "type" in envelope]


def events_about(request_id: str, *topics: str) -> list[Json]:
    """Envelopes whose data name this request, over these topics."""
    return [e for _, e in envelopes(*topics) if e.get("data", {}).get("request_id") == request_id]


def produce(topic: str, value: bytes, key: bytes) -> None:
    """One record, acknowledged."""
    producer = Producer(QUIET)
    producer.produce(PREFIX + topic, value=value, key=key)
    assert producer.flush(10) == 0


def again(records: list[Any]) -> None:
    """The same records once more, in their order."""
    producer = Producer(QUIET)
    for record in records:
        producer.produce(record.topic(), value=record.value(), key=record.key(), headers=record.headers())
    assert producer.flush(30) == 0


def waiting() -> int:
    """How many records the services' groups have not committed yet."""
    admin = AdminClient(QUIET)
    lag = 0
    groups = [
        g.group_id for g in admin.list_consumer_groups().result().valid if g.group_id.startswith(PREFIX) and g.group_id.endswith("-service")
    ]
    consumer = Consumer(QUIET | {"group.id": "fault-tests"})
    try:
        for group in groups:
            found = admin.list_consumer_group_offsets([ConsumerGroupTopicPartitions(group)])[group].result().topic_partitions
            for at in found:
                high = consumer.get_watermark_offsets(TopicPartition(at.topic, at.partition), timeout=10)[1]
                lag += max(0, high - max(0, at.offset))
    finally:
        consumer.close()
    return lag


def drained(patience: float = 60) -> None:
    """Return when every group has committed everything, and still has a moment later."""
    end = time.monotonic() + patience
    calm = 0
    while calm < 3:
        calm = calm + 1 if waiting() == 0 else 0
        if time.monotonic() > end:
            raise TimeoutError(f"{waiting()} records still wait after {patience:.0f} s")
        time.sleep(0.3)
