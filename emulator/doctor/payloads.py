"""Webhooks made of those that the platform's renderers made: several in one, or with other members.

Every function takes the bytes of webhooks and returns the bytes of another, as Meta's encoder writes them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from emulator.wire import signing

Value = dict[str, Any]
_NEW = "added_tomorrow"
"""The name of what the platform adds without notice: a member, a type of message, a field."""


def parsed(body: bytes) -> Any:
    """The JSON of a webhook's bytes."""
    return json.loads(body)


def value_of(body: bytes) -> Value:
    """The ``value`` of the first change of a webhook."""
    value: Value = parsed(body)["entry"][0]["changes"][0]["value"]
    return value


def changed(body: bytes, change: Callable[[Value], object], field: str | None = None) -> bytes:
    """Change the ``value`` of a webhook, and the ``field`` it is of if one is given."""
    payload = parsed(body)
    first = payload["entry"][0]["changes"][0]
    change(first["value"])
    if field is not None:
        first["field"] = field
    return signing.encode(payload)


def with_message(body: bytes, kind: str, content: Value | None = None) -> bytes:
    """Make the message of a webhook one of another kind."""

    def change(value: Value) -> None:
        (message,) = value["messages"]
        message.pop(message["type"])
        message |= {"type": kind} | ({} if content is None else {kind: content})

    return changed(body, change)


def with_value(body: bytes, **members: Any) -> bytes:
    """Put other members in the place of the messages and contacts of a webhook."""

    def change(value: Value) -> None:
        value.pop("messages", None)
        value.pop("contacts", None)
        value |= members

    return changed(body, change)


def of_new_type(body: bytes) -> bytes:
    """Make the message one of a type that does not exist yet."""
    return with_message(body, _NEW, {"body": "new"})


def of_new_field(body: bytes) -> bytes:
    """Make the webhook one of a field that does not exist yet."""
    return changed(with_value(body, **{_NEW: [{"id": "1"}]}), lambda _: None, field=_NEW)


def with_new_members(body: bytes) -> bytes:
    """Add a member to every object of a webhook."""
    return signing.encode(_grown(parsed(body)))


def _grown(node: Any) -> Any:
    if isinstance(node, dict):
        return {**{name: _grown(value) for name, value in node.items()}, _NEW: {"id": "1"}}
    if isinstance(node, list):
        return [_grown(each) for each in node]
    return node


def without_profile(body: bytes) -> bytes:
    """Leave out the name of the person."""
    return changed(body, lambda value: value["contacts"][0].pop("profile"))


def without_contacts(body: bytes) -> bytes:
    """Take the contacts, and with them the profile names, out of a webhook."""
    return changed(body, lambda value: value.pop("contacts"))


# several in one


def in_one_value(bodies: Sequence[bytes]) -> bytes:
    """Put what several webhooks of one field tell into one ``value``."""
    payload = parsed(bodies[0])
    value = payload["entry"][0]["changes"][0]["value"]
    for name in ("contacts", "messages", "statuses"):
        together = [each for body in bodies for each in value_of(body).get(name, ())]
        if together:
            value[name] = together
    return signing.encode(payload)


def in_one_entry(bodies: Iterable[bytes]) -> bytes:
    """Put the changes of several webhooks into one entry."""
    first, *rest = map(parsed, bodies)
    for payload in rest:
        first["entry"][0]["changes"] += payload["entry"][0]["changes"]
    return signing.encode(first)


def in_one_post(bodies: Iterable[bytes]) -> bytes:
    """Put the entries of several webhooks into one POST."""
    first, *rest = map(parsed, bodies)
    for payload in rest:
        first["entry"] += payload["entry"]
    return signing.encode(first)
