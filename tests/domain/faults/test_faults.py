"""Faults: what is asked for, and what it fits."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from kit.identities import BEATRIZ, PABLO, PRODUCTION, SHEENA, TEST
from kit.times import HOUR, MORNING

from emulator.domain.errors import PlatformError
from emulator.domain.faults.asking import checked, new_fault
from emulator.domain.faults.conditions import CONDITIONS, conditions_at
from emulator.domain.faults.fault import Fault
from emulator.domain.faults.kinds import KINDS
from emulator.domain.faults.occasions import PLACES, Occasion, When
from emulator.domain.faults.parameters import PARAMETERS, Effect

NUMBER = PRODUCTION
SEND = Occasion(When.SYNC, MORNING, SHEENA, NUMBER, "messages", "POST", "text", "What is the price?", None)
SENT_TEMPLATE = replace(SEND, type="template", text=None, template="order_shipped")
STATUS = Occasion(
    When.WEBHOOK, MORNING, SHEENA, NUMBER, type="text", text="Hi", field="messages", message_status="read"
)


def error(code: int, when: When = When.SYNC, **conditions: str) -> Fault:
    return Fault("error", when, {"code": code}, conditions)


def test_what_is_left_out_is_as_the_catalogue_tells_the_code() -> None:
    """Messaging codes concern messages, those of a form its edge, general ones any call."""
    assert new_fault(131000) == error(131000, edge="messages")
    assert (new_fault(131000).id, new_fault(131000).is_seeded, new_fault(131000).met) == (0, False, 0)
    assert new_fault(131049) == error(131049, When.ASYNC)
    assert new_fault(131052) == error(131052, When.INBOUND)
    assert new_fault(190) == error(190)
    assert new_fault(2388040) == error(2388040, edge="message_templates", method="POST")
    assert new_fault(2593002) == error(2593002, edge="message_templates", method="DELETE")
    assert new_fault(138000) == error(138000, edge="calls")


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

    asked = {"to": SHEENA, "phone_number_id": NUMBER, "edge": "messages", "method": "POST"}
    told = {"code": 131056, "details": "Enough."}
    assert fault == Fault("error", When.SYNC, told, asked, times=None, probability=0.5)


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
        (131000, {"when": "soon"}, "when is one of sync, async, delivered, inbound, not 'soon'"),
        (131000, {"when": "asynk"}, "not 'asynk'; did you mean async?"),
        (131000, {"when": "webhook"}, "error never strikes webhook; it can sync or async or delivered"),
        (190, {"when": "async"}, "190 is never reported async; it can be sync"),
        (131047, {"when": "inbound"}, "131047 is never reported inbound; it can be async or sync"),
        (131049, {"edge": "messages"}, "edge is not known where this error strikes (async); there are to,"),
        (131049, {"method": "POST"}, "and method is known of sync"),
        (131049, {"effect": "done"}, "effect is of a fault that strikes sync; this error strikes async"),
        (131049, {"delay": 1}, "delay is of a fault that strikes sync or download; this error strikes async"),
        (131000, {"method": "FETCH"}, "a method is one of GET, POST, PUT, DELETE, not 'FETCH'"),
        (131000, {"times": 0}, "times is a whole number from 1, or null for ever; got 0"),
        (131000, {"times": 1.5}, "times is a whole number from 1, or null for ever; got 1.5"),
        (131000, {"times": True}, "times is a whole number from 1, or null for ever; got True"),
        (131000, {"times": 10**9}, "times is a whole number from 1, or null for ever; got 1000000000"),
        (131000, {"probability": 0}, "probability is above 0 and at most 1; got 0"),
        (131000, {"probability": 1.1}, "probability is above 0 and at most 1; got 1.1"),
        (131000, {"probability": float("nan")}, "probability is above 0 and at most 1; got nan"),
        (131000, {"probability": "often"}, "probability is above 0 and at most 1; got 'often'"),
        (131000, {"every": 0}, "every is a whole number from 1: of so many occasions it strikes one; got 0"),
        (131000, {"every": True}, "got True"),
        (131000, {"methud": "GET"}, "a fault has no methud; did you mean method?; it has kind, when, code"),
        (True, {}, "code is the number of an error of the catalogue; got True"),
        (131000, {"details": "x" * 1001}, "details is a text of up to 1,000 characters"),
        (131000, {"type": "texd"}, "not 'texd'; did you mean text?"),
        (131000, {"text": ""}, "text is a text of up to 1,000 characters; got ''"),
        (131000, {"pattern": "("}, "pattern is a regular expression; '(' is none"),
        (131000, {"pattern": "a" * 201}, "pattern is a text of up to 200 characters"),
        (131000, {"edge": 7}, "edge is the last part of a path"),
        (131000, {"since": "noon"}, "'noon' is no instant; write one like 2026-11-03T10:00:00Z"),
        (131000, {"since": 7}, "an instant is ISO 8601 text"),
        (
            131000,
            {"since": "2026-11-03T10:00:00Z", "until": "2026-11-03T11:00:00+01:00"},
            "until is later than since; got since 2026-11-03T10:00:00Z until 2026-11-03T10:00:00Z",
        ),
        (
            131000,
            {"since": "2026-11-03T10:00:00.5Z", "until": "2026-11-03T10:00:00Z"},
            "until is later than since; got since 2026-11-03T10:00:00.500000Z until 2026-11-03T10:00:00Z",
        ),
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
        ({"type": "text"}, True),
        ({"type": "image"}, False),
        ({"text": "PRICE"}, True),
        ({"text": "prize"}, False),
        ({"pattern": r"^What .* price\?$"}, True),
        ({"pattern": r"^price"}, False),
        ({"template": "order_shipped"}, False),
        ({"since": MORNING}, True),
        ({"since": MORNING + HOUR}, False),
        ({"until": MORNING}, False),
        ({"until": MORNING + HOUR}, True),
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


@pytest.mark.parametrize(
    ("facts", "fits"),
    [
        ({}, True),
        ({"field": "messages"}, True),
        ({"field": "flows"}, False),
        ({"message_status": "read"}, True),
        ({"message_status": "sent"}, False),
        ({"to": SHEENA, "text": "hi", "type": "text"}, True),
        ({"template": "order_shipped"}, False),
    ],
)
def test_a_fault_of_webhooks_sees_the_webhook(facts: dict[str, Any], fits: bool) -> None:
    """Its field, the status that it reports, and the message that it is about."""
    assert new_fault(kind="drop", **facts).fits(STATUS) is fits


def test_a_template_is_known_by_its_name() -> None:
    """It has no text."""
    assert new_fault(131000, template="order_shipped").fits(SENT_TEMPLATE)
    assert not new_fault(131000, template="order_delayed").fits(SENT_TEMPLATE)
    assert not new_fault(131000, text="a").fits(SENT_TEMPLATE)


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({"code": 131000}, "error"),
        ({"code": 80007, "retry_after": 9}, "throttle"),
        ({"envelope": {}, "status": 400}, "envelope"),
        ({"status": 503, "delay": 1}, "status"),
        ({"delay": 1}, "delay"),
        ({"by": 60}, "late"),
        ({"size": 3}, "batch"),
    ],
)
def test_a_parameter_says_which_kind_is_meant(facts: dict[str, Any], kind: str) -> None:
    """Without a ``kind``; where several are given, the one that needs it most."""
    assert new_fault(**facts).kind == kind


@pytest.mark.parametrize(
    ("facts", "complaint"),
    [
        ({}, "say what goes wrong: a code of the catalogue, or a kind: throttle, error, envelope, status"),
        ({"times": 3}, "say what goes wrong"),
        ({"kind": "thrice"}, "there is no kind of fault 'thrice'; did you mean twice?; there are throttle"),
        ({"kind": "late"}, "late needs by: seconds of simulated time by which a webhook is late"),
        ({"kind": "error"}, "error needs code: the number of the error, of the catalogue"),
        ({"kind": "twice", "by": 1}, "twice has no by: it takes nothing; by belongs to late"),
        (
            {"kind": "reset", "status": 503},
            "takes delay, effect; status belongs to throttle, envelope, status",
        ),
        ({"kind": "late", "by": 0}, "by is a number of simulated seconds from 0.001 to 1e+09; got 0"),
        ({"kind": "batch", "size": 1}, "size is a whole number from 2 to 1000; got 1"),
        ({"kind": "batch", "size": 1001}, "got 1001"),
        ({"status": 199}, "status is a whole number from 200 to 599; got 199"),
        ({"status": 600}, "got 600"),
        ({"delay": 301}, "delay is a number of real seconds from 0.001 to 300; got 301"),
        ({"kind": "delay", "delay": 1, "effect": "none"}, "delay is always carried out (effect=done)"),
        ({"kind": "truncated", "effect": "none"}, "a call that meets truncated is always carried out"),
        ({"retry_after": 9, "effect": "done"}, "a call that meets throttle is always refused before it is"),
        ({"kind": "reset", "effect": "half"}, "effect is none or done; got 'half'"),
        ({"retry_after": 9, "code": 131000}, "131000 is no rate limit; a throttle is one of 4, 613, 80007"),
        ({"retry_after": "1.5 s"}, "retry_after is a whole number from 1 to 86400; got '1.5 s'"),
        ({"retry_after": "soon"}, "retry_after is a whole number from 1 to 86400; got 'soon'"),
        ({"by": "later"}, "by is a number of simulated seconds from 0.001 to 1e+09; got 'later'"),
        ({"delay": "6 minutes"}, "delay is a number of real seconds from 0.001 to 300; got '6 minutes'"),
        ({"retry_after": 0}, "retry_after is a whole number from 1 to 86400; got 0"),
        ({"kind": "reset", "when": "webhook"}, "reset never strikes webhook; it can sync or download"),
        ({"kind": "drop", "when": "sync"}, "drop never strikes sync; it can webhook"),
        ({"kind": "drop", "edge": "messages"}, "edge is not known where this drop strikes (webhook)"),
        ({"kind": "reset", "field": "messages"}, "and field is known of webhook"),
        ({"kind": "reset", "when": "download", "to": SHEENA}, "there are phone_number_id, since, until, and"),
        ({"kind": "reset", "when": "download", "effect": "done"}, "effect is of a fault that strikes sync"),
        ({"kind": "drop", "message_status": "seen"}, "message_status is one of sent, delivered, read"),
        ({"envelope": 1j}, "envelope is a JSON value"),
        ({"status": 503, "headers": []}, "headers are an object of texts by name"),
        ({"status": 503, "headers": {"a b": "c"}}, "headers has 'a b', which is no name of a header"),
        ({"status": 503, "headers": {"A": "b\nC: d"}}, "is a text of up to 1,000 printable letters"),
        ({"status": 503, "headers": {"Content-Length": "9"}}, "follows from the body and cannot be chosen"),
    ],
)
def test_what_makes_no_sense_is_refused(facts: dict[str, Any], complaint: str) -> None:
    """With what there is, what was meant, and which conditions are known."""
    with pytest.raises(ValueError, match=re.escape(complaint)):
        new_fault(**facts)


def test_a_throttle_has_a_limit_and_a_time_without_being_told() -> None:
    """The throughput of a number, for a minute."""
    assert new_fault(kind="throttle") == Fault(
        "throttle", When.SYNC, {"retry_after": 60, "code": 130429}, {"edge": "messages"}
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_that_was_kept_is_one_that_could_be_asked_for(kind: str) -> None:
    """Of every kind, with any edge; one that is not is refused."""
    usual = {"code": 131000, "envelope": {}, "status": 503, "delay": 1, "by": 1}
    told: dict[str, Any] = {name: value for name, value in usual.items() if name == KINDS[kind].mark}
    anywhere: dict[str, Any] = {"edge": "any"} if When.SYNC in KINDS[kind].places else {}
    fault = new_fault(kind=kind, **told, **anywhere)

    assert checked(fault) == fault
    with pytest.raises(ValueError, match="a fault has no colour"):
        checked(replace(fault, conditions={"colour": "red"}))


def test_what_is_written_otherwise_than_it_is_kept_is_none() -> None:
    """A number with a plus would never agree with anybody."""
    with pytest.raises(ValueError, match="is written in another way than a fault is kept"):
        checked(Fault("drop", When.WEBHOOK, {}, {"to": f"+{SHEENA}"}))


@pytest.mark.parametrize(("every", "struck"), [(1, [1, 2, 3, 4, 5, 6]), (2, [2, 4, 6]), (3, [3, 6])])
def test_every_nth_occasion_that_fits_is_struck(every: int, struck: list[int]) -> None:
    """Counted from the first that fits."""
    fault = new_fault(131000, every=every, times=None)
    turns = []
    for number in range(1, 7):
        fault = fault.counted(met=False)
        turns += [number] if fault.is_turn() else []

    assert turns == struck


@pytest.mark.parametrize(
    ("facts", "effect"),
    [
        ({"code": 131000}, Effect.NONE),
        ({"code": 131000, "effect": "done"}, Effect.DONE),
        ({"kind": "delay", "delay": 1}, Effect.DONE),
        ({"kind": "reset", "when": "download"}, None),
        ({"code": 131049}, None),
        ({"kind": "drop"}, None),
    ],
)
def test_a_call_is_carried_out_or_not(facts: dict[str, Any], effect: Effect | None) -> None:
    """As it was asked for, or as its kind has it; where there is no call, there is no effect."""
    assert new_fault(**facts).effect is effect


@pytest.mark.parametrize(
    ("facts", "label"),
    [
        ({"code": 131049}, "131049"),
        ({"code": 4, "retry_after": 9}, "throttle 4"),
        ({"status": 503}, "status 503"),
        ({"envelope": {"error": {}}}, "envelope"),
        ({"delay": 1.5}, "delay 1.5"),
        ({"kind": "reset"}, "reset"),
        ({"by": 60}, "late 60"),
        ({"kind": "batch"}, "batch 2"),
    ],
)
def test_a_fault_has_a_short_name(facts: dict[str, Any], label: str) -> None:
    """What it is and how much of it."""
    assert new_fault(**facts).label == label


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"code": 131051}, "131051 Unsupported message type, inbound"),
        ({"kind": "reset"}, "reset: there is no answer: the connection is reset, sync"),
    ],
)
def test_a_fault_is_said_in_a_sentence(facts: dict[str, Any], sentence: str) -> None:
    """What goes wrong, and where; what has no title of its own is parted from its kind by a colon."""
    assert new_fault(**facts).sentence == sentence


def test_how_often_is_said_in_words() -> None:
    """With what narrows it down."""
    assert new_fault(131000).often == "1×"
    assert new_fault(131000, times=2, every=2).often == "2×, every 2nd time"
    assert new_fault(131000, times=None, every=3, probability=0.5).often == (
        "until it is removed, every 3rd time, with a chance of 0.5"
    )


def test_the_tables_agree_with_each_other() -> None:
    """Every name means one thing, every kind knows its parameters, and each place is described."""
    assert not CONDITIONS.keys() & PARAMETERS.keys()
    assert all(name in PARAMETERS for kind in KINDS.values() for name in kind.parameters)
    assert all(kind.text and kind.shows and kind.places for kind in KINDS.values())
    assert list(PLACES) == list(When)
    assert conditions_at(When.DOWNLOAD) == ("phone_number_id", "since", "until")


@pytest.mark.parametrize(
    ("name", "given", "kept"),
    [
        ("by", "3 hours", 10_800.0),
        ("by", timedelta(hours=3), 10_800.0),
        ("by", 10_800, 10_800.0),
        ("delay", "250 ms", 0.25),
        ("retry_after", "2 minutes", 120),
        ("retry_after", timedelta(minutes=2), 120),
    ],
)
def test_lengths_of_time_may_be_written_as_people_do(name: str, given: Any, kept: float) -> None:
    """As everywhere else; they are kept in seconds, whole ones where the header has such."""
    value = new_fault(**{name: given}).parameters[name]

    assert (value, type(value)) == (kept, type(kept))
