"""The errors of the platform, as one family of exceptions; raising one is the refusal.

    PlatformError               any error: a code, a message, an HTTP status
    ├── GraphError              in the answer, from the generic Graph layer (100, 104, 190, 200, 2500 …)
    │   └── TemplateEditorError in the answer, with strings for a user (100 with a 2388xxx subcode)
    └── MessageError            from the WhatsApp services, in the answer or later by webhook (13xxxx)

How each is worded stands in :mod:`emulator.domain.catalogue`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from emulator.domain.catalogue import CATALOGUE, CatalogueEntry, ErrorChannel, Layer
from emulator.domain.catalogue.entry import DOCS, ERROR_CODES, GRAPH_ERRORS
from emulator.domain.quoting import LONGEST_SENTENCE, cut
from emulator.domain.values import dataclass

NOT_EMULATED = "not_emulated"
"""The rule of an error that only the emulator returns; ``facts["feature"]`` names the feature of the
platform."""


@dataclass
class PlatformError(Exception):
    """An error of the platform: the members of Graph's body, and what only the emulator explains.

    ``message``, ``code``, ``type``, ``subcode`` and ``details`` go into the body, ``status`` is its HTTP
    status. ``rule``, ``hint``, ``facts`` and ``source`` never reach a body: they become the ``X-Emulator-*``
    headers and the journal entry. ``hint`` says what came and what would help; whoever refuses has to say it.
    """

    message: str
    code: int
    status: int = 400
    type: str = "OAuthException"
    subcode: int | None = None
    details: str | None = None
    rule: str = "graph"
    hint: str = field(kw_only=True)
    source: str = GRAPH_ERRORS
    facts: Mapping[str, object] = field(default_factory=dict)
    transient: bool | None = None
    """``is_transient``: whether trying again may help; ``None`` when the platform does not say."""

    def __post_init__(self) -> None:
        self.message = cut(self.message, LONGEST_SENTENCE)
        self.details = self.details and cut(self.details, LONGEST_SENTENCE)
        self.hint = cut(self.hint, LONGEST_SENTENCE)
        self.facts = {name: _bounded(fact) for name, fact in self.facts.items()}

    def __str__(self) -> str:
        return f"{self.message}: {self.details}" if self.details else self.message


class GraphError(PlatformError):
    """An error of the generic Graph layer: unknown path, bad token, missing object or malformed parameter.

    It has a code and one sentence, and no ``error_data``
    (developers.facebook.com/docs/graph-api/guides/error-handling).
    """


@dataclass
class TemplateEditorError(GraphError):
    """An error of the template editor and other management calls, with strings to show to a user.

    ``user_title`` and ``user_message`` become ``error_user_title`` and ``error_user_msg``; ``blame`` names
    the members at fault (``error_data.blame_field_specs``).
    """

    message: str = "Invalid parameter"
    code: int = 100
    user_title: str = ""
    user_message: str = ""
    blame: tuple[str, ...] = ()
    rule: str = "template_editor"
    source: str = ERROR_CODES
    transient: bool | None = False

    def __post_init__(self) -> None:
        super().__post_init__()
        self.user_message = cut(self.user_message, LONGEST_SENTENCE)

    def __str__(self) -> str:
        return f"{self.user_title}: {self.user_message}"


@dataclass
class MessageError(PlatformError):
    """An error of the messaging service, in the answer to a send or later in a ``failed`` status.

    ``details`` becomes ``error_data.details`` in both. Source of the form: D/support/error-codes.
    """

    webhook_title: str | None = None
    webhook_message: str | None = None
    webhook_details: str | None = None
    """Its title, message and details in a webhook, each where that differs: from the answer's, and the
    message from the title."""

    @property
    def title(self) -> str:
        """The message without its ``(#code)``, which is the ``title`` of most webhooks, too."""
        return self.message.removeprefix(f"(#{self.code}) ")


def _bounded(fact: object) -> object:
    return cut(fact) if isinstance(fact, str) else fact


def refuse(
    number: int,
    details: str | None = None,
    *,
    hint: str,
    by_webhook: bool | None = None,
    words: Mapping[str, str] | None = None,
    **explained: Any,
) -> PlatformError:
    """Build the error that the catalogue lists under ``number``.

    ``details`` replaces its default details or, of a user-facing error, the message to the user; ``hint``
    says what came and what would help; ``words`` fill in the braces of its message. ``by_webhook`` chooses
    the wording of a webhook or of an answer; ``None`` takes the one of its usual channel. ``explained`` are
    ``rule``, ``source`` and ``facts``. Raises :class:`KeyError` for a number that is not in the catalogue.
    """
    entry = CATALOGUE[number]
    explained = {"source": entry.source} | explained | {"hint": hint}
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
        webhook_title=entry.webhook_title,
        webhook_message=entry.webhook_message,
        webhook_details=entry.webhook_details if details is None else None,
        **explained,
    )


def message_error(
    code: int,
    details: str | None = None,
    *,
    hint: str,
    rule: str = "message",
    source: str = ERROR_CODES,
    facts: Mapping[str, object] | None = None,
) -> MessageError:
    """Build an error of the messaging service from the catalogue, with the ``rule`` that returns it.

    ``details`` replaces its default details, ``hint`` says what came and what would help, ``source`` is the
    page of the rule and ``facts`` are the values it looked at; these three are for headers and journal alone.
    """
    refusal = refuse(code, details, rule=rule, hint=hint, source=source, facts=facts or {})
    assert isinstance(refusal, MessageError)
    return refusal


def invalid_parameter(details: str, *, hint: str, rule: str = "parameters") -> MessageError:
    """Build ``(#100) Invalid parameter``, the messaging service's error whose ``details`` say what is wrong.

    Its body has ``error_data``; the generic reader's complaint without it is :func:`bad_parameter`.
    """
    return message_error(100, details, rule=rule, hint=hint)


def bad_parameter(message: str, *, hint: str) -> GraphError:
    """Build the generic parameter reader's error: ``(#100)`` and one sentence, without ``error_data``.

    ``message`` is that sentence, such as ``The parameter to is required.``; ``hint`` is for headers and
    journal.
    """
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
