"""A default sandbox whose clock stands still, and a receiver connected to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from kit.receivers import Inbox, listen
from kit.times import START

from emulator import Emulator, Sandbox


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with Emulator() as made:
        yield made


@pytest.fixture
def sandbox(emulator: Emulator) -> Sandbox:
    """People answer in the same instant."""
    return emulator.create(at=START, speed=None, at_once=True)


@pytest.fixture
def lifelike(emulator: Emulator) -> Sandbox:
    """People take the time that people take."""
    return emulator.create("lifelike", at=START, speed=None)


@pytest.fixture
def inbox(sandbox: Sandbox) -> Inbox:
    return listen(sandbox)
