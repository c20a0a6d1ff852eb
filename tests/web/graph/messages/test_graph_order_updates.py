"""Orders over the Graph API: the bill, the news about it, and the news that fail by webhook."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from kit.identities import PABLO, TEST

from emulator.sandbox.sandbox import Sandbox

PRICE = {"value": 1500, "offset": 100}
TITLES = {
    2046: "New order status was not correctly transitioned.",
    2047: "Could not change order status to 'canceled'",
}


class Shop:
    """Sends bills and news about them, and tells what became of each."""

    def __init__(self, graph: Any, sandbox: Sandbox, inbox: Any) -> None:
        self._graph, self._sandbox, self._inbox = graph, sandbox, inbox

    def bill(self, reference: str = "4711", **envelope: Any) -> Any:
        item = {"retailer_id": "1", "name": "Aloe", "amount": PRICE, "quantity": 1}
        order = {"status": "pending", "items": [item], "subtotal": PRICE, "tax": {"value": 0, "offset": 100}}
        bill = {
            "reference_id": reference,
            "type": "physical-goods",
            "currency": "BRL",
            "total_amount": PRICE,
            "order": order,
        }
        return self._became("order_details", "review_and_pay", bill, envelope)

    def news(
        self, status: str, payment: str | None = None, reference: str = "4711", **envelope: Any
    ) -> object:
        """``payment`` is what is told of it beside the status."""
        told: dict[str, Any] = {"reference_id": reference, "order": {"status": status}}
        if payment is not None:
            told["payment"] = {"status": payment}
        return self._became("order_status", "review_order", told, envelope)

    def _became(self, kind: str, name: str, told: Any, envelope: Any) -> Any:
        """The last status, or the code of a failed one."""
        self._inbox.clear()
        action = {"name": name, "parameters": told}
        interactive = {"type": kind, "body": {"text": "Your order"}, "action": action}
        answer = self._graph.send(type="interactive", interactive=interactive, **envelope)
        assert answer.status_code == 200, answer.text
        self._sandbox.settle()
        last = self._inbox.statuses[-1]
        if last["status"] != "failed":
            return last["status"]
        (error,) = last["errors"]
        assert error["title"] == error["message"] == TITLES.get(error["code"], error["title"])
        return error["code"]


@pytest.fixture
def shop(graph: Any, sandbox: Sandbox, inbox: Any) -> Shop:
    """A shop that Sheena has just written to."""
    sandbox.people.say(graph.sheena, "Hello")
    return Shop(graph, sandbox, inbox)


@pytest.mark.parametrize(
    "status", ["pending", "processing", "partially_shipped", "shipped", "completed", "canceled"]
)
def test_an_order_takes_every_status(shop: Shop, status: str) -> None:
    """Once its bill was sent."""
    assert (shop.bill(), shop.news(status)) == ("read", "read")


def test_an_order_goes_from_its_bill_to_its_end(shop: Shop) -> None:
    """Paid on the way; not every step must be told, and one may be told twice."""
    assert shop.bill() == "read"

    steps = [("processing", "captured"), ("shipped", None), ("shipped", None), ("completed", None)]

    assert [shop.news(*step) for step in steps] == ["read"] * 4


@pytest.mark.parametrize("other", [{"reference": "4712"}, {"to": PABLO}, {"number": TEST}])
def test_news_about_an_unknown_order_fail(
    sandbox: Sandbox, graph: Any, shop: Shop, other: dict[str, Any]
) -> None:
    """2046: another reference, another person, another number have not this order."""
    sandbox.people.say(graph.pablo, "Hello")
    sandbox.people.say(graph.sheena, "Hello", to=graph.test_number)
    shop.bill()

    assert shop.news("processing", **other) == 2046


def test_a_bill_that_failed_makes_no_order(sandbox: Sandbox, graph: Any, shop: Shop) -> None:
    """Outside the window nobody has seen it."""
    sandbox.clock.advance(timedelta(hours=24))
    failed = shop.bill()
    sandbox.people.say(graph.sheena, "Hello again")

    assert (failed, shop.news("processing")) == (131047, 2046)


@pytest.mark.parametrize("final", ["completed", "canceled"])
def test_an_order_that_has_ended_stays_so(shop: Shop, final: str) -> None:
    """2046 for any other status; the same may be told again."""
    shop.bill()
    shop.news(final)

    others = {"pending", "processing", "partially_shipped", "shipped", "completed", "canceled"} - {final}

    assert {status: shop.news(status) for status in others} == dict.fromkeys(others, 2046)
    assert shop.news(final) == "read"


def test_a_paid_order_cannot_be_canceled(shop: Shop) -> None:
    """2047, whenever the payment was told; it can still be completed."""
    shop.bill()
    shop.news("processing", "captured")

    assert (shop.news("canceled"), shop.news("shipped"), shop.news("canceled")) == (2047, "read", 2047)
    assert shop.news("completed") == "read"


@pytest.mark.parametrize("payment", [None, "pending", "failed"])
def test_an_order_that_is_not_paid_can_be_canceled(shop: Shop, payment: str | None) -> None:
    """A payment that waits or failed is none."""
    shop.bill()
    shop.news("processing", payment)

    assert shop.news("canceled") == "read"


def test_news_that_failed_change_nothing(shop: Shop, sandbox: Sandbox) -> None:
    """An order is where it was before them."""
    shop.bill()
    sandbox.faults.add(131049, when="async")
    failed = shop.news("completed")

    assert (failed, shop.news("processing")) == (131049, "read")
