"""One row of the catalogue of errors: its wording in answers and webhooks, and where it is reported."""

from __future__ import annotations

from enum import StrEnum

from emulator.domain.values import dataclass

DOCS = "https://developers.facebook.com/documentation/business-messaging/whatsapp"
ERROR_CODES = f"{DOCS}/support/error-codes"
GRAPH_ERRORS = "https://developers.facebook.com/docs/graph-api/guides/error-handling"


class ErrorChannel(StrEnum):
    """Where an error reaches the integrator: in an answer, in a status webhook, or in a message webhook.

    It decides the defaults of a fault, and whether the error is worded for an answer or for a webhook.
    """

    SYNC = "sync"
    """In the body of the answer to the call."""
    ASYNC = "async"
    """Later, in a ``failed`` status webhook, after the call was answered with 200."""
    DELIVERED = "delivered"
    """In a ``failed`` status that follows ``delivered``: one device got the message, another did not (reports
    of January 2026)."""
    BOTH = "both"
    """In the answer or in a ``failed`` status, depending on when it is found; the answer is the default."""
    INBOUND = "inbound"
    """In the ``errors`` of the webhook for a message that a person wrote."""


class Layer(StrEnum):
    """Which part of the platform returns an error; it decides the members of the body."""

    MESSAGING = "messaging"
    """The WhatsApp services: ``(#code) title``, and ``error_data.details`` where there are details."""
    GRAPH = "graph"
    """The Graph API itself: one sentence as ``message``, without details."""
    USER_FACING = "shown"
    """Template, number and account management: ``error_user_title`` and ``error_user_msg`` to show to a
    user."""


class Basis(StrEnum):
    """How sure a row of the catalogue is.

    ``recorded`` was seen in real traffic, ``documented`` stands on a page of Meta's, ``reported`` in public
    issues and client libraries, and ``inferred`` is concluded from the others.
    """

    RECORDED = "recorded"
    DOCUMENTED = "documented"
    REPORTED = "reported"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One error of the platform, with its wording in answers and in webhooks.

    ``title`` stands after ``(#code)`` in an answer, and alone in a webhook; of a ``verbatim`` error it is the
    whole message, whose words in braces are filled in. Fields that are ``None`` or empty are left out.
    """

    number: int
    """The key of the catalogue, under which faults ask for it: its code or, where several share a code, its
    subcode."""
    title: str
    status: int
    trigger: str
    basis: Basis = Basis.DOCUMENTED
    channel: ErrorChannel = ErrorChannel.SYNC
    layer: Layer = Layer.MESSAGING
    details: str | None = None
    """Its default ``details`` in an answer."""
    page_title: str | None = None
    """Its title on Meta's page of error codes, where answers have another."""
    webhook_title: str | None = None
    webhook_message: str | None = None
    webhook_details: str | None = None
    """Its wording in a webhook, each where that differs from the answer."""
    disputed: tuple[int, ...] = ()
    """Other HTTP statuses that sources report for it."""
    edge: str | None = None
    """The edge whose calls meet it; ``None``: any edge, ``""``: the node itself."""
    method: str | None = None
    source: str = ERROR_CODES
    code: int | None = None
    """The ``code`` in the body, where that is not ``number``."""
    subcode: int | None = None
    type: str = "OAuthException"
    verbatim: bool = False
    """Whether ``title`` is the whole message, without ``(#code)`` before it."""
    transient: bool | None = None
    user_title: str = ""
    user_message: str = ""

    @property
    def body_code(self) -> int:
        """The ``code`` an error body carries: ``code`` where the row has one, else ``number``."""
        return self.number if self.code is None else self.code

    @property
    def message(self) -> str:
        """The ``message`` of an answer: ``(#code) title``, or the title alone of a ``verbatim`` error."""
        return self.title if self.verbatim else f"(#{self.body_code}) {self.title}"

    @property
    def channels(self) -> tuple[ErrorChannel, ...]:
        """The channels this error can be reported in, the default first.

        An error outside the messaging layer is only ever reported in the answer. One of the messaging layer
        can also be asked for (as a fault) in the channel that is not its usual one.
        """
        if self.layer is not Layer.MESSAGING:
            return (ErrorChannel.SYNC,)
        match self.channel:
            case ErrorChannel.INBOUND:
                return (ErrorChannel.INBOUND, ErrorChannel.SYNC)
            case ErrorChannel.ASYNC:
                return (ErrorChannel.ASYNC, ErrorChannel.SYNC, ErrorChannel.DELIVERED)
        return (ErrorChannel.SYNC, ErrorChannel.ASYNC, ErrorChannel.DELIVERED)
