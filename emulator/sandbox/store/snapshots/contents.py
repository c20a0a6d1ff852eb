"""What messages and templates contain: read as the services read it when they are sent, shown and tapped."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from emulator.domain.content.kind import MessageKind
from emulator.domain.content.kinds import KINDS
from emulator.domain.errors import PlatformError
from emulator.domain.messages.direct import KINDS as DIRECT_KINDS
from emulator.domain.messages.inbound_kinds import INBOUND_KINDS
from emulator.domain.messages.lifecycle import MessageStatus
from emulator.domain.templates import components
from emulator.domain.templates.filling import rendered
from emulator.sandbox.store.snapshots import checks as of
from emulator.sandbox.store.wording import wording_key
from emulator.wire import shape_reader
from emulator.wire.parameters import Parameter

Row = Mapping[str, Any]

_STUMBLES = (ValueError, TypeError, LookupError, AttributeError, PlatformError)
"""What reading raises about JSON that is not what was written."""


def _parameters(value: Any) -> None:
    if isinstance(value, Mapping):
        value = list(value.values())
    of.array(of.text)(value)


_template_use = of.members(
    {"name": of.text, "language": of.members({"code": of.text}), "rendered": of.mapping},
    {"parameters": _parameters},
)
_DIRECT = {name: kind for kinds in DIRECT_KINDS.values() for name, kind in kinds.items()}
_INBOUND = {kind.type for kind in INBOUND_KINDS.values()}
_WRITTEN = ("received", "read")
_SENT = tuple(status for status in MessageStatus if status is not MessageStatus.RECEIVED)


def message_is_readable(row: Row) -> None:
    """Raise :class:`ValueError` for a message whose content is none of its type."""
    outbound, kind, content = bool(row["outbound"]), row["type"], of.loaded(row["content"])
    known = {*KINDS, "template"} if outbound else _INBOUND
    if kind not in known:
        raise ValueError(f".type {of.refused('a type of messages', kind)}")
    if row["status"] not in (_SENT if outbound else _WRITTEN):
        raise ValueError(f".status is {row['status']!r}, which is of the other direction")
    if not outbound:
        _reads(_inbound, kind, content)
    elif kind == "template":
        _reads(_template, content)
    else:
        _reads(_free_form, (_DIRECT if row["direct"] else KINDS).get(kind), content)


def _inbound(kind: str, content: Any) -> None:
    words = INBOUND_KINDS[kind].words if kind in INBOUND_KINDS else None
    if kind == "contacts":
        of.array(of.mapping)(content)
        return
    of.members(None, {words: of.text} if words else None, others=True)(content)


def _template(content: Any) -> None:
    _template_use(content)
    _same(rendered.as_json(rendered.from_json(content["rendered"])), content["rendered"])
    made = rendered.from_json(content["rendered"])
    rendered.plain_text(made)
    for button in made.every_button():
        of.text(button.type)
        of.text(button.text)


def _free_form(kind: MessageKind | None, content: Any) -> None:
    if kind is None:
        raise ValueError("cannot be sent directly")
    _same(shape_reader.read(kind.shape, Parameter({kind.name: content}).required(kind.name)), content)


def template_is_readable(row: Row) -> None:
    """Raise :class:`ValueError` for a template whose components cannot be filled in and shown.

    And for one that says of itself to be worded otherwise than it is.
    """
    written = of.loaded(row["components"])
    try:
        of.array(_component)(written)
    except ValueError as problem:
        words = str(problem)
        raise ValueError(f".components{'' if words.startswith(('.', '[')) else ' '}{words}") from None
    if row["wording"] != wording_key(written):
        raise ValueError(f".wording {of.refused('the key of its components', row['wording'])}")


def _component(value: Any) -> None:
    _COMPONENT(value)
    if value["type"] == "HEADER" and "format" not in value:
        raise ValueError(" of a HEADER lacks 'format'")


def _examples(value: Any) -> None:
    if not isinstance(value, dict | list | str):
        raise of.refused("an example", value)


_BUTTON = of.members(
    {"type": of.one_of(components.BUTTON_TYPES)}, {"text": of.text, "url": of.text}, others=True
)
_COMPONENT: of.Check = of.members(
    {"type": of.one_of(components.COMPONENT_TYPES)},
    {
        "text": of.text,
        "format": of.one_of(components.HEADER_FORMATS),
        "buttons": of.array(_BUTTON),
        "example": _examples,
        "cards": of.array(of.members({"components": of.array(lambda each: _component(each))})),
        "limited_time_offer": of.members({"text": of.text}, {"has_expiration": of.boolean}),
    },
    others=True,
)


def _reads(read: Callable[..., None], *given: Any) -> None:
    try:
        read(*given)
    except _STUMBLES as problem:
        words = (
            str(problem)
            if isinstance(problem, ValueError | PlatformError)
            else f"{type(problem).__name__}: {problem}"
        )
        joint = "" if words.startswith((".", "[")) else " "
        raise ValueError(f".content{joint}{words}") from None


def _same(read: Any, written: Any) -> None:
    if json.loads(json.dumps(read)) != written:
        raise ValueError(f"is read as {of.shown(read)}, but is {of.shown(written)}")
