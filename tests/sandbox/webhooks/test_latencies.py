"""How long receivers take is measured in real time, and is no part of what a sandbox keeps."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

import pytest
from kit.identities import SHEENA
from kit.receivers import listen
from kit.sandboxes import rows_of
from kit.times import START

from emulator import Emulator, Sandbox
from emulator.sandbox.webhooks import latencies
from emulator.sandbox.webhooks.latencies import Latencies

CLOCK = "emulator.sandbox.webhooks.dispatcher.real_seconds"


def told(emulator: Emulator, name: str, seconds: float, monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    """A sandbox whose app refuses a webhook once, and takes so many seconds for each answer."""
    turns = count()
    monkeypatch.setattr(CLOCK, lambda: next(turns) * seconds)
    sandbox = emulator.create(name, at=START, speed=None, at_once=True)
    listen(sandbox, answers=[500])
    sandbox.people.say(SHEENA, "Hi")
    sandbox.settle()
    sandbox.clock.advance(timedelta(minutes=1))
    return sandbox


def test_each_attempt_has_the_time_its_receiver_took(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Real time, whatever the sandbox's clock does; also of an attempt that was refused."""
    sandbox = told(emulator, "slow", 0.25, monkeypatch)

    assert [each.status for each in sandbox.webhooks.attempts(1)] == [500, 200]
    taken = [sandbox.webhooks.latency(1, number) for number in (1, 2, 3)]
    assert all(each is not None and each >= timedelta(seconds=0.25) for each in taken[:2])
    assert taken[2] is None


def test_what_is_kept_does_not_depend_on_it(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two runs that differ in nothing but how long their apps took have the same rows."""
    quick = told(emulator, "quick", 0.001, monkeypatch)
    with Emulator() as other:
        slow = told(other, "quick", 3.0, monkeypatch)

        assert quick.webhooks.latency(1, 1) != slow.webhooks.latency(1, 1)
        assert rows_of(quick) == rows_of(slow)


def test_a_webhook_that_goes_nowhere_takes_no_time(sandbox: Sandbox) -> None:
    """Nobody was asked."""
    sandbox.webhooks.connect("http://127.0.0.1:9/hook")
    sandbox.people.say(SHEENA, "Hi")
    sandbox.webhooks.connect(None)
    sandbox.settle()

    assert [each.status for each in sandbox.webhooks.attempts(1)] == [None]
    assert sandbox.webhooks.latency(1, 1) is None


def test_a_reset_forgets_them(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers of webhooks begin anew."""
    sandbox = told(emulator, "slow", 0.25, monkeypatch)
    sandbox.reset()

    assert sandbox.webhooks.latency(1, 1) is None


def test_the_latest_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many there are."""
    monkeypatch.setattr(latencies, "MOST", 3)
    known = Latencies()
    for number in range(1, 6):
        known.note(number, 1, number / 1000)

    assert [known.of(number, 1) for number in (2, 3, 5)] == [
        None,
        timedelta(milliseconds=3),
        timedelta(milliseconds=5),
    ]
