"""Services that end themselves at the worst moment: nothing acknowledged is lost, and no effect happens twice."""

from __future__ import annotations

import uuid
from contextlib import ExitStack

import stack
from broker import events_about
from journey import order
from ledger import Ledger, small_sop

STEPS = ("plan", "outline", "author", "forge", "verify", "assemble", "package")


def test_between_commit_and_produce(ledger: Ledger) -> None:
    """The order is committed, the process dies before it can tell: the next process tells."""
    title = f"Crash after commit {uuid.uuid4().hex[:8]}"
    request = order.open_request(ledger.people.rep, ledger.people.client_id, title=title, level="A2")
    order.upload(ledger.people.rep, request, small_sop())
    with stack.crashing("sales", "outbox.committed") as process:
        answer = ledger.people.rep.send("POST", f"/v1/requests/{request}/submit")
        stack.crashed(process, "outbox.committed")
        assert answer.status_code in (200, 502)
        assert not events_about(request, "course-requests")
    ledger.acknowledged(request, title)
    ledger.settle()


def test_between_produce_and_marking_as_sent(ledger: Ledger) -> None:
    """The event is in Kafka and the outbox does not know: it is sent again under the same id, and taken once."""
    with stack.crashing("sales", "relay.produced") as process:
        request = ledger.order("Crash after produce")
        stack.crashed(process, "relay.produced")
    ledger.settle()
    ordered = [e["id"] for e in events_about(request, "course-requests") if e["type"] == "course_creation.ordered.v1"]
    assert len(ordered) == 2
    assert len(set(ordered)) == 1


def test_of_every_consumer_between_its_commit_and_the_offsets(ledger: Ledger) -> None:
    """Five services along the way of one order: each event had its effect and comes again."""
    with ExitStack() as last:
        dying = {}
        for service in ("notification", "sales", "course-mgmt", "course-gen", "sop-ingest"):
            own = last.enter_context(ExitStack())
            dying[service] = (own, own.enter_context(stack.crashing(service, "consumer.committed")))
        ledger.order_stubbornly("Crash of consumers")
        for service in ("sop-ingest", "notification", "course-gen", "sales", "course-mgmt"):
            own, process = dying[service]
            stack.crashed(process, "consumer.committed", patience=90)
            own.close()  # the supervisor's process takes over, and the order goes on to the next service
    ledger.settle()


def test_of_generation_in_every_step_of_one_job(ledger: Ledger) -> None:
    """Seven processes die over one job, each in another step; the eighth finishes it."""
    with stack.replaced("course-gen"):
        for number, step in enumerate(STEPS):
            process = stack.spawn("course-gen", f"job.{step}")
            if number == 0:
                ledger.order("Crash in every step")
            stack.crashed(process, f"job.{step}", patience=90)
    ledger.settle()
