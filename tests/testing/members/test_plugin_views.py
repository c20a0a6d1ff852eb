"""What the ``whatsapp`` fixture shows: messages, deliveries, templates, the transcript."""

from __future__ import annotations

import pytest
from kit.identities import (
    PABLO,
    SHEENA,
    STRANGER,
)
from kit.messages import template_message
from kit.plugin import call, order_shipped, send
from kit.receivers import Inbox
from kit.values import code_of

from emulator.testing.whatsapp import WhatsApp

# views


def test_messages_are_seen_as_they_stand_when_you_look(whatsapp: WhatsApp) -> None:
    """A view taken early shows what comes later."""
    messages = whatsapp.messages
    nothing = (len(messages), list(messages), repr(messages))
    whatsapp.person().says("Hello")
    send(whatsapp, "Hi!")
    send(whatsapp, "Are you there?", to=STRANGER)

    whatsapp.settle()

    assert nothing == (0, [], "<Messages: none>")
    assert messages.texts == ["Hello", "Hi!", "Are you there?"]
    assert messages.received.texts == ["Hello"]
    assert messages.sent.texts == ["Hi!", "Are you there?"]
    assert messages.failed.texts == ["Are you there?"]
    assert (messages[0].text, messages[-1].text) == ("Hello", "Are you there?")
    assert [message.text for message in messages[1:]] == ["Hi!", "Are you there?"]
    assert messages.last.status == "failed"
    assert code_of(messages.failed.last) == 131026


def test_messages_are_found_by_person(whatsapp: WhatsApp) -> None:
    """By the handle, by the number, and from the person themselves; views can be chained."""
    sheena, pablo = whatsapp.person(), whatsapp.person("Pablo Morales")
    sheena.says("I am Sheena")
    pablo.says("I am Pablo")
    send(whatsapp, "Hello, Pablo", PABLO)

    views = [whatsapp.messages.of(pablo), whatsapp.messages.of(PABLO), pablo.messages]

    assert [view.texts for view in views] == [["I am Pablo", "Hello, Pablo"]] * 3
    assert whatsapp.messages.of(pablo).sent.texts == ["Hello, Pablo"]
    assert whatsapp.messages.sent.of(sheena).texts == []


def test_a_template_is_seen_by_its_parts(whatsapp: WhatsApp) -> None:
    """Its body alone, what filled it, and its buttons; transcripts show it whole."""
    send(whatsapp, order_shipped())

    message = whatsapp.messages.last

    assert (message.template, message.parameters) == ("order_shipped", ["Sheena", "860198"])
    assert message.text.startswith("Good news, Sheena!")
    assert message.text.endswith("will be with you soon.")
    assert message.buttons == ("Where is it?", "Track it")
    assert "[Where is it?] [Track it]" in whatsapp.transcript


def test_the_last_of_no_messages_says_what_may_be_missing(whatsapp: WhatsApp) -> None:
    """Not an index out of range."""
    with pytest.raises(
        LookupError, match=r"no such message yet; did the app send it, and was there a settle"
    ):
        _ = whatsapp.messages.failed.last


def test_messages_show_the_conversation(whatsapp: WhatsApp) -> None:
    """What pytest prints of a failing comparison can be read."""
    whatsapp.person().says("Hello")
    send(whatsapp, "Hi!\nHow are you?")
    whatsapp.settle()

    assert repr(whatsapp.messages).splitlines() == [
        "<Messages",
        f"  09:00:00  +{SHEENA} → business: Hello",
        f"  09:00:00  business → +{SHEENA}: Hi! ⏎ How are you?   ✓✓ read>",
    ]


def test_the_transcript_tells_the_conversation_by_name(whatsapp: WhatsApp) -> None:
    """A day over each day's messages."""
    whatsapp.person().says("Hello")
    whatsapp.clock.advance(days=1)
    send(whatsapp, "Hi!")
    whatsapp.settle()

    assert [line.partition(" ─")[0] for line in whatsapp.transcript.splitlines()] == [
        "── Monday 02 November 2026",
        "09:00:00  Sheena Nelson → business: Hello",
        "── Tuesday 03 November 2026",
        "09:00:00  business → Sheena Nelson: Hi!   ✗ failed 131047 Re-engagement message",
    ]


def test_webhooks_deliveries_and_journal_can_be_looked_at(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """What was made for the app, what became of it, and why."""
    whatsapp.person().says("Hello")
    waiting = [delivery.state for delivery in whatsapp.deliveries]

    whatsapp.settle()

    assert waiting == ["waiting"]
    assert [delivery.state for delivery in whatsapp.deliveries] == ["delivered"]
    assert whatsapp.webhooks == inbox.payloads
    assert "Sheena Nelson wrote: Hello" in [entry.summary for entry in whatsapp.journal]


# templates


def test_templates_are_found_by_name(whatsapp: WhatsApp) -> None:
    """Those of the seed, with their status."""
    assert whatsapp.templates["order_shipped"].status == "APPROVED"
    assert whatsapp.templates.get("loyalty_points", "en_US").status == "PENDING"
    assert "weekly_news" in [template.name for template in whatsapp.templates]
    assert "free_gift: REJECTED" in repr(whatsapp.templates)


def test_an_unknown_template_lists_the_known(whatsapp: WhatsApp) -> None:
    """So that a typo shows."""
    with pytest.raises(LookupError, match=r"there is no template order_shiped; there are: .*order_shipped"):
        _ = whatsapp.templates["order_shiped"]


def test_a_template_in_several_languages_must_be_named_with_one(whatsapp: WhatsApp) -> None:
    """The message lists them."""
    body = {
        "name": "order_shipped",
        "language": "es",
        "category": "UTILITY",
        "components": [{"type": "BODY", "text": "Su pedido ya va en camino a su casa."}],
    }
    assert call(whatsapp, "POST", f"{whatsapp.waba_id}/message_templates", body).status_code == 200

    with pytest.raises(LookupError, match=r"order_shipped is there in several languages, .*\bes\b"):
        _ = whatsapp.templates["order_shipped"]

    assert whatsapp.templates.get("order_shipped", "es").status == "PENDING"


def test_a_submitted_template_is_reviewed_by_the_clock(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """After the five minutes of the seed, with a webhook."""
    body = {
        "name": "welcome",
        "language": "en_US",
        "category": "UTILITY",
        "components": [{"type": "BODY", "text": "Your account is ready and you can sign in now."}],
    }
    call(whatsapp, "POST", f"{whatsapp.waba_id}/message_templates", body)
    whatsapp.clock.advance(minutes=4, seconds=59)
    before = whatsapp.templates["welcome"].status

    whatsapp.clock.advance(seconds=1)

    assert (before, whatsapp.templates["welcome"].status) == ("PENDING", "APPROVED")
    assert inbox.events == ["welcome APPROVED"]


def test_a_test_is_the_reviewer_if_it_wants(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """Every decision at once, each with its webhook."""
    templates = whatsapp.templates

    decided = [
        templates.approve("loyalty_points"),
        templates.pause("order_shipped"),
        templates.unpause("order_shipped"),
        templates.reject("order_shipped", reason="ABUSIVE_CONTENT"),
        templates.disable("weekly_news"),
    ]
    whatsapp.settle()

    assert [template.status for template in decided] == [
        "APPROVED",
        "PAUSED",
        "APPROVED",
        "REJECTED",
        "DISABLED",
    ]
    assert templates["order_shipped"].rejected_reason == "ABUSIVE_CONTENT"
    assert [words.split()[0] for words in inbox.events] == [
        "loyalty_points",
        "order_shipped",
        "order_shipped",
        "order_shipped",
        "weekly_news",
    ]


def test_a_decision_decides_what_can_be_sent(whatsapp: WhatsApp) -> None:
    """A paused template is refused, an approved one is not."""
    points = template_message(
        SHEENA, "loyalty_points", {"type": "body", "parameters": [{"type": "text", "text": "120"}]}
    )
    messages = f"{whatsapp.phone_number_id}/messages"
    pending = call(whatsapp, "POST", messages, points)

    whatsapp.templates.approve("loyalty_points")
    approved = call(whatsapp, "POST", messages, points)
    whatsapp.templates.pause("loyalty_points")
    paused = call(whatsapp, "POST", messages, points)

    assert (pending.json["error"]["code"], approved.status_code, paused.json["error"]["code"]) == (
        132001,
        200,
        132015,
    )


def test_a_decision_that_does_not_fit_says_why(whatsapp: WhatsApp) -> None:
    """The template's state is named."""
    with pytest.raises(ValueError, match=r"order_shipped is APPROVED and cannot be told 'approve'"):
        whatsapp.templates.approve("order_shipped")
