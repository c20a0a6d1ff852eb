"""Webhooks get through receivers that fail again and again, and through those that were down for days."""

from __future__ import annotations

import tracemalloc
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from threading import Lock

import pytest
from kit.hosts import Visit, host, refusing
from kit.identities import RECEIVER, SHEENA
from kit.receivers import Inbox, webhook_app
from kit.times import START

from emulator import Emulator, Sandbox, Server
from emulator.domain.webhooks.deliveries import BACK_OFF
from emulator.sandbox.webhooks.receivers import CallableReceiver

DOWN = timedelta(days=2)
MOST_GROWTH = 256 * 1024
"""Bytes of Python's memory that any number of webhooks may take, once as many were delivered before."""


class Moody:
    """A receiver that fails a third of what it gets, in six ways, and keeps what it has answered with 200."""

    def __init__(self, seed: int) -> None:
        self._chance, self._lock = Random(seed), Lock()
        self.taken: Counter[bytes] = Counter()
        """How often it has answered 200, by the body of the webhook."""
        self.failed: Counter[str] = Counter()

    def __call__(self, visit: Visit) -> None:
        while True:
            body = visit.read().partition(b"\r\n\r\n")[2]
            with self._lock:
                mood = self._chance.choice(_MOODS) if self._chance.random() < 1 / 3 else None
                if mood is None:
                    self.taken[body] += 1
                else:
                    self.failed[mood.__name__] += 1
            if mood is None:
                visit.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            elif mood(visit):
                return


def is_broken(visit: Visit) -> bool:
    visit.write(b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n")
    return False


def redirects(visit: Visit) -> bool:
    visit.write(b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n")
    return False


def hangs_up(visit: Visit) -> bool:
    return True


def answers_by_half(visit: Visit) -> bool:
    visit.write(b"HTTP/1.1 200 OK\r\nContent-Le")
    return True


def cuts_its_body(visit: Visit) -> bool:
    visit.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nok")
    return True


def speaks_nonsense(visit: Visit) -> bool:
    visit.write(b"nonsense\r\n\r\n")
    return True


_MOODS: tuple[Callable[[Visit], bool], ...] = (
    is_broken,
    redirects,
    hangs_up,
    answers_by_half,
    cuts_its_body,
    speaks_nonsense,
)


@pytest.mark.parametrize(
    "webhooks", [200, pytest.param(10_000, marks=pytest.mark.soak)], ids=lambda number: f"{number} webhooks"
)
def test_a_receiver_that_fails_a_third_gets_everything_once(sandbox: Sandbox, webhooks: int) -> None:
    """Nothing is lost, and nothing that was answered with 200 comes again."""
    moody = Moody(seed=1)
    with host(moody) as made:
        sandbox.webhooks.connect(made.url)
        for number in range(webhooks):
            sandbox.people.say(SHEENA, f"Hello {number}")

        sandbox.clock.advance(timedelta(days=8))

    deliveries = sandbox.webhooks.all()
    assert len(deliveries) == webhooks
    assert {delivery.state for delivery in deliveries} == {"delivered"}
    assert moody.taken == Counter(delivery.body for delivery in deliveries)
    assert set(moody.taken.values()) == {1}
    assert len(moody.failed) == len(_MOODS)
    tried = sum(moody.taken.values()) + sum(moody.failed.values())
    print(f"\n{webhooks} webhooks, {tried} requests, {dict(moody.failed)}")  # noqa: T201


@pytest.mark.slow
@pytest.mark.parametrize(
    "webhooks", [500, pytest.param(10_000, marks=pytest.mark.soak)], ids=lambda number: f"{number} webhooks"
)
def test_memory_does_not_grow_with_webhooks(tmp_path: Path, webhooks: int) -> None:
    """Not with those that were made, nor with attempts that fail: what is kept of them is on the disk."""
    chance = Random(1)
    receiver = CallableReceiver(lambda _: 500 if chance.random() < 1 / 3 else 200)
    with Emulator(data=tmp_path) as emulator:
        sandbox = emulator.create(at=START, speed=None, at_once=True)
        sandbox.webhooks.connect(RECEIVER, receiver)
        held: list[int] = []
        tracemalloc.start()
        try:
            for _ in range(3):
                for number in range(webhooks // 2):
                    sandbox.people.say(SHEENA, f"Hello {number}")
                sandbox.clock.advance(timedelta(days=8))
                held.append(tracemalloc.get_traced_memory()[0])
        finally:
            tracemalloc.stop()

    print(f"\n{webhooks} webhooks more, {held[-1] - held[0]:,} bytes more")  # noqa: T201
    assert held[-1] - held[0] < MOST_GROWTH


@pytest.mark.parametrize(
    "hours", [6, pytest.param(0.02, marks=pytest.mark.soak)], ids=lambda hours: f"one every {hours} hours"
)
def test_a_receiver_that_was_down_for_two_days_gets_what_it_missed(sandbox: Sandbox, hours: float) -> None:
    """Each webhook comes once, at its first attempt after the receiver is back."""
    every, made_at = timedelta(hours=hours), list[datetime]()
    with refusing() as url:
        sandbox.webhooks.connect(url.replace("/hook", "/webhook"))
        while sandbox.clock.now() < START + DOWN:
            sandbox.people.say(SHEENA, f"Hello {len(made_at)}")
            made_at.append(sandbox.clock.now())
            sandbox.clock.advance(min(every, START + DOWN - sandbox.clock.now()))

    inbox = Inbox(sandbox)
    port = int(url.split(":")[2].split("/")[0])
    with Server(webhook_app(inbox), port=port):
        sandbox.clock.advance(timedelta(days=8))

    came = dict(zip(inbox.events, inbox.instants, strict=True))
    assert len(came) == len(inbox.events) == len(made_at)
    assert [came[f"text Hello {number}"] for number in range(len(made_at))] == [
        first_attempt_after(at, START + DOWN) for at in made_at
    ]
    assert inbox.instants == sorted(inbox.instants)
    assert {delivery.state for delivery in sandbox.webhooks.all()} == {"delivered"}


def first_attempt_after(made: datetime, back: datetime) -> datetime:
    """When a webhook made at an instant is first attempted after another, by its retries."""
    at, waits = made, iter(BACK_OFF)
    while at <= back:
        at += next(waits, BACK_OFF[-1])
    return at
