"""Live progress through the gateway: each event when it happens, none twice, none lost."""

from __future__ import annotations

import threading
import time

import httpx
import pytest

from journey import order
from journey.client import Refused
from journey.people import Cast


def test_an_event_arrives_when_it_happens_and_not_when_the_stream_ends(people: Cast) -> None:
    request = order.open_request(people.rep, people.client_id, title="Live")
    happened: list[float] = []

    def cancel() -> None:
        time.sleep(1.5)
        happened.append(time.monotonic())
        people.rep.post(f"/v1/requests/{request}/cancel")

    began = time.monotonic()
    stream = people.rep.stream(f"/v1/requests/{request}/events", patience=15)
    assert next(stream)[1]["kind"] == "created"
    assert time.monotonic() - began < 1
    worker = threading.Thread(target=cancel)
    worker.start()
    assert next(stream)[1]["kind"] == "cancelled"
    assert time.monotonic() - happened[0] < 1.5
    worker.join()


def test_a_stream_goes_on_after_the_last_event_that_was_seen(people: Cast) -> None:
    request = order.open_request(people.rep, people.client_id, title="Cut")
    first = next(people.rep.stream(f"/v1/requests/{request}/events"))
    people.rep.post(f"/v1/requests/{request}/cancel")
    again = next(people.rep.stream(f"/v1/requests/{request}/events", last=first[0], patience=15))
    assert (first[1]["kind"], again[1]["kind"]) == ("created", "cancelled")


@pytest.mark.parametrize("last", ["soon", "-", "1e400"])
def test_a_last_event_id_that_we_did_not_give_is_refused(people: Cast, last: str) -> None:
    request = order.open_request(people.rep, people.client_id, title="Odd")
    with pytest.raises(Refused) as refused:
        next(people.rep.stream(f"/v1/requests/{request}/events", last=last))
    assert refused.value.status == httpx.codes.BAD_REQUEST


def test_a_notification_rings_in_the_portal(people: Cast) -> None:
    """Whoever ordered a course that cannot be made hears of it in the portal's own stream."""
    listed = people.rep.items("/v1/notifications")
    heard: list[dict[str, object]] = []

    def listen() -> None:
        known = {n["notification_id"] for n in listed}
        for _, note in people.rep.stream("/v1/notifications/stream", patience=30):
            if note["notification_id"] not in known:
                heard.append(note)
                return

    worker = threading.Thread(target=listen, daemon=True)
    worker.start()
    request = order.open_request(people.rep, people.client_id, title="Heard")
    order.upload(people.rep, request, order.SopFile("empty.md", b"   \n\n", "text/markdown"))
    order.submit(people.rep, request)
    worker.join(timeout=35)
    assert heard
