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


def records(topic: str) -> list[Any]:
    """All records of a topic that are there now, by partition and offset."""
    consumer = Consumer(QUIET | {"group.id": "fault-tests", "enable.auto.commit": False})
    try:
        partitions = consumer.list_topics(PREFIX + topic, timeout=10).topics[PREFIX + topic].partitions
        found = []
        for number in partitions:
            low, high = consumer.get_watermark_offsets(TopicPartition(PREFIX + topic, number), timeout=10)
            consumer.assign([TopicPartition(PREFIX + topic, number, low)])
            at = low
            while at < high:
                for message in consumer.consume(min(500, high - at), timeout=1):
                    if message.error() is None:
                        found.append(message)
                        at = message.offset() + 1
        return found
    finally:
        consumer.close()


def envelopes(topic: str) -> list[tuple[Any, Json]]:
    """Records with their parsed envelopes; what is none is left out."""
    parsed = []
    for record in records(topic):
        try:
            parsed.append((record, json.loads(record.value() or b"null")))
        except ValueError:
            continue
    return [(record, envelope) for record, envelope in parsed if isinstance(envelope, dict) and "type" in envelope]


def events_about(request_id: str, *topics: str) -> list[Json]:
    """Envelopes whose data name this request, over these topics."""
    return [e for topic in topics for _, e in envelopes(topic) if e.get("data", {}).get("request_id") == request_id]


def produce(topic: str, value: bytes, key: bytes, headers: list[tuple[str, bytes]] | None = None) -> None:
    """One record, acknowledged."""
    producer = Producer(QUIET)
    producer.produce(PREFIX + topic, value=value, key=key, headers=headers or [])
    assert producer.flush(10) == 0


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
