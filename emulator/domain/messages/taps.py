"""What a person can tap on a message they were sent, and what the tap says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from emulator.domain.messages.lifecycle import Message
from emulator.domain.templates.filling.rendered import from_json

TAPPABLE = ("template", "interactive")
"""The types of messages that a business sends and a person can tap on."""


@dataclass(frozen=True, slots=True)
class TapChoice:
    """A quick reply of a template, a reply button, or the row of a list."""

    label: str
    key: str
    """What tells two of the same label apart: a payload or an id."""
    is_row: bool
    type: str
    """The type of the answer: ``button`` to a template, ``interactive`` to the others."""
    content: Mapping[str, Any]
    """What stands under that type in the webhook."""


def choices(message: Message) -> list[TapChoice]:
    """Everything on ``message`` that answers when it is tapped."""
    if message.type == "template":
        return list(_of_template(message.content))
    if message.type == "interactive":
        return list(_of_interactive(message.content.get("action") or {}))
    return []


def _of_template(content: Mapping[str, Any]) -> Iterator[TapChoice]:
    for button in from_json(content["rendered"]).every_button():
        if button.type == "QUICK_REPLY":
            payload = button.payload or button.text
            yield TapChoice(button.text, payload, False, "button", {"payload": payload, "text": button.text})


def _of_interactive(action: Mapping[str, Any]) -> Iterator[TapChoice]:
    cards = (card.get("action") or {} for card in action.get("cards", ()))
    for place in (action, *cards):
        for button in place.get("buttons", ()):
            if reply := button.get(button["type"]) if button["type"] in ("reply", "quick_reply") else None:
                yield _reply("button_reply", reply, False)
    for section in action.get("sections", ()):
        for row in section.get("rows", ()):
            yield _reply("list_reply", row, True)


def _reply(kind: str, said: Mapping[str, Any], is_row: bool) -> TapChoice:
    told = {key: said[key] for key in ("id", "title", "description") if said.get(key)}
    return TapChoice(said["title"], said["id"], is_row, "interactive", {"type": kind, kind: told})
