"""What the fault tests share: a ledger for each, and a stack that is well before and after."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import stack
from journey.people import Cast
from ledger import Ledger


@pytest.fixture(autouse=True)
def well() -> Iterator[None]:
    """A test must not begin on what another one broke."""
    stack.wait_ready()
    yield
    stack.wait_ready()


@pytest.fixture
def ledger(people: Cast) -> Ledger:
    """An empty one."""
    return Ledger(people)
