"""Who is in a test's sandbox, finding them by their names, and words that help with a slip."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from kit.identities import PRODUCTION, SHEENA
from kit.plugin import call, send
from kit.receivers import Inbox
from kit.times import MORNING

from emulator.sandbox.errors import CannotDo
from emulator.testing.members.directory import near_name
from emulator.testing.whatsapp import WhatsApp


def test_everybody_is_listed(whatsapp: WhatsApp) -> None:
    """The people of the seed, then those that the test has added."""
    ana = whatsapp.person("Ana", locale="pt_BR")

    assert (whatsapp.people[0].wa_id, whatsapp.people[-1].wa_id) == (SHEENA, ana.wa_id)
    assert [person.name for person in whatsapp.people][:2] == ["Sheena Nelson", "Pablo Morales"]
    assert len(whatsapp.people) == len(whatsapp.people[:]) == 5
    assert repr(whatsapp.people).startswith(f"<People <Sheena Nelson +{SHEENA}>, ")


def test_a_slip_of_a_name_is_asked_about(whatsapp: WhatsApp) -> None:
    """It would be a new person, who has never written; that can be asked for."""
    with pytest.raises(LookupError, match=r"did you mean 'Sheena Nelson'\?") as told:
        whatsapp.person("Sheena Nelsen")

    assert "whatsapp.person('Sheena Nelsen', new=True) makes a new person" in str(told.value)
    assert whatsapp.person("Sheena Nelsen", new=True).wa_id != SHEENA
    assert whatsapp.person("Sheena Nelson").wa_id == SHEENA
    assert whatsapp.person("Sheena Nelson", new=True).wa_id != SHEENA


@pytest.mark.parametrize(
    ("name", "known", "is_near"),
    [
        ("sheena nelson", "Sheena Nelson", True),
        ("Shena Nelson", "Sheena Nelson", True),
        ("Sheena", "Sheena Nelson", False),
        ("Anna", "Ana", True),
        ("Ana", "Bia", False),
        ("Customer 2", "Customer 1", False),
        ("Person B", "Person A", False),
        ("Jo", "Joe", False),
        ("", "Sheena Nelson", False),
    ],
)
def test_a_name_is_near_when_each_word_may_be_a_slip(name: str, known: str, is_near: bool) -> None:
    """What differs on purpose, as by a number, is another name."""
    assert near_name(name, [known]) == (known if is_near else None)


@pytest.mark.parametrize(
    ("act", "problem", "told"),
    [
        (lambda w: w.person(age=3), ValueError, "a person has no age; there are locale, opted_in"),
        (lambda w: w.person(read_afer=3), ValueError, r"no read_afer; did you mean read_after\?"),
        (lambda w: w.person().sends("text", "Hi"), CannotDo, r"write says\(\"…\"\) for text"),
        (lambda w: w.person().sends("image", b""), CannotDo, r"write shows\(\"image\", data, mime_type\)"),
        (lambda w: w.clock.advance(25), TypeError, r"no unit: advance\(hours=25\)\? advance\(seconds=25\)\?"),
        (lambda w: w.clock.advance(hour=25), TypeError, r"not hour; did you mean hours\?"),
        (lambda w: w.clock.advance(hours="25"), TypeError, "takes a number of hours, not '25'"),
        (lambda w: w.clock.advance("1h"), TypeError, "a timedelta or units like hours=25, not '1h'"),
        (lambda w: w.clock.advance(), TypeError, r"needs to know how long: advance\(hours=25\)\?"),
        (
            lambda w: w.clock.travel_to("tomorrow"),
            ValueError,
            r"'tomorrow' is no instant; write one like 2026-11-03T10:00:00Z, or let time pass by "
            r"advance\(days=1\)",
        ),
    ],
)
def test_what_cannot_be_is_answered_with_what_can(
    whatsapp: WhatsApp, act: Any, problem: type[Exception], told: str
) -> None:
    """In the words of the test's own line."""
    with pytest.raises(problem, match=told):
        act(whatsapp)


# calls, state, time


def test_calls_of_the_app_are_seen_with_why_they_were_refused(whatsapp: WhatsApp) -> None:
    """And those that succeeded, in order."""
    whatsapp.person().says("Hello")
    send(whatsapp, "Hi")
    call(whatsapp, "POST", f"{PRODUCTION}/messages", {"to": SHEENA, "text": {"body": "Hi"}})

    sent, refused = whatsapp.requests

    assert (sent.method, sent.path, sent.status) == ("POST", f"/v23.0/{PRODUCTION}/messages", 200)
    assert (sent.body["text"], sent.was_refused) == ({"body": "Hi"}, False)
    assert (refused.status, refused.code, refused.rule, refused.was_refused) == (400, 100, "parameters", True)
    assert refused.error == "(#100) The parameter messaging_product is required."
    assert refused.hint


def test_a_test_can_begin_anew(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """With the same ids, time and receiver, as often as it likes."""
    whatsapp.person().says("Hello")
    whatsapp.clock.advance(hours=1)

    whatsapp.reset()

    assert (len(whatsapp.messages), whatsapp.clock.now().hour) == (0, 9)
    whatsapp.person().says("Hello again")
    whatsapp.settle()
    assert inbox.events == ["text Hello", "text Hello again"]


def test_a_state_can_be_kept_and_gone_on_from(whatsapp: WhatsApp) -> None:
    """With its time, as often as one likes."""
    whatsapp.person().says("Hello")
    whatsapp.clock.advance(hours=23)
    before = whatsapp.snapshot()
    whatsapp.clock.advance(hours=2)
    late = whatsapp.person().can_be_answered

    whatsapp.restore(before)

    assert (late, whatsapp.person().can_be_answered) == (False, True)


def test_a_clock_can_run_and_stop(whatsapp: WhatsApp) -> None:
    """It stands still from the beginning, and again after it was stopped; a tick is a second."""
    whatsapp.clock.run(1_000_000)
    whatsapp.clock.freeze()
    stopped = whatsapp.clock.now()

    whatsapp.clock.tick()
    whatsapp.clock.tick(0.5)

    assert stopped > MORNING
    assert whatsapp.clock.now() - stopped == timedelta(seconds=1.5)
