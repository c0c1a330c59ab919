"""Kafka topics from the table that the services read too; each has a dead-letter topic beside it."""

import json

from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient, ConfigResource, NewTopic, ResourceType

from .settings import TOPICS, port

HOUR_MS = 3_600_000
TIMEOUT = 20


def prepare():
    admin = AdminClient({"bootstrap.servers": f"127.0.0.1:{port('KAFKA')}", "log_level": 0, "error_cb": lambda _: None})
    existing = admin.list_topics(timeout=TIMEOUT).topics
    missing = [topic for name, topic in wanted().items() if name not in existing]
    if missing:
        for name, future in admin.create_topics(missing, operation_timeout=TIMEOUT).items():
            settle(name, future)
    known = [topic for name, topic in wanted().items() if name in existing]
    correct(admin, known)
    return f"topics: {len(wanted())}, dead-letter topics among them, {len(missing)} new", {}


def wanted():
    topics = {}
    table = json.loads(TOPICS.read_text())
    for row in table["topics"]:
        topics[row["name"]] = new_topic(row["name"], row)
        topics[f"{row['name']}.dlq"] = new_topic(f"{row['name']}.dlq", table["dlq"])
    return topics


def new_topic(name, row):
    hours = row["retention_hours"]
    config = {
        "cleanup.policy": "compact" if row.get("compacted") else "delete",
        "retention.ms": "-1" if hours is None else str(hours * HOUR_MS),
    }
    return NewTopic(name, num_partitions=row["partitions"], replication_factor=1, config=config)


def correct(admin, topics):
    """The table may have changed since a topic was made: its settings follow."""
    if not topics:
        return
    changed = [ConfigResource(ResourceType.TOPIC, topic.topic, set_config=dict(topic.config)) for topic in topics]
    for resource, future in admin.alter_configs(changed, request_timeout=TIMEOUT).items():
        settle(resource.name, future)


def settle(name, future):
    try:
        future.result()
    except KafkaException as error:
        raise RuntimeError(f"topic {name}: {error.args[0].str()}") from error
