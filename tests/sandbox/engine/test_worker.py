"""A sandbox that goes on by itself: due work and webhooks, which never wait for each other."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Event

import pytest
from kit.graph import Graph, graph_of
from kit.identities import PABLO, RECEIVER, SHEENA
from kit.messages import order_shipped
from kit.receivers import words_of
from kit.sandboxes import notes, send, statuses
from kit.times import START, after, seconds

from emulator import Emulator, Sandbox, Webhook
from emulator.sandbox.engine import pool
from emulator.sandbox.engine.advance import CalledFromReceiver
from emulator.sandbox.engine.pool import POOL
from emulator.sandbox.webhooks.receivers import CallableReceiver

PATIENCE = 10.0
"""Seconds of real time after which a test gives up."""


@pytest.fixture
def pumping() -> Iterator[Emulator]:
    with Emulator(worker=True) as made:
        yield made


@pytest.fixture
def running(pumping: Emulator) -> Sandbox:
    """A thousand simulated seconds pass in a real one."""
    return pumping.create(at=START, speed=1000.0)


@pytest.fixture
def frozen(pumping: Emulator) -> Sandbox:
    """Its clock stands still, and people answer in the same instant."""
    return pumping.create(at=START, speed=None, at_once=True)


class Expecting:
    """A receiver that tells when it has heard what the test waits for."""

    def __init__(
        self, sandbox: Sandbox, *wanted: str, then: Callable[[Webhook], int | None] | None = None
    ) -> None:
        self.heard: list[str] = []
        self._missing = list(wanted)
        self._came = Event()
        self._then = then
        sandbox.webhooks.connect(RECEIVER, CallableReceiver(self))

    def __call__(self, webhook: Webhook) -> int | None:
        answer = self._then(webhook) if self._then else None
        if answer in (None, 200):
            self.heard += (words := list(words_of(webhook.json)))
            for word in words:
                if word in self._missing:
                    self._missing.remove(word)
            if not self._missing:
                self._came.set()
        return answer

    def wait(self) -> list[str]:
        assert self._came.wait(PATIENCE), f"{self._missing} never came; what came: {self.heard}"
        return self.heard


def test_whoever_only_looks_sees_what_is_due_carried_out(frozen: Sandbox) -> None:
    """As every command does on a clock that stands; and no transaction is begun for it."""
    frozen.people.say(SHEENA, "Hello")
    with frozen.reading():  # nobody else gets the lock
        message_id = send(frozen, "Hello")
        with frozen.looking():
            found = frozen.messages.get(message_id)
            assert not frozen.services.store.database.connection.in_transaction

    assert found.status == "read"


def test_an_advance_counts_every_attempt(pumping: Emulator) -> None:
    """Also those that the thread makes before the advance looks at what is due."""
    sandbox = pumping.create(at=START, speed=None)
    sandbox.webhooks.connect(RECEIVER, CallableReceiver(lambda _: 500))
    sandbox.people.say(SHEENA, "Hello")
    send(sandbox, "Hello back")
    sandbox.settle()
    before = sum(each.attempts for each in sandbox.webhooks.all())

    advances = [sandbox.clock.advance(timedelta(hours=hours)) for hours in (1, 24)]

    made = sum(each.attempts for each in sandbox.webhooks.all())
    assert sum(advance.deliveries for advance in advances) == made - before


def test_a_running_sandbox_delivers_by_itself(running: Sandbox) -> None:
    """In the order and at the pace of its clock, nobody moves it."""
    receiver = Expecting(running, "read")
    running.people.say(SHEENA, "Hello")

    send(running, "Hello back")

    assert receiver.wait() == ["text Hello", "sent", "delivered", "read"]
    assert running.clock.now() >= after(7.3)


def test_a_message_keeps_its_own_instants_in_a_running_sandbox(running: Sandbox) -> None:
    """However late the thread wakes, a status tells when it was due."""
    receiver = Expecting(running, "read")
    send(running, order_shipped())
    (message,) = running.messages.all()
    receiver.wait()

    with running.services.command() as store:
        told = [(e.at - message.at, e.summary) for e in store.journal.select(kind="status")]

    assert told == [(seconds(0.4), "sent"), (seconds(1.3), "delivered"), (seconds(7.3), "read")]


def test_a_frozen_sandbox_does_what_is_due_now(frozen: Sandbox) -> None:
    """A clock that stands still is no trap."""
    receiver = Expecting(frozen, "read")

    send(frozen, order_shipped())

    assert receiver.wait() == ["sent", "delivered", "read"]
    assert frozen.clock.now() == START


def test_a_frozen_sandbox_does_nothing_that_is_due_later(pumping: Emulator) -> None:
    """It waits for the clock to be moved."""
    sandbox = pumping.create(at=START, speed=None)
    receiver = Expecting(sandbox, "read")
    send(sandbox, order_shipped())
    sandbox.settle()
    before = list(receiver.heard)

    sandbox.clock.advance(seconds(10))

    assert (before, receiver.wait()) == ([], ["sent", "delivered", "read"])


def test_a_clock_that_is_set_running_catches_up(frozen: Sandbox) -> None:
    """What waited for time comes by itself then."""
    frozen.people.change(SHEENA, habits={"sent_after": 3600})
    receiver = Expecting(frozen, "read")
    send(frozen, order_shipped())
    frozen.settle()

    frozen.clock.run(1_000_000)

    assert receiver.wait() == ["sent", "delivered", "read"]


def test_a_failed_webhook_comes_again_by_itself(running: Sandbox) -> None:
    """After fifteen simulated seconds."""
    answers = iter([500])
    receiver = Expecting(running, "text Hello", then=lambda _: next(answers, 200))

    running.people.say(SHEENA, "Hello")

    assert receiver.wait() == ["text Hello"]
    assert running.clock.now() >= after(15)


def test_settling_waits_for_the_threads(frozen: Sandbox) -> None:
    """When it returns, everything due has been answered; nothing comes twice."""
    receiver = Expecting(frozen)
    for person in (SHEENA, PABLO) * 10:
        frozen.people.say(person, "Hello")
        send(frozen, "Hello back", person)

    frozen.settle()

    assert sorted(receiver.heard) == (
        ["delivered"] * 20 + ["read"] * 10 + ["sent"] * 20 + ["text Hello"] * 20
    )


def test_advancing_keeps_the_instants_while_the_pump_runs(pumping: Emulator) -> None:
    """The receiver sees each webhook at its own simulated moment."""
    sandbox = pumping.create(at=START, speed=None)
    instants = []
    Expecting(sandbox, then=lambda _: instants.append(sandbox.clock.now()))
    send(sandbox, order_shipped())

    sandbox.clock.advance(timedelta(hours=1))

    assert instants == [after(0.4), after(1.3), after(7.3)]


def test_an_answer_does_not_wait_for_a_receiver(pumping: Emulator, frozen: Sandbox) -> None:
    """A receiver that hangs holds up webhooks, and nothing else."""
    reached, release = Event(), Event()

    def hang(_: Webhook) -> None:
        reached.set()
        release.wait(PATIENCE)

    receiver = Expecting(frozen, "text second", then=hang)
    frozen.people.say(SHEENA, "first")
    assert reached.wait(PATIENCE)

    answer = graph_of(pumping).text("Hello back")
    frozen.people.say(SHEENA, "second")
    while_it_hangs = list(receiver.heard)
    release.set()

    assert (answer.status_code, while_it_hangs) == (200, [])
    assert receiver.wait()[0] == "text first"


def test_a_receiver_may_not_settle(frozen: Sandbox) -> None:
    """It runs in the thread that settling would wait for."""
    refusals = []

    def settle(_: Webhook) -> None:
        with pytest.raises(CalledFromReceiver) as refused:
            frozen.settle()
        refusals.append(refused.value)

    receiver = Expecting(frozen, "text Hello", then=settle)
    frozen.people.say(SHEENA, "Hello")

    receiver.wait()
    assert len(refusals) == 1


def test_a_receiver_that_sends_many_messages_does_not_block_itself(
    pumping: Emulator, frozen: Sandbox
) -> None:
    """Calls are held back a little while webhooks pile up, but never for good."""
    api = graph_of(pumping)
    answers: list[int] = []

    def flood(webhook: Webhook) -> None:
        if "text Go" in words_of(webhook.json):
            answers.extend(api.text(f"number {number}").status_code for number in range(40))

    receiver = Expecting(frozen, *["read"] * 40, then=flood)

    frozen.people.say(SHEENA, "Go")

    heard = receiver.wait()
    assert answers == [200] * 40
    assert sorted(heard) == ["delivered"] * 40 + ["read"] * 40 + ["sent"] * 40 + ["text Go"]


@pytest.mark.slow
def test_callers_that_send_many_messages_at_once_lose_none(pumping: Emulator, frozen: Sandbox) -> None:
    """From several threads, while the webhooks go out."""
    receiver = Expecting(frozen, *["read"] * 120)
    frozen.people.say(SHEENA, "Hello")

    def send_many(api: Graph) -> None:
        for number in range(40):
            api.text(str(number))

    callers = [threading.Thread(target=send_many, args=(graph_of(pumping),)) for _ in range(3)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join(PATIENCE)

    receiver.wait()
    assert statuses(frozen) == ["read"] * 120


def test_a_broken_event_does_not_stop_the_pump(running: Sandbox) -> None:
    """It is journalled, and what comes after it is done."""
    with running.services.command() as store:
        store.timeline.plan(START, "of no known kind", "it")
    receiver = Expecting(running, "read")

    send(running, order_shipped())

    receiver.wait()
    assert notes(running, "warning") == ["of no known kind could not be carried out"]


@pytest.mark.parametrize("words", ["something new", "the former"], ids=["other bytes", "the same bytes"])
def test_what_happens_after_a_reset_is_not_taken_for_what_was_under_way(frozen: Sandbox, words: str) -> None:
    """A webhook of the former life that is answered late settles none of the new one, not even its like."""
    reached, release = Event(), Event()

    def hang(_: Webhook) -> None:
        reached.set()
        release.wait(PATIENCE)

    receiver = Expecting(frozen, then=hang)
    frozen.people.say(SHEENA, "the former")
    assert reached.wait(PATIENCE)

    frozen.reset()
    frozen.people.say(SHEENA, words)
    release.set()
    frozen.settle()

    assert receiver.heard == ["text the former", f"text {words}"]


def test_stopping_ends_what_goes_on_by_itself(pumping: Emulator) -> None:
    """The sandbox is then moved by whoever settles."""
    sandbox = pumping.create(at=START)
    receiver = Expecting(sandbox)

    sandbox.worker.stop()
    sandbox.clock.freeze()
    sandbox.people.say(SHEENA, "Hello")
    before = list(receiver.heard)
    sandbox.settle()

    assert (before, receiver.heard) == ([], ["text Hello"])


def test_a_pump_can_be_started_again(frozen: Sandbox) -> None:
    """And twice is once; what is due already is done at once."""
    frozen.worker.stop()
    receiver = Expecting(frozen, "text Hello")
    frozen.people.say(SHEENA, "Hello")

    frozen.worker.start()
    frozen.worker.start()

    assert receiver.wait() == ["text Hello"]


def test_threads_do_not_grow_with_sandboxes(pumping: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of twenty-five goes on by itself, and is done with its webhooks."""
    monkeypatch.setattr(pool, "STALL", PATIENCE)  # a busy machine makes no sandbox one that waits
    monkeypatch.setattr(pool, "SHORTEST_WAIT", PATIENCE)
    sandboxes = [pumping.create(f"s{number}", at=START, speed=1000.0) for number in range(25)]
    receivers = [Expecting(sandbox, "text Hello") for sandbox in sandboxes]

    for sandbox in sandboxes:
        sandbox.people.say(SHEENA, "Hello")
    for receiver in receivers:
        receiver.wait()

    assert POOL.threads <= 10


def test_a_receiver_that_hangs_holds_up_no_other_sandbox(pumping: Emulator) -> None:
    """Nor do ten of them."""
    release = Event()
    reached = [Event() for _ in range(10)]

    def hanging(number: int) -> Callable[[Webhook], None]:
        def hang(_: Webhook) -> None:
            reached[number].set()
            release.wait(PATIENCE)

        return hang

    for number in range(10):
        sandbox = pumping.create(f"hangs-{number}", at=START, speed=None)
        sandbox.webhooks.connect(RECEIVER, CallableReceiver(hanging(number)))
        sandbox.people.say(SHEENA, "Hello")
    for each in reached:
        assert each.wait(PATIENCE)
    sandbox = pumping.create("quick", at=START, speed=None, at_once=True)
    receiver = Expecting(sandbox, "text Hello")

    sandbox.people.say(SHEENA, "Hello")

    assert receiver.wait() == ["text Hello"]
    release.set()


def test_due_work_waits_for_nobody_who_moves_time(frozen: Sandbox) -> None:
    """Its thread is free meanwhile; what is due is done when time is left alone again."""
    receiver = Expecting(frozen, "read")
    services = frozen.services

    with services.scheduler.paused():
        could = services.scheduler.carry_out_due()
        in_thread = Event()
        refused: list[bool] = []

        def look() -> None:
            refused.append(services.scheduler.carry_out_due())
            in_thread.set()

        threading.Thread(target=look, daemon=True).start()
        assert in_thread.wait(PATIENCE)
        send(frozen, order_shipped())

    assert (could, refused) == (True, [False])
    assert receiver.wait() == ["sent", "delivered", "read"]


def test_a_closed_sandbox_is_kept_by_no_thread() -> None:
    """Not even by those that have nothing else to do."""
    with Emulator(worker=True) as emulator:
        sandbox = emulator.create(at=START, speed=1.0)
        receiver = Expecting(sandbox, "text Hello")
        sandbox.people.say(SHEENA, "Hello")
        receiver.wait()
        services = weakref.ref(sandbox.services)
        del sandbox, receiver
        emulator.remove("default")

    gc.collect()
    assert services() is None
