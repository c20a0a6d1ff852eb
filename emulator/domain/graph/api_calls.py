"""A call of the Graph API as the journal keeps it: what was asked, and what was answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from emulator.domain.journal import JournalEntry
from emulator.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class ApiCall:
    """A call that an app made: what it asked, and how it was answered.

    ``code`` and what follows it say why it was refused; they are empty for a call that succeeded.
    """

    seq: int
    """The number of its entry in the journal."""
    at: datetime
    method: str
    path: str
    """With the version, such as ``/v23.0/106540352242922/messages``."""
    body: Mapping[str, Any]
    """The parameters of query and body together; of a very large call empty. Secrets are masked."""
    status: int
    """The HTTP status of the answer; 0 where a fault reset the connection, so that there was none."""
    code: int | None = None
    """The number of the error, such as 131030."""
    error: str | None = None
    """The error in words, with its number: ``(#131030) Recipient phone number not in allowed list``."""
    rule: str | None = None
    """The emulator's name of the rule that refused, as in the header ``X-Emulator-Rule``."""
    hint: str | None = None
    """What would help, as in the header ``X-Emulator-Hint``."""
    facts: Mapping[str, Any] | None = None
    """The facts that the rule looked at."""
    source: str | None = None
    """The page that the rule comes from."""

    @property
    def was_refused(self) -> bool:
        """Whether the answer was an error."""
        return self.code is not None

    @property
    def to(self) -> str | None:
        """The number that it wanted to send to, as the caller wrote it; ``None`` without one."""
        to = self.body.get("to")
        return None if to is None else str(to)

    @property
    def type(self) -> str | None:
        """The type of the message that it wanted to send; ``None`` for a call that sends none."""
        return type_of(self.body)

    @property
    def text(self) -> str | None:
        """The body of the text or the interactive message, or the caption, that it wanted to send."""
        return text_of(self.body)

    @property
    def template(self) -> str | None:
        """The name of the template that it wanted to send; ``None`` without one."""
        return template_of(self.body)


def type_of(body: Mapping[str, Any]) -> str | None:
    """The type of the message that a call with these parameters sends; ``None`` for one that sends none."""
    return str(body.get("type", "text")) if "to" in body or "recipient" in body else None


def text_of(body: Mapping[str, Any]) -> str | None:
    """The body of the text or the interactive message, or the caption, that a call sends."""
    content = body.get(type_of(body) or "")
    if not isinstance(content, Mapping):
        return None
    inside = content.get("body", content.get("caption"))
    return str(inside.get("text")) if isinstance(inside, Mapping) else inside


def template_of(body: Mapping[str, Any]) -> str | None:
    """The name of the template that a call sends; ``None`` without one."""
    template = body.get("template")
    return str(template.get("name")) if isinstance(template, Mapping) else None


def of_entry(entry: JournalEntry) -> ApiCall:
    """Read a call from its entry of the kind ``call``."""
    details = entry.details
    return ApiCall(
        entry.seq,
        entry.at,
        str(details.get("method", "")),
        str(details.get("path", "")),
        _parsed(details.get("request")),
        int(details.get("status", 0)),
        details.get("code"),
        details.get("error"),
        details.get("rule"),
        details.get("hint"),
        details.get("facts"),
        details.get("source"),
    )


def _parsed(request: Any) -> Mapping[str, Any]:
    """The parameters as JSON; what was cut, because it was too long, is none any more."""
    try:
        given = json.loads(request or "{}")
    except ValueError:
        return {}
    return given if isinstance(given, dict) else {}
