"""What becomes of the webhooks behind one that has failed: the setting ``webhook_order``."""

from __future__ import annotations

from datetime import timedelta

import pytest
from kit.identities import PABLO, SHEENA
from kit.receivers import listen
from kit.times import seconds

from emulator import Sandbox

LIKE_THE_PLATFORM = {"webhook_order": "platform"}
ORDERED = {"webhook_order": "ordered"}


def say(sandbox: Sandbox, *people: str) -> None:
    """Have each of them write their place in the row."""
    for number, person in enumerate(people, 1):
        sandbox.people.say(person, str(number))


def test_a_webhook_that_failed_is_overtaken(sandbox: Sandbox) -> None:
    """As on the platform, and by default."""
    inbox = listen(sandbox, answers=[500])
    say(sandbox, SHEENA, SHEENA, PABLO)

    sandbox.clock.advance(seconds(60))

    assert inbox.times == [(0, "text 1"), (0, "text 2"), (0, "text 3"), (15, "text 1")]


def test_ordered_ones_about_the_same_person_wait(sandbox: Sandbox) -> None:
    """Those about others do not."""
    sandbox.change_settings(**ORDERED)
    inbox = listen(sandbox, answers=[500])
    say(sandbox, SHEENA, SHEENA, PABLO)

    sandbox.clock.advance(seconds(60))

    assert inbox.times == [(0, "text 1"), (0, "text 3"), (15, "text 1"), (15, "text 2")]


def test_an_ordered_one_that_comes_meanwhile_waits_too(sandbox: Sandbox) -> None:
    """It was made after the attempt that failed, and before the one that did not."""
    sandbox.change_settings(**ORDERED)
    inbox = listen(sandbox, answers=[500, 500])
    say(sandbox, SHEENA)
    sandbox.clock.advance(seconds(14))

    sandbox.people.say(SHEENA, "2")
    sandbox.clock.advance(seconds(60))

    assert inbox.times == [(0, "text 1"), (15, "text 1"), (45, "text 1"), (45, "text 2")]


def test_an_ordered_one_goes_on_when_the_one_before_is_given_up(sandbox: Sandbox) -> None:
    """After seven days; then it is tried itself."""
    sandbox.change_settings(**ORDERED)
    inbox = listen(sandbox)
    inbox.listener = lambda body: 500 if b'"body":"1"' in body else 200
    say(sandbox, SHEENA, SHEENA)

    sandbox.clock.advance(timedelta(days=8))

    assert [delivery.state for delivery in sandbox.webhooks.all()] == ["failed", "delivered"]
    assert inbox.events[-2:] == ["text 1", "text 2"]


@pytest.mark.parametrize(("settings", "in_order"), [(LIKE_THE_PLATFORM, False), (ORDERED, True)], ids=str)
def test_a_receiver_that_fails_a_third(sandbox: Sandbox, settings: dict[str, str], in_order: bool) -> None:
    """Nothing is lost or doubled; whether it comes in order is what the setting says."""
    sandbox.change_settings(**settings)
    listen(sandbox, answers=[500 if number % 3 == 0 else 200 for number in range(60)])
    say(sandbox, *[SHEENA] * 40)

    sandbox.clock.advance(timedelta(days=8))

    delivered = {
        delivery.id: sandbox.webhooks.attempts(delivery.id)[-1].at for delivery in sandbox.webhooks.all()
    }
    assert len(delivered) == 40
    assert (list(delivered.values()) == sorted(delivered.values())) is in_order
