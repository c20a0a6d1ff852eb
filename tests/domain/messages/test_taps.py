"""What a person can tap on a message they were sent, and what a tap sends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from kit.identities import PRODUCTION, SHEENA
from kit.times import MORNING

from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.domain.messages.taps import TapChoice, choices
from emulator.domain.templates.filling.rendered import Rendered, RenderedButton, as_json

QUICK = ("QUICK_REPLY", "Late?")


def sent(kind: str, content: Mapping[str, Any]) -> Message:
    return Message("wamid.1", PRODUCTION, SHEENA, True, kind, MessageStatus.READ, MORNING, content)


def interactive(**action: Any) -> Message:
    return sent("interactive", {"type": "any", "action": action})


def reply(name: str, title: str, kind: str = "reply") -> dict[str, Any]:
    return {"type": kind, kind: {"id": name, "title": title}}


def chosen(kind: str, *, is_row: bool = False, **members: str) -> TapChoice:
    content = {"type": kind, kind: members}
    return TapChoice(members["title"], members["id"], is_row, "interactive", content)


def test_a_reply_button_sends_its_id_and_title() -> None:
    """In the order in which the buttons are shown; a link sends nothing."""
    link = {"type": "cta_url", "cta_url": {"display_text": "Go", "url": "https://example.com"}}

    assert choices(interactive(buttons=[reply("a", "Yes"), link, reply("b", "No")])) == [
        chosen("button_reply", id="a", title="Yes"),
        chosen("button_reply", id="b", title="No"),
    ]


def test_a_row_of_a_list_sends_its_description_too() -> None:
    """If it has one; rows of every section can be tapped."""
    sections = [
        {"rows": [{"id": "a", "title": "Fern", "description": "Green"}, {"id": "b", "title": "Moss"}]},
        {"title": "More", "rows": [{"id": "c", "title": "Rose", "description": ""}]},
    ]

    assert choices(interactive(button="Menu", sections=sections)) == [
        chosen("list_reply", is_row=True, id="a", title="Fern", description="Green"),
        chosen("list_reply", is_row=True, id="b", title="Moss"),
        chosen("list_reply", is_row=True, id="c", title="Rose"),
    ]


def test_quick_replies_of_cards_can_be_tapped() -> None:
    """Card by card; one with a link, and one of a product, have none."""
    cards = [
        {"action": {"buttons": [reply("a", "Yes", "quick_reply")]}},
        {"action": {"name": "cta_url", "parameters": {}}},
        {},
        {"action": {"buttons": [reply("b", "No", "quick_reply")]}},
    ]

    assert [each.key for each in choices(interactive(cards=cards))] == ["a", "b"]


@pytest.mark.parametrize("payload", ["LATE", None])
def test_a_quick_reply_of_a_template_sends_its_payload_or_its_text(payload: str | None) -> None:
    """As a message of the type ``button``; its other buttons send nothing."""
    buttons = (
        RenderedButton("URL", "Go", url="https://example.com"),
        RenderedButton(*QUICK, payload=payload),
    )
    message = sent("template", {"rendered": as_json(Rendered(None, "Hello", None, buttons))})
    expected = payload or "Late?"

    assert choices(message) == [
        TapChoice("Late?", expected, False, "button", {"payload": expected, "text": "Late?"})
    ]


def test_nothing_else_can_be_tapped() -> None:
    """A text has no buttons; an interactive message may have no action."""
    assert choices(sent("text", {"body": "Hello"})) == []
    assert choices(sent("interactive", {"type": "any"})) == []
