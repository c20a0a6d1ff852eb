"""The report over a stretch of time."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from kit.identities import BEATRIZ, PABLO, PRODUCTION, SHEENA, TEST
from kit.messages import SPRING_SALE, order_shipped
from kit.pricing import lines
from kit.sandboxes import begin, send
from kit.times import HOUR, MICROSECOND

from emulator import Emulator

START = "2026-11-02T09:00:00"


def test_a_message_costs_when_it_is_delivered(emulator: Emulator) -> None:
    """Neither one that failed, nor one that waits, nor a reaction, which is only sent."""
    sandbox, _ = begin(emulator, START)
    sandbox.people.change(PABLO, habits={"delivered_after": 3600})
    said = sandbox.people.say(SHEENA, "Hello")
    send(sandbox, "Too late", to=BEATRIZ)
    send(sandbox, order_shipped(), to=PABLO)
    sandbox.settle()
    assert lines(sandbox) == []

    sandbox.clock.advance(HOUR)

    assert lines(sandbox) == [("utility", "US", None, 1)]
    assert said.status == "received"


def test_each_message_is_counted_once_however_it_was_read(emulator: Emulator) -> None:
    """Reading costs nothing more."""
    sandbox, _ = begin(emulator, START)
    send(sandbox, order_shipped())
    sandbox.settle()
    sandbox.people.read(SHEENA)
    sandbox.settle()

    assert sandbox.pricing.costs().billable() == 1


def test_a_report_is_from_one_instant_until_just_before_another(emulator: Emulator) -> None:
    """What is charged at ``since`` is in it, what is charged at ``until`` is not."""
    sandbox, _ = begin(emulator, START)
    at = sandbox.clock.now()
    send(sandbox, order_shipped())
    sandbox.settle()
    sandbox.clock.advance(HOUR)
    send(sandbox, SPRING_SALE)
    sandbox.settle()

    def counted(since: timedelta, until: timedelta) -> dict[str, int]:
        return sandbox.pricing.costs(at + since, at + until).by_category

    assert counted(timedelta(0), HOUR) == {"utility": 1}
    assert counted(timedelta(0), HOUR + MICROSECOND) == {"utility": 1, "marketing": 1}
    assert counted(MICROSECOND, HOUR) == {}
    assert counted(HOUR, 2 * HOUR) == {"marketing": 1}


def test_numbers_are_told_apart(emulator: Emulator) -> None:
    """All of them, unless one is named."""
    sandbox, _ = begin(emulator, START)
    send(sandbox, order_shipped())
    send(sandbox, order_shipped(), from_=TEST)
    send(sandbox, order_shipped(), to=BEATRIZ)
    sandbox.settle()

    assert sandbox.pricing.costs().by_country == {"US": 2, "BR": 1}
    assert sandbox.pricing.costs(phone_number_id=PRODUCTION).billable() == 2
    assert sandbox.pricing.costs(phone_number_id=TEST).billable() == 1
    assert {line.market for line in sandbox.pricing.costs().lines} == {"North America", "Brazil"}


def test_rates_are_somebodys_own(emulator: Emulator) -> None:
    """None at first; those that are given are kept as they are."""
    sandbox, _ = begin(emulator, START)
    assert sandbox.pricing.rates() == {}

    rates = {"utility": {"*": Decimal("0.0040"), "BR": Decimal("0.0068")}}
    sandbox.pricing.set_rates(rates)
    send(sandbox, order_shipped())
    send(sandbox, order_shipped(), to=BEATRIZ)
    sandbox.settle()

    assert sandbox.pricing.rates() == rates
    assert sandbox.pricing.costs().total(sandbox.pricing.rates()) == Decimal("0.0108")


def test_a_reset_forgets_what_it_cost(emulator: Emulator) -> None:
    """And a snapshot keeps it."""
    sandbox, _ = begin(emulator, START)
    send(sandbox, order_shipped())
    sandbox.settle()
    kept = sandbox.snapshot()

    sandbox.reset()
    assert sandbox.pricing.costs().lines == ()
    sandbox.restore(kept)
    assert sandbox.pricing.costs().billable() == 1
