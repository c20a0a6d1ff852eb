"""The prices that statuses carry."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from kit.identities import SHEENA

from emulator import Emulator
from emulator.sandbox.sandbox import Sandbox


def test_an_answer_in_the_window_is_free_up_to_the_thousandth(
    graph: Any, sandbox: Sandbox, inbox: Any
) -> None:
    """Since October 2026, by number and calendar month of the WABA, in the order of delivery."""
    sandbox.people.say(graph.sheena, "Hi")
    for _ in range(1001):
        graph.text()
    sandbox.settle()

    priced = [status["pricing"] for status in inbox.statuses if status["status"] == "delivered"]

    assert [price["billable"] for price in priced] == [False] * 1000 + [True]
    assert {price["type"] for price in priced[:1000]} == {"free_customer_service"}
    assert priced[-1] == {
        "billable": True,
        "pricing_model": "PMP",
        "type": "regular",
        "category": "service",
    }


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2025, 6, 30, tzinfo=UTC), (True, "CBP", None)),
        (datetime(2025, 8, 1, tzinfo=UTC), (False, "PMP", "free_customer_service")),
        (datetime(2026, 9, 30, tzinfo=UTC), (False, "PMP", "free_customer_service")),
        (datetime(2026, 10, 2, tzinfo=UTC), (True, "PMP", "regular")),
    ],
)
def test_a_utility_template_in_the_window_costs_what_its_era_says(
    emulator: Emulator, graph: Any, at: datetime, expected: tuple[Any, ...]
) -> None:
    """Conversations until July 2025, free until October 2026, billed since."""
    sandbox, inbox = begin_at(emulator, at)
    sandbox.people.say(graph.sheena, "Hi")

    graph.reminder()
    sandbox.settle()

    price = inbox[-1]["statuses"][0]["pricing"]
    assert (price["billable"], price["pricing_model"], price.get("type")) == expected


@pytest.mark.parametrize(
    ("at", "billed"),
    [
        (datetime(2026, 10, 1, 6, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 10, 1, 7, 0, 0, tzinfo=UTC), True),
    ],
)
def test_a_price_changes_at_midnight_where_the_waba_is(
    emulator: Emulator, graph: Any, at: datetime, billed: bool
) -> None:
    """The default WABA is in Los Angeles, seven hours behind UTC on that day."""
    sandbox, inbox = begin_at(emulator, at)
    sandbox.people.say(graph.sheena, "Hi")

    graph.reminder()
    sandbox.settle()

    assert inbox[-1]["statuses"][0]["pricing"]["billable"] is billed


def begin_at(emulator: Emulator, at: datetime) -> tuple[Sandbox, list[dict[str, Any]]]:
    from emulator.sandbox.webhooks.receivers import CallableReceiver

    emulator.remove("default")
    sandbox = emulator.create(at=at, speed=None, at_once=True)
    values: list[dict[str, Any]] = []
    sandbox.webhooks.connect(
        "http://receiver.invalid/prices",
        CallableReceiver(lambda webhook: values.append(webhook.json["entry"][0]["changes"][0]["value"])),
    )
    return sandbox, values


def test_a_number_without_a_plus_may_be_a_local_one(graph: Any, sandbox: Sandbox) -> None:
    """With ``missing_plus: prepend`` the calling code of the business goes before it, as documented."""
    sandbox.change_settings(missing_plus="prepend")

    local = graph.text(to="(650) 555-1234").json["contacts"][0]
    full = graph.text(to="+1 (650) 555-1234").json["contacts"][0]
    doubled = graph.text(to="1 650 555 1234").json["contacts"][0]

    assert local == {"input": "(650) 555-1234", "wa_id": SHEENA}
    assert full["wa_id"] == SHEENA
    assert doubled["wa_id"] == "116505551234"
