"""How a freeze begins, moves by itself, and ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory
from kit.messages import LIFE
from kit.plugin import FREEZE, FROZEN, STEPS, after, call, later, send, slow_sheena
from kit.receivers import Inbox
from kit.times import MORNING

from emulator import TimeGoesForward
from emulator.testing.whatsapp import WhatsApp

pytest_plugins = ("pytester",)


# how a freeze begins and ends


@freeze_time(FREEZE)
def test_freeze_as_a_decorator(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """The sandbox is at the frozen time when the test begins."""
    whatsapp.person().says("Hello")

    whatsapp.settle()

    assert (whatsapp.clock.now(), inbox.stamps) == (FROZEN, [FROZEN])
    assert repr(whatsapp.clock) == "<Clock 2026-12-01T08:00:00+00:00 following>"


@freeze_time("2012-01-14", as_kwarg="frozen")
def test_freeze_as_a_decorator_in_the_past(whatsapp: WhatsApp, inbox: Inbox, **kwargs: Any) -> None:
    """Before anything happened the sandbox goes to any time, also to one before its own beginning."""
    whatsapp.person("Maria").says("Hello")
    kwargs["frozen"].tick(timedelta(days=1))

    assert inbox.stamps == [datetime(2012, 1, 14, tzinfo=UTC)]
    assert whatsapp.clock.now() == datetime(2012, 1, 15, tzinfo=UTC)


def test_freeze_in_a_fixture_before_the_sandbox(
    frozen: FrozenDateTimeFactory, whatsapp: WhatsApp, inbox: Inbox
) -> None:
    """A sandbox that is made in a frozen process follows it from the beginning."""
    whatsapp.person().says("Hello")
    frozen.tick(1)

    assert (whatsapp.clock.now(), inbox.stamps) == (later(seconds=1), [FROZEN])


def test_freeze_in_the_past_before_anything_happened(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """Looking at the clock is nothing that happened."""
    _ = whatsapp.clock.now()

    with freeze_time("2012-01-14"):
        whatsapp.person().says("Hello")
        whatsapp.settle()

    assert inbox.stamps == [datetime(2012, 1, 14, tzinfo=UTC)]


def test_freeze_in_the_past_after_something_happened(whatsapp: WhatsApp) -> None:
    """Time goes forward only, and the sentence says where the sandbox is; afterwards it goes on."""
    whatsapp.person().says("Hello")

    with freeze_time("2012-01-14"), pytest.raises(TimeGoesForward, match=r"it is 2026-11-02T09:00:00.*reset"):
        whatsapp.settle()

    whatsapp.clock.advance(hours=1)
    assert whatsapp.clock.now() == after(hours=1)


def test_a_call_in_the_past_says_why_it_cannot_be_answered(whatsapp: WhatsApp) -> None:
    """The app under test gets a 500 of Graph; the emulator's own header has the sentence."""
    whatsapp.person().says("Hello")

    with freeze_time("2012-01-14"):
        answer = call(whatsapp, "GET", whatsapp.phone_number_id)

    assert answer.status_code == 500
    assert "time only goes forward" in answer.headers.get("X-Emulator-Hint", "")


def test_after_a_reset_a_freeze_may_be_in_the_past(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """As the sentence promises."""
    whatsapp.person().says("Hello")
    whatsapp.clock.advance(days=3)

    with freeze_time("2012-01-14"):
        whatsapp.sandbox.reset()
        whatsapp.person().says("Hello again")
        whatsapp.settle()

    assert inbox.events == ["text Hello", "text Hello again"]
    assert inbox.stamps[-1] == datetime(2012, 1, 14, tzinfo=UTC)


def test_a_tick_into_the_past_is_refused(whatsapp: WhatsApp) -> None:
    """Where the mistake is made."""
    with freeze_time(FREEZE) as frozen:
        whatsapp.person().says("Hello")

        with pytest.raises(TimeGoesForward):
            frozen.move_to("2026-11-30 08:00:00")


def test_the_innermost_freeze_counts(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """It leads, and is moved, while it lasts."""
    with freeze_time(FREEZE), freeze_time("2026-12-05 10:00:00"):
        whatsapp.person().says("Hello")
        whatsapp.clock.advance(hours=1)

        assert datetime.now(UTC) == whatsapp.clock.now() == datetime(2026, 12, 5, 11, tzinfo=UTC)
    assert inbox.stamps == [datetime(2026, 12, 5, 10, tzinfo=UTC)]


def test_leaving_an_inner_freeze_for_the_past_is_told(whatsapp: WhatsApp) -> None:
    """The outer freeze stands where it stood, and the sandbox cannot go back there."""
    with freeze_time(FREEZE):
        whatsapp.person().says("Hello")
        with freeze_time("2026-12-05 10:00:00"):
            whatsapp.settle()

        with pytest.raises(TimeGoesForward, match="2026-12-05T10:00:00"):
            whatsapp.settle()


def test_after_the_freeze_the_sandbox_stands_still(whatsapp: WhatsApp) -> None:
    """At the last instant it saw, until somebody moves it."""
    with freeze_time(FREEZE) as frozen:
        whatsapp.person().says("Hello")
        frozen.tick(90)

    stood = [whatsapp.clock.now() for _ in range(2)]
    whatsapp.clock.advance(seconds=30)

    assert stood == [later(seconds=90)] * 2
    assert whatsapp.clock.now() == later(seconds=120)
    assert whatsapp.sandbox.clock.mode == "frozen"


def test_a_freeze_may_follow_another(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """A later one takes the sandbox along, and delivers what became due in between."""
    with freeze_time(FREEZE):
        slow_sheena(whatsapp)
        send(whatsapp, "Hi!")
    with freeze_time("2026-12-02 08:00:00"):
        whatsapp.settle()

    assert inbox.events == ["text Hello", *LIFE]
    assert inbox.stamps == [FROZEN, *STEPS]


def test_a_test_after_a_freeze_begins_anew(whatsapp: WhatsApp) -> None:
    """Nothing of a freeze is left: the next test begins where it was told."""
    assert whatsapp.clock.now() == MORNING


# freezes that move by themselves


def test_looking_does_not_move_an_auto_ticking_freeze(whatsapp: WhatsApp) -> None:
    """The emulator reads the frozen time without taking a step of it."""
    with freeze_time(FREEZE, auto_tick_seconds=15):
        whatsapp.person().says("Hello")
        send(whatsapp, "Hi!")
        whatsapp.settle()
        looked = [whatsapp.clock.now() for _ in range(3)]

        assert looked == [FROZEN] * 3
        assert datetime.now(UTC) == FROZEN


def test_an_auto_ticking_freeze_takes_the_sandbox_along(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """What its steps made due comes at the next ``settle``; its own ``tick`` is heard at once."""
    with freeze_time(FREEZE, auto_tick_seconds=60) as frozen:
        slow_sheena(whatsapp)
        send(whatsapp, "Hi!")
        inbox.seen_at.clear()
        for _ in range(2):
            datetime.now(UTC)
        unsettled = len(inbox.webhooks)
        whatsapp.settle()
        settled = len(inbox.webhooks)
        frozen.tick(3600)

    assert (unsettled, settled > unsettled) == (1, True)
    assert inbox.events == ["text Hello", *LIFE]


def test_advance_moves_an_auto_ticking_freeze(whatsapp: WhatsApp) -> None:
    """By as much as it was told."""
    with freeze_time(FREEZE, auto_tick_seconds=15):
        whatsapp.clock.advance(hours=25)

        assert whatsapp.clock.now() == later(hours=25)
        assert datetime.now(UTC) == later(hours=25)


def test_a_ticking_freeze_takes_the_sandbox_along(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """Real time passes in it, from the frozen instant on."""
    with freeze_time(FREEZE, tick=True) as frozen:
        slow_sheena(whatsapp)
        send(whatsapp, "Hi!")
        first = whatsapp.clock.now()
        second = whatsapp.clock.now()

        frozen.tick(timedelta(hours=1))

        assert FROZEN < first < second < later(minutes=1)
        assert whatsapp.clock.now() >= later(hours=1)
    assert inbox.events == ["text Hello", *LIFE]


def test_advance_moves_a_ticking_freeze(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """And every event comes at its instant or just after it."""
    with freeze_time(FREEZE, tick=True):
        slow_sheena(whatsapp)
        send(whatsapp, "Hi!")

        whatsapp.clock.advance(hours=25)

        assert datetime.now(UTC) >= later(hours=25)
    assert inbox.events == ["text Hello", *LIFE]
    assert all(seen >= stamp for seen, stamp in zip(inbox.seen_at, inbox.stamps, strict=True))


def test_a_small_tick_of_a_ticking_freeze_is_no_way_back(whatsapp: WhatsApp) -> None:
    """freezegun drops the real time that has passed since it began; the sandbox keeps its own and goes on."""
    with freeze_time(FREEZE, tick=True) as frozen:
        whatsapp.person().says("Hello")
        before = whatsapp.clock.now()

        frozen.tick(timedelta(microseconds=1))
        whatsapp.settle()

        assert whatsapp.clock.now() >= before


# freezegun itself


def test_freezegun_imported_late_is_heard_at_once(pytester: pytest.Pytester) -> None:
    """A test that imports it in its own body is followed from its first tick on."""
    pytester.makepyfile(
        """
        import sys
        from datetime import timedelta

        def test_it(whatsapp):
            assert "freezegun" not in sys.modules
            from freezegun import freeze_time

            told = []
            whatsapp.deliver_to(told.append)
            with freeze_time("2026-12-01 08:00:00") as frozen:
                whatsapp.person().says("Hello")
                frozen.tick(timedelta(seconds=1))
                assert len(told) == 1
        """
    )

    result = pytester.runpytest_subprocess()

    result.assert_outcomes(passed=1)


def test_freezegun_imported_late_is_caught_up_with_at_settle(pytester: pytest.Pytester) -> None:
    """Whatever was missed of its moves."""
    pytester.makepyfile(
        """
        from datetime import timedelta

        def test_it(whatsapp):
            from freezegun import freeze_time

            told = []
            whatsapp.deliver_to(told.append)
            with freeze_time("2026-12-01 08:00:00") as frozen:
                whatsapp.person().says("Hello")
                frozen.tick(timedelta(seconds=1))
                whatsapp.settle()
                assert (len(told), whatsapp.clock.now().second) == (1, 1)
        """
    )

    result = pytester.runpytest_subprocess()

    result.assert_outcomes(passed=1)


def test_freezegun_gets_its_own_methods_back(pytester: pytest.Pytester) -> None:
    """After the session nothing of the plugin is left in it."""
    pytester.makepyfile(
        """
        from freezegun import freeze_time

        def test_it(whatsapp):
            with freeze_time("2026-12-01") as frozen:
                assert hasattr(type(frozen).tick, "__wrapped__")
        """
    )
    pytester.makeconftest(
        """
        from freezegun.api import FrozenDateTimeFactory

        def pytest_unconfigure():
            print("wrapped:", hasattr(FrozenDateTimeFactory.tick, "__wrapped__"))
        """
    )

    result = pytester.runpytest_subprocess("-s")

    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["*wrapped: False*"])
