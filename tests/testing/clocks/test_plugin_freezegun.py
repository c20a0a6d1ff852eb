"""freezegun and the sandbox: one time, whoever moves it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import httpx
import pytest
from freezegun import freeze_time
from kit.identities import SHEENA
from kit.messages import LIFE, text_message
from kit.plugin import FREEZE, FROZEN, LIMIT, STEPS, later, send, slow_sheena
from kit.receivers import Inbox, webhook_app

from emulator import Server, Webhook
from emulator.testing.whatsapp import WhatsApp

pytest_plugins = ("pytester",)


@pytest.fixture
def served(whatsapp: WhatsApp) -> Iterator[Inbox]:
    """A receiver behind a real server: its webhooks are taken in threads of its own."""
    inbox = Inbox()
    with Server(webhook_app(inbox)) as server:
        whatsapp.deliver_to(f"{server.url}/webhook")
        yield inbox


# the sandbox leads


def test_advance_moves_the_frozen_process(whatsapp: WhatsApp) -> None:
    """``datetime.now()`` of the app under test is the sandbox's time."""
    with freeze_time(FREEZE):
        whatsapp.clock.advance(hours=25)

        assert datetime.now(UTC) == whatsapp.clock.now() == later(hours=25)


def test_travel_and_next_move_the_frozen_process(whatsapp: WhatsApp) -> None:
    """Every way of letting time pass does."""
    with freeze_time(FREEZE):
        whatsapp.clock.travel_to("2026-12-02T10:00:00Z")
        there = datetime.now(UTC)
        slow_sheena(whatsapp)
        send(whatsapp, "Hi!")
        whatsapp.clock.advance_to_next()

        assert there == datetime(2026, 12, 2, 10, tzinfo=UTC)
        assert datetime.now(UTC) == datetime(2026, 12, 2, 10, 1, tzinfo=UTC)


def test_without_a_freeze_advance_leaves_the_process_alone(whatsapp: WhatsApp) -> None:
    """Only the sandbox's time moves."""
    before = datetime.now(UTC)

    whatsapp.clock.advance(days=365)

    assert datetime.now(UTC) - before < timedelta(days=1)


def test_a_receiver_sees_each_event_at_its_instant(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """While time passes, ``datetime.now()`` in the app is the simulated instant of what it is told."""
    with freeze_time(FREEZE):
        slow_sheena(whatsapp)
        send(whatsapp, "Hi!")

        whatsapp.clock.advance(hours=25)

    assert inbox.events == ["text Hello", *LIFE]
    assert inbox.seen_at == inbox.stamps == [FROZEN, *STEPS]


def test_a_receiver_in_another_thread_sees_each_event_at_its_instant(
    whatsapp: WhatsApp, served: Inbox
) -> None:
    """A server of the same process, with threads of its own."""
    with freeze_time(FREEZE):
        slow_sheena(whatsapp)
        send(whatsapp, "Hi!")

        whatsapp.clock.advance(hours=25)

    assert served.events == ["text Hello", *LIFE]
    assert served.seen_at == served.stamps == [FROZEN, *STEPS]


def test_a_receiver_that_answers_does_so_at_that_instant(whatsapp: WhatsApp) -> None:
    """What the app sends from a webhook carries the instant of the webhook."""
    whatsapp.person(sent_after=0, delivered_after=0, read_after=60)

    def answer(webhook: Webhook) -> None:
        for status in webhook.json["entry"][0]["changes"][0]["value"].get("statuses", ()):
            if status["status"] == "read" and len(whatsapp.messages.sent) < 2:
                send(whatsapp, "You have read it!")

    whatsapp.deliver_to(answer)
    with freeze_time(FREEZE):
        whatsapp.person().says("Hello")
        send(whatsapp, "Hi!")

        whatsapp.clock.advance(hours=1)

    assert [message.at for message in whatsapp.messages.sent] == [FROZEN, later(minutes=1)]
    assert whatsapp.messages.last.status == "read"


# the test leads


def test_a_tick_delivers_what_became_due_at_once(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """Without ``settle``, each webhook with its own timestamp."""
    with freeze_time(FREEZE) as frozen:
        slow_sheena(whatsapp)
        send(whatsapp, "Hi!")

        frozen.tick(timedelta(minutes=2))
        first = list(inbox.events)
        frozen.tick(timedelta(minutes=1))

    assert first == ["text Hello", "sent", "delivered"]
    assert inbox.events == ["text Hello", *LIFE]
    assert inbox.stamps == [FROZEN, *STEPS]


@pytest.mark.parametrize("seconds", [180, 180.0, timedelta(minutes=3)], ids=["int", "float", "timedelta"])
def test_a_tick_of_any_kind_is_heard_once(
    whatsapp: WhatsApp, inbox: Inbox, seconds: float | timedelta
) -> None:
    """freezegun carries some of them out by calling itself again."""
    with freeze_time(FREEZE) as frozen:
        slow_sheena(whatsapp)
        send(whatsapp, "Hi!")

        frozen.tick(seconds)

        assert inbox.events == ["text Hello", *LIFE]
        assert whatsapp.clock.now() == later(minutes=3)


def test_move_to_delivers_what_became_due_at_once(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """As a tick does."""
    with freeze_time(FREEZE) as frozen:
        slow_sheena(whatsapp)
        send(whatsapp, "Hi!")

        frozen.move_to("2026-12-02 09:00:00")

    assert inbox.events == ["text Hello", *LIFE]
    assert inbox.stamps == [FROZEN, *STEPS]
    assert whatsapp.clock.now() == later(hours=25)


def test_a_tick_closes_the_window(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """The rules follow the frozen process."""
    with freeze_time(FREEZE) as frozen:
        whatsapp.person().says("Hello")
        frozen.tick(timedelta(hours=25))

        send(whatsapp, "Still there?")
        whatsapp.settle()

    assert inbox.events == ["text Hello", "failed 131047"]


def _send_in_another_thread(whatsapp: WhatsApp) -> None:
    """Send through the server, from a thread that is not the test's."""

    def post() -> None:
        httpx.post(
            f"{whatsapp.url}/v23.0/{whatsapp.phone_number_id}/messages",
            json=text_message(SHEENA, "Hi!"),
            headers={"Authorization": f"Bearer {whatsapp.token}"},
            trust_env=False,
        ).raise_for_status()

    thread = Thread(target=post)
    thread.start()
    thread.join(LIMIT)
    assert whatsapp.messages.sent.texts == ["Hi!"]


def test_a_send_from_another_thread_follows_a_tick(whatsapp: WhatsApp, served: Inbox) -> None:
    """Whichever thread the app works in."""
    with freeze_time(FREEZE) as frozen:
        slow_sheena(whatsapp)
        _send_in_another_thread(whatsapp)

        frozen.tick(timedelta(minutes=3))

    assert served.events == ["text Hello", *LIFE]
    assert served.stamps == [FROZEN, *STEPS]


def test_a_send_from_another_thread_follows_advance(whatsapp: WhatsApp, served: Inbox) -> None:
    """And the app sees each event at its instant."""
    with freeze_time(FREEZE):
        slow_sheena(whatsapp)
        _send_in_another_thread(whatsapp)

        whatsapp.clock.advance(minutes=3)

    assert served.events == ["text Hello", *LIFE]
    assert served.seen_at == served.stamps == [FROZEN, *STEPS]


def test_a_tick_in_another_thread_is_heard(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """The one who moves time delivers."""
    with freeze_time(FREEZE) as frozen:
        slow_sheena(whatsapp)
        send(whatsapp, "Hi!")

        thread = Thread(target=frozen.tick, args=(timedelta(minutes=3),))
        thread.start()
        thread.join(LIMIT)

        assert inbox.events == ["text Hello", *LIFE]


def test_a_receiver_may_tick(whatsapp: WhatsApp) -> None:
    """The freeze moves; what became due comes when the walk goes on, each at its own timestamp."""
    inbox = Inbox()

    def receive(webhook: Webhook) -> None:
        inbox(webhook)
        if inbox.events[-1] == "sent":
            frozen.tick(timedelta(seconds=30))

    whatsapp.deliver_to(receive)
    with freeze_time(FREEZE) as frozen:
        slow_sheena(whatsapp)
        send(whatsapp, "Hi!")

        whatsapp.clock.advance(minutes=3)

        assert datetime.now(UTC) == later(minutes=3)
    assert inbox.stamps == [FROZEN, *STEPS]


def test_a_receiver_in_another_thread_may_tick(whatsapp: WhatsApp) -> None:
    """The walk that waits for its answer goes on, and nothing is told twice."""
    whatsapp.sandbox.change_settings(webhook_timeout=timedelta(seconds=2))
    inbox = Inbox()
    take = inbox.take

    def take_and_tick(webhook: Webhook) -> int:
        status = take(webhook)
        if inbox.events[-1] == "sent":
            frozen.tick(timedelta(seconds=30))
        return status

    inbox.take = take_and_tick  # type: ignore[method-assign]
    with Server(webhook_app(inbox)) as server, freeze_time(FREEZE) as frozen:
        whatsapp.deliver_to(f"{server.url}/webhook")
        slow_sheena(whatsapp)
        send(whatsapp, "Hi!")

        whatsapp.clock.advance(minutes=3)

    assert inbox.events == ["text Hello", *LIFE]
    assert [delivery.attempts for delivery in whatsapp.deliveries] == [1] * 4


def test_live_webhooks_follow_a_tick(whatsapp: WhatsApp) -> None:
    """While the sandbox goes on by itself, a tick still carries out what it makes due."""
    inbox, read = Inbox(), Event()

    def receive(webhook: Webhook) -> None:
        inbox(webhook)
        if inbox.events[-1] == "read":
            read.set()

    whatsapp.deliver_to(receive)
    with freeze_time(FREEZE) as frozen, whatsapp.live():
        slow_sheena(whatsapp)
        send(whatsapp, "Hi!")
        frozen.tick(timedelta(minutes=3))
        came = read.wait(LIMIT)

    assert came
    assert inbox.stamps == [FROZEN, *STEPS]
