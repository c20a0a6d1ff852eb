"""Everything the platform refuses, as one family of exceptions.

    PlatformError               any refusal: a number, a sentence, an HTTP status
    ├── GraphError              told at once, by the generic Graph layer (100, 104, 190, 200, 2500 …)
    │   └── TemplateEditorError told at once, by the template editor (100 with a 2388xxx subcode)
    └── MessageError            told by the messaging service, at once or later by webhook (13xxxx)

Codes, titles and HTTP statuses: Meta's error reference (D/support/error-codes, November 2025, the last
edition that still printed the HTTP column), corrected by recorded exchanges where they differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

DOCS = "https://developers.facebook.com/documentation/business-messaging/whatsapp"
ERROR_CODES = f"{DOCS}/support/error-codes"
NOT_EMULATED = "not_emulated"
"""The rule of a refusal that is the emulator's own; its facts name the ``feature`` of the platform."""
GRAPH_ERRORS = "https://developers.facebook.com/docs/graph-api/guides/error-handling"


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

    def __str__(self) -> str:
        return f"{self.message}: {self.details}" if self.details else self.message


class GraphError(PlatformError):
    """A refusal of the generic Graph layer: path, token, object or parameter."""


@dataclass
class TemplateEditorError(GraphError):
    """A refusal of the template editor, with the strings it shows to a person."""

    message: str = "Invalid parameter"
    code: int = 100
    user_title: str = ""
    user_message: str = ""
    blame: tuple[str, ...] = ()
    rule: str = "template_editor"
    source: str = ERROR_CODES

    def __str__(self) -> str:
        return f"{self.user_title}: {self.user_message}"


class MessageError(PlatformError):
    """A refusal of the messaging service: told in the answer, or later in a ``failed`` status."""

    @property
    def title(self) -> str:
        """The message without its ``(#code)``, as webhooks print it."""
        return self.message.removeprefix(f"(#{self.code}) ")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the catalogue: how one code of the messaging service is told."""

    title: str
    status: int
    told: str
    details: str | None = None


# told: "sync" in the answer, "async" in a failed status, "both" as it happens
CATALOGUE: Mapping[int, Entry] = {
    131000: Entry("Something went wrong", 500, "both", "An unknown error occurred"),
    131008: Entry("Required parameter is missing", 400, "sync"),
    131009: Entry("Parameter value is not valid", 400, "both", "Parameter Invalid"),
    131021: Entry("Recipient cannot be sender", 400, "sync"),
    131026: Entry("Message undeliverable", 400, "async", "Message Undeliverable."),
    131030: Entry(
        "Recipient phone number not in allowed list",
        400,
        "sync",
        "Recipient phone number not in allowed list: Add recipient phone number to recipient list and try "
        "again.",
    ),
    131047: Entry(
        "Re-engagement message",
        400,
        "async",
        "Message failed to send because more than 24 hours have passed since the customer last replied to "
        "this number.",
    ),
    131051: Entry("Unsupported message type", 400, "both", "Message type is currently not supported."),
    131058: Entry("Hello World templates can only be sent from the Public Test Numbers", 400, "sync"),
    131059: Entry("Invalid cursor", 400, "sync"),
    131062: Entry(
        "Business-scoped User ID (BSUID) recipients are not supported for this message.", 400, "sync"
    ),
    132000: Entry("Number of parameters does not match the expected number of params", 400, "sync"),
    132001: Entry("Template name does not exist in the translation", 404, "sync"),
    132005: Entry("Template Hydrated Text Too Long", 400, "sync"),
    132012: Entry("Parameter format does not match format in the created template", 400, "sync"),
    132015: Entry(
        "Template is temporarily unavailable to use because it was paused due to low quality.", 400, "both"
    ),
    132016: Entry("Template is Disabled", 400, "sync"),
    132018: Entry("There’s an issue with the parameters in your template", 400, "sync"),
    133010: Entry("Account not registered", 400, "sync"),
}


def message_error(
    code: int,
    details: str | None = None,
    *,
    rule: str = "message",
    hint: str | None = None,
    source: str = ERROR_CODES,
    facts: Mapping[str, object] | None = None,
) -> MessageError:
    """Build the refusal that the catalogue lists under ``code``; ``details`` replaces its usual details."""
    entry = CATALOGUE[code]
    return MessageError(
        message=f"(#{code}) {entry.title}",
        code=code,
        status=entry.status,
        details=details if details is not None else entry.details,
        rule=rule,
        hint=hint,
        source=source,
        facts=facts or {},
    )


def invalid_parameter(details: str, *, rule: str = "parameters", hint: str | None = None) -> MessageError:
    """Build ``(#100) Invalid parameter``, the messaging service's complaint that carries details."""
    return MessageError(
        "(#100) Invalid parameter", 100, details=details, rule=rule, hint=hint, source=ERROR_CODES
    )


def bad_parameter(message: str, *, hint: str | None = None) -> GraphError:
    """Build a complaint of the generic parameter reader: ``(#100)`` and one sentence, no details."""
    return GraphError(f"(#100) {message}", 100, rule="parameters", hint=hint)
