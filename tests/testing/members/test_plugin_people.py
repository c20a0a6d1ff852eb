"""People of the ``whatsapp`` fixture, and a conversation with one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from kit.identities import (
    PABLO,
    SHEENA,
)
from kit.messages import LIFE
from kit.plugin import after, call, order_shipped, send
from kit.receivers import Inbox
from kit.times import MORNING
from kit.values import code_of, present

from emulator.testing.whatsapp import WhatsApp

# people


def test_person_without_a_name_is_the_first_of_the_seed(whatsapp: WhatsApp) -> None:
    """Nobody has to be invented to say hello."""
    person = whatsapp.person()

    assert (person.name, person.wa_id, repr(person)) == (
        "Sheena Nelson",
        SHEENA,
        f"<Sheena Nelson +{SHEENA}>",
    )


@pytest.mark.parametrize("number", [PABLO, "+1 650 555 4321", "+1 (650) 555-4321"])
def test_person_is_found_by_number(whatsapp: WhatsApp, number: str) -> None:
    """In any way of writing it."""
    person = whatsapp.person(number=number)

    assert person.name == "Pablo Morales"


def test_person_is_found_by_name(whatsapp: WhatsApp) -> None:
    """The one the seed has, not a new one."""
    known = len(whatsapp.sandbox.people.all())

    person = whatsapp.person("Pablo Morales")

    assert (person.wa_id, len(whatsapp.sandbox.people.all())) == (PABLO, known)


def test_person_with_an_unknown_name_is_invented(whatsapp: WhatsApp) -> None:
    """They have a number of their own, and asking again finds them."""
    maria = whatsapp.person("Maria")

    again = whatsapp.person("Maria")

    assert maria.name == "Maria"
    assert maria.wa_id.isdigit()
    assert again.wa_id == maria.wa_id
    assert maria.wa_id not in (SHEENA, PABLO)


def test_person_with_an_unknown_number_gets_a_name(whatsapp: WhatsApp) -> None:
    """Only what is not said is invented."""
    person = whatsapp.person(number="+49 1511 2345678", locale="de_DE")

    assert person.wa_id == "4915112345678"
    assert person.name
    assert person.facts.locale == "de_DE"


def test_person_takes_facts_and_habits(whatsapp: WhatsApp) -> None:
    """Of somebody new and of somebody known alike; habits are in seconds."""
    maria = whatsapp.person("Maria", opted_in=False, read_after=60)
    pablo = whatsapp.person("Pablo Morales", delivered_after=None)

    assert (maria.facts.opted_in, maria.facts.habits.read_after) == (False, timedelta(minutes=1))
    assert pablo.facts.habits.delivered_after is None


def test_person_refuses_an_impossible_habit(whatsapp: WhatsApp) -> None:
    """The message names the habit and what it was told."""
    with pytest.raises(ValueError, match=r"the habit read_after is a number of seconds, .*; got 'soon'"):
        whatsapp.person("Maria", read_after="soon")


def test_a_person_becomes_somebody_else(whatsapp: WhatsApp) -> None:
    """Facts and habits change at any time."""
    sheena = whatsapp.person()

    sheena.becomes(on_whatsapp=False, habits={"reads": False})

    assert (sheena.facts.on_whatsapp, sheena.facts.habits.reads) == (False, False)


# a conversation


def test_settle_brings_sent_delivered_and_read(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """People answer in the same instant, so no time has to pass for a message's whole life."""
    whatsapp.person().says("Is my order on its way?")
    send(whatsapp, "It is!")

    whatsapp.settle()

    assert inbox.events == ["text Is my order on its way?", *LIFE]
    assert inbox.stamps == [MORNING] * 4
    assert whatsapp.clock.now() == MORNING
    assert whatsapp.messages.last.status == "read"


def test_nothing_is_delivered_before_settle(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """A test decides when the webhooks come."""
    whatsapp.person().says("Hello")
    send(whatsapp, "Hi!")

    assert (inbox.events, whatsapp.messages.last.status) == ([], "accepted")
    whatsapp.settle()
    assert (inbox.events[0], whatsapp.messages.last.status) == ("text Hello", "read")


def test_says_goes_to_the_number_it_names(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """The first business number unless told otherwise."""
    sheena = whatsapp.person()

    messages = [sheena.says("Hello"), sheena.says("Testing", to=whatsapp.test_phone_number_id)]
    whatsapp.settle()

    numbers = [whatsapp.phone_number_id, whatsapp.test_phone_number_id]
    assert [message.phone_number_id for message in messages] == numbers
    assert [value["metadata"]["phone_number_id"] for value in inbox.values] == numbers


def test_says_may_reply_to_a_message(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """The webhook tells which one."""
    sheena = whatsapp.person()
    sheena.says("Hello")
    wamid = send(whatsapp, "Which one, red or blue?")
    whatsapp.settle()

    sheena.says("The red one", reply_to=whatsapp.messages.sent.last)
    whatsapp.settle()

    assert inbox.values[-1]["messages"][0]["context"]["id"] == wamid


def test_a_tap_answers_the_newest_message_with_that_button(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """The webhook tells the button and the message it stood on."""
    send(whatsapp, order_shipped())
    newest = send(whatsapp, order_shipped())
    whatsapp.settle()

    message = whatsapp.person().taps("Where is it?")
    whatsapp.settle()

    assert (message.type, message.text, message.context_id) == ("button", "Where is it?", newest)
    assert inbox.events[-1] == "button Where is it?"
    assert inbox.values[-1]["messages"][0]["context"]["id"] == newest


def test_a_tap_may_name_its_message(whatsapp: WhatsApp) -> None:
    """An older one can be tapped, too."""
    oldest = send(whatsapp, order_shipped())
    send(whatsapp, order_shipped())
    whatsapp.settle()

    message = whatsapp.person().taps("Where is it?", on=whatsapp.messages.sent[0])

    assert message.context_id == oldest


def test_a_tap_on_a_missing_button_names_those_there_are(whatsapp: WhatsApp) -> None:
    """The person is named, and what they see."""
    send(whatsapp, order_shipped())
    whatsapp.settle()

    with pytest.raises(ValueError, match=r"Sheena Nelson sees no .* 'Cancel'; .*'Where is it\?'"):
        whatsapp.person().taps("Cancel")


def test_a_tap_before_the_message_arrived_asks_for_settle(whatsapp: WhatsApp) -> None:
    """Nobody taps what they have not got."""
    send(whatsapp, order_shipped())

    with pytest.raises(
        ValueError, match=r"no message with buttons has reached Sheena Nelson yet .*settle\(\)"
    ):
        whatsapp.person().taps("Where is it?")


def test_a_person_who_leaves_messages_unread_reads_them_when_told(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """What was delivered becomes read, with its webhook."""
    pablo = whatsapp.person("Pablo Morales")
    pablo.says("Hello")
    send(whatsapp, "Hi, Pablo!", PABLO)
    whatsapp.settle()
    unread = whatsapp.messages.sent.last.status

    read = pablo.reads()
    whatsapp.settle()

    assert (unread, whatsapp.messages.sent.last.status) == ("delivered", "read")
    assert [message.text for message in read] == ["Hi, Pablo!"]
    assert inbox.events == ["text Hello", *LIFE]


def test_a_window_is_open_for_24_hours_after_a_person_wrote(whatsapp: WhatsApp) -> None:
    """To the microsecond, and the handle says so."""
    sheena = whatsapp.person()
    before = (sheena.window, sheena.can_be_answered)

    sheena.says("Hello")
    open_at_once = sheena.can_be_answered
    whatsapp.clock.advance(timedelta(hours=24) - timedelta(microseconds=1))
    open_at_last = sheena.can_be_answered
    whatsapp.clock.advance(timedelta(microseconds=1))

    assert before == (None, False)
    assert (open_at_once, open_at_last, sheena.can_be_answered) == (True, True, False)
    assert present(sheena.window).closes_at == after(hours=24)


def test_a_text_after_the_window_gets_its_200_and_fails_later(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """As on the platform: the status of the call is no promise."""
    whatsapp.person().says("Hello")
    whatsapp.clock.advance(hours=25)

    send(whatsapp, "Still there?")
    whatsapp.settle()

    assert inbox.events == ["text Hello", "failed 131047"]
    assert code_of(whatsapp.messages.failed.last) == 131047


def test_people_take_their_time_when_told(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """Habits in seconds; each status comes at its instant."""
    sheena = whatsapp.person(sent_after=1, delivered_after=60, read_after=3600)
    sheena.says("Hello")
    send(whatsapp, "Hi!")

    whatsapp.clock.advance(hours=2)

    assert inbox.events == ["text Hello", *LIFE]
    assert inbox.stamps == [MORNING, after(seconds=1), after(seconds=61), after(seconds=3661)]


def test_a_burst_in_one_instant_is_no_violation(whatsapp: WhatsApp) -> None:
    """A clock that stands still is no trap for a fast app."""
    whatsapp.person().says("Hello")

    for number in range(150):
        send(whatsapp, f"Message {number}")
    whatsapp.settle()

    assert {message.status for message in whatsapp.messages.sent} == {"read"}
    assert len(whatsapp.messages.sent) == 150


def test_a_person_sees_that_the_business_types(whatsapp: WhatsApp) -> None:
    """Until it has answered, or for 25 seconds; nobody else sees it."""
    sheena, pablo = whatsapp.person(), whatsapp.person(number=PABLO)
    hello = sheena.says("Hello")
    receipt = {"messaging_product": "whatsapp", "status": "read", "message_id": hello.id}
    call(
        whatsapp,
        "POST",
        f"{whatsapp.phone_number_id}/messages",
        receipt | {"typing_indicator": {"type": "text"}},
    )
    during = sheena.sees_typing, pablo.sees_typing
    whatsapp.clock.advance(seconds=25)

    assert (during, sheena.sees_typing) == ((True, False), False)
