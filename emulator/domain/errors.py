"""Everything the platform refuses, as one family of exceptions.

    PlatformError               any refusal: a number, a sentence, an HTTP status
    ├── GraphError              told at once, by the generic Graph layer (100, 104, 190, 200, 2500 …)
    │   └── TemplateEditorError told at once, with strings for a person (100 with a 2388xxx subcode)
    └── MessageError            told by the WhatsApp services, at once or later by webhook (13xxxx)

How each is worded stands in :mod:`emulator.domain.catalogue`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from emulator.domain.catalogue import CATALOGUE, CatalogueEntry, ErrorChannel, Layer
from emulator.domain.catalogue.entry import DOCS, ERROR_CODES, GRAPH_ERRORS

NOT_EMULATED = "not_emulated"
"""The rule of a refusal that is the emulator's own; its facts name the ``feature`` of the platform."""


@dataclass
class PlatformError(Exception):
    """A refusal: what the caller is told, and what only the emulator explains.

    ``rule``, ``hint``, ``facts`` and ``source`` never reach a response body: they become the
    ``X-Emulator-*`` headers and the journal entry.
    """

    message: str
    code: int
    status: int = 400
    type: str = "OAuthException"
    subcode: int | None = None
    details: str | None = None
    rule: str = "graph"
    hint: str | None = None
    source: str = GRAPH_ERRORS
    facts: Mapping[str, object] = field(default_factory=dict)
    transient: bool | None = None
    """Whether trying again may help; ``None`` when the platform does not say."""

    def __str__(self) -> str:
        return f"{self.message}: {self.details}" if self.details else self.message


class GraphError(PlatformError):
    """A refusal of the generic Graph layer: path, token, object or parameter."""


@dataclass
class TemplateEditorError(GraphError):
    """A refusal of the template editor and its like, with the strings it shows to a person."""

    message: str = "Invalid parameter"
    code: int = 100
    user_title: str = ""
    user_message: str = ""
    blame: tuple[str, ...] = ()
    rule: str = "template_editor"
    source: str = ERROR_CODES
    transient: bool | None = False

    def __str__(self) -> str:
        return f"{self.user_title}: {self.user_message}"


@dataclass
class MessageError(PlatformError):
    """A refusal of the messaging service: told in the answer, or later in a ``failed`` status."""

    webhook_message: str | None = None
    """What a webhook prints as ``message``, where that is not the title."""

    @property
    def title(self) -> str:
        """The message without its ``(#code)``, as webhooks print it."""
        return self.message.removeprefix(f"(#{self.code}) ")


def refuse(
    number: int,
    details: str | None = None,
    *,
    by_webhook: bool | None = None,
    words: Mapping[str, str] | None = None,
    **explained: Any,
) -> PlatformError:
    """Build the refusal that the catalogue lists under ``number``.

    ``details`` replaces its usual details, or what it shows to a person; ``words`` fill in the braces of its
    message. It is worded for an answer or for a webhook, by default as it is usually told. ``explained`` are
    ``rule``, ``hint``, ``source`` and ``facts``.
    """
    entry = CATALOGUE[number]
    explained = {"source": entry.source} | explained
    if entry.layer is Layer.MESSAGING:
        later = entry.channel is ErrorChannel.ASYNC if by_webhook is None else by_webhook
        return _message_error(entry, details, later, explained)
    facts = explained | {
        "code": entry.body_code,
        "status": entry.status,
        "type": entry.type,
        "subcode": entry.subcode,
        "transient": entry.transient,
        "message": entry.message.format_map(words) if words else entry.message,
    }
    if entry.layer is Layer.GRAPH:
        return GraphError(**facts)
    return TemplateEditorError(
        **facts, user_title=entry.user_title, user_message=details or entry.user_message
    )


def _message_error(
    entry: CatalogueEntry, details: str | None, by_webhook: bool, explained: Mapping[str, Any]
) -> MessageError:
    title, usual = entry.title, entry.details
    if by_webhook:
        title, usual = entry.webhook_title or title, entry.webhook_details or usual
    return MessageError(
        message=f"(#{entry.body_code}) {title}",
        code=entry.body_code,
        status=entry.status,
        details=usual if details is None else details,
        webhook_message=entry.webhook_message,
        **explained,
    )


def message_error(
    code: int,
    details: str | None = None,
    *,
    rule: str = "message",
    hint: str | None = None,
    source: str = ERROR_CODES,
    facts: Mapping[str, object] | None = None,
) -> MessageError:
    """Build a refusal of the messaging service; ``details`` replaces its usual details."""
    refusal = refuse(code, details, rule=rule, hint=hint, source=source, facts=facts or {})
    assert isinstance(refusal, MessageError)
    return refusal


def invalid_parameter(details: str, *, rule: str = "parameters", hint: str | None = None) -> MessageError:
    """Build ``(#100) Invalid parameter``, the messaging service's complaint that carries details."""
    return message_error(100, details, rule=rule, hint=hint)


def bad_parameter(message: str, *, hint: str | None = None) -> GraphError:
    """Build a complaint of the generic parameter reader: ``(#100)`` and one sentence, no details."""
    return GraphError(f"(#100) {message}", 100, rule="parameters", hint=hint)


__all__ = [
    "DOCS",
    "ERROR_CODES",
    "GRAPH_ERRORS",
    "NOT_EMULATED",
    "GraphError",
    "MessageError",
    "PlatformError",
    "TemplateEditorError",
    "bad_parameter",
    "invalid_parameter",
    "message_error",
    "refuse",
]
