"""Exchanges under way can be broken off from another thread, whatever they wait for."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from kit.hosts import Visit, full, host, resolving_slowly
from kit.identities import SHEENA
from kit.receivers import Inbox
from kit.sandboxes import point_webhooks, send

from emulator import Emulator, Sandbox, Webhook
from emulator.domain.content.kinds import KINDS
from emulator.domain.errors import GraphError
from emulator.domain.messages.outbound import FreeForm
from emulator.sandbox.network.connection import Connection
from emulator.sandbox.network.deadline import Deadline
from emulator.sandbox.network.problems import Aborted, ConnectionClosed
from emulator.sandbox.network.urls import read_url
from emulator.sandbox.webhooks.receiver import DeliveryAborted
from emulator.sandbox.webhooks.receivers import CallableReceiver

FOREVER = timedelta(hours=1)
BROKEN_OFF = "broken off, because the emulator is stopping"
Waiting = Callable[[Event], AbstractContextManager[str]]


@contextmanager
def hanging(reached: Event) -> Iterator[str]:
    """A receiver that has the webhook and says nothing."""

    def behave(visit: Visit) -> None:
        visit.read()
        reached.set()
        visit.wait()

    with host(behave) as made:
        yield made.url


@contextmanager
def dripping(reached: Event) -> Iterator[str]:
    """A receiver in the middle of its answer."""

    def behave(visit: Visit) -> None:
        visit.read()
        visit.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
        reached.set()
        visit.wait()

    with host(behave) as made:
        yield made.url


@contextmanager
def shaking_hands(reached: Event) -> Iterator[str]:
    """A receiver that takes the greeting of TLS and does not return it."""

    def behave(visit: Visit) -> None:
        reached.set()
        visit.wait()

    with host(behave) as made:
        yield made.url.replace("http:", "https:")


@contextmanager
def looked_up(reached: Event, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A name that a name server does not answer for."""
    with resolving_slowly(monkeypatch, "slow.test", reached):
        yield "http://slow.test/hook"


@contextmanager
def connecting(reached: Event) -> Iterator[str]:
    """A port whose queue is full."""
    with full() as url:
        reached.set()
        yield url


@pytest.fixture(
    params=[hanging, dripping, shaking_hands, looked_up, connecting], ids=lambda each: each.__name__
)
def waited_for(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Waiting:
    """What an exchange waits for, with an event that says when it does."""
    if request.param is looked_up:
        return lambda reached: looked_up(reached, monkeypatch)
    waiting: Waiting = request.param
    return waiting


def in_a_thread(act: Callable[[], object]) -> tuple[Thread, list[BaseException]]:
    raised: list[BaseException] = []

    def run() -> None:
        try:
            act()
        except BaseException as problem:
            raised.append(problem)

    thread = Thread(target=run, daemon=True)
    thread.start()
    return thread, raised


def test_a_delivery_under_way_is_broken_off(sandbox: Sandbox, waited_for: Waiting) -> None:
    """Its attempt has failed, and says so; it would have waited for an hour."""
    sandbox.change_settings(webhook_timeout=FOREVER)
    reached = Event()
    with waited_for(reached) as url:
        point_webhooks(sandbox, url)
        sandbox.people.say(SHEENA, "Hello")
        thread, raised = in_a_thread(sandbox.settle)
        assert reached.wait(5)

        sandbox.services.receivers.abort()
        thread.join(5)

    assert (thread.is_alive(), raised) == (False, [])
    (attempt,) = sandbox.webhooks.attempts(1)
    assert (attempt.status, attempt.problem) == (None, BROKEN_OFF)


def test_a_connection_is_broken_off_before_it_connects() -> None:
    """The system has nothing to end yet: it ends when it begins to wait, and not after its hour."""
    with full() as url:
        target = read_url(url)
        connection = Connection(target, socket.AF_INET)
        connection.interrupt()

        with pytest.raises(ConnectionClosed):
            connection.connect((target.host, target.port), Deadline(FOREVER.total_seconds()))
        connection.close()


def test_a_handshake_under_way_is_broken_off(sandbox: Sandbox) -> None:
    """The call that waits for it is refused."""
    sandbox.change_settings(webhook_timeout=FOREVER)
    reached = Event()
    with hanging(reached) as url:
        thread, raised = in_a_thread(lambda: sandbox.webhooks.verify(url, "token"))
        assert reached.wait(5)

        sandbox.services.receivers.abort()
        thread.join(5)

    assert not thread.is_alive()
    assert [type(each) for each in raised] == [GraphError]


def test_a_download_under_way_is_broken_off_and_its_message_waits(
    tmp_path: Path, waited_for: Waiting
) -> None:
    """A kept sandbox fetches it at its next start: what was answered with 200 is not lost by stopping."""
    reached = Event()
    with Emulator(data=tmp_path) as first, waited_for(reached) as url:
        sandbox = first.create(speed=None, at_once=True)
        sandbox.change_settings(media_timeout=FOREVER)
        sandbox.people.say(SHEENA, "Hello")
        send(sandbox, FreeForm(KINDS["image"], {"link": url}))
        thread, raised = in_a_thread(sandbox.settle)
        assert reached.wait(5)

        sandbox.services.receivers.abort()
        thread.join(5)

        assert (thread.is_alive(), raised) == (False, [])
        assert sandbox.messages.all(outbound=True)[-1].status == "accepted"

    with Emulator(data=tmp_path) as second:
        (taken_up,) = second.take_up()
        taken_up.change_settings(media_timeout=timedelta(0))
        taken_up.settle()

        assert taken_up.messages.all(outbound=True)[-1].status == "failed"


def test_nothing_begins_after_an_abort(sandbox: Sandbox, inbox: Inbox) -> None:
    """Neither over the network nor in this process; aborting again changes nothing."""
    received: list[Webhook] = []
    receivers = sandbox.services.receivers
    receivers.connect("http://receiver.test", CallableReceiver(received.append))
    receivers.abort()
    receivers.abort()

    for url in ("http://receiver.test", "http://127.0.0.1:1"):
        with pytest.raises(DeliveryAborted, match=BROKEN_OFF):
            receivers.of(url)
    sandbox.people.say(SHEENA, "Hello")
    sandbox.settle()

    assert (received, inbox.webhooks) == ([], [])
    assert [attempt.problem for attempt in sandbox.webhooks.attempts(1)] == [BROKEN_OFF]


def test_an_abort_closes_connections_that_are_kept(sandbox: Sandbox) -> None:
    """The receiver sees the end of the connection, and no further exchange uses it."""
    client, ended = sandbox.services.receivers.client, Event()

    def behave(visit: Visit) -> None:
        visit.answer()
        visit.wait()
        ended.set()

    def post(url: str) -> None:
        with client.exchange("POST", read_url(url), {}, Deadline(60), keep=True) as answer:
            answer.read(100)

    with host(behave) as made:
        post(made.url)
        client.abort()

        assert ended.wait(5)
        with pytest.raises(Aborted):
            post(made.url)


def test_what_was_answered_before_the_abort_stays_answered(sandbox: Sandbox) -> None:
    """An abort changes nothing about what is over."""
    with host(lambda visit: visit.answer()) as made:
        sandbox.webhooks.connect(made.url)
        sandbox.people.say(SHEENA, "Hello")
        sandbox.settle()

        sandbox.services.receivers.abort()
        sandbox.settle()

    assert [(attempt.status, attempt.problem) for attempt in sandbox.webhooks.attempts(1)] == [(200, None)]
