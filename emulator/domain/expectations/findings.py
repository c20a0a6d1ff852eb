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


STATUSES: Mapping[What, frozenset[MessageStatus]] = {
    What.SENT: frozenset(MessageStatus) - {MessageStatus.FAILED, MessageStatus.RECEIVED},
    What.DELIVERED: frozenset(ARRIVED),
    What.FAILED: frozenset({MessageStatus.FAILED}),
    What.READ: frozenset(SEEN),
}
"""The statuses of a message to which each of them has happened. Only what was read may be a person's."""
WORDS: Mapping[What, str] = {
    What.SENT: "a message that was sent",
    What.DELIVERED: "a message that was delivered",
    What.FAILED: "a message that failed",
    What.REFUSED: "a call that was refused",
    What.READ: "a message that was read",
}
"""Each of them as a sentence says it."""


_OF_MESSAGES: Mapping[str, Callable[[Message], Any]] = {
    "to": lambda it: it.wa_id,
    "of": lambda it: it.wa_id,
    "by": lambda it: BUSINESS if it.outbound else PERSON,
    "message": lambda it: it.id,
    "text": lambda it: it.text,
    "type": lambda it: it.type,
    "template": lambda it: it.template,
    "parameters": lambda it: it.parameters,
    "buttons": lambda it: list(it.buttons),
    "reply_to": lambda it: it.context_id,
    "number": lambda it: it.phone_number_id,
    "code": lambda it: (it.error or {}).get("code"),
}
_OF_CALLS: Mapping[str, Callable[[ApiCall], Any]] = {
    "to": lambda it: it.to,
    "text": lambda it: it.text,
    "type": lambda it: it.type,
    "template": lambda it: it.template,
    "code": lambda it: it.code,
    "rule": lambda it: it.rule,
    "method": lambda it: it.method,
    "path": lambda it: it.path,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A message or a call that an expectation may find, with the members that conditions look at."""

    subject: Subject

    @property
    def key(self) -> str:
        """Tells it apart from every other: the wamid of a message, ``call:17`` of a call."""
        return key_of(self.subject)

    @property
    def members(self) -> Mapping[str, Any]:
        """All its members, by the names that conditions have."""
        names = _OF_MESSAGES if isinstance(self.subject, Message) else _OF_CALLS
        return {name: self.member(name) for name in names}

    def member(self, name: str) -> Any:
        """Read one member; ``None`` for one that it has not."""
        subject = self.subject
        if isinstance(subject, Message):
            of_message = _OF_MESSAGES.get(name)
            return of_message and of_message(subject)
        of_call = _OF_CALLS.get(name)
        return of_call and of_call(subject)

    def is_a(self, what: What) -> bool:
        """Say whether that has happened to it."""
        subject = self.subject
        if not isinstance(subject, Message):
            return what is What.REFUSED and subject.was_refused
        return subject.status in STATUSES.get(what, ()) and (subject.outbound or what is What.READ)


def key_of(subject: Subject) -> str:
    """Build the key of a message or a call: its wamid, or ``call:`` and its number in the journal."""
    return subject.id if isinstance(subject, Message) else f"call:{subject.seq}"
