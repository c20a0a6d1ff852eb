"""time-machine and the sandbox: one time, whoever moves it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest
import time_machine
from kit.messages import LIFE
from kit.plugin import FROZEN, LIMIT, STEPS, later, send, slow_sheena
from kit.receivers import Inbox

from emulator import TimeGoesForward, Webhook
from emulator.testing.whatsapp import WhatsApp

pytest_plugins = ("pytester",)


@pytest.fixture
def travelling() -> Iterator[time_machine.Traveller]:
    """A process whose time stands still where the tests freeze theirs."""
    with time_machine.travel(FROZEN, tick=False) as traveller:
        yield traveller


# the sandbox leads


def test_advance_moves_the_process(whatsapp: WhatsApp, travelling: time_machine.Traveller) -> None:
    """``datetime.now()`` of the app under test is the sandbox's time."""
    whatsapp.clock.advance(hours=25)

    assert datetime.now(UTC) == whatsapp.clock.now() == later(hours=25)
    assert repr(whatsapp.clock) == "<Clock 2026-12-02T09:00:00+00:00 following>"


def test_a_receiver_sees_each_event_at_its_instant(
    whatsapp: WhatsApp, travelling: time_machine.Traveller, inbox: Inbox
) -> None:
    """While time passes, ``datetime.now()`` in the app is the simulated instant of what it is told."""
    slow_sheena(whatsapp)
    send(whatsapp, "Hi!")

    whatsapp.clock.advance(hours=25)

    assert inbox.events == ["text Hello", *LIFE]
    assert inbox.seen_at == inbox.stamps == [FROZEN, *STEPS]


def test_travel_and_next_move_the_process(whatsapp: WhatsApp, travelling: time_machine.Traveller) -> None:
    """Every way of letting time pass does."""
    whatsapp.clock.travel_to("2026-12-02T10:00:00Z")
    there = datetime.now(UTC)
    slow_sheena(whatsapp)
    send(whatsapp, "Hi!")
    whatsapp.clock.advance_to_next()

    assert [there, datetime.now(UTC)] == [
        datetime(2026, 12, 2, 10, tzinfo=UTC),
        datetime(2026, 12, 2, 10, 1, tzinfo=UTC),
    ]


def test_the_time_zone_of_the_journey_stays(whatsapp: WhatsApp) -> None:
    """Moving it changes the time alone."""
    with time_machine.travel("2026-12-01T08:00:00+00:00", tick=False):
        before = datetime.now().astimezone().utcoffset()
        whatsapp.clock.advance(hours=1)

        assert datetime.now().astimezone().utcoffset() == before


def test_advance_moves_a_ticking_journey(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """Real time passes in it, and every event comes at its instant or just after it."""
    with time_machine.travel(FROZEN):
        slow_sheena(whatsapp)
        send(whatsapp, "Hi!")
        first, second = whatsapp.clock.now(), whatsapp.clock.now()

        whatsapp.clock.advance(hours=25)

        assert FROZEN <= first < second < later(minutes=1)
        assert later(hours=25) <= whatsapp.clock.now() <= datetime.now(UTC) < later(hours=26)
    assert inbox.events == ["text Hello", *LIFE]
    assert all(seen >= stamp for seen, stamp in zip(inbox.seen_at, inbox.stamps, strict=True))


# the test leads


@pytest.mark.parametrize("delta", [180, 180.0, timedelta(minutes=3)], ids=["int", "float", "timedelta"])
def test_a_shift_delivers_what_became_due_at_once(
    whatsapp: WhatsApp, travelling: time_machine.Traveller, inbox: Inbox, delta: float | timedelta
) -> None:
    """Without ``settle``, each webhook with its own timestamp."""
    slow_sheena(whatsapp)
    send(whatsapp, "Hi!")

    travelling.shift(delta)

    assert inbox.events == ["text Hello", *LIFE]
    assert inbox.stamps == [FROZEN, *STEPS]


def test_move_to_delivers_what_became_due_at_once(
    whatsapp: WhatsApp, travelling: time_machine.Traveller, inbox: Inbox
) -> None:
    """As far as it goes."""
    slow_sheena(whatsapp)
    send(whatsapp, "Hi!")

    travelling.move_to(later(minutes=2))

    assert inbox.events == ["text Hello", "sent", "delivered"]
    assert whatsapp.clock.now() == later(minutes=2)


def test_a_move_into_the_past_is_refused(whatsapp: WhatsApp, travelling: time_machine.Traveller) -> None:
    """Where the mistake is made."""
    whatsapp.person().says("Hello")

    with pytest.raises(TimeGoesForward):
        travelling.shift(timedelta(hours=-1))


def test_a_shift_in_another_thread_is_heard(
    whatsapp: WhatsApp, travelling: time_machine.Traveller, inbox: Inbox
) -> None:
    """The one who moves time delivers."""
    slow_sheena(whatsapp)
    send(whatsapp, "Hi!")

    thread = Thread(target=travelling.shift, args=(timedelta(minutes=3),))
    thread.start()
    thread.join(LIMIT)

    assert inbox.events == ["text Hello", *LIFE]


def test_a_receiver_may_shift(whatsapp: WhatsApp, travelling: time_machine.Traveller) -> None:
    """What became due comes when the walk goes on, each at its own timestamp."""
    inbox = Inbox()

    def receive(webhook: Webhook) -> None:
        inbox(webhook)
        if inbox.events[-1] == "sent":
            travelling.shift(timedelta(seconds=30))

    whatsapp.deliver_to(receive)
    slow_sheena(whatsapp)
    send(whatsapp, "Hi!")

    whatsapp.clock.advance(minutes=3)

    assert datetime.now(UTC) == later(minutes=3)
    assert inbox.stamps == [FROZEN, *STEPS]


def test_live_webhooks_follow_a_shift(whatsapp: WhatsApp, travelling: time_machine.Traveller) -> None:
    """While the sandbox goes on by itself, a move still carries out what it makes due."""
    inbox, read = Inbox(), Event()

    def receive(webhook: Webhook) -> None:
        inbox(webhook)
        if inbox.events[-1] == "read":
            read.set()

    whatsapp.deliver_to(receive)
    with whatsapp.live():
        slow_sheena(whatsapp)
        send(whatsapp, "Hi!")
        travelling.shift(timedelta(minutes=3))
        came = read.wait(LIMIT)

    assert came
    assert inbox.stamps == [FROZEN, *STEPS]


# how a journey begins and ends


def test_a_journey_as_a_decorator(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """Also to a time before the sandbox's own beginning, while nothing has happened."""

    @time_machine.travel("2012-01-14T00:00:00+00:00", tick=False)
    def travel() -> None:
        whatsapp.person("Maria", "+16505550199").says("Hello")
        whatsapp.settle()

    travel()

    assert inbox.stamps == [datetime(2012, 1, 14, tzinfo=UTC)]


def test_the_innermost_journey_counts(whatsapp: WhatsApp, travelling: time_machine.Traveller) -> None:
    """It leads, and is moved, while it lasts."""
    with time_machine.travel("2026-12-05T10:00:00+00:00", tick=False):
        whatsapp.clock.advance(hours=1)

        assert datetime.now(UTC) == whatsapp.clock.now() == datetime(2026, 12, 5, 11, tzinfo=UTC)
    assert datetime.now(UTC) == FROZEN


def test_after_the_journey_the_sandbox_stands_still(whatsapp: WhatsApp) -> None:
    """At the last instant it saw, until somebody moves it."""
    with time_machine.travel(FROZEN, tick=False) as traveller:
        whatsapp.person().says("Hello")
        traveller.shift(90)

    whatsapp.clock.advance(seconds=30)

    assert whatsapp.clock.now() == later(seconds=120)
    assert whatsapp.sandbox.clock.mode == "frozen"


# its fixture and its marker


def test_the_fixture_and_the_marker(pytester: pytest.Pytester) -> None:
    """A journey that the plugin of time-machine begins and moves."""
    pytester.makepyfile(
        """
        from datetime import UTC, datetime, timedelta

        import pytest

        def test_the_fixture(whatsapp, time_machine):
            told = []
            whatsapp.deliver_to(told.append)
            time_machine.move_to("2026-12-01T08:00:00+00:00", tick=False)
            whatsapp.person().says("Hello")
            time_machine.shift(timedelta(hours=1))
            assert len(told) == 1
            whatsapp.clock.advance(hours=24)
            assert datetime.now(UTC) == whatsapp.clock.now() == datetime(2026, 12, 2, 9, tzinfo=UTC)

        @pytest.mark.time_machine("2026-12-01T08:00:00+00:00", tick=False)
        def test_the_marker(whatsapp):
            assert whatsapp.clock.now() == datetime(2026, 12, 1, 8, tzinfo=UTC)
            whatsapp.clock.advance(hours=1)
            assert datetime.now(UTC) == datetime(2026, 12, 1, 9, tzinfo=UTC)

        def test_afterwards(whatsapp):
            assert whatsapp.clock.now() == datetime(2026, 11, 2, 9, tzinfo=UTC)
        """
    )

    pytester.runpytest("-p", "no:cacheprovider").assert_outcomes(passed=3)
