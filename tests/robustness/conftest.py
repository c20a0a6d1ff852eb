"""A sandbox that stands still, a server whose sandboxes go on by themselves, and receivers that wait."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from kit.hanging import HangingInbox
from kit.served import Served
from kit.times import START

from emulator import Emulator, Sandbox, Server


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with Emulator() as made:
        yield made


@pytest.fixture
def sandbox(emulator: Emulator) -> Sandbox:
    """Its clock stands still, and people answer in the same instant."""
    return emulator.create(at=START, speed=None, at_once=True)


@pytest.fixture
def served() -> Iterator[Served]:
    """An emulator behind a server of this process, with one sandbox whose clock stands still."""
    with Served() as made:
        yield made


@pytest.fixture
def server(served: Served) -> Server:
    """The server alone."""
    return served.server


@pytest.fixture
def hanging() -> Iterator[HangingInbox]:
    """A receiver behind HTTP that answers no webhook before it is released."""
    inbox = HangingInbox()
    with inbox.server:
        yield inbox
        inbox.release()
