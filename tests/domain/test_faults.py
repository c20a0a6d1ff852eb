"""Faults: what is asked for, and what it fits."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from kit.identities import BEATRIZ, PABLO, PRODUCTION, SHEENA, TEST

from emulator.domain.catalogue import ErrorChannel
from emulator.domain.errors import PlatformError
from emulator.domain.faults import Fault, Occasion, new_fault

NUMBER = PRODUCTION
SEND = Occasion(ErrorChannel.SYNC, SHEENA, NUMBER, "messages", "POST")


def test_what_is_left_out_is_as_the_catalogue_tells_the_code() -> None:
    """Messaging codes concern messages, those of a form its edge, general ones any call."""
    assert new_fault(131000) == Fault(131000, ErrorChannel.SYNC, edge="messages")
    assert new_fault(131049) == Fault(131049, ErrorChannel.ASYNC)
    assert new_fault(131052) == Fault(131052, ErrorChannel.INBOUND)
    assert new_fault(190) == Fault(190, ErrorChannel.SYNC)
    assert new_fault(2388040) == Fault(2388040, ErrorChannel.SYNC, edge="message_templates", method="POST")
    assert new_fault(2593002) == Fault(2593002, ErrorChannel.SYNC, edge="message_templates", method="DELETE")
    assert new_fault(138000) == Fault(138000, ErrorChannel.SYNC, edge="calls")


def test_everything_can_be_said() -> None:
    """A number in any way of writing it, a method in small letters, an edge with a slash."""
    fault = new_fault(
        131056,
        when="sync",
        to="+1 (650) 555-1234",
        phone_number_id=NUMBER,
        edge="/messages",
        method="post",
        times=None,
        details="Enough.",
        probability=0.5,
    )

    assert fault == Fault(131056, ErrorChannel.SYNC, SHEENA, NUMBER, "messages", "POST", None, "Enough.", 0.5)


@pytest.mark.parametrize("facts", [{"times": 1}, {"times": 10**9 - 1}, {"probability": 1}])
def test_the_ends_of_what_can_be_said_can_be_said(facts: dict[str, Any]) -> None:
    """Once, very often, and always."""
    assert new_fault(131000, **facts) == replace(new_fault(131000), **facts)


def test_an_edge_may_be_any_or_the_node_itself() -> None:
    """Two words that are no edges."""
    assert new_fault(131000, edge="any").edge is None
    assert new_fault(131000, edge="").edge == ""


@pytest.mark.parametrize(
    ("code", "facts", "complaint"),
    [
        (7, {}, "there is no error 7 in the catalogue"),
        (131000, {"when": "soon"}, "when is one of sync, async, inbound, delivered, not 'soon'"),
        (190, {"when": "async"}, "190 is never reported async; it can be sync"),
        (131047, {"when": "inbound"}, "131047 is never reported inbound; it can be async or sync"),
        (131049, {"edge": "messages"}, "edge and method belong to a call, but 131049 is reported async"),
        (131049, {"method": "POST"}, "edge and method belong to a call, but 131049 is reported async"),
        (131000, {"method": "FETCH"}, "a method is one of GET, POST, PUT, DELETE, not 'FETCH'"),
        (131000, {"times": 0}, "times is a whole number from 1, or null for ever; got 0"),
        (131000, {"times": 1.5}, "times is a whole number from 1, or null for ever; got 1.5"),
        (131000, {"times": True}, "times is a whole number from 1, or null for ever; got True"),
        (131000, {"times": 10**9}, "times is a whole number from 1, or null for ever; got 1000000000"),
        (131000, {"probability": 0}, "probability is above 0 and at most 1; got 0"),
        (131000, {"probability": 1.1}, "probability is above 0 and at most 1; got 1.1"),
        (131000, {"probability": float("nan")}, "probability is above 0 and at most 1; got nan"),
    ],
)
def test_what_can_never_be_met_is_refused(code: int, facts: dict[str, Any], complaint: str) -> None:
    """With what would be right."""
    with pytest.raises(ValueError, match=re.escape(complaint)):
        new_fault(code, **facts)


def test_a_person_is_named_by_a_number() -> None:
    """Anything else gets the platform's own complaint."""
    with pytest.raises(PlatformError, match="Parameter Invalid"):
        new_fault(131049, to="Sheena")


@pytest.mark.parametrize(
    ("facts", "fits"),
    [
        ({}, True),
        ({"to": SHEENA}, True),
        ({"to": PABLO}, False),
        ({"phone_number_id": NUMBER}, True),
        ({"phone_number_id": TEST}, False),
        ({"edge": "media"}, False),
        ({"edge": ""}, False),
        ({"edge": "any"}, True),
        ({"method": "POST"}, True),
        ({"method": "GET"}, False),
        ({"when": "async"}, False),
    ],
)
def test_a_fault_fits_what_it_was_meant_for(facts: dict[str, Any], fits: bool) -> None:
    """Every fact that was given has to agree."""
    assert new_fault(131000, **facts).fits(SEND) is fits


def test_a_fault_for_a_person_fits_no_call_without_one() -> None:
    """Reading a node concerns nobody."""
    assert not new_fault(131000, to=SHEENA, edge="any").fits(replace(SEND, wa_id=None))


@pytest.mark.parametrize(("asked", "dialled"), [(BEATRIZ, "551187654321"), ("551187654321", BEATRIZ)])
def test_a_person_is_found_under_every_form_of_their_number(asked: str, dialled: str) -> None:
    """Brazil's ninth digit makes no other person."""
    assert new_fault(131000, to=asked).fits(replace(SEND, wa_id=dialled))


def test_a_fault_that_was_met_as_often_as_asked_fits_no_more() -> None:
    """One without a number of times always does."""
    assert new_fault(131000, times=2).fits(SEND)
    assert replace(new_fault(131000, times=2), met=1).fits(SEND)
    assert not replace(new_fault(131000, times=2), met=2).fits(SEND)
    assert replace(new_fault(131000, times=None), met=1000).fits(SEND)


def test_a_refusal_says_that_it_was_asked_for() -> None:
    """Rule and hint; how often it has been met and will be, and what the platform means by it."""
    refusal = replace(new_fault(131056, times=3), id=4, met=2).refusal()

    assert refusal.rule == "fault"
    assert refusal.hint == (
        "Fault 4 was asked for: 131056 (Business Account, Consumer Account) pair rate limit hit (2 of 3). "
        "The platform usually returns it for: too many messages to the same person at once."
    )
    assert refusal.facts == {"fault": 4, "met": 2, "times": 3}


@pytest.mark.parametrize(
    ("when", "details"),
    [
        ("sync", "Cloud API message throughput has been reached."),
        ("async", "Message failed to send because there were too many messages sent from this phone number"),
    ],
)
def test_a_fault_is_worded_for_its_channel(when: str, details: str) -> None:
    """In an answer otherwise than in a webhook, where the platform does so."""
    found = new_fault(130429, when=when).refusal().details

    assert (found or "").startswith(details)
