"""What an order may become."""

from __future__ import annotations

import pytest

from emulator.domain.messages.interactive.orders import FINAL, STATUSES, transition


@pytest.mark.parametrize("before", [status for status in STATUSES if status not in FINAL])
@pytest.mark.parametrize("after", STATUSES)
def test_an_open_order_may_become_anything(before: str, after: str):
    """While it is not paid."""
    assert transition(before, after, paid=False) is None


@pytest.mark.parametrize("before", FINAL)
@pytest.mark.parametrize("after", STATUSES)
def test_an_order_that_is_over_stays_what_it_is(before: str, after: str):
    """2046, but for saying the same again."""
    refused = transition(before, after, paid=False)

    assert (refused and refused.code) == (None if after == before else 2046)


def test_an_order_that_was_never_sent_becomes_nothing():
    """2046."""
    refused = transition(None, "shipped", paid=False)

    assert refused is not None
    assert (refused.code, refused.title) == (2046, "New order status was not correctly transitioned.")


def test_a_paid_order_is_not_canceled():
    """2047; anything else may become of it."""
    refused = transition("pending", "canceled", paid=True)

    assert refused is not None
    assert (refused.code, refused.title) == (2047, "Could not change order status to 'canceled'")
    assert transition("pending", "shipped", paid=True) is None
