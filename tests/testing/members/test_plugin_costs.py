"""Ads, calls, revisions and costs in a test."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from kit.identities import SHEENA
from kit.plugin import call
from kit.values import present

from emulator.testing.whatsapp import WhatsApp


def answer(whatsapp: WhatsApp, body: str = "Hello") -> None:
    text = {"messaging_product": "whatsapp", "to": SHEENA, "type": "text", "text": {"body": body}}
    call(whatsapp, "POST", f"{whatsapp.phone_number_id}/messages", text)
    whatsapp.settle()


def test_costs_are_counted_as_they_come(whatsapp: WhatsApp) -> None:
    """By category, country and reason; what prints them is a line each."""
    sheena = whatsapp.person()
    assert repr(whatsapp.costs) == "<Costs: nothing was delivered>"

    sheena.says("Hello")
    answer(whatsapp)

    costs = whatsapp.costs
    assert (costs.billable(), costs.free()) == (0, 1)
    assert costs.billable("marketing") == costs.billable(country="BR") == 0
    assert (costs.by_category, costs.by_country) == ({}, {})
    assert len(costs.lines) == 1
    assert sum(costs.by_reason.values()) == costs.free(*costs.by_reason) == 1
    assert repr(costs) == f"<Costs\n      1  service, US: {costs.lines[0].free}>"
    assert costs.total({"marketing": {"*": Decimal("0.05")}}) == costs.total() == 0


def test_costs_are_those_of_one_number(whatsapp: WhatsApp) -> None:
    """Of each its own; one that is not there is told."""
    whatsapp.person().says("Hello")
    answer(whatsapp)
    first, *others = [number.id for number in whatsapp.sandbox.accounts.numbers()]

    assert whatsapp.costs.of(first).free() == whatsapp.costs.free() == 1
    assert [whatsapp.costs.of(number).lines for number in others] == [()] * len(others)
    assert whatsapp.costs.of(first).between(since=whatsapp.clock.now()).lines == whatsapp.costs.lines
    with pytest.raises(LookupError, match="123"):
        whatsapp.costs.of("123")


def test_an_ad_is_clicked_and_answered(whatsapp: WhatsApp) -> None:
    """The entry point shows whether it is open."""
    sheena = whatsapp.person()
    before = sheena.entry_point

    clicked = sheena.clicks_ad()
    answer(whatsapp)

    assert before is None
    assert present(clicked.referral)["source_type"] == "ad"
    assert present(sheena.entry_point).is_open(whatsapp.clock.now())
    assert whatsapp.costs.free("free_entry_point") == 1
    whatsapp.clock.advance(hours=72)
    assert not present(sheena.entry_point).is_open(whatsapp.clock.now())


def test_a_referral_may_be_ones_own(whatsapp: WhatsApp) -> None:
    """As it stands in a webhook."""
    said = whatsapp.person().says("Hello", referral={"source_type": "post", "source_id": "7"}, device="ios")

    assert said.referral == {"source_type": "post", "source_id": "7"}


def test_a_person_calls_edits_and_deletes(whatsapp: WhatsApp) -> None:
    """A call makes them answerable; the rest tells what the business gets."""
    sheena = whatsapp.person()

    called = sheena.calls(lasts=timedelta(minutes=1))
    assert sheena.can_be_answered
    said = sheena.says("Helo")

    assert called.ends_at - called.at == timedelta(minutes=1)
    assert sheena.edits(said, "Hello").type == "unsupported"
    assert sheena.deletes(said) is None
