"""What an order may become."""

from __future__ import annotations

import pytest

from emulator.domain.content.interactive.orders import FINAL, STATUSES, Order, check_transition
from emulator.domain.errors import MessageError


def refused(order: Order | None, status: str) -> tuple[int, str] | None:
    """What is said about giving ``order`` another status; ``None`` when nothing is."""
    try:
        check_transition(order, {"reference_id": "1", "order": {"status": status}})
    except MessageError as refusal:
        return refusal.code, refusal.title
    return None


NOT_CORRECT = (2046, "New order status was not correctly transitioned.")
NOT_CANCELED = (2047, "Could not change order status to 'canceled'")


@pytest.mark.parametrize("before", [status for status in STATUSES if status not in FINAL])
@pytest.mark.parametrize("after", STATUSES)
def test_an_open_order_may_become_anything(before: str, after: str) -> None:
    """While it is not paid."""
    assert refused(Order("1", before), after) is None


@pytest.mark.parametrize("before", FINAL)
@pytest.mark.parametrize("after", STATUSES)
def test_an_order_that_is_over_stays_what_it_is(before: str, after: str) -> None:
    """2046, but for saying the same again."""
    assert refused(Order("1", before), after) == (None if after == before else NOT_CORRECT)


def test_an_order_that_was_never_sent_becomes_nothing() -> None:
    """2046."""
    assert refused(None, "shipped") == NOT_CORRECT


def test_a_paid_order_is_not_canceled() -> None:
    """2047; anything else may become of it."""
    paid = Order("1", "processing", paid=True)

    assert refused(paid, "canceled") == NOT_CANCELED
    assert refused(paid, "shipped") is None


@pytest.mark.parametrize(("payment", "paid"), [("captured", True), ("pending", False), ("failed", False)])
def test_an_order_is_paid_when_its_payment_was_captured(payment: str, paid: bool) -> None:
    """And stays paid, whatever a later message says."""
    news = {"order": {"status": "processing"}, "payment": {"status": payment}}

    after = Order("1").updated(news)

    assert after == Order("1", "processing", paid)
    assert after.updated({"order": {"status": "shipped"}}) == Order("1", "shipped", paid)
