"""One row of the catalogue: a refusal the platform knows, and how it is worded and told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

DOCS = "https://developers.facebook.com/documentation/business-messaging/whatsapp"
ERROR_CODES = f"{DOCS}/support/error-codes"
GRAPH_ERRORS = "https://developers.facebook.com/docs/graph-api/guides/error-handling"


class ErrorChannel(StrEnum):
    """Where a refusal is met."""

    SYNC = "sync"
    """In the answer to the call."""
    ASYNC = "async"
    """Later, in a ``failed`` status, after the call was answered with 200."""
    BOTH = "both"
    """Either way, as it happens."""
    INBOUND = "inbound"
    """In the webhook of a message that a person wrote."""


class Layer(StrEnum):
    """Who refuses: it decides which members the body has."""

    MESSAGING = "messaging"
    """The WhatsApp services: ``(#code) title``, and ``error_data`` where there are details."""
    GRAPH = "graph"
    """The Graph API itself: one sentence, no details."""
    SHOWN = "shown"
    """Forms a person fills in (templates, numbers, accounts): a title and a message to show them."""


class Basis(StrEnum):
    """How sure a row is."""

    RECORDED = "recorded"
    DOCUMENTED = "documented"
    REPORTED = "reported"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A refusal as the platform tells it.

    ``title`` is what stands after ``(#code)`` in an answer, and alone in a webhook; of a ``bare`` refusal it
    is the whole message, with the words in braces filled in.
    """

    number: int
    """What it is asked for and found by: its code or, where several share one code, its subcode."""
    title: str
    status: int
    trigger: str
    basis: Basis = Basis.DOCUMENTED
    channel: ErrorChannel = ErrorChannel.SYNC
    layer: Layer = Layer.MESSAGING
    details: str | None = None
    """Its usual details in an answer."""
    page_title: str | None = None
    """What Meta's page calls it, where answers call it something else."""
    webhook_title: str | None = None
    webhook_message: str | None = None
    webhook_details: str | None = None
    """How a webhook words it, each where that differs from the answer."""
    disputed: tuple[int, ...] = ()
    """Other HTTP statuses that sources report."""
    edge: str | None = None
    """The edge where it is met; ``None``: anywhere, ``""``: on the node itself."""
    method: str | None = None
    source: str = ERROR_CODES
    code: int | None = None
    """The code in the body, when that is not ``number``."""
    subcode: int | None = None
    type: str = "OAuthException"
    bare: bool = False
    transient: bool | None = None
    user_title: str = ""
    user_message: str = ""

    @property
    def body_code(self) -> int:
        return self.number if self.code is None else self.code

    @property
    def message(self) -> str:
        """The message of an answer."""
        return self.title if self.bare else f"(#{self.body_code}) {self.title}"

    @property
    def channels(self) -> tuple[ErrorChannel, ...]:
        """The ways it can be told, the usual one first."""
        if self.layer is not Layer.MESSAGING:
            return (ErrorChannel.SYNC,)
        match self.channel:
            case ErrorChannel.INBOUND:
                return (ErrorChannel.INBOUND, ErrorChannel.SYNC)
            case ErrorChannel.ASYNC:
                return (ErrorChannel.ASYNC, ErrorChannel.SYNC)
        return (ErrorChannel.SYNC, ErrorChannel.ASYNC)
