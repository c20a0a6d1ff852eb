"""The clock of the ``whatsapp`` fixture, and a sandbox that runs by itself."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Event

import pytest
from kit.messages import LIFE
from kit.plugin import LIMIT, after, send
from kit.receivers import Inbox
from kit.times import MORNING

from emulator import TimeGoesForward, Webhook
from emulator.testing.whatsapp import WhatsApp

# time


def test_the_clock_stands_still_until_it_is_moved(whatsapp: WhatsApp) -> None:
    """At the beginning that the plugin documents."""
    moments = [whatsapp.clock.now()]
    whatsapp.clock.advance(hours=25)
    moments.append(whatsapp.clock.now())
    whatsapp.clock.travel_to("2026-11-05T12:00")
    moments.append(whatsapp.clock.now())

    assert moments == [MORNING, after(hours=25), datetime(2026, 11, 5, 12, tzinfo=UTC)]
    assert repr(whatsapp.clock) == "<Clock 2026-11-05T12:00:00+00:00 frozen>"


def test_the_clock_goes_to_what_is_due_next(whatsapp: WhatsApp) -> None:
    """And says what happened."""
    whatsapp.person(sent_after=90).says("Hello")
    send(whatsapp, "Hi!")

    happened = whatsapp.clock.advance_to_next()

    assert (happened.since, happened.until, whatsapp.clock.now()) == (
        MORNING,
        after(seconds=90),
        after(seconds=90),
    )
    assert "sent" in [entry.summary for entry in happened.journal]


def test_time_goes_forward_only(whatsapp: WhatsApp) -> None:
    """The sentence names the way back."""
    with pytest.raises(TimeGoesForward, match="reset"):
        whatsapp.clock.travel_to("2026-11-01")

    with pytest.raises(TimeGoesForward):
        whatsapp.clock.advance(hours=-1)


# live


def test_live_brings_webhooks_without_settle(whatsapp: WhatsApp) -> None:
    """For code that waits for a webhook within one call."""
    inbox, read = Inbox(), Event()

    def receive(webhook: Webhook) -> None:
        inbox(webhook)
        if inbox.events[-1] == "read":
            read.set()

    whatsapp.deliver_to(receive)
    with whatsapp.live():
        whatsapp.person().says("Hello")
        send(whatsapp, "Hi!")
        came = read.wait(LIMIT)

    assert came
    assert inbox.events == ["text Hello", *LIFE]
    assert whatsapp.clock.now() == MORNING


def test_live_lets_the_clock_run_when_told_how_fast(whatsapp: WhatsApp) -> None:
    """An hour of reading passes in a moment, and afterwards the clock stands again."""
    read = Event()
    whatsapp.deliver_to(lambda webhook: read.set() if "read" in webhook.body.decode() else None)
    sheena = whatsapp.person(read_after=3600)
    with whatsapp.live(speed=100_000):
        sheena.says("Hello")
        send(whatsapp, "Hi!")
        came = read.wait(LIMIT)

    stopped = [whatsapp.clock.now() for _ in range(2)]

    assert came
    assert stopped[0] == stopped[1] >= after(hours=1)
    assert whatsapp.sandbox.clock.mode == "frozen"


def test_after_live_a_test_decides_again(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """Nothing comes without ``settle`` once the block is left."""
    with whatsapp.live():
        pass
    whatsapp.person().says("Hello")
    before = list(inbox.events)

    whatsapp.settle()

    assert (before, inbox.events) == ([], ["text Hello"])
