"""Callers wait while webhooks pile up, as long as their waiting helps."""

from __future__ import annotations

from threading import Event

import pytest
from kit.identities import RECEIVER, SHEENA
from kit.times import START

from emulator import Emulator, Webhook
from emulator.sandbox.engine import backpressure
from emulator.sandbox.engine.backpressure import LONG_MOVE, MOST_SAVED, MOST_WAITING, WAITS
from emulator.sandbox.webhooks.receivers import CallableReceiver

PATIENCE = 10.0
"""Seconds of real time after which a test gives up."""


@pytest.mark.parametrize(
    ("slow", "more", "waited"),
    [
        pytest.param(PATIENCE, 2, [WAITS], id="it may answer soon"),
        pytest.param(PATIENCE, 1, [], id="few are waiting"),
        pytest.param(0.0, 2, [], id="it takes long already"),
    ],
)
def test_nobody_waits_for_a_receiver_that_does_not_answer(
    monkeypatch: pytest.MonkeyPatch, slow: float, more: int, waited: list[float]
) -> None:
    """However many webhooks are waiting for it; for one that may answer soon, callers do."""
    came, release = Event(), Event()

    def hang(_: Webhook) -> None:
        came.set()
        release.wait(PATIENCE)

    with Emulator(worker=True) as emulator:
        sandbox = emulator.create(at=START, speed=None)
        sandbox.webhooks.connect(RECEIVER, CallableReceiver(hang))
        for _ in range(MOST_WAITING - 1 + more):
            sandbox.people.say(SHEENA, "Hello")
        assert came.wait(PATIENCE)
        found: list[float] = []
        monkeypatch.setattr(sandbox.services.dispatcher, "wait_for_one", found.append)
        monkeypatch.setattr(backpressure, "SLOW", slow)

        sandbox.services.backpressure.wait()
        release.set()

    assert found == waited


def test_a_move_that_waits_for_a_receiver_slows_nobody_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long it has been under way: no caller keeps it from its end."""
    with Emulator(worker=True) as emulator:
        sandbox = emulator.create(at=START, speed=None)
        services = sandbox.services
        monkeypatch.setattr(type(services.scheduler), "seconds_under_way", 2 * LONG_MOVE)
        monkeypatch.setattr(type(services.dispatcher), "seconds_under_way", 2 * backpressure.SLOW)
        waits: list[float] = []
        monkeypatch.setattr(services.core.closing, "wait", waits.append)

        calls = 2 * int(MOST_SAVED)
        for _ in range(calls):
            services.backpressure.wait()
        while_it_hangs = list(waits)
        monkeypatch.setattr(type(services.dispatcher), "seconds_under_way", 0.0)
        for _ in range(calls):
            services.backpressure.wait()

    assert while_it_hangs == []
    assert len(waits) > 0
