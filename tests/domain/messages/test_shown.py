"""The parts of a message that its recipient sees: its words, and what can be tapped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from kit.identities import PRODUCTION, SHEENA
from kit.times import MORNING

from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.domain.templates.filling.rendered import Rendered, RenderedButton, as_json


def sent(kind: str, content: Any, as_text: str = "as a transcript has it") -> Message:
    return Message(
        "wamid.1", PRODUCTION, SHEENA, True, kind, MessageStatus.READ, MORNING, content, as_text=as_text
    )


def template(*labels: str, cards: tuple[Rendered, ...] = (), **content: Any) -> Message:
    buttons = tuple(RenderedButton("QUICK_REPLY", label) for label in labels)
    rendered = as_json(Rendered("Top", "Hello Ana", "Bottom", buttons, cards=cards))
    return sent("template", {"name": "hello", "rendered": rendered, **content})


def interactive(action: Mapping[str, Any], **content: Any) -> Message:
    return sent("interactive", {"type": "any", "action": action, **content})


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (template("Yes"), "Hello Ana"),
        (interactive({}, header={"type": "text", "text": "Top"}, body={"text": "Which one?"}), "Which one?"),
        (sent("image", {"id": "1", "caption": "A fern"}), "A fern"),
        (sent("image", {"id": "1"}, "[image]"), "[image]"),
        (sent("text", {"body": "Hi"}, "Hi"), "Hi"),
        (interactive({"catalog_id": "1"}), "as a transcript has it"),
        (sent("contacts", [{}], "[contacts] Pablo"), "[contacts] Pablo"),
    ],
)
def test_the_text_of_a_message_is_its_body_alone(message: Message, text: str) -> None:
    """Without header, footer and buttons; what has no body reads as in a transcript."""
    assert message.text == text


REPLY = {"type": "reply", "reply": {"id": "a", "title": "Yes"}}
LINK = {"name": "cta_url", "parameters": {"display_text": "Go", "url": "https://example.com"}}
ROWS = [{"rows": [{"id": "a", "title": "Fern"}]}, {"title": "More", "rows": [{"id": "b", "title": "Rose"}]}]


@pytest.mark.parametrize(
    ("message", "labels"),
    [
        (template("Yes", "No"), ("Yes", "No")),
        (template("Yes", cards=(Rendered(None, "", None, (RenderedButton("URL", "Go"),)),)), ("Yes", "Go")),
        (interactive({"buttons": [REPLY]}), ("Yes",)),
        (interactive(LINK), ("Go",)),
        (interactive({"button": "Menu", "sections": ROWS}), ("Fern", "Rose")),
        (interactive({"cards": [{"action": LINK}, {"action": {"buttons": [REPLY]}}, {}]}), ("Go", "Yes")),
        (sent("text", {"body": "Hi"}), ()),
    ],
)
def test_the_buttons_of_a_message_are_the_labels_that_can_be_tapped(
    message: Message, labels: tuple[str, ...]
) -> None:
    """In the order shown: those of the message, then of its cards; of a list its rows."""
    assert message.buttons == labels


def test_a_template_says_its_name_and_what_filled_its_body() -> None:
    """In order, or by name; other messages have neither."""
    assert (template().template, template().parameters) == ("hello", [])
    assert template(parameters=["Ana", "17"]).parameters == ["Ana", "17"]
    assert template(parameters={"day": "Friday"}).parameters == {"day": "Friday"}
    assert (sent("text", {"body": "Hi"}).template, sent("contacts", [{}]).parameters) == (None, [])
