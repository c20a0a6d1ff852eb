"""Registration: its PIN, its limit, and what can be sent without one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from kit.identities import PRODUCTION
from kit.messages import order_shipped
from kit.receivers import hear_everything
from kit.sandboxes import around, limit, send
from kit.times import START

from emulator import Sandbox
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.errors import MessageError

PIN = "150954"
THREE_DAYS = timedelta(hours=72)


def number(sandbox: Sandbox) -> BusinessNumber:
    with sandbox.services.command() as store:
        found = store.accounts.number(PRODUCTION)
    assert found is not None
    return found


def register(sandbox: Sandbox, pin: str = PIN) -> int | None:
    """Register the number; the code of the refusal, if there is one."""
    try:
        sandbox.services.registration.register(number(sandbox), pin)
    except MessageError as refusal:
        return refusal.code
    return None


def test_the_first_pin_is_the_number_s_own(sandbox: Sandbox) -> None:
    """Another one does not register it again."""
    assert [register(sandbox), register(sandbox, "000000"), register(sandbox)] == [None, 133005, None]


def test_a_number_that_was_deregistered_sends_nothing(sandbox: Sandbox) -> None:
    """Until it is registered again; and it can be deregistered once."""
    sandbox.services.registration.deregister(number(sandbox))

    with pytest.raises(MessageError, match="133010"):
        send(sandbox, order_shipped())
    with pytest.raises(MessageError, match="133010"):
        sandbox.services.registration.deregister(number(sandbox))
    register(sandbox)
    assert send(sandbox, order_shipped())


def test_ten_attempts_in_three_days_are_all(sandbox: Sandbox) -> None:
    """The eleventh is refused until the first is 72 hours old."""
    sandbox.limits.set(registrations="always")
    register(sandbox)
    sandbox.clock.advance(timedelta(hours=1))
    assert [register(sandbox, "000000") for _ in range(9)] == [133005] * 9
    status = limit(sandbox, "registrations")

    assert (status.used, status.left, status.frees_up_at) == (10, 0, START + THREE_DAYS)
    assert around(sandbox, START + THREE_DAYS, lambda: register(sandbox)) == (133016, None)
    assert register(sandbox) == 133016


def test_in_a_frozen_instant_a_test_may_register_as_often_as_it_likes(sandbox: Sandbox) -> None:
    """The limit is on while the clock runs."""
    assert [register(sandbox) for _ in range(12)] == [None] * 12


def test_another_pin_is_told(sandbox: Sandbox) -> None:
    """And the old one is none any more."""
    inbox = hear_everything(sandbox)
    sandbox.services.registration.set_pin(number(sandbox), "212834")
    sandbox.settle()

    assert inbox.of("security") == [{"display_phone_number": "15550783881", "event": "PIN_CHANGED"}]
    assert [register(sandbox), register(sandbox, "212834")] == [133005, None]


@pytest.mark.parametrize("act", ["register", "deregister", "set_pin"])
def test_what_another_call_changed_meanwhile_stays(sandbox: Sandbox, act: str) -> None:
    """Each call reads the number first; only what it is about is written then."""
    read_before = number(sandbox)
    sandbox.accounts.change_number(PRODUCTION, quality_rating="RED")

    getattr(sandbox.services.registration, act)(read_before, *(() if act == "deregister" else (PIN,)))

    assert number(sandbox).quality_rating == "RED"
