"""``cost``, and ``say --ad``."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from click.testing import Result
from kit.identities import SHEENA, TEST
from kit.sandboxes import send
from kit.times import MORNING
from kit.values import present

from emulator import Emulator, Sandbox


@pytest.fixture
def sandbox(emulator: Emulator) -> Sandbox:
    """People answer in the same instant."""
    return emulator.create(at=MORNING, speed=None, at_once=True)


def answer(sandbox: Sandbox) -> None:
    send(sandbox, "Hello back")
    sandbox.settle()


def test_without_deliveries_there_is_nothing_to_say(invoke: Callable[..., Result]) -> None:
    """One line, and no empty table."""
    result = invoke("cost")

    assert (result.exit_code, result.output) == (0, "nothing was delivered\n")


def test_cost_is_a_table_and_a_sum(invoke: Callable[..., Result], sandbox: Sandbox) -> None:
    """Category, country, market, how many, and why they were free."""
    sandbox.people.say(SHEENA, "Hello")
    answer(sandbox)

    lines = invoke("cost").output.strip().splitlines()

    assert lines[0].split() == ["category", "country", "market", "messages", "price"]
    assert lines[-3 if not lines[-2].strip() else -2].split() == [
        "service",
        "US",
        "North",
        "America",
        "1",
        "free_tier",
    ]
    assert lines[-1] == "0 billed, 1 free"


def test_cost_is_of_a_time_and_a_number(invoke: Callable[..., Result], sandbox: Sandbox) -> None:
    """What was delivered before is left out."""
    sandbox.people.say(SHEENA, "Hello")
    answer(sandbox)

    assert "nothing was delivered" in invoke("cost", "--since", "2026-11-02T10:00:00Z").output
    assert "nothing was delivered" in invoke("cost", "--until", "2026-11-02T09:00:00Z").output
    assert "nothing was delivered" in invoke("cost", "--number", TEST).output
    assert invoke("cost", "--since", "now").exit_code == 1


def test_with_rates_there_is_money(invoke: Callable[..., Result], sandbox: Sandbox) -> None:
    """In the currency of the WABA."""
    sandbox.pricing.set_rates({"service": {"*": Decimal("0.01")}})
    sandbox.people.say(SHEENA, "Hello")
    answer(sandbox)

    assert invoke("cost").output.strip().endswith("0 billed, 1 free: 0 USD")


def test_say_may_come_from_an_ad(invoke: Callable[..., Result], sandbox: Sandbox) -> None:
    """An answer to it is free."""
    result = invoke("say", "--ad", "Can I get more info?")
    answer(sandbox)

    assert result.exit_code == 0
    assert present(sandbox.messages.all()[0].referral)["source_type"] == "ad"
    assert sandbox.pricing.costs().by_reason == {"free_entry_point": 1}
