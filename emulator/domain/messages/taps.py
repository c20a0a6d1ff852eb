"""What a person can tap on a message they were sent, and the inbound message each tap makes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from emulator.domain.messages.lifecycle import Message
from emulator.domain.templates.filling.rendered import from_json
from emulator.domain.values import dataclass

TAPPABLE = ("template", "interactive")
"""The types of messages that a business sends and a person can tap on."""


@dataclass(frozen=True, slots=True)
class TapChoice:
    """Something to tap that sends an answer: a template's quick reply, a reply button, or a list row.

    ``label`` is what the person sees; ``type`` and ``content`` make the inbound message that a tap sends.
    """

    label: str
    key: str
    """Tells two with the same label apart: the payload of a quick reply, or the id of a button or row."""
    is_row: bool
    type: str
    """The ``type`` of the inbound message: ``button`` for a template, ``interactive`` for the others."""
    content: Mapping[str, Any]
    """The value under that type in the webhook."""


def choices(message: Message) -> list[TapChoice]:
    """List everything on ``message`` that sends an answer when it is tapped, in the order it is shown.

    Links, calls and Flows are not among them. A message of another type than template or interactive has
    none.
    """
    if message.type == "template":
        return list(_of_template(message.content))
    if message.type == "interactive":
        return list(_of_interactive(message.content.get("action") or {}))
    return []


@dataclass(frozen=True, slots=True)
class FlowButton:
    """The button of a message that opens a flow."""

    label: str
    token: str | None
    """The ``flow_token`` it was sent with; ``None`` where the business gave none."""


def flows(message: Message) -> list[FlowButton]:
    """List the buttons of ``message`` that open a flow, in the order they are shown."""
    if message.type == "template":
        buttons = from_json(message.content["rendered"]).every_button()
        return [FlowButton(each.text, _token(each.action)) for each in buttons if each.type == "FLOW"]
    if message.content.get("type") != "flow":
        return []
    parameters = message.content["action"]["parameters"]
    return [FlowButton(parameters["flow_cta"], _token(parameters))]


def _token(action: Mapping[str, Any] | None) -> str | None:
    return (action or {}).get("flow_token")


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


def _reply(kind: str, reply: Mapping[str, Any], is_row: bool) -> TapChoice:
    shown = {key: reply[key] for key in ("id", "title", "description") if reply.get(key)}
    return TapChoice(reply["title"], reply["id"], is_row, "interactive", {"type": kind, kind: shown})
