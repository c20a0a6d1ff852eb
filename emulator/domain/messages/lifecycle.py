"""A message in either direction, and its statuses: accepted → sent → delivered → read → played, or failed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any

from emulator.domain.messages import shown
from emulator.domain.messages.causes import Cause, CauseBasis
from emulator.domain.values import dataclass


class MessageStatus(StrEnum):
    """How far a message has come.

    An outbound one goes from ``accepted`` to ``read`` or ``failed``, and one that is heard on to ``played``;
    an inbound one is ``received``, and ``read`` once the business has marked it so.
    """

    ACCEPTED = "accepted"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    PLAYED = "played"
    FAILED = "failed"
    RECEIVED = "received"


REPORTED = (
    MessageStatus.SENT,
    MessageStatus.DELIVERED,
    MessageStatus.READ,
    MessageStatus.PLAYED,
    MessageStatus.FAILED,
)
"""The statuses of outbound messages that webhooks report."""
SEEN = (MessageStatus.READ, MessageStatus.PLAYED)
"""The statuses of a message that the other side has seen."""
ARRIVED = (MessageStatus.DELIVERED, *SEEN)
"""The statuses of an outbound message that has reached a phone, and is there."""
_NEXT: Mapping[MessageStatus, frozenset[MessageStatus]] = {
    MessageStatus.ACCEPTED: frozenset({MessageStatus.SENT, MessageStatus.FAILED}),
    MessageStatus.SENT: frozenset({MessageStatus.DELIVERED, MessageStatus.READ, MessageStatus.FAILED}),
    MessageStatus.DELIVERED: frozenset({MessageStatus.READ, MessageStatus.FAILED}),
    MessageStatus.RECEIVED: frozenset({MessageStatus.READ}),
    MessageStatus.READ: frozenset({MessageStatus.PLAYED}),
    MessageStatus.PLAYED: frozenset(),
    MessageStatus.FAILED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Message:
    """A message in either direction, as it stands now; each new status makes another one of these.

    ``wa_id`` is the person's in both directions, and ``phone_number_id`` the business's.
    """

    id: str
    phone_number_id: str
    wa_id: str
    """The person's number: recipient of an outbound message, author of an inbound one."""
    outbound: bool
    type: str
    status: MessageStatus
    at: datetime
    """When it was accepted by the platform, or written by the person."""
    content: Any = field(default_factory=dict)
    """The value under ``type`` in the request or the webhook: an object, of contacts an array."""
    category: str = "service"
    as_text: str = ""
    """The message as one text, as transcripts show it: header, body, footer and buttons."""
    context_id: str | None = None
    callback_data: str | None = None
    pricing: Mapping[str, Any] | None = None
    """Its price as status webhooks carry it, once it was sent."""
    error: Mapping[str, Any] | None = None
    """The error it failed with: ``code``, ``title``, ``details``."""
    group_id: str | None = None
    """The group it was written in; ``wa_id`` of an outbound one is then the group's id."""
    template_id: str | None = None
    """The template it was sent with, or that was generated from it when it was sent directly."""
    direct: bool = False
    """Whether it was sent directly (Direct Send)."""

    referral: Mapping[str, Any] | None = None
    """The ad or post an inbound message was written from."""
    context: Mapping[str, Any] | None = None
    """The ``context`` of an inbound message, as webhooks show it."""
    deleted_at: datetime | None = None
    """When the person deleted an inbound message; they see it no more."""
    cause_id: str | None = None
    """What an outbound message was sent for: the id of the message or call it answers, or of the template or
    other thing whose webhook the app was handling; ``None`` when nothing tells."""
    cause_basis: CauseBasis | None = None
    """What tells the cause; ``None`` without one."""
    edited_text: str | None = None
    """What the person changed the text or caption of an inbound message to; ``None`` if never."""
    revises_id: str | None = None
    """The message that this one edits or deletes, whatever the business is shown of that."""

    @property
    def text(self) -> str:
        """The words of its body alone: of a template filled in, of a file its caption.

        A message without a body reads as in transcripts: ``[location] Home``.
        """
        return shown.body(self.type, self.content, self.as_text)

    @property
    def cause(self) -> Cause | None:
        """What it was sent for, and what tells; ``None`` when nothing does."""
        if self.cause_id is None or self.cause_basis is None:
            return None
        return Cause(self.cause_id, self.cause_basis)

    @property
    def buttons(self) -> tuple[str, ...]:
        """The labels of what can be tapped on it: its buttons, those of its cards, a list's rows."""
        return shown.buttons(self.type, self.content)

    @property
    def template(self) -> str | None:
        """The name of the template it was sent with; ``None`` for a free-form message."""
        return str(self.content["name"]) if self.type == "template" else None

    @property
    def parameters(self) -> list[str] | dict[str, str]:
        """What a template's body was filled with: texts in order, or by name where its variables have names.

        Empty for a free-form message.
        """
        return self.content.get("parameters", []) if self.type == "template" else []

    def changed(self, **facts: Any) -> Message:
        """Copy this message with some of its fields replaced."""
        values = list(_values(self))
        for name, value in facts.items():
            values[_PLACES[name]] = value
        return Message(*values)

    def may_become(self, status: MessageStatus) -> bool:
        """Say whether ``status`` may follow the present one; nothing follows ``played`` and ``failed``.

        ``read`` may follow ``sent`` without a ``delivered`` between the two, and ``failed`` may follow
        ``delivered``: one device of the person got the message, another did not (reports of January 2026).
        """
        return status in _NEXT[self.status]


_PLACES = {name: place for place, name in enumerate(Message.__slots__)}
_values = attrgetter(*Message.__slots__)
