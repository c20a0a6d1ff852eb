"""People of the fixture who have habits: they answer, and their phones are off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from kit.plugin import after, send
from kit.times import MORNING

from emulator.testing.members.people import PersonHandle
from emulator.testing.whatsapp import WhatsApp

RULES: Any = [
    {"when": {"contains": "price"}, "then": "How much?"},
    {"when": {"any": True}, "then": {"react": "👍"}, "after": "1h"},
]


@pytest.fixture
def sheena(whatsapp: WhatsApp) -> PersonHandle:
    """Who has written, so that she can be answered."""
    sheena = whatsapp.person()
    sheena.says("Hello")
    return sheena


def received(whatsapp: WhatsApp) -> list[str]:
    return whatsapp.messages.received.texts[1:]


def test_a_person_answers_by_rules(whatsapp: WhatsApp, sheena: PersonHandle) -> None:
    """Texts alone are answers to everything; what was said before ends."""
    sheena.answers(*RULES)
    for text in ("The price", "Bye"):
        send(whatsapp, text)
    whatsapp.clock.advance(hours=1)
    sheena.answers("Yes", after="1 minute")
    send(whatsapp, "The price")
    whatsapp.clock.advance(minutes=1)
    sheena.answers()
    send(whatsapp, "The price")
    whatsapp.clock.advance(hours=1)

    assert received(whatsapp) == ["How much?", "[reaction] 👍", "Yes"]


def test_a_person_answers_by_a_function(whatsapp: WhatsApp, sheena: PersonHandle) -> None:
    """In place of rules; what it raises fails the test."""
    sheena.answers("By rule")
    sheena.answers(lambda message: "Yes" if "?" in message.text else None, after=timedelta(minutes=1))
    for text in ("Shall we?", "Good"):
        send(whatsapp, text)
    whatsapp.settle()
    before = received(whatsapp)
    whatsapp.clock.advance(minutes=1)
    sheena.answers("By rule")
    send(whatsapp, "Good")
    whatsapp.settle()

    assert (before, received(whatsapp)) == ([], ["Yes", "By rule"])


def test_rules_are_habits(whatsapp: WhatsApp) -> None:
    """As facts of a new person, and of a whole crowd, who answer at different times."""
    rule = {"then": "Yes", "after": ["1 minute", "5 hours"]}
    ada = whatsapp.person("Ada", answers=[{"then": "Yes"}])
    crowd = [ada, *whatsapp.crowd(5, habits={"answers": [rule], "delivered_after": 0})]
    for person in crowd:
        person.says("Hello")
        send(whatsapp, "Shall we?", person.wa_id)
    whatsapp.clock.advance(hours=5)

    answers = [message for message in whatsapp.messages.received if message.text == "Yes"]
    assert {message.wa_id for message in answers} == {person.wa_id for person in crowd}
    assert len({message.at for message in answers}) == 6


def test_a_wrong_rule_says_what_was_meant(sheena: PersonHandle) -> None:
    """And nothing has changed."""
    with pytest.raises(ValueError, match=r"answers\[0\].when: there is no contain; did you mean contains\?"):
        sheena.answers({"when": {"contain": "price"}, "then": "How much?"})

    assert sheena.facts.habits.answers == ()


def test_a_phone_is_off_for_a_time(whatsapp: WhatsApp, sheena: PersonHandle) -> None:
    """Until an instant, for a duration, or until it is switched on; everything arrives at once."""
    acts: tuple[Callable[[], PersonHandle], ...] = (
        lambda: sheena.goes_offline(hours=3),
        lambda: sheena.goes_offline(timedelta(hours=3)),
        lambda: sheena.goes_offline(until=whatsapp.clock.now() + timedelta(hours=3)),
    )
    for offline in acts:
        sheena.says("Hello")
        offline()
        send(whatsapp, "Hello")
        whatsapp.clock.advance(hours=3, microseconds=-1)
        off = whatsapp.messages.last.status
        whatsapp.clock.advance(microseconds=1)

        assert (off, whatsapp.messages.last.status) == ("sent", "read")

    sheena.goes_offline().says("Written by hand")
    send(whatsapp, "Hello")
    whatsapp.settle()
    assert sheena.comes_online() is sheena
    whatsapp.settle()

    assert (whatsapp.messages.last.status, whatsapp.clock.now()) == ("read", after(hours=9))
    assert whatsapp.messages.last.at > MORNING


def test_somebody_new_may_be_off_for_a_while(whatsapp: WhatsApp) -> None:
    """As a habit, from when they are there."""
    whatsapp.clock.advance(hours=1)

    ana = whatsapp.person("Ana", new=True, offline=[{"for": timedelta(hours=3)}])

    (period,) = whatsapp.sandbox.people.get(ana.wa_id).habits.offline
    assert (period.start, period.end) == (after(hours=1), after(hours=4))


def test_an_old_client_shows_no_messages_of_businesses(whatsapp: WhatsApp, sheena: PersonHandle) -> None:
    """They fail as to somebody who is not on WhatsApp."""
    sheena.becomes(habits={"old_client": True})
    send(whatsapp, "Hello")

    whatsapp.expect_failed(131026, to=sheena)
