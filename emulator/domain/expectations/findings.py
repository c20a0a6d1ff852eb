"""What can be expected of an app, a row each; and what there is, as conditions see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from emulator.domain.graph.api_calls import ApiCall
from emulator.domain.messages.lifecycle import ARRIVED, SEEN, Message, MessageStatus
from emulator.domain.values import dataclass

Subject = Message | ApiCall
"""What an expectation can find."""
PERSON, BUSINESS = "person", "business"
"""Who wrote a message."""


class What(StrEnum):
    """What can be expected to have happened."""

    SENT = "sent"
    """The app sent a message that the platform took, and that has not failed."""
    DELIVERED = "delivered"
    """A message of the app has reached the person's phone."""
    FAILED = "failed"
    """A message of the app was accepted, and has failed later."""
    REFUSED = "refused"
    """A call of the app was answered with an error."""
    READ = "read"
    """A message was read: one of a person by the app, which marked it as read, or one of the app by them."""


HAPPENED: Mapping[What, Callable[[Subject], bool]] = {
    What.SENT: lambda it: isinstance(it, Message) and it.outbound and it.status is not MessageStatus.FAILED,
    What.DELIVERED: lambda it: isinstance(it, Message) and it.outbound and it.status in ARRIVED,
    What.FAILED: lambda it: isinstance(it, Message) and it.status is MessageStatus.FAILED,
    What.REFUSED: lambda it: isinstance(it, ApiCall) and it.was_refused,
    What.READ: lambda it: isinstance(it, Message) and it.status in SEEN,
}
"""How to tell that each of them has happened to a message or a call."""
WORDS: Mapping[What, str] = {
    What.SENT: "a message that was sent",
    What.DELIVERED: "a message that was delivered",
    What.FAILED: "a message that failed",
    What.REFUSED: "a call that was refused",
    What.READ: "a message that was read",
}
"""Each of them as a sentence says it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A message or a call that an expectation may find, with the members that conditions look at."""

    subject: Subject
    members: Mapping[str, Any]

    @property
    def key(self) -> str:
        """Tells it apart from every other: the wamid of a message, ``call:17`` of a call."""
        return key_of(self.subject)

    def is_a(self, what: What) -> bool:
        """Say whether that has happened to it."""
        return HAPPENED[what](self.subject)


def key_of(subject: Subject) -> str:
    """Build the key of a message or a call: its wamid, or ``call:`` and its number in the journal."""
    return subject.id if isinstance(subject, Message) else f"call:{subject.seq}"


def finding(subject: Subject) -> Finding:
    """Gather the members of a message or a call, by the names that conditions have."""
    if isinstance(subject, Message):
        error = subject.error or {}
        return Finding(
            subject,
            {
                "to": subject.wa_id,
                "of": subject.wa_id,
                "by": BUSINESS if subject.outbound else PERSON,
                "message": subject.id,
                "text": subject.text,
                "type": subject.type,
                "template": subject.template,
                "parameters": subject.parameters,
                "buttons": list(subject.buttons),
                "reply_to": subject.context_id,
                "number": subject.phone_number_id,
                "code": error.get("code"),
            },
        )
    return Finding(
        subject,
        {
            "to": subject.to,
            "text": subject.text,
            "type": subject.type,
            "template": subject.template,
            "code": subject.code,
            "rule": subject.rule,
            "method": subject.method,
            "path": subject.path,
        },
    )
