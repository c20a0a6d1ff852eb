"""Direct Send: a message that names its category, needs no window, and becomes a template by itself.

Sources: D/direct-send/overview, supported-message-types, configure-message-ttl, business-named-templates
(beta, July 2026).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

from emulator.domain.content.interactive import INTERACTIVE
from emulator.domain.content.interactive.direct import TYPES
from emulator.domain.content.interactive.parts import BODY_LENGTH
from emulator.domain.content.kind import MessageKind
from emulator.domain.content.text import TEXT
from emulator.domain.errors import DOCS
from emulator.domain.shapes import Flag, Record, Text, Value, Variant
from emulator.domain.templates.template import AUTHENTICATION_TTL, DEFAULT_TTL
from emulator.domain.values import dataclass

UTILITY, AUTHENTICATION, SERVICE = "UTILITY", "AUTHENTICATION", "SERVICE"
CATEGORIES = (AUTHENTICATION, SERVICE, UTILITY)
"""The values of ``category``, in the order of the platform's complaint."""
TTL_SECONDS = {UTILITY: (30, 43_200), AUTHENTICATION: (30, 900)}
"""The least and the most ``ttl_seconds`` of each category, both inclusive (configure-message-ttl)."""
NAME_LENGTH = 512
NAME_PATTERN = "^[a-z0-9_]+$"
LANGUAGE = "en_US"
"""The language of every generated template; which one the platform writes down is not documented."""

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
"""The kinds of message that may be sent directly, by category (supported-message-types)."""


@dataclass(frozen=True, slots=True)
class DirectSend:
    """The members of a send that make it a Direct Send: its category, time to live and template name."""

    category: str
    ttl_seconds: int | None = None
    template_name: str | None = None
    """The name the business gives the template (``direct_send_config``); ``None``: one is generated."""

    @property
    def time_to_live(self) -> timedelta:
        """How long the message may wait for a phone that is off before it is dropped.

        ``ttl_seconds`` where it was given; else ten minutes for authentication, and 30 days for any other
        category.
        """
        if self.ttl_seconds is not None:
            return timedelta(seconds=self.ttl_seconds)
        return AUTHENTICATION_TTL if self.category == AUTHENTICATION else DEFAULT_TTL


def template_components(kind: str, value: Value) -> Components:
    """Build the components of the template that a directly sent message becomes.

    ``kind`` is ``text`` or ``interactive`` and ``value`` what the request has under it: header, body and
    footer become components of that name, its link and reply buttons one BUTTONS component.
    """
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
    """Build the name of a generated template: ``auto_generated_`` and 32 hexadecimal digits.

    The same ``category`` and components give the same name, so equal messages share one template.
    """
    written = json.dumps([category, made], sort_keys=True, default=dict)
    return f"auto_generated_{sha256(written.encode()).hexdigest()[:32]}"
