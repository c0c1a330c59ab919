"""From the commit that tells of an event to the commit of its effect: crates/platform/examples/event_latency."""

from __future__ import annotations

from .tools import Json, example, tell


def measure() -> Json:
    """Latency at two rates, the highest rate drained, and the price of an event."""
    tell("Events through Postgres, the relay, Kafka and a consumer")
    return example("event_latency")
