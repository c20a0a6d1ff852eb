"""``cost``, and ``say --ad``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from click.testing import CliRunner, Result

from emulator import Emulator, Sandbox, Server, create_app
from emulator.cli.main import main
from emulator.domain.messages.content import Send, text

Invoke = Callable[..., Result]
SHEENA = "16505551234"


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def sandbox(emulator: Emulator) -> Sandbox:
    return emulator.create(at=datetime(2026, 11, 2, 9, tzinfo=UTC), speed=None, at_once=True)


@pytest.fixture
def invoke(emulator: Emulator, sandbox: Sandbox) -> Iterator[Invoke]:
    with Server(create_app(emulator)) as server:
        runner = CliRunner(env={"WHATSAPP_EMULATOR_URL": server.url})
        yield lambda *arguments: runner.invoke(main, arguments)


def answer(sandbox: Sandbox) -> None:
    with sandbox.services.command() as store:
        sandbox.services.outbound.accept(store.accounts.numbers()[0], Send(SHEENA, text("Hello back")))
    sandbox.settle()


def test_without_deliveries_there_is_nothing_to_say(invoke):
    """One line, and no empty table."""
    result = invoke("cost")

    assert (result.exit_code, result.output) == (0, "nothing was delivered\n")


def test_cost_is_a_table_and_a_sum(invoke, sandbox):
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


def test_cost_is_of_a_time_and_a_number(invoke, sandbox):
    """What was delivered before is left out."""
    sandbox.people.say(SHEENA, "Hello")
    answer(sandbox)

    assert "nothing was delivered" in invoke("cost", "--since", "2026-11-02T10:00:00Z").output
    assert "nothing was delivered" in invoke("cost", "--until", "2026-11-02T09:00:00Z").output
    assert "nothing was delivered" in invoke("cost", "--number", "107878721936019").output
    assert invoke("cost", "--since", "now").exit_code == 1


def test_with_rates_there_is_money(invoke, sandbox):
    """In the currency of the WABA."""
    sandbox.pricing.set_rates({"service": {"*": Decimal("0.01")}})
    sandbox.people.say(SHEENA, "Hello")
    answer(sandbox)

    assert invoke("cost").output.strip().endswith("0 billed, 1 free: 0 USD")


def test_say_may_come_from_an_ad(invoke, sandbox):
    """An answer to it is free."""
    result = invoke("say", "--ad", "Can I get more info?")
    answer(sandbox)

    assert result.exit_code == 0
    assert sandbox.messages.all()[0].referral["source_type"] == "ad"
    assert sandbox.pricing.costs().by_reason == {"free_entry_point": 1}
