"""Marketing that is accepted and not delivered."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from kit.identities import BEATRIZ, SHEENA, TEST
from kit.messages import order_shipped
from kit.sandboxes import crowd, send, statuses
from kit.submissions import SALE, marketing
from kit.times import DAY, MICROSECOND

from emulator import Emulator, Sandbox


def sell(sandbox: Sandbox, wa_id: str = BEATRIZ, **more: str) -> int | None:
    """Send marketing; the code it fails with."""
    send(sandbox, SALE, wa_id, **more)
    sandbox.settle()
    error = sandbox.messages.all(outbound=True)[-1].error
    return error["code"] if error else None


@pytest.fixture
def shop(sandbox: Sandbox) -> Sandbox:
    """A sandbox with a marketing template, of which a person gets two in 24 hours."""
    marketing(sandbox)
    sandbox.change_settings(marketing_per_user=2)
    return sandbox


@pytest.mark.parametrize("version", [None, 24])
def test_marketing_fails_in_the_united_states_by_either_endpoint(
    sandbox: Sandbox, version: int | None
) -> None:
    """After a 200, with 131049; the setting lets it through."""
    marketing(sandbox)
    send(sandbox, SALE, SHEENA, marketing_version=version)
    sandbox.settle()
    sandbox.change_settings(us_marketing="delivered")
    send(sandbox, SALE, SHEENA, marketing_version=version)
    sandbox.settle()

    assert statuses(sandbox) == ["failed", "read"]
    assert sandbox.messages.all(outbound=True)[0].error == {
        "code": 131049,
        "title": "This message was not delivered to maintain healthy ecosystem engagement.",
        "details": "In order to maintain a healthy ecosystem engagement, the message failed to be delivered.",
    }


def test_an_open_window_does_not_help_in_the_united_states(sandbox: Sandbox) -> None:
    """No page names an exception."""
    marketing(sandbox)
    sandbox.people.say(SHEENA, "Hello")

    assert sell(sandbox, SHEENA) == 131049


def test_before_april_2025_marketing_was_delivered_in_the_united_states(emulator: Emulator) -> None:
    """The clock decides."""
    early = emulator.create("early", at=datetime.fromisoformat("2025-03-31T12:00Z"), speed=None, at_once=True)
    marketing(early)
    told = [sell(early, SHEENA)]
    early.clock.advance(timedelta(hours=12) - MICROSECOND)
    told.append(sell(early, SHEENA))
    early.clock.advance(MICROSECOND)
    told.append(sell(early, SHEENA))

    assert told == [None, None, 131049]


@pytest.mark.parametrize(("later", "expected"), [(DAY - MICROSECOND, 131049), (DAY, None)])
def test_a_person_gets_so_many_in_24_hours(shop: Sandbox, later: timedelta, expected: int | None) -> None:
    """It is a moving day, to the microsecond."""
    told = [sell(shop), sell(shop)]
    shop.clock.advance(later)
    told.append(sell(shop))

    assert told == [None, None, expected]


def test_other_templates_do_not_count_and_are_not_limited(shop: Sandbox) -> None:
    """Utility is utility."""
    for _ in range(3):
        send(shop, order_shipped(), BEATRIZ)
    shop.settle()

    assert [sell(shop), sell(shop)] == [None, None]
    send(shop, order_shipped(), BEATRIZ)
    shop.settle()
    assert statuses(shop)[-1] == "read"


def test_the_limit_counts_for_all_numbers_together(shop: Sandbox) -> None:
    """And for each person apart."""
    with shop.services.command() as store:
        store.accounts.allow(TEST, [BEATRIZ])
    other = crowd(shop, 1)[0]

    assert [sell(shop), sell(shop, from_=TEST), sell(shop), sell(shop, other)] == [None, None, 131049, None]


def test_what_was_not_delivered_does_not_count(shop: Sandbox) -> None:
    """Of three sends to a phone that is off each may still arrive."""
    shop.people.change(BEATRIZ, habits={"delivered_after": None})

    assert [sell(shop), sell(shop), sell(shop)] == [None, None, None]


def test_trying_again_and_again_extends_the_wait(shop: Sandbox) -> None:
    """Two failures within 24 hours: nothing for 24 hours more, though the first messages count no longer."""
    told = [sell(shop), sell(shop)]
    shop.clock.advance(timedelta(hours=20))
    told += [sell(shop), sell(shop)]
    shop.clock.advance(timedelta(hours=23))
    told.append(sell(shop))
    shop.clock.advance(DAY)
    told.append(sell(shop))

    assert told == [None, None, 131049, 131049, 131049, None]


@pytest.mark.parametrize(("late", "expected"), [(-MICROSECOND, 131049), (0 * MICROSECOND, None)])
def test_failures_extend_the_wait_for_24_hours(shop: Sandbox, late: timedelta, expected: int | None) -> None:
    """To the microsecond, from the second of them."""
    sell(shop), sell(shop)
    shop.clock.advance(timedelta(hours=20))
    sell(shop), sell(shop)

    shop.clock.advance(DAY + late)

    assert sell(shop) == expected


def test_one_failure_does_not_extend_the_wait(shop: Sandbox) -> None:
    """Once is not again and again."""
    told = [sell(shop), sell(shop)]
    shop.clock.advance(timedelta(hours=20))
    told.append(sell(shop))
    shop.clock.advance(timedelta(hours=4))
    told.append(sell(shop))

    assert told == [None, None, 131049, None]


@pytest.mark.parametrize(
    ("later", "expected"), [(DAY - MICROSECOND, [None] * 3), (DAY, [None, None, 131049])]
)
def test_what_follows_an_answer_to_marketing_does_not_count(
    shop: Sandbox, later: timedelta, expected: list[int | None]
) -> None:
    """For the 24 hours of the window that the answer opened, to the microsecond."""
    sell(shop)
    shop.clock.advance(timedelta(hours=1))
    shop.people.say(BEATRIZ, "How much is it?")
    shop.clock.advance(later)

    assert [sell(shop) for _ in range(3)] == expected


def test_an_answer_to_something_else_changes_nothing(shop: Sandbox) -> None:
    """The last thing they got was about an order."""
    sell(shop)
    send(shop, order_shipped(), BEATRIZ)
    shop.settle()
    shop.people.say(BEATRIZ, "Thanks!")

    assert [sell(shop), sell(shop)] == [None, 131049]


def test_an_answer_may_name_what_it_is_about(shop: Sandbox) -> None:
    """A reply to the marketing message, though something else came after it."""
    sell(shop)
    sale = shop.messages.all(outbound=True)[-1].id
    send(shop, order_shipped(), BEATRIZ)
    shop.settle()
    shop.people.say(BEATRIZ, "How much is it?", reply_to=sale)

    assert [sell(shop), sell(shop)] == [None, None]


@pytest.mark.slow
def test_some_people_are_kept_from_marketing_by_an_experiment(sandbox: Sandbox) -> None:
    """About the share that is told, always the same ones; a window lets it through."""
    marketing(sandbox)
    sandbox.change_settings(experiment=0.25)
    people = crowd(sandbox, 100)
    first = {wa_id for wa_id in people if sell(sandbox, wa_id) == 130472}
    second = {wa_id for wa_id in people if sell(sandbox, wa_id) == 130472}
    for wa_id in first:
        sandbox.people.say(wa_id, "Oi")

    assert first == second
    assert 12 <= len(first) <= 40
    assert {sell(sandbox, wa_id) for wa_id in first} == {None}


def test_a_larger_experiment_holds_those_of_a_smaller_one(sandbox: Sandbox) -> None:
    """Everybody for a share of one, nobody for zero."""
    marketing(sandbox)
    people, found = crowd(sandbox, 30), []
    for share in (0.0, 0.2, 0.6, 1.0):
        sandbox.change_settings(experiment=share)
        found.append({wa_id for wa_id in people if sell(sandbox, wa_id) == 130472})

    assert found[0] == set()
    assert found[0] <= found[1] <= found[2] <= found[3] == set(people)


def test_what_is_not_delivered_is_not_billed(shop: Sandbox) -> None:
    """A failed message has no price."""
    shop.people.stop_marketing(BEATRIZ)
    sell(shop)

    assert shop.messages.all(outbound=True)[-1].pricing is None
