"""A default sandbox whose clock stands still, and a receiver connected to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from kit.receivers import Inbox, hear_everything, listen
from kit.times import START, Wall

from emulator import Emulator, Sandbox
from emulator.sandbox import clock


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
    """A receiver of the fields that the app is subscribed to from the beginning."""
    return listen(sandbox)


@pytest.fixture
def everything(sandbox: Sandbox) -> Inbox:
    """A receiver of every field."""
    return hear_everything(sandbox)


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    """The wall clock, which stands until the test moves it."""
    wall = Wall()
    monkeypatch.setattr(clock, "read_wall_clock", wall)
    return wall
