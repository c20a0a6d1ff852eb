"""How far a move of the clock is, on a terminal."""

from __future__ import annotations

from threading import Event
from typing import Any

import pytest
from rich.console import Console

from emulator.cli.remote import progress

WALK = {"since": "2026-11-02T09:00:00Z", "until": "2026-11-04T09:00:00Z", "events": 1234}


class Clock:
    """Tells one clock after another, then that somebody else is at work; remembers that it was asked."""

    def __init__(self, *told: Any) -> None:
        self._told = list(told)
        self.asked_enough = Event()

    def __call__(self) -> dict[str, Any]:
        if len(self._told) == 1:
            self.asked_enough.set()
        told = self._told[0] if len(self._told) == 1 else self._told.pop(0)
        if isinstance(told, Exception):
            raise told
        return dict(told)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Console:
    """What the command writes to, as a terminal that remembers."""
    console = Console(force_terminal=True, width=100, record=True, stderr=True)
    monkeypatch.setattr("rich.console.Console", lambda **_: console)
    monkeypatch.setattr(progress, "PAUSE", 0.001)
    return console


def test_a_terminal_sees_the_simulated_time_and_the_events(
    terminal: Console, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the clock tells them."""
    clock = Clock({"now": "2026-11-03T09:00:00Z", "walking": WALK})

    with progress.shown(clock):
        assert clock.asked_enough.wait(10)

    drawn = capsys.readouterr().err
    assert "time passes" in drawn


def test_the_bar_stands_where_the_clock_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """A day of two, with what was done so far; before the move begins there is nothing to draw."""
    monkeypatch.setattr(progress, "PAUSE", 0.001)
    updates: list[dict[str, Any]] = []

    class Bar:
        def add_task(self, *_: object, **__: object) -> int:
            return 7

        def update(self, task: int, **facts: Any) -> None:
            assert task == 7
            updates.append(facts)

    over = Event()
    idle = {"now": "2026-11-02T09:00:00Z", "walking": None}
    progress._watch(
        Bar(), Clock(idle, {"now": "2026-11-03T09:00:00Z", "walking": WALK}, OSError("gone")), over
    )

    assert updates == [{"total": 172800.0, "completed": 86400.0, "now": "2026-11-03 09:00", "events": 1234}]


def test_nothing_is_drawn_and_nobody_asked_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """A pipe gets the result alone."""
    clock = Clock({"walking": None})

    with progress.shown(clock):
        pass

    assert not clock.asked_enough.is_set()
    assert capsys.readouterr().err == ""
