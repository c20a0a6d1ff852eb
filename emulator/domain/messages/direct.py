"""Direct Send: a message that says its category, needs no window, and makes a template of itself.

Sources: D/direct-send/overview, supported-message-types, configure-message-ttl, business-named-templates
(beta, July 2026).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

from emulator.domain.errors import DOCS
from emulator.domain.messages.interactive import INTERACTIVE
from emulator.domain.messages.interactive.direct import TYPES
from emulator.domain.messages.interactive.parts import BODY_LENGTH
from emulator.domain.messages.kind import MessageKind
from emulator.domain.messages.text import TEXT
from emulator.domain.shapes import Flag, Record, Text, Value, Variant
from emulator.domain.templates.template import AUTHENTICATION_TTL, DEFAULT_TTL

UTILITY, AUTHENTICATION, SERVICE = "UTILITY", "AUTHENTICATION", "SERVICE"
CATEGORIES = (AUTHENTICATION, SERVICE, UTILITY)
"""What ``category`` may say, in the order of the platform's complaint."""
TTL_SECONDS = {UTILITY: (30, 43_200), AUTHENTICATION: (30, 900)}
NAME_LENGTH = 512
NAME_PATTERN = "^[a-z0-9_]+$"
LANGUAGE = "en_US"
"""Of every template that is made; which one the platform writes down is not documented."""

_SOURCE = f"{DOCS}/direct-send/supported-message-types"
DIRECT_TEXT = replace(
    TEXT,
    shape=Record(
        required={"body": Text(what="Body text", least=1, most=BODY_LENGTH)},
        optional={"preview_url": Flag()},
    ),
    source=_SOURCE,
)
DIRECT_INTERACTIVE = replace(INTERACTIVE, shape=Variant("type", TYPES), source=_SOURCE)

Components = tuple[Mapping[str, Any], ...]

KINDS: Mapping[str, Mapping[str, MessageKind]] = {
    UTILITY: {"text": DIRECT_TEXT, "interactive": DIRECT_INTERACTIVE},
    AUTHENTICATION: {"text": DIRECT_TEXT},
}
"""The kinds of message that may be sent directly, by category."""


@dataclass(frozen=True, slots=True)
class DirectSend:
    """What a message says that is sent directly."""

    category: str
    ttl_seconds: int | None = None
    template_name: str | None = None
    """What the business calls the template; made up when it does not say."""

    @property
    def time_to_live(self) -> timedelta:
        """How long it may wait for a phone that is off."""
        if self.ttl_seconds is not None:
            return timedelta(seconds=self.ttl_seconds)
        return AUTHENTICATION_TTL if self.category == AUTHENTICATION else DEFAULT_TTL


def template_components(kind: str, value: Value) -> Components:
    """The template that a message makes of itself."""
    if kind == "text":
        return ({"type": "BODY", "text": value["body"]},)
    made: list[Mapping[str, Any]] = []
    if "header" in value:
        made.append({"type": "HEADER", "format": "TEXT", "text": value["header"]["text"]})
    made.append({"type": "BODY", "text": value["body"]["text"]})
    if "footer" in value:
        made.append({"type": "FOOTER", "text": value["footer"]["text"]})
    return (*made, {"type": "BUTTONS", "buttons": _buttons(value["action"])})


def _buttons(action: Value) -> list[Mapping[str, Any]]:
    if "buttons" not in action:
        return [_url(action["parameters"])]
    return [
        _url(button["cta_url"])
        if button["type"] == "cta_url"
        else {"type": "QUICK_REPLY", "text": button["reply"]["title"]}
        for button in action["buttons"]
    ]


def _url(link: Value) -> Mapping[str, Any]:
    return {"type": "URL", "text": link["display_text"], "url": link["url"]}


def generated_name(category: str, made: Components) -> str:
    """The name of a template that the business does not name: the same for the same content."""
    written = json.dumps([category, made], sort_keys=True, default=dict)
    return f"auto_generated_{sha256(written.encode()).hexdigest()[:32]}"
