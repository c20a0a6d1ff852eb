"""What people do: write, reply, tap, read; and what they cannot do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from kit.identities import BEATRIZ, JONAS, PABLO, PRODUCTION, SHEENA, STRANGER, TEST
from kit.messages import order_shipped
from kit.receivers import Inbox, listen
from kit.sandboxes import notes, send, statuses
from kit.times import START

from emulator import Emulator, Sandbox
from emulator.domain.messages.lifecycle import MessageStatus
from emulator.domain.messages.outbound import TemplateUse
from emulator.domain.templates.filling.match import SentCard, SentComponent, SentParameter
from emulator.sandbox.errors import CannotDo
from emulator.sandbox.people.people import NobodyThere

REMINDER = TemplateUse(
    "appointment_reminder",
    "en_US",
    (
        SentComponent(
            "BODY",
            parameters=(
                SentParameter("TEXT", "Sheena", "first_name"),
                SentParameter("TEXT", "Friday", "day"),
            ),
        ),
    ),
)


def messages(inbox: Inbox) -> list[dict[str, Any]]:
    return [message for value in inbox.values for message in value.get("messages", ())]


# writing


def test_a_text_arrives_as_the_platform_tells_it(sandbox: Sandbox, inbox: Inbox) -> None:
    """Who wrote it, under which name, to which number, and when."""
    message = sandbox.people.say(SHEENA, "Hello")

    sandbox.settle()

    (value,) = inbox.values
    assert value["metadata"] == {"display_phone_number": "15550783881", "phone_number_id": PRODUCTION}
    assert [(c["profile"]["name"], c["wa_id"]) for c in value["contacts"]] == [("Sheena Nelson", SHEENA)]
    (told,) = value["messages"]
    assert (told["id"], told["from"], told["type"], told["text"]) == (
        message.id,
        SHEENA,
        "text",
        {"body": "Hello"},
    )
    assert told["timestamp"] == str(int(START.timestamp()))
    assert "context" not in told


def test_a_person_is_called_by_any_way_of_writing_their_number(sandbox: Sandbox) -> None:
    """As one copies it from somewhere."""
    written = [
        sandbox.people.say(number, "Oi").wa_id for number in ("+55 11 98765-4321", "551187654321", BEATRIZ)
    ]

    assert written == [BEATRIZ] * 3


@pytest.mark.parametrize("to", [TEST, "15550934873"], ids=["by id", "by digits"])
def test_a_person_writes_to_the_number_they_choose(sandbox: Sandbox, inbox: Inbox, to: str) -> None:
    """By default it is the first one."""
    sandbox.people.say(SHEENA, "Hello", to=to)

    sandbox.settle()

    assert inbox.values[0]["metadata"]["phone_number_id"] == TEST


def test_a_reply_tells_what_it_replies_to(sandbox: Sandbox, inbox: Inbox) -> None:
    """With the business as the author of that message."""
    message_id = send(sandbox, order_shipped())
    sandbox.settle()

    sandbox.people.say(SHEENA, "Thank you", reply_to=message_id)
    sandbox.settle()

    (told,) = messages(inbox)
    assert told["context"] == {"from": "15550783881", "id": message_id}


def test_writing_opens_the_window(sandbox: Sandbox) -> None:
    """From this moment the business may answer freely."""
    sandbox.people.say(SHEENA, "Hello")

    with sandbox.services.command() as store:
        window = store.windows.get(PRODUCTION, SHEENA)

    assert window is not None
    assert (window.last_inbound_at, window.closes_at) == (START, START + timedelta(hours=24))


# tapping


def test_a_tap_sends_the_payload_and_the_label(sandbox: Sandbox, inbox: Inbox) -> None:
    """The payload is what the business sent along."""
    message_id = send(sandbox, order_shipped(payload="WHERE-860198"))
    sandbox.settle()

    sandbox.people.tap(SHEENA, "Where is it?")
    sandbox.settle()

    (told,) = messages(inbox)
    assert (told["type"], told["button"]) == (
        "button",
        {"payload": "WHERE-860198", "text": "Where is it?"},
    )
    assert told["context"] == {"from": "15550783881", "id": message_id}


def test_a_tap_on_a_button_without_a_payload_sends_its_label_twice(sandbox: Sandbox, inbox: Inbox) -> None:
    """As the platform does."""
    send(sandbox, order_shipped())
    sandbox.settle()

    sandbox.people.tap(SHEENA, "Where is it?")
    sandbox.settle()

    assert messages(inbox)[0]["button"] == {"payload": "Where is it?", "text": "Where is it?"}


def test_the_button_of_a_card_is_tapped_by_its_label_or_its_payload(emulator: Emulator) -> None:
    """Cards often have the same labels; a payload tells them apart."""
    shop = emulator.create("shop-with-cards", "shop", at=START, speed=None)
    heard = listen(shop)
    image = SentParameter("IMAGE", payload={"link": "https://example.com/a.png"})
    cards = tuple(
        SentCard(
            place,
            (
                SentComponent("HEADER", parameters=(image,)),
                SentComponent("BODY", parameters=(SentParameter("TEXT", "R$ 59"),)),
                SentComponent("BUTTON", "QUICK_REPLY", 0, (SentParameter("PAYLOAD", payload),)),
                SentComponent("BUTTON", "URL", 1, (SentParameter("TEXT", payload),)),
            ),
        )
        for place, payload in enumerate(("basket", "flowers"))
    )
    use = TemplateUse(
        "novidades_da_semana",
        "pt_BR",
        (
            SentComponent("BODY", parameters=(SentParameter("TEXT", "Ana"),)),
            SentComponent("CAROUSEL", cards=cards),
        ),
    )
    (ana, *_) = shop.people.all()
    message_id = send(shop, use, ana.wa_id)
    shop.clock.advance(timedelta(minutes=1))

    shop.people.tap(ana.wa_id, "Quero esta")
    shop.people.tap(ana.wa_id, "flowers")
    shop.settle()

    assert [(told["button"], told["context"]["id"]) for told in messages(heard)] == [
        ({"payload": "basket", "text": "Quero esta"}, message_id),
        ({"payload": "flowers", "text": "Quero esta"}, message_id),
    ]


def test_a_tap_opens_the_window(sandbox: Sandbox) -> None:
    """It is a message like any other."""
    send(sandbox, order_shipped())
    sandbox.settle()
    sandbox.people.tap(SHEENA, "Where is it?")

    send(sandbox, "It is in your street.")
    sandbox.settle()

    assert statuses(sandbox) == ["read", "read"]


def test_the_newest_message_with_the_button_is_tapped(sandbox: Sandbox) -> None:
    """Unless another one is named."""
    first = send(sandbox, order_shipped(payload="1"))
    second = send(sandbox, order_shipped(payload="2"))
    send(sandbox, REMINDER)
    sandbox.settle()

    tapped = [
        sandbox.people.tap(SHEENA, "Where is it?"),
        sandbox.people.tap(SHEENA, "Where is it?", message_id=first),
    ]

    assert [(m.context_id, m.content["payload"]) for m in tapped] == [(second, "2"), (first, "1")]


def test_a_tap_goes_to_the_number_the_message_came_from(sandbox: Sandbox, inbox: Inbox) -> None:
    """Whichever number is the first."""
    send(sandbox, order_shipped(), from_=TEST)
    sandbox.settle()

    sandbox.people.tap(SHEENA, "Where is it?")
    sandbox.settle()

    assert inbox.values[-1]["metadata"]["phone_number_id"] == TEST


def test_a_button_that_is_not_there_is_refused_with_those_that_are(sandbox: Sandbox) -> None:
    """Of every message they have; buttons that lead to a website cannot be tapped here."""
    send(sandbox, order_shipped())
    send(sandbox, REMINDER)
    sandbox.settle()

    with pytest.raises(CannotDo) as refused:
        sandbox.people.tap(SHEENA, "Track it")

    assert str(refused.value) == (
        "Sheena Nelson sees no quick-reply button 'Track it'; buttons they see: 'Yes, I will', "
        "'No, cancel it', 'Where is it?'"
    )


def test_a_button_of_another_message_is_refused(sandbox: Sandbox) -> None:
    """When one is named, only its buttons are there."""
    send(sandbox, order_shipped())
    reminder = send(sandbox, REMINDER)
    sandbox.settle()

    with pytest.raises(CannotDo, match=r"buttons they see: 'Yes, I will', 'No, cancel it'$"):
        sandbox.people.tap(SHEENA, "Where is it?", message_id=reminder)


def test_what_has_not_arrived_cannot_be_tapped(lifelike: Sandbox) -> None:
    """The refusal tells how far the message has come, and what to do."""
    refusals = []
    send(lifelike, order_shipped())

    for _ in range(2):
        with pytest.raises(CannotDo) as refused:
            lifelike.people.tap(SHEENA, "Where is it?")
        refusals.append(str(refused.value))
        lifelike.clock.advance(timedelta(seconds=0.5))

    assert refusals == [
        "no message with buttons has reached Sheena Nelson yet (the newest one is accepted); settle() first",
        "no message with buttons has reached Sheena Nelson yet (the newest one is sent); settle() first",
    ]


def test_somebody_elses_message_cannot_be_tapped(sandbox: Sandbox) -> None:
    """Nor can one that does not exist."""
    message_id = send(sandbox, order_shipped(), PABLO)
    sandbox.settle()

    for named in (message_id, "wamid.unknown"):
        with pytest.raises(CannotDo, match=f"Sheena Nelson has no message {named}"):
            sandbox.people.tap(SHEENA, "Where is it?", message_id=named)


# what cannot be


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (lambda s: s.people.say(JONAS, "Hallo"), "Jonas Weber is not on WhatsApp and cannot write"),
        (lambda s: s.people.say(SHEENA, ""), "a message needs some text"),
        (lambda s: s.people.say(SHEENA, "\ud83d"), "half a surrogate pair, which no phone can write"),
        (
            lambda s: s.people.say(SHEENA, "Hello", to="42"),
            "there is no business number 42; there are 106540352242922 \\(15550783881\\), "
            "107878721936019 \\(15550934873\\)",
        ),
    ],
    ids=["not on WhatsApp", "no text", "no text at all", "no such number"],
)
def test_what_a_person_cannot_do_is_refused(sandbox: Sandbox, act: Callable[..., Any], why: str) -> None:
    """In a sentence, and nothing has happened."""
    with pytest.raises(CannotDo, match=why):
        act(sandbox)

    assert (sandbox.messages.all(), notes(sandbox, "message")) == ([], [])


def test_nobody_is_called_with_those_who_are_there(sandbox: Sandbox) -> None:
    """A wrong number is answered with the right ones."""
    with pytest.raises(NobodyThere, match=rf"no person has the number {STRANGER}; there are Sheena Nelson"):
        sandbox.people.say(STRANGER, "Hello")


# people


def test_somebody_joins(sandbox: Sandbox, inbox: Inbox) -> None:
    """With the habits of the house, unless they have their own."""
    vera = sandbox.people.add("Vera", "+1 212 555 0123", habits={"reads": False})

    send(sandbox, order_shipped(), vera.wa_id)
    sandbox.settle()

    assert (vera.wa_id, vera.user_id.partition(".")[0]) == ("12125550123", "US")
    assert inbox.events == ["sent", "delivered"]
    assert [person.name for person in sandbox.people.all()][-1] == "Vera"


def test_a_number_that_is_taken_is_refused(sandbox: Sandbox) -> None:
    """With the name of its owner."""
    with pytest.raises(ValueError, match=f"{SHEENA} is Sheena Nelson's number already"):
        sandbox.people.add("Vera", "+1 (650) 555-1234")


def test_somebody_changes(sandbox: Sandbox) -> None:
    """Facts and habits; everything else stays."""
    sandbox.people.change(BEATRIZ, opted_in=True, habits={"read_after": 7})

    beatriz = sandbox.people.get(BEATRIZ)
    assert (beatriz.opted_in, beatriz.habits.read_after) == (True, timedelta(seconds=7))
    assert (beatriz.name, beatriz.locale, beatriz.habits.reads) == ("Beatriz Santos", "pt_BR", True)


@pytest.mark.parametrize(
    ("habits", "why"),
    [
        ({"laughs": True}, "there is no habit 'laughs'; there are sent_after, delivered_after"),
        ({"reads": "often"}, "the habit reads is true or false; got 'often'"),
        (
            {"read_after": -1},
            "the habit read_after is a number of seconds, zero or more and below 10⁹; got -1",
        ),
        (
            {"read_after": None},
            "the habit read_after is a number of seconds, zero or more and below 10⁹; got None",
        ),
        (
            {"sent_after": float("inf")},
            "the habit sent_after is a number of seconds, zero or more and below 10⁹; got inf",
        ),
        (
            {"sent_after": True},
            "the habit sent_after is a number of seconds, zero or more and below 10⁹; got True",
        ),
    ],
    ids=str,
)
def test_impossible_habits_are_refused(sandbox: Sandbox, habits: dict[str, Any], why: str) -> None:
    """And the person stays as they were."""
    before = sandbox.people.get(SHEENA)

    with pytest.raises(ValueError, match=why):
        sandbox.people.change(SHEENA, habits=habits)

    assert sandbox.people.get(SHEENA) == before


def test_who_joins_whatsapp_can_be_reached_from_then_on(sandbox: Sandbox) -> None:
    """Being there is a fact that may change."""
    inbox = listen(sandbox)
    send(sandbox, order_shipped(), JONAS)
    sandbox.settle()

    sandbox.people.change(JONAS, on_whatsapp=True)
    send(sandbox, order_shipped(), JONAS)
    sandbox.settle()

    assert inbox.events == ["failed 131026", "sent", "delivered", "read"]
    assert [m.status for m in sandbox.messages.all()] == [MessageStatus.FAILED, MessageStatus.READ]
